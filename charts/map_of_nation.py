"""Draw a map of all electorates by value, in at most five classes: by their shapes, or with one hexagon each.

Reads `value`, `written`, `label`, `series`, `strong`, `key` and `state` from each row, and `classes` and `hexagons`
from `look.options`. The shapes are `look.nation`'s, in millimetres. Cities are enlarged beside the map of shapes;
states are named on the map of hexagons. Strong rows are named, with a leader to their electorate. An electorate without
a value is hatched, never in the lightest class.

Colours: `scale-1` (the lowest class) to `scale-5`; `map-line` between electorates, `ink` between states.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path

from briefpack.charts import BEHIND, map_parts
from briefpack.geometry import MM_PER_PT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes

    from briefpack.charts import Column, Pen
    from briefpack.maps import Box, Nation, Ring, View
    from briefpack.plan import ChartRow

RAMPS = {2: (2, 5), 3: (1, 3, 5), 4: (1, 2, 3, 5), 5: (1, 2, 3, 4, 5)}
"""The colours of a number of classes, from the lowest: neighbours differ in lightness."""
USUAL_CLASSES = 4
MOST_NAMED = 3
MOST_MISSING = 0.1
NARROWEST_MM, NARROWEST_HEXES_MM = 110.0, 70.0
HATCH = "||||"
BORDER_PT, STATE_PT, COAST_PT, HEX_PT, HEX_STATE_PT = 0.35, 1.3, 0.4, 0.6, 1.1
RULE_PT, LEADER_PT, HALO_PT = 0.5, 0.6, 1.2
GAP_MM = 2.0
NAME_MM = 4.2
CITIES_SHARE = 0.36
CITY_COLUMNS, CITY_ROWS, CITY_GAP_MM = 2, 3, 4.5
MOST_CAPTION_LINES, CAPTIONS_APART_MM = 4, 1.4
DOT_MM = 0.6
LEADER_STEPS = 16
# A smaller electorate is named where its city is enlarged.
SMALL_MM = 6.0
PLATE_MM = 0.4


@dataclass(frozen=True)
class Classes:
    """The limits between classes, each class's colour and name, and the unit's decimals."""

    limits: tuple[float, ...]
    colours: tuple[str, ...]
    names: tuple[str, ...]

    def of(self, row: ChartRow) -> int | None:
        """Return the class of a row, from 0; None if it has no value."""
        return None if row.value is None else int(np.searchsorted(self.limits, row.value, side="right"))


def draw(ax: Axes, rows: Sequence[ChartRow], look: Pen) -> None:
    """Draw the key, the map above it, and the names."""
    (_, width), (_, top) = ax.get_xlim(), ax.get_ylim()
    _check(rows, width, look)
    classes = _classes(rows, look)
    foot = _draw_key(ax, rows, classes, look) + GAP_MM
    if look.options.hexagons:
        _draw_hexagons(ax, rows, classes, (0.0, foot, width, top), look)
    else:
        _draw_shapes(ax, rows, classes, (0.0, foot, width, top), look)


# What can be drawn


def _check(rows: Sequence[ChartRow], width_mm: float, look: Pen) -> None:
    if look.nation is None or not rows or not rows[0].key:
        look.refuse_rows("it has rows, and a map needs a fact of the electorate set", "write fact: in place of rows:")
    missing = sum(row.value is None for row in rows)
    if missing > MOST_MISSING * len(rows):
        fix = "choose a measure that is known nearly everywhere"
        look.refuse_rows(f"{missing} of {len(rows)} values are missing, more than one in ten", fix, key="fact")
    if (named := sum(row.strong for row in rows)) > MOST_NAMED:
        look.refuse_rows(f"it names {named} electorates, and there is room for {MOST_NAMED}", key="named")
    least = NARROWEST_HEXES_MM if look.options.hexagons else NARROWEST_MM
    if width_mm < least:
        fix = "place it in a document with a wider column" + ("" if look.options.hexagons else ", or add hexagons: yes")
        look.refuse_rows(f"it is {width_mm:g} mm wide, and such a map needs {least:g} mm", fix)


def _classes(rows: Sequence[ChartRow], look: Pen) -> Classes:
    """Return the classes that the brief names or, without any, classes of about as many electorates each."""
    values = sorted(row.value for row in rows if row.value is not None)
    limits = look.options.classes or _round_limits(values)
    if list(limits) != sorted(set(limits)):
        look.refuse_rows("its classes aren't in order", "begin with the lowest limit: [5, 10, 15]", key="classes")
    counts = Counter(int(place) for place in np.searchsorted(limits, values, side="right"))
    places = max(_decimals(value) for value in (*values, *limits))
    names = _names(limits, rows[0].unit, places, look)
    for place, name in enumerate(names):
        if not counts[place]:
            look.refuse_rows(
                f"no electorate is in the class “{name}”",
                f"choose other classes: the values are {_span(rows)}",
                key="classes",
            )
    if len(names) not in RAMPS:
        alike = values[0] == values[-1]
        fix = "choose a measure whose values differ" if alike else f"choose classes: the values are {_span(rows)}"
        look.refuse_rows("all its values are in one class", fix)
    return Classes(tuple(limits), tuple(f"scale-{step}" for step in RAMPS[len(names)]), names)


def _span(rows: Sequence[ChartRow]) -> str:
    known = sorted((row for row in rows if row.value is not None), key=lambda row: row.value or 0.0)
    return f"{known[0].written} to {known[-1].written}"


def _round_limits(values: Sequence[float]) -> tuple[float, ...]:
    """Return round limits near the quartiles, without any that would leave a class empty."""
    found = np.quantile(values, [step / USUAL_CLASSES for step in range(1, USUAL_CLASSES)])
    step = _round((found[-1] - found[0]) / 4 or 1.0)
    limits: list[float] = []
    for limit in (float(f"{round(each / step) * step:.10g}") for each in found):
        if sum((limits or [-np.inf])[-1] <= value < limit for value in values) and values[-1] >= limit:
            limits.append(limit)
    return tuple(limits)


def _round(step: float) -> float:
    """Return 1, 2 or 5 times a power of ten: the greatest that isn't above a step."""
    power = 10.0 ** np.floor(np.log10(step))
    return float(power * next(times for times in (5, 2, 1) if times * power <= step * (1 + 1e-9)))


