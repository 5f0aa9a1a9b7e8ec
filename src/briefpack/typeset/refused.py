"""Lay out a piece that a check refuses again, to find the declarations that cause its faults, and to show all its text."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from weasyprint import Document

from briefpack.geometry import Rectangle
from briefpack.pages import Piece
from briefpack.problem import heard_from
from briefpack.store import Store
from briefpack.typeset import causes, fit, in_full
from briefpack.typeset.lay_out import written
from briefpack.typeset.model import Again, Fault
from briefpack.typeset.typesetter import Typesetter
from briefpack.typeset.weasyprint import boxes, patched, places
from briefpack.typeset.weasyprint.boxes import Box


def again(piece: Piece, root: Path, store: Store, faults: Sequence[Fault], *, whole: bool) -> Again:
    """Lay out a piece again, with all of its text if it is to be `whole`, and find the causes and places of its faults."""
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
        full = in_full.lay_out(typesetter, fitted)
        moved = full.document is not fitted.document
        moved_to = tuple(_moved(full.document, box) for box in found) if moved else tuple(faults)
        return Again(written(typesetter, full, hidden), caused, moved_to, named, drawn)


def _moved(document: Document, box: Box | None) -> Fault | None:
    """Return the place of a text in another layout of the same page; None if it has none."""
    wanted = box.element.get(in_full.PLACE) if box is not None else None
    for number, page in enumerate(document.pages, start=1) if wanted else ():
        for each in boxes.texts_on(page):
            if each.element.get(in_full.PLACE) == wanted and each.text.strip():
                return Fault("", "", number, places.of_text(page, each))
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
    around = places.of_text(page, text)
    leveled = (each for each in boxes.walk(boxes.of_page(page)) if each.style["z_index"] not in ("auto", 0))
    return [each for each in leveled if each.element is not None and places.of_text(page, each).meets(around)]


def _under(document: Document, fault: Fault, text: Box | None) -> Box | None:
    """Return the image that faint text lies on by mistake: one that it is only partly on, or a small one."""
    if fault.check != "contrast" or text is None:
        return None
    page = document.pages[fault.page - 1]
    around, sheet = places.of_text(page, text), boxes.of_page(page)
    for image in (each for each in boxes.walk(sheet) if hasattr(each, "replacement") and each.element.get("alt")):
        place = places.of_text(page, image)
        small = image.width * image.height < SMALL * sheet.margin_width() * sheet.margin_height()
        if place.meets(around) and (small or not around.within(place, SLACK_PT)):
            return image
    return None


SMALL, SLACK_PT = 0.1, 2.0
"""The share of its page below which an image is no ground for text, and how far text may leave the image that it is on."""


def _is_drawn(document: Document, fault: Fault) -> bool:
    """Return whether the words of a fault are those of an image: in its box, with no text of the page there."""
    page = document.pages[fault.page - 1] if 0 < fault.page <= len(document.pages) else None
    shown = [*boxes.walk(boxes.of_page(page))] if page else []
    texts = (each for each in shown if boxes.is_text(each) and each.text.strip())
    images = (each for each in shown if hasattr(each, "replacement") and boxes.has(each, "alt"))
    return (
        page is not None
        and any(fault.box.within(places.of_text(page, each), SLACK_PT) for each in images)
        and not any(places.of_text(page, each).meets(fault.box.grown(-TOUCHING_PT)) for each in texts)
    )


TOUCHING_PT = 1.0
"""How far the boxes of two texts that stand close to each other may overlap."""


def _text_at(document: Document, fault: Fault) -> Box | None:
    """Return the run of text that a fault is about: the nearest to its middle among those with its words, if any."""
    page = document.pages[fault.page - 1] if 0 < fault.page <= len(document.pages) else None
    texts = [each for each in boxes.walk(boxes.of_page(page)) if boxes.is_text(each)] if page else []
    around = {each: places.of_text(page, each) for each in texts if each.text.strip()}
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
