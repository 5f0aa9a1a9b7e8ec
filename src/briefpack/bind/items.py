"""The objects of a piece, with holes for the numbers that a document gives them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefpack.bind import fonts
from briefpack.geometry import Rectangle

PAGE, PARENT, POSITION, KEYS = -1, -2, -3, -4
"""Holes for numbers that depend on the document: the page with the slot, the parent of the piece's tags, the piece's
position, and (from KEYS down) the keys of its marked content in the structure tree, its marks, then its font programs.
"""

SUFFIX = b".%d"
"""The end of an inlay's names: its position."""


@dataclass(frozen=True)
class Item:
    """An object. Each `%d` in its text is a hole for a number, listed in `holes`; `data` is set if it is a stream."""

    text: bytes
    holes: tuple[int, ...] = ()
    data: bytes | None = None

    def filled(self, numbers: Sequence[int]) -> bytes:
        """Return the text with each hole filled from `numbers`."""
        return self.text % tuple([numbers[hole] for hole in self.holes])


Resources = Mapping[str, Mapping[str, Item]]
"""The resources of a page by their kind, such as /Font, and their name."""


@dataclass(frozen=True)
class PageItems:
    """A page: its content, resources, links, key in the structure tree, number of marks, and boxes."""

    content: int
    resources: Resources
    links: tuple[int, ...]
    key: int | None
    marks: int
    media: Rectangle
    trim: Rectangle


@dataclass(frozen=True)
class Inlay:
    """The content of a page that is drawn on another, its resources, and the elements of its marks in order."""

    content: Item
    resources: Resources
    elements: Item
    marks: int
    trim: Rectangle


@dataclass(frozen=True)
class Bookmark:
    """An entry in the outline: the level of its heading, its title as written in a PDF, and its destination."""

    level: int
    title: bytes
    page: int
    view: bytes
    below: tuple["Bookmark", ...]


@dataclass(frozen=True, eq=False)
class PieceItems:
    """A piece's objects, with holes where they refer to each other.

    The first items, one for each page, are empty for pages, which the document writes; for a form, they are the
    drawings laid over a page. An `inlay` has none. `rectangles` are the links' rectangles, `figures` those of the
    elements of its figures, `parents` the items that the keys of its marked content refer to, `outermost` its
    outermost elements, and `linked` the names that its links lead to. The item of a slot is its element once
    filled, without the closing brackets. `subsets` are its subsets of font faces, whose programs the document
    writes.
    """

    page_count: int
    items: tuple[Item, ...]
    pages: tuple[PageItems, ...]
    rectangles: Mapping[int, tuple[float, ...]]
    figures: Mapping[int, tuple[float, ...]]
    outermost: tuple[int, ...]
    parents: tuple[int, ...]
    slots: Mapping[str, tuple[int, Item]]
    destinations: Mapping[str, tuple[int, bytes]]
    bookmarks: tuple[Bookmark, ...]
    linked: frozenset[str]
    subsets: tuple[fonts.Subset, ...]
    inlay: Inlay | None = None

    def numbers(
        self, first: int, key: int, position: int, parent: int, page: int, programs: Sequence[int], mark: int
    ) -> list[int]:
        """Return the number for each hole when items are numbered from `first`, keys from `key`, marks from `mark`.

        `programs` are the numbers of the programs that have its subsets.
        """
        count = self.inlay.marks if self.inlay else 0
        marks = range(mark + count - 1, mark - 1, -1)
        keys = range(key + len(self.parents) - 1, key - 1, -1)
        return [*range(first, first + len(self.items)), *reversed(programs), *marks, *keys, position, parent, page]
