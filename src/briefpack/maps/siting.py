"""Choose the places of an electorate that its own map names, and set their names where they can be read."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from briefpack.geometry import MM_PER_PT
from briefpack.maps import contest, frames
from briefpack.maps.frames import Box, Dot, Label, Point, Segment, grown, middle, within
from briefpack.maps.labels import LEAST_FIRST
from briefpack.maps.projection import DECIMALS, rounded_point

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from briefpack.electorates import Settlement
    from briefpack.maps.sheet import Measure, Sheet

    Lengths = NDArray[np.float64]

REGION, LOCALITY = "region", "locality"
"""Kinds of place: one that isn't a town, and one so small that it gives way to any other place."""
LEAST_APART_MM, FEW = 2.8, 4
"""The least distance between two places, and the number of towns from which localities aren't needed."""
EDGE_MM, NAME_EDGE_MM, ON_SHORE_MM = 2.0, 0.6, 1.0
FURTHER_MM = (0.0, 0.9, 2.0, 3.2, 4.5, 6.0, 8.0)
"""Extra distances from its dot for a name that fits nowhere else."""
BESIDE_MM, LEADER_CLEAR_MM, LED = 2.0, 0.4, 5.0
"""The distance from its dot beyond which a line leads to a name, how far that line keeps from both, and its cost."""
FAR_MM, FAR_IF_MUST_MM = 3.2, 6.0
"""The largest of those distances on a map without such lines; the second is for an office or the largest town."""
CORNER, RISES = 0.7, (0.6, -0.6, 1.3, -1.3, 2.2, -2.2)
"""The distance of a name diagonally from its dot, as a share of its distance beside it, and how far up or down a name
beside its dot may be moved, in heights of a capital."""
SLIDES = (
    ("left", -0.2),
    ("right", 0.2),
    ("left", -0.04),
    ("right", 0.04),
    ("right", 0.0),
    ("left", -0.35),
    ("right", 0.35),
)
"""The anchors and offsets, as shares of its width, of a name above or below its dot that can't be centred on it."""
ABROAD, ORDER, GAP_A_MM, BROKEN = 6.0, 0.12, 3.0, 0.9
"""The costs of an office's name on other electorates, of a worse side, of a greater distance and of a second line."""
CROSSING, OFFICE_CROSSING, CROSSING_A_MM, NEAR, UNSAID = 48.0, 150.0, 0.5, 8.0, 24.0
"""The costs of a name across an outline: for the largest town's name, for each line of an office's name, and for each
millimetre of outline under either; of a name beside an outline; and of an office that isn't said to be one."""
LARGEST = 30.0
"""How much less the largest town's name costs, so that it isn't left out for smaller towns."""
DESCENDERS = {*"gjpqyQJ,;()çţş"}
ENOUGH, FIRST = 5, 2
"""The number of names below which others may be near an outline too, and how many of the largest towns' may be."""
INLAND = 3.0
"""The cost of a name on the electorate, so that a place on the coast has its name in the empty sea."""
MOST_ON_LAND, LEAST_LAND, HALO_MM, OUTLINE_CLEAR_MM, OWN_SHORE_MM = 0.02, 0.005, 0.4, 1.5, 3.5
"""The largest share of a name beside other electorates that may be on them, the share that counts as nothing, the width
of the ground around letters, the distance of a name from an outline, and the distance from its dot within which an
outline is its place's own shore."""
CROWDED = 0.2
"""The share of an electorate's length within which places crowd."""


@dataclass(frozen=True)
class PlaceLettering:
    """The type sizes of a map in points, the weight of its towns, the most places it names, and the radius of a dot.

    `gap_mm` is between a dot and its name. `leaders` says that a line leads to a name that isn't beside its dot; one
    colour of such a line has no contrast with both a solid electorate and the ground around it. `unsaid` says that an
    office does without its second line if it fits only without.
    """

    town_pt: float
    town_weight: int
    office_pt: float
    note_pt: float
    near_pt: float
    most: int
    dot_mm: float
    office_mm: float
    gap_mm: float = 1.6
    leaders: bool = False
    unsaid: bool = False


@dataclass(frozen=True)
class Site:
    """A place to name, and its dot in millimetres."""

    name: str
    at: Point
    office: bool
    radius_mm: float

    @property
    def kind(self) -> str:
        """Return the kind of its dot and its label."""
        return "office" if self.office else "town"

    @property
    def box(self) -> Box:
        """Return the box around the dot."""
        return grown((*self.at, *self.at), self.radius_mm)


