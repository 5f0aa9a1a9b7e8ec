"""Show where an electorate lies without a word: in its state, or in the nation if it is much of its state."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import replace

import shapely

from briefpack.maps import insets, land
from briefpack.maps.atlas import Atlas
from briefpack.maps.boxes import Box, grown, middle, within
from briefpack.maps.frames import Dot, Frame, Map, Ring, Shape
from briefpack.maps.insets import Silhouette
from briefpack.maps.projection import LEAST_ISLAND_MM, Projection, rings, rounded_point

MOST_OF_STATE = 0.25
"""The share of its state above which an electorate is shown in the nation: in the state, it would say little."""
LEAST_SEEN_MM2, RING_MM, AROUND_MM = 4.5, 0.9, 2.1
"""The area below which an electorate is marked with a ring, the radius of the ring's dot, and the room that it needs."""
FINEST_MM2 = 0.04


def locator(atlas: Atlas, slug: str, width_mm: float, height_mm: float) -> Map:
    """Lay out the locator of an electorate: the state or nation as ground, the electorate as a shape or a ring."""
    place, box = atlas.places[slug], (0.0, 0.0, width_mm, height_mm)
    code = atlas.areas[place].state
    whole = _share(atlas, place, code) > MOST_OF_STATE and len(atlas.members) > 1
    silhouette = insets.nation(atlas) if whole else insets.state(atlas, code)
    projection = _inset(atlas, place, box, functools.partial(_at_right, silhouette))
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
    projection = _inset(atlas, place, box, functools.partial(_in_middle, insets.state(atlas, code)))
    [(_, ground)] = land.of_state(atlas, code, projection, box).grounds
    shapes, style = [Shape("ground", tuple(filter(_is_land, ground)))], "state-silhouette"
    return Map(width_mm, height_mm, (_marked(atlas, place, projection, box, shapes, style),), style=style)


def _is_land(ring: Ring) -> bool:
    """Return whether a ring is the outline of land, and not of a hole in it."""
    return bool(shapely.is_ccw(shapely.linearrings(ring)))


def _share(atlas: Atlas, place: int, code: str) -> float:
    """Return the share of its state's area that an electorate has."""
    areas = shapely.area(insets.state(atlas, code).shapes)
    return float(areas[sorted(atlas.members[code]).index(place)] / areas.sum())


def _inset(atlas: Atlas, place: int, box: Box, placed: Callable[[float, float], Projection]) -> Projection:
    """Return a projection that leaves room at the edges of its box for the ring of an electorate, if it needs one there."""
    wide, tall = box[2] - box[0], box[3] - box[1]
    whole = placed(wide, tall)
    spot = whole.mm([middle(atlas.areas[place].focus)])[0]
    if not _is_ringed(atlas, place, whole) or within(grown((*spot, *spot), AROUND_MM), box):
        return whole
    found = placed(wide - 2 * AROUND_MM, tall - 2 * AROUND_MM)
    return replace(found, x_mm=found.x_mm + AROUND_MM, y_mm=found.y_mm + AROUND_MM)


def _in_middle(silhouette: Silhouette, width_mm: float, height_mm: float) -> Projection:
    """Return the projection that puts a silhouette in the middle of its box."""
    return insets.alone(silhouette, width_mm, height_mm).projection


def _at_right(silhouette: Silhouette, width_mm: float, height_mm: float) -> Projection:
    """Return the projection that puts a silhouette against the right edge of its box."""
    projection = _in_middle(silhouette, width_mm, height_mm)
    right = silhouette.box[2] * projection.mm_per_km + projection.x_mm
    return replace(projection, x_mm=projection.x_mm + width_mm - insets.EDGE_MM - right)


def _is_ringed(atlas: Atlas, place: int, projection: Projection) -> bool:
    """Return whether an electorate is too small to be seen."""
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
