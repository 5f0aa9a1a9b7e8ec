"""Show events on a scale of time, each with its date as printed.

Reads `when`, `label`, `note` and `strong` from each row.

Time is to scale. A date is as long as it is vague: a year or a month is a bar of its length, and a day is a dot. Words
that would touch are pushed apart, with leaders to the middles of their dates that never cross; words whose right edge
is much the nearer to their date end there. On a wide, low chart, time runs from left to right; on others, from the top
down. Dates that the scale names aren't written again. A label with a note is a heading above it. The strong event's
mark and leader are in the signal colour, and its words are heavier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Circle, Rectangle

from briefpack.charts import placing, timing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.plan import ChartRow

    Point = tuple[float, float]

WIDE = 2.2
LEAST_ACROSS_MM = 110.0
LEAST_COLUMN_MM, BEST_COLUMN_MM = 22.0, 40.0
LINE_COST_MM = 12.0
"""How much nearer to their dates all words have to be for columns so narrow that the longest takes a line more."""
COLUMN_GAP_MM, COLUMN_STEP_MM = 4.0, 2.0
NAMES_APART_MM = 1.6
BAR_MM, THICKEST_MM = 2.2, 5.0
THICKER_SHARE = 0.25
DOT_MM = 1.0
TICK_MM = 1.2
TICK_GAP_MM = 0.8
LEAST_TICK_MM = 8.0
LANE_MM = 1.4
LEADER_MM = 2.4
WORD_GAP_MM = 1.2
ROW_GAP_MM = 2.6
DATE_SHARE, DATES_ABOVE_MM = 0.26, 70.0
ANCHOR_MM = 0.9
NEARER_MM = 6.0
"""How much nearer to its date the right edge of words is than the left for them to end there."""
AXIS_PT, LEADER_PT, STRONG_PT, SEAM_PT = 0.8, 0.5, 0.9, 0.6
EDGE_MM = 0.15


@dataclass(frozen=True)
class Across:
    """A timeline from left to right: its scale, each event's words and leader, and the height of the names."""

    events: tuple[timing.Event, ...]
    scale: timing.Scale
    words: tuple[Column, ...]
    edges_mm: tuple[float, ...]
    anchors_mm: tuple[float, ...]
    names_mm: float

    @property
    def ending(self) -> tuple[bool, ...]:
        """Return whether the words of each event end at its leader instead of beginning there."""
        placed = zip(self.anchors_mm, self.edges_mm, self.words, strict=True)
        return tuple(
            abs(edge + words.width_mm - anchor) < abs(edge - anchor) - NEARER_MM for anchor, edge, words in placed
        )

    @property
    def heads_mm(self) -> tuple[float, ...]:
        """Return where the leader of each event meets its words."""
        placed = zip(self.edges_mm, self.words, self.ending, strict=True)
        return tuple(edge + words.width_mm * ending for edge, words, ending in placed)

    @property
    def lanes(self) -> list[int]:
        """Return the lanes of the leaders."""
        return timing.lanes(self.anchors_mm, self.heads_mm)

    @property
    def drift_mm(self) -> float:
        """Return how far all words are from their dates, in whole millimetres."""
        return sum(round(abs(edge - anchor)) for edge, anchor in zip(self.heads_mm, self.anchors_mm, strict=True))

    @property
    def cost_mm(self) -> float:
        """Return how far words are from their dates, and more the more lines the longest takes."""
        return self.drift_mm + LINE_COST_MM * max(len(column.lines) for column in self.words)

    @property
    def height_mm(self) -> float:
        """Return the least height."""
        words = max(column.height_mm for column in self.words)
        return self.names_mm + BAR_MM + LEADER_MM + LANE_MM * (max(self.lanes) + 1) + WORD_GAP_MM + words


