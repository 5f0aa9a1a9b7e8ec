"""Take words from a field, to find out how many have to go."""

import copy
from collections.abc import Iterator
from typing import Any

from briefpack.text import unspaced

Element = Any
"""An element of a parsed page."""


def without(root: Element, field: str, words: int) -> Element:
    """Return a copy of a page without some words of a field, each taken from the end of the longest paragraph left."""
    root = copy.deepcopy(root)
    fields = [element for element in root.iter() if element.get("data-field") == field]
    paragraphs = [list(_runs(part)) for element in fields for part in list(element.iter("p")) or [element]]
    for _ in range(words):
        longest = max(paragraphs, key=lambda runs: sum(len(run.words) for run in runs))
        last = next((run for run in reversed(longest) if run.words), None)
        if last:
            last.words.pop()
    for run in (run for paragraph in paragraphs for run in paragraph):
        run.write()
    return root


class _Run:
    """The text at the start of an element or just after it, which can be cut without changing how elements nest."""

    def __init__(self, element: Element, place: str) -> None:
        self.element, self.place = element, place
        # Each word keeps the space that follows it, which may be a thin or no-break space.
        self.words: list[str] = unspaced.cuts((getattr(element, place) or "").strip())

    def write(self) -> None:
        before = getattr(self.element, self.place) or ""
        lead = " " if before[:1].isspace() else ""
        setattr(self.element, self.place, f"{lead}{''.join(self.words).rstrip()}{' ' if before[-1:].isspace() else ''}")


def _runs(element: Element) -> Iterator[_Run]:
    """Yield every run of text in an element, except its note numbers, which go with the words they follow."""
    if "cite" not in element.get("class", "").split():
        yield _Run(element, "text")
        for child in element:
            yield from _runs(child)
            yield _Run(child, "tail")
