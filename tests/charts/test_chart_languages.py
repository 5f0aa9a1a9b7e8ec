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
STEPS = tuple(ChartRow(f"Step {place}", note="A few words.") for place in range(3))
PRINTED = {
    "rounded-shares": ("stacked", SHARES, ChartOptions(shares=True)),
    "all-parts": ("stacked", TOTALS, ChartOptions()),
    "rise": ("dots", CHANGES, ChartOptions()),
    "fall": ("dots", CHANGES, ChartOptions()),
}


@pytest.mark.parametrize("name", PRINTED)
@pytest.mark.parametrize("tongue", ["en-AU", "en-GB", "fr", "vi"])
def test_prints_its_own_words_in_the_language_of_the_brief(tongue, name):
    kind, rows, options = PRINTED[name]
    locale = language(tongue)
    svg = read(charts.draw(Drawing(kind, rows, 119, 45, options=options), house_look(), locale, PROJECT))
    assert locale.label(name) in [text.words for text in texts(svg)]
    assert overlapping(texts(svg)) == []
    assert outside(svg) == []


@pytest.mark.parametrize("tongue", ["en-AU", "en-GB", "fr", "vi", "zh-Hans"])
def test_every_language_has_the_words_of_these_charts(tongue):
    for name in PRINTED:
        assert language(tongue).label(name)
    assert language(tongue).label("from-to", low="1", high="2")
    assert language(tongue).slips.rest
