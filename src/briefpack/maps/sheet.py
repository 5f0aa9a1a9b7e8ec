"""Keep track of the room on a frame while its labels are placed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from briefpack.geometry import MM_PER_PT
from briefpack.maps.boxes import Box, Point, grown, meet, middle, within
from briefpack.maps.frames import Dot, Frame, Label, Ring
from briefpack.maps.projection import DECIMALS, Projection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from briefpack.maps.atlas import Shapes
    from briefpack.maps.land import Land

Measure = Callable[[str, float, int], float]
"""A function that returns the width in millimetres of a text, at a size in points and a weight."""
OFF_MARK_MM, ON_MARK_MM = 0.15, 0.8
"""How far a label keeps from the electorate's edge: outside it, and inside it, where the label is white."""


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
    return ems * size_pt * MM_PER_PT * (1.0 if weight < 600 else 1.06)


class Sheet:
    """A frame while its labels are being placed: the obstacles, and the room already taken."""

    def __init__(
        self,
        box: Box,
        projection: Projection,
        letters: Lettering,
        measure: Measure,
        land: Land,
        own: tuple[Ring, ...] = (),
    ) -> None:
        self.box, self.projection, self.letters, self.measure = box, projection, letters, measure
        self.land, self.own, self.subject = land, own, ""
        self.lines = np.array([point for line in (*land.borders, *land.state_borders) for point in line]).reshape(-1, 2)
        self.mark = _areas(own)
        self.edges = shapely.multilinestrings(shapely.get_exterior_ring(self.mark))
        shapely.prepare(self.edges)
        self.bounds: Box | None = self.edges.bounds if own else None
        self.taken: list[Box] = []
        self.dots: list[Dot] = []
        self.labels: list[Label] = []

    @functools.cached_property
    def ground(self) -> tuple[Shapes, NDArray[np.int_]]:
        """Return the rings of all land as areas, and 1 for land or -1 for a hole."""
        areas = _areas([ring for _, rings in self.land.grounds for ring in rings])
        return areas, np.where(shapely.is_ccw(shapely.get_exterior_ring(areas)), 1, -1)

    def on_land(self, box: Box) -> float:
        """Return the share of a box that is land."""
        areas, signs = self.ground
        return float(shapely.area(shapely.clip_by_rect(areas, *box)) @ signs / shapely.area(shapely.box(*box)))

    def keep_off(self, *boxes: Box) -> None:
        """Keep labels off these boxes."""
        self.taken += boxes

    def free(self, box: Box) -> bool:
        """Return whether a box is within the frame and clear of everything placed so far."""
        return within(box, grown(self.box, -0.2)) and not any(meet(box, taken) for taken in self.taken)

    def apart(self, label: Label) -> bool:
        """Return whether a label is far enough from the others that the electorate's name isn't read with a town's."""
        near, named = grown(label.box, self.letters.apart_mm), self.names_subject(label)
        others = (other for other in self.labels if self.names_subject(other) != named)
        towns = ("town", "capital")
        return not any(meet(near, other.box) for other in others if (other if named else label).kind in towns)

    def names_subject(self, label: Label) -> bool:
        """Return whether a label is the electorate's name, or a town's name that doubles as it."""
        return label.kind == "electorate" or label.lines == (self.subject,)

    def site(self, box: Box) -> str:
        """Return where a box lies: `mark` (on the electorate), `off` (clear of it) or `both`."""
        if self.bounds is None or not meet(box, self.bounds):
            return "off"
        if shapely.intersects(self.edges, shapely.box(*box)):
            return "both"
        return "mark" if self.on_mark(middle(box)) else "off"

    def on_mark(self, point: Point) -> bool:
        """Return whether a point lies on the electorate; a hole in it is a ring within a ring."""
        return bool(shapely.contains_xy(self.mark, *point).sum() % 2)

    def near(self, box: Box) -> float:
        """Return the distance from a box to the electorate."""
        return float(shapely.distance(self.edges, shapely.box(*box)))

    def crossed(self, box: Box) -> int:
        """Return how many points of borders a box covers."""
        return int(((self.lines > box[:2]) & (self.lines < box[2:])).all(axis=1).sum())

    def write(self, label: Label) -> None:
        """Add a label and reserve the room that it needs."""
        self.labels.append(label)
        self.keep_off(grown(label.box, 1.2 if label.kind == "electorate" else 0.35))


def _areas(rings: Sequence[Ring]) -> Shapes:
    points = np.array([point for ring in rings for point in ring]).reshape(-1, 2)
    owners = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    return shapely.polygons(shapely.linearrings(points, indices=owners))


def frame(role: str, sheet: Sheet) -> Frame:
    """Return a finished frame."""
    left, bottom, right, top = (round(side, DECIMALS) for side in sheet.box)
    shapes, scale = sheet.land.shapes(sheet.own), sheet.projection.mm_per_km
    return Frame(role, (left, bottom, right, top), scale, shapes, tuple(sheet.dots), tuple(sheet.labels))


def label(
    sheet: Sheet, lines: tuple[str, ...], at: Point, anchor: str, kind: str, size: float, weight: int, width: float
) -> Label | None:
    """Return a label at a point, if there is room for it and it doesn't cross the electorate's edge."""
    x, y = (round(part, DECIMALS) for part in at)
    found = Label(lines, x, y, anchor, kind, size, weight, round(width, DECIMALS))
    if not sheet.free(found.box) or not sheet.apart(found):
        return None
    site = sheet.site(grown(found.box, OFF_MARK_MM))
    if site == "mark":
        site = sheet.site(grown(found.box, ON_MARK_MM))
    return None if site == "both" else found if site == "off" else replace(found, on_mark=True)
