"""Define a map that is laid out: its frames, shapes, dots, labels and boxes, whose sides are parallel to the axes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import shapely

from briefpack.geometry import MM_PER_PT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Boxes = NDArray[np.float64]


Point = tuple[float, float]
Segment = tuple[Point, Point]
Box = tuple[float, float, float, float]
"""West, south, east and north in degrees; or left, bottom, right and top in millimetres."""


def around(boxes: Iterable[Box]) -> Box:
    """Return the box around several boxes."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return (min(lefts), min(bottoms), max(rights), max(tops))


def meet(first: Box, second: Box) -> bool:
    """Return whether two boxes overlap."""
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


def within(inner: Box, outer: Box) -> bool:
    """Return whether a box lies within another."""
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def clipped(shapes: shapely.Geometry, box: Box) -> shapely.Geometry:
    """Return the parts of shapes, one or an array of them, within a box.

    The quick clip of GEOS fails where a corner of a shape is so near to a side of the box that rounding decides.
    """
    try:
        return shapely.clip_by_rect(shapes, *box)
    except shapely.GEOSException:
        return shapely.intersection(shapes, shapely.box(*box))


def nearest(box: Box, point: Point) -> Point:
    """Return the point of a box that is nearest to a point."""
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def away(box: Box, point: Point) -> float:
    """Return the distance from a point to a box."""
    return math.dist(point, nearest(box, point))


def grown(box: Box, by: float) -> Box:
    """Return a box that is larger on each side."""
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def middle(box: Box) -> Point:
    """Return the point in the middle of a box."""
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def all_grown(boxes: Boxes, by: float) -> Boxes:
    """Return boxes that are larger on each side; boxes are the rows of an array."""
    return np.asarray(boxes + np.array((-by, -by, by, by)))


def middles(boxes: Boxes) -> NDArray[np.float64]:
    """Return the points in the middle of boxes."""
    return np.asarray((boxes[:, :2] + boxes[:, 2:]) / 2)


def clear(boxes: Boxes, room: Box, taken: Sequence[Box]) -> NDArray[np.bool_]:
    """Return which boxes lie within a room and overlap nothing that is taken."""
    left, bottom, right, top = boxes.T[:, :, None]
    inside = (left >= room[0]) & (bottom >= room[1]) & (right <= room[2]) & (top <= room[3])
    west, south, east, north = np.array(taken, dtype=float).reshape(-1, 4).T
    met = (left < east) & (west < right) & (bottom < north) & (south < top)
    return np.asarray(inside[:, 0] & ~met.any(axis=1))


Millimetres = TypeVar("Millimetres", float, "NDArray[np.float64]")
Ring = tuple[Point, ...]
LEADING, RISE, DROP, CAP = 1.08, 0.72, 0.22, 0.66
NOTE_LEADING = 1.25
"""Shares of the type size: leading, height above the baseline, depth below it, and cap height."""
ANCHORS = {"left": 0.0, "centre": 0.5, "right": 1.0}
"""The share of a text's width that is at the left of its point."""


@dataclass(frozen=True)
class Shape:
    """Closed rings to fill or, for the two kinds of border, open lines."""

    role: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Dot:
    """The dot that marks a town or an office; `on_mark` if it lies on the electorate."""

    x_mm: float
    y_mm: float
    radius_mm: float
    on_mark: bool
    kind: str = "town"


@dataclass(frozen=True)
class Label:
    """Lines of text on a map.

    `x_mm` and `y_mm` are a point on the first baseline. `anchor` says which part of the text is at that point: left,
    centre or right. `note` is a smaller line below them, and `crosses` says that the electorate's outline runs under
    them. `leader` is the line to them from their dot, if they aren't beside it.
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
    note: str = ""
    note_pt: float = 0.0
    crosses: bool = False
    leader: Segment | None = None

    @property
    def name(self) -> str:
        """Return the lines as one text: a line that ends in a hyphen goes on without a space."""
        return " ".join(self.lines).replace("- ", "-")

    @property
    def below_mm(self) -> float:
        """Return the distance from the first baseline to the last, which is the note's if there is a note."""
        return (len(self.lines) - 1) * self.leading_mm + (self.note_pt * MM_PER_PT * NOTE_LEADING if self.note else 0.0)

    @property
    def leading_mm(self) -> float:
        """Return the distance from one baseline to the next."""
        return self.size_pt * MM_PER_PT * LEADING

    @property
    def box(self) -> Box:
        """Return the box that the label covers."""
        return self.covered(self.x_mm, self.y_mm, ANCHORS[self.anchor])

    def covered(
        self, x_mm: Millimetres, y_mm: Millimetres, share: Millimetres
    ) -> tuple[Millimetres, Millimetres, Millimetres, Millimetres]:
        """Return the sides of the label's box at a point, with a share of its width to the left of the point."""
        em, left = self.size_pt * MM_PER_PT, x_mm - self.width_mm * share
        return left, y_mm - self.below_mm - DROP * em, left + self.width_mm, y_mm + RISE * em


@dataclass(frozen=True)
class Bar:
    """A scale bar: its left end, its length, and the distance that it shows."""

    x_mm: float
    y_mm: float
    long_mm: float
    km: float


@dataclass(frozen=True)
class Frame:
    """One view (`state`, `nation` or the style of an electorate's map), drawn within its box."""

    role: str
    box: Box
    mm_per_km: float
    shapes: tuple[Shape, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    bar: Bar | None = None

    def rings(self, role: str) -> tuple[Ring, ...]:
        """Return all rings or lines of one role."""
        return tuple(ring for shape in self.shapes if shape.role == role for ring in shape.rings)


@dataclass(frozen=True)
class Told:
    """The facts in an electorate's map, to be said in words: its area, its neighbours, and its places by importance.

    `office` is the place of its office, if that is named, and `left_out` the number of islands that it leaves out.
    """

    area_km2: float
    borders: tuple[str, ...]
    places: tuple[str, ...]
    office: str = ""
    left_out: int = 0


@dataclass(frozen=True)
class Map:
    """A map of one size, in a style."""

    width_mm: float
    height_mm: float
    frames: tuple[Frame, ...]
    style: str
    told: Told | None = None
