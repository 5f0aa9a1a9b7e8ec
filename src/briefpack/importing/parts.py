"""Decide what each part of a draft becomes in a brief, by the words of its heading, its contents and its place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from briefpack.importing import markdown, words
from briefpack.importing.draft import Block
from briefpack.text import numbers
from briefpack.text.locale import Locale

LONGEST_TITLE = 25
"""In words: the most that a cell has which names an ask."""
LEAST_OF_A_CELL = 12
"""In words: the least that a cell has on average which describes an ask."""


@dataclass(eq=False)
class Part:
    """A heading with the blocks below it, what they become in the brief, and the reason if that is guessed.

    The first part has no heading. An ask or a case study may belong to a theme. A heading that only announces others
    holds asks as lists or parts, parts of which some are labelled as asks, stories, or anything else.
    """

    heading: Block | None
    blocks: list[Block]
    kind: str = ""
    reason: str = ""
    theme: "Part | None" = None
    holds: Literal["", "lists", "parts", "labelled", "stories", "others"] = ""

    @property
    def title(self) -> str:
        """Return the words of its heading."""
        return markdown.plain(self.heading.text) if self.heading else ""

    @property
    def level(self) -> int:
        """Return the level of its heading; no part is inside one without a heading."""
        return self.heading.level if self.heading else 99


def assign(parts: list[Part], locale: Locale) -> list[Part]:
    """Return the parts of a brief that the parts of a draft become, leaving out headings without text."""
    result: list[Part] = []
    around: list[Part] = []
    for number, part in enumerate(parts):
        inner: list[Part] = []
        for other in parts[number + 1 :]:
            if other.level <= part.level:
                break
            inner.append(other)
        around = [other for other in around if other.level < part.level]
        above = around[-1] if around else Part(None, [], holds="others")
        part.theme = above if above.kind == "theme" else above.theme
        _decide(part, inner, above, result, locale)
        if part.kind == "inside":
            above.blocks += [*filter(None, [part.heading]), *part.blocks]
            continue
        around.append(part)
        result.append(part)
        if part.heading and (title := words.unlabelled(part.heading.text, locale)):
            part.heading = replace(part.heading, texts=(title,))
    pieces: list[Part] = []
    for part in result:
        pieces += _pieces(part)
    return pieces


def _decide(part: Part, inner: list[Part], above: Part, before: list[Part], locale: Locale) -> None:
    """Decide what a part becomes; `inner` are the parts inside it, and `above` is the one around it."""
    named = words.kind(part.title, locale)
    kinds = {words.kind(other.title, locale) for other in inner}
    themes = [other for other in before if other.kind == "theme"]
    if named == "asks":
        part.holds = "lists" if not inner else "labelled" if "ask" in kinds else "parts"
        _announce(part)
    elif not part.blocks and named == "case_study":
        part.holds = "stories"
    elif not part.blocks and named != "ask" and kinds <= {"case_study"}:
        part.holds = "others"
    elif named or above.holds == "stories":
        part.kind = named or "case_study"
        part.theme = part.theme or (themes[-1] if themes and part.kind == "case_study" else None)
    elif above.holds == "parts":
        part.kind, part.reason = "ask", "it follows the heading of the asks"
    elif not above.holds:
        part.kind = "inside"
    else:
        part.kind, part.reason = _guess(part, inner, kinds, before, locale)


def _guess(part: Part, inner: list[Part], kinds: set[str], before: list[Part], locale: Locale) -> tuple[str, str]:
    """Return the kind of a part whose heading doesn't say it, and the reason."""
    if not part.heading:
        return "section", "it comes before the first heading"
    blocks = [*part.blocks]
    for other in inner:
        blocks += other.blocks
    if kinds & {"ask", "asks"} or any(map(is_table_of_asks, blocks)):
        return "theme", "there are asks in it"
    if any(words.leads_to_ask(block.text, locale) for block in part.blocks):
        return "ask", "it says what you ask for"
    follows = any(other.kind in ("ask", "theme") or other.holds == "lists" for other in before)
    return ("appendix", "it follows the asks") if follows else ("section", "")


def _announce(part: Part) -> None:
    """Decide what the text below the heading of the asks becomes: a theme, a part of the theme around it, or an ask."""
    lists = [block for block in part.blocks if part.holds == "lists" and _lists_asks(block)]
    rest = [block for block in part.blocks if block not in lists]
    if rest and part.holds == "lists" and not lists:
        part.kind, part.holds = "ask", ""
    elif rest and part.theme:
        part.theme.blocks += [*filter(None, [part.heading]), *rest]
        part.blocks = lists
    elif rest:
        part.kind, part.reason = "theme", "it opens the list of your asks"


def _pieces(part: Part) -> Iterator[Part]:
    """Yield a part, unless it only announces others, and the asks in its tables and lists."""
    holds = part.holds == "lists"
    asks = [block for block in part.blocks if is_table_of_asks(block) or (holds and _lists_asks(block))]
    asks = [] if part.kind in ("ask", "case_study") else asks
    theme = part if part.kind == "theme" else part.theme
    part.blocks = [block for block in part.blocks if block not in asks]
    if part.kind:
        part.theme = part.theme if part.kind in ("ask", "case_study") else None
        yield part
    for block in asks:
        for title, blocks in _columns(block) if block.kind == "table" else _items(block):
            heading = Block("heading", (markdown.heading(title).rstrip("."),), block.place)
            reason = f"it is in a {block.kind} of asks"
            yield Part(heading, [inner for inner in blocks if inner.text], "ask", reason, theme)


def _items(block: Block) -> list[tuple[str, list[Block]]]:
    """Return the title and the text of each ask in a list: an item, and the items of a list inside it."""
    asks: list[tuple[str, list[Block]]] = []
    for mark, text in zip(block.marks, block.texts, strict=True):
        if mark.startswith(" ") and asks:
            asks[-1][1].append(replace(block, marks=(mark.lstrip(),), texts=(text,)))
            continue
        bold = markdown.BOLD_START.match(text)
        end = bold.end() if bold else text.find(". ") + 1 or len(text)
        asks.append((text[:end], [Block("paragraph", (text[end:].strip(),), block.place)]))
    return asks


def _columns(table: Block) -> Iterator[tuple[str, list[Block]]]:
    """Yield the title and the text of each ask in a table."""
    for title, *cells in zip(*table.rows, strict=True):
        yield title, [Block("paragraph", (text,), table.place) for text in "\n\n".join(cells).split("\n\n")]


def _lists_asks(block: Block) -> bool:
    return block.kind == "list" or is_table_of_asks(block)


def is_table_of_asks(block: Block) -> bool:
    """Return whether a table's columns are asks: short headings, most with an amount of money, over long cells."""
    if block.kind != "table":
        return False
    titles = block.texts[: block.columns]
    lengths = [len(cell.split()) for cell in block.texts[block.columns :]]
    priced = sum(map(numbers.names_money, titles))
    is_short = all(0 < len(title.split()) <= LONGEST_TITLE for title in titles)
    return is_short and 2 * priced > len(titles) and sum(lengths) >= LEAST_OF_A_CELL * len(lengths)


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
