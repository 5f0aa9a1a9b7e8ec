"""Place a state on its map, and an inset for an electorate too small to see there."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from briefpack.maps.atlas import Atlas
from briefpack.maps.frames import Box, Point, Segment, around, away, grown, middle, nearest
from briefpack.maps.projection import DEGREE_KM, Projection, rounded_box, rounded_point

if TYPE_CHECKING:
    from briefpack.electorates import Town
    from briefpack.maps.atlas import Shapes

# An electorate is large enough to see if it is this far across, in millimetres and as a share of its map.
LEAST_ACROSS_MM, LEAST_ACROSS = 9.2, 0.11
LEAST_LOCATOR_MM = 2.0
EDGE_MM = 0.3
INSET_FILL = 0.78
INSET_ASPECTS = (0.78, 1.0, 1.28)
SMALL_MM = 70.0
WANTED_INSET = 0.48
"""The square root of the share of the map's area that an inset should take."""
LEADER, PANEL_LEADER = 1.6, 1.3
"""The cost of a leader as long as the box's width and height together; less on a panel, where the state is small."""
GUARD_MM = 0.8
DOT_CLEAR_MM, DOT_COST = 1.5, 0.08
"""The distance a leader keeps from a capital (the dot's radius plus 0.8 mm), and the cost of running closer."""


@dataclass(frozen=True, eq=False)
class Silhouette:
    """A state in kilometres about its centre: its electorates or states, points from west to east, and its box."""

    centre: Point
    shapes: Shapes
    points: tuple[Point, ...]
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


@dataclass(frozen=True)
class Arrangement:
    """The position of a state and its inset, if any; a higher score is better."""

    projection: Projection
    inset: Box | None
    score: float = 0.0


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
    outline = shapely.coverage_union_all(projected)
    size_km = max(focus[2] - focus[0], focus[3] - focus[1]) * DEGREE_KM
    edge = shapely.segmentize(shapely.boundary(shapely.simplify(outline, size_km / 140)), size_km / 40)
    points = sorted((x, y) for x, y in shapely.get_coordinates(edge).tolist())
    return Silhouette(centre, projected, tuple(points), outline.bounds)


def plan(atlas: Atlas, towns: Iterable[Town], place: int, width_mm: float, height_mm: float) -> Arrangement:
    """Return the best plan for an electorate: the state alone if that shows it, otherwise with the best inset."""
    area, size = atlas.areas[place], (width_mm, height_mm)
    whole = alone(state(atlas, area.state), width_mm, height_mm)
    left, bottom, right, top = _extent(atlas, place, whole.projection)
    least = max(LEAST_ACROSS_MM, LEAST_ACROSS * math.sqrt(width_mm * height_mm))
    if math.sqrt((right - left) * (top - bottom)) >= least:
        return whole
    shape = (right - left) / (top - bottom)
    aspect = min(INSET_ASPECTS, key=lambda known: abs(math.log(known / shape)))
    focus = middle(area.focus)
    capital = next((spot(town) for town in towns if town.state.code == area.state and town.rank == 1), focus)
    spots = Projection(*state(atlas, area.state).centre, 1.0).mm([focus, capital])
    cost = (PANEL_LEADER if min(size) < SMALL_MM else LEADER) / sum(size)
    best, value = whole, -math.inf
    for plan in _with_insets(state(atlas, area.state), width_mm, height_mm, aspect):
        if plan.score <= value:
            # The plans come best first, and a cost only lowers a score.
            break
        best, value = max((best, value), (plan, plan.score - _cost(plan, spots, cost)), key=lambda pair: pair[1])
    return best


def spot(town: Town) -> Point:
    """Return a town's longitude and latitude."""
    return town.longitude, town.latitude


def alone(state: Silhouette, width_mm: float, height_mm: float) -> Arrangement:
    """Return the plan of a state without an inset, in the middle of its box."""
    scale = _scale(state, width_mm, height_mm)
    left, bottom, right, top = (edge * scale for edge in state.box)
    spare_x, spare_y = width_mm - (right - left), height_mm - (top - bottom)
    return Arrangement(state.placed(scale, spare_x / 2, spare_y / 2), None)


def filling(silhouette: Silhouette, box: Box) -> Projection:
    """Return the projection that puts a silhouette in the middle of a box, as large as it fits."""
    left, bottom, right, top = box
    found = alone(silhouette, right - left, top - bottom).projection
    return replace(found, x_mm=found.x_mm + left, y_mm=found.y_mm + bottom)


def _scale(state: Silhouette, width_mm: float, height_mm: float) -> float:
    left, bottom, right, top = state.box
    return min((width_mm - 2 * EDGE_MM) / (right - left), (height_mm - 2 * EDGE_MM) / (top - bottom))


@functools.lru_cache(maxsize=64)
def _with_insets(state: Silhouette, width_mm: float, height_mm: float, aspect: float) -> tuple[Arrangement, ...]:
    """Return every plan with an inset, best first: the state at full size down to half, against each edge of the box.

    There is none if the box is too small for two views.
    """
    plans: list[Arrangement] = []
    for twentieths in range(20, 9, -1):
        scale = _scale(state, width_mm, height_mm) * twentieths / 20
        spare_x = width_mm - (state.box[2] - state.box[0]) * scale
        spare_y = height_mm - (state.box[3] - state.box[1]) * scale
        for at_right in (False, True):
            for share in (0.0, 0.5, 1.0):
                left = spare_x - EDGE_MM if at_right else EDGE_MM
                projection = state.placed(scale, left, EDGE_MM + share * (spare_y - 2 * EDGE_MM))
                plans += _insets(state, projection, (width_mm, height_mm), aspect, at_right, twentieths / 20)
    return tuple(sorted(plans, key=lambda plan: -plan.score))