def _decimals(value: float) -> int:
    return len(f"{value:.10g}".partition(".")[2])


def _names(limits: Sequence[float], unit: str, places: int, look: Pen) -> tuple[str, ...]:
    """Return the names of the classes, which don't overlap: under 5%, 5.0% to 9.9%, 10% or more."""
    if not limits:
        return ("",)
    written = [look.written(limit, unit, min(map(_decimals, limits))) for limit in limits]
    finest = 10.0**-places
    low = [look.written(limit, unit, places) for limit in limits]
    high = [look.written(limit - finest, unit, places) for limit in limits]
    middle = [
        look.label("class-range", low=one, high=other) if one != other else one
        for one, other in zip(low[:-1], high[1:], strict=True)
    ]
    return (look.label("class-under", value=written[0]), *middle, look.label("class-over", value=written[-1]))


# The key


def _draw_key(ax: Axes, rows: Sequence[ChartRow], classes: Classes, look: Pen) -> float:
    """Draw the key along the foot, under the name of the measure, and return its height."""
    missing = [row.written for row in rows if row.value is None]
    entries = [*zip(classes.names, classes.colours, strict=True), *((words, "") for words in missing[:1])]
    swatches = [(words, _swatch(colour, look)) for words, colour in entries]
    return map_parts.draw_key(ax, rows[0].series, swatches, look)


