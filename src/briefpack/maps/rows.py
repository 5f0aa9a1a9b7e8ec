"""Cut a shape into rows, to find where a box fits inside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from briefpack.maps.boxes import Point
from briefpack.maps.frames import Ring


class Rows:
    """The inside of a shape, cut into rows, to find where a box fits."""

    def __init__(self, rings: Sequence[Ring]) -> None:
        heights = [y for ring in rings for _, y in ring]
        bottom, top = min(heights), max(heights)
        self.bottom, self.step = bottom, max((top - bottom) / 60, 0.5)
        count = int((top - bottom) / self.step) + 1
        crossings: list[list[float]] = [[] for _ in range(count)]
        for ring in rings:
            for start, end in pairwise(ring):
                (x, y), (u, v) = sorted((start, end), key=lambda point: point[1])
                first = max(0, math.ceil((y - bottom) / self.step - 0.5))
                last = min(count, math.ceil((v - bottom) / self.step - 0.5))
                for row in range(first, last):
                    crossings[row].append(x + (u - x) * (bottom + (row + 0.5) * self.step - y) / (v - y))
        found = [sorted(row) for row in crossings]
        self.spans = [list(zip(row[::2], row[1::2], strict=False)) for row in found]
        weights = [(b - a, (a + b) / 2, row) for row, spans in enumerate(self.spans) for a, b in spans]
        whole = sum(weight for weight, _, _ in weights) or 1.0
        self.middle = (
            sum(weight * x for weight, x, _ in weights) / whole,
            bottom + (sum(weight * row for weight, _, row in weights) / whole + 0.5) * self.step,
        )

    def places(self, width: float, tall: float) -> list[Point]:
        """Return up to 40 middles of places where a box fits, best first."""
        deep = math.ceil(tall / self.step) + 1
        x, y = self.middle
        found = []
        for row in range(len(self.spans) - deep + 1):
            spans = self.spans[row]
            for other in self.spans[row + 1 : row + deep]:
                spans = [(max(a, c), min(b, d)) for a, b in spans for c, d in other if min(b, d) - max(a, c) >= width]
            up = self.bottom + (row + deep / 2) * self.step
            for a, b in spans:
                if b - a >= width:
                    across = min(max(x, a + width / 2), b - width / 2)
                    even = (across + (a + b) / 2) / 2
                    found += [(math.hypot(even - x, up - y), even, up), (math.hypot(across - x, up - y), across, up)]
        return [(across, up) for _, across, up in sorted(found)[:40]]
