"""Compare, grow and measure boxes, whose sides are parallel to the axes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Boxes = NDArray[np.float64]

Point = tuple[float, float]
Line = tuple[Point, Point]
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
