"""Decide what each part of a draft becomes in a brief, by the words of its heading, its contents and its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from briefpack.importing import cover, words
from briefpack.importing.blocks import joined, passages_of
from briefpack.importing.draft import Block, Bullets, Draft, Grid, Paragraph, Passage
from briefpack.importing.outline import Part, capitalised, cut, cut_end, merged
from briefpack.text import numbers
from briefpack.text.locale import Locale

Kind = Literal["foreword", "section", "theme", "ask", "case_study", "appendix", "glossary", "sources", "contacts"]
NAMED: dict[str, Kind] = {
    "foreword": "foreword",
    "appendices": "appendix",
    "glossary": "glossary",
    "sources": "sources",
    "contacts": "contacts",
}
NAMED_SO = "its heading calls it one"
"""The reason for a part that isn't guessed."""
LONGEST_TITLE = 25
"""In words: the most that a cell has which names an ask."""
LEAST_OF_A_CELL = 12
"""In words: the least that a cell has on average which describes an ask."""


@dataclass(frozen=True)
class Piece:
    """A part of the brief: what it is, its heading, its blocks, the theme that it belongs to, and why it was taken so."""

    kind: Kind
    title: Passage | None
    blocks: tuple[Block, ...]
    label: str = ""
    theme: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Assigned:
    """The parts of a brief in the draft's order, its title, the blocks in front of them, and headings without text."""

    title: Passage | None
    front: tuple[Block, ...]
    pieces: tuple[Piece, ...]
    empty: tuple[Passage, ...] = ()


def assign(parts: tuple[Part, ...], draft: Draft, locale: Locale) -> Assigned:
    """Return what each part of a draft becomes."""
    found = cover.read(parts, draft, locale)
    reader = _Assigner(locale)
    for part in found.parts:
        reader.add(part, None)
    empty = (*reader.empty, *(((reader.waiting.heading.passage),) if reader.waiting and reader.waiting.heading else ()))
    return Assigned(found.title, found.front, tuple(reader.pieces), empty)