def _swatch(colour: str, look: Pen) -> Mapping[str, Any]:
    return {**_fill(colour, look), "edgecolor": look.colours["grey"], "linewidth": RULE_PT}


def _fill(colour: str, look: Pen) -> Mapping[str, Any]:
    """Return how to fill a class, or the electorates that aren't shown."""
    if colour:
        return look.fill(colour)
    paper, grey = look.colours["paper"], look.colours["grey"]
    return {"facecolor": paper, "edgecolor": grey, "linewidth": 0.0, "hatch": HATCH, "hatchcolor": grey}


# Maps of shapes


def _draw_shapes(ax: Axes, rows: Sequence[ChartRow], classes: Classes, box: Box, look: Pen) -> None:
    """Draw the nation at the left, and its cities at the right, with the names of some electorates."""
    nation = look.nation
    if nation is None:
        return
    named = {row.key: row for row in rows if row.strong}
    whole, cities, small = _views(nation, box, named, look)
    for view in (whole, *cities):
        _draw_view(ax, view, rows, classes, look)
    for city in cities:
        _draw_city(ax, city, _captions(city, cities, small, look), look)
    taken = [city.looks_at for city in cities if city.looks_at]
    for slug, row in named.items():
        if slug not in small or not any(city.spot(slug) for city in cities):
            _draw_name(ax, whole, row, taken, look)


def _views(
    nation: Nation, box: Box, named: Mapping[str, ChartRow], look: Pen
) -> tuple[View, Sequence[View], Mapping[str, ChartRow]]:
    """Return the nation and its cities, with room below them for the named electorates that are small, and these."""
    left, bottom, right, top = box
    for lines in range(1, MOST_CAPTION_LINES + 1):
        boxes = _city_boxes(((1 - CITIES_SHARE) * right, bottom, right, top), lines)
        whole = nation.whole((left, bottom, boxes[0][0] - 2 * GAP_MM, top))
        cities = nation.cities(whole, boxes, named)
        if not cities:
            return nation.whole(box), (), {}
        small = {slug: row for slug, row in named.items() if whole.across_mm(slug) < SMALL_MM}
        captions = [_captions(city, cities, small, look) for city in cities]
        if max(sum(len(column.lines) for column in each.values()) for each in captions) <= lines:
            break
    return whole, cities, small


def _captions(city: View, cities: Sequence[View], named: Mapping[str, ChartRow], look: Pen) -> Mapping[str, Column]:
    """Return the names of electorates in a city, as wide as a city beside it allows."""
    left, bottom, right, _ = city.box
    beside = [each for each in cities if each.box[1] == bottom and each is not city]
    crowded = any(each.spot(slug) for each in beside for slug in named)
    width = right - left + ((CITY_GAP_MM - CAPTIONS_APART_MM) / 2 if crowded else CITY_GAP_MM + right - left)
    words = {slug: look.label("named-value", name=row.label, value=row.written) for slug, row in named.items()}
    return {slug: look.column(width, (words[slug], "heading")) for slug in named if city.spot(slug)}


def _city_boxes(box: Box, lines: int) -> list[Box]:
    """Return the boxes of the cities, with room for a name above each and for lines of electorates' names below."""
    left, bottom, right, top = box
    tall = (top - bottom) / CITY_ROWS
    side = min((right - left - CITY_GAP_MM * (CITY_COLUMNS - 1)) / CITY_COLUMNS, tall - (1 + lines) * NAME_MM)
    lefts = [
        right - (CITY_COLUMNS - column) * side - (CITY_COLUMNS - 1 - column) * CITY_GAP_MM
        for column in range(CITY_COLUMNS)
    ]
    uppers = [top - row * tall - NAME_MM for row in range(CITY_ROWS)]
    return [(x, upper - side, x + side, upper) for upper in uppers for x in lefts]


