"""Remember the designers' files that documents were made from, and find those that have changed since."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress

from briefpack import store
from briefpack.output.inputs import DESIGN, Inputs
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
    """Return the designers' files that aren't as they were in the list with that key; none if the list isn't kept."""
    known = _recalled(kept.get(before) if before else None)
    every = known.keys() | inputs.design.keys()
    return tuple(sorted(path for path in every if known and known.get(path) != inputs.design.get(path)))


def changed_lines(path: str, before: str, inputs: Inputs, kept: Store) -> tuple[range, ...]:
    """Return the lines of a file that aren't as they were in the list with that key; none if its old text isn't kept.

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
