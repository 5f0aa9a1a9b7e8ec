"""Check what a screen reader says: words, their order, links, elements, and the values of charts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter

from briefpack.checks import places
from briefpack.checks.findings import Findings, Found, boxes, others, quoted
from briefpack.checks.read.finished import CLOSE_PT, Finished
from briefpack.checks.read.page_objects import Run
from briefpack.checks.read.tags import HEADINGS, INLINE, Block, Element, same_column
from briefpack.plan import ChartRow, Drawing, says, values_in_words
from briefpack.text import unspaced

BREAKS_AFTER = "-\u2010\u2011\u2013\u2014/\u200b\x02"
"""A line may break after these without a space (Unicode Standard Annex 14); the last is PDFium's hyphen."""
ADDRESS = re.compile(r"\S*(?:@|/|\.[a-z]{2})\S*")
"""A word that a line may break without a space: an address."""
UNSEEN = re.compile("[\u00ad\u200b\u2060]")
"""The characters in a word of the HTML that only allow or forbid a break."""
FLOWING = INLINE - {"Lbl"}
"""The types of elements that are read without a pause."""
LONG = 8
"""The fewest letters of a word that fills a line alone and goes on in the next."""


def words_apart(finished: Finished) -> Findings:
    """Find words that stand apart on the page, and are read as one."""
    html = UNSEEN.sub("", finished.expected.part.html) if finished.expected.part else ""
    for number, tree in enumerate(finished.trees, start=1):
        joined = [*_joined(tree, html)] if tree else []
        if joined:
            one, two = joined[0]
            words = f"{quoted(_end(one.text))} and {quoted(_start(two.text))}"
            message = f"{words} are read as one word{others(len(joined), 'place')}"
            yield Found(number, message, boxes(run for both in joined for run in both))


def _joined(tree: Element, html: str) -> Iterator[tuple[Run, Run]]:
    """Yield each two runs that are read in one breath, apart from the parts of a broken word."""
    for before, after in pairwise(_in_breaths(tree)):
        if not before or not after:
            continue
        one, two = before[-1], after[0]
        joined = _touch(one.text, two.text) and _are_apart(one, two)
        if joined and not _is_broken_word(one.text, two.text, html):
            yield one, two


def _in_breaths(element: Element) -> Iterator[Sequence[Run] | None]:
    """Yield the runs of each piece of marked content in reading order, and None for each pause."""
    pauses = element.kind not in FLOWING or bool(element.name) or bool(element.objects)
    if pauses:
        yield None
    for part in () if element.name else element.parts:
        if isinstance(part, Element):
            yield from _in_breaths(part)
        else:
            yield element.runs.get(part, ())
    if pauses:
        yield None


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
    if _is_mark(one, two):
        return one.text[-1].isdigit()
    return abs(two.baseline_pt - one.baseline_pt) > max(one.size_pt, two.size_pt) / 2 or two.box.left < one.box.left


def _end(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1] if text.strip() else text


def _start(text: str) -> str:
    return text.split(maxsplit=1)[0] if text.strip() else text


def reading_order(finished: Finished) -> Findings:
    """Find text that is read after other text which stands below it in the same column, unless its page says so."""
    for number, blocks in enumerate(finished.blocks, start=1):
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


RAISED, SMALLER = 0.2, 0.85
"""How far the number of a note is raised, and how small it is, as shares of the size of the type before it."""
LONGEST = 3
"""The most digits of the number of a note."""


def _is_mark(before: Run, run: Run) -> bool:
    """Return whether a run is the raised number of a note, after another run."""
    digits = run.text.strip()
    if not (digits.isdigit() and len(digits) <= LONGEST):
        return False
    raised = run.baseline_pt - before.baseline_pt
    return run.size_pt < SMALLER * before.size_pt and RAISED < raised / before.size_pt < 1


ADDRESS_ALONE = re.compile(r"[a-z][a-z+.-]*:\S|www\.\S|\S*%[0-9a-f]{2}|[\w.-]+\.[a-z]{2,}/\S{13,}", re.IGNORECASE)
"""A name that is an address. A site alone, or an email address, is what people say."""
IDENTIFIER = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")


