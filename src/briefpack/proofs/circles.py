"""Draw circles around boxes on a page, and find room for the numbers beside them."""

from collections.abc import Iterable, Iterator, Sequence

from briefpack.geometry import Rectangle
from briefpack.proofs.model import Circle, MarkedPage, Number, PageArea, Spot

CLEAR_PT = 2.5
"""The space between a box and the circle around it, and between one circle and the next around the same box."""
NUMBER_PT = 9.0
"""The diameter of the disc that a number is in."""
EDGE_PT = 1.0


def page(number: int, area: PageArea, spots: Iterable[Spot]) -> MarkedPage:
    """Return a page with a circle around each box, a number beside each circle, and the numbers without a place."""
    here = [spot for spot in spots if spot.page == number]
    drawn = [(spot.number, ring) for spot, rings in _rings(here, area.trim) for ring in rings]
    beside = _numbers(drawn, area)
    return MarkedPage(
        number, area.width_pt, area.height_pt,
        tuple(_circle(ring, area.height_pt) for _, ring in drawn), tuple(beside),
        tuple(spot.number for spot in here if not spot.boxes),
    )  # fmt: skip


def _rings(spots: Sequence[Spot], trim: Rectangle) -> Iterator[tuple[Spot, list[Rectangle]]]:
    """Yield the circles of each spot; one around a box that has a circle already goes around that circle."""
    taken: list[Rectangle] = []
    for spot in spots:
        rings = [_outside(ring, taken) for ring in around(spot.boxes)]
        taken += rings
        yield spot, [_on_page(ring, trim) for ring in rings]


def around(boxes: Iterable[Rectangle]) -> list[Rectangle]:
    """Return a circle for each box, the first box's first; circles that would meet become one around all their boxes."""
    rings: list[Rectangle] = []
    for box in boxes:
        ring = box.grown(CLEAR_PT)
        place = len(rings)
        while met := [index for index, other in enumerate(rings) if other.meets(ring)]:
            ring = Rectangle.around(
                corner for each in (ring, *(rings[index] for index in met)) for corner in each.corners
            )
            rings, place = [other for index, other in enumerate(rings) if index not in met], min(met)
        rings.insert(place, ring)
    return rings


def _outside(ring: Rectangle, taken: Sequence[Rectangle]) -> Rectangle:
    while any(ring.within(other, CLEAR_PT / 2) and other.within(ring, CLEAR_PT / 2) for other in taken):
        ring = ring.grown(CLEAR_PT)
    return ring


def _on_page(ring: Rectangle, trim: Rectangle) -> Rectangle:
    """Return a circle with each side moved onto the page, so that what is beyond the edge is marked at the edge."""
    inner = trim.grown(-EDGE_PT)
    left, right = (min(max(side, inner.left), inner.right) for side in (ring.left, ring.right))
    bottom, top = (min(max(side, inner.bottom), inner.top) for side in (ring.bottom, ring.top))
    left, right = min(left, inner.right - NUMBER_PT), max(right, inner.left + NUMBER_PT)
    bottom, top = min(bottom, inner.top - NUMBER_PT), max(top, inner.bottom + NUMBER_PT)
    return Rectangle(left, bottom, right, top)


def _circle(ring: Rectangle, height_pt: float) -> Circle:
    return Circle(round(ring.left, 2), round(height_pt - ring.top, 2), round(ring.width, 2), round(ring.height, 2))


def _numbers(drawn: Sequence[tuple[int, Rectangle]], area: PageArea) -> Iterator[Number]:
    """Yield the number of each circle, in the nearest place that is clear of type, circles and other numbers."""
    rings = [ring for _, ring in drawn]
    taken: list[Rectangle] = []
    for number, ring in drawn:
        obstacles = (*taken, *rings, *area.type_lines)
        places = [place for place in _places(ring, area.trim) if place.within(area.trim, -EDGE_PT)]
        clear = (place for place in places if not any(place.meets(other) for other in obstacles))
        place = next(clear, None) or _least_covered(places, taken) or ring
        taken.append(place)
        middle = (place.left + place.right) / 2, area.height_pt - (place.bottom + place.top) / 2
        yield Number(number, round(middle[0], 2), round(middle[1], 2))


def _least_covered(places: Sequence[Rectangle], taken: Sequence[Rectangle]) -> Rectangle | None:
    """Return the first place without another number, or else the first."""
    return next((place for place in places if not any(map(place.meets, taken))), next(iter(places), None))


def _places(ring: Rectangle, trim: Rectangle) -> Iterator[Rectangle]:
    """Yield places for the number of a circle: beside and above it, then along its line into the margins."""
    half = NUMBER_PT / 2
    middle = (ring.top + ring.bottom) / 2
    beside = min(ring.top - half, max(middle, ring.top - NUMBER_PT))
    yield from (_disc(x, beside) for x in (ring.left - half, ring.right + half))
    yield from (
        _disc(x, y) for y in (ring.top + half, ring.bottom - half) for x in (ring.left + half, ring.right - half)
    )
    for step in range(1, int(max(trim.width, 1) / half)):
        yield from (_disc(x, beside) for x in (ring.left - half * (1 + step), ring.right + half * (1 + step)))


def _disc(x: float, y: float) -> Rectangle:
    half = NUMBER_PT / 2 - 0.01
    return Rectangle(x - half, y - half, x + half, y + half)
