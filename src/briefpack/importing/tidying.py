"""Tidy a draft's blocks: its headings, lists, captions and notes, however they were typed."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from briefpack.importing import words
from briefpack.importing.draft import (
    Block,
    Bullets,
    Draft,
    Grid,
    Heading,
    Item,
    Note,
    Paragraph,
    Passage,
    Picture,
    Run,
    changed,
    in_cell,
    passages_of,
)
from briefpack.text.locale import Locale
from briefpack.text.words import Phrase, fold

MARKS = ":：.–—-"  # noqa: RUF001 -- Chinese marks
PAGE = re.compile(r"[\s.…·]+(?:\d{1,3}|[ivx]{1,5})$")
LEAST_CONTENTS = 2
"""The fewest lines of a table of contents that isn't below the heading of one."""
TYPED_BULLET = re.compile(r"[•●▪◦‣·–—*-]\s+(?=\S)")
TYPED_NUMBER = re.compile(r"\[?(\d{1,3})[.)\]]\s+(?=\S)")
LONGEST_CAPTION = 20
"""In words."""


def tidy(draft: Draft, boxed: Collection[str], locale: Locale) -> None:
    """Tidy the blocks of a draft; a bold line that is `boxed`, in a text box, is text and no heading."""
    draft.blocks = tuple(_unboxed(block, boxed) for block in draft.blocks)
    _leave_contents(draft, locale)
    found = [*_without_lists_of_headings([*_headings(draft.blocks, locale)])]
    lists = merged(_typed_lists(_captioned(found, locale)), _continued)
    draft.blocks = tuple(_without_labels(block, draft, locale) for block in lists)
    _take_notes(draft, locale)


def _unboxed(block: Block, boxed: Collection[str]) -> Block:
    inside = isinstance(block, Heading) and block.sign != "style" and block.passage.line in boxed
    return Paragraph(block.passage) if isinstance(block, Heading) and inside else block


def _leave_contents(draft: Draft, locale: Locale) -> None:
    """Leave the table of contents out of the text: the layout makes one."""
    blocks = draft.blocks
    start, end = next(_contents(blocks, locale), (0, 0))
    if start < end:
        passages = in_cell(blocks[start:end])
        lines = " / ".join(passage.words for passage in passages)
        draft.leave(lines, passages[0].place, "the table of contents; the layout makes its own")
        draft.blocks = (*blocks[:start], *blocks[end:])


