"""Read the properties of an electorate set's shapes, and check its boundaries and the places within them."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from briefpack import store
from briefpack.electorates.electorate import ElectorateSet
from briefpack.electorates.tables import FOLDER, OF_STATES, Files
from briefpack.problem import Problem, Problems, nearest, raise_any
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
Properties = Mapping[str, object]


@dataclass(frozen=True)
class Boundary:
    """A shape's properties, its area, and the line of the file where it begins, if known."""

    slug: str
    name: str
    state: str
    line: int | None
    area_km2: float


def read(path: Path, shown: str, kept: Store) -> tuple[Boundary, ...]:
    """Return the shapes in a file, without their points. Raises Problems.

    Checking takes longer than loading the rest of the set, so the store keeps the shapes of a file that passed.
    """
    geojson = path.read_bytes()
    entry = _entry(geojson)
    found = _recalled(kept.get(entry))
    if found is None:
        found = _checked(geojson, shown)
        with suppress(OSError):
            kept.put(entry, json.dumps([astuple(shape) for shape in found]).encode())
    return found


def slugs(geojson: bytes) -> list[str]:
    """Return the slugs of the shapes in a file that has been checked, in order."""
    return [str(each["properties"]["slug"]) for each in json.loads(geojson, object_hook=_without_points)["features"]]


def areas_km2(group: ElectorateSet, kept: Store) -> Mapping[str, float]:
    """Return the area of each electorate of a set that has been loaded, close enough to compare them."""
    path = group.files[BOUNDARIES]
    return {shape.slug: shape.area_km2 for shape in read(path, f"{FOLDER}/{group.name}/{path.name}", kept)}


def _entry(geojson: bytes) -> str:
    own = (store.file_key(Path(__file__).with_name(f"{name}.py")) for name in ("boundaries", "topology"))
    return store.key("boundaries", store.library("shapely"), *own, geojson)


def _recalled(data: bytes | None) -> tuple[Boundary, ...] | None:
    """Return the stored shapes; None if there are none, or if the stored data is damaged."""
    try:
        found = tuple(Boundary(*shape) for shape in json.loads(data or b""))
    except (ValueError, TypeError, RecursionError):
        return None
    return found if found and all(map(_is_whole, found)) else None


def _is_whole(shape: Boundary) -> bool:
    texts = (shape.slug, shape.name, shape.state)
    numbers = isinstance(shape.line, int | None) and isinstance(shape.area_km2, float)
    return numbers and all(isinstance(text, str) for text in texts)


def _checked(geojson: bytes, shown: str) -> tuple[Boundary, ...]:
    _check_encoding(geojson, shown)
    try:
        features = json.loads(geojson, object_hook=_without_points)["features"]
        found: list[Properties] = [dict(feature["properties"]) for feature in features]
        kinds = [(feature.get("geometry") or {}).get("type") for feature in features]
    except json.JSONDecodeError as error:
        message = f"the file isn't valid JSON at column {error.colno} of this line"
        raise Problems([Problem(shown, error.lineno, message, "export it again")]) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = "the file isn't a GeoJSON feature collection with properties"
        raise Problems([Problem(shown, 1, message, "export it again")]) from None
    lines = _lines(geojson, len(found))
    raise_any([*_check_properties(shown, lines, found), *_check_shapes(shown, lines, found, kinds, geojson)])
    texts = ([str(properties[key]) for key in ("slug", "name", "state")] for properties in found)
    return tuple(
        Boundary(slug, name, state, line, area_km2)
        for (slug, name, state), line, area_km2 in zip(texts, lines, _areas_km2(geojson, len(found)), strict=True)
    )


def _check_encoding(geojson: bytes, shown: str) -> None:
    """Raise Problems for a file in another encoding than UTF-8: Python reads JSON in UTF-16, and shapely doesn't."""
    try:
        geojson.decode()
    except UnicodeDecodeError as error:
        line = geojson[: error.start].count(b"\n") + 1
        raise Problems([Problem(shown, line, "the file isn't UTF-8 text", "export it again, as UTF-8")]) from None


def _lines(geojson: bytes, count: int) -> list[int | None]:
    """Return the line where each feature begins; line 1 for all of them if the file doesn't show where they begin."""
    starts = [found.start() for found in FEATURE.finditer(geojson)]
    if len(starts) != count:
        return [1] * count
    breaks = (geojson.count(b"\n", start, end) for start, end in pairwise([0, *starts]))
    return [1 + before for before in accumulate(breaks)]


def _without_points(held: dict[str, object]) -> dict[str, object]:
    """Drop the points of a geometry as the JSON is parsed: they would take a hundred times the memory of the rest."""
    held.pop("coordinates", None)
    return held


def _check_properties(shown: str, lines: Sequence[int | None], found: Sequence[Properties]) -> Iterator[Problem]:
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
    if not isinstance(value, list) or len(value) != 4 or not all(isinstance(each, int | float) for each in value):
        return False
    west, south, east, north = value
    degrees = -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90
    # A box that crosses the date line has a west greater than its east (RFC 7946, section 5.2).
    return bool(degrees and (west < east or west > east + 180))


