"""Place the names of neighbours, and the dots and names of capitals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from briefpack.geometry import MM_PER_PT
from briefpack.maps.atlas import Atlas
from briefpack.maps.frames import CAP, LEADING, Box, Dot, Label, Point, Ring, away, grown, meet, middle, within
from briefpack.maps.insets import spot
from briefpack.maps.projection import rings, rounded_point
from briefpack.maps.sheet import Sheet, label

if TYPE_CHECKING:
    from briefpack.electorates import Town


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


LEAST_FIRST = 4
"""The least letters of the first line of a name: "New" or "La" is no line."""


def broken(name: str) -> list[tuple[str, ...]]:
    """Return the ways to break a name into lines."""
    words = name.split(" ")
    return [(name,), tuple(words)] if len(words) > 1 and len(words[0]) >= LEAST_FIRST else [(name,)]


DOT_MM, CAPITAL_GAP_MM, CAPITAL_PT = 0.7, 1.6, 7.5
"""The radius of a capital's dot, the least distance between two capitals, and the size of their names."""


def name_capitals(sheet: Sheet, towns: Sequence[Town]) -> None:
    """Mark and name capitals in order while there is room."""
    shown: list[Point] = []
    for town, at in zip(towns, sheet.projection.mm(map(spot, towns)), strict=True):
        dot = grown((*at, *at), DOT_MM)
        inside = within((*at, *at), grown(sheet.box, -0.8))
        far = all(math.dist(at, other) >= CAPITAL_GAP_MM for other in shown)
        found = (
            _beside(sheet, town, at, dot) if inside and far and not any(meet(dot, box) for box in sheet.taken) else None
        )
        if found:
            sheet.write(found)
            sheet.dots.append(Dot(*rounded_point(at), DOT_MM, on_mark=False))
            sheet.keep_off(grown(dot, 0.3))
            shown.append(at)


def _beside(sheet: Sheet, town: Town, at: Point, site: Box) -> Label | None:
    """Return the best label for a capital around its dot."""
    width = sheet.measure(town.name, CAPITAL_PT, 600)
    for gap in (0.6, 1.5, 2.6, 3.8):
        costs: list[tuple[float, Label]] = []
        for order, (anchor, x, y) in enumerate(_around_site(site, gap, CAP * CAPITAL_PT * MM_PER_PT)):
            found = label(sheet, (town.name,), (x, y), anchor, "capital", CAPITAL_PT, 600, width)
            if found:
                crossed_mm = float(sheet.bordered(np.array([found.box]))[0])
                costs.append((order * 0.4 + crossed_mm + away(found.box, at), found))
        if costs:
            return min(costs, key=lambda pair: pair[0])[1]
    return None


def _around_site(site: Box, gap: float, cap: float) -> tuple[tuple[str, float, float], ...]:
    """Return the positions of a name beside a dot, best first: an anchor and a point on the baseline."""
    left, bottom, right, top = site
    x, y = middle(site)
    return (
        ("left", right + gap, y - cap / 2),
        ("left", right + gap * 0.4, top + gap * 0.3),
        ("left", right + gap * 0.4, bottom - cap - gap * 0.3),
        ("right", left - gap, y - cap / 2),
        ("right", left - gap * 0.4, top + gap * 0.3),
        ("right", left - gap * 0.4, bottom - cap - gap * 0.3),
        ("centre", x, top + gap + 0.2),
        ("centre", x, bottom - gap - cap),
    )


def name_neighbours(sheet: Sheet, atlas: Atlas, place: int, edge_mm: float, size_pt: float) -> None:
    """Name the other electorates in a frame on their own ground where the name fits, neighbours at the border first."""
    box, first = grown(sheet.box, -edge_mm), atlas.neighbours[atlas.areas[place].slug]
    others = sheet.land.drawn.keys() - {place}
    for other in sorted(others, key=lambda other: (atlas.areas[other].slug not in first, other)):
        shape = rings(sheet.land.drawn[other], box, LEAST_NAMED_MM)
        if shape:
            _name_within(sheet, shape, atlas.areas[other].name, size_pt)


LEAST_NAMED_MM, ROOM_MM = 3.0, 0.55
"""The smallest part of a neighbour that may carry its name, and the room around it."""


def _name_within(sheet: Sheet, shape: tuple[Ring, ...], name: str, size_pt: float) -> None:
    """Write a name in a shape, as near to its middle as possible: in one line, else in one for each word."""
    across = [x for ring in shape for x, _ in ring]
    rows, em = None, size_pt * MM_PER_PT
    for lines in broken(name):
        width = max(sheet.measure(line, size_pt, 400) for line in lines)
        if width > max(across) - min(across):
            # Most neighbours are too narrow for their names, and building the rows is slow.
            continue
        rows = rows or Rows(shape)
        tall = ((len(lines) - 1) * LEADING + CAP) * em
        for x, y in rows.places(width + 2 * ROOM_MM, tall + 2 * ROOM_MM):
            at = (x, y - tall / 2 + (len(lines) - 1) * LEADING * em)
            found = label(sheet, lines, at, "centre", "neighbour", size_pt, 400, width)
            if found:
                sheet.write(found)
                return