@dataclass(frozen=True)
class Stands:
    """The positions of a name: points on its first baseline, the part of the name at each, and the cost of each."""

    name: Label
    anchors: NDArray[np.str_]
    points: NDArray[np.float64]
    costs: NDArray[np.float64]

    def where(self, kept: NDArray[np.bool_]) -> Stands:
        """Return only the positions that are kept."""
        return Stands(self.name, self.anchors[kept], self.points[kept], self.costs[kept])

    @property
    def boxes(self) -> frames.Boxes:
        """Return the box of the name at each."""
        shares = np.array([frames.ANCHORS[anchor] for anchor in self.anchors.tolist()])
        return np.column_stack(self.name.covered(self.points[:, 0], self.points[:, 1], shares))

    @property
    def inks(self) -> frames.Boxes:
        """Return the boxes of the name's letters, which few of them go below."""
        name = self.name
        last, size = (name.note, name.note_pt) if name.note else (name.lines[-1], name.size_pt)
        above = 0.0 if DESCENDERS & set(last) else frames.DROP * size * MM_PER_PT
        return np.asarray(self.boxes + np.array((0.0, above, 0.0, 0.0)))

    @property
    def halos(self) -> frames.Boxes:
        """Return the boxes of the name's letters and of the ground around them."""
        return frames.all_grown(self.inks, HALO_MM)


class Option(NamedTuple):
    """A way to name a place: its cost, the name, its anchor and point, and its box.

    It may stand beside an outline, on the electorate or across an outline.
    """

    cost: float
    name: Label
    anchor: str
    at: Point
    box: Box
    near: bool
    on_mark: bool
    crosses: bool

    @property
    def label(self) -> Label:
        """Return the name as a label at its position."""
        x_mm, y_mm = self.at
        return replace(self.name, anchor=self.anchor, x_mm=x_mm, y_mm=y_mm, on_mark=self.on_mark, crosses=self.crosses)


def chosen(sheet: Sheet, places: Sequence[Settlement], letters: PlaceLettering) -> list[Site]:
    """Return the places that may be named: the office first, then the others by rank; localities if towns are few."""
    order = sorted(
        (place for place in places if place.office or place.kind != REGION),
        key=lambda place: (not place.office, place.kind == LOCALITY, place.rank),
    )
    spots = sheet.projection.mm((place.longitude, place.latitude) for place in order)
    shown = [pair for pair in zip(order, spots, strict=True) if _shows(sheet, *pair)]
    towns = sum(place.kind != LOCALITY for place, _ in shown)
    kept = [(place, at) for place, at in shown if place.office or place.kind != LOCALITY or towns < FEW]
    sizes = {True: letters.office_mm, False: letters.dot_mm}
    return [Site(place.name, at, place.office, sizes[place.office]) for place, at in kept]


def _shows(sheet: Sheet, place: Settlement, at: Point) -> bool:
    """Return whether a place is in the electorate's part of the frame; an office is wherever it is in the frame."""
    if not within((*at, *at), grown(sheet.box, -EDGE_MM)):
        return False
    if place.office or sheet.on_mark(at):
        return True
    # It may be so near to the outline that only its simplification left it outside.
    spot = grown((*at, *at), 0.05)
    return sheet.near(spot) <= ON_SHORE_MM and sheet.on_others(spot) < 1


def write(sheet: Sheet, sites: Sequence[Site], letters: PlaceLettering, office: str) -> None:
    """Mark and name places, as many and as important ones as find room; the office is never left out."""
    first = [nth for nth, site in enumerate(sites) if not site.office][:FIRST]
    options = [
        _options(sheet, site, letters, office, must=site.office or (nth in first[:1] and not letters.unsaid))
        for nth, site in enumerate(sites)
    ]
    left, bottom, right, top = sheet.bounds or sheet.box
    reach = CROWDED * max(right - left, top - bottom)
    keeps = [site.office or nth in first for nth, site in enumerate(sites)]
    # The others keep their distance from the outline.
    clear = [[each for each in found if keep or not each.near] for keep, found in zip(keeps, options, strict=True)]
    named = _settled(sites, clear, letters, reach)
    if len(named) < min(ENOUGH, letters.most):
        named = _settled(sites, options, letters, reach)
    for site, label in named:
        sheet.dots.append(Dot(*rounded_point(site.at), site.radius_mm, sheet.on_mark(site.at), site.kind))
        sheet.keep_off(grown(site.box, 0.3))
        sheet.write(replace(label, leader=_leader(site, label) if letters.leaders else None))


