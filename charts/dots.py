"""Draw two values of each label as dots with a line between them, or estimates with their ranges.

Reads `label`, `series`, `value`, `written`, `unit`, `low`, `high` and `strong` from each row.

Two rows of one label, with an earlier and a later series, are a hollow and a solid dot. Rows without series are
estimates, each with a line from `low` to `high`. Strong rows are in the signal colour, with a heavier label and line.
Rises and falls have colours of their own, which a key names. The scale may start above zero, and then a note says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.patches import Circle, Rectangle

from briefpack.charts import BEHIND, axes, naming, series, spans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.charts.spans import Span
    from briefpack.plan import ChartRow

    Entry = tuple[str, str, Callable[[float, float], None]]

ZERO_BELOW = 0.4
"""The scale starts at zero if the lowest value is less than this share of the highest."""
ROW_MM = 5.2
WIDEST_ROW_MM = 14.0
MOST_TICKS = 5
COLUMN_GAP_MM = 2.6
DOT_MM = 1.25
HOLLOW_PT = 1.1
LINE_PT = {False: 1.3, True: 2.2}
END_MM = 1.1
VALUE_GAP_MM = 1.2
CLEAR_MM = 0.5
TOUCHING_MM = 1.5
AXIS_GAP_MM = 1.4
KEY_GAP_MM = 5.0
SAMPLE_MM = 5.0
NAME_GAP_MM = 1.2
HEAD_GAP_MM = 1.8
HEADROOM_MM = 0.5
"""Room above the first line for capitals with two marks, as Vietnamese has."""
LABEL_GAP_MM = 0.9
BELOW_LABEL_MM = 1.7
SHORTEST_AXIS_MM = 12.0
GRID_PT, ZERO_PT = 0.5, 0.8


@dataclass(frozen=True)
class Frame:
    """Everything that all lines share: their labels, the scale and its ticks, and the tone of each line."""

    labels: tuple[Column, ...]
    column_mm: float
    axis: axes.Axis
    ticks: tuple[float, ...]
    tones: tuple[str, ...]

    @property
    def above_mm(self) -> float:
        """Return the height of the labels above the lines; 0 if they are beside them."""
        return 0.0 if self.column_mm else max(label.height_mm for label in self.labels) + LABEL_GAP_MM


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw one line for each label."""
    lines, moments = spans.read(rows, look)
    frame = _frame(ax, lines, look)
    top = _draw_key(ax, lines, moments, frame, look)
    foot = _foot_mm(ax, frame, lines[0].later.unit, look)
    row = _row_mm(ax, frame, (foot, top), look)
    _draw_ticks(ax, frame, foot, lines[0].later.unit, look)
    _draw_grid(ax, frame, (foot, top, row), look)
    for place, line in enumerate(lines):
        y = top - (place + 0.5) * row if frame.column_mm else top - place * row - frame.above_mm - BELOW_LABEL_MM
        label = frame.labels[place]
        label.draw(ax, 0, label.top_mm(y) if frame.column_mm else top - place * row)
        (_draw_pair if moments else _draw_range)(ax, line, (frame, frame.tones[place]), y, look)


def _frame(ax: Axes, lines: Sequence[Span], look: Pen) -> Frame:
    width = ax.get_xlim()[1]
    column = naming.column_mm([line.label for line in lines], width, look)
    labels = tuple(look.column(column or width, (line.label, "heading" if line.strong else "label")) for line in lines)
    left, right = _margins_mm(lines, look)
    start = (column + COLUMN_GAP_MM if column else 0.0) + left
    if width - right - start < SHORTEST_AXIS_MM:
        look.refuse_rows("its words leave no room for a scale", "shorten the labels, or use a wider chart")
    low, high = min(line.ends[0] for line in lines), max(line.ends[1] for line in lines)
    low = 0.0 if 0 <= low < ZERO_BELOW * high else low
    ticks = _ticks((low, high), width - right - start, lines[0].later.unit, look)
    axis = axes.Axis(ticks[0], ticks[-1], start, width - right)
    return Frame(labels, column, axis, ticks, tuple(_tone(line) for line in lines))


def _ticks(ends: tuple[float, float], room_mm: float, unit: str, look: Pen) -> tuple[float, ...]:
    """Return as many round numbers as can be named along the scale."""
    for most in range(MOST_TICKS, 1, -1):
        found = axes.ticks(*ends, most)
        widths = [look.width_mm(name, look.sizes_pt["chart-label"]) + COLUMN_GAP_MM for name in look.ticks(found, unit)]
        if (widths[-1] + widths[-2]) / 2 <= room_mm / (len(found) - 1):
            return found
    return found


def _margins_mm(lines: Sequence[Span], look: Pen) -> tuple[float, float]:
    """Return the room for values to the left and the right of the scale."""
    texts = [text for line in lines for text in (line.earlier.written, line.later.written)]
    widest = max(look.width_mm(text, look.sizes_pt["chart-label"], 600) for text in texts) + VALUE_GAP_MM + DOT_MM
    if lines[0].earlier is lines[0].later:
        value = max(look.width_mm(line.later.written, look.sizes_pt["chart-value"], 600) for line in lines)
        return 2 * DOT_MM, value + COLUMN_GAP_MM + DOT_MM
    return widest, widest


