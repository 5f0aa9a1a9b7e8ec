"""Draw the land of a frame: its ground, its borders, and the shape of each electorate, which share their points."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from briefpack.maps import coast, insets
from briefpack.maps.atlas import Atlas, shared
from briefpack.maps.frames import Box, Ring, Shape, clipped, grown
from briefpack.maps.insets import Silhouette
from briefpack.maps.projection import DEGREE_KM, LEAST_BEND_MM2, LEAST_ISLAND_MM, Projection, lines, rings, simplified

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from briefpack.maps.atlas import Shapes

LEAST_BORDERED_MM = 2.2
FINE_MM2 = 0.01
"""The area of the triangle that a point must add to be kept in a coast that is to be rounded."""


@dataclass(frozen=True, eq=False)
class Land:
    """The land of a frame by state, its borders, and the shapes of its electorates by their index in the atlas."""

    grounds: tuple[tuple[str, tuple[Ring, ...]], ...]
    borders: tuple[Ring, ...]
    state_borders: tuple[Ring, ...]
    drawn: Mapping[int, shapely.Geometry]

    def shapes(self, own: tuple[Ring, ...]) -> tuple[Shape, ...]:
        """Return the shapes of a frame, from bottom to top."""
        shapes = (
            *(Shape("ground", rings) for _, rings in self.grounds),
            Shape("border", self.borders),
            Shape("state-border", self.state_borders),
            Shape("electorate", own),
        )
        return tuple(shape for shape in shapes if shape.rings)


@functools.lru_cache(maxsize=48)
def of_state(atlas: Atlas, code: str, projection: Projection, box: Box) -> Land:
    """Draw a state."""
    ours = sorted(atlas.members[code])
    large = _large(atlas, ours, projection)
    drawn = _simplified(insets.state(atlas, code), projection, box, large)
    stretches, sides = shared(drawn)
    borders = lines(stretches[large[sides].all(axis=1)], box)
    ground = rings(shapely.coverage_union_all(drawn), box, LEAST_ISLAND_MM)
    return Land(((code, ground),), borders, (), dict(zip(ours, drawn, strict=True)))


def of_nation(atlas: Atlas, projection: Projection, box: Box) -> Land:
    """Draw all states and the borders between them."""
    codes = sorted(atlas.members)
    drawn = _simplified(insets.nation(atlas), projection, box, np.ones(len(codes), bool))
    grounds = tuple((code, rings(shape, box, LEAST_ISLAND_MM)) for code, shape in zip(codes, drawn, strict=True))
    return Land(grounds, (), lines(shared(drawn)[0], box), {})


def of_inset(
    atlas: Atlas,
    view: Projection,
    box: Box,
    beyond_mm: float,
    most: float,
    rounded_mm: float,
    own: int,
) -> Land:
    """Draw all land in an inset, whichever state it belongs to, and a way beyond it.

    `most` is how many points it has, and `rounded_mm` the least radius of a corner of the coast. `own` is the
    electorate whose distant islands are left out if the inset would cut them.
    """
    seen = view.view(grown(box, beyond_mm))
    members = np.array(sorted(atlas.seen(seen)))
    whole = atlas.shapes[members]
    whole[members == own] = atlas.whole(own, view, box)
    shapes = clipped(whole, seen)
    members, shapes = members[~shapely.is_empty(shapes)], shapes[~shapely.is_empty(shapes)]
    large = _large(atlas, members.tolist(), view)
    states = [atlas.areas[member].state for member in members.tolist()]
    finest = FINE_MM2 if rounded_mm else LEAST_BEND_MM2
    found = simplified(view.drawn(shapes), box, large, most, finest)
    drawn = _valid(found)
    land = shapely.union_all(drawn)
    if rounded_mm:
        drawn, land = coast.rounded(drawn, land, rounded_mm)
        between = _rounded_borders(drawn, states, large, box)
    else:
        between = borders(found, states, box, large)
    ground = rings(land, box, LEAST_ISLAND_MM)
    return Land((("", ground),), *between, dict(zip(members.tolist(), drawn, strict=True)))


def _valid(shapes: Shapes) -> Shapes:
    """Return shapes that don't cross themselves.

    Clipping may move a point of a border by the last bit on one of its sides, which coverage_union_all would refuse,
    and so each side may be simplified for itself, across its own edge.
    """
    crossing = ~shapely.is_valid(shapes)
    mended = shapes.copy()
    mended[crossing] = shapely.buffer(shapes[crossing], 0)
    return mended


def borders(
    drawn: Shapes, states: Sequence[str], box: Box, large: NDArray[np.bool_] | None = None
) -> tuple[tuple[Ring, ...], tuple[Ring, ...]]:
    """Return the borders that shapes share, within states and between states; with `large`, only of large shapes."""
    stretches, sides = shared(drawn)
    if large is not None:
        printed = large[sides].all(axis=1)
        stretches, sides = stretches[printed], sides[printed]
    beside = np.array(states)[sides]
    same = beside[:, 0] == beside[:, 1]
    return lines(stretches[same], box), lines(stretches[~same], box)


def _rounded_borders(
    drawn: Shapes, states: Sequence[str], large: NDArray[np.bool_], box: Box
) -> tuple[tuple[Ring, ...], tuple[Ring, ...]]:
    """Return the same borders for shapes with a rounded coast, whose neighbours needn't share their points."""
    land, printed = shapely.union_all(drawn), drawn[large]
    along_coast = coast.along_coast(land)
    of_states = coast.borders(coast.dissolved(drawn, states) if len({*states}) > 1 else np.array([land]), along_coast)
    if not large.all():
        along_coast = coast.along_coast(shapely.union_all(printed))
    all_borders = coast.borders(printed, along_coast)
    if of_states.is_empty:
        return lines(shapely.get_parts(all_borders), box), ()
    between = coast.apart(all_borders, of_states)
    return lines(shapely.get_parts(between), box), lines(shapely.get_parts(of_states), box)


def _simplified(state: Silhouette, projection: Projection, box: Box, shown: NDArray[np.bool_]) -> Shapes:
    tolerance_km = math.sqrt(LEAST_BEND_MM2) / projection.mm_per_km
    return simplified(projection.placed(state.coarse(tolerance_km)), box, shown)


def _large(atlas: Atlas, members: Iterable[int], projection: Projection) -> NDArray[np.bool_]:
    return np.array([size_mm(atlas, member, projection) >= LEAST_BORDERED_MM for member in members])


def size_mm(atlas: Atlas, place: int, projection: Projection) -> float:
    """Estimate how far across an electorate is on a map."""
    west, south, east, north = atlas.areas[place].focus
    across = math.sqrt((east - west) * math.cos(math.radians((south + north) / 2)) * (north - south))
    return across * DEGREE_KM * projection.mm_per_km
