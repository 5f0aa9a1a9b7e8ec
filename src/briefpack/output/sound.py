"""Remember the files as they were when a check or a build last had no problems, by kind of document.

If a later one fails, it shows what has changed, even for documents that have never been made.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from briefpack import store
from briefpack.output import design
from briefpack.output.inputs import Inputs
from briefpack.output.request import Request
from briefpack.store import Store


@dataclass(frozen=True)
class Sound:
    """The hash of the designers' files in that state, and those of the brief and the data by electorate."""

    design: str = ""
    contents: Mapping[str, str] = field(default_factory=dict)

    def content(self, electorate: str | None) -> str:
        """Return the hash of the brief and the data of an electorate, or of the nation; nothing if it isn't known."""
        return self.contents.get(electorate or "", "")


def key(request: Request, kind: str) -> str:
    """Return the key of the state of a kind of document, which later states replace."""
    return store.key("sound", request.brief, request.layout, request.edition, kind)


def remember(inputs: Inputs, kinds: Iterable[str], contents: Mapping[str | None, str], kept: Store) -> None:
    """Remember the state of the files for some kinds of document."""
    listed = {electorate or "": content for electorate, content in contents.items()}
    data = json.dumps({"design": design.key(inputs), "contents": listed}).encode()
    with suppress(OSError):
        design.remember(inputs, kept)
        for kind in kinds:
            kept.put(key(inputs.request, kind), data)


def recall(request: Request, kind: str, kept: Store) -> Sound:
    """Return the state that was remembered for a kind of document; an empty one if there is none."""
    try:
        found = json.loads(kept.get(key(request, kind)) or b"{}")
        return Sound(str(found.get("design", "")), dict(found.get("contents", {})))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return Sound()
