"""Show how up to five series changed over time, each as a line with its last value and its name at its end.

Reads `label` (the moment), `value`, `written`, `unit`, `series`, `strong`, `low` and `high` from each row, and
`look.options.events`.

The emphasised series is the thickest line, in the signal colour, with heavier words. Its range from `low` to `high` is
a band with its edges drawn. The last of the other series, usually the nation, is in ink; the rest are thinner, every
second one dashed.

Time is to scale, and a line stays open where values are missing. The axis starts at zero for rates, and for amounts
unless they would all lie in its upper part; a note then says where it starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING

from matplotlib.patches import Circle, Polygon

from briefpack.charts import BEHIND, axes, events, placing, series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.charts.placing import Box, Spot
    from briefpack.charts.series import Point, Series
    from briefpack.plan import ChartRow

MOST_SERIES = 5
LEAST_MOMENTS = 4
STRONG_PT, NATION_PT, OTHER_PT = 2.4, 1.8, 1.4
ZERO_PT, GRID_PT, EDGE_PT, LEADER_PT = 0.8, 0.5, 0.6, 0.4
DASHES, DOTS = (3.0, 1.6), (1.2, 1.6)
OTHERS = (("grey", False), ("grey", True), ("support", False), ("support", True))
STRONG_DOT_MM, DOT_MM = 1.0, 0.7
BEST_PLOT_MM, FAIR_PLOT_MM, LEAST_PLOT_MM, LEAST_HEIGHT_MM = 36.0, 26.0, 18.0, 18.0
TICK_EVERY_MM, MOST_TICKS = 8.0, 5
NAME_X_MM, NAME_GAP_MM, NAMES_APART_MM, NAMES_SHARE = 3.6, 1.4, 0.9, 0.7
LEADER_FROM_MM, LEADER_TO_MM, LEADER_AT_MM = 1.5, 0.6, 0.6
TICK_GAP_MM, TICK_RISE_MM, TICK_MM = 1.4, 0.7, 0.8
MOMENT_GAP_MM, MOMENTS_APART_MM = 1.6, 2.0
NOTE_GAP_MM = 2.0
BAND_GAP_MM, BAND_STEP_MM, BAND_DROPS, TIE_MM = 0.8, 1.5, 5, 0.3


@dataclass(frozen=True)
class Name:
    """The words at the end of a line: its value, and its name beside or below it."""

    value: Column
    name: Column
    beside_mm: float

    @property
    def width_mm(self) -> float:
        """Return the width of the words."""
        return max(self.value.width_mm, self.beside_mm + self.name.width_mm)

    @property
    def height_mm(self) -> float:
        """Return the height of the words."""
        return max(self.value.height_mm, self.name.height_mm)


@dataclass(frozen=True)
class Plot:
    """The lines in the order that they are drawn, their names, their axes, the events' words and the notes."""

    lines: tuple[Series, ...]
    names: tuple[Name, ...]
    x: axes.Axis
    y: axes.Axis
    ticks: tuple[float, ...]
    signs: tuple[tuple[events.Sign, float], ...]
    notes: Column

    @property
    def strong(self) -> Series | None:
        """Return the emphasised line, which is drawn last."""
        return self.lines[-1] if self.lines[-1].strong else None

    def holds(self, box: Box) -> bool:
        """Return whether a box is between the axes."""
        left, bottom, right, top = box
        return self.x.start_mm <= left and right <= self.x.end_mm and self.y.start_mm <= bottom and top <= self.y.end_mm

    def spots(self, points: Sequence[Point]) -> list[Spot]:
        """Return where values are drawn."""
        return [(self.x.at_mm(point.year), self.y.at_mm(point.value)) for point in points]


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw each series as a line on common axes, with events above them."""
    lines = series.read(rows, look)
    _check(lines, look)
    plot = _plot(ax, _ordered(lines, look), look, ())
    early = _early(plot)
    label = _band_label(plot, look, early.values())
    if _band(plot) and label is None:
        plot = _plot(ax, plot.lines, look, (look.label("survey-error-band"),))
        early = _early(plot)
    _draw_grid(ax, plot, look)
    _draw_moments(ax, plot, look)
    for sign, drop in plot.signs:
        _draw_event(ax, sign, ax.get_ylim()[1] - drop, plot, look)
    _draw_band(ax, plot, look, label)
    for place in range(len(plot.lines)):
        _draw_line(ax, plot, place, look)
    _draw_names(ax, plot, look, early)


def _check(lines: Sequence[Series], look: Pen) -> None:
    if len(lines) > MOST_SERIES:
        row = lines[MOST_SERIES].first.row
        look.refuse(row, "begins a sixth series, but a line chart has five at most", "use kind: small-multiples")
    count = len(series.moments(lines))
    if count < LEAST_MOMENTS:
        look.refuse_rows(f"it has {count} moments, but a line needs at least {LEAST_MOMENTS}", "use kind: columns")
    strong = series.emphasised(lines, look)
    for point in strong.points if strong else ():
        low, high = point.row.low, point.row.high
        if (low is None) != (high is None):
            look.refuse(point.row, f"has no {'low' if low is None else 'high'}", "give both ends of its range, or none")
        if low is not None and high is not None and not low <= point.value <= high:
            look.refuse(point.row, "has a value outside its own range", "correct its low: and high:")


def _ordered(lines: Sequence[Series], look: Pen) -> tuple[Series, ...]:
    """Return the lines with the emphasised one last, on top of the others; a line alone needs no emphasis."""
    strong = series.emphasised(lines, look)
    return (*(line for line in lines if line is not strong), *([strong] if strong else []))


# Arrangement: ticks at the left, names at the right, events above, moments and notes below


def _plot(ax: Axes, lines: tuple[Series, ...], look: Pen, notes: tuple[str, ...]) -> Plot:
    height, size = ax.get_ylim()[1], look.sizes_pt["chart-label"]
    ticks = _ticks(lines, min(MOST_TICKS, int(height / TICK_EVERY_MM)), look)
    if ticks[0] > 0:
        notes = (look.label("scale-starts", amount=look.counted(ticks[0], lines[0].first.row.unit)), *notes)
    note = look.column(ax.get_xlim()[1], (look.label("sentence-space").join(notes), "note"))
    names, x = _across(ax, lines, ticks, look)
    above, signs = events.arrange(look.options.events, x, ax.get_xlim()[1], look)
    top = height - above - look.rise_mm(size) - TICK_RISE_MM
    foot = MOMENT_GAP_MM + look.rise_mm(size) + look.drop_mm(size) + (note.height_mm + NOTE_GAP_MM if notes else 0)
    if top - foot < (least := max(LEAST_HEIGHT_MM, _stacked_mm(names))):
        look.refuse_room(ax, height + least - (top - foot))
    return Plot(lines, names, x, axes.Axis(ticks[0], ticks[-1], foot, top), ticks, signs, note)


def _ticks(lines: Sequence[Series], most: int, look: Pen) -> tuple[float, ...]:
    values = [point.value for line in lines for point in line.points]
    if lines[-1].strong:
        values += [end for point in lines[-1].points for end in _range(point)]
    zero = axes.starts_at_zero(values, rate=look.is_rate(lines[0].first.row.unit))
    return axes.ticks(min(values) if not zero else min(0.0, *values), max(0.0, *values) if zero else max(values), most)


def _range(point: Point) -> tuple[float, ...]:
    """Return the ends of a value's range, if it has one."""
    low, high = point.row.low, point.row.high
    return (low, high) if low is not None and high is not None else ()


