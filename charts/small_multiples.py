"""Show one measure over time in five to twelve places, each in a small chart of its own, all on one scale.

Reads `label` (the moment), `value`, `written`, `unit`, `series` (the place) and `strong` from each row, and
`look.options.every_cell`: the series, usually the nation, that is a thin line in every cell.

A cell has the place's name, its first value left of the line and its last value right of it. The emphasised cell has a
thicker line in the signal colour and heavier words. A note gives the scale, once.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from matplotlib.patches import Circle

from briefpack.charts import BEHIND, axes, placing, series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.charts.placing import Box, Spot
    from briefpack.charts.series import Point, Series
    from briefpack.plan import ChartRow

FEWEST, MOST, LEAST_MOMENTS = 5, 12, 3
LEAST_CELL_MM, GAP_MM, ROW_GAP_MM = 20.5, 4.5, 4.0
LEAST_LINE_MM, LEAST_PLOT_MM = 7.0, 7.0
STRONG_PT, OTHER_PT, NATION_PT, ZERO_PT, RULE_PT = 2.2, 1.4, 0.7, 0.8, 0.5
FIRST_MM, LAST_MM, EDGE_PT, EDGE_MM = 0.6, 0.9, 0.5, 0.1
ROLES = ("label", "heading")
RULE_GAP_MM, NAME_GAP_MM, VALUE_GAP_MM, MOMENT_GAP_MM, MOMENTS_APART_MM = 1.0, 2.0, 1.7, 1.2, 1.5
NOTE_GAP_MM = 2.4
MOST_TICKS = 3
NATION_GAP_MM, NATION_STEP_MM, NATION_DROPS = 0.5, 1.0, 6
SAME_CENTURY = re.compile(r"(\d\d)\d\d(?!\d).*")


@dataclass(frozen=True)
class Grid:
    """The cells' places: how many to a line, and their size."""

    across: int
    width_mm: float
    height_mm: float

    def corner(self, place: int, top_mm: float) -> Spot:
        """Return the top left corner of a cell."""
        row, column = divmod(place, self.across)
        return column * (self.width_mm + GAP_MM), top_mm - row * (self.height_mm + ROW_GAP_MM)


