"""Charts of parts, dots, figures and steps print the words of the brief's language, apart and inside the drawing."""

import pytest

from briefpack import charts
from briefpack.plan import ChartOptions, ChartRow, Drawing
from drawn import PROJECT, house_look, outside, overlapping, read, texts
from projects import language

SHARES = tuple(
    ChartRow(label, value, f"{value}%", "%", series=name)
    for label, *values in (("2020", 33, 33, 33), ("2024", 40, 30, 30))
    for name, value in zip(("A", "B", "C"), values, strict=True)
)
TOTALS = tuple(ChartRow("2020", value, f"{value}", "x", series=f"{value}") for value in (50, 30))
CHANGES = tuple(
    ChartRow(label, value, f"{value}", "x", series=name)
    for label, *values in (("A", 10, 20), ("B", 30, 12), ("C", 15, 15.1))
    for name, value in zip(("2020", "2024"), values, strict=True)
)
PRINTED = {
    "rounded-shares": ("stacked", SHARES, ChartOptions(shares=True)),
    "all-parts": ("stacked", TOTALS, ChartOptions()),
    "rise": ("dots", CHANGES, ChartOptions()),
    "fall": ("dots", CHANGES, ChartOptions()),
}


@pytest.mark.parametrize("name", PRINTED)
def test_prints_its_own_words_in_the_language_of_the_brief(name):
    kind, rows, options = PRINTED[name]
    locale = language("fr")
    svg = read(charts.draw(Drawing(kind, rows, 119, 45, options=options), house_look(), locale, PROJECT))
    assert locale.label(name) in [text.words for text in texts(svg)]
    assert overlapping(texts(svg)) == []
    assert outside(svg) == []
