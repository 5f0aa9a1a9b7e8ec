"""Show the steps of a process in order, each with a heading and a few words.

Reads `label`, `note` and `strong` from each row.

The steps are in columns with arrows between them, or one below another if their columns would be too narrow. Strong
steps, such as those that an ask pays for, have a rule and a numeral in the signal colour. A note says that the steps
aren't on a scale of time: a timeline is for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Polygon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.plan import ChartRow

LEAST, MOST = 3, 6
LONGEST_HEADING = 24
MOST_WORDS = 20
LEAST_COLUMN_MM = 24.0
COLUMN_GAP_MM = 5.0
NUMERAL_GAP_MM = 2.4
RULE_GAP_MM = 1.8
ARROW_GAP_MM = 3.0
SHORTEST_ARROW_MM = 3.0
HEAD_MM = 1.9
TEXT_GAP_MM = 0.7
STEP_GAP_MM = 3.4
WIDEST_STEP_GAP_MM = 7.0
FOOT_GAP_MM = 2.6
ROUNDING_MM = 0.01
ARROW_PT = 0.75
RULE_PT = 1.5

Point = tuple[float, float]


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw the steps in columns or, if they are too narrow or too tall, one below another."""
    _check(rows, look)
    foot = look.column(ax.get_xlim()[1], (look.label("not-to-scale"), "note"))
    room = ax.get_ylim()[1] - foot.height_mm - FOOT_GAP_MM
    texts = _columns(ax, rows, look)
    across = _across_mm(texts, look) if texts else float("inf")
    down = _down_mm(_beside(ax, rows, look), look)
    look.check_room(ax, min(across, down) + foot.height_mm + FOOT_GAP_MM)
    if across <= room + ROUNDING_MM:
        _draw_across(ax, rows, texts, look)
        low = ax.get_ylim()[1] - across
    else:
        low = _draw_down(ax, rows, room, look)
    foot.draw(ax, 0, low - FOOT_GAP_MM)


def _check(rows: Sequence[ChartRow], look: Pen) -> None:
    if not rows:
        look.refuse_rows("it has no rows", "add a row for each of three to six steps")
    for row in rows:
        if len(row.label) > LONGEST_HEADING:
            look.refuse(row, f"has a heading of {len(row.label)} characters", f"use at most {LONGEST_HEADING}")
        if len(row.note.split()) > MOST_WORDS:
            look.refuse(row, f"has a note of {len(row.note.split())} words", f"use at most {MOST_WORDS}")
        if row.when:
            look.refuse(row, "has a date, but steps have no scale of time", "use a timeline, or delete when:")
        if row.written:
            look.refuse(row, "names a figure, which a step doesn't show", "write it in note:, in braces")
    if len(rows) < LEAST:
        look.refuse_rows(f"it has {len(rows)} of the three to six steps of a process", "use a sentence")
    if len(rows) > MOST:
        look.refuse(rows[MOST], "is the seventh step, and a process has at most six", "join two steps")


def _text(row: ChartRow, width_mm: float, look: Pen) -> tuple[Column, Column]:
    return look.column(width_mm, (row.label, "value")), look.column(width_mm, (row.note, "label"))


def _numeral_mm(look: Pen) -> float:
    """Return the height of a numeral, which is nearly that of the letter f."""
    return look.figure_reach_mm(look.sizes_pt["chart-numeral"])[0]


def _tone(row: ChartRow) -> str:
    return "signal" if row.strong else "support"


# In columns


