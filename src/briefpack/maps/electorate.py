"""Lay out the map of one electorate: its shape among its neighbours, with its places, its office and a scale."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from briefpack.maps import coast, insets, land, siting
from briefpack.maps.atlas import Atlas
from briefpack.maps.frames import Bar, Box, Frame, Map, Point, Told, all_grown, clipped, grown, meet, middle
from briefpack.maps.labels import name_neighbours
from briefpack.maps.projection import DECIMALS, LEAST_ISLAND_MM, Projection, rings
from briefpack.maps.sheet import Measure, Sheet, frame
from briefpack.maps.siting import PlaceLettering, Site

if TYPE_CHECKING:
    from briefpack.electorates import Settlement
    from briefpack.maps.land import Land

Margins = tuple[float, float, float, float]
"""The room to keep free at the left, bottom, right and top, in millimetres."""


@dataclass(frozen=True)
class Style:
    """What a map of a style shows beside the electorate: the types of its names, waterlines and a scale.

    `rims_mm` are the distances from the outline at which its colour deepens. `points` is how many points a millimetre
    of its width and height has room for, and `rounded_mm` the least radius of a corner of its coast.
    """

    letters: PlaceLettering
    rims_mm: tuple[float, ...] = ()
    waters_mm: tuple[float, ...] = ()
    scale: bool = False
    points: float = 9.0
    rounded_mm: float = 0.3


@dataclass(frozen=True)
class Setting:
    """The size of a map, its style, the room that the electorate keeps free, and the words for an office.

    A strip of `band_mm` at the top is kept plain if land would fill it.
    """

    style: str
    width_mm: float
    height_mm: float
    margins_mm: Margins = (0.0, 0.0, 0.0, 0.0)
    band_mm: float = 0.0
    office: str = ""


WATERS_MM = (1.06, 2.3, 3.7, 5.3, 7.05, 9.2, 11.6)
STYLES = {
    "outlined": Style(PlaceLettering(8.5, 400, 8.5, 0.0, 8.5, 7, 0.75, 1.1, gap_mm=0.7, leaders=True), scale=True),
    "filled": Style(PlaceLettering(8.5, 600, 8.5, 8.0, 0.0, 4, 0.75, 0.95, gap_mm=1.2, unsaid=True), rims_mm=(1.6,)),
    "cover": Style(
        PlaceLettering(10.5, 600, 10.5, 8.6, 9.0, 7, 0.85, 1.15), (2.2,), WATERS_MM, points=8.0, rounded_mm=0.5
    ),
}
PADDING = 0.08
"""The share of a map without margins that an electorate leaves free on each side."""
BEYOND_MM = 14.0
"""How far beyond its frame land is drawn, so that waterlines run on to the edge."""
MOST_UNDER_TITLE = 0.02
"""The most of the strip under the title that may be land, as a share."""
TITLE_SHARE = 0.72
"""The width of that strip, as a share of the map's."""
BELOW_BAND_MM = 9.0
"""The room below a plain band."""
LEAST_DEEPENED_MM = 40.0
"""The least width and height of a map on which the electorate's colour deepens: on smaller ones it looks dirty."""
LONGEST_BAR_MM = 20.0
BAR_STEP_MM = 2.0
"""The steps in which the place of a scale bar is sought."""
BAR_CLEAR_MM = 0.3
"""How far a scale bar keeps from a border."""
LEAST_TOLD_KM2 = 3.0
"""The least area of an island that is missed if a map leaves it out."""
NEIGHBOUR_CLEAR_MM = 2.0
"""The least distance between a neighbour's name and the names of places, so that they aren't read together."""


