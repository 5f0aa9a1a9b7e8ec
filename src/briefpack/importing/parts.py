"""Decide what each part of a draft becomes in a brief, by the words of its heading, its contents and its place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from briefpack.importing import markdown, words
from briefpack.importing.draft import Block
from briefpack.importing.outline import Part
from briefpack.text import numbers
from briefpack.text.locale import Locale

LONGEST_TITLE = 25
"""In words: the most that a cell has which names an ask."""
LEAST_OF_A_CELL = 12
"""In words: the least that a cell has on average which describes an ask."""


@dataclass(eq=False)
class Piece:
    """A part of the brief: its kind, its heading, its blocks, and the reason for its kind if that is guessed.

    An ask or a case study may belong to a theme.
    """

    kind: str
    heading: Block | None
    blocks: list[Block]
    reason: str = ""
    theme: "Piece | None" = None

    @property
    def title(self) -> str:
        """Return the words of its heading."""
        return markdown.plain(self.heading.text) if self.heading else ""


@dataclass(frozen=True)
class _Open:
    """A part whose inner parts are being read: its kind, its theme, and its piece unless it only holds others."""

    level: int
    kind: str
    piece: Piece | None = None
    theme: Piece | None = None


def assign(parts: Sequence[Part], locale: Locale) -> list[Piece]:
    """Return the pieces of a brief that the parts of a draft become, leaving out headings without text."""
    assigner = _Assigner(locale)
    for number, part in enumerate(parts):
        inner: list[Part] = []
        for other in parts[number + 1 :]:
            if other.level <= part.level:
                break
            inner.append(other)
        assigner.add(part, inner)
    return assigner.pieces


class _Assigner:
    """Goes through the parts in order, and collects the pieces of the brief."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self.pieces: list[Piece] = []
        self.around: list[_Open] = [_Open(-1, "")]

    def add(self, part: Part, inner: list[Part]) -> None:
        """Add the pieces that a part becomes; `inner` are the parts inside it."""
        while self.around[-1].level >= part.level:
            self.around.pop()
        around = self.around[-1]
        kind, reason = self._kind(part, inner, around)
        piece, theme = around.piece, around.theme
        if kind == "asks":
            theme = self._asks(part, inner, theme)
        elif kind == "inside" and piece:
            self._extend(piece, [part.heading, *part.blocks])
        elif kind not in ("holder", "stories"):
            piece = self._append(kind, part, reason, theme)
            theme = piece if kind == "theme" else theme
        # Parts beside labelled asks are none.
        holds = "holder" if kind == "asks" and "ask" in self._kinds(inner) else kind
        self.around.append(_Open(part.level, holds, piece, theme))

    def _kinds(self, parts: Iterable[Part]) -> set[str]:
        return {words.kind(part.title, self.locale) for part in parts}

    def _kind(self, part: Part, inner: list[Part], around: _Open) -> tuple[str, str]:
        """Return the kind of a part, and the reason if it is guessed."""
        named = words.kind(part.title, self.locale)
        everything = [*part.blocks]
        for other in inner:
            everything += other.blocks
        leads = [block for block in part.blocks if words.leads_to_ask(block.text, self.locale)]
        guesses = (
            ("asks", "", named == "asks"),
            ("holder", "", not part.blocks and (not inner or self._kinds(inner) == {"case_study"}) and named != "ask"),
            ("stories", "", named == "case_study" and not part.blocks),
            (named, "", named),
            ("case_study", "", around.kind == "stories"),
            ("ask", "it follows the heading of the asks", around.kind == "asks"),
            ("inside", "", around.piece),
            ("theme", "there are asks in it", self._kinds(inner) & {"ask", "asks"}),
            ("theme", "there are asks in it", any(map(is_table_of_asks, everything))),
            ("ask", "it says what you ask for", leads),
            ("appendix", "it follows the asks", any(piece.kind in ("ask", "theme") for piece in self.pieces)),
        )
        return next(((kind, reason) for kind, reason, fits in guesses if fits), ("section", ""))

    def _append(self, kind: str, part: Part, reason: str, theme: Piece | None) -> Piece:
        """Add a piece, without the label of its heading."""
        if kind == "case_study" and not theme:
            theme = next((piece for piece in reversed(self.pieces) if piece.kind == "theme"), None)
        title = words.unlabelled(part.heading.text, self.locale) if part.heading else ""
        heading = replace(part.heading, texts=(title,)) if part.heading and title else part.heading
        piece = Piece(kind, heading, [], reason, theme if kind in ("ask", "case_study") else None)
        self.pieces.append(piece)
        self._extend(piece, part.blocks)
        return piece

    def _extend(self, piece: Piece, blocks: Iterable[Block | None]) -> None:
        """Add blocks to a piece; a table of asks in a theme becomes its asks."""
        for block in filter(None, blocks):
            if piece.kind == "theme" and is_table_of_asks(block):
                self._columns(block, piece)
            else:
                piece.blocks.append(block)

    def _asks(self, part: Part, inner: list[Part], theme: Piece | None) -> Piece | None:
        """Add the asks below a heading that announces them, and return their theme; text there begins one."""
        lists = [block for block in part.blocks if not inner and (block.kind == "list" or is_table_of_asks(block))]
        rest = [block for block in part.blocks if block not in lists]
        if rest and not inner and not lists:
            self._append("ask", part, "", theme)
        elif rest and theme:
            self._extend(theme, [part.heading, *rest])
        elif rest:
            theme = Piece("theme", part.heading, rest, "it opens the list of your asks")
            self.pieces.append(theme)
        for block in lists:
            if block.kind == "table":
                self._columns(block, theme)
            else:
                self._items(block, theme)
        return theme

    def _items(self, block: Block, theme: Piece | None) -> None:
        """Add an ask for each item of a list; the items of a list inside it are its text."""
        for mark, text in zip(block.marks, block.texts, strict=True):
            if mark.startswith(" "):
                self.pieces[-1].blocks.append(replace(block, marks=(mark.lstrip(),), texts=(text,)))
                continue
            bold = markdown.BOLD_START.match(text)
            end = bold.end() if bold else text.find(". ") + 1 or len(text)
            self._listed(text[:end].rstrip("."), [text[end:].strip()], block, theme, "it is in the list of the asks")

    def _columns(self, table: Block, theme: Piece | None) -> None:
        """Add an ask for each column of a table of asks."""
        for title, *cells in zip(*table.rows, strict=True):
            self._listed(title, "\n\n".join(cells).split("\n\n"), table, theme, "it is in a table of asks")

    def _listed(self, title: str, texts: list[str], block: Block, theme: Piece | None, reason: str) -> None:
        heading = Block("heading", (markdown.heading(title).rstrip("."),), block.place)
        blocks = [Block("paragraph", (text,), block.place) for text in texts if text]
        self.pieces.append(Piece("ask", heading, blocks, reason, theme))


def is_table_of_asks(block: Block) -> bool:
    """Return whether a table's columns are asks: short headings, most with an amount of money, over long cells."""
    if block.kind != "table":
        return False
    titles = block.texts[: block.columns]
    lengths = [len(cell.split()) for cell in block.texts[block.columns :]]
    priced = sum(map(numbers.names_money, titles))
    is_short = all(0 < len(title.split()) <= LONGEST_TITLE for title in titles)
    return is_short and 2 * priced > len(titles) and sum(lengths) >= LEAST_OF_A_CELL * len(lengths)
