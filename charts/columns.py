"""Show one measure at two to eight moments as columns from zero, each with its value above it.

Reads `label` (the moment), `value`, `written`, `unit` and `strong` from each row.

The first and the last column reach the edges of the chart. Time is to scale, so a missing moment leaves a blank. Strong
columns are in the signal colour, with heavier words. Amounts wider than their columns are written without their unit,
which a note states once.

Rows with a `group` are columns in groups on one axis, each below its group's name. Their values are inside them if they
fit, and their moments may be in any words, such as Year 1. Unless a column is strong, the last group is in the support
colour, and those before it are its context.
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
COLUMN_SHARE, GROUPED_SHARE = 0.7, 0.84
WIDEST_MM = 26.0
"""The most that a column over time is wide; a wider one weighs more than the words about it."""
GROUP_GAP = 0.5
"""The gap between two groups, as a share of a step."""
HEADING_GAP_MM = 1.6
BETWEEN_PT, DASHES = 0.5, (2.2, 2.0)
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
    """One column: its row, its colour, its middle, its width and the words above and below it."""

    row: ChartRow
    tone: str
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
    arrange = _grouped if any(row.group for row in rows) else _timed
    bars, note = arrange(ax, rows, look), look.column(1)
    if any(len(bar.value.lines) > 1 for bar in bars):
        rows, unit = amounts.bare(rows, look)
        bars = arrange(ax, rows, look)
        note = look.column(ax.get_xlim()[1], (look.label("values-in", unit=unit) if unit else "", "note"))
    _check_words(ax, bars, look)
    note.draw(ax, 0, note.height_mm)
    foot = MOMENT_GAP_MM + max(bar.moment.height_mm for bar in bars) + (note.height_mm + NOTE_GAP_MM) * bool(note.lines)
    headings = _headings(bars, look)
    above = VALUE_GAP_MM + max(bar.value.height_mm for bar in bars)
    above += max((heading.height_mm + HEADING_GAP_MM for heading in headings.values()), default=0.0)
    room = ax.get_ylim()[1] - foot - above
    if room < LEAST_HEIGHT_MM:
        look.refuse_room(ax, foot + above + LEAST_HEIGHT_MM)
    scale = axes.Axis(0, max(bar.row.value or 0 for bar in bars) or 1, foot, foot + room)
    inside = bool(headings) and all(_fits_inside(bar, scale, look) for bar in bars)
    if inside:
        scale = axes.Axis(0, scale.high, foot, foot + room + VALUE_GAP_MM + max(bar.value.height_mm for bar in bars))
    for bar in bars:
        _draw_bar(ax, bar, scale, look, inside=inside)
    _draw_groups(ax, bars, headings, (scale, inside), look)
    ax.plot([0, ax.get_xlim()[1]], [foot, foot], color=look.colours["ink"], linewidth=ZERO_PT)


# In groups


def _grouped(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> tuple[Bar, ...]:
    """Return columns in groups, evenly spaced, or refuse rows that they can't show."""
    _check_groups(rows, look)
    groups = list(dict.fromkeys(row.group for row in rows))
    gaps = GROUP_GAP * (len(groups) - 1)
    step = ax.get_xlim()[1] / (len(rows) - 1 + gaps + GROUPED_SHARE)
    thick = GROUPED_SHARE * step - 2 * EDGE_MM
    quiet = "bar" if any(row.strong for row in rows) else ""
    bars = []
    for place, row in enumerate(rows):
        number = groups.index(row.group)
        middle = (place + GROUP_GAP * number + GROUPED_SHARE / 2) * step
        tone = "signal" if row.strong else quiet or ("support" if number == len(groups) - 1 else "bar")
        bars.append(_bar(row, tone, (middle, thick), step - WORDS_APART_MM, look))
    return tuple(bars)


def _check_groups(rows: Sequence[ChartRow], look: Pen) -> None:
    _check_count(len(rows), look)
    seen: list[str] = []
    for row in rows:
        if not row.group:
            look.refuse(row, "has no group, but others do", "add group: to every row, or to none")
        if row.value is None:
            look.refuse(row, "names no figure", "add figure: with its id, or delete the row")
        if row.value < 0:
            look.refuse(row, f"is below zero ({row.written})", "show it in a table")
        series.check_unit(row, rows[0], look)
        if row.group in seen[:-1]:
            look.refuse(
                row, f"is apart from the others of its group, “{row.group}”", "put the rows of a group together"
            )
        seen += [row.group] if row.group not in seen else []


def _headings(bars: Sequence[Bar], look: Pen) -> dict[str, Column]:
    """Return the names of the groups, each as wide as its columns."""
    names = dict.fromkeys(bar.row.group for bar in bars if bar.row.group)
    return {name: look.column(_reach_mm(bars, name)[1] - _reach_mm(bars, name)[0], (name, "heading")) for name in names}


def _reach_mm(bars: Sequence[Bar], group: str) -> tuple[float, float]:
    """Return the edges of a group of columns, from the edge of the chart."""
    own = [bar for bar in bars if bar.row.group == group]
    return max(own[0].left_mm, 0.0), own[-1].left_mm + own[-1].width_mm


def _fits_inside(bar: Bar, scale: axes.Axis, look: Pen) -> bool:
    """Return whether a value fits into its column; none is legible on hatching."""
    tall = scale.at_mm(bar.row.value or 0) - scale.start_mm
    fits = bar.value.height_mm + 2 * VALUE_GAP_MM <= tall and bar.value.width_mm + VALUE_GAP_MM <= bar.width_mm
    return fits and not look.hatched(bar.tone)


