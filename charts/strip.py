"""Draw a strip of dots, one for each electorate, so that all of them can be counted and one of them stands out.

Reads `value`, `exact`, `unsure`, `written`, `label`, `series`, `strong` and `key` from each row. Each series is a strip
of its own, with its own scale. The strong row has a larger dot with a pin; its value and its rank are in words at the
right, the rank counted from the nearer end, and by `exact` where rows have it. The lowest value, the median and the
highest are named below the strip. Where the look hatches the quiet colour, the dots are rings.

The dots are one path of segments with hardly any length, each a dot by its round ends: 150 artists would take far
longer to draw, and so would 150 circles on the page.
"""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path

from briefpack.charts import BEHIND
from briefpack.geometry import MM_PER_PT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.plan import ChartRow

FULLER = "choose a measure that is known nearly everywhere"
EVENER = "choose a measure whose values differ more"
LEAST_MARKS = 30
MOST_STRIPS = 4
MOST_MISSING = 0.1
PITCHES_MM = (1.1, 1.0, 0.9, 0.8, 0.7)
DOT_SHARE = 0.9
RING_SHARE = 0.45
STRONG_MM = 1.7
PIN_MM = 2.3
PIN_TALL_MM = 1.8
PIN_ROOM_MM = 4.2
STEM_PT = 0.8
# Some viewers draw a segment without any length as an oval.
SPOT_MM = 0.01
RULE_PT = 0.5
BASE_PT = 0.8
TICK_MM = 1.2
GAP_MM = 1.3
STRIP_GAP_MM = 2.4
RANK_GAP_MM = 0.6
WORD_GAP_MM = 3.0
NARROWEST_MM = 40.0
# Words at the right edge print a little wider than they measure.
EDGE_MM = 0.3


@dataclass(frozen=True)
class Strip:
    """One strip: its marks from the lowest to the highest, how many have no value, and the words above and below."""

    marks: tuple[ChartRow, ...]
    heading: Column
    rank: str
    beside: bool
    low: str
    median: str
    high: str

    @property
    def strong(self) -> ChartRow | None:
        """Return the row that stands out."""
        return next((row for row in self.marks if row.strong), None)

    @property
    def middle(self) -> float:
        """Return the median."""
        return statistics.median(_value(row) for row in self.marks)


@dataclass(frozen=True)
class Room:
    """The heights of a strip's parts, from the top down, and the spread of its dots in columns of one pitch."""

    top_mm: float
    head_mm: float
    pin_mm: float
    dots_mm: float
    pitch_mm: float
    width_mm: float

    @property
    def base_mm(self) -> float:
        """Return the height of the line below the dots."""
        return self.top_mm - self.head_mm - self.pin_mm - self.dots_mm


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw a strip for each series."""
    (_, width), (_, top) = ax.get_xlim(), ax.get_ylim()
    strips = [_strip(group, width, look) for group in _series(rows, look)]
    note = look.column(width, (_note(strips, rows, look), "note"))
    note.draw(ax, 0, note.height_mm)
    each = (top - note.height_mm - GAP_MM) / len(strips)
    for place, strip in enumerate(strips):
        upper = top - place * each
        if place:
            ax.plot([0, width], [upper] * 2, color=look.colours["rule"], linewidth=RULE_PT, gid=BEHIND)
        room = _room(ax, strip, (upper - (GAP_MM if place else 0.0), upper - each), look)
        _draw_head(ax, strip, room, look)
        _draw_dots(ax, strip, room, look, named=place == 0)
        _draw_foot(ax, strip, room, look)


# The marks of each strip, and the words about them


def _series(rows: Sequence[ChartRow], look: Pen) -> list[list[ChartRow]]:
    """Return the rows of each series; refuse those that a strip can't show."""
    groups: dict[str, list[ChartRow]] = {}
    for row in rows:
        groups.setdefault(row.series, []).append(row)
    if not rows:
        look.refuse_rows("it has no rows, and a strip needs at least 30")
    if len(groups) > MOST_STRIPS:
        look.refuse_rows(
            f"it has {len(groups)} strips, and at most {MOST_STRIPS} can be compared", "make two charts", key="fact"
        )
    for group in groups.values():
        _check(group, look)
    return list(groups.values())


