"""Check that words are read apart and in order, that links have names, and that notes are announced and led to."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefpack.checks import places
from briefpack.checks.findings import Findings, Found, boxes, others, quoted
from briefpack.checks.read.annotations import Link
from briefpack.checks.read.blocks import Block, same_column
from briefpack.checks.read.finished import CLOSE_PT, Finished
from briefpack.checks.read.page_objects import Run
from briefpack.checks.read.tags import INLINE, Element
from briefpack.geometry import Rectangle
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


def note_links(finished: Finished) -> Findings:
    """Find notes without a number or an id, or that no number leads to, and numbers that are heard as digits alone."""
    ids = Counter(element.id for element in finished.elements if element.kind == "Note")
    for number, tree in enumerate(finished.trees, start=1):
        if tree:
            raised = [*_raised_numbers(tree)]
            yield from _faulty(finished, number, tree, raised, ids)
            yield from _unspoken_notes(number, tree, raised)
        yield from _leading_nowhere(finished, number)


def _faulty(finished: Finished, number: int, tree: Element, raised: Sequence[Run], ids: Counter[str]) -> Findings:
    """Yield the notes of a page that lack a number, an id of their own, or a number in the text."""
    numbers = {run.text.strip() for run in raised}
    for note in tree.walk():
        if note.kind != "Note":
            continue
        label = next((kid.said.strip(" .)\n") for kid in note.walk() if kid.kind == "Lbl"), "")
        if not label:
            fault = "has no number in a label"
        elif not note.id or ids[note.id] > 1:
            fault = "has no id of its own"
        elif label not in numbers:
            fault = f"is numbered {label}, which is nowhere on its page"
        else:
            continue
        yield Found(number, f"the note {quoted(note.said)} {fault}", places.elements(finished, number, [note]))


def _unspoken_notes(number: int, tree: Element, raised: Sequence[Run]) -> Findings:
    """Yield the numbers of notes on a page that neither a name nor a tag says are notes."""
    telling = (element for element in tree.walk() if element.name or element.kind == "Reference")
    named = {mcid for element in telling for mcid in element.content}
    silent = [run for run in raised if run.mcid not in named]
    if silent:
        message = f"the number {quoted(silent[0].text)} of a note is read as digits alone"
        yield Found(number, message + others(len(silent), "number"), boxes(silent))


def _leading_nowhere(finished: Finished, number: int) -> Findings:
    """Yield a page's links that lead nowhere in its document; a piece isn't judged alone, as its links may leave it."""
    lost = [link for link in finished.annotated[number - 1] if not link.leads] if finished.expected.part is None else []
    if lost:
        yield Found(number, f"the link {quoted(lost[0].name)} leads nowhere{others(len(lost), 'link')}", boxes(lost))


def _raised_numbers(tree: Element) -> Iterator[Run]:
    """Yield the raised numbers of a page that follow text on the same line."""
    before: Run | None = None
    for run in tree.drawn:
        if before is not None and _is_mark(before, run):
            yield run
        elif run.text.strip():
            before = run


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
    """Find links that have no name, or whose name is an address or the id of their target."""
    for number, (tree, links) in enumerate(zip(finished.trees, finished.annotated, strict=True), start=1):
        unnamed = [link for link in links if not link.name.strip()]
        if unnamed:
            yield Found(number, f"a link has no description{others(len(unnamed), 'link')}", boxes(unnamed))
        named = [link for link in links if _says_nothing(link.name, link.opens)]
        if named:
            message = f"a link is called {quoted(named[0].name)}{others(len(named), 'link')}"
            yield Found(number, message, boxes(named))
        for element in _links(tree):
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


def one_link(finished: Finished) -> Findings:
    """Find links that are heard as two, or that no element or no words belong to."""
    for number, (tree, links) in enumerate(zip(finished.trees, finished.annotated, strict=True), start=1):
        if loose := [link for link in links if not link.held]:
            yield Found(number, f"a link is in no tag{others(len(loose), 'link')}", boxes(loose))
        if flat := [link for link in links if min(link.box.width, link.box.height) < CLOSE_PT]:
            message = f"the link {quoted(flat[0].name)} has no area that can be clicked{others(len(flat), 'link')}"
            yield Found(number, message, boxes(flat))
        content = tree.content if tree else []
        for one, two in pairwise(_links(tree)):
            opens = _opens(one, links)
            if opens and opens == _opens(two, links) and _follows(content, one, two):
                message = f"{quoted(one.said)} and {quoted(two.said)} are one link, but two tags"
                yield Found(number, message, boxes([*one.drawn, *two.drawn]))


def _links(tree: Element | None) -> Iterator[Element]:
    """Yield the elements of the links of a page."""
    if tree:
        yield from (element for element in tree.walk() if element.kind == "Link")


def _opens(element: Element, links: Sequence[Link]) -> str:
    """Return the target of a link's element, which the annotation over its words has."""
    for run in element.drawn:
        for link in links:
            if _is_over(link.box, run.box):
                return link.opens
    return ""


def _is_over(annotation: Rectangle, run: Rectangle) -> bool:
    middle = (run.left + run.right) / 2
    return annotation.left - CLOSE_PT <= middle <= annotation.right + CLOSE_PT and annotation.meets(run)


def _follows(content: Sequence[int], one: Element, two: Element) -> bool:
    """Return whether nothing in the content of a page is read between two elements."""
    if not one.content or not two.content:
        return False
    return content.index(two.content[0]) == content.index(one.content[-1]) + 1
