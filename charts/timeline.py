"""Show events in order, each with its date as printed.

Reads `when`, `label`, `note` and `strong` from each row.

Events are evenly spaced, whatever the time between them. On a wide chart they run along a line, alternately above and
below it. If that takes too much height, they all go below it, split over several lines where one would make the columns
too narrow. On a tall chart they run down the line. A strong event has a filled mark in the signal colour; the others
have a ring.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from matplotlib.patches import Circle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.plan import ChartRow

    Way = tuple[float, Callable[[], None]]

WIDE = 2.2
BEST_COLUMN_MM = 38.0
LEAST_COLUMN_MM = 20.0
MOST_BANDS = 3
COLUMN_GAP_MM = 4.0
BAND_GAP_MM = 5.0
ROW_GAP_MM = 2.4
RING_MM = 1.1
UNDER_LINE_MM = 3.0
STEM_GAP_MM = 1.8
LINE_GAP_MM = 1.6
LEAST_TURNS = 3
LEAST_TURN_MM = 26.0
DATE_SHARE = 0.3
DATES_ABOVE_MM = 70.0


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw events along a line on a wide chart, or down a line on a tall one."""
    if not rows:
        look.refuse_rows("it has no rows, and a timeline needs at least one")
    for row in rows:
        if not row.when:
            look.refuse(row, "has no date", "add when: with the date as it should print")
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    along = _ways_along(ax, rows, look)
    down: list[Way] = [(_down_mm(ax, rows, look), partial(_draw_down, ax, rows, look))]
    ways = along + down if width > WIDE * height else down + along
    fitting = [draw_rows for needed, draw_rows in ways if needed <= height + 0.01]
    if not fitting:
        look.refuse_room(ax, min(needed for needed, _ in ways))
    fitting[0]()


