"""Show people or things as marks in a field; each mark stands for a fixed number of them.

Reads `value`, `written`, `unit`, `label`, `note` and `strong` from each row, and `mark` from the chart: how many one
mark stands for.

Rows are nested: each is part of the one before, so its value is no larger, and all have the same unit. One field of
marks shows the first row, pale. Each later row is a darker share of it at the foot of the field, fenced off by a line,
with its label beside it. Values are rounded to whole marks, but a value above zero has at least one. The strong row, or
the last if none is strong, is in the signal colour.

Rows in the unit `one in` are independent: each is a block of as many marks as its value, with the first one filled.
They need no `mark`. These blocks, and the field of a single row, are as wide as the chart, with labels above; a hundred
marks are in the full lines, of 10, 20, 25 or 50, that make them largest there.

Marks are people for the unit `people`, as in each language, and for `one in`, and dots for all others.
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
MOST_VALUE_SHARE = 0.4
VALUE_GAP_MM = 2.2
BLOCK_GAP_MM = 4.0
LABEL_GAP_MM = 3.2
EDGE_MM = 0.1
RULE_GAP_MM = 1.4
MARKS_GAP_MM = 1.8
NOTE_GAP_MM = 1.8
TALLEST_MARK_MM = 18.0
MOST_MARKS = 200
SMALLEST_MARK_MM = 1.0
NEAR_ENOUGH = 0.66
# In widths of a mark. Taller people, closer together, would read as a fence when outlined.
PERSON_HEIGHT = 1.6
GAP = 0.36
LOOSEST_STEP = 3.2
LOOSEST_DOWN = 1.3
FIVES = 5
HUNDRED = 100
FULL_LINES = (10, 20, 25, 50)
"""How many marks a line of a hundred of them may have: lines that are full, and can be counted."""
OUTLINE_PT = 0.5
OUTLINE_MM = OUTLINE_PT * 25.4 / 72


@dataclass(frozen=True)
class Field:
    """A field of marks: how many to a line, how large, and how far apart."""

    across: int
    mark_mm: float
    tall_mm: float
    step_mm: float
    pitch_mm: float

    @property
    def width_mm(self) -> float:
        """Return the width of a full line of marks."""
        return (self.across - 1) * self.step_mm + self.mark_mm

    def height_mm(self, count: int) -> float:
        """Measure the height of this many marks."""
        return (math.ceil(count / self.across) - 1) * self.pitch_mm + self.tall_mm


@dataclass(frozen=True)
class Head:
    """The heading of a block of marks: a value, with its label beside it or, if that is too long, below it."""

    value: Column
    label: Column
    label_x_mm: float
    label_drop_mm: float
    ruled: bool

    @property
    def height_mm(self) -> float:
        """Return the height from the rule down to the marks."""
        rule = RULE_GAP_MM if self.ruled else 0.0
        return rule + max(self.value.height_mm, self.label_drop_mm + self.label.height_mm) + MARKS_GAP_MM

    def draw(self, ax: Axes, top_mm: float, look: Pen) -> None:
        """Write the value and the label down from a top edge, below a rule if there is one."""
        if self.ruled:
            ax.plot([0, ax.get_xlim()[1]], [top_mm - EDGE_MM] * 2, color=look.colours["ink"], linewidth=0.5)
            top_mm -= RULE_GAP_MM
        self.value.draw(ax, 0, top_mm)
        self.label.draw(ax, self.label_x_mm, top_mm - self.label_drop_mm)


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw rows as nested shares of one field of marks, or as a block each."""
    if not rows:
        look.refuse_rows("it has no rows, and marks need at least one")
    for row in rows:
        _check_value(row, rows[0].unit, look)
    if rows[0].unit == "one in" or len(rows) == 1:
        _draw_blocks(ax, rows, look)
    else:
        _draw_nested(ax, rows, look)


def _check_value(row: ChartRow, unit: str, look: Pen) -> None:
    if row.value is None:
        look.refuse(row, "names no figure, and marks need one", "add figure: with its id, or delete the row")
    if row.value <= 0:
        look.refuse(row, f"has {row.written or row.value}, and marks need a value above zero", "use kind: bars")
    if row.unit != unit:
        look.refuse(
            row,
            f"counts “{row.unit}”, but the first row counts “{unit}”",
            "use kind: bars, with a group: for each unit",
        )


def _check_size(field: Field, row: ChartRow, look: Pen) -> None:
    if field.mark_mm < SMALLEST_MARK_MM:
        fix = "make mark: larger, so that there are fewer marks; for one in, use kind: bars"
        look.refuse(row, "has marks too small to see at this size", fix, key="mark")


