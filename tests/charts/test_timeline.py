"""Timelines are to scale, their leaders never cross, and events that can't be placed are refused."""

from itertools import pairwise

import pytest

from briefpack import charts
from briefpack.charts import timing
from briefpack.plan import ChartRow, Drawing
from drawn import PROJECT, filled, house_look, leaders, read
from projects import english

POINTS_A_MM = 72 / 25.4
CASE = (
    ChartRow("A centre opens", when="2019", note="Four police forces work in one office"),
    ChartRow("A fifth force joins", when="2021"),
    ChartRow("An arrest", when="March 2024", note="One man, for alleged offences"),
    ChartRow("A second arrest", when="April 2024", note="Another man, on arrival at an airport"),
    ChartRow("Children removed from harm", when="November 2024", note="Two women arrested", strong=True),
    ChartRow("The police announce it", when="9 December 2024"),
)
ACROSS, DOWN = (174.0, 60.0), (119.0, 100.0)


def drawn(rows, size_mm):
    """Draw rows and read the SVG back."""
    return read(charts.draw(Drawing("timeline", tuple(rows), *size_mm), house_look(), english(), PROJECT))


def years(*whens):
    """Return an event at each date."""
    return [ChartRow(f"Event {place}", when=when) for place, when in enumerate(whens)]


def bars(svg):
    """Return the boxes of the bars, in points."""
    return sorted(filled(svg, "signal", "support"))


def test_draws_each_date_as_long_as_it_is_vague():
    """A year is twelve times as long as a month of it, and begins where it belongs."""
    svg = drawn(years("2021", "2023", "June 2024"), ACROSS)
    first, second, third = bars(svg)
    year = first[2] - first[0]
    assert year == pytest.approx(ACROSS[0] * POINTS_A_MM / 4, abs=0.1)
    assert second[0] - first[0] == pytest.approx(2 * year, abs=0.1)
    assert third[2] - third[0] == pytest.approx(year / 12, abs=0.1)
    assert third[0] - first[0] == pytest.approx(year * (3 + 5 / 12), abs=0.1)


def test_draws_time_to_scale_from_the_top_down():
    svg = drawn(years("2021", "2023", "June 2024"), (60.0, 100.0))
    first, second, third = sorted(bars(svg), key=lambda box: box[1])
    year = first[3] - first[1]
    assert second[1] - first[1] == pytest.approx(2 * year, abs=0.1)
    assert third[3] - third[1] == pytest.approx(year / 12, abs=0.1)


@pytest.mark.parametrize("size_mm", [(82.0, 90.0), (46.0, 170.0), (174.0, 60.0)])
def test_crosses_no_leader_with_another(size_mm):
    lines = [line for line in leaders(drawn(CASE, size_mm)) if len(line) > 2]
    for place, one in enumerate(lines):
        for other in lines[place + 1 :]:
            crossed = [(a, b) for a in pairwise(one) for b in pairwise(other) if cross(a, b)]
            assert crossed == []


def cross(one, other):
    """Return whether a level and an upright line cross."""
    for (a, b), (c, d) in ((one, other), (other, one)):
        level, upright = abs(a[1] - b[1]) < 0.01, abs(c[0] - d[0]) < 0.01
        inside = min(a[0], b[0]) + 0.1 < c[0] < max(a[0], b[0]) - 0.1
        if level and upright and inside and min(c[1], d[1]) + 0.1 < a[1] < max(c[1], d[1]) - 0.1:
            return True
    return False


@pytest.mark.parametrize(
    ("anchors", "ends", "lanes"),
    [
        ((0, 10, 20), (0, 10, 20), [0, 0, 0]),
        ((0, 2, 4), (0, 10, 20), [0, 1, 0]),
        ((90, 92, 94), (60, 75, 94), [0, 1, 0]),
    ],
)
def test_gives_leaders_that_would_cross_lanes_of_their_own(anchors, ends, lanes):
    assert timing.lanes(anchors, ends) == lanes


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (years(*(str(year) for year in range(2010, 2020))), "Event 9.*tenth event"),
        (years("2021", "Afterwards"), "Event 1.*at no date.*Afterwards"),
        (years("2010", "May 2023", "June 2023", "July 2023"), "3 of its 4 events are within a tenth"),
    ],
)
def test_refuses_events_that_no_scale_shows(rows, words):
    with pytest.raises(charts.Undrawable, match=words):
        drawn(rows, DOWN)