def _across(ax: Axes, lines: Sequence[Series], ticks: Sequence[float], look: Pen) -> tuple[tuple[Name, ...], axes.Axis]:
    """Return the names of the lines, beside their values if there is room for that, and the axis of time."""
    size, width, moments = look.sizes_pt["chart-label"], ax.get_xlim()[1], series.moments(lines)
    numbers = look.ticks(ticks, lines[0].first.row.unit)[:-1]
    left = max(look.width_mm(moments[0][1], size) / 2, *(look.width_mm(each, size) for each in numbers)) + TICK_GAP_MM
    found = []
    for least, names in (
        (BEST_PLOT_MM, _beside(lines, look)),
        (FAIR_PLOT_MM, _beside(lines, look)),
        (LEAST_PLOT_MM, _below(lines, look)),
    ):
        right = width - NAME_X_MM - max(name.width_mm for name in names)
        if right - left >= least:
            found.append((names, axes.Axis(moments[0][0], moments[-1][0], left, right)))
    if not found:
        look.refuse_width(ax, width + LEAST_PLOT_MM - (right - left))
    return min(found, key=lambda each: _stacked_mm(each[0]) > NAMES_SHARE * ax.get_ylim()[1])


def _stacked_mm(names: Sequence[Name]) -> float:
    return sum(name.height_mm + NAMES_APART_MM for name in names) - NAMES_APART_MM


