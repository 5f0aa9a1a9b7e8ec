"""Draw the maps on the themes' pages of `ijm-federal-2025`: `python drawings/coast_maps.py` writes them.

Each shows land, lines in the sea, names, and the mark of one city. The coasts are those
of Natural Earth; README.md in this folder says where they come from. Nothing is drawn by hand.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from shapely import Geometry, Polygon, box, union_all

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "briefs/ijm-federal-2025/images"
FONTS = ROOT / "fonts/source-sans-3"

Point = tuple[float, float]

# Millimetres on the page: as high as the place may grow; where it is lower, the page crops both ends.
WIDTH, HEIGHT = 119.0, 101.0
MM_PER_PT = 25.4 / 72
HAIR_MM, BORDER_MM, NARROW_MM = 0.06, 0.18, 0.3
"""The width of a hair, that of a border, and half that of the narrowest water."""
BEHIND = 'aria-hidden="true" '
"""What a shape that is only behind others says of itself, so that the contrast of the rest is checked."""
# The screen values of tokens: ink, paper, sand, signal and grey.
INK, PAPER, SAND, SIGNAL, GREY = "#16243A", "#FFFFFF", "#F5F1E8", "#C8452D", "#5B6470"
# For field, field-land, field-water and field-quiet-text: at home, sea and land are white, with an outline between.
SEA, OTHER_LAND, WATER, ON_SEA = "#17243A", "#2B3B57", "#3B4C6A", "#C3CCD8"
LINES_MM = (0.9, 2.0, 3.4, 5.2, 7.5, 10.3, 13.6)
"""The distances of the lines in the sea from the coasts; each is thinner than the one before."""
LINE_MM, THINNER = 0.22, 0.85


@dataclass(frozen=True)
class Name:
    """A name, its longitude and latitude, its type, and how far right and up it is; to the left, it ends there."""

    text: str
    at: Point
    right_mm: float
    up_mm: float = 0.0
    weight: str = "Regular"
    size_pt: float = 8.5
    colour: str = ON_SEA
    ground: str = SEA


@dataclass(frozen=True)
class CoastMap:
    """The contents of a map: a file of coasts, the key of its own land, the middle, the scale, the city and the names.

    `thinnest_mm` is that of its lines: a print shop wants 0.25 pt, also where a place shows the map smaller.
    """

    coasts: str
    own: str
    centre: Point
    mm_per_degree: float
    marked: Point | None
    names: tuple[Name, ...]
    size_mm: Point = (WIDTH, HEIGHT)
    thinnest_mm: float = 0.09

    def rings(self) -> dict[str, list[list[Point]]]:
        """Return the coasts of its own land and of the others, as longitudes and latitudes."""
        return dict(json.loads((Path(__file__).parent / self.coasts).read_text(encoding="utf-8")))

    def placed(self, point: Point) -> Point:
        """Return a point in millimetres from the left and the top, with degrees of longitude as in the middle."""
        across = (point[0] - self.centre[0]) * math.cos(math.radians(self.centre[1]))
        wide, high = self.size_mm
        return wide / 2 + across * self.mm_per_degree, high / 2 - (point[1] - self.centre[1]) * self.mm_per_degree

    def land(self, rings: list[list[Point]]) -> Geometry:
        """Return coasts on the page, without water too narrow to print."""
        return self._joined(rings).buffer(NARROW_MM, quad_segs=4).buffer(-NARROW_MM, quad_segs=4).simplify(HAIR_MM)

    def _joined(self, rings: list[list[Point]]) -> Geometry:
        """Return land whose borders, as wide as a hair, close the gaps that rounding leaves between them."""
        return union_all([self._area(ring).buffer(HAIR_MM, quad_segs=1) for ring in rings])

    def _borders(self, rings: list[list[Point]], own: Geometry, page: Geometry) -> list[str]:
        """Return the borders of countries: the coast that their land shows, and where they meet their neighbours."""
        inland = self._joined(rings).buffer(-2 * BORDER_MM)
        inner = [self._area(ring).boundary.intersection(page).intersection(inland) for ring in rings]
        parts = [(own.boundary.intersection(page), BEHIND), *((part, "") for part in inner)]
        return [_border(part, more) for part, more in parts if not part.is_empty]

    def _area(self, ring: list[Point]) -> Polygon:
        return Polygon(map(self.placed, ring))

    def drawing(self) -> str:
        """Return the map as an SVG."""
        (wide, high), rings = self.size_mm, self.rings()
        page = box(0, 0, wide, high)
        own, others = self.land(rings[self.own]), self.land(rings["others"])
        land = union_all([own, others])
        parts = [
            _area(page, SEA, BEHIND),
            *(
                _line(land.buffer(mm, quad_segs=6).simplify(0.05).boundary.intersection(page), mm, self.thinnest_mm)
                for mm in LINES_MM
            ),
            _area(others.intersection(page), OTHER_LAND, BEHIND),
            _area(own.intersection(page), SAND),
            *self._borders(rings[self.own], own, page),
            *(_mark(*self.placed(self.marked)) if self.marked else ()),
            *(_name(name, self.placed(name.at)) for name in self.names),
        ]
        size = f'width="{wide:g}mm" height="{high:g}mm" viewBox="0 0 {wide:g} {high:g}"'
        return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" {size}>', *parts, "</svg>", ""])


def _path(points: object, *, closed: bool) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + ("Z" if closed else "")


def _area(shape: Geometry, colour: str, more: str = "") -> str:
    rings = [ring for part in getattr(shape, "geoms", [shape]) for ring in (part.exterior, *part.interiors)]
    ways = "".join(_path(ring.coords, closed=True) for ring in rings)
    return f'<path {more}fill="{colour}" fill-rule="evenodd" d="{ways}"/>'


def _ways(shape: Geometry) -> str:
    return "".join(_path(part.coords, closed=False) for part in getattr(shape, "geoms", [shape]))


def _border(shape: Geometry, more: str) -> str:
    """Return part of the outline of a country."""
    return f'<path {more}fill="none" stroke="{GREY}" stroke-width="{BORDER_MM}" stroke-linejoin="round" d="{_ways(shape)}"/>'


def _line(shape: Geometry, mm: float, thinnest_mm: float) -> str:
    """Return a line in the sea, the thinner the farther it is from the coast."""
    width = max(LINE_MM * THINNER ** LINES_MM.index(mm), thinnest_mm)
    return f'<path {BEHIND}fill="none" stroke="{WATER}" stroke-width="{width:.2f}" d="{_ways(shape)}"/>'


def _mark(x: float, y: float) -> tuple[str, ...]:
    """Return the mark of a city: a ring around a dot."""
    place = f'cx="{x:.2f}" cy="{y:.2f}"'
    return (
        f'<circle {place} r="2.9" fill="{PAPER}"/>',
        f'<circle {place} r="2.6" fill="none" stroke="{SIGNAL}" stroke-width="0.5"/>',
        f'<circle {place} r="1.45" fill="{SIGNAL}"/>',
    )


def _name(name: Name, at_mm: Point) -> str:
    """Return a name in outlines, on a halo that keeps the lines of the sea or of borders out of it."""
    font = FontProperties(fname=FONTS / f"SourceSans3-{name.weight}.ttf")
    letters = TextPath((0, 0), name.text, size=name.size_pt * MM_PER_PT, prop=font)
    width = letters.get_extents().x1
    left, base = at_mm[0] + name.right_mm - (width if name.right_mm < 0 else 0), at_mm[1] - name.up_mm
    outline = "".join(
        _path([(left + a, base - b) for a, b in ring], closed=True) for ring in letters.to_polygons() if len(ring)
    )
    halo = f'<path {BEHIND}fill="{name.ground}" stroke="{name.ground}" stroke-width="1" stroke-linejoin="round" d="{outline}"/>'
    return f'{halo}<path fill="{name.colour}" d="{outline}"/>'


# Maps for a number about their place: three quarters as large in the narrow column of a page, and larger in a panel.
SLOT_MM = (63.0, 38.6)
MANILA, BANGKOK = (120.98, 14.6), (100.5, 13.75)
MAPS = {
    "philippines.svg": CoastMap(
        coasts="coasts.json",
        own="philippines",
        centre=(122.3, 12.3),
        mm_per_degree=7.0,
        marked=MANILA,
        names=(
            Name("Manila", MANILA, -5.9, -1.2, "Semibold", 11),
            Name("Luzon", (122.3, 16.4), 2.5),
            Name("Visayas", (125.6, 11.6), 2.5),
            Name("Mindanao", (126.5, 8.0), 2.5),
            Name("Palawan", (118.3, 10.1), -2.5),
        ),
    ),
    "mekong.svg": CoastMap(
        coasts="mekong_coasts.json",
        own="own",
        centre=(101.6, 15.2),
        mm_per_degree=5.0,
        marked=BANGKOK,
        names=(
            Name("Bangkok", (99.1, 14.5), 0.1, 0.0, "Semibold", 11, INK, SAND),
            *(
                Name(country, at, 1, colour=GREY, ground=SAND)
                for country, at in (
                    ("Myanmar", (94.6, 21.0)),
                    ("Thailand", (99.4, 16.6)),
                    ("Laos", (102.0, 19.6)),
                    ("Cambodia", (103.4, 12.6)),
                )
            ),
            Name("Vietnam", (109.4, 13.2), 2.5),
        ),
    ),
    "manila.svg": CoastMap(
        coasts="coasts.json",
        own="philippines",
        centre=(121.6, 13.4),
        mm_per_degree=3.0,
        marked=MANILA,
        size_mm=SLOT_MM,
        thinnest_mm=0.13,
        names=(Name("Manila", MANILA, -5.9, -1.2, "Semibold", 11),),
    ),
    "mekong-region.svg": CoastMap(
        coasts="mekong_coasts.json",
        own="own",
        centre=(102.2, 15.6),
        mm_per_degree=3.0,
        marked=None,
        size_mm=SLOT_MM,
        thinnest_mm=0.13,
        names=tuple(
            Name(country, at, 1, size_pt=10, colour=GREY, ground=SAND)
            for country, at in (
                ("Myanmar", (93.6, 19.4)),
                ("Thailand", (98.6, 15.6)),
                ("Laos", (101.4, 19.2)),
                ("Cambodia", (102.2, 12.4)),
            )
        ),
    ),
}


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    for name, shown in MAPS.items():
        (IMAGES / name).write_text(shown.drawing(), encoding="utf-8")
