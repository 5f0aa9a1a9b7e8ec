"""Set two to four figures of one subject in large type, with hairlines between them.

Reads `value`, `written`, `label`, `note` and `strong` from each row.

A figure and its unit are on one line, whose type shrinks alike for all of them as far as the layout's figures may. The
figures are side by side, as wide as their words need, or one below another in a narrow column. The name of a currency,
where it is one, moves to the label if there is no room for it. Figures too long for both are a list in smaller type,
each with its label beside it; if even the list has no room for their unit, a note below states it once. In a place so
tall that figures side by side would leave half of it, they are such a list in large type. One figure may be strong: it
is in the signal colour, with a heavier label.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefpack.charts import amounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.plan import ChartRow

LEAST, MOST = 2, 4
LONGEST_LABEL = 30
SHRINKING = tuple(22 / 30 + step * (1 - 22 / 30) / 8 for step in range(8, -1, -1))
"""The sizes to try, as shares of the full size: 22 pt is the least for figures of 30."""
GROWING = tuple(size / 30 for size in (44, 42, 40, 38, 36, 34, 32))
"""The sizes to try, as shares of the full size, where figures of that size would leave much of the height."""
LISTED = tuple(size / 30 for size in (22, 20, 18, 16, 15, 14))
"""The sizes to try for a list, as shares of the full size: 14 pt is still half as large again as any other figure."""
LARGE = tuple(size / 30 for size in (40, 36, 33, 30))
"""The sizes to try for a list in a tall place, as shares of the full size."""
MOST_LINES = 3
NARROWEST_GAP_MM = 9.0
COLUMN_GAP_MM = 12.0
LABEL_GAP_MM = 0.5
ROW_GAP_MM = 4.4
WIDEST_ROW_GAP_MM = 11.0
TALL, TALLER = 0.7, 0.55
"""The shares of a height of which figures side by side fill less if there is room for larger ones, or for a list."""
LIST_GAPS_MM = (2.2, 1.0)
"""The gaps to try in a list: smaller type with room around it is better than larger type without."""
LIST_COLUMN_GAP_MM = 4.0
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


@dataclass(frozen=True)
class List:
    """The figures in a list at one size: the label of each, beside the widest of them, and a note below."""

    rows: Sequence[ChartRow]
    size_pt: float
    labels: tuple[Column, ...]
    figures_mm: float
    note: Column
    reaches_mm: tuple[tuple[float, float], ...]

    def height_mm(self, gap_mm: float) -> float:
        """Return the height of the list with its note, with this gap between rows."""
        return sum(map(sum, self.reaches_mm)) + self.note.height_mm + gap_mm * self.gaps

    @property
    def gaps(self) -> int:
        """Return the number of gaps between rows, and above the note."""
        return len(self.rows) - 1 + bool(self.note.lines)


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Set the figures side by side or, if they don't fit, one below another, or else in a list."""
    _check(rows, look)
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    short = rows if any(_across(rows, width, look)) else [_detached(row, look) for row in rows]
    across, down = list(_across(short, width, look)), list(_down(short, width, look))
    lists = list(_lists(rows, short, width, look))
    beside = [each for each in across if max(each.heights_mm) <= height]
    if beside:
        setting = _grown(short, beside[0], (width, height), look)
        large = _large(short, setting, (width, height), look)
        _draw_list(ax, large, look) if large else _draw_across(ax, short, setting, look)
    elif fitting := [each for each in down if _down_mm(each) <= height]:
        _draw_down(ax, short, fitting[0], look)
    elif listed := [each for gap in LIST_GAPS_MM for each in lists if each.height_mm(gap) <= height]:
        _draw_list(ax, listed[0], look)
    elif needed := [
        *(max(each.heights_mm) for each in across),
        *map(_down_mm, down),
        *(each.height_mm(min(LIST_GAPS_MM)) for each in lists),
    ]:
        look.refuse_room(ax, min(needed))
    else:
        widest = max(short, key=lambda row: look.figure_mm(row.written, look.sizes_pt["chart-figure"]))
        reason = f"has a figure too long for large type in {width:g} mm, “{widest.written}”"
        look.refuse(widest, reason, "round it, or use a wider chart")


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


