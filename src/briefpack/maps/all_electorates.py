"""Lay out the electorates of a whole nation: by their shapes, with the cities enlarged, or as one hexagon each."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from briefpack.maps import frames, insets, land
from briefpack.maps.atlas import Atlas
from briefpack.maps.frames import Box, Point, Ring, clipped, grown, middle
from briefpack.maps.projection import DECIMALS, LEAST_ISLAND_MM, Projection, rings, rounded_box

if TYPE_CHECKING:
    from briefpack.electorates import Town
    from briefpack.maps.atlas import Shapes

SMALL_MM = 3.0
"""An electorate smaller than this can't be seen on the map of the nation."""
CITY_MM = 4.4
"""The size that the median of the small electorates has where a city is enlarged."""
NEAR_KM = 45.0
COARSE_MM = 0.3
LEAST_LOOK_MM = 1.6
STEP_MM = 0.75
REACH_MM = 30.0
NEAREST = 500
APART_MM = 0.6
CLEAR_MM = 2.0
"""How much nearer a state's name should be to its own electorates than to any other's."""
HEX_HEIGHT = math.sqrt(3) / 2
"""The distance between two rows of hexagons, in widths of a hexagon."""


@dataclass(frozen=True, eq=False)
class View:
    """Electorates in a box, by slug, with the borders between them, the borders between states, and the coast.

    The view of a city has its name, and its place on the view of the nation.
    """

    box: Box
    areas: Mapping[str, tuple[Ring, ...]]
    borders: tuple[Ring, ...]
    state_borders: tuple[Ring, ...]
    coast: tuple[Ring, ...]
    name: str = ""
    looks_at: Box | None = None
    projection: Projection | None = None

    def spot(self, slug: str) -> Point | None:
        """Return a point well inside an electorate's largest part in view; None if it isn't in view."""
        parts = [shapely.Polygon(ring) for ring in self.areas.get(slug, ())]
        if not parts:
            return None
        found = shapely.maximum_inscribed_circle(max(parts, key=shapely.area))
        x, y = shapely.get_coordinates(found)[0].tolist()
        return round(x, DECIMALS), round(y, DECIMALS)

    def across_mm(self, slug: str) -> float:
        """Return how wide or tall an electorate is, whichever is more; 0 if it isn't in view."""
        points = np.array([point for ring in self.areas.get(slug, ()) for point in ring]).reshape(-1, 2)
        return float(np.ptp(points, axis=0).max()) if len(points) else 0.0

    def free(self, spot: Point, size_mm: Point, taken: Sequence[Box]) -> Box | None:
        """Return the box of a size that is nearest to a spot and covers neither land nor anything taken.

        A line from it to the spot crosses nothing taken.
        """
        found, point = self._free((*spot, *spot), size_mm, taken), shapely.Point(spot)
        crossed = shapely.union_all([shapely.box(*box) for box in taken])
        found = found[~shapely.intersects(crossed, shapely.shortest_line(found, point))]
        return rounded_box(found[int(np.argmin(shapely.distance(found, point)))].bounds) if len(found) else None

    def beside(self, slugs: Collection[str], size_mm: Point, taken: Sequence[Box]) -> Box | None:
        """Return the free box nearest to some electorates, if there is one that is nearer to them than to any other."""
        around = frames.around(shapely.bounds(self._land([slug])).tolist() for slug in slugs)
        found = self._free(around, size_mm, taken)
        own, others = (self._land([slug for slug in self.areas if (slug in slugs) == mine]) for mine in (True, False))
        away = shapely.distance(found, own)
        order = np.argsort(away, kind="stable")[:NEAREST]
        room = shapely.distance(found[order], others) - away[order]
        for least in (CLEAR_MM, 0.0):
            if (near := np.flatnonzero(room > least)).size:
                return rounded_box(found[order[near[0]]].bounds)
        return None

    def _free(self, near: Box, size_mm: Point, taken: Sequence[Box]) -> Shapes:
        """Return the boxes around a box that have a size and cover nothing; the search of all of them would be slow."""
        (wide, tall), margin, reach = size_mm, APART_MM, REACH_MM + max(size_mm)
        left, bottom = (max(low, side - reach) for low, side in zip(self.box[:2], near[:2], strict=True))
        right, top = (min(high, side + reach) for high, side in zip(self.box[2:], near[2:], strict=True))
        xs, ys = np.meshgrid(np.arange(left, right - wide, STEP_MM), np.arange(bottom, top - tall, STEP_MM))
        found = shapely.box(xs.ravel(), ys.ravel(), xs.ravel() + wide, ys.ravel() + tall)
        filled = shapely.buffer(shapely.union_all([self._whole, *(shapely.box(*box) for box in taken)]), margin)
        shapely.prepare(filled)
        return found[~shapely.intersects(filled, found)]

    @functools.cached_property
    def _whole(self) -> shapely.Geometry:
        return self._land(self.areas)

    def _land(self, slugs: Collection[str]) -> shapely.Geometry:
        return shapely.union_all([shapely.Polygon(ring).buffer(0) for slug in slugs for ring in self.areas[slug]])


