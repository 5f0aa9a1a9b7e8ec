"""Arrange a draft's blocks as parts in order, by its headings."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefpack.importing import markdown, words
from briefpack.importing.draft import Block
from briefpack.importing.parts import Part
from briefpack.text.locale import Locale

# The number of a page at the end of a line of a table of contents.
PAGE = re.compile(r"[\s.…·]+\d{1,3}$")


def arrange(blocks: Iterable[Block], locale: Locale) -> list[Part]:
    """Return the parts of a draft, without its table of contents and the numbers of its headings."""
    parts = [Part(None, [])]
    for block in _levelled(_captioned(_without_contents(blocks, locale), locale), locale):
        if block.kind == "heading":
            parts.append(Part(block, []))
        else:
            parts[-1].blocks.append(block)
    return parts


def _without_contents(blocks: Iterable[Block], locale: Locale) -> Iterator[Block]:
    """Yield the blocks without the lines below “Contents” that end with a page."""
    titles = (locale.label("contents").casefold(), *locale.drafts.contents)
    inside = False
    for block in blocks:
        text = markdown.plain(block.text)
        begins = text.rstrip(":").casefold() in titles
        inside = begins or (inside and bool(PAGE.search(text)))
        if not inside:
            yield block


def _captioned(blocks: Iterable[Block], locale: Locale) -> list[Block]:
    """Return the blocks, with a line such as “Table 2: …” above or below a table or an image as its caption."""
    result: list[Block] = []
    above = ""
    for block in blocks:
        caption = words.uncaptioned(block.text, locale) if block.kind == "paragraph" else ""
        caption = "" if caption == words.capitalised(block.text) else caption
        if caption and result and _is_bare(result[-1]):
            result[-1] = replace(result[-1], caption=caption)
        elif above and _is_bare(block):
            result[-1] = replace(block, caption=above)
        else:
            result.append(block)
        above = caption if result[-1] is block else ""
    return result


def _is_bare(block: Block) -> bool:
    """Return whether a block is a table or an image without a caption."""
    return block.kind in ("table", "image") and not block.caption


def _levelled(blocks: list[Block], locale: Locale) -> Iterator[Block]:
    """Yield the blocks, with a level for each heading, and without its number.

    A bold line is below the styled heading before it. If some bold lines are in capitals, the others are below them.
    """
    typed = [block.text for block in blocks if block.is_typed]
    mixed = any(map(str.isupper, typed))
    above = 0
    for block in blocks:
        if block.kind != "heading":
            yield block
            continue
        number = words.NUMBERED.match(block.text)
        start = number.end() if number else 0
        depth = block.text[:start].strip(" .)").count(".")
        text = block.text[start:]
        is_lower = (mixed and not text.isupper()) or words.kind(text, locale) == "ask"
        above = block.level or above
        yield replace(block, texts=(text,), level=block.level or above + 1 + is_lower + depth)
