"""Draw rows of parts from zero, with their totals, or as shares of 100%.

Reads `label`, `series`, `value`, `written`, `unit` and `strong` from each row.

Rows with one label are the parts of one bar, in the order of the first bar. A row without a series is the total of its
label; other totals are added up. With `shares: yes` every bar is as long, and has no total.

A strong part is in the signal colour, with heavier words; it is the first or the last, so that it begins at an edge. A
value that doesn't fit in its part is beyond the end of the bar. Amounts that would go below it are written without
their unit, which a note states once; others do go below.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from briefpack.charts import BEHIND, naming, stacking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.charts.stacking import Bar
    from briefpack.plan import ChartRow

LEAST_SCALE = 0.72
"""How much of its length the longest bar keeps for the sake of values beyond the ends of bars."""
QUIET = {1: ("mist",), 2: ("slate", "mist"), 3: ("steel", "slate", "mist")}
"""The colours of the parts beside a strong one, the nearest last: neighbours differ in lightness."""
PLAIN = {2: ("support", "mist"), 3: ("support", "slate", "mist"), 4: ("steel", "slate", "support", "mist")}
LIGHT = ("mist", "slate")
THICKNESSES_MM = tuple(tenths / 10 for tenths in range(80, 33, -1))
ROW_GAP_SHARE = 0.4
WIDEST_GAP_SHARE = 0.7
LABEL_GAP_MM = 0.9
COLUMN_GAP_MM = 2.6
VALUE_GAP_MM = 1.3
CHIP_MM = 0.5
SEAM_MM = 0.35
NAME_GAP_MM = 2.0
HEAD_GAP_MM = 1.6
HEADROOM_MM = 0.5
"""Room above the first line for capitals with two marks, as Vietnamese has."""
FOOT_GAP_MM = 2.0
SWATCH_MM = 2.6
SWATCH_GAP_MM = 1.0
OUTLINE_PT = 0.6
OUTLINE_MM = 0.2
TICK_MM = 0.5
EDGE_MM = 0.1
ZERO_PT = 0.75


@dataclass(frozen=True)
class Frame:
    """Everything that is the same for all bars: the tone of each part, the columns of labels, bars and totals."""

    tones: tuple[str, ...]
    labels: tuple[Column, ...]
    x_mm: float
    width_mm: float
    totals_mm: float

    @property
    def beside(self) -> bool:
        """Return whether labels are to the left of the bars."""
        return self.x_mm > 0

    @property
    def seams_mm(self) -> float:
        """Return the width of the paper between the parts of one bar."""
        return SEAM_MM * (len(self.tones) - 1)


@dataclass(frozen=True)
class Values:
    """The places of a bar's values: inside their part, below it, or at the end of the bar."""

    lengths_mm: tuple[float, ...]
    inside: tuple[int, ...]
    below: tuple[int, ...] = ()
    end: tuple[int, ...] = ()

    @property
    def starts_mm(self) -> list[float]:
        """Return where each part starts."""
        return [math.fsum(self.lengths_mm[:place]) + SEAM_MM * place for place in range(len(self.lengths_mm))]


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw one bar for each label, with its parts one after another."""
    bars, unit = stacking.bars(rows, look), ""
    if not look.options.shares and _is_crowded(ax, bars, look):
        bars, unit = stacking.bare(bars, look)
    frame = _frame(ax, bars, look)
    values = _values(bars, frame, look)
    foot, top = _draw_foot(ax, bars, unit, look), _draw_head(ax, bars, frame, values[0], look)
    heights = [_around_mm(label, each, frame, look) for label, each in zip(frame.labels, values, strict=True)]
    thick, gap = _thickness(ax, heights, (foot, top), frame, look)
    for place, bar in enumerate(bars):
        top = _draw_bar(ax, bar, (frame, frame.labels[place], values[place]), (top, thick), look) - gap


# Columns and scale


def _is_crowded(ax: Axes, bars: Sequence[Bar], look: Pen) -> bool:
    """Return whether some values find no room in their part or at the end of their bar."""
    frame = _frame(ax, bars, look)
    return frame.width_mm <= frame.seams_mm or any(each.below for each in _values(bars, frame, look))


def _frame(ax: Axes, bars: Sequence[Bar], look: Pen) -> Frame:
    width, size = ax.get_xlim()[1], look.sizes_pt["chart-label"]
    column = naming.column_mm([bar.label for bar in bars], width, look)
    some = any(bar.strong for bar in bars) and not all(bar.strong for bar in bars)
    roles = ["heading" if some and bar.strong else "label" for bar in bars]
    labels = tuple(look.column(column or width, (bar.label, role)) for bar, role in zip(bars, roles, strict=True))
    totals = 0.0 if look.options.shares else max(_total_mm(bar, look) for bar in bars)
    totals = max(totals, look.width_mm(look.label("all-parts"), size, 600)) if totals else 0.0
    x = column + COLUMN_GAP_MM if column else 0.0
    room = width - x - (totals + COLUMN_GAP_MM if totals else 0.0)
    return Frame(_tones(bars), labels, x, room, totals)


def _total_mm(bar: Bar, look: Pen) -> float:
    return look.width_mm(bar.total, look.sizes_pt["chart-value"], 600)


def _tones(bars: Sequence[Bar]) -> tuple[str, ...]:
    count = len(bars[0].parts)
    strong = {place for bar in bars for place, part in enumerate(bar.parts) if part.strong}
    if not strong:
        return PLAIN[count]
    quiet = QUIET[count - 1]
    return ("signal", *reversed(quiet)) if strong == {0} else (*quiet, "signal")


def _values(bars: Sequence[Bar], frame: Frame, look: Pen) -> list[Values]:
    """Choose the scale, and where each value goes on it."""
    room = frame.width_mm - frame.seams_mm
    if room <= 0:
        look.refuse_rows("its labels leave no room for bars", "shorten the labels, or use a wider chart")
    if look.options.shares:
        return [_placed(bar, room / bar.sum, frame, look) for bar in bars]
    scale = full = room / (max(bar.sum for bar in bars) or 1)
    for _ in range(4):
        placed = [_placed(bar, scale, frame, look) for bar in bars]
        ends = [_end_mm(bar, each, look) for bar, each in zip(bars, placed, strict=True)]
        scales = [(room - end) / bar.sum for bar, end in zip(bars, ends, strict=True) if bar.sum]
        scale = min((each for each in scales if each >= LEAST_SCALE * full), default=full)
    return [_within(bar, _placed(bar, scale, frame, look), frame, look) for bar in bars]


def _placed(bar: Bar, mm_a_unit: float, frame: Frame, look: Pen) -> Values:
    lengths = tuple(mm_a_unit * (part.value or 0.0) for part in bar.parts)
    fits = [_value_mm(part, look) + _margins_mm(tone, look) <= length
            for part, tone, length in zip(bar.parts, frame.tones, lengths, strict=True)]  # fmt: skip
    inside = tuple(place for place, fit in enumerate(fits) if fit)
    after = inside[-1] + 1 if inside else 0
    others = [place for place, fit in enumerate(fits) if not fit]
    if look.options.shares or after > len(inside):
        return Values(lengths, inside, below=tuple(others))
    return Values(lengths, inside, end=tuple(others))


def _within(bar: Bar, values: Values, frame: Frame, look: Pen) -> Values:
    """Move values from the end of a bar to below it if they would run beyond the frame."""
    end = math.fsum(values.lengths_mm) + frame.seams_mm + _end_mm(bar, values, look)
    return values if end <= frame.width_mm + EDGE_MM else Values(values.lengths_mm, values.inside, below=values.end)


def _margins_mm(tone: str, look: Pen) -> float:
    return 2 * (VALUE_GAP_MM + (CHIP_MM if look.hatched(tone) else 0.0))


def _value_mm(part: ChartRow, look: Pen) -> float:
    return look.width_mm(part.written, look.sizes_pt["chart-value"], 600 if part.strong else 400)


def _end_text(bar: Bar, values: Values) -> str:
    return " + ".join(bar.parts[place].written for place in values.end)


def _end_mm(bar: Bar, values: Values, look: Pen) -> float:
    if not values.end:
        return 0.0
    return look.width_mm(_end_text(bar, values), look.sizes_pt["chart-value"], 600) + VALUE_GAP_MM


# Heights


def _line_mm(look: Pen) -> float:
    return look.cap_mm(look.sizes_pt["chart-value"]) + LABEL_GAP_MM


def _around_mm(label: Column, values: Values, frame: Frame, look: Pen) -> tuple[float, float]:
    """Return the height of a bar's words above and below it, and the least height of the bar itself."""
    below = _line_mm(look) if values.below else 0.0
    return (below, label.height_mm) if frame.beside else (below + label.height_mm + LABEL_GAP_MM, 0.0)