class _Assigner:
    """Goes through the parts in order, and collects the pieces of the brief."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self.pieces: list[Piece] = []
        self.waiting: Part | None = None
        self.empty: tuple[Passage, ...] = ()

    def add(self, part: Part, theme: int | None) -> None:
        """Add the pieces that a part becomes; `theme` is the one that it is in."""
        if self.waiting:
            label, self.waiting = self.waiting.title, None
            self._study(part, theme, label)
            return
        kind = words.kind(part.title, self.locale)
        if kind in NAMED:
            self._append(NAMED[kind], part, None, part.everything, name=kind if kind == "appendices" else "")
        elif kind == "case_studies":
            self._studies(part, theme)
        elif kind == "ask":
            self._ask(part, theme, NAMED_SO)
        elif kind == "asks":
            self._asks(part, theme)
        elif kind == "themes":
            self._theme(part, NAMED_SO)
        else:
            self._unnamed(part, theme)

    def _append(
        self, kind: Kind, part: Part, theme: int | None, blocks: Iterable[Block], reason: str = "", name: str = ""
    ) -> None:
        passage = part.heading.passage if part.heading else None
        start = len(words.label(part.title, name, self.locale)) if name else 0
        label = part.title[:start].strip(" :：.–—-")  # noqa: RUF001 -- Chinese marks
        if passage and 0 < start < len(part.title):
            passage = capitalised(cut(passage, start))
        self.pieces.append(Piece(kind, passage, tuple(blocks), label, theme, reason))

    def _unnamed(self, part: Part, theme: int | None) -> None:
        kinds = {words.kind(each.title, self.locale) for each in part.parts}
        leads = self._leads(part)
        if theme is None and (kinds & {"ask", "asks"} or any(_is_table_of_asks(each) for each in part.everything)):
            self._theme(part, "there are asks in it")
        elif any(_is_table_of_asks(each) for each in part.blocks):
            self._theme(part, "there is a table of asks in it")
        elif leads and theme is None and any(not kind for kind in kinds):
            self._theme(part, "it says what you ask for, and there are parts in it", asks=True)
        elif leads or theme is not None:
            self._ask(part, theme, "it says what you ask for" if leads else "it follows the heading of the asks")
        else:
            self._section(part)

    def _section(self, part: Part) -> None:
        studies = [each for each in part.parts if words.kind(each.title, self.locale) == "case_studies"]
        if len(studies) == 1 and len(part.parts) == 1 and not part.blocks:
            self._study(studies[0], None, part.title)
            return
        rest = replace(part, parts=tuple(each for each in part.parts if each not in studies))
        if not rest.everything:
            self.empty += (part.heading.passage,) if part.heading else ()
            return
        asked = any(piece.kind in ("theme", "ask") for piece in self.pieces)
        reason = "it follows the asks" if asked else ""
        self._append("appendix" if asked else "section", rest, None, rest.everything, reason)
        for study in studies:
            self._studies(study, None)

    def _theme(self, part: Part, reason: str, *, asks: bool = False) -> None:
        """Add a theme, with the parts in it that are asks or case studies."""
        own, later = [*part.blocks], []
        for each in part.parts:
            kind = words.kind(each.title, self.locale)
            if kind or asks or any(_is_table_of_asks(block) for block in each.blocks):
                later.append(each)
            elif each.heading:
                own += [each.heading, *each.everything]
        tables = [block for block in own if _is_table_of_asks(block)]
        self._append("theme", part, None, (block for block in own if block not in tables), reason, "themes")
        theme = len(self.pieces) - 1
        for table in tables:
            self._table(table, theme)
        for each in later:
            self._inside(each, theme)

    def _inside(self, part: Part, theme: int) -> None:
        """Add a part that is in a theme; where the heading only says that asks follow, its text is the theme's."""
        tables = [block for block in part.blocks if _is_table_of_asks(block)]
        if not tables:
            self.add(part, theme)
            return
        heading = (part.heading,) if part.heading else ()
        rest = tuple(block for block in part.blocks if block not in tables)
        self.pieces[theme] = replace(self.pieces[theme], blocks=(*self.pieces[theme].blocks, *heading, *rest))
        for table in tables:
            self._table(table, theme)
        for each in part.parts:
            self._inside(each, theme)

    def _asks(self, part: Part, theme: int | None) -> None:
        """Add the asks below a heading that announces them: parts, items of a list or columns of a table."""
        listed = [block for block in part.blocks if isinstance(block, Bullets) or _is_table_of_asks(block)]
        if theme is None and (part.blocks and (part.parts or listed)):
            rest = part.blocks if part.parts else tuple(block for block in part.blocks if block not in listed)
            if rest:
                self._append("theme", part, None, rest, "it opens the list of your asks")
                theme = len(self.pieces) - 1
        elif theme is not None and part.heading:
            rest = tuple(block for block in part.blocks if part.parts or block not in listed)
            self.pieces[theme] = replace(self.pieces[theme], blocks=(*self.pieces[theme].blocks, part.heading, *rest))
        if part.heading and part.parts and theme is None and not part.blocks:
            self.empty += (part.heading.passage,)
        for each, called in self._called(part.parts):
            if called:
                self.add(each, -1 if theme is None else theme)
            else:
                self._section(each)
        if not part.parts:
            self._listed(part, listed, theme)

    def _called(self, found: tuple[Part, ...]) -> Iterator[tuple[Part, bool]]:
        """Yield parts below the heading of the asks, and whether each is one; if others are called asks, it must be too."""
        kinds = [words.kind(each.title, self.locale) for each in found]
        for number, (each, kind) in enumerate(zip(found, kinds, strict=True)):
            after = "ask" in kinds[:number] and "ask" not in kinds[number:]
            yield each, bool(kind) or not after or self._leads(each)

    def _leads(self, part: Part) -> bool:
        texts = (each.passage.words for each in part.blocks if isinstance(each, Paragraph))
        return any(words.leads_to_ask(text, self.locale) for text in texts)

    def _listed(self, part: Part, listed: list[Block], theme: int | None) -> None:
        if not listed:
            self._ask(part, theme, NAMED_SO)
        for block in merged(listed, _inside):
            if isinstance(block, Bullets):
                self._items(block, theme)
            else:
                self._table(block, theme)

    def _items(self, block: Bullets, theme: int | None) -> None:
        """Add an ask for each item of a list; the items of a list inside it are its text."""
        groups: list[list[int]] = []
        for number, item in enumerate(block.items):
            if item.depth == 0 or not groups:
                groups.append([])
            groups[-1].append(number)
        for group in groups:
            first, *inner = (block.items[number] for number in group)
            title, rest = _first_sentence(first.passages[0])
            blocks: list[Block] = [
                Paragraph(each) for each in (rest, *first.passages[1:]) if each and each.words.strip()
            ]
            if inner:
                blocks.append(Bullets(tuple(replace(item, depth=item.depth - 1) for item in inner)))
            self.pieces.append(Piece("ask", title, tuple(blocks), "", theme, "it is in the list of your asks"))

    def _table(self, block: Block, theme: int | None) -> None:
        """Add an ask for each column of a table."""
        assert isinstance(block, Grid)  # noqa: S101 -- as _is_table_of_asks says
        for head, *body in zip(*block.rows, strict=True):
            title = joined([passage for each in head for passage in passages_of(each)], "\n")
            inner = [each for cell in body for each in cell]
            self.pieces.append(Piece("ask", title, tuple(inner), "", theme, "it is a column of a table of asks"))

    def _ask(self, part: Part, theme: int | None, reason: str) -> None:
        studies = [each for each in part.parts if words.kind(each.title, self.locale) == "case_studies"]
        rest = replace(part, parts=tuple(each for each in part.parts if each not in studies))
        self._append("ask", rest, theme if theme != -1 else None, rest.everything, reason, "ask")
        for study in studies:
            self._studies(study, theme if theme != -1 else None)

    def _studies(self, part: Part, theme: int | None) -> None:
        """Add a case study; where the heading is only its label, the next heading is its own."""
        theme = self._last_theme() if theme is None or theme == -1 else theme
        if not words.is_only_label(part.title, "case_studies", self.locale):
            self._study(part, theme, "")
        elif not part.blocks and part.parts:
            if part.heading and len(part.parts) > 1:
                self.empty += (part.heading.passage,)
            for each in part.parts:
                self._study(each, theme, part.title if len(part.parts) == 1 else "")
        elif not part.blocks:
            self.waiting = part
        else:
            self._titled_study(part, theme)

    def _titled_study(self, part: Part, theme: int | None) -> None:
        """Add a case study below its label, whose title is its first short paragraph, or else the label."""
        first, *rest = part.blocks
        title = first.passage if isinstance(first, Paragraph) and _reads_as_title(first.passage.words) else None
        if title and (rest or part.parts):
            inner = replace(part, blocks=tuple(rest)).everything
            self.pieces.append(Piece("case_study", title, inner, part.title, theme, NAMED_SO))
        else:
            self._study(part, theme, "")

    def _study(self, part: Part, theme: int | None, label: str) -> None:
        theme = self._last_theme() if theme is None or theme == -1 else theme
        self._append("case_study", part, theme, part.everything, NAMED_SO, "case_studies")
        if label:
            self.pieces[-1] = replace(self.pieces[-1], label=label)

    def _last_theme(self) -> int | None:
        found = [n for n, piece in enumerate(self.pieces) if piece.kind == "theme"]
        return found[-1] if found else None