def _draw_groups(
    ax: Axes, bars: Sequence[Bar], headings: dict[str, Column], scale: tuple[axes.Axis, bool], look: Pen
) -> None:
    """Name each group above its columns, with a dashed line between two groups."""
    axis, inside = scale
    ends = []
    for name, heading in headings.items():
        tallest = max((bar for bar in bars if bar.row.group == name), key=lambda bar: bar.row.value or 0)
        top = axis.at_mm(tallest.row.value or 0) + (0.0 if inside else VALUE_GAP_MM + tallest.value.height_mm)
        heading.draw(ax, _reach_mm(bars, name)[0], top + HEADING_GAP_MM + heading.height_mm)
        ends.append((*_reach_mm(bars, name), top + HEADING_GAP_MM))
    for (_, before, low), (after, _, high) in pairwise(ends):
        x = (before + after) / 2
        ax.plot(
            [x, x], [axis.start_mm, max(low, high)], color=look.colours["grey"], linewidth=BETWEEN_PT, dashes=DASHES
        )


# At their moments


def _points(rows: Sequence[ChartRow], look: Pen) -> tuple[series.Point, ...]:
    """Return the values in order of time, or refuse rows that columns can't show."""
    if look.options.events:
        look.refuse_event(look.options.events[0], "can't be marked on columns", "use kind: line, or delete it")
    found = series.read(rows, look)
    if len(found) > 1:
        look.refuse(found[1].first.row, "begins a second series, but columns show one", "use kind: line")
    points = found[0].points
    _check_count(len(points), look)
    for point in points:
        if point.value < 0:
            look.refuse(point.row, f"is below zero ({point.row.written})", "use kind: line, which may go below zero")
    return points


def _check_count(count: int, look: Pen) -> None:
    if count > MOST:
        look.refuse_rows(f"it has {count} moments, but columns show {MOST} at most", "use kind: line")
    if count < FEWEST:
        look.refuse_rows("it has one moment, but columns compare at least two", "show it as a figure instead")


def _timed(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> tuple[Bar, ...]:
    """Return the columns at their moments, so that the shortest step is a column and the gap beside it."""
    points = _points(rows, look)
    years, width = [point.year for point in points], ax.get_xlim()[1]
    shortest = min(later - earlier for earlier, later in pairwise(years))
    step = width / ((years[-1] - years[0]) / shortest + COLUMN_SHARE)
    most = COLUMN_SHARE * step
    thick = min(most, WIDEST_MM)
    time = axes.Axis(years[0], years[-1], most / 2 + EDGE_MM, width - most / 2 - EDGE_MM)
    quiet = "slate" if any(row.strong for row in rows) else "support"
    words = max(step - WORDS_APART_MM, most)
    return tuple(
        _bar(point.row, "signal" if point.row.strong else quiet, (time.at_mm(point.year), thick), words, look)
        for point in points
    )


# Both


def _bar(row: ChartRow, tone: str, place_mm: tuple[float, float], words_mm: float, look: Pen) -> Bar:
    value, moment = ("value", "heading") if row.strong or row.group else ("plain", "quiet")
    moment = "quiet" if not row.strong else moment
    return Bar(
        row, tone, *place_mm, look.column(words_mm, (row.written, value)), look.column(words_mm, (row.label, moment))
    )


def _check_words(ax: Axes, bars: Sequence[Bar], look: Pen) -> None:
    """Refuse the moment, or word of a value, that is the longest if it is longer than a column and its gap."""
    step = min(later.middle_mm - earlier.middle_mm for earlier, later in pairwise(bars))
    wide, what, row = max((each for bar in bars for each in _widths(bar.row, look)), key=lambda each: each[0])
    if wide > step - WORDS_APART_MM:
        width = ax.get_xlim()[1]
        needed = math.ceil(width * (wide + WORDS_APART_MM) / step)
        reason = f"has a {what} wider than its column: it needs a chart of {needed} mm, but there are {width:g} mm"
        look.refuse(row, reason, "use kind: bars, fewer moments or shorter words")


def _widths(row: ChartRow, look: Pen) -> Iterator[tuple[float, str, ChartRow]]:
    weight = 600 if row.strong else 400
    label = look.word_mm if row.group else look.width_mm
    yield label(row.label, look.sizes_pt["chart-label"], weight), "moment", row
    yield look.word_mm(row.written, look.sizes_pt["chart-value"], weight), "value", row


def _draw_bar(ax: Axes, bar: Bar, scale: axes.Axis, look: Pen, *, inside: bool) -> None:
    height = look.printed_mm(scale.at_mm(bar.row.value or 0) - scale.start_mm)
    if height:
        ax.add_artist(Rectangle((bar.left_mm, scale.start_mm), bar.width_mm, height, **look.fill(bar.tone)))
    top = scale.start_mm + height + (-VALUE_GAP_MM if inside else VALUE_GAP_MM + bar.value.height_mm)
    bar.value.draw(ax, _inside(ax, bar, bar.value), top, centred=True, colour="paper" if inside else "")
    bar.moment.draw(ax, _inside(ax, bar, bar.moment), scale.start_mm - MOMENT_GAP_MM, centred=True)


def _inside(ax: Axes, bar: Bar, words: Column) -> float:
    """Return the middle of the column, or as near to it as keeps its words inside the chart."""
    half = words.width_mm / 2
    return min(max(bar.middle_mm, half), ax.get_xlim()[1] - half)
