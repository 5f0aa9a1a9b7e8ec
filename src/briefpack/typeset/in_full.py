"""Lay out a refused piece again for its proof, with all of its text on its pages.

WeasyPrint drops the rest of a box beside the flow that is still too long on the last page, and the lines of a text
beyond a limit. A box may hide what doesn't fit into it, and text can be moved off its page.
"""

import copy
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple
from xml.etree import ElementTree

from weasyprint import Document

from briefpack.typeset.fit import Fitted
from briefpack.typeset.typesetter import Typesetter
from briefpack.typeset.weasyprint import boxes

Element = Any
"""An element of a parsed page."""
MOST_PAGES = 12
"""The most pages that are added to a sheet for the rest of its text."""
PLACE = "data-place"
"""The attribute that identifies an element in every copy of a page."""
RULES = "*{max-lines:none!important;block-ellipsis:none!important;continue:auto!important}"
NEW_PAGE = "break-before:page"
IN_FLOW = ";position:static!important;float:none!important;height:auto!important;max-height:none!important"
UNCOUNTED = re.compile(r"[\s\u00ad\u2010]")
"""Spaces, and the hyphens that may or may not print."""


class _Trial(NamedTuple):
    """A layout of a piece, and how many letters of each element are on none of its pages."""

    document: Document
    lost: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.lost.values())


def lay_out(typesetter: Typesetter, fitted: Fitted) -> Fitted:
    """Return a piece with the text that it lacks on further pages or, failing that, in the flow of its page."""
    root = typesetter.html.etree_element
    for number, element in enumerate(root.iter()):
        element.set(PLACE, str(number))
    pages = Counter(dict(_shared(fitted)))
    best = _again(typesetter, fitted, pages) if pages else _Trial(fitted.document, _lost(root, fitted.document))
    if best.lost:
        best = min([best, *_longer(typesetter, fitted, pages)], key=lambda trial: trial.total)
    if best.lost:
        best = min(best, _again(typesetter, fitted, pages, best.lost), key=lambda trial: trial.total)
    for page in best.document.pages:
        boxes.unhide(page)
    return replace(fitted, document=best.document)


def _shared(fitted: Fitted) -> Iterator[tuple[str, int]]:
    """Yield each overset sheet that reaches pages beyond its flow, where the next sheet prints, and how many."""
    for sheet in fitted.over_px:
        flow = sum(sheet in page.anchors for page in fitted.document.pages)
        if flow < fitted.measures[sheet].pages:
            yield sheet, fitted.measures[sheet].pages - flow


def _longer(typesetter: Typesetter, fitted: Fitted, pages: Counter[str]) -> Iterator[_Trial]:
    """Yield layouts with more and more pages for the sheets that lack text, as long as that helps."""
    root, sheets = typesetter.html.etree_element, typesetter.sheets
    owners = {
        inner.get(PLACE): sheet.get("id")
        for sheet in root.iter()
        if sheet.get("id") in sheets
        for inner in sheet.iter()
    }
    trial, before = _again(typesetter, fitted, pages), None
    while trial.lost and (before is None or trial.total < before) and pages.total() < MOST_PAGES:
        yield trial
        before, pages = trial.total, pages + Counter({owners.get(place, "") for place in trial.lost})
        trial = _again(typesetter, fitted, pages)
    yield trial


def _again(typesetter: Typesetter, fitted: Fitted, pages: Mapping[str, int], in_flow: Container[str] = ()) -> _Trial:
    """Lay out a piece with more pages for some sheets, and with some elements in the flow with all that they are in."""
    root = copy.deepcopy(typesetter.html.etree_element)
    for element in list(root.iter()):
        if any(inner.get(PLACE) in in_flow for inner in element.iter()):
            element.set("style", element.get("style", "") + IN_FLOW)
        count = pages.get(element.get("id") or "", 0) if element.tag != "body" else pages.get("", 0)
        for _ in range(count):
            ElementTree.SubElement(element, "div", {"style": NEW_PAGE})
        if element.tag == "head":
            ElementTree.SubElement(element, "style").text = RULES
    html, layout = typesetter.changed(root, fitted.settings)
    return _Trial(layout.document, _lost(html.etree_element, layout.document))


def _lost(root: Element, document: Document) -> dict[str, int]:
    """Return how many letters of each element are on no page."""
    there: Counter[str] = Counter()
    for page in document.pages:
        for box in boxes.texts_on(page):
            there[box.element.get(PLACE, "")] += _letters(box.text)
    body = next(root.iter("body"))
    wanted = {each.get(PLACE, ""): _letters(_own(each)) for each in body.iter() if isinstance(each.tag, str)}
    return {place: count - there[place] for place, count in wanted.items() if count > there[place]}


def _own(element: Element) -> str:
    """Return the text of an element, without that of the elements in it."""
    return "".join([element.text or "", *(child.tail or "" for child in element)])


def _letters(text: str) -> int:
    return len(UNCOUNTED.sub("", text))