@dataclass(frozen=True)
class Cell:
    """One place: its values, its axes and its box."""

    line: Series
    x: axes.Axis
    y: axes.Axis
    box: Box

    def spots(self, points: Sequence[Point]) -> list[Spot]:
        """Return where values are drawn."""
        return [(self.x.at_mm(point.year), self.y.at_mm(point.value)) for point in points]


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw a cell for each place."""
    places, nation = _places(rows, look)
    ticks = _ticks([*places, *nation], look)
    scale = _scale(ticks, rows[0].unit, look)
    note = look.column(ax.get_xlim()[1], (scale, "note"))
    cells = _cells(ax, places, ticks, note, look)
    named = _nation_box(_named_cell(cells), nation[0], look) if nation else None
    if nation and not named:
        note = look.column(ax.get_xlim()[1], (f"{scale} {look.label('every-cell', name=nation[0].name)}", "note"))
        cells = _cells(ax, places, ticks, note, look)
    moments = series.moments(places)
    for cell in cells:
        _draw_frame(ax, cell, ticks, look)
        _draw_moments(ax, cell, (moments[0][1], moments[-1][1]), look)
        for line in nation:
            _draw_nation(ax, cell, line, look)
        _draw_line(ax, cell, look)
    if named:
        baseline = named[1] + look.drop_mm(look.sizes_pt["chart-label"])
        look.write(ax, nation[0].name, named[0], baseline, "quiet")
    note.draw(ax, 0, note.height_mm)


def _places(rows: Sequence[ChartRow], look: Pen) -> tuple[list[Series], list[Series]]:
    """Return the places, each of which has a cell, and the series in every cell, if there is one."""
    if look.options.events:
        look.refuse_event(look.options.events[0], "can't be marked in small charts", "use kind: line, or delete it")
    found, wanted = series.read(rows, look), look.options.every_cell
    nation = [line for line in found if wanted and line.name == wanted]
    if wanted and not nation:
        look.refuse_rows(f"no series is called “{wanted}”", ADD_ROWS, key="every_cell")
    places = [line for line in found if line not in nation]
    if len(places) > MOST:
        row = places[MOST].first.row
        look.refuse(row, f"begins a cell too many: there are {MOST} at most", "leave out some places")
    if len(places) < FEWEST:
        look.refuse_rows(f"it has {len(places)} places, but small charts need at least {FEWEST}", "use kind: line")
    if len(series.moments(places)) < LEAST_MOMENTS:
        look.refuse_rows(f"it has fewer than {LEAST_MOMENTS} moments", "use kind: dots, which compares two")
    strong = series.emphasised(found, look)
    if strong and strong in nation:
        row = next(point.row for point in strong.points if point.row.strong)
        look.refuse(row, "is emphasised, but its series is in every cell", "emphasise a place instead")
    return places, nation


ADD_ROWS = "add its rows, or give every_cell: the name of one"


def _ticks(lines: Sequence[Series], look: Pen) -> tuple[float, ...]:
    values = [point.value for line in lines for point in line.points]
    if axes.starts_at_zero(values, rate=look.is_rate(lines[0].first.row.unit)):
        values.append(0.0)
    return axes.ticks(min(values), max(values), MOST_TICKS)


def _scale(ticks: Sequence[float], unit: str, look: Pen) -> str:
    low, high = look.ticks((ticks[0], ticks[-1]), unit)
    return look.label("one-scale", low=low, high=high)


# Arrangement: as many cells to a line as their words allow


def _cells(ax: Axes, places: Sequence[Series], ticks: Sequence[float], note: Column, look: Pen) -> list[Cell]:
    size, moments = look.sizes_pt["chart-label"], series.moments(places)
    line_mm = look.rise_mm(size) + look.drop_mm(size)
    left, right = _value_widths(places, look)
    grid = _grid(ax, places, note.height_mm + NOTE_GAP_MM, look)
    cells = []
    for place, line in enumerate(places):
        x, top = grid.corner(place, ax.get_ylim()[1])
        plot_top = top - RULE_GAP_MM - line_mm - NAME_GAP_MM
        foot = top - grid.height_mm + line_mm + MOMENT_GAP_MM
        time = axes.Axis(moments[0][0], moments[-1][0], x + left, x + grid.width_mm - right)
        cells.append(
            Cell(
                line,
                time,
                axes.Axis(ticks[0], ticks[-1], foot, plot_top),
                (x, top - grid.height_mm, x + grid.width_mm, top),
            )
        )
    return cells


def _grid(ax: Axes, places: Sequence[Series], foot_mm: float, look: Pen) -> Grid:
    """Return the grid with the most cells to a line that have room for their words."""
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    least, row = _least_width(places, look)
    most = int((width + GAP_MM) / (max(least, LEAST_CELL_MM) + GAP_MM))
    if not most:
        reason = f"needs a cell of {math.ceil(least)} mm for its words, but the chart has {width:g} mm"
        look.refuse(row, reason, "shorten the name or the value, or use kind: line")
    lines = math.ceil(len(places) / most)
    across = math.ceil(len(places) / lines)
    cell = Grid(across, (width + GAP_MM) / across - GAP_MM, (height - foot_mm + ROW_GAP_MM) / lines - ROW_GAP_MM)
    size = look.sizes_pt["chart-label"]
    words = 2 * (look.rise_mm(size) + look.drop_mm(size)) + RULE_GAP_MM + NAME_GAP_MM + MOMENT_GAP_MM
    if cell.height_mm < words + LEAST_PLOT_MM:
        look.refuse_room(ax, foot_mm + lines * (words + LEAST_PLOT_MM + ROW_GAP_MM) - ROW_GAP_MM)
    return cell


def _least_width(places: Sequence[Series], look: Pen) -> tuple[float, ChartRow]:
    """Return the narrowest cell that holds all words, and the row that needs it."""
    size, moments = look.sizes_pt["chart-label"], series.moments(places)
    names = [(look.width_mm(line.name, size, 600), line.first.row) for line in places]
    values = sum(_value_widths(places, look)) + LEAST_LINE_MM
    first, last = _short(moments[0][1], moments[-1][1])
    dates = look.width_mm(first, size) + MOMENTS_APART_MM + look.width_mm(last, size)
    widest = [*names, (values, places[0].last.row), (dates, places[0].first.row)]
    return max(widest, key=lambda each: each[0])


def _value_widths(places: Sequence[Series], look: Pen) -> tuple[float, float]:
    """Return the room for the values at both ends of the lines."""
    size = look.sizes_pt["chart-label"]
    first = max(look.width_mm(_bare(line.first.row), size) for line in places)
    last = max(look.width_mm(_bare(line.last.row), size, 600) for line in places)
    return first + VALUE_GAP_MM, last + VALUE_GAP_MM


def _bare(row: ChartRow) -> str:
    """Return a value without its unit, which the note about the scale gives once."""
    return row.written.replace(row.unit, "", 1).strip() if row.unit else row.written


def _short(first: str, last: str) -> tuple[str, str]:
    """Return the ends of the time, the second without its century if both are in the same."""
    centuries = [SAME_CENTURY.fullmatch(label) for label in (first, last)]
    same = centuries[0] and centuries[1] and centuries[0][1] == centuries[1][1]
    return first, last[2:] if same else last


# Drawing


def _draw_frame(ax: Axes, cell: Cell, ticks: Sequence[float], look: Pen) -> None:
    left, _, right, top = cell.box
    baseline = top - RULE_GAP_MM - look.rise_mm(look.sizes_pt["chart-label"])
    ax.plot([left, right], [top - EDGE_MM] * 2, color=look.colours["ink"], linewidth=RULE_PT)
    look.write(ax, cell.line.name, left, baseline, "heading" if cell.line.strong else "label")
    for tick in ticks:
        y = cell.y.at_mm(tick)
        colour, width = ("ink", ZERO_PT) if tick == 0 else ("rule", RULE_PT)
        ax.plot(
            [cell.x.start_mm, cell.x.end_mm],
            [y, y],
            color=look.colours[colour],
            linewidth=width,
            gid=BEHIND if colour == "rule" else None,
            zorder=0.9,
        )


def _draw_moments(ax: Axes, cell: Cell, ends: tuple[str, str], look: Pen) -> None:
    size, (left, bottom, right, _) = look.sizes_pt["chart-label"], cell.box
    baseline = bottom + look.drop_mm(size)
    for first, last in (ends, _short(*ends)):
        widths = look.width_mm(first, size), look.width_mm(last, size)
        if sum(widths) + MOMENTS_APART_MM <= right - left:
            break
    look.write(ax, first, left, baseline, "quiet")
    look.write(ax, last, right - widths[1], baseline, "quiet")


def _draw_nation(ax: Axes, cell: Cell, nation: Series, look: Pen) -> None:
    for stretch in nation.stretches():
        xs, ys = zip(*cell.spots(stretch), strict=True)
        ax.plot(xs, ys, color=look.colours["ink"], linewidth=NATION_PT, zorder=1.5)


def _draw_line(ax: Axes, cell: Cell, look: Pen) -> None:
    name, width = ("signal", STRONG_PT) if cell.line.strong else ("support", OTHER_PT)
    colour, paper = look.colours[name], look.colours["paper"]
    for stretch in cell.line.stretches():
        xs, ys = zip(*cell.spots(stretch), strict=True)
        ax.plot(xs, ys, color=colour, linewidth=width, zorder=2, solid_joinstyle="round")
    for spot, radius in zip(_ends(cell), (FIRST_MM, LAST_MM), strict=True):
        dot = Circle(spot, radius, facecolor=colour, edgecolor=paper, linewidth=EDGE_PT)
        ax.add_artist(dot).set_zorder(2.5)
    for point, box, role in zip((cell.line.first, cell.line.last), _value_boxes(cell, look), ROLES, strict=True):
        baseline = box[1] + look.drop_mm(look.sizes_pt["chart-label"])
        look.write(ax, _bare(point.row), box[0], baseline, role, name)


def _ends(cell: Cell) -> list[Spot]:
    return cell.spots([cell.line.first, cell.line.last])


def _value_boxes(cell: Cell, look: Pen) -> tuple[Box, Box]:
    """Return the boxes of the first value, left of the line, and of the last, right of it."""
    size = look.sizes_pt["chart-label"]
    height = look.rise_mm(size) + look.drop_mm(size)
    (first_x, first_y), (last_x, last_y) = _ends(cell)
    before = look.width_mm(_bare(cell.line.first.row), size)
    after = look.width_mm(_bare(cell.line.last.row), size, 600)
    # Half the height of capitals above a value's middle is half of it below.
    lift = look.cap_mm(size) / 2 + look.drop_mm(size)
    low, last_low = (max(y, cell.y.start_mm + look.cap_mm(size) / 2) - lift for y in (first_y, last_y))
    left, right = first_x - VALUE_GAP_MM - before, last_x + VALUE_GAP_MM
    return (left, low, left + before, low + height), (right, last_low, right + after, last_low + height)


# The name of the nation's line, in one cell


def _named_cell(cells: Sequence[Cell]) -> Cell:
    return next((cell for cell in cells if cell.line.strong), cells[0])


def _nation_box(cell: Cell, nation: Series, look: Pen) -> Box | None:
    """Return where to name the nation's line, near it and clear of all else, if there is such a place."""
    lines = [cell.spots(stretch) for line in (cell.line, nation) for stretch in line.stretches()]
    spots = cell.spots(nation.points)[::-1]
    return placing.first_free(_boxes(cell, spots, nation.name, look), lines, _value_boxes(cell, look))


def _boxes(cell: Cell, spots: Sequence[Spot], name: str, look: Pen) -> Iterator[Box]:
    size = look.sizes_pt["chart-label"]
    width, height = look.width_mm(name, size), look.rise_mm(size) + look.drop_mm(size)
    left, _, right, top = cell.box
    ceiling = top - RULE_GAP_MM - height
    for drop, (x, y), side in product(range(NATION_DROPS), spots, (1, -1)):
        start = min(max(x - width / 2, left), right - width)
        near = y + side * (NATION_GAP_MM + drop * NATION_STEP_MM)
        bottom = near if side > 0 else near - height
        if cell.y.start_mm < bottom and bottom + height < ceiling and width <= right - left:
            yield start, bottom, start + width, bottom + height
