"""Check that the words of a finished PDF are read apart, and in the order in which they stand on the page."""

import re
from collections.abc import Sequence

from briefpack.checks.findings import Findings, Found, boxes, others, quoted
from briefpack.checks.read.aloud import Aloud
from briefpack.checks.read.blocks import Block, same_column
from briefpack.checks.read.finished import CLOSE_PT, Finished
from briefpack.checks.read.page_objects import Run
from briefpack.checks.spoken_notes import is_mark
from briefpack.text import unspaced

BREAKS_AFTER = "-\u2010\u2011\u2013\u2014/\u200b\x02"
"""A line may break after these without a space (Unicode Standard Annex 14); the last is PDFium's hyphen at a line's end."""
ADDRESS = re.compile(r"\S*(?:@|/|\.[a-z]{2})\S*")
"""A word that a line may break without a space: an address."""
UNSEEN = re.compile("[\u00ad\u200b\u2060]")
"""The characters in a word of the HTML that only allow or forbid a break."""
LONG = 8
"""The fewest letters of a word that fills a line alone and goes on in the next."""


def words_apart(finished: Finished) -> Findings:
    """Find words that stand apart on the page, and are read as one."""
    html = UNSEEN.sub("", finished.expected.part.html) if finished.expected.part else ""
    for number, aloud in enumerate(finished.aloud, start=1):
        joined = [*_joined(aloud, html)] if aloud else []
        if joined:
            one, two = joined[0]
            words = f"{quoted(_end(one.text))} and {quoted(_start(two.text))}"
            message = f"{words} are read as one word{others(len(joined), 'place')}"
            yield Found(number, message, boxes(run for both in joined for run in both))


def _joined(aloud: Aloud, html: str) -> list[tuple[Run, Run]]:
    pairs = ((aloud.runs.get(one), aloud.runs.get(two)) for one, two in aloud.without_pause())
    ends = ((before[-1], after[0]) for before, after in pairs if before and after)
    found = [(one, two) for one, two in ends if _touch(one.text, two.text) and _are_apart(one, two)]
    return [(one, two) for one, two in found if not _is_broken_word(one.text, two.text, html)]


def _is_broken_word(one: str, two: str, html: str) -> bool:
    """Return whether a word may be broken here without a hyphen: an address, or a word too long for its line.

    The HTML of a piece tells whether it has the two as one word; of a file without, only that they fill their line.
    """
    word = _end(one) + _start(two)
    return word in html or bool(ADDRESS.fullmatch(word)) or (one == _end(one) and len(one) >= LONG)


def _touch(one: str, two: str) -> bool:
    """Return whether no space and no hyphen is between two texts, and their script needs one."""
    if not one or not two or one[-1].isspace() or two[0].isspace() or one[-1] in BREAKS_AFTER:
        return False
    return not (unspaced.is_one(one[-1]) or unspaced.is_one(two[0]))


def _are_apart(one: Run, two: Run) -> bool:
    """Return whether two runs are on different lines, or the second is the number of a note.

    PDFium itself writes a space between words that stand apart on one line.
    """
    if is_mark(one, two):
        return one.text[-1].isdigit()
    return abs(two.baseline_pt - one.baseline_pt) > max(one.size_pt, two.size_pt) / 2 or two.box.left < one.box.left


def _end(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1] if text.strip() else text


def _start(text: str) -> str:
    return text.split(maxsplit=1)[0] if text.strip() else text


def reading_order(finished: Finished) -> Findings:
    """Find text that is read after other text which stands below it in the same column, unless its page says so."""
    for number, blocks in enumerate(finished.blocks if finished.expected.tagged else (), start=1):
        yield from _backwards(number, [block for block in blocks if block.runs and not block.moved])


def _backwards(page: int, blocks: Sequence[Block]) -> Findings:
    """Yield the first block that is read after each block below it."""
    for index, two in enumerate(blocks):
        below = [one for one in blocks[:index] if same_column(one.box, two.box) and _is_above(two, one)]
        if below:
            message = f"{quoted(two.text)} is above {quoted(below[-1].text)} on the page, but is read after it"
            yield Found(page, message, boxes((two, below[-1])))


def _is_above(one: Block, two: Block) -> bool:
    return one.box.bottom > two.box.top + CLOSE_PT
