"""Measure lengths and rectangles on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self

MM_PER_INCH = 25.4
PT_PER_INCH = 72
PT_PER_MM = PT_PER_INCH / MM_PER_INCH
MM_PER_PT = MM_PER_INCH / PT_PER_INCH
PX_PER_MM = 96 / MM_PER_INCH
"""The px of CSS in a millimetre; WeasyPrint sets 96 px to the inch."""


class Rectangle(NamedTuple):
    """A rectangle on a finished page, in points from the bottom left corner, as PDF has it."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, points: Iterable[tuple[float, float]]) -> Self:
        """Return the smallest rectangle that contains all the points."""
        xs, ys = zip(*points, strict=True)
        return cls(min(xs), min(ys), max(xs), max(ys))

    @property
    def width(self) -> float:
        """Return the width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the height."""
        return self.top - self.bottom

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Return the four corners, anticlockwise from the bottom left."""
        left, bottom, right, top = self
        return (left, bottom), (right, bottom), (right, top), (left, top)

    def meets(self, other: "Rectangle") -> bool:
        """Return whether the two overlap; touching edges don't."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def within(self, other: "Rectangle", slack: float) -> bool:
        """Return whether it lies inside another, give or take some slack."""
        return min(other.grown(slack).margins(self)) >= 0

    def overlap(self, other: "Rectangle") -> "Rectangle":
        """Return the area that two rectangles share; its sides are the wrong way round if they share none."""
        (left, bottom, right, top), (left_2, bottom_2, right_2, top_2) = self, other
        return Rectangle(max(left, left_2), max(bottom, bottom_2), min(right, right_2), min(top, top_2))

    def joined(self, other: "Rectangle") -> "Rectangle":
        """Return the smallest rectangle around both."""
        (left, bottom, right, top), (left_2, bottom_2, right_2, top_2) = self, other
        return Rectangle(min(left, left_2), min(bottom, bottom_2), max(right, right_2), max(top, top_2))

    def margins(self, inner: "Rectangle") -> "Rectangle":
        """Return the distance from each side to the same side of an inner rectangle; negative if that is outside."""
        left, bottom, right, top = inner
        return Rectangle(left - self.left, bottom - self.bottom, self.right - right, self.top - top)

    def grown(self, by: float) -> "Rectangle":
        """Return it with each side moved outwards."""
        left, bottom, right, top = self
        return Rectangle(left - by, bottom - by, right + by, top + by)

    def moved(self, right: float, up: float) -> "Rectangle":
        """Return it moved to the right and upwards."""
        return Rectangle(self.left + right, self.bottom + up, self.right + right, self.top + up)

    def clamped(self, outer: "Rectangle") -> "Rectangle":
        """Return the part of it that is inside another; if there is none, the nearest place on the other's edge."""
        left, right = (min(max(side, outer.left), outer.right) for side in (self.left, self.right))
        bottom, top = (min(max(side, outer.bottom), outer.top) for side in (self.bottom, self.top))
        return Rectangle(left, bottom, right, top)


@dataclass(frozen=True)
class Frame:
    """A frame on a page to lay out, in points from the top left corner."""

    left_pt: float
    top_pt: float
    width_pt: float
    height_pt: float

    def meets(self, other: "Frame") -> bool:
        """Return whether the two overlap."""
        across = self.left_pt < other.left_pt + other.width_pt and other.left_pt < self.left_pt + self.width_pt
        return across and self.top_pt < other.top_pt + other.height_pt and other.top_pt < self.top_pt + self.height_pt

    def on(self, trim: Rectangle) -> Rectangle:
        """Return its place on a page, once trimmed."""
        left, foot = trim.left + self.left_pt, trim.bottom + self.foot_pt(trim.height)
        return Rectangle(left, foot, left + self.width_pt, foot + self.height_pt)

    def foot_pt(self, page_height_pt: float) -> float:
        """Return its distance from the foot of a page."""
        return page_height_pt - self.top_pt - self.height_pt