def _check(group: Sequence[ChartRow], look: Pen) -> None:
    marks = [row for row in group if row.value is not None]
    if not marks or len(marks) < LEAST_MARKS:
        there = "there is one mark" if len(marks) == 1 else f"there are {len(marks)} marks"
        reason = f"{there}, and a strip needs at least {LEAST_MARKS} to show a rank"
        look.refuse_rows(reason, "use bars", key="fact")
    if len(group) - len(marks) > MOST_MISSING * len(group):
        look.refuse_rows(
            f"{len(group) - len(marks)} of {len(group)} values are missing, more than one in ten", FULLER, key="fact"
        )
    if len({row.value for row in marks}) == 1:
        look.refuse_rows(f"all of its values are {marks[0].written}", EVENER, key="fact")
    for row in marks:
        if row.unit != marks[0].unit:
            look.refuse(row, f"is in “{row.unit}”, but its strip is in “{marks[0].unit}”")
    if len(strong := [row for row in marks if row.strong]) > 1:
        look.refuse(
            strong[1], "is emphasised, but so is another, and a strip has one pin", "name one only", key="named"
        )


def _value(row: ChartRow) -> float:
    return row.value or 0.0


def _strip(group: Sequence[ChartRow], width_mm: float, look: Pen) -> Strip:
    marks = tuple(sorted((row for row in group if row.value is not None), key=_value))
    strong = next((row for row in marks if row.strong), None)
    rank = look.label("rank-of-value", value=strong.written, rank=_rank(strong, marks, look)) if strong else ""
    left = width_mm - look.width_mm(rank, look.sizes_pt["chart-value"], 600) - WORD_GAP_MM
    beside = not rank or left >= NARROWEST_MM
    heading = look.column(left if rank and beside else width_mm, (group[0].series, "heading"))
    middle = statistics.median(_value(row) for row in marks)
    median = look.label("median", value=_written(middle, marks, look))
    return Strip(marks, heading, rank, beside, _end(marks, marks[0], look), median, _end(marks, marks[-1], look))


def _rank(strong: ChartRow, marks: Sequence[ChartRow], look: Pen) -> str:
    """Return the rank in words, from the nearer end: 34th lowest of 150; equal if another row has the same value."""
    below = sum(_exact(row) < _exact(strong) for row in marks)
    same = sum(_exact(row) == _exact(strong) for row in marks)
    above, total = len(marks) - below - same, str(len(marks))
    place, end = (below, "lowest") if below < above else (above, "highest")
    words = look.label(f"rank-{end}", total=total)
    if place:
        words = look.label(f"rank-from-{end}", ordinal=look.ordinal(place + 1), total=total)
    if same > 1:
        words = look.label("rank-equal", rank=words)
    return look.label("rank-estimated", rank=words) if strong.unsure else words


def _exact(row: ChartRow) -> float:
    return _value(row) if row.exact is None else row.exact


def _written(value: float, marks: Sequence[ChartRow], look: Pen) -> str:
    """Write a median: as the row that has it does, or else with as many decimals as the rows have."""
    places = max(_decimals(row) for row in marks)
    return next((row.written for row in marks if row.value == value), look.counted(round(value, places), marks[0].unit))


def _decimals(row: ChartRow) -> int:
    return len(f"{_value(row):.10g}".partition(".")[2])


def _end(marks: Sequence[ChartRow], end: ChartRow, look: Pen) -> str:
    """Return the words for the lowest or highest value: its electorate, or how many electorates share it."""
    same = sum(row.value == end.value for row in marks)
    if same == 1:
        return f"{end.label} {end.written}"
    return look.label("electorates-tied", number=str(same), value=end.written) if end.key else end.written


