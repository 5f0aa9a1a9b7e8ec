"""Read the shapes of all electorates, which share their borders, in one piece even across the date line."""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import shapely.geometry

from briefpack.maps import frames
from briefpack.maps.frames import Box, meet

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from briefpack.electorates import Town
    from briefpack.maps.projection import Projection

    Shapes = NDArray[np.object_]
    Points = NDArray[np.float64]

HALF, ROUND = 180.0, 360.0
"""The degrees of longitude to the date line, and around the globe."""


@dataclass(frozen=True, eq=False)
class Area:
    """An electorate; `focus` is the box to draw, without its distant islands."""

    slug: str
    name: str
    state: str
    focus: Box


@dataclass(frozen=True, eq=False)
class Atlas:
    """All electorates with their shapes in degrees, each with its neighbours' points along the border they share.

    `members` lists each state's electorates by their index in `areas`. If the electorates lie on both sides of the
    date line, longitudes are counted from `begins`, and go above 180 beyond the date line.
    """

    areas: tuple[Area, ...]
    shapes: Shapes
    states: Mapping[str, str]
    places: Mapping[str, int]
    members: Mapping[str, frozenset[int]]
    begins: float

    def turned(self, towns: Sequence[Town]) -> Sequence[Town]:
        """Return the towns with their longitudes counted from the same seam as the areas."""
        if self.begins == -HALF:
            return towns
        return [replace(town, longitude=_longitude(town.longitude, self.begins)) for town in towns]

    def focus(self, members: Iterable[int]) -> Box:
        """Return the box around the focus boxes of some electorates."""
        return frames.around(self.areas[member].focus for member in members)

    def in_focus(self, members: frozenset[int]) -> Shapes:
        """Return electorates without the islands beyond their focus, which would shrink everything else."""
        shapes = self.shapes[sorted(members)]
        land = shapely.get_parts(shapely.coverage_union_all(shapes))
        near = land[reaching(land, self.focus(members))]
        if len(near) == len(land):
            return shapes
        parts, owners = shapely.get_parts(shapes, return_index=True)
        kept, _ = shapely.STRtree(near).query(shapely.point_on_surface(parts), "within")
        return np.array([shapely.multipolygons(parts[kept[owners[kept] == owner]]) for owner in range(len(shapes))])

    def whole(self, member: int, view: Projection, box: Box) -> shapely.Geometry:
        """Return an electorate without the islands beyond its focus that the edge of a box in millimetres would cut."""
        parts, kept = self._kept(member, view, box)
        return self.shapes[member] if kept.all() else shapely.multipolygons(parts[kept])

    def left_out(self, member: int, view: Projection, box: Box) -> Shapes:
        """Return the islands that such a map of an electorate leaves out."""
        parts, kept = self._kept(member, view, box)
        return parts[~kept]

    def _kept(self, member: int, view: Projection, box: Box) -> tuple[Shapes, NDArray[np.bool_]]:
        parts = shapely.get_parts(self.shapes[member])
        return parts, reaching(parts, self.areas[member].focus) | shapely.within(view.drawn(parts), shapely.box(*box))

    def parts_in_focus(self, place: int) -> Shapes:
        """Return the parts of an electorate that reach into its focus box. Raises ValueError if none does."""
        area, parts = self.areas[place], shapely.get_parts(self.shapes[place])
        found = parts[reaching(parts, area.focus)]
        if not len(found):
            raise ValueError(f"no part of the shape of “{area.slug}” is inside its focus_bbox")
        return found

    def seen(self, view: Box) -> frozenset[int]:
        """Return the indexes of the electorates that have a part in a view."""
        owners, sides = self._parts
        left, bottom, right, top = sides.T
        return frozenset(owners[(left < view[2]) & (view[0] < right) & (bottom < view[3]) & (view[1] < top)].tolist())

    @functools.cached_property
    def neighbours(self) -> Mapping[str, tuple[str, ...]]:
        """Return the electorates that share a border with each, by slug."""
        _, sides = shared(self.shapes)
        found = _grouped(
            pair for one, other in np.unique(sides, axis=0).tolist() for pair in ((one, other), (other, one))
        )
        slugs = [area.slug for area in self.areas]
        return {slug: tuple(slugs[near] for near in sorted(found.get(n, ()))) for n, slug in enumerate(slugs)}

    @functools.cached_property
    def _parts(self) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the electorate and the box of every part."""
        parts, owners = shapely.get_parts(self.shapes, return_index=True)
        return owners, shapely.bounds(parts)


def reaching(parts: Shapes, focus: Box) -> NDArray[np.bool_]:
    """Return whether each part reaches into a focus box, and doesn't just touch it."""
    overlap = [meet(box, focus) for box in shapely.bounds(parts).tolist()]
    return np.array(overlap) & shapely.intersects(parts, shapely.box(*focus))


