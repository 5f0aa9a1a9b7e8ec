"""Describe the marks on a proof: circles and numbers on its pages, and the lists at its end."""

from dataclasses import dataclass, field
from typing import NamedTuple

from briefpack.geometry import Rectangle


class PageArea(NamedTuple):
    """The size of a page in points, and the lines of type on it, which numbers keep clear of."""

    width_pt: float
    height_pt: float
    type_lines: tuple[Rectangle, ...] = ()

    @property
    def trim(self) -> Rectangle:
        """Return the page as a rectangle."""
        return Rectangle(0.0, 0.0, self.width_pt, self.height_pt)


@dataclass(frozen=True)
class Spot:
    """Something to circle, by its number in the list: the page, counted from 1, and the boxes on it.

    Without boxes, the number stands at the head of the page.
    """

    number: int
    page: int
    boxes: tuple[Rectangle, ...] = ()


@dataclass(frozen=True)
class Circle:
    """A circle on a page, as a template draws it: in points from the top left corner of the page."""

    left_pt: float
    top_pt: float
    width_pt: float
    height_pt: float


@dataclass(frozen=True)
class Number:
    """A number beside a circle, as a template draws it: its middle, in points from the top left corner of the page."""

    number: int
    left_pt: float
    top_pt: float


@dataclass(frozen=True)
class MarkedPage:
    """The marks on one page: circles, the numbers beside them, and the numbers that belong to the page as a whole."""

    number: int
    width_pt: float
    height_pt: float
    circles: tuple[Circle, ...] = ()
    beside: tuple[Number, ...] = ()
    at_head: tuple[int, ...] = ()


@dataclass(frozen=True)
class ListedProblem:
    """A problem in the list at the end of a proof; `place` is the file and line to fix."""

    number: int
    message: str
    hint: str
    place: str
    page: int | None = None


@dataclass(frozen=True)
class ListedQuery:
    """An open query in the list at the end of a proof, with the pages on which its figures print."""

    number: int
    id: str
    about: str
    question: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Marks:
    """Everything that a proof adds to a document: the marks on its pages, and the lists at its end.

    Queries that no figure on the pages is about have no number.
    """

    pages: tuple[MarkedPage, ...]
    problems: tuple[ListedProblem, ...] = ()
    queries: tuple[ListedQuery, ...] = ()
    others: tuple[ListedQuery, ...] = field(default=())
