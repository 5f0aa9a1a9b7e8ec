"""Write each document's pieces as HTML, from the layout's pages and the brief."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from briefpack.layout.addresses import PageLoader
from briefpack.layout.model import ANY_NUMBER, NO_RULES, Box, Pages
from briefpack.pages import compiled, pieces
from briefpack.pages import unwritten as unwritten_pages
from briefpack.pages.calls import Composer
from briefpack.pages.model import ELSEWHERE, Composed, LinkedFrom, PageOf, Piece, Stamp, ids
from briefpack.pages.owners import Citations
from briefpack.pages.render import render
from briefpack.pages.sandbox import Environment, strict
from briefpack.plan import Document, Drawing, Item, Plan, PlannedPiece
from briefpack.problem import Problem
from briefpack.store import Store
from briefpack.text import numbers

EMPTY = re.compile(r"<body\b[^>]*>\s*</body>")
WITHIN = re.compile(r'\bhref="#([^"]+)"')


def composer(plan: Plan, root: Path, drawn: Mapping[Drawing, str], kept: Store) -> Composer:
    """Return a composer whose templates can read only `layouts/`; `drawn` gives the store key of each drawing."""
    return Composer(plan, root, drawn, _environment(plan, root), kept)


def unwritten(plan: Plan, root: Path, kept: Store) -> tuple[Problem, ...]:
    """Return the problems of a layout's pages that can be found without writing them."""
    return unwritten_pages.check(root, plan.layout.layout, plan.layout.tree, _environment(plan, root), kept)


def _environment(plan: Plan, root: Path) -> Environment:
    named: dict[str, Callable[..., Any]] = {
        "words": numbers.words,
        "date": numbers.date,
        "month": numbers.month,
        "ordinal": numbers.ordinal,
    }
    locale = plan.brief.locale
    filters = {name: strict("number", {}, partial(call, locale=locale)) for name, call in named.items()}
    return Environment(PageLoader(root), filters, compiled.cache(locale))


def compose(writer: Composer, document: Document) -> Composed:
    """Return a document's pieces, and the stamps for their slots; a piece with an empty body is left out.

    Each piece carries on the list of sources that the pieces before it cite. Where citations are numbered through a
    document, a source added in one piece therefore changes the numbers, and so the keys, of the pieces after it.
    Footnotes, which are numbered afresh on each sheet, change in their own piece only.
    """
    citations = Citations(document.spec.citations)
    printed = _printed(writer, document, citations)
    every = frozenset[str]().union(*map(ids, printed.values()))
    pieces = tuple(_main(writer, document, planned, _linked(text, every)) for planned, text in printed.items())
    stamps = tuple(
        stamp
        for index, (piece, planned) in enumerate(zip(pieces, printed, strict=True))
        for slot in piece.slots
        if (stamp := _stamp(writer, document, slot, citations, index, planned.item, every))
    )
    figures = tuple(figure_id for figure_id in citations.figures if figure_id in writer.in_doubt)
    return Composed(replace(document, pieces=tuple(printed)), pieces, stamps, tuple(citations.order), figures)


def _printed(writer: Composer, document: Document, citations: Citations) -> dict[PlannedPiece, str]:
    """Return the HTML of each piece of a document that prints anything; if none does, of its last."""
    found: dict[PlannedPiece, str] = {}
    first_page: int | None = 1
    for planned in document.pieces:
        told = _told(planned, first_page, _NoPageYet(), LinkedFrom())
        html = render(writer, document, planned.spec.page, told, citations, planned.item)
        only = planned is document.pieces[-1] and not found
        if only or not EMPTY.search(html):
            found[planned] = html
            first_page = _after(planned, first_page)
    return found


def _told(planned: PlannedPiece, first_page: int | None, page_of: PageOf, linked_from: LinkedFrom) -> dict[str, object]:
    """Return the values for the page of a piece.

    These are its first page number, if certain, the position of its item, and the pages that it lists.
    """
    values: dict[str, object] = {"first_page": first_page} if first_page else {}
    values |= {"position": planned.item.position} if planned.item else {}
    return values | ({"page_of": page_of, "linked_from": linked_from} if planned.spec.lists_pages else {})


def _after(planned: PlannedPiece, first_page: int | None) -> int | None:
    """Return the number of the page after a piece, if certain."""
    exactly = planned.spec.pages.exactly
    return first_page + exactly if first_page and exactly else None


