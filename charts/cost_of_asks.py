"""What each ask costs a year, as bars from zero in the order given.

Read from a row: `value`, `written`, `label`, `note`, `unit`, `strong`. A row without a value (an ask for a
law, say) has its `written` text and no bar.

Labels stand to the left and wrap, or on a narrow sheet above; each bar has its value at its end. Bars are in
proportion however far apart their values are: a small one is a sliver on the zero line, and its value is what
is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.plan import ChartRow

LABEL_SHARES = (0.36, 0.42, 0.48, 0.54, 0.6)
NARROW_MM = 100.0
COLUMN_GAP_MM = 4.0
VALUE_GAP_MM = 1.6
SHORTEST_SCALE_MM = 6.0
THINNEST_MM = 3.0
THICKEST_MM = 6.0
TEXT_GAP_MM = 1.3
ROW_PAD_MM = 1.1
TICK_MM = 0.6
EDGE_MM = 0.1


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw a ruled row an ask: its name, its bar, what it costs."""
    _check(rows, look)
    labels, bars_x = _labels(ax, rows, look)
    height = ax.get_ylim()[1]
    above = bars_x == 0
    spare = (height - _needed_mm(labels, above=above)) / len(rows)
    scale = _scale(rows, ax.get_xlim()[1] - bars_x, look)
    top = height
    for row, label in zip(rows, labels, strict=True):
        tall = _row_mm(label, above=above) + spare
        thick = min(THICKEST_MM, THINNEST_MM + spare / 2 if above else tall * 0.55)
        text = label.height_mm + (TEXT_GAP_MM + thick if above else 0.0)
        text_top = top - (tall - text) / 2
        _draw_rule(ax, top - EDGE_MM, look)
        label.draw(ax, 0, text_top)
        middle = text_top - text + thick / 2 if above else top - tall / 2
        _draw_bar(ax, row, (bars_x, middle, thick), scale, look)
        top -= tall
    _draw_rule(ax, EDGE_MM, look)


def _check(rows: Sequence[ChartRow], look: Pen) -> None:
    if not rows:
        message = "it has no rows, and a chart of costs needs one at least"
        raise ValueError(message)
    unit = next((row.unit for row in rows if row.value is not None), "")
    for row in rows:
        if row.value is None and not row.written:
            look.refuse(row, "has neither a cost nor words in its place")
        if row.value is not None and row.value < 0:
            look.refuse(row, f"costs less than zero ({row.written or row.value})")
        if row.value is not None and row.unit != unit:
            look.refuse(row, f"is in “{row.unit}” where the first cost is in “{unit}”")


def _labels(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> tuple[list[Column], float]:
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    needed = []
    for label_width in _label_widths_mm(rows, width, look):
        labels = [_label(row, label_width, look) for row in rows]
        above = label_width == width
        needed.append(_needed_mm(labels, above=above))
        if needed[-1] <= height:
            return labels, 0.0 if above else label_width + COLUMN_GAP_MM
    look.refuse_room(ax, min(needed))


def _label_widths_mm(rows: Sequence[ChartRow], width_mm: float, look: Pen) -> list[float]:
    value = max(_text_mm(row, look) for row in rows) + VALUE_GAP_MM + SHORTEST_SCALE_MM
    word = max(look.word_mm(row.label, look.sizes_pt["chart-label"], 600) for row in rows)
    most = width_mm - value - COLUMN_GAP_MM
    beside = [max(word, share * width_mm) for share in LABEL_SHARES if max(word, share * width_mm) <= most]
    return [width_mm, *beside] if width_mm < NARROW_MM or not beside else beside


def _label(row: ChartRow, width_mm: float, look: Pen) -> Column:
    return look.column(width_mm, (row.label, "heading" if row.strong else "label"), (row.note, "note"))


def _row_mm(label: Column, *, above: bool) -> float:
    text = label.height_mm + TEXT_GAP_MM + THINNEST_MM if above else max(THINNEST_MM, label.height_mm)
    return text + 2 * ROW_PAD_MM


def _needed_mm(labels: Sequence[Column], *, above: bool) -> float:
    return sum(_row_mm(label, above=above) for label in labels)


def _text_mm(row: ChartRow, look: Pen) -> float:
    return look.width_mm(row.written, look.sizes_pt["chart-value"], 600)


def _scale(rows: Sequence[ChartRow], room_mm: float, look: Pen) -> float:
    limits = [(room_mm - VALUE_GAP_MM - _text_mm(row, look)) / row.value for row in rows if row.value]
    scale = min(limits, default=0.0)
    if scale < 0:
        longest = max(rows, key=lambda row: _text_mm(row, look))
        look.refuse(longest, f"leaves no room for its bar beside “{longest.written}”")
    return scale


def _draw_rule(ax: Axes, y_mm: float, look: Pen) -> None:
    ax.plot([0, ax.get_xlim()[1]], [y_mm, y_mm], color=look.colours["rule"], linewidth=0.5)


def _draw_bar(
    ax: Axes, row: ChartRow, middle_mm: tuple[float, float, float], scale: float, look: Pen
) -> None:
    x, y, thick = middle_mm
    baseline = y - look.cap_mm(look.sizes_pt["chart-value"]) / 2
    if row.value is None:
        look.write(ax, row.written, x + (VALUE_GAP_MM if x else 0.0), baseline, "label", "grey")
        return
    colour = look.colours["signal" if row.strong else "support"]
    ax.add_patch(Rectangle((x, y - thick / 2), row.value * scale, thick, facecolor=colour))
    ax.plot(
        [x + EDGE_MM] * 2,
        [y - thick / 2 - TICK_MM, y + thick / 2 + TICK_MM],
        color=look.colours["ink"],
        linewidth=0.75,
    )
    look.write(ax, row.written, x + row.value * scale + VALUE_GAP_MM, baseline, "value")
