"""Decide what each part of a draft becomes in a brief, by the words of its heading, its contents and its place."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from briefpack.importing import markdown, words
from briefpack.importing.draft import Block, Bullets, Draft, Grid, Heading, Item, Paragraph, Place, texts
from briefpack.importing.outline import Part
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
    """A part of the brief: its kind, its heading, its blocks, the number of its theme, and the reason for its kind."""

    kind: Kind
    heading: Heading | None
    blocks: tuple[Block, ...]
    theme: int | None = None
    reason: str = ""

    @property
    def title(self) -> str:
        """Return the words of its heading."""
        return markdown.plain(self.heading.text) if self.heading else ""


def assign(parts: Iterable[Part], draft: Draft, locale: Locale) -> list[Piece]:
    """Return the pieces of a brief that the parts of a draft become, leaving out headings without text."""
    assigner = _Assigner(draft, locale)
    for part in parts:
        assigner.add(part, None)
    return assigner.pieces


class _Assigner:
    """Goes through the parts in order, and collects the pieces of the brief."""

    def __init__(self, draft: Draft, locale: Locale) -> None:
        self.draft, self.locale = draft, locale
        self.pieces: list[Piece] = []

    def add(self, part: Part, theme: int | None) -> None:
        """Add the pieces that a part becomes; `theme` is the number of the theme around it."""
        kind = words.kind(part.title, self.locale)
        if kind in NAMED:
            self._append(NAMED[kind], part, part.everything, None, "", kind)
        elif kind == "case_studies":
            self._studies(part, theme)
        elif kind == "ask":
            self._ask(part, theme, NAMED_SO)
        elif kind == "asks":
            self._asks(part, theme)
        elif kind == "themes" or self._has_asks(part):
            self._theme(part, NAMED_SO if kind == "themes" else "there are asks in it")
        elif theme is not None or self._leads(part):
            self._ask(part, theme, "it says what you ask for")
        else:
            self._section(part)

    def _append(
        self, kind: Kind, part: Part, blocks: Iterable[Block], theme: int | None, reason: str, name: str = ""
    ) -> None:
        heading = part.heading
        label = words.label(heading.text, name, self.locale) if heading and name else ""
        if heading and label and len(label) < len(heading.text):
            heading = replace(heading, text=words.capitalised(heading.text[len(label) :]))
        self.pieces.append(Piece(kind, heading, tuple(blocks), theme, reason))

    def _has_asks(self, part: Part) -> bool:
        kinds = {words.kind(inner.title, self.locale) for inner in part.parts}
        return bool(kinds & {"ask", "asks"}) or any(map(is_table_of_asks, part.everything))

    def _leads(self, part: Part) -> bool:
        sentences = texts(block for block in part.blocks if isinstance(block, Paragraph))
        return any(words.leads_to_ask(text, self.locale) for text in sentences)

    def _without_studies(self, part: Part) -> tuple[Part, list[Part]]:
        """Return a part without its case studies, and the case studies."""
        rest: list[Part] = []
        studies: list[Part] = []
        for inner in part.parts:
            is_study = words.kind(inner.title, self.locale) == "case_studies"
            (studies if is_study else rest).append(inner)
        return replace(part, parts=tuple(rest)), studies

    def _section(self, part: Part) -> None:
        rest, studies = self._without_studies(part)
        after = any(piece.kind in ("theme", "ask") for piece in self.pieces)
        if rest.everything:
            reason = "it follows the asks" if after else ""
            self._append("appendix" if after else "section", rest, rest.everything, None, reason)
        elif part.heading and not studies:
            self.draft.leave(part.title, part.heading.place, "a heading without text of its own")
        for study in studies:
            alone = words.is_only_label(study.title, "case_studies", self.locale) and not rest.everything
            self._studies(replace(study, heading=part.heading) if alone and not study.parts else study, None)

    def _ask(self, part: Part, theme: int | None, reason: str) -> None:
        rest, studies = self._without_studies(part)
        self._append("ask", rest, rest.everything, theme, reason, "ask")
        for study in studies:
            self._studies(study, theme)

    def _studies(self, part: Part, theme: int | None) -> None:
        """Add a case study, or each of the case studies below a heading that announces them."""
        themes = [number for number, piece in enumerate(self.pieces) if piece.kind == "theme"]
        theme = themes[-1] if theme is None and themes else theme
        alone = words.is_only_label(part.title, "case_studies", self.locale)
        for study in part.parts if part.parts and alone and not part.blocks else (part,):
            if not study.everything:
                continue
            self._append("case_study", study, study.everything, theme, NAMED_SO, "case_studies")

    def _theme(self, part: Part, reason: str) -> None:
        """Add a theme, with the parts in it that are asks or case studies, and the asks in its tables."""
        inside: list[Part] = []
        own = list(part.blocks)
        for inner in part.parts:
            if words.kind(inner.title, self.locale) or self._has_asks(inner):
                inside.append(inner)
            else:
                own += inner.headed
        tables = [block for block in own if is_table_of_asks(block)]
        self._append("theme", part, [block for block in own if block not in tables], None, reason, "themes")
        theme = len(self.pieces) - 1
        for table in tables:
            self._table(table, theme)
        for inner in inside:
            self.add(inner, theme)

    def _asks(self, part: Part, theme: int | None) -> None:
        """Add the asks below a heading that announces them: parts, items of a list or columns of a table."""
        lists = [block for block in part.blocks if isinstance(block, Bullets) or is_table_of_asks(block)]
        rest = [block for block in part.blocks if part.parts or block not in lists]
        if not part.parts and not lists:
            self._ask(part, theme, NAMED_SO)
            return
        if rest and theme is not None:
            above = self.pieces[theme]
            self.pieces[theme] = replace(above, blocks=(*above.blocks, *filter(None, [part.heading]), *rest))
        elif rest:
            self._append("theme", part, rest, None, "it opens the list of your asks")
            theme = len(self.pieces) - 1
        kinds = [words.kind(inner.title, self.locale) for inner in part.parts]
        for inner, kind in zip(part.parts, kinds, strict=True):
            if kind or ("ask" in kinds and not self._leads(inner)):
                self.add(inner, theme if kind else None)
            else:
                self._ask(inner, theme, "it follows the heading of the asks")
        if not part.parts:
            self._items([block for block in lists if isinstance(block, Bullets)], theme)
            for block in lists:
                self._table(block, theme)

    def _items(self, lists: list[Bullets], theme: int | None) -> None:
        """Add an ask for each item of lists; the items of a list inside it, or bullets below a number, are its text."""
        items: list[Item] = []
        for block in lists:
            items += block.items
        numbered = any(item.number is not None for item in items)
        groups: list[list[Item]] = []
        for item in items:
            if not groups or (item.depth == 0 and (item.number is not None or not numbered)):
                groups.append([])
            groups[-1].append(item)
        place = lists[0].place if lists else Place(0)
        for first, *inner in groups:
            title, rest = _in_two(first.text)
            blocks: list[Block] = [Paragraph(rest, place)] if rest else []
            if inner:
                blocks.append(Bullets(tuple(replace(item, depth=max(item.depth - 1, 0)) for item in inner), place))
            heading = Heading(markdown.heading(title).rstrip("."), 0, place)
            reason = "it is in the list of the asks"
            self.pieces.append(Piece("ask", heading, tuple(blocks), theme, reason))

    def _table(self, block: Block, theme: int | None) -> None:
        """Add an ask for each column of a table of asks."""
        if not is_table_of_asks(block) or not isinstance(block, Grid):
            return
        for column, cell in enumerate(block.rows[0]):
            below: list[Block] = []
            for row in block.rows[1:]:
                below += row[column]
            heading = Heading(markdown.heading(" ".join(texts(cell))), 0, block.place)
            self.pieces.append(Piece("ask", heading, tuple(below), theme, "it is in a table of asks"))


def _in_two(text: str) -> tuple[str, str]:
    """Return the title and the rest of an item: its bold beginning, or its first sentence if there are more."""
    bold = markdown.BOLD_START.match(text)
    end = bold.end() if bold else text.find(". ") + 1 or len(text)
    return text[:end], text[end:].strip()


def is_table_of_asks(block: Block) -> bool:
    """Return whether a table's columns are asks: short headings, most with an amount of money, over long cells."""
    if not isinstance(block, Grid) or len(block.rows) < 2 or len({len(row) for row in block.rows}) > 1:
        return False
    heads = [" ".join(texts(cell)) for cell in block.rows[0]]
    lengths: list[int] = []
    for row in block.rows[1:]:
        lengths += [len(" ".join(texts(cell)).split()) for cell in row]
    priced = sum(map(numbers.names_money, heads))
    short = all(0 < len(head.split()) <= LONGEST_TITLE for head in heads)
    return len(heads) > 1 and short and 2 * priced > len(heads) and sum(lengths) >= LEAST_OF_A_CELL * len(lengths)
