"""Write each document's pieces as HTML, from the layout's pages and the brief."""

import errno
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import jinja2

from briefpack.layout.addresses import PageLoader
from briefpack.layout.model import ANY_NUMBER, Box, Pages
from briefpack.pages import abbreviations, calls, markup, pieces, source_map, template_errors
from briefpack.pages.calls import Composer, Given
from briefpack.pages.markup import Fault
from briefpack.pages.model import ELSEWHERE, Composed, LinkedFrom, PageOf, Piece, Stamp, Written, ids
from briefpack.pages.owners import Citations
from briefpack.pages.runs import Part, Run
from briefpack.pages.sandbox import Environment, compiled, strict
from briefpack.plan import UNSEEN, Document, Drawing, Item, Plan, PlannedPiece, Seen
from briefpack.pool.limits import Overdue
from briefpack.problem import Problem, Problems
from briefpack.store import Store
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale

EMPTY = re.compile(r"<body\b[^>]*>\s*</body>")
WITHIN = re.compile(r'\bhref="#([^"]+)"')


def composer(plan: Plan, root: Path, drawn: Mapping[Drawing, str], kept: Store) -> Composer:
    """Return a composer whose templates can read only `layouts/`; `drawn` gives the store key of each drawing."""
    return Composer(plan, root, drawn, _environment(plan, root), kept)


def _environment(plan: Plan, root: Path) -> Environment:
    named: dict[str, Callable[..., Any]] = {
        "words": numbers.words,
        "date": numbers.date,
        "month": numbers.month,
        "weekday": numbers.weekday,
        "clock": numbers.clock,
        "ordinal": numbers.ordinal,
    }
    locale = plan.brief.locale
    filters = {name: strict("number", {}, partial(call, locale=locale)) for name, call in named.items()}
    return Environment(_Marked(root), filters, compiled(locale))


def compose(writer: Composer, document: Document, seen: Seen = UNSEEN) -> Composed:
    """Return a document's pieces, and the stamps for their slots; a piece with an empty body is left out.

    With what was `seen` of its pieces when they were laid out, others share pages.

    Each piece carries on the list of sources that the pieces before it cite. Where citations are numbered through a
    document, a source added in one piece therefore changes the numbers, and so the keys, of the pieces after it.
    Footnotes, which are numbered afresh on each sheet, change in their own piece only.
    """
    citations = Citations(document.spec.citations)
    runs = _runs(writer, document, citations, seen)
    every = frozenset[str]().union(*(ids(each.html) for each in runs))
    pieces = tuple(_main(writer, document, each, every) for each in runs)
    stamps = tuple(
        stamp
        for index, (piece, each) in enumerate(zip(pieces, runs, strict=True))
        for slot in piece.slots
        if (part := each.of_slot(slot))
        and (stamp := _stamp(writer, document, slot, citations, index, part.planned.item, every))
    )
    figures = tuple(figure_id for figure_id in citations.figures if figure_id in writer.in_doubt)
    printed = replace(document, pieces=tuple(each.planned for each in runs))
    return Composed(printed, pieces, stamps, tuple(citations.order), figures)


def _runs(writer: Composer, document: Document, citations: Citations, seen: Seen) -> list[Run]:
    """Return the pieces of a document that print anything, those that share pages together; if none does, its last."""
    found: list[Run] = []
    layout = writer.plan.layout.layout
    first_page: int | None = 1
    for planned in document.pieces:
        told = _told(planned, first_page, _NoPageYet(), LinkedFrom())
        citations.follows = bool(found) and planned.follows(found[-1].parts[-1].planned, seen)
        part = Part(planned, _page(writer, document, planned, told, citations))
        if EMPTY.search(part.html) and not (planned is document.pieces[-1] and not found):
            continue
        if found and found[-1].takes(part, seen, layout.fits, layout.slots):
            found[-1] = Run((*found[-1].parts, part))
        else:
            if found:
                short = Seen(halves=frozenset(each.name for each in document.pieces))
                early = not found[-1].takes(part, short, layout.fits, layout.slots)
                found[-1] = replace(found[-1], ends_early=early)
            found.append(Run((part,)))
        first_page = _after(planned, first_page)
    return found


def _told(planned: PlannedPiece, first_page: int | None, page_of: PageOf, linked_from: LinkedFrom) -> dict[str, object]:
    """Return the values for the page of a piece.

    These are its first page number, if certain, the position of its item, and the pages and links that it lists.
    """
    values: dict[str, object] = {"first_page": first_page} if first_page else {}
    values |= {"position": planned.item.position} if planned.item else {}
    values |= {"page_of": page_of} if planned.spec.lists_pages else {}
    return values | ({"linked_from": linked_from} if planned.spec.lists_links else {})


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


def _main(writer: Composer, document: Document, run: Run, every: frozenset[str]) -> Piece:
    """Return one of the pieces that make up a document's pages; `every` has the ids on all of them."""
    planned, html = run.planned, _linked(run.html, every)
    spec, others = planned.spec, tuple(other.spec.page for other in planned.others)
    slots = {name: slot for name, slot in writer.plan.layout.layout.slots.items() if f'id="{name}"' in html}
    name = f"{document.name}: {planned.name}"
    return pieces.make(
        writer, document, name, spec.page, html, document.spec.styles, spec.pages, others=others, slots=slots,
        ends_early=run.ends_early,
    )  # fmt: skip


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
        if planned.lists_pages:
            citations = Citations(document.spec.citations, list(cited))
            parts: list[Part] = []
            for each in (replace(planned, others=()), *planned.others):
                told, citations.follows = _told(each, first_page, page_of, linked_from), bool(parts)
                parts.append(Part(each, _page(writer, document, each, told, citations)))
            run = Run(tuple(parts), planned.ends_early)
            pieces[index] = _main(writer, document, run, frozenset(page_of))
        first_page = _after(planned, first_page)
    return pieces