def shared(shapes: Shapes) -> tuple[Points, NDArray[np.intp]]:
    """Return each stretch of border that two shapes share, as its two ends, and the indexes of the two shapes."""
    parts, owners = shapely.get_parts(shapes, return_index=True)
    edges, parents = shapely.get_rings(parts, return_index=True)
    points, lines = shapely.get_coordinates(edges, return_index=True)
    along = lines[1:] == lines[:-1]
    ends = np.stack([points[:-1][along], points[1:][along]], axis=1)
    sides = owners[parents[lines[1:][along]]]
    # Both sides list the same two points, in opposite order, so sorting by both points puts them next to each other.
    codes = np.sort(ends @ (1, 1j), axis=1)
    order = np.lexsort(codes.T)
    same = np.flatnonzero((codes[order][1:] == codes[order][:-1]).all(axis=1))
    return ends[order[same]], np.stack([sides[order[same]], sides[order[same + 1]]], axis=1)


def read(boundaries_json: bytes, states: Mapping[str, str]) -> Atlas:
    """Read electorates from GeoJSON whose neighbours share the points of their border; `states` maps codes to names."""
    features = json.loads(boundaries_json, object_hook=_shaped)["features"]
    shapes = np.array([feature["geometry"] for feature in features])
    focuses = [feature["properties"]["focus_bbox"] for feature in features]
    begins = _seam(focuses, shapes)
    areas = tuple(_area(feature["properties"], begins) for feature in features)
    return Atlas(
        areas=areas,
        shapes=_turned(shapes, begins) if begins > -HALF else shapes,
        states=states,
        places={area.slug: place for place, area in enumerate(areas)},
        members=_grouped((area.state, place) for place, area in enumerate(areas)),
        begins=begins,
    )


def _shaped(held: dict[str, Any]) -> object:
    """Replace each geometry with its shape as the JSON is parsed, so only one is ever whole in memory."""
    if held.get("type") not in ("Polygon", "MultiPolygon"):
        return held
    return shapely.force_2d(shapely.geometry.shape(held))


def _seam(focuses: Sequence[Box], shapes: Shapes) -> float:
    """Return the longitude to count from: the middle of the widest gap, if areas lie on both sides of the date line."""
    if not focuses or not _crosses(focuses):
        return -HALF
    parts = shapely.bounds(shapely.get_parts(shapes))[:, [0, 2]].tolist()
    for west, _, east, _ in focuses:
        parts += [[west, east]] if west <= east else [[west, HALF], [-HALF, east]]
    parts.sort()
    ends = list(itertools.accumulate((east for _, east in parts), max))
    gaps = ((west - end, (end + west) / 2) for end, (west, _) in zip(ends, parts[1:], strict=False))
    gap, middle = max(gaps, default=(0.0, 0.0))
    return middle if gap > parts[0][0] + ROUND - ends[-1] else -HALF


def _crosses(focuses: Sequence[Box]) -> bool:
    """Return whether boxes lie on both sides of the date line; a box that crosses it has its west beyond its east."""
    wests, easts = [west for west, *_ in focuses], [east for _, _, east, _ in focuses]
    return any(west > east for west, east in zip(wests, easts, strict=True)) or max(easts) - min(wests) > HALF


def _turned(shapes: Shapes, begins: float) -> Shapes:
    """Count longitudes from a seam, and join the parts of each electorate that the date line cuts."""

    def turn(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = points.T
        x = np.where(x == -HALF, HALF, x)
        return np.column_stack([np.where(x < begins, x + ROUND, x), y])

    turned = shapely.transform(shapes, turn)
    return np.array([shapely.coverage_union_all(shapely.get_parts(shape)) for shape in turned])


def _area(properties: Mapping[str, Any], begins: float) -> Area:
    name, (west, south, east, north) = properties["name"].replace("'", "’"), properties["focus_bbox"]
    focus = _longitude(west, begins), south, _longitude(east, begins), north
    return Area(properties["slug"], name, properties["state"], focus)


def _longitude(degrees: float, begins: float) -> float:
    """Return a longitude counted from a seam: it exceeds 180 beyond the date line."""
    return degrees + ROUND if degrees < begins else degrees


def _grouped(pairs: Iterable[tuple[Any, int]]) -> dict[Any, frozenset[int]]:
    found: dict[Any, set[int]] = {}
    for key, place in pairs:
        found.setdefault(key, set()).add(place)
    return {key: frozenset(places) for key, places in found.items()}
