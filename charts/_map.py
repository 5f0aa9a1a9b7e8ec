"""Show an electorate with its places, among its neighbours: outlined or filled, on paper, or on the field of a cover.

Reads `look.map` and no rows. The map is already laid out in millimetres; this file only decides how it looks. Colours:
on paper, `map-sea` (to the edges of the map, so that land ends there on purpose), `map-ground` (land), `map-line`
(borders), `map-text` and `map-quiet-text`; on the field of a cover, `field`, `field-land`, `field-line`, `field-water`,
`field-text` and `field-quiet-text`. The electorate is `sand` with an outline of `map-mark`, or `map-mark` that deepens
to `map-mark-deep` within it, with a line of `field-text` around it on a cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.colors import to_rgb
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.transforms import Affine2D

from briefpack.charts import BEHIND, map_parts
from briefpack.geometry import MM_PER_PT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Pen
    from briefpack.maps import Bar, Dot, Frame, Label, Ring
    from briefpack.plan import ChartRow

BORDER_PT, STATE_BORDER_PT = 0.6, 1.0
OUTLINE_PT, EDGE_PT, LEADER_PT = 1.1, 0.5, 0.6
WATER_PT, LEAST_WATER_PT = 0.55, 0.25
DOT_EDGE_PT, RING_PT = 0.6, 1.2
BAR_PT, TICK_MM = 0.8, 1.1
BAR_SIZE_PT = 8.5
PLATE_MM = 0.4
HALO_PT = 2.2
MIDDLE_GREY = 1.5


@dataclass(frozen=True)
class Palette:
    """The names of the colours of a map: on paper, or on the field of a cover."""

    paper: str
    land: str
    line: str
    text: str
    quiet: str
    shore: str


PAPER = Palette("paper", "map-ground", "map-line", "map-text", "map-quiet-text", "map-quiet-text")
ON_FIELD = ("cover", "national-cover", "locator")
FRAMED = ("outlined", "filled")
FIELD = Palette("field", "field-land", "field-line", "field-text", "field-quiet-text", "field-water")


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw the electorate, what is around it, and its places."""
    _, shown = rows, look.map
    if shown is None:
        look.refuse_rows("it has no electorate to place on a map")
    palette = FIELD if shown.style in ON_FIELD else PAPER
    for frame in shown.frames:
        if shown.style in FRAMED:
            _draw_sea(ax, frame, look)
        _draw_land(ax, frame, look, palette)
        if shown.style == "outlined":
            _stroke(ax, frame.rings("electorate"), look.colours["map-mark"], OUTLINE_PT, "sand", look)
        else:
            _draw_mark(ax, frame, look, palette)
        hatched = shown.style != "outlined" and map_parts.is_hatched(frame, look)
        for label in [label for label in frame.labels if _needs_ground(label, look, palette, hatched=hatched)]:
            if _is_hatched(look):
                _draw_plate(ax, label, look)
            else:
                _draw_halo(ax, label, look)
        for dot in frame.dots:
            _draw_dot(ax, dot, look, palette, solid=shown.style == "outlined")
        for label in frame.labels:
            _write(ax, label, look, palette, solid=shown.style != "outlined" and not hatched)
        if frame.bar:
            _draw_bar(ax, frame.bar, look)


def _draw_sea(ax: Axes, frame: Frame, look: Pen) -> None:
    """Tint a map to its edges: it is then a picture, whose edges may cut the land."""
    left, bottom, right, top = frame.box
    ax.add_artist(Rectangle((left, bottom), right - left, top - bottom, facecolor=look.colours["map-sea"], gid=BEHIND))


def _draw_land(ax: Axes, frame: Frame, look: Pen, palette: Palette) -> None:
    colours = look.colours
    land = palette.land
    # The nation stands out on the field of a cover, unless the field is as light.
    if look.map and look.map.style == "national-cover" and colours["sand"] != colours[palette.paper]:
        land = "sand"
    bare = colours[land] == colours[palette.paper]
    # Land that a map is about has an outline, unless it is sand: a tint hardly shows.
    about = colours[palette.quiet] if look.map and look.map.style == "national-cover" and land != "sand" else ""
    shore = colours[palette.shore] if bare else "none"
    for nth in range(1, 10):
        if frame.rings(f"water-{nth}"):
            width = max(WATER_PT - 0.05 * nth, LEAST_WATER_PT)
            _trace(ax, frame.rings(f"water-{nth}"), colours["field-water"], width, behind=True)
    _fill(ax, frame.rings("ground"), colours[land], about or shore, behind=land != "sand" and not about)
    if frame.rings("own-state"):
        _fill(ax, frame.rings("own-state"), colours["field-state"], shore, behind=True)
    for role, width in (("border", BORDER_PT), ("state-border", STATE_BORDER_PT)):
        if frame.rings(role):
            _trace(ax, frame.rings(role), colours[palette.shore if bare else palette.line], width, behind=True)


