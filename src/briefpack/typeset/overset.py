"""Find overset text: text that doesn't fit its pages, and text that is on no page; and print it in full for a proof."""

import copy
import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from xml.etree import ElementTree

from weasyprint import Document

from briefpack.geometry import PX_PER_MM
from briefpack.pages.source_map import NUMBER
from briefpack.text import unspaced
from briefpack.typeset.fit import Fitted
from briefpack.typeset.model import Spill
from briefpack.typeset.typesetter import Typesetter
from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Page
from briefpack.typeset.weasyprint.hidden import Hidden

# To estimate lost text, which is on no page and so has no lines to count.
LETTERS_A_WORD = 5
LETTERS_A_LINE = 50


def find(typesetter: Typesetter, fitted: Fitted, hidden: Hidden) -> Iterator[Spill]:
    """Yield the overset text of each sheet, or of a piece without sheets, and any text that is on no page."""
    piece, pages = typesetter.piece, fitted.document.pages
    for sheet, px in fitted.over_px.items():
        own, most = [page for page in pages if sheet in page.anchors], typesetter.sheets[sheet].pages.most
        lacking_px = _lacking_px(typesetter, fitted, sheet, own[0]) if most == 1 else px
        yield _too_tall(typesetter, own, most, lacking_px, sheet)
    if not piece.fits and len(pages) > piece.limit.most:
        px = sum(map(boxes.last_px, pages[int(piece.limit.most) :]))
        yield _too_tall(typesetter, pages, piece.limit.most, px, "")
    if not fitted.over_px:
        yield from _lost(typesetter, fitted.document, hidden)


def _lacking_px(typesetter: Typesetter, fitted: Fitted, sheet: str, page: Page) -> float:
    """Return the height that a page lacks for a sheet, as a page that is tall enough shows it."""
    [used_px] = typesetter.on_tall_pages(fitted.settings, page)[sheet].used_px
    return used_px - (boxes.foot_px(page) - page.anchors[sheet][1])


def _too_tall(typesetter: Typesetter, pages: Sequence[Page], most: float, px: float, sheet: str) -> Spill:
    """Return the field on some pages that most exceeds its room, with its lines and words that make up the excess.

    The first block beyond the pages that it may take is its source.
    """
    beyond = pages[int(most) :] if most < math.inf else []
    parts = (box for page in beyond for box in boxes.walk(boxes.of_page(page)) if boxes.is_main(box))
    first = next((box for box in parts if box.element.tag not in AROUND), None)
    spill = Spill("", 0, 0, sheet, round(px / PX_PER_MM, 1), typesetter.source(first) if first else None)
    fields, room = _lines(typesetter, pages), typesetter.piece.room
    if not fields:
        return spill
    names = {field: field.rpartition(".")[2] for field in fields}
    promised = [field for field, name in names.items() if name in room] or [*fields]
    over = {field: sum(words for words, _ in fields[field]) - room.get(names[field], 0) for field in promised}
    field = max(over, key=lambda each: over[each])
    # A paragraph ends with a short line, which must go before it has a line fewer. So count as a full line.
    words, line_px = sorted(fields[field])[len(fields[field]) * 3 // 4]
    lines = max(1, math.ceil(px / line_px))
    return replace(spill, field=field, lines=lines, words=max(1, round(lines * words)), has_room=over[field] <= 0)


AROUND = ("html", "body", "main", "section", "article")
"""The elements around all the blocks of a page."""


def placed(spill: Spill, typesetter: Typesetter, document: Document) -> Spill:
    """Return overset text with its places in a document that shows all of it: in its field, or past the end."""
    if spill.field:
        return replace(spill, places=tuple(boxes.places(document, lambda box: typesetter.field(box) == spill.field)))
    most = (typesetter.sheets[spill.sheet].pages if spill.sheet else typesetter.piece.limit).most
    return replace(
        spill, places=tuple(boxes.places_beyond(document, spill.sheet, None if most == math.inf else int(most)))
    )


def _lost(typesetter: Typesetter, document: Document, hidden: Hidden) -> Iterator[Spill]:
    """Yield the fields with text that is on no page, or that a box hides because it doesn't fit into it.

    Text that a style sheet hides on purpose isn't lost. WeasyPrint silently drops boxes positioned beside the flow that
    don't fit above the foot of the last page.
    """
    parts = [part for page in document.pages for part in boxes.of_page(page).children]
    hiding = {text: box for part in parts for text, box in boxes.hidden_texts(part)}
    lost, field = Counter[str](), typesetter.field_of
    for element in next(typesetter.html.etree_element.iter("body")).iter():
        lost[field(element)] += _count_letters(_own(element))
    for box in filter(boxes.is_text, (box for part in parts for box in boxes.walk(part))):
        lost[field(box.element)] -= _count_letters(box.text) if box not in hiding else 0
    for element, text in hidden.left_out:
        lost[field(element)] -= _count_letters(text)
    by = {typesetter.field(text): box for text, box in reversed(hiding.items())}
    for name, count in lost.items():
        if name and count > 0:
            spill = Spill(name, max(1, count // LETTERS_A_LINE), max(1, count // LETTERS_A_WORD))
            yield replace(spill, source=typesetter.source(by[name]), is_hidden=True) if name in by else spill


def _lines(typesetter: Typesetter, pages: Sequence[Page]) -> dict[str, list[tuple[int, float]]]:
    """Return the lines of each field as set on some pages: its words in each, and the height."""
    found = defaultdict[str, list[tuple[int, float]]](list)
    for line in (box for page in pages for box in boxes.walk(boxes.of_page(page)) if boxes.is_line(box)):
        words = Counter[str]()
        for part in filter(boxes.is_text, boxes.walk(line)):
            words[typesetter.field(part)] += unspaced.count(part.text)
        for field in words.keys() - {""}:
            found[field].append((words[field], line.height))
    return found


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