def _tone(line: Span) -> str:
    if line.strong:
        return "signal"
    return "ink" if line.change > 0 else "support"


# Heights


def _line_mm(look: Pen) -> float:
    size = look.sizes_pt["chart-label"]
    return look.rise_mm(size) + look.drop_mm(size)


def _foot_mm(ax: Axes, frame: Frame, unit: str, look: Pen) -> float:
    """Say at the foot where the scale starts, if that isn't at zero, and return the height of that and of the ticks."""
    ticks = _line_mm(look) + AXIS_GAP_MM
    if frame.ticks[0] <= 0:
        return ticks
    starts = look.label("scale-starts", amount=look.written(frame.ticks[0], unit))
    note = look.column(ax.get_xlim()[1], (starts, "note"))
    note.draw(ax, 0, note.height_mm)
    return ticks + note.height_mm + AXIS_GAP_MM


def _row_mm(ax: Axes, frame: Frame, ends_mm: tuple[float, float], look: Pen) -> float:
    foot, top = ends_mm
    tallest = max(label.height_mm for label in frame.labels)
    least = ROW_MM + frame.above_mm if frame.above_mm else max(ROW_MM, tallest + LABEL_GAP_MM)
    count = len(frame.labels)
    look.check_room(ax, least * count + ax.get_ylim()[1] - top + foot)
    return min((top - foot) / count, max(least, WIDEST_ROW_MM + frame.above_mm))


# The scale and the key


def _draw_ticks(ax: Axes, frame: Frame, foot_mm: float, unit: str, look: Pen) -> None:
    names = look.ticks(frame.ticks, unit)
    size, width = look.sizes_pt["chart-label"], ax.get_xlim()[1]
    widths = [look.width_mm(name, size) for name in names]
    lefts = [
        max(0.0, min(frame.axis.at_mm(tick) - wide / 2, width - wide))
        for tick, wide in zip(frame.ticks, widths, strict=True)
    ]
    middles = [left + wide / 2 for left, wide in zip(lefts, widths, strict=True)]
    for place in series.thinned(widths, middles, COLUMN_GAP_MM):
        look.write(ax, names[place], lefts[place], foot_mm - AXIS_GAP_MM - look.cap_mm(size), "quiet")


def _draw_grid(ax: Axes, frame: Frame, rows_mm: tuple[float, float, float], look: Pen) -> None:
    """Draw a line at each tick, but not through labels above the lines."""
    foot, top, row = rows_mm
    count = len(frame.labels)
    bands = [(top - (place + 1) * row, top - place * row - frame.above_mm) for place in range(count)]
    for tick in frame.ticks:
        colour, wide = ("ink", ZERO_PT) if tick == 0 else ("rule", GRID_PT)
        x = frame.axis.at_mm(tick)
        for low, high in bands if frame.above_mm else [(foot, top)]:
            ax.plot(
                [x, x],
                [low, high],
                color=look.colours[colour],
                linewidth=wide,
                gid=BEHIND if colour == "rule" else None,
                zorder=0,
            )


def _draw_key(ax: Axes, lines: Sequence[Span], moments: Sequence[str], frame: Frame, look: Pen) -> float:
    """Name the two moments, and rises and falls if there are both, and return how high the lines may reach."""
    entries = _entries(ax, lines, moments, look)
    if not entries:
        return float(ax.get_ylim()[1])
    size = look.sizes_pt["chart-label"]
    widths = [
        _sample_mm(place) + NAME_GAP_MM + look.width_mm(name, size, 600) for place, (name, *_) in enumerate(entries)
    ]
    start = frame.axis.start_mm - DOT_MM if frame.column_mm else 0.0
    start = start if start + sum(widths) + KEY_GAP_MM * len(widths) <= ax.get_xlim()[1] else 0.0
    baseline = ax.get_ylim()[1] - HEADROOM_MM - look.rise_mm(size)
    places = naming.key(widths, KEY_GAP_MM, ax.get_xlim()[1] - start)
    for place, ((name, role, sample), (x, line)) in enumerate(zip(entries, places, strict=True)):
        y = baseline - line * (_line_mm(look) + LABEL_GAP_MM)
        sample(start + x, y + look.cap_mm(size) / 2)
        look.write(ax, name, start + x + _sample_mm(place) + NAME_GAP_MM, y, role)
    return baseline - places[-1][1] * (_line_mm(look) + LABEL_GAP_MM) - look.drop_mm(size) - HEAD_GAP_MM


def _sample_mm(place: int) -> float:
    return 2 * DOT_MM if place < 2 else SAMPLE_MM


