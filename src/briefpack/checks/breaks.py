"""Check how the pages of a finished PDF break: widows, orphans, stranded headings and pages left half empty."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from briefpack.checks.read import tags
from briefpack.checks.read.blocks import Block, beside
from briefpack.checks.read.finished import CLOSE_PT, Finished, Found, shown
from briefpack.checks.read.marks import ROUNDED_PT, Drawn, Place
from briefpack.geometry import PT_PER_MM

FULL, FULL_LAST = 0.75, 1 / 3
MARGIN_MM = 18.0
WHOLE = {"Table", "Figure"}
ENDED = re.compile(r"[.!?:;…][”’\")\]]*$")


def widow_or_orphan(finished: Finished) -> Found:
    """Find widows and orphans: a single line of a paragraph at the top or bottom of a page."""
    for number, (before, after) in enumerate(pairwise(finished.blocks), start=1):
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
    others = (each for each in among if each.runs and each is not block and beside(each.place, block.place))
    return all(each.place.bottom_pt >= block.place.bottom_pt for each in others)


def _first(block: Block, among: Sequence[Block]) -> bool:
    others = (each for each in among if each.runs and each is not block and beside(each.place, block.place))
    return all(each.place.top_pt <= block.place.top_pt for each in others)


def _runs_on(one: Block, two: Block) -> bool:
    """Return whether one paragraph continues in another: same type, and a full last line that ends no sentence."""
    end, start = one.body, two.body
    alike = end.font == start.font and abs(end.size_pt - start.size_pt) < ROUNDED_PT and beside(one.place, two.place)
    width = max(one.place.width_pt, two.place.width_pt)
    full = end.place.right_pt > one.place.left_pt + 0.8 * width
    return alike and full and not ENDED.search(end.text.strip())


def stranded_heading(finished: Finished) -> Found:
    """Find headings at the foot of a page with fewer than two lines below them, though their text continues."""
    for number, (blocks, after) in enumerate(pairwise(finished.blocks), start=1):
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
