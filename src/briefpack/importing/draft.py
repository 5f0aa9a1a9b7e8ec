"""Define a draft as read from its file: its blocks in order, each with its place, its notes and its remarks."""

from dataclasses import dataclass
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
class Run:
    """Words in one style; or, without words, the mark of a note by its index in the draft's notes."""

    words: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    link: str = ""
    note: int | None = None


@dataclass(frozen=True)
class Passage:
    """The words of a paragraph, a heading, a list item or a cell, from a number of letters after its start."""

    runs: tuple[Run, ...]
    place: Place
    offset: int = 0

    @property
    def words(self) -> str:
        """Return the words without their styles."""
        return "".join(run.words for run in self.runs)

    @property
    def is_bold(self) -> bool:
        """Return whether every word is bold."""
        spoken = [run for run in self.runs if run.words.strip()]
        return bool(spoken) and all(run.bold for run in spoken)


@dataclass(frozen=True)
class Heading:
    """A heading, and the sign by which it was found."""

    passage: Passage
    level: int
    sign: Literal["style", "bold", "number", "words", "alone"] = "style"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text."""

    passage: Passage


@dataclass(frozen=True)
class Item:
    """An item of a list: its paragraphs, how deep it is in other lists, and its number if it has one."""

    passages: tuple[Passage, ...]
    depth: int
    number: int | None = None


@dataclass(frozen=True)
class Bullets:
    """A list with the items of the lists inside it."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells, each a sequence of blocks; the first row is its heading if the draft says so."""

    rows: tuple[tuple[tuple["Block", ...], ...], ...]
    caption: Passage | None
    has_heading: bool
    place: Place


@dataclass(frozen=True)
class Quotation:
    """Paragraphs that are indented, as a quotation is."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Picture:
    """An image: its path in the draft's archive, or its address, and the words about it."""

    file: str
    alt: str
    caption: Passage | None
    place: Place
    credit: str = ""


Block = Heading | Paragraph | Bullets | Grid | Quotation | Picture


@dataclass(frozen=True)
class Note:
    """A footnote or an endnote."""

    passages: tuple[Passage, ...]

    @property
    def words(self) -> str:
        """Return its words on one line."""
        return " ".join(passage.words for passage in self.passages).strip()

    @property
    def links(self) -> tuple[str, ...]:
        """Return the addresses of its links."""
        return tuple(dict.fromkeys(run.link for each in self.passages for run in each.runs if run.link))


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
        return f"{self.place}: " * bool(self.place) + f"“{' '.join(self.words.split())}” ({self.reason})"


@dataclass(frozen=True)
class Draft:
    """A draft: its title, its front matter in its file's properties, and its blocks in order."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    remarks: tuple[Remark, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    guesses: tuple[str, ...] = ()
    language: str = ""
