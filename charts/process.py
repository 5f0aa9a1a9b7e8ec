"""Show the steps of a process in order, each with a heading and a few words.

Reads `label`, `note` and `strong` from each row.

Steps are in columns with arrows between them or, on a chart that is too narrow or too tall for columns, one below
another. Their numerals are letters: asks and reasons beside them have numbers. Headings and words have one size each,
whatever the room; only numerals become smaller where there is too little. Strong steps, such as those that an ask pays
for, have a numeral in the signal colour, and a bar in it: below the numeral or, one below another, beside the words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matplotlib.patches import Polygon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.plan import ChartRow

LEAST, MOST = 3, 6
LONGEST_HEADING = 24
MOST_WORDS = 20
LEAST_COLUMN_MM = 24.0
WIDE, FULL = 2.8, 0.7
"""How many times as wide as high a chart of columns is at least, or else how much of its height they fill."""
COLUMN_GAP_MM = 4.0
NUMERALS = (1.0, 0.85, 0.7, 0.55)
"""The sizes to try for numerals, as shares of the size that the layout gives them."""
LETTERS = "ABCDEF"
NUMERAL_GAP_MM = 2.6
BAR_BELOW_MM = 1.5
"""The distance from a numeral to the bar below it."""
BAR_MM = 0.9
BAR_GAP_MM = 1.8
BAR_BESIDE_MM = 1.2
"""The distance from a bar to the words beside it."""
ARROW_GAP_MM = 2.2
SHORTEST_ARROW_MM = 3.2
HEAD_MM = 2.0
TEXT_GAP_MM = 0.7
STEP_GAP_MM = 3.4
WIDEST_STEP_GAP_MM = 10.0
MEASURE_MM, FILLED = 108.0, 0.85
"""The most that a line of words beside a numeral is long, and the share of their width that lines fill."""
ROUNDING_MM = 0.01
ARROW_PT = 0.75
STRONG, OTHERS = "signal", "support"
HEADING_PT, WORDS_PT = "chart-value", "chart-label"
LEADING = 11 / 8.5
"""The distance from line to line of the words, in sizes of their type."""

Point = tuple[float, float]


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw the steps in columns or, if those are too narrow, too tall or too low for the chart, one below another."""
    _check(rows, look)
    height = ax.get_ylim()[1] + ROUNDING_MM
    across, down = list(_across(ax, rows, look)), list(_down(ax, rows, look))
    columns = [each for each in across if each.height_mm <= height]
    lists = [each for each in down if each.height_mm <= height]
    suits = columns and (ax.get_xlim()[1] >= WIDE * height or columns[0].height_mm >= FULL * height)
    if suits or (columns and not lists):
        _draw_across(ax, rows, columns[0], look)
    elif lists:
        _draw_down(ax, rows, lists[0], look)
    else:
        look.refuse_room(ax, min(each.height_mm for each in (*across, *down)))


def _check(rows: Sequence[ChartRow], look: Pen) -> None:
    if not rows:
        look.refuse_rows("it has no rows", "add a row for each of three to six steps")
    for row in rows:
        if len(row.label) > LONGEST_HEADING:
            look.refuse(row, f"has a heading of {len(row.label)} characters", f"use at most {LONGEST_HEADING}")
        if len(row.note.split()) > MOST_WORDS:
            look.refuse(row, f"has a note of {len(row.note.split())} words", f"use at most {MOST_WORDS}")
        if row.when:
            look.refuse(row, "has a date, but steps have no scale of time", "use a timeline, or delete when:")
        if row.written:
            look.refuse(row, "names a figure, which a step doesn't show", "write it in note:, in braces")
    if len(rows) < LEAST:
        look.refuse_rows(f"it has {len(rows)} of the three to six steps of a process", "use a sentence")
    if len(rows) > MOST:
        look.refuse(rows[MOST], "is the seventh step, and a process has at most six", "join two steps")


Texts = tuple["Column", "Column"]
"""The heading of a step and its words."""


@dataclass(frozen=True)
class Setting:
    """The steps at one size: their words, the size and height of their numerals, and the least height of all.

    `arrow_mm` is the least height between two numerals, one below another; without arrows, it is 0.
    """

    texts: tuple[Texts, ...]
    numeral_pt: float
    numeral_mm: float
    height_mm: float
    arrow_mm: float = 0.0


