"""Lay out a piece: fit its sheets to their pages, find its overset text, and write its PDF."""

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from briefpack.geometry import Frame
from briefpack.pages import Piece
from briefpack.problem import Problem, heard_from
from briefpack.store import Store
from briefpack.typeset import faults, fit, in_full, overset, style_sheets
from briefpack.typeset.fit import Fitted
from briefpack.typeset.model import Spill, Typeset
from briefpack.typeset.typesetter import VARIANT, Typesetter
from briefpack.typeset.weasyprint import boxes, patched
from briefpack.typeset.weasyprint.hidden import Hidden

PT_PER_PX = 0.75


def lay_out(piece: Piece, root: Path, store: Store) -> Typeset:
    """Return a piece laid out; one that is refused with all of its text on its pages, for a proof."""
    with patched(), heard_from("weasyprint") as heard:
        typesetter = Typesetter(piece, root, store, heard)
        fitted = fit.search(typesetter)
        hidden = typesetter.hidden(fitted.document)
        # A rule that WeasyPrint dropped may be the only reason that text is overset.
        spills = () if typesetter.faults else tuple(overset.find(typesetter, fitted, hidden))
        underfull = tuple(fit.underfull(typesetter, fitted))
        if typesetter.faults or underfull or spills or heard:
            fitted = in_full.lay_out(typesetter, fitted)
        spills = tuple(overset.placed(spill, typesetter, fitted.document) for spill in spills)
        problems = (*typesetter.faults, *underfull)
        made = written(typesetter, fitted, hidden, spills)
    if heard:
        style_sheets.forget()
    return replace(made, problems=(*problems, *_heard(typesetter)))


def written(typesetter: Typesetter, fitted: Fitted, hidden: Hidden, spills: tuple[Spill, ...] = ()) -> Typeset:
    """Return a fitted piece as PDF pages, with the facts about it."""
    piece, pages = typesetter.piece, fitted.document.pages
    options = {"pdf_variant": VARIANT, "pdf_tags": True} if piece.tagged else {}
    return Typeset(
        pdf=fitted.document.write_pdf(**options),
        pages=len(pages),
        slots=dict(_slots(piece, fitted)),
        notes={index: count for index, page in enumerate(pages) if (count := boxes.note_count(page))},
        anchors={name: index for index, page in reversed(list(enumerate(pages))) for name in page.anchors},
        levels=tuple(level for page in pages for level, *_ in page.bookmarks),
        fits={sheet: setting.fit for sheet, setting in fitted.settings.items()},
        ends=tuple(_ends(typesetter, fitted)),
        problems=(),
        spills=spills,
        hidden=hidden.texts,
    )


def _slots(piece: Piece, fitted: Fitted) -> Iterator[tuple[str, tuple[int, Frame]]]:
    """Yield each slot with its page and frame."""
    for index, page in enumerate(fitted.document.pages):
        for name in piece.slots:
            if name in page.anchors:
                left, top, right, bottom = (value * PT_PER_PX for value in page.anchors[name])
                yield name, (index, Frame(left, top, right - left, bottom - top))


def _ends(typesetter: Typesetter, fitted: Fitted) -> Iterator[int]:
    """Yield the last page of each sheet that may have any number of pages."""
    for sheet, spec in typesetter.sheets.items():
        first = next((index for index, page in enumerate(fitted.document.pages) if sheet in page.anchors), None)
        if spec.pages.most == math.inf and first is not None:
            yield first + fitted.measures[sheet].pages - 1


def _heard(typesetter: Typesetter) -> Iterator[Problem]:
    heard = dict.fromkeys(typesetter.heard)
    found = (faults.of_piece(typesetter.piece, typesetter.root, message) for message in heard)
    yield from dict.fromkeys(problem for problems in found for problem in problems)
