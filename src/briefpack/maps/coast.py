"""Round the coast of a map, drop land and water too thin to print, and draw the lines that make the sea a surface."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely

from briefpack.maps import projection
from briefpack.maps.frames import Box, Shape, clipped, grown
from briefpack.maps.projection import rings

if TYPE_CHECKING:
    from briefpack.maps.atlas import Shapes
    from briefpack.maps.frames import Ring
    from briefpack.maps.sheet import Sheet


AREA = 3
"""The type of an area in shapely."""
GRID_MM = 0.001
"""The distance between two points below which they are one."""

SEGMENTS, SMOOTH_MM = 4, 0.03
"""How many segments round a quarter of a corner has, and how far the coast may move when it is simplified."""
WATER = 1.5
"""How much wider than land water must be to print: a river broken into ponds is worse than none."""
LEAST_POND = 25.0
"""The least area of water that land surrounds, in squares of the radius of its corners: less reads as a crumb."""
LEAST_ISLAND_MM2, ISLAND = 1.0, 0.5
"""The area of the smallest island, and the radius of the corners of a small one, as a share of the usual one."""
LEAST_MM2, TOUCHING_MM = 0.0005, 0.05
"""The least area of filled water that is given to an electorate, and how near they have to be."""
INNER = 0.9
"""The share of a gap that is surely within it, however the lines around it are rounded."""
ROUNDS, REACH = 5, 5.0
"""The steps in which electorates on banks of filled water grow until they meet, and how far, in corner radii."""


def rounded(drawn: Shapes, ground: shapely.Geometry, radius_mm: float) -> tuple[Shapes, shapely.Geometry]:
    """Return electorates and their ground with corners of at least a radius where they meet the sea.

    Land narrower than twice the radius goes, and so do narrow water, small ponds and specks of islands; filled water
    is given to the nearest electorate. Borders on land stay as they are.
    """
    # Thin land goes first, so that the wider closing leaves no foot of it.
    land = _closed(shapely.union_all(_thick(_closed(ground, radius_mm), radius_mm)), WATER * radius_mm)
    parts = [_filled(part, LEAST_POND * radius_mm**2) for part in shapely.get_parts(land)]
    coast = _coast(shapely.multipolygons(parts), radius_mm)
    whole = _with_water(drawn, shapely.difference(coast, ground), REACH * radius_mm)
    kept = shapely.intersection(whole, coast, grid_size=GRID_MM)
    return np.array([_without_crumbs(_areas(shape)) for shape in kept]), coast


def _coast(land: shapely.Geometry, radius_mm: float) -> shapely.Geometry:
    """Return land without its thin parts and specks."""
    opened, *islands = _thick(land, radius_mm)
    small = _opened(np.array(islands), ISLAND * radius_mm)
    found = shapely.get_parts([shapely.simplify(opened, SMOOTH_MM), *small])
    return shapely.union_all(found[shapely.area(found) >= LEAST_ISLAND_MM2], grid_size=GRID_MM)


def _thick(land: shapely.Geometry, radius_mm: float) -> list[shapely.Geometry]:
    """Return land without its thin parts, followed by each island that is thin throughout, unchanged."""
    opened, parts = _opened(land, radius_mm), shapely.get_parts(land)
    return [opened, *parts[~shapely.intersects(opened, parts)]]


def _filled(part: shapely.Polygon, least_mm2: float) -> shapely.Polygon:
    """Return land without its small ponds."""
    holes = shapely.get_rings(part)[1:]
    return shapely.polygons(part.exterior, holes[shapely.area(shapely.polygons(holes)) >= least_mm2])


def _areas(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape without the lines, the points and the slivers that an intersection leaves."""
    parts = shapely.get_parts(shape)
    return shapely.multipolygons(parts[(shapely.get_type_id(parts) == AREA) & (shapely.area(parts) >= LEAST_MM2)])


