"""The boundaries of an electorate set are valid areas with matching borders, checked once until the file changes."""

import json
import shutil
from pathlib import Path

import pytest

from briefpack import electorates
from briefpack.problem import Problems
from briefpack.project import Project

TESTS = Path(__file__).parent.parent
SHOWN = "briefs/electorates/norland"
SQUARE = [[[10, 60], [11, 60], [11, 61], [10, 61], [10, 60]]]
EAST = [[[11, 60], [12, 60], [12, 61], [11, 61], [11, 60]]]
NORTH = [[[10, 61], [11, 61], [12, 61], [12, 62], [10, 62], [10, 61]]]
ISLE = [[[-9, -2], [-8, -2], [-8, -1], [-9, -1], [-9, -2]]]
CLEAN = "try: clean the boundaries so that neighbours share the points of their border, and export them again"


def features(shapes):
    """Return the features of the set with their shapes replaced."""
    lines = (TESTS / "sets" / "norland" / "shapes.geojson").read_text(encoding="utf-8").splitlines()[1:5]
    found = [json.loads(line.rstrip(",")) for line in lines]
    for feature, shape in zip(found, shapes, strict=True):
        kind = "MultiPolygon" if shape and isinstance(shape[0][0][0], list) else "Polygon"
        feature["geometry"] = {"type": kind, "coordinates": shape}
    return found


@pytest.fixture
def project(tmp_path):
    """Return a project that has only the invented set, with squares for its shapes."""
    shutil.copytree(TESTS / "sets" / "norland", tmp_path / SHOWN)
    project = Project(tmp_path)
    write(project, SQUARE, EAST, NORTH, ISLE)
    return project


def write(project, *shapes):
    lines = ",\n".join(json.dumps(feature) for feature in features(shapes))
    text = f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'
    (project.root / SHOWN / "shapes.geojson").write_text(text, encoding="utf-8")


def problems_in(project):
    try:
        electorates.load(project, "norland")
    except Problems as error:
        return [str(problem).removeprefix(f"{SHOWN}/") for problem in error.problems]
    return []


def test_accepts_squares_with_common_borders(project):
    assert problems_in(project) == []


def test_names_both_of_two_overlapping_neighbours(project):
    write(project, SQUARE, [[[10.5, 60], [12, 60], [12, 61], [11, 61], [10.5, 60]]], NORTH, ISLE)
    (problem,) = problems_in(project)
    assert problem.startswith(
        'shapes.geojson:2: "ostby" and "marsh-flats" overlap, or have borders that don\'t match, near longitude 1'
    )
    assert problem.endswith(CLEAN)


def test_names_a_border_whose_two_sides_differ(project):
    north = [[[10, 61], [12, 61], [12, 62], [10, 62], [10, 61]]]
    write(project, SQUARE, EAST, north, ISLE)
    assert problems_in(project) == [
        (f'shapes.geojson:{line}: "{slug}" and "marsh-head" overlap, or have borders that don\'t match, '
         f"near longitude {longitude}, latitude 61.0\n  {CLEAN}")
        for line, slug, longitude in ((2, "ostby", 11.0), (3, "marsh-flats", 12.0))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "point"),
    [
        ([[[300000, 6200000], [400000, 6200000], [400000, 6300000], [300000, 6200000]]], "300000, 6.2e+06"),
        ([[[181, 60], [182, 60], [182, 61], [181, 60]]], "181, 60"),
        ([[[-35, 151], [-34, 151], [-34, 152], [-35, 151]]], "-35, 151"),
    ],
    ids=["metres", "past the date line", "latitude first"],
)
def test_refuses_coordinates_that_are_not_longitude_and_latitude(project, shape, point):
    write(project, SQUARE, shape, NORTH, shape)
    assert problems_in(project) == [
        (f'shapes.geojson:{line}: the coordinates of "{slug}" are not longitudes and latitudes ({point})\n'
         "  try: export the file in degrees (WGS 84), longitude first: -180 to 180, then latitude: -90 to 90")
        for line, slug in ((3, "marsh-flats"), (5, "outer-isles"))
    ]  # fmt: skip


@pytest.mark.parametrize(
    "shape",
    [
        [[[10, 60], [11, 60], [11, 61], [10, 61]]],
        [[[10, 60], [11, 60]]],
        [[["10", "60"], ["11", "60"], ["11", "61"], ["10", "60"]]],
        [[[10], [11], [11], [10]]],
        [[10, 60, 11, 60, 11, 61, 10, 60]],
        [[None]],
        [[[10, 60], [11, float("nan")], [11, 61], [10, 60]]],
    ],
    ids=["open", "too short", "texts", "one number", "a row of numbers", "null", "not a number"],
)
def test_refuses_coordinates_that_are_not_rings_of_points(project, shape):
    write(project, SQUARE, EAST, NORTH, ISLE)
    path = project.root / SHOWN / "shapes.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace(json.dumps(EAST), json.dumps(shape)), encoding="utf-8")
    (problem,) = problems_in(project)
    assert problem.startswith('shapes.geojson:3: the coordinates of "marsh-flats" are not rings of points\n')


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_refuses_boundaries_that_are_not_utf_8(project, encoding):
    """Python reads JSON in UTF-16, but the check of the shapes doesn't."""
    write(project, SQUARE, EAST, NORTH, ISLE)
    path = project.root / SHOWN / "shapes.geojson"
    path.write_bytes(path.read_text(encoding="utf-8").replace("\\u00d8", "Ø").encode(encoding))
    (problem,) = problems_in(project)
    assert problem.startswith("shapes.geojson:1: the file isn't a GeoJSON feature collection in UTF-8")


def test_refuses_a_shape_without_points(project):
    write(project, SQUARE, [], NORTH, ISLE)
    (problem,) = problems_in(project)
    assert problem == 'shapes.geojson:3: the shape of "marsh-flats" has no points\n  try: export it again'


@pytest.mark.parametrize("damage", [b"", b"[]", b"[1]", b'[["ostby"]]', b"\xff", b"[" * 100_000, b'[[1, 2, 3, "x"]]'])
def test_checks_again_if_the_stored_result_is_damaged(project, damage):
    read = electorates.load(project, "norland")
    (entry,) = [path for path in project.store.rglob("*") if path.is_file()]
    entry.write_bytes(damage)
    assert electorates.load(project, "norland") == read
    from briefpack.store import Store  # noqa: PLC0415

    Store(project.store).put(entry.parent.name + entry.name, damage)
    assert electorates.load(project, "norland") == read
