"""Show where an electorate lies: on a map of its state, with an inset if it is too small to see there.

Reads `look.map` and no rows. The map is already laid out in millimetres; this file only decides how it looks. Colours:
`map-ground` (land), `map-line` (borders), `map-mark` (the electorate), `map-text` and `map-quiet-text`; labels on the
electorate use `paper`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path

from briefpack.charts import BEHIND, map_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Pen
    from briefpack.maps import Box, Frame, Label, Ring
    from briefpack.plan import ChartRow

BORDER_PT = 0.35
STATE_BORDER_PT = 0.9
OUTLINE_PT = 0.5
RULE_PT = 0.5
LEADER_PT = 0.4
DOT_EDGE_PT = 0.5
MARK_PT = 1.2
PLATE_MM = 0.5
QUIET = ("neighbour", "state")


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw each frame of the map, and the leader that joins an inset to its place."""
    _, located = rows, look.map
    if located is None:
        look.refuse_rows("it has no electorate to place on a map")
    for frame in located.frames:
        _draw_land(ax, frame, look)
    if located.looks_at:
        _draw_rule(ax, located.looks_at, look)
    # Where the two frames overlap, the leader has no length.
    if located.leader and located.leader[0] != located.leader[1]:
        _stroke(ax, Path(located.leader), look.colours["map-text"], LEADER_PT)
    for frame in located.frames:
        if frame.role == "inset":
            _draw_rule(ax, frame.box, look)
        _draw_dots(ax, frame, look)
        for label in frame.labels:
            _write(ax, label, look, plated=map_parts.is_hatched(frame, look) if label.on_mark else _outlined(look))


def _draw_land(ax: Axes, frame: Frame, look: Pen) -> None:
    colours, mark = look.colours, frame.rings("electorate")
    shore = colours["map-quiet-text"] if _outlined(look) else "none"
    _fill(ax, frame.rings("ground"), colours["map-ground"], shore, behind=True)
    for role, width in (("border", BORDER_PT), ("state-border", STATE_BORDER_PT)):
        if frame.rings(role):
            _stroke(ax, map_parts.path(frame.rings(role)), colours["map-line"], width, behind=True)
    if mark and map_parts.is_hatched(frame, look):
        fill = {**look.fill("map-mark"), "linewidth": MARK_PT}
        ax.add_artist(PathPatch(map_parts.path(mark, closed=True), joinstyle="round", **fill))
    elif mark:
        _fill(ax, mark, colours["map-mark"], colours["map-line"])


def _outlined(look: Pen) -> bool:
    """Return whether land is the colour of paper, so that only its shore shows it."""
    return look.colours["map-ground"] == look.colours["paper"]


def _fill(ax: Axes, rings: Iterable[Ring], colour: str, edge: str = "none", *, behind: bool = False) -> None:
    style = {"facecolor": colour, "edgecolor": edge, "linewidth": OUTLINE_PT if edge != "none" else 0}
    path, gid = map_parts.path(rings, closed=True), BEHIND if behind else None
    ax.add_artist(PathPatch(path, joinstyle="round", gid=gid, **style))


def _stroke(ax: Axes, path: Path, colour: str, width_pt: float, *, behind: bool = False) -> None:
    style = {"facecolor": "none", "edgecolor": colour, "linewidth": width_pt, "gid": BEHIND if behind else None}
    ax.add_artist(PathPatch(path, joinstyle="round", **style))


def _draw_rule(ax: Axes, box: Box, look: Pen) -> None:
    """Draw the rule of a frame, which is never filled: it would be taken for the electorate."""
    left, bottom, right, top = box
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    path = Path(corners, [int(Path.MOVETO), *[int(Path.LINETO)] * 3, int(Path.CLOSEPOLY)])
    ax.add_artist(
        PathPatch(
            path,
            facecolor="none",
            edgecolor=look.colours["map-text"],
            linewidth=RULE_PT,
            joinstyle="miter",
        )
    )


def _draw_dots(ax: Axes, frame: Frame, look: Pen) -> None:
    fill, edge = look.colours["map-text"], look.colours["paper"]
    for dot in frame.dots:
        place = (dot.x_mm, dot.y_mm)
        ax.add_artist(Circle(place, dot.radius_mm, facecolor=fill, edgecolor=edge, linewidth=DOT_EDGE_PT))


def _write(ax: Axes, label: Label, look: Pen, *, plated: bool) -> None:
    on_dark = label.on_mark and not plated
    colour = "paper" if on_dark else "map-quiet-text" if label.kind in QUIET else "map-text"
    if plated:
        _draw_plate(ax, label, look)
    for place, line in enumerate(label.lines):
        ax.text(
            label.x_mm,
            label.y_mm - place * label.leading_mm,
            line,
            fontsize=label.size_pt,
            fontweight=label.weight,
            color=look.colours[colour],
            horizontalalignment="center" if label.anchor == "centre" else label.anchor,
            verticalalignment="baseline",
        )


def _draw_plate(ax: Axes, label: Label, look: Pen) -> None:
    """Put paper behind a label, which hatching or a shoreline would make hard to read."""
    left, bottom, right, top = label.box
    size = (right - left + 2 * PLATE_MM, top - bottom + PLATE_MM)
    ax.add_artist(
        Rectangle((left - PLATE_MM, bottom - PLATE_MM / 2), *size, facecolor=look.colours["paper"], gid=BEHIND)
    )
