"""Show what each ask costs a year, as bars from zero, in the order given.

Reads `value`, `written`, `label`, `note`, `unit` and `strong` from each row. A row without a value (an ask for a law,
say) shows its `written` text instead of a bar.

Labels go to the left and wrap; on a narrow chart they go above. Each bar has its value at the end. Bars stay in
proportion however far apart the values are: a small one is a sliver on the zero line, read by its value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from briefpack.charts import BEHIND

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


@dataclass(frozen=True)
class Plan:
    """The layout of the chart: labels, the words that replace bars, and where bars start."""

    labels: tuple[Column, ...]
    words: tuple[Column, ...]
    bars_x_mm: float

    @property
    def above(self) -> bool:
        """Return whether labels are above their bars."""
        return self.bars_x_mm == 0

    def text_mm(self, place: int, thick_mm: float) -> float:
        """Measure the height of a row with a bar this thick, without its padding."""
        label, bar = self.labels[place].height_mm, max(thick_mm, self.words[place].height_mm)
        return label + TEXT_GAP_MM + bar if self.above else max(label, bar)

    @property
    def height_mm(self) -> float:
        """Return the least height that all rows need."""
        return sum(self.text_mm(place, THINNEST_MM) + 2 * ROW_PAD_MM for place in range(len(self.labels)))


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw a ruled row for each ask: its name, its bar and its cost."""
    _check(rows, look)
    plan = _plan(ax, rows, look)
    spare = (ax.get_ylim()[1] - plan.height_mm) / len(rows)
    thick = min(THICKEST_MM, THINNEST_MM + spare / 2)
    quiet = "slate" if any(row.strong for row in rows) else "support"
    scale = _scale(rows, ax.get_xlim()[1] - plan.bars_x_mm, look), quiet
    top = ax.get_ylim()[1]
    for place, row in enumerate(rows):
        _draw_rule(ax, top - EDGE_MM, look)
        text = plan.text_mm(place, thick)
        tall = plan.text_mm(place, THINNEST_MM) + 2 * ROW_PAD_MM + spare
        foot = top - (tall + text) / 2
        label = plan.labels[place]
        label.draw(ax, 0, foot + text if plan.above else foot + (text + label.height_mm) / 2)
        middle = foot + max(thick, plan.words[place].height_mm) / 2 if plan.above else foot + text / 2
        if row.value is None:
            _draw_words(ax, plan, place, middle)
        else:
            _draw_bar(ax, row, (plan.bars_x_mm, middle, thick), scale, look)
        top -= tall
    _draw_rule(ax, EDGE_MM, look)


def _check(rows: Sequence[ChartRow], look: Pen) -> None:
    if not rows:
        look.refuse_rows("it has no rows, and a chart of costs needs at least one")
    unit = next((row.unit for row in rows if row.value is not None), "")
    for row in rows:
        if row.value is None and not row.written:
            look.refuse(
                row, "has neither a cost nor words in its place", "give the ask annual:, legislation: or period:"
            )
        if row.value is not None and row.value < 0:
            look.refuse(row, f"costs less than zero ({row.written or row.value})")
        if row.value is not None and row.unit != unit:
            look.refuse(
                row, f"is in “{row.unit}”, but the first cost is in “{unit}”", "give every cost in one currency"
            )


def _plan(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> Plan:
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    needed = []
    for label_width in _label_widths_mm(rows, width, look):
        bars_x = 0.0 if label_width == width else label_width + COLUMN_GAP_MM
        words_width = width - bars_x - VALUE_GAP_MM
        labels = tuple(_label(row, label_width, look) for row in rows)
        words = tuple(look.column(words_width, (row.written if row.value is None else "", "quiet")) for row in rows)
        plan = Plan(labels, words, bars_x)
        needed.append(plan.height_mm)
        if needed[-1] <= height:
            return plan
    look.refuse_room(ax, min(needed))


def _label_widths_mm(rows: Sequence[ChartRow], width_mm: float, look: Pen) -> list[float]:
    value = max((_text_mm(row, look) for row in rows if row.value is not None), default=0.0)
    word = max(look.word_mm(row.label, look.sizes_pt["chart-label"], 600) for row in rows)
    most = width_mm - value - VALUE_GAP_MM - SHORTEST_SCALE_MM - COLUMN_GAP_MM
    beside = [max(word, share * width_mm) for share in LABEL_SHARES if max(word, share * width_mm) <= most]
    return [width_mm, *beside] if width_mm < NARROW_MM or not beside else beside


def _label(row: ChartRow, width_mm: float, look: Pen) -> Column:
    return look.column(width_mm, (row.label, "heading" if row.strong else "label"), (row.note, "note"))


def _text_mm(row: ChartRow, look: Pen) -> float:
    return look.width_mm(row.written, look.sizes_pt["chart-value"], 600)


def _scale(rows: Sequence[ChartRow], room_mm: float, look: Pen) -> float:
    for row in rows:
        if row.value and _text_mm(row, look) + VALUE_GAP_MM > room_mm:
            look.refuse(row, f"leaves no room for its bar beside “{row.written}”")
    limits = [(room_mm - VALUE_GAP_MM - _text_mm(row, look)) / row.value for row in rows if row.value]
    return min(limits, default=0.0)


def _draw_rule(ax: Axes, y_mm: float, look: Pen) -> None:
    ax.plot([0, ax.get_xlim()[1]], [y_mm, y_mm], color=look.colours["rule"], linewidth=0.5, gid=BEHIND)


def _draw_words(ax: Axes, plan: Plan, place: int, middle_mm: float) -> None:
    words = plan.words[place]
    words.draw(ax, 0.0 if plan.above else plan.bars_x_mm + VALUE_GAP_MM, middle_mm + words.height_mm / 2)


def _draw_bar(ax: Axes, row: ChartRow, bar_mm: tuple[float, float, float], scale: tuple[float, str], look: Pen) -> None:
    x, y, thick = bar_mm
    length = look.printed_mm((row.value or 0.0) * scale[0])
    fill = look.fill("signal" if row.strong else scale[1])
    if length:
        ax.add_artist(Rectangle((x, y - thick / 2), length, thick, **fill))
    reach = thick / 2 + TICK_MM
    ax.plot([x + EDGE_MM] * 2, [y - reach, y + reach], color=look.colours["ink"], linewidth=0.75, gid=BEHIND)
    baseline = y - look.cap_mm(look.sizes_pt["chart-value"]) / 2
    look.write(ax, row.written, x + length + VALUE_GAP_MM, baseline, "value")