def _settled(
    sites: Sequence[Site], options: Sequence[Sequence[Option]], letters: PlaceLettering, reach_mm: float
) -> list[tuple[Site, Label]]:
    entrants: list[contest.Entrant] = []
    for site, ways in zip(sites, options, strict=True):
        boxes, costs = tuple(way.box for way in ways), tuple(way.cost for way in ways)
        entrants.append(contest.Entrant(site.at, site.box, boxes, costs, must=site.office, led=letters.leaders))
    found = contest.settle(entrants, letters.most, LEAST_APART_MM, reach_mm)
    return [(sites[which], options[which][name].label) for which, name in found.items()]


def _options(sheet: Sheet, site: Site, letters: PlaceLettering, office: str, *, must: bool) -> list[Option]:
    """Return the ways to name a place, best first.

    Only one that must be named may have its name across an outline, and only an office on another electorate's ground.
    """
    found: list[Option] = []
    for name in _names(sheet.measure, site, letters, office):
        stands = _around(site, letters, name, must=must, unsaid=bool(office) and not name.note)
        stands = stands.where(frames.clear(stands.boxes, grown(sheet.box, -NAME_EDGE_MM), sheet.taken))
        # The quickest tests come first, because they leave less to the others.
        stands = stands if must else stands.where(~sheet.across(stands.halos))
        stands = stands if site.office else stands.where(sheet.shares_on_others(stands.halos) <= LEAST_LAND)
        stands = stands.where(_led(sheet, site, stands)) if letters.leaders else stands
        found += [option for option in _judged(sheet, site, stands, must=must) if must or not option.crosses]
    return sorted(found, key=lambda option: option.cost)


def _led(sheet: Sheet, site: Site, stands: Stands) -> NDArray[np.bool_]:
    """Return which names are beside their dot, or can have a line to it over the electorate and the sea alone."""
    ends, gaps = _ends(site, stands.name, stands.boxes)
    led = gaps <= BESIDE_MM
    lines = shapely.linestrings(np.stack([np.broadcast_to(site.at, ends.shape), ends], axis=1)[~led])
    led[~led] = ~shapely.intersects(sheet.others, lines)
    return led


def _ends(site: Site, name: Label, boxes: frames.Boxes) -> tuple[NDArray[np.float64], Lengths]:
    """Return the point of a name nearest to its dot, at each of some boxes, and its distance from the dot's edge."""
    em = name.size_pt * MM_PER_PT
    letters = boxes + np.array((0.0, frames.DROP * em, 0.0, (frames.CAP - frames.RISE) * em))
    ends = np.clip(site.at, letters[:, :2], letters[:, 2:])
    return ends, np.hypot(*(ends - site.at).T) - site.radius_mm


def _leader(site: Site, label: Label) -> Segment | None:
    """Return the line to a name from its dot, unless it is beside it."""
    (end,), (gap,) = _ends(site, label, np.array([label.box]))
    if gap <= BESIDE_MM:
        return None
    step = (end - site.at) / math.dist(end, site.at)
    start, stop = site.at + step * (site.radius_mm + LEADER_CLEAR_MM), end - step * LEADER_CLEAR_MM
    return rounded_point(start.tolist()), rounded_point(stop.tolist())


def _judged(sheet: Sheet, site: Site, stands: Stands, *, must: bool) -> Iterator[Option]:
    """Yield the ways to set a name, with the cost of the ground beneath each."""
    boxes, under, near = stands.boxes, sheet.under(stands.halos), _near(sheet, site, stands.inks)
    land, on_mark = sheet.shares_on_others(boxes), (under == 0) & sheet.all_on_mark(frames.middles(boxes))
    _, gaps = _ends(site, stands.name, boxes)
    costs = stands.costs + np.where(near, NEAR, 0.0) - (LARGEST if must else 0.0) + np.where(gaps > BESIDE_MM, LED, 0.0)
    costs = costs + (np.where(land > MOST_ON_LAND, ABROAD, 0.0) + np.where(on_mark, INLAND, 0.0))
    crossed = (under > 0) | ((land > MOST_ON_LAND) & (land < 1 - MOST_ON_LAND))
    # An office's name costs more, and each of its lines counts.
    crossing = (OFFICE_CROSSING if stands.name.kind == "office" else CROSSING) * (2 if stands.name.note else 1)
    costs = costs + np.where(crossed, under * CROSSING_A_MM + crossing, 0.0)
    found = costs, stands.anchors, stands.points, boxes, near, on_mark, under > 0
    for cost, anchor, at, box, *ground in zip(*(column.tolist() for column in found), strict=True):
        yield Option(cost, stands.name, anchor, tuple(at), tuple(box), *ground)


