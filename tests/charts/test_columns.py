"""Columns start at zero, are in true proportion and at their moments, and refuse what they can't show honestly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefpack import charts
from briefpack.charts import Undrawable
from briefpack.plan import ChartEvent, ChartOptions, ChartRow, Drawing
from drawn import PROJECT, filled, house_look, read
from projects import english

YEARS = ("2020–21", "2021–22", "2022–23", "2023–24", "2024–25")
PEOPLE = (723e3, 552e3, 514e3, 675e3, 597e3)
SIZES_MM = ((119.0, 51.0), (82.0, 51.0), (174.0, 51.0), (58.0, 45.0))
POINTS_A_MM = 72 / 25.4


def rows_of(values: tuple[float, ...], moments: tuple[str, ...] = YEARS, strong: int = -1) -> tuple[ChartRow, ...]:
    """Return a row for each moment, with one of them strong."""
    rows = [
        ChartRow(moment, value, f"{value / 1000:g}", "people") for moment, value in zip(moments, values, strict=True)
    ]
    rows[strong] = replace(rows[strong], strong=True)
    return tuple(rows)


SCAMMED = rows_of(PEOPLE)


def drawn(
    rows: tuple[ChartRow, ...] = SCAMMED,
    size_mm: tuple[float, float] = SIZES_MM[0],
    events: tuple[ChartEvent, ...] = (),
    patterns: dict[str, str] | None = None,
) -> bytes:
    """Draw columns."""
    drawing = Drawing("columns", rows, *size_mm, options=ChartOptions(events=events))
    return charts.draw(drawing, replace(house_look(), patterns=patterns or {}), english(), PROJECT)


def refusal(rows: tuple[ChartRow, ...], size_mm: tuple[float, float] = SIZES_MM[0]) -> tuple[str, str, object]:
    """Return why columns are refused, what to do about it and the row that is named."""
    with pytest.raises(Undrawable) as refused:
        drawn(rows, size_mm)
    return str(refused.value), refused.value.fix, refused.value.row


@pytest.mark.parametrize("size_mm", SIZES_MM[::3])
class TestEverySize:
    """The same data at several widths."""

    def test_draws_columns_in_proportion_from_edge_to_edge(self, size_mm: tuple[float, float]) -> None:
        bars = filled(read(drawn(size_mm=size_mm)), "slate", "signal")
        heights = [bar[3] - bar[1] for bar in bars]
        assert heights == pytest.approx([heights[0] * value / PEOPLE[0] for value in PEOPLE], abs=0.05)
        assert len({bar[3] for bar in bars}) == 1
        assert (bars[0][0], bars[-1][2]) == pytest.approx((0, size_mm[0] * POINTS_A_MM), abs=0.5)
        step = bars[1][0] - bars[0][0]
        assert bars[0][2] - bars[0][0] == pytest.approx(0.7 * step, rel=0.02)


def test_leaves_a_blank_for_a_missing_moment() -> None:
    """Columns are at their moments, so that an unequal step is seen."""
    svg = read(drawn(rows_of((3, 2, 1), ("2005", "2012", "2016"))))
    first, second, third = ((bar[0] + bar[2]) / 2 for bar in filled(svg, "slate", "signal"))
    assert (second - first) / (third - second) == pytest.approx(7 / 4, abs=0.01)


@pytest.mark.parametrize(
    ("rows", "words", "fix", "at"),
    [
        (rows_of((1,) * 9, tuple(str(year) for year in range(2011, 2020))), "it has 9 moments", "kind: line", None),
        (SCAMMED[:1], "it has one moment", "a figure", None),
        ((*SCAMMED[:2], replace(SCAMMED[2], value=-1.0, written="-1")), "is below zero (-1)", "kind: line", 2),
        ((*SCAMMED[:2], replace(SCAMMED[2], unit="%")), "is in “%”, but the first row is in “people”", "one unit", 2),
        (tuple(replace(row, series=row.label) for row in SCAMMED), "begins a second series", "kind: line", 1),
        ((*SCAMMED, replace(SCAMMED[0])), "comes after “2024–25”, which is later", "in order of time", 5),
        ((SCAMMED[0], replace(SCAMMED[1], label="Later")), "names no moment", "use kind: bars", 1),
        ((SCAMMED[0], replace(SCAMMED[1], written="a very" + "long" * 30)), "has a value wider than its column", "bars", 1),

    ],
)  # fmt: skip
def test_refuses_rows_at_their_place(rows: tuple[ChartRow, ...], words: str, fix: str, at: int | None) -> None:
    reason, advice, row = refusal(rows)
    assert words in reason
    assert fix in advice
    assert row is (None if at is None else rows[at])


def test_refuses_an_event() -> None:
    event = ChartEvent("2022", "Something")
    with pytest.raises(Undrawable, match="can't be marked on columns") as refused:
        drawn(events=(event,))
    assert refused.value.row is event


ASKED = tuple(
    ChartRow(moment, value, f"AU${value / 1e6:g}\u00a0million", "AU$", group=group)
    for group, value, moments in (
        ("Allocated: AU$46.2 million over three years", 15.4e6, ("2021–22", "2022–23", "2023–24")),
        ("Asked: AU$92.4 million over three years", 30.8e6, ("Year 1", "Year 2", "Year 3")),
    )
    for moment in moments
)


class TestGroups:
    """Columns in groups are on one axis, each group below its name."""

    def test_draws_all_columns_from_one_zero_in_proportion(self) -> None:
        svg = read(drawn(ASKED))
        context, asked = filled(svg, "bar"), filled(svg, "support")
        assert len(context) == len(asked) == 3
        assert {round(box[3], 1) for box in (*context, *asked)} == {round(context[0][3], 1)}
        tall = [box[3] - box[1] for box in (context[0], asked[0])]
        assert tall[1] == pytest.approx(2 * tall[0], abs=0.1)

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"group": ""}, "has no group, but others do"),
            ({"value": None}, "names no figure"),
            ({"group": ASKED[0].group}, "is apart from the others of its group"),
        ],
    )
    def test_refuses_a_row_that_does_not_belong(self, change: dict[str, object], reason: str) -> None:
        row = replace(ASKED[-1], **change)
        said, _, at_fault = refusal((*ASKED[:-1], row))
        assert reason in said
        assert at_fault == row
