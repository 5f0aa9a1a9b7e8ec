"""A strip shows every electorate once, and says in words where one of them ranks."""

from dataclasses import replace

import pytest

import dotted
from briefpack import charts
from briefpack.plan import fact_charts
from projects import english

SIZE = (119.0, 32.0)
FIFTY = tuple(float(value) for value in range(1, 51))


def strip(rows, size_mm=SIZE, edition="screen"):
    return dotted.drawn("strip", rows, size_mm, edition)


def words(rows):
    return dotted.words(strip(rows))


def ranks(rows):
    return [text for text in words(rows) if " of " in text]


@pytest.mark.parametrize(("size_mm", "edition"), [((82.0, 34.0), "screen"), ((174.0, 32.0), "home")])
def test_draws_one_dot_for_each_electorate_in_its_width(size_mm, edition):
    rows = fact_charts.rows(dotted.group(), ("older-people-share",), english(), ("gilmore",))
    svg = strip(rows, size_mm, edition)
    places = {place for _, _, places in dotted.spots(svg) for place in places}
    assert len(places) == len(rows) == 150
    assert all(0 <= x <= size_mm[0] * 72 / 25.4 for x, _ in places)
    assert {"28.5%, 3rd highest of 150", "Gilmore"} <= {*dotted.words(svg)}


@pytest.mark.parametrize(
    ("strong", "said"),
    [
        (0, "1%, lowest of 50"),
        (20, "21%, 21st lowest of 50"),
        (30, "31%, 20th highest of 50"),
        (49, "50%, highest of 50"),
    ],
)
def test_counts_the_rank_from_the_nearer_end(strong, said):
    assert ranks(dotted.rows(*FIFTY, strong=strong)) == [said]


def test_names_the_lowest_the_median_and_the_highest_and_counts_a_tie_at_an_end():
    assert {"Seat0 1%", "median 26%", "Seat49 51%"} <= {*words(dotted.rows(*FIFTY[:25], *FIFTY[25:49], 51.0))}
    tied = words(dotted.rows(1, *FIFTY[:-1], 49.0))
    assert "2 electorates 1%" in tied
    assert "2 electorates 49%" in tied


def test_ranks_by_the_values_before_they_were_rounded():
    rows = dotted.rows(*FIFTY[:-2], 50, 50, strong=48)
    exact = [replace(row, exact=value) for row, value in zip(rows, (*FIFTY[:-2], 49.9, 50.1), strict=True)]
    assert ranks(exact) == ["50%, 2nd highest of 50"]


def test_says_how_many_have_no_value_and_leaves_them_out_of_the_rank():
    rows = (*dotted.rows(*FIFTY, strong=9), dotted.row("Unknown", None))
    assert ranks(rows) == ["10%, 10th lowest of 50"]
    assert "One dot is one electorate. Electorates not shown: 1." in words(rows)


def several(count):
    return [replace(row, series=f"fact {n}") for n in range(count) for row in dotted.rows(*FIFTY)]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (dotted.rows(*FIFTY[:29]), "there are 29 marks, and a strip needs at least 30 to show a rank"),
        (several(5), "it has 5 strips, and at most 4 can be compared"),
        ((*dotted.rows(*FIFTY), *dotted.rows(*[None] * 6)), "6 of 56 values are missing, more than one in ten"),
        (dotted.rows(*[3.0] * 40), "all of its values are 3%"),
        (dotted.rows(*[1.0] * 140, *FIFTY), "141 of its 190 marks have nearly the same value, too many to tell apart"),
    ],
)
def test_refuses_what_a_strip_cannot_show(rows, reason):
    with pytest.raises(charts.Undrawable) as refused:
        strip(rows, (119.0, 47.0))
    assert str(refused.value) == reason


def test_refuses_a_second_pin_and_another_unit_at_their_rows():
    good = dotted.rows(*FIFTY, strong=0)
    for wrong in (replace(good[5], strong=True), replace(good[5], unit="people")):
        with pytest.raises(charts.Undrawable) as refused:
            strip((*good[:5], wrong, *good[6:]))
        assert refused.value.row == wrong
