"""Axes have round numbers and are in proportion, and labels are moved as little as possible."""

import pytest

from briefpack.charts import axes, placing, series


@pytest.mark.parametrize(
    ("low", "high", "most", "wanted"),
    [
        (0, 3.9, 5, (0, 1, 2, 3, 4)),
        (0, 74, 3, (0, 25, 50, 75)),
        (23.1e6, 25.7e6, 5, (23e6, 24e6, 25e6, 26e6)),
        (-3, 2.5, 4, (-4, -2, 0, 2, 4)),
        (0, 0, 5, (0, 1)),
    ],
)
def test_shows_round_numbers_around_all_values(low, high, most, wanted):
    assert axes.ticks(low, high, most) == pytest.approx(wanted)


def test_starts_at_zero_unless_amounts_differ_little():
    assert axes.starts_at_zero([94, 97], rate=True)
    assert axes.starts_at_zero([250, 700], rate=False)
    assert axes.starts_at_zero([-3, 97], rate=False)
    assert not axes.starts_at_zero([940, 970], rate=False)


def test_places_values_in_proportion():
    axis = axes.Axis(10, 30, 5, 45)
    assert [axis.at_mm(value) for value in (10, 15, 30)] == [5, 15, 45]
    assert axes.Axis(10, 10, 5, 45).at_mm(10) == 25


def test_moves_labels_apart_evenly_around_their_places():
    assert placing.spread([50, 20], [4, 4], 1, (0, 60)) == [50, 20]
    assert placing.spread([30, 30], [4, 4], 1, (0, 60)) == [32.5, 27.5]
    assert placing.spread([60, 59], [4, 4], 1, (0, 60)) == [58, 53]
    assert placing.spread([1, 0], [4, 4], 1, (0, 60)) == [7, 2]
    assert placing.spread([40, 33, 32], [4, 4, 4], 1, (0, 60)) == [40, 35, 30]


@pytest.mark.parametrize(
    ("years", "width_mm", "wanted"),
    [
        (range(2010, 2015), 8, [2010, 2011, 2012, 2013, 2014]),
        (range(2010, 2015), 35, [2010, 2014]),
        (range(2010, 2015), 50, [2014]),
        (range(2006, 2026), 20, [2006, 2010, 2015, 2020, 2025]),
        (range(2007, 2026), 80, [2007, 2016, 2025]),
        ([2014 + quarter / 4 for quarter in range(13)], 8, [2014, 2015, 2016, 2017]),
    ],
)
def test_leaves_out_years_that_would_touch_but_not_the_first_or_last(years, width_mm, wanted):
    """Those left between them are of round years; a quarter's is the first in its year."""
    places = series.thinned_years(list(years), [width_mm] * len(years), [10 * year for year in years], 1)
    assert [list(years)[place] for place in places] == wanted
