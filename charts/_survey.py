"""Show a survey's estimates over time with their limits, as a line that is broken where its question changed.

Reads `label` (the moment), `value`, `written`, `low`, `high`, `series` and `strong` from each row, and
`look.options.breaks`, the moments before which the line is broken.

The emphasised series has a dot and its limits at each moment. Another series is a thin line without limits, and a dot
at a moment that no line reaches. Each has its last value and its name beside its end. Moments are in equal steps; where
some are missing, the axis is cut and the line is open. The axis ends at the highest limit, and the plot fills the
chart's height.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from matplotlib.patches import Circle

from briefpack.charts import BEHIND, axes, placing, series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.charts.series import Point, Series
    from briefpack.plan import ChartRow

MOST_SERIES, LEAST_MOMENTS, MOST_MOMENTS = 2, 3, 12
LINE_PT, OTHER_PT, LIMIT_PT, GRID_PT, ZERO_PT = 1.8, 1.1, 0.9, 0.5, 0.8
DOT_MM, LAST_MM, CAP_MM = 0.8, 1.1, 0.9
TICKS, LEAST_LINES = 5, 5
NAMES_APART_MM, NARROWEST_NAME_MM, NAME_EDGE_MM, EDGE_MM = 2.0, 16.0, 0.1, 0.3
SIDE_MM, TICK_RISE_MM, MOMENT_GAP_MM, VALUE_GAP_MM, LEAST_STEP_MM = 2.0, 0.7, 1.6, 1.6, 6.0
# Between two moments with others missing between them.
CUT_STEP = 1.35
CUT_MM, CUT_TALL_MM = 0.9, 1.8
ONE_YEAR = 1.5
APART_MM = 1.0


@dataclass(frozen=True)
class Plot:
    """The series, the emphasised one first, the place of each moment across, and the axis of values."""

    own: Series
    other: Series | None
    names: tuple[Column, ...]
    across: dict[float, float]
    y: axes.Axis
    ticks: tuple[float, ...]

    @property
    def lines(self) -> tuple[Series, ...]:
        """Return the series, the emphasised one first."""
        return _both(self.own, self.other)

    def spot(self, point: Point) -> tuple[float, float]:
        """Return where a value is drawn."""
        return self.across[point.year], self.y.at_mm(point.value)


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw the axes, the other series and then the emphasised one, and their names."""
    own, other = _read(rows, look)
    plot = _plot(ax, own, other, look)
    _draw_axes(ax, plot, look)
    if plot.other:
        _draw_line(ax, plot, plot.other, ("slate", OTHER_PT), look)
        _draw_alone(ax, plot, plot.other, look)
    _draw_line(ax, plot, plot.own, ("ink", LINE_PT), look)
    for point in plot.own.points:
        _draw_limits(ax, plot, point, look)
    _draw_dots(ax, plot, look)
    _draw_names(ax, plot, look)


def _both(own: Series, other: Series | None) -> tuple[Series, ...]:
    return (own, other) if other else (own,)


def _read(rows: Sequence[ChartRow], look: Pen) -> tuple[Series, Series | None]:
    lines = series.read(rows, look)
    own = series.emphasised(lines, look) or lines[0]
    others = [line for line in lines if line is not own]
    if len(lines) > MOST_SERIES:
        look.refuse_rows(f"it has {len(lines)} series, and a survey chart has two at most", "use kind: line")
    moments = len(series.moments(lines))
    if not LEAST_MOMENTS <= moments <= MOST_MOMENTS:
        reason = f"it has {moments} moments, and a survey chart shows from {LEAST_MOMENTS} to {MOST_MOMENTS}"
        look.refuse_rows(reason, "use kind: bars for fewer, and kind: line for more")
    for point in own.points:
        if (
            point.row.low is not None
            and point.row.high is not None
            and not (point.row.low <= point.value <= point.row.high)
        ):
            look.refuse(point.row, "has a value outside its own range", "correct its low: and high:")
    return own, others[0] if others else None


def _plot(ax: Axes, own: Series, other: Series | None, look: Pen) -> Plot:
    size, (_, width), (_, height) = look.sizes_pt["chart-label"], ax.get_xlim(), ax.get_ylim()
    values = [point.value for line in _both(own, other) for point in line.points]
    highest = max([*values, *(point.row.high for point in own.points if point.row.high is not None)])
    ticks = _ticks(min(0.0, *values), highest)
    names = _names(_both(own, other), look)
    line_mm = look.rise_mm(size) + look.drop_mm(size)
    foot = MOMENT_GAP_MM + line_mm
    least = max(LEAST_LINES * line_mm, sum(name.height_mm + NAMES_APART_MM for name in names))
    look.check_room(ax, foot + least)
    y = _values_axis(ticks, max(highest, ticks[-1]), (foot, height), look)
    return Plot(own, other, names, _across(_both(own, other), (ticks, names), width, look), y, ticks)


