"""Drive WeasyPrint with one piece loaded, whole or shortened; names are never divided."""

import copy
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from weasyprint import CSS, HTML, Document

from briefpack.layout import addresses
from briefpack.pages import Piece, source_map
from briefpack.pages.source_map import Source
from briefpack.problem import Problem
from briefpack.store import Store
from briefpack.text import unspaced
from briefpack.typeset import faults, measure, style_sheets
from briefpack.typeset.measure import Measure
from briefpack.typeset.model import Setting
from briefpack.typeset.weasyprint import boxes, hidden
from briefpack.typeset.weasyprint.boxes import Box
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
        self.sheets = {
            element.get("id"): piece.fits[element.get("data-fit")]
            for element in self.html.etree_element.iter()
            if element.get("data-fit") in piece.fits and element.get("id")
        }
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

    def hidden(self, document: Document) -> Hidden:
        """Return the text of the laid-out piece that its style sheets hide on purpose."""
        return hidden.find(self.html, document, self.styles, self.fonts.config)

    def layout(self, settings: Mapping[str, Setting]) -> Layout:
        """Lay out the whole piece."""
        return self._layout(self.html, settings, self.sheets)

    def trial(self, settings: Mapping[str, Setting]) -> Mapping[str, Measure]:
        """Lay out the sheets in `settings` alone, and return their measures.

        Each sheet begins a page, so it looks the same alone as it does among the others.
        """
        root = copy.deepcopy(self.html.etree_element)
        for parent in list(root.iter()):
            for child in list(parent):
                if child.get("id") in self.sheets and child.get("id") not in settings:
                    parent.remove(child)
        return self._trial(root, settings, settings)

    def shortened(self, settings: Mapping[str, Setting], field: str, words: int) -> Mapping[str, Measure]:
        """Lay out the piece without some words of a field, and return the measures of its sheets."""
        root = _without_words(self.html.etree_element, field, words)
        return self._trial(root, settings, self.sheets)

    def changed(self, root: Any, settings: Mapping[str, Setting]) -> tuple[HTML, Layout]:  # noqa: ANN401 -- WeasyPrint's elements are untyped
        """Lay out a changed copy of the whole piece, and return the copy as parsed, too."""
        count = len(self.heard)
        html = self._parsed(ElementTree.tostring(root, encoding="unicode", method="html"))
        layout = self._layout(html, settings, self.sheets)
        # The warnings about the piece itself have come before.
        del self.heard[count:]
        return html, layout

    def _trial(self, root: Any, settings: Mapping[str, Setting], sheets: Mapping[str, Any]) -> Mapping[str, Measure]:  # noqa: ANN401 -- WeasyPrint's elements are untyped
        count = len(self.heard)
        html = self._parsed(ElementTree.tostring(root, encoding="unicode", method="html"))
        measures = self._layout(html, settings, sheets).measures
        # Links to the parts left out are broken in this layout only, so drop the warnings about them.
        del self.heard[count:]
        return measures

    def _layout(self, html: HTML, settings: Mapping[str, Setting], sheets: Mapping[str, Any]) -> Layout:
        rules = "".join(
            f"#{sheet}{{font-size:{setting.fit * 100:.4g}%;--give:{setting.give_mm:.3f}mm;--foot:{setting.foot_mm:.3f}mm}}"
            for sheet, setting in settings.items()
        )
        # The engine sets the size of a sheet and the designer everything else, so its rules follow the layout's own.
        styles = [*self.styles, self._rules(rules)] if rules else self.styles
        document = self._render(html, styles)
        while _keep_names_whole(document):
            document = self._render(html, styles)
        return Layout(document, measure.sheets(document, html, sheets))

    def _render(self, html: HTML, styles: list[CSS]) -> Document:
        return html.render(stylesheets=styles, font_config=self.fonts.config, pdf_variant=VARIANT)

    def _rules(self, rules: str) -> CSS:
        sheet, warnings = style_sheets.of_rules(rules, self.fonts)
        self.heard += warnings
        return sheet

    def _parsed(self, text: str) -> HTML:
        return HTML(string=text, base_url=f"{BASE}/layouts/", url_fetcher=self.fetcher, media_type="print")


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


Element = Any
"""An element of a parsed page."""


def _without_words(root: Element, field: str, words: int) -> Element:
    """Return a copy of a page without some words of a field, each taken from the end of the longest paragraph left."""
    root = copy.deepcopy(root)
    fields = [element for element in root.iter() if element.get("data-field") == field]
    paragraphs = [list(_runs(part)) for element in fields for part in list(element.iter("p")) or [element]]
    for _ in range(words):
        longest = max(paragraphs, key=lambda runs: sum(len(run.words) for run in runs))
        last = next((run for run in reversed(longest) if run.words), None)
        if last:
            last.words.pop()
    for run in (run for paragraph in paragraphs for run in paragraph):
        run.write()
    return root


class _Run:
    """The text at the start of an element or just after it, which can be cut without changing how elements nest."""

    def __init__(self, element: Element, place: str) -> None:
        self.element, self.place = element, place
        # Each word keeps the space that follows it, which may be a thin or no-break space.
        self.words: list[str] = unspaced.cuts((getattr(element, place) or "").strip())

    def write(self) -> None:
        before = getattr(self.element, self.place) or ""
        lead = " " if before[:1].isspace() else ""
        setattr(self.element, self.place, f"{lead}{''.join(self.words).rstrip()}{' ' if before[-1:].isspace() else ''}")


def _runs(element: Element) -> Iterator[_Run]:
    """Yield every run of text in an element, except its note numbers, which go with the words they follow."""
    if "cite" not in element.get("class", "").split():
        yield _Run(element, "text")
        for child in element:
            yield from _runs(child)
            yield _Run(child, "tail")
