"""Define a draft as read from its file: its blocks in order, each with its place, and its notes.

Every text is Markdown as a brief has it. A note is `[^3]`, by its index in the draft.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple


class Place(NamedTuple):
    """A place in the draft: the number of the paragraph, counted from 1, and the heading above it."""

    paragraph: int
    heading: str = ""

    def __str__(self) -> str:
        """Return the place in words."""
        return f"paragraph {self.paragraph}" + (f", under “{self.heading}”" if self.heading else "")


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, a list, an indented quotation, a table or an image.

    A heading is typed if it is a line in bold type. A list has a mark for each text, indented in a list inside another;
    a table has its cells row by row, and the number of its columns.
    """

    kind: Literal["heading", "paragraph", "list", "quotation", "table", "image"]
    texts: tuple[str, ...]
    place: Place
    level: int = 0
    is_typed: bool = False
    marks: tuple[str, ...] = ()
    columns: int = 0
    caption: str = ""
    file: str = ""
    alt: str = ""

    @property
    def text(self) -> str:
        """Return all its words."""
        return "\n\n".join(self.texts)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Return the rows of a table."""
        starts = range(0, len(self.texts), self.columns)
        return [self.texts[start : start + self.columns] for start in starts]

    def changed(self, change: Callable[[str, str], str]) -> "Block":
        """Return the block with its words changed; `change` is told what row and column a cell is in."""
        if self.kind == "image":
            return self
        texts: list[str] = []
        for number, text in enumerate(self.texts):
            row, column = divmod(number, self.columns) if self.columns else (0, 0)
            about = f"{self.texts[number - column]}: {self.texts[column]}" if row and column else ""
            texts.append(change(text, about))
        return replace(self, texts=tuple(texts), caption=change(self.caption, ""))


class Leftover(NamedTuple):
    """Words of the draft that aren’t in the brief, with the reason."""

    words: str
    place: str
    reason: str

    def __str__(self) -> str:
        """Return the words with their place and the reason, on one line."""
        place = f"{self.place}: " if self.place else ""
        return f"{place}“{' '.join(self.words.split())}” ({self.reason})"


@dataclass
class Draft:
    """A draft: its blocks in order, and what is beside them; `said` has all its words in order, with their places."""

    properties: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
