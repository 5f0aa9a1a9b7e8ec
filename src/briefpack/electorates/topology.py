"""Check that the shapes of a GeoJSON file are areas on the globe that fit together.

Import it late: shapely takes as long to load as the rest of an electorate set.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import shapely

from briefpack.electorates.tables import LATITUDES, LONGITUDES

DEGREE_KM = 111.195
FURTHEST_OUTSIDE = 0.03
"""In degrees, some three kilometres: how far outside simplified boundaries a place at the coast may be."""
MOST_PAIRS = 12
"""The most pairs of misfits to report one by one; more than this have a common cause."""


@dataclass(frozen=True)
class Fault:
    """A fault in a shape; `place` is the shape's index in the file."""

    place: int
    message: str
    hint: str


def faults(geojson: bytes, slugs: Sequence[str]) -> list[Fault]:
    """Return the faults of the shapes in a file. Every feature must be an area; `slugs` are theirs, in order."""
    try:
        shapes = list(shapely.get_parts(shapely.from_geojson(geojson)))
    except shapely.GEOSException:
        return [*_unreadable(geojson, slugs)]
    found = [*_empty(shapes, slugs), *_off_the_globe(shapes, slugs)]
    return found or [*_invalid(shapes, slugs), *_misfits(shapes, slugs)]


def areas_km2(geojson: bytes, count: int) -> list[float]:
    """Return the area of each of the shapes in a file, close enough to compare them; 0 if they can't be read."""
    try:
        shapes = shapely.get_parts(shapely.from_geojson(geojson))
    except shapely.GEOSException:
        return [0.0] * count
    return [round(sum(map(_area_km2, shapely.get_parts(shape))), 3) for shape in shapes]


def _area_km2(part: shapely.Geometry) -> float:
    return float(part.area) * DEGREE_KM**2 * math.cos(math.radians(part.centroid.y))


def _unreadable(geojson: bytes, slugs: Sequence[str]) -> Iterator[Fault]:
    hint = "write rings of at least four points, each a longitude and a latitude, and end each ring where it starts"
    features = json.loads(geojson)["features"]
    for place, (feature, slug) in enumerate(zip(features, slugs, strict=True)):
        try:
            shapely.from_geojson(json.dumps(feature["geometry"]))
        except shapely.GEOSException:
            yield Fault(place, f'the coordinates of "{slug}" are not rings of points', hint)


def _empty(shapes: Sequence[shapely.Geometry], slugs: Sequence[str]) -> Iterator[Fault]:
    for place, shape in enumerate(shapes):
        if shape.is_empty:
            yield Fault(place, f'the shape of "{slugs[place]}" has no points', "export it again")


def _off_the_globe(shapes: Sequence[shapely.Geometry], slugs: Sequence[str]) -> Iterator[Fault]:
    """Find coordinates that aren't longitudes and latitudes; a file in metres counts as one fault."""
    wrong = [place for place, shape in enumerate(shapes) if not shape.is_empty and not _on_the_globe(shape.bounds)]
    if wrong:
        x, y = shapely.get_coordinates(shapes[wrong[0]])[0].tolist()
        others = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        message = f'the coordinates of "{slugs[wrong[0]]}"{others} are not longitudes and latitudes ({x:g}, {y:g})'
        hint = "export the file in degrees (WGS 84), longitude first: -180 to 180, then latitude: -90 to 90"
        yield Fault(wrong[0], message, hint)


def _on_the_globe(bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    return -LONGITUDES <= west <= east <= LONGITUDES and -LATITUDES <= south <= north <= LATITUDES


def _invalid(shapes: Sequence[shapely.Geometry], slugs: Sequence[str]) -> Iterator[Fault]:
    for place, shape in enumerate(shapes):
        if not shape.is_valid:
            reason, _, point = shapely.is_valid_reason(shape).rstrip("]").partition("[")
            message = f'the shape of "{slugs[place]}" is not a valid area: {reason.lower()} at {point}'
            yield Fault(place, message, "clean the boundaries in the program that made them, and export them again")


def _misfits(shapes: Sequence[shapely.Geometry], slugs: Sequence[str]) -> Iterator[Fault]:
    """Find neighbours that overlap, or that have different points along their border."""
    pairs = list(_pairs(shapes))
    hint = "clean the boundaries so that neighbours share the points of their border, and export them again"
    if len(pairs) > MOST_PAIRS:
        named = ", ".join(f'"{slugs[one]}" and "{slugs[other]}"' for one, other, _ in pairs[:3])
        message = f"{len(pairs)} pairs of shapes overlap or have borders that don't match: {named} …"
        yield Fault(pairs[0][0], message, hint)
        return
    for one, other, edge in pairs:
        names, overlap = f'"{slugs[one]}" and "{slugs[other]}"', shapely.relate(shapes[one], shapes[other])[0] == "2"
        common = shapely.point_on_surface(shapely.intersection(shapes[one], shapes[other])) if overlap else edge
        x, y = (round(number, 4) for number in shapely.get_coordinates(common)[0].tolist())
        message = f"{names} overlap" if overlap else f"the two sides of the border between {names} don't match"
        yield Fault(one, f"{message}, near longitude {x}, latitude {y}", hint)


def _pairs(shapes: Sequence[shapely.Geometry]) -> Iterator[tuple[int, int, shapely.Geometry]]:
    """Find the pairs of valid shapes that don't fit, each with an edge where they don't."""
    valid = [place for place, shape in enumerate(shapes) if shape.is_valid]
    edges = shapely.coverage_invalid_edges([shapes[place] for place in valid])
    tree = shapely.STRtree([shapes[place] for place in valid])
    found: dict[tuple[int, int], shapely.Geometry] = {}
    for place, edge in zip(valid, edges, strict=True):
        near = [valid[index] for index in tree.query(edge, "intersects").tolist() if valid[index] != place]
        shared = [other for other in near if shapely.intersection(edge, shapes[other]).length > 0]
        for other in shared or near:
            found.setdefault((min(place, other), max(place, other)), edge)
    yield from ((one, other, edge) for (one, other), edge in sorted(found.items(), key=lambda pair: pair[0]))


def strays(geojson: bytes, slugs: Sequence[str], places: Sequence[tuple[str, float, float]]) -> list[Fault]:
    """Return the places, each a slug, a longitude and a latitude, that are far outside the shape with that slug.

    `slugs` are the slugs of the shapes, in order.
    """
    shapes = dict(zip(slugs, shapely.get_parts(shapely.from_geojson(geojson)), strict=True))
    inside = [(place, *each) for place, each in enumerate(places) if each[0] in shapes]
    far = shapely.distance([shapes[slug] for _, slug, *_ in inside], shapely.points([each[2:] for each in inside]))
    apart = [each for each, distance in zip(inside, far.tolist(), strict=True) if distance > FURTHEST_OUTSIDE]
    return [Fault(place, *_stray(slug, (x, y), shapes)) for place, slug, x, y in apart]


def _stray(slug: str, point: tuple[float, float], shapes: Mapping[str, shapely.Geometry]) -> tuple[str, str]:
    """Return the message and the hint of a place outside its shape."""
    x, y = point
    other = next((name for name, shape in shapes.items() if shapely.contains_xy(shape, x, y)), None)
    if other:
        return f"is in {other} on the map, not in {slug}", f"{other} as its slug, or correct lat and lon"
    return f"is not in {slug} on the map, nor in any other", "correct lat and lon, or the slug"