def _draw_view(ax: Axes, view: View, rows: Sequence[ChartRow], classes: Classes, look: Pen) -> None:
    _fill_classes(ax, view, rows, classes, look)
    # A white line would hardly show between hatched shapes.
    between = "ink" if look.hatched("scale-3") else "paper"
    for lines, colour, width in ((view.borders, "map-line", BORDER_PT), (view.state_borders, between, STATE_PT)):
        if lines:
            _stroke(ax, _path(lines), look.colours[colour], width, behind=colour != "ink")
    if view.coast:
        _stroke(ax, _path(view.coast, closed=True), look.colours["grey"], COAST_PT)


def _fill_classes(ax: Axes, view: View, rows: Sequence[ChartRow], classes: Classes, look: Pen) -> None:
    """Fill the electorates of each class as one shape: one artist a class, however many electorates it has.

    They are behind the lines and names of the map: no scale of five classes keeps each at 3:1 with paper and the next,
    and the values are in words too (WCAG 2.2, 1.4.11, on essential colours).
    """
    groups: dict[int | None, list[Ring]] = {}
    for row in rows:
        groups.setdefault(classes.of(row), []).extend(view.areas.get(row.key, ()))
    for place, shapes in groups.items():
        fill = dict(_fill(classes.colours[place] if place is not None else "", look))
        if shapes:
            ax.add_artist(PathPatch(_path(shapes, closed=True), joinstyle="round", gid=BEHIND, **fill))


def _draw_city(ax: Axes, city: View, captions: Mapping[str, Column], look: Pen) -> None:
    """Frame a city, name it above, and name electorates below it."""
    left, bottom, _, top = city.box
    for box in (city.box, city.looks_at):
        if box:
            _frame(ax, box, look)
    look.write(ax, city.name, left, top + 1.2, "heading")
    upper = bottom - 0.6
    for slug, column in captions.items():
        column.draw(ax, min(left, ax.get_xlim()[1] - column.width_mm - 0.3), upper)
        upper -= len(column.lines) * NAME_MM
        if spot := city.spot(slug):
            _leader(ax, (spot[0], bottom - 0.6), spot, look)


def _draw_name(ax: Axes, view: View, row: ChartRow, taken: list[Box], look: Pen) -> None:
    """Name an electorate where the map leaves room nearest to it, with a leader."""
    spot, size = view.spot(row.key), look.sizes_pt["chart-label"]
    words = look.label("named-value", name=row.label, value=row.written)
    wide, tall = look.width_mm(words, size, 600) + 0.5, size * MM_PER_PT
    box = view.free(spot, (wide, tall), taken) if spot else None
    if spot is None or box is None:
        look.refuse(row, "has no room for its name on the map", "name another electorate", key="named")
    start = min(max(spot[0], box[0]), box[2]), min(max(spot[1], box[1]), box[3])
    along = zip(
        *(np.linspace(one, other, LEADER_STEPS).tolist() for one, other in zip(start, spot, strict=True)), strict=True
    )
    taken += [box, *((x, y, x + 0.1, y + 0.1) for x, y in along)]
    look.write(ax, words, box[0], box[1] + look.drop_mm(size), "heading")
    _leader(ax, start, spot, look)


def _leader(ax: Axes, start: tuple[float, float], spot: tuple[float, float], look: Pen) -> None:
    ink, paper = look.colours["ink"], look.colours["paper"]
    path = Path([start, spot])
    _stroke(ax, path, paper, LEADER_PT + HALO_PT, behind=True)
    _stroke(ax, path, ink, LEADER_PT)
    ax.add_artist(Circle(spot, DOT_MM, facecolor=ink, edgecolor=paper, linewidth=RULE_PT))


def _frame(ax: Axes, box: Box, look: Pen) -> None:
    """Draw a frame on a halo, so that it shows on dark classes too."""
    left, bottom, right, top = box
    path = Path([(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)], closed=True)
    _stroke(ax, path, look.colours["paper"], RULE_PT + HALO_PT, behind=True)
    _stroke(ax, path, look.colours["ink"], RULE_PT)