@dataclass(frozen=True, eq=False)
class Nation:
    """The electorates of a nation, with the data that their maps are made from; shapes are read when they are needed.

    `hexes` are the places of the hexagons, in axial coordinates with the point at the top; `states` are the names of
    the states by their codes.
    """

    read: Callable[[], Atlas]
    towns: Sequence[Town]
    hexes: Mapping[str, tuple[int, int]]
    states: Mapping[str, str]

    def whole(self, box: Box) -> View:
        """Return the view of all electorates that fills a box, without distant islands."""
        atlas = self.read()
        projection = insets.filling(insets.nation(atlas), box)
        return _view(atlas, atlas.in_focus(frozenset(range(len(atlas.areas)))), projection, box)

    def cities(self, whole: View, places: Sequence[Box], named: Collection[str]) -> tuple[View, ...]:
        """Return views of the cities with the most small electorates, at one scale, cities with a named one first."""
        atlas = self.read()
        assert whole.projection is not None  # noqa: S101 -- a view of shapes has one
        size = {n: land.size_mm(atlas, n, whole.projection) for n in range(len(atlas.areas))}
        small = {n: middle(area.focus) for n, area in enumerate(atlas.areas) if size[n] < SMALL_MM}
        if not small or not places:
            return ()
        # At the edge of a city, the middle of a large electorate may be far from it.
        scale = whole.projection.mm_per_km * max(CITY_MM / float(np.median([size[n] for n in small])), 2.0)
        capitals = [town for town in atlas.turned(self.towns) if town.rank == 1]
        found = [(town.name, _near(small, insets.spot(town))) for town in capitals]
        slugs = {n: atlas.areas[n].slug for n in small}
        ranked = sorted(found, key=lambda city: (not any(slugs[n] in named for n in city[1]), -len(city[1]), city[0]))
        chosen = sorted((city for city in ranked[: len(places)] if city[1]), key=lambda city: (-len(city[1]), city[0]))
        return tuple(
            _city(atlas, name, _middle([small[n] for n in near]), scale, box, whole)
            for (name, near), box in zip(chosen, places, strict=False)
        )

    def hexagons(self, box: Box) -> View:
        """Return the view that has a hexagon for each electorate, in the middle of a box."""
        centres = {slug: (q + r / 2, -r * HEX_HEIGHT) for slug, (q, r) in self.hexes.items()}
        xs, ys = (sorted(side) for side in zip(*centres.values(), strict=True))
        left, bottom, right, top = box
        wide, tall = xs[-1] - xs[0] + 1, ys[-1] - ys[0] + 2 / math.sqrt(3)
        mm = min((right - left) / wide, (top - bottom) / tall)
        x0, y0 = (left + right) / 2 - mm * (xs[0] + xs[-1]) / 2, (bottom + top) / 2 - mm * (ys[0] + ys[-1]) / 2
        return View(
            box, {slug: (_hexagon((x0 + x * mm, y0 + y * mm), mm),) for slug, (x, y) in centres.items()}, (), (), ()
        )

    def state_edges(self, view: View, states: Mapping[str, str]) -> tuple[Ring, ...]:
        """Return the sides of hexagons that lie between two states, or at the edge; `states` are the codes by slug."""
        sides: dict[frozenset[Point], list[str]] = {}
        for slug, (ring, *_) in view.areas.items():
            for one, other in zip(ring, (*ring[1:], ring[0]), strict=True):
                sides.setdefault(frozenset((_snapped(one), _snapped(other))), []).append(states[slug])
        return tuple(tuple(ends) for ends, beside in sides.items() if len(beside) == 1 or len({*beside}) > 1)


def _hexagon(centre: Point, width_mm: float) -> Ring:
    radius = width_mm / math.sqrt(3)
    turns = (math.radians(30 + 60 * corner) for corner in range(6))
    return tuple(
        (round(centre[0] + radius * math.cos(turn), DECIMALS), round(centre[1] + radius * math.sin(turn), DECIMALS))
        for turn in turns
    )


def _near(small: Mapping[int, Point], capital: Point) -> list[int]:
    spots = Projection(*capital, 1.0).mm(small.values())
    return [n for n, spot in zip(small, spots, strict=True) if math.hypot(*spot) <= NEAR_KM]


def _middle(points: Sequence[Point]) -> Point:
    x, y = np.mean(np.array(points), axis=0).tolist()
    return x, y


def _city(atlas: Atlas, name: str, centre: Point, scale: float, box: Box, whole: View) -> View:
    view = Projection(*centre, scale, *middle(box))
    seen = view.view(grown(box, 1.0))
    shapes = clipped(atlas.shapes, seen)
    assert whole.projection is not None  # noqa: S101 -- as above
    x, y = whole.projection.mm([centre])[0]
    part = whole.projection.mm_per_km / scale / 2
    half = [max((high - low) * part, LEAST_LOOK_MM / 2) for low, high in zip(box[:2], box[2:], strict=True)]
    looks_at = rounded_box((x - half[0], y - half[1], x + half[0], y + half[1]))
    return replace(_view(atlas, shapes, view, box), name=name, looks_at=looks_at)


def _view(atlas: Atlas, shapes: Shapes, projection: Projection, box: Box) -> View:
    """Return the view of the electorates' shapes, in the order of the atlas, leaving out empty shapes."""
    members = np.flatnonzero(~shapely.is_empty(shapes))
    drawn = shapely.coverage_simplify(projection.drawn(shapes[members]), COARSE_MM)
    borders, state_borders = land.borders(drawn, [atlas.areas[member].state for member in members], box)
    # A small electorate prints as a speck rather than not at all.
    areas = {atlas.areas[n].slug: _rings(shape, box) for n, shape in zip(members, drawn, strict=True)}
    coast = rings(shapely.union_all(drawn), box, LEAST_ISLAND_MM)
    return View(box, areas, borders, state_borders, coast, projection=projection)


def _rings(shape: shapely.Geometry, box: Box) -> tuple[Ring, ...]:
    return rings(shape, box, LEAST_ISLAND_MM) or rings(shape, box, 0.0)


def _snapped(point: Point) -> Point:
    """Return a corner, rounded so that all hexagons that meet there have the same one."""
    return round(point[0], 1), round(point[1], 1)
