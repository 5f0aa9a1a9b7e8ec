"""Make the charts and images of a piece taller, to fill their pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from weasyprint import Document

from briefpack.geometry import PX_PER_MM
from briefpack.pages import GROW, MADE
from briefpack.typeset.fit import FOOT_PX, Fitted
from briefpack.typeset.measure import Measure
from briefpack.typeset.model import Grow
from briefpack.typeset.typesetter import Typesetter
from briefpack.typeset.weasyprint import boxes, spread

FILL = "data-fill"
LEAST_MM = 1.0
"""The least growth that is worth drawing a chart again."""


class Place(NamedTuple):
    """A drawing that may grow on a page: its element, its key in the store, its most growth, and any cell to fill."""

    element: Any
    key: str
    most_mm: float
    cell: Any
    row: Any


def grow(typesetter: Typesetter, sized: Fitted, taller: Grow) -> Fitted:
    """Return a piece whose `data-grow` charts and images are as tall as its pages allow.

    Charts take the free height of a page, and images the rest. In a child of a `data-fill` element they grow until that
    child is as tall as the tallest; elsewhere, until the page is full. The last of several pages isn't filled. The
    sheets are `sized`, without the space that a fit adds. One that can't be drawn at its new height keeps its old one.
    """
    if sized.over_px:
        return sized
    grown: dict[Any, tuple[float, str]] = {}
    for places, free_px in [*_rooms(typesetter, sized)]:
        for place, more_mm in _shared(typesetter, places, free_px / PX_PER_MM).items():
            if more_mm >= LEAST_MM and (key := taller(place.key, more_mm)):
                address = typesetter.fetcher.add(place.element.get("src").replace(place.key, key))
                grown[place.element] = (more_mm * PX_PER_MM, address)
    if not grown:
        return sized
    spread.grow(sized.document, grown, typesetter.fetcher, typesetter.images)
    return replace(sized, measures=typesetter.measures(sized.document))


def _rooms(typesetter: Typesetter, layout: Fitted) -> Iterator[tuple[list[Place], float]]:
    """Yield the places that share the free height of one cell or of a page, with that height."""
    parents = {child: parent for parent in typesetter.html.etree_element.iter() for child in parent}
    free = free_on_pages(layout.document, layout.measures)
    for index, page in enumerate(layout.document.pages):
        images = filter(boxes.is_block_image, boxes.walk(boxes.of_page(page)))
        places = [_place(box.element, parents) for box in images if boxes.has(box, GROW)]
        for cell in dict.fromkeys(place.cell for place in places):
            alike = [place for place in places if place.cell is cell]
            yield alike, free.get(index, 0.0) - FOOT_PX if cell is None else _free_in_row(page, alike[0])


def free_on_pages(document: Document, measures: Mapping[str, Measure]) -> dict[int, float]:
    """Return the free height of each page in px, without the last of the several pages of a sheet."""
    found: dict[int, float] = {}
    for name, measure in measures.items():
        first = next((index for index, page in enumerate(document.pages) if name in page.anchors), 0)
        heights = (measure.flow_px,) if measure.pages == 1 else (*measure.free_px[:-1], 0.0)
        for index, height in enumerate(heights, start=first):
            found[index] = min(found.get(index, height), height)
    return found


def _place(element: Any, parents: Mapping[Any, Any]) -> Place:  # noqa: ANN401 -- WeasyPrint's elements are untyped
    key = element.get("src", "").rpartition(MADE)[2].partition(".")[0]
    cell, row = element, parents.get(element)
    while row is not None and FILL not in row.attrib:
        cell, row = row, parents.get(row)
    return Place(element, key, float(element.get(GROW) or 0), *((None, None) if row is None else (cell, row)))


def _free_in_row(page: boxes.Box, place: Place) -> float:
    """Return how much lower the row of a place ends than its own cell."""
    return _end_px(page, set(place.row.iter())) - _end_px(page, set(place.cell.iter()))


def _end_px(page: boxes.Box, elements: set[Any]) -> float:
    # What is beside the flow, such as a table for screen readers alone, takes no height.
    every = boxes.walk(boxes.of_page(page), beside=False)
    found = (box for box in every if boxes.is_visible(box) and box.element in elements)
    return max((boxes.end_px(box) for box in found), default=0.0)


def _shared(typesetter: Typesetter, places: Sequence[Place], free_mm: float) -> dict[Place, float]:
    """Share a free height among some places: charts first, then images."""
    charts = {key for key, _ in typesetter.piece.charts}
    found: dict[Place, float] = {}
    for alike in ([p for p in places if p.key in charts], [p for p in places if p.key not in charts]):
        taken = _split(alike, free_mm)
        free_mm -= sum(taken.values())
        found |= taken
    return found


def _split(places: Sequence[Place], free_mm: float) -> dict[Place, float]:
    """Share a free height equally between places; a place that takes less leaves the rest to the other places."""
    found: dict[Place, float] = {}
    for count, place in enumerate(sorted(places, key=lambda place: place.most_mm)):
        share = max(0.0, free_mm) / (len(places) - count)
        found[place] = int(min(share, place.most_mm) * 10) / 10
        free_mm -= found[place]
    return found