# Maps of hexagons


def _draw_hexagons(ax: Axes, rows: Sequence[ChartRow], classes: Classes, box: Box, look: Pen) -> None:
    """Draw a hexagon for each electorate, heavy lines between states, and the names of states and some electorates."""
    nation = look.nation
    if nation is None:
        return
    view, states = nation.hexagons(box), {row.key: row.state for row in rows}
    _fill_classes(ax, view, rows, classes, look)
    cells = [ring for rings in view.areas.values() for ring in rings]
    _stroke(ax, _path(cells, closed=True), look.colours["map-line"], HEX_PT, behind=True)
    edges = nation.state_edges(view, states)
    _stroke(ax, _path(edges), look.colours["ink"], HEX_STATE_PT)
    taken: list[Box] = []
    for row in rows:
        if row.strong:
            _stroke(ax, _path(view.areas[row.key], closed=True), look.colours["ink"], HEX_STATE_PT + 0.3)
            _draw_name(ax, view, row, taken, look)
    members = {code: [slug for slug, state in states.items() if state == code] for code in nation.states}
    # The fewer its hexagons, the less room there is beside them.
    for code, slugs in sorted(members.items(), key=lambda state: len(state[1])):
        if slugs:
            _name_state(ax, view, (code, nation.states[code]), slugs, taken, look)


def _name_state(
    ax: Axes, view: View, state: tuple[str, str], slugs: Sequence[str], taken: list[Box], look: Pen
) -> None:
    """Name a state beside its own hexagons; one that others surround has a leader to one of them."""
    size, (code, name) = look.sizes_pt["chart-label"], state
    narrow = look.word_mm(name, size, 600) + 0.5
    for width in (look.width_mm(name, size, 600) + 0.5, narrow):
        column = look.column(width, (name, "heading"))
        if box := view.beside(slugs, (width, column.height_mm), taken):
            taken.append(box)
            column.draw(ax, box[0], box[3])
            return
    _name_surrounded(ax, view, (code, slugs[0]), taken, look)


def _name_surrounded(ax: Axes, view: View, named: tuple[str, str], taken: list[Box], look: Pen) -> None:
    """Write the code of a state that others surround in the nearest room, with a leader to one of its hexagons.

    Without room for it, the code is on that hexagon.
    """
    size, (code, slug) = look.sizes_pt["chart-label"], named
    x, y = np.mean(view.areas[slug][0], axis=0).tolist()
    wide, tall = look.width_mm(code, size, 600), look.cap_mm(size)
    if box := view.free((x, y), (wide + 0.5, tall + 2 * PLATE_MM), taken):
        taken.append(box)
        look.write(ax, code, box[0], box[1] + PLATE_MM, "heading")
        _leader(ax, (min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])), (x, y), look)
        return
    corner = (x - wide / 2 - PLATE_MM, y - tall / 2 - PLATE_MM)
    paper = look.colours["paper"]
    ax.add_artist(Rectangle(corner, wide + 2 * PLATE_MM, tall + 2 * PLATE_MM, facecolor=paper, gid=BEHIND))
    look.write(ax, code, x - wide / 2, y - tall / 2, "heading")


# Paths


def _path(rings: Iterable[Ring], *, closed: bool = False) -> Path:
    points: list[tuple[float, float]] = []
    codes: list[int] = []
    for ring in rings:
        points += [*ring, ring[0]] if closed else ring
        codes += [int(Path.MOVETO), *[int(Path.LINETO)] * (len(ring) - 1)]
        codes += [int(Path.CLOSEPOLY)] if closed else []
    return Path(points, codes)


def _stroke(ax: Axes, path: Path, colour: str, width_pt: float, *, behind: bool = False) -> None:
    line = {"facecolor": "none", "edgecolor": colour, "linewidth": width_pt, "gid": BEHIND if behind else None}
    ax.add_artist(PathPatch(path, joinstyle="round", **line))
