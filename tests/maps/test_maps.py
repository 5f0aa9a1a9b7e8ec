"""Locator maps show every electorate in proportion, with legible names, and are the same every time."""

import csv
import functools
import math
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
import yaml
from PIL import ImageFont

from briefpack import charts, electorates, maps
from briefpack.geometry import MM_PER_PT
from briefpack.layout import fonts, look
from briefpack.maps import insets, land
from briefpack.plan import MAP, Drawing
from projects import FROZEN, english

PROJECT = Path(__file__).parent.parent.parent
SET = FROZEN / "briefs" / "electorates" / "au-federal-2025"
PANEL, WIDE, COVER = (74.0, 39.0), (58.0, 44.0), (174.0, 118.0)
PRINTED = (48.0, 44.0)
SIZES = (PANEL, WIDE, COVER)
SLACK_MM = 0.02
COLOURS = {"paper": "#FFFFFF", "map-ground": "#DDE5E8", "map-line": "#FEFEFE", "map-mark": "#C8452D"}
COLOURS |= {"map-text": "#16243A", "map-quiet-text": "#5B6470"}


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


@functools.cache
def located(slug, size):
    return maps.locate(atlas(), towns(), slug, *size, measured)


SLUGS = [row["slug"] for row in rows("electorates.csv")]
KM2 = {row["slug"]: float(row["area_sqkm"]) for row in rows("electorates.csv")}


def area(rings):
    return sum(sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) / 2 for ring in rings)


def extent(rings):
    if not rings:
        return 0.0, 0.0
    xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)


def inside(box, outer, slack=SLACK_MM):
    return all(box[side] >= outer[side] - slack and box[side + 2] <= outer[side + 2] + slack for side in (0, 1))


def overlap(first, second):
    return all(first[side] < second[side + 2] and second[side] < first[side + 2] for side in (0, 1))


@pytest.mark.part(name="maps")
@pytest.mark.parametrize("size", [*SIZES, PRINTED], ids=lambda size: f"{size[0]:g}x{size[1]:g}")
def test_fills_no_shape_too_thin_to_print(size):
    """An electorate too small to see on its state, such as Cook or Warringah, is shown only by its inset."""
    for slug in SLUGS:
        shapes = [shape for frame in located(slug, size).frames for shape in frame.shapes]
        filled = [ring for shape in shapes if shape.role in ("ground", "electorate") for ring in shape.rings]
        assert min(min(extent([ring])) for ring in filled) > 0.25 / 72 * 25.4, slug


@pytest.mark.parametrize(
    "size",
    [SIZES[0], *(pytest.param(size, marks=pytest.mark.part(name="maps")) for size in SIZES[1:])],
    ids=lambda size: f"{size[0]:g}x{size[1]:g}",
)
class TestEveryElectorate:
    def test_keeps_its_shapes_in_their_frames(self, size):
        for slug in SLUGS:
            drawn = located(slug, size)
            for frame in drawn.frames:
                assert inside(frame.box, (0, 0, *size)), slug
                for shape in frame.shapes:
                    for ring in shape.rings:
                        assert all(inside((x, y, x, y), frame.box) for x, y in ring), (slug, shape.role)

    def test_keeps_names_apart_and_inside_their_frames(self, size):
        for slug in SLUGS:
            drawn = located(slug, size)
            for frame in drawn.frames:
                for label in frame.labels:
                    assert inside(label.box, frame.box), (slug, label)
            labels = [label for frame in drawn.frames for label in frame.labels]
            for first, second in combinations(labels, 2):
                assert not overlap(first.box, second.box), (slug, first.lines, second.lines)
            if drawn.looks_at:
                inset = drawn.frames[1].box
                assert not any(overlap(label.box, inset) for label in drawn.frames[0].labels), slug


SHOWN = ((174.0, 128.0), (48.0, 44.0))


