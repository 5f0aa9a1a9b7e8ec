"""Names on small maps keep off outlines and coasts, near their own dots and apart; a scale bar keeps off borders."""

import pytest
import shapely

from briefpack import maps
from briefpack.maps import siting
from briefpack.maps.land import Land
from briefpack.maps.sheet import Sheet
from briefpack.maps.siting import PlaceLettering, Site

BOX = (0.0, 0.0, 80.0, 80.0)
LETTERS = PlaceLettering(8.5, 400, 9.0, 7.5, 8.5, 7, 0.75, 1.1, gap_mm=0.7, leaders=True)


def sheet(own, *others, borders=()):
    """Return a sheet with an electorate and its neighbours."""
    rings = tuple(tuple(shape.exterior.coords) for shape in (own, *others))
    land = Land((("", rings),), borders, (), dict(enumerate((own, *others))))
    return Sheet(BOX, maps.Projection(0.0, 0.0, 1.0), maps.estimate, land, rings[:1], own)


def between(width):
    """Return a sheet with a narrow electorate between two others, beyond water that is too narrow for a name."""
    left, right = 40 - width / 2, 40 + width / 2
    return sheet(shapely.box(left, 5, right, 75), shapely.box(0, 0, left - 5, 80), shapely.box(right + 5, 0, 80, 80))


def site(name, x, y, *, office=False):
    return Site(name, (x, y), office, 1.1 if office else 0.75)


def written(place, *sites, letters=LETTERS):
    """Return the names that are written on a sheet."""
    siting.write(place, sites, letters, "")
    return {label.name: label for label in place.labels}


@pytest.fixture
def wide():
    return sheet(shapely.box(5, 5, 75, 75))


def test_leaves_out_a_name_that_fits_only_across_an_outline(wide):
    towns = site("Leongatha", 40, 60), site("Wonthaggi", 40, 20)
    assert [*written(between(14), *towns)] == ["Leongatha"]
    assert [*written(wide, *towns)] == ["Leongatha", "Wonthaggi"]


def test_leads_a_line_from_a_dot_to_its_name_in_the_sea():
    island = sheet(shapely.box(33, 5, 47, 75))
    label = written(island, site("Leongatha", 40, 60), site("Wonthaggi", 40, 20))["Wonthaggi"]
    start, end = map(shapely.Point, label.leader)
    assert start.distance(shapely.Point(40, 20)) == pytest.approx(0.75 + siting.LEADER_CLEAR_MM, abs=0.02)
    assert 0 < end.distance(shapely.box(*label.box)) <= siting.LEADER_CLEAR_MM + 0.02


def test_leads_no_line_across_another_electorate():
    spit = sheet(shapely.box(33, 5, 47, 75), shapely.box(48, 0, 51, 80), shapely.box(29, 0, 32, 80))
    for label in written(spit, site("Leongatha", 40, 60), site("Wonthaggi", 40, 20)).values():
        assert label.leader is None
