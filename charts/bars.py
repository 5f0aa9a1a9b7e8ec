"""Draw horizontal bars from zero, each with its value at the end.

Reads `value`, `written`, `unit`, `label`, `note`, `group` and `strong` from each row.

Labels go above their bars, or to the left if they are short or there are many rows. Strong rows are in the signal
colour, with a heavier label and value. Bars are at most 7 mm thick: where there is more height, it goes into the gaps.

Rows with a `group` appear under its name, with the groups side by side or stacked. All bars are in one unit and on one
scale. Values inside their bars are white.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from briefpack.charts import BEHIND, series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.plan import ChartRow

NARROWEST_PANEL_MM = 50.0
GUTTER_MM = 9.0
LEFT_SHARE = 0.16
LEFT_SHARES = (0.3, 0.36, 0.42, 0.48)
# Thinner bars look weak beside their words, and thicker ones are louder than the words.
THICKNESSES_MM = tuple(tenths / 10 for tenths in range(70, 33, -1))
THICKEST_MM, THINNEST_MM = THICKNESSES_MM[0], THICKNESSES_MM[-1]
MOST_AIR_MM = 9.0
"""How much wider than it has to be a gap between two rows may be, on a chart with room for it."""
LABEL_GAP_MM = 0.9
ROW_GAP_MM = 2.6
ROW_GAP_SHARE = 0.35
HEADING_GAP_MM = 2.2
GROUP_GAP_MM = 5.5
COLUMN_GAP_MM = 2.6
RULE_GAP_MM = 1.3
VALUE_GAP_MM = 1.6
SHORTEST_SCALE_MM = 8.0
EDGE_MM = 0.1
TICK_MM = 0.5


@dataclass(frozen=True)
class Panel:
    """The bars of one group: rows, text and position."""

    heading: Column
    rows: tuple[ChartRow, ...]
    quiet: str
    labels: tuple[Column, ...]
    notes: tuple[Column, ...]
    x_mm: float
    width_mm: float
    bars_x_mm: float

    @property
    def beside(self) -> bool:
        """Return whether labels are to the left of the bars."""
        return self.bars_x_mm > self.x_mm

    @property
    def bars_width_mm(self) -> float:
        """Return the width available for the bars and the values beyond their ends."""
        return self.x_mm + self.width_mm - self.bars_x_mm

    @property
    def heading_mm(self) -> float:
        """Return the height of the group's name, with its rule and the gap below."""
        return RULE_GAP_MM + self.heading.height_mm + HEADING_GAP_MM if self.heading.lines else 0.0

    def gap_mm(self, thick_mm: float) -> float:
        """Return the gap between two rows with bars this thick."""
        return ROW_GAP_SHARE * thick_mm if self.beside else ROW_GAP_MM

    def row_mm(self, place: int, thick_mm: float) -> float:
        """Measure the height of a row with a bar this thick."""
        label, note = self.labels[place].height_mm, self.notes[place].height_mm
        if self.beside:
            return max(thick_mm, label)
        return label + LABEL_GAP_MM + thick_mm + (note + LABEL_GAP_MM if note else 0.0)

    def height_mm(self, thick_mm: float) -> float:
        """Measure the height of the whole panel with bars this thick."""
        rows = sum(self.row_mm(place, thick_mm) for place in range(len(self.rows)))
        return self.heading_mm + rows + self.gap_mm(thick_mm) * (len(self.rows) - 1)


