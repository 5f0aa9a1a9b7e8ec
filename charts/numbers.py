"""Set two to four figures of one subject in large type, with hairlines between them.

Reads `value`, `written`, `label`, `note` and `strong` from each row.

A figure and its unit are on one line, whose type shrinks alike for all of them as far as the layout's figures may. The
figures are side by side, as wide as their words need, or one below another in a narrow column. The name of a currency, where it
is one, moves to the label if there is no room for it. One figure may be
strong: it is in the signal colour, with a heavier label.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.plan import ChartRow

LEAST, MOST = 2, 4
LONGEST_LABEL = 30
SHRINKING = tuple(22 / 30 + step * (1 - 22 / 30) / 8 for step in range(8, -1, -1))
"""The sizes to try, as shares of the full size: 22 pt is the least for figures of 30."""
MOST_LINES = 3
NARROWEST_GAP_MM = 9.0
WIDEST_GAP_MM = 30.0
LABEL_GAP_MM = 0.6
ROW_GAP_MM = 4.4
STEP_MM = 0.5
RULE_PT = 0.5


@dataclass(frozen=True)
class Setting:
    """The figures at one size: their type, their labels and the width of each."""

    size_pt: float
    labels: tuple[Column, ...]
    widths_mm: tuple[float, ...]
    figure_mm: float

    @property
    def heights_mm(self) -> list[float]:
        """Return the height of each figure with its label."""
        return [self.figure_mm + LABEL_GAP_MM + label.height_mm for label in self.labels]


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Set the figures side by side or, if they don't fit, one below another."""
    _check(rows, look)
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    if not any(_across(rows, width, look)):
        rows = [_detached(row, look) for row in rows]
    across = [each for each in _across(rows, width, look) if max(each.heights_mm) <= height]
    if across:
        _draw_across(ax, rows, across[0], look)
        return
    down = list(_down(rows, width, look))
    if not down:
        widest = max(rows, key=lambda row: look.figure_mm(row.written, look.sizes_pt["chart-figure"]))
        look.refuse(
            widest,
            f"has a figure too long for large type in {width:g} mm, “{widest.written}”",
            "round it, or use a wider chart",
        )
    fitting = [each for each in down if _down_mm(each) <= height]
    if not fitting:
        side_by_side = [max(each.heights_mm) for each in _across(rows, width, look)]
        look.refuse_room(ax, min([*side_by_side, *map(_down_mm, down)]))
    _draw_down(ax, rows, fitting[0], look)


def _check(rows: Sequence[ChartRow], look: Pen) -> None:
    if not rows:
        look.refuse_rows("it has no rows", "add a row for each of two to four figures")
    for row in rows:
        if not row.written:
            look.refuse(row, "names no figure", "add figure: with its id")
        if len(row.label) > LONGEST_LABEL:
            look.refuse(row, f"has a label of {len(row.label)} characters", f"use at most {LONGEST_LABEL}")
    if len(rows) < LEAST:
        look.refuse(rows[0], "is one figure alone", "print it in the text, or add a second")
    if len(rows) > MOST:
        look.refuse(rows[MOST], "is the fifth figure, and a strip has at most four", "use a table")
    strong = [row for row in rows if row.strong]
    if len(strong) > 1:
        look.refuse(strong[1], f"is strong as well as “{strong[0].label}”", "mark one figure only")


def _detached(row: ChartRow, look: Pen) -> ChartRow:
    """Move the name of a currency from a figure to its label: 16,5 millions, de dollars australiens dépensés."""
    money = look.locale.currencies.get(row.unit)
    name = f" {money.named}" if money and money.named else ""
    if not name or not row.written.endswith(name):
        return row
    return replace(row, written=row.written.removesuffix(name), label=f"{name[1:]} {row.label}")


# Side by side


def _across(rows: Sequence[ChartRow], width_mm: float, look: Pen) -> Iterator[Setting]:
    """Yield the ways to set the figures side by side, the largest type first."""
    for share in SHRINKING:
        size = share * look.sizes_pt["chart-figure"]
        for lines in range(1, MOST_LINES + 1):
            widths = tuple(_width_mm(row, size, lines, look) for row in rows)
            if sum(widths) + NARROWEST_GAP_MM * (len(rows) - 1) <= width_mm:
                yield _setting(rows, size, widths, look)


def _width_mm(row: ChartRow, size_pt: float, lines: int, look: Pen) -> float:
    """Return the least width for a figure, with a label and a note of at most so many lines each."""
    label, note = look.sizes_pt["chart-label"], look.sizes_pt["chart-note"]
    words = max(look.word_mm(row.label, label, 600), look.word_mm(row.note, note))
    width = max(look.figure_mm(row.written, size_pt), words) + STEP_MM
    while len(look.wrap(row.label, width, label, 600)) > lines or len(look.wrap(row.note, width, note)) > lines:
        width += STEP_MM
    return width


def _setting(rows: Sequence[ChartRow], size_pt: float, widths_mm: tuple[float, ...], look: Pen) -> Setting:
    labels = tuple(
        look.column(width, (row.label, "heading" if row.strong else "label"), (row.note, "note"))
        for row, width in zip(rows, widths_mm, strict=True)
    )
    return Setting(size_pt, labels, widths_mm, sum(look.figure_reach_mm(size_pt)))


def _draw_across(ax: Axes, rows: Sequence[ChartRow], setting: Setting, look: Pen) -> None:
    width, top, low = ax.get_xlim()[1], ax.get_ylim()[1], ax.get_ylim()[1] - max(setting.heights_mm)
    gap = min((width - sum(setting.widths_mm)) / (len(rows) - 1), WIDEST_GAP_MM)
    x = 0.0
    for place, row in enumerate(rows):
        _draw_figure(ax, row, (x, top), (setting, place), look)
        x += setting.widths_mm[place] + gap
        if place < len(rows) - 1:
            ax.plot([x - gap / 2] * 2, [low, top], color=look.colours["grey"], linewidth=RULE_PT)


def _draw_figure(
    ax: Axes, row: ChartRow, corner_mm: tuple[float, float], placed: tuple[Setting, int], look: Pen
) -> None:
    x, top = corner_mm
    setting, place = placed
    baseline = top - look.figure_reach_mm(setting.size_pt)[0]
    look.write_figure(ax, row.written, (x, baseline), setting.size_pt, "signal" if row.strong else "support")
    setting.labels[place].draw(ax, x, top - setting.figure_mm - LABEL_GAP_MM)


# One below another


def _down(rows: Sequence[ChartRow], width_mm: float, look: Pen) -> Iterator[Setting]:
    """Yield the ways to set the figures one below another, the largest type first."""
    for share in SHRINKING:
        size = share * look.sizes_pt["chart-figure"]
        if max(look.figure_mm(row.written, size) for row in rows) <= width_mm:
            yield _setting(rows, size, (width_mm,) * len(rows), look)


def _down_mm(setting: Setting) -> float:
    return sum(setting.heights_mm) + ROW_GAP_MM * (len(setting.labels) - 1)


def _draw_down(ax: Axes, rows: Sequence[ChartRow], setting: Setting, look: Pen) -> None:
    tops = [ax.get_ylim()[1]]
    for height in setting.heights_mm[:-1]:
        tops.append(tops[-1] - height - ROW_GAP_MM)
    for place, (row, top) in enumerate(zip(rows, tops, strict=True)):
        _draw_figure(ax, row, (0, top), (setting, place), look)
    for y in (top + ROW_GAP_MM / 2 for top in tops[1:]):
        ax.plot([0, ax.get_xlim()[1]], [y, y], color=look.colours["grey"], linewidth=RULE_PT)
