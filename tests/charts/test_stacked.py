"""Stacked bars are in true proportion, name their parts once, and refuse rows that can't be stacked."""

from dataclasses import replace

import pytest

from briefpack import charts
from briefpack.plan import ChartOptions, ChartRow, Drawing
from drawn import PROJECT, filled, house_look, read, texts
from projects import english

SHARES = ChartOptions(shares=True)
STATES = (
    ("New South Wales", 124.9, 58.4), ("Victoria", 100.3, 43.7), ("Queensland", 97.5, 40.4), ("Western Australia", 54.6, 13.8),
    ("South Australia", 26.8, 12.3), ("Tasmania", 8.4, 3.6), ("ACT", 8.3, 1.0), ("Northern Territory", 2.7, 1.5),
)  # fmt: skip
AGES = (("Gilmore", 16, 9, 46, 28), ("New South Wales", 18, 12, 52, 18), ("Australia", 18, 12, 53, 17))


def scams():
    """Return bars of two parts, the last of them strong."""
    return tuple(
        row
        for label, told, silent in STATES
        for row in (
            ChartRow(label, told, f"{told}", "thousands", series="Told an authority"),
            ChartRow(label, silent, f"{silent}", "thousands", series="Told no authority", strong=True),
        )
    )


def ages(*, strong=True):
    """Return shares in four parts, the last of them strong in one bar."""
    names = ("Under 15", "15–24", "25–64", "65 and over")
    return tuple(
        ChartRow(label, value, f"{value}%", "%", series=name, strong=strong and (label, name) == ("Gilmore", names[-1]))
        for label, *values in AGES
        for name, value in zip(names, values, strict=True)
    )


def drawn(rows, options, size_mm=(119, 70), look=None):
    return charts.draw(
        Drawing("stacked", tuple(rows), *size_mm, options=options), look or house_look(), english(), PROJECT
    )


@pytest.mark.parametrize("size_mm", [(46, 130), (174, 78)])
def test_draws_parts_in_true_proportion_from_one_zero(size_mm):
    svg = read(drawn(scams(), ChartOptions(), size_mm))
    told, silent = lengths(svg, "mist"), lengths(svg, "signal")
    assert told == pytest.approx([told[0] * row[1] / 124.9 for row in STATES], abs=0.06)
    assert silent == pytest.approx([told[0] * row[2] / 124.9 for row in STATES], abs=0.06)
    assert len({round(box[0], 1) for box in bars(svg, "mist")}) == 1


def test_draws_shares_to_the_same_length_with_the_strong_part_at_the_edge():
    svg = read(drawn(ages(), SHARES))
    ends = [box[2] for box in bars(svg, "signal")]
    assert ends == pytest.approx([119 * 72 / 25.4] * 3, abs=0.1)
    widths = [lengths(svg, tone) for tone in ("steel", "slate", "mist", "signal")]
    for place, (_, *values) in enumerate(AGES):
        whole = sum(each[place] for each in widths)
        assert [each[place] / whole for each in widths] == pytest.approx(
            [value / sum(values) for value in values], abs=0.002
        )


def bars(svg, name):
    """Return the boxes of a colour without the swatch of its name."""
    return [box for box in filled(svg, name) if box[3] - box[1] > 9]


def lengths(svg, name):
    """Return the lengths of a part, with the outline of the lightest."""
    outline = 0.6 if name == "mist" else 0
    return [box[2] - box[0] + outline for box in bars(svg, name)]


def test_adds_up_totals_to_the_precision_of_the_parts_and_keeps_a_hedge():
    words = [text.words for text in texts(read(drawn(scams(), ChartOptions())))]
    assert {"All", "183.3", "144.0", "12.0"} <= set(words)
    rows = [replace(row, written=f"about {row.written}") for row in scams()[:4]]
    assert "about 183.3" in [text.words for text in texts(read(drawn(rows, ChartOptions())))]


def test_prints_a_stated_total_and_refuses_one_that_its_parts_do_not_add_to():
    rows = [*scams()[:4], ChartRow("Victoria", 145, "about 145", "thousands")]
    assert "about 145" in [text.words for text in texts(read(drawn(rows, ChartOptions())))]
    with pytest.raises(ValueError, match="“Victoria” is 150, but its parts add to 144"):
        drawn([*scams()[:4], ChartRow("Victoria", 150, "150", "thousands")], ChartOptions())


def test_gives_shares_no_total_and_says_that_they_are_rounded():
    note = "Shares may not add to 100% because of rounding."
    words = [text.words for text in texts(read(drawn(ages(), SHARES)))]
    assert "All" not in words
    assert note in words
    exact = [ChartRow("One", value, f"{value}%", "%", series=f"part {value}") for value in (60, 40)]
    assert note not in [text.words for text in texts(read(drawn(exact, SHARES)))]


def part(label, value, series, unit="people", **rest):
    return ChartRow(label, value, f"{value}", unit, series=series, **rest)


def table(*values, label="at fault", unit="people"):
    return [part(label, value, f"part {place}", unit) for place, value in enumerate(values)]


REFUSED = {

    "no figure": ([ChartRow("at fault", series="a")], ChartOptions(), "“at fault” names no figure"),
    "below zero": (table(5, -1), ChartOptions(), "“at fault” is below zero"),
    "a fifth part": (table(1, 1, 1, 1, 1), ChartOptions(), "“at fault” is of a fifth part, “part 4”"),
    "one part": (table(1), ChartOptions(), "all its rows are of the series “part 0”"),
    "a missing part": ([*table(1, 1, label="a"), part("at fault", 1, "part 0")], ChartOptions(), "“at fault” has no part “part 1”"),
    "a part twice": ([*table(1, 1), part("at fault", 1, "part 0")], ChartOptions(), "“at fault” has the part “part 0” twice"),
    "shares of people": (table(60, 40), SHARES, "“at fault” is in “people”"),
    "shares of 97%": (table(60, 37, unit="%"), SHARES, "“at fault” has parts that add to 97%, not 100%"),
    "a share without a series": ([*table(60, 40, unit="%"), ChartRow("at fault", 100, "100%", "%")], SHARES, "“at fault” has no series"),
    "shares without the key": (table(60, 40, unit="%"), ChartOptions(), "its parts are shares of 100%"),
    "other as the largest": ([part("a", 1, "Food"), part("a", 2, "Other")], ChartOptions(), "“Other” as its largest part"),
    "a strong part in the middle": ([part("a", 1, "x"), part("a", 1, "y", strong=True), part("a", 1, "z")], ChartOptions(), "lies between others"),
    "two strong parts": ([part("a", 1, "x", strong=True), part("a", 1, "y", strong=True)], ChartOptions(), "marks a second part, “y”"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_rows_by_their_names(name):
    rows, options, message = REFUSED[name]
    with pytest.raises(ValueError, match=message) as problem:
        drawn(rows, options)
    assert str(problem.value)[0].islower()
    assert "\n" not in str(problem.value)


def test_accepts_shares_that_are_rounded():
    drawn(table(33, 33, 33, unit="%"), SHARES)
    drawn(table(34, 33, 34, unit="%"), SHARES)
