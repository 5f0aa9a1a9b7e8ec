"""Place the labels of a frame: dots and names of towns, and names of electorates, neighbours and states."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import shapely

from briefpack.geometry import MM_PER_PT
from briefpack.maps.atlas import Area, Atlas
from briefpack.maps.frames import CAP, LEADING, Box, Dot, Label, Point, Ring, away, grown, meet, middle, within
from briefpack.maps.insets import LEAST_LOCATOR_MM, spot
from briefpack.maps.projection import DECIMALS, rings, rounded_point
from briefpack.maps.sheet import ON_MARK_MM, OWN_PT, TOWN_PT, Sheet, label

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


def anchors(atlas: Atlas, towns: Iterable[Town], place: int, most: int) -> list[Town]:
    """Return the towns to name for a large electorate: the capital, its own towns, then others of its state by rank."""
    state = atlas.areas[place].state
    mine = [town for town in towns if town.state.code == state]
    inside = {town for town in mine if shapely.contains_xy(atlas.shapes[place], *spot(town))}
    return sorted(mine, key=lambda town: (town.rank > 1, town not in inside, town.rank))[: most * 3]


DOT_MM, TOWN_GAP_MM = 0.6, 6.0
"""The radius of a capital's dot, and the least distance between two towns of a state."""


def name_towns(
    sheet: Sheet,
    towns: Sequence[Town],
    most: int,
    gap_mm: float = TOWN_GAP_MM,
    dot_mm: float = DOT_MM,
    looks_at: Box | None = None,
    guards: Iterable[Box] = (),
) -> None:
    """Mark and name towns in order while there is room.

    Only a capital may lie on a guarded spot: it is named without its dot, unless the inset's view is large enough to
    show it.
    """
    shown: list[Point] = []
    blocked, guarded = list(sheet.taken), tuple(guards)
    sheet.keep_off(*guarded)
    for town, at in zip(towns, sheet.projection.mm(map(spot, towns)), strict=True):
        radius = dot_mm * (1 if town.rank == 1 else 0.8)
        near = any(math.dist(at, other) < gap_mm for other in shown)
        if len(shown) < most and not near and _name_town(sheet, town, at, radius, looks_at, blocked, guarded):
            shown.append(at)


def _name_town(
    sheet: Sheet,
    town: Town,
    at: Point,
    radius: float,
    looks_at: Box | None,
    blocked: list[Box],
    guarded: Iterable[Box],
) -> bool:
    hidden = looks_at if looks_at and _hidden(at, looks_at) else None
    dot = grown((*at, *at), radius)
    crossed = any(meet(dot, guard) for guard in guarded)
    barred = any(meet(dot, taken) for taken in blocked) if not hidden else False
    if barred or ((hidden or crossed) and town.rank > 1) or not within((*at, *at), grown(sheet.box, -0.8)):
        return False
    on_mark = sheet.on_mark(at)
    found = _beside(sheet, town, at, hidden or dot, on_mark)
    if found is None:
        return False
    sheet.write(found)
    blocked.append(found.box)
    if _wide(hidden) if hidden else not crossed:
        sheet.dots.append(Dot(*rounded_point(at), round(radius, DECIMALS), on_mark))
        sheet.keep_off(grown(dot, 0.3))
        blocked.append(dot)
    return True


def _hidden(spot: Point, looks_at: Box) -> bool:
    """Return whether a town lies within the outline of the inset's view."""
    return within((*spot, *spot), grown(looks_at, -0.7 if _wide(looks_at) else 0.3))


def _wide(looks_at: Box) -> bool:
    """Return whether the outline of the inset's view is large enough to show a dot in it."""
    return min(looks_at[2] - looks_at[0], looks_at[3] - looks_at[1]) > 1.6 * LEAST_LOCATOR_MM


def _beside(sheet: Sheet, town: Town, at: Point, site: Box, on_mark: bool) -> Label | None:
    """Return the best label for a town around its dot; on the electorate only if the town is."""
    shared = town.name == sheet.subject
    size, weight = OWN_PT if shared else TOWN_PT, 600 if shared or town.rank == 1 else 400
    width, kind = sheet.measure(town.name, size, weight), "capital" if town.rank == 1 else "town"
    for gap in (0.6, 1.5, 2.6, 3.8):
        costs: list[tuple[float, Label]] = []
        for order, (anchor, x, y) in enumerate(_around_site(site, gap, CAP * size * MM_PER_PT)):
            found = label(sheet, (town.name,), (x, y), anchor, kind, size, weight, width)
            if found and on_mark >= found.on_mark:
                costs.append((order * 0.4 + sheet.crossed(found.box) + away(found.box, at), found))
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