def _draw_mark(ax: Axes, frame: Frame, look: Pen, palette: Palette) -> None:
    """Fill the electorate: deeper away from its outline, or hatched where it is too large to print solid."""
    mark = frame.rings("electorate")
    if not mark:
        return
    if map_parts.is_hatched(frame, look):
        path = map_parts.path(mark, closed=True)
        fill = {**look.fill("map-mark"), "linewidth": OUTLINE_PT}
        ax.add_artist(PathPatch(path, joinstyle="round", **fill))
        return
    on_field = palette is FIELD
    _fill(ax, mark, look.colours["map-mark"], look.colours[palette.paper], behind=on_field)
    if frame.rings("rim-1"):
        _fill(ax, frame.rings("rim-1"), look.colours["map-mark-deep"], behind=True)
    if on_field:
        # A light line sets it apart from land that is nearly as dark; it stops short of names.
        line = map_parts.clear_of(mark, [label.box for label in frame.labels])
        _trace(ax, line, look.colours[palette.text], EDGE_PT)


def _fill(ax: Axes, rings: Iterable[Ring], colour: str, edge: str = "none", *, behind: bool = False) -> None:
    rings = tuple(rings)
    if rings:
        style = {"facecolor": colour, "edgecolor": edge, "linewidth": EDGE_PT if edge != "none" else 0}
        path, gid = map_parts.path(rings, closed=True), BEHIND if behind else None
        ax.add_artist(PathPatch(path, joinstyle="round", gid=gid, **style))


def _trace(ax: Axes, rings: Iterable[Ring], colour: str, width_pt: float, *, behind: bool = False) -> None:
    style = {"facecolor": "none", "edgecolor": colour, "linewidth": width_pt, "gid": BEHIND if behind else None}
    ax.add_artist(PathPatch(map_parts.path(rings), joinstyle="round", **style))


def _stroke(ax: Axes, rings: Iterable[Ring], colour: str, width_pt: float, inside: str, look: Pen) -> None:
    path = map_parts.path(rings, closed=True)
    fill = look.colours[inside]
    ax.add_artist(PathPatch(path, facecolor=fill, edgecolor=colour, linewidth=width_pt, joinstyle="round"))


def _draw_dot(ax: Axes, dot: Dot, look: Pen, palette: Palette, *, solid: bool) -> None:
    """Draw a town's dot, which is solid on an outlined map; an office is a ring."""
    text, paper = look.colours["map-text"], look.colours["paper"]
    place, radius = (dot.x_mm, dot.y_mm), dot.radius_mm
    if dot.kind == "ring":
        mark = look.colours["map-mark"]
        ax.add_artist(
            Circle(place, radius, facecolor=mark, edgecolor=look.colours[palette.text], linewidth=DOT_EDGE_PT)
        )
        ax.add_artist(
            Circle(place, radius * 2, facecolor="none", edgecolor=look.colours[palette.text], linewidth=DOT_EDGE_PT)
        )
        return
    if dot.kind != "office":
        inner = paper if palette is FIELD or not solid else text
        edge = text if palette is FIELD or not solid else paper
        ax.add_artist(Circle(place, radius, facecolor=inner, edgecolor=edge, linewidth=DOT_EDGE_PT))
    else:
        ax.add_artist(Circle(place, radius, facecolor=paper, edgecolor=text, linewidth=RING_PT))
        ax.add_artist(Circle(place, radius * 0.35, facecolor=text, edgecolor="none"))