def electorate(atlas: Atlas, places: Sequence[Settlement], slug: str, setting: Setting, measure: Measure) -> Map:
    """Lay out the map of an electorate in a style.

    Raises ValueError if no part of its shape is in its focus box.
    """
    place, style = atlas.places[slug], STYLES[setting.style]
    # An office may be just outside the electorate.
    office = [(town.longitude, town.latitude) for town in places if town.office]
    box, view, ground = _viewed(atlas, place, setting, style, office)
    shape = ground.drawn[place]
    own = rings(shape, box, LEAST_ISLAND_MM / 2)
    sheet = Sheet(box, view, measure, ground, own, shape)
    sheet.keep_off(*_unnamed(setting))
    sheet.title = _title(setting)
    sites = siting.chosen(sheet, places, style.letters)
    bar = scale_bar(sheet, sites, measure) if style.scale else None
    siting.write(sheet, sites, style.letters, setting.office)
    if style.letters.near_pt:
        sheet.keep_off(*(grown(label.box, NEIGHBOUR_CLEAR_MM) for label in sheet.labels))
        name_neighbours(sheet, atlas, place, 1.0, style.letters.near_pt)
    drawn = _finished(setting.style, sheet, style, bar)
    told = _told(atlas, place, sheet)
    return Map(setting.width_mm, setting.height_mm, (drawn,), style=setting.style, told=told)


def _told(atlas: Atlas, place: int, sheet: Sheet) -> Told:
    area = atlas.areas[place]
    names = {area.slug: area.name for area in atlas.areas}
    named = [label for label in sheet.labels if label.kind in ("office", "town")]
    offices = [label.name for label in named if label.kind == "office"]
    # At 1 mm a kilometre, areas on the map are those on the ground.
    true = Projection(*middle(area.focus), 1.0)
    apart_km2 = shapely.area(true.drawn(atlas.left_out(place, sheet.projection, sheet.box)))
    return Told(
        area_km2=float(shapely.area(true.drawn(atlas.shapes[[place]])).sum()),
        borders=tuple(sorted(names[slug] for slug in atlas.neighbours[area.slug])),
        places=tuple(label.name for label in named),
        office=offices[0] if offices else "",
        left_out=int((apart_km2 >= LEAST_TOLD_KM2).sum()),
    )


def _unnamed(setting: Setting) -> tuple[Box, ...]:
    """Return the boxes of a cover where no name may be: its credit, its title, and the margins of its page."""
    if not setting.band_mm:
        return ()
    _, bottom, side, _ = setting.margins_mm
    wide, tall = setting.width_mm, setting.height_mm
    title = [box for box in (_title(setting),) if box]
    return (0.0, 0.0, side, tall), (wide - side, 0.0, wide, tall), (0.0, 0.0, wide, bottom - 1.0), *title


def _title(setting: Setting) -> Box | None:
    """Return the box of the title on a cover's map; None for any other map."""
    wide, tall = setting.width_mm, setting.height_mm
    return (0.0, tall - setting.band_mm, wide * TITLE_SHARE, tall) if setting.band_mm else None


def _viewed(
    atlas: Atlas, place: int, setting: Setting, style: Style, office: Sequence[Point]
) -> tuple[Box, Projection, Land]:
    """Return the frame's box, its projection and its land: below a plain band if land would run under the title."""
    wide, tall = setting.width_mm, setting.height_mm
    box = (0.0, 0.0, wide, tall)
    view = insets.fitted(atlas, place, _room(box, setting.margins_mm), spots=office)
    title = _title(setting)
    if title and _under_title(atlas, view, title) > MOST_UNDER_TITLE:
        _, bottom, right, _ = setting.margins_mm
        tall -= setting.band_mm
        box = (0.0, 0.0, wide, tall)
        room = _room(box, (right, bottom, right, BELOW_BAND_MM))
        view = insets.fitted(atlas, place, room, spots=office)
    beyond = BEYOND_MM if style.waters_mm else 1.0
    most = style.points * (wide + tall)
    return box, view, land.of_inset(atlas, view, box, beyond, most, style.rounded_mm, place)


def _room(box: Box, margins: Margins) -> Box:
    if any(margins):
        left, bottom, right, top = margins
    else:
        left = right = (box[2] - box[0]) * PADDING
        bottom = top = (box[3] - box[1]) * PADDING
    return box[0] + left, box[1] + bottom, box[2] - right, box[3] - top


