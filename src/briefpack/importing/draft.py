"""Define a draft as read from its file: its blocks in order, each with its place, its notes and its remarks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True)
class Place:
    """A place in the draft: the number of the paragraph, counted from 1, and the heading above it."""

    paragraph: int
    heading: str = ""

    def __str__(self) -> str:
        """Return the place in words."""
        return f"paragraph {self.paragraph}" + (f", under “{self.heading}”" if self.heading else "")


@dataclass(frozen=True, eq=False)
class Number:
    """A number with a unit: its value, the words right around it, its subject, and its place."""

    typed: str
    value: Decimal
    unit: str
    hedge: str
    plus: bool
    means: str
    part: int
    note: int | None
    place: Place


@dataclass(frozen=True)
class Run:
    """Words in one style, which may be a number; or, without words, the mark of a note by its index in the draft."""

    words: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    link: str = ""
    note: int | None = None
    number: Number | None = None


@dataclass(frozen=True)
class Passage:
    """The words of a paragraph, a heading, a list item or a cell."""

    runs: tuple[Run, ...]
    place: Place

    @property
    def words(self) -> str:
        """Return the words without their styles."""
        return "".join(run.words for run in self.runs)

    @property
    def line(self) -> str:
        """Return the words on one line."""
        return " ".join(self.words.split())

    @property
    def is_bold(self) -> bool:
        """Return whether every word is bold."""
        spoken = [run for run in self.runs if run.words.strip()]
        return bool(spoken) and all(run.bold for run in spoken)

    def before(self, end: int) -> "Passage":
        """Return the first letters, with the note after them."""
        runs: list[Run] = []
        for run in self.runs:
            if end > 0 or (run.note is not None and end == 0 and runs):
                runs.append(run if end >= len(run.words) else _cut(run, run.words[:end]))
            end -= len(run.words)
        return replace(self, runs=tuple(runs))

    def after(self, start: int) -> "Passage":
        """Return the passage without its first letters, and without the notes in and right after them."""
        runs: list[Run] = []
        for run in self.runs:
            if start < len(run.words) or (run.note is not None and start < 0):
                runs.append(_cut(run, run.words[start:]) if start > 0 else run)
            start -= len(run.words)
        return replace(self, runs=tuple(runs))

    def capitalised(self) -> "Passage":
        """Return the passage with a capital at its start."""
        first, *others = self.runs
        return replace(self, runs=(replace(first, words=first.words[:1].upper() + first.words[1:]), *others))


def _cut(run: Run, words: str) -> Run:
    """Return part of a run; part of a number is no longer a number."""
    return replace(run, words=words, number=None)


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


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells, each a sequence of blocks; the first row is its heading if the draft says so."""

    rows: tuple[tuple["Cell", ...], ...]
    caption: Passage | None
    has_heading: bool
    place: Place


Block = Heading | Paragraph | Bullets | Grid | Quotation | Picture
Cell = tuple[Block, ...]


def passages_of(block: Block) -> tuple[Passage, ...]:
    """Return the passages of a block, in order."""
    if isinstance(block, Heading | Paragraph):
        return (block.passage,)
    if isinstance(block, Bullets):
        return tuple(passage for item in block.items for passage in item.passages)
    if isinstance(block, Quotation):
        return block.passages
    caption = (block.caption,) if block.caption else ()
    if isinstance(block, Picture):
        return caption
    return (*caption, *(passage for row in block.rows for cell in row for passage in in_cell(cell)))


def in_cell(cell: Iterable[Block]) -> list[Passage]:
    """Return the passages of some blocks, in order."""
    return [passage for block in cell for passage in passages_of(block)]


def said(cell: Iterable[Block]) -> str:
    """Return the words of some blocks."""
    return " ".join(passage.words for passage in in_cell(cell))


def changed(block: Block, change: Callable[[Passage], Passage]) -> Block:
    """Return a block with each of its passages changed; an image stays as it is."""
    if isinstance(block, Heading | Paragraph):
        return replace(block, passage=change(block.passage))
    if isinstance(block, Bullets):
        return Bullets(tuple(replace(item, passages=tuple(map(change, item.passages))) for item in block.items))
    if isinstance(block, Quotation):
        return Quotation(tuple(map(change, block.passages)))
    if isinstance(block, Picture):
        return block
    caption = change(block.caption) if block.caption else None
    rows = (tuple(tuple(changed(each, change) for each in cell) for cell in row) for row in block.rows)
    return replace(block, rows=tuple(rows), caption=caption)


def joined(passages: list[Passage], between: str) -> Passage | None:
    """Return passages as one, with a mark between them; None if there are none."""
    runs = [run for passage in passages for run in (Run(between), *passage.runs)]
    return Passage(tuple(runs[1:]), passages[0].place) if passages else None


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


@dataclass
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


@dataclass
class Draft:
    """A draft: the properties of its file, its blocks in order, and the notes, remarks and lists beside them.

    Each step of an import tidies the blocks, and adds what it guesses and what it leaves out.
    """

    title: str = ""
    subtitle: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    blocks: tuple[Block, ...] = ()
    notes: list[Note] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)

    def leave(self, words: str, place: Place | None, reason: str) -> None:
        """List words that the brief won't have."""
        self.leftovers.append(Leftover(words, place, reason))