def _across(
    rows: Sequence[ChartRow], width_mm: float, look: Pen, shares: Sequence[float] = SHRINKING
) -> Iterator[Setting]:
    """Yield the ways to set the figures side by side, the largest type first."""
    for share in shares:
        size = share * look.sizes_pt["chart-figure"]
        for lines in range(1, MOST_LINES + 1):
            widths = tuple(_width_mm(row, size, lines, look) for row in rows)
            if sum(widths) + NARROWEST_GAP_MM * (len(rows) - 1) <= width_mm:
                yield _setting(rows, size, widths, look)


def _grown(rows: Sequence[ChartRow], setting: Setting, size_mm: tuple[float, float], look: Pen) -> Setting:
    """Return the figures side by side as large as a tall place has room for, or else as they are."""
    width, height = size_mm
    if max(setting.heights_mm) >= TALL * height:
        return setting
    larger = _across(rows, width, look, GROWING)
    return next((each for each in larger if max(each.heights_mm) <= height), setting)


def _large(rows: Sequence[ChartRow], setting: Setting, size_mm: tuple[float, float], look: Pen) -> List | None:
    """Return the largest list that fits a place where figures side by side would leave half of the height."""
    width, height = size_mm
    if max(setting.heights_mm) >= TALLER * height:
        return None
    lists = _lists(rows, rows, width, look, LARGE)
    return next((each for each in lists if not each.note.lines and each.height_mm(ROW_GAP_MM) <= height), None)


def _width_mm(row: ChartRow, size_pt: float, lines: int, look: Pen) -> float:
    """Return the least width for a figure, with a label and a note of at most so many lines each."""
    label, note = look.sizes_pt["chart-label"], look.sizes_pt["chart-note"]
    width = max(look.figure_mm(row.written, size_pt), _widest_word_mm(row, look)) + STEP_MM
    while len(look.wrap(row.label, width, label, 600)) > lines or len(look.wrap(row.note, width, note)) > lines:
        width += STEP_MM
    return width


def _widest_word_mm(row: ChartRow, look: Pen) -> float:
    label, note = look.sizes_pt["chart-label"], look.sizes_pt["chart-note"]
    return max(look.word_mm(row.label, label, 600), look.word_mm(row.note, note))


def _label(row: ChartRow, width_mm: float, look: Pen) -> Column:
    return look.column(width_mm, (row.label, "heading" if row.strong else "label"), (row.note, "note"))


def _setting(rows: Sequence[ChartRow], size_pt: float, widths_mm: tuple[float, ...], look: Pen) -> Setting:
    labels = tuple(_label(row, width, look) for row, width in zip(rows, widths_mm, strict=True))
    return Setting(size_pt, labels, widths_mm, sum(look.figure_reach_mm(size_pt)))


def _draw_across(ax: Axes, rows: Sequence[ChartRow], setting: Setting, look: Pen) -> None:
    top, low = ax.get_ylim()[1], ax.get_ylim()[1] - max(setting.heights_mm)
    widths, gap = _columns(setting, ax.get_xlim()[1])
    x = 0.0
    for place, row in enumerate(rows):
        _draw_figure(ax, row, (x, top), (setting, place), look)
        x += widths[place] + gap
        if place < len(rows) - 1:
            ax.plot([x - gap / 2] * 2, [low, top], color=look.colours["grey"], linewidth=RULE_PT)


def _columns(setting: Setting, width_mm: float) -> tuple[tuple[float, ...], float]:
    """Return columns that fill a width, and the gap between them: of equal width, or as wide as words need."""
    gaps = len(setting.widths_mm) - 1
    equal = (width_mm - COLUMN_GAP_MM * gaps) / (gaps + 1)
    if max(setting.widths_mm) <= equal:
        return (equal,) * (gaps + 1), COLUMN_GAP_MM
    return setting.widths_mm, (width_mm - sum(setting.widths_mm)) / gaps


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
    gap = ROW_GAP_MM + (ax.get_ylim()[1] - _down_mm(setting)) / (len(rows) - 1)
    gap = min(gap, WIDEST_ROW_GAP_MM)
    for height in setting.heights_mm[:-1]:
        tops.append(tops[-1] - height - gap)
    for place, (row, top) in enumerate(zip(rows, tops, strict=True)):
        _draw_figure(ax, row, (0, top), (setting, place), look)
    for y in (top + gap / 2 for top in tops[1:]):
        ax.plot([0, ax.get_xlim()[1]], [y, y], color=look.colours["grey"], linewidth=RULE_PT)