def _without_crumbs(shape: shapely.Geometry) -> shapely.Geometry:
    """Return an electorate without crumbs: parts left over from its thin land, too small to be seen as its own."""
    parts = shapely.get_parts(shape)
    sizes = shapely.area(parts)
    return shapely.multipolygons(parts[sizes >= min(LEAST_ISLAND_MM2 / 2, sizes.max(initial=0.0))])


def _offset(shape: shapely.Geometry, by_mm: float) -> shapely.Geometry:
    return shapely.buffer(shape, by_mm, quad_segs=SEGMENTS)


def _closed(shape: shapely.Geometry, radius_mm: float) -> shapely.Geometry:
    return _offset(_offset(shape, radius_mm), -radius_mm)


def _opened(shape: shapely.Geometry, radius_mm: float) -> shapely.Geometry:
    return _offset(_offset(shape, -radius_mm), radius_mm)


def _with_water(drawn: Shapes, water: shapely.Geometry, reach_mm: float) -> Shapes:
    """Return the electorates with the filled water that is nearest to each."""
    pieces = shapely.get_parts(water)
    pieces = pieces[shapely.area(pieces) >= LEAST_MM2]
    tree, added = shapely.STRtree(drawn), [[shape] for shape in drawn]
    nears = shapely.buffer(pieces, TOUCHING_MM)
    found, banks = tree.query(nears, predicate="intersects")
    for nth, near in enumerate(nears):
        owners = banks[found == nth]
        for owner, share in zip(owners, _shares(near, drawn[owners], reach_mm), strict=True):
            added[owner].append(share)
    # A piece is a little larger than its water, so that it joins the land; its owner keeps off all others.
    return np.array([_joined(nth, shapes, drawn, tree) for nth, shapes in enumerate(added)])


def _shares(piece: shapely.Geometry, banks: Shapes, reach_mm: float) -> Sequence[shapely.Geometry]:
    """Return the part of a piece of water that is nearest to each of its banks: they grow until they meet."""
    if len(banks) == 1:
        return [piece]
    # Only what is within reach grows into the water, and a bank may be a coast of thousands of points.
    banks = _near(banks, piece, reach_mm)
    left, shares = piece, [[shapely.Polygon()] for _ in banks]
    for step, (share, bank) in itertools.product(range(1, ROUNDS + 1), zip(shares, banks, strict=True)):
        if not left.is_empty:
            taken = _areas(shapely.intersection(left, _offset(bank, reach_mm * step / ROUNDS)))
            left = _areas(shapely.difference(left, taken))
            share.append(taken)
    return [shapely.union_all(share) for share in shares]


def _joined(nth: int, shapes: list[shapely.Geometry], drawn: Shapes, tree: shapely.STRtree) -> shapely.Geometry:
    if len(shapes) == 1:
        return shapes[0]
    water = shapely.union_all(shapes[1:])
    others = [other for other in tree.query(water, predicate="intersects") if other != nth]
    near = _near(drawn[others], water, TOUCHING_MM)
    return shapely.union_all([shapes[0], _areas(shapely.difference(water, shapely.union_all(near)))])


def _near(shapes: Shapes, piece: shapely.Geometry, reach_mm: float) -> Shapes:
    """Return the parts of shapes in the box around a piece, which is larger by the reach on each side."""
    west, south, east, north = shapely.bounds(piece)
    return clipped(shapes, (west - reach_mm, south - reach_mm, east + reach_mm, north + reach_mm))


def dissolved(drawn: Shapes, groups: Sequence[object]) -> Shapes:
    """Merge the shapes of each group, so that no borders are left within it."""
    kinds = np.array(groups)
    return np.array([shapely.union_all(drawn[kinds == kind]) for kind in dict.fromkeys(groups)])


def borders(drawn: Shapes, coast: shapely.Geometry) -> shapely.Geometry:
    """Return the lines between shapes, without the lines along their coast."""
    return shapely.difference(shapely.union_all(shapely.boundary(drawn)), coast)


