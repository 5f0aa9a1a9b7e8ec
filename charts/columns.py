"""Show one measure at two to eight moments as columns from zero, each with its value above it.

Reads `label` (the moment), `value`, `written`, `unit` and `strong` from each row.

The first and the last column reach the edges of the chart. Time is to scale, so a missing moment leaves a blank. Strong
columns are in the signal colour, with heavier words. Amounts wider than their columns are written without their unit,
which a note states once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from briefpack.charts import amounts, axes, series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.plan import ChartRow

FEWEST, MOST = 2, 8
COLUMN_SHARE = 0.7
LEAST_HEIGHT_MM = 12.0
VALUE_GAP_MM = 1.2
MOMENT_GAP_MM = 1.6
WORDS_APART_MM = 1.2
NOTE_GAP_MM = 2.0
ZERO_PT = 0.8
# Half of an outline at the chart's edge would be cut off.
EDGE_MM = 0.1


@dataclass(frozen=True)
class Bar:
    """One column: its row, its middle, its width and the words above and below it."""

    row: ChartRow
    middle_mm: float
    width_mm: float
    value: Column
    moment: Column

    @property
    def left_mm(self) -> float:
        """Return its left edge."""
        return self.middle_mm - self.width_mm / 2


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw a column for each row."""
    points, note = _points(rows, look), look.column(1)
    if _is_crowded(rows, _step_mm(ax, points), look):
        rows, unit = amounts.bare(rows, look)
        points = _points(rows, look)
        note = look.column(ax.get_xlim()[1], (look.label("values-in", unit=unit) if unit else "", "note"))
    bars = _bars(ax, points, look)
    note.draw(ax, 0, note.height_mm)
    foot = MOMENT_GAP_MM + max(bar.moment.height_mm for bar in bars) + (note.height_mm + NOTE_GAP_MM) * bool(note.lines)
    above = VALUE_GAP_MM + max(bar.value.height_mm for bar in bars)
    room = ax.get_ylim()[1] - foot - above
    if room < LEAST_HEIGHT_MM:
        look.refuse_room(ax, foot + above + LEAST_HEIGHT_MM)
    largest = max(point.value for point in points)
    scale = axes.Axis(0, largest or 1, foot, foot + room)
    quiet = "slate" if any(row.strong for row in rows) else "support"
    for bar in bars:
        _draw_bar(ax, bar, scale, quiet, look)
    ax.plot([0, ax.get_xlim()[1]], [foot, foot], color=look.colours["ink"], linewidth=ZERO_PT)


def _points(rows: Sequence[ChartRow], look: Pen) -> tuple[series.Point, ...]:
    """Return the values in order of time, or refuse rows that columns can't show."""
    if look.options.events:
        look.refuse_event(look.options.events[0], "can't be marked on columns", "use kind: line, or delete it")
    found = series.read(rows, look)
    if len(found) > 1:
        look.refuse(found[1].first.row, "begins a second series, but columns show one", "use kind: line")
    points = found[0].points
    if len(points) > MOST:
        look.refuse_rows(f"it has {len(points)} moments, but columns show {MOST} at most", "use kind: line")
    if len(points) < FEWEST:
        look.refuse_rows("it has one moment, but columns compare at least two", "show it as a figure instead")
    for point in points:
        if point.value < 0:
            look.refuse(point.row, f"is below zero ({point.row.written})", "use kind: line, which may go below zero")
    return points


def _bars(ax: Axes, points: Sequence[series.Point], look: Pen) -> tuple[Bar, ...]:
    """Return the columns at their moments, so that the shortest step is a column and the gap beside it."""
    width, step = ax.get_xlim()[1], _step_mm(ax, points)
    years = [point.year for point in points]
    thick = COLUMN_SHARE * step
    time = axes.Axis(years[0], years[-1], thick / 2 + EDGE_MM, width - thick / 2 - EDGE_MM)
    _check_words(ax, [point.row for point in points], step, look)
    words = max(step - WORDS_APART_MM, thick)
    bars = []
    for point in points:
        value, moment = ("value", "heading") if point.row.strong else ("plain", "quiet")
        columns = look.column(words, (point.row.written, value)), look.column(words, (point.row.label, moment))
        bars.append(Bar(point.row, time.at_mm(point.year), thick, *columns))
    return tuple(bars)


def _step_mm(ax: Axes, points: Sequence[series.Point]) -> float:
    """Return the width of a column and the gap beside it."""
    years = [point.year for point in points]
    shortest = min(later - earlier for earlier, later in pairwise(years))
    return ax.get_xlim()[1] / ((years[-1] - years[0]) / shortest + COLUMN_SHARE)


def _is_crowded(rows: Sequence[ChartRow], step_mm: float, look: Pen) -> bool:
    """Return whether a value would take more than one line."""
    return max(look.width_mm(row.written, look.sizes_pt["chart-value"], 600) for row in rows) > step_mm - WORDS_APART_MM


def _longest(rows: Sequence[ChartRow], look: Pen) -> tuple[float, str, ChartRow]:
    """Return the width of the longest moment or word of a value, which of the two it is, and its row."""
    words = [(wide, what, row) for row in rows for wide, what in _widths(row, look)]
    return max(words, key=lambda each: each[0])


def _check_words(ax: Axes, rows: Sequence[ChartRow], step_mm: float, look: Pen) -> None:
    """Refuse the moment, or word of a value, that is the longest if it is longer than a column and its gap."""
    wide, what, row = _longest(rows, look)
    if wide > step_mm - WORDS_APART_MM:
        width = ax.get_xlim()[1]
        needed = math.ceil(width * (wide + WORDS_APART_MM) / step_mm)
        reason = f"has a {what} wider than its column: it needs a chart of {needed} mm, but there are {width:g} mm"
        look.refuse(row, reason, "use kind: bars, fewer moments or shorter words")


def _widths(row: ChartRow, look: Pen) -> Iterator[tuple[float, str]]:
    weight = 600 if row.strong else 400
    yield look.width_mm(row.label, look.sizes_pt["chart-label"], weight), "moment"
    yield look.word_mm(row.written, look.sizes_pt["chart-value"], weight), "value"


def _draw_bar(ax: Axes, bar: Bar, scale: axes.Axis, quiet: str, look: Pen) -> None:
    height = look.printed_mm(scale.at_mm(bar.row.value or 0) - scale.start_mm)
    if height:
        fill = look.fill("signal" if bar.row.strong else quiet)
        ax.add_artist(Rectangle((bar.left_mm, scale.start_mm), bar.width_mm, height, **fill))
    top = scale.start_mm + height + VALUE_GAP_MM + bar.value.height_mm
    bar.value.draw(ax, _inside(ax, bar, bar.value), top, centred=True)
    bar.moment.draw(ax, _inside(ax, bar, bar.moment), scale.start_mm - MOMENT_GAP_MM, centred=True)


def _inside(ax: Axes, bar: Bar, words: Column) -> float:
    """Return the middle of the column, or as near to it as keeps its words inside the chart."""
    half = words.width_mm / 2
    return min(max(bar.middle_mm, half), ax.get_xlim()[1] - half)