# In a list


def _lists(
    rows: Sequence[ChartRow],
    detached: Sequence[ChartRow],
    width_mm: float,
    look: Pen,
    shares: Sequence[float] = LISTED,
) -> Iterator[List]:
    """Yield the ways to list the figures: as they are, without a unit that a note states, without a currency's name."""
    bare, unit = amounts.bare(rows, look) if len({row.unit for row in rows}) == 1 else (rows, "")
    note = look.label("values-in", unit=unit) if unit else ""
    for words, under in ((rows, ""), (bare, note), (detached, "")):
        for share in shares:
            size = share * look.sizes_pt["chart-figure"]
            figures = max(look.figure_mm(row.written, size) for row in words)
            column = width_mm - figures - LIST_COLUMN_GAP_MM
            if column >= max(_widest_word_mm(row, look) for row in words):
                yield _list(words, size, (figures, column), look.column(width_mm, (under, "note")), look)


def _list(rows: Sequence[ChartRow], size_pt: float, widths_mm: tuple[float, float], note: Column, look: Pen) -> List:
    figures, column = widths_mm
    labels = tuple(_label(row, column, look) for row in rows)
    above, below = zip(*(look.figure_ink_mm(row.written, size_pt) for row in rows), strict=True)
    reaches = tuple(_reach_mm(label, (max(above), max(below)), size_pt, look) for label in labels)
    return List(rows, size_pt, labels, figures, note, reaches)


def _reach_mm(label: Column, ink_mm: tuple[float, float], size_pt: float, look: Pen) -> tuple[float, float]:
    """Return how far a figure and the label beside it reach above the figure's baseline, and below it."""
    above = _label_top_mm(label, size_pt, look)
    return max(ink_mm[0], above), max(ink_mm[1], label.height_mm - above)


def _label_top_mm(label: Column, size_pt: float, look: Pen) -> float:
    """Return how far above a figure's baseline its label begins: one line on that baseline, several centred."""
    if len(label.lines) == 1:
        return label.height_mm - look.drop_mm(look.sizes_pt["chart-label"])
    return label.top_mm(look.cap_mm(size_pt) / 2)


def _draw_list(ax: Axes, listed: List, look: Pen) -> None:
    top = ax.get_ylim()[1]
    widest = WIDEST_ROW_GAP_MM if listed.size_pt >= look.sizes_pt["chart-figure"] else ROW_GAP_MM
    gap = min((top - listed.height_mm(0)) / listed.gaps, widest)
    for place, (above, below) in enumerate(listed.reaches_mm):
        if place:
            ax.plot([0, ax.get_xlim()[1]], [top + gap / 2] * 2, color=look.colours["grey"], linewidth=RULE_PT)
        _draw_listed(ax, (listed, place), top - above, look)
        top -= above + below + gap
    listed.note.draw(ax, 0, top)


def _draw_listed(ax: Axes, placed: tuple[List, int], baseline: float, look: Pen) -> None:
    """Write one figure with its label; bare numbers, which have equal decimals, end at one edge."""
    listed, place = placed
    row, label = listed.rows[place], listed.labels[place]
    x = listed.figures_mm - look.figure_mm(row.written, listed.size_pt) if listed.note.lines else 0.0
    look.write_figure(ax, row.written, (x, baseline), listed.size_pt, "signal" if row.strong else "support")
    label_top = baseline + _label_top_mm(label, listed.size_pt, look)
    label.draw(ax, listed.figures_mm + LIST_COLUMN_GAP_MM, label_top)
