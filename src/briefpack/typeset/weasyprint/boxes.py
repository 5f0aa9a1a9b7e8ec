"""Read a laid-out document's boxes and their places. WeasyPrint's version is pinned, so its names can't change."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from weasyprint import Document

from briefpack.geometry import PT_PER_INCH, Rectangle
from briefpack.pages.source_map import NUMBER

Page = Any
Box = Any
"""A laid-out page of WeasyPrint's, and a box; they are untyped."""


def of_page(page: Page) -> Box:
    """Return the box of a whole page."""
    return page._page_box  # noqa: SLF001 -- nothing public leads to the boxes


def walk(box: Box, *, beside: bool = True) -> Iterator[Box]:
    """Yield a box and every box in it, with or without the boxes positioned beside the flow."""
    # Not recursive: boxes are twenty deep, and each would pass through as many generators.
    waiting = [box]
    while waiting:
        found = waiting.pop()
        if beside or type(found).__name__ != "AbsolutePlaceholder":
            yield found
            waiting.extend(reversed(getattr(found, "children", ())))


def is_text(box: Box) -> bool:
    """Return whether a box is a run of text."""
    return hasattr(box, "text")


def is_visible(box: Box) -> bool:
    """Return whether a box is text or an image."""
    return is_text(box) or hasattr(box, "replacement")


def is_line(box: Box) -> bool:
    """Return whether a box is a line of text."""
    return type(box).__name__ == "LineBox"


def is_block_image(box: Box) -> bool:
    """Return whether a box is an image that is no part of a line."""
    return type(box).__name__ == "BlockReplacedBox"


def is_inline(box: Box) -> bool:
    """Return whether a box is part of a line of text, such as a span."""
    return type(box).__name__ == "InlineBox"


def is_footnotes(box: Box) -> bool:
    """Return whether a box is the area of a page's footnotes."""
    return type(box).__name__ == "FootnoteAreaBox"


def is_main(box: Box) -> bool:
    """Return whether a box is the main box of its element, and not of a part such as `::before`."""
    element = getattr(box, "element", None)
    return element is not None and box.element_tag == element.tag


def has(box: Box, attribute: str) -> bool:
    """Return whether a box is the main box of an element with that attribute."""
    return is_main(box) and attribute in box.element.attrib


def end_px(box: Box) -> float:
    """Return how far down its page a box reaches; a run of text in a line that is less high begins above the line."""
    return float(box.position_y + (box.margin_top if is_text(box) else 0.0) + box.height)


def texts_on(page: Page) -> Iterator[Box]:
    """Yield the runs of text of a page's elements that are at least partly on the page."""
    sheet = of_page(page)
    for box in walk(sheet):
        if is_text(box) and is_main(box):
            across = -box.width < box.position_x < sheet.margin_width()
            if across and -box.height < box.position_y < sheet.margin_height():
                yield box


def hidden_texts(box: Box, hiding: tuple[Box, ...] = ()) -> Iterator[tuple[Box, Box]]:
    """Yield the runs of text in a box that it, or a box in it, hides, each with the box that hides it.

    A box of no size hides its text on purpose.
    """
    if box.style["overflow"] != "visible" and box.border_width() > LEAST_PX and box.border_height() > LEAST_PX:
        hiding = (*hiding, box)
    cutting = next((each for each in hiding if _is_cut(box, each)), None) if is_text(box) else None
    if cutting is not None:
        yield box, cutting
    for child in getattr(box, "children", ()):
        yield from hidden_texts(child, hiding)


LEAST_PX = 2.0


def _is_cut(text: Box, box: Box) -> bool:
    """Return whether the middle of a run of text is outside a box."""
    across, down = text.position_x + text.width / 2, text.position_y + text.height / 2
    left, top = box.border_box_x(), box.border_box_y()
    return not (left <= across <= left + box.border_width() and top <= down <= top + box.border_height())


def unhide(page: Page) -> None:
    """Let text print beyond the boxes of a page that would hide it. The boxes keep their places."""
    for box in walk(of_page(page)):
        if box.style["overflow"] != "visible" and any(_leaves(text, box) for text in filter(is_text, walk(box))):
            box.style["overflow"] = "visible"
            for line in filter(is_line, walk(box)):
                line.text_overflow = "clip"


def _leaves(text: Box, box: Box) -> bool:
    """Return whether a run of text goes beyond the border of a box."""
    left, top = box.border_box_x(), box.border_box_y()
    across = left - 1 <= text.position_x and text.position_x + text.width <= left + box.border_width() + 1
    return not (across and top - 1 <= text.position_y and end_px(text) <= top + box.border_height() + 1)


def head_px(page: Page) -> float:
    """Return the top of a page's text area."""
    box = of_page(page)
    return float(box.position_y + box.margin_top + box.border_top_width + box.padding_top)


def foot_px(page: Page) -> float:
    """Return the bottom of a page's text area, above its footnotes and bottom margin."""
    areas = [area for area in _footnotes(page) if area.children]
    return head_px(page) + float(of_page(page).height) - sum(area.margin_height() for area in areas)


