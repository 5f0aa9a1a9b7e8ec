"""Parts of a whole as one strip, each part labelled where it lies.

Read from a row: `value`, `written`, `unit`, `label`, `note`, `strong`.

The first row is the whole and the others are its parts, in order. Rows in `%` that do not start with 100 %
are all parts, of a whole of 100 %. What the parts leave over is shown empty, without a value. Strong parts
have the signal colour.

On a wide sheet the strip lies across it, with the whole above and the parts below, where the labels fit under
their parts; otherwise it stands at the left, with all labels beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.plan import ChartRow

WIDE = 1.9
HUNDRED = 100.0
LEAST_LABEL_MM = 24.0
COLUMN_GAP_MM = 4.0
RULE_GAP_MM = 1.4
THICKEST_SHARE = 0.42
EDGE_MM = 0.1
LABEL_GAP_MM = 3.0
THINNEST_MM = 6.0
STRIP_SHARE = 0.28
GUTTER_MM = 6.0
SEAM_PT = 1.0


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw the parts as shares of one strip, lying or standing."""
    whole, parts = _whole_and_parts(rows, look)
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    total = HUNDRED if whole is None else whole.value or HUNDRED
    if width < WIDE * height or not _draw_lying(ax, whole, parts, total, look):
        _draw_standing(ax, whole, parts, total, look)


def _whole_and_parts(rows: Sequence[ChartRow], look: Pen) -> tuple[ChartRow | None, Sequence[ChartRow]]:
    if not rows:
        message = "it has no rows, and a whole with parts needs one at least"
        raise ValueError(message)
    for row in rows:
        if row.value is None:
            look.refuse(row, "names no figure, and a part needs one")
        if row.value < 0:
            look.refuse(row, f"is below zero ({row.written or row.value}), and no part can be")
        if row.unit != rows[0].unit:
            look.refuse(row, f"is in “{row.unit}” where the first row is in “{rows[0].unit}”")
    bare = rows[0].unit == "%" and rows[0].value != HUNDRED
    whole, parts = (None, rows) if bare else (rows[0], rows[1:])
    _check_sum(whole, parts, look)
    return whole, parts


def _check_sum(whole: ChartRow | None, parts: Sequence[ChartRow], look: Pen) -> None:
    if whole is not None and (not whole.value or not parts):
        look.refuse(whole, "is the whole, and needs a value above zero and a part after it")
    total, so_far = HUNDRED if whole is None else whole.value or 0.0, 0.0
    name = "100%" if whole is None else f"“{whole.label}”"
    for part in parts:
        so_far += part.value or 0.0
        if so_far > total * (1 + 1e-9):
            look.refuse(part, f"takes the parts past the whole, which is {name}")


def _label(row: ChartRow, width_mm: float, look: Pen) -> Column:
    value = (row.written, "signal" if row.strong else "value")
    return look.column(width_mm, value, (row.label, "label"), (row.note, "note"))


def _tone(row: ChartRow, parts: Sequence[ChartRow]) -> str:
    if row.strong:
        return "signal"
    return "slate" if any(part.strong for part in parts) else "support"


# Lying


def _draw_lying(
    ax: Axes,
    whole: ChartRow | None,
    parts: Sequence[ChartRow],
    total: float,
    look: Pen,
) -> bool:
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    starts = _starts(parts, width / total)
    ends = [*starts[1:], width + COLUMN_GAP_MM]
    rooms = [end - start - COLUMN_GAP_MM for start, end in zip(starts, ends, strict=True)]
    if any(room < _least_mm(part, look) for part, room in zip(parts, rooms, strict=True)):
        return False
    labels = [_label(part, room - 1.6, look) for part, room in zip(parts, rooms, strict=True)]
    head = _label(whole, width, look) if whole else None
    above = head.height_mm + 2 * RULE_GAP_MM if head else 0.0
    below = max(label.height_mm for label in labels) + RULE_GAP_MM
    spare = height - above - below
    if spare < THINNEST_MM:
        return False
    thick = min(spare, THICKEST_SHARE * height)
    below += (spare - thick) / 2
    if head:
        head.draw(ax, 0, height)
        _draw_bracket(ax, below + thick + RULE_GAP_MM * 0.7, look)
    _draw_remainder(ax, (0, below, width, thick), look)
    for part, start, label in zip(parts, starts, labels, strict=True):
        length = (part.value or 0.0) * width / total
        _draw_part(ax, (start, below, length, thick), _tone(part, parts), look)
        ax.plot(
            [start + EDGE_MM] * 2,
            [below - (spare - thick) / 2 - label.height_mm - RULE_GAP_MM, below],
            color=look.colours["ink"],
            linewidth=0.5,
        )
        label.draw(ax, start + 1.6, below - (spare - thick) / 2 - RULE_GAP_MM)
    return True


