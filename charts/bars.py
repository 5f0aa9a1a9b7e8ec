"""Horizontal bars from zero, each with its value written at its end.

Read from a row: `value`, `written`, `unit`, `label`, `note`, `group`, `strong`.

Labels stand above their bars; short labels, and labels of many rows, stand to the left. Strong rows have the
signal colour. Two bars, neither more than three times the other, show their difference: an outline from the
end of the shorter one to the length of the longer one, and a notch in the longer one where the shorter one
ends, if no value stands there.

Rows with a `group` stand under its name, groups side by side where the width allows. Groups of one unit share
one scale; where units differ, each group is scaled to its own largest value, and a note says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.plan import ChartRow

NARROWEST_PANEL_MM = 50.0
GUTTER_MM = 9.0
LEFT_SHARE = 0.16
LEFT_SHARES = (0.3, 0.36, 0.42, 0.48)
THINNEST_MM = 3.4
THICKEST_MM = 14.0
SPARE_SHARE = 0.62
EDGE_MM = 0.1
TEXT_GAP_MM = 1.3
ROW_GAP_MM = 3.2
TIGHT_GAP_MM = 1.2
VALUE_GAP_MM = 1.6
MOST_TIMES = 3
SHORTEST_SCALE_MM = 8.0
TICK_MM = 0.5
SCALE_NOTE = "Each group has its own scale."


@dataclass(frozen=True)
class Panel:
    """The bars of one group: their rows, their text, and where they stand."""

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
        """Whether labels stand to the left of the bars."""
        return self.bars_x_mm > self.x_mm

    @property
    def bars_width_mm(self) -> float:
        """The room for bars and the values beyond their ends."""
        return self.x_mm + self.width_mm - self.bars_x_mm

    @property
    def gap_mm(self) -> float:
        """The least room between two rows."""
        return TIGHT_GAP_MM if self.beside else ROW_GAP_MM

    @property
    def heading_mm(self) -> float:
        """The height of the group's name with its rule."""
        return self.heading.height_mm + 2 * TEXT_GAP_MM + 0.6 if self.heading.lines else 0.0

    def row_mm(self, place: int, thick_mm: float) -> float:
        """Measure the height of a row whose bar is so thick."""
        label, note = self.labels[place].height_mm, self.notes[place].height_mm
        if self.beside:
            return max(thick_mm, label)
        return label + TEXT_GAP_MM + thick_mm + (note + TEXT_GAP_MM if note else 0.0)

    def height_mm(self, thick_mm: float) -> float:
        """Measure the least height of the whole panel with bars so thick."""
        rows = sum(self.row_mm(place, thick_mm) for place in range(len(self.rows)))
        return self.heading_mm + rows + self.gap_mm * (len(self.rows) - 1)


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw rows as bars, in groups if they have any."""
    groups = _groups(rows, look)
    foot = _draw_foot(ax, groups, look)
    panels, stacked = _panels(ax, groups, foot, look)
    scales = _scales(panels, look)
    height = ax.get_ylim()[1] - foot
    if not stacked:
        for panel, scale in zip(panels, scales, strict=True):
            _draw_panel(ax, panel, (height + foot, height), scale, look)
        return
    spare = (height - _stacked_mm(panels)) / sum(len(panel.rows) for panel in panels)
    top = height + foot
    for panel, scale in zip(panels, scales, strict=True):
        tall = panel.height_mm(THINNEST_MM) + spare * len(panel.rows)
        _draw_panel(ax, panel, (top, tall), scale, look)
        top -= tall + ROW_GAP_MM * 1.5


def _groups(rows: Sequence[ChartRow], look: Pen) -> list[tuple[ChartRow, ...]]:
    if not rows:
        message = "it has no rows, and bars need one at least"
        raise ValueError(message)
    groups: dict[str, list[ChartRow]] = {}
    for row in rows:
        if row.value is None:
            look.refuse(row, "names no figure, and bars need one")
        if row.value < 0:
            look.refuse(row, f"is below zero ({row.written or row.value}), and bars start at zero")
        group = groups.setdefault(row.group, [])
        if group and group[0].unit != row.unit:
            look.refuse(row, f"is in “{row.unit}” where its group is in “{group[0].unit}”")
        group.append(row)
    return [tuple(group) for group in groups.values()]


def _draw_foot(ax: Axes, groups: Sequence[Sequence[ChartRow]], look: Pen) -> float:
    if len({group[0].unit for group in groups}) < 2:
        return 0.0
    note = look.column(ax.get_xlim()[1], (SCALE_NOTE, "note"))
    note.draw(ax, 0, note.height_mm)
    return note.height_mm + 2.6


# Panels: side by side or stacked, labels above or beside


def _panels(ax: Axes, groups: Sequence[tuple[ChartRow, ...]], foot_mm: float, look: Pen) -> tuple[list[Panel], bool]:
    ways = _ways(ax.get_xlim()[1], groups, look)
    needed = [_needed_mm(panels, stacked=stacked) + foot_mm for panels, stacked in ways]
    fitting = [way for way, tall in zip(ways, needed, strict=True) if tall <= ax.get_ylim()[1]]
    if not fitting:
        look.refuse_room(ax, min(needed))
    return next((way for way in fitting if _reads_well(way[0], look)), fitting[0])


def _ways(width_mm: float, groups: Sequence[tuple[ChartRow, ...]], look: Pen) -> list[tuple[list[Panel], bool]]:
    narrow = (width_mm - GUTTER_MM * (len(groups) - 1)) / len(groups)
    ways = []
    if len(groups) > 1 and narrow >= NARROWEST_PANEL_MM:
        xs = [place * (narrow + GUTTER_MM) for place in range(len(groups))]
        ways += [(_row_of_panels(groups, xs, narrow, share, look), False) for share in _shares(groups, narrow, look)]
    xs = [0.0] * len(groups)
    ways += [(_row_of_panels(groups, xs, width_mm, share, look), True) for share in _shares(groups, width_mm, look)]
    return ways


def _row_of_panels(
    groups: Sequence[tuple[ChartRow, ...]], xs_mm: Sequence[float], width_mm: float, share: float, look: Pen
) -> list[Panel]:
    quiet = "slate" if any(row.strong for group in groups for row in group) else "support"
    return [_panel(group, quiet, (x, width_mm), share, look) for group, x in zip(groups, xs_mm, strict=True)]


def _needed_mm(panels: Sequence[Panel], *, stacked: bool) -> float:
    return _stacked_mm(panels) if stacked else max(panel.height_mm(THINNEST_MM) for panel in panels)


def _reads_well(panels: Sequence[Panel], look: Pen) -> bool:
    for panel, (scale, inside) in zip(panels, _scales(panels, look), strict=True):
        longest = max(row.value or 0 for row in panel.rows) * scale
        if not inside and longest < panel.width_mm / 2:
            return False
    return True


def _shares(groups: Sequence[tuple[ChartRow, ...]], width_mm: float, look: Pen) -> list[float]:
    rows = [row for group in groups for row in group]
    size = look.sizes_pt["chart-label"]
    longest = max(look.width_mm(row.label, size, 600) for row in rows)
    value = max(_value_mm(row, look) for row in rows) + VALUE_GAP_MM
    most = 1 - (value + SHORTEST_SCALE_MM + 2 * TEXT_GAP_MM) / width_mm
    if longest <= min(LEFT_SHARE, most) * width_mm:
        return [longest / width_mm, 0.0]
    word = max(look.word_mm(row.label, size, 600) for row in rows)
    return [0.0, *(share for share in LEFT_SHARES if word / width_mm <= share <= most)]


def _stacked_mm(panels: Sequence[Panel]) -> float:
    return sum(panel.height_mm(THINNEST_MM) for panel in panels) + ROW_GAP_MM * 1.5 * (len(panels) - 1)


def _panel(rows: tuple[ChartRow, ...], quiet: str, place_mm: tuple[float, float], share: float, look: Pen) -> Panel:
    x_mm, width_mm = place_mm
    text_width = share * width_mm if share else width_mm
    labels, notes = [], []
    for row in rows:
        label = (row.label, "heading" if row.strong else "label")
        beside = (row.note, "note") if share else ("", "note")
        labels.append(look.column(text_width, label, beside))
        notes.append(look.column(text_width, ("" if share else row.note, "note")))
    bars_x = x_mm + (text_width + 2 * TEXT_GAP_MM if share else 0.0)
    heading = look.column(width_mm, (rows[0].group, "heading"))
    return Panel(heading, rows, quiet, tuple(labels), tuple(notes), x_mm, width_mm, bars_x)


# Scales


def _scales(panels: Sequence[Panel], look: Pen) -> list[tuple[float, bool]]:
    shared = _shared_scales(panels, look, inside=True)
    inside = all(_fits_inside(panel, scale, look) for panel, scale in zip(panels, shared, strict=True))
    return [(scale, inside) for scale in (shared if inside else _shared_scales(panels, look, inside=False))]


def _shared_scales(panels: Sequence[Panel], look: Pen, *, inside: bool) -> list[float]:
    own: dict[str, float] = {}
    for panel in panels:
        scale = _scale_mm(panel, look, inside=inside)
        own[panel.rows[0].unit] = min(scale, own.get(panel.rows[0].unit, scale))
    return [own[panel.rows[0].unit] for panel in panels]


def _fits_inside(panel: Panel, scale: float, look: Pen) -> bool:
    return all((row.value or 0) * scale >= _value_mm(row, look) + 2 * VALUE_GAP_MM for row in panel.rows)


def _scale_mm(panel: Panel, look: Pen, *, inside: bool) -> float:
    room = panel.bars_width_mm
    limits = [
        (room - (0 if inside else _value_mm(row, look) + VALUE_GAP_MM)) / row.value for row in panel.rows if row.value
    ]
    scale = min(limits, default=0.0)
    if scale < 0:
        look.refuse(panel.rows[0], "leaves no room for its bar; a wider chart or shorter labels would")
    return scale


def _value_mm(row: ChartRow, look: Pen) -> float:
    return look.width_mm(row.written, look.sizes_pt["chart-value"], 600)


# Drawing


def _draw_panel(
    ax: Axes,
    panel: Panel,
    place_mm: tuple[float, float],
    scale: tuple[float, bool],
    look: Pen,
) -> None:
    top, height = place_mm
    _draw_heading(ax, panel, top, look)
    count = len(panel.rows)
    spare = height - panel.height_mm(THINNEST_MM)
    thick = min(THICKEST_MM, THINNEST_MM + SPARE_SHARE * spare / count)
    gap = panel.gap_mm + (height - panel.height_mm(thick)) / max(1, count - 1)
    y, feet = top - panel.heading_mm, []
    for place, row in enumerate(panel.rows):
        foot = _draw_row_text(ax, panel, place, (y, thick))
        _draw_bar(ax, row, (panel.bars_x_mm, foot, thick), (*scale, panel.quiet), look)
        feet.append(foot)
        y -= panel.row_mm(place, thick) + gap
    if count == 2:
        _draw_difference(ax, panel, (feet, thick), scale, look)


def _draw_heading(ax: Axes, panel: Panel, top_mm: float, look: Pen) -> None:
    if panel.heading.lines:
        xs = [panel.x_mm, panel.x_mm + panel.width_mm]
        ax.plot(xs, [top_mm - EDGE_MM] * 2, color=look.colours["ink"], linewidth=0.5)
        panel.heading.draw(ax, panel.x_mm, top_mm - TEXT_GAP_MM)


def _draw_row_text(ax: Axes, panel: Panel, place: int, top_thick_mm: tuple[float, float]) -> float:
    top, thick = top_thick_mm
    label = panel.labels[place]
    if panel.beside:
        middle = top - panel.row_mm(place, thick) / 2
        label.draw(ax, panel.x_mm, middle + label.height_mm / 2)
        return middle - thick / 2
    label.draw(ax, panel.x_mm, top)
    foot = top - label.height_mm - TEXT_GAP_MM - thick
    panel.notes[place].draw(ax, panel.x_mm, foot - TEXT_GAP_MM)
    return foot


def _draw_bar(
    ax: Axes,
    row: ChartRow,
    bar_mm: tuple[float, float, float],
    scale: tuple[float, bool, str],
    look: Pen,
) -> None:
    x, foot, thick = bar_mm
    mm_a_unit, inside, quiet = scale
    tone = "signal" if row.strong else quiet
    length = (row.value or 0) * mm_a_unit
    ax.add_artist(Rectangle((x, foot), length, thick, facecolor=look.colours[tone]))
    ax.plot([x + EDGE_MM] * 2, [foot - TICK_MM, foot + thick + TICK_MM], color=look.colours["ink"], linewidth=0.75)
    end = x + length + (-VALUE_GAP_MM - _value_mm(row, look) if inside else VALUE_GAP_MM)
    baseline = foot + (thick - look.cap_mm(look.sizes_pt["chart-value"])) / 2
    look.write(ax, row.written, end, baseline, "value", "paper" if inside and tone != "slate" else "ink")


def _draw_difference(
    ax: Axes,
    panel: Panel,
    bars_mm: tuple[Sequence[float], float],
    scale: tuple[float, bool],
    look: Pen,
) -> None:
    feet_mm, thick_mm = bars_mm
    ends = [panel.bars_x_mm + (row.value or 0) * scale[0] for row in panel.rows]
    shorter = 0 if ends[0] < ends[1] else 1
    beyond = 0 if scale[1] else _value_mm(panel.rows[shorter], look) + 2 * VALUE_GAP_MM
    apart = min(row.value or 0 for row in panel.rows) * MOST_TIMES < max(row.value or 0 for row in panel.rows)
    if apart or max(ends) - min(ends) <= beyond + 0.5:
        return
    outline = Rectangle(
        (min(ends), feet_mm[shorter] + EDGE_MM),
        max(ends) - min(ends) - EDGE_MM,
        thick_mm - 2 * EDGE_MM,
        facecolor="none",
        edgecolor=look.colours["grey"],
        linewidth=0.5,
        linestyle=(0, (3, 2)),
    )
    ax.add_artist(outline)
    longer = 1 - shorter
    value_x = max(ends) - VALUE_GAP_MM * 2 - _value_mm(panel.rows[longer], look) if scale[1] else max(ends)
    if min(ends) < value_x:
        foot = feet_mm[longer]
        ax.plot([min(ends)] * 2, [foot, foot + thick_mm], color=look.colours["paper"], linewidth=0.75)