def _text(row: ChartRow, width_mm: float, look: Pen) -> Texts:
    heading = look.column(width_mm, (row.label, "value"))
    return heading, look.column(width_mm, (row.note, "label"), least=FILLED, leading=LEADING)


def _words_mm(texts: Texts) -> float:
    heading, text = texts
    return heading.height_mm + (TEXT_GAP_MM + text.height_mm if text.lines else 0.0)


def _numerals(look: Pen) -> Iterator[tuple[float, float]]:
    """Yield the sizes to try for numerals, and how high they are."""
    for share in NUMERALS:
        size = share * look.sizes_pt["chart-numeral"]
        yield size, look.figure_ink_mm("123456", size)[0]


def _draw_words(ax: Axes, texts: Texts, corner_mm: Point) -> None:
    heading, text = texts
    heading.draw(ax, *corner_mm)
    text.draw(ax, corner_mm[0], corner_mm[1] - heading.height_mm - TEXT_GAP_MM)


def _draw_arrow(ax: Axes, start_mm: Point, tip_mm: Point, look: Pen) -> None:
    """Draw an arrow to the right or down."""
    (x0, y0), (x1, y1) = start_mm, tip_mm
    down = x0 == x1
    along, across = ((0.0, HEAD_MM), (HEAD_MM / 2.4, 0.0)) if down else ((-HEAD_MM, 0.0), (0.0, HEAD_MM / 2.4))
    neck = x1 + along[0], y1 + along[1]
    ax.plot([x0, neck[0]], [y0, neck[1]], color=look.colours["ink"], linewidth=ARROW_PT)
    sides = [(neck[0] + side * across[0], neck[1] + side * across[1]) for side in (1, -1)]
    ax.add_artist(Polygon([(x1, y1), *sides], facecolor=look.colours["ink"]))


def _draw_bar(ax: Axes, corner_mm: Point, size_mm: Point, look: Pen) -> None:
    """Draw the bar of a strong step from its upper left corner."""
    (x, y), (wide, high) = corner_mm, size_mm
    corners = [(x, y), (x + wide, y), (x + wide, y - high), (x, y - high)]
    ax.add_artist(Polygon(corners, facecolor=look.colours[STRONG]))


def _tone(row: ChartRow) -> str:
    return STRONG if row.strong else OTHERS


# In columns


