"""Draw the lines that make a sea a surface, and the shading inside an electorate's outline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely
import shapely.ops

from briefpack.maps.boxes import Box, grown
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
FAR_MM = 1000.0
FADE_MM, DASH_MM, LEAST_DASH = 8.0, 1.6, 0.15
"""The height within which waterlines fade, how long their dashes are at first, and the share of that below which there is none."""
SEGMENTS = 4
"""How many segments round a quarter of a corner has."""


def lines(sheet: Sheet, distances_mm: tuple[float, ...]) -> Iterator[Shape]:
    """Yield the waterlines of a sheet's land.

    Below a plain band they fade out, and those of land that the band hides aren't drawn: a straight cut would be a coast of its own.
    """
    if distances_mm:
        land = without_islets(shapely.union_all([*sheet.land.drawn.values()]))
        if sheet.below_band:
            land = shapely.intersection(land, shapely.box(*grown(sheet.box, FAR_MM)[:3], sheet.box[3]))
        for shape in offsets(land, distances_mm, sheet.box):
            kept = _clear_of(shape.rings, sheet.lettered)
            kept = faded(kept, sheet.box[3]) if sheet.below_band else kept
            if kept:
                yield Shape(shape.role, kept)


def faded(lines: Sequence[Ring], top_mm: float) -> tuple[Ring, ...]:
    """Return lines that break into ever shorter dashes towards a height."""
    if not lines:
        return ()
    whole = shapely.multilinestrings([*map(shapely.linestrings, lines)])
    left, bottom, right, _ = whole.bounds
    zone = (left - 1, top_mm - FADE_MM, right + 1, top_mm)
    solid = shapely.clip_by_rect(whole, left - 1, min(bottom, zone[1]) - 1, right + 1, zone[1])
    dashes = [dash for line in shapely.get_parts(shapely.clip_by_rect(whole, *zone)) for dash in _dashes(line, top_mm)]
    return tuple(line for line in rounded(np.array([*shapely.get_parts(solid), *dashes])) if len(line) > 1)


def _dashes(line: shapely.LineString, top_mm: float) -> Iterator[shapely.LineString]:
    """Yield the dashes of a line, each as long as is left of the way to a height."""
    for start in np.arange(0.0, line.length, DASH_MM).tolist():
        left = (top_mm - line.interpolate(start).y) / FADE_MM
        if left > LEAST_DASH:
            yield shapely.ops.substring(line, start, min(start + DASH_MM * left, line.length))


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
    return _long(shapely.line_merge(shapely.clip_by_rect(boundary, *box)))


def _long(lines: shapely.Geometry) -> tuple[Ring, ...]:
    parts = shapely.get_parts(lines)
    return tuple(line for line in rounded(parts[shapely.length(parts) >= LEAST_LINE_MM]) if len(line) > 1)
