"""Check that the shapes of a GeoJSON file are areas on the globe that fit together.

Import it late: shapely takes as long to load as the rest of an electorate set.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely

DEGREE_KM = 111.195
GLOBE = (-180, -90, 180, 90)
AGAIN = "clean the boundaries in the program that made them, and export them again"
FITTING = "clean the boundaries so that neighbours share the points of their border, and export them again"


@dataclass(frozen=True)
class Fault:
    """A fault in a shape; `place` is the shape's index in the file."""

    place: int
    message: str
    hint: str


def read(geometries: Sequence[str], slugs: Sequence[str]) -> tuple[list[shapely.Geometry], list[Fault]]:
    """Return the shapes of some geometries in GeoJSON, which belong to electorates, and their faults."""
    shapes: list[shapely.Geometry] = []
    faults: list[Fault] = []
    for place, (geometry, slug) in enumerate(zip(geometries, slugs, strict=True)):
        try:
            shapes.append(shapely.from_geojson(geometry))
        except shapely.GEOSException:
            hint = "write rings of at least four points, each a longitude and a latitude, and end each ring where it starts"
            faults.append(Fault(place, f'the coordinates of "{slug}" are not rings of points', hint))
            continue
        if fault := _fault(shapes[-1], slug):
            faults.append(Fault(place, *fault))
    return shapes, faults or [*_misfits(shapes, slugs)]


def _fault(shape: shapely.Geometry, slug: str) -> tuple[str, str] | None:
    """Return the message and the hint for a shape that is no area on the globe; None if it is."""
    if shape.is_empty:
        return f'the shape of "{slug}" has no points', "export it again"
    west, south, east, north = shape.bounds
    if west < GLOBE[0] or south < GLOBE[1] or east > GLOBE[2] or north > GLOBE[3]:
        hint = "export the file in degrees (WGS 84), longitude first: -180 to 180, then latitude: -90 to 90"
        return f'the coordinates of "{slug}" are not longitudes and latitudes ({west:g}, {south:g})', hint
    if not shape.is_valid:
        reason, _, point = shapely.is_valid_reason(shape).rstrip("]").partition("[")
        return f'the shape of "{slug}" is not a valid area: {reason.lower()} at {point}', AGAIN
    return None


def _misfits(shapes: Sequence[shapely.Geometry], slugs: Sequence[str]) -> Iterator[Fault]:
    """Find neighbours that overlap, or that have different points along their border."""
    edges = shapely.coverage_invalid_edges(list(shapes))
    tree = shapely.STRtree(list(shapes))
    found: dict[tuple[int, int], shapely.Geometry] = {}
    for place, edge in enumerate(edges):
        for other in tree.query(edge, "intersects").tolist():
            if other != place and shapely.intersection(edge, shapes[other]).length > 0:
                found.setdefault((min(place, other), max(place, other)), edge)
    for (one, other), edge in sorted(found.items(), key=lambda pair: pair[0]):
        x, y = (round(number, 4) for number in shapely.get_coordinates(edge)[0].tolist())
        names = f'"{slugs[one]}" and "{slugs[other]}"'
        message = f"{names} overlap, or have borders that don't match, near longitude {x}, latitude {y}"
        yield Fault(one, message, FITTING)


def area_km2(shape: shapely.Geometry) -> float:
    """Return the area of a shape, close enough to compare it with others."""
    km2 = 0.0
    for part in shapely.get_parts(shape):
        km2 += float(part.area) * DEGREE_KM**2 * math.cos(math.radians(part.centroid.y))
    return round(km2, 3)
