"""Project shapes and towns onto a map, and simplify shapes to the detail that shows at its printed size."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from briefpack.maps.frames import Box, Point, clipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from briefpack.maps.atlas import Shapes
    from briefpack.maps.frames import Ring

    Points = NDArray[np.float64]

EARTH_KM = 6371.007
DEGREE_KM = EARTH_KM * math.pi / 180
LEAST_ISLAND_MM = 0.6
# A press can't print anything thinner than this. An electorate that small is marked with a square.
FLAT_MM = 0.1
DECIMALS = 2
LEAST_BEND_MM2 = 0.15
"""The triangle that a point must add to a line to be visible."""
POINTS, POINTS_A_MM = 100, 1.5
"""How many visible points a frame has room for: a fixed number, and more for each millimetre of width and height."""
COARSER = 1.05
"""The least factor by which the tolerance grows until a frame has room for all points."""


@dataclass(frozen=True)
class Projection:
    """Lambert's azimuthal equal-area projection about a centre, which falls on a given point of the box."""

    longitude: float
    latitude: float
    mm_per_km: float
    x_mm: float = 0.0
    y_mm: float = 0.0

    def mm(self, points: Iterable[Point]) -> list[Point]:
        """Project longitudes and latitudes."""
        return [(x, y) for x, y in self._project(np.array([*points], dtype=float).reshape(-1, 2)).tolist()]

    def drawn(self, shapes: Shapes) -> Shapes:
        """Project shapes."""
        return shapely.transform(shapes, self._project)

    def placed(self, shapes_km: Shapes) -> Shapes:
        """Place shapes that are in kilometres about the centre."""
        return shapely.transform(shapes_km, lambda points: points * self.mm_per_km + (self.x_mm, self.y_mm))

    def _project(self, points: Points) -> Points:
        longitude, latitude = np.radians(self.longitude), np.radians(self.latitude)
        east, north = np.radians(points[:, 0]) - longitude, np.radians(points[:, 1])
        sin, cos, toward = np.sin(north), np.cos(north), np.cos(north) * np.cos(east)
        up = np.cos(latitude) * sin - np.sin(latitude) * toward
        scale = np.sqrt(2 / (1 + np.sin(latitude) * sin + np.cos(latitude) * toward)) * EARTH_KM * self.mm_per_km
        return np.column_stack([self.x_mm + scale * cos * np.sin(east), self.y_mm + scale * up])

    def step(self, mm: float) -> Point:
        """Convert a length to degrees of longitude and of latitude, near the centre."""
        degrees = mm / self.mm_per_km / DEGREE_KM
        return degrees / math.cos(math.radians(self.latitude)), degrees

    def view(self, box: Box) -> Box:
        """Return the longitudes and latitudes that cover a box in millimetres, with a small margin."""
        across = max(box[2] - self.x_mm, self.x_mm - box[0]) * 1.1
        up = max(box[3] - self.y_mm, self.y_mm - box[1]) * 1.1
        east, north = self.step(across)[0], self.step(up)[1]
        return (self.longitude - east, self.latitude - north, self.longitude + east, self.latitude + north)


def simplified(
    shapes: Shapes,
    box: Box,
    shown: NDArray[np.bool_],
    most: float | None = None,
    finest_mm2: float = LEAST_BEND_MM2,
) -> Shapes:
    """Simplify shapes and their shared borders to one tolerance: all detail that shows and that a frame can hold.

    `shown` is true for each shape whose borders print, and `most` is how many points the frame holds, if it isn't the
    usual number for its size. `finest_mm2` is the triangle that a point must add to be kept.
    """
    most = most or POINTS + POINTS_A_MM * (box[2] - box[0] + box[3] - box[1])
    tolerance = math.sqrt(finest_mm2)
    found = shapely.coverage_simplify(shapes, tolerance)
    while (excess := _points(found[shown]) / most) > 1:
        tolerance *= max(excess**0.75, COARSER)
        found = shapely.coverage_simplify(found, tolerance)
    return found


def _points(shapes: Shapes) -> int:
    """Return how many points shapes have that print larger than specks; a point on a shared border counts once."""
    parts = shapely.get_parts(shapes)
    left, bottom, right, top = shapely.bounds(parts).T
    points = shapely.get_coordinates(parts[np.maximum(right - left, top - bottom) >= LEAST_ISLAND_MM])
    # Numbers sort much faster than points. Two points as far from a line of this slope are one.
    return len(np.unique(points[:, 0] + points[:, 1] * math.pi))


def rings(shape: shapely.Geometry, box: Box, least_mm: float) -> tuple[Ring, ...]:
    """Return a shape's rings within a box, without islands and slivers too small to print."""
    found = shapely.get_rings(shapely.orient_polygons(shapely.get_parts(clipped(shape, box))))
    left, bottom, right, top = shapely.bounds(found).T
    wide, tall = right - left, top - bottom
    kept = found[(np.maximum(wide, tall) >= least_mm) & (np.minimum(wide, tall) >= FLAT_MM)]
    return tuple(ring for ring in rounded(kept) if len(ring) > 3)


def lines(stretches: Points, box: Box) -> tuple[Ring, ...]:
    """Return the lines that stretches of border make within a box; a stretch is two points, or a line of its own."""
    merged = shapely.line_merge(shapely.multilinestrings(stretches))
    found = shapely.get_parts(clipped(merged, box))
    return tuple(line for line in rounded(found) if len(line) > 1)


def rounded_point(point: Point) -> Point:
    """Return a point as it is drawn."""
    return round(point[0], DECIMALS), round(point[1], DECIMALS)


def rounded_box(box: Box) -> Box:
    """Return a box as it is drawn."""
    return *rounded_point((box[0], box[1])), *rounded_point((box[2], box[3]))


def rounded(paths: Shapes) -> list[Ring]:
    """Return the points of rings or lines, rounded, without repeated ones."""
    points, owners = shapely.get_coordinates(paths, return_index=True)
    near = np.round(points, DECIMALS) + 0.0
    new = np.ones(len(near), bool)
    new[1:] = (near[1:] != near[:-1]).any(axis=1) | (owners[1:] != owners[:-1])
    found: list[list[Point]] = [[] for _ in paths]
    for owner, (x, y) in zip(owners[new].tolist(), near[new].tolist(), strict=True):
        found[owner].append((x, y))
    return list(map(tuple, found))