def _inside(before: Bullets, block: Bullets) -> Bullets | None:
    """Return two lists as one if the first is numbered, with bullets that follow it inside its last item."""
    if before.items[0].number is None:
        return None
    depth = 1 if block.items[0].number is None else 0
    return Bullets((*before.items, *(replace(item, depth=item.depth + depth) for item in block.items)))


def _first_sentence(passage: Passage) -> tuple[Passage, Passage | None]:
    """Return the title and the rest of an item: its bold beginning, or its first sentence if there are more."""
    words_ = passage.words
    bold = 0
    for run in passage.runs:
        if not run.bold:
            break
        bold += len(run.words)
    end = bold if bold < len(words_) else 0
    if not end and (stop := words_.find(". ")) > 0:
        end = stop + 1
    if not end:
        return passage, None
    head, rest = cut_end(passage, end), cut(passage, end)
    return head, rest


def _reads_as_title(text: str) -> bool:
    return len(text.split()) <= LONGEST_TITLE and not text.rstrip().endswith(".")


def _is_table_of_asks(block: Block) -> bool:
    """Return whether a table has an ask in each column: short headings, most with an amount of money, above long cells."""
    if not isinstance(block, Grid) or len(block.rows) < 2 or len(block.rows[0]) < 2:
        return False
    if len({len(row) for row in block.rows}) > 1:
        return False
    heads = [_words_of(cell) for cell in block.rows[0]]
    cells = [_words_of(cell).split() for row in block.rows[1:] for cell in row]
    priced = [head for head in heads if numbers.names_money(head)]
    long = sum(map(len, cells)) >= LEAST_OF_A_CELL * len(cells)
    return long and 2 * len(priced) > len(heads) and all(0 < len(head.split()) <= LONGEST_TITLE for head in heads)


def _words_of(cell: tuple[Block, ...]) -> str:
    return " ".join(passage.words for block in cell for passage in passages_of(block))
