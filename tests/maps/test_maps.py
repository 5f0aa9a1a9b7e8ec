"""Maps of states and the nation are in proportion, and a set's shapes are read in full."""

import csv
import functools
import math
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
import yaml
from PIL import ImageFont

from briefpack import electorates, maps
from briefpack.geometry import MM_PER_PT
from briefpack.maps import insets, land
from projects import FROZEN

PROJECT = Path(__file__).parent.parent.parent
SET = FROZEN / "briefs" / "electorates" / "au-federal-2025"
PANEL, WIDE, COVER = (74.0, 39.0), (58.0, 44.0), (174.0, 118.0)
SIZES = (PANEL, WIDE, COVER)


def rows(name):
    with (SET / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NAMES = {code: state["name"] for code, state in yaml.safe_load((SET / "set.yaml").read_text("utf-8"))["states"].items()}


@functools.cache
def atlas():
    return maps.read((SET / "boundaries.geojson").read_bytes(), NAMES)


def town(name, state, longitude, latitude, rank):
    return electorates.Town(name, electorates.State(state, NAMES[state], state, False, ""), longitude, latitude, rank)


@functools.cache
def towns():
    return tuple(
        town(row["name"], row["state"], float(row["longitude"]), float(row["latitude"]), int(row["rank"]))
        for row in rows("towns.csv")
    )


@functools.cache
def font(weight):
    name = {400: "Regular", 600: "Semibold"}[weight]
    return ImageFont.truetype(PROJECT / "fonts" / "source-sans-3" / f"SourceSans3-{name}.ttf", 1000)


@functools.cache
def measured(text, size_pt, weight):
    """Measure a line with a library that the charts don't use."""
    return font(weight).getlength(text) / 1000 * size_pt * MM_PER_PT


SLUGS = [row["slug"] for row in rows("electorates.csv")]
KM2 = {row["slug"]: float(row["area_sqkm"]) for row in rows("electorates.csv")}


def area(rings):
    return sum(sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) / 2 for ring in rings)


def extent(rings):
    if not rings:
        return 0.0, 0.0
    xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)


def overlap(first, second):
    return all(first[side] < second[side + 2] and second[side] < first[side + 2] for side in (0, 1))


class TestProportion:
    def test_draws_to_the_stated_scale(self):
        for slug in ("durack", "lingiari", "grey", "maranoa", "lyons"):
            frame = maps.in_state(atlas(), slug, *COVER).frames[0]
            found = area(frame.rings("electorate")) / frame.mm_per_km**2
            assert found == pytest.approx(KM2[slug], rel=0.02), slug

    @pytest.mark.parametrize(("east", "north"), [(0, 0), (18, -14)])
    def test_preserves_areas_far_from_the_centre_of_the_projection(self, east, north):
        """A cell of one degree keeps its area on the sphere anywhere, which only an equal-area projection does."""
        west, south = 134 + east, -27 + north
        corners = [(west, south), (west + 1, south), (west + 1, south + 1), (west, south + 1), (west, south)]
        found = area([maps.Projection(134.5, -26.5, 1.0).mm(corners)])
        high, low = math.sin(math.radians(south + 1)), math.sin(math.radians(south))
        assert found == pytest.approx(math.radians(1) * (high - low) * maps.EARTH_KM**2, rel=1e-3)


class TestContents:
    def test_draws_every_state_and_capital_on_the_national_map(self):
        for size in SIZES:
            frame = maps.nation(atlas(), towns(), *size, measured).frames[0]
            grounds = sum(shape.role == "ground" for shape in frame.shapes)
            assert grounds >= len(atlas().states) - (size != COVER)  # the smallest would be a speck on a panel
            assert {"Darwin", "Perth", "Sydney", "Hobart"} <= {label.lines[0] for label in frame.labels}
            for first, second in combinations(frame.labels, 2):
                assert not overlap(first.box, second.box)


SQUARES = b"""{"features": [
 {"properties": {"slug": "a", "name": "A", "state": "S", "focus_bbox": [0, 0, 1, 1]},
  "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]}},
 {"properties": {"slug": "b", "name": "B", "state": "S", "focus_bbox": [0, 0, 3, 1]},
  "geometry": {"type": "MultiPolygon", "coordinates": [
   [[[1, 0], [3, 0], [3, 1], [1, 1], [1, 0]], [[2, 0.2], [2, 0.6], [2.4, 0.6], [2.4, 0.2], [2, 0.2]]],
   [[[9, 0], [9.5, 0], [9.5, 0.5], [9, 0]]]]}},
 {"properties": {"slug": "c", "name": "C", "state": "S", "focus_bbox": [2, 0.2, 2.4, 0.6]},
  "geometry": {"type": "Polygon", "coordinates": [[[2.4, 0.6], [2, 0.6], [2, 0.2], [2.4, 0.2], [2.4, 0.6]]]}}
]}"""
STATE = {"S": "The State"}


class TestDetail:
    @pytest.mark.parametrize("slug", ["clark", "sydney", "wentworth"])
    def test_keeps_visible_bends_and_shared_borders(self, slug):
        """A corner of the coast is rounded to 0.3 mm."""
        place, box = atlas().places[slug], (0.0, 0.0, 80.0, 76.0)
        view = insets.fitted(atlas(), place, box)
        drawn = land.of_inset(atlas(), view, box, 1.0, 9.0 * (80 + 76), 0.3, place).drawn
        middle = shapely.box(*box)
        for other, shape in drawn.items():
            whole = shapely.intersection(view.drawn(atlas().shapes[other]), middle)
            lost = shapely.symmetric_difference(whole, shapely.intersection(shape, middle))
            assert all(part.area < MOST_LOST_MM2 for part in shapely.get_parts(lost)), other
        assert shapely.coverage_is_valid(shapely.set_precision([*drawn.values()], 1e-9))


MOST_LOST_MM2 = 3.0
"""The largest part that simplifying may add to a shape or remove from it, where there is most coast."""


class TestReading:
    def test_finds_neighbours_whichever_way_their_rings_run(self):
        assert maps.read(SQUARES, STATE).neighbours == {"a": ("b",), "b": ("a", "c"), "c": ("b",)}

    def test_reads_every_electorate_with_its_official_area(self):
        for one, shape in zip(atlas().areas, atlas().shapes, strict=True):
            flat = shapely.transform(
                shape, lambda degrees: np.stack([np.radians(degrees[:, 0]), np.sin(np.radians(degrees[:, 1]))], 1)
            )
            found = maps.EARTH_KM**2 * flat.area
            assert found == pytest.approx(KM2[one.slug], rel=0.05 if one.slug == "sydney" else 0.02), one.slug


def parts_in_focus(area):
    """Return how many parts of an electorate are on the map of its state."""
    members = atlas().members[area.state]
    shapes = atlas().in_focus(members)
    return shapely.get_num_geometries(shapes[sorted(members).index(atlas().places[area.slug])])


def test_names_every_part_of_an_electorate_that_is_off_its_map():
    """The map of a state leaves out a distant island; the electorate's row names it."""
    told = {row["slug"] for row in rows("electorates.csv") if row["far_parts"]}
    off = {
        each.slug
        for each in atlas().areas
        if parts_in_focus(each) < shapely.get_num_geometries(atlas().shapes[atlas().places[each.slug]])
    }
    assert off == {"bass", "bean", "fenner", "lingiari", "sydney"}
    assert told == off
