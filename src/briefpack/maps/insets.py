"""Place a state, the nation or an electorate in the box of its map."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely

from briefpack.maps.atlas import Atlas
from briefpack.maps.frames import Box, Point, around, middle
from briefpack.maps.projection import Projection

if TYPE_CHECKING:
    from briefpack.electorates import Town
    from briefpack.maps.atlas import Shapes

EDGE_MM = 0.3


@dataclass(frozen=True, eq=False)
class Silhouette:
    """A state in kilometres about its centre: its electorates or states, and its box."""

    centre: Point
    shapes: Shapes
    box: Box
    levels: dict[int, Shapes] = field(default_factory=dict)

    def coarse(self, tolerance_km: float) -> Shapes:
        """Return the shapes with less detail, but with more than a tolerance leaves."""
        level = math.floor(math.log2(tolerance_km))
        if level not in self.levels:
            self.levels[level] = shapely.coverage_simplify(self.shapes, 2.0**level)
        return self.levels[level]

    def placed(self, mm_per_km: float, left_mm: float, bottom_mm: float) -> Projection:
        """Return the projection that puts the lower left corner at a point of the box."""
        x, y = left_mm - self.box[0] * mm_per_km, bottom_mm - self.box[1] * mm_per_km
        return Projection(*self.centre, mm_per_km, x, y)


@functools.lru_cache(maxsize=64)
def state(atlas: Atlas, code: str) -> Silhouette:
    """Return the silhouette of a state."""
    return _silhouette(atlas, atlas.members[code], atlas.in_focus(atlas.members[code]))


@functools.lru_cache(maxsize=4)
def nation(atlas: Atlas) -> Silhouette:
    """Return the silhouette of the nation, which has the shapes of its states in the order of their codes."""
    everyone = frozenset(range(len(atlas.areas)))
    shapes = atlas.in_focus(everyone)
    states = [shapely.coverage_union_all(shapes[sorted(atlas.members[code])]) for code in sorted(atlas.members)]
    return _silhouette(atlas, everyone, np.array(states))


def _silhouette(atlas: Atlas, members: frozenset[int], shapes: Shapes) -> Silhouette:
    focus = atlas.focus(members)
    centre = middle(focus)
    projected = Projection(*centre, 1.0).drawn(shapes)
    return Silhouette(centre, projected, shapely.coverage_union_all(projected).bounds)


def spot(town: Town) -> Point:
    """Return a town's longitude and latitude."""
    return town.longitude, town.latitude


def filling(silhouette: Silhouette, box: Box) -> Projection:
    """Return the projection that puts a silhouette in the middle of a box, as large as it fits."""
    left, bottom, right, top = silhouette.box
    wide, tall = box[2] - box[0], box[3] - box[1]
    scale = min((wide - 2 * EDGE_MM) / (right - left), (tall - 2 * EDGE_MM) / (top - bottom))
    spare_x, spare_y = wide - (right - left) * scale, tall - (top - bottom) * scale
    return silhouette.placed(scale, box[0] + spare_x / 2, box[1] + spare_y / 2)


def _extent(atlas: Atlas, place: int, projection: Projection) -> Box:
    """Return the box of an electorate's parts in its focus, in millimetres."""
    return around(shapely.bounds(projection.drawn(atlas.parts_in_focus(place))).tolist())


def fitted(atlas: Atlas, place: int, box: Box, spots: Iterable[Point] = ()) -> Projection:
    """Return the projection that centres an electorate, and some spots in degrees, and fills a box."""
    centre = middle(atlas.areas[place].focus)
    large = Projection(*centre, 10.0)
    sides = around([_extent(atlas, place, large), *((x, y, x, y) for x, y in large.mm(spots))])
    left, bottom, right, top = (side / 10 for side in sides)
    scale = min((box[2] - box[0]) / (right - left), (box[3] - box[1]) / (top - bottom))
    x, y = middle(box)
    return Projection(*centre, scale, x - (left + right) / 2 * scale, y - (bottom + top) / 2 * scale)
