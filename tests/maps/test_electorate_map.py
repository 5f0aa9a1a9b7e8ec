"""Maps of one electorate: which places they name, and where the names stand."""

import functools
import math
import re
from itertools import combinations

import pytest
import shapely

from briefpack import charts, layout, maps
from briefpack.maps import coast, contest
from briefpack.maps.frames import meet as overlap
from briefpack.maps.siting import ENOUGH, LEAST_APART_MM
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


@pytest.mark.part(name="maps", beyond=3)
@pytest.mark.parametrize("slug", ["berowra", "blair", "braddon", "franklin", "holt", "lyons"])
@pytest.mark.parametrize("setting", [PLACE, COVER], ids=["place", "cover"])
def test_names_places_all_over_a_seat_whose_towns_are_close_together(slug, setting):
    frame = laid(slug, setting)
    # On a small map, names keep off outlines, and there is room for fewer.
    assert len(named(frame)) >= (5 if setting is COVER else 3)
    spots = shapely.MultiPoint([(dot.x_mm, dot.y_mm) for dot in frame.dots])
    seat = shapely.MultiLineString(frame.rings("electorate"))
    assert shapely.minimum_bounding_radius(spots) > 0.35 * shapely.minimum_bounding_radius(seat)


@pytest.mark.parametrize(("slug", "name"), [("braddon", "Devonport"), ("herbert", "Townsville"), ("mallee", "Horsham")])
@pytest.mark.parametrize("setting", [PLACE, COVER], ids=["place", "cover"])
@pytest.mark.part(name="maps", beyond=2)
def test_names_the_largest_town(slug, name, setting):
    assert name in named(laid(slug, setting))


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


def drawn(slug, setting, edition):
    """Return the SVG of a map as an edition has it."""
    size, margins, band = (setting.width_mm, setting.height_mm), setting.margins_mm, setting.band_mm
    options = ChartOptions(style=setting.style, margins_mm=margins, band_mm=band)
    drawing = Drawing("-electorate-map", (), *size, f"au-federal-2025/{slug}", options)
    return charts.draw(drawing, look(edition), english(), PROJECT.root, charts.ground(group())).decode()


@pytest.mark.parametrize("edition", ["screen", "home"])
@pytest.mark.part(name="maps", beyond=1)
def test_keeps_an_outline_off_the_letters_of_a_name_across_it(edition):
    """The ground is drawn around the letters, and the outline runs on beside them."""
    ground = r"fill: (#\w+); stroke: \1; stroke-width: 2\.2"
    assert re.search(ground, drawn("blair", PLACE, edition))
    assert edition == "home" or not re.search(ground, drawn("durack", PLACE, edition))


@pytest.mark.parametrize("slug", ["barker", "eden-monaro", "lyons"])
@pytest.mark.part(name="maps", beyond=1)
def test_names_an_office_on_one_side_of_an_outline_where_there_is_room(slug):
    """It may be abroad, further from its dot than a town's."""
    [office] = [label for label in laid(slug, COVER).labels if label.kind == "office"]
    assert not office.crosses
    [office] = [label for label in laid(slug, PLACE).labels if label.kind == "office"]
    assert not office.crosses


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
    drawing = Drawing("-electorate-map", (), 80.0, 80.0, "au-federal-2025/gilmore", ChartOptions(style="outlined"))
    svg = charts.draw(drawing, look(), english(), PROJECT.root, charts.ground(group()))
    told = charts.told(svg)
    assert told["office"] == "Nowra"
    assert tuple(told["borders"]) == shown.borders
    assert charts.spoken(svg) == (*shown.borders, "6,300")


@pytest.mark.parametrize(
    ("slug", "whole", "ringed"),
    [("durack", True, False), ("sydney", False, True), ("bean", True, True)],
)
def test_locates_an_electorate_in_its_state_or_in_the_nation(slug, whole, ringed):
    [frame] = maps.locator(atlas(), slug, 34.0, 28.0).frames
    assert frame.rings("own-state")
    assert bool(frame.rings("state-border")) == whole
    assert [dot.kind for dot in frame.dots] == ["ring"] * ringed


@pytest.mark.parametrize(("slug", "ringed"), [("durack", False), ("sydney", True)])
def test_shows_an_electorate_in_its_state_alone(slug, ringed):
    [frame] = maps.in_state(atlas(), slug, 40.0, 32.0).frames
    assert frame.rings("ground")
    assert not frame.rings("state-border")
    assert [dot.kind for dot in frame.dots] == ["ring"] * ringed
    assert not frame.labels


@pytest.mark.parametrize("slug", ["sydney", "bean"])
@pytest.mark.parametrize("lay_out", [maps.locator, maps.in_state])
def test_cuts_no_ring_off_at_the_edge_of_its_box(slug, lay_out):
    [frame] = lay_out(atlas(), slug, 34.0, 28.0).frames
    for dot in frame.dots:
        assert 2 * dot.radius_mm + 0.2 < dot.x_mm < 34.0 - 2 * dot.radius_mm - 0.2
        assert 2 * dot.radius_mm + 0.2 < dot.y_mm < 28.0 - 2 * dot.radius_mm - 0.2


def test_shows_no_hole_where_a_state_surrounds_another():
    [frame] = maps.locator(atlas(), "gilmore", 34.0, 28.0).frames
    assert all(shapely.is_ccw(shapely.linearrings(ring)) for ring in frame.rings("ground"))


