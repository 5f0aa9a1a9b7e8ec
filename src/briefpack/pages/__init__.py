"""Write each document's pieces as HTML, from the layout's pages and the brief."""

import errno
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import Any

import jinja2

from briefpack import store
from briefpack.layout import addresses, look
from briefpack.layout.addresses import MADE, PageLoader
from briefpack.layout.model import Box, DocumentSpec, Fit, Pages, PieceSpec, RunningSpec
from briefpack.limits import Overdue
from briefpack.pages import calls, markup
from briefpack.pages.calls import Citations, Composer
from briefpack.pages.sandbox import COMPARE, Environment, Refused, strict
from briefpack.pages.sharing import Reads, Scope, Written
from briefpack.plan import Document, Drawing, Plan
from briefpack.problem import Owner, Problem, Problems
from briefpack.store import Store
from briefpack.text import numbers

ID = re.compile(r'\bid="([^"]+)"')
WITHIN = re.compile(r'\bhref="#([^"]+)"')
ELSEWHERE = "piece:"


@dataclass(frozen=True)
class Piece:
    """A run of pages made from one HTML text; equal keys mean equal pages.

    `page` is the layout's page that it comes from, `name` its name in problems. `files` are the only files that its
    HTML and CSS may load, as paths from the project's folder, each with its hash.
    """

    name: str
    page: str
    html: str
    css: str
    styles: tuple[str, ...]
    files: Mapping[str, str]
    limit: Pages
    fits: Mapping[str, Fit]
    slots: Mapping[str, Box]
    room: Mapping[str, int]
    smallest_type_pt: float
    tagged: bool
    key: str = ""


@dataclass(frozen=True)
class Stamp:
    """A piece that is laid over a page of a document: in a slot, or at the same place on every page."""

    slot: str
    piece: Piece
    running: RunningSpec | None = None


@dataclass(frozen=True)
class Composed:
    """A document's pieces in order, and the stamps for their slots; pieces that list pages may lack the numbers."""

    document: Document
    pieces: tuple[Piece, ...]
    stamps: tuple[Stamp, ...]
    sources: tuple[str, ...]

    @property
    def listing(self) -> tuple[Piece, ...]:
        """Return the pieces that list pages."""
        specs = self.document.spec.pieces
        return tuple(piece for piece, spec in zip(self.pieces, specs, strict=True) if spec.lists_pages)


class PageOf(dict[str, int]):
    """The page of each id in a document."""


class _NoPageYet(PageOf):
    """The page of each id while pages are unknown: an empty text."""

    def __missing__(self, _name: str) -> str:
        return ""

    def __repr__(self) -> str:
        """Return a text that no known pages have: pages are shared by what they are told."""
        return "no page yet"


def composer(plan: Plan, root: Path, drawn: Mapping[Drawing, str], kept: Store) -> Composer:
    """Return a composer whose templates can read only `layouts/`; `drawn` gives the store key of each drawing."""
    named: dict[str, Callable[..., Any]] = {"words": numbers.words, "date": numbers.date, "ordinal": numbers.ordinal}
    locale = plan.brief.locale
    filters = {name: strict("number", {}, partial(call, locale=locale)) for name, call in named.items()}
    environment = Environment(PageLoader(root), filters)
    return Composer(plan, root, drawn, environment, kept)


def compose(writer: Composer, document: Document) -> Composed:
    """Return a document's pieces, and the stamps for their slots."""
    citations = Citations(document.spec.citations)
    texts = _texts(writer, document, citations)
    every = frozenset[str]().union(*map(_ids, texts))
    pieces = tuple(
        _main(writer, document, spec, _linked(text, every))
        for spec, text in zip(document.spec.pieces, texts, strict=True)
    )
    stamps = tuple(_stamp(writer, document, slot) for piece in pieces for slot in piece.slots)
    return Composed(document, pieces, stamps, tuple(citations.order))


def _texts(writer: Composer, document: Document, citations: Citations) -> list[str]:
    """Return the HTML of each piece of a document."""
    told = _told(document.spec)
    return [
        _render(writer, document, spec.page, values, citations)
        for spec, values in zip(document.spec.pieces, told, strict=True)
    ]