@dataclass(frozen=True)
class Down:
    """A timeline from the top down: its scale, the words of each event, the columns, and the heights of the words."""

    events: tuple[timing.Event, ...]
    scale: timing.Scale
    names_mm: float
    dates: tuple[Column, ...]
    words: tuple[Column, ...]
    words_x_mm: float
    anchors_mm: tuple[float, ...]
    tops_mm: tuple[float, ...]

    @property
    def heights_mm(self) -> list[float]:
        """Return the height of each event's words."""
        return [max(date.height_mm, words.height_mm) for date, words in zip(self.dates, self.words, strict=True)]

    @property
    def height_mm(self) -> float:
        """Return the least height."""
        return sum(self.heights_mm) + ROW_GAP_MM * (len(self.words) - 1)


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw events from left to right on a wide chart, or from the top down."""
    events = timing.read(rows, look)
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    across, down = _nearest(events, (width, height), look), _down(events, width, height, look)
    if across and across.height_mm <= height and (width > WIDE * height or down.height_mm > height):
        _draw_across(ax, across, look)
        return
    if down.height_mm > height + 0.01:
        look.refuse_room(ax, min(each.height_mm for each in (across, down) if each))
    _draw_down(ax, down, look)


def _words(events: Sequence[timing.Event], width_mm: float, look: Pen, *, dated: bool) -> tuple[Column, ...]:
    """Set the words of each event; if any has a note, all labels are headings."""
    rows, noted = [event.row for event in events], any(event.row.note for event in events)
    return tuple(
        look.column(
            width_mm,
            (row.when if dated else "", "heading" if row.strong else "quiet"),
            (row.label, "heading" if noted or row.strong else "label"),
            (row.note, "label"),
        )
        for row in rows
    )


def _tones(events: Sequence[timing.Event]) -> list[tuple[timing.Event, str]]:
    """Return each event with its colour, a month drawn over its year; at home, all but the strong are hatched."""
    quiet = "slate" if any(event.row.strong for event in events) else "support"
    longest_first = sorted(events, key=lambda event: event.start - event.end)
    return [(event, "signal" if event.row.strong else quiet) for event in longest_first]


def _line_mm(look: Pen) -> float:
    size = look.sizes_pt["chart-label"]
    return look.rise_mm(size) + look.drop_mm(size)


def _leader(ax: Axes, row: ChartRow, points: Sequence[Point], look: Pen) -> None:
    colour, wide = ("signal", STRONG_PT) if row.strong else ("grey", LEADER_PT)
    ax.plot(*zip(*points, strict=True), color=look.colours[colour], linewidth=wide, zorder=2)


def _draw_event(ax: Axes, event: timing.Event, tone: str, box_mm: tuple[float, float, float, float], look: Pen) -> None:
    """Draw the bar of a time, which fills a box, or a dot in the middle of it."""
    x, y, wide, tall = box_mm
    fill: dict[str, Any] = {"edgecolor": look.colours["paper"], "linewidth": SEAM_PT} | dict(look.fill(tone))
    if event.of_a_day:
        ax.add_artist(Circle((x + wide / 2, y + tall / 2), DOT_MM, **fill, zorder=3.5))
    else:
        ax.add_artist(Rectangle((x, y), wide, tall, **fill, zorder=3))


# From left to right


def _nearest(events: tuple[timing.Event, ...], size_mm: Point, look: Pen) -> Across | None:
    """Arrange a timeline from left to right, with columns of words as narrow as brings them much nearer to their dates.

    Narrower columns are taller: none is taller than the chart, unless all are. Return none if the chart is too narrow.
    """
    width, height = size_mm
    widest = min(BEST_COLUMN_MM, (width - COLUMN_GAP_MM * (len(events) - 1)) / len(events))
    size, texts = look.sizes_pt["chart-label"], [(event.row.label, event.row.when) for event in events]
    least = max(LEAST_COLUMN_MM, *(look.word_mm(text, size, 600) for both in texts for text in both))
    if width < LEAST_ACROSS_MM or widest < least:
        return None
    steps = range(int((widest - least) / COLUMN_STEP_MM) + 1)
    plans = [_across(events, (width, widest - COLUMN_STEP_MM * step), look) for step in steps]
    return min((plan for plan in plans if plan.height_mm <= height), key=lambda plan: plan.cost_mm, default=plans[0])


def _across(events: tuple[timing.Event, ...], widths_mm: Point, look: Pen) -> Across:
    """Arrange a timeline as wide as the chart, with its words in columns of a width."""
    width_mm, column = widths_mm
    events = tuple(sorted(events, key=lambda event: (event.start, event.end)))
    scale = timing.scale(events, lambda scale: _fits_across(scale, width_mm, look))
    words = _words(events, column, look, dated=not all(map(scale.names_time_of, events)))
    bars = [(scale.share(event.start) * width_mm, scale.share(event.end) * width_mm) for event in events]
    lines = 2 if any(year for *_, year in scale.names(look)) else 1
    names = lines * _line_mm(look) + TICK_GAP_MM + TICK_MM
    anchors = tuple(_anchors_mm(bars))
    return Across(events, scale, words, _edges_mm(anchors, words, width_mm), anchors, names)


def _fits_across(scale: timing.Scale, width_mm: float, look: Pen) -> bool:
    size, pitch = look.sizes_pt["chart-label"], width_mm / (len(scale.ticks) - 1)
    texts = [text for _, *both in scale.names(look) for text in both]
    return max(look.width_mm(text, size, 600) for text in texts) + NAMES_APART_MM <= pitch


def _anchors_mm(bars_mm: Sequence[Point]) -> list[float]:
    """Return where the leader of each event starts: in the middle of its bar, or as near as bars that overlap allow."""
    found: list[float] = []
    limit = float("inf")
    for start, end in reversed(bars_mm):
        limit = max(min(start + ANCHOR_MM, (start + end) / 2), min((start + end) / 2, limit))
        found.append(limit)
    return found[::-1]


def _edges_mm(anchors_mm: Sequence[float], words: Sequence[Column], width_mm: float) -> tuple[float, ...]:
    """Return where the words of each event begin: at its leader, or as near to it as keeps them apart."""
    widths = [column.width_mm for column in words]
    middles = [width_mm - anchor - wide / 2 + EDGE_MM for anchor, wide in zip(anchors_mm, widths, strict=True)]
    found = placing.spread(middles, widths, COLUMN_GAP_MM, (0.0, width_mm))
    return tuple(width_mm - middle - wide / 2 for middle, wide in zip(found, widths, strict=True))


def _draw_across(ax: Axes, plan: Across, look: Pen) -> None:
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    spare = height - plan.height_mm
    thick = min(BAR_MM + THICKER_SHARE * spare, THICKEST_MM)
    axis = height - plan.names_mm
    top = axis - thick - LEADER_MM - LANE_MM * (max(plan.lanes) + 1) - (spare - thick + BAR_MM) - WORD_GAP_MM
    _draw_scale_across(ax, plan, axis, look)
    for event, tone in _tones(plan.events):
        start, end = (plan.scale.share(year) * width for year in (event.start, event.end))
        _draw_event(ax, event, tone, (start, axis - thick, end - start, thick), look)
    for place, (event, words) in enumerate(zip(plan.events, plan.words, strict=True)):
        ending, head, anchor = plan.ending[place], plan.heads_mm[place], plan.anchors_mm[place]
        turn = axis - thick - LEADER_MM - LANE_MM * plan.lanes[place]
        x = head - EDGE_MM if ending else head + EDGE_MM
        start = x if abs(x - anchor) < ANCHOR_MM else anchor
        _leader(ax, event.row, [(start, axis - thick), (start, turn), (x, turn), (x, top + WORD_GAP_MM / 2)], look)
        words.draw(ax, head, top, ending=ending)


def _draw_scale_across(ax: Axes, plan: Across, axis_mm: float, look: Pen) -> None:
    """Draw the axis, its ticks and names; the names of the events' own times are heavier."""
    scale, width, size, ink = plan.scale, ax.get_xlim()[1], look.sizes_pt["chart-label"], look.colours["ink"]
    ax.plot([0, width], [axis_mm] * 2, color=ink, linewidth=AXIS_PT, zorder=4)
    for month in scale.ticks:
        x = min(max(scale.share(month / timing.YEAR) * width, EDGE_MM), width - EDGE_MM)
        ax.plot([x, x], [axis_mm, axis_mm + TICK_MM], color=ink, linewidth=LEADER_PT)
    baseline = axis_mm + TICK_MM + TICK_GAP_MM + look.drop_mm(size)
    own = {round(scale.share(event.middle), 4) for event in plan.events if scale.names_time_of(event)}
    for share, name, year in scale.names(look):
        named = "heading" if round(share, 4) in own else "quiet"
        for text, role, line in ((name, named, 0), (year, "heading", 1)):
            long = look.width_mm(text, size, 600 if role == "heading" else 400)
            left = min(max(share * width - long / 2, 0.0), width - long)
            if text:
                look.write(ax, text, left, baseline + line * _line_mm(look), role)