def _thickness(
    ax: Axes, heights: Sequence[tuple[float, float]], ends_mm: tuple[float, float], frame: Frame, look: Pen
) -> tuple[float, float]:
    """Return the thickness of the bars and the gap between them: as large as the height allows."""
    foot, top = ends_mm
    gaps = len(heights) - 1
    share = ROW_GAP_SHARE if frame.beside else 2 * ROW_GAP_SHARE

    def needed(thick: float) -> float:
        return sum(words + max(thick, least) for words, least in heights) + share * thick * gaps

    thick = next((each for each in THICKNESSES_MM if needed(each) <= top - foot), 0.0)
    if not thick:
        look.refuse_room(ax, needed(THICKNESSES_MM[-1]) + ax.get_ylim()[1] - top + foot)
    spare = (top - foot - needed(thick)) / gaps if gaps else 0.0
    return thick, min(share * thick + spare, WIDEST_GAP_SHARE * thick)


# Drawing


def _draw_foot(ax: Axes, bars: Sequence[Bar], unit: str, look: Pen) -> float:
    """Say at the foot that shares are rounded, or which unit values are in, and return the height of that."""
    rounded = look.options.shares and not all(bar.is_whole for bar in bars)
    words = look.label("rounded-shares") if rounded else look.label("values-in", unit=unit) if unit else ""
    if not words:
        return 0.0
    note = look.column(ax.get_xlim()[1], (words, "note"))
    note.draw(ax, 0, note.height_mm)
    return note.height_mm + FOOT_GAP_MM


