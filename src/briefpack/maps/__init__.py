"""Place an electorate on a map of its state: every shape, dot and label, in millimetres of the box it is drawn in.

    read → Atlas                        every border once, as an arc shared by the areas on both sides
    locate, nation → Map                frames of shapes, dots and labels that don't overlap

The state's frame fills the box. An electorate too small to see there gets a second frame, an inset, where the state
leaves most room. Each frame is a Lambert azimuthal equal-area projection about its own centre. All borders in a frame
are simplified (Visvalingam and Whyatt) to the same tolerance, the finest that shows at its printed size. Both sides
share an arc, so no gap opens between neighbours, or between an electorate and the coast.

A shape's role is `ground` (land), `border` or `state-border` (both open lines), or `electorate`. A label's kind is
`town`, `capital`, `electorate`, `neighbour` or `state`.
"""

from __future__ import annotations

import functools
import heapq
import json
import math
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Any

from briefpack.maps import date_line

Point = tuple[float, float]
Ring = tuple[Point, ...]
Line = tuple[Point, Point]
Box = tuple[float, float, float, float]
"""West, south, east and north in degrees; or left, bottom, right and top in millimetres."""
Measure = Callable[[str, float, int], float]
"""A function that returns the width in millimetres of a text, at a size in points and a weight."""

EARTH_KM = 6371.007
DEGREE_KM = EARTH_KM * math.pi / 180
POINT_MM = 25.4 / 72
# An electorate is large enough to see if it is this far across, in millimetres and as a share of its map.
LEAST_ACROSS_MM, LEAST_ACROSS = 9.0, 0.11
# Points closer together than this are skipped.
STEP_MM = 0.15
LEAST_ISLAND_MM = 0.6
# A press can't print anything thinner than this. An electorate that small is marked with a square.
FLAT_MM = 0.1
LEAST_BORDERED_MM = 2.2
LEAST_LOCATOR_MM = 2.0
EDGE_MM = 0.3
INSET_FILL = 0.78
INSET_ASPECTS = (0.78, 1.0, 1.28)
SMALL_MM = 70.0
DECIMALS = 2


@dataclass(frozen=True)
class Town:
    """A town that may be named on a map; rank 1 is the capital of its state."""

    name: str
    state: str
    longitude: float
    latitude: float
    rank: int


@dataclass(frozen=True)
class Shape:
    """Closed rings to fill or, for the two kinds of border, open lines."""

    role: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Dot:
    """The dot that marks a town; `on_mark` if it lies on the electorate."""

    x_mm: float
    y_mm: float
    radius_mm: float
    on_mark: bool


@dataclass(frozen=True)
class Label:
    """Lines of text on a map.

    `x_mm` and `y_mm` are a point on the first baseline. `anchor` says which part of the text is at that point: left,
    centre or right.
    """

    lines: tuple[str, ...]
    x_mm: float
    y_mm: float
    anchor: str
    kind: str
    size_pt: float
    weight: int
    width_mm: float
    on_mark: bool = False

    @property
    def leading_mm(self) -> float:
        """Return the distance from one baseline to the next."""
        return self.size_pt * POINT_MM * LEADING

    @property
    def box(self) -> Box:
        """Return the box that the label covers."""
        left = self.x_mm - self.width_mm * {"left": 0.0, "centre": 0.5, "right": 1.0}[self.anchor]
        em = self.size_pt * POINT_MM
        bottom = self.y_mm - (len(self.lines) - 1) * self.leading_mm - DROP * em
        return (left, bottom, left + self.width_mm, self.y_mm + RISE * em)


OFF_MARK_MM, ON_MARK_MM = 0.15, 0.8
"""How far a label keeps from the electorate's edge: outside it, and inside it, where the label is white."""
LAND_ROW_MM = 0.8
LEADING, RISE, DROP, CAP = 1.08, 0.72, 0.22, 0.66
"""Shares of the type size: leading, height above the baseline, depth below it, and cap height."""


@dataclass(frozen=True)
class Frame:
    """One view: `state`, `nation` or `inset`. Everything in it is drawn within its box."""

    role: str
    box: Box
    mm_per_km: float
    shapes: tuple[Shape, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]

    def rings(self, role: str) -> tuple[Ring, ...]:
        """Return all rings or lines of one role."""
        return tuple(ring for shape in self.shapes if shape.role == role for ring in shape.rings)


@dataclass(frozen=True)
class Map:
    """A map of one size.

    If it has an inset, `looks_at` outlines the inset's view on the first frame, and `leader` joins the two.
    """

    width_mm: float
    height_mm: float
    frames: tuple[Frame, ...]
    looks_at: Box | None = None
    leader: Line | None = None

    @property
    def points(self) -> int:
        """Return the number of points in all shapes."""
        return sum(len(ring) for frame in self.frames for shape in frame.shapes for ring in shape.rings)


# The atlas


@dataclass(frozen=True, eq=False, slots=True)
class Arc:
    """A border from one junction to the next, with the areas on both sides; None is water.

    `along` alternates longitudes and latitudes: a flat array takes a seventh of the memory of a list of points.
    """

    along: array[float]
    left: int
    right: int | None
    box: Box

    @property
    def points(self) -> list[Point]:
        """Return the points from start to end."""
        turns = iter(self.along)
        return list(zip(turns, turns, strict=True))

    @property
    def ends(self) -> tuple[Point, Point]:
        """Return the first point and the last."""
        return (self.along[0], self.along[1]), (self.along[-2], self.along[-1])


@dataclass(frozen=True, eq=False)
class Area:
    """An electorate. Each ring is a sequence of arcs; `~arc` is an arc walked backwards."""

    slug: str
    name: str
    state: str
    focus: Box
    rings: tuple[tuple[int, ...], ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, eq=False)
class Atlas:
    """All electorates and the arcs that they share.

    `members` lists each state's electorates by their index in `areas`, and `neighbours` the electorates that share a
    border with each. If the electorates lie on both sides of the date line, longitudes are counted from `begins`, and
    go above 180 beyond the date line.
    """

    areas: tuple[Area, ...]
    arcs: tuple[Arc, ...]
    states: Mapping[str, str]
    places: Mapping[str, int]
    members: Mapping[str, frozenset[int]]
    neighbours: Mapping[str, tuple[str, ...]]
    begins: float

    def turned(self, towns: Iterable[Town]) -> list[Town]:
        """Return the towns with their longitudes counted from the same seam as the areas."""
        return [replace(town, longitude=date_line.turned(town.longitude, self.begins)) for town in towns]

    def arc(self, step: int) -> Arc:
        """Return the arc that a step of a ring follows."""
        return self.arcs[max(step, ~step)]

    def seen(self, view: Box) -> frozenset[int]:
        """Return the indexes of the electorates that reach into a view."""
        return frozenset(place for place, area in enumerate(self.areas) if any(_meet(view, box) for box in area.boxes))


def read(boundaries_json: bytes, states: Mapping[str, str]) -> Atlas:
    """Read electorates from GeoJSON whose neighbours share the points of their border; `states` maps codes to names."""
    numbers: dict[Point, int] = {}
    numbered = functools.partial(_numbered, numbers=numbers)
    features = json.loads(boundaries_json, object_hook=numbered)["features"]
    outlines, points = [feature["geometry"] for feature in features], list(numbers)
    begins = _seam([feature["properties"]["focus_bbox"] for feature in features], outlines, points)
    if begins > -date_line.HALF:
        outlines, points = _turned(outlines, points, begins)
    arcs, runs = _arcs(outlines, points)
    found = zip(features, runs, strict=True)
    areas = tuple(_area(feature["properties"], tuple(run), arcs, begins) for feature, run in found)
    atlas = Atlas(
        areas=areas,
        arcs=arcs,
        states=states,
        places={area.slug: place for place, area in enumerate(areas)},
        members=_grouped((area.state, place) for place, area in enumerate(areas)),
        neighbours=_neighbours(areas, arcs),
        begins=begins,
    )
    return _without_seams(atlas) if begins > -date_line.HALF else atlas


