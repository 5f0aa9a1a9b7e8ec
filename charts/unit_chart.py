"""People or things as marks in one field, a set number to a mark.

Read from a row: `value`, `written`, `unit`, `label`, `note`, `strong`. From the chart: `mark`, how many one
mark stands for.

Rows are nested: each is part of the one before, so its value is no larger and all share one unit. One field
of marks shows the first row, hollow; each later row is a darker share of it, at the foot of the field beside
its label and fenced off by a line. Values are rounded to whole marks; a value above zero has at least one.
The strong row has the signal colour, or the last row if none is strong.

Rows whose unit is `one in` stand each for themselves: a block of as many marks as the value, the first one
filled. They need no `mark`.

Marks are people for the units `people` and `one in`, and dots for all other units.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.plan import ChartRow

GUTTER_MM = 6.0
LABEL_LEAST_MM = 27.0
LABEL_SHARES = (0.32, 0.4, 0.48, 0.56)
BLOCK_GAP_MM = 3.2
NEAR_ENOUGH = 0.72
EDGE_MM = 0.1
RULE_GAP_MM = 1.4
NOTE_GAP_MM = 1.8
TALLEST_MARK_MM = 12.0
MOST_MARKS = 200
SMALLEST_MARK_MM = 0.6
PERSON_HEIGHT = 2.15
GAP_ACROSS = 0.42
GAP_DOWN = 0.42
LOOSEST = 1.75
OUTLINE_PT = 0.6
OUTLINE_MM = OUTLINE_PT * 25.4 / 72


@dataclass(frozen=True)
class Field:
    """Where marks stand: how many to a line, how large, and how far apart."""

    across: int
    mark_mm: float
    tall_mm: float
    step_mm: float
    pitch_mm: float

    @property
    def width_mm(self) -> float:
        """The width of a full line of marks."""
        return (self.across - 1) * self.step_mm + self.mark_mm

    @property
    def looseness(self) -> float:
        """How far apart marks stand, downwards, beside how far apart they would best stand."""
        return max(1.0, self.pitch_mm / (self.tall_mm + GAP_DOWN * self.mark_mm))


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw rows as nested shares of one field of marks, or as blocks of `one in` so many."""
    if not rows:
        message = "it has no rows, and marks need one at least"
        raise ValueError(message)
    for row in rows:
        _check_value(row, rows[0].unit, look)
    if rows[0].unit == "one in":
        _draw_blocks(ax, rows, look)
    else:
        _draw_nested(ax, rows, look)


def _check_value(row: ChartRow, unit: str, look: Pen) -> None:
    if row.value is None:
        look.refuse(row, "names no figure, and marks need one")
    if row.value <= 0:
        look.refuse(row, f"has {row.written or row.value}, and marks count what is above zero")
    if row.unit != unit:
        look.refuse(row, f"counts “{row.unit}” where the first row counts “{unit}”")


def _check_size(field: Field, row: ChartRow, look: Pen) -> None:
    if field.mark_mm < SMALLEST_MARK_MM:
        look.refuse(row, "has marks too small to see at this size; fewer marks or more room would help")


# Nested rows: one field