def _beside(lines: Sequence[Series], look: Pen) -> tuple[Name, ...]:
    roles = [_role(line, lines) for line in lines]
    values = [look.column(999, (line.last.row.written, role)) for line, role in zip(lines, roles, strict=True)]
    beside = max(value.width_mm for value in values) + NAME_GAP_MM
    names = [look.column(999, (line.name, role)) for line, role in zip(lines, roles, strict=True)]
    return tuple(Name(value, name, beside) for value, name in zip(values, names, strict=True))


def _below(lines: Sequence[Series], look: Pen) -> tuple[Name, ...]:
    """Return names in the narrowest column that holds each value, and each name on two lines."""
    words, size = [(line, _role(line, lines)) for line in lines], look.sizes_pt["chart-label"]
    widths = [look.word_mm(line.name, size, 600) for line in lines]
    width = max(*widths, *(look.width_mm(line.last.row.written, size, 600) for line in lines)) + 0.1
    blank = look.column(width)
    return tuple(
        Name(look.column(width, (line.last.row.written, role), (line.name, role)), blank, 0) for line, role in words
    )


def _role(line: Series, lines: Sequence[Series]) -> str:
    if line.strong:
        return "strong"
    return "label" if line is _nation(lines) else "quiet"


def _nation(lines: Sequence[Series]) -> Series | None:
    """Return the last line that isn't emphasised: the one that the others are seen against."""
    return next((line for line in reversed(lines) if not line.strong), None)


# Axes and events


def _draw_event(ax: Axes, sign: events.Sign, top_mm: float, plot: Plot, look: Pen) -> None:
    ends, dots = [plot.y.start_mm, top_mm], (0, DOTS)
    ax.plot([sign.x_mm] * 2, ends, color=look.colours["ink"], linewidth=EDGE_PT, linestyle=dots, zorder=1.2)
    sign.left.draw(ax, sign.start_mm, top_mm)
    sign.right.draw(ax, sign.x_mm + events.SIDE_MM, top_mm)


def _draw_grid(ax: Axes, plot: Plot, look: Pen) -> None:
    written = look.ticks(plot.ticks, plot.lines[0].first.row.unit)
    for value, words in zip(plot.ticks, written, strict=True):
        y = plot.y.at_mm(value)
        colour, width = ("ink", ZERO_PT) if value == 0 else ("rule", GRID_PT)
        ax.plot(
            [0, plot.x.end_mm],
            [y, y],
            color=look.colours[colour],
            linewidth=width,
            gid=BEHIND if colour == "rule" else None,
            zorder=0.9,
        )
        look.write(ax, words, 0, y + TICK_RISE_MM, "quiet")


def _draw_moments(ax: Axes, plot: Plot, look: Pen) -> None:
    moments, size = series.moments(plot.lines), look.sizes_pt["chart-label"]
    widths = [look.width_mm(label, size) for _, label in moments]
    middles = [plot.x.at_mm(year) for year, _ in moments]
    baseline = plot.y.start_mm - MOMENT_GAP_MM - look.rise_mm(size)
    for place in series.thinned_years([year for year, _ in moments], widths, middles, MOMENTS_APART_MM):
        ends = [plot.y.start_mm, plot.y.start_mm - TICK_MM]
        ax.plot([middles[place]] * 2, ends, color=look.colours["ink"], linewidth=GRID_PT)
        look.write(ax, moments[place][1], middles[place] - widths[place] / 2, baseline, "quiet")
    plot.notes.draw(ax, 0, plot.notes.height_mm)


