"""Number the problems and the open queries of a document, and mark each on its page with a circle."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from briefpack.brief.evidence import Query
from briefpack.geometry import Rectangle
from briefpack.problem import Problem


class PageArea(NamedTuple):
    """The size of a page in points, and the lines of type on it, which numbers keep clear of."""

    width_pt: float
    height_pt: float
    type_lines: tuple[Rectangle, ...] = ()

    @property
    def trim(self) -> Rectangle:
        """Return the page as a rectangle."""
        return Rectangle(0.0, 0.0, self.width_pt, self.height_pt)


@dataclass(frozen=True)
class Spot:
    """Something to circle, by its number in the list: the page, counted from 1, and the boxes on it.

    Without boxes, the number stands at the head of the page.
    """

    number: int
    page: int
    boxes: tuple[Rectangle, ...] = ()


@dataclass(frozen=True)
class Circle:
    """A circle on a page, as a template draws it: in points from the top left corner of the page."""

    left_pt: float
    top_pt: float
    width_pt: float
    height_pt: float


@dataclass(frozen=True)
class Number:
    """A number beside a circle, as a template draws it: its middle, in points from the top left corner of the page."""

    number: int
    left_pt: float
    top_pt: float


@dataclass(frozen=True)
class MarkedPage:
    """The marks on one page: circles, the numbers beside them, and the numbers that belong to the page as a whole."""

    number: int
    width_pt: float
    height_pt: float
    circles: tuple[Circle, ...] = ()
    beside: tuple[Number, ...] = ()
    at_head: tuple[int, ...] = ()


@dataclass(frozen=True)
class ListedProblem:
    """A problem in the list at the end of a proof; `place` is the file and line to fix."""

    number: int
    message: str
    hint: str
    place: str
    page: int | None = None


@dataclass(frozen=True)
class ListedQuery:
    """An open query in the list at the end of a proof, with the pages on which its figures print."""

    number: int
    id: str
    about: str
    question: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Marks:
    """Everything that a proof adds to a document: the marks on its pages, and the lists at its end.

    Queries that no figure on the pages is about have no number.
    """

    pages: tuple[MarkedPage, ...]
    problems: tuple[ListedProblem, ...] = ()
    queries: tuple[ListedQuery, ...] = ()
    others: tuple[ListedQuery, ...] = field(default=())


def of_problems(problems: Iterable[Problem], areas: Sequence[PageArea], name: str) -> Marks:
    """Return the marks of problems: first the problems without a page, then each page's problems from its head down.

    The list leaves out the `name` of the document.
    """
    stopping = (each for each in problems if not each.warning)
    numbered = [*enumerate(sorted(dict.fromkeys(stopping), key=lambda each: _order(each, len(areas))), start=1)]
    spots = [spot for number, each in numbered for spot in _spots(number, each)]
    return Marks(_pages(areas, spots), tuple(_listed(number, each, name) for number, each in numbered))


def _spots(number: int, problem: Problem) -> Iterator[Spot]:
    if problem.page:
        yield Spot(number, problem.page, problem.boxes)
    yield from (Spot(number, page, (box,)) for page, box in problem.continued)


def _order(problem: Problem, page_count: int) -> tuple[int, float, float]:
    """Return the order of a problem in the list."""
    if not problem.page or problem.page > page_count:
        return 0, 0.0, 0.0
    if not problem.boxes:
        return problem.page, float("-inf"), 0.0
    return problem.page, -problem.boxes[0].top, problem.boxes[0].left


def _listed(number: int, problem: Problem, name: str) -> ListedProblem:
    """Return a problem for the list, without its page, which has a column, and the document, which the list is in."""
    check = f"{problem.check}: " if problem.check else ""
    message = problem.message if problem.document == name else problem.statement.removeprefix(f"{name}: ")
    place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
    return ListedProblem(number, f"{check}{message}", problem.hint, place, problem.page)


def of_queries(
    queries: Mapping[str, Query], found: Mapping[str, Sequence[Spot]], areas: Sequence[PageArea], *, others: bool
) -> Marks:
    """Return the marks of open queries, in the brief's order; `found` are the places of their figures, by query.

    With `others`, the queries that no figure on the pages is about are listed without a number.
    """
    marked = [*enumerate((each for each in queries if found.get(each)), start=1)]
    spots = [Spot(number, spot.page, spot.boxes) for number, each in marked for spot in found[each]]
    listed = tuple(_query(number, each, queries[each], found[each]) for number, each in marked)
    rest = tuple(_query(0, each, query, ()) for each, query in queries.items() if others and not found.get(each))
    return Marks(_pages(areas, spots), queries=listed, others=rest)


def _query(number: int, query_id: str, query: Query, spots: Sequence[Spot]) -> ListedQuery:
    pages = tuple(sorted({spot.page for spot in spots}))
    return ListedQuery(number, query_id, query.about, query.question, pages)


def _pages(areas: Sequence[PageArea], spots: Sequence[Spot]) -> tuple[MarkedPage, ...]:
    return tuple(_page(number, area, spots) for number, area in enumerate(areas, start=1))


CLEAR_PT = 2.5
"""The space between a box and the circle around it, and between one circle and the next around the same box."""
NUMBER_PT = 9.0
"""The diameter of the disc that a number is in."""
EDGE_PT = 1.0


def _page(number: int, area: PageArea, spots: Iterable[Spot]) -> MarkedPage:
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
    """Yield the circles of each spot; a second circle around a box goes around the first one."""
    taken: list[Rectangle] = []
    for spot in spots:
        rings = [_outside(ring, taken) for ring in _circles_around(spot.boxes)]
        taken += rings
        yield spot, [_on_page(ring, trim) for ring in rings]


def _circles_around(boxes: Iterable[Rectangle]) -> list[Rectangle]:
    """Return a circle around each box, in their order; circles that would meet become one around all their boxes."""
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
    """Return a circle with each side moved onto the page, so that a fault beyond the edge is marked at the edge."""
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
        places = [place for place in _places_of_number(ring, area.trim) if place.within(area.trim, -EDGE_PT)]
        clear = (place for place in places if not any(place.meets(other) for other in obstacles))
        place = next(clear, None) or _least_covered(places, taken) or ring
        taken.append(place)
        middle = (place.left + place.right) / 2, area.height_pt - (place.bottom + place.top) / 2
        yield Number(number, round(middle[0], 2), round(middle[1], 2))


def _least_covered(places: Sequence[Rectangle], taken: Sequence[Rectangle]) -> Rectangle | None:
    """Return the first place without another number, or else the first."""
    return next((place for place in places if not any(map(place.meets, taken))), next(iter(places), None))


def _places_of_number(ring: Rectangle, trim: Rectangle) -> Iterator[Rectangle]:
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
