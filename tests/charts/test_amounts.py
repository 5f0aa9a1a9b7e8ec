"""Amounts that find no room lose their unit, which a note states once; those that can't lose it keep every word."""

from dataclasses import replace
from decimal import Decimal

import pytest

from briefpack import charts
from briefpack.build.jobs import draw
from briefpack.plan import ChartRow, Drawing
from briefpack.text import numbers
from drawn import PROJECT, house_look, read, texts
from projects import language

YEARS = ("2020–21", "2021–22", "2022–23", "2023–24", "2024–25")
AMOUNTS = ("1150000", "4400000", "12000000", "9500000", "23750000")


def drawn(tongue: str, values=AMOUNTS, width_mm=82.0, kind="columns"):
    rows = [
        ChartRow(year, float(amount), numbers.written(Decimal(amount), "AU$", language(tongue)), "AU$")
        for year, amount in zip(YEARS, values, strict=False)
    ]
    svg = charts.draw(Drawing(kind, tuple(rows), width_mm, 50), house_look(), language(tongue), PROJECT)
    return [text.words for text in texts(read(svg))]


@pytest.mark.parametrize(
    ("tongue", "note", "value"),
    [
        ("en-AU", "Values are in AU$ million.", "12.00"),
        ("fr", "Valeurs en millions de dollars australiens.", "12,00"),
    ],
)
def test_writes_bare_numbers_to_one_precision_where_words_find_no_room(tongue, note, value):
    found = drawn(tongue)
    assert note in found
    assert value in found


def test_moves_the_name_of_a_currency_to_the_label_of_a_large_figure():
    rows = (
        ChartRow("logements", 42350, "42 350", "logements"),
        ChartRow("dépensés", 16.5e6, "16,5 millions de dollars australiens", "AU$"),
    )
    svg = charts.draw(Drawing("numbers", rows, 82, 30), house_look(), language("fr"), PROJECT)
    found = [text.words for text in texts(read(svg))]
    assert "16,5 millions" in found
    assert "de dollars australiens dépensés" in " ".join(found)


def test_refuses_the_row_as_the_brief_has_it():
    """Its words may have changed on the way, but its place in the brief is found."""
    row = ChartRow("2014", 2e6, "AU$2 million", "AU$")
    shown = Drawing("columns", (replace(row, label="2013", value=1e6), row), 82, 50)
    changed = replace(row, written="2.00")
    assert draw._part(changed, shown) == ("rows", 1)
