"""Draw the cover of `ijm-federal-2025` for the nation: `python drawings/region.py` writes it.

Coasts are those of Natural Earth, and Australia's electorates those of its set; README.md in this folder says where the
coasts come from. Nothing in it is drawn by hand. It has no ground: the field of the cover shows between the lines.
"""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from shapely import Geometry, Polygon, box, union_all

ROOT = Path(__file__).parents[1]
COASTS = Path(__file__).parent / "region.json"
BOUNDARIES = ROOT / "briefs/electorates/au-federal-2025/boundaries.geojson"
DRAWING = ROOT / "briefs/ijm-federal-2025/images/region.svg"
FONTS = ROOT / "fonts/source-sans-3"

# Millimetres: the field of a cover and its bleed. Degrees of longitude are as wide as those of latitude.
WIDTH, HEIGHT, BLEED = 216.0, 229.0, 3.0
WEST, NORTH, MM_PER_DEGREE = 84.0, 33.0, 2.85
MM_PER_PT = 25.4 / 72
HAIR_MM, LEAST_MM2, COARSE_MM, LEAST_LINE_MM, LEAST_ISLAND_MM2 = 0.05, 0.3, 0.12, 4.0, 1.0
# The screen values of tokens: field-text, sand, field-line, field-land, field-state and signal.
WHITE, SAND, INK, LAND, PARTNER, SIGNAL = "#FFFFFF", "#F5F1E8", "#16243A", "#2B3B57", "#7588A6", "#C8452D"
NEAR, FAR = "#4A5C7C", "#22314A"
LINES_MM = (1.06, 2.3, 3.7, 5.3, 7.05, 9.2, 11.6)
"""The distances of the lines in the sea from the coasts."""
FADE_MM, STEP_MM = (29.0, 49.0), 1.0
"""Where the ground under the organisation's name ends, where the map is in full colours, and the steps between.

The steps are opaque, because a printer's press has trouble with gradients."""
BEHIND = 'aria-hidden="true" '
"""What a shape that is only behind others says of itself, so that the contrast of the rest is checked."""
CITIES = ((100.5, 13.75), (120.98, 14.6))
"""Bangkok and Manila."""
NAMES = (
    ("Bangkok", (100.5, 13.75), "Semibold", 10.5, WHITE, -6.45, 0.4),
    ("AFP Post", (100.5, 13.75), "Regular", 8.5, WHITE, -6.45, -3.2),
    ("Manila", (120.98, 14.6), "Semibold", 10.5, WHITE, 6.45, 0.4),
    ("joint police centre", (120.98, 14.6), "Regular", 8.5, WHITE, 6.45, -3.2),
    ("Thailand", (102.2, 15.6), "Semibold", 8.5, INK, 0, 0),
    ("Philippines", (126.4, 8.4), "Semibold", 8.5, WHITE, 2.0, 0),
    ("Indonesia", (113.7, -0.9), "Semibold", 8.5, INK, 0, 0),
)
"""Each name, its place, weight, size in points and colour, and how far right and up it is: to the left it ends there,
and without a distance it stands in the middle of its place."""


def drawing() -> str:
    """Return the map as an SVG."""
    coasts = json.loads(COASTS.read_text(encoding="utf-8"))
    partners, others = (_land(coasts[name]) for name in ("partners", "others"))
    electorates = _electorates()
    nation, page = shapely.coverage_union_all(electorates), box(0, 0, WIDTH, HEIGHT)
    parts = [
        *_waterlines(union_all([partners, others, nation]), page),
        *_faded_area(others.intersection(page), LAND),
        _area(partners.intersection(page), PARTNER),
        _area(nation, SAND),
        _line(_borders(electorates), INK, 0.1, BEHIND),
        *(part for city in CITIES for part in _mark(*_placed(city))),
        *(_name(*each) for each in NAMES),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}mm" height="{HEIGHT:g}mm" viewBox="0 0 {WIDTH:g} {HEIGHT:g}">'
    return "\n".join([head, *parts, "</svg>", ""])


def _steps() -> list[tuple[float, float]]:
    """Return the top of each step of the fade, and how much of its colour the map has there."""
    first, last = FADE_MM
    count = round((last - first) / STEP_MM)
    return [(first + nth * STEP_MM, (nth + 1) / count) for nth in range(count)]


def _faded_area(shape: Geometry, colour: str) -> list[str]:
    """Return land that fades at the top: each step lies over the one before, so that no seam shows between two."""
    below = ((shape.intersection(box(0, top, WIDTH, HEIGHT)), share) for top, share in _steps())
    return [_area(part, _between(INK, colour, share), BEHIND) for part, share in below if not part.is_empty]


def _faded_line(shape: Geometry, colour: str, wide: float) -> list[str]:
    """Return lines that fade at the top."""
    tops = [*_steps(), (HEIGHT, 1.0)]
    found = []
    for (top, share), (foot, _) in pairwise(tops):
        part = shape.intersection(box(0, top, WIDTH, foot))
        if not part.is_empty:
            found.append(_line(part, _between(INK, colour, share), wide, BEHIND))
    return found


