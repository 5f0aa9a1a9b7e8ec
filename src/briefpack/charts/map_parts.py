"""Draw the parts of maps: the paths of their rings, and the key of their classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle
from matplotlib.path import Path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes

    from briefpack.charts.pen import Pen
    from briefpack.maps import Box, Frame, Ring

    Entry = tuple[str, Mapping[str, Any]]


def path(rings: Iterable[Ring], *, closed: bool = False) -> Path:
    """Return the rings as one path."""
    points: list[tuple[float, float]] = []
    codes: list[int] = []
    for ring in rings:
        points += ring
        codes += [int(Path.MOVETO), *[int(Path.LINETO)] * (len(ring) - 1)]
        if closed:
            codes[-1] = int(Path.CLOSEPOLY)
    return Path(points, codes)


def clear_of(rings: Iterable[Ring], boxes: Iterable[Box]) -> list[Ring]:
    """Return rings as lines that leave out the parts inside boxes, such as the boxes of names."""
    import shapely  # noqa: PLC0415 -- only a process that draws maps needs it

    words = shapely.union_all([shapely.box(*box) for box in boxes])
    lines = shapely.difference([shapely.LineString(ring) for ring in rings], words)
    return [tuple(map(tuple, part.coords)) for part in shapely.get_parts(lines) if not part.is_empty]


def area_mm2(ring: Ring) -> float:
    """Return the area that a ring encloses, by the shoelace formula."""
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def is_hatched(frame: Frame, look: Pen) -> bool:
    """Return whether to hatch a frame's electorate: only if the look says so and it is too large to print solid."""
    return look.hatched("map-mark") and sum(map(area_mm2, frame.rings("electorate"))) > MOST_SOLID_MM2


MOST_SOLID_MM2 = 400.0
"""The largest electorate that prints solid where its colour is hatched."""
SWATCH_MM = (5.0, 3.2)
GAP_MM = 1.3
ENTRY_GAP_MM, NARROW_GAP_MM = 3.4, 2.4
LINE_MM = 4.6
EDGE_MM = 0.1


def draw_key(ax: Axes, heading: str, entries: Sequence[Entry], look: Pen) -> float:
    """Draw the name and the style of each class along the foot, under a heading, and return the height.

    Swatches are beside their words or, where the words need a second line, above them, as wide as they are.
    """
    width = ax.get_xlim()[1]
    column, lines = look.column(width, (heading, "heading")), _lines(entries, width, look)
    if len(lines) > 1 and _stacked_mm(entries, look) <= width:
        height = _draw_stacked(ax, entries, look)
    else:
        height = _draw_lines(ax, lines, look)
    column.draw(ax, 0, height + column.height_mm + GAP_MM)
    return float(height + column.height_mm + GAP_MM)


def _lines(entries: Sequence[Entry], width_mm: float, look: Pen) -> list[list[tuple[float, Entry]]]:
    """Return the lines of a key with each entry's left edge, its words beside its swatch."""
    lines: list[list[tuple[float, Entry]]] = [[]]
    x, size = 0.0, look.sizes_pt["chart-label"]
    for entry in entries:
        long = SWATCH_MM[0] + GAP_MM + look.width_mm(entry[0], size)
        if x and x + long > width_mm:
            lines.append([])
            x = 0.0
        lines[-1].append((x, entry))
        x += long + ENTRY_GAP_MM
    return lines


def _draw_lines(ax: Axes, lines: Sequence[Sequence[tuple[float, Entry]]], look: Pen) -> float:
    for place, line in enumerate(lines):
        bottom = (len(lines) - 1 - place) * LINE_MM + 0.3
        for x, (words, style) in line:
            ax.add_artist(Rectangle((x, bottom), *SWATCH_MM, **style))
            look.write(ax, words, x + SWATCH_MM[0] + GAP_MM, bottom + 0.7, "label")
    return len(lines) * LINE_MM


def _stacked_mm(entries: Sequence[Entry], look: Pen) -> float:
    """Return the width of a key on one line with swatches above their words."""
    size = look.sizes_pt["chart-label"]
    return sum(look.width_mm(words, size) for words, _ in entries) + NARROW_GAP_MM * (len(entries) - 1) + 2 * EDGE_MM


def _draw_stacked(ax: Axes, entries: Sequence[Entry], look: Pen) -> float:
    x, size = EDGE_MM, look.sizes_pt["chart-label"]
    for words, style in entries:
        long = look.width_mm(words, size)
        ax.add_artist(Rectangle((x, LINE_MM), long, SWATCH_MM[1], **style))
        look.write(ax, words, x, look.drop_mm(size), "label")
        x += long + NARROW_GAP_MM
    return LINE_MM + SWATCH_MM[1]
