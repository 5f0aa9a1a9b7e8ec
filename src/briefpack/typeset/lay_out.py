"""Lay out a piece: fit its sheets to their pages, find its overset text, and write its PDF."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from weasyprint import Document

from briefpack.geometry import Frame, Rectangle
from briefpack.pages import ELSEWHERE, GROW, PART, Piece
from briefpack.problem import Problem, heard_from
from briefpack.store import Store
from briefpack.typeset import causes, faults, fit, growth, misfits, overset, style_sheets
from briefpack.typeset.fit import Fitted
from briefpack.typeset.growth import Growth
from briefpack.typeset.measure import Measure
from briefpack.typeset.model import Again, Fault, Spill, Typeset
from briefpack.typeset.typesetter import VARIANT, Typesetter
from briefpack.typeset.weasyprint import boxes, patched, spaces
from briefpack.typeset.weasyprint.boxes import Box, Page
from briefpack.typeset.weasyprint.hidden import Hidden

PT_PER_PX = 0.75


def lay_out(
    piece: Piece, root: Path, store: Store, *, growing: bool = False, foreseen: Mapping[str, Measure] | None = None
) -> Typeset:
    """Return a piece laid out; if it is refused, with all of its text on its pages, for a proof.

    If `growing`, a piece whose charts or images can fill its pages better is returned with their growth alone.
    """
    with patched(), heard_from("weasyprint") as heard:
        typesetter = Typesetter(piece, root, store, heard)
        search = fit.Search(typesetter, foreseen)
        if (
            growing
            and GROW in piece.html
            and not heard
            and (taller := growth.find(typesetter, search.sized())).drawings
        ):
            return replace(to_grow(taller), half=search.half)
        fitted = search.fitted()
        if foreseen and fitted.over_px:
            fitted = fit.search(typesetter)
        hidden = typesetter.hidden(fitted.document)
        collisions = tuple(misfits.overlapping_columns(typesetter, fitted.document.pages))
        # A rule that WeasyPrint dropped, or a column in the way, may be the only reason that text is overset.
        spills = () if typesetter.faults or collisions else tuple(overset.find(typesetter, fitted, hidden))
        problems = (
            *typesetter.faults,
            *fit.underfull(typesetter, fitted),
            *misfits.squeezed_images(typesetter, fitted.document.pages),
            *collisions,
        )
        oversized = misfits.oversized_box(typesetter, fitted.document.pages) if piece.boxed else None
        if problems or spills or heard:
            fitted = overset.in_full(typesetter, fitted)
        spills = tuple(overset.placed(spill, typesetter, fitted.document) for spill in spills)
        made = written(typesetter, fitted, hidden, spills)
    if heard:
        style_sheets.forget()
    problems = (*problems, *_heard(typesetter))
    # What is on a page twice takes the room of other text.
    spills = () if any(each.cause == faults.TWICE for each in problems) else made.spills
    return replace(made, problems=problems, spills=spills, oversized=oversized, half=search.half)


def to_grow(taller: Growth) -> Typeset:
    """Return a piece that is to be laid out again with some charts or images taller."""
    return Typeset(b"", 0, {}, {}, {}, {}, (), {}, (), (), (), growth=taller.drawings, foreseen=taller.measures)


def written(typesetter: Typesetter, fitted: Fitted, hidden: Hidden, spills: tuple[Spill, ...] = ()) -> Typeset:
    """Return a fitted piece as PDF pages, with the facts about it."""
    piece, pages = typesetter.piece, fitted.document.pages
    options = {"pdf_variant": VARIANT, "pdf_tags": True} if piece.tagged else {}
    if piece.tagged:
        spaces.keep(pages)
    return Typeset(
        pdf=fitted.document.write_pdf(**options),
        pages=len(pages),
        slots=dict(_slots(piece, fitted)),
        notes={index: count for index, page in enumerate(pages) if (count := boxes.note_count(page))},
        anchors={name: index for index, page in reversed(list(enumerate(pages))) for name in page.anchors},
        links=_links(pages),
        levels=tuple(level for page in pages for level, *_ in page.bookmarks),
        fits={sheet: setting.fit for sheet, setting in fitted.settings.items()},
        ends=tuple(_ends(typesetter, fitted)),
        problems=(),
        spills=spills,
        hidden=hidden.texts,
        heads=tuple(_heads(typesetter, pages)),
        crowded=misfits.crowded_slots(pages, piece.slots) if piece.slots else {},
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


def _ends(typesetter: Typesetter, fitted: Fitted) -> Iterator[int]:
    """Yield the last page of each sheet without an exact number of pages; that of the piece, if it has no sheet."""
    if not typesetter.sheets:
        yield len(fitted.document.pages) - 1
    for sheet, spec in typesetter.sheets.items():
        first = next((index for index, page in enumerate(fitted.document.pages) if sheet in page.anchors), None)
        if not spec.pages.exactly and first is not None:
            yield first + fitted.measures[sheet].pages - 1


def _heard(typesetter: Typesetter) -> Iterator[Problem]:
    heard = dict.fromkeys(typesetter.heard)
    found = (faults.of_piece(typesetter.piece, typesetter.root, message) for message in heard)
    yield from dict.fromkeys(problem for problems in found for problem in problems)


def again(piece: Piece, root: Path, store: Store, faults: Sequence[Fault], *, whole: bool) -> Again:
    """Lay out a piece again, with all of its text if `whole`, and find the causes and places of its faults."""
    with patched(), heard_from("weasyprint") as heard:
        typesetter = Typesetter(piece, root, store, heard)
        fitted = fit.search(typesetter)
        found = [_text_at(fitted.document, each) for each in faults]
        under = [_under(fitted.document, each, box) for each, box in zip(faults, found, strict=True)]
        named = tuple(each.element.get("alt", "") if each is not None else "" for each in under)
        caused = tuple(_causes(typesetter, fitted.document, faults, found, under))
        drawn = tuple(_is_drawn(fitted.document, each) for each in faults)
        if not whole:
            return Again(None, caused, tuple(faults), named, drawn)
        hidden = typesetter.hidden(fitted.document)
        full = overset.in_full(typesetter, fitted)
        moved = full.document is not fitted.document
        moved_to = tuple(_moved(full.document, box) for box in found) if moved else tuple(faults)
        return Again(written(typesetter, full, hidden), caused, moved_to, named, drawn)


def _moved(document: Document, box: Box | None) -> Fault | None:
    """Return the place of a text in another layout of the same page; None if it has none."""
    wanted = box.element.get(overset.PLACE) if box is not None else None
    for number, page in enumerate(document.pages, start=1) if wanted else ():
        for each in boxes.texts_on(page):
            if each.element.get(overset.PLACE) == wanted and each.text.strip():
                return Fault("", "", number, boxes.place(page, each))
    return None


def _causes(
    typesetter: Typesetter,
    document: Document,
    faults: Sequence[Fault],
    found: Sequence[Box | None],
    under: Sequence[Box | None],
) -> Iterator[tuple[str, int] | None]:
    """Yield the path and line of the declaration that causes each fault; None if that isn't certain."""
    styles = causes.styled(typesetter)
    for fault, box, image in zip(faults, found, under, strict=True):
        if box is not None and image is not None:
            yield causes.of_overlap(box, image, styles)
            continue
        lifted = _lifted(document, fault, box) if box is not None and fault.check == "words-lost" else []
        over = causes.of_cover(box, lifted, styles) if lifted else None
        yield over or causes.of_fault(fault.check, box, styles, typesetter)