def _note(strips: Sequence[Strip], rows: Sequence[ChartRow], look: Pen) -> str:
    missing = sum(row.value is None for row in rows)
    parts = [look.label("one-dot")] if rows[0].key else []
    parts += [look.label("own-scale-each")] if len(strips) > 1 else []
    parts += [look.label("dots-missing", number=str(missing))] if missing else []
    return look.label("sentence-space").join(parts)


# Heights


def _room(ax: Axes, strip: Strip, ends_mm: tuple[float, float], look: Pen) -> Room:
    """Return the room of a strip, with the largest dots that fit; refuse a strip whose dots can't be stacked in it."""
    (top, bottom), width = ends_mm, ax.get_xlim()[1]
    head = strip.heading.height_mm + (0.0 if strip.beside else _line_mm(look, "chart-value") + RANK_GAP_MM) + GAP_MM
    pin = PIN_ROOM_MM if strip.strong else 0.0
    foot = _foot_lines(strip, width, look) * _line_mm(look, "chart-label") + TICK_MM + STRIP_GAP_MM
    dots = top - bottom - head - pin - foot
    for pitch in PITCHES_MM:
        if _tallest(strip, pitch, width) * pitch <= dots:
            return Room(top, head, pin, dots, pitch, width)
    finest = PITCHES_MM[-1]
    tallest = _tallest(strip, finest, width)
    if tallest > len(strip.marks) / 4:
        look.refuse_rows(
            f"{tallest} of its {len(strip.marks)} marks have nearly the same value, too many to tell apart"
        )
    look.refuse_room(ax, ax.get_ylim()[1] - dots + tallest * finest)


def _line_mm(look: Pen, size: str) -> float:
    return look.sizes_pt[size] * MM_PER_PT * 1.25


def _tallest(strip: Strip, pitch_mm: float, width_mm: float) -> int:
    return max(Counter(_column(row, strip, pitch_mm, width_mm) for row in strip.marks).values())


def _column(row: ChartRow, strip: Strip, pitch_mm: float, width_mm: float) -> int:
    """Return the column of dots that a row belongs to, counted from the left edge."""
    return round(_share(_value(row), strip) * _last(pitch_mm, width_mm))


def _share(value: float, strip: Strip) -> float:
    """Return where a value is between the lowest and the highest."""
    low, high = _value(strip.marks[0]), _value(strip.marks[-1])
    return (value - low) / (high - low)


def _last(pitch_mm: float, width_mm: float) -> int:
    """Return the number of the last column."""
    return int((width_mm - PIN_MM) / pitch_mm)


def _x_mm(share: float, width_mm: float) -> float:
    """Return the distance from the left edge: at either end, there is room for a pin."""
    return PIN_MM / 2 + share * (width_mm - PIN_MM)


# Drawing


def _draw_head(ax: Axes, strip: Strip, room: Room, look: Pen) -> None:
    strip.heading.draw(ax, 0, room.top_mm)
    if not strip.rank:
        return
    size = look.sizes_pt["chart-value"]
    baseline = room.top_mm - look.rise_mm(size)
    if strip.beside:
        look.write(ax, strip.rank, room.width_mm - EDGE_MM - look.width_mm(strip.rank, size, 600), baseline, "signal")
    else:
        look.write(ax, strip.rank, 0, baseline - strip.heading.height_mm - RANK_GAP_MM, "signal")


def _draw_dots(ax: Axes, strip: Strip, room: Room, look: Pen, *, named: bool) -> None:
    """Draw the dots in columns around a middle line, the strong one at the top of its column."""
    columns: dict[int, list[ChartRow]] = {}
    for row in sorted(strip.marks, key=lambda row: row.strong):
        columns.setdefault(_column(row, strip, room.pitch_mm, room.width_mm), []).append(row)
    middle, last = room.base_mm + room.dots_mm / 2, _last(room.pitch_mm, room.width_mm)
    spots = {
        row: (_x_mm(column / last, room.width_mm), middle + (place - (len(rows) - 1) / 2) * room.pitch_mm)
        for column, rows in columns.items()
        for place, row in enumerate(rows)
    }
    strong = strip.strong
    quiet = [spot for row, spot in spots.items() if row is not strong]
    _draw_spots(ax, quiet, DOT_SHARE * room.pitch_mm, look.colours["slate"])
    if look.hatched("slate"):
        _draw_spots(ax, quiet, RING_SHARE * room.pitch_mm, look.colours["paper"])
    if strong:
        _draw_pin(ax, strong, spots[strong], room, look, named=named)


