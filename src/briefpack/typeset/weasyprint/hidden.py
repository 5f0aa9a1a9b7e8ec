"""Find the text of a piece that its style sheets hide on purpose.

Text is hidden on purpose by `display: none`, by `visibility: hidden`, or in a box of a pixel or two beside the flow, or
clipped to nothing, which only screen readers read. Text that is merely cut off, covered or off the page is not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint import CSS, HTML, Document, css
from weasyprint.text.fonts import FontConfiguration

from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box

Element = Any
"""An element of the HTML tree, which is untyped."""

SMALLEST_PX = 2.0


@dataclass(frozen=True)
class Hidden:
    """The hidden texts of a piece: texts without a box, each with its element, and texts whose box doesn't show."""

    left_out: tuple[tuple[Element, str], ...]
    unseen: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Return every hidden text."""
        return (*(text for _, text in self.left_out), *self.unseen)


def find(html: HTML, document: Document, styles: list[CSS], fonts: FontConfiguration) -> Hidden:
    """Return the text of a laid-out piece that is hidden on purpose."""
    every = [box for page in document.pages for box in boxes.walk(boxes.of_page(page))]
    texts = [(element, text) for element, text in _texts(html.etree_element) if text.strip()]
    printed = [*filter(boxes.is_text, every)]
    laid = {box.element for box in printed}
    without_box = [each for each in texts if each[0] not in laid]
    left_out = _not_displayed(without_box, html, styles, fonts) if without_box else ()
    unseen = {box.element for box in printed if box.style["visibility"] != "visible"}
    unseen.update(inner for box in every if _is_for_screen_readers(box) for inner in box.element.iter())
    return Hidden(tuple(left_out), tuple(text for element, text in texts if element in unseen))


def _texts(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield each text of the body of a page, with the element that it is in."""
    for body in root.iter("body"):
        for element in body.iter():
            if isinstance(element.tag, str):
                yield element, element.text or ""
            yield from ((element, child.tail) for child in element if child.tail)


def _not_displayed(
    texts: Iterable[tuple[Element, str]], html: HTML, styles: list[CSS], fonts: FontConfiguration
) -> Iterator[tuple[Element, str]]:
    """Yield the texts in an element that has `display: none`; another has no box if it doesn't fit the last page."""
    style_for = css.get_all_computed_styles(html, styles, font_config=fonts)
    roots = [each for each in html.etree_element.iter() if isinstance(each.tag, str) and _is_none(style_for(each))]
    inside = {inner for root in roots for inner in root.iter()}
    yield from (each for each in texts if each[0] in inside)


def _is_none(style: Any) -> bool:  # noqa: ANN401 -- WeasyPrint's styles are untyped
    return style is not None and style["display"] == ("none",)


def _is_for_screen_readers(box: Box) -> bool:
    """Return whether a box beside the flow is too small to show anything, or is clipped to nothing."""
    if box.style["position"] not in ("absolute", "fixed") or not boxes.is_main(box):
        return False
    tiny = max(box.width, box.height) <= SMALLEST_PX and box.style["overflow"] != "visible"
    return tiny or _clips_all(box.style["clip"])


def _clips_all(clip: Any) -> bool:  # noqa: ANN401 -- a WeasyPrint value: four lengths, or none
    """Return whether a `clip: rect(…)` leaves nothing to see."""
    if not clip or any(side == "auto" for side in clip):
        return False
    top, right, bottom, left = clip
    return bool(bottom <= top or right <= left)
