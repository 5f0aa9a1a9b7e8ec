"""Find the text of a piece that its style sheets leave out of its PDF: by `display: none` or `visibility: hidden`.

Text that only screen readers read is in the PDF, clipped to a dot.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint import CSS, HTML, Document, css
from weasyprint.text.fonts import FontConfiguration

from briefpack.typeset.weasyprint import boxes

Element = Any
"""An element of the HTML tree, which is untyped."""


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