def _draw_head(ax: Axes, bars: Sequence[Bar], frame: Frame, first: Values, look: Pen) -> float:
    """Name the parts and the totals above the first bar, and return how high the bars may reach."""
    size, top = look.sizes_pt["chart-label"], ax.get_ylim()[1] - HEADROOM_MM
    baseline = top - look.rise_mm(size)
    if frame.totals_mm:
        words = look.label("all-parts")
        look.write(ax, words, ax.get_xlim()[1] - look.width_mm(words, size), baseline, "quiet")
    names = [
        (part.series, "heading" if tone == "signal" else "quiet")
        for part, tone in zip(bars[0].parts, frame.tones, strict=True)
    ]
    lefts = _lefts_mm(names, frame, first, look)
    for (name, role), left in zip(names, lefts, strict=False):
        look.write(ax, name, left, baseline, role, "signal" if role == "heading" else "")
    lines = 1 if lefts else _draw_key(ax, names, frame, baseline, look)
    return baseline - (lines - 1) * _name_line_mm(look) - look.drop_mm(size) - HEAD_GAP_MM


def _lefts_mm(names: Sequence[tuple[str, str]], frame: Frame, first: Values, look: Pen) -> list[float]:
    """Return where each name starts above its part, at least 2 mm apart; none if one would leave its part."""
    widths = [_name_mm(name, look) for name in names]
    starts = [frame.x_mm + start for start in first.starts_mm]
    lefts, free = [], frame.x_mm
    for start, width in zip(starts, widths, strict=True):
        lefts.append(max(start, free))
        free = lefts[-1] + width + NAME_GAP_MM
    limit = frame.x_mm + frame.width_mm
    for place in reversed(range(len(lefts))):
        lefts[place] = min(lefts[place], limit - widths[place])
        limit = lefts[place] - NAME_GAP_MM
    ends = [start + max(length, NAME_GAP_MM) for start, length in zip(starts, first.lengths_mm, strict=True)]
    over = all(left < end and left + width > start
               for left, width, start, end in zip(lefts, widths, starts, ends, strict=True))  # fmt: skip
    return lefts if frame.beside and over and lefts[0] >= frame.x_mm - EDGE_MM else []