def _told(spec: DocumentSpec, page_of: PageOf | None = None) -> Iterator[dict[str, object]]:
    """Yield the values for the page of each piece: its first page number, if certain, and the pages that it lists."""
    first_page: int | None = 1
    for piece in spec.pieces:
        values: dict[str, object] = {"first_page": first_page} if first_page else {}
        yield values | ({"page_of": _NoPageYet() if page_of is None else page_of} if piece.lists_pages else {})
        first_page = first_page + piece.pages.exactly if first_page and piece.pages.exactly else None


def _main(writer: Composer, document: Document, spec: PieceSpec, html: str) -> Piece:
    """Return one of the pieces that make up a document's pages."""
    slots = {name: slot for name, slot in writer.plan.layout.layout.slots.items() if f'id="{name}"' in html}
    name = f"{document.name}: {spec.id}"
    return _piece(writer, document, name, spec.page, html, document.spec.styles, spec.pages, slots=slots)


# Cached, as most pieces are the same for every electorate.
@lru_cache(maxsize=64)
def _linked(text: str, every: frozenset[str]) -> str:
    """Return a piece's HTML, with each link to an id in another piece marked for the binder."""
    others = every - _ids(text)
    return WITHIN.sub(lambda found: f'href="{ELSEWHERE}{found[1]}"' if found[1] in others else found[0], text)


def number(writer: Composer, document: Document, page_of: PageOf, cited: tuple[str, ...]) -> dict[int, Piece]:
    """Return the pieces that list pages, by their position in the document, now that the page of every id is known.

    `cited` are the sources that the document cites, in order.
    """
    pieces: dict[int, Piece] = {}
    for index, (spec, told) in enumerate(zip(document.spec.pieces, _told(document.spec, page_of), strict=True)):
        if spec.lists_pages:
            html = _render(writer, document, spec.page, told, Citations(document.spec.citations, list(cited)))
            pieces[index] = _main(writer, document, spec, _linked(html, frozenset(page_of)))
    return pieces


# As above.
@lru_cache(maxsize=64)
def _ids(text: str) -> frozenset[str]:
    return frozenset(ID.findall(text))


def run(writer: Composer, document: Document, total: int) -> tuple[Stamp, ...]:
    """Return the running slots of a document of `total` pages."""
    stamps = []
    for slot in document.spec.running:
        spec = writer.plan.layout.layout.running[slot]
        values = {"total": total, "numbers": tuple(range(1 + spec.skip, total + 1))}
        html = _render(writer, document, spec.page, values, Citations("list"))
        limit = Pages(at_most=total)
        name = f"{document.name}: {slot}"
        piece = _piece(writer, document, name, spec.page, html, spec.styles, limit, box=spec, tagged=False)
        stamps.append(Stamp(slot, piece, spec))
    return tuple(stamps)


def first_sheet(writer: Composer, document: Document, values: Mapping[str, object]) -> Piece:
    """Return the first sheet of a print set, whose page can also use `values`."""
    [spec] = document.spec.pieces
    html = _render(writer, document, spec.page, values, Citations(document.spec.citations))
    name = f"{document.name}: {spec.id}"
    return _piece(writer, document, name, spec.page, html, document.spec.styles, spec.pages)


def _stamp(writer: Composer, document: Document, slot: str) -> Stamp:
    spec = writer.plan.layout.layout.slots[slot]
    html = _render(writer, document, spec.page, {}, Citations("list"))
    name = f"{document.name}: {slot}"
    return Stamp(slot, _piece(writer, document, name, spec.page, html, spec.styles, Pages(exactly=1), box=spec))


def _piece(
    writer: Composer,
    document: Document,
    name: str,
    page: str,
    html: str,
    styles: tuple[str, ...],
    limit: Pages,
    *,
    slots: Mapping[str, Box] | None = None,
    box: Box | None = None,
    tagged: bool = True,
) -> Piece:
    loaded = writer.plan.layout
    used = {fit: spec for fit, spec in loaded.layout.fits.items() if f'data-fit="{fit}"' in html}
    styles = (*styles, *loaded.edition.styles)
    bleed_mm = loaded.edition.bleed_mm if box is None else 0
    css = look.css(loaded.look) + _size_css(
        box or document.spec.paper or loaded.layout.paper, bleed_mm, margin=box is None, slots=slots or {}
    )
    piece = Piece(
        name=name, page=page, html=html, css=css, styles=styles,
        files={path: _digest(writer.root, path) for path in _files(writer, page, html, styles)},
        limit=limit, fits=used, slots=slots or {}, room=document.spec.room,
        smallest_type_pt=document.spec.smallest_type_pt, tagged=tagged,
    )  # fmt: skip
    return _keyed(writer, piece)