def _ticks(lowest: float, highest: float) -> tuple[float, ...]:
    """Return the round numbers up to the one nearest to the highest value, at least two of them."""
    found = axes.ticks(lowest, highest, TICKS)
    half = (found[1] - found[0]) / 2
    return tuple(tick for tick in found if tick <= highest + half or tick in found[:2])


def _values_axis(ticks: Sequence[float], highest: float, ends_mm: tuple[float, float], look: Pen) -> axes.Axis:
    """Return the axis of values, which ends as near to the top as its highest number allows."""
    foot, top = ends_mm
    number = top - look.rise_mm(look.sizes_pt["chart-label"]) - TICK_RISE_MM
    share = (ticks[-1] - ticks[0]) / (highest - ticks[0])
    return axes.Axis(ticks[0], highest, foot, min(top - EDGE_MM, foot + (number - foot) / share))


def _names(lines: Sequence[Series], look: Pen) -> tuple[Column, ...]:
    """Return the last value of each series, and its name below it, in a narrow column that holds its words."""
    sizes = look.sizes_pt["chart-value"], look.sizes_pt["chart-label"]
    words = [
        (look.width_mm(each.last.row.written, sizes[0], 600), look.word_mm(each.name, sizes[1], 600)) for each in lines
    ]
    width = max(NARROWEST_NAME_MM, *(max(both) for both in words)) + NAME_EDGE_MM
    roles = (("value", "heading"), ("quiet", "quiet"))
    return tuple(
        look.column(width, (line.last.row.written, value), (line.name, name))
        for line, (value, name) in zip(lines, roles, strict=False)
    )


def _across(
    lines: Sequence[Series], words: tuple[Sequence[float], Sequence[Column]], width: float, look: Pen
) -> dict[float, float]:
    """Return the place of each moment: in equal steps, with a wider one where moments are missing."""
    (ticks, names), size, moments = words, look.sizes_pt["chart-label"], series.moments(lines)
    years, numbers = [year for year, _ in moments], look.ticks(ticks, lines[0].first.row.unit)
    left = max(look.width_mm(each, size) for each in numbers) + SIDE_MM + look.width_mm(moments[0][1], size) / 4
    name = max(column.width_mm for column in names) + VALUE_GAP_MM + LAST_MM
    right = max(name, look.width_mm(moments[-1][1], size, 600) - look.width_mm(_short(moments[-1][1]), size, 600) / 2)
    steps = [CUT_STEP if later - earlier > ONE_YEAR else 1.0 for earlier, later in pairwise(years)]
    step = (width - right - left) / sum(steps)
    if step < LEAST_STEP_MM:
        look.refuse_rows(f"its moments would be {step:.0f} mm apart", "show fewer, or use a wider chart")
    places = [left]
    for each in steps:
        places.append(places[-1] + each * step)
    return dict(zip(years, places, strict=True))


def _draw_axes(ax: Axes, plot: Plot, look: Pen) -> None:
    size, end = look.sizes_pt["chart-label"], max(plot.across.values())
    for value, words in zip(plot.ticks, look.ticks(plot.ticks, plot.own.first.row.unit), strict=True):
        y = plot.y.at_mm(value)
        colour, width = ("ink", ZERO_PT) if value == 0 else ("rule", GRID_PT)
        ax.plot(
            [0, end],
            [y, y],
            color=look.colours[colour],
            linewidth=width,
            gid=BEHIND if colour == "rule" else None,
            zorder=0.9,
        )
        look.write(ax, words, 0, y + TICK_RISE_MM, "quiet")
    baseline = plot.y.start_mm - MOMENT_GAP_MM - look.rise_mm(size)
    for words, left, last in _fitting(series.moments(plot.lines), plot, look):
        look.write(ax, words, left, baseline, "heading" if last else "quiet")
    for earlier, later in pairwise(plot.across):
        if later - earlier > ONE_YEAR:
            _draw_cut(ax, (plot.across[earlier] + plot.across[later]) / 2, plot.y.at_mm(max(0.0, plot.ticks[0])), look)


def _fitting(moments: Sequence[tuple[float, str]], plot: Plot, look: Pen) -> Iterator[tuple[str, float, bool]]:
    """Yield the moments that can be named without touching each other, with their left edges; the last in any case.

    The last is as far left as if it were short, so that it leaves room for the one before it.
    """
    size, limit = look.sizes_pt["chart-label"], float("inf")
    for year, words in reversed(moments):
        last = year == moments[-1][0]
        written = words if last or year == moments[0][0] else _short(words)
        half = look.width_mm(_short(words) if last else written, size, 600) / 2
        left = plot.across[year] - half
        if left + 2 * half + APART_MM <= limit:
            yield written, left, last
            limit = left


