"""Define a map that is laid out: its frames, and their shapes, dots and labels, in millimetres."""

from __future__ import annotations

from dataclasses import dataclass

from briefpack.geometry import MM_PER_PT
from briefpack.maps.boxes import Box, Line, Point

Ring = tuple[Point, ...]
LEADING, RISE, DROP, CAP = 1.08, 0.72, 0.22, 0.66
"""Shares of the type size: leading, height above the baseline, depth below it, and cap height."""


@dataclass(frozen=True)
class Shape:
    """Closed rings to fill or, for the two kinds of border, open lines."""

    role: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Dot:
    """The dot that marks a town; `on_mark` if it lies on the electorate."""

    x_mm: float
    y_mm: float
    radius_mm: float
    on_mark: bool


@dataclass(frozen=True)
class Label:
    """Lines of text on a map.

    `x_mm` and `y_mm` are a point on the first baseline. `anchor` says which part of the text is at that point: left,
    centre or right.
    """

    lines: tuple[str, ...]
    x_mm: float
    y_mm: float
    anchor: str
    kind: str
    size_pt: float
    weight: int
    width_mm: float
    on_mark: bool = False

    @property
    def leading_mm(self) -> float:
        """Return the distance from one baseline to the next."""
        return self.size_pt * MM_PER_PT * LEADING

    @property
    def box(self) -> Box:
        """Return the box that the label covers."""
        left = self.x_mm - self.width_mm * {"left": 0.0, "centre": 0.5, "right": 1.0}[self.anchor]
        em = self.size_pt * MM_PER_PT
        bottom = self.y_mm - (len(self.lines) - 1) * self.leading_mm - DROP * em
        return (left, bottom, left + self.width_mm, self.y_mm + RISE * em)


@dataclass(frozen=True)
class Frame:
    """One view: `state`, `nation` or `inset`. Its contents are drawn within its box."""

    role: str
    box: Box
    mm_per_km: float
    shapes: tuple[Shape, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]

    def rings(self, role: str) -> tuple[Ring, ...]:
        """Return all rings or lines of one role."""
        return tuple(ring for shape in self.shapes if shape.role == role for ring in shape.rings)


@dataclass(frozen=True)
class Map:
    """A map of one size.

    If it has an inset, `looks_at` outlines the inset's view on the first frame, and `leader` joins the two.
    """

    width_mm: float
    height_mm: float
    frames: tuple[Frame, ...]
    looks_at: Box | None = None
    leader: Line | None = None

    @property
    def points(self) -> int:
        """Return the number of points in all shapes."""
        return sum(len(ring) for frame in self.frames for shape in frame.shapes for ring in shape.rings)
