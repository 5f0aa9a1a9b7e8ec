"""Find notes that are typed by hand: raised numbers in the text, and a numbered list of references at the end."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from briefpack.importing import words
from briefpack.importing.blocks import passages_of
from briefpack.importing.draft import (
    Block,
    Bullets,
    Draft,
    Grid,
    Heading,
    Leftover,
    Note,
    Paragraph,
    Passage,
    Picture,
    Quotation,
    Run,
)
from briefpack.text.locale import Locale

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
UNICODE = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
BRACKETED = re.compile(r"\[\d{1,3}(?:[,;–-]\s?\d{1,3})*\]")
ADDRESS = re.compile(r"https?://|www\.")
REASON = "a heading that a key replaces"


def read(draft: Draft, locale: Locale) -> Draft:
    """Return a draft with its typed notes as notes, and without the list of them; as it was if it has none."""
    start, end = _listed(draft.blocks, locale)
    references = _references(draft.blocks[start:end])
    marked = {
        number for block in draft.blocks[:start] for each in passages_of(block) for number in _marks(each, references)
    }
    if not references or not marked:
        return draft
    notes = {number: len(draft.notes) + index for index, number in enumerate(references)}
    blocks = (*draft.blocks[:start], *draft.blocks[end:])
    kept = tuple(changed(block, lambda passage: _noted(passage, notes)) for block in blocks)
    headings = (block.passage for block in draft.blocks[start:end] if isinstance(block, Heading))
    left = tuple(Leftover(each.words, each.place, REASON) for each in headings)
    more = tuple(references.values())
    return replace(draft, blocks=kept, notes=(*draft.notes, *more), leftovers=(*draft.leftovers, *left))


def _listed(blocks: tuple[Block, ...], locale: Locale) -> tuple[int, int]:
    """Return the start and the end of the list of references: below its heading, or a list of addresses."""
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and words.kind(" ".join(block.passage.words.split()), locale) == "sources":
            rest = range(number + 1, len(blocks))
            return number, next((n for n in rest if isinstance(blocks[n], Heading)), len(blocks))
    for number, block in enumerate(blocks):
        if isinstance(block, Bullets) and block.items[0].number == 1 and _is_of_addresses(block):
            return number, number + 1
    return 0, 0


def _is_of_addresses(block: Bullets) -> bool:
    found = [bool(ADDRESS.search(passage.words)) for item in block.items for passage in item.passages]
    return 2 * sum(found) > len(found)


def _references(blocks: Iterable[Block]) -> dict[int, Note]:
    """Return the references of a list by their numbers."""
    items = (item for block in blocks if isinstance(block, Bullets) for item in block.items)
    return {item.number: Note(item.passages) for item in items if item.number is not None}


def _marks(passage: Passage, references: Mapping[int, Note]) -> Iterator[int]:
    """Yield the numbers of the references that a passage marks."""
    for run in passage.runs:
        for found in _numbers_in(run):
            yield from (number for number in found if number in references)


def _numbers_in(run: Run) -> Iterator[tuple[int, ...]]:
    if run.raised and re.fullmatch(r"[\d,;\s]+", run.words):
        yield _split(run.words)
    else:
        yield from (_split(each) for each in (*UNICODE.findall(run.words), *BRACKETED.findall(run.words)))


def _split(typed: str) -> tuple[int, ...]:
    return tuple(int(each) for each in re.findall(r"\d+", typed.translate(RAISED)))


def _noted(passage: Passage, notes: Mapping[int, int]) -> Passage:
    """Return a passage with marks of notes in place of typed numbers."""
    return replace(passage, runs=tuple(each for run in passage.runs for each in _noted_run(run, notes)))


def _noted_run(run: Run, notes: Mapping[int, int]) -> Iterator[Run]:
    if run.note is not None:
        yield run
        return
    if run.raised:
        numbers = _split(run.words) if re.fullmatch(r"[\d,;\s]+", run.words) else ()
        known = bool(numbers) and all(number in notes for number in numbers)
        yield from (Run("", note=notes[number]) for number in numbers) if known else (run,)
        return
    done = 0
    for found in re.finditer(f"{UNICODE.pattern}|{BRACKETED.pattern}", run.words):
        numbers = _split(found[0])
        if all(number in notes for number in numbers):
            yield replace(
                run,
                words=run.words[done : found.start()].rstrip()
                if found[0][0] == "["
                else run.words[done : found.start()],
            )
            yield from (Run("", note=notes[number]) for number in numbers)
            done = found.end()
    if done < len(run.words):
        yield replace(run, words=run.words[done:])


def changed(block: Block, change: Callable[[Passage], Passage]) -> Block:
    """Return a block with each of its passages changed."""
    if isinstance(block, Heading | Paragraph):
        return replace(block, passage=change(block.passage))
    if isinstance(block, Bullets):
        items = (replace(item, passages=tuple(map(change, item.passages))) for item in block.items)
        return Bullets(tuple(items))
    if isinstance(block, Quotation):
        return Quotation(tuple(map(change, block.passages)))
    caption = change(block.caption) if block.caption else None
    if isinstance(block, Picture):
        return replace(block, caption=caption)
    rows = tuple(tuple(tuple(changed(each, change) for each in cell) for cell in row) for row in block.rows)
    return Grid(rows, caption, block.has_heading, block.place)