def _entries(ax: Axes, lines: Sequence[Span], moments: Sequence[str], look: Pen) -> list[Entry]:
    def dot(x: float, y: float, *, solid: bool) -> None:
        _draw_dot(ax, (x + DOT_MM, y), "grey", look, solid=solid)

    def line(x: float, y: float, tone: str) -> None:
        ax.plot([x, x + SAMPLE_MM], [y, y], color=look.colours[tone], linewidth=LINE_PT[True])

    if not moments:
        return []
    found: list[Entry] = [
        (moments[0], "quiet", lambda x, y: dot(x, y, solid=False)),
        (moments[1], "heading", lambda x, y: dot(x, y, solid=True)),
    ]
    rises, falls = [each for each in lines if each.change > 0], [each for each in lines if each.change < 0]
    if rises and falls:
        for name, those in ((look.label("rise"), rises), (look.label("fall"), falls)):
            tone = "signal" if all(each.strong for each in those) else _tone_unless_strong(those)
            found.append((name, "label", lambda x, y, tone=tone: line(x, y, tone)))  # type: ignore[misc]
    return found


def _tone_unless_strong(lines: Sequence[Span]) -> str:
    return next(_tone(line) for line in lines if not line.strong)


# The lines


def _draw_dot(ax: Axes, at_mm: tuple[float, float], tone: str, look: Pen, *, solid: bool) -> None:
    inside = look.colours[tone if solid else "paper"]
    ax.add_artist(
        Circle(at_mm, DOT_MM - 0.2, facecolor=inside, edgecolor=look.colours[tone], linewidth=HOLLOW_PT, zorder=3)
    )


def _draw_pair(ax: Axes, line: Span, place: tuple[Frame, str], y_mm: float, look: Pen) -> None:
    frame, tone = place
    start, end = (frame.axis.at_mm(row.value or 0.0) for row in (line.earlier, line.later))
    ax.plot([start, end], [y_mm] * 2, color=look.colours[tone], linewidth=LINE_PT[line.strong], zorder=2)
    _draw_dot(ax, (start, y_mm), tone, look, solid=False)
    _draw_dot(ax, (end, y_mm), tone, look, solid=True)
    baseline = y_mm - look.cap_mm(look.sizes_pt["chart-label"]) / 2
    if abs(end - start) < TOUCHING_MM:
        _write_once(ax, line, (max(start, end), baseline), tone, look)
        return
    rising = end > start
    _write_beside(ax, line.earlier.written, (start, baseline), ("quiet", ""), look, right=not rising)
    _write_beside(ax, line.later.written, (end, baseline), ("heading", tone), look, right=rising)


def _write_once(ax: Axes, line: Span, at_mm: tuple[float, float], tone: str, look: Pen) -> None:
    """Write one label for two dots that touch, to their right unless that would run off the chart."""
    low, high = line.earlier.written, line.later.written
    text = low if low == high else look.label("from-to", low=low, high=high)
    room = at_mm[0] + DOT_MM + VALUE_GAP_MM + look.width_mm(text, look.sizes_pt["chart-label"], 600)
    right = room <= ax.get_xlim()[1]
    at = at_mm if right else (at_mm[0] - TOUCHING_MM, at_mm[1])
    _write_beside(ax, text, at, ("heading", tone), look, right=right)


def _write_beside(
    ax: Axes, text: str, at_mm: tuple[float, float], style: tuple[str, str], look: Pen, *, right: bool
) -> None:
    role, colour = style
    x, baseline = at_mm
    width = look.width_mm(text, look.sizes_pt["chart-label"], 600 if role == "heading" else 400)
    left = x + DOT_MM + VALUE_GAP_MM if right else x - DOT_MM - VALUE_GAP_MM - width
    # The lines of the scale stop short of words.
    behind = (
        (left - CLEAR_MM, baseline - CLEAR_MM),
        width + 2 * CLEAR_MM,
        look.cap_mm(look.sizes_pt["chart-label"]) + 2 * CLEAR_MM,
    )
    ax.add_artist(Rectangle(*behind, facecolor=look.colours["paper"], gid=BEHIND, zorder=1))
    look.write(ax, text, left, baseline, role, colour)


def _draw_range(ax: Axes, line: Span, place: tuple[Frame, str], y_mm: float, look: Pen) -> None:
    frame, tone = place
    row = line.later
    if row.low is not None and row.high is not None:
        low, high = frame.axis.at_mm(row.low), frame.axis.at_mm(row.high)
        strokes = [([low, high], [y_mm] * 2), *(([x, x], [y_mm - END_MM, y_mm + END_MM]) for x in (low, high))]
        for xs, ys in strokes:
            ax.plot(xs, ys, color=look.colours[tone], linewidth=LINE_PT[line.strong], zorder=2)
    _draw_dot(ax, (frame.axis.at_mm(row.value or 0.0), y_mm), tone, look, solid=True)
    size, weight = look.sizes_pt["chart-value"], 600 if line.strong else 400
    x = ax.get_xlim()[1] - look.width_mm(row.written, size, weight)
    look.write(ax, row.written, x, y_mm - look.cap_mm(size) / 2, "value" if line.strong else "plain")