def apart(first, second):
    """Return the distance between two boxes."""
    gaps = [max(first[side] - second[side + 2], second[side] - first[side + 2], 0.0) for side in (0, 1)]
    return math.hypot(*gaps)


def away(point, line):
    """Return the approximate distance between a point and a line."""
    (x, y), (u, v) = line
    return min(math.dist(point, (x + (u - x) * part / 200, y + (v - y) * part / 200)) for part in range(201))


@pytest.mark.parametrize("size", SHOWN, ids=["cover", "panel"])
class TestALeader:
    def test_avoids_dots_and_names(self, size):
        for slug in SLUGS:
            drawn = located(slug, size)
            for dot in drawn.frames[0].dots if drawn.leader else ():
                spot = (dot.x_mm, dot.y_mm)
                if not inside((*spot, *spot), drawn.looks_at):
                    assert away(spot, drawn.leader) >= dot.radius_mm + 0.75, slug
            for label in drawn.frames[0].labels if drawn.leader else ():
                (x, y), (u, v) = drawn.leader
                along = [(x + (u - x) * part / 99, y + (v - y) * part / 99) for part in range(100)]
                assert all(apart((*point, *point), label.box) > 0.3 for point in along), (slug, label.lines)


class TestProportion:
    def test_draws_to_the_stated_scale(self):
        for slug in ("wentworth", "bendigo", "ryan", "spence", "perth"):
            frame = located(slug, COVER).frames[-1]
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
    @pytest.mark.parametrize("slug", ["wentworth", "clark"])
    @pytest.mark.parametrize("size", SIZES)
    def test_gives_a_small_electorate_an_inset(self, slug, size):
        assert [frame.role for frame in located(slug, size).frames] == ["state", "inset"]

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
    @pytest.mark.parametrize("size", [COVER])
    def test_keeps_visible_bends_and_shared_borders(self, slug, size):
        box = located(slug, size).frames[-1].box
        view = insets.view(atlas(), atlas().places[slug], box)
        drawn = land.of_inset(atlas(), view, box).drawn
        middle = shapely.box(*box)
        for place, shape in drawn.items():
            whole = shapely.intersection(view.drawn(atlas().shapes[place]), middle)
            lost = shapely.symmetric_difference(whole, shapely.intersection(shape, middle))
            assert all(part.area < MOST_LOST_MM2 for part in shapely.get_parts(lost)), place
        assert shapely.coverage_is_valid(shapely.set_precision([*drawn.values()], 1e-9))


MOST_LOST_MM2 = 3.0
"""The largest part that simplifying may add to a shape or remove from it, in the insets with the most coast."""


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


def svg(slug, size):
    """Return the SVG of a map as a build draws it."""
    faces = tuple(face for _, face in fonts.parse((PROJECT / "fonts" / "fonts.css").read_text(encoding="utf-8")).faces)
    house = look.Look(COLOURS, {}, {}, "Source Sans 3", faces)
    ground = charts.Ground(SET / "boundaries.geojson", tuple(NAMES.items()), towns())
    drawing = Drawing(MAP, (), *size, f"au-federal-2025/{slug}")
    return charts.draw(drawing, house, english(), PROJECT, ground)


def marks(slug, size):
    """Return how many boxes are outlined, and how many of those are filled as marks."""
    styles = [path.get("style", "") for path in ET.fromstring(svg(slug, size)).iter("{http://www.w3.org/2000/svg}path")]  # noqa: S314
    ruled = [style for style in styles if "stroke-linejoin: miter" in style and "stroke: #16243a" in style]
    return len(ruled), sum(f"fill: {COLOURS['map-mark'].lower()}" in style for style in ruled)


class TestAMark:
    @pytest.mark.parametrize("slug", ["ryan", "clark"])
    def test_shows_the_shape_inside_and_is_never_filled(self, slug):
        """A solid square beside the name of a city would be taken for the electorate."""
        assert marks(slug, SHOWN[0]) == (2, 0)


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
