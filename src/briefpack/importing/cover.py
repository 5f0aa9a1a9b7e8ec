"""Find the cover of a draft: the heading that is its title, and the short lines below it."""

from collections.abc import Iterator
from dataclasses import dataclass

from briefpack.importing import words
from briefpack.importing.content import is_table
from briefpack.importing.draft import Block, Draft, Grid, Paragraph, Passage, Picture
from briefpack.importing.outline import Part
from briefpack.text import unspaced
from briefpack.text.locale import Locale

LONGEST = 12
"""In words: the longest line of a cover."""


@dataclass(frozen=True)
class Cover:
    """The title of a draft, the blocks in front of its first part, and the parts."""

    title: Passage | None
    front: tuple[Block, ...]
    parts: tuple[Part, ...]


def read(parts: tuple[Part, ...], draft: Draft, locale: Locale) -> Cover:
    """Return the cover and the parts below it."""
    headless = bool(parts) and parts[0].heading is None
    front, headed = (parts[0].blocks, parts[1:]) if headless else ((), parts)
    if not headed or not _is_title(headed, draft, locale):
        return Cover(None, front, headed)
    first, *others = headed
    title = first.heading.passage if first.heading else None
    headed = (*first.parts, *others)
    lines = tuple(_lines(headed, locale)) if _is_bold(first) else ()
    return Cover(title, (*front, *first.blocks, *(each for line in lines for each in line)), headed[len(lines) :])


def _is_title(parts: tuple[Part, ...], draft: Draft, locale: Locale) -> bool:
    """Return whether the first heading is the title: it is above all others, or has no text of its own."""
    first, *others = parts
    if first.title == draft.title:
        return True
    if draft.title:
        return False
    if _is_bold(first) and not words.kind(first.title, locale) and first.parts and all(map(is_front, first.blocks)):
        return True
    if others and first.blocks and not first.parts:
        return all(map(is_front, first.blocks)) and not any(map(is_front, others[0].blocks[:1]))
    alone = not others or all(
        each.heading and first.heading and each.heading.level > first.heading.level for each in others
    )
    return (alone and bool(first.parts or others)) or not (first.blocks or first.parts)


def is_front(block: Block) -> bool:
    """Return whether a block is a short line, as on a cover, an image, or a table that arranges such lines."""
    if isinstance(block, Grid):
        return not is_table(block) and all(is_front(each) for row in block.rows for cell in row for each in cell)
    if isinstance(block, Picture):
        return True
    text = block.passage.words if isinstance(block, Paragraph) else ""
    return 0 < unspaced.count(text) <= LONGEST and not text.rstrip().endswith((".", ":", "。", "："))  # noqa: RUF001 -- Chinese marks


def _is_bold(part: Part) -> bool:
    return part.heading is not None and part.heading.sign == "bold"


def _lines(parts: tuple[Part, ...], locale: Locale) -> Iterator[tuple[Block, ...]]:
    """Yield the bold lines at the start that are no headings, each with the short lines below it."""
    for part in parts[:-1]:
        named = words.kind(part.title, locale)
        if named or part.parts or not _is_bold(part) or not all(map(is_front, part.blocks)):
            return
        yield (*((Paragraph(part.heading.passage),) if part.heading else ()), *part.blocks)
