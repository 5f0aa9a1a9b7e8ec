"""Make matplotlib paths of a map's rings, and tell how an electorate is filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.path import Path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefpack.charts.pen import Pen
    from briefpack.maps import Box, Frame, Ring

MOST_SOLID_MM2 = 400.0
"""The largest electorate that prints solid where its colour is hatched."""


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
    """Return the lines of rings without the parts in boxes, such as those of names."""
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
