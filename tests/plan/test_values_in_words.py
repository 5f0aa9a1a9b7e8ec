"""The values of a chart in words: which of them a text gives, in which order, and in every language."""

import pytest

from briefpack.plan import ChartEvent, ChartOptions, ChartRow, Drawing, values_in_words, with_values
from projects import english


def drawing(*rows: ChartRow, kind: str = "bars", options: ChartOptions = ChartOptions()) -> Drawing:  # noqa: B008 -- frozen
    return Drawing(kind, rows, 119, 60, options=options)


def valued(label: str, value: float, **more: object) -> ChartRow:
    return ChartRow(label, value, f"{value:g}%", "%", **more)


def years(series: str = "", *, strong: int = 0) -> list[ChartRow]:
    """Return 13 years, of which the third is the lowest and the fifth the highest."""
    values = [20, 19, 5, 21, 40, *range(22, 30)]
    return [valued(f"{2001 + n}", value, series=series, strong=2001 + n == strong) for n, value in enumerate(values)]


def said(text: str, *rows: ChartRow, **more: object) -> str:
    return with_values(text, drawing(*rows, **more), english())


def test_adds_the_values_that_a_text_does_not_say():
    rows = valued("Owned", 29), valued("Rented", 31, note="estimate"), valued("Other", 40)
    assert said("Bars", *rows) == "Bars. Owned: 29%; Rented: 31% (estimate); Other: 40%."
    assert said("Bars. Of owned homes, 29% are cold.", *rows) == (
        "Bars. Of owned homes, 29% are cold. Rented: 31% (estimate); Other: 40%."
    )
    assert said("", valued("owned", 29)) == "Owned: 29%."
    assert said("Bars: 29%, 31% and 40%", *rows) == "Bars: 29%, 31% and 40%", "a text that says all stays as it is"


def test_a_value_of_two_rows_is_said_of_both():
    rows = valued("Owned", 5), valued("Rented", 5)
    assert said("Owned homes: 5%.", *rows) == "Owned homes: 5%. Owned, Rented: 5% each."
    assert said("Owned homes: 5%, rented homes: 5%.", *rows) == "Owned homes: 5%, rented homes: 5%."


def test_reads_series_by_series_and_dots_and_several_lines_row_by_row():
    rows = [
        valued(place, value, series=year)
        for place, year, value in (("A", "2020", 1), ("A", "2024", 2), ("B", "2020", 3))
    ]
    assert said("Bars.", *rows) == "Bars. 2020. A: 1%; B: 3%. 2024. A: 2%."
    assert said("Lines.", *rows, kind="-survey") == said("Lines.", *rows, kind="line")
    assert said("Lines.", *rows, kind="line") == "Lines. A. 2020: 1%; 2024: 2%. B. 2020: 3%."
    assert said("A line.", *rows[::2], kind="line") == "A line. 2020. A: 1%; B: 3%."
    assert said("Dots.", *rows, kind="dots") == "Dots. A. 2020: 1%; 2024: 2%. B. 2020: 3%."


def test_gives_the_ends_of_a_range():
    ends = {"low": 2.5, "high": 3.1, "low_written": "2.5%", "high_written": "3.1%"}
    assert said("Dots.", valued("A", 3, **ends), kind="dots") == "Dots. A: 3% (2.5% to 3.1%)."
    assert said("Dots.", ChartRow("A", **ends), kind="dots") == "Dots. A: 2.5% to 3.1%."


def test_of_more_than_twelve_gives_the_ends_the_extremes_and_the_emphasised():
    expected = "Line. First, 2001: 20%; lowest, 2003: 5%; highest, 2005: 40%; 2010: 26%; last, 2013: 29%."
    assert said("Line.", *years(strong=2010)) == expected
    assert said("Line.", *years()[:12]).count("%") == 12
    rising = [valued(f"{year}", year - 2000) for year in range(2001, 2021)]
    assert said("Line.", *rising) == "Line. First, lowest, 2001: 1%; last, highest, 2020: 20%."


def seats(*, strong: tuple[int, ...] = ()) -> list[ChartRow]:
    numbers = [*range(50, 99), 97, *range(50)]
    return [valued(f"Seat {n}", n, key=f"seat-{n}", series="Renting", strong=n in strong) for n in numbers]


def test_electorates_have_extremes_a_rank_and_a_median_but_no_ends():
    missing = ChartRow("Nowhere", written="not shown", key="nowhere", series="Renting")
    assert said("A strip.", missing, *seats(strong=(40,)), kind="strip") == (
        "A strip. Renting. Seat 40: 40%, 41st lowest of 100; highest, Seat 98: 98%; lowest, Seat 0: 0%; median 50%. Electorates not shown: 1."
    )


@pytest.mark.parametrize(
    ("seat", "rank"),
    [(0, "lowest of 100"), (98, "highest of 100"), (97, "equal 2nd highest of 100"), (1, "2nd lowest of 100")],
)
def test_ranks_the_electorate_that_stands_out(seat, rank):
    row = next(row for row in seats() if row.label == f"Seat {seat}")
    assert values_in_words.rank(row, seats(), english()) == rank


def test_lists_events_dates_and_steps():
    events = ChartOptions(
        events=(ChartEvent("July 2023", "the centre opens"), ChartEvent("May 2024", "the law changes"))
    )
    assert said("The law changes; see the law changes.", valued("A", 1), options=events, kind="line").endswith(
        "A: 1%. July 2023: the centre opens."
    )
    dated = ChartRow("Sam moves in", when="June 2024"), ChartRow("The flat is warm", when="May 2025")
    assert said("From June 2024.", *dated, kind="timeline") == (
        "From June 2024. June 2024: Sam moves in; May 2025: The flat is warm."
    )
    steps = ChartRow("Ask", note="Call the fund."), ChartRow("Visit")
    assert said("Two steps.", *steps, kind="process") == "Two steps. 1. Ask: Call the fund; 2. Visit."


def items(kind: str, *rows: ChartRow, marked: str = "") -> tuple[str, ...]:
    return values_in_words.listed(Drawing(kind, rows, 119, 60), marked, english())


def test_says_what_the_mark_of_a_row_means_before_its_full_stop():
    rows = ChartRow("A visit", note="One in ten.", strong=True), ChartRow("Repairs", strong=True), ChartRow("A check")
    assert items("process", *rows, marked="this ask would help") == (
        "A visit: One in ten (this ask would help).",
        "Repairs (this ask would help)",
        "A check",
    )
    assert items("process", *rows)[1] == "Repairs"


@pytest.mark.parametrize("kind", ["bars", "columns", "strip"])
def test_any_other_chart_is_heard_as_a_picture(kind):
    assert items(kind, ChartRow("homes", 420, "420", "homes")) == ()


def test_a_survey_is_a_table_with_a_row_for_each_moment():
    rows = (
        ChartRow("2023", 3.0, "3%", "%", series="Victoria", low=2.0, high=4.0, low_written="2%", high_written="4%"),
        ChartRow("2024", 2.0, "2%", "%", series="Victoria"),
        ChartRow("2024", 1.0, "1%", "%", series="Australia"),
    )
    assert values_in_words.table(Drawing("-survey", rows, 80, 60), english()) == (
        ("When", "Victoria", "Australia"),
        ("2023", "3% (2% to 4%)", "not available"),
        ("2024", "2%", "1%"),
    )
