"""The place of a number among those of all electorates."""

from decimal import Decimal

import pytest

from briefpack import electorates
from briefpack.electorates.facts import Ranked, standings
from briefpack.project import Project
from projects import TESTS


def estimate(value, low, high, *, printed=True):
    return Ranked(*map(Decimal, (value, low, high)), printed=printed)


def test_counts_an_estimate_whose_range_reaches_further_as_perhaps_above():
    found = standings({"a": estimate(100, 90, 110), "b": estimate(95, 85, 105), "c": estimate(80, 75, 84)})
    assert (found["a"].above, found["a"].perhaps_above) == (0, 1)
    assert (found["b"].above, found["b"].perhaps_above, found["b"].perhaps_below) == (1, 1, 2)


def test_ranks_numbers_that_print_alike_by_what_they_were_before_rounding():
    numbers = {
        name: Ranked(*[Decimal(value)] * 3, rounded=Decimal("20.7"))
        for name, value in (("a", "20.704"), ("b", "20.657"))
    }
    found = standings(numbers)
    assert [(found[name].above, found[name].shared) for name in "ab"] == [(0, False), (1, False)]
    assert str(found["a"].median) == "20.7"


def test_ranks_no_number_that_must_not_print_but_leaves_room_for_it():
    found = standings({"a": estimate(100, 100, 100), "wide": estimate(90, 50, 130, printed=False)})
    assert "wide" not in found
    assert (found["a"].total, found["a"].above, found["a"].perhaps_above) == (1, 0, 1)


@pytest.fixture(scope="module")
def federal():
    """Return the set that ships."""
    return electorates.load(Project(TESTS.parent), "au-federal-2025")


def test_takes_a_surveys_confidence_interval_from_its_standard_error(federal):
    rate = federal.by_slug["chifley"].facts["scam-rate"]
    assert (rate.low, rate.value, rate.high) == tuple(map(Decimal, ("2.3", "2.7", "3.1")))


def test_reads_the_values_over_time_and_where_they_stop_comparing(federal):
    rate = federal.by_slug["chifley"].facts["scam-rate"]
    assert [each.when for each in rate.history][:2] == ["2014-15", "2020-21"]
    assert [each.when for each in rate.history if each.breaks] == ["2022-23"]
    assert [str(each.value) for each in rate.nation_history] == ["2.4", "3.6", "2.7", "2.5", "3.1", "2.7"]
    assert {each.facts["scam-rate"].history for each in federal.electorates if each.state.code == "NSW"} == {
        rate.history
    }