def _ways_along(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> list[Way]:
    texts = [text for row in rows for text in (row.label, row.when)]
    word = max(look.word_mm(text, look.sizes_pt["chart-label"], 600) for text in texts)
    ways: list[Way] = []
    if len(rows) >= LEAST_TURNS and _turn_mm(ax, rows) >= max(word, LEAST_TURN_MM):
        ways.append((_turns_height_mm(ax, rows, look), partial(_draw_by_turns, ax, rows, look)))
    counts = sorted(range(1, len(rows) + 1), key=lambda across: abs(_column_mm(ax, across) - BEST_COLUMN_MM))
    ways += [
        (_along_mm(ax, rows, across, look), partial(_draw_along, ax, rows, across, look))
        for across in counts
        if _column_mm(ax, across) >= max(word, LEAST_COLUMN_MM) and across * MOST_BANDS >= len(rows)
    ]
    return ways


# Alternating: above and below one line


def _turn_mm(ax: Axes, rows: Sequence[ChartRow]) -> float:
    return 2 * ax.get_xlim()[1] / (len(rows) + 1) - COLUMN_GAP_MM - STEM_GAP_MM


def _turns(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> list[Column]:
    return [_event(row, _turn_mm(ax, rows), look, dated=True) for row in rows]


def _turn_heights_mm(columns: Sequence[Column]) -> tuple[float, float]:
    above = max(column.height_mm for column in columns[::2])
    return above, max(column.height_mm for column in columns[1::2])


def _turns_height_mm(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> float:
    return sum(_turn_heights_mm(_turns(ax, rows, look))) + 2 * (RING_MM + LINE_GAP_MM)


def _draw_by_turns(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    columns = _turns(ax, rows, look)
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    step = width / (len(rows) + 1)
    above, below = _turn_heights_mm(columns)
    spare = height - above - below - 2 * (RING_MM + LINE_GAP_MM)
    line = below + RING_MM + LINE_GAP_MM + spare / 2
    ax.plot([0, width], [line, line], color=look.colours["grey"], linewidth=0.75, zorder=1)
    for place, (row, column) in enumerate(zip(rows, columns, strict=True)):
        x = place * step + RING_MM
        top = height if place % 2 == 0 else below
        end = top if place % 2 == 0 else top - column.height_mm
        ax.plot([x, x], [line, end], color=look.colours["grey"], linewidth=0.5, zorder=1)
        _draw_mark(ax, row, x, line, look)
        column.draw(ax, x + STEM_GAP_MM, top)


# Along: bands of columns


def _column_mm(ax: Axes, across: int) -> float:
    return (ax.get_xlim()[1] - COLUMN_GAP_MM * (across - 1)) / across


def _along_mm(ax: Axes, rows: Sequence[ChartRow], across: int, look: Pen) -> float:
    heights = [max(column.height_mm for column in band) for band in _bands(ax, rows, across, look)]
    return sum(heights) + len(heights) * (RING_MM + UNDER_LINE_MM) + BAND_GAP_MM * (len(heights) - 1)


def _bands(ax: Axes, rows: Sequence[ChartRow], across: int, look: Pen) -> list[list[Column]]:
    columns = [_event(row, _column_mm(ax, across), look, dated=True) for row in rows]
    return [columns[start : start + across] for start in range(0, len(columns), across)]


def _draw_along(ax: Axes, rows: Sequence[ChartRow], across: int, look: Pen) -> None:
    step = _column_mm(ax, across) + COLUMN_GAP_MM
    bands = _bands(ax, rows, across, look)
    spare = (ax.get_ylim()[1] - _along_mm(ax, rows, across, look)) / len(bands)
    top, remaining = ax.get_ylim()[1], list(rows)
    for band in bands:
        line = top - RING_MM
        end = ax.get_xlim()[1] if len(remaining) > len(band) else (len(band) - 1) * step + RING_MM
        ax.plot([0, end], [line, line], color=look.colours["grey"], linewidth=0.75, zorder=1)
        for place, column in enumerate(band):
            _draw_mark(ax, remaining.pop(0), place * step + RING_MM, line, look)
            column.draw(ax, place * step, line - UNDER_LINE_MM)
        top -= max(column.height_mm for column in band) + RING_MM + UNDER_LINE_MM + BAND_GAP_MM + spare


# Down: one row per event


def _down_mm(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> float:
    return sum(_down_heights_mm(ax, rows, look)) + ROW_GAP_MM * (len(rows) - 1)


def _down_heights_mm(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> list[float]:
    dates, _, text_x = _down_columns(ax, rows, look)
    events = _down_events(ax, rows, text_x, look, dated=not dates)
    return [max(event.height_mm, date.height_mm) for event, date in zip(events, dates or events, strict=True)]


def _down_events(ax: Axes, rows: Sequence[ChartRow], text_x_mm: float, look: Pen, *, dated: bool) -> list[Column]:
    return [_event(row, ax.get_xlim()[1] - text_x_mm, look, dated=dated) for row in rows]


def _draw_down(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    size, height = look.sizes_pt["chart-label"], ax.get_ylim()[1]
    dates, line, text_x = _down_columns(ax, rows, look)
    events = _down_events(ax, rows, text_x, look, dated=not dates)
    heights = _down_heights_mm(ax, rows, look)
    gap = (height - sum(heights)) / max(1, len(rows) - 1)
    top, middles = height, []
    for place, row in enumerate(rows):
        middles.append(top - look.rise_mm(size) + look.cap_mm(size) / 2)
        if dates:
            dates[place].draw(ax, 0, top)
        events[place].draw(ax, text_x, top)
        _draw_mark(ax, row, line, middles[-1], look)
        top -= heights[place] + gap
    ax.plot([line, line], [middles[0], middles[-1]], color=look.colours["grey"], linewidth=0.75, zorder=1)


def _down_columns(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> tuple[list[Column], float, float]:
    width, size = ax.get_xlim()[1], look.sizes_pt["chart-label"]
    longest = max(look.width_mm(row.when, size, 600) for row in rows)
    if width < DATES_ABOVE_MM or longest > DATE_SHARE * width:
        return [], RING_MM, 2 * RING_MM + COLUMN_GAP_MM * 0.6
    dates = [look.column(longest + 0.1, (row.when, "heading")) for row in rows]
    line = longest + COLUMN_GAP_MM
    return dates, line, line + RING_MM + COLUMN_GAP_MM * 0.75


# Both directions


def _event(row: ChartRow, width_mm: float, look: Pen, *, dated: bool) -> Column:
    return look.column(width_mm, (row.when if dated else "", "heading"), (row.label, "label"), (row.note, "note"))


def _draw_mark(ax: Axes, row: ChartRow, x_mm: float, y_mm: float, look: Pen) -> None:
    edge, face = ("signal", "signal") if row.strong else ("ink", "paper")
    ax.add_artist(
        Circle(
            (x_mm, y_mm),
            RING_MM - 0.15,
            facecolor=look.colours[face],
            edgecolor=look.colours[edge],
            linewidth=0.9,
            zorder=2,
        ),
    )