def along_coast(land: shapely.Geometry, gap_mm: float = TOUCHING_MM) -> shapely.Geometry:
    """Return the strip on both sides of a coast, so that borders end just short of it."""
    return _offset(shapely.boundary(_closed(land, gap_mm)), gap_mm)


def apart(lines: shapely.Geometry, others: shapely.Geometry, gap_mm: float = TOUCHING_MM) -> shapely.Geometry:
    """Return the parts of lines that are as far as a gap from other lines."""
    # The others are in as many pieces as they have points. Round each, which is slow, only where the lines end at it.
    far = shapely.difference(lines, shapely.buffer(shapely.line_merge(others), INNER * gap_mm))
    pieces = shapely.get_parts(others)
    shapely.prepare(far)
    met = pieces[shapely.dwithin(far, pieces, 2 * gap_mm)]
    return shapely.difference(far, shapely.buffer(shapely.multilinestrings(met), gap_mm))


COARSE_MM, OFFSET_SMOOTH_MM = 0.2, 0.1
"""The tolerances in mm to which the coast is simplified before it is offset, and each offset after that."""
LEAST_LINE_MM = 4.0
"""The length below which a waterline is left out: it would read as a mark."""
LEAST_RINGED_MM2 = 2.0
"""The area of the smallest island that has waterlines of its own."""
CLEAR_OF_TYPE_MM = 0.6


def waterlines(sheet: Sheet, distances_mm: tuple[float, ...]) -> Iterator[Shape]:
    """Yield the waterlines around a sheet's land, and around land beyond its edges."""
    if distances_mm:
        land = without_islets(shapely.union_all([*sheet.land.drawn.values()]))
        for shape in offsets(land, distances_mm, sheet.box):
            kept = _clear_of(shape.rings, sheet.lettered)
            if kept:
                yield Shape(shape.role, kept)


def without_islets(land: shapely.Geometry) -> shapely.Geometry:
    """Return land without its smallest islands, round which lines would be a target with nothing in it."""
    parts = shapely.get_parts(land)
    return shapely.union_all(parts[shapely.area(parts) >= LEAST_RINGED_MM2])


def _clear_of(lines: Sequence[Ring], boxes: Sequence[Box]) -> tuple[Ring, ...]:
    if not boxes:
        return tuple(lines)
    type_ = shapely.union_all([shapely.box(*grown(box, CLEAR_OF_TYPE_MM)) for box in boxes])
    return _long(shapely.difference(shapely.multilinestrings([*map(shapely.linestrings, lines)]), type_))


def offsets(coast: shapely.Geometry, distances_mm: tuple[float, ...], box: Box) -> Iterator[Shape]:
    """Yield a shape for each distance: the lines in the sea at that distance from the nearest coast."""
    # Each line is an offset of the one before, which has fewer points than the coast.
    offset, gone = shapely.simplify(coast, COARSE_MM), 0.0
    for nth, distance in enumerate(distances_mm, 1):
        offset = shapely.simplify(shapely.buffer(offset, distance - gone, quad_segs=SEGMENTS), OFFSET_SMOOTH_MM)
        gone, found = distance, _long(shapely.line_merge(clipped(shapely.boundary(offset), box)))
        if found:
            yield Shape(f"water-{nth}", found)


def rims(sheet: Sheet, distances_mm: tuple[float, ...]) -> Iterator[Shape]:
    """Yield a shape for each distance: the part of the electorate at least so far inside its outline."""
    for nth, distance in enumerate(distances_mm, 1):
        inner = shapely.simplify(shapely.buffer(sheet.own_shape, -distance, quad_segs=SEGMENTS), OFFSET_SMOOTH_MM)
        found = rings(inner, sheet.box, 2 * distance)
        if found:
            yield Shape(f"rim-{nth}", found)


def _long(lines: shapely.Geometry) -> tuple[Ring, ...]:
    parts = shapely.get_parts(lines)
    return tuple(line for line in projection.rounded(parts[shapely.length(parts) >= LEAST_LINE_MM]) if len(line) > 1)
