"""A map of where an electorate lies: its state, and an inset if it is too small to be seen there.

Read from `look.map`: everything. Rows are not read. The map is in millimetres of its sheet already; this file
decides only how it looks. Colours: `map-ground` (land), `map-line` (borders), `map-mark` (the electorate), `map-text`
and `map-quiet-text`; what stands on the electorate has the colour of `paper`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path

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
SPECK_MM = 1.8
QUIET = ("neighbour", "state")


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw each frame of the map, and what joins an inset to its place."""
    _, located = rows, look.map
    if located is None:
        message = "it has no electorate to place on a map"
        raise ValueError(message)
    for frame in located.frames:
        _draw_land(ax, frame, look)
    if located.looks_at:
        fill = _extent(located.frames[0].rings("electorate")) < SPECK_MM
        _draw_rule(ax, located.looks_at, look, fill=fill)
    if located.leader:
        _stroke(ax, Path(located.leader), look.colours["map-text"], LEADER_PT)
    for frame in located.frames:
        if frame.role == "inset":
            _draw_rule(ax, frame.box, look)
        _draw_dots(ax, frame, look)
        for label in frame.labels:
            _write(ax, label, look)


def _draw_land(ax: Axes, frame: Frame, look: Pen) -> None:
    colours, mark = look.colours, frame.rings("electorate")
    _fill(ax, frame.rings("ground"), colours["map-ground"])
    for role, width in (("border", BORDER_PT), ("state-border", STATE_BORDER_PT)):
        if frame.rings(role):
            _stroke(ax, _path(frame.rings(role)), colours["map-line"], width)
    if mark:
        _fill(ax, mark, colours["map-mark"], colours["map-line"])


def _path(rings: Iterable[Ring], *, closed: bool = False) -> Path:
    points: list[tuple[float, float]] = []
    codes: list[int] = []
    for ring in rings:
        points += ring
        codes += [int(Path.MOVETO), *[int(Path.LINETO)] * (len(ring) - 1)]
        if closed:
            codes[-1] = int(Path.CLOSEPOLY)
    return Path(points, codes)


def _fill(ax: Axes, rings: Iterable[Ring], colour: str, edge: str = "none") -> None:
    path = _path(rings, closed=True)
    ax.add_artist(
        PathPatch(
            path, facecolor=colour, edgecolor=edge, linewidth=OUTLINE_PT if edge != "none" else 0, joinstyle="round"
        )
    )


def _stroke(ax: Axes, path: Path, colour: str, width_pt: float) -> None:
    ax.add_artist(PathPatch(path, facecolor="none", edgecolor=colour, linewidth=width_pt, joinstyle="round"))


def _extent(rings: Iterable[Ring]) -> float:
    points = [point for ring in rings for point in ring]
    return max((max(side) - min(side) for side in zip(*points, strict=True)), default=0.0)


def _draw_rule(ax: Axes, box: Box, look: Pen, *, fill: bool = False) -> None:
    left, bottom, right, top = box
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    path = Path(corners, [int(Path.MOVETO), *[int(Path.LINETO)] * 3, int(Path.CLOSEPOLY)])
    ax.add_artist(
        PathPatch(
            path,
            facecolor=look.colours["map-mark"] if fill else "none",
            edgecolor=look.colours["map-text"],
            linewidth=RULE_PT,
            joinstyle="miter",
        )
    )


def _draw_dots(ax: Axes, frame: Frame, look: Pen) -> None:
    fill, edge = look.colours["map-text"], look.colours["map-line"]
    for dot in frame.dots:
        place = (dot.x_mm, dot.y_mm)
        ax.add_artist(Circle(place, dot.radius_mm, facecolor=fill, edgecolor=edge, linewidth=DOT_EDGE_PT))


def _write(ax: Axes, label: Label, look: Pen) -> None:
    colour = "paper" if label.on_mark else "map-quiet-text" if label.kind in QUIET else "map-text"
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
