"""Check how a finished PDF is structured: the order of its tags and headings, and its paragraph and page breaks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import pypdfium2.raw as pdfium

from briefpack.checks.read import tags
from briefpack.checks.read.finished import CLOSE_PT, Finished, Found, shown, some
from briefpack.checks.read.marks import ROUNDED_PT, Drawn, Place, Run
from briefpack.checks.read.tags import Element

PT_PER_MM = 72 / 25.4
MUCH = 0.3
FULL, FULL_LAST = 0.75, 1 / 3
MARGIN_MM = 18.0
SCOPES = {"Row", "Column", "Both"}
INLINE = {"Span", "NonStruct", "Link", "Lbl", "Em", "Strong", "Reference"}
ENDED = re.compile(r"[.!?:;…][”’\")\]]*$")


def reading_order(finished: Finished) -> Found:
    """Find pages without tags, and content that a screen reader would skip or misread."""
    pages = zip(finished.trees, finished.drawn, strict=True)
    for number, (tree, drawn) in enumerate(pages if finished.expected.tagged else (), start=1):
        if tree is None:
            yield number, "it has no tags"
            continue
        elements = list(tree.walk())
        if any(each.kind == "Figure" and not each.alt.strip() for each in elements):
            yield number, "it has a figure without alternative text"
        if any(each.kind == "TH" and each.scope not in SCOPES for each in elements):
            yield number, "it has a header cell without a scope"
        held = set(tree.content)
        yield from some(number, [run for run in drawn.runs if run.mark >= 0 and run.mark not in held], "is in no tag")
        yield from _backwards(number, _blocks(tree, drawn))


def _backwards(page: int, blocks: Sequence["Block"]) -> Found:
    """Yield each paragraph that is read after one below it in the same column."""
    for one, two in pairwise(block for block in blocks if block.runs):
        if _beside(one.place, two.place) and two.place.bottom_pt > one.place.top_pt + CLOSE_PT:
            yield page, f"{shown(two.text)} is read after {shown(one.text)}, and stands above it"


def headings(finished: Finished) -> Found:
    """Find headings out of order: one H1 is expected, and no level may be skipped."""
    count, before = len(finished.pdf), 0
    firsts = sum(page.count(1) for page in finished.heads)
    if firsts != 1 and pdfium.FPDFCatalog_IsTagged(finished.pdf.raw):
        yield None, f"it has {firsts or 'no'} headings of the first level, and wants one"
    for number, page in enumerate(finished.heads[:count], start=1):
        for one, two in pairwise((before, *page)):
            if two > one + 1 and one:
                yield number, f"a heading of level {two} follows one of level {one}"
        before = page[-1] if page else before


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


def _beside(one: Place, two: Place) -> bool:
    """Return whether two places share a column."""
    shared = min(one.right_pt, two.right_pt) - max(one.left_pt, two.left_pt)
    return shared > 0.5 * min(one.width_pt, two.width_pt)


def _blocks(tree: Element, drawn: Drawn) -> list[Block]:
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


def widow_or_orphan(finished: Finished) -> Found:
    """Find widows and orphans: a single line of a paragraph at the top or bottom of a page."""
    pages = [_blocks(tree, drawn) if tree else [] for tree, drawn in zip(finished.trees, finished.drawn, strict=True)]
    for number, (before, after) in enumerate(pairwise(pages), start=1):
        for one, two in _split(before, after):
            if two.lines == 1:
                yield number + 1, f"{shown(two.text)} is the last line of a paragraph, alone at the head"
            if one.lines == 1:
                yield number, f"{shown(one.text)} is the first line of a paragraph, alone at the foot"


def _split(before: Sequence[Block], after: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    """Yield each paragraph that continues on the next page, as its part on this page and its part on the next."""
    lowest = [block for block in before if block.kind == "P" and block.runs and _last(block, before)]
    highest = [block for block in after if block.kind == "P" and block.runs and _first(block, after)]
    for one in lowest:
        yield from ((one, two) for two in highest if _runs_on(one, two))


def _last(block: Block, among: Sequence[Block]) -> bool:
    others = (each for each in among if each.runs and each is not block and _beside(each.place, block.place))
    return all(each.place.bottom_pt >= block.place.bottom_pt for each in others)


def _first(block: Block, among: Sequence[Block]) -> bool:
    others = (each for each in among if each.runs and each is not block and _beside(each.place, block.place))
    return all(each.place.top_pt <= block.place.top_pt for each in others)


def _runs_on(one: Block, two: Block) -> bool:
    """Return whether one paragraph continues in another: same type, and a full last line that ends no sentence."""
    end, start = one.body, two.body
    alike = end.font == start.font and abs(end.size_pt - start.size_pt) < ROUNDED_PT and _beside(one.place, two.place)
    width = max(one.place.width_pt, two.place.width_pt)
    full = end.place.right_pt > one.place.left_pt + 0.8 * width
    return alike and full and not ENDED.search(end.text.strip())


def stranded_heading(finished: Finished) -> Found:
    """Find headings at the foot of a page with fewer than two lines below them, though their text continues."""
    pages = [_blocks(tree, drawn) if tree else [] for tree, drawn in zip(finished.trees, finished.drawn, strict=True)]
    for number, (blocks, after) in enumerate(pairwise(pages), start=1):
        new = any(block.kind in tags.HEADINGS for block in after[:2])
        for index, block in enumerate(blocks):
            lines = _lines_beneath(block, blocks[index + 1 :], finished.trims[number - 1])
            if lines is not None and lines < (1 if new else 2):
                yield number, f"the heading {shown(block.text)} has less than two lines beneath it"


def _lines_beneath(heading: Block, rest: Sequence[Block], trim: Place) -> int | None:
    """Return the lines of text below or beside a heading low on its page; None for anything else."""
    if heading.kind not in tags.HEADINGS or not heading.runs or any(each.kind in WHOLE for each in rest):
        return None
    if heading.place.bottom_pt > trim.bottom_pt + trim.height_pt / 3:
        return None
    beneath = [each for each in rest if each.runs and each.kind not in tags.HEADINGS]
    return sum(each.lines for each in beneath if each.place.bottom_pt < heading.place.bottom_pt + CLOSE_PT)


WHOLE = {"Table", "Figure"}


def underfull_page(finished: Finished) -> Found:
    """Find pages that should be full but have a large gap."""
    part, count = finished.expected.part, len(finished.pdf)
    if part is None or not part.fitted:
        return
    for number, (drawn, trim) in enumerate(zip(finished.drawn, finished.trims, strict=True), start=1):
        held = [(trim.top_pt - top - high, trim.top_pt - top) for page, top, high in part.held if page == number - 1]
        share, least = _filled(drawn, trim, held), FULL_LAST if 1 < count == number else FULL
        if share < least:
            yield number, f"{share:.0%} of its text area is used, under {least:.0%}"


def _filled(drawn: Drawn, trim: Place, held: Iterable[tuple[float, float]]) -> float:
    """Return the share of the height between a page's first line and its bottom margin that isn't its largest gap."""
    stood = [run.place for run in drawn.runs if run.text.strip()]
    stood += [each.place for each in drawn.shapes if each.place.height_pt < trim.height_pt / 2]
    spans = sorted([*((place.bottom_pt, place.top_pt) for place in stood), *held], key=lambda each: -each[1])
    foot = trim.bottom_pt + MARGIN_MM * PT_PER_MM
    if not spans:
        return 0.0
    head = at = spans[0][1]
    hole = 0.0
    for low, high in [*spans, (foot, foot)]:
        hole = max(hole, at - high)
        at = min(at, low)
    return 1 - hole / max(head - foot, 1.0)
