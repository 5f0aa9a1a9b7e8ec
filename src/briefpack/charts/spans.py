"""Read the rows of a chart as spans: from an earlier value to a later one, or the range of an estimate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefpack.charts import series

if TYPE_CHECKING:
    from briefpack.charts.pen import Pen
    from briefpack.plan import ChartRow

MOST = 12
WIDEST_RANGE = 0.25
"""How wide the range of an estimate may be, as a share of the estimate."""
TWO_VALUES = "give each label two rows with series: the earlier and the later"
FIGURE = "add figure: with its id"


@dataclass(frozen=True)
class Span:
    """A line of the chart: the earlier and the later row of a label, or the row of an estimate twice."""

    earlier: ChartRow
    later: ChartRow

    @property
    def label(self) -> str:
        """Return the label of the line."""
        return self.later.label

    @property
    def strong(self) -> bool:
        """Return whether the finding is about this line."""
        return self.earlier.strong or self.later.strong

    @property
    def change(self) -> float:
        """Return by how much the value rises; less than 0 if it falls."""
        return (self.later.value or 0.0) - (self.earlier.value or 0.0)

    @property
    def ends(self) -> tuple[float, float]:
        """Return the lowest and the highest value of the line."""
        values = (self.earlier.value, self.later.value, self.later.low, self.later.high)
        known = [value for value in values if value is not None]
        return min(known), max(known)


def read(rows: Sequence[ChartRow], look: Pen) -> tuple[list[Span], tuple[str, ...]]:
    """Return the lines of a chart and the names of its two moments; ranges have no moments."""
    if not rows:
        look.refuse_rows("it has no rows", TWO_VALUES)
    for row in rows:
        _check(row, rows[0], look)
    names = tuple(dict.fromkeys(row.series for row in rows if row.series))
    found = _pairs(rows, names, look) if names else _ranges(rows, look)
    if len(found) > MOST:
        look.refuse(found[MOST].earlier, "is the thirteenth line, and there are at most twelve", "use a table")
    return found, names


def _check(row: ChartRow, first: ChartRow, look: Pen) -> None:
    if row.value is None:
        look.refuse(row, "names no figure", FIGURE)
    if row.unit == "one in":
        look.refuse(row, "is in “one in”, which falls when the rate rises", "give the rate in %")
    series.check_unit(row, first, look)
    if bool(row.series) != bool(first.series):
        look.refuse(
            row, "names no series, but others do" if first.series else "names a series, but others don’t", TWO_VALUES
        )
    if row.series and (row.low is not None or row.high is not None):
        look.refuse(row, "has a range as well as a series", "show the change, or the ranges")


def _pairs(rows: Sequence[ChartRow], names: tuple[str, ...], look: Pen) -> list[Span]:
    _check_moments(rows, names, look)
    lines: dict[str, dict[str, ChartRow]] = {}
    for row in rows:
        line = lines.setdefault(row.label, {})
        if row.series in line:
            look.refuse(row, f"has two rows for “{row.series}”", "delete one of the two")
        line[row.series] = row
    for line in lines.values():
        missing = [name for name in names if name not in line]
        if missing:
            look.refuse(next(iter(line.values())), f"has no row for “{missing[0]}”", "add it, or delete the other")
    return [Span(line[names[0]], line[names[1]]) for line in lines.values()]


def _check_moments(rows: Sequence[ChartRow], names: tuple[str, ...], look: Pen) -> None:
    if len(names) == 1:
        look.refuse_rows(f"all its rows are of “{names[0]}”", TWO_VALUES)
    if names[2:]:
        row = next(row for row in rows if row.series == names[2])
        look.refuse(row, f"is of a third moment, “{row.series}”", "use a line chart")
    first, second = (look.moment(name) for name in names)
    if first is not None and second is not None and first > second:
        look.refuse(rows[0], f"is of “{names[0]}”, which is later than “{names[1]}”", "put the earlier moment first")


def _ranges(rows: Sequence[ChartRow], look: Pen) -> list[Span]:
    if all(row.low is None and row.high is None for row in rows):
        look.refuse_rows("its rows have neither two values nor a range", f"{TWO_VALUES}; or add low: and high:")
    for place, row in enumerate(rows):
        if row.label in {other.label for other in rows[:place]}:
            look.refuse(row, "is there twice", "delete one of the two, or add series: to both")
        _check_range(row, look)
    return [Span(row, row) for row in rows]


def _check_range(row: ChartRow, look: Pen) -> None:
    if (row.low is None) != (row.high is None):
        look.refuse(row, "has one end of a range", "add the other: low: or high:")
    if row.low is None or row.high is None or row.value is None:
        return
    ends = look.label("from-to", low=row.low_written, high=row.high_written)
    if not row.low <= row.value <= row.high:
        look.refuse(row, f"is {row.written}, outside its range, {ends}", "correct the figure or its range")
    if row.high - row.low > WIDEST_RANGE * abs(row.value):
        look.refuse(
            row, f"has a range of more than a quarter of its value, {ends}", "leave the row out, and say so in note:"
        )