def _contents(blocks: Sequence[Block], locale: Locale) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each run of lines that name the headings below it."""
    listed = (locale.label("contents").casefold(), *locale.drafts.contents)
    number = 0
    while number < len(blocks):
        block = blocks[number]
        text = block.passage.words if isinstance(block, Heading | Paragraph) else ""
        headed = text.strip().rstrip(":").casefold() in listed
        end = _end_of_contents(blocks, number + headed)
        if end - number - headed >= (1 if headed else LEAST_CONTENTS):
            yield number, end
        number = max(end, number + 1)


def _end_of_contents(blocks: Sequence[Block], start: int) -> int:
    """Return the end of a typed table of contents: the lines from `start` on that are titles of later blocks."""
    end = start
    while end < len(blocks) and _is_line(blocks[end]):
        end += 1
    while end > start and not _all_follow(blocks[start:end], blocks[end:]):
        end -= 1
    return end


def _is_line(block: Block) -> bool:
    plain = isinstance(block, Paragraph | Bullets) or (isinstance(block, Heading) and block.sign != "style")
    passages = passages_of(block)
    return plain and bool(passages) and all(words.is_short(passage.words) for passage in passages)


def _all_follow(lines: Sequence[Block], below: Sequence[Block]) -> bool:
    """Return whether each line is the title of a block below, with or without its page; most have a page number."""
    titles = {_title(passage.words) for passage in in_cell(below) if words.is_short(passage.words)}
    named = [passage.words.strip() for passage in in_cell(lines)]
    known = [_title(line) in titles or _title(PAGE.sub("", line)) in titles for line in named]
    paged = [bool(PAGE.search(line)) for line in named]
    return 2 * sum(known) >= len(named) and all(map(max, known, paged))


def _title(text: str) -> Phrase:
    return fold(words.NUMBERED.sub("", text.strip()))


def _headings(blocks: Sequence[Block], locale: Locale) -> Iterator[Block]:
    """Yield the blocks; a short line that begins as only a heading does, such as “Ask 2: …”, becomes one in any type.

    If there is no heading at all, each short line above a text or a list becomes one.
    """
    headed = any(isinstance(block, Heading) for block in blocks)
    for block, below in zip_longest(blocks, blocks[1:]):
        text = block.passage.words.strip() if isinstance(block, Paragraph) else ""
        if isinstance(block, Paragraph) and words.is_short(text) and words.is_heading(text, locale):
            yield Heading(block.passage, 0, "words")
        elif isinstance(block, Paragraph) and not headed and _reads_alone(text) and _goes_on(below):
            yield Heading(block.passage, 0, "alone")
        else:
            yield block


def _reads_alone(text: str) -> bool:
    return text[:1].isupper() and words.is_short(text) and not text.endswith(("?!", ")", "”", "…")) and "@" not in text


def _goes_on(below: Block | None) -> bool:
    text = below.passage.words if isinstance(below, Paragraph) else ""
    long = len(text.split()) > words.LONGEST_HEADING or bool(TYPED_BULLET.match(text))
    return long or isinstance(below, Bullets | Grid)


def _without_lists_of_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks; numbered lines without text between them, and not in bold, are a list and not headings."""
    numbered = [isinstance(block, Heading) and block.sign == "number" for block in blocks]
    for number, block in enumerate(blocks):
        beside = numbered[number + 1 : number + 2] or [True]
        beside += numbered[max(0, number - 1) : number]
        if isinstance(block, Heading) and numbered[number] and not block.passage.is_bold and any(beside):
            yield Paragraph(block.passage)
        else:
            yield block


def _captioned(blocks: Sequence[Block], locale: Locale) -> Iterator[Block]:
    """Yield the blocks with their captions: a line such as “Table 2: …” by a table, a short one under an image."""
    number = 0
    while number < len(blocks):
        captioned = _with_caption(blocks[number : number + 2], locale)
        yield captioned or blocks[number]
        number += 2 if captioned else 1


def _with_caption(pair: Sequence[Block], locale: Locale) -> Block | None:
    shown = next((block for block in pair if isinstance(block, Grid | Picture)), None)
    line = next((block.passage for block in pair if isinstance(block, Paragraph)), None)
    if not shown or not line or shown.caption:
        return None
    is_below = pair[0] is shown and len(line.words.split()) <= LONGEST_CAPTION
    fits = is_below and not line.words.rstrip().endswith((".", ":", "?", "!"))
    if isinstance(shown, Grid):
        fits = words.is_caption(line.words, locale)
    return replace(shown, caption=line) if fits else None


