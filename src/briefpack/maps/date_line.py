"""Shift the longitudes of a country on both sides of the date line, so that it stays in one piece."""

from collections.abc import Iterable, Sequence

Box = tuple[float, float, float, float]
Span = tuple[float, float]
"""A western and an eastern longitude."""
HALF, ROUND = 180.0, 360.0


def crosses(focuses: Sequence[Box]) -> bool:
    """Return whether boxes lie on both sides of the date line; a box that crosses it has its west beyond its east."""
    wests, easts = [west for west, *_ in focuses], [east for _, _, east, _ in focuses]
    return any(west > east for west, east in zip(wests, easts, strict=True)) or max(easts) - min(wests) > HALF


def seam(focuses: Iterable[Box], spans: Iterable[Span]) -> float:
    """Return the longitude to count from: the middle of the widest gap between boxes and spans."""
    parts = [*spans]
    for west, _, east, _ in focuses:
        parts += [(west, east)] if west <= east else [(west, HALF), (-HALF, east)]
    parts.sort()
    ends = [parts[0][1]]
    for _, east in parts[1:]:
        ends.append(max(ends[-1], east))
    starts = [west for west, _ in parts[1:]]
    gap, middle = max(
        ((start - end, (start + end) / 2) for end, start in zip(ends, starts, strict=False)), default=(0, 0)
    )
    around = parts[0][0] + ROUND - ends[-1]
    return middle if gap > around else -HALF


def turned(longitude: float, begins: float) -> float:
    """Return a longitude counted from a seam: it exceeds 180 beyond the date line."""
    return longitude + ROUND if longitude < begins else longitude


def turned_box(box: Box, begins: float) -> Box:
    """Return a box counted from a seam, so that its west is less than its east even across the date line."""
    west, south, east, north = box
    return turned(west, begins), south, turned(east, begins), north
