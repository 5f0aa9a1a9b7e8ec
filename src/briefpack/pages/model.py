"""Describe composed documents: their pieces, and the stamps over their pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefpack.layout.model import Box, Fit, Pages, RunningSpec
from briefpack.plan import Document
from briefpack.problem import Problem

if TYPE_CHECKING:
    # A page without images needs no Pillow.
    from briefpack.images import Original, Wanted

ELSEWHERE = "piece:"


@dataclass(frozen=True)
class ImageOnPage:
    """An image at the size of its place on a page: prepared after composing, and kept in the store under its key.

    `problems` is what makes it unfit for that size.
    """

    key: str
    original: "Original"
    wanted: "Wanted"
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A run of pages made from one HTML text; equal keys mean equal pages.

    `page` is the layout's page that it comes from, `name` its name in problems, and `limit` the number of pages that
    the layout allows it. `files` are the only files that its HTML and CSS may load, as paths from the project's folder,
    each with its hash; `images` are the brief's and the members' among them.
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
    key: str = ""


@dataclass(frozen=True)
class Stamp:
    """A piece that is laid over a page of a document: in a slot, or at the same place on every page."""

    slot: str
    piece: Piece
    running: RunningSpec | None = None


@dataclass(frozen=True)
class Composed:
    """A document's pieces in order, and the stamps for their slots; pieces that list pages may lack the numbers.

    `document` is as planned, but without the pieces that print nothing. `figures` are those on its pages about which a
    query is open.
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
        return tuple(piece for piece, each in zip(self.pieces, planned, strict=True) if each.spec.lists_pages)


class PageOf(dict[str, int]):
    """The page of each id in a document."""
