"""Group a page's runs of text into blocks by its tags: paragraphs, headings, list items."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from briefpack.checks.read import tags
from briefpack.checks.read.page_objects import PageObjects, Run
from briefpack.checks.read.tags import Element
from briefpack.geometry import Rectangle

SAME_LINE = 0.3
"""How much of their height two runs on one line may share with the line below."""

INLINE = {"Span", "NonStruct", "Link", "Lbl", "Em", "Strong", "Reference"}


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


def read(tree: Element, objects: PageObjects) -> list[Block]:
    """Return the blocks of a page in reading order, without its notes."""
    runs: dict[int, list[Run]] = {}
    for run in objects.runs:
        runs.setdefault(run.mcid, []).append(run)
    return [
        Block(element.kind, [run for mcid in element.content for run in runs.get(mcid, ())], moved=moved)
        for element, moved in _outermost(tree)
    ]


def _outermost(element: Element, *, moved: bool = False) -> Iterator[tuple[Element, bool]]:
    """Yield the outermost blocks of text, including list items without paragraphs, and whether each is moved."""
    for kid in element.kids:
        elsewhere = moved or kid.is_moved
        if kid.kind in tags.HEADINGS or kid.kind in ("P", "Table", "Figure"):
            yield from _parted(kid, moved=elsewhere)
        elif kid.kind != "Note":
            inner = list(_outermost(kid, moved=elsewhere))
            yield from inner or ([(kid, elsewhere)] if kid.kind not in INLINE and kid.content else [])


def _parted(block: Element, *, moved: bool) -> Iterator[tuple[Element, bool]]:
    """Yield an eyebrow that is only read in a heading as a paragraph of its own, then the block."""
    eyebrows = [kid for kid in block.kids if kid.is_moved and block.kind in tags.HEADINGS]
    yield from ((replace(kid, kind="P"), True) for kid in eyebrows)
    yield (replace(block, kids=[kid for kid in block.kids if kid not in eyebrows]) if eyebrows else block), moved
