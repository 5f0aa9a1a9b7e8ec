"""Show the parts of a whole as one strip, each part labelled at its position.

Reads `value`, `written`, `unit`, `label`, `note` and `strong` from each row.

The first row is the whole and the others are its parts, in order. If the rows are in `%` and the first isn't 100 %, all
of them are parts of 100 %. The remainder of the strip is empty and has no value. Strong parts are in the signal colour,
the others beside them in two greys by turns.

The whole is labelled at a bracket as long as the strip, and each part where it starts. On a wide chart the strip is
horizontal, with the labels below if they fit under their parts. Otherwise it is vertical, with the labels beside it.

With `mark`, the value of one mark, each row is a part of the row before it, drawn as squares down one column after
another: the innermost part solid, the row that it is a part of tinted, with an outline, and any others open. The
innermost is named below its own squares, and each of the others at a bracket above.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import cycle, pairwise
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from briefpack.charts import BEHIND, series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.plan import ChartRow

WIDE = 1.4
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
THINNEST_MM, THICKEST_MM = 6.0, 24.0
THICKEST_SOLID_MM = 14.0
THICKEST_SHARE = 0.6
STRIP_SHARE = 0.28
GUTTER_MM = 6.0
EDGE_MM = 0.1
SEAM_PT = 1.0
RULE_PT = 0.5
GREYS = ("bar", "steel")

FEWEST_MARKS, MOST_MARKS = 20, 100
HALF = 0.25
"""A value further than this from a whole number of marks would need a half of one."""
SQUARE_SHARE = 0.88
LEAST_SIDE_MM = 2.5
WIDEST_PITCH = 1.12
"""The most that columns of squares may be apart, in sides of a square, to fill the width."""
ALIKE_MM = 0.4
"""How much smaller than the largest squares may be that fill more of the width."""
WHOLE_COLUMNS = 0.75
"""How large squares are at least, as a share of the largest, to be preferred because all their columns are full."""
MOST_ROWS = 10
WORD_GAP_MM = 1.4
SQUARE_PT = 0.5

Point = tuple[float, float]
Box = tuple[float, float, float, float]


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw the parts as shares of one strip, horizontal or vertical, or as marks."""
    if look.mark:
        _draw_marks(ax, rows, look)
        return
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
        series.check_unit(row, rows[0], look, "use kind: bars")
    bare = rows[0].unit == "%" and rows[0].value != HUNDRED
    whole, parts = (None, rows) if bare else (rows[0], rows[1:])
    _check_sum(whole, parts, look)
    return whole, parts


def _check_whole(whole: ChartRow, parts: Sequence[ChartRow], look: Pen) -> None:
    if not whole.value or not parts:
        fix = "add a row for each part after it"
        look.refuse(whole, "is the whole, and needs a value above zero and a part after it", fix)


def _check_sum(whole: ChartRow | None, parts: Sequence[ChartRow], look: Pen) -> None:
    if whole is not None:
        _check_whole(whole, parts, look)
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


def _tones(parts: Sequence[ChartRow]) -> list[str]:
    """Return the tone of each part; of two neighbours in grey, one is darker."""
    if not any(part.strong for part in parts):
        return ["support"] * len(parts)
    greys = cycle(GREYS)
    return ["signal" if part.strong else next(greys) for part in parts]


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
    thick = min(height - above - below, THICKEST_SHARE * height, look.at_most_solid(THICKEST_MM, THICKEST_SOLID_MM))
    if thick < THINNEST_MM:
        return False
    foot = height - above - thick
    if head:
        _draw_bracket(ax, [(EDGE_MM, foot + thick), (width - EDGE_MM, foot + thick)], (0, CLEAR_MM), look)
        head.draw(ax, 0, foot + thick + above)
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
    for place, (part, tone, (x, y, wide, tall)) in enumerate(zip(parts, _tones(parts), boxes, strict=True)):
        if place:
            seam = [(x, y), (x, y + tall)] if lying else [(x, y + tall), (x + wide, y + tall)]
            ax.plot(*zip(*seam, strict=True), color=look.colours["paper"], linewidth=2 * SEAM_PT, gid=BEHIND, zorder=1)
        if part.value:
            printed = look.printed_mm(wide), look.printed_mm(tall)
            ax.add_artist(Rectangle((x, y), *printed, **look.fill(tone)))
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
    """Draw the empty strip: a tint with an outline, since a tint alone hardly shows on paper."""
    x, y, wide, tall = box_mm
    inner = (x + EDGE_MM, y + EDGE_MM), wide - 2 * EDGE_MM, tall - 2 * EDGE_MM
    style: dict[str, Any] = {"facecolor": look.colours["mist"], "edgecolor": look.colours["grey"], "linewidth": RULE_PT}
    ax.add_artist(Rectangle(*inner, **style))