def link_name(finished: Finished) -> Findings:
    """Find links that are in no tag or have no name, or whose name is an address or the id of their target."""
    for number, (tree, links) in enumerate(zip(finished.trees, finished.annotated, strict=True), start=1):
        loose = [link for link in links if not link.held]
        if loose:
            yield Found(number, f"a link is in no tag{others(len(loose), 'link')}", boxes(loose))
        held = [link for link in links if link.held]
        unnamed = [link for link in held if not link.name.strip()]
        if unnamed:
            yield Found(number, f"a link has no description{others(len(unnamed), 'link')}", boxes(unnamed))
        named = [link for link in held if _says_nothing(link.name, link.opens)]
        if named:
            message = f"a link is called {quoted(named[0].name)}{others(len(named), 'link')}"
            yield Found(number, message, boxes(named))
        for element in tree.walk() if tree else ():
            if element.kind == "Link":
                yield from _unspoken_link(number, element)


def _unspoken_link(number: int, element: Element) -> Findings:
    """Yield a link whose words say nothing."""
    said = " ".join(element.said.split())
    if element.drawn and not said:
        yield Found(number, "a link has no words", boxes(element.drawn))
    elif element.drawn and (ADDRESS_ALONE.match(said) or (element.name and _says_nothing(said, said))):
        yield Found(number, f"a link is read as {quoted(said)}", boxes(element.drawn))


def _says_nothing(name: str, opens: str) -> bool:
    name = name.strip()
    return bool(ADDRESS_ALONE.match(name)) or (bool(IDENTIFIER.fullmatch(name)) and name == opens)


TEXTS = frozenset({*HEADINGS, "P", "Caption", "Lbl", "Note", "TOCI"})
"""The types of elements that are there for their words alone."""


def empty_element(finished: Finished) -> Findings:
    """Find paragraphs, headings and other texts without words."""
    for number, tree in enumerate(finished.trees if finished.expected.tagged else (), start=1):
        silent = [element for element in tree.walk() if _is_silent(element)] if tree else []
        if silent:
            message = f"a {silent[0].kind} has no words{others(len(silent), 'element')}"
            yield Found(number, message, places.elements(finished, number, silent))


def _is_silent(element: Element) -> bool:
    """Return whether a text element has no words to be read, and contains no figure or object to be read instead."""
    if element.kind not in TEXTS or any(part.objects or part.kind == "Figure" for part in element.walk()):
        return False
    # PDFium has no words for text behind a clipping path, which a screen reader reads.
    hidden = any(run.clipped for run in element.drawn)
    return bool(element.content) and not hidden and not element.said.strip()


MOST = 12
"""The most values that an alternative text has to give one by one; of more, it gives the ends and the extremes."""


def values(finished: Finished) -> Findings:
    """Find charts whose alternative text, or the list or table that stands for it, lacks a value."""
    described = [text for page in finished.reads for text in page.described]
    document = finished.expected.document
    for name, file in document.files.items() if document else ():
        drawing = document.drawings.get(name) if document else None
        lost = _unsaid(_wanted(drawing), described) if drawing else ()
        if lost:
            chart, values = quoted(file.name.removesuffix(".csv")), f"{quoted(lost[0])}{others(len(lost), 'value')}"
            yield Found(None, f"the alternative text of the chart {chart} lacks {values}")


def _unsaid(wanted: tuple[str, ...], alts: Iterable[str]) -> tuple[str, ...]:
    """Return the values of a drawing that its alternative text lacks: its text is taken to be the fullest one."""
    return min((_lacking(wanted, alt) for alt in alts), key=len, default=wanted)


# Most charts are the same in every electorate, and so are most alternative texts.
@lru_cache(maxsize=4096)
def _lacking(wanted: tuple[str, ...], alt: str) -> tuple[str, ...]:
    return tuple(value for value in wanted if not says(alt, value))


def _wanted(drawing: Drawing) -> tuple[str, ...]:
    """Return the values, as they print, that an alternative text has to give, each once."""
    rows = [row for row in drawing.rows if row.value is not None or row.low is not None]
    telling = rows if len(rows) <= MOST else _telling(rows)
    values = (value for row in telling for value in (row.written, row.low_written, row.high_written) if value)
    return tuple(dict.fromkeys(values))


def _telling(rows: Iterable[ChartRow]) -> Iterator[ChartRow]:
    """Yield the ends and the extremes of each series; electorates have no first and no last."""
    by_series = attrgetter("group", "series")
    for _, group in groupby(sorted(rows, key=by_series), by_series):
        series = [*group]
        yield from (min(series, key=values_in_words.exact), max(series, key=values_in_words.exact))
        if not series[0].key:
            yield from (series[0], series[-1])
