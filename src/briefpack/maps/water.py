"""Draw the lines that make a sea a surface, and the shading inside an electorate's outline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import shapely

from briefpack.maps.boxes import Box, clipped, grown
from briefpack.maps.frames import Shape
from briefpack.maps.projection import rings, rounded

if TYPE_CHECKING:
    from briefpack.maps.frames import Ring
    from briefpack.maps.sheet import Sheet

COARSE_MM, SMOOTH_MM = 0.2, 0.1
"""How far the coast that is offset may be from the true one, and each offset from its own."""
LEAST_LINE_MM = 4.0
"""The length below which a waterline is left out: it would read as a mark."""
LEAST_ISLAND_MM2 = 2.0
"""The area of the smallest island that has waterlines of its own."""
CLEAR_OF_TYPE_MM = 0.6
SEGMENTS = 4
"""How many segments round a quarter of a corner has."""


def lines(sheet: Sheet, distances_mm: tuple[float, ...]) -> Iterator[Shape]:
    """Yield the waterlines of a sheet's land, with those of land beyond its edges."""
    if distances_mm:
        land = without_islets(shapely.union_all([*sheet.land.drawn.values()]))
        for shape in offsets(land, distances_mm, sheet.box):
            kept = _clear_of(shape.rings, sheet.lettered)
            if kept:
                yield Shape(shape.role, kept)


def without_islets(land: shapely.Geometry) -> shapely.Geometry:
    """Return land without its smallest islands, round which lines would be a target with nothing in it."""
    parts = shapely.get_parts(land)
    return shapely.union_all(parts[shapely.area(parts) >= LEAST_ISLAND_MM2])


def _clear_of(lines: Sequence[Ring], boxes: Sequence[Box]) -> tuple[Ring, ...]:
    """Return the parts of lines that don't run behind type."""
    if not boxes:
        return tuple(lines)
    type_ = shapely.union_all([shapely.box(*grown(box, CLEAR_OF_TYPE_MM)) for box in boxes])
    return _long(shapely.difference(shapely.multilinestrings([*map(shapely.linestrings, lines)]), type_))


def offsets(coast: shapely.Geometry, distances_mm: tuple[float, ...], box: Box) -> Iterator[Shape]:
    """Yield a shape for each distance: the lines in the sea that are as far as that from any coast."""
    # Each line is an offset of the one before, which has fewer points than the coast.
    offset, gone = shapely.simplify(coast, COARSE_MM), 0.0
    for nth, distance in enumerate(distances_mm, 1):
        offset = shapely.simplify(shapely.buffer(offset, distance - gone, quad_segs=SEGMENTS), SMOOTH_MM)
        gone, found = distance, _within(shapely.boundary(offset), box)
        if found:
            yield Shape(f"water-{nth}", found)


def rims(sheet: Sheet, distances_mm: tuple[float, ...]) -> Iterator[Shape]:
    """Yield a shape for each distance: the part of the electorate that is as far as that within its outline."""
    for nth, distance in enumerate(distances_mm, 1):
        inner = shapely.simplify(shapely.buffer(sheet.own_shape, -distance, quad_segs=SEGMENTS), SMOOTH_MM)
        found = rings(inner, sheet.box, 2 * distance)
        if found:
            yield Shape(f"rim-{nth}", found)


def _within(boundary: shapely.Geometry, box: Box) -> tuple[Ring, ...]:
    return _long(shapely.line_merge(clipped(boundary, box)))


def _long(lines: shapely.Geometry) -> tuple[Ring, ...]:
    parts = shapely.get_parts(lines)
    return tuple(line for line in rounded(parts[shapely.length(parts) >= LEAST_LINE_MM]) if len(line) > 1)
