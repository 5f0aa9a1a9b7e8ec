"""Maps of one electorate: which places they name, and where the names stand."""

import functools
import math
from itertools import combinations

import pytest
import shapely

from briefpack import charts, maps
from briefpack.maps import contest
from briefpack.maps.frames import meet as overlap
from briefpack.maps.siting import LEAST_APART_MM
from briefpack.plan import ChartOptions, Drawing
from dotted import PROJECT, group, look
from projects import english

PLACE = maps.Setting("outlined", 80.0, 80.0)
COVER = maps.Setting("cover", 216.0, 229.0, (73.0, 6.0, 21.0, 74.0), 78.0, "Member’s office")
FILLED = maps.Setting("filled", 80.0, 46.0, office="Member’s office")
PANEL = maps.Setting("filled", 84.0, 51.4, office="Member’s office")
SEATS = ("bass", "chifley")


measured = maps.estimate


@functools.cache
def atlas():
    states = {code: state.name for code, state in group().states.items()}
    return maps.read(group().files["boundaries"].read_bytes(), states)


def contains(rings, x, y):
    """Return whether a point is inside rings; a ring within a ring is a hole."""
    return sum(shapely.contains_xy(shapely.Polygon(ring), x, y) for ring in rings) % 2 == 1


@functools.cache
def laid(slug, setting):
    return maps.electorate(atlas(), group().places[slug], slug, setting, measured).frames[0]


def named(frame):
    return [" ".join(label.lines).replace("- ", "-") for label in frame.labels if label.kind in ("town", "office")]


@pytest.mark.part(name="maps", beyond=6)
@pytest.mark.parametrize("slug", SEATS)
@pytest.mark.parametrize("setting", [PLACE, COVER], ids=["place", "cover"])
def test_names_the_office_first_and_several_places(slug, setting):
    frame = laid(slug, setting)
    office = next(place.name for place in group().places[slug] if place.office)
    assert named(frame)[0] == office
    assert (4 if setting is COVER else 3) <= len(named(frame)) <= 8
    assert len(frame.dots) == len(named(frame))


@pytest.mark.parametrize("slug", SEATS)
@pytest.mark.parametrize("setting", [PLACE, COVER, FILLED], ids=["place", "cover", "filled"])
@pytest.mark.part(name="maps", beyond=4)
def test_keeps_names_off_each_other_and_off_dots(slug, setting):
    frame = laid(slug, setting)
    assert not [pair for pair in combinations([label.box for label in frame.labels], 2) if overlap(*pair)]
    for label in frame.labels:
        assert not [
            dot
            for dot in frame.dots
            if label.box[0] < dot.x_mm < label.box[2] and label.box[1] < dot.y_mm < label.box[3]
        ]


@pytest.mark.part(name="maps", beyond=2)
@pytest.mark.parametrize("setting", [COVER, PLACE], ids=["cover", "place"])
@pytest.mark.parametrize("slug", ["bonner", "herbert", "bass"])
def test_leaves_out_an_island_that_its_edge_would_cut(slug, setting):
    frame = laid(slug, setting)
    left, bottom, right, top = frame.box
    for ring in frame.rings("electorate"):
        assert all(left < x < right and bottom < y < top for x, y in ring)


def test_names_no_two_places_close_together():
    for slug in SEATS:
        for one, other in combinations(laid(slug, PLACE).dots, 2):
            assert math.dist((one.x_mm, one.y_mm), (other.x_mm, other.y_mm)) >= LEAST_APART_MM - 0.02, slug


@pytest.mark.parametrize("slug", SEATS)
@pytest.mark.parametrize("setting", [PLACE, COVER], ids=["place", "cover"])
@pytest.mark.part(name="maps", beyond=3)
def test_writes_no_name_of_a_town_on_the_ground_of_another_electorate(slug, setting):
    frame = laid(slug, setting)
    own, ground = frame.rings("electorate"), frame.rings("ground")
    for label in frame.labels:
        if label.kind == "town":
            left, bottom, right, top = label.box
            for x in (left + 0.4, (left + right) / 2, right - 0.4):
                for y in (bottom + 0.4, top - 0.4):
                    assert contains(own, x, y) or not contains(ground, x, y), (slug, label.lines)