def write_names(sheet: Sheet, area: Area, towns: Sequence[Town], most: int) -> None:
    """Name an electorate on or beside itself, and its towns; a town of the same name, if it fits, names both."""
    shared = any(town.name == area.name for town in towns)
    sheet.subject = area.name
    named = not shared and _name_on(sheet, area)
    name_towns(sheet, towns, most)
    if not named and not any(map(sheet.names_subject, sheet.labels)) and not (shared and _name_on(sheet, area)):
        _name_beside(sheet)


def _name_on(sheet: Sheet, area: Area) -> bool:
    """Name an electorate on itself, at the size of a town's name if its own size doesn't fit."""
    texts, sizes = broken(area.name), (OWN_PT, TOWN_PT)
    return any(within_shape(sheet, sheet.own, texts, "electorate", size, 600) for size in sizes)


BESIDE_MM, MOST_AWAY_MM, MOST_LAND = 1.0, 3.5, 0.12
"""A name's gap to its shape's box, its greatest distance from the shape, and how much of it may lie on other land."""


def _name_beside(sheet: Sheet) -> None:
    """Name an electorate beside itself, off other land; if there is no room, leave the name to the page."""
    if sheet.bounds is None:
        return
    size, subject = OWN_PT, sheet.subject
    width = sheet.measure(subject, size, 600)
    for anchor, x, y in _around_shape(sheet.bounds, BESIDE_MM, CAP * size * MM_PER_PT):
        found = label(sheet, (subject,), (x, y), anchor, "electorate", size, 600, width)
        if (
            found
            and not found.on_mark
            and sheet.near(found.box) < MOST_AWAY_MM
            and sheet.on_land(found.box) < MOST_LAND
        ):
            sheet.write(found)
            return


def _around_shape(site: Box, gap: float, cap: float) -> tuple[tuple[str, float, float], ...]:
    """Return the positions of a name around a shape: beside it at seven heights, then below and above it."""
    left, bottom, right, top = site
    (x, y), low, high = middle(site), bottom - gap - cap, top + gap
    heights = (y - cap / 2, top - cap, bottom, (y + top - cap) / 2, (y + bottom) / 2, high, low)
    sides = (("left", right + gap), ("right", left - gap))
    return (
        *((anchor, at_x, at_y) for at_y in heights for anchor, at_x in sides),
        ("centre", x, low),
        ("centre", x, high),
    )


def name_neighbours(sheet: Sheet, atlas: Atlas, place: int, edge_mm: float, size_pt: float) -> None:
    """Name the other electorates in a frame on their own ground where the name fits, neighbours at the border first."""
    box, first = grown(sheet.box, -edge_mm), atlas.neighbours[atlas.areas[place].slug]
    others = sheet.land.drawn.keys() - {place}
    for other in sorted(others, key=lambda other: (atlas.areas[other].slug not in first, other)):
        shape = rings(sheet.land.drawn[other], box, LEAST_NAMED_MM)
        within_shape(sheet, shape, broken(atlas.areas[other].name), "neighbour", size_pt, 400)


LEAST_NAMED_MM = 3.0
"""The smallest part of a neighbour that may carry its name."""


def within_shape(
    sheet: Sheet, shape: tuple[Ring, ...], texts: Iterable[tuple[str, ...]], kind: str, size: float, weight: int
) -> bool:
    """Write the first of the texts that fits in a shape, as near to the middle as possible."""
    if not shape:
        return False
    across = [x for ring in shape for x, _ in ring]
    rows, em, room = None, size * MM_PER_PT, ON_MARK_MM if kind == "electorate" else 0.55
    for lines in texts:
        width = max(sheet.measure(line, size, weight) for line in lines)
        if width > max(across) - min(across):
            # Most neighbours are too narrow for their names, and building the rows is slow.
            continue
        rows = rows or Rows(shape)
        tall = ((len(lines) - 1) * LEADING + CAP) * em
        for x, y in rows.places(width + 2 * room, tall + 2 * room):
            at = (x, y - tall / 2 + (len(lines) - 1) * LEADING * em)
            found = label(sheet, lines, at, "centre", kind, size, weight, width)
            if found:
                sheet.write(found)
                return True
    return False
