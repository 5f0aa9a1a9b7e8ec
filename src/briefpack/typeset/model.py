"""Describe a laid-out piece."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from briefpack.geometry import Frame, Rectangle
from briefpack.pages.source_map import Source
from briefpack.problem import Problem

Grow = Callable[[str, float], str]
"""Makes a chart or image with a key in the store taller by some millimetres; returns the new key, or nothing."""


@dataclass(frozen=True)
class Placed:
    """A piece that fills a slot on one page, or (`running`) repeats on every page after the first `skip` pages.

    With `pages`, it repeats on no page after that many.
    """

    slot: str
    key: str
    place: Frame
    page: int = 0
    running: bool = False
    skip: int = 0
    # Not in the hash of what a document shows, where it is the same for all.
    pages: int | None = field(default=None, repr=False)

    def repeats_on(self, index: int) -> bool:
        """Return whether it repeats on a page, counted from 0."""
        return self.running and index >= self.skip and (self.pages is None or index < self.pages)


@dataclass(frozen=True)
class Spill:
    """Overset text: the field to cut, and roughly how many lines and words to cut from it.

    Without a field, it is the text of a `sheet` or of the whole piece. `places` are the pages of the piece that it is
    on, counted from 1, with one box on each. `over_mm` is how far the text runs past its room, and `source` the first
    block that does or, if it `is_hidden`, the box that hides it. A layout has promised room for it if it `has_room`.
    """

    field: str
    lines: int
    words: int
    sheet: str = ""
    over_mm: float = 0.0
    source: Source | None = None
    is_hidden: bool = False
    has_room: bool = False
    places: tuple[tuple[int, Rectangle], ...] = ()


class Area(NamedTuple):
    """The text area of a page: its box on the sheet of the piece, the distance of its lines, and the height left free.

    A page without a sheet has no `free_mm`. Spaces may have grown into what was free.
    """

    box: Rectangle
    leading_pt: float
    free_mm: float | None = None


@dataclass(frozen=True)
class Typeset:
    """A laid-out piece: its PDF, and the facts that binding needs.

    `slots` gives the page and frame of each slot, `anchors` the page of each id, `links` the pages with a link to each
    place of the document, and `fits` the type size of each sheet as a share of its designed size. `ends` are the last
    pages of the sheets without an exact number of pages, and of a piece without a sheet. `hidden` are the texts that
    its style sheets hide on purpose. With `half`, it takes about half of a page before its charts and spaces grow.
    `html` is what it was laid out from without the rows that had no room; empty if all had. `heads` are the parts that
    share its pages and begin one. `shown` are the places of its texts and images, packed. `areas` are the text areas of
    its pages.
    """

    pdf: bytes
    pages: int
    slots: Mapping[str, tuple[int, Frame]]
    anchors: Mapping[str, int]
    links: Mapping[str, tuple[int, ...]]
    fits: Mapping[str, float]
    ends: tuple[int, ...]
    problems: tuple[Problem, ...]
    spills: tuple[Spill, ...]
    hidden: tuple[str, ...] = ()
    half: bool = False
    html: str = ""
    heads: tuple[str, ...] = ()
    shown: str = ""
    areas: tuple[Area, ...] = ()