def _draw_bracket(ax: Axes, ends_mm: Sequence[Point], off_mm: Point, look: Pen) -> None:
    """Draw a line along the strip, clear of it, with a tick towards it at each end."""
    across, up = off_mm
    (x0, y0), (x1, y1) = [(x + across, y + up) for x, y in ends_mm]
    tick_x, tick_y = (-side / CLEAR_MM * TICK_MM for side in off_mm)
    _draw_line(ax, [(x0 + tick_x, y0 + tick_y), (x0, y0), (x1, y1), (x1 + tick_x, y1 + tick_y)], look)


def _draw_line(ax: Axes, points_mm: Sequence[Point], look: Pen) -> None:
    ax.plot(*zip(*points_mm, strict=True), color=look.colours["ink"], linewidth=RULE_PT)


# Marks


@dataclass(frozen=True)
class Level:
    """A row of marks: how many there are, and its words in a line above them or, for the innermost, below."""

    row: ChartRow
    count: int
    value: Column
    label: Column

    @property
    def height_mm(self) -> float:
        """Return the height of its words and its bracket."""
        return self.words_mm + RULE_GAP_MM + TICK_MM + RULE_GAP_MM

    @property
    def words_mm(self) -> float:
        """Return the height of its words."""
        return max(self.value.height_mm, self.label.height_mm)