# From the top down


def _down(events: tuple[timing.Event, ...], width_mm: float, height_mm: float, look: Pen) -> Down:
    """Arrange a timeline from the top down, with dates beside the words or, on a narrow chart, above them."""
    size = look.sizes_pt["chart-label"]
    scale = timing.scale(events, lambda scale: height_mm / (len(scale.ticks) - 1) >= LEAST_TICK_MM)
    names = max(look.width_mm(text, size, 600) for _, *both in scale.names(look) for text in both)
    longest = max(look.width_mm(event.row.when, size, 600) for event in events)
    beside = width_mm >= DATES_ABOVE_MM and longest <= DATE_SHARE * width_mm
    dates = [
        look.column(longest + EDGE_MM, (event.row.when if beside else "", "heading" if event.row.strong else "quiet"))
        for event in events
    ]
    left = names + TICK_GAP_MM + TICK_MM + BAR_MM + LEADER_MM + WORD_GAP_MM
    anchors = tuple(height_mm * (1 - scale.share(event.middle)) for event in events)
    for lanes in range(1, len(events) + 1):
        x = left + LANE_MM * lanes
        room = width_mm - x - (longest + COLUMN_GAP_MM if beside else 0.0)
        words = _words(events, room, look, dated=not beside)
        plan = Down(events, scale, names, tuple(dates), words, x, anchors, ())
        plan = Down(events, scale, names, tuple(dates), words, x, anchors, _tops_mm(plan, height_mm, look))
        if max(_lanes_down(plan, height_mm, look)) < lanes:
            return plan
    return plan