def _insets(
    state: Silhouette, projection: Projection, size: Point, aspect: float, at_right: bool, part: float
) -> Iterator[Arrangement]:
    """Yield the largest inset in each corner, and at the middle of the side that the state leaves free."""
    width, height = size
    gap = 1.0 + 0.015 * (width + height) / 2
    scale, x, y = projection.mm_per_km, projection.x_mm, projection.y_mm
    edge = state.points if at_right else state.points[::-1]

    def points() -> Iterator[Point]:
        return ((x + a * scale if at_right else width - x - a * scale, y + b * scale) for a, b in edge)

    limit = 1.08 * WANTED_INSET * math.sqrt(width * height / aspect)
    for centre, to_edge in (
        (height, ((a, height - b) for a, b in points())),
        (0.0, points()),
        (height / 2, ((a, 2 * abs(b - height / 2)) for a, b in points())),
    ):
        tall = min(limit, room(to_edge, aspect) - gap)
        wide = tall * aspect
        if tall < 2 * LEAST_ACROSS_MM / 1.5:
            continue
        bottom = min(max(centre - tall / 2, EDGE_MM), height - EDGE_MM - tall)
        left = EDGE_MM if at_right else width - EDGE_MM - wide
        share = min(1.0, math.sqrt(tall * wide / (width * height)) / WANTED_INSET)
        yield Arrangement(projection, (left, bottom, left + wide, bottom + tall), math.log(part) + math.log(share))


def room(to_edge: Iterable[Point], aspect: float) -> float:
    """Return the height of the largest empty box in a corner; points must come in order of distance across."""
    height = math.inf
    for across, up in to_edge:
        if across / aspect >= height:
            break
        height = min(height, max(across / aspect, up))
    return height


def _cost(plan: Arrangement, spots_km: Iterable[Point], cost_a_mm: float) -> float:
    """Return the cost of a plan: the length of its leader, and anything that crowds the capital or crosses its dot."""
    scale, x_mm, y_mm = plan.projection.mm_per_km, plan.projection.x_mm, plan.projection.y_mm
    spot, capital = ((x_mm + scale * east, y_mm + scale * north) for east, north in spots_km)
    inset = plan.inset or (*spot, *spot)
    end = nearest(inset, spot)
    met = math.dist(capital, spot) > LEAST_LOCATOR_MM and _away(capital, (spot, end)) < DOT_CLEAR_MM
    return cost_a_mm * math.dist(spot, end) + 0.4 * (away(inset, capital) < 2.5) + DOT_COST * met


def _away(point: Point, line: Segment) -> float:
    (a, b), ((x, y), (u, v)) = point, line
    across, up = u - x, v - y
    long = across * across + up * up
    part = min(max(((a - x) * across + (b - y) * up) / long, 0.0), 1.0) if long else 0.0
    return math.hypot(x + part * across - a, y + part * up - b)


def _extent(atlas: Atlas, place: int, projection: Projection) -> Box:
    """Return the box of an electorate's parts in its focus, in millimetres."""
    return around(shapely.bounds(projection.drawn(atlas.parts_in_focus(place))).tolist())


def view(atlas: Atlas, place: int, box: Box) -> Projection:
    """Return the projection that centres an electorate in a box, with some room around it."""
    return fitted(atlas, place, box, INSET_FILL)


def fitted(atlas: Atlas, place: int, box: Box, fill: float = 1.0, spots: Iterable[Point] = ()) -> Projection:
    """Return the projection that centres an electorate, and some spots in degrees, and fills a share of a box."""
    centre = middle(atlas.areas[place].focus)
    large = Projection(*centre, 10.0)
    sides = around([_extent(atlas, place, large), *((x, y, x, y) for x, y in large.mm(spots))])
    left, bottom, right, top = (side / 10 for side in sides)
    scale = fill * min((box[2] - box[0]) / (right - left), (box[3] - box[1]) / (top - bottom))
    x, y = middle(box)
    return Projection(*centre, scale, x - (left + right) / 2 * scale, y - (bottom + top) / 2 * scale)


def looks_at(view: Projection, inset: Box, projection: Projection, box: Box) -> Box:
    """Return the inset's view on the state's frame, never too small to see."""
    x, y = projection.mm([(view.longitude, view.latitude)])[0]
    part = projection.mm_per_km / view.mm_per_km
    (inset_x, inset_y) = middle(inset)
    x, y = x + (inset_x - view.x_mm) * part, y + (inset_y - view.y_mm) * part
    half = [max((high - low) * part, LEAST_LOCATOR_MM) / 2 for low, high in zip(inset[:2], inset[2:], strict=True)]
    left, right = max(x - half[0], box[0]), min(x + half[0], box[2])
    bottom, top = max(y - half[1], box[1]), min(y + half[1], box[3])
    return rounded_box((left, bottom, right, top))


def leader(looks_at: Box, inset: Box) -> Segment:
    """Return the line to an inset from the outline of its view, on the way from the view's middle."""
    start = middle(looks_at)
    end = nearest(inset, start)
    reach = max(abs(end[0] - start[0]) / (looks_at[2] - start[0]), abs(end[1] - start[1]) / (looks_at[3] - start[1]))
    part = 1 / max(reach, 1)
    edge = start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
    return rounded_point(edge), rounded_point(end)


def along(line: Segment) -> Iterator[Box]:
    """Yield the boxes along a leader that labels keep off."""
    (x, y), (u, v) = line
    parts = math.ceil(math.hypot(u - x, v - y) / 0.8) or 1
    for part in range(parts + 1):
        a, b = x + (u - x) * part / parts, y + (v - y) * part / parts
        yield grown((a, b, a, b), GUARD_MM)
