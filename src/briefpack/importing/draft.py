"""Define a draft as read from its file: its blocks in order, each with its place, its notes and its remarks.

Every text is Markdown as a brief has it. A note is `[^3]`, by its index in the draft.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal


@dataclass(frozen=True)
class Place:
    """A place in the draft: the number of the paragraph, counted from 1, and the heading above it."""

    paragraph: int
    heading: str = ""

    def __str__(self) -> str:
        """Return the place in words."""
        return f"paragraph {self.paragraph}" + (f", under “{self.heading}”" if self.heading else "")


@dataclass(frozen=True)
class Heading:
    """A heading; `is_typed` if it is a line in bold type, and no heading by its style."""

    text: str
    level: int
    place: Place
    is_typed: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, perhaps of several lines."""

    text: str
    place: Place


@dataclass(frozen=True)
class Item:
    """An item of a list: its text, how deep it is in other lists, and its number if it has one."""

    text: str
    depth: int
    number: int | None = None


@dataclass(frozen=True)
class Bullets:
    """A list with the items of the lists inside it."""

    items: tuple[Item, ...]
    place: Place


@dataclass(frozen=True)
class Quotation:
    """Paragraphs that are indented, as a quotation is."""

    texts: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Picture:
    """An image: its path in the draft's archive, or its address, and the words about it."""

    file: str
    alt: str
    caption: str
    place: Place


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells, each a sequence of blocks."""

    rows: tuple[tuple["Cell", ...], ...]
    caption: str
    place: Place


Block = Heading | Paragraph | Bullets | Grid | Quotation | Picture
Cell = tuple[Block, ...]
Change = Callable[[str, Place, str], str]
"""A change of a text, from its place and, in a table, the headings of its row and its column."""


def texts(blocks: Iterable[Block]) -> list[str]:
    """Return the texts of blocks, in order."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            found.append(block.text)
        elif isinstance(block, Bullets):
            found += [item.text for item in block.items]
        elif isinstance(block, Quotation):
            found += block.texts
        elif isinstance(block, Picture):
            found.append(block.caption)
        else:
            found.append(block.caption)
            for row in block.rows:
                for cell in row:
                    found += texts(cell)
    return found


def changed(block: Block, change: Change, about: str = "") -> Block:
    """Return a block with each of its texts changed; the words of an image stay as they are."""
    if isinstance(block, Heading | Paragraph):
        return replace(block, text=change(block.text, block.place, about))
    if isinstance(block, Bullets):
        items = [replace(item, text=change(item.text, block.place, about)) for item in block.items]
        return replace(block, items=tuple(items))
    if isinstance(block, Quotation):
        return replace(block, texts=tuple(change(text, block.place, about) for text in block.texts))
    return _changed_table(block, change) if isinstance(block, Grid) else block


def _changed_table(grid: Grid, change: Change) -> Grid:
    columns = [" ".join(texts(cell)) for cell in grid.rows[0]]
    rows: list[tuple[Cell, ...]] = []
    for row in grid.rows:
        name = " ".join(texts(row[0]))
        cells: list[Cell] = []
        for cell in row:
            about = f"{name}: {columns[len(cells)]}" if rows and cells and len(cells) < len(columns) else ""
            cells.append(tuple(changed(block, change, about) for block in cell))
        rows.append(tuple(cells))
    return replace(grid, rows=tuple(rows), caption=change(grid.caption, grid.place, ""))


@dataclass(frozen=True)
class Remark:
    """A comment or a tracked change: who made it, its words, and the words that it is about."""

    kind: Literal["comment", "insertion", "deletion"]
    who: str
    words: str
    place: Place
    about: str = ""


@dataclass(frozen=True)
class Leftover:
    """Words of the draft that aren’t in the brief, with the reason."""

    words: str
    place: Place | None
    reason: str

    def __str__(self) -> str:
        """Return the words with their place and the reason, on one line."""
        place = f"{self.place}: " if self.place else ""
        return f"{place}“{' '.join(self.words.split())}” ({self.reason})"


@dataclass
class Draft:
    """A draft: the properties of its file, its blocks in order, and the notes, remarks and lists beside them.

    Each step of an import adds what it guesses and what it leaves out.
    """

    title: str = ""
    subtitle: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    blocks: tuple[Block, ...] = ()
    notes: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)

    def leave(self, words: str, place: Place | None, reason: str) -> None:
        """List words that the brief won't have."""
        self.leftovers.append(Leftover(words, place, reason))
