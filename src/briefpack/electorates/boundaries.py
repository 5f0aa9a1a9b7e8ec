"""Read the properties of an electorate set's shapes, and check its boundaries."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from briefpack import store
from briefpack.electorates.electorate import ElectorateSet
from briefpack.electorates.tables import FOLDER, Files, few
from briefpack.problem import Problem, nearest, one_problem, raise_any
from briefpack.store import Store
from briefpack.text.spelling import fold
from briefpack.text.tables import Row, Table

BOUNDARIES = "boundaries"
"""The id of the file of shapes, in a set's files."""
AREAS = ("Polygon", "MultiPolygon")
PROPERTIES = {
    "slug": "the slug of its electorate",
    "name": "the name of its electorate",
    "state": "the code of its state",
    "focus_bbox": "[west, south, east, north] in degrees: the box to draw, without distant islands",
}
"""The meaning of each property of a shape."""
FEATURE = re.compile(rb'"type"\s*:\s*"Feature"')


@dataclass(frozen=True)
class Boundary:
    """A shape's properties, its area, and the line of the file where it begins, if known."""

    slug: str
    name: str
    state: str
    line: int
    area_km2: float


def read(path: Path, shown: str, kept: Store) -> tuple[Boundary, ...]:
    """Return the shapes in a file, without their points. Raises Problems.

    Checking takes longer than loading the rest of the set, so the store keeps the shapes of a file that passed.
    """
    geojson = path.read_bytes()
    own = (store.file_key(Path(__file__).with_name(f"{name}.py")) for name in ("boundaries", "topology"))
    entry = store.key("boundaries", store.library("shapely"), *own, geojson)
    found = _recalled(kept.get(entry))
    if found is None:
        found = _checked(geojson, shown)
        with suppress(OSError):
            kept.put(entry, json.dumps([astuple(shape) for shape in found]).encode())
    return found


def areas_km2(group: ElectorateSet, kept: Store) -> Mapping[str, float]:
    """Return the area of each electorate of a set that has been loaded, close enough to compare them."""
    path = group.files[BOUNDARIES]
    return {shape.slug: shape.area_km2 for shape in read(path, f"{FOLDER}/{group.name}/{path.name}", kept)}


def _recalled(data: bytes | None) -> tuple[Boundary, ...] | None:
    """Return the stored shapes; None if there are none, or if the stored data is damaged."""
    try:
        shapes = json.loads(data or b"")
        return tuple(
            Boundary(str(slug), str(name), str(state), int(line), float(area))
            for slug, name, state, line, area in shapes
        )
    except (ValueError, TypeError, RecursionError):
        return None


def _checked(geojson: bytes, shown: str) -> tuple[Boundary, ...]:
    from briefpack.electorates import topology  # noqa: PLC0415 -- it loads shapely, which a file that has passed doesn't need

    try:
        features = json.loads(geojson.decode())["features"]
        found = [dict(feature["properties"]) for feature in features]
    except (ValueError, KeyError, TypeError, RecursionError):
        message = "the file isn't a GeoJSON feature collection in UTF-8 with properties"
        raise one_problem(shown, 1, message, "export it again") from None
    lines = _lines(geojson, len(found))
    raise_any([*_check_properties(shown, lines, found), *_check_kinds(shown, lines, found, features)])
    geometries = [json.dumps(feature["geometry"]) for feature in features]
    shapes, faults = topology.read(geometries, [properties["slug"] for properties in found])
    raise_any(Problem(shown, lines[fault.place], fault.message, fault.hint) for fault in faults)
    return tuple(
        Boundary(properties["slug"], properties["name"], properties["state"], line, topology.area_km2(shape))
        for properties, line, shape in zip(found, lines, shapes, strict=True)
    )


def _lines(geojson: bytes, count: int) -> list[int]:
    """Return the line where each feature begins; line 1 for all of them if the file doesn't show where they begin."""
    starts = [found.start() for found in FEATURE.finditer(geojson)]
    if len(starts) != count:
        return [1] * count
    breaks = (geojson.count(b"\n", start, end) for start, end in pairwise([0, *starts]))
    return [1 + before for before in accumulate(breaks)]


def _check_properties(shown: str, lines: Sequence[int], found: Sequence[Mapping[str, object]]) -> Iterator[Problem]:
    """Check that each shape has the properties a map needs; at most one problem per property."""
    names = [str(properties.get("slug") or f"feature {place}") for place, properties in enumerate(found, start=1)]
    for key, meaning in PROPERTIES.items():
        wrong = [place for place, properties in enumerate(found) if not _is_sound(key, properties.get(key))]
        if wrong:
            message = f"the property {key} is missing or wrong in {few([names[place] for place in wrong])}"
            yield Problem(shown, lines[wrong[0]], message, meaning)


def _is_sound(key: str, value: object) -> bool:
    if key != "focus_bbox":
        return isinstance(value, str) and bool(value)
    if not isinstance(value, list) or len(value) != 4 or not all(isinstance(end, int | float) for end in value):
        return False
    west, south, east, north = value
    degrees = -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90
    # A box that crosses the date line has a west greater than its east (RFC 7946, section 5.2).
    return bool(degrees and (west < east or west > east + 180))


def _check_kinds(
    shown: str, lines: Sequence[int], found: Sequence[Mapping[str, object]], features: Sequence[Mapping[str, object]]
) -> Iterator[Problem]:
    """Check that each shape is an area, and that no electorate has two."""
    first: set[object] = set()
    for line, properties, feature in zip(lines, found, features, strict=True):
        geometry, slug = feature.get("geometry"), properties.get("slug")
        if not isinstance(geometry, dict) or geometry.get("type") not in AREAS:
            hint = f"export it as a {' or '.join(AREAS)} (RFC 7946, section 3.1)"
            yield Problem(shown, line, f"the geometry of {slug} isn't a polygon", hint)
        if slug in first:
            hint = "put all parts of an electorate in one MultiPolygon"
            yield Problem(shown, line, f"there is more than one shape for {slug}", hint)
        first.add(slug)


def check(files: Files, table: Table, known: Mapping[str, Row], kept: Store) -> None:
    """Add a problem for each shape without an electorate, electorate without a shape, and name that differs."""
    shown, path = files.named(BOUNDARIES), files.path(BOUNDARIES)
    shapes = files.attempt(lambda: read(path, shown, kept)) if path else None
    if shapes is None:
        return
    for shape in shapes:
        files.problems += _check_shape(shown, table, shape, known)
    found = {shape.slug for shape in shapes}
    for slug, row in known.items():
        if slug not in found:
            message, hint = (
                f'"{slug}" has no shape in {files.spec.files[BOUNDARIES]}',
                f"add a shape whose slug is {slug}",
            )
            files.say(table, row, message, hint)


def _check_shape(shown: str, table: Table, shape: Boundary, known: Mapping[str, Row]) -> Iterator[Problem]:
    """Check that a shape belongs to an electorate and has its name and state, which maps take from the shape."""
    row = known.get(shape.slug)
    if row is None:
        message = f'{table.file} has no electorate for the shape "{shape.slug}"'
        hint = nearest(shape.slug, known, most=0) or "add its row, or delete the shape"
        yield Problem(shown, shape.line, message, hint)
        return
    for key, text in (("name", shape.name), ("state", shape.state)):
        if fold(text) != fold(row[key]):
            message = f'the {key} of the shape "{shape.slug}" is "{text}", but {table.file} has "{row[key]}"'
            yield Problem(shown, shape.line, message, f'write "{row[key]}", or correct line {row.line} of {table.file}')