def _draw_marks(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw the whole as marks, with a bracket for each part of it."""
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    levels = [_level(row, look, width) for row in _nested(rows, look)]
    above, below = sum(level.height_mm for level in levels[:-1]), levels[-1].words_mm + RULE_GAP_MM
    room = height - above - below
    if room < 2 * LEAST_SIDE_MM:
        look.refuse_room(ax, above + below + 2 * LEAST_SIDE_MM)
    down = _down(levels[0].count, (width, room))
    # Rows of squares that fill the width may be too high: smaller ones end before it.
    side = min(_side_mm(levels[0].count, down, width), room / down)
    pitch = _pitch_mm(levels[0].count, down, (side, width))
    gap = min(CLEAR_MM, (height - above - below - down * side) / 2)
    top = height - above - gap
    for place in range(levels[0].count):
        column, line = divmod(place, down)
        corner = column * pitch, top - (line + 1) * side + (1 - SQUARE_SHARE) * side
        tone = "signal" if levels[-1].row.strong else "support"
        _draw_square(ax, corner, SQUARE_SHARE * side, (_depth(levels, place), tone), look)
    head = height
    for level in levels[:-1]:
        _name_above(ax, level, head, _reach_mm(level, down, (side, pitch)), look)
        head -= level.height_mm
    _write_level(ax, levels[-1], top - down * side + (1 - SQUARE_SHARE) * side - RULE_GAP_MM)


def _nested(rows: Sequence[ChartRow], look: Pen) -> Sequence[ChartRow]:
    """Return rows of which each is a part of the one before, or refuse them."""
    if not rows:
        look.refuse_rows("it has no rows, and a whole with parts needs at least one")
    _check_whole(rows[0], rows[1:], look)
    for outer, row in pairwise(rows):
        series.check_unit(row, rows[0], look, "use kind: bars")
        if row.value is None or not 0 < row.value <= (outer.value or 0.0):
            fix = "put the rows in order, each a part of the one above it"
            look.refuse(row, f"is not a part of “{outer.label}”, the row above it", fix)
        if outer.strong:
            look.refuse(outer, "is strong, but the part inside it is drawn over it", "mark the last row instead")
    _check_marks(rows, look)
    return rows


def _check_marks(rows: Sequence[ChartRow], look: Pen) -> None:
    mark = look.mark or 1.0
    count = round((rows[0].value or 0.0) / mark)
    if not FEWEST_MARKS <= count <= MOST_MARKS:
        reason = f"needs {count} marks, but {FEWEST_MARKS} to {MOST_MARKS} can be told apart and counted"
        look.refuse(rows[0], reason, "change mark:, or delete it to draw a strip", key="mark")
    for row in rows:
        marks = (row.value or 0.0) / mark
        if abs(marks - round(marks)) > HALF or round(marks) == 0:
            look.refuse(row, "would need a part of a mark", "change mark:, or delete it to draw a strip", key="mark")


def _level(row: ChartRow, look: Pen, width_mm: float) -> Level:
    """Set a row's value and its label side by side or, if they don't fit, one below the other."""
    value = look.column(width_mm, (row.written, "signal" if row.strong else "value"))
    label = look.column(width_mm, (row.label, "heading" if row.strong else "label"), (row.note, "note"))
    count = round((row.value or 0.0) / (look.mark or 1.0))
    if len(label.lines) > 1 or value.width_mm + WORD_GAP_MM + label.width_mm > width_mm:
        return Level(row, count, _label(row, width_mm, look), look.column(width_mm))
    return Level(row, count, value, label)


def _down(count: int, room_mm: tuple[float, float]) -> int:
    """Return how many marks in a column have the largest squares; of those alike, the fewest.

    All columns are full, and fill the width, if that costs little of their size; none ever has one square alone.
    """
    width, height = room_mm
    across = {down: _side_mm(count, down, width) for down in range(2, MOST_ROWS + 1)}
    sides = {down: min(side, height / down) for down, side in across.items()}
    least = WHOLE_COLUMNS * max(sides.values())
    filling = {down: side for down, side in sides.items() if across[down] <= WIDEST_PITCH * side and side >= least}
    full = {down: side for down, side in filling.items() if count % down == 0}
    fitting = full or {down: side for down, side in sides.items() if count % down != 1}
    return next(down for down, side in fitting.items() if side > max(fitting.values()) - ALIKE_MM)


def _side_mm(count: int, down: int, width_mm: float) -> float:
    """Return the side of a square and the gap after it, so that the last square reaches the edge."""
    return width_mm / (math.ceil(count / down) - 1 + SQUARE_SHARE)


def _pitch_mm(count: int, down: int, sides_mm: tuple[float, float]) -> float:
    """Return the distance from column to column: a square's side, or a little more if that fills the width."""
    side, width = sides_mm
    filling = (width - SQUARE_SHARE * side) / max(math.ceil(count / down) - 1, 1)
    return filling if filling <= WIDEST_PITCH * side else side


def _depth(levels: Sequence[Level], place: int) -> int:
    """Return how far a mark is from the innermost level, which is 0."""
    inside = sum(place < level.count for level in levels)
    return len(levels) - inside


def _draw_square(ax: Axes, corner_mm: Point, side_mm: float, place: tuple[int, str], look: Pen) -> None:
    depth, tone = place
    if depth == 0:
        ax.add_artist(Rectangle(corner_mm, side_mm, side_mm, **look.fill(tone)))
        return
    face, (x, y) = "mist" if depth == 1 else "paper", corner_mm
    style: dict[str, Any] = {"facecolor": look.colours[face], "edgecolor": look.colours["slate"]}
    style["linewidth"] = SQUARE_PT
    ax.add_artist(Rectangle((x + EDGE_MM, y + EDGE_MM), side_mm - 2 * EDGE_MM, side_mm - 2 * EDGE_MM, **style))


def _reach_mm(level: Level, down: int, sides_mm: tuple[float, float]) -> float:
    """Return how far the marks of a level reach, from the left edge."""
    side, pitch = sides_mm
    return (math.ceil(level.count / down) - 1) * pitch + SQUARE_SHARE * side


def _write_level(ax: Axes, level: Level, top_mm: float) -> None:
    level.value.draw(ax, 0, top_mm)
    # The two sizes of type are on one baseline.
    level.label.draw(ax, level.value.width_mm + WORD_GAP_MM, top_mm - level.value.height_mm + level.label.height_mm)


def _name_above(ax: Axes, level: Level, top_mm: float, reach_mm: float, look: Pen) -> None:
    _write_level(ax, level, top_mm)
    y = top_mm - level.height_mm + RULE_GAP_MM + TICK_MM
    _draw_line(ax, [(EDGE_MM, y - TICK_MM), (EDGE_MM, y), (reach_mm, y), (reach_mm, y - TICK_MM)], look)
