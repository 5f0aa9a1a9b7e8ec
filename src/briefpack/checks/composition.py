"""Check widows, orphans, stranded headings and pages that are hardly filled."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise, product

from briefpack.checks.findings import Findings, Found, begun, quoted
from briefpack.checks.read import tags
from briefpack.checks.read.finished import CLOSE_PT, Finished
from briefpack.checks.read.page_objects import ROUNDED_PT, PageObjects
from briefpack.checks.read.tags import Block, same_column
from briefpack.geometry import PT_PER_MM, Rectangle

MARGIN_MM = 18.0
"""The margin within which a page is filled."""


FULL = 0.6
"""The least share of a page that is filled."""
RUN_OVER = 0.2
"""The least share of the last page of a part of several pages, if the next one starts a page."""
WHOLE = {"Table", "Figure"}
"""The blocks that don't break between pages."""
ENDED = re.compile(r"[.!?:;…][”’\")\]]*$")


def widow_or_orphan(finished: Finished) -> Findings:
    """Find widows and orphans: a single line of a paragraph at the top or bottom of a page."""
    for number, (before, after) in enumerate(pairwise(finished.blocks), start=1):
        for one, two in _split(before, after):
            if two.lines == 1:
                message = f"the last line of a paragraph is alone at the head of the page: {quoted(two.text)}"
                yield Found(number + 1, message, (two.box,), begun(two.text))
            if one.lines == 1:
                message = f"the first line of a paragraph is alone at the foot of the page: {quoted(one.text)}"
                yield Found(number, message, (one.box,), begun(one.text))


def _split(before: Sequence[Block], after: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    """Yield each paragraph that continues on the next page, as its part on this page and its part on the next."""
    # A kicker belongs to the heading below it, and is no paragraph that goes on.
    kickers = [block for block, heading in pairwise(before) if _is_above_heading(block, heading)]
    ends = [block for block in before if block.kind == "P" and block.runs and block not in kickers]
    starts = [block for block in after if block.kind == "P" and block.runs]
    for one, two in product(ends, starts):
        is_last = one.box.bottom <= _column(one, before).bottom
        is_first = two.box.top >= _column(two, after).top
        if is_last and is_first and _runs_on(one, two):
            yield one, two


def _is_above_heading(block: Block, heading: Block) -> bool:
    is_heading = heading.kind in tags.HEADINGS and bool(block.runs and heading.runs)
    return is_heading and heading.box.bottom < block.box.bottom


def _column(block: Block, among: Iterable[Block]) -> Rectangle:
    """Return the box around the blocks in the column of a block."""
    column = block.box
    for each in among:
        if each.runs and same_column(each.box, block.box):
            column = column.joined(each.box)
    return column


def _runs_on(one: Block, two: Block) -> bool:
    """Return whether one paragraph goes on in another: in the same type, after a full line without a full stop."""
    end, start = one.body, two.body
    alike = end.font == start.font and abs(end.size_pt - start.size_pt) < ROUNDED_PT and same_column(one.box, two.box)
    width = max(one.box.width, two.box.width)
    full = end.box.right > one.box.left + 0.8 * width
    return alike and full and not ENDED.search(end.text.strip())


def stranded_heading(finished: Finished) -> Findings:
    """Find headings with fewer than two lines below them on a page, or with none if the next page has a heading."""
    for number, (blocks, after) in enumerate(pairwise(finished.blocks), start=1):
        new = any(block.kind in tags.HEADINGS for block in after[:2])
        for index, block in enumerate(blocks):
            lines = _lines_beneath(block, blocks[index + 1 :], finished.trims[number - 1])
            if lines is not None and lines < (1 if new else 2):
                message = f"the heading {quoted(block.text)} has fewer than two lines below it"
                yield Found(number, message, (block.box,), begun(block.text))


def _lines_beneath(heading: Block, rest: Sequence[Block], trim: Rectangle) -> int | None:
    """Return how many lines are below or beside a heading in the lowest third of its page; None for anything else."""
    if heading.kind not in tags.HEADINGS or not heading.runs or any(each.kind in WHOLE for each in rest):
        return None
    if heading.box.bottom > trim.bottom + trim.height / 3:
        return None
    beneath = [each for each in rest if each.runs and each.kind not in tags.HEADINGS]
    return sum(each.lines for each in beneath if each.box.bottom < heading.box.bottom + CLOSE_PT)


def underfull_page(finished: Finished) -> Findings:
    """Find pages with a large gap, and nearly empty ones onto which a part runs over."""
    part = finished.expected.part
    if part is None or part.boxed:
        return
    for number, (objects, trim) in enumerate(zip(finished.objects, finished.trims, strict=True), start=1):
        slots = [
            (place.bottom, place.top) for page, frame in part.held if page == number - 1 for place in [frame.on(trim)]
        ]
        share, gap = _filled(objects, trim, slots)
        least = _least(number - 1, part.ends)
        if share < least:
            message = f"a gap takes {1 - share:.0%} of the height of the text area; the maximum is {1 - least:.0%}"
            yield Found(number, message, (gap,))


def _least(page: int, ends: Container[int]) -> float:
    """Return the least share of a page that is filled; none if a part that begins there ends there."""
    if page not in ends:
        return FULL
    return RUN_OVER if page > 0 and page - 1 not in ends else 0.0


def _filled(objects: PageObjects, trim: Rectangle, slots: Iterable[tuple[float, float]]) -> tuple[float, Rectangle]:
    """Return how much of a page is filled, from its first line to its margin, and its largest gap."""
    boxes = [run.box for run in objects.runs if run.text.strip()]
    boxes += [shape.box for shape in objects.shapes if shape.box.height < trim.height / 2]
    # A picture may be as large as the text area; one as high as the page is its ground.
    boxes += [image.box for image in objects.images if image.box.height < trim.height]
    left, foot, right, head = trim.grown(-MARGIN_MM * PT_PER_MM)
    # A running head is beyond the text area.
    within = ((box.bottom, box.top) for box in boxes if box.bottom < head)
    spans = sorted([*within, *slots], key=lambda span: -span[1])
    if not spans:
        return 0.0, Rectangle(left, foot, right, head)
    head = lowest = spans[0][1]
    gap = (lowest, lowest)
    for bottom, top in [*spans, (foot, foot)]:
        gap = max(gap, (top, lowest), key=lambda each: each[1] - each[0])
        lowest = min(lowest, bottom)
    return 1 - (gap[1] - gap[0]) / max(head - foot, 1.0), Rectangle(left, gap[0], right, gap[1])