def _write(ax: Axes, label: Label, look: Pen, palette: Palette, *, solid: bool) -> None:
    colour = palette.quiet if label.kind == "neighbour" else palette.text
    if solid and label.on_mark:
        colour = "paper"
    if label.leader:
        _trace(ax, [label.leader], look.colours[colour], LEADER_PT)
    for place, line in enumerate(label.lines):
        _line(ax, label, line, label.y_mm - place * label.leading_mm, label.size_pt, label.weight, look.colours[colour])
    if label.note:
        # Across an outline, only the colour of the name is strong enough on both of its sides.
        quiet = colour if label.crosses or colour == "paper" else palette.quiet
        _line(
            ax,
            label,
            look.label("office-of-member"),
            label.y_mm - label.below_mm,
            label.note_pt,
            400,
            look.colours[quiet],
        )


def _needs_ground(label: Label, look: Pen, palette: Palette, *, hatched: bool) -> bool:
    """Return whether a name needs light ground behind it: across a line or on hatching, on a map on paper.

    A small electorate is solid where others are hatched, and a name on it is light.
    """
    # On a press two names of one colour differ, so it is judged by its lightness.
    light = sum(to_rgb(look.colours[palette.paper])) > MIDDLE_GREY
    on_lines = _has_dark_lines(look) and not label.on_mark
    return light and (label.crosses or on_lines or (label.on_mark and hatched))


def _has_dark_lines(look: Pen) -> bool:
    """Return whether other electorates are parted by dark lines: land without a tint has them."""
    return look.colours["map-ground"] == look.colours["paper"]


def _is_hatched(look: Pen) -> bool:
    """Return whether the electorate may be hatched: an outlined one is sand."""
    return look.hatched("map-mark") and not (look.map and look.map.style == "outlined")


def _line(ax: Axes, label: Label, text: str, baseline_mm: float, size_pt: float, weight: int, colour: str) -> None:
    ax.text(
        label.x_mm,
        baseline_mm,
        text,
        fontsize=size_pt,
        fontweight=weight,
        fontstyle="italic" if label.kind == "neighbour" else "normal",
        color=colour,
        horizontalalignment="center" if label.anchor == "centre" else label.anchor,
        verticalalignment="baseline",
    )


def _draw_plate(ax: Axes, label: Label, look: Pen) -> None:
    """Draw ground behind a name: hatching would show between its letters."""
    left, bottom, right, top = label.box
    size = (right - left + 2 * PLATE_MM, top - bottom)
    ax.add_artist(Rectangle((left - PLATE_MM, bottom), *size, facecolor=look.colours[_ground(look)], gid=BEHIND))


def _ground(look: Pen) -> str:
    """Return the lightest ground of a map: sand in an outlined electorate, tinted sea around a filled one."""
    return {"outlined": "sand", "filled": "map-sea"}.get(look.map.style if look.map else "", "paper")


def _draw_halo(ax: Axes, label: Label, look: Pen) -> None:
    """Draw the ground that a name is on around its letters, where an outline runs under it."""
    lines = [(line, label.size_pt, label.weight, place * label.leading_mm) for place, line in enumerate(label.lines)]
    if label.note:
        lines.append((look.label("office-of-member"), label.note_pt, 400, label.below_mm))
    colour = look.colours[_ground(look)]
    for text, size_pt, weight, down_mm in lines:
        wide = look.width_mm(text, size_pt, weight)
        left = label.x_mm - wide * {"left": 0.0, "centre": 0.5, "right": 1.0}[label.anchor]
        placed = Affine2D().scale(size_pt * MM_PER_PT).translate(left, label.y_mm - down_mm)
        shape = placed.transform_path(look.outlines(text, weight))
        style = {"facecolor": colour, "edgecolor": colour, "linewidth": HALO_PT, "gid": BEHIND}
        ax.add_artist(PathPatch(shape, joinstyle="round", capstyle="round", **style))


def _draw_bar(ax: Axes, bar: Bar, look: Pen) -> None:
    left, right, low, high = bar.x_mm, bar.x_mm + bar.long_mm, bar.y_mm, bar.y_mm + TICK_MM
    text = look.label("scale-of-map", distance=look.written(bar.km, ""))
    if _has_dark_lines(look):
        size = look.width_mm(text, BAR_SIZE_PT) + 0.8, BAR_SIZE_PT * MM_PER_PT
        ax.add_artist(Rectangle((left, high + 0.1), *size, facecolor=look.colours["paper"], gid=BEHIND))
    _trace(ax, [((left, high), (left, low), (right, low), (right, high))], look.colours["map-text"], BAR_PT)
    ax.text(left + 0.4, high + 0.5, text, fontsize=BAR_SIZE_PT, color=look.colours["map-text"])
