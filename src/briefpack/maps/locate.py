"""Lay out a map: an electorate on its state, with an inset if it is too small to see there, or the nation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from briefpack.geometry import MM_PER_PT
from briefpack.maps import insets, land
from briefpack.maps.atlas import Area, Atlas, reaching
from briefpack.maps.boxes import Box, grown, middle, within
from briefpack.maps.frames import CAP, DROP, Frame, Label, Map
from briefpack.maps.insets import SMALL_MM, spot
from briefpack.maps.labels import anchors, broken, name_towns, within_shape, write_names
from briefpack.maps.projection import DECIMALS, LEAST_ISLAND_MM, Projection, rings
from briefpack.maps.sheet import PANEL, SHEET, Lettering, Measure, Sheet, estimate, frame

if TYPE_CHECKING:
    from briefpack.electorates import Town

LEAST_NAMED_MM = 3.0
"""The smallest part of a neighbour that may carry its name."""


def locate(
    atlas: Atlas, towns: Sequence[Town], slug: str, width_mm: float, height_mm: float, measure: Measure = estimate
) -> Map:
    """Place an electorate on a map of its state.

    Raises ValueError if no part of its shape is in its focus box.
    """
    place, box, towns = atlas.places[slug], (0.0, 0.0, width_mm, height_mm), atlas.turned(towns)
    area = atlas.areas[place]
    if not reaching(shapely.get_parts(atlas.shapes[place]), area.focus).any():
        raise ValueError(f"no part of the shape of “{area.slug}” is inside its focus_bbox")
    plan = insets.plan(atlas, towns, place, width_mm, height_mm)
    letters = PANEL if min(width_mm, height_mm) < SMALL_MM else SHEET
    state = land.of_state(atlas, area.state, plan.projection, box)
    own = rings(state.drawn[place], box, LEAST_ISLAND_MM)
    sheet = Sheet(box, plan.projection, letters, measure, state, own)
    if plan.inset:
        return _with_inset(atlas, towns, place, sheet, plan.inset)
    write_names(sheet, area, anchors(atlas, towns, place, letters.towns), letters.towns)
    return Map(width_mm, height_mm, (frame("state", sheet),))


def _with_inset(atlas: Atlas, towns: Sequence[Town], place: int, sheet: Sheet, box: Box) -> Map:
    """Return a map of a state with an inset, which doesn't repeat the towns that the state's frame names."""
    area, most = atlas.areas[place], sheet.letters.towns - 1
    box = _captioned(sheet, area, box) if sheet.letters is PANEL else box
    view = insets.view(atlas, place, box)
    looks_at = insets.looks_at(view, box, sheet.projection, sheet.box)
    leader = insets.leader(looks_at, box)
    sheet.keep_off(grown(box, 0.8))
    near = sorted((town for town in towns if town.state.code == area.state), key=lambda town: town.rank)[: 4 * most]
    name_towns(sheet, near, most, looks_at, (grown(looks_at, 0.5), *insets.along(leader)))
    named = {label.lines for label in sheet.labels}
    others = [town for town in towns if (town.name,) not in named]
    inset = _inset(atlas, others, place, view, box, sheet.letters, sheet.measure)
    return Map(sheet.box[2], sheet.box[3], (frame("state", sheet), inset), looks_at, leader)


CAPTION_MM = 0.9
"""The gap between a panel's inset and its caption."""


def _captioned(sheet: Sheet, area: Area, box: Box) -> Box:
    """Caption an inset on the side away from the electorate and return the rest of its box.

    Returns the whole box, and writes no caption, if the name is too wide.
    """
    (left, bottom, right, top), size = box, sheet.letters.own_pt
    width, tall = sheet.measure(area.name, size, 600), CAP * size * MM_PER_PT
    if width > right - left:
        return box
    below = sheet.projection.mm([middle(area.focus)])[0][1] > (bottom + top) / 2
    x, y = round(left, DECIMALS), round(bottom + DROP * size * MM_PER_PT if below else top - tall, DECIMALS)
    sheet.write(Label((area.name,), x, y, "left", "electorate", size, 600, round(width, DECIMALS)))
    return (left, y + tall + CAPTION_MM, right, top) if below else (left, bottom, right, y - CAPTION_MM)


NATION_GAP_MM = 1.6
NAMES_MM = 8.0
"""The sea that a panel leaves east of the nation for the names of capitals."""


def nation(atlas: Atlas, towns: Sequence[Town], width_mm: float, height_mm: float, measure: Measure = estimate) -> Map:
    """Draw all states with their capitals; name the states too, except on a panel, which has no room for both."""
    box, towns = (0.0, 0.0, width_mm, height_mm), atlas.turned(towns)
    letters = PANEL if min(width_mm, height_mm) < SMALL_MM else SHEET
    room = NAMES_MM if letters is PANEL else 0.0
    projection = insets.alone(insets.nation(atlas), width_mm - room, height_mm).projection
    states = land.of_nation(atlas, projection, box)
    sheet = Sheet(box, projection, replace(letters, gap_mm=NATION_GAP_MM), measure, states)
    coasts = [point for _, shape in states.grounds for ring in shape for point in ring]
    sheet.lines = np.concatenate([sheet.lines, np.array(coasts)])
    capitals = _tightest([town for town in towns if town.rank == 1], projection)
    name_towns(sheet, capitals, len(capitals))
    if letters is not PANEL:
        for state, shape in states.grounds:
            within_shape(sheet, shape, broken(atlas.states[state]), "state", letters.town_pt, 400)
    return Map(width_mm, height_mm, (frame("nation", sheet),))


def _tightest(towns: Sequence[Town], projection: Projection) -> list[Town]:
    """Return the towns with the nearest neighbours first: they have the least room for their names."""
    spots = dict(zip(towns, projection.mm(map(spot, towns)), strict=True))
    room = {town: sorted(math.dist(spots[town], spot) for spot in spots.values())[:2] for town in towns}
    return sorted(towns, key=lambda town: room[town])


def _inset(
    atlas: Atlas, towns: Sequence[Town], place: int, view: Projection, box: Box, letters: Lettering, measure: Measure
) -> Frame:
    """Return the inset's frame: an electorate and its surroundings, with their names."""
    area, around = atlas.areas[place], land.of_inset(atlas, view, box)
    own = rings(around.drawn[place], box, LEAST_ISLAND_MM / 2)
    sheet = Sheet(box, view, letters, measure, around, own)
    spots = zip(towns, view.mm(map(spot, towns)), strict=True)
    shown = [town for town, at in spots if within((*at, *at), grown(box, -1.5))]
    shown.sort(key=lambda town: (town.rank, town.state.code != area.state))
    if letters is PANEL:
        name_towns(sheet, shown, 1)
    else:
        write_names(sheet, area, shown, 3)
        _name_neighbours(sheet, atlas, place)
    return frame("inset", sheet)


def _name_neighbours(sheet: Sheet, atlas: Atlas, place: int) -> None:
    """Name other electorates where there is room, those that share a border first."""
    box, first = grown(sheet.box, -0.6), atlas.neighbours[atlas.areas[place].slug]
    others = sorted(sheet.land.drawn.keys() - {place}, key=lambda other: (atlas.areas[other].slug not in first, other))
    for other in others:
        name = atlas.areas[other].name
        large = land.size_mm(atlas, other, sheet.projection) >= 4 * land.LEAST_BORDERED_MM
        if large and all((name,) != label.lines for label in sheet.labels):
            shape = rings(sheet.land.drawn[other], box, LEAST_NAMED_MM)
            within_shape(sheet, shape, broken(name), "neighbour", sheet.letters.near_pt, 400)
