"""Maps of unusual shapes: parts that touch, borders along the edge of the map, rectangles."""

import json
import math
import random
from itertools import pairwise

import pytest
import shapely
from shapely import affinity

from briefpack import electorates, maps

SIZES = ((174.0, 118.0), (50.0, 42.0))
STATES = {"V": "Vale", "W": "West"}


def square(west, south, east=None, north=None):
    return shapely.box(west, south, west + 1 if east is None else east, south + 1 if north is None else north)


def atlas(shapes, focus=None, states=None):
    """Read electorates from shapes by slug; each one's focus is the box of its shape, unless given."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "slug": slug,
                "name": slug.title(),
                "state": (states or {}).get(slug, "V"),
                "focus_bbox": list((focus or {}).get(slug, shape.bounds)),
            },
            "geometry": shapely.geometry.mapping(shape),
        }
        for slug, shape in shapes.items()
    ]
    return maps.read(json.dumps({"type": "FeatureCollection", "features": features}).encode(), STATES)


def area_mm2(rings):
    return abs(sum(x * v - u * y for ring in rings for (x, y), (u, v) in pairwise(ring)) / 2)


def km2(shape, middle):
    """Return the approximate area of a shape in square kilometres."""
    degree = math.pi / 180 * maps.EARTH_KM
    return shape.area * degree * degree * math.cos(math.radians(middle))


TRIANGLES = {
    "twins": shapely.union_all(
        [shapely.Polygon([(-1, 0), (0, 0), (-0.5, 1)]), shapely.Polygon([(0, 0), (1, 0), (0.5, 1)])]
    ),
    "below": shapely.Polygon([(-1, 0), (-1, -1), (1, -1), (1, 0), (0, 0)]),
}
"""Two parts of one electorate that touch at a point of the border that both have with another."""

BOARD = {
    "black": shapely.union_all([square(0, 0), square(1, 1), square(2, 0)]),
    "white": shapely.union_all([square(1, 0), square(0, 1), square(2, 1)]),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shapes", [TRIANGLES, BOARD], ids=["triangles", "chessboard"])
def test_draws_parts_that_touch_at_a_point_in_full(shapes, size):
    known = atlas(shapes)
    whole = maps.nation(known, [], *size).frames[0]
    assert area_mm2(whole.rings("ground")) == pytest.approx(
        km2(shapely.union_all([*shapes.values()]), 0.5) * whole.mm_per_km**2, rel=0.02
    )
    for slug, shape in shapes.items():
        drawn = maps.in_state(known, slug, *size).frames[0]
        assert area_mm2(drawn.rings("electorate")) == pytest.approx(km2(shape, 0.5) * drawn.mm_per_km**2, rel=0.02)


def moved(shape, degrees):
    """Move a shape to the east, and cut it at the date line as GeoJSON requires (RFC 7946, section 3.1.9)."""
    there = affinity.translate(shape, degrees)
    west, east = shapely.box(-180, -90, 180, 90), shapely.box(180, -90, 540, 90)
    beyond = affinity.translate(shapely.intersection(there, east), -360)
    parts = [*shapely.get_parts(shapely.intersection(there, west)), *shapely.get_parts(beyond)]
    return shapely.MultiPolygon([part for part in parts if not part.is_empty])


def moved_box(box, degrees):
    west, south, east, north = box
    return [(west + degrees + 180) % 360 - 180, south, (east + degrees + 180) % 360 - 180, north]


ISLANDS = {
    "mainland": shapely.Polygon([(0, -2), (4, -2), (4, 0), (5, 1), (3, 3), (0, 3)]),
    "coast": shapely.Polygon([(5, 1), (4, 0), (4, -2), (8, -2), (7, 1)]),
    "far": square(9.5, -1, 10, 0),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("degrees", [173.5, 177])
def test_draws_a_country_across_the_date_line_in_one_piece(size, degrees):
    """As for Alaska or the Chatham Islands, its map is the same as if it lay anywhere else."""
    vale = electorates.State("V", "Vale", "V", False, "")
    town = electorates.Town("Port", vale, 6.0, 0.0, 1)
    away = electorates.Town("Port", vale, (6 + degrees + 180) % 360 - 180, 0.0, 1)
    here = atlas(ISLANDS)
    there = atlas(
        {slug: moved(shape, degrees) for slug, shape in ISLANDS.items()},
        {slug: moved_box(shape.bounds, degrees) for slug, shape in ISLANDS.items()},
    )
    assert there.neighbours == here.neighbours
    for slug in (None, *ISLANDS):
        drawn, expected = (
            maps.in_state(known, slug, *size) if slug else maps.nation(known, [port], *size)
            for known, port in ((there, away), (here, town))
        )
        for frame, wanted in zip(drawn.frames, expected.frames, strict=True):
            assert frame.mm_per_km == pytest.approx(wanted.mm_per_km, rel=0.0001)
            for role in ("ground", "electorate", "border"):
                assert len(frame.rings(role)) == len(wanted.rings(role)), (slug, role)
                assert area_mm2(frame.rings(role)) == pytest.approx(area_mm2(wanted.rings(role)), abs=0.5)
            assert [label.lines for label in frame.labels] == [label.lines for label in wanted.labels]
            assert len(frame.dots) == len(wanted.dots)


def boards(seed):
    """Divide a board among electorates of two states, square by square, leaving some squares as sea."""
    rng = random.Random(seed)  # noqa: S311 -- the same every time
    side, count, step = rng.choice([3, 4, 5, 6]), rng.choice([2, 3, 4, 5, 6]), rng.choice([0.5, 1, 2, 0.01])
    west, south = round(rng.uniform(-170, 160), 2), round(rng.uniform(-70, 60), 2)
    squares = {}
    for column in range(side):
        for row in range(side):
            corners = west + column * step, south + row * step, west + (column + 1) * step, south + (row + 1) * step
            owner = rng.randrange(count + 1)
            squares.setdefault(owner, []).append(shapely.box(*(round(corner, 4) for corner in corners)))
    shapes = {f"e{owner}": shapely.union_all(found) for owner, found in squares.items() if owner < count}
    parts = {slug: list(shapely.get_parts(shape)) for slug, shape in shapes.items()}
    focus = {
        slug: shapely.union_all(rng.sample(found, rng.randint(1, len(found)))).bounds for slug, found in parts.items()
    }
    return shapes, focus, {slug: rng.choice("VW") for slug in shapes}


@pytest.mark.parametrize("size", SIZES)
def test_draws_any_division_of_a_board(size):
    for seed in range(40):
        shapes, focus, states = boards(seed)
        known = atlas(shapes, focus, states)
        assert maps.nation(known, [], *size).frames[0].rings("ground"), seed
        for slug in shapes:
            [drawn] = maps.in_state(known, slug, *size).frames
            assert drawn.rings("electorate") or drawn.dots, (seed, slug)