def _keyed(writer: Composer, piece: Piece) -> Piece:
    made = [
        repr(
            (piece.page, piece.css, piece.styles, piece.limit, sorted(piece.fits.items()), sorted(piece.slots.items()))
        )
    ]
    made += [repr((sorted(piece.room.items()), piece.smallest_type_pt, piece.tagged, writer.plan.layout.edition))]
    if inks := writer.plan.layout.look.inks:
        made += [repr(sorted(inks.items()))]
    files = [f"{path}={digest}" for path, digest in sorted(piece.files.items())]
    if not writer.common:
        writer.common.append(store.key(store.engine(), _fonts(writer.root, writer.plan.layout.look)))
    key = store.key(*writer.common, piece.html, *made, *files)
    return Piece(**{**piece.__dict__, "key": key})


def _fonts(root: Path, made: look.Look) -> str:
    """Return the hash of the fonts that pages can load, and of no guide or licence beside them."""
    files = dict.fromkeys(("fonts.css", *(face.path for face in made.faces)))
    return store.key(*(store.file_key(root / "fonts" / file) for file in files))


def _digest(root: Path, path: str) -> str:
    return path if path.startswith(MADE) else store.file_key(addresses.place(root, path))


def changed(piece: Piece, root: Path) -> str | None:
    """Return the first file of a piece that has changed since the piece was composed; None if none has."""
    for path, digest in piece.files.items():
        try:
            same = _digest(root, path) == digest
        except OSError:
            same = False
        if not same:
            return path.lstrip("/")
    return None


def _size_css(box: Box, bleed_mm: float, *, margin: bool, slots: Mapping[str, Box]) -> str:
    rule = f":root{{--bleed:{bleed_mm:g}mm}}@page{{size:{box.width_mm:g}mm {box.height_mm:g}mm;"
    rule += f"bleed:{bleed_mm:g}mm;{'' if margin else 'margin:0;'}}}"
    held = (
        f"#{name}{{width:{slot.width_mm:g}mm;height:{slot.height_mm:g}mm;display:block}}"
        for name, slot in slots.items()
    )
    return rule + "".join(held)


def _files(writer: Composer, page: str, html: str, styles: tuple[str, ...]) -> Iterator[str]:
    """Yield the files that a page and its style sheets load. Raises Problems for those they may not load."""
    yield from addresses.of_page(writer.root, page, html)
    if styles not in writer.sheets:
        writer.sheets[styles] = addresses.of_styles(writer.root, styles)
    yield from writer.sheets[styles]


def _render(writer: Composer, document: Document, page: str, told: Mapping[str, object], citations: Citations) -> str:
    """Return a page's HTML, reusing another document's if everything that the page read is the same."""
    given = (document.kind, page, citations.style, tuple(citations.order))
    reads = Reads()
    found = calls.scopes(writer, document, told, citations, reads)
    known = writer.shelf.find(given, found)
    if known is None:
        if page in writer.stuck:
            # A page that ran out of time for one document isn't tried for the next.
            raise writer.stuck[page]
        citations.sheet.clear()
        html = _write(writer, page, found, reads)
        if markup.unbalanced(html):
            citations.order[:] = given[-1]
            citations.sheet.clear()
            raise Problems(_unbalanced(writer, page, found))
        known = Written(html, tuple(citations.order))
        writer.shelf.put(given, found, frozenset(reads.scopes), known)
    citations.order[:] = known.cited
    return known.html


def _write(writer: Composer, page: str, scopes: Sequence[Scope], reads: Reads) -> str:
    writer.environment.reads = reads
    try:
        reads.declare(scopes)
        return writer.environment.get_template(page).render(reads.values)
    except jinja2.TemplateSyntaxError as error:
        raise Problems([_problem(error.name or page, error.lineno, *_misread(error.message or ""))]) from None
    except (Exception, Overdue) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        # A page is its designer's code, so any other failure is reported as theirs.
        problems = Problems([_problem(*_where(writer.root, error, page), *_failure(error))])
        if isinstance(error, Overdue):
            writer.stuck[page] = problems
        raise problems from None


