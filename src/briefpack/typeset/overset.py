"""Find overset text: text that doesn't fit its pages, and text that is on no page; and print it in full for a proof."""

import copy
import math
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple
from xml.etree import ElementTree

from weasyprint import Document

from briefpack.geometry import PX_PER_MM
from briefpack.pages import Piece
from briefpack.pages.source_map import NUMBER
from briefpack.text import unspaced
from briefpack.typeset.fit import CLOSE_PX, Fitted
from briefpack.typeset.model import Setting, Spill
from briefpack.typeset.typesetter import Typesetter
from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box, Page
from briefpack.typeset.weasyprint.hidden import Hidden

# To estimate lost text, which is on no page and so has no lines to count.
LETTERS_A_WORD = 5
LETTERS_A_LINE = 50


def find(typesetter: Typesetter, fitted: Fitted, hidden: Hidden) -> Iterator[Spill]:
    """Yield the overset text of each sheet, or of a piece without sheets, and any text that is on no page."""
    piece, document = typesetter.piece, fitted.document
    for sheet, px in fitted.over_px.items():
        spill = _by_trial(typesetter, fitted, sheet) or _by_height(piece, document, sheet, px)
        pages = [page for page in document.pages if sheet in page.anchors]
        yield _measured(spill, pages, typesetter.sheets[sheet].pages.most, px)
    if not piece.fits and len(document.pages) > piece.limit.most:
        px = sum(map(boxes.last_px, document.pages[int(piece.limit.most) :]))
        yield _measured(_by_height(piece, document, None, px), document.pages, piece.limit.most, px)
    if not fitted.over_px:
        yield from _lost(typesetter, document, hidden)


def _measured(spill: Spill, pages: Sequence[Page], most: float, px: float) -> Spill:
    """Return overset text with the height that it lacks, and the first block beyond the pages that it may take."""
    beyond = pages[int(most) :] if most < math.inf else []
    parts = (box for page in beyond for box in boxes.walk(boxes.of_page(page)) if boxes.is_main(box))
    named = (box.element.get("class") for box in parts if box.element.tag not in AROUND)
    return replace(spill, over_mm=round(px / PX_PER_MM, 1), block=next(filter(None, named), ""))


AROUND = ("html", "body", "main", "section", "article")
"""The elements around all the blocks of a page."""


def placed(spill: Spill, typesetter: Typesetter, document: Document) -> Spill:
    """Return overset text with its places in a document that shows all of it: in its field, or past the end."""
    if spill.field:
        return replace(spill, places=tuple(boxes.places_of_field(document, spill.field)))
    most = (typesetter.sheets[spill.sheet].pages if spill.sheet else typesetter.piece.limit).most
    return replace(
        spill, places=tuple(boxes.places_beyond(document, spill.sheet, None if most == math.inf else int(most)))
    )


def _by_trial(typesetter: Typesetter, fitted: Fitted, sheet: str) -> Spill | None:
    """Return the field to shorten for a one-page piece to fit, with a word count found by trial layouts.

    Returns None if no single field is enough, or if the piece isn't exactly one sheet on one page.
    """
    if len(typesetter.sheets) != 1 or typesetter.piece.limit.exactly != 1:
        return None
    for name, text in _most_over_room(typesetter.piece, _fields(fitted.document, sheet)):
        holds = partial(_holds, typesetter, fitted.settings, name)
        if words := _fewest(holds, round(text.words * MOST_CUT)):
            return Spill(name, max(1, round(words * text.lines / text.words)), words)
    return None


MOST_CUT = 0.6
"""The largest share of a field that it makes sense to ask an author to cut."""


def _holds(typesetter: Typesetter, settings: Mapping[str, Setting], field: str, words: int) -> bool:
    """Return whether a piece of one sheet fits its page without that many words of a field."""
    measures = typesetter.shortened(settings, field, words)
    return all(measure.excess_px(1) <= CLOSE_PX for measure in measures.values())


