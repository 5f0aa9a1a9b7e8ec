"""Describe composed documents: their pieces, and the stamps over their pages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from briefpack.images import Original, Wanted
from briefpack.layout.model import Box, Fit, Pages, RunningSpec
from briefpack.plan import Document, Drawing
from briefpack.problem import Problem

ELSEWHERE = "piece:"
BACK = "back:"
"""The beginning of an address that leads to the first link on a page to a place, such as `back:9:source-3`."""
ID = re.compile(r'\bid="([^"]+)"')
GROW = "data-grow"
"""Marks the charts and images that may be made taller to fill a page."""


@dataclass(frozen=True)
class ImageOnPage:
    """An image at the size of its place on a page: prepared after composing, and kept in the store under its key.

    `problems` are the reasons why it can't print at that size.
    """

    key: str
    original: Original
    wanted: Wanted
    problems: tuple[Problem, ...] = ()


# Cached, as most pieces are the same for every electorate.
@lru_cache(maxsize=64)
def ids(html: str) -> frozenset[str]:
    """Return the ids in the HTML of a piece."""
    return frozenset(ID.findall(html))


@dataclass(frozen=True)
class Written:
    """A page's HTML, the sources cited by its end, the figures it prints, and the sources on its last sheet."""

    html: str
    cited: tuple[str, ...]
    figures: tuple[str, ...]
    sheet: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """A run of pages made from one HTML text; equal keys mean equal pages.

    `page` is the layout's page that it comes from, `others` those of the pieces that follow it on its pages, `name` its
    name in problems, and `limit` the number of pages that the layout allows it. `files` are the only files that its
    HTML and CSS may load, as paths from the project's folder, each with its hash; `images` are the brief's and the
    members' among them, and `charts` the charts that may be drawn taller, by their keys in the store. A piece that is
    `boxed` is for a slot or a running slot, and its edges aren't cut. If it `ends_early`, its last page may be as empty
    as it is, because the next piece always starts a page. `sources` are those of the tags in its HTML.
    """

    name: str
    page: str
    html: str
    css: str
    styles: tuple[str, ...]
    files: Mapping[str, str]
    limit: Pages
    fits: Mapping[str, Fit]
    slots: Mapping[str, Box]
    room: Mapping[str, int]
    smallest_type_pt: float
    tagged: bool
    images: tuple[ImageOnPage, ...] = ()
    charts: tuple[tuple[str, Drawing], ...] = ()
    boxed: bool = False
    others: tuple[str, ...] = ()
    ends_early: bool = False
    key: str = ""
    sources: bytes = field(default=b"", repr=False, compare=False)

    @property
    def pages(self) -> tuple[str, ...]:
        """Return the layout's pages that it comes from."""
        return self.page, *self.others

    @property
    def ids(self) -> frozenset[str]:
        """Return the ids in its HTML."""
        return ids(self.html)


@dataclass(frozen=True)
class Stamp:
    """A piece that is laid over a page of a document: in a slot, or at the same place on every page.

    `over` is the index of the piece that has the slot, since several may have a slot of that name.
    """

    slot: str
    piece: Piece
    running: RunningSpec | None = None
    over: int | None = None


@dataclass(frozen=True)
class Composed:
    """A document's pieces in order, and the stamps for their slots; pieces that list pages may lack the numbers.

    `document` is as planned, but without the pieces that print nothing. `figures` are the figures on its pages about
    which a query is open.
    """

    document: Document
    pieces: tuple[Piece, ...]
    stamps: tuple[Stamp, ...]
    sources: tuple[str, ...]
    figures: tuple[str, ...] = ()

    @property
    def listing(self) -> tuple[Piece, ...]:
        """Return the pieces that list pages."""
        planned = self.document.pieces
        return tuple(piece for piece, each in zip(self.pieces, planned, strict=True) if each.lists_pages)


class PageOf(dict[str, int]):
    """The page of each id in a document."""


class LinkedFrom(dict[str, tuple[int, ...]]):
    """The pages of a document with a link to each place in it, in order; none for any other place."""

    def __missing__(self, _name: str) -> tuple[int, ...]:
        """Return no pages."""
        return ()
