"""Decide what each part of a draft becomes in a brief, by the words of its heading, its contents and its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from briefpack.importing import words
from briefpack.importing.draft import Block, Bullets, Draft, Grid, Item, Paragraph, Passage, in_cell, joined, said
from briefpack.importing.outline import Part
from briefpack.importing.tidying import MARKS, merged
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
    """A part of the brief: its kind, its heading, its blocks, its theme, and the reason for its kind."""

    kind: Kind
    title: Passage | None
    blocks: tuple[Block, ...]
    label: str = ""
    theme: int | None = None
    reason: str = ""


def assign(parts: tuple[Part, ...], draft: Draft, locale: Locale) -> list[Piece]:
    """Return the pieces of a brief that the parts of a draft become, leaving out headings without text."""
    reader = _Assigner(draft, locale)
    for part in parts:
        reader.add(part, None)
    if reader.label:
        reader.leave(reader.label)
    return reader.pieces


class _Assigner:
    """Goes through the parts in order, and collects the pieces of the brief."""

    def __init__(self, draft: Draft, locale: Locale) -> None:
        self.draft, self.locale = draft, locale
        self.pieces: list[Piece] = []
        self.label: Part | None = None

    def leave(self, part: Part) -> None:
        """List the heading of a part that has no text."""
        if part.heading:
            passage = part.heading.passage
            self.draft.leave(passage.words, passage.place, "a heading without text of its own")

    def _kind(self, part: Part) -> str:
        return words.kind(part.title, self.locale)

    def add(self, part: Part, theme: int | None, *, asked: bool = False) -> None:
        """Add the pieces that a part becomes; `theme` is the theme around it, and `asked` says if asks are expected."""
        kind = self._kind(part)
        if self.label:
            label, self.label = self.label.title, None
            self._study(part, theme, label)
        elif kind in NAMED:
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
            self._unnamed(part, theme, asked=asked or theme is not None)

    def _append(
        self, kind: Kind, part: Part, theme: int | None, blocks: Iterable[Block], reason: str = "", name: str = ""
    ) -> None:
        passage = part.heading.passage if part.heading else None
        start = len(words.label(part.title, name, self.locale)) if name else 0
        if passage and 0 < start < len(part.title):
            passage = passage.after(start).capitalised()
        self.pieces.append(Piece(kind, passage, tuple(blocks), part.title[:start].strip(f" {MARKS}"), theme, reason))

    def _unnamed(self, part: Part, theme: int | None, *, asked: bool) -> None:
        kinds = {self._kind(each) for each in part.parts}
        leads = self._leads(part)
        if not asked and (kinds & {"ask", "asks"} or any(map(_is_table_of_asks, part.everything))):
            self._theme(part, "there are asks in it")
        elif any(map(_is_table_of_asks, part.blocks)):
            self._theme(part, "there is a table of asks in it")
        elif leads and not asked and "" in kinds:
            self._theme(part, "it says what you ask for, and there are parts in it", asks=True)
        elif leads or asked:
            self._ask(part, theme, "it says what you ask for" if leads else "it follows the heading of the asks")
        else:
            self._section(part)

    def _leads(self, part: Part) -> bool:
        texts = (each.passage.words for each in part.blocks if isinstance(each, Paragraph))
        return any(words.leads_to_ask(text, self.locale) for text in texts)

    def _without_studies(self, part: Part) -> tuple[Part, list[Part]]:
        """Return a part without its case studies, and the case studies."""
        studies = [each for each in part.parts if self._kind(each) == "case_studies"]
        return replace(part, parts=tuple(each for each in part.parts if each not in studies)), studies

    def _section(self, part: Part) -> None:
        rest, studies = self._without_studies(part)
        if len(studies) == 1 and not rest.everything:
            study, label = studies[0], part.title
            if words.is_only_label(study.title, "case_studies", self.locale):
                study, label = replace(study, heading=part.heading), study.title
            self._study(study, None, label)
            return
        if rest.everything:
            asked = any(piece.kind in ("theme", "ask") for piece in self.pieces)
            reason = "it follows the asks" if asked else ""
            self._append("appendix" if asked else "section", rest, None, rest.everything, reason)
        else:
            self.leave(part)
        for study in studies:
            self._studies(study, None)

    def _ask(self, part: Part, theme: int | None, reason: str) -> None:
        rest, studies = self._without_studies(part)
        self._append("ask", rest, theme, rest.everything, reason, "ask")
        for study in studies:
            self._studies(study, theme)

    def _theme(self, part: Part, reason: str, *, asks: bool = False) -> None:
        """Add a theme, with the parts in it that are asks or case studies."""
        later = [each for each in part.parts if asks or self._kind(each) or any(map(_is_table_of_asks, each.blocks))]
        own = [*part.blocks, *(block for each in part.parts if each not in later for block in each.headed)]
        tables = [block for block in own if _is_table_of_asks(block)]
        self._append("theme", part, None, (block for block in own if block not in tables), reason, "themes")
        theme = len(self.pieces) - 1
        self._tables(tables, theme)
        for each in later:
            self._inside(each, theme)

    def _inside(self, part: Part, theme: int) -> None:
        """Add a part of a theme; if it has tables of asks, its other blocks become the theme's text."""
        tables = [block for block in part.blocks if _is_table_of_asks(block)]
        if not tables:
            self.add(part, theme)
            return
        own = [block for block in replace(part, parts=()).headed if block not in tables]
        if own == [part.heading]:
            self.leave(part)
        else:
            self._extend(theme, own)
        self._tables(tables, theme)
        for each in part.parts:
            self._inside(each, theme)

    def _extend(self, theme: int, blocks: Iterable[Block]) -> None:
        self.pieces[theme] = replace(self.pieces[theme], blocks=(*self.pieces[theme].blocks, *blocks))

    def _asks(self, part: Part, theme: int | None) -> None:
        """Add the asks below a heading that announces them: parts, items of a list or columns of a table."""
        listed = [block for block in part.blocks if isinstance(block, Bullets) or _is_table_of_asks(block)]
        rest = [block for block in part.blocks if part.parts or block not in listed]
        if theme is not None and rest:
            self._extend(theme, [*((part.heading,) if part.heading else ()), *rest])
        elif theme is None and rest and (part.parts or listed):
            self._append("theme", part, None, rest, "it opens the list of your asks")
            theme = len(self.pieces) - 1
        elif part.parts:
            self.leave(part)
        for each, is_ask in self._called(part.parts):
            if is_ask:
                self.add(each, theme, asked=True)
            else:
                self._section(each)
        if not part.parts:
            self._listed(part, listed, theme)

    def _called(self, found: tuple[Part, ...]) -> Iterator[tuple[Part, bool]]:
        """Yield each part below the asks' heading, and whether it is an ask; after the last named ask, it must ask."""
        kinds = [self._kind(each) for each in found]
        for number, (each, kind) in enumerate(zip(found, kinds, strict=True)):
            after = "ask" in kinds[:number] and "ask" not in kinds[number:]
            yield each, bool(kind) or not after or self._leads(each)

    def _listed(self, part: Part, listed: list[Block], theme: int | None) -> None:
        if not listed:
            self._ask(part, theme, NAMED_SO)
        for block in merged(listed, _bullets_inside):
            if isinstance(block, Bullets):
                self._items(block, theme)
            else:
                self._tables([block], theme)

    def _items(self, block: Bullets, theme: int | None) -> None:
        """Add an ask for each item of a list; the items of a list inside it are its text."""
        groups: list[list[Item]] = []
        for item in block.items:
            if item.depth == 0 or not groups:
                groups.append([])
            groups[-1].append(item)
        for first, *inner in groups:
            title, rest = _first_sentence(first.passages[0])
            texts = (Paragraph(each) for each in (rest, *first.passages[1:]) if each.words.strip())
            below = (Bullets(tuple(replace(item, depth=item.depth - 1) for item in inner)),) if inner else ()
            self.pieces.append(Piece("ask", title, (*texts, *below), "", theme, "it is in the list of your asks"))

    def _tables(self, tables: Iterable[Block], theme: int | None) -> None:
        """Add an ask for each column of some tables."""
        for grid in tables:
            assert isinstance(grid, Grid)  # noqa: S101 -- as _is_table_of_asks says
            for head, *body in zip(*grid.rows, strict=True):
                inner = tuple(each for cell in body for each in cell)
                title = joined(in_cell(head), "\n")
                self.pieces.append(Piece("ask", title, inner, "", theme, "it is a column of a table of asks"))

    def _studies(self, part: Part, theme: int | None) -> None:
        """Add a case study; where the heading is only its label, the next heading is its own."""
        if part.blocks or not words.is_only_label(part.title, "case_studies", self.locale):
            self._study(part, theme, "")
        elif part.parts:
            if len(part.parts) > 1:
                self.leave(part)
            for each in part.parts:
                self._study(each, theme, part.title if len(part.parts) == 1 else "")
        else:
            self.label = part

    def _study(self, part: Part, theme: int | None, label: str) -> None:
        themes = [n for n, piece in enumerate(self.pieces) if piece.kind == "theme"]
        theme = themes[-1] if theme is None and themes else theme
        self._append("case_study", part, theme, part.everything, NAMED_SO, "case_studies")
        if label:
            self.pieces[-1] = replace(self.pieces[-1], label=label)