def _lifted(document: Document, fault: Fault, text: Box) -> list[Box]:
    """Return the boxes with a level of their own, by `z-index`, that are where a text is."""
    page = document.pages[fault.page - 1]
    around = boxes.place(page, text)
    leveled = (each for each in boxes.walk(boxes.of_page(page)) if each.style["z_index"] not in ("auto", 0))
    return [each for each in leveled if each.element is not None and boxes.place(page, each).meets(around)]


def _under(document: Document, fault: Fault, text: Box | None) -> Box | None:
    """Return the image that faint text lies on by mistake: the text is only partly on it, or the image is small."""
    if fault.check != "contrast" or text is None:
        return None
    page = document.pages[fault.page - 1]
    around, sheet = boxes.place(page, text), boxes.of_page(page)
    for image in (each for each in boxes.walk(sheet) if hasattr(each, "replacement") and each.element.get("alt")):
        place = boxes.place(page, image)
        small = image.width * image.height < SMALL * sheet.margin_width() * sheet.margin_height()
        if place.meets(around) and (small or not around.within(place, SLACK_PT)):
            return image
    return None


SMALL, SLACK_PT = 0.1, 2.0
"""An image is a ground for text if it takes this share of its page, and the text leaves it by no more than this."""


def _is_drawn(document: Document, fault: Fault) -> bool:
    """Return whether the words of a fault belong to an image: they are in its box, and no text of the page is there."""
    page = document.pages[fault.page - 1] if 0 < fault.page <= len(document.pages) else None
    shown = [*boxes.walk(boxes.of_page(page))] if page else []
    texts = (each for each in shown if boxes.is_text(each) and each.text.strip())
    images = (each for each in shown if hasattr(each, "replacement") and boxes.has(each, "alt"))
    return (
        page is not None
        and any(fault.box.within(boxes.place(page, each), SLACK_PT) for each in images)
        and not any(boxes.place(page, each).meets(fault.box.grown(-TOUCHING_PT)) for each in texts)
    )


TOUCHING_PT = 1.0
"""How far the boxes of two texts that stand close to each other may overlap."""


def _text_at(document: Document, fault: Fault) -> Box | None:
    """Return the run of text that a fault is about: the one with its words, if any, that is nearest to its middle."""
    page = document.pages[fault.page - 1] if 0 < fault.page <= len(document.pages) else None
    texts = [each for each in boxes.walk(boxes.of_page(page)) if boxes.is_text(each)] if page else []
    around = {each: boxes.place(page, each) for each in texts if each.text.strip()}
    same = {box: place for box, place in around.items() if _are_alike(box.text, fault.words)}
    inside = {box: place for box, place in around.items() if place.meets(fault.box)}
    return min(same or inside, key=lambda each: _distance_pt(around[each], fault.box), default=None)


def _are_alike(text: str, words: str) -> bool:
    """Return whether one of two runs of text begins like the other; a run may be shortened, or part of a longer one."""
    one, other = "".join(text.split()), "".join(words.split())
    return one.startswith(other) or other.startswith(one)


def _distance_pt(one: Rectangle, other: Rectangle) -> float:
    """Return how far the middles of two boxes are from each other."""
    across = abs(one.left + one.right - other.left - other.right) / 2
    return across + abs(one.bottom + one.top - other.bottom - other.top) / 2