def _near(sheet: Sheet, site: Site, inks: frames.Boxes) -> NDArray[np.bool_]:
    """Return which letters are beside an outline that isn't the shore of their own place."""
    near = _beside(sheet.edges, inks)
    if near.any():
        shore = sheet.outline_beyond(site.at, OWN_SHORE_MM)
        shapely.prepare(shore)
        near[near] = _beside(shore, inks[near])
    return near


def _beside(outline: shapely.Geometry, inks: frames.Boxes) -> NDArray[np.bool_]:
    shapes, nearer = shapely.box(*inks.T), math.nextafter(OUTLINE_CLEAR_MM, 0.0)
    return np.asarray(shapely.dwithin(outline, shapes, nearer) | shapely.intersects(outline, shapes))


def _names(measure: Measure, site: Site, letters: PlaceLettering, office: str) -> Iterator[Label]:
    """Yield the forms of a name, in one line or two, before it has a position."""
    size, weight = (letters.office_pt, 600) if site.office else (letters.town_pt, letters.town_weight)
    for lines, note in itertools.product(_broken(site.name), _notes(site, letters, office)):
        width = max(measure(line, size, weight) for line in lines)
        width = max(width, measure(note, letters.note_pt, 400)) if note else width
        label = Label(lines, 0.0, 0.0, "left", site.kind, size, weight, round(width, DECIMALS))
        yield replace(label, note=note, note_pt=letters.note_pt)


def _around(site: Site, letters: PlaceLettering, name: Label, *, must: bool, unsaid: bool) -> Stands:
    """Return the positions of a name on all sides of its dot, at each distance, with the cost of each."""
    extra = UNSAID if site.office and letters.note_pt and unsaid else 0.0
    most_mm = max(FURTHER_MM) if letters.leaders else FAR_IF_MUST_MM if must else FAR_MM
    gaps = letters.gap_mm + np.array([each for each in FURTHER_MM if each <= most_mm])
    anchors, x_mm, y_mm = zip(*_sides(site, gaps, name), strict=True)
    costs = extra + np.arange(len(anchors)) * ORDER + (gaps[:, None] - letters.gap_mm) * GAP_A_MM
    costs += (len(name.lines) - 1) * BROKEN
    points = np.column_stack([_drawn(lengths, gaps) for lengths in (x_mm, y_mm)])
    return Stands(name, np.tile(anchors, len(gaps)), points, costs.ravel())


def _drawn(lengths_mm: Sequence[Lengths], gaps: Lengths) -> list[float]:
    """Return the rounded lengths of all sides, gap by gap; NumPy would round some halves the other way."""
    found = np.column_stack([np.broadcast_to(length, gaps.shape) for length in lengths_mm])
    return [round(length, DECIMALS) for length in found.ravel().tolist()]


def _notes(site: Site, letters: PlaceLettering, office: str) -> tuple[str, ...]:
    if not (site.office and letters.note_pt and office):
        return ("",)
    return (office, "") if letters.unsaid else (office,)


def _broken(name: str) -> tuple[tuple[str, ...], ...]:
    """Return a name in one line and, if it has a space or a hyphen near its middle, in two."""
    cuts = [n + 1 for n, letter in enumerate(name) if letter in " -" and LEAST_FIRST <= n < len(name) - 3]
    if not cuts:
        return ((name,),)
    cut = min(cuts, key=lambda each: abs(each - len(name) / 2))
    return (name,), (name[:cut].rstrip(" "), name[cut:])


def _sides(site: Site, gap: Lengths, label: Label) -> tuple[tuple[str, Lengths, Lengths], ...]:
    """Return a name's positions around a dot for each gap, best first: an anchor and a point on the baseline."""
    left, bottom, right, top = site.box
    (at_x, y), cap, low = middle(site.box), frames.CAP * label.size_pt * MM_PER_PT, label.below_mm
    x, level, under, over = np.array(at_x), np.array(y - cap / 2), bottom - gap - cap, top + gap + low
    # Across a corner, a name is as far from its dot as beside it.
    near = gap * CORNER
    return (
        ("left", right + gap, level),
        ("right", left - gap, level),
        ("left", right + near, top + near * 0.4 + low),
        ("right", left - near, top + near * 0.4 + low),
        ("left", right + near, bottom - near * 0.4 - cap),
        ("right", left - near, bottom - near * 0.4 - cap),
        ("centre", x, over),
        ("centre", x, under),
        *(
            (anchor, at, level + cap * rise)
            for rise in RISES
            for anchor, at in (("left", right + gap), ("right", left - gap))
        ),
        *((anchor, x + label.width_mm * side, at) for at in (over, under) for anchor, side in SLIDES),
    )
