"""A survey chart breaks its line where the question changed, cuts its axis at missing years, and touches nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from briefpack import charts
from briefpack.charts import Undrawable
from briefpack.plan import ChartOptions, ChartRow, Drawing
from drawn import COLOURS, PROJECT, SVG, house_look, read
from projects import english

YEARS = ("2014–15", "2020–21", "2021–22", "2022–23", "2023–24", "2024–25")
STATE = (2.1, 3.8, 3.3, 2.6, 3.1, 2.7)
COUNTRY = (2.4, 3.6, 2.7, 2.5, 3.1, 2.7)
SIZE_MM = (80.0, 41.0)


def rows(error=0.4, years=YEARS, name="New South Wales"):
    own = [
        ChartRow(year, value, f"{value}%", "%", series=name, strong=True, low=value - error, high=value + error)
        for year, value in zip(years, STATE, strict=False)
    ]
    other = [
        ChartRow(year, value, f"{value}%", "%", series="Australia") for year, value in zip(years, COUNTRY, strict=False)
    ]
    return (*own, *other)


def drawn(of=None, breaks=("2022–23",), size_mm=SIZE_MM):
    drawing = Drawing("-survey", of or rows(), *size_mm, options=ChartOptions(breaks=breaks))
    return read(charts.draw(drawing, house_look(), english(), PROJECT))


def lines(svg, colour, width):
    """Return the straight lines of one colour and width, as their points."""
    found = []
    for path in svg.iter(f"{SVG}path"):
        style = path.get("style") or ""
        if f"stroke: {colour.lower()}" in style and f"stroke-width: {width}" in style:
            found.append(re.findall(r"[ML] ?([\d.]+) ([\d.]+)", path.get("d") or ""))
    return found


def test_joins_only_years_that_follow_each_other_and_compare():
    joined = [each for each in lines(drawn(), COLOURS["ink"], "1.8") if len(each) == 2]
    # 2020–21 to 2021–22, 2022–23 to 2023–24, 2023–24 to 2024–25.
    assert len(joined) == 3
    whole = [each for each in lines(drawn(breaks=()), COLOURS["ink"], "1.8") if len(each) == 2]
    assert len(whole) == 4


@pytest.mark.parametrize(
    ("of", "reason"),
    [
        (rows(years=YEARS[:2]), "it has 2 moments"),
        ((*rows(), *(replace(row, series="Third", strong=False) for row in rows()[:6])), "it has 3 series"),
        ((replace(rows()[0], low=3.0, high=4.0), *rows()[1:]), "has a value outside its own range"),
    ],
)
def test_refuses_what_it_cannot_show(of, reason):
    with pytest.raises(Undrawable, match=reason):
        drawn(of)
