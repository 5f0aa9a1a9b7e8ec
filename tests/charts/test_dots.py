"""Dots are in their true places, hollow before solid, and a chart of dots refuses what it can't show honestly."""

import re
from dataclasses import replace

import pytest

from briefpack import charts
from briefpack.plan import ChartRow, Drawing
from drawn import COLOURS, PROJECT, SVG, house_look, read, texts
from projects import english

RATES = (
    ("Northern Territory", 2.2, 2.6), ("Queensland", 2.9, 3.1), ("ACT", 2.7, 2.4), ("South Australia", 3.2, 2.6),
    ("Western Australia", 3.6, 2.9), ("New South Wales", 3.8, 2.7), ("Tasmania", 3.7, 2.6), ("Victoria", 3.9, 2.5), ("Australia", 3.6, 2.7),
)  # fmt: skip
MOMENTS = ("2020–21", "2024–25")
CHIFLEY = (
    ("Chifley", 20000, 18000, 21200), ("McMahon", 9600, 8800, 10400), ("Gorton", 9100, 8600, 9600), ("Lalor", 6600, None, None),
)  # fmt: skip


def pairs(rates=RATES, strong=("Northern Territory", "Queensland")):
    """Return two rows of each label, an earlier and a later one."""
    return tuple(
        ChartRow(label, value, f"{value}%", "%", series=moment, strong=label in strong)
        for label, *values in rates
        for moment, value in zip(MOMENTS, values, strict=True)
    )


def ranges():
    """Return estimates, most of them with a range."""
    return tuple(
        ChartRow(label, value, f"about {value:,}", "people", low=low, high=high, low_written=f"{low}", high_written=f"{high}", strong=value > 1e4)
        for label, value, low, high in CHIFLEY
    )  # fmt: skip


def drawn(rows, size_mm=(119, 66), look=None):
    return charts.draw(Drawing("dots", tuple(rows), *size_mm), look or house_look(), english(), PROJECT)


def circles(svg):
    """Return the middle and the fill of each dot, from left to right within each line and from the top down."""
    found = []
    for path in svg.iter(f"{SVG}path"):
        if path.get("d", "").count("C") >= 8:
            numbers = [float(each) for each in re.findall(r"-?[\d.]+", path.get("d"))]
            xs, ys = numbers[::2], numbers[1::2]
            found.append(
                ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, re.search(r"fill: (#\w+)", path.get("style"))[1])
            )
    return found


@pytest.mark.parametrize("size_mm", [(46, 104), (119, 66)])
def test_places_dots_in_true_proportion_hollow_then_solid(size_mm):
    found = circles(read(drawn(pairs(), size_mm)))[2:]
    values = [value for _, *both in RATES for value in both]
    (x0, *_), (x1, *_) = found[0], found[-4]
    scale = (x1 - x0) / (values[-4] - values[0])
    assert [dot[0] for dot in found] == pytest.approx([x0 + scale * (value - values[0]) for value in values], abs=0.1)
    assert {dot[2] for dot in found[::2]} == {"#ffffff"}
    assert "#ffffff" not in {dot[2] for dot in found[1::2]}


def test_draws_the_ends_of_a_range_in_true_proportion():
    svg = read(drawn(ranges(), (119, 40)))
    dots = circles(svg)
    scale = (dots[0][0] - dots[1][0]) / (20000 - 9600)
    strokes = [
        [float(each) for each in re.findall(r"-?[\d.]+", path.get("d"))]
        for path in svg.iter(f"{SVG}path")
        if f"stroke: {COLOURS['signal'].lower()}" in path.get("style", "") and path.get("d", "").count("L") == 1
    ]
    level = next(each for each in strokes if each[1] == each[3])
    assert level[0] == pytest.approx(dots[0][0] - 2000 * scale, abs=0.1)
    assert level[2] == pytest.approx(dots[0][0] + 1200 * scale, abs=0.1)
    assert len(strokes) == 3


def test_starts_at_zero_or_says_where_it_starts():
    assert "The scale starts at 2%." in [text.words for text in texts(read(drawn(pairs())))]
    words = [text.words for text in texts(read(drawn(ranges(), (119, 40))))]
    assert "0" in words
    assert not [each for each in words if "starts at" in each]


def test_prints_one_label_for_dots_that_touch():
    rates = (RATES[0], RATES[7], ("ACT", 2.6, 2.62), ("Tasmania", 2.4, 2.4))
    words = [text.words for text in texts(read(drawn(pairs(rates, strong=()))))]
    assert "2.6% to 2.62%" in words
    assert words.count("2.4%") == 1


def pair(label, earlier, later, **rest):
    return [
        ChartRow(label, value, f"{value}", "people", series=name, **rest)
        for name, value in (("2020", earlier), ("2024", later))
    ]


def estimate(value, low, high):
    return [
        ChartRow(
            "at fault", value, f"{value}", "people", low=low, high=high, low_written=f"{low}", high_written=f"{high}"
        )
    ]


OF_A_THIRD = ChartRow("at fault", 3, "3", "people", series="2025")
REFUSED = {

    "one in": ([ChartRow("at fault", 5, "1 in 5", "one in", series="2020")], "“at fault” is in “one in”"),
    "a third moment": ([*pair("at fault", 1, 2), OF_A_THIRD], "“at fault” is of a third moment, “2025”"),
    "one moment": ([OF_A_THIRD], "all its rows are of “2025”"),
    "a missing moment": ([*pair("a", 1, 2), *pair("at fault", 1, 2)[:1]], "“at fault” has no row for “2024”"),
    "a moment twice": ([*pair("at fault", 1, 2), *pair("at fault", 1, 2)], "“at fault” has two rows for “2020”"),
    "backwards": (pair("at fault", 1, 2)[::-1], "“at fault” is of “2024”, which is later than “2020”"),
    "thirteen lines": ([row for place in range(13) for row in pair(f"line {place}", 1, 2)], "“line 12” is the thirteenth"),
    "a row without series": ([*pair("a", 1, 2), replace(OF_A_THIRD, series="")], "“at fault” names no series"),
    "a range and a series": ([replace(OF_A_THIRD, low=2, high=4)], "“at fault” has a range as well as a series"),
    "an estimate twice": (estimate(100, 95, 105) * 2, "“at fault” is there twice"),
    "one end": (estimate(100, 95, None), "“at fault” has one end of a range"),
    "outside": (estimate(100, 101, 105), "“at fault” is 100, outside its range, 101 to 105"),
    "a wide range": (estimate(100, 80, 110), "“at fault” has a range of more than a quarter of its value, 80 to 110"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_rows_by_their_names(name):
    rows, message = REFUSED[name]
    with pytest.raises(charts.Undrawable, match=message) as problem:
        drawn(rows)
    assert problem.value.fix
    assert str(problem.value)[0].islower()
