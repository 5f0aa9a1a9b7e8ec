"""Show the parts of a whole as one strip, each part labelled at its position.

Reads `value`, `written`, `unit`, `label`, `note` and `strong` from each row.

The first row is the whole and the others are its parts, in order. If the rows are in `%` and the first isn't 100 %, all
of them are parts of 100 %. The remainder of the strip is empty and has no value. Strong parts are in the signal colour.

The whole is labelled at a bracket as long as the strip, and each part where it starts. On a wide chart the strip is
horizontal, with the labels below if they fit under their parts. Otherwise it is vertical, with the labels beside it.
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
WHOLE_SHARE = 0.7
LEAST_LABEL_MM = 22.4
COLUMN_GAP_MM = 4.0
LEADER_GAP_MM = 1.6
RULE_GAP_MM = 1.6
LABEL_GAP_MM = 3.0
# A bracket closer to its strip would look like the strip's own outline.
CLEAR_MM = 2.5
TICK_MM = 1.1
THINNEST_MM = 6.0
THICKEST_SHARE = 0.6
STRIP_SHARE = 0.28
GUTTER_MM = 6.0
EDGE_MM = 0.1
SEAM_PT = 1.0
RULE_PT = 0.5

Point = tuple[float, float]
Box = tuple[float, float, float, float]


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw the parts as shares of one strip, horizontal or vertical."""
    whole, parts = _whole_and_parts(rows, look)
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    total = HUNDRED if whole is None else whole.value or HUNDRED
    if width < WIDE * height or not _draw_lying(ax, whole, parts, total, look):
        _draw_standing(ax, whole, parts, total, look)


def _whole_and_parts(rows: Sequence[ChartRow], look: Pen) -> tuple[ChartRow | None, Sequence[ChartRow]]:
    if not rows:
        look.refuse_rows("it has no rows, and a whole with parts needs at least one")
    for row in rows:
        if row.value is None:
            look.refuse(row, "names no figure, and a part needs one", "add figure: with its id, or delete the row")
        if row.value < 0:
            look.refuse(row, f"is below zero ({row.written or row.value}), and no part can be", "use kind: bars")
        if row.unit != rows[0].unit:
            look.refuse(row, f"is in “{row.unit}”, but the first row is in “{rows[0].unit}”", "use kind: bars")
    bare = rows[0].unit == "%" and rows[0].value != HUNDRED
    whole, parts = (None, rows) if bare else (rows[0], rows[1:])
    _check_sum(whole, parts, look)
    return whole, parts


def _check_sum(whole: ChartRow | None, parts: Sequence[ChartRow], look: Pen) -> None:
    if whole is not None and (not whole.value or not parts):
        fix = "add a row for each part after it"
        look.refuse(whole, "is the whole, and needs a value above zero and a part after it", fix)
    total, so_far = HUNDRED if whole is None else whole.value or 0.0, 0.0
    name = "100%" if whole is None else f"“{whole.label}”"
    for part in parts:
        so_far += part.value or 0.0
        if so_far > total * (1 + 1e-9):
            fix = "put the whole first and its parts after it, or correct a figure"
            look.refuse(part, f"makes the parts exceed the whole, {name}", fix)


def _label(row: ChartRow, width_mm: float, look: Pen) -> Column:
    value = (row.written, "signal" if row.strong else "value")
    return look.column(width_mm, value, (row.label, "label"), (row.note, "note"))


def _tone(row: ChartRow, parts: Sequence[ChartRow]) -> str:
    if row.strong:
        return "signal"
    return "slate" if any(part.strong for part in parts) else "support"


# Horizontal


def _draw_lying(
    ax: Axes,
    whole: ChartRow | None,
    parts: Sequence[ChartRow],
    total: float,
    look: Pen,
) -> bool:
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    labels = _labels_beneath(parts, width / total, width, look)
    head = _label(whole, WHOLE_SHARE * width, look) if whole else None
    above = head.height_mm + RULE_GAP_MM + CLEAR_MM if head else 0.0
    below = max((label.height_mm for label in labels), default=height) + RULE_GAP_MM
    thick = min(height - above - below, THICKEST_SHARE * height)
    if thick < THINNEST_MM:
        return False
    foot = height - above - thick
    if head:
        _draw_bracket(ax, [(EDGE_MM, foot + thick), (width - EDGE_MM, foot + thick)], (0, CLEAR_MM), look)
        head.draw(ax, width / 2, foot + thick + above, centred=True)
    boxes = _draw_strip(ax, (0, foot, width, thick), parts, total, look, lying=True)
    for (start, *_), label in zip(boxes, labels, strict=True):
        low = foot - RULE_GAP_MM - label.height_mm
        _draw_line(ax, [(start + EDGE_MM, low), (start + EDGE_MM, foot)], look)
        label.draw(ax, start + LEADER_GAP_MM, foot - RULE_GAP_MM)
    return True


