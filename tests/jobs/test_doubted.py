"""Tests of a chart's marks that can't be told apart: the row of data that is doubted is to blame."""

from dataclasses import replace

import pytest

from briefpack.jobs import doubted
from briefpack.problem import Owner, Problem

ROW = Problem("briefs/electorates/norland/people.csv", 3, "27% of 600 isn't 20", "check both", warning=True)
OTHER = Problem("briefs/electorates/norland/people.csv", 4, "27% of 600 isn't 20", "check both", warning=True)
MARK = Problem("layouts/a/place.html", 16, "a mark is faint", "darken it", Owner.LAYOUT, check="mark-contrast", page=2)
TYPE = Problem("layouts/a/place.html", 16, "type is faint", "darken it", Owner.LAYOUT, check="contrast", page=2)


@pytest.mark.parametrize("path", ["people.xlsx", "people.ods", "people.tsv"])
def test_knows_a_row_of_any_kind_of_table(path):
    [mark] = doubted.at_rows([MARK], [replace(ROW, path=path)])
    assert (mark.path, mark.line) == (path, ROW.line)


@pytest.mark.parametrize(("warnings", "is_blamed"), [((ROW,), True), ((ROW, OTHER), False), ((), False)])
def test_blames_the_one_row_that_is_doubted(warnings, is_blamed):
    mark, other = doubted.at_rows([MARK, TYPE], warnings)
    assert other == TYPE
    assert (mark.path, mark.line, mark.owner) == (
        (ROW.path, ROW.line, Owner.BRIEF) if is_blamed else (MARK.path, MARK.line, Owner.LAYOUT)
    )
    assert not is_blamed or (mark.message, mark.hint) == (
        "27% of 600 isn't 20; its chart has a mark that can't be seen", "check both; if it is right, darken it",
    )  # fmt: skip
