"""Lay out an electorate's location in its state or nation, and the nation."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from briefpack.maps import coast, insets, land
from briefpack.maps.atlas import Atlas
from briefpack.maps.electorate import WATERS_MM, Setting
from briefpack.maps.frames import Box, Dot, Frame, Map, Ring, Shape, grown, middle, within
from briefpack.maps.insets import Silhouette, spot
from briefpack.maps.labels import name_capitals
from briefpack.maps.projection import LEAST_ISLAND_MM, Projection, rings, rounded_point
from briefpack.maps.sheet import Measure, Sheet, estimate, frame

if TYPE_CHECKING:
    from briefpack.electorates import Town


NAMES_MM = 8.0
"""The sea that is left east of the nation for the names of capitals."""


def nation(atlas: Atlas, towns: Sequence[Town], width_mm: float, height_mm: float, measure: Measure = estimate) -> Map:
    """Draw all states with their capitals."""
    box, towns = (0.0, 0.0, width_mm, height_mm), atlas.turned(towns)
    projection = insets.filling(insets.nation(atlas), (0.0, 0.0, width_mm - NAMES_MM, height_mm))
    sheet = Sheet(box, projection, measure, land.of_nation(atlas, projection, box))
    name_capitals(sheet, _tightest([town for town in towns if town.rank == 1], projection))
    return Map(width_mm, height_mm, (frame("nation", sheet),), style="nation")


def _tightest(towns: Sequence[Town], projection: Projection) -> list[Town]:
    """Return the towns with the nearest neighbours first: they have the least room for their names."""
    spots = dict(zip(towns, projection.mm(map(spot, towns)), strict=True))
    room = {town: sorted(math.dist(spots[town], spot) for spot in spots.values())[:2] for town in towns}
    return sorted(towns, key=lambda town: room[town])


MOST_OF_STATE = 0.25
"""The share of its state above which an electorate is shown in the nation: in the state, it would say little."""
LEAST_SEEN_MM2, RING_MM, AROUND_MM = 4.5, 0.9, 2.1
"""The area below which a ring marks an electorate, the radius of the ring's dot, and the room that it needs."""
FINEST_MM2 = 0.04


def locator(atlas: Atlas, slug: str, width_mm: float, height_mm: float) -> Map:
    """Lay out the locator of an electorate: the state or nation as ground, the electorate as a shape or a ring."""
    place, box = atlas.places[slug], (0.0, 0.0, width_mm, height_mm)
    code = atlas.areas[place].state
    whole = _share(atlas, place, code) > MOST_OF_STATE and len(atlas.members) > 1
    silhouette = insets.nation(atlas) if whole else insets.state(atlas, code)
    projection = _with_room(atlas, place, box, functools.partial(_at_right, silhouette))
    ground = land.of_nation(atlas, projection, box) if whole else land.of_state(atlas, code, projection, box)
    # A hole in a state is another state, which would read as a lake.
    grounds = [(state, tuple(filter(_is_land, found))) for state, found in ground.grounds]
    shapes = [Shape("ground", found) for _, found in grounds]
    shapes += [Shape("own-state", found) for state, found in grounds if state == code]
    shapes.append(Shape("state-border", ground.state_borders))
    return Map(width_mm, height_mm, (_marked(atlas, place, projection, box, shapes, "locator"),), style="locator")


def in_state(atlas: Atlas, slug: str, width_mm: float, height_mm: float) -> Map:
    """Lay out the state of an electorate alone, with the electorate as a shape or a ring."""
    place, box = atlas.places[slug], (0.0, 0.0, width_mm, height_mm)
    code = atlas.areas[place].state
    projection = _with_room(atlas, place, box, functools.partial(insets.filling, insets.state(atlas, code)))
    [(_, ground)] = land.of_state(atlas, code, projection, box).grounds
    shapes = [Shape("ground", tuple(filter(_is_land, ground)))]
    return Map(width_mm, height_mm, (_marked(atlas, place, projection, box, shapes, "state"),), style="state")


def _is_land(ring: Ring) -> bool:
    """Return whether a ring is the outline of land, and not of a hole in it."""
    return bool(shapely.is_ccw(shapely.linearrings(ring)))


def _share(atlas: Atlas, place: int, code: str) -> float:
    areas = shapely.area(insets.state(atlas, code).shapes)
    return float(areas[sorted(atlas.members[code]).index(place)] / areas.sum())


def _with_room(atlas: Atlas, place: int, box: Box, placed: Callable[[Box], Projection]) -> Projection:
    """Return a projection with room at the edges of its box for an electorate's ring, if it needs one there."""
    whole = placed(box)
    spot = whole.mm([middle(atlas.areas[place].focus)])[0]
    if not _is_ringed(atlas, place, whole) or within(grown((*spot, *spot), AROUND_MM), box):
        return whole
    return placed(grown(box, -AROUND_MM))


def _at_right(silhouette: Silhouette, box: Box) -> Projection:
    """Return the projection that puts a silhouette against the right edge of its box."""
    projection = insets.filling(silhouette, box)
    right = silhouette.box[2] * projection.mm_per_km + projection.x_mm
    return replace(projection, x_mm=projection.x_mm + box[2] - insets.EDGE_MM - right)


def _is_ringed(atlas: Atlas, place: int, projection: Projection) -> bool:
    return bool(shapely.area(projection.drawn(atlas.shapes[[place]]))[0] < LEAST_SEEN_MM2)


def _marked(atlas: Atlas, place: int, projection: Projection, box: Box, shapes: list[Shape], role: str) -> Frame:
    """Return the frame with the electorate in it, and a ring around an electorate too small to see."""
    drawn = shapely.simplify(projection.drawn(atlas.shapes[[place]]), math.sqrt(FINEST_MM2))[0]
    shapes.append(Shape("electorate", rings(drawn, box, LEAST_ISLAND_MM)))
    dots = []
    if _is_ringed(atlas, place, projection):
        spot = rounded_point(projection.mm([middle(atlas.areas[place].focus)])[0])
        dots.append(Dot(*spot, RING_MM, on_mark=True, kind="ring"))
    filled = tuple(shape for shape in shapes if shape.rings)
    return Frame(role, box, projection.mm_per_km, filled, tuple(dots), ())


COARSE_MM = 0.25


def national(atlas: Atlas, setting: Setting) -> Map:
    """Lay out the nation in the room that the setting leaves free, with waterlines if its style has them."""
    box = (0.0, 0.0, setting.width_mm, setting.height_mm)
    left, bottom, right, top = setting.margins_mm
    room = (left, bottom, box[2] - right, box[3] - top)
    projection = insets.filling(insets.nation(atlas), room)
    shapes = tuple(shape for shape in _shapes(atlas, projection, box, setting) if shape.rings)
    frame = Frame(setting.style, box, projection.mm_per_km, shapes, (), ())
    return Map(setting.width_mm, setting.height_mm, (frame,), style=f"national-{setting.style}")


def _shapes(atlas: Atlas, projection: Projection, box: Box, setting: Setting) -> Iterator[Shape]:
    everyone = frozenset(range(len(atlas.areas)))
    drawn = shapely.coverage_simplify(projection.drawn(atlas.in_focus(everyone)), COARSE_MM)
    borders, state_borders = land.borders(drawn, [area.state for area in atlas.areas], box)
    ground = shapely.coverage_union_all(drawn)
    yield from coast.offsets(ground, WATERS_MM if setting.style == "cover" else (), box)
    yield Shape("ground", rings(ground, box, LEAST_ISLAND_MM))
    if setting.style == "cover":
        yield Shape("border", borders)
    yield Shape("state-border", state_borders)