def _seam(focuses: Sequence[Box], outlines: Iterable[list[array[int]]], points: Sequence[Point]) -> float:
    if not focuses or not date_line.crosses(focuses):
        return -date_line.HALF
    rings = ([points[number][0] for number in ring] for rings in outlines for ring in rings)
    return date_line.seam(focuses, ((min(ring), max(ring)) for ring in rings))


def _turned(
    outlines: Iterable[list[array[int]]], points: Iterable[Point], begins: float
) -> tuple[list[list[array[int]]], list[Point]]:
    """Count longitudes from a seam, so that shapes cut by the date line share their points on both sides of the cut."""
    numbers: dict[Point, int] = {}
    # Compare points before shifting their longitudes: adding 360 rounds some of them to the same number.
    own = [numbers.setdefault((date_line.HALF if x == -date_line.HALF else x, y), len(numbers)) for x, y in points]
    along = [(date_line.turned(x, begins), y) for x, y in numbers]
    return [[array("l", [own[number] for number in ring]) for ring in rings] for rings in outlines], along


def _without_seams(atlas: Atlas) -> Atlas:
    """Join the parts of each electorate that the date line cuts."""
    outlines = (_outline(atlas, frozenset([place])) for place in range(len(atlas.areas)))
    areas = [
        replace(area, rings=rings, boxes=tuple(_box(atlas, ring) for ring in rings))
        for area, rings in zip(atlas.areas, outlines, strict=True)
    ]
    return replace(atlas, areas=tuple(areas))


def _named(said: Mapping[str, str]) -> str:
    """Return a shape's name with its straight quotes set as apostrophes."""
    return said["name"].replace("'", "’")


def _area(said: Mapping[str, Any], rings: tuple[tuple[int, ...], ...], arcs: Sequence[Arc], begins: float) -> Area:
    boxes = tuple(_around_boxes(arcs[max(step, ~step)].box for step in ring) for ring in rings)
    focus = date_line.turned_box(said["focus_bbox"], begins)
    return Area(said["slug"], _named(said), said["state"], focus, rings, boxes)


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for key, place in pairs:
        found.setdefault(key, set()).add(place)
    return {key: frozenset(places) for key, places in found.items()}


def _numbered(held: dict[str, Any], numbers: dict[Point, int]) -> object:
    """Replace each geometry with rings of point numbers as the JSON is parsed, so only one is ever whole in memory."""
    if held.get("type") not in ("Polygon", "MultiPolygon"):
        return held
    polygons = held["coordinates"] if held["type"] == "MultiPolygon" else [held["coordinates"]]
    rings = []
    for polygon in polygons:
        for place, ring in enumerate(polygon):
            points = [(x, y) for x, y, *_ in ring]
            if (_twice_area(points) > 0) == (place > 0):
                points.reverse()
            own = [numbers.setdefault(point, len(numbers)) for point in points]
            # Some programs repeat a point; a step of no length would count for both sides of a border.
            rings.append(array("l", [own[0], *(number for before, number in pairwise(own) if number != before)]))
    return rings


def _twice_area(points: Sequence[Point]) -> float:
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(points))


def _arcs(outlines: list[list[array[int]]], points: list[Point]) -> tuple[tuple[Arc, ...], list[list[tuple[int, ...]]]]:
    count = len(points)
    parts = [(area, ring) for area, rings in enumerate(outlines) for ring in rings]
    owners = {start * count + end: part for part, (_, ring) in enumerate(parts) for start, end in pairwise(ring)}
    arcs: list[Arc] = []
    known: dict[int, int] = {}
    runs: list[list[tuple[int, ...]]] = [[] for _ in outlines]
    for area, ring in parts:
        run = []
        for piece, other in _pieces(ring, owners, count):
            first, last = piece[0] * count + piece[1], piece[-1] * count + piece[-2]
            if last in known:
                run.append(~known[last])
                continue
            known[first] = len(arcs)
            run.append(len(arcs))
            path = [points[number] for number in piece]
            right = None if other is None else parts[other][0]
            arcs.append(Arc(array("d", chain.from_iterable(path)), area, right, _around(path)))
        runs[area].append(tuple(run))
    return tuple(arcs), runs


def _pieces(ring: array[int], owners: Mapping[int, int], count: int) -> Iterator[tuple[array[int], int | None]]:
    """Split a ring wherever the ring on its other side changes, so that both sides split a border at the same points.

    Rings are compared, not electorates: where two parts of one electorate touch, its neighbour has to be split too.
    """
    others = [owners.get(end * count + start) for start, end in pairwise(ring)]
    breaks = [place for place, other in enumerate(others) if other != others[place - 1]]
    start = breaks[0] if breaks else ring.index(min(ring[:-1]))
    turned = ring[start:-1] + ring[: start + 1]
    sides = others[start:] + others[:start]
    ends = [place - start for place in breaks] or [0]
    for first, last in pairwise([*ends, len(sides)]):
        yield turned[first : last + 1], sides[first]


def _neighbours(areas: Sequence[Area], arcs: Iterable[Arc]) -> Mapping[str, tuple[str, ...]]:
    found: dict[int, set[int]] = {place: set() for place in range(len(areas))}
    for arc in arcs:
        if arc.right not in {None, arc.left}:
            found[arc.left].add(arc.right)
            found[arc.right].add(arc.left)
    return {areas[place].slug: tuple(areas[near].slug for near in sorted(known)) for place, known in found.items()}


