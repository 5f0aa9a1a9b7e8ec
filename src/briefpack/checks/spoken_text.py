"""Check that words are read apart and in order, that links have names, and that notes are announced and led to."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefpack.checks import places
from briefpack.checks.findings import Findings, Found, boxes, others, quoted
from briefpack.checks.read.aloud import Aloud
from briefpack.checks.read.annotations import Link
from briefpack.checks.read.blocks import Block, same_column
from briefpack.checks.read.finished import CLOSE_PT, Finished
from briefpack.checks.read.page_objects import Run
from briefpack.checks.read.tags import Element
from briefpack.geometry import Rectangle
from briefpack.text import unspaced

BREAKS_AFTER = "-\u2010\u2011\u2013\u2014/\u200b\x02"
"""A line may break after these without a space (Unicode Standard Annex 14); the last is PDFium's hyphen."""
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
    ids = Counter(note.id for aloud in finished.aloud if aloud for note in _notes(aloud))
    for number, aloud in enumerate(finished.aloud, start=1):
        if aloud:
            yield from _faulty(finished, number, aloud, ids)
            yield from _unspoken_notes(number, aloud)
        yield from _leading_nowhere(finished, number)


def _notes(aloud: Aloud) -> Iterator[Element]:
    return (element for element in aloud.tree.walk() if element.kind == "Note")


def _faulty(finished: Finished, number: int, aloud: Aloud, ids: Counter[str]) -> Findings:
    """Yield the notes of a page that lack a number, an id of their own, or a number in the text."""
    raised = {run.text.strip() for _, run in _raised_numbers(aloud)}
    for note in _notes(aloud):
        label = next((aloud.said(kid).strip(" .)\n") for kid in note.walk() if kid.kind == "Lbl"), "")
        if not label:
            fault = "has no number in a label"
        elif not note.id or ids[note.id] > 1:
            fault = "has no id of its own"
        elif label not in raised:
            fault = f"is numbered {label}, which is nowhere on its page"
        else:
            continue
        yield Found(number, f"the note {quoted(aloud.said(note))} {fault}", places.elements(finished, number, [note]))


def _unspoken_notes(number: int, aloud: Aloud) -> Findings:
    """Yield the numbers of notes on a page that neither a name nor a tag says are notes."""
    telling = (element for element in aloud.tree.walk() if element.name or element.kind == "Reference")
    named = {mcid for element in telling for mcid in element.content}
    silent = [run for mcid, run in _raised_numbers(aloud) if mcid not in named]
    if silent:
        message = f"the number {quoted(silent[0].text)} of a note is read as digits alone"
        yield Found(number, message + others(len(silent), "number"), boxes(silent))


def _leading_nowhere(finished: Finished, number: int) -> Findings:
    """Yield a page's links that lead nowhere in its document; a piece isn't judged alone, as its links may leave it."""
    lost = [link for link in finished.annotated[number - 1] if not link.leads] if finished.expected.part is None else []
    if lost:
        yield Found(number, f"the link {quoted(lost[0].name)} leads nowhere{others(len(lost), 'link')}", boxes(lost))


def _raised_numbers(aloud: Aloud) -> Iterator[tuple[int, Run]]:
    """Yield the raised numbers of a page that follow text on the same line, with their marked content."""
    before: Run | None = None
    for mcid in aloud.tree.content:
        for run in aloud.runs.get(mcid, ()):
            if before is not None and _is_mark(before, run):
                yield mcid, run
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
    for number, (aloud, links) in enumerate(zip(finished.aloud, finished.annotated, strict=True), start=1):
        unnamed = [link for link in links if not link.name.strip()]
        if unnamed:
            message = f"a link has no description{others(len(unnamed), 'link')}"
            yield Found(number, message, boxes(unnamed))
        named = [(link.name, link) for link in links if _says_nothing(link.name, link.opens)]
        if named:
            name, _ = named[0]
            message = f"a link is called {quoted(name)}{others(len(named), 'link')}"
            yield Found(number, message, boxes(link for _, link in named))
        yield from _unspoken_links(number, aloud) if aloud else ()


def _unspoken_links(number: int, aloud: Aloud) -> Findings:
    """Yield the links of a page whose words say nothing."""
    for element in _links(aloud.tree):
        said, runs = " ".join(aloud.said(element).split()), aloud.drawn(element)
        if runs and not said:
            yield Found(number, "a link has no words", boxes(runs))
        elif (runs and element.name and _says_nothing(said, said)) or (runs and ADDRESS_ALONE.match(said)):
            yield Found(number, f"a link is read as {quoted(said)}", boxes(runs))


def _says_nothing(name: str, opens: str) -> bool:
    name = name.strip()
    return bool(ADDRESS_ALONE.match(name)) or (bool(IDENTIFIER.fullmatch(name)) and name == opens)


def one_link(finished: Finished) -> Findings:
    """Find links that are heard as two, or that no element or no words belong to."""
    for number, (aloud, links) in enumerate(zip(finished.aloud, finished.annotated, strict=True), start=1):
        if loose := [link for link in links if not link.held]:
            yield Found(number, f"a link is in no tag{others(len(loose), 'link')}", boxes(loose))
        if flat := [link for link in links if min(link.box.width, link.box.height) < CLOSE_PT]:
            message = f"the link {quoted(flat[0].name)} has no area that can be clicked{others(len(flat), 'link')}"
            yield Found(number, message, boxes(flat))
        yield from _apart(number, aloud, links) if aloud else ()


def _apart(number: int, aloud: Aloud, links: Sequence[Link]) -> Findings:
    """Yield the links of a page that are read one after the other, open the same, and are one on the page."""
    for one, two in pairwise(_links(aloud.tree)):
        words = [aloud.said(each) for each in (one, two)]
        opened = [_opens(aloud, each, links) for each in (one, two)]
        if opened[0] and opened[0] == opened[1] and _follows(aloud, one, two):
            both = [*aloud.drawn(one), *aloud.drawn(two)]
            yield Found(number, f"{quoted(words[0])} and {quoted(words[1])} are one link, but two tags", boxes(both))


def _links(tree: Element) -> Iterator[Element]:
    return (element for element in tree.walk() if element.kind == "Link")


def _opens(aloud: Aloud, element: Element, links: Sequence[Link]) -> str:
    """Return the target of a link's element, which the annotation over its words has."""
    runs = aloud.drawn(element)
    return next((link.opens for run in runs for link in links if _is_over(link.box, run.box)), "")


def _is_over(annotation: Rectangle, run: Rectangle) -> bool:
    middle = (run.left + run.right) / 2
    return annotation.left - CLOSE_PT <= middle <= annotation.right + CLOSE_PT and annotation.meets(run)


def _follows(aloud: Aloud, one: Element, two: Element) -> bool:
    """Return whether nothing is read between two elements."""
    content = aloud.tree.content
    end, start = one.content[-1:], two.content[:1]
    return bool(end and start) and content.index(start[0]) == content.index(end[0]) + 1
