"""Keep track of the room on a frame while its labels are placed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely

from briefpack.geometry import MM_PER_PT
from briefpack.maps.frames import Box, Dot, Frame, Label, Point, Ring, all_grown, clipped, grown, meet, middle, within
from briefpack.maps.projection import DECIMALS, Projection, rounded_box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from briefpack.maps.atlas import Shapes
    from briefpack.maps.frames import Boxes
    from briefpack.maps.land import Land

Measure = Callable[[str, float, int], float]
"""A function that returns the width in millimetres of a text, at a size in points and a weight."""
GRID_MM = 0.01
"""The distance below which two points of the ground are one."""
TOUCHING_MM = 1e-6
"""How far a line runs into a box that it only touches."""
OFF_MARK_MM = 0.15
"""How far the name of a neighbour keeps from the electorate's edge."""


def estimate(text: str, size_pt: float, weight: int) -> float:
    """Estimate the width of a text without a font; the result is seldom too small."""
    ems = sum(0.9 if letter in "mwMW" else 0.66 if letter.isupper() else 0.56 for letter in text)
    return ems * size_pt * MM_PER_PT * (1.0 if weight < 600 else 1.06)


class Sheet:
    """A frame while its labels are being placed: the obstacles, and the room already taken."""

    def __init__(
        self,
        box: Box,
        projection: Projection,
        measure: Measure,
        land: Land,
        own: tuple[Ring, ...] = (),
        own_shape: shapely.Geometry | None = None,
    ) -> None:
        self.box, self.projection, self.measure = box, projection, measure
        self.land, self.own = land, own
        self.own_shape = own_shape
        self.mark = _areas(own)
        self.edges = shapely.multilinestrings(shapely.get_exterior_ring(self.mark))
        shapely.prepare(self.edges)
        shapely.prepare(self.mark)
        self.bounds: Box | None = self.edges.bounds if own else None
        self.taken: list[Box] = []
        self.dots: list[Dot] = []
        self.labels: list[Label] = []
        self.title: Box | None = None

    @functools.cached_property
    def ground(self) -> tuple[Shapes, NDArray[np.int_]]:
        """Return the rings of all land as areas, and 1 for land or -1 for a hole."""
        areas = _areas([ring for _, rings in self.land.grounds for ring in rings])
        return areas, np.where(shapely.is_ccw(shapely.get_exterior_ring(areas)), 1, -1)

    @functools.cached_property
    def others(self) -> shapely.Geometry:
        """Return the ground of all other electorates."""
        others = [shape for shape in self.land.drawn.values() if shape is not self.own_shape]
        # Without a grid, slivers remain at borders.
        near = clipped(np.array(others, dtype=object), grown(self.box, 1.0))
        whole = shapely.union_all(near, grid_size=GRID_MM)
        shapely.prepare(whole)
        return whole

    def on_others(self, box: Box) -> float:
        """Return the share of a box that is on other electorates' ground."""
        shape = shapely.box(*box)
        if not shapely.intersects(self.others, shape):
            return 0.0
        return float(shapely.area(shapely.intersection(self.others, shape)) / shapely.area(shape))

    def shares_on_others(self, boxes: Boxes) -> NDArray[np.float64]:
        """Return the share of each of some boxes that is on other electorates' ground."""
        shapes = shapely.box(*boxes.T)
        shares = shapely.covers(self.others, shapes).astype(float)
        partly = shapely.intersects(self.others, shapes) & (shares == 0)
        if partly.any():
            # An intersection looks at every point of the ground, most of which is far away.
            near = clipped(self.others, grown(shapely.total_bounds(shapes[partly]).tolist(), 1.0))
            met = [clipped(near, box) for box in boxes[partly].tolist()]
            shares[partly] = shapely.area(met) / shapely.area(shapes[partly])
        return shares

    def across(self, boxes: Boxes) -> NDArray[np.bool_]:
        """Return which boxes the electorate's outline runs under, and doesn't just touch."""
        return np.asarray(shapely.intersects(self.edges, shapely.box(*all_grown(boxes, -TOUCHING_MM).T)))

    def under(self, boxes: Boxes) -> NDArray[np.float64]:
        """Return how much of the electorate's outline runs under each of some boxes, in millimetres."""
        return _lengths(self.edges, boxes)

    def outline_beyond(self, at: Point, reach_mm: float) -> shapely.Geometry:
        """Return the electorate's outline without the part around a spot."""
        return shapely.difference(self._outline, shapely.Point(at).buffer(reach_mm))

    @functools.cached_property
    def _outline(self) -> shapely.Geometry:
        return shapely.union_all(self.edges)

    @functools.cached_property
    def _borders(self) -> shapely.Geometry:
        """Return all lines of the ground: the borders between electorates, the own outline and the coast."""
        coast = [ring for _, rings in self.land.grounds for ring in rings]
        lines = [*self.land.borders, *self.land.state_borders, *coast]
        whole = shapely.union_all([*map(shapely.LineString, lines), *shapely.get_parts(self.edges)])
        shapely.prepare(whole)
        return whole

    def bordered(self, boxes: Boxes) -> NDArray[np.float64]:
        """Return how much of any border or coast runs under each of some boxes, in millimetres."""
        return _lengths(self._borders, boxes)

    def keep_off(self, *boxes: Box) -> None:
        """Keep labels off these boxes."""
        self.taken += boxes

    def free(self, box: Box) -> bool:
        """Return whether a box is within the frame and clear of everything placed so far."""
        return within(box, grown(self.box, -0.2)) and not any(meet(box, taken) for taken in self.taken)

    @property
    def lettered(self) -> list[Box]:
        """Return the boxes of all type: the labels and, on a cover, the title."""
        return [*(label.box for label in self.labels), *([self.title] if self.title else [])]

    def is_off(self, box: Box) -> bool:
        """Return whether a box is clear of the electorate."""
        if self.bounds is None or not meet(box, self.bounds):
            return True
        return not shapely.intersects(self.edges, shapely.box(*box)) and not self.on_mark(middle(box))

    def on_mark(self, point: Point) -> bool:
        """Return whether a point lies on the electorate; a hole in it is a ring within a ring."""
        return bool(self.all_on_mark(np.array([point]))[0])

    def all_on_mark(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which of some points lie on the electorate."""
        inside = shapely.contains_xy(self.mark[:, None], *points.T)
        return np.asarray(inside.sum(axis=0) % 2 == 1)

    def near(self, box: Box) -> float:
        """Return the distance from a box to the electorate."""
        return float(shapely.distance(self.edges, shapely.box(*box)))

    def write(self, label: Label) -> None:
        """Add a label and reserve the room that it needs."""
        self.labels.append(label)
        self.keep_off(grown(label.box, 0.35))


def _lengths(lines: shapely.Geometry, boxes: Boxes) -> NDArray[np.float64]:
    met = np.flatnonzero(shapely.intersects(lines, shapely.box(*boxes.T)))
    found = np.zeros(len(boxes))
    found[met] = [shapely.length(clipped(lines, box)) for box in boxes[met].tolist()]
    return found


def _areas(rings: Sequence[Ring]) -> Shapes:
    points = np.array([point for ring in rings for point in ring]).reshape(-1, 2)
    owners = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    return shapely.polygons(shapely.linearrings(points, indices=owners))


def frame(role: str, sheet: Sheet) -> Frame:
    """Return a finished frame."""
    shapes, scale = sheet.land.shapes(sheet.own), sheet.projection.mm_per_km
    return Frame(role, rounded_box(sheet.box), scale, shapes, tuple(sheet.dots), tuple(sheet.labels))


def label(
    sheet: Sheet, lines: tuple[str, ...], at: Point, anchor: str, kind: str, size: float, weight: int, width: float
) -> Label | None:
    """Return a label at a point, if there is room for it off the electorate."""
    x, y = (round(part, DECIMALS) for part in at)
    found = Label(lines, x, y, anchor, kind, size, weight, round(width, DECIMALS))
    return found if sheet.free(found.box) and sheet.is_off(grown(found.box, OFF_MARK_MM)) else None