# Lines and their names


def _style(plot: Plot, place: int) -> tuple[str, float, bool]:
    """Return the colour of a line, its thickness and whether it is dashed."""
    line = plot.lines[place]
    if line.strong:
        return "signal", STRONG_PT, False
    if line is _nation(plot.lines):
        return "ink", NATION_PT, False
    colour, dashed = OTHERS[place]
    return colour, OTHER_PT, dashed


def _draw_line(ax: Axes, plot: Plot, place: int, look: Pen) -> None:
    name, width, dashed = _style(plot, place)
    colour, line = look.colours[name], plot.lines[place]
    radius, order = STRONG_DOT_MM if line.strong else DOT_MM, 2 + place / 10
    for stretch in line.stretches():
        spots = plot.spots(stretch)
        style = (0, DASHES) if dashed else "solid"
        xs, ys = zip(*spots, strict=True)
        [drawn] = ax.plot(xs, ys, color=colour, linewidth=width, linestyle=style, zorder=order)
        drawn.set(solid_joinstyle="round", dash_joinstyle="round")
        if len(spots) == 1 or stretch[-1] is line.last:
            dot = Circle(spots[-1], radius, facecolor=colour, edgecolor=look.colours["paper"], linewidth=EDGE_PT)
            ax.add_artist(dot).set_zorder(order + 0.5)


def _draw_names(ax: Axes, plot: Plot, look: Pen, early: Mapping[int, Box]) -> None:
    ends = [plot.spots([line.last])[0] for line in plot.lines]
    for place, (left, bottom, _, top) in early.items():
        _write(ax, plot.names[place], left, (bottom + top) / 2)
    order = sorted(set(range(len(ends))) - early.keys(), key=lambda place: -ends[place][1])
    names, x = [plot.names[place] for place in order], plot.x.end_mm + NAME_X_MM
    room = plot.y.start_mm, plot.y.end_mm + look.rise_mm(look.sizes_pt["chart-label"])
    heights = [name.height_mm for name in names]
    middles = placing.spread([ends[place][1] for place in order], heights, NAMES_APART_MM, room)
    for name, middle, place in zip(names, middles, order, strict=True):
        _write(ax, name, x, middle)
        end_x, end_y = ends[place]
        if abs(middle - end_y) > LEADER_AT_MM or end_x < plot.x.end_mm:
            xs, ys = [end_x + LEADER_FROM_MM, x - LEADER_TO_MM], [end_y, middle]
            ax.plot(xs, ys, color=look.colours["grey"], linewidth=LEADER_PT, zorder=1.5)


def _write(ax: Axes, name: Name, left_mm: float, middle_mm: float) -> None:
    name.value.draw(ax, left_mm, name.value.top_mm(middle_mm))
    name.name.draw(ax, left_mm + name.beside_mm, name.name.top_mm(middle_mm))


def _early(plot: Plot) -> dict[int, Box]:
    """Return where the words of lines that end before the others stand: at their ends, clear of every line."""
    found: dict[int, Box] = {}
    for place, line in enumerate(plot.lines):
        [end] = plot.spots([line.last])
        boxes = list(_beside_end(end, plot.names[place])) if end[0] < plot.x.end_mm else []
        if box := _free(plot, boxes, found.values()):
            found[place] = box
    return found


def _beside_end(end: Spot, name: Name) -> Iterator[Box]:
    """Yield places for words at the end of a line: to its right, then above and below it."""
    (x, y), width, height = end, name.width_mm, name.height_mm
    lefts = (x - width / 2, x - width + DOT_MM, x - DOT_MM)
    places = [(x + LEADER_FROM_MM, y - height / 2)]
    places += [(left, bottom) for bottom in (y + LEADER_FROM_MM, y - LEADER_FROM_MM - height) for left in lefts]
    yield from ((left, bottom, left + width, bottom + height) for left, bottom in places)