def run(writer: Composer, document: Document, total: int) -> tuple[Stamp, ...]:
    """Return the running slots of a document of `total` pages."""
    stamps = []
    for slot in document.spec.running:
        spec = writer.plan.layout.layout.running[slot]
        values = {"total": total, "numbers": tuple(range(1 + spec.skip, total + 1))}
        html = _render(writer, document, spec.page, values, Citations("list"))
        limit = Pages(at_most=total)
        name = f"{document.name}: {slot}"
        piece = pieces.make(writer, document, name, spec.page, html, spec.styles, limit, box=spec, tagged=False)
        stamps.append(Stamp(slot, piece, spec))
    return tuple(stamps)


def first_sheet(writer: Composer, document: Document, values: Mapping[str, object]) -> Piece:
    """Return the first sheet of a print set, whose page can also use `values`."""
    [planned] = document.pieces
    html = _render(writer, document, planned.spec.page, values, Citations(document.spec.citations))
    return _main(writer, document, Run((Part(planned, html),)), ids(html))


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
    html = _render(writer, document, page, values, Citations("list"))
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
    html = _render(writer, document, spec.page, {}, Citations(style, figures=citations.figures, foot=False), item)
    if EMPTY.search(html):
        return None
    name = f"{document.name}: {slot} {item.id}" if item else f"{document.name}: {slot}"
    linked = _linked(html, every)
    piece = pieces.make(writer, document, name, spec.page, linked, spec.styles, Pages(exactly=1), box=spec)
    return Stamp(slot, piece, over=over)


def _page(
    writer: Composer, document: Document, planned: PlannedPiece, told: Mapping[str, object], citations: Citations
) -> str:
    """Return the HTML of the page of a piece."""
    spec = planned.spec
    of_place = spec.place or spec.local
    return _render(writer, document, spec.page, told, citations, planned.item, of_place=of_place)


def _render(
    writer: Composer,
    document: Document,
    page: str,
    told: Mapping[str, object],
    citations: Citations,
    item: Item | None = None,
    *,
    of_place: bool = True,
) -> str:
    """Return a page's HTML, reusing another document's if everything that the page is given is the same.

    `item` is the ask, section or the like that the page's piece is made for.
    """
    before = tuple(citations.sheet) if citations.follows else ()
    cited = tuple(citations.order)
    given = calls.given(writer, document, item, told, citations, of_place=of_place)
    # A page that shows nothing of the sources before it is the same whatever they are.
    key = (page, citations.style, before, given.key)
    known = writer.written.get(key) or writer.written.get((*key, cited))
    if known is None:
        if page in writer.stuck:
            # A page that ran out of time for one document isn't tried for the next.
            raise writer.stuck[page]
        citations.sheet[:], citations.here[:], citations.looks_back = before, (), False
        html = _write(writer, page, given)
        if faults := markup.of_page(html):
            citations.order[:] = cited
            citations.sheet[:] = before
            raise Problems(_of_fault(fault, page) for fault in faults)
        html = source_map.OF_END.sub(r"\1", html)
        html = abbreviations.heard(_with_raised_ordinals(html, writer.plan.brief.locale), writer.abbreviations)
        known = Written(html, tuple(citations.here), tuple(given.of_kind.figures), tuple(citations.sheet))
        writer.written[(*key, cited) if citations.looks_back else key] = known
    citations.order += [source_id for source_id in known.cited if source_id not in citations.order]
    citations.sheet[:] = known.sheet
    citations.figures.update(dict.fromkeys(known.figures))
    return known.html


def _write(writer: Composer, page: str, given: Given) -> str:
    try:
        return writer.environment.get_template(page).render(given.names())
    except jinja2.TemplateSyntaxError as error:
        raise Problems([template_errors.of_syntax(error, page)]) from None
    except Problems:
        # An image can't be used, which isn't the page's fault.
        raise
    except (Exception, Overdue) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        # A page is its designer's code, so any other failure is reported as theirs.
        problems = Problems([template_errors.of_failure(error, writer.root, page)])
        if isinstance(error, Overdue):
            writer.stuck[page] = problems
        raise problems from None


def _of_fault(fault: Fault, page: str) -> Problem:
    """Return the problem of a fault of a page's HTML, at the template line that wrote it."""
    template, _, line = fault.place.rpartition(":")
    return template_errors.problem(template or page, int(line or 1), fault.message, fault.hint)


class _Marked(PageLoader):
    """A loader whose templates write the line of each tag into the tag."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, fresh = super().get_source(environment, template)
        return source_map.marked(source, template), path, fresh


def _with_raised_ordinals(html: str, locale: Locale) -> str:
    """Return a page with each ending of an ordinal in an element of its own, if the language raises them."""
    if not locale.raised_ordinals:
        return html
    return _numbers(locale).sub(_raised, html)


@lru_cache(maxsize=16)
def _numbers(locale: Locale) -> re.Pattern[str]:
    endings = typography.any_of(tuple(locale.ordinals))
    return re.compile(rf"{KEPT}|(?P<number>(?<![\w.,/-])\d+)(?P<ending>{endings})(?!\w)", re.DOTALL | re.IGNORECASE)


def _raised(found: re.Match[str]) -> str:
    return f'{found["number"]}<span class="ordinal-ending">{found["ending"]}</span>' if found["number"] else found[0]


KEPT = r"<(?P<raw>style|script|title)\b.*?</(?P=raw)\s*>|<!--.*?-->|<(?:\"[^\"]*\"|'[^']*'|[^\"'>])*>"
"""The parts of a page that aren't its text: tags, comments, and elements whose contents don't print."""