def _typed_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks; a paragraph that begins with a bullet or a number typed by hand is a list of one item."""
    for block in blocks:
        text = block.passage.words if isinstance(block, Paragraph) else ""
        found = TYPED_BULLET.match(text) or TYPED_NUMBER.match(text)
        if found and isinstance(block, Paragraph):
            number = int(found[1]) if found.re is TYPED_NUMBER else None
            yield Bullets((Item((block.passage.after(found.end()),), 0, number),))
        else:
            yield block


def merged(blocks: Iterable[Block], following: Callable[[Bullets, Bullets], Bullets | None]) -> Iterator[Block]:
    """Yield the blocks, with each list merged into the list before it as `following` merges them; None keeps both."""
    before: Block | None = None
    for block in blocks:
        if isinstance(before, Bullets) and isinstance(block, Bullets) and (both := following(before, block)):
            before = both
            continue
        if before:
            yield before
        before = block
    if before:
        yield before


def _continued(before: Bullets, block: Bullets) -> Bullets | None:
    """Return two lists as one if the second continues the first: both without numbers, or with the next one."""
    last = next((item.number for item in reversed(before.items) if item.depth == 0), None)
    goes_on = block.items[0].number == (None if last is None else last + 1)
    return Bullets((*before.items, *block.items)) if goes_on else None


def _without_labels(block: Block, draft: Draft, locale: Locale) -> Block:
    """Return a table or an image without the number of its caption, and with the photographer's name as its credit."""
    if not isinstance(block, Grid | Picture) or not block.caption:
        return block
    label = words.caption_label(block.caption.words, locale)
    if block.caption.words[len(label) :].strip() and label:
        draft.leave(label.strip(f" {MARKS}"), block.place, "the number of a caption; nothing has one in print")
        block = replace(block, caption=block.caption.after(len(label)).capitalised())
    if isinstance(block, Picture) and block.caption and (found := words.photographer(block.caption.words, locale)):
        start, label, name = found
        draft.leave(label, block.place, "the label of a photographer's name, which is the image's credit:")
        return replace(block, caption=block.caption.before(start) if start else None, credit=name)
    return block


RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
RAISED_RUN = re.compile(r"[\d,;\s]+")
MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\s*\[\d{1,3}(?:[,;–-]\s?\d{1,3})*\]")
ADDRESS = re.compile(r"https?://|www\.")


def _take_notes(draft: Draft, locale: Locale) -> None:
    """Turn typed notes into real ones: marks in the text, and a numbered list of references at the end."""
    start, end = _listed(draft.blocks, locale)
    items = [item for block in draft.blocks[start:end] if isinstance(block, Bullets) for item in block.items]
    references = {item.number: Note(item.passages) for item in items if item.number is not None}
    first = len(draft.notes)
    notes = {number: first + index for index, number in enumerate(references)}
    blocks = [changed(block, lambda passage: _noted(passage, notes)) for block in draft.blocks]
    if blocks[:start] == [*draft.blocks[:start]]:
        return
    for block in draft.blocks[start:end]:
        if isinstance(block, Heading):
            draft.leave(block.passage.words, block.passage.place, "a heading that a key replaces")
    draft.blocks = (*blocks[:start], *blocks[end:])
    draft.notes += references.values()


def _listed(blocks: Sequence[Block], locale: Locale) -> tuple[int, int]:
    """Return the start and the end of the list of references: below its heading, or a list of addresses."""
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and words.kind(block.passage.line, locale) == "sources":
            rest = range(number + 1, len(blocks))
            return number, next((n for n in rest if isinstance(blocks[n], Heading)), len(blocks))
    for number, block in enumerate(blocks):
        if isinstance(block, Bullets) and block.items[0].number == 1:
            found = [bool(ADDRESS.search(passage.words)) for passage in passages_of(block)]
            if 2 * sum(found) > len(found):
                return number, number + 1
    return 0, 0


def _noted(passage: Passage, notes: Mapping[int, int]) -> Passage:
    """Return a passage with marks of notes in place of typed numbers."""
    return replace(passage, runs=tuple(each for run in passage.runs for each in _noted_run(run, notes)))


def _noted_run(run: Run, notes: Mapping[int, int]) -> Iterator[Run]:
    done = 0
    pattern = RAISED_RUN if run.raised else MARK
    for found in pattern.finditer(run.words):
        numbers = [int(each) for each in re.findall(r"\d+", found[0].translate(RAISED))]
        whole = not run.raised or found[0] == run.words
        if whole and numbers and all(number in notes for number in numbers):
            if done < found.start():
                yield replace(run, words=run.words[done : found.start()])
            yield from (Run("", note=notes[number]) for number in numbers)
            done = found.end()
    if done < len(run.words) or run.note is not None:
        yield replace(run, words=run.words[done:])
