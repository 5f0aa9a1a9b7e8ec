"""Describe a laid-out piece."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefpack.geometry import Frame, Rectangle
from briefpack.problem import Problem


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
class Setting:
    """How one sheet is set: its type size as a share of the designed size, and the height added to each space."""

    fit: float = 1.0
    give_mm: float = 0.0


@dataclass(frozen=True)
class Spill:
    """Overset text: the field to cut, and roughly how many lines and words to cut from it.

    Without a field, it is the text of a `sheet` or of the whole piece. `places` are the pages of the piece that it is
    on, counted from 1, with one box on each. `hidden_by` has the path and line of the declaration that hides it, if one
    of a style sheet does.
    """

    field: str
    lines: int
    words: int
    sheet: str = ""
    places: tuple[tuple[int, Rectangle], ...] = ()
    hidden_by: tuple[str, int] | None = None


@dataclass(frozen=True)
class Typeset:
    """A laid-out piece: its PDF, and the facts that binding needs.

    `slots` gives the page and frame of each slot, `notes` the number of footnotes on each page that has any, `anchors`
    the page of each id, `levels` the heading level of each entry in the outline, and `fits` the type size of each sheet
    as a share of its designed size. `ends` are the last pages of the sheets that may have any number of pages.
    `hidden` are the texts that its style sheets hide on purpose.
    """

    pdf: bytes
    pages: int
    slots: Mapping[str, tuple[int, Frame]]
    notes: Mapping[int, int]
    anchors: Mapping[str, int]
    levels: tuple[int, ...]
    fits: Mapping[str, float]
    ends: tuple[int, ...]
    problems: tuple[Problem, ...]
    spills: tuple[Spill, ...]
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """A fault that a check found in a piece: the words that it quotes, its page, and its box from the trim's corner."""

    check: str
    words: str
    page: int
    box: Rectangle


@dataclass(frozen=True)
class Again:
    """A refused piece that was laid out again: with all of its text, if that was wanted.

    For each of its faults, `causes` has the path and line of the declaration that causes it, and `places` its place
    now; None if either isn't certain.
    """

    typeset: Typeset | None
    causes: tuple[tuple[str, int] | None, ...]
    places: tuple[Fault | None, ...]