def _starts(parts: Sequence[ChartRow], mm_a_unit: float) -> list[float]:
    starts = [0.0]
    for part in parts[:-1]:
        starts.append(starts[-1] + (part.value or 0.0) * mm_a_unit)
    return starts


def _least_mm(part: ChartRow, look: Pen) -> float:
    written = look.width_mm(part.written, look.sizes_pt["chart-value"], 600)
    word = look.word_mm(part.label, look.sizes_pt["chart-label"])
    return max(LEAST_LABEL_MM, written + 1.6, word + 1.6)


def _draw_bracket(ax: Axes, y_mm: float, look: Pen) -> None:
    width, tick = ax.get_xlim()[1] - EDGE_MM, RULE_GAP_MM * 0.7
    xs, ys = [EDGE_MM, EDGE_MM, width, width], [y_mm - tick, y_mm, y_mm, y_mm - tick]
    ax.plot(xs, ys, color=look.colours["ink"], linewidth=0.5)


# Standing


def _draw_standing(
    ax: Axes,
    whole: ChartRow | None,
    parts: Sequence[ChartRow],
    total: float,
    look: Pen,
) -> None:
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    strip = STRIP_SHARE * width
    rows, foot_first = list(parts), False
    if whole:
        rest = (total - sum(part.value or 0.0 for part in parts)) * height / total
        label = _label(whole, width - strip - GUTTER_MM, look)
        beside = label.height_mm + RULE_GAP_MM + LABEL_GAP_MM
        foot_first = rest >= beside and _needed_mm(ax, parts, look) + beside <= height
        if foot_first:
            rows.insert(0, whole)
        else:
            height = _draw_head(ax, whole, look)
    labels = [_label(row, width - strip - GUTTER_MM, look) for row in rows]
    heights = [label.height_mm + RULE_GAP_MM for label in labels]
    if not foot_first:
        look.check_room(ax, _needed_mm(ax, parts, look) + ax.get_ylim()[1] - height)
    tops = _part_tops_mm(parts, height / total, height, at_foot=foot_first)
    _draw_remainder(ax, (0, 0, strip, height), look)
    for part, top in zip(parts, tops, strict=True):
        tall = (part.value or 0.0) * height / total
        _draw_part(ax, (0, top - tall, strip, tall), _tone(part, parts), look)
    wanted = [height, *tops] if foot_first else tops
    for label, want, top in zip(labels, wanted, look.apart(wanted, heights, LABEL_GAP_MM, height), strict=True):
        bends = [strip, strip + GUTTER_MM * 0.3, strip + GUTTER_MM * 0.75, width]
        levels = [want - EDGE_MM, want - EDGE_MM, top - EDGE_MM, top - EDGE_MM]
        ax.plot(bends, levels, color=look.colours["ink"], linewidth=0.5)
        label.draw(ax, strip + GUTTER_MM, top - RULE_GAP_MM)


def _needed_mm(ax: Axes, parts: Sequence[ChartRow], look: Pen) -> float:
    width = (1 - STRIP_SHARE) * ax.get_xlim()[1] - GUTTER_MM
    heights = [_label(part, width, look).height_mm + RULE_GAP_MM for part in parts]
    return sum(heights) + LABEL_GAP_MM * (len(parts) - 1)


def _draw_head(ax: Axes, whole: ChartRow, look: Pen) -> float:
    height = ax.get_ylim()[1]
    head = _label(whole, ax.get_xlim()[1], look)
    head.draw(ax, 0, height)
    return height - head.height_mm - 2 * RULE_GAP_MM


def _part_tops_mm(
    parts: Sequence[ChartRow],
    mm_a_unit: float,
    height_mm: float,
    *,
    at_foot: bool,
) -> list[float]:
    lengths = [(part.value or 0.0) * mm_a_unit for part in parts]
    top = sum(lengths) if at_foot else height_mm
    tops = []
    for length in lengths:
        tops.append(top)
        top -= length
    return tops


# Both


def _draw_remainder(ax: Axes, box_mm: tuple[float, float, float, float], look: Pen) -> None:
    x, y, wide, tall = box_mm
    half = EDGE_MM
    ax.add_artist(
        Rectangle(
            (x + half, y + half),
            wide - 2 * half,
            tall - 2 * half,
            facecolor=look.colours["mist"],
            edgecolor=look.colours["grey"],
            linewidth=0.5,
        ),
    )


def _draw_part(ax: Axes, box_mm: tuple[float, float, float, float], tone: str, look: Pen) -> None:
    x, y, wide, tall = box_mm
    part = Rectangle((x, y), wide, tall, facecolor=look.colours[tone])
    part.set(edgecolor=look.colours["paper"], linewidth=SEAM_PT)
    ax.add_artist(part)