class _NoPageYet(PageOf):
    """The page of each id while pages are unknown: an empty text."""

    def __missing__(self, _name: str) -> str:
        return ""

    def __repr__(self) -> str:
        """Return a text that no known pages have, since pages with equal values are shared."""
        return "no page yet"


def _main(writer: Composer, document: Document, planned: PlannedPiece, html: str) -> Piece:
    """Return one of the pieces that make up a document's pages."""
    spec = planned.spec
    slots = {name: slot for name, slot in writer.plan.layout.layout.slots.items() if f'id="{name}"' in html}
    name = f"{document.name}: {planned.name}"
    return pieces.make(writer, document, name, spec.page, html, document.spec.styles, spec.pages, slots=slots)


# Cached, as most pieces are the same for every electorate.
@lru_cache(maxsize=64)
def _linked(text: str, every: frozenset[str]) -> str:
    """Return a piece's HTML, with each link to an id in another piece marked for the binder."""
    others = every - ids(text)
    return WITHIN.sub(lambda found: f'href="{ELSEWHERE}{found[1]}"' if found[1] in others else found[0], text)


def number(
    writer: Composer, document: Document, page_of: PageOf, linked_from: LinkedFrom, cited: tuple[str, ...]
) -> dict[int, Piece]:
    """Return the pieces that list pages, by their position in the document, now that the page of every id is known.

    `document` has only the pieces that print, and `cited` are the sources that it cites, in order.
    """
    pieces: dict[int, Piece] = {}
    first_page: int | None = 1
    for index, planned in enumerate(document.pieces):
        if planned.spec.lists_pages:
            citations = Citations(document.spec.citations, list(cited))
            told = _told(planned, first_page, page_of, linked_from)
            html = render(writer, document, planned.spec.page, told, citations, planned.item)
            pieces[index] = _main(writer, document, planned, _linked(html, frozenset(page_of)))
        first_page = _after(planned, first_page)
    return pieces


def run(writer: Composer, document: Document, total: int) -> tuple[Stamp, ...]:
    """Return the running slots of a document of `total` pages."""
    stamps = []
    for slot in document.spec.running:
        spec = writer.plan.layout.layout.running[slot]
        values = {"total": total, "numbers": tuple(range(1 + spec.skip, total + 1))}
        html = render(writer, document, spec.page, values, Citations("list"))
        limit = Pages(at_most=total)
        name = f"{document.name}: {slot}"
        piece = pieces.make(writer, document, name, spec.page, html, spec.styles, limit, box=spec, tagged=False)
        stamps.append(Stamp(slot, piece, spec))
    return tuple(stamps)


def first_sheet(writer: Composer, document: Document, values: Mapping[str, object]) -> Piece:
    """Return the first sheet of a print set, whose page can also use `values`.

    It is a form to read beside a printer, so the rules of a document's composition don't apply.
    """
    [planned] = document.pieces
    html = render(writer, document, planned.spec.page, values, Citations(document.spec.citations))
    return replace(_main(writer, document, planned, html), composition=NO_RULES)


def added(
    writer: Composer,
    document: Document,
    page: str,
    styles: tuple[str, ...],
    values: Mapping[str, object],
    box: Box,
    *,
    tagged: bool,
) -> Piece:
    """Return a piece that a proof adds to a document, on pages the size of a box; its page can also use `values`."""
    html = render(writer, document, page, values, Citations("list"))
    name = f"{document.name}: {page}"
    return pieces.make(writer, document, name, page, html, styles, ANY_NUMBER, box=box, tagged=tagged)


def _stamp(
    writer: Composer,
    document: Document,
    slot: str,
    citations: Citations,
    over: int,
    item: Item | None,
    every: frozenset[str],
) -> Stamp | None:
    """Return the piece for a slot of the document's piece at the index `over`, which is made for `item`.

    `every` are the ids of the document's pages, which it may link to.

    A slot whose page prints nothing stays empty, and has none.
    """
    spec = writer.plan.layout.layout.slots[slot]
    style = "numbered" if document.spec.citations == "numbered" else "list"
    html = render(writer, document, spec.page, {}, Citations(style, figures=citations.figures, foot=False), item)
    if EMPTY.search(html):
        return None
    name = f"{document.name}: {slot} {item.id}" if item else f"{document.name}: {slot}"
    linked = _linked(html, every)
    piece = pieces.make(writer, document, name, spec.page, linked, spec.styles, Pages(exactly=1), box=spec)
    return Stamp(slot, piece, over=over)
