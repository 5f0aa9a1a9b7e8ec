"""Leave a draft's own table of contents out of its text: the layout makes one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefpack.importing.blocks import NUMBERED, is_short, passages_of
from briefpack.importing.draft import Block, Bullets, Draft, Heading, Leftover, Paragraph
from briefpack.text import words
from briefpack.text.locale import Locale

PAGE = re.compile(r"[\s.…·]+(?:\d{1,3}|[ivx]{1,5})$")
LEAST = 2
"""The fewest lines of a list that isn't below the heading of one."""
REASON = "the table of contents; the layout makes its own"


def without(draft: Draft, locale: Locale) -> Draft:
    """Return a draft without its table of contents, which is listed instead."""
    blocks = draft.blocks
    start, end = next(_lists(blocks, locale), (0, 0))
    if start == end:
        return draft
    lines = " / ".join(passage.words for block in blocks[start:end] for passage in passages_of(block))
    left = Leftover(lines, passages_of(blocks[start])[0].place, REASON)
    return replace(draft, blocks=(*blocks[:start], *blocks[end:]), leftovers=(*draft.leftovers, left))


def _lists(blocks: tuple[Block, ...], locale: Locale) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each run of lines that name the headings below it."""
    number = 0
    while number < len(blocks):
        headed = _is_heading_of_list(blocks[number], locale)
        first = number + headed
        end = _end(blocks, first)
        if end - first >= (1 if headed else LEAST):
            yield number, end
        number = max(end, number + 1)


def _is_heading_of_list(block: Block, locale: Locale) -> bool:
    text = block.passage.words.strip() if isinstance(block, Heading | Paragraph) else ""
    return text.rstrip(":").casefold() in (locale.label("contents").casefold(), *locale.drafts.contents)


def _end(blocks: tuple[Block, ...], start: int) -> int:
    """Return the end of the lines from a place on that are titles of what comes after them."""
    end = start
    while end < len(blocks) and _is_line(blocks[end]):
        end += 1
    while end > start and not _all_follow(blocks[start:end], blocks[end:]):
        end -= 1
    return end


def _is_line(block: Block) -> bool:
    plain = isinstance(block, Paragraph | Bullets) or (isinstance(block, Heading) and block.sign != "style")
    passages = passages_of(block)
    return plain and bool(passages) and all(is_short(passage.words) for passage in passages)


def _all_follow(lines: Iterable[Block], below: Iterable[Block]) -> bool:
    """Return whether each line is the title of a block below, with or without its page; most have a page number."""
    titles = {_title(passage.words) for block in below for passage in passages_of(block) if is_short(passage.words)}
    named = [passage.words.strip() for block in lines for passage in passages_of(block)]
    known = [_title(line) in titles or _title(PAGE.sub("", line)) in titles for line in named]
    paged = [bool(PAGE.search(line)) for line in named]
    return 2 * sum(known) >= len(named) and all(one or other for one, other in zip(known, paged, strict=True))


def _title(text: str) -> words.Phrase:
    return words.fold(NUMBERED.sub("", text.strip()))