def _unbalanced(writer: Composer, page: str, scopes: Sequence[Scope]) -> Iterator[Problem]:
    """Yield a problem for each unbalanced tag, at the template line that wrote it."""
    environment, loader = writer.environment, writer.environment.loader
    environment.loader = _Marked(writer.root)
    try:
        written = _write(writer, page, scopes, Reads())
    finally:
        environment.loader = loader
    for fault in markup.unbalanced(written):
        yield _problem(fault.template or page, fault.line or 1, fault.message, fault.hint)


class _Marked(PageLoader):
    """A loader whose templates write a comment before each tag, saying which line it comes from."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, fresh = super().get_source(environment, template)
        return markup.marked(source, template), path, fresh


def _where(root: Path, error: BaseException, page: str) -> tuple[str, int | None]:
    """Return the innermost template and line that a rendering error passed through."""
    trace = error.__traceback__
    place: tuple[str, int | None] = (page, None)
    while trace:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(root / "layouts"):
            place = path.relative_to(root / "layouts").as_posix(), _line(trace)
        trace = trace.tb_next
    return place


def _line(trace: TracebackType) -> int:
    """Return the template's line. Jinja2 rewrites the tracebacks of Exceptions only, and Overdue isn't one."""
    template = trace.tb_frame.f_globals.get("__jinja_template__")
    return int(template.get_corresponding_lineno(trace.tb_lineno)) if template else trace.tb_lineno


def _problem(page: str, line: int | None, said: str, hint: str) -> Problem:
    return Problem(f"layouts/{page}", line or 1, said, hint, Owner.LAYOUT)


def _failure(error: BaseException) -> tuple[str, str]:
    """Return the message and the hint for a page that failed while it was being written."""
    if isinstance(error, Refused):
        return error.message, error.hint
    if isinstance(error, jinja2.TemplateNotFound):
        return (
            f'there is no page "{error.name}" in layouts/',
            "a page by its path from layouts/, such as shared/page.html",
        )
    if isinstance(error, UnicodeDecodeError):
        return "the page, or one that this line takes in, is not UTF-8 text", "save it as UTF-8"
    for kind, *words in ENDLESS:
        if isinstance(error, kind):
            return words[0], words[1]
    said, _, hint = str(error.args[0] if error.args else error).partition("\n")
    said = said[:1].lower() + said[1:].rstrip(".") or "it needs more memory than there is"
    if isinstance(error, (TypeError, ValueError, AttributeError)):
        said = f"“{said}”"
    return f"the page cannot be written: {said}", hint or COMPARE


def _misread(said: str) -> tuple[str, str]:
    """Return the message and the hint for a page that can't be parsed; `said` is Jinja2's message."""
    for pattern, message, hint in MISREAD:
        if found := re.search(pattern, said, re.DOTALL):
            return f"the page cannot be written: {message.format(*found.groups())}", hint.format(*found.groups())
    return f"the page cannot be written: {said[:1].lower()}{said[1:].rstrip('.')}", COMPARE


ENDLESS: tuple[tuple[type[BaseException], str, str], ...] = (
    (RecursionError, "the page takes itself in without end", "take out an include, an import or a call"),
    (Overdue, "the page takes too long to write", "look for a loop without end, or one within another"),
    (
        MemoryError,
        "the page needs more memory than it may have",
        "look for text that is repeated or padded without end",
    ),
)
"""The message and the hint for each way of stopping an endless page."""
MISREAD = (
    (
        r"unknown tag '((?:end|el)\w+)'.*needs to be closed is '(\w+)'",
        '"{0}" stands where "end{1}" should close "{1}"',
        "close it with {{% end{1} %}}",
    ),
    (r"unknown tag '(\w+)'", 'there is no tag called "{0}"', COMPARE),
    (
        r"end of template.*needs to be closed is '(\w+)'",
        'the page ends where "end{0}" should close "{0}"',
        "close it with {{% end{0} %}}",
    ),
    (r"end of template|end of print statement', got 'end", "the page ends in the middle of a tag", "close the tag"),
    (r"No filter named '(\w+)'", 'there is no filter called "{0}"', COMPARE),
    (r"expected token '([^']+)', got '([^']+)'", '"{1}" stands where "{0}" should', COMPARE),
)
"""Jinja2's messages, each with the message and the hint for a designer."""