def _labels_beneath(parts: Sequence[ChartRow], mm_a_unit: float, width_mm: float, look: Pen) -> list[Column]:
    """Set each label in the width up to the next part's label; return none if any has too little room."""
    rooms = [(part.value or 0.0) * mm_a_unit - COLUMN_GAP_MM - LEADER_GAP_MM for part in parts[:-1]]
    rooms.append(width_mm - sum((part.value or 0.0) * mm_a_unit for part in parts[:-1]) - LEADER_GAP_MM)
    if any(room < _least_mm(part, look) for part, room in zip(parts, rooms, strict=True)):
        return []
    return [_label(part, room, look) for part, room in zip(parts, rooms, strict=True)]


def _least_mm(part: ChartRow, look: Pen) -> float:
    written = look.width_mm(part.written, look.sizes_pt["chart-value"], 600)
    word = look.word_mm(part.label, look.sizes_pt["chart-label"])
    return max(LEAST_LABEL_MM, written, word)


# Vertical


def _draw_standing(
    ax: Axes,
    whole: ChartRow | None,
    parts: Sequence[ChartRow],
    total: float,
    look: Pen,
) -> None:
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    head = _label(whole, width, look) if whole else None
    left, tall = (CLEAR_MM + EDGE_MM, height - head.height_mm - CLEAR_MM) if head else (0.0, height)
    edge = left + STRIP_SHARE * width
    labels = [_label(part, width - edge - GUTTER_MM, look) for part in parts]
    heights = [label.height_mm + RULE_GAP_MM for label in labels]
    look.check_room(ax, height - tall + sum(heights) + LABEL_GAP_MM * (len(parts) - 1))
    if head:
        head.draw(ax, 0, height)
        _draw_bracket(ax, [(left, tall - EDGE_MM), (left, EDGE_MM)], (-CLEAR_MM, 0), look)
    boxes = _draw_strip(ax, (left, 0, edge - left, tall), parts, total, look, lying=False)
    tops = [foot + length - EDGE_MM for _, foot, _, length in boxes]
    for label, want, top in zip(labels, tops, look.apart(tops, heights, LABEL_GAP_MM, tall - EDGE_MM), strict=True):
        bends = (edge, want), (edge + GUTTER_MM * 0.3, want), (edge + GUTTER_MM * 0.75, top), (width, top)
        _draw_line(ax, bends, look)
        label.draw(ax, edge + GUTTER_MM, top - RULE_GAP_MM)


# Both directions


def _draw_strip(
    ax: Axes,
    box_mm: Box,
    parts: Sequence[ChartRow],
    total: float,
    look: Pen,
    *,
    lying: bool,
) -> list[Box]:
    """Draw the whole strip empty with its parts over it, and return their boxes."""
    _draw_empty(ax, box_mm, look)
    boxes = _boxes(box_mm, [(part.value or 0.0) / total for part in parts], lying=lying)
    for place, (part, (x, y, wide, tall)) in enumerate(zip(parts, boxes, strict=True)):
        if place:
            seam = [(x, y), (x, y + tall)] if lying else [(x, y + tall), (x + wide, y + tall)]
            ax.plot(*zip(*seam, strict=True), color=look.colours["paper"], linewidth=2 * SEAM_PT, zorder=1)
        if part.value:
            printed = look.printed_mm(wide), look.printed_mm(tall)
            ax.add_artist(Rectangle((x, y), *printed, **look.fill(_tone(part, parts))))
    return boxes


def _boxes(box_mm: Box, shares: Sequence[float], *, lying: bool) -> list[Box]:
    """Divide a strip into shares, from the left or from the top."""
    x, y, wide, tall = box_mm
    boxes, before = [], 0.0
    for share in shares:
        after = before + share
        boxes.append(
            (x + before * wide, y, share * wide, tall) if lying else (x, y + (1 - after) * tall, wide, share * tall)
        )
        before = after
    return boxes


def _draw_empty(ax: Axes, box_mm: Box, look: Pen) -> None:
    """Draw the empty strip: a tint, or only an outline if the tint is the colour of paper."""
    x, y, wide, tall = box_mm
    ground, paper = look.colours["mist"], look.colours["paper"]
    if ground != paper:
        ax.add_artist(Rectangle((x, y), wide, tall, facecolor=ground))
        return
    inner = (x + EDGE_MM, y + EDGE_MM), wide - 2 * EDGE_MM, tall - 2 * EDGE_MM
    ax.add_artist(Rectangle(*inner, facecolor=paper, edgecolor=look.colours["grey"], linewidth=RULE_PT))


def _draw_bracket(ax: Axes, ends_mm: Sequence[Point], off_mm: Point, look: Pen) -> None:
    """Draw a line along the strip, clear of it, with a tick towards it at each end."""
    across, up = off_mm
    (x0, y0), (x1, y1) = [(x + across, y + up) for x, y in ends_mm]
    tick_x, tick_y = (-side / CLEAR_MM * TICK_MM for side in off_mm)
    _draw_line(ax, [(x0 + tick_x, y0 + tick_y), (x0, y0), (x1, y1), (x1 + tick_x, y1 + tick_y)], look)


def _draw_line(ax: Axes, points_mm: Sequence[Point], look: Pen) -> None:
    ax.plot(*zip(*points_mm, strict=True), color=look.colours["ink"], linewidth=RULE_PT)
