"""Check the composition of pages against the layout's rules: headlines, lines of prose, stretched gaps, empty feet."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from briefpack.checks.findings import Findings, Found, quoted
from briefpack.checks.read import tags
from briefpack.checks.read.blocks import Block
from briefpack.checks.read.finished import Finished
from briefpack.checks.read.page_objects import Run
from briefpack.geometry import PT_PER_MM, Rectangle
from briefpack.layout.model import Composition

CLOSE_PT, CLOSE_MM = 0.6, 0.2
LEAST_LINES = 4
"""The fewest lines of a paragraph of prose; shorter ones are captions and lists."""
LEAST_PT = 9.0
"""The smallest type of prose; notices and notes are smaller, and go by other rules."""
MOST_PT = 12.5
"""The largest type of prose; standfirsts and headlines are larger."""
MARGIN_MM = 18.0
IDEOGRAPHS = "\u2e80"
"""The first of the characters that take the width of two letters, for which other rules hold."""


def headline_baseline(finished: Finished) -> Findings:
    """Find headlines whose first baseline isn't where the layout puts all of them.

    A headline is a heading in large type that opens its page, alone or after a kicker. The letters of Chinese sit at
    another height in their lines, and have no baseline to compare.
    """
    wanted_pt = _rules(finished).headline_pt
    if wanted_pt is None:
        return
    for number, (blocks, trim) in enumerate(zip(finished.blocks, finished.trims, strict=True), start=1):
        if headline := next(filter(_is_headline, blocks[:2]), None):
            found_pt = trim.top - max(run.baseline_pt for run in headline.runs)
            if abs(found_pt - wanted_pt) > CLOSE_PT:
                place = f"{found_pt:.1f} pt from the top of the page; the layout wants {wanted_pt:g} pt"
                yield Found(number, f"the baseline of {quoted(headline.text)} is {place}", (headline.box,))


def _is_headline(block: Block) -> bool:
    lettered = block.kind in tags.HEADINGS and bool(block.runs) and max(block.text, default="") < IDEOGRAPHS
    return lettered and block.body.size_pt > MOST_PT


def line_length(finished: Finished) -> Findings:
    """Find pages whose prose has lines that are too long or too short to read with ease."""
    wanted = _rules(finished).line_letters
    if wanted is None:
        return
    for number, (blocks, trim) in enumerate(zip(finished.blocks, finished.trims, strict=True), start=1):
        prose = [block for block in blocks if _is_prose(block, trim)]
        lengths = [length for block in prose for length in _full_lines(block)]
        average = round(sum(lengths) / max(len(lengths), 1))
        if prose and not wanted.smallest <= average <= wanted.largest:
            message = f"a line of prose has {average} characters on average; the layout wants {wanted}"
            yield Found(number, message, tuple(block.box for block in prose))


def _is_prose(block: Block, trim: Rectangle) -> bool:
    """Return whether a block is a paragraph of running text, in a column of over half the width of the text area."""
    half_pt = (trim.width - 2 * MARGIN_MM * PT_PER_MM) / 2
    written = block.kind == "P" and block.runs and max(block.text, default="") < IDEOGRAPHS
    sized = written and LEAST_PT <= block.body.size_pt <= MOST_PT
    return bool(sized and block.box.width > half_pt and block.lines >= LEAST_LINES)


def _full_lines(block: Block) -> Iterator[int]:
    """Yield the characters of each line but the last."""
    for line in _lines(block.runs)[:-1]:
        yield len("".join(run.text for run in line).strip())


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    """Return runs by line, from the top; note marks above the baseline are left out."""
    largest = max(run.size_pt for run in runs)
    full = [run for run in runs if run.size_pt > 0.8 * largest]
    return [[*line] for _, line in groupby(full, key=lambda run: round(run.baseline_pt))]


def empty_foot(finished: Finished) -> Findings:
    """Find pages that should be full and are emptier at their foot than the layout allows."""
    most_mm, part = _rules(finished).empty_mm, finished.expected.part
    if most_mm is None or part is None:
        return
    for page, empty_mm in part.empty_mm.items():
        if empty_mm > most_mm + CLOSE_MM:
            yield Found(page + 1, f"{empty_mm:.0f} mm are empty at the foot; the layout allows {most_mm:g} mm")


def stretched_gaps(finished: Finished) -> Findings:
    """Find a piece whose spaces are stretched by more than the layout allows."""
    most_mm, part = _rules(finished).stretch_mm, finished.expected.part
    if most_mm is not None and part and part.stretched_mm > most_mm + CLOSE_MM:
        yield Found(1, f"its spaces are stretched by {part.stretched_mm:.1f} mm each; the layout allows {most_mm:g} mm")


def _rules(finished: Finished) -> Composition:
    """Return the rules for a piece of pages; none for anything that is laid over them."""
    part = finished.expected.part
    return part.composition if part and not part.over and "data-fit" in part.html else Composition()