def _draw_nested(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    counts = _counts(rows, look)
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    strong, label_width = _strong_place(rows), _label_width_mm(ax, rows, look)
    room = width - label_width - GUTTER_MM
    said = f"One mark = {_amount(look.mark or 1, rows[0].unit)}"
    note, note_width = look.column(room, (said, "note")), look.width_mm(said, look.sizes_pt["chart-note"])
    foot = note.height_mm + NOTE_GAP_MM
    field = _nested_field(counts[0], room, height - foot, rows[0].unit)
    _check_size(field, rows[0], look)
    _draw_shares(ax, counts, _tones(len(rows), strong), (field, foot), look)
    label_x = max(field.width_mm, min(room, note_width)) + GUTTER_MM
    columns = [_label(row, width - label_x, look, signal=place == strong) for place, row in enumerate(rows)]
    bands = [height - EDGE_MM, *(_band_top_mm(count, field, foot) for count in counts[1:])]
    _draw_labels(ax, columns, bands, (field.width_mm, label_x), look)
    note.draw(ax, 0, note.height_mm)


def _counts(rows: Sequence[ChartRow], look: Pen) -> list[int]:
    if not look.mark or look.mark <= 0:
        look.refuse(rows[0], "cannot be drawn as marks until `mark` says how many one mark stands for")
    for row, outer in zip(rows[1:], rows, strict=False):
        if (row.value or 0) > (outer.value or 0):
            look.refuse(row, f"is more than “{outer.label}”, which it is drawn as a part of")
    if (rows[0].value or 0) > MOST_MARKS * look.mark:
        look.refuse(rows[0], f"needs more than {MOST_MARKS} marks; a larger `mark` needs fewer")
    return [max(1, math.floor((row.value or 0) / look.mark + 0.5)) for row in rows]


def _nested_field(count: int, room_mm: float, height_mm: float, unit: str) -> Field:
    fields = [_field(across, math.ceil(count / across), room_mm, height_mm, unit) for across in range(1, count + 1)]
    largest = max(field.mark_mm for field in fields)
    near = [field for field in fields if field.mark_mm >= NEAR_ENOUGH * largest]
    return min(near, key=lambda field: (-count % field.across, round(field.looseness, 1), -field.mark_mm))


def _field(across: int, lines: int, room_mm: float, height_mm: float, unit: str) -> Field:
    tall = _tall(unit)
    mark = min(
        room_mm / (across + (across - 1) * GAP_ACROSS),
        height_mm / (lines * tall + (lines - 1) * GAP_DOWN),
        TALLEST_MARK_MM / tall,
    )
    step = min((room_mm - mark) / max(1, across - 1), mark * LOOSEST)
    pitch = (height_mm - mark * tall) / max(1, lines - 1)
    return Field(across, mark, mark * tall, step, pitch)


def _tall(unit: str) -> float:
    return PERSON_HEIGHT if unit in ("people", "one in") else 1.0


def _draw_shares(
    ax: Axes,
    counts: Sequence[int],
    tones: Sequence[str],
    at: tuple[Field, float],
    look: Pen,
) -> None:
    field, foot_mm = at
    places = [_nested_place_mm(place, field, foot_mm) for place in range(counts[0])]
    for inner, outer, tone in zip([*counts[1:], 0], counts, tones, strict=True):
        if outer > inner:
            ax.add_artist(_marks(places[inner:outer], field, tone, look))
    for count in counts[1:]:
        _draw_fence(ax, count, field, foot_mm, look)


def _nested_place_mm(place: int, field: Field, foot_mm: float) -> tuple[float, float]:
    line, column = divmod(place, field.across)
    return (field.across - 1 - column) * field.step_mm, foot_mm + line * field.pitch_mm


def _band_top_mm(count: int, field: Field, foot_mm: float) -> float:
    lines = math.ceil(count / field.across)
    return foot_mm + lines * field.pitch_mm - (field.pitch_mm - field.tall_mm) / 2


def _draw_fence(ax: Axes, count: int, field: Field, foot_mm: float, look: Pen) -> None:
    top, last = _band_top_mm(count, field, foot_mm), count % field.across
    xs, ys = [field.width_mm, 0.0], [top, top]
    if last:
        step_x = (field.across - last) * field.step_mm - (field.step_mm - field.mark_mm) / 2
        lower = top - field.pitch_mm
        xs, ys = ([field.width_mm, step_x, step_x, 0.0], [top, top, lower, lower])
        if count < field.across:
            xs, ys = xs[:3], [top, top, foot_mm]
    ax.plot(xs, ys, color=look.colours["ink"], linewidth=0.5)


def _tones(count: int, strong: int) -> list[str]:
    tones = ["hollow", *(("slate", "ink")[place % 2] for place in range(count - 1))]
    tones[strong] = "signal"
    return tones


def _strong_place(rows: Sequence[ChartRow]) -> int:
    return next((place for place, row in enumerate(rows) if row.strong), len(rows) - 1)


# Labels


def _label(row: ChartRow, width_mm: float, look: Pen, *, signal: bool) -> Column:
    value = (row.written, "signal" if signal else "value")
    return look.column(width_mm, value, (row.label, "label"), (row.note, "note"))


def _label_width_mm(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> float:
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    word = max(look.word_mm(row.label, look.sizes_pt["chart-label"]) for row in rows)
    written = max(look.width_mm(row.written, look.sizes_pt["chart-value"], 600) for row in rows)
    least = max(LABEL_LEAST_MM, word, written)
    needed = 0.0
    for share in LABEL_SHARES:
        wide = max(least, share * width)
        needed = sum(_label(row, wide, look, signal=False).height_mm + RULE_GAP_MM for row in rows)
        needed += BLOCK_GAP_MM * (len(rows) - 1)
        if needed <= height:
            return wide
    look.check_room(ax, needed)
    return least


def _draw_labels(
    ax: Axes,
    columns: Sequence[Column],
    bands_mm: Sequence[float],
    across_mm: tuple[float, float],
    look: Pen,
) -> None:
    field_width, label_x = across_mm
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    heights = [column.height_mm + RULE_GAP_MM for column in columns]
    tops = look.apart(bands_mm, heights, BLOCK_GAP_MM, height - EDGE_MM)
    for column, band, top in zip(columns, bands_mm, tops, strict=True):
        bend = field_width + GUTTER_MM * 0.25
        xs, ys = [field_width, bend, label_x - GUTTER_MM * 0.25, width], [band, band, top, top]
        ax.plot(xs, ys, color=look.colours["ink"], linewidth=0.5)
        column.draw(ax, label_x, top - RULE_GAP_MM)


# One in so many: a block a row


def _draw_blocks(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    counts = [_block_count(row, look) for row in rows]
    label_width = _label_width_mm(ax, rows, look)
    columns = [_label(row, label_width, look, signal=True) for row in rows]
    labels = [column.height_mm + RULE_GAP_MM for column in columns]
    field = _best_block_field(counts, labels, width - label_width - GUTTER_MM, height)
    _check_size(field, rows[0], look)
    heights = [max(_block_height_mm(count, field), label) for count, label in zip(counts, labels, strict=True)]
    gap = (height - sum(heights)) / max(1, len(rows) - 1)
    top, label_x = height, field.width_mm + GUTTER_MM
    for row, count, tall in zip(rows, counts, heights, strict=True):
        _draw_block(ax, count, top, field, look)
        ax.plot([label_x, width], [top - EDGE_MM] * 2, color=look.colours["ink"], linewidth=0.5)
        _label(row, width - label_x, look, signal=True).draw(ax, label_x, top - RULE_GAP_MM)
        top -= tall + gap


def _best_block_field(
    counts: Sequence[int],
    labels_mm: Sequence[float],
    room_mm: float,
    height_mm: float,
) -> Field:
    fields = [_block_field(across, counts, labels_mm, room_mm, height_mm) for across in range(1, max(counts) + 1)]
    largest = max(field.mark_mm for field in fields)
    near = [field for field in fields if field.mark_mm >= NEAR_ENOUGH * largest]
    few = 1 if len(counts) == 1 else 3

    def rank(field: Field) -> tuple[int, float, float]:
        empty = sum(-count % field.across for count in counts) // few
        heights = map(max, (_block_height_mm(count, field) for count in counts), labels_mm)
        return empty, round(height_mm / sum(heights), 1), -field.mark_mm

    field = min(near, key=rank)
    return _loosened(field, counts, labels_mm, room_mm, height_mm)


def _loosened(
    field: Field,
    counts: Sequence[int],
    labels_mm: Sequence[float],
    room_mm: float,
    height_mm: float,
) -> Field:
    step = min((room_mm - field.mark_mm) / max(1, field.across - 1), field.mark_mm * LOOSEST)
    best = field
    for percent in range(2, 60, 2):
        looser = Field(field.across, field.mark_mm, field.tall_mm, step, field.pitch_mm + field.tall_mm * percent / 100)
        heights = (max(_block_height_mm(count, looser), label) for count, label in zip(counts, labels_mm, strict=True))
        if sum(heights) > height_mm - BLOCK_GAP_MM * 1.6 * (len(counts) - 1):
            break
        best = looser
    return Field(best.across, best.mark_mm, best.tall_mm, step, best.pitch_mm)


def _block_count(row: ChartRow, look: Pen) -> int:
    count = math.floor((row.value or 0) + 0.5)
    if count > MOST_MARKS:
        look.refuse(row, f"needs more than {MOST_MARKS} marks; bars may show it better")
    return max(1, count)


def _block_field(
    across: int,
    counts: Sequence[int],
    labels_mm: Sequence[float],
    room_mm: float,
    height_mm: float,
) -> Field:
    room = height_mm - BLOCK_GAP_MM * (len(counts) - 1)
    mark = min(room_mm / (across + (across - 1) * GAP_ACROSS), TALLEST_MARK_MM / PERSON_HEIGHT)
    while True:
        tall = mark * PERSON_HEIGHT
        field = Field(across, mark, tall, mark * (1 + GAP_ACROSS), tall + mark * GAP_DOWN)
        blocks = (_block_height_mm(count, field) for count in counts)
        if sum(map(max, blocks, labels_mm)) <= room + 0.01 or mark < 0.2:
            return field
        mark *= 0.97


def _block_height_mm(count: int, field: Field) -> float:
    return (math.ceil(count / field.across) - 1) * field.pitch_mm + field.tall_mm


def _draw_block(ax: Axes, count: int, top_mm: float, field: Field, look: Pen) -> None:
    places = []
    for place in range(count):
        line, column = divmod(place, field.across)
        places.append((column * field.step_mm, top_mm - field.tall_mm - line * field.pitch_mm))
    ax.add_artist(_marks(places[:1], field, "signal", look))
    if count > 1:
        ax.add_artist(_marks(places[1:], field, "hollow", look))


# Marks and words


def _marks(places_mm: Sequence[tuple[float, float]], field: Field, tone: str, look: Pen) -> PathPatch:
    shape = _person() if field.tall_mm > 1.5 * field.mark_mm else _disc(0.5, 0.5, 0.5)
    hollow = tone == "hollow"
    inset = OUTLINE_MM / 2 if hollow or look.hatched(tone) else 0.0
    corners = np.asarray(shape.vertices) * (field.mark_mm - 2 * inset) + inset
    copies = [Path(corners + place, shape.codes) for place in places_mm]
    outline = {"facecolor": look.colours["paper"], "edgecolor": look.colours["slate"], "linewidth": OUTLINE_PT}
    return PathPatch(Path.make_compound_path(*copies), **(outline if hollow else look.fill(tone)))


def _person() -> Path:
    shoulder, waist = 0.42, PERSON_HEIGHT - 0.84
    corners = [
        (0, 0),
        (1, 0),
        (1, waist - shoulder),
        (1, waist),
        (1 - shoulder, waist),
        (shoulder, waist),
        (0, waist),
        (0, waist - shoulder),
        (0, 0),
    ]
    steps = [
        Path.MOVETO,
        Path.LINETO,
        Path.LINETO,
        Path.CURVE3,
        Path.CURVE3,
        Path.LINETO,
        Path.CURVE3,
        Path.CURVE3,
        Path.CLOSEPOLY,
    ]
    return Path.make_compound_path(_disc(0.5, PERSON_HEIGHT - 0.37, 0.37), Path(corners, steps))


def _disc(x: float, y: float, radius: float) -> Path:
    """Round a disc off with four curves, half of what matplotlib takes."""
    pull = 0.5523
    quarter = [(1, pull), (pull, 1), (0, 1)]
    points = [(1.0, 0.0)]
    for turn in range(4):
        for across, up in quarter:
            turned = [(across, up), (-up, across), (-across, -up), (up, -across)][turn]
            points.append(turned)
    points.append((1.0, 0.0))
    codes = [Path.MOVETO, *[Path.CURVE4] * 12, Path.CLOSEPOLY]
    return Path([(x + radius * across, y + radius * up) for across, up in points], codes)


def _amount(number: float, unit: str) -> str:
    written = f"{number:,.10g}"
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if number >= size:
            written = f"{number / size:,.10g}\N{NO-BREAK SPACE}{word}"
            break
    if unit.endswith("$"):
        return unit + written
    return f"{written}%" if unit == "%" else f"{written} {unit}".strip()
