"""Read the rows of a chart as series of values over time, and refuse rows that aren't."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefpack.charts.pen import Pen
    from briefpack.plan import ChartRow

ROUND_YEARS = (1, 2, 5, 10, 20, 50, 100, 1000)
OPEN_FROM = 1.5
"""A step between two values this many times as long as usual leaves the line open."""
ONE_UNIT = "draw one unit in a chart"
ALL = "add series: to every row, or to none"
FORMS = "2014, 2014–15, June 2015 or 2015-06-30"


@dataclass(frozen=True)
class Point:
    """A value at a moment; `year` is the moment's position in years."""

    year: float
    value: float
    row: ChartRow


@dataclass(frozen=True)
class Series:
    """The values of one place or thing, in order of time."""

    name: str
    points: tuple[Point, ...]

    @property
    def strong(self) -> bool:
        """Return whether the finding is about this series."""
        return any(point.row.strong for point in self.points)

    @property
    def first(self) -> Point:
        """Return the earliest value."""
        return self.points[0]

    @property
    def last(self) -> Point:
        """Return the latest value."""
        return self.points[-1]

    def stretches(self) -> list[tuple[Point, ...]]:
        """Return the runs of values without a missing moment between them."""
        years = [point.year for point in self.points]
        steps = [later - earlier for earlier, later in pairwise(years)]
        longest = OPEN_FROM * statistics.median_low(steps) if steps else 0.0
        ends = [place for place, step in enumerate(steps, start=1) if step > longest]
        return [self.points[start:end] for start, end in zip([0, *ends], [*ends, len(years)], strict=True)]


def read(rows: Sequence[ChartRow], look: Pen) -> list[Series]:
    """Return the series of a chart, in the order in which the rows name them."""
    if not rows:
        look.refuse_rows("it has no rows", "add a row for each moment of each series")
    found: dict[str, list[Point]] = {}
    for row in rows:
        earlier = found.setdefault(row.series, [])
        point = _point(row, rows, look)
        if earlier:
            _check_order(earlier[-1], point, look)
        earlier.append(point)
    return [Series(name, tuple(points)) for name, points in found.items()]


def _point(row: ChartRow, rows: Sequence[ChartRow], look: Pen) -> Point:
    if row.value is None:
        look.refuse(row, "names no figure", "add figure: with its id, or delete the row: a gap is kept to scale")
    if row.unit == "one in":
        look.refuse(row, "is in “one in”, which falls when the rate rises", "give the rate in %")
    check_unit(row, rows[0], look)
    if bool(row.series) != bool(rows[0].series):
        look.refuse(
            row, "names no series, but others do" if rows[0].series else "names a series, but others don’t", ALL
        )
    year = look.moment(row.label)
    if year is None:
        look.refuse(row, "names no moment", f"write {FORMS}; for rows that aren't dates, use kind: bars")
    return Point(year, row.value, row)


def _check_order(earlier: Point, point: Point, look: Pen) -> None:
    before = f"“{earlier.row.label}”"
    if point.year == earlier.year:
        look.refuse(point.row, f"is the same moment as {before} of its series", "delete one of the two")
    if point.year < earlier.year:
        look.refuse(point.row, f"comes after {before}, which is later", "put the rows of each series in order of time")


def check_unit(row: ChartRow, first: ChartRow, look: Pen, fix: str = ONE_UNIT) -> None:
    """Refuse a row whose unit isn't that of the first."""
    if row.unit != first.unit:
        look.refuse(row, f"is in “{row.unit}”, but the first row is in “{first.unit}”", fix, key="unit")


def moments(found: Sequence[Series]) -> list[tuple[float, str]]:
    """Return every moment of the series once, in order, with its label."""
    labels = {point.year: point.row.label for series in reversed(found) for point in series.points}
    return sorted(labels.items())


def emphasised(found: Sequence[Series], look: Pen) -> Series | None:
    """Return the series that the finding is about, if there is one; refuse a second one."""
    strong = [series for series in found if series.strong]
    if len(strong) > 1:
        row = next(point.row for point in strong[1].points if point.row.strong)
        look.refuse(row, f"emphasises “{strong[1].name}”, but “{strong[0].name}” is too", "emphasise only one series")
    return strong[0] if strong else None


def thinned(widths_mm: Sequence[float], middles_mm: Sequence[float], gap_mm: float) -> list[int]:
    """Return which labels of an axis to print so that none touch: the first, the last and even steps between them."""
    last = len(widths_mm) - 1
    for step in range(1, last + 1):
        even = [*range(last, -1, -step)][::-1]
        kept = even if even[0] == 0 else [0, *even]
        if all(_clear(earlier, later, widths_mm, middles_mm, gap_mm) for earlier, later in pairwise(kept)):
            return kept
    return [last]


def _clear(earlier: int, later: int, widths_mm: Sequence[float], middles_mm: Sequence[float], gap_mm: float) -> bool:
    apart = middles_mm[later] - middles_mm[earlier]
    return apart >= (widths_mm[earlier] + widths_mm[later]) / 2 + gap_mm


def thinned_years(
    years: Sequence[float], widths_mm: Sequence[float], middles_mm: Sequence[float], gap_mm: float
) -> list[int]:
    """Return which labels of moments to print so that none touch: the first, the last and round years between them."""
    last = len(years) - 1

    def clear(earlier: int, later: int) -> bool:
        return earlier == later or _clear(earlier, later, widths_mm, middles_mm, gap_mm)

    for step in (0, *ROUND_YEARS):
        inner = [place for place in _round(years, step) if 0 < place < last and clear(0, place) and clear(place, last)]
        kept = [*dict.fromkeys((0, *(inner if step else range(last)), last))]
        if all(clear(earlier, later) for earlier, later in pairwise(kept)):
            return kept
    return [last]


def _round(years: Sequence[float], step: int) -> list[int]:
    """Return the first moment in each year that is a multiple of a step."""
    first = {math.floor(year): place for place, year in reversed([*enumerate(years)])}
    return sorted(place for year, place in first.items() if step and year % step == 0)
