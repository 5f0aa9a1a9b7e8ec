"""Name the rows and the parts of a chart: in a column beside the marks, and in a key above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefpack.charts.pen import Pen

ABOVE_BELOW_MM = 70.0
"""Labels go above the marks of a narrower chart."""
SHARES = (0.2, 0.26, 0.32, 0.38)
SLACK_MM = 0.1


def column_mm(labels: Sequence[str], width_mm: float, look: Pen) -> float:
    """Return the width of a column of labels beside the marks of a chart; 0 if they go above."""
    size = look.sizes_pt["chart-label"]
    longest = max(look.width_mm(label, size, 600) for label in labels) + SLACK_MM
    word = max(look.word_mm(label, size, 600) for label in labels) + SLACK_MM
    if width_mm < ABOVE_BELOW_MM:
        return 0.0
    shares = [share * width_mm for share in SHARES]
    if longest <= shares[-1]:
        return longest
    return next((share for share in shares if word <= share and longest <= 2 * share), 0.0)


def key(widths_mm: Sequence[float], gap_mm: float, room_mm: float) -> list[tuple[float, int]]:
    """Return where each entry of a key starts, and on which line: as many on a line as there is room for."""
    places, x, line = [], 0.0, 0
    for width in widths_mm:
        if x and x + width > room_mm:
            x, line = 0.0, line + 1
        places.append((x, line))
        x += width + gap_mm
    return places