def _placed(point: tuple[float, float]) -> tuple[float, float]:
    """Return a point in millimetres from the left and the top."""
    return BLEED + (point[0] - WEST) * MM_PER_DEGREE, BLEED + (NORTH - point[1]) * MM_PER_DEGREE


def _land(rings: list[list[tuple[float, float]]]) -> Geometry:
    """Return coasts on the page, without specks; a border as wide as a hair closes the gaps that rounding leaves."""
    shapes = union_all([Polygon(map(_placed, ring)).buffer(HAIR_MM, quad_segs=1) for ring in rings])
    return union_all([part for part in _parts(shapes.simplify(HAIR_MM)) if part.area >= LEAST_MM2])


def _electorates() -> list[Geometry]:
    """Return the electorates on the page, as simple as their size allows, without islands far from the rest."""
    features = json.loads(BOUNDARIES.read_text(encoding="utf-8"))["features"]
    shapes = [_in_focus(each) for each in features]
    placed = shapely.transform(shapes, lambda points: np.column_stack(_placed(points.T)))
    return list(shapely.coverage_simplify(placed, COARSE_MM))


def _in_focus(feature: dict[str, object]) -> Geometry:
    shape, focus = shapely.from_geojson(json.dumps(feature["geometry"])), box(*feature["properties"]["focus_bbox"])
    return shapely.multipolygons([part for part in _parts(shape) if part.intersects(focus)])


def _borders(electorates: list[Geometry]) -> Geometry:
    """Return the borders between electorates: the edges that two of them have."""
    edges = union_all([each.boundary for each in electorates])
    return shapely.line_merge(edges.difference(shapely.coverage_union_all(electorates).boundary.buffer(HAIR_MM)))


def _waterlines(land: Geometry, page: Geometry) -> list[str]:
    """Return lines in the sea, the darker the farther they are from any coast; each is an offset of the one before."""
    # Lines round an island too small to see are a target with nothing in it.
    seen = union_all([part for part in _parts(land) if part.area >= LEAST_ISLAND_MM2])
    offset, gone, found = seen.simplify(COARSE_MM), 0.0, []
    for nth, mm in enumerate(LINES_MM):
        offset, gone = offset.buffer(mm - gone, quad_segs=4).simplify(COARSE_MM), mm
        lines = [part for part in _parts(offset.boundary.intersection(page)) if part.length >= LEAST_LINE_MM]
        colour = _between(NEAR, FAR, nth / (len(LINES_MM) - 1))
        found += _faded_line(shapely.multilinestrings(lines), colour, 0.16) if lines else []
    return found


def _between(first: str, second: str, share: float) -> str:
    one, other = (int(colour[1:], 16) for colour in (first, second))
    parts = [round((1 - share) * (one >> shift & 255) + share * (other >> shift & 255)) for shift in (16, 8, 0)]
    return "#" + "".join(f"{part:02X}" for part in parts)


def _parts(shape: Geometry) -> list[Geometry]:
    return list(getattr(shape, "geoms", [shape]))


def _path(points: object, *, closed: bool) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + ("Z" if closed else "")


def _area(shape: Geometry, colour: str, more: str = "") -> str:
    rings = [ring for part in _parts(shape) for ring in (part.exterior, *part.interiors)]
    ways = "".join(_path(ring.coords, closed=True) for ring in rings)
    return f'<path {more}fill="{colour}" fill-rule="evenodd" d="{ways}"/>'


def _line(shape: Geometry, colour: str, wide: float, more: str = "") -> str:
    ways = "".join(_path(part.coords, closed=False) for part in _parts(shape))
    return f'<path {more}fill="none" stroke="{colour}" stroke-width="{wide:g}" d="{ways}"/>'


def _mark(x: float, y: float) -> tuple[str, ...]:
    """Return the mark of a city: a ring around a dot."""
    place = f'cx="{x:.2f}" cy="{y:.2f}"'
    return (
        f'<circle {place} r="3.2" fill="none" stroke="{WHITE}" stroke-width="0.5"/>',
        f'<circle {place} r="2.2" fill="{WHITE}"/>',
        f'<circle {place} r="1.7" fill="{SIGNAL}"/>',
        f'<circle {place} r="0.6" fill="{WHITE}"/>',
    )


def _name(text: str, at: tuple[float, float], weight: str, size_pt: float, colour: str, right: float, up: float) -> str:
    """Return a name in outlines; in the sea, on a halo of the field that keeps the lines out of it."""
    font = FontProperties(fname=FONTS / f"SourceSans3-{weight}.ttf")
    letters = TextPath((0, 0), text, size=size_pt * MM_PER_PT, prop=font)
    width = letters.get_extents().x1
    x, y = _placed(at)
    left, base = x + right - (width if right < 0 else 0 if right else width / 2), y - up
    outline = "".join(
        _path([(left + a, base - b) for a, b in ring], closed=True) for ring in letters.to_polygons() if len(ring)
    )
    halo = f'<path {BEHIND}fill="{INK}" stroke="{INK}" stroke-width="1" stroke-linejoin="round" d="{outline}"/>'
    return f'{halo if right else ""}<path fill="{colour}" d="{outline}"/>'


if __name__ == "__main__":
    DRAWING.write_text(drawing(), encoding="utf-8")