def _across(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> Iterator[Setting]:
    """Yield the ways to set the steps in columns, the largest numerals first; none if the columns are too narrow."""
    width = (float(ax.get_xlim()[1]) - COLUMN_GAP_MM * (len(rows) - 1)) / len(rows)
    if width < max(LEAST_COLUMN_MM, _widest_word_mm(rows, look)):
        return
    texts = tuple(_text(row, width, look) for row in rows)
    for size, numeral in _numerals(look):
        yield Setting(texts, size, numeral, numeral + _below_mm(rows) + max(map(_words_mm, texts)))


def _below_mm(rows: Sequence[ChartRow]) -> float:
    """Return the distance from the numerals to the words below them, with any bar between them."""
    return BAR_BELOW_MM + BAR_MM + BAR_GAP_MM if any(row.strong for row in rows) else NUMERAL_GAP_MM


def _widest_word_mm(rows: Sequence[ChartRow], look: Pen) -> float:
    heading, text = look.sizes_pt[HEADING_PT], look.sizes_pt[WORDS_PT]
    return max(max(look.word_mm(row.label, heading, 600), look.word_mm(row.note, text)) for row in rows)


def _draw_across(ax: Axes, rows: Sequence[ChartRow], setting: Setting, look: Pen) -> None:
    pitch = (ax.get_xlim()[1] + COLUMN_GAP_MM) / len(rows)
    baseline = ax.get_ylim()[1] - setting.numeral_mm
    top = baseline - _below_mm(rows)
    for place, (row, texts) in enumerate(zip(rows, setting.texts, strict=True)):
        x, numeral = place * pitch, LETTERS[place]
        look.write_figure(ax, numeral, (x, baseline), setting.numeral_pt, _tone(row))
        if row.strong:
            _draw_bar(ax, (x, baseline - BAR_BELOW_MM), (pitch - COLUMN_GAP_MM, BAR_MM), look)
        _draw_words(ax, texts, (x, top))
        if place < len(rows) - 1:
            y = baseline + setting.numeral_mm / 2
            start = x + look.figure_mm(numeral, setting.numeral_pt) + ARROW_GAP_MM
            _draw_arrow(ax, (start, y), (x + pitch - ARROW_GAP_MM, y), look)


# One below another


def _down(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> Iterator[Setting]:
    """Yield the ways to set the steps one below another: the largest numerals first and, at last, without arrows."""
    found = [(texts, numeral) for numeral in _numerals(look) if (texts := _beside(ax, rows, numeral[0], look))]
    for texts, (size, numeral) in found:
        setting = Setting(texts, size, numeral, 0.0, 2 * ARROW_GAP_MM + SHORTEST_ARROW_MM)
        yield replace(setting, height_mm=sum(_least_mm(setting, look)))
    for texts, (size, numeral) in found[-1:]:
        setting = Setting(texts, size, numeral, 0.0)
        yield replace(setting, height_mm=sum(_least_mm(setting, look)))


def _beside(ax: Axes, rows: Sequence[ChartRow], size_pt: float, look: Pen) -> tuple[Texts, ...]:
    """Set the words of each step beside its numeral; return none if the column would be too narrow."""
    width = min(float(ax.get_xlim()[1]) - _words_left_mm(size_pt, look), MEASURE_MM)
    fits = width >= _widest_word_mm(rows, look)
    return tuple(_text(row, width, look) for row in rows) if fits else ()


def _words_left_mm(size_pt: float, look: Pen) -> float:
    """Return how far to the right of the numerals' left edge the words beside them begin."""
    return _numerals_mm(size_pt, look) + COLUMN_GAP_MM + BAR_MM


def _numerals_mm(size_pt: float, look: Pen) -> float:
    """Return the width of the widest letter."""
    return max(look.figure_mm(letter, size_pt) for letter in LETTERS)


def _head_mm(look: Pen) -> float:
    """Return how far below the top of a step the capitals of its heading begin, and with them its numeral."""
    size = look.sizes_pt[HEADING_PT]
    return look.rise_mm(size) - look.cap_mm(size)


def _least_mm(setting: Setting, look: Pen) -> list[float]:
    """Return the least distance from each step to the next, and the height of the last."""
    numeral = _head_mm(look) + setting.numeral_mm
    heights = [max(_words_mm(texts), numeral) for texts in setting.texts]
    last = max(heights[-1], numeral + look.figure_reach_mm(setting.numeral_pt)[1])
    return [*(max(each + STEP_GAP_MM, setting.numeral_mm + setting.arrow_mm) for each in heights[:-1]), last]


def _pitches_mm(setting: Setting, room_mm: float, look: Pen) -> list[float]:
    """Return the distance from each step to the next: the same for all if there is room for the tallest each time."""
    *least, last = _least_mm(setting, look)
    even = (room_mm - last) / len(least)
    if even >= max(least):
        return [min(even, max(least) - STEP_GAP_MM + WIDEST_STEP_GAP_MM)] * len(least)
    gap = min((room_mm - setting.height_mm) / len(least), WIDEST_STEP_GAP_MM - STEP_GAP_MM)
    return [each + gap for each in least]


def _draw_down(ax: Axes, rows: Sequence[ChartRow], setting: Setting, look: Pen) -> None:
    top, head = ax.get_ylim()[1], _head_mm(look)
    pitches = _pitches_mm(setting, top, look)
    middle = _numerals_mm(setting.numeral_pt, look) / 2
    for place, row in enumerate(rows):
        _draw_step(ax, row, (place, top), setting, look)
        if place < len(pitches):
            end = top - head - pitches[place] + ARROW_GAP_MM
            if setting.arrow_mm:
                _draw_arrow(ax, (middle, top - head - setting.numeral_mm - ARROW_GAP_MM), (middle, end), look)
            top -= pitches[place]


def _draw_step(ax: Axes, row: ChartRow, placed: tuple[int, float], setting: Setting, look: Pen) -> None:
    (place, top), head, left = placed, _head_mm(look), _words_left_mm(setting.numeral_pt, look)
    numeral, texts = LETTERS[place], setting.texts[place]
    x = (_numerals_mm(setting.numeral_pt, look) - look.figure_mm(numeral, setting.numeral_pt)) / 2
    look.write_figure(ax, numeral, (x, top - head - setting.numeral_mm), setting.numeral_pt, _tone(row))
    if row.strong:
        _draw_bar(ax, (left - BAR_BESIDE_MM - BAR_MM, top - head), (BAR_MM, _words_mm(texts) - head), look)
    _draw_words(ax, texts, (left, top))
