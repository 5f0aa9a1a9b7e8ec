"""Tests of values that name their neighbour instead of their own item: each mistake, and a sound case beside it."""

import pytest

from briefpack.problem import Problems
from reviewed import warned

FIGURE = "  crossings: {value: 800,"
YEARS = "  crossings-2020: {value: 640, unit: crossings, means: schools without one, source: school-count}\n"


@pytest.mark.parametrize(
    ("label", "wrong"), [("In 2026", True), ("In 2020", False), ("From 2020 to 2026", False), ("Before", False)]
)
def test_names_a_row_whose_figure_is_of_another_year(label, wrong):
    row = f"      - {{label: {label}, figure: crossings-2020}}\n      - {{label: After,"
    found = warned((FIGURE, YEARS + FIGURE), ("      - {label: After,", row))
    assert ('"In 2026" shows crossings-2020' in found) is wrong


def test_blames_the_briefs_date_if_several_sources_are_later():
    date, late = ("date: 2026-07-01", "date: 2026-01-07"), ('date: "2025"', "date: March 2026")
    message = "2 sources are dated after the brief (lines 29, 37)"
    assert message in warned(date, late)
    assert not any("sources are dated after" in each for each in warned(late))


def test_names_a_standfirst_that_was_copied_from_another_leave_behind():
    first = "standfirst: A small fund would build every crossing that is missing."
    copied = warned(("standfirst: One rule would let children walk.", first))
    assert any("is the standfirst of another leave-behind too" in each for each in copied)
    assert not any("standfirst" in each for each in warned())


def test_explains_a_colon_that_makes_a_key_of_an_items_words():
    item = ("- One rule for all streets near schools.", "- Two things: a rule, and a fund.")
    with pytest.raises(Problems) as caught:
        warned(item)
    [problem] = caught.value.problems
    assert problem.message == "asks[1].buys[0]: the colon makes a key of the words before it"
    assert problem.hint == 'put it in quotation marks: "Two things: a rule, and a fund."'