def test_sets_no_type_smaller_than_eight_and_a_half_points_on_the_map_of_a_place():
    assert all(label.size_pt >= 8.5 for slug in SEATS for label in laid(slug, PLACE).labels)


def test_makes_the_same_map_each_time():
    again = maps.electorate(atlas(), group().places["sydney"], "sydney", COVER, measured).frames[0]
    assert again == laid("sydney", COVER)


def test_gives_an_outlined_map_a_scale_that_is_true():
    frame = laid("gilmore", PLACE)
    assert frame.bar.km in {10, 20, 50}
    assert frame.bar.long_mm == pytest.approx(frame.bar.km * frame.mm_per_km, abs=0.01)


def test_says_what_a_map_shows():
    shown = maps.electorate(atlas(), group().places["gilmore"], "gilmore", PLACE, measured).told
    assert shown.office == shown.places[0] == "Nowra"
    assert shown.borders == ("Eden-Monaro", "Fenner", "Whitlam")
    assert shown.area_km2 == pytest.approx(6322, rel=0.02)
    drawing = Drawing("-map", (), 80.0, 80.0, "au-federal-2025/gilmore", ChartOptions(style="outlined"))
    svg = charts.draw(drawing, look(), english(), PROJECT.root, charts.ground(group()))
    told = charts.told(svg)
    assert told["office"] == "Nowra"
    assert tuple(told["borders"]) == shown.borders
    assert charts.spoken(svg) == (*shown.borders, "6,300")


@pytest.mark.parametrize("slug", ["sydney", "bean"])
@pytest.mark.parametrize("lay_out", [maps.locator, maps.in_state])
def test_cuts_no_ring_off_at_the_edge_of_its_box(slug, lay_out):
    [frame] = lay_out(atlas(), slug, 34.0, 28.0).frames
    for dot in frame.dots:
        assert 2 * dot.radius_mm + 0.2 < dot.x_mm < 34.0 - 2 * dot.radius_mm - 0.2
        assert 2 * dot.radius_mm + 0.2 < dot.y_mm < 28.0 - 2 * dot.radius_mm - 0.2


@pytest.mark.part(name="maps")
def test_names_the_office_of_every_electorate():
    offices = {slug: next(place.name for place in places if place.office) for slug, places in group().places.items()}
    first = {(slug, setting.style): named(laid(slug, setting))[:1] for slug in offices for setting in (PLACE, COVER)}
    assert [key for key, name in first.items() if name != [offices[key[0]]]] == []


def towns(frame):
    return [label for label in frame.labels if label.kind == "town"]


def test_crosses_no_outline_with_a_towns_name_on_a_panel():
    for slug in SEATS:
        assert not any(label.crosses for label in towns(laid(slug, PANEL))), slug
        assert len(named(laid(slug, PANEL))) <= 4, slug


@pytest.mark.parametrize("setting", [PLACE, COVER, PANEL], ids=["place", "cover", "panel"])
def test_sets_no_two_names_like_lines_of_one_text(setting):
    """Names that begin or end at one edge have more than a line's space between them."""
    for slug in SEATS:
        labels = [label for label in laid(slug, setting).labels if label.kind in ("town", "office")]
        for one, other in combinations([label.box for label in labels], 2):
            if min(abs(one[side] - other[side]) for side in (0, 2)) < contest.ALIGNED_MM - 0.1:
                across = max(one[0], other[0]) - min(one[2], other[2])
                up = max(one[1], other[1]) - min(one[3], other[3])
                assert max(across, up - contest.LINE_CLEAR_MM[1] + 0.5) > 0.4, slug
