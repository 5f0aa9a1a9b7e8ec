"""Drive WeasyPrint with one piece loaded, whole or shortened; names are never divided."""

import copy
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from weasyprint import CSS, HTML, Document

from briefpack.layout import addresses
from briefpack.pages import Piece, source_map
from briefpack.pages.source_map import Source
from briefpack.problem import Problem
from briefpack.store import Store
from briefpack.typeset import faults, measure, style_sheets
from briefpack.typeset.measure import Measure
from briefpack.typeset.weasyprint import boxes, hidden
from briefpack.typeset.weasyprint.boxes import Box, Page
from briefpack.typeset.weasyprint.fetchers import BASE, PieceFetcher
from briefpack.typeset.weasyprint.hidden import Hidden

VARIANT = "pdf/ua-1"


class Layout(NamedTuple):
    """A laid-out document, and the measures of its sheets."""

    document: Document
    measures: Mapping[str, Measure]


class Typesetter:
    """WeasyPrint with one piece loaded; `heard` are the messages that it logs meanwhile."""

    def __init__(self, piece: Piece, root: Path, store: Store, heard: list[str]) -> None:
        self.piece, self.root, self.heard = piece, root, heard
        self.fonts, self.fetcher = style_sheets.of_fonts(root, piece.css, store), PieceFetcher(piece, root, store)
        self.heard += self.fonts.warnings
        self.html = self._parsed(source_map.numbered(piece.html))
        elements = self.html.etree_element.iter()
        fitted = [element for element in elements if element.get("data-fit") in piece.fits]
        self.elements = {element.get("id"): element for element in fitted if element.get("id")}
        self.sheets = {name: piece.fits[element.get("data-fit")] for name, element in self.elements.items()}
        self.images: dict[str, Any] = {}
        self.styles, self.faults = [self.fonts.sheet, self._rules(piece.css)], list[Problem]()
        for style in piece.styles:
            sheet, warnings = style_sheets.of_layout(style, piece, self.fetcher, self.fonts)
            self.styles.append(sheet)
            text = addresses.place(root, style).read_text(encoding="utf-8-sig") if warnings else ""
            self.faults += (faults.of_style(f"layouts/{style}", text, each) for each in warnings)

    def source(self, box: Box) -> Source:
        """Return the template line and the tag of the element of a box; the whole page if they aren't known."""
        number = box.element.get(source_map.NUMBER)
        found = source_map.source(self.piece.html, self.piece.sources, int(number)) if number else None
        return found or Source(f"layouts/{self.piece.page}", 1, f"<{box.element.tag}>", "")

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Return the field of each element by its number; that with room in the layout, if it is part of one."""
        return tuple(self._with_room(field) for field in source_map.fields_of(self.piece))

    def _with_room(self, field: str) -> str:
        names = field.split(".")
        counts = (count for count in range(len(names), 0, -1) if names[count - 1] in self.piece.room)
        return ".".join(names[: next(counts, len(names))])

    def field(self, box: Box) -> str:
        """Return the field of the brief that a box prints; nothing if it prints none."""
        return self.field_of(box.element)

    def field_of(self, element: Any) -> str:  # noqa: ANN401 -- WeasyPrint's elements are untyped
        """Return the field of the brief that an element prints; nothing if it prints none."""
        number = element.get(source_map.NUMBER) if element is not None else None
        return self.fields[int(number)] if number and int(number) < len(self.fields) else ""

    def hidden(self, document: Document) -> Hidden:
        """Return the text of the laid-out piece that its style sheets hide on purpose."""
        return hidden.find(self.html, document, self.styles, self.fonts.config)

    def layout(self, settings: Mapping[str, float]) -> Layout:
        """Lay out the whole piece."""
        return self._layout(self.html, settings, self.sheets)

    def trial(self, settings: Mapping[str, float]) -> Mapping[str, Measure]:
        """Lay out the sheets in `settings` alone, and return their measures.

        Each sheet begins a page, so it looks the same alone as it does among the others.
        """
        root = copy.deepcopy(self.html.etree_element)
        for parent in list(root.iter()):
            for child in list(parent):
                if child.get("id") in self.sheets and child.get("id") not in settings:
                    parent.remove(child)
        return self._trial(root, settings, settings)

    def on_tall_pages(self, settings: Mapping[str, float], page: Page) -> Mapping[str, Measure]:
        """Lay out the whole piece on pages that no sheet is too tall for, and return the measures of its sheets."""
        size = f"@page{{size:{page.width}px {page.height * TALL}px}}"
        return self._layout(self.html, settings, self.sheets, size).measures

    def changed(self, root: Any, settings: Mapping[str, float]) -> tuple[HTML, Layout]:  # noqa: ANN401 -- WeasyPrint's elements are untyped
        """Lay out a changed copy of the whole piece, and return the copy as parsed, too."""
        count = len(self.heard)
        html = self._parsed(ElementTree.tostring(root, encoding="unicode", method="html"))
        layout = self._layout(html, settings, self.sheets)
        # The warnings about the piece itself have come before.
        del self.heard[count:]
        return html, layout

    def _trial(self, root: Any, settings: Mapping[str, float], sheets: Mapping[str, Any]) -> Mapping[str, Measure]:  # noqa: ANN401 -- WeasyPrint's elements are untyped
        count = len(self.heard)
        html = self._parsed(ElementTree.tostring(root, encoding="unicode", method="html"))
        measures = self._layout(html, settings, sheets).measures
        # Links to the parts left out are broken in this layout only, so drop the warnings about them.
        del self.heard[count:]
        return measures

    def _layout(self, html: HTML, settings: Mapping[str, float], sheets: Mapping[str, Any], more: str = "") -> Layout:
        rules = more + "".join(f"#{sheet}{{font-size:{size * 100:.4g}%}}" for sheet, size in settings.items())
        # The engine sets the size of a sheet and the designer everything else, so its rules follow the layout's own.
        styles = [*self.styles, self._rules(rules)] if rules else self.styles
        document = self._render(html, styles)
        while _keep_names_whole(document):
            document = self._render(html, styles)
        return Layout(document, measure.sheets(document, html, sheets))

    def measures(self, document: Document) -> Mapping[str, Measure]:
        """Return the measures of the sheets of the whole piece as laid out."""
        return measure.sheets(document, self.html, self.sheets)

    def _render(self, html: HTML, styles: list[CSS]) -> Document:
        return html.render(stylesheets=styles, font_config=self.fonts.config, pdf_variant=VARIANT, cache=self.images)

    def _rules(self, rules: str) -> CSS:
        sheet, warnings = style_sheets.of_rules(rules, self.fonts)
        self.heard += warnings
        return sheet

    def _parsed(self, text: str) -> HTML:
        return HTML(string=text, base_url=f"{BASE}/layouts/", url_fetcher=self.fetcher, media_type="print")


TALL = 12
"""How many pages tall a page is that has room for any sheet."""
END, START = re.compile(r"\w+$"), re.compile(r"\w+")
WHOLE = ";hyphens:manual"


def _keep_names_whole(document: Document) -> bool:
    """Turn off hyphenation in the paragraphs whose lines divide a name, and return whether there are any.

    A name is a word with a capital: browsers differ on hyphenating such words, and CSS leaves it open (csswg-drafts
    3927); WeasyPrint does it.
    """
    found = {element for element in _dividing(document) if WHOLE not in element.get("style", "")}
    for element in found:
        element.set("style", element.get("style", "") + WHOLE)
    return bool(found)


def _dividing(document: Document) -> Iterator[Any]:
    for element, above, below in boxes.hyphenated(document):
        end, start = END.search(above), START.match(below)
        word = end[0] + start[0] if end and start else ""
        # A word with a hyphen of its own, such as South-East, isn't in the text without it.
        if word and not word.islower() and word in "".join(element.itertext()):
            yield element