@pytest.mark.part(name="maps", beyond=2)
@pytest.mark.parametrize("edition", ["screen", "home", "press"])
@pytest.mark.parametrize("name", ["ijm", "plain"])
def test_sets_the_nation_on_its_cover_off_from_the_field(name, edition):
    """Its land has another colour than the field or, on white paper, an outline."""
    shown = layout.load(PROJECT, name, edition, ()).look
    options = ChartOptions(style="cover", margins_mm=COVER.margins_mm, band_mm=COVER.band_mm)
    drawing = Drawing("-electorate-map", (), 216.0, 229.0, "au-federal-2025/", options)
    svg = charts.draw(drawing, shown, english(), PROJECT.root, charts.ground(group())).decode()
    land, edge = re.search(r"style=\"fill: (#\w+)(; stroke: #\w+)?", svg).groups()
    assert land.upper() != shown.colours["field"].upper() or edge


@pytest.mark.part(name="maps")
def test_keeps_the_names_of_a_cover_within_the_margins_of_its_page():
    for slug in SEATS:
        for label in laid(slug, COVER).labels:
            assert label.box[0] >= 20.9
            assert label.box[2] <= 195.1


@pytest.mark.part(name="maps")
def test_names_the_office_of_every_electorate():
    offices = {slug: next(place.name for place in places if place.office) for slug, places in group().places.items()}
    first = {(slug, setting.style): named(laid(slug, setting))[:1] for slug in offices for setting in (PLACE, COVER)}
    assert [key for key, name in first.items() if name != [offices[key[0]]]] == []


@pytest.mark.part(name="maps")
def test_puts_no_paper_behind_names_on_the_dark_field_of_a_press():
    options = ChartOptions(style="cover", margins_mm=COVER.margins_mm, band_mm=COVER.band_mm)
    drawing = Drawing("-electorate-map", (), 216.0, 229.0, "au-federal-2025/lingiari", options)
    drawn = {
        edition: charts.draw(drawing, look(edition), english(), PROJECT.root, charts.ground(group()))
        for edition in ("screen", "press")
    }
    assert drawn["press"].count(b"<path") == drawn["screen"].count(b"<path")


SLOT = maps.Setting("silhouette", 40.0, 32.0)


@pytest.mark.parametrize(("setting", "deeper"), [(COVER, 1), (SLOT, 0)], ids=["cover", "slot"])
def test_deepens_a_colour_by_one_step_and_not_on_a_small_map(setting, deeper):
    assert sum(shape.role.startswith("rim-") for shape in laid("durack", setting).shapes) == deeper


@pytest.mark.parametrize("slug", ["durack", "kingsford-smith"])
def test_draws_no_waterline_behind_type(slug):
    frame = laid(slug, COVER)
    lines = [ring for shape in frame.shapes if shape.role.startswith("water-") for ring in shape.rings]
    title = (0.0, COVER.height_mm - COVER.band_mm, COVER.width_mm * 0.7, COVER.height_mm)
    drawn = shapely.multilinestrings([*map(shapely.linestrings, lines)])
    assert lines
    for box in (title, *(label.box for label in frame.labels)):
        assert not shapely.intersects(drawn, shapely.box(*box))


def test_draws_no_waterlines_round_an_islet():
    islet, island = shapely.box(10, 10, 11, 11), shapely.box(40, 40, 45, 45)
    kept = coast.without_islets(shapely.union_all([islet, island]))
    assert shapely.equals(kept, island)


@pytest.mark.parametrize(("slug", "said"), [("durack", True), ("ryan", False)])
def test_names_an_office_without_its_second_line_if_that_would_run_across_an_outline(slug, said):
    [office] = [label for label in laid(slug, PANEL).labels if label.kind == "office"]
    assert bool(office.note) == said
    assert not office.crosses


def test_never_leaves_out_the_second_line_of_an_office_where_names_may_cross_an_outline():
    offices = [label for slug in SEATS for label in laid(slug, COVER).labels if label.kind == "office"]
    assert all(label.note == COVER.office for label in offices)


def towns(frame):
    return [label for label in frame.labels if label.kind == "town"]


def test_crosses_no_outline_with_a_towns_name_on_a_panel():
    for slug in SEATS:
        assert not any(label.crosses for label in towns(laid(slug, PANEL))), slug
        assert len(named(laid(slug, PANEL))) <= 4, slug


@pytest.mark.parametrize("slug", ["durack", "sydney"])
def test_crosses_no_outline_on_a_cover_that_has_other_places(slug):
    frame = laid(slug, COVER)
    assert len(named(frame)) >= ENOUGH
    assert not any(label.crosses for label in towns(frame))


def test_names_places_on_the_coast_in_the_sea():
    seaside = {label.name for label in laid("durack", COVER).labels if not label.on_mark}
    assert seaside >= {"Broome", "Carnarvon", "Geraldton"}


def test_keeps_names_a_distance_from_their_dots_on_a_cover():
    for frame in (laid(slug, COVER) for slug in SEATS):
        for dot in frame.dots:
            spot = shapely.Point(dot.x_mm, dot.y_mm)
            gap = min(spot.distance(shapely.box(*label.box)) for label in frame.labels) - dot.radius_mm
            assert gap >= 0.6


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


@pytest.mark.parametrize(("style", "tinted"), [("outlined", True), ("silhouette", False)])
def test_tints_the_sea_of_a_map_among_its_neighbours_to_the_edges(style, tinted):
    """Land that the edges cut ends at a picture's edge, not in the middle of the page."""
    sea = look("screen").colours["map-sea"]
    svg = drawn("durack", maps.Setting(style, 80.0, 60.0), "screen")
    assert (sea.lower() in svg.lower()) == tinted
    # No one has to see it: it is only behind the land.
    assert bool(re.search(rf'<g aria-hidden="true">\s*<path[^>]*fill: {sea}', svg, re.IGNORECASE)) == tinted