def area(page: Page) -> Rectangle:
    """Return the text area of a page with its footnotes, in points from the bottom left corner of the sheet."""
    sheet, top_px = of_page(page), head_px(page)
    left_px = sheet.position_x + sheet.margin_left + sheet.border_left_width + sheet.padding_left
    bottom_px = sheet.margin_height() - top_px - sheet.height
    sides_px = (left_px, bottom_px, left_px + sheet.width, bottom_px + sheet.height)
    return Rectangle(*(side_px * PT_PER_PX for side_px in sides_px))


def leading_pt(page: Page) -> float:
    """Return the distance of most lines of text on a page; 0 if it has none."""
    heights_px = Counter(round(float(box.height), 2) for box in walk(of_page(page)) if is_line(box))
    [(height_px, _)] = heights_px.most_common(1) or [(0.0, 0)]
    return height_px * PT_PER_PX


def last_px(page: Page) -> float:
    """Return the bottom of a page's content."""
    ends = (end_px(box) for box in walk(of_page(page).children[0]) if is_visible(box))
    return max([*ends, 0.0])


def _footnotes(page: Page) -> list[Box]:
    return [child for child in of_page(page).children if is_footnotes(child)]


def hyphenated(document: Document) -> Iterator[tuple[Any, str, str]]:
    """Yield each line break that automatic hyphenation may have made: the element, and the text before and after it."""
    above: dict[Any, str] = {}
    for page in document.pages:
        for line in filter(is_line, walk(of_page(page))):
            texts = [box for box in walk(line) if is_text(box)]
            if line.element is not None and texts:
                if line.element in above:
                    yield line.element, above.pop(line.element), texts[0].text
                hyphen = texts[-1].style["hyphenate_character"]
                if texts[-1].style["hyphens"] == "auto" and texts[-1].text.endswith(hyphen):
                    above[line.element] = texts[-1].text.removesuffix(hyphen)


PT_PER_PX = PT_PER_INCH / 96


def places(document: Document, wanted: Callable[[Box], bool]) -> Iterator[tuple[int, Rectangle]]:
    """Yield the place of the wanted text and images on each page that has any, with its number, counted from 1."""
    for number, page in enumerate(document.pages, start=1):
        parts = filter(_shows, walk(of_page(page)))
        yield from _around(number, page, [part for part in parts if wanted(part)])


def shown(page: Page) -> Iterator[tuple[int, Rectangle]]:
    """Yield the number of the element of each text and image on a page, and its place."""
    for box in walk(of_page(page)):
        if _shows(box) and NUMBER in getattr(box.element, "attrib", ()):
            yield int(box.element.get(NUMBER)), place(page, box)


def place(page: Page, box: Box) -> Rectangle:
    """Return the place of a run of text on its page, in points from the bottom left corner of its trim."""
    [(_, around)] = _around(0, page, [box])
    return around


def places_beyond(document: Document, sheet: str, most: int | None) -> list[tuple[int, Rectangle]]:
    """Return the places of the text on pages of a sheet after the `most` allowed or, if none, below the foot of a page.

    Without a sheet, it is the text of the whole document.
    """
    pages = [(number, page, _of_sheet(page, sheet)) for number, page in enumerate(document.pages, start=1)]
    pages = [(number, page, texts) for number, page, texts in pages if texts]
    further = [] if most is None else pages[most:]
    return _boxes(further, _anywhere) or _boxes(pages, _below_foot) or _boxes(pages[-1:], _anywhere)


def _of_sheet(page: Page, sheet: str) -> list[Box]:
    """Return the text and images of a sheet on a page; without a sheet, of everything but its margins."""
    parts = walk(of_page(page)) if sheet else [of_page(page).children[0]]
    owners = (box for box in parts if not sheet or (has(box, "id") and box.element.get("id") == sheet))
    return [part for box in owners for part in walk(box) if _shows(part)]


def _shows(box: Box) -> bool:
    return is_visible(box) and bool(not is_text(box) or box.text.strip())


def _anywhere(_page: Page, _box: Box) -> bool:
    return True


def _below_foot(page: Page, box: Box) -> bool:
    return end_px(box) > foot_px(page)


def _boxes(
    pages: Iterable[tuple[int, Page, list[Box]]], wanted: Callable[[Page, Box], bool]
) -> list[tuple[int, Rectangle]]:
    return [
        found
        for number, page, parts in pages
        for found in _around(number, page, [part for part in parts if wanted(page, part)])
    ]


def _around(number: int, page: Page, parts: Iterable[Box]) -> Iterator[tuple[int, Rectangle]]:
    """Yield the number of a page with the box around some of its parts, if there are any."""
    height = of_page(page).margin_height()
    corners = [corner for part in parts for corner in _corners(part)]
    if corners:
        around = Rectangle.around((PT_PER_PX * across, PT_PER_PX * (height - down)) for across, down in corners)
        yield number, Rectangle(*(round(side, 2) for side in around))


def _corners(part: Box) -> Iterator[tuple[float, float]]:
    yield part.position_x, part.position_y
    yield part.position_x + part.width, end_px(part)
