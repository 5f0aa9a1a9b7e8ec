"""Read a page as a screen reader says it: the words of each element, and the pauses between them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefpack.checks.read.page_objects import PageObjects, Run
from briefpack.checks.read.tags import HEADINGS, Element

FLOWING = frozenset({"Span", "NonStruct", "Link", "Reference", "Em", "Strong", "Quote", "Code", "Sub", "Private"})
"""The types of elements that are part of a line of text."""
TEXTS = frozenset({*HEADINGS, "P", "Caption", "Lbl", "Note", "TOCI"})
"""The types of elements that are there for their words alone."""


@dataclass(frozen=True)
class Aloud:
    """The elements of a page, and the runs of type in each piece of its marked content."""

    tree: Element
    runs: Mapping[int, Sequence[Run]]

    def said(self, element: Element) -> str:
        """Return the spoken text of an element: its name, or else its words."""
        return element.name or "".join(map(self._part, element.parts))

    def _part(self, part: Element | int) -> str:
        return self.said(part) if isinstance(part, Element) else self.text(part)

    def text(self, mcid: int) -> str:
        """Return the text of a piece of marked content."""
        return "".join(run.text for run in self.runs.get(mcid, ()))

    def drawn(self, element: Element) -> list[Run]:
        """Return the runs of an element, and of every element in it, in reading order."""
        return [run for mcid in element.content for run in self.runs.get(mcid, ())]

    def without_pause(self) -> Iterator[tuple[int, int]]:
        """Yield each two pieces of marked content that are read one after the other, in one breath."""
        before: int | None = None
        for mcid in _in_breaths(self.tree):
            if before is not None and mcid is not None:
                yield before, mcid
            before = mcid


def _in_breaths(element: Element) -> Iterator[int | None]:
    """Yield the marked content of an element in reading order, and None for each pause."""
    pauses = element.kind not in FLOWING or bool(element.name) or bool(element.objects)
    if pauses:
        yield None
    for part in () if element.name else element.parts:
        if isinstance(part, Element):
            yield from _in_breaths(part)
        else:
            yield part
    if pauses:
        yield None


def read(tree: Element, objects: PageObjects) -> Aloud:
    """Read a page from its tags and the type on it."""
    runs: dict[int, list[Run]] = {}
    for run in objects.runs:
        runs.setdefault(run.mcid, []).append(run)
    return Aloud(tree, runs)
