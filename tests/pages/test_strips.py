"""Strips with a mark for each electorate."""

import re
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader

from briefpack import electorates
from briefpack.brief.local_page import LocalStrip
from briefpack.geometry import MM_PER_PT
from briefpack.pages import strips
from briefpack.project import Project
from projects import TESTS, english

WANTED = tuple(
    LocalStrip(fact=fact, measure=fact)
    for fact in (
        "filipino-ancestry-share",
        "children-share",
        "rented-share",
        "older-people-share",
        "born-philippines-share",
    )
)
COLOURS = ("#8fa3ad", "#16243a")
WIDTH_PT = round(strips.STRIP_MM / MM_PER_PT, 1)


@pytest.fixture(scope="module")
def group():
    """Return the set that ships."""
    return electorates.load(Project(TESTS.parent), "au-federal-2025")


def strips_of(group, slug):
    return strips.of(group, WANTED, group.by_slug[slug] if slug else None, COLOURS, english(), strips.STRIP_MM)


def test_shows_the_first_four_whose_numbers_are_known(group):
    assert [each.fact for each in strips_of(group, "chifley")] == [each.fact for each in WANTED[:4]]
    assert [each.fact for each in strips_of(group, "lindsay")] == [each.fact for each in WANTED[1:4]]


def test_says_the_value_the_rank_and_the_median(group):
    first, second, *_ = strips_of(group, "chifley")
    assert (first.written, first.rank, first.median) == ("about 11.2%", "highest of 147", "1.3%")
    assert second.rank == "7th highest of 150"


def marks_of(strip):
    path = re.search(rb'd="([^"]+)" fill="none"', strip.svg)[1].decode()
    return [(float(x), float(y), float(tall)) for x, y, tall in re.findall(r"M([\d.]+) ([\d.]+)v-([\d.]+)", path)]


@pytest.mark.parametrize("number", [0, 3])
def test_marks_each_electorate_where_its_number_before_rounding_is(group, number):
    strip = strips_of(group, None)[number]
    values = sorted(each.facts[strip.fact].exact for each in group.electorates if strip.fact in each.facts)
    share = [float((value - values[0]) / (values[-1] - values[0])) for value in values]
    assert len(values) == strip.total - strip.missing
    assert [x for x, _, _ in marks_of(strip)] == pytest.approx(
        [strips.OWN_PT / 2 + (WIDTH_PT - strips.OWN_PT) * each for each in share], abs=0.01
    )


def test_places_the_electorates_mark_and_names_the_ends(group):
    highest = strips_of(group, "chifley")[0]
    assert highest.at == pytest.approx(100 * (1 - strips.OWN_PT / 2 / WIDTH_PT), abs=0.01)
    nation = strips_of(group, None)[0]
    assert (nation.written, nation.highest) == ("", "Chifley: about 11.2%")
    assert nation.leading[0] == ("Chifley", "about 11.2%", "NSW")
    assert (nation.missing, nation.total) == (3, 150)


STRIPS = '{% import "shared/place-parts.html" as parts with context %}{{ parts.strips(found) }}'
PARAGRAPH = re.compile(r"<p [^>]*>(.*?)</p>")
MEDIAN = re.compile(r'class="median" style="left: ([\d.]+)%; width: ([\d.]+)%"')


def printed(group, slug):
    """Return the strips of an electorate, or of the nation, and their HTML."""
    found = tuple(strips.PlacedStrip("strip.svg", each) for each in strips_of(group, slug))
    names = {"brief": SimpleNamespace(local=SimpleNamespace(strips=WANTED), asks=()), "label": english().label}
    names |= {"electorate": slug and group.by_slug[slug], "found": found}
    environment = Environment(loader=FileSystemLoader(TESTS.parent / "layouts"), autoescape=True)
    return found, environment.from_string(STRIPS).render(**names)


def test_is_heard_as_it_is_printed(group):
    found, html = printed(group, "chifley")
    first, *others = html.split("<li")[1:]
    assert PARAGRAPH.findall(first) == ["Filipino-ancestry-share", "about 11.2%", "highest of 147", "median 1.3%"]
    assert len(others) == len(found) - 1
    assert html.count('alt="Filipino-ancestry-share" aria-hidden="true"') == 1


def test_says_which_end_is_which_on_the_page_of_the_nation(group):
    _, html = printed(group, None)
    assert '<span aria-label="lowest, Franklin: 0.5%">Franklin: 0.5%</span>' in html
    assert '<span aria-label="highest, Chifley: about 11.2%">Chifley: about 11.2%</span>' in html


@pytest.mark.parametrize("slug", ["chifley", None])
def test_prints_the_median_under_its_pointer_as_far_as_there_is_room(group, slug):
    found, html = printed(group, slug)
    places = [(float(left), float(width)) for left, width in MEDIAN.findall(html)]
    assert len(places) == len(found)
    for strip, (left, width) in zip(found, places, strict=True):
        assert 0 <= left <= 100 - width
        if 30 < strip.shown.middle < 60:
            assert left + width / 2 == pytest.approx(strip.shown.middle, abs=0.1)