def _first_mm(look: Pen) -> float:
    """Return how far the middle of a first line's capitals is below the top of its words."""
    size = look.sizes_pt["chart-label"]
    return look.rise_mm(size) - look.cap_mm(size) / 2


def _tops_mm(plan: Down, height_mm: float, look: Pen) -> tuple[float, ...]:
    """Return the top of each event's words: at its leader, or as near to it as keeps the words apart."""
    heights, first = plan.heights_mm, _first_mm(look)
    wanted = [anchor + first - tall / 2 for anchor, tall in zip(plan.anchors_mm, heights, strict=True)]
    found = placing.spread(wanted, heights, ROW_GAP_MM, (0.0, height_mm))
    return tuple(middle + tall / 2 for middle, tall in zip(found, heights, strict=True))


def _lanes_down(plan: Down, height_mm: float, look: Pen) -> list[int]:
    ends = [height_mm - top + _first_mm(look) for top in plan.tops_mm]
    return timing.lanes([height_mm - anchor for anchor in plan.anchors_mm], ends)


def _draw_down(ax: Axes, plan: Down, look: Pen) -> None:
    height, first = ax.get_ylim()[1], _first_mm(look)
    axis = plan.names_mm + TICK_GAP_MM + TICK_MM
    _draw_scale_down(ax, plan.scale, axis, look)
    for event, tone in _tones(plan.events):
        top, foot = (height * (1 - plan.scale.share(year)) for year in (event.start, event.end))
        _draw_event(ax, event, tone, (axis, foot, BAR_MM, top - foot), look)
    date_x = plan.words_x_mm
    words_x = date_x + max((date.width_mm + COLUMN_GAP_MM for date in plan.dates if date.lines), default=0.0)
    for place, lane in enumerate(_lanes_down(plan, height, look)):
        anchor, top = plan.anchors_mm[place], plan.tops_mm[place]
        turn, level = axis + BAR_MM + LEADER_MM / 2 + LANE_MM * lane, top - first
        points = [(axis + BAR_MM, anchor), (turn, anchor), (turn, level), (date_x - WORD_GAP_MM, level)]
        _leader(ax, plan.events[place].row, points, look)
        plan.dates[place].draw(ax, date_x, top)
        plan.words[place].draw(ax, words_x, top)


def _draw_scale_down(ax: Axes, scale: timing.Scale, axis_mm: float, look: Pen) -> None:
    height, ink = ax.get_ylim()[1], look.colours["ink"]
    ax.plot([axis_mm] * 2, [0, height], color=ink, linewidth=AXIS_PT, zorder=4)
    for month in scale.ticks:
        y = min(max(height * (1 - scale.share(month / timing.YEAR)), EDGE_MM), height - EDGE_MM)
        ax.plot([axis_mm - TICK_MM, axis_mm], [y, y], color=ink, linewidth=LEADER_PT)
    right = axis_mm - TICK_MM - TICK_GAP_MM
    for share, name, year in scale.names(look):
        middle = height * (1 - share)
        column = look.column(right + EDGE_MM, (name, "quiet"), (year, "heading"))
        top = min(max(column.top_mm(middle), column.height_mm), height)
        column.draw(ax, right - column.width_mm, top)