def _name_line_mm(look: Pen) -> float:
    size = look.sizes_pt["chart-label"]
    return look.rise_mm(size) + look.drop_mm(size) + LABEL_GAP_MM


def _name_mm(name: tuple[str, str], look: Pen) -> float:
    return look.width_mm(name[0], look.sizes_pt["chart-label"], 600 if name[1] == "heading" else 400)


def _draw_key(ax: Axes, names: Sequence[tuple[str, str]], frame: Frame, baseline_mm: float, look: Pen) -> int:
    """Name the parts in a key of as many lines as it takes, and return their number."""
    room = frame.x_mm + frame.width_mm
    widths = [SWATCH_MM + SWATCH_GAP_MM + _name_mm(name, look) for name in names]
    if max(widths) > room:
        longest = max(names, key=lambda name: _name_mm(name, look))
        look.refuse_rows(f"the name “{longest[0]}” is too long for its width", "shorten it")
    places = naming.key(widths, 2 * NAME_GAP_MM, room)
    for (name, role), tone, (x, line) in zip(names, frame.tones, places, strict=True):
        y = baseline_mm - line * _name_line_mm(look)
        _draw_box(ax, (x, y - EDGE_MM, SWATCH_MM, SWATCH_MM), tone, look)
        look.write(ax, name, x + SWATCH_MM + SWATCH_GAP_MM, y, role)
    return places[-1][1] + 1


def _draw_bar(
    ax: Axes,
    bar: Bar,
    inside: tuple[Frame, Column, Values],
    top_thick_mm: tuple[float, float],
    look: Pen,
) -> float:
    """Draw a bar with its words, and return the foot of all that."""
    frame, label, values = inside
    top, thick = top_thick_mm
    if frame.beside:
        high = top - max(0.0, label.height_mm - thick) / 2
        label.draw(ax, 0, label.top_mm(high - thick / 2))
    else:
        label.draw(ax, 0, top)
        high = top - label.height_mm - LABEL_GAP_MM
    _draw_parts(ax, bar, (frame, values), (high - thick, thick), look)
    _draw_total(ax, bar, frame, high - thick / 2, look)
    low = high - thick - (_line_mm(look) if values.below else 0.0)
    return min(low, top - label.height_mm) if frame.beside else low


def _draw_total(ax: Axes, bar: Bar, frame: Frame, middle_mm: float, look: Pen) -> None:
    if frame.totals_mm:
        baseline = middle_mm - look.cap_mm(look.sizes_pt["chart-value"]) / 2
        look.write(ax, bar.total, ax.get_xlim()[1] - _total_mm(bar, look), baseline, "value")