@dataclass(frozen=True)
class Way:
    """One way to arrange all panels: stacked, or side by side."""

    panels: tuple[Panel, ...]
    stacked: bool

    def height_mm(self, thick_mm: float) -> float:
        """Measure the height of all panels with bars this thick."""
        heights = [panel.height_mm(thick_mm) for panel in self.panels]
        return sum(heights) + GROUP_GAP_MM * (len(heights) - 1) if self.stacked else max(heights)

    def thick_mm(self, height_mm: float) -> float:
        """Return the greatest thickness that lets all bars fit in a height; 0 if none does."""
        return next((thick for thick in THICKNESSES_MM if self.height_mm(thick) <= height_mm), 0.0)

    def air_mm(self, height_mm: float) -> float:
        """Return how much wider the gaps between rows may be than they have to, so that the bars fill a height."""
        rows = [len(panel.rows) for panel in self.panels]
        count = (sum(rows) if self.stacked else max(rows)) - 1
        return min((height_mm - self.height_mm(self.thick_mm(height_mm))) / count, MOST_AIR_MM) if count else 0.0


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw rows as bars, in groups if they have any."""
    groups, top = _groups(rows, look), ax.get_ylim()[1]
    way = _way(ax, groups, look)
    thick, air, scale = way.thick_mm(top), way.air_mm(top), _scale(way.panels, look)
    for panel in way.panels:
        _draw_panel(ax, panel, (top, thick, air), scale, look)
        if way.stacked:
            top -= panel.height_mm(thick) + air * len(panel.rows) + GROUP_GAP_MM


def _groups(rows: Sequence[ChartRow], look: Pen) -> list[tuple[ChartRow, ...]]:
    if not rows:
        look.refuse_rows("it has no rows, and bars need at least one")
    groups: dict[str, list[ChartRow]] = {}
    for row in rows:
        if row.value is None:
            look.refuse(row, "names no figure, and bars need one", "add figure: with its id, or delete the row")
        if row.value < 0:
            look.refuse(
                row, f"is below zero ({row.written or row.value}), and bars start at zero", "show it in a table"
            )
        series.check_unit(row, rows[0], look, "make a chart of each unit, or use kind: numbers")
        groups.setdefault(row.group, []).append(row)
    return [tuple(group) for group in groups.values()]


# Arrangements: panels side by side or stacked, labels above or beside


def _way(ax: Axes, groups: Sequence[tuple[ChartRow, ...]], look: Pen) -> Way:
    ways, room = _ways(ax.get_xlim()[1], groups, look), ax.get_ylim()[1]
    fitting = [way for way in ways if way.thick_mm(room)]
    if not fitting:
        look.refuse_room(ax, min(way.height_mm(THINNEST_MM) for way in ways))

    def rank(way: Way) -> tuple[bool, float, float]:
        thick = way.thick_mm(room)
        return not _reads_well(way.panels, look), THICKEST_MM - thick, room - way.height_mm(thick)

    return min(fitting, key=rank)


def _ways(width_mm: float, groups: Sequence[tuple[ChartRow, ...]], look: Pen) -> list[Way]:
    narrow = (width_mm - GUTTER_MM * (len(groups) - 1)) / len(groups)
    ways = []
    if len(groups) > 1 and narrow >= NARROWEST_PANEL_MM:
        xs = [place * (narrow + GUTTER_MM) for place in range(len(groups))]
        ways += [Way(_panels(groups, xs, narrow, share, look), False) for share in _shares(groups, narrow, look)]
    xs = [0.0] * len(groups)
    ways += [Way(_panels(groups, xs, width_mm, share, look), True) for share in _shares(groups, width_mm, look)]
    return ways


def _panels(
    groups: Sequence[tuple[ChartRow, ...]], xs_mm: Sequence[float], width_mm: float, share: float, look: Pen
) -> tuple[Panel, ...]:
    quiet = "slate" if any(row.strong for group in groups for row in group) else "support"
    return tuple(_panel(group, quiet, (x, width_mm), share, look) for group, x in zip(groups, xs_mm, strict=True))


def _reads_well(panels: Sequence[Panel], look: Pen) -> bool:
    scale, inside = _scale(panels, look)
    for panel in panels:
        longest = max(row.value or 0 for row in panel.rows) * scale
        if not inside and longest < panel.width_mm / 2:
            return False
    return True


def _shares(groups: Sequence[tuple[ChartRow, ...]], width_mm: float, look: Pen) -> list[float]:
    rows = [row for group in groups for row in group]
    size = look.sizes_pt["chart-label"]
    longest = max(look.width_mm(row.label, size, 600) for row in rows)
    value = max(_value_mm(row, look) for row in rows) + VALUE_GAP_MM
    most = 1 - (value + SHORTEST_SCALE_MM + COLUMN_GAP_MM) / width_mm
    if longest <= min(LEFT_SHARE, most) * width_mm:
        return [longest / width_mm, 0.0]
    word = max(look.word_mm(row.label, size, 600) for row in rows)
    return [0.0, *(share for share in LEFT_SHARES if word / width_mm <= share <= most)]


def _panel(rows: tuple[ChartRow, ...], quiet: str, place_mm: tuple[float, float], share: float, look: Pen) -> Panel:
    x_mm, width_mm = place_mm
    text_width = share * width_mm if share else width_mm
    labels, notes = [], []
    for row in rows:
        label = (row.label, "heading" if row.strong else "label")
        beside = (row.note, "note") if share else ("", "note")
        labels.append(look.column(text_width, label, beside))
        notes.append(look.column(text_width, ("" if share else row.note, "note")))
    bars_x = x_mm + (text_width + COLUMN_GAP_MM if share else 0.0)
    heading = look.column(width_mm, (rows[0].group, "heading"))
    return Panel(heading, rows, quiet, tuple(labels), tuple(notes), x_mm, width_mm, bars_x)


# Scales


def _scale(panels: Sequence[Panel], look: Pen) -> tuple[float, bool]:
    """Return the millimetres of one unit in all bars, and whether the values go inside them."""
    within = min(_scale_mm(panel, look, inside=True) for panel in panels)
    inside = all(_fits_inside(panel, within, look) for panel in panels)
    return (within if inside else min(_scale_mm(panel, look, inside=False) for panel in panels)), inside


def _fits_inside(panel: Panel, scale: float, look: Pen) -> bool:
    """Return whether all values fit inside their bars; none is legible on hatching."""
    if any(look.hatched(_tone(row, panel)) for row in panel.rows):
        return False
    return all((row.value or 0) * scale >= _value_mm(row, look) + 2 * VALUE_GAP_MM for row in panel.rows)


def _scale_mm(panel: Panel, look: Pen, *, inside: bool) -> float:
    room = panel.bars_width_mm
    limits = [
        (room - (0 if inside else _value_mm(row, look) + VALUE_GAP_MM)) / row.value for row in panel.rows if row.value
    ]
    scale = min(limits, default=0.0)
    if scale < 0:
        look.refuse(
            panel.rows[0], "leaves no room for its bar", "shorten the labels, or make the chart wider in layout.yaml"
        )
    return scale


def _tone(row: ChartRow, panel: Panel) -> str:
    return "signal" if row.strong else panel.quiet


def _value_role(row: ChartRow) -> str:
    return "value" if row.strong else "plain"


def _value_mm(row: ChartRow, look: Pen) -> float:
    return look.width_mm(row.written, look.sizes_pt["chart-value"], 600 if row.strong else 400)


# Drawing


def _draw_panel(
    ax: Axes,
    panel: Panel,
    top_thick_air_mm: tuple[float, float, float],
    scale: tuple[float, bool],
    look: Pen,
) -> None:
    top, thick, air = top_thick_air_mm
    _draw_heading(ax, panel, top, look)
    y, feet = top - panel.heading_mm, []
    for place, row in enumerate(panel.rows):
        feet.append(_draw_row_text(ax, panel, place, (y, thick)))
        _draw_bar(ax, row, (panel.bars_x_mm, feet[-1], thick), (*scale, _tone(row, panel)), look)
        y -= panel.row_mm(place, thick) + panel.gap_mm(thick) + air
    # Zero is one line, except where it would run through labels.
    for low, high in [(feet[-1], feet[0])] if panel.beside else zip(feet, feet, strict=True):
        ends = [low - TICK_MM, high + thick + TICK_MM]
        ax.plot([panel.bars_x_mm + EDGE_MM] * 2, ends, color=look.colours["ink"], linewidth=0.75, gid=BEHIND)


def _draw_heading(ax: Axes, panel: Panel, top_mm: float, look: Pen) -> None:
    if panel.heading.lines:
        xs = [panel.x_mm, panel.x_mm + panel.width_mm]
        ax.plot(xs, [top_mm - EDGE_MM] * 2, color=look.colours["ink"], linewidth=0.5)
        panel.heading.draw(ax, panel.x_mm, top_mm - RULE_GAP_MM)


def _draw_row_text(ax: Axes, panel: Panel, place: int, top_thick_mm: tuple[float, float]) -> float:
    top, thick = top_thick_mm
    label = panel.labels[place]
    if panel.beside:
        middle = top - panel.row_mm(place, thick) / 2
        label.draw(ax, panel.x_mm, label.top_mm(middle))
        return middle - thick / 2
    label.draw(ax, panel.x_mm, top)
    foot = top - label.height_mm - LABEL_GAP_MM - thick
    panel.notes[place].draw(ax, panel.x_mm, foot - LABEL_GAP_MM)
    return foot


def _draw_bar(
    ax: Axes,
    row: ChartRow,
    bar_mm: tuple[float, float, float],
    scale: tuple[float, bool, str],
    look: Pen,
) -> None:
    x, foot, thick = bar_mm
    mm_a_unit, inside, tone = scale
    tone = "bar" if inside and tone == "slate" else tone
    length = look.printed_mm((row.value or 0) * mm_a_unit)
    if length:
        ax.add_artist(Rectangle((x, foot), length, thick, **look.fill(tone)))
    end = x + length + (-VALUE_GAP_MM - _value_mm(row, look) if inside else VALUE_GAP_MM)
    baseline = foot + (thick - look.cap_mm(look.sizes_pt["chart-value"])) / 2
    look.write(ax, row.written, end, baseline, _value_role(row), "paper" if inside else "ink")
