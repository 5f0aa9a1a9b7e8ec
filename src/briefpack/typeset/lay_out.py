"""Lay out a piece: fit its sheets to their pages, find its overset text, and write its PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from briefpack.geometry import PX_PER_MM, Frame
from briefpack.pages import ELSEWHERE, GROW, PART, Piece, source_map
from briefpack.problem import Problem, heard_from
from briefpack.store import Store
from briefpack.typeset import faults, fit, growth, overset, rows, style_sheets
from briefpack.typeset.fit import Fitted
from briefpack.typeset.model import Area, Grow, Spill, Typeset
from briefpack.typeset.typesetter import VARIANT, Typesetter
from briefpack.typeset.weasyprint import boxes, patched, resources, spaces
from briefpack.typeset.weasyprint.boxes import Page
from briefpack.typeset.weasyprint.hidden import Hidden

PT_PER_PX = 0.75


class _Layout(NamedTuple):
    """A layout of a piece, the text that it hides on purpose, and its overset text."""

    fitted: Fitted
    hidden: Hidden
    spills: tuple[Spill, ...]
    half: bool


def lay_out(piece: Piece, root: Path, store: Store, taller: Grow | None = None) -> Typeset:
    """Return a piece laid out; if it is refused, with all of its text on its pages, for a proof."""
    with patched(), heard_from("weasyprint") as heard:
        typesetter = Typesetter(piece, root, store, heard)
        elements = typesetter.html.etree_element
        fitted, hidden, spills, half = _layout(typesetter, taller)
        html = ""
        while spills and rows.leave_out(elements):
            html = ElementTree.tostring(elements, encoding="unicode", method="html")
            fitted, hidden, spills, half = _layout(typesetter, taller)
        problems = (*typesetter.faults, *fit.underfull(typesetter, fitted))
        if problems or spills or heard:
            fitted = overset.in_full(typesetter, fitted)
        spills = tuple(overset.placed(spill, typesetter, fitted.document) for spill in spills)
        made = written(typesetter, fitted, hidden, spills)
    if heard:
        style_sheets.forget()
    problems = (*problems, *_heard(typesetter))
    # What is on a page twice takes the room of other text.
    spills = () if any(each.startswith("Anchor defined twice") for each in typesetter.heard) else made.spills
    return replace(made, problems=problems, spills=spills, half=half, html=html)


def _layout(typesetter: Typesetter, taller: Grow | None) -> _Layout:
    """Lay out a piece with its sheets fitted and its pages filled."""
    search = fit.Search(typesetter)
    fitted = search.sized()
    if taller and GROW in typesetter.piece.html and not typesetter.heard:
        fitted = growth.grow(typesetter, fitted, taller)
    fit.fill(typesetter, fitted)
    hidden = typesetter.hidden(fitted.document)
    # A rule that WeasyPrint dropped may be the only reason that text is overset.
    spills = () if typesetter.faults else tuple(overset.find(typesetter, fitted, hidden))
    return _Layout(fitted, hidden, spills, search.half)


def written(typesetter: Typesetter, fitted: Fitted, hidden: Hidden, spills: tuple[Spill, ...] = ()) -> Typeset:
    """Return a fitted piece as PDF pages, with the facts about it."""
    piece, pages = typesetter.piece, fitted.document.pages
    options = {"pdf_variant": VARIANT, "pdf_tags": True} if piece.tagged else {}
    if piece.tagged:
        spaces.keep(pages)
    return Typeset(
        pdf=fitted.document.write_pdf(finisher=resources.share_out, **options),
        pages=len(pages),
        slots=dict(_slots(piece, fitted)),
        anchors={name: index for index, page in reversed(list(enumerate(pages))) for name in page.anchors},
        links=_links(pages),
        fits=fitted.settings,
        ends=tuple(_ends(typesetter, fitted)),
        problems=(),
        spills=spills,
        hidden=hidden.texts,
        heads=tuple(_heads(typesetter, pages)),
        shown=source_map.packed((number, *each) for number, page in enumerate(pages, 1) for each in boxes.shown(page)),
        areas=tuple(_areas(typesetter, fitted)),
    )


def _heads(typesetter: Typesetter, pages: Sequence[Page]) -> Iterator[str]:
    """Yield the names of the parts of a piece, but the first, that begin a page."""
    parts = [each for each in typesetter.html.etree_element.iter() if PART in each.attrib]
    for part in parts[1:]:
        page = next((page for page in pages if part.get("id") in page.anchors), None)
        if page and page.anchors[part.get("id")][1] < boxes.head_px(page) + fit.CLOSE_PX:
            yield part.get(PART)


def _slots(piece: Piece, fitted: Fitted) -> Iterator[tuple[str, tuple[int, Frame]]]:
    """Yield each slot with its page and frame."""
    for index, page in enumerate(fitted.document.pages):
        for name in piece.slots:
            if name in page.anchors:
                left, top, right, bottom = (value * PT_PER_PX for value in page.anchors[name])
                yield name, (index, Frame(left, top, right - left, bottom - top))


def _links(pages: Sequence[Page]) -> dict[str, tuple[int, ...]]:
    """Return the pages with a link to each place, in this piece or another."""
    found: dict[str, dict[int, None]] = {}
    for index, page in enumerate(pages):
        for kind, address, *_ in page.links:
            if kind == "internal" or address.startswith(ELSEWHERE):
                found.setdefault(address.removeprefix(ELSEWHERE), {})[index] = None
    return {name: tuple(on) for name, on in found.items()}


def _areas(typesetter: Typesetter, fitted: Fitted) -> Iterator[Area]:
    """Yield the text area of each page."""
    free_mm = dict[int, float]()
    for sheet, first in _firsts(typesetter, fitted):
        for place, free_px in enumerate(fitted.measures[sheet].free_px):
            free_mm[first + place] = free_px / PX_PER_MM
    for index, page in enumerate(fitted.document.pages):
        yield Area(boxes.area(page), boxes.leading_pt(page), free_mm.get(index))


def _firsts(typesetter: Typesetter, fitted: Fitted) -> Iterator[tuple[str, int]]:
    """Yield each sheet that prints, and its first page."""
    for sheet in typesetter.sheets:
        first = next((index for index, page in enumerate(fitted.document.pages) if sheet in page.anchors), None)
        if first is not None:
            yield sheet, first


def _ends(typesetter: Typesetter, fitted: Fitted) -> Iterator[int]:
    """Yield the last page of each sheet without an exact number of pages; that of the piece, if it has no sheet."""
    if not typesetter.sheets:
        yield len(fitted.document.pages) - 1
    for sheet, first in _firsts(typesetter, fitted):
        if not typesetter.sheets[sheet].pages.exactly:
            yield first + fitted.measures[sheet].pages - 1


def _heard(typesetter: Typesetter) -> Iterator[Problem]:
    heard = dict.fromkeys(typesetter.heard)
    found = (faults.of_piece(typesetter.piece, typesetter.root, message) for message in heard)
    yield from dict.fromkeys(problem for problems in found for problem in problems)
