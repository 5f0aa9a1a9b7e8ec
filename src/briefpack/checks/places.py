"""Find where something is on a page of a finished PDF: its boxes, as the page's content measures them.

The places of most findings are known to the check. These are found only once there is a finding, since a build that
finds nothing then doesn't read the pages again.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

import pypdfium2

from briefpack.checks.read import annotations, page_objects, tags
from briefpack.checks.read.content_streams import Mark
from briefpack.checks.read.finished import Finished
from briefpack.checks.read.tags import Element
from briefpack.geometry import Rectangle

Boxes = tuple[Rectangle, ...]
Place = tuple[int | None, Boxes]
NOWHERE: Place = (None, ())


def words(finished: Finished, number: int, text: str) -> Boxes:
    """Return where a page has a text, line by line."""
    letters = finished.pages[number - 1].get_textpage()
    return tuple(_found(letters, " ".join(text.split())))


def _found(letters: pypdfium2.PdfTextPage, text: str) -> Iterator[Rectangle]:
    searcher = letters.search(text, match_case=False) if text else None
    while searcher and (found := searcher.get_next()):
        yield from (Rectangle(*letters.get_rect(index)) for index in range(letters.count_rects(*found)))


def first(finished: Finished, text: str) -> Place:
    """Return the first page that has a text, and where."""
    places = ((number, words(finished, number, text)) for number in range(1, len(finished.pdf) + 1))
    return next(((number, boxes) for number, boxes in places if boxes), NOWHERE)


def page(finished: Finished, number: int) -> Boxes:
    """Return the whole page, once trimmed."""
    return (Rectangle(*finished.pages[number - 1].get_trimbox()),)


def elements(finished: Finished, number: int, found: Iterable[Element]) -> Boxes:
    """Return the boxes around elements of a page."""
    contents = [set(element.content) for element in found]
    boxes = page_objects.marked(finished.pages[number - 1], set().union(*contents))
    around = ([boxes[mcid] for mcid in content if mcid in boxes] for content in contents)
    return tuple(_around(each) for each in around if each)


def _around(boxes: Iterable[Rectangle]) -> Rectangle:
    return Rectangle.around(corner for box in boxes for corner in (box[:2], box[2:]))


def headings(finished: Finished, number: int) -> list[Boxes]:
    """Return the box of each heading of a page, in reading order; none for a heading without content."""
    tree = finished.trees[number - 1]
    found = (each for each in tree.walk() if each.kind in tags.HEADINGS) if tree else ()
    return [elements(finished, number, [each]) for each in found]


def spoken(finished: Finished, text: str) -> Place:
    """Return the first page with an element whose alternative text, title or other spoken text contains a text."""
    for number, tree in enumerate(finished.trees, start=1):
        found = [each for each in tree.walk() if any(text in spoken for spoken in each.spoken)] if tree else []
        if found:
            return number, elements(finished, number, found)
    return NOWHERE


def links(finished: Finished, address: str) -> Place:
    """Return the first page with a link to an address, and where its links are."""
    for number, links in enumerate(finished.annotated, start=1):
        if found := tuple(link.box for link in links if unquote(link.address) == unquote(address)):
            return number, found
    return NOWHERE


def annotated(finished: Finished, number: int) -> Boxes:
    """Return where the annotations of a page are."""
    return tuple(map(annotations.box, annotations.of(finished.pages[number - 1])))


def marks(finished: Finished, number: int, found: Iterable[Mark]) -> Boxes:
    """Return the boxes of marks on a page; boxes of type are PDFium's, if PDFium reads as many runs as there are."""
    sheet, runs = finished.sheet(number), finished.objects[number - 1].runs
    shown = max((mark.order + 1 for mark in finished.marks if mark.page == number and mark.kind == "text"), default=0)
    boxes = (runs[mark.order].box if mark.kind == "text" and shown == len(runs) else mark.box for mark in found)
    return tuple(dict.fromkeys(box.overlap(sheet) for box in boxes if box and box.meets(sheet)))