def _around(points: Iterable[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def _around_boxes(boxes: Iterable[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return (min(lefts), min(bottoms), max(rights), max(tops))


def _meet(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


def _within(inner: Box, outer: Box) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _past(box: Box, view: Box) -> bool:
    """Return whether a box is entirely beyond one side of a view."""
    return box[2] < view[0] or box[0] > view[2] or box[3] < view[1] or box[1] > view[3]


def _nearest(box: Box, point: Point) -> Point:
    """Return the point of a box that is nearest to a point."""
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def _off(box: Box, point: Point) -> float:
    """Return the distance from a point to a box."""
    return math.dist(point, _nearest(box, point))


def _grown(box: Box, by: float) -> Box:
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def _middle(box: Box) -> Point:
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


@functools.lru_cache(maxsize=16)
def _focus(atlas: Atlas, members: frozenset[int]) -> Box:
    """Return the box around the focus boxes of some electorates."""
    return _around_boxes(atlas.areas[member].focus for member in members)


@functools.lru_cache(maxsize=64)
def _outline(atlas: Atlas, members: frozenset[int]) -> tuple[tuple[int, ...], ...]:
    """Return the outer rings of several electorates merged into one."""
    onward: dict[Point, list[int]] = {}
    for member in sorted(members):
        for ring in atlas.areas[member].rings:
            for step in ring:
                if _beyond(atlas, step) not in members:
                    onward.setdefault(_ends(atlas, step)[0], []).append(step)
    rings = []
    while onward:
        start = here = next(iter(onward))
        walked: list[int] = []
        while not walked or here != start:
            steps = onward[here]
            walked.append(steps.pop())
            if not steps:
                del onward[here]
            here = _ends(atlas, walked[-1])[1]
        rings.append(tuple(walked))
    return tuple(rings)


def _beyond(atlas: Atlas, step: int) -> int | None:
    return atlas.arc(step).right if step >= 0 else atlas.arc(step).left


def _numbers(rings: Iterable[Iterable[int]]) -> set[int]:
    """Return the arcs that rings use."""
    return {max(step, ~step) for ring in rings for step in ring}


def _ends(atlas: Atlas, step: int) -> tuple[Point, Point]:
    first, last = atlas.arc(step).ends
    return (first, last) if step >= 0 else (last, first)


def _kept(atlas: Atlas, rings: Iterable[tuple[int, ...]], focus: Box) -> tuple[tuple[int, ...], ...]:
    """Return the rings that reach into a focus box: a distant island would shrink everything else.

    The box of an arc may just touch the focus, as it does where the focus fits the ring exactly. The box of the whole
    ring has to overlap it.
    """
    return tuple(
        ring
        for ring in rings
        if _meet(_box(atlas, ring), focus) and not all(_past(atlas.arc(step).box, focus) for step in ring)
    )


def _walk(points: Sequence[Point], step: int) -> Sequence[Point]:
    """Return an arc's points in the direction of a step, without the last one, which begins the next step."""
    return points[:-1] if step >= 0 else points[:0:-1]


def _holds(atlas: Atlas, place: int, point: Point) -> bool:
    rings = atlas.areas[place].rings
    walked = [[p for step in ring for p in _walk(atlas.arc(step).points, step)] for ring in rings]
    return _inside(walked, point)


def _inside(rings: Iterable[Sequence[Point]], point: Point) -> bool:
    x, y = point
    crossings = 0
    for ring in rings:
        u, v = ring[-1]
        for a, b in ring:
            if (b > y) != (v > y) and x < (u - a) * (y - b) / (v - b) + a:
                crossings += 1
            u, v = a, b
    return crossings % 2 == 1


# Projection and simplification


@dataclass(frozen=True)
class Projection:
    """Lambert's azimuthal equal-area projection about a centre, which falls on a given point of the box."""

    longitude: float
    latitude: float
    mm_per_km: float
    x_mm: float = 0.0
    y_mm: float = 0.0

    def mm(self, points: Iterable[Point]) -> list[Point]:
        """Project longitudes and latitudes."""
        sin, cos, radians = math.sin, math.cos, math.pi / 180
        sin0, cos0 = sin(self.latitude * radians), cos(self.latitude * radians)
        radius, x0, y0, longitude = EARTH_KM * self.mm_per_km, self.x_mm, self.y_mm, self.longitude
        projected = []
        for x, y in points:
            east, sin_y, cos_y = (x - longitude) * radians, sin(y * radians), cos(y * radians)
            toward = cos_y * cos(east)
            scale = radius * math.sqrt(2 / (1 + sin0 * sin_y + cos0 * toward))
            projected.append((x0 + scale * cos_y * sin(east), y0 + scale * (cos0 * sin_y - sin0 * toward)))
        return projected

    def step(self, mm: float) -> Point:
        """Convert a length to degrees of longitude and of latitude, near the centre."""
        degrees = mm / self.mm_per_km / DEGREE_KM
        return degrees / math.cos(math.radians(self.latitude)), degrees

    def view(self, box: Box) -> Box:
        """Return the longitudes and latitudes that cover a box in millimetres, with a small margin."""
        across = max(box[2] - self.x_mm, self.x_mm - box[0]) * 1.1
        up = max(box[3] - self.y_mm, self.y_mm - box[1]) * 1.1
        east, north = self.step(across)[0] * 1.1, self.step(up)[1]
        return (self.longitude - east, self.latitude - north, self.longitude + east, self.latitude + north)


def _apart(points: Sequence[Point], step: Point) -> list[Point]:
    """Return both ends, and the points between them that are at least a step from the last one kept."""
    step_x, step_y = step
    kept = [points[0]]
    u, v = points[0]
    for x, y in points[1:-1]:
        if -step_x < x - u < step_x and -step_y < y - v < step_y:
            continue
        u, v = x, y
        kept.append((x, y))
    kept.append(points[-1])
    return kept


def _thinned(arc: Arc, step: Point, view: Box) -> list[Point]:
    """Return an arc's points at least a step apart, without those beyond the view."""
    points = _apart(arc.points, step)
    if _within(arc.box, view):
        return points
    if _past(arc.box, view):
        return [points[0], *points[1:][-2:]]
    kept, codes = [points[0]], [_code(points[0], view)]
    for point in points[1:-1]:
        code = _code(point, view)
        if code and len(kept) > 1 and code & codes[-1] & codes[-2]:
            kept[-1], codes[-1] = point, code
        else:
            kept.append(point)
            codes.append(code)
    return [*kept, points[-1]]


def _code(point: Point, box: Box) -> int:
    x, y = point
    return (x < box[0]) | (x > box[2]) << 1 | (y < box[1]) << 2 | (y > box[3]) << 3


def _bends(points: Sequence[Point]) -> list[float]:
    """Return how much each point bends a line: the area of its triangle, smallest first (Visvalingam and Whyatt)."""
    bends = [math.inf, *map(_triangle, points, points[1:], points[2:]), math.inf]
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))
    queue = [(bend, place) for place, bend in enumerate(bends[1:-1], 1)]
    heapq.heapify(queue)
    least = 0.0
    while queue:
        bend, place = heapq.heappop(queue)
        left, right = before[place], after[place]
        if bend != bends[place] or not right:
            # This entry is stale: the point was measured again, or removed.
            continue
        bends[place] = least = max(least, bend)
        after[left], before[right], after[place] = right, left, 0
        for side in (left, right):
            if bends[side] < math.inf:
                bends[side] = _triangle(points[before[side]], points[side], points[after[side]])
                heapq.heappush(queue, (bends[side], side))
    return bends


def _triangle(first: Point, second: Point, third: Point) -> float:
    (a, b), (x, y), (u, v) = first, second, third
    return abs((x - a) * (v - b) - (u - a) * (y - b)) / 2


LEAST_BEND_MM2 = 0.15
"""The triangle that a point must add to a line to be visible."""
POINTS, POINTS_A_MM = 100, 1.5
"""How many such points a frame has room for: a fixed number, and more for each millimetre of width and height."""
Drawn = Mapping[int, list[Point]]
"""Arcs as drawn, by their number."""


def _draw(atlas: Atlas, arcs: Collection[int], projection: Projection, box: Box) -> Drawn:
    """Project arcs and simplify them all to one tolerance: as much detail as is visible and as the frame can hold."""
    step, view = projection.step(STEP_MM), projection.view(box)
    paths = {arc: projection.mm(_thinned(atlas.arcs[arc], step, view)) for arc in sorted(arcs)}
    bends = {arc: _bends(path) for arc, path in paths.items()}
    most = POINTS + int(POINTS_A_MM * (box[2] - box[0] + box[3] - box[1]))
    large = sorted((bend for found in bends.values() for bend in found[1:-1]), reverse=True)
    least = max([LEAST_BEND_MM2, *large[most : most + 1]])
    return {
        arc: [point for point, bend in zip(path, bends[arc], strict=True) if bend > least]
        for arc, path in paths.items()
    }


def _ring(drawn: Drawn, ring: Iterable[int]) -> list[Point]:
    return [point for step in ring for point in _walk(drawn[max(step, ~step)], step)]


def _rings(drawn: Drawn, rings: Iterable[tuple[int, ...]], box: Box, least_mm: float) -> tuple[Ring, ...]:
    """Return rings as drawn, clipped to a box, without islands and slivers too small to print."""
    found = []
    for ring in rings:
        points = _clipped(_ring(drawn, ring), box)
        if len(points) > 2:
            left, bottom, right, top = _around(points)
            if max(right - left, top - bottom) >= least_mm and min(right - left, top - bottom) >= FLAT_MM:
                found.append(_rounded([*points, points[0]]))
    return tuple(ring for ring in found if len(ring) > 3)


def _rounded(points: Iterable[Point]) -> Ring:
    near = [(round(x, DECIMALS) + 0.0, round(y, DECIMALS) + 0.0) for x, y in points]
    return tuple(point for place, point in enumerate(near) if place == 0 or point != near[place - 1])


def _clipped(points: list[Point], box: Box) -> list[Point]:
    """Clip a ring to a box (Sutherland and Hodgman)."""
    for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        if all((point[axis] - limit) * sign >= 0 for point in points):
            continue
        inside: list[Point] = []
        for place, end in enumerate(points):
            start = points[place - 1]
            begins, ends = (start[axis] - limit) * sign, (end[axis] - limit) * sign
            if (begins >= 0) != (ends >= 0):
                part = begins / (begins - ends)
                inside.append((start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])))
            if ends >= 0:
                inside.append(end)
        points = inside
    return points


def _lines(paths: Iterable[Sequence[Point]], box: Box) -> tuple[Ring, ...]:
    found: list[list[Point]] = []
    for path in paths:
        joined = False
        for start, end in pairwise(path):
            piece = _segment(start, end, box)
            if piece is None:
                joined = False
                continue
            if joined:
                found[-1].append(piece[1])
            else:
                found.append(list(piece))
            joined = piece[1] == end
    rounded = (_rounded(line) for line in found)
    return tuple(line for line in rounded if len(line) > 1)


def _segment(start: Point, end: Point, box: Box) -> Line | None:
    """Clip a line to a box (Liang and Barsky)."""
    from_code, to_code = _code(start, box), _code(end, box)
    if not from_code | to_code:
        return start, end
    if from_code & to_code:
        return None
    enters, leaves = 0.0, 1.0
    for axis in (0, 1):
        along = end[axis] - start[axis]
        for distance, toward in ((box[axis] - start[axis], along), (start[axis] - box[axis + 2], -along)):
            if toward == 0 and distance > 0:
                return None
            if toward > 0:
                enters = max(enters, distance / toward)
            elif toward < 0:
                leaves = min(leaves, distance / toward)
    if enters >= leaves:
        return None
    along, up = end[0] - start[0], end[1] - start[1]
    first = (start[0] + enters * along, start[1] + enters * up) if enters > 0 else start
    return first, (start[0] + leaves * along, start[1] + leaves * up) if leaves < 1 else end


# Layout: a state, and an inset where there is most room


@dataclass(frozen=True, eq=False)
class Silhouette:
    """A state in kilometres about its own centre: points all along its edge, from west to east, and their box."""

    centre: Point
    points: tuple[Point, ...]
    box: Box

    def placed(self, mm_per_km: float, left_mm: float, bottom_mm: float) -> Projection:
        """Return the projection that puts the lower left corner at a point of the box."""
        x, y = left_mm - self.box[0] * mm_per_km, bottom_mm - self.box[1] * mm_per_km
        return Projection(*self.centre, mm_per_km, x, y)


@dataclass(frozen=True)
class Plan:
    """The position of a state and its inset, if any; a higher score is better."""

    projection: Projection
    inset: Box | None
    score: float = 0.0


@functools.lru_cache(maxsize=64)
def _silhouette(atlas: Atlas, members: frozenset[int]) -> Silhouette:
    focus = _focus(atlas, members)
    centre = _middle(focus)
    whole = Projection(*centre, 1.0)
    size_km = max(focus[2] - focus[0], focus[3] - focus[1]) * DEGREE_KM
    step = whole.step(size_km / 70)
    points: list[Point] = []
    for ring in _kept(atlas, _outline(atlas, members), focus):
        paths = (_apart(atlas.arc(arc).points, step) for arc in ring)
        edge = whole.mm(point for path, arc in zip(paths, ring, strict=True) for point in _walk(path, arc))
        for (x, y), (u, v) in pairwise([*edge, edge[0]]):
            parts = math.ceil(math.hypot(u - x, v - y) / size_km * 40) or 1
            points += [(x + (u - x) * part / parts, y + (v - y) * part / parts) for part in range(parts)]
    return Silhouette(centre, tuple(sorted(points)), _around(points))


def _plan(atlas: Atlas, towns: Iterable[Town], place: int, width_mm: float, height_mm: float) -> Plan:
    """Return the best plan for an electorate: the state alone if that shows it, otherwise with the best inset."""
    members = atlas.members[atlas.areas[place].state]
    alone = _alone(_silhouette(atlas, members), width_mm, height_mm)
    left, bottom, right, top = _extent(atlas, place, alone.projection)
    least = max(LEAST_ACROSS_MM, LEAST_ACROSS * math.sqrt(width_mm * height_mm))
    if math.sqrt((right - left) * (top - bottom)) >= least:
        return alone
    shape = (right - left) / (top - bottom)
    aspect = min(INSET_ASPECTS, key=lambda known: abs(math.log(known / shape)))
    plans = _with_insets(atlas, members, width_mm, height_mm, aspect)
    if not plans:
        # The box is too small for two views.
        return alone
    state, focus = atlas.areas[place].state, _middle(atlas.areas[place].focus)
    capital = next((_spot(town) for town in towns if town.state == state and town.rank == 1), focus)
    silhouette = _silhouette(atlas, members)
    spots = Projection(*silhouette.centre, 1.0).mm([focus, capital])
    weight = PANEL_LEADER if min(width_mm, height_mm) < SMALL_MM else LEADER
    return max(plans, key=lambda plan: plan.score - _cost(plan, spots, weight / (width_mm + height_mm)))


def _away(point: Point, line: Line) -> float:
    """Return the distance from a point to a line segment."""
    (a, b), ((x, y), (u, v)) = point, line
    across, up = u - x, v - y
    long = across * across + up * up
    part = min(max(((a - x) * across + (b - y) * up) / long, 0.0), 1.0) if long else 0.0
    return math.hypot(x + part * across - a, y + part * up - b)


def _extent(atlas: Atlas, place: int, projection: Projection) -> Box:
    """Return the box of an electorate's parts in its focus, in millimetres."""
    area = atlas.areas[place]
    arcs = [atlas.arc(step).points for ring in _kept(atlas, area.rings, area.focus) for step in ring]
    coarse = projection.step(LEAST_ACROSS_MM / 20)
    box = _around(projection.mm(point for points in arcs for point in _apart(points, coarse)))
    if box[0] < box[2] and box[1] < box[3]:
        return box
    # The electorate is smaller than the step between points, so measure every point.
    return _around(projection.mm(point for points in arcs for point in points))


def _alone(state: Silhouette, width_mm: float, height_mm: float) -> Plan:
    scale = _scale(state, width_mm, height_mm)
    left, bottom, right, top = (edge * scale for edge in state.box)
    spare_x, spare_y = width_mm - (right - left), height_mm - (top - bottom)
    return Plan(state.placed(scale, spare_x / 2, spare_y / 2), None)


def _scale(state: Silhouette, width_mm: float, height_mm: float) -> float:
    left, bottom, right, top = state.box
    return min((width_mm - 2 * EDGE_MM) / (right - left), (height_mm - 2 * EDGE_MM) / (top - bottom))


@functools.lru_cache(maxsize=64)
def _with_insets(
    atlas: Atlas, members: frozenset[int], width_mm: float, height_mm: float, aspect: float
) -> tuple[Plan, ...]:
    """Return every plan with an inset: the state at full size down to half of it, against each edge of the box."""
    state = _silhouette(atlas, members)
    plans: list[Plan] = []
    for twentieths in range(20, 9, -1):
        scale = _scale(state, width_mm, height_mm) * twentieths / 20
        spare_x = width_mm - (state.box[2] - state.box[0]) * scale
        spare_y = height_mm - (state.box[3] - state.box[1]) * scale
        for at_right in (False, True):
            for share in (0.0, 0.5, 1.0):
                left = spare_x - EDGE_MM if at_right else EDGE_MM
                projection = state.placed(scale, left, EDGE_MM + share * (spare_y - 2 * EDGE_MM))
                plans += _insets(state, projection, (width_mm, height_mm), aspect, at_right, twentieths / 20)
    return tuple(plans)


def _insets(
    state: Silhouette, projection: Projection, size: Point, aspect: float, at_right: bool, part: float
) -> Iterator[Plan]:
    """Yield the largest inset in each corner, and at the middle of the side that the state leaves free."""
    width, height = size
    gap = 1.0 + 0.015 * (width + height) / 2
    scale, x, y = projection.mm_per_km, projection.x_mm, projection.y_mm
    nearest = state.points if at_right else state.points[::-1]

    def away() -> Iterator[Point]:
        return ((x + a * scale if at_right else width - x - a * scale, y + b * scale) for a, b in nearest)

    limit = 1.08 * WANTED_INSET * math.sqrt(width * height / aspect)
    for middle, to_edge in (
        (height, ((a, height - b) for a, b in away())),
        (0.0, away()),
        (height / 2, ((a, 2 * abs(b - height / 2)) for a, b in away())),
    ):
        tall = min(limit, _room(to_edge, aspect) - gap)
        wide = tall * aspect
        if tall < 2 * LEAST_ACROSS_MM / 1.5:
            continue
        bottom = min(max(middle - tall / 2, EDGE_MM), height - EDGE_MM - tall)
        left = EDGE_MM if at_right else width - EDGE_MM - wide
        share = min(1.0, math.sqrt(tall * wide / (width * height)) / WANTED_INSET)
        yield Plan(projection, (left, bottom, left + wide, bottom + tall), math.log(part) + math.log(share))


def _room(to_edge: Iterable[Point], aspect: float) -> float:
    """Return the height of the largest empty box in a corner; points must come in order of distance across."""
    room = math.inf
    for across, up in to_edge:
        if across / aspect >= room:
            break
        room = min(room, max(across / aspect, up))
    return room


WANTED_INSET = 0.48
"""The square root of the share of the map's area that an inset should take."""
LEADER, PANEL_LEADER = 1.6, 1.3
"""The cost of a leader as long as the box's width and height together; less on a panel, where the state is small."""
GUARD_MM = 0.8
DOT_CLEAR_MM, DOT_COST = 1.5, 0.08
"""The distance a leader keeps from a capital (the dot's radius plus 0.8 mm), and the cost of running closer."""


def _cost(plan: Plan, spots_km: Iterable[Point], cost_a_mm: float) -> float:
    """Return the cost of a plan: the length of its leader, and anything that crowds the capital or crosses its dot."""
    scale, x_mm, y_mm = plan.projection.mm_per_km, plan.projection.x_mm, plan.projection.y_mm
    spot, capital = ((x_mm + scale * east, y_mm + scale * north) for east, north in spots_km)
    inset = plan.inset or (*spot, *spot)
    end = _nearest(inset, spot)
    met = math.dist(capital, spot) > LEAST_LOCATOR_MM and _away(capital, (spot, end)) < DOT_CLEAR_MM
    return cost_a_mm * math.dist(spot, end) + 0.4 * (_off(inset, capital) < 2.5) + DOT_COST * met


@dataclass(frozen=True, eq=False)
class Base:
    """The land and borders that are the same on the maps of all electorates of a state."""

    drawn: Drawn
    grounds: tuple[tuple[str, tuple[Ring, ...]], ...]
    borders: tuple[Ring, ...]
    state_borders: tuple[Ring, ...]

    def shapes(self, own: tuple[Ring, ...]) -> tuple[Shape, ...]:
        """Return the shapes of a frame, from bottom to top."""
        shapes = (
            *(Shape("ground", rings) for _, rings in self.grounds),
            Shape("border", self.borders),
            Shape("state-border", self.state_borders),
            Shape("electorate", own),
        )
        return tuple(shape for shape in shapes if shape.rings)


# Labels


@dataclass(frozen=True)
class Lettering:
    """Type sizes in points, how many towns to name, and the least distances in millimetres.

    `gap_mm` is between two towns, `apart_mm` between a town's name and the electorate's.
    """

    town_pt: float
    near_pt: float
    own_pt: float
    towns: int
    gap_mm: float
    apart_mm: float


PANEL = Lettering(7.0, 0.0, 7.5, 2, 6.0, 2.0)
SHEET = Lettering(7.5, 7.0, 9.0, 6, 12.0, 3.0)


def estimate(text: str, size_pt: float, weight: int) -> float:
    """Estimate the width of a text without a font; the result is seldom too small."""
    ems = sum(0.9 if letter in "mwMW" else 0.66 if letter.isupper() else 0.56 for letter in text)
    return ems * size_pt * POINT_MM * (1.0 if weight < 600 else 1.06)


class Sheet:
    """A frame while its labels are being placed: the obstacles, and the room already taken."""

    def __init__(
        self,
        box: Box,
        projection: Projection,
        letters: Lettering,
        measure: Measure,
        base: Base,
        own: tuple[Ring, ...] = (),
    ) -> None:
        self.box, self.projection, self.letters, self.measure = box, projection, letters, measure
        self.base, self.own, self.subject = base, own, ""
        self.lines = tuple(point for line in (*base.borders, *base.state_borders) for point in line)
        self.sides = tuple(side for ring in own for side in pairwise(ring))
        self.bounds = _around(point for ring in own for point in ring) if own else None
        self.taken: list[Box] = []
        self.dots: list[Dot] = []
        self.labels: list[Label] = []

    @functools.cached_property
    def land(self) -> Rows:
        """Return all land, in rows fine enough for a line of text."""
        return Rows(tuple(ring for _, rings in self.base.grounds for ring in rings), LAND_ROW_MM)

    def keep_off(self, *boxes: Box) -> None:
        """Keep labels off these boxes."""
        self.taken += boxes

    def free(self, box: Box) -> bool:
        """Return whether a box is within the frame and clear of everything placed so far."""
        return _within(box, _grown(self.box, -0.2)) and not any(_meet(box, taken) for taken in self.taken)

    def apart(self, label: Label) -> bool:
        """Return whether a label is far enough from the others that the electorate's name isn't read with a town's."""
        near, named = _grown(label.box, self.letters.apart_mm), self.names_subject(label)
        others = (other for other in self.labels if self.names_subject(other) != named)
        towns = ("town", "capital")
        return not any(_meet(near, other.box) for other in others if (other if named else label).kind in towns)

    def names_subject(self, label: Label) -> bool:
        """Return whether a label is the electorate's name, or a town's name that doubles as it."""
        return label.kind == "electorate" or label.lines == (self.subject,)

    def ground(self, box: Box) -> str:
        """Return where a box lies: `mark` (on the electorate), `off` (clear of it) or `both`."""
        if self.bounds is None or not _meet(box, self.bounds):
            return "off"
        if any(_crosses(side, box) for side in self.sides):
            return "both"
        return "mark" if _inside(self.own, _middle(box)) else "off"

    def write(self, label: Label) -> None:
        """Add a label and reserve the room that it needs."""
        self.labels.append(label)
        self.keep_off(_grown(label.box, 1.2 if label.kind == "electorate" else 0.35))


def _crosses(side: Line, box: Box) -> bool:
    (_, y), (_, v) = side
    if (y > box[3] and v > box[3]) or (y < box[1] and v < box[1]):
        return False
    piece = _segment(*side, box)
    return piece is not None and len(_rounded(piece)) > 1


def _frame(role: str, sheet: Sheet) -> Frame:
    left, bottom, right, top = (round(side, DECIMALS) for side in sheet.box)
    shapes, scale = sheet.base.shapes(sheet.own), sheet.projection.mm_per_km
    return Frame(role, (left, bottom, right, top), scale, shapes, tuple(sheet.dots), tuple(sheet.labels))


def _broken(name: str) -> list[tuple[str, ...]]:
    words = name.split(" ")
    return [(name,), tuple(words)] if len(words) > 1 else [(name,)]


def _anchors(atlas: Atlas, towns: Iterable[Town], place: int, most: int) -> list[Town]:
    """Return the towns to name for a large electorate: the capital, its own towns, then others of its state by rank."""
    state = atlas.areas[place].state
    mine = [town for town in towns if town.state == state]
    inside = {town for town in mine if _holds(atlas, place, _spot(town))}
    return sorted(mine, key=lambda town: (town.rank > 1, town not in inside, town.rank))[: most * 3]


def _towns(
    sheet: Sheet, towns: Sequence[Town], most: int, looks_at: Box | None = None, guards: Iterable[Box] = ()
) -> None:
    """Mark and name towns in order while there is room.

    Only a capital may lie on a guarded spot: it is named without its dot, unless the inset's view is large enough to
    show it.
    """
    shown: list[Point] = []
    blocked, guarded = list(sheet.taken), tuple(guards)
    sheet.keep_off(*guarded)
    for town, spot in zip(towns, sheet.projection.mm(map(_spot, towns)), strict=True):
        if len(shown) >= most:
            return
        capital, hidden = town.rank == 1, looks_at is not None and _hidden(spot, looks_at)
        radius = (0.6 if sheet.letters is PANEL else 0.7) * (1 if capital else 0.8)
        dot = _grown((*spot, *spot), radius)
        crossed = any(_meet(dot, guard) for guard in guarded)
        barred = not hidden and any(_meet(dot, taken) for taken in blocked)
        if barred or ((hidden or crossed) and not capital) or not _within((*spot, *spot), _grown(sheet.box, -0.8)):
            continue
        if any(math.dist(spot, other) < sheet.letters.gap_mm for other in shown):
            continue
        on_mark = _inside(sheet.own, spot)
        label = _beside(sheet, town, spot, looks_at if hidden and looks_at else dot, on_mark)
        if label is None:
            continue
        shown.append(spot)
        sheet.write(label)
        blocked.append(label.box)
        if _wide(looks_at) if hidden else not crossed:
            sheet.dots.append(Dot(*_rounded([spot])[0], round(radius, DECIMALS), on_mark))
            sheet.keep_off(_grown(dot, 0.3))
            blocked.append(dot)


def _hidden(spot: Point, looks_at: Box) -> bool:
    """Return whether a town lies within the outline of the inset's view."""
    return _within((*spot, *spot), _grown(looks_at, -0.7 if _wide(looks_at) else 0.3))


def _wide(looks_at: Box | None) -> bool:
    """Return whether the outline of the inset's view is large enough to show a dot in it."""
    return looks_at is not None and min(looks_at[2] - looks_at[0], looks_at[3] - looks_at[1]) > 1.6 * LEAST_LOCATOR_MM


def _beside(sheet: Sheet, town: Town, spot: Point, site: Box, on_mark: bool) -> Label | None:
    """Return the best label for a town around its dot; on the electorate only if the town is."""
    shared = town.name == sheet.subject
    size, weight = sheet.letters.own_pt if shared else sheet.letters.town_pt, 600 if shared or town.rank == 1 else 400
    width, kind = sheet.measure(town.name, size, weight), "capital" if town.rank == 1 else "town"
    for gap in (0.6, 1.5, 2.6, 3.8):
        best: tuple[float, Label] | None = None
        for order, (anchor, x, y) in enumerate(_around_site(site, gap, CAP * size * POINT_MM)):
            label = _label(sheet, (town.name,), (x, y), anchor, kind, size, weight, width)
            if label is None or (label.on_mark and not on_mark):
                continue
            west, south, east, north = label.box
            crossed = sum(1 for a, b in sheet.lines if west < a < east and south < b < north)
            cost = order * 0.4 + crossed + _off(label.box, spot)
            if best is None or cost < best[0]:
                best = cost, label
        if best:
            return best[1]
    return None


def _around_site(site: Box, gap: float, cap: float) -> tuple[tuple[str, float, float], ...]:
    """Return the positions of a name beside a dot, best first: an anchor and a point on the baseline."""
    left, bottom, right, top = site
    x, y = _middle(site)
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


def _label(
    sheet: Sheet, lines: tuple[str, ...], at: Point, anchor: str, kind: str, size: float, weight: int, width: float
) -> Label | None:
    """Return a label at a point, if there is room for it and it doesn't cross the electorate's edge."""
    x, y = (round(part, DECIMALS) for part in at)
    label = Label(lines, x, y, anchor, kind, size, weight, round(width, DECIMALS))
    if not sheet.free(label.box) or not sheet.apart(label):
        return None
    ground = sheet.ground(_grown(label.box, OFF_MARK_MM))
    if ground == "mark":
        ground = sheet.ground(_grown(label.box, ON_MARK_MM))
    return None if ground == "both" else replace(label, on_mark=ground == "mark")


def _write_names(sheet: Sheet, area: Area, towns: Sequence[Town], most: int) -> None:
    """Name an electorate on or beside itself, and its towns; a town of the same name, if it fits, names both."""
    shared = any(town.name == area.name for town in towns)
    sheet.subject = area.name
    named = not shared and _name_on(sheet, area)
    _towns(sheet, towns, most)
    if not named and not any(map(sheet.names_subject, sheet.labels)) and not (shared and _name_on(sheet, area)):
        _name_beside(sheet)


def _name_on(sheet: Sheet, area: Area) -> bool:
    """Name an electorate on itself, at the size of a town's name if its own size doesn't fit."""
    texts, sizes = _broken(area.name), (sheet.letters.own_pt, sheet.letters.town_pt)
    return any(_within_shape(sheet, sheet.own, texts, "electorate", size, 600) for size in sizes)


BESIDE_MM, MOST_AWAY_MM, MOST_LAND = 1.0, 3.5, 0.12
"""A name's gap to its shape's box, its greatest distance from the shape, and how much of it may lie on other land."""


def _name_beside(sheet: Sheet) -> None:
    """Name an electorate beside itself, off other land; if there is no room, leave the name to the page."""
    if sheet.bounds is None:
        return
    size, subject = sheet.letters.own_pt, sheet.subject
    width = sheet.measure(subject, size, 600)
    for anchor, x, y in _around_shape(sheet.bounds, BESIDE_MM, CAP * size * POINT_MM):
        label = _label(sheet, (subject,), (x, y), anchor, "electorate", size, 600, width)
        near = label and any(_off(label.box, point) < MOST_AWAY_MM for ring in sheet.own for point in ring)
        if label and near and not label.on_mark and sheet.land.share(label.box) < MOST_LAND:
            sheet.write(label)
            return


def _around_shape(site: Box, gap: float, cap: float) -> tuple[tuple[str, float, float], ...]:
    """Return the positions of a name around a shape: beside it at seven heights, then below and above it."""
    left, bottom, right, top = site
    (x, y), low, high = _middle(site), bottom - gap - cap, top + gap
    heights = (y - cap / 2, top - cap, bottom, (y + top - cap) / 2, (y + bottom) / 2, high, low)
    sides = (("left", right + gap), ("right", left - gap))
    return (
        *((anchor, at_x, at_y) for at_y in heights for anchor, at_x in sides),
        ("centre", x, low),
        ("centre", x, high),
    )


def _within_shape(
    sheet: Sheet, rings: tuple[Ring, ...], texts: Iterable[tuple[str, ...]], kind: str, size: float, weight: int
) -> bool:
    """Write the first of the texts that fits in a shape, as near to the middle as possible."""
    if not rings:
        return False
    left, _, right, _ = _around(point for ring in rings for point in ring)
    rows, em, room = None, size * POINT_MM, ON_MARK_MM if kind == "electorate" else 0.55
    for lines in texts:
        width = max(sheet.measure(line, size, weight) for line in lines)
        if width > right - left:
            # Most neighbours are too narrow for their names, and building the rows is slow.
            continue
        rows = rows or Rows(rings)
        tall = ((len(lines) - 1) * LEADING + CAP) * em
        for x, y in rows.places(width + 2 * room, tall + 2 * room):
            at = (x, y - tall / 2 + (len(lines) - 1) * LEADING * em)
            label = _label(sheet, lines, at, "centre", kind, size, weight, width)
            if label:
                sheet.write(label)
                return True
    return False


class Rows:
    """The inside of a shape, cut into rows, to find where a box fits."""

    def __init__(self, rings: Sequence[Sequence[Point]], step: float = 0.0) -> None:
        _, bottom, _, top = _around(point for ring in rings for point in ring)
        self.bottom, self.step = bottom, step or max((top - bottom) / 60, 0.5)
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

    def share(self, box: Box) -> float:
        """Return the share of a box that lies inside."""
        left, bottom, right, top = box
        first, last = (math.floor((side - self.bottom) / self.step) for side in (bottom, top))
        rows = self.spans[max(first, 0) : max(last + 1, 0)]
        covered = sum(max(0.0, min(b, right) - max(a, left)) for spans in rows for a, b in spans)
        return covered / ((right - left) * (last - first + 1))

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


# Frames


def locate(
    atlas: Atlas, towns: Sequence[Town], slug: str, width_mm: float, height_mm: float, measure: Measure = estimate
) -> Map:
    """Place an electorate on a map of its state.

    Raises ValueError if no part of its shape is in its focus box.
    """
    place, box, towns = atlas.places[slug], (0.0, 0.0, width_mm, height_mm), atlas.turned(towns)
    area = atlas.areas[place]
    if not _kept(atlas, area.rings, area.focus):
        raise ValueError(f"nothing of the shape of “{area.slug}” is in its focus_bbox")
    plan = _plan(atlas, towns, place, width_mm, height_mm)
    letters = PANEL if min(width_mm, height_mm) < SMALL_MM else SHEET
    base = _base(atlas, atlas.members[area.state], plan.projection, box)
    sheet = Sheet(box, plan.projection, letters, measure, base, _own(atlas, place, base, plan.projection, box))
    if plan.inset:
        return _with_inset(atlas, towns, place, sheet, plan.inset)
    _write_names(sheet, area, _anchors(atlas, towns, place, letters.towns), letters.towns)
    return Map(width_mm, height_mm, (_frame("state", sheet),))


def _with_inset(atlas: Atlas, towns: Sequence[Town], place: int, sheet: Sheet, box: Box) -> Map:
    """Return a map of a state with an inset, which doesn't repeat the towns that the state's frame names."""
    area, most = atlas.areas[place], sheet.letters.towns - 1
    box = _captioned(sheet, area, box) if sheet.letters is PANEL else box
    view = _inset_view(atlas, place, box)
    looks_at = _looks_at(view, box, sheet.projection, sheet.box)
    leader = _leader(looks_at, box)
    sheet.keep_off(_grown(box, 0.8))
    near = sorted((town for town in towns if town.state == area.state), key=lambda town: town.rank)[: 4 * most]
    _towns(sheet, near, most, looks_at, (_grown(looks_at, 0.5), *_along(leader)))
    named = {label.lines for label in sheet.labels}
    others = [town for town in towns if (town.name,) not in named]
    inset = _inset(atlas, others, place, view, box, sheet.letters, sheet.measure)
    return Map(sheet.box[2], sheet.box[3], (_frame("state", sheet), inset), looks_at, leader)


CAPTION_MM = 0.9
"""The gap between a panel's inset and its caption."""


def _captioned(sheet: Sheet, area: Area, box: Box) -> Box:
    """Caption an inset on the side away from the electorate and return the rest of its box.

    Returns the whole box, and writes no caption, if the name is too wide.
    """
    (left, bottom, right, top), size = box, sheet.letters.own_pt
    width, tall = sheet.measure(area.name, size, 600), CAP * size * POINT_MM
    if width > right - left:
        return box
    below = sheet.projection.mm([_middle(area.focus)])[0][1] > (bottom + top) / 2
    x, y = round(left, DECIMALS), round(bottom + DROP * size * POINT_MM if below else top - tall, DECIMALS)
    sheet.write(Label((area.name,), x, y, "left", "electorate", size, 600, round(width, DECIMALS)))
    return (left, y + tall + CAPTION_MM, right, top) if below else (left, bottom, right, y - CAPTION_MM)


NATION_GAP_MM = 1.6
NAMES_MM = 8.0
"""The sea that a panel leaves east of the nation for the names of capitals."""


def nation(atlas: Atlas, towns: Sequence[Town], width_mm: float, height_mm: float, measure: Measure = estimate) -> Map:
    """Draw all states with their capitals; name the states too, except on a panel, which has no room for both."""
    everyone, towns = frozenset(range(len(atlas.areas))), atlas.turned(towns)
    box = (0.0, 0.0, width_mm, height_mm)
    letters = PANEL if min(width_mm, height_mm) < SMALL_MM else SHEET
    room = NAMES_MM if letters is PANEL else 0.0
    projection = _alone(_silhouette(atlas, everyone), width_mm - room, height_mm).projection
    base = _base(atlas, everyone, projection, box)
    sheet = Sheet(box, projection, replace(letters, gap_mm=NATION_GAP_MM), measure, base)
    sheet.lines += tuple(point for _, rings in base.grounds for ring in rings for point in ring)
    capitals = _tightest([town for town in towns if town.rank == 1], projection)
    _towns(sheet, capitals, len(capitals))
    if letters is not PANEL:
        _name_states(sheet, atlas, base)
    return Map(width_mm, height_mm, (_frame("nation", sheet),))


def _tightest(towns: Sequence[Town], projection: Projection) -> list[Town]:
    """Return the towns with the nearest neighbours first: they have the least room for their names."""
    spots = dict(zip(towns, projection.mm(map(_spot, towns)), strict=True))
    room = {town: sorted(math.dist(spots[town], spot) for spot in spots.values())[:2] for town in towns}
    return sorted(towns, key=lambda town: room[town])


def _name_states(sheet: Sheet, atlas: Atlas, base: Base) -> None:
    for state, rings in base.grounds:
        _within_shape(sheet, rings, _broken(atlas.states[state]), "state", sheet.letters.town_pt, 400)


@functools.lru_cache(maxsize=48)
def _base(atlas: Atlas, members: frozenset[int], projection: Projection, box: Box) -> Base:
    states = sorted({atlas.areas[member].state for member in members})
    focus = _focus(atlas, members)
    outlines = {
        state: _large(atlas, _kept(atlas, _outline(atlas, members & atlas.members[state]), focus), projection)
        for state in states
    }
    edges = _numbers(chain.from_iterable(outlines.values()))
    large = {
        member for member in members if _size(atlas.areas[member].focus) * projection.mm_per_km >= LEAST_BORDERED_MM
    }
    own = _numbers(ring for member in large for ring in atlas.areas[member].rings)
    borders = {number for number in own - edges if {atlas.arcs[number].left, atlas.arcs[number].right} <= large}
    seen = edges | borders if len(states) == 1 else edges
    drawn = _draw(atlas, seen, projection, box)
    grounds = tuple((state, _rings(drawn, rings, box, LEAST_ISLAND_MM)) for state, rings in outlines.items())
    between = [number for number in sorted(edges) if {atlas.arcs[number].left, atlas.arcs[number].right} <= members]
    lines = (drawn[number] for number in sorted(borders & seen))
    return Base(drawn, grounds, _lines(lines, box), _lines((drawn[number] for number in between), box))


def _size(focus: Box) -> float:
    """Estimate how many kilometres a box of degrees is across."""
    west, south, east, north = focus
    return math.sqrt((east - west) * math.cos(math.radians((south + north) / 2)) * (north - south)) * DEGREE_KM


def _large(atlas: Atlas, rings: Iterable[tuple[int, ...]], projection: Projection) -> tuple[tuple[int, ...], ...]:
    """Return the rings that would print larger than specks."""
    across, up = projection.step(LEAST_ISLAND_MM)
    found = []
    for ring in rings:
        west, south, east, north = _box(atlas, ring)
        if east - west >= across or north - south >= up:
            found.append(ring)
    return tuple(found)


def _own(atlas: Atlas, place: int, base: Base, projection: Projection, box: Box) -> tuple[Ring, ...]:
    """Return an electorate's rings on a base, drawing the arcs that the base leaves out."""
    area = atlas.areas[place]
    rings = _kept(atlas, area.rings, _focus(atlas, atlas.members[area.state]))
    arcs = _numbers(rings)
    drawn = {arc: base.drawn[arc] for arc in arcs & base.drawn.keys()}
    drawn |= _draw(atlas, arcs - base.drawn.keys(), projection, box)
    return _rings(drawn, rings, box, LEAST_ISLAND_MM)


def _inset(
    atlas: Atlas, towns: Iterable[Town], place: int, view: Projection, box: Box, letters: Lettering, measure: Measure
) -> Frame:
    """Return the inset's frame: an electorate and its surroundings, with their names."""
    area, members = atlas.areas[place], atlas.seen(view.view(box))
    kept = _shown(atlas, area.rings, view.view(box))
    near = _near(atlas, members, kept, view, box)
    own = _rings(near.drawn, kept, box, LEAST_ISLAND_MM / 2)
    sheet = Sheet(box, view, letters, measure, near, own)
    shown = [town for town in towns if _meet((*view.mm([_spot(town)])[0],) * 2, _grown(box, -1.5))]
    shown.sort(key=lambda town: (town.rank, town.state != area.state))
    if letters is PANEL:
        _towns(sheet, shown, 1)
    else:
        _write_names(sheet, area, shown, 3)
        _name_neighbours(sheet, atlas, members - {place}, atlas.neighbours[area.slug])
    return _frame("inset", sheet)


def _name_neighbours(sheet: Sheet, atlas: Atlas, others: Iterable[int], first: Collection[str]) -> None:
    """Name other electorates where there is room, those that share a border first."""
    box, view = _grown(sheet.box, -0.6), sheet.projection
    for other in sorted(others, key=lambda other: (atlas.areas[other].slug not in first, other)):
        area = atlas.areas[other]
        if _size(area.focus) * view.mm_per_km < 4 * LEAST_BORDERED_MM:
            continue
        rings = _large(atlas, _shown(atlas, area.rings, view.view(sheet.box)), view)
        if all((area.name,) != label.lines for label in sheet.labels):
            shape = _rings(sheet.base.drawn, rings, box, 3.0)
            _within_shape(sheet, shape, _broken(area.name), "neighbour", sheet.letters.near_pt, 400)


def _box(atlas: Atlas, ring: tuple[int, ...]) -> Box:
    return _around_boxes(atlas.arc(step).box for step in ring)


def _spot(town: Town) -> Point:
    return town.longitude, town.latitude


def _shown(atlas: Atlas, rings: Iterable[tuple[int, ...]], seen: Box) -> list[tuple[int, ...]]:
    return [ring for ring in rings if _meet(_box(atlas, ring), seen)]


def _inset_view(atlas: Atlas, place: int, box: Box) -> Projection:
    """Return the projection that centres an electorate in a box, with some room around it."""
    centre = _middle(atlas.areas[place].focus)
    left, bottom, right, top = (side / 10 for side in _extent(atlas, place, Projection(*centre, 10.0)))
    scale = INSET_FILL * min((box[2] - box[0]) / (right - left), (box[3] - box[1]) / (top - bottom))
    x, y = _middle(box)
    return Projection(*centre, scale, x - (left + right) / 2 * scale, y - (bottom + top) / 2 * scale)


def _near(
    atlas: Atlas,
    members: frozenset[int],
    own: Iterable[tuple[int, ...]],
    projection: Projection,
    box: Box,
) -> Base:
    """Return the land in an inset, whichever state it belongs to, and its borders."""
    seen = projection.view(box)
    rings = _large(atlas, _shown(atlas, _outline(atlas, members), seen), projection)
    edges = _numbers(rings)
    sizes = {member: _size(atlas.areas[member].focus) * projection.mm_per_km for member in members}
    large = {member for member, size in sizes.items() if size >= LEAST_BORDERED_MM}
    parts = [ring for member in sorted(large) for ring in _shown(atlas, atlas.areas[member].rings, seen)]
    arcs = edges | _numbers([*own, *_large(atlas, parts, projection)])
    drawn = _draw(atlas, arcs, projection, box)
    ground = _rings(drawn, rings, box, LEAST_ISLAND_MM)
    borders: list[list[Point]] = []
    state_borders: list[list[Point]] = []
    for number in sorted(arcs - edges):
        arc = atlas.arcs[number]
        if not {arc.left, arc.right} <= large:
            continue
        sides = {atlas.areas[side].state for side in (arc.left, arc.right) if side is not None}
        (state_borders if len(sides) > 1 else borders).append(drawn[number])
    return Base(drawn, (("", ground),), _lines(borders, box), _lines(state_borders, box))


def _looks_at(view: Projection, inset: Box, projection: Projection, box: Box) -> Box:
    """Return the inset's view on the state's frame, never too small to see."""
    x, y = projection.mm([(view.longitude, view.latitude)])[0]
    part = projection.mm_per_km / view.mm_per_km
    (inset_x, inset_y) = _middle(inset)
    x, y = x + (inset_x - view.x_mm) * part, y + (inset_y - view.y_mm) * part
    half = [max((high - low) * part, LEAST_LOCATOR_MM) / 2 for low, high in zip(inset[:2], inset[2:], strict=True)]
    left, right = max(x - half[0], box[0]), min(x + half[0], box[2])
    bottom, top = max(y - half[1], box[1]), min(y + half[1], box[3])
    return (round(left, DECIMALS), round(bottom, DECIMALS), round(right, DECIMALS), round(top, DECIMALS))


def _leader(looks_at: Box, inset: Box) -> Line:
    """Return the line to an inset from the outline of its view, on the way from the view's middle."""
    middle = _middle(looks_at)
    end = _nearest(inset, middle)
    _, start = _segment(middle, end, looks_at) or (end, middle)
    ends = _rounded([start, end])
    return ends[0], ends[-1]


def _along(line: Line) -> Iterator[Box]:
    (x, y), (u, v) = line
    parts = math.ceil(math.hypot(u - x, v - y) / 0.8) or 1
    for part in range(parts + 1):
        a, b = x + (u - x) * part / parts, y + (v - y) * part / parts
        yield _grown((a, b, a, b), GUARD_MM)