def _bullets_inside(before: Bullets, block: Bullets) -> Bullets | None:
    """Return two lists as one if the first is numbered, with bullets that follow it inside its last item."""
    if before.items[0].number is None:
        return None
    depth = 1 if block.items[0].number is None else 0
    return Bullets((*before.items, *(replace(item, depth=item.depth + depth) for item in block.items)))


def _first_sentence(passage: Passage) -> tuple[Passage, Passage]:
    """Return the title and the rest of an item: its bold beginning, or its first sentence if there are more."""
    text = passage.words
    plain = next((n for n, run in enumerate(passage.runs) if not run.bold), 0)
    end = sum(len(run.words) for run in passage.runs[:plain]) or text.find(". ") + 1 or len(text)
    return passage.before(end), passage.after(end)


def _is_table_of_asks(block: Block) -> bool:
    """Return whether a table's columns are asks: short headings, most with an amount of money, over long cells."""
    if not isinstance(block, Grid) or len(block.rows) < 2 or {len(row) for row in block.rows} & {0, 1}:
        return False
    if len({len(row) for row in block.rows}) > 1:
        return False
    heads, *rows = ([said(cell) for cell in row] for row in block.rows)
    cells = [cell.split() for row in rows for cell in row]
    priced = [head for head in heads if numbers.names_money(head)]
    long = sum(map(len, cells)) >= LEAST_OF_A_CELL * len(cells)
    return long and 2 * len(priced) > len(heads) and all(0 < len(head.split()) <= LONGEST_TITLE for head in heads)