def _fewest(holds: Callable[[int], bool], most: int) -> int | None:
    """Return the fewest words, up to `most` and within 5 %, for which `holds` is true; None if there are none."""
    low, high = 0, most
    if not (most and holds(most)):
        return None
    while high - low > max(1, high // 20):
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _lost(typesetter: Typesetter, document: Document, hidden: Hidden) -> Iterator[Spill]:
    """Yield the fields with text that is on no page, or that a box hides because it doesn't fit into it.

    Text that a style sheet hides on purpose isn't lost. WeasyPrint silently drops boxes positioned beside the flow that
    don't fit above the foot of the last page.
    """
    root = typesetter.html.etree_element
    fields = {element: element.get("data-field") for element in root.iter() if element.get("data-field")}
    owners = {id(inner): name for element, name in fields.items() for inner in element.iter()}
    pages = [boxes.of_page(page) for page in document.pages]
    cut = [each for page in pages for part in page.children for each in boxes.hidden_texts(part)]
    laid = _letters((box for page in pages for box in boxes.walk(page) if boxes.is_text(box)), owners)
    laid.subtract(_letters((text for text, _ in cut), owners))
    for element, text in hidden.left_out:
        laid[owners.get(id(element), "")] += len("".join(text.split()))
    hiding = {owners.get(id(text.element), ""): box for text, box in reversed(cut)}
    for element, name in fields.items():
        lost = len("".join("".join(element.itertext()).split())) - laid[name]
        if lost > 0:
            by = typesetter.source(hiding[name]) if name in hiding else None
            yield Spill(name, max(1, lost // LETTERS_A_LINE), max(1, lost // LETTERS_A_WORD), hidden_by=by)


def _letters(texts: Iterable[Box], owners: Mapping[int, str]) -> Counter[str]:
    """Count the letters of some runs of text, by field."""
    found: Counter[str] = Counter()
    for box in texts:
        if id(box.element) in owners:
            found[owners[id(box.element)]] += len("".join(box.text.split()))
    return found


def _by_height(piece: Piece, document: Document, sheet: str | None, over_px: float) -> Spill:
    """Return the field that most exceeds its room, with the lines and words that make up the excess."""
    fields = _fields(document, sheet)
    if not fields:
        return Spill("", 0, 0, sheet or "")
    name, text = _most_over_room(piece, fields)[0]
    lines = max(1, round(over_px / text.line_px))
    return Spill(name, lines, max(1, round(lines * text.words / max(1, text.lines))))


def _most_over_room(piece: Piece, fields: Mapping[str, "_Text"]) -> list[tuple[str, "_Text"]]:
    """Return the fields by how many words they have beyond the layout's room for them, the most first."""
    over = {name: text.words - piece.room.get(name.rpartition(".")[2], 0) for name, text in fields.items()}
    return sorted(fields.items(), key=lambda each: -over[each[0]])


@dataclass
class _Text:
    """The size of one field's text as set."""

    words: int = 0
    lines: int = 0
    line_px: float = 12.0


def _fields(document: Document, sheet: str | None) -> dict[str, _Text]:
    found: dict[str, _Text] = {}
    for page in document.pages:
        if sheet is None or sheet in page.anchors:
            for box in boxes.walk(boxes.of_page(page)):
                if boxes.has(box, "data-field"):
                    _count(box, found.setdefault(box.element.get("data-field"), _Text()))
    return found


def _count(box: Box, text: _Text) -> None:
    for line in filter(boxes.is_line, boxes.walk(box)):
        text.lines += 1
        text.line_px = line.height
        text.words += sum(unspaced.count(part.text) for part in boxes.walk(line) if boxes.is_text(part))


Element = Any
"""An element of a parsed page."""
MOST_PAGES = 12
"""The most pages that are added to a sheet for the rest of its text."""
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


def in_full(typesetter: Typesetter, fitted: Fitted) -> Fitted:
    """Return a piece with the text that it lacks on further pages or, failing that, in the flow of its page.

    WeasyPrint drops the rest of a box beside the flow that is still too long on the last page, and the lines of a text
    beyond a limit. A box may hide its overset content, and text can be moved off its page.
    """
    root = typesetter.html.etree_element
    pages = Counter(dict(_shared(fitted)))
    best = _again(typesetter, fitted, pages) if pages else _Trial(fitted.document, _lost_letters(root, fitted.document))
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
        inner.get(NUMBER): sheet.get("id")
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
        if any(inner.get(NUMBER) in in_flow for inner in element.iter()):
            element.set("style", element.get("style", "") + IN_FLOW)
        count = pages.get(element.get("id") or "", 0) if element.tag != "body" else pages.get("", 0)
        for _ in range(count):
            ElementTree.SubElement(element, "div", {"style": NEW_PAGE})
        if element.tag == "head":
            ElementTree.SubElement(element, "style").text = RULES
    html, layout = typesetter.changed(root, fitted.settings)
    return _Trial(layout.document, _lost_letters(html.etree_element, layout.document))


def _lost_letters(root: Element, document: Document) -> dict[str, int]:
    """Return how many letters of each element are on no page."""
    there: Counter[str] = Counter()
    for page in document.pages:
        for box in boxes.texts_on(page):
            there[box.element.get(NUMBER, "")] += _count_letters(box.text)
    body = next(root.iter("body"))
    wanted = {each.get(NUMBER, ""): _count_letters(_own(each)) for each in body.iter() if isinstance(each.tag, str)}
    return {place: count - there[place] for place, count in wanted.items() if count > there[place]}


def _own(element: Element) -> str:
    """Return the text of an element, without the text of the elements in it."""
    return "".join([element.text or "", *(child.tail or "" for child in element)])


def _count_letters(text: str) -> int:
    return len(UNCOUNTED.sub("", text))