def _check_shapes(
    shown: str, lines: Sequence[int | None], found: Sequence[Properties], kinds: Sequence[object], geojson: bytes
) -> Iterator[Problem]:
    """Check that each shape is an area, that no electorate has two, and that all of them fit together."""
    slugs = [str(properties.get("slug")) for properties in found]
    wrong = [place for place, kind in enumerate(kinds) if kind not in AREAS]
    if wrong:
        message = f"the geometry of {few([slugs[place] for place in wrong])} isn't a polygon"
        hint = f"export it as a {' or '.join(AREAS)} (RFC 7946, section 3.1)"
        yield Problem(shown, lines[wrong[0]], message, hint)
    twice = [slug for slug, count in Counter(slugs).items() if count > 1]
    if twice:
        message = f"there is more than one shape for {few(twice)}"
        second = [place for place, slug in enumerate(slugs) if slug == twice[0]][1]
        yield Problem(shown, lines[second], message, "put all parts of an electorate in one MultiPolygon")
    if not wrong:
        yield from _check_coverage(shown, lines, geojson, slugs)


def _check_coverage(shown: str, lines: Sequence[int | None], geojson: bytes, slugs: Sequence[str]) -> Iterator[Problem]:
    from briefpack.electorates import topology  # noqa: PLC0415 -- it loads shapely, which a file that has passed doesn't need

    for fault in topology.faults(geojson, slugs):
        yield Problem(shown, lines[fault.place], fault.message, fault.hint)


def _areas_km2(geojson: bytes, count: int) -> list[float]:
    from briefpack.electorates import topology  # noqa: PLC0415 -- it loads shapely, as above

    return topology.areas_km2(geojson, count)


def few(names: Sequence[str]) -> str:
    """Return the first three names, and how many more there are."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def check(files: Files, table: Table, known: Mapping[str, Row], kept: Store) -> None:
    """Add a problem for each shape without an electorate, electorate without a shape, and name that differs."""
    shown, path = f"{files.shown}/{files.spec.files.get(BOUNDARIES, BOUNDARIES)}", files.path(BOUNDARIES)
    shapes = files.attempt(lambda: read(path, shown, kept)) if path else None
    if shapes is None:
        return
    for shape in shapes:
        files.problems += _check_shape(files, shown, table, shape, known)
    found = {shape.slug for shape in shapes}
    for slug, row in known.items():
        if slug not in found:
            near = nearest(slug, found - known.keys(), most=0)
            hint = f"add a shape whose slug is {slug}{f', not {near}' if near else ''}"
            files.say(table, row, f'"{slug}" has no shape in {files.spec.files["boundaries"]}', hint)


def _check_shape(
    files: Files, shown: str, table: Table, shape: Boundary, known: Mapping[str, Row]
) -> Iterator[Problem]:
    """Check that a shape belongs to an electorate and has its name and state, which maps take from the shape."""
    if shape.slug not in known:
        message = f'{table.file} has no electorate for the shape "{shape.slug}"'
        hint = nearest(shape.slug, known, most=0) or "add its row, or delete the shape"
        yield Problem(shown, shape.line, message, hint)
    if shape.state not in files.spec.states:
        message = f'the shape of "{shape.slug}": there is no state called "{shape.state}"'
        yield Problem(shown, shape.line, message, nearest(shape.state, files.spec.states) or OF_STATES)
    elif shape.slug in known:
        yield from _check_agreement(files, shown, table, shape, known[shape.slug])


def _check_agreement(files: Files, shown: str, table: Table, shape: Boundary, row: Row) -> Iterator[Problem]:
    names = [("name", shape.name, row["name"])] if row["name"] else []
    states = [("state", shape.state, row["state"])] if row["state"] in files.spec.states else []
    for key, text, wanted in (*names, *states):
        if fold(text) != fold(wanted):
            message = f'the {key} of the shape "{shape.slug}" is "{text}", but {table.file} has "{wanted}"'
            yield Problem(shown, shape.line, message, f'write "{wanted}", or correct line {row.line} of {table.file}')


Told = list[tuple[int, str, str]]
"""The line, the message and the hint of each warning."""


def check_places(files: Files, known: Mapping[str, Row], kept: Store) -> tuple[Problem, ...]:
    """Return a warning for each place that is far outside its electorate.

    Looking up each place on the map takes longer than reading the set, so the store keeps the result until the places
    or the boundaries change.
    """
    table, rows = files.rows("places")
    path, shapes = files.path("places"), files.path(BOUNDARIES)
    # The problems of a file that can't be read explain its places too.
    if path is None or shapes is None or not rows or files.problems:
        return ()
    told = _remembered_warnings((path, shapes), [row for row in rows if row["slug"] in known], kept)
    return tuple(Problem(table.shown, line, message, hint, warning=True) for line, message, hint in told)


def _remembered_warnings(paths: tuple[Path, Path], rows: Sequence[Row], kept: Store) -> Told:
    own = (Path(__file__).with_name(f"{name}.py") for name in ("boundaries", "topology"))
    key = store.key("positions", store.library("shapely"), *map(store.file_key, (*own, *paths)))
    told = _recalled_warnings(kept.get(key))
    if told is None:
        told = _outside(paths[1].read_bytes(), rows)
        with suppress(OSError):
            kept.put(key, json.dumps(told).encode())
    return told


def _recalled_warnings(data: bytes | None) -> Told | None:
    """Return the stored warnings; None if there are none, or if the stored data is damaged."""
    try:
        found = json.loads(data) if data else None
        return None if found is None else [(int(line), str(message), str(hint)) for line, message, hint in found]
    except (ValueError, TypeError, RecursionError):
        return None


def _outside(geojson: bytes, rows: Sequence[Row]) -> Told:
    from briefpack.electorates import topology  # noqa: PLC0415 -- it loads shapely, which a set that has passed doesn't need

    points = [(row["slug"], float(row["lon"].replace("−", "-")), float(row["lat"].replace("−", "-"))) for row in rows]
    found = topology.strays(geojson, slugs(geojson), points)
    return [(rows[stray.place].line, f'"{rows[stray.place]["name"]}" {stray.message}', stray.hint) for stray in found]