# Nested rows: one field


def _draw_nested(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    counts = _counts(rows, look)
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    strong, label_width = _strong_place(rows), _label_width_mm(ax, rows, look)
    room = width - label_width - GUTTER_MM
    if room < SMALLEST_MARK_MM:
        look.refuse_width(ax, width - room + SMALLEST_MARK_MM)
    note, note_width = _note(rows[0], room, look)
    look.check_room(ax, note.height_mm + NOTE_GAP_MM + SMALLEST_MARK_MM * _tall(rows[0].unit, look))
    field = _best_field(counts[:1], (room, height - note.height_mm - NOTE_GAP_MM), _tall(rows[0].unit, look))
    foot = height - field.height_mm(counts[0])
    _check_size(field, rows[0], look)
    _draw_shares(ax, counts, _tones(len(rows), strong), (field, foot), look)
    label_x = max(field.width_mm, min(room, note_width)) + GUTTER_MM
    columns = [_label(row, width - label_x, look, signal=place == strong) for place, row in enumerate(rows)]
    bands = [height - EDGE_MM, *(_band_top_mm(count, field, foot) for count in counts[1:])]
    _draw_labels(ax, columns, bands, (field.width_mm, label_x), look)
    note.draw(ax, 0, foot - NOTE_GAP_MM)


def _note(row: ChartRow, width_mm: float, look: Pen) -> tuple[Column, float]:
    words = look.label("one-mark", amount=look.counted(look.mark or 1, row.unit))
    return look.column(width_mm, (words, "note")), look.width_mm(words, look.sizes_pt["chart-note"])


def _counts(rows: Sequence[ChartRow], look: Pen) -> list[int]:
    if not look.mark or look.mark <= 0:
        fix = "add mark: with how many one mark stands for"
        if rows[0].unit == "%":
            fix = f"correct the unit of its figure, if {rows[0].written} isn't meant; or {fix}"
        look.refuse(rows[0], "can't be drawn as marks until `mark` states the value of one mark", fix)
    for row, outer in zip(rows[1:], rows, strict=False):
        if (row.value or 0) > (outer.value or 0):
            fix = "put the rows in order, each a part of the one above it, or use kind: bars"
            look.refuse(row, f"is more than “{outer.label}”, which it is drawn as a part of", fix)
    if (rows[0].value or 0) > MOST_MARKS * look.mark:
        fix = f"mark: {math.ceil((rows[0].value or 0) / MOST_MARKS)} or more"
        look.refuse(rows[0], f"needs more than {MOST_MARKS} marks if each stands for {look.mark:g}", fix, key="mark")
    return [max(1, math.floor((row.value or 0) / look.mark + 0.5)) for row in rows]


def _best_field(counts: Sequence[int], room_mm: tuple[float, float], tall: float) -> Field:
    """Choose how many marks to a line.

    Large marks are best, in full lines or lines that can be counted in fives, with little room left over.
    """
    fields = [_field(across, counts, room_mm, tall) for across in range(1, max(counts) + 1)]
    largest = max(field.mark_mm for field in fields)
    near = [field for field in fields if field.mark_mm >= NEAR_ENOUGH * largest]

    def rank(field: Field) -> tuple[bool, int, float, float]:
        ragged = sum(count > field.across and count % field.across > 0 for count in counts)
        filled = field.width_mm * sum(map(field.height_mm, counts)) / (room_mm[0] * room_mm[1])
        return ragged > 0 and field.across % FIVES > 0, ragged, -round(filled, 1), -field.mark_mm

    return min(near, key=rank)


def _hundred(counts: Sequence[int], room_mm: tuple[float, float], tall: float) -> Field:
    """Choose the full lines that make a hundred marks largest."""
    return max((_field(across, counts, room_mm, tall) for across in FULL_LINES), key=lambda field: field.mark_mm)


def _field(across: int, counts: Sequence[int], room_mm: tuple[float, float], tall: float) -> Field:
    """Make the marks as large as the room allows, then space them to fill it."""
    width, height = room_mm
    lines = sum(math.ceil(count / across) for count in counts)
    gaps = lines - len(counts)
    mark = min(
        width / (across + (across - 1) * GAP),
        height / (lines * tall + gaps * GAP),
        TALLEST_MARK_MM / tall,
    )
    step = min((width - mark) / max(1, across - 1), mark * LOOSEST_STEP)
    gap = min((height - lines * mark * tall) / max(1, gaps), max(step - mark, LOOSEST_DOWN * mark))
    return Field(across, mark, mark * tall, step, mark * tall + gap)


def _tall(unit: str, look: Pen) -> float:
    return PERSON_HEIGHT if look.counts_people(unit) else 1.0


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
    tones = ["pale", *(("slate", "ink")[place % 2] for place in range(count - 1))]
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
        needed += LABEL_GAP_MM * (len(rows) - 1)
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
    tops = look.apart(bands_mm, heights, LABEL_GAP_MM, height - EDGE_MM)
    for column, band, top in zip(columns, bands_mm, tops, strict=True):
        bend = field_width + GUTTER_MM * 0.25
        xs, ys = [field_width, bend, label_x - GUTTER_MM * 0.25, width], [band, band, top, top]
        ax.plot(xs, ys, color=look.colours["ink"], linewidth=0.5)
        column.draw(ax, label_x, top - RULE_GAP_MM)


# One block per row: rows in `one in`, or a single row


def _draw_blocks(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    one_in = rows[0].unit == "one in"
    counts = [_block_count(row, look) for row in rows] if one_in else _counts(rows, look)
    heads = _heads(rows, width, look)
    note = look.column(width, ("", "note")) if one_in else _note(rows[0], width, look)[0]
    words = sum(head.height_mm for head in heads) + BLOCK_GAP_MM * (len(rows) - 1)
    words += note.height_mm + NOTE_GAP_MM if note.lines else 0.0
    look.check_room(ax, words + SMALLEST_MARK_MM * _tall(rows[0].unit, look) * len(rows))
    room = width, height - words
    best = _hundred if one_in and counts == [HUNDRED] else _best_field
    field = best(counts, room, _tall(rows[0].unit, look))
    _check_size(field, rows[0], look)
    top = height
    for head, count in zip(heads, counts, strict=True):
        head.draw(ax, top, look)
        _draw_block(ax, (count, 1 if one_in else count), top - head.height_mm, field, look)
        top -= head.height_mm + field.height_mm(count) + BLOCK_GAP_MM
    note.draw(ax, 0, top + BLOCK_GAP_MM - NOTE_GAP_MM)


def _heads(rows: Sequence[ChartRow], width_mm: float, look: Pen) -> list[Head]:
    """Set the heads of the blocks: labels right of the longest value, or below the values where that is too narrow."""
    value_pt, label_pt = look.sizes_pt["chart-value"], look.sizes_pt["chart-label"]
    values = [look.column(width_mm, (row.written, "signal")) for row in rows]
    longest = max(look.width_mm(row.written, value_pt, 600) for row in rows)
    x, drop = longest + VALUE_GAP_MM, look.rise_mm(value_pt) - look.rise_mm(label_pt)
    if longest > MOST_VALUE_SHARE * width_mm:
        x, drop = 0.0, max(value.height_mm for value in values)
    labels = [look.column(width_mm - x, (row.label, "label"), (row.note, "note")) for row in rows]
    return [Head(value, label, x, drop, len(rows) > 1) for value, label in zip(values, labels, strict=True)]


def _block_count(row: ChartRow, look: Pen) -> int:
    count = math.floor((row.value or 0) + 0.5)
    if count > MOST_MARKS:
        look.refuse(row, f"needs more than {MOST_MARKS} marks", "use kind: bars")
    return max(1, count)


def _draw_block(ax: Axes, count_filled: tuple[int, int], top_mm: float, field: Field, look: Pen) -> None:
    count, filled = count_filled
    places = []
    for place in range(count):
        line, column = divmod(place, field.across)
        places.append((column * field.step_mm, top_mm - field.tall_mm - line * field.pitch_mm))
    ax.add_artist(_marks(places[:filled], field, "signal", look))
    if count > filled:
        ax.add_artist(_marks(places[filled:], field, "pale", look))


# Marks and words


def _marks(places_mm: Sequence[tuple[float, float]], field: Field, tone: str, look: Pen) -> PathPatch:
    shape = _person() if field.tall_mm > 1.1 * field.mark_mm else _disc(0.5, 0.5, 0.5)
    pale = tone == "pale"
    inset = OUTLINE_MM / 2 if pale or look.hatched(tone) else 0.0
    corners = np.asarray(shape.vertices) * (field.mark_mm - 2 * inset) + inset
    copies = [Path(corners + place, shape.codes) for place in places_mm]
    outline = {"facecolor": look.colours["mist"], "edgecolor": look.colours["slate"], "linewidth": OUTLINE_PT}
    return PathPatch(Path.make_compound_path(*copies), **(outline if pale else look.fill(tone)))


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
    """Return a disc drawn with four curves, half as many as matplotlib uses."""
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
