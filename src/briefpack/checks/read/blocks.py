"""Group a page's runs of text into blocks by its tags: paragraphs, headings, list items."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from briefpack.checks.read.page_objects import Run
from briefpack.checks.read.tags import HEADINGS, INLINE, Element
from briefpack.geometry import Rectangle

SAME_LINE = 0.3
"""How much of their height two runs on one line may share with the line below."""


class Block:
    """A paragraph, heading or other block of text on one page; if it is `moved`, its page has it read elsewhere."""

    def __init__(self, kind: str, runs: list[Run], *, moved: bool = False) -> None:
        self.kind, self.runs, self.moved = kind, runs, moved

    @property
    def text(self) -> str:
        """Return its text."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def box(self) -> Rectangle:
        """Return the smallest rectangle around it."""
        return Rectangle.around(corner for run in self.runs for corner in (run.box[:2], run.box[2:]))

    @property
    def body(self) -> Run:
        """Return its last run of full-size type, ignoring superscripts."""
        size = max(run.size_pt for run in self.runs)
        return next(run for run in reversed(self.runs) if run.size_pt > 0.8 * size)

    @property
    def lines(self) -> int:
        """Return the number of lines it takes on the page."""
        count, foot = 0, float("inf")
        for box in sorted((run.box for run in self.runs), key=lambda each: -each.top):
            if box.top - SAME_LINE * box.height < foot:
                count, foot = count + 1, box.bottom
        return count


def same_column(one: Rectangle, two: Rectangle) -> bool:
    """Return whether two rectangles share at least half the width of the narrower."""
    return one.overlap(two).width > 0.5 * min(one.width, two.width)


def read(tree: Element) -> list[Block]:
    """Return the blocks of a page in reading order, without its notes."""
    return [Block(element.kind, element.drawn, moved=moved) for element, moved in _outermost(tree)]


def _outermost(element: Element, *, moved: bool = False) -> Iterator[tuple[Element, bool]]:
    """Yield the outermost blocks of text, including list items without paragraphs, and whether each is moved."""
    for kid in element.kids:
        elsewhere = moved or kid.is_moved
        if kid.kind in HEADINGS:
            yield from _parted(kid, moved=elsewhere)
        elif kid.kind in ("P", "Table", "Figure"):
            yield kid, elsewhere
        elif kid.kind != "Note":
            inner = list(_outermost(kid, moved=elsewhere))
            if inner:
                yield from inner
            elif kid.kind not in INLINE and kid.content:
                yield kid, elsewhere


def _parted(heading: Element, *, moved: bool) -> Iterator[tuple[Element, bool]]:
    """Yield an eyebrow that is only read in a heading as a paragraph of its own, then the heading."""
    eyebrows = [kid for kid in heading.kids if kid.is_moved]
    yield from ((replace(kid, kind="P"), True) for kid in eyebrows)
    yield replace(heading, parts=[part for part in heading.parts if part not in eyebrows]), moved