def _under_title(atlas: Atlas, view: Projection, strip: Box) -> float:
    """Return the share of the title's strip that is land."""
    shapes = atlas.shapes[sorted(atlas.seen(view.view(strip)))]
    near = clipped(shapes, view.view(grown(strip, 1.0)))
    covered = shapely.area(clipped(view.drawn(near), strip)).sum()
    return float(covered / shapely.area(shapely.box(*strip)))


def scale_bar(sheet: Sheet, sites: Sequence[Site], measure: Measure) -> Bar:
    """Return a scale bar at the edge where it covers fewest places and borders, and keep names off it."""
    km = _round_below(LONGEST_BAR_MM / sheet.projection.mm_per_km)
    long = km * sheet.projection.mm_per_km
    wide, tall = max(long, measure("000 km", 8.5, 400)) + 1.0, 6.4
    box = _barest(sheet, sites, [*_along_edges(grown(sheet.box, -1.4), wide, tall)])
    sheet.keep_off(grown(box, 0.5))
    return Bar(round(box[0] + 0.5, DECIMALS), round(box[1] + 0.6, DECIMALS), round(long, DECIMALS), km)


def _barest(sheet: Sheet, sites: Sequence[Site], boxes: Sequence[Box]) -> Box:
    """Return the first box that covers fewest places, then borders, then own land, and is nearest to a corner."""
    # What weighs less is only measured for the boxes that are best by what weighs more.
    covered = []
    for box in boxes:
        near = grown(box, 1.0)
        covered.append(sum(meet(near, site.box) for site in sites))
    best = _least(boxes, covered)
    borders = sheet.bordered(all_grown(np.array(best), BAR_CLEAR_MM))
    best = _least(best, _tenths(borders.tolist()))
    best = _least(best, _tenths(shapely.area(clipped(sheet.own_shape, box)) for box in best))
    return min(best, key=lambda box: _from_corner(box, sheet.box))


def _tenths(lengths: Iterable[float]) -> list[float]:
    return [round(length, 1) for length in lengths]


def _least(boxes: Sequence[Box], costs: Sequence[float]) -> list[Box]:
    least = min(costs)
    return [box for box, cost in zip(boxes, costs, strict=True) if cost == least]


def _along_edges(room: Box, wide: float, tall: float) -> Iterator[Box]:
    """Yield the boxes of a size along the edges of another, the boxes at the corners first."""
    left, bottom, right, top = room
    xs, ys = _steps(left, right - wide), _steps(bottom, top - tall)
    edges = itertools.chain(itertools.product(xs, (ys[0], ys[-1])), itertools.product((xs[0], xs[-1]), ys))
    return ((x, y, x + wide, y + tall) for x, y in edges)


def _steps(low: float, high: float) -> list[float]:
    """Return the ends of a length and, between them, steps of no more than a fixed one."""
    count = max(math.ceil((high - low) / BAR_STEP_MM), 1)
    return [low + (high - low) * nth / count for nth in range(count + 1)]


def _from_corner(box: Box, around: Box) -> float:
    across = min(box[0] - around[0], around[2] - box[2])
    return round(math.hypot(across, min(box[1] - around[1], around[3] - box[3])), 2)


def _round_below(km: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20 … that isn't above a distance."""
    power = 10.0 ** math.floor(math.log10(km))
    return max(step * power for step in (1, 2, 5) if step * power <= km)


def _finished(role: str, sheet: Sheet, style: Style, bar: Bar | None) -> Frame:
    flat = min(sheet.box[2] - sheet.box[0], sheet.box[3] - sheet.box[1]) < LEAST_DEEPENED_MM
    shapes = (*coast.waterlines(sheet, style.waters_mm), *coast.rims(sheet, () if flat else style.rims_mm))
    made = frame(role, sheet)
    return replace(made, shapes=(*made.shapes, *shapes), bar=bar)
