"""Find where overset text is on the pages of a refused piece, which show all of it, to circle it on a proof.

A place is a page, counted from 1, and a box on it, in points from the bottom left corner of its trim.
"""

from collections.abc import Callable, Iterable, Iterator

from weasyprint import Document
from weasyprint.document import Page

from briefpack.geometry import PT_PER_INCH, Rectangle
from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box

PT_PER_PX = PT_PER_INCH / 96


def of_field(document: Document, name: str) -> Iterator[tuple[int, Rectangle]]:
    """Yield the place of a field on each page that it is on."""
    for number, page in enumerate(document.pages, start=1):
        yield from _box(number, page, _parts(page, "data-field", name))


def of_text(page: Page, box: Box) -> Rectangle:
    """Return the place of a run of text on its page."""
    [(_, around)] = _box(0, page, [box])
    return around


def beyond(document: Document, sheet: str, most: int | None) -> list[tuple[int, Rectangle]]:
    """Return the places of the text on pages of a sheet after the `most` allowed or, if none, below the foot of a page.

    Without a sheet, it is the text of the whole document.
    """
    pages = [(number, page, _of_sheet(page, sheet)) for number, page in enumerate(document.pages, start=1)]
    pages = [(number, page, texts) for number, page, texts in pages if texts]
    further = [] if most is None else pages[most:]
    return _boxes(further, _anywhere) or _boxes(pages, _below_foot) or _boxes(pages[-1:], _anywhere)


def _of_sheet(page: Page, sheet: str) -> list[Box]:
    """Return the text and images of a sheet on a page; without a sheet, of everything but its margins."""
    return _parts(page, "id", sheet) if sheet else [*filter(_shows, boxes.walk(boxes.of_page(page).children[0]))]


def _parts(page: Page, attribute: str, value: str) -> list[Box]:
    """Return the text and images on a page in the elements with a value of an attribute."""
    owners = (box for box in boxes.walk(boxes.of_page(page)) if boxes.has(box, attribute))
    wanted = (box for box in owners if box.element.get(attribute) == value)
    return [part for box in wanted for part in boxes.walk(box) if _shows(part)]


def _shows(box: Box) -> bool:
    return boxes.is_visible(box) and bool(not boxes.is_text(box) or box.text.strip())


def _anywhere(_page: Page, _box: Box) -> bool:
    return True


def _below_foot(page: Page, box: Box) -> bool:
    return boxes.end_px(box) > boxes.foot_px(page)


def _boxes(
    pages: Iterable[tuple[int, Page, list[Box]]], wanted: Callable[[Page, Box], bool]
) -> list[tuple[int, Rectangle]]:
    return [
        found
        for number, page, parts in pages
        for found in _box(number, page, [part for part in parts if wanted(page, part)])
    ]


def _box(number: int, page: Page, parts: Iterable[Box]) -> Iterator[tuple[int, Rectangle]]:
    """Yield the number of a page with the box around some of its parts, if there are any."""
    height = boxes.of_page(page).margin_height()
    corners = [corner for part in parts for corner in _corners(part)]
    if corners:
        around = Rectangle.around((PT_PER_PX * across, PT_PER_PX * (height - down)) for across, down in corners)
        yield number, Rectangle(*(round(side, 2) for side in around))


def _corners(part: Box) -> Iterator[tuple[float, float]]:
    yield part.position_x, part.position_y
    yield part.position_x + part.width, boxes.end_px(part)