def _columns(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> list[tuple[Column, Column]]:
    """Set the words of each step in a column of its own; return none if that would be too narrow."""
    width = _column_mm(ax, rows)
    heading, text = look.sizes_pt["chart-value"], look.sizes_pt["chart-label"]
    words = max(max(look.word_mm(row.label, heading, 600), look.word_mm(row.note, text)) for row in rows)
    return [_text(row, width, look) for row in rows] if width >= max(LEAST_COLUMN_MM, words) else []


def _column_mm(ax: Axes, rows: Sequence[ChartRow]) -> float:
    return float((ax.get_xlim()[1] - COLUMN_GAP_MM * (len(rows) - 1)) / len(rows))


def _across_mm(texts: Sequence[tuple[Column, Column]], look: Pen) -> float:
    words = max(heading.height_mm + TEXT_GAP_MM + text.height_mm for heading, text in texts)
    return _numeral_mm(look) + NUMERAL_GAP_MM + RULE_GAP_MM + words


def _draw_across(ax: Axes, rows: Sequence[ChartRow], texts: Sequence[tuple[Column, Column]], look: Pen) -> None:
    wide = _column_mm(ax, rows)
    baseline = ax.get_ylim()[1] - _numeral_mm(look)
    rule, size = baseline - NUMERAL_GAP_MM, look.sizes_pt["chart-numeral"]
    for place, (row, (heading, text)) in enumerate(zip(rows, texts, strict=True)):
        x, numeral = place * (wide + COLUMN_GAP_MM), str(place + 1)
        look.write_figure(ax, numeral, (x, baseline), size, _tone(row))
        if row.strong:
            _draw_rule(ax, (x, rule), wide, look)
        heading.draw(ax, x, rule - RULE_GAP_MM)
        text.draw(ax, x, rule - RULE_GAP_MM - heading.height_mm - TEXT_GAP_MM)
        if place < len(rows) - 1:
            y = baseline + _numeral_mm(look) * 0.45
            start = x + look.figure_mm(numeral, size) + ARROW_GAP_MM
            _draw_arrow(ax, (start, y), (x + wide + COLUMN_GAP_MM - ARROW_GAP_MM / 2, y), look)


def _draw_rule(ax: Axes, start_mm: Point, length_mm: float, look: Pen) -> None:
    x, y = start_mm
    ax.plot([x, x + length_mm], [y, y], color=look.colours["signal"], linewidth=RULE_PT)


def _draw_arrow(ax: Axes, start_mm: Point, tip_mm: Point, look: Pen) -> None:
    """Draw an arrow to the right or down."""
    (x0, y0), (x1, y1) = start_mm, tip_mm
    down = x0 == x1
    along, across = ((0.0, HEAD_MM), (HEAD_MM / 2.4, 0.0)) if down else ((-HEAD_MM, 0.0), (0.0, HEAD_MM / 2.4))
    neck = x1 + along[0], y1 + along[1]
    ax.plot([x0, neck[0]], [y0, neck[1]], color=look.colours["ink"], linewidth=ARROW_PT)
    sides = [(neck[0] + side * across[0], neck[1] + side * across[1]) for side in (1, -1)]
    ax.add_artist(Polygon([(x1, y1), *sides], facecolor=look.colours["ink"]))


# One below another


def _numerals_mm(look: Pen) -> float:
    return max(look.figure_mm(str(step), look.sizes_pt["chart-numeral"]) for step in range(1, MOST + 1))


def _beside(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> list[tuple[Column, Column]]:
    width = ax.get_xlim()[1] - _numerals_mm(look) - COLUMN_GAP_MM
    return [_text(row, width, look) for row in rows]


def _step_mm(texts: tuple[Column, Column], look: Pen) -> float:
    heading, text = texts
    words = heading.height_mm + (TEXT_GAP_MM + text.height_mm if text.lines else 0.0)
    return max(words, _numeral_mm(look) + RULE_GAP_MM)


def _down_mm(texts: Sequence[tuple[Column, Column]], look: Pen) -> float:
    return sum(_step_mm(each, look) for each in texts) + STEP_GAP_MM * (len(texts) - 1)


def _draw_down(ax: Axes, rows: Sequence[ChartRow], room_mm: float, look: Pen) -> float:
    """Draw the steps and return the foot of the last."""
    texts, top = _beside(ax, rows, look), ax.get_ylim()[1]
    gap = STEP_GAP_MM + (room_mm - _down_mm(texts, look)) / (len(rows) - 1)
    gap = min(gap, WIDEST_STEP_GAP_MM)
    for place, (row, each) in enumerate(zip(rows, texts, strict=True)):
        _draw_step(ax, row, (place, top), each, look)
        after = top - _step_mm(each, look) - gap
        if place < len(rows) - 1:
            _draw_arrow_down(ax, (top, after), look)
        top = after
    return top + gap


def _draw_step(
    ax: Axes, row: ChartRow, place_top_mm: tuple[int, float], texts: tuple[Column, Column], look: Pen
) -> None:
    place, top = place_top_mm
    heading, text = texts
    x = _numerals_mm(look) + COLUMN_GAP_MM
    look.write_figure(ax, str(place + 1), (0, top - _numeral_mm(look)), look.sizes_pt["chart-numeral"], _tone(row))
    if row.strong:
        _draw_rule(ax, (0, top - _numeral_mm(look) - RULE_GAP_MM), _numerals_mm(look), look)
    heading.draw(ax, x, top)
    text.draw(ax, x, top - heading.height_mm - TEXT_GAP_MM)


def _draw_arrow_down(ax: Axes, tops_mm: tuple[float, float], look: Pen) -> None:
    """Draw an arrow between two numerals if there is room for one."""
    top, after = tops_mm
    x, start, tip = _numerals_mm(look) / 2, top - _numeral_mm(look) - 2 * RULE_GAP_MM, after + RULE_GAP_MM / 2
    if start - tip >= SHORTEST_ARROW_MM:
        _draw_arrow(ax, (x, start), (x, tip), look)