def _draw_parts(
    ax: Axes, bar: Bar, inside: tuple[Frame, Values], foot_thick_mm: tuple[float, float], look: Pen
) -> None:
    frame, values = inside
    foot, thick = foot_thick_mm
    middle = foot + (thick - look.cap_mm(look.sizes_pt["chart-value"])) / 2
    for place, (part, tone) in enumerate(zip(bar.parts, frame.tones, strict=True)):
        x, length = frame.x_mm + values.starts_mm[place], values.lengths_mm[place]
        if length:
            _draw_box(ax, (x, foot, look.printed_mm(length), thick), tone, look)
        if place in values.inside:
            _write_inside(ax, part, (x, middle), tone, look)
    if not look.options.shares:
        ends = [foot - TICK_MM, foot + thick + TICK_MM]
        ax.plot([frame.x_mm + EDGE_MM] * 2, ends, color=look.colours["ink"], linewidth=ZERO_PT, gid=BEHIND)
    _write_end(ax, bar, values, (frame.x_mm, middle), look)
    _write_below(ax, bar, (frame, values), foot, look)


def _draw_box(ax: Axes, box_mm: tuple[float, float, float, float], tone: str, look: Pen) -> None:
    """Draw a part; the lightest has an outline inside its edge, because its length carries meaning."""
    x, y, wide, tall = box_mm
    style = dict(look.fill(tone))
    if tone == LIGHT[0]:
        inset = min(OUTLINE_MM, wide) / 2
        style = {"facecolor": look.colours[tone], "edgecolor": look.colours["grey"], "linewidth": OUTLINE_PT}
        x, y, wide, tall = x + inset, y + inset, wide - 2 * inset, tall - 2 * inset
    ax.add_artist(Rectangle((x, y), wide, tall, **style))


def _write_inside(ax: Axes, part: ChartRow, start_mm: tuple[float, float], tone: str, look: Pen) -> None:
    """Write a value at the start of its part: on paper if the part is hatched."""
    x, baseline = start_mm
    if look.hatched(tone):
        width, cap = _value_mm(part, look) + 2 * CHIP_MM, look.cap_mm(look.sizes_pt["chart-value"])
        chip = (x + VALUE_GAP_MM, baseline - CHIP_MM), width, cap + 2 * CHIP_MM
        ax.add_artist(Rectangle(*chip, facecolor=look.colours["paper"], gid=BEHIND))
        x += CHIP_MM
    dark = tone not in LIGHT and not look.hatched(tone)
    look.write(
        ax, part.written, x + VALUE_GAP_MM, baseline, "value" if part.strong else "plain", "paper" if dark else "ink"
    )


def _write_end(ax: Axes, bar: Bar, values: Values, start_mm: tuple[float, float], look: Pen) -> None:
    if values.end:
        x = start_mm[0] + values.starts_mm[-1] + look.printed_mm(values.lengths_mm[-1]) + VALUE_GAP_MM
        alone = len(values.end) == 1 and bar.parts[values.end[0]].strong
        look.write(ax, _end_text(bar, values), x, start_mm[1], "signal" if alone else "plain")


def _write_below(ax: Axes, bar: Bar, inside: tuple[Frame, Values], foot_mm: float, look: Pen) -> None:
    """Write values below their parts, centred on them as far as the others allow."""
    frame, values = inside
    widths = [_value_mm(bar.parts[place], look) for place in values.below]
    if math.fsum(widths) + NAME_GAP_MM * (len(widths) - 1) > frame.width_mm + EDGE_MM:
        look.refuse(bar.parts[0], "has values too long to print side by side", "use a wider chart or fewer parts")
    middles = [frame.x_mm + values.starts_mm[place] + values.lengths_mm[place] / 2 for place in values.below]
    right = frame.x_mm + frame.width_mm
    # The pen moves boxes apart from the top down: here, from the right edge to the left.
    wanted = [middle + width / 2 for middle, width in zip(middles, widths, strict=True)]
    ends = look.apart(wanted[::-1], widths[::-1], NAME_GAP_MM, right)[::-1]
    baseline = foot_mm - _line_mm(look)
    for place, end, width in zip(values.below, ends, widths, strict=True):
        part = bar.parts[place]
        look.write(ax, part.written, end - width, baseline, "signal" if part.strong else "plain")
