"""Show where an electorate lies: on a map of its state, with an inset if it is too small to see there.

Reads `look.map` and no rows. The map is already laid out in millimetres; this file only decides how it looks. Colours:
`map-ground` (land), `map-line` (borders), `map-mark` (the electorate), `map-text` and `map-quiet-text`; labels on the
electorate use `paper`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Circle, PathPatch, Rectangle
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
# A shape smaller than this is unrecognisable, and a box that it hardly fills would look empty.
SPECK_MM, SPECK_MM2 = 1.5, 3.0
LEAST_FILLED = 0.35
MARK_PT = 1.2
MOST_SOLID_MM2 = 400.0
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
        _draw_rule(ax, located.looks_at, look, fill=_unseen(located.frames[0].rings("electorate"), located.looks_at))
    if located.leader:
        _stroke(ax, Path(located.leader), look.colours["map-text"], LEADER_PT)
    for frame in located.frames:
        if frame.role == "inset":
            _draw_rule(ax, frame.box, look)
        _draw_dots(ax, frame, look)
        for label in frame.labels:
            _write(ax, label, look, plated=_hatched(frame, look) if label.on_mark else _outlined(look))


def _draw_land(ax: Axes, frame: Frame, look: Pen) -> None:
    colours, mark = look.colours, frame.rings("electorate")
    shore = colours["map-quiet-text"] if _outlined(look) else "none"
    _fill(ax, frame.rings("ground"), colours["map-ground"], shore)
    for role, width in (("border", BORDER_PT), ("state-border", STATE_BORDER_PT)):
        if frame.rings(role):
            _stroke(ax, _path(frame.rings(role)), colours["map-line"], width)
    if mark and _hatched(frame, look):
        fill = {**look.fill("map-mark"), "linewidth": MARK_PT}
        ax.add_artist(PathPatch(_path(mark, closed=True), joinstyle="round", **fill))
    elif mark:
        _fill(ax, mark, colours["map-mark"], colours["map-line"])


def _outlined(look: Pen) -> bool:
    """Return whether land is the colour of paper, so that only its shore shows it."""
    return look.colours["map-ground"] == look.colours["paper"]


def _hatched(frame: Frame, look: Pen) -> bool:
    """Return whether to hatch a frame's electorate: only if the look says so and it is too large to print solid."""
    return look.hatched("map-mark") and sum(map(_area_mm2, frame.rings("electorate"))) > MOST_SOLID_MM2


def _area_mm2(ring: Ring) -> float:
    """Return the area that a ring encloses, by the shoelace formula."""
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


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


def _unseen(rings: Sequence[Ring], box: Box) -> bool:
    """Return whether a box would look empty around its shape, so that the box itself is filled."""
    size, area = (box[2] - box[0]) * (box[3] - box[1]), sum(map(_area_mm2, rings))
    return _extent(rings) < SPECK_MM or (area < SPECK_MM2 and area < LEAST_FILLED * size)


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
    ax.add_artist(Rectangle((left - PLATE_MM, bottom - PLATE_MM / 2), *size, facecolor=look.colours["paper"]))