def _short(words: str) -> str:
    """Return a span of years without its century: 22–23 for 2022–23."""
    for dash in ("–", "-"):
        start, found, end = words.partition(dash)
        if found and len(start) == len("2022") and len(end) == len("23") and (start + end).isdigit():
            return f"{start[2:]}{dash}{end}"
    return words


def _draw_cut(ax: Axes, x: float, y: float, look: Pen) -> None:
    """Draw the mark of a cut across the axis."""
    ax.plot([x - CUT_MM, x + CUT_MM], [y, y], color=look.colours["paper"], linewidth=3 * ZERO_PT, gid=BEHIND, zorder=1)
    for shift in (-CUT_MM, CUT_MM):
        xs = [x + shift - CUT_MM / 2, x + shift + CUT_MM / 2]
        ax.plot(
            xs, [y - CUT_TALL_MM / 2, y + CUT_TALL_MM / 2], color=look.colours["ink"], linewidth=ZERO_PT, zorder=1.1
        )


def _draw_line(ax: Axes, plot: Plot, line: Series, style: tuple[str, float], look: Pen) -> None:
    """Draw a line through the moments that compare with each other and follow each other."""
    for earlier, later in _joined(line, look):
        xs, ys = zip(plot.spot(earlier), plot.spot(later), strict=True)
        [drawn] = ax.plot(xs, ys, color=look.colours[style[0]], linewidth=style[1], zorder=2)
        drawn.set(solid_capstyle="round")


def _joined(line: Series, look: Pen) -> list[tuple[Point, Point]]:
    """Return the pairs of points that a line joins."""
    return [
        (earlier, later)
        for earlier, later in pairwise(line.points)
        if later.year - earlier.year <= ONE_YEAR and later.row.label not in look.options.breaks
    ]


def _draw_alone(ax: Axes, plot: Plot, line: Series, look: Pen) -> None:
    """Draw a dot at each moment that no line reaches."""
    reached = {point.year for pair in _joined(line, look) for point in pair}
    for point in line.points:
        if point.year not in reached:
            dot = Circle(plot.spot(point), DOT_MM, facecolor=look.colours["slate"], edgecolor=look.colours["paper"])
            dot.set(linewidth=LIMIT_PT)
            ax.add_artist(dot).set_zorder(2.5)


def _draw_limits(ax: Axes, plot: Plot, point: Point, look: Pen) -> None:
    if point.row.low is None or point.row.high is None:
        return
    x, ends = plot.across[point.year], [plot.y.at_mm(point.row.low), plot.y.at_mm(point.row.high)]
    colour = look.colours["ink"]
    ax.plot([x, x], ends, color=colour, linewidth=LIMIT_PT, zorder=2.1)
    for end in ends:
        ax.plot([x - CAP_MM, x + CAP_MM], [end, end], color=colour, linewidth=LIMIT_PT, zorder=2.1)


def _draw_dots(ax: Axes, plot: Plot, look: Pen) -> None:
    last = plot.own.last
    for point in plot.own.points:
        colour, radius = ("signal", LAST_MM) if point is last else ("ink", DOT_MM)
        dot = Circle(plot.spot(point), radius, facecolor=look.colours[colour], edgecolor=look.colours["paper"])
        dot.set(linewidth=LIMIT_PT)
        ax.add_artist(dot).set_zorder(3)


def _draw_names(ax: Axes, plot: Plot, look: Pen) -> None:
    """Write the last value and the name of each series beside its end, pushed apart if they would touch."""
    order = sorted(
        zip(plot.lines, plot.names, strict=True), key=lambda each: (-each[0].last.value, each[0] is not plot.own)
    )
    heights = [name.height_mm for _, name in order]
    cap = look.rise_mm(look.sizes_pt["chart-label"]) - look.cap_mm(look.sizes_pt["chart-label"]) / 2
    wanted = [plot.spot(line.last)[1] + cap - tall / 2 for (line, _), tall in zip(order, heights, strict=True)]
    found = placing.spread(wanted, heights, NAMES_APART_MM, (plot.y.start_mm - MOMENT_GAP_MM / 2, ax.get_ylim()[1]))
    x = max(plot.across.values()) + LAST_MM + VALUE_GAP_MM
    for (_, name), middle, tall in zip(order, found, heights, strict=True):
        name.draw(ax, x, middle + tall / 2)