def _draw_spots(ax: Axes, spots: Iterable[tuple[float, float]], size_mm: float, colour: str) -> None:
    points = [point for x, y in spots for point in ((x, y), (x + SPOT_MM, y))]
    codes = [int(Path.MOVETO), int(Path.LINETO)] * (len(points) // 2)
    width = size_mm / MM_PER_PT
    path = Path(points, codes)
    ax.add_artist(PathPatch(path, facecolor="none", edgecolor=colour, linewidth=width, capstyle="round"))


def _draw_pin(ax: Axes, row: ChartRow, spot: tuple[float, float], room: Room, look: Pen, *, named: bool) -> None:
    """Draw the strong dot, with a pin above it and, in the first strip, its name on the side that has room."""
    (x, y), colour = spot, look.colours["signal"]
    point = room.top_mm - room.head_mm - PIN_TALL_MM - 0.6
    ax.plot([x, x], [y, point], color=colour, linewidth=STEM_PT, zorder=1.5)
    corners = [(x - PIN_MM / 2, point + PIN_TALL_MM), (x + PIN_MM / 2, point + PIN_TALL_MM), (x, point)]
    ax.add_artist(Polygon(corners, closed=True, facecolor=colour))
    _draw_spots(ax, [spot], STRONG_MM, colour)
    if named:
        long = look.width_mm(row.label, look.sizes_pt["chart-label"], 600)
        right = x + PIN_MM / 2 + 0.8
        left = right if right + long <= room.width_mm else x - PIN_MM / 2 - 0.8 - long
        look.write(ax, row.label, left, point, "heading", "signal")


def _draw_foot(ax: Axes, strip: Strip, room: Room, look: Pen) -> None:
    """Draw the line below the dots, with the lowest value, the median and the highest named."""
    size, width = look.sizes_pt["chart-label"], room.width_mm
    _line(ax, (0, width), room.base_mm, look.colours["ink"], BASE_PT)
    x = _x_mm(_share(strip.middle, strip), width)
    ax.plot([x, x], [room.base_mm - TICK_MM, room.base_mm + TICK_MM], color=look.colours["ink"], linewidth=BASE_PT)
    line = _line_mm(look, "chart-label")
    baseline = room.base_mm - TICK_MM - look.rise_mm(size)
    long = look.width_mm(strip.median, size)
    least, most = 0.0, width - long
    if (lines := _foot_lines(strip, width, look)) == 1:
        least += look.width_mm(strip.low, size) + WORD_GAP_MM
        most -= look.width_mm(strip.high, size) + WORD_GAP_MM
    look.write(ax, strip.median, min(max(x - long / 2, least), most), baseline, "label")
    ends = baseline - (lines - 1) * line
    look.write(ax, strip.low, 0, ends, "quiet")
    look.write(ax, strip.high, width - EDGE_MM - look.width_mm(strip.high, size), ends, "quiet")


def _foot_lines(strip: Strip, width_mm: float, look: Pen) -> int:
    """Return 1 if the three texts below the strip fit side by side, or else 2."""
    size = look.sizes_pt["chart-label"]
    words = sum(look.width_mm(text, size) for text in (strip.low, strip.median, strip.high))
    return 1 if words + 2 * WORD_GAP_MM <= width_mm else 2


def _line(ax: Axes, across_mm: tuple[float, float], y_mm: float, colour: str, width_pt: float) -> None:
    ax.plot(across_mm, [y_mm, y_mm], color=colour, linewidth=width_pt)
