"""Number the objects of a document's pieces and overlays, and find where each overlay belongs."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefpack.bind import fonts, writer
from briefpack.bind.items import PageItems, PieceItems
from briefpack.bind.writer import Block
from briefpack.typeset import Placed

CATALOG, PAGES, TREE, DOCUMENT = 1, 2, 3, 4
"""The object numbers that every document has, the last two only if it is tagged.

The programs of its fonts come next, then its pieces, then its own objects.
"""


@dataclass(frozen=True)
class Part:
    """A piece in a document, with the first numbers of its items and keys, and its parent in the structure tree.

    `programs` are the numbers of its fonts' programs, in the order of its subsets.
    `placed` gives the position of an overlay, `page` the number of its page, and `mark` the number of its first mark
    there. `filled` are the items that the document writes itself: its slots, and the elements of marks of pages that
    have slots.
    """

    piece: PieceItems
    position: int
    first: int
    key: int
    programs: tuple[int, ...]
    placed: Placed | None = None
    parent: int = DOCUMENT
    page: int = 0
    height_pt: float = 0.0
    mark: int = 0
    filled: frozenset[int] = frozenset()

    @functools.cached_property
    def numbers(self) -> list[int]:
        """Return the numbers for the holes of its items."""
        return self.piece.numbers(self.first, self.key, self.position, self.parent, self.page, self.programs, self.mark)

    @property
    def last(self) -> int:
        """Return the last number it takes."""
        streams = writer.count_of_streams(len(_plain(self.piece, self.filled)))
        return self.first + len(self.piece.items) - 1 + streams

    @property
    def shift(self) -> tuple[float, float]:
        """Return an overlay's distance from the left and the foot of its page, in points."""
        if self.placed is None:
            return 0.0, 0.0
        return self.placed.place.left_pt, self.placed.place.foot_pt(self.height_pt)

    @property
    def block(self) -> Block:
        """Return its items as written in the file."""
        return _block(
            self.piece, self.position, self.first, self.key, self.parent, self.page, self.programs, self.shift,
            self.mark, self.filled,
        )  # fmt: skip

    @property
    def references(self) -> bytes:
        """Return references to its outermost elements."""
        return b" ".join(b"%d 0 R" % (self.first + index) for index in self.piece.outermost)


@dataclass(frozen=True)
class Parts:
    """The pieces of a document in reading order, the overlays, and the programs of their fonts by number."""

    bodies: Sequence[Part]
    overlays: Sequence[Part]
    programs: Mapping[int, fonts.Program]

    @property
    def all(self) -> list[Part]:
        """Return the pieces, then the overlays."""
        return [*self.bodies, *self.overlays]

    @functools.cached_property
    def pages(self) -> list[tuple[int, PageItems, Part]]:
        """Return every page with its number and its piece."""
        return [(body.first + index, page, body) for body in self.bodies for index, page in enumerate(body.piece.pages)]

    @property
    def slots(self) -> Iterator[tuple[int, bytes]]:
        """Yield the number of each slot's element, and that element without its end, to be filled."""
        for body in self.bodies:
            for index, element in body.piece.slots.values():
                yield body.first + index, element.filled(body.numbers)


def number(bodies: Sequence[PieceItems], overlays: Sequence[tuple[Placed, PieceItems]], *, tagged: bool) -> Parts:
    """Return the parts of a document with their numbers and keys."""
    pieces = [*bodies, *(form for _, form in overlays)]
    first, key = (DOCUMENT if tagged else PAGES) + 1, 0
    programs = dict(enumerate(fonts.programs(subset for piece in pieces for subset in piece.subsets), first))
    parts = _unnumbered(pieces, programs)
    first += len(programs)
    for part in sorted(parts, key=lambda part: (-len(part.piece.items), part.position)):
        parts[part.position] = replace(part, first=first, key=key)
        first, key = parts[part.position].last + 1, key + len(part.piece.parents)
    count = len(bodies)
    numbered = Parts(parts[:count], (), programs)
    marks = {page_number: page.marks for page_number, page, _ in numbered.pages}
    laid = list[Part]()
    for part, (placed, _) in zip(parts[count:], overlays, strict=True):
        laid.append(_laid(part, placed, numbered, marks))
        if part.piece.inlay:
            marks[laid[-1].page] += part.piece.inlay.marks
    return replace(numbered, overlays=laid)


def _marked(piece: PieceItems) -> tuple[int, ...]:
    """Return the items with the elements of marks, for the pages of a piece that has slots."""
    keys = (page.key for page in piece.pages) if piece.slots else ()
    return tuple(piece.parents[key] for key in keys if key is not None)


def _unnumbered(pieces: Sequence[PieceItems], programs: Mapping[int, fonts.Program]) -> list[Part]:
    """Return the parts of a document before they are numbered; only the font programs have numbers yet."""
    numbers = {subset: number for number, program in programs.items() for subset in program.subsets}
    return [
        Part(
            piece,
            position,
            0,
            0,
            tuple(numbers[subset] for subset in piece.subsets),
            filled=frozenset((*(index for index, _ in piece.slots.values()), *_marked(piece))),
        )
        for position, piece in enumerate(pieces)
    ]


def _laid(part: Part, placed: Placed, bodies: Parts, marks: Mapping[int, int]) -> Part:
    """Return an overlay with its page, its first mark and, as its parent among the tags, the element of its slot."""
    page_number, page, body = bodies.pages[placed.page]
    laid = replace(part, placed=placed, page=page_number, height_pt=page.trim.top, mark=marks[page_number])
    # Several pieces may have a slot of that name; without tags, none has an element for it.
    if placed.running or placed.slot not in body.piece.slots:
        return laid
    return replace(laid, parent=body.first + body.piece.slots[placed.slot][0])


@functools.lru_cache(maxsize=64)
def _plain(piece: PieceItems, filled: frozenset[int]) -> list[int]:
    """Return the items of a piece, except streams, and the pages and filled slots that the document writes itself."""
    return [
        index
        for index, item in enumerate(piece.items)
        if item.data is None and index >= len(piece.pages) and index not in filled
    ]


# Cached for the sake of bodies, which many documents share.
@functools.lru_cache(maxsize=64)
def _block(
    piece: PieceItems,
    position: int,
    first: int,
    key: int,
    parent: int,
    page: int,
    programs: tuple[int, ...],
    shift: tuple[float, float],
    mark: int,
    filled: frozenset[int],
) -> Block:
    numbers = piece.numbers(first, key, position, parent, page, programs, mark)
    plain = {first + index: piece.items[index].filled(numbers) for index in _plain(piece, filled)}
    for places, entry in ((piece.rectangles, b"/Rect[%b]"), (piece.figures, b"/A<</O/Layout/BBox[%b]>>")):
        for index, rectangle in places.items():
            shifted = writer.decimals(side + shift[number % 2] for number, side in enumerate(rectangle))
            plain[first + index] = b"<<" + entry % shifted + plain[first + index][2:]
    streams = {
        first + index: (item.filled(numbers), item.data)
        for index, item in enumerate(piece.items)
        if item.data is not None
    }
    return writer.block(plain, streams, first + len(piece.items))
