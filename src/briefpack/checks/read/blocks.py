"""Group a page's runs of text into blocks by its tags: paragraphs, headings, list items."""

from collections.abc import Iterable, Iterator

from briefpack.checks.read import tags
from briefpack.checks.read.marks import Drawn, Place, Run
from briefpack.checks.read.tags import Element

MUCH = 0.3
INLINE = {"Span", "NonStruct", "Link", "Lbl", "Em", "Strong", "Reference"}


class Block:
    """A paragraph, heading or other block of text on one page."""

    def __init__(self, kind: str, runs: list[Run]) -> None:
        self.kind, self.runs = kind, runs

    @property
    def text(self) -> str:
        """Return its text."""
        return "".join(run.text for run in self.runs)

    @property
    def place(self) -> Place:
        """Return the box around it."""
        return around(run.place for run in self.runs)

    @property
    def body(self) -> Run:
        """Return its last run of full-size type, ignoring superscripts."""
        size = max(run.size_pt for run in self.runs)
        return next(run for run in reversed(self.runs) if run.size_pt > 0.8 * size)

    @property
    def lines(self) -> int:
        """Return the number of lines it takes on the page."""
        count, foot = 0, float("inf")
        for run in sorted(self.runs, key=lambda each: -each.place.top_pt):
            if run.place.top_pt - MUCH * run.place.height_pt < foot:
                count, foot = count + 1, run.place.bottom_pt
        return count


def around(places: Iterable[Place]) -> Place:
    """Return the box that contains all the places."""
    lefts, bottoms, rights, tops = zip(
        *((each.left_pt, each.bottom_pt, each.right_pt, each.top_pt) for each in places), strict=True
    )
    return Place(min(lefts), min(bottoms), max(rights), max(tops))


def beside(one: Place, two: Place) -> bool:
    """Return whether two places share a column."""
    shared = min(one.right_pt, two.right_pt) - max(one.left_pt, two.left_pt)
    return shared > 0.5 * min(one.width_pt, two.width_pt)


def read(tree: Element, drawn: Drawn) -> list[Block]:
    """Return the blocks of a page in reading order, without its notes."""
    held: dict[int, list[Run]] = {}
    for run in drawn.runs:
        held.setdefault(run.mark, []).append(run)
    return [
        Block(element.kind, [run for mark in element.content for run in held.get(mark, ())])
        for element in _outermost(tree)
    ]


def _outermost(element: Element) -> Iterator[Element]:
    """Yield the outermost blocks of text, including list items without paragraphs."""
    for kid in element.kids:
        if kid.kind in tags.HEADINGS or kid.kind in ("P", "Table", "Figure"):
            yield kid
        elif kid.kind != "Note":
            inner = list(_outermost(kid))
            yield from inner or ([kid] if kid.kind not in INLINE and kid.content else [])
