"""Remember the designers' files behind each document and each sound build, and find which have changed since."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from briefpack import store
from briefpack.output.inputs import DESIGN, Inputs
from briefpack.output.request import Request
from briefpack.store import Store

TEXTS = (".html", ".css", ".yaml", ".py", ".mplstyle")
"""The files whose text is kept, so that the lines that have changed can be named."""


def key(inputs: Inputs) -> str:
    """Return the hash of the designers' files, as the manifest lists it for each document made from them."""
    return store.key("design", *(inputs.folders[name] for name in DESIGN))


def remember(inputs: Inputs, kept: Store) -> None:
    """Keep the list of the designers' files in the store, and the text of each, unless it is there already."""
    if kept.get(key(inputs)) is None:
        kept.put(key(inputs), json.dumps(dict(inputs.design)).encode())
        for path, entry in inputs.design.items():
            if path.endswith(TEXTS) and kept.get(_text(entry)) is None:
                _keep(path, entry, inputs, kept)


def _keep(path: str, entry: str, inputs: Inputs, kept: Store) -> None:
    file = inputs.request.project.root / path
    with suppress(OSError):
        # A pipe would be waited for, and a file may have been written to since it was hashed.
        if file.is_file() and store.file_key(file) == entry:
            kept.put(_text(entry), file.read_bytes())


def changed(before: str, inputs: Inputs, kept: Store) -> tuple[str, ...]:
    """Return the designers' files that differ from the list with that key; none if the list isn't kept."""
    known = _recalled(kept.get(before) if before else None)
    every = known.keys() | inputs.design.keys()
    return tuple(sorted(path for path in every if known and known.get(path) != inputs.design.get(path)))


def changed_lines(path: str, before: str, inputs: Inputs, kept: Store) -> tuple[range, ...]:
    """Return the lines of a file that differ from the list with that key; none if its old text isn't kept.

    Where lines were only deleted, they are the line that is there now.
    """
    known = str(_recalled(kept.get(before) if before else None).get(path, ""))
    old, file = kept.get(_text(known)) if known else None, inputs.request.project.root / path
    if old is None or not file.is_file():
        return ()
    return tuple(_differing(old.decode(errors="replace"), file.read_text(encoding="utf-8", errors="replace")))


def _differing(old: str, new: str) -> Iterator[range]:
    import difflib  # noqa: PLC0415 -- needed only when a document fails

    lines = new.splitlines()
    for kind, _, _, first, last in difflib.SequenceMatcher(None, old.splitlines(), lines, False).get_opcodes():
        if kind != "equal":
            start = min(first + 1, max(len(lines), 1))
            yield range(start, max(last, start) + 1)


def _text(entry: str) -> str:
    return store.key("text", entry)


def _recalled(data: bytes | None) -> Mapping[str, object]:
    try:
        found = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True)
class Sound:
    """A sound state: the hash of the designers' files, and the hash of the brief and the data by electorate."""

    design: str = ""
    contents: Mapping[str, str] = field(default_factory=dict)

    def content(self, electorate: str | None) -> str:
        """Return the hash of the brief and the data of an electorate, or of the nation; nothing if it isn't known."""
        return self.contents.get(electorate or "", "")


def _sound_key(request: Request, kind: str) -> str:
    """Return the key of the state of a kind of document, which later states replace."""
    return store.key("sound", request.brief, request.layout, request.edition, kind)


def remember_sound(inputs: Inputs, kinds: Iterable[str], contents: Mapping[str | None, str], kept: Store) -> None:
    """Remember the state of the files for some kinds of document."""
    listed = {electorate or "": content for electorate, content in contents.items()}
    data = json.dumps({"design": key(inputs), "contents": listed}).encode()
    with suppress(OSError):
        remember(inputs, kept)
        for kind in kinds:
            kept.put(_sound_key(inputs.request, kind), data)


def recall(request: Request, kind: str, kept: Store) -> Sound:
    """Return the state that was remembered for a kind of document; an empty one if there is none."""
    try:
        found = json.loads(kept.get(_sound_key(request, kind)) or b"{}")
        return Sound(str(found.get("design", "")), dict(found.get("contents", {})))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return Sound()
