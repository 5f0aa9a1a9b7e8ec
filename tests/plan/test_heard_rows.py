"""The rows of a chart that is heard as a list: one item each, and what the mark of an emphasised row means."""

import pytest

from briefpack.plan import ChartRow, Drawing, heard_rows
from projects import english


def items(kind: str, *rows: ChartRow, marked: str = "") -> tuple[str, ...]:
    return heard_rows.of(Drawing(kind, rows, 119, 60), marked, english())


def test_an_event_has_one_colon_before_its_note_or_after_its_date():
    rows = ChartRow("Arrest", when="March 2024", note="A man, in Tasmania"), ChartRow("A second arrest", when="April")
    assert items("timeline", *rows) == ("March 2024, Arrest: A man, in Tasmania", "April: A second arrest")


def test_a_figure_follows_its_label():
    rows = ChartRow("homes", 420, "420", "homes"), ChartRow("spent", 2, "$2", note="so far"), ChartRow("none")
    assert items("numbers", *rows) == ("homes: 420", "spent: $2 (so far)", "none")


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
    assert heard_rows.table(Drawing("-survey", rows, 80, 60), english()) == (
        ("When", "Victoria", "Australia"),
        ("2023", "3% (2% to 4%)", "not available"),
        ("2024", "2%", "1%"),
    )