def _free(plot: Plot, boxes: Sequence[Box], taken: Iterable[Box]) -> Box | None:
    """Return the first box of the plot that no line and no word is in, nor the grid if one is free of that."""
    words, inside = tuple(taken), [box for box in boxes if plot.holds(box)]
    grid = [[(0.0, plot.y.at_mm(tick)), (plot.x.end_mm, plot.y.at_mm(tick))] for tick in plot.ticks]
    lines = _drawn(plot)
    return placing.first_free(inside, [*lines, *grid], words) or placing.first_free(inside, lines, words)


def _drawn(plot: Plot) -> list[list[Spot]]:
    """Return the lines that words keep clear of."""
    lines = [plot.spots(stretch) for line in plot.lines for stretch in line.stretches()]
    lines += [edge for edges in _band(plot) for edge in edges]
    return lines + [[(sign.x_mm, plot.y.start_mm), (sign.x_mm, plot.y.end_mm)] for sign, _ in plot.signs]


# Band


def _band(plot: Plot) -> list[tuple[list[Spot], list[Spot]]]:
    """Return the lower and upper edge of each stretch of the emphasised line that has a range."""
    runs: list[list[Point]] = []
    for stretch in plot.strong.stretches() if plot.strong else ():
        runs.append([])
        for point in stretch:
            if _range(point):
                runs[-1].append(point)
            else:
                runs.append([])
    return [(_edge(plot, run, 0), _edge(plot, run, 1)) for run in runs if len(run) > 1]


def _edge(plot: Plot, run: Sequence[Point], end: int) -> list[Spot]:
    ranges = [(point.year, _range(point)[end]) for point in run]
    return [(plot.x.at_mm(year), plot.y.at_mm(value)) for year, value in ranges]


def _draw_band(ax: Axes, plot: Plot, look: Pen, label: Box | None) -> None:
    for low, high in _band(plot):
        ax.add_artist(Polygon([*low, *reversed(high)], **look.fill("signal-tint"), gid=BEHIND))
        for edge in (low, high):
            ax.plot(*zip(*edge, strict=True), color=look.colours["signal"], linewidth=EDGE_PT, zorder=1.1)
    if label:
        baseline = label[1] + look.drop_mm(look.sizes_pt["chart-label"])
        look.write(ax, look.label("survey-error"), label[0], baseline, "label", "signal")


def _band_label(plot: Plot, look: Pen, taken: Iterable[Box]) -> Box | None:
    """Return where to name the band: just below it or above it, clear of every line, if there is such a place."""
    return _free(plot, list(_band_boxes(plot, _drawn(plot), look)), taken)


def _band_boxes(plot: Plot, lines: Sequence[Sequence[Spot]], look: Pen) -> Iterator[Box]:
    """Yield places for the band's name, the nearest to its edge first, with no other line between the two."""
    size = look.sizes_pt["chart-label"]
    width, height = look.width_mm(look.label("survey-error"), size), look.rise_mm(size) + look.drop_mm(size)
    edges = [(edge, side) for low, high in _band(plot) for edge, side in ((low, -1), (high, 1))]
    for drop, (edge, side) in product(range(BAND_DROPS), edges):
        for x, y in _along(edge):
            near = y + side * BAND_GAP_MM * (1 + drop)
            bottom = near if side > 0 else near - height
            box = (x - width / 2, bottom, x + width / 2, bottom + height)
            low, high = sorted((y + side * TIE_MM, near))
            tie = (x - TIE_MM / 2, low, x + TIE_MM / 2, high)
            if placing.first_free([tie], lines, ()):
                yield box


def _along(edge: Sequence[Spot]) -> Iterator[Spot]:
    """Yield spots along an edge, in short steps."""
    for (left, low), (right, high) in pairwise(edge):
        steps = max(1, int((right - left) / BAND_STEP_MM))
        for step in range(steps):
            yield left + (right - left) * step / steps, low + (high - low) * step / steps
