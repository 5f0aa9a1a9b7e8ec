"""Writes each document's pieces as HTML, from the layout's pages and the brief."""

import errno
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jinja2
import segno
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefpack import addresses, local, look, numerals, prose, store
from briefpack.addresses import MADE, PageLoader
from briefpack.electorates import Electorate, ElectorateSet
from briefpack.ledger import OWN, Ledger
from briefpack.model import Ask, Box, Brief, CaseStudy, DocumentSpec, Fit, Model, Pages, PieceSpec, RunningSpec, Source
from briefpack.plan import Document, Drawing, Plan
from briefpack.problem import Owner, Problem, Problems, nearest
from briefpack.project import walk
from briefpack.store import Store

ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
ID = re.compile(r'\bid="([^"]+)"')
WITHIN = re.compile(r'\bhref="#([^"]+)"')
ELSEWHERE = "piece:"


@dataclass(frozen=True)
class Piece:
    """A run of pages made from one HTML text; equal keys mean equal pages.

    `page` is the layout's page that it came from, `name` how problems name the piece.
    `files` are the only addresses that its HTML and CSS may load: paths from the project's folder, each with the hash
    of what was there.
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
    """A piece that is laid over a page of a document: at a slot, or at one place on every page."""

    slot: str
    piece: Piece
    running: RunningSpec | None = None


@dataclass(frozen=True)
class Composed:
    """A document's pieces in order, and what goes in their slots; those that list pages may still lack the numbers."""

    document: Document
    pieces: tuple[Piece, ...]
    stamps: tuple[Stamp, ...]
    sources: tuple[str, ...]

    @property
    def listing(self) -> tuple[Piece, ...]:
        """The pieces that list pages."""
        specs = self.document.spec.pieces
        return tuple(piece for piece, spec in zip(self.pieces, specs, strict=True) if spec.lists_pages)


class PageOf(dict[str, int]):
    """The page of each id in a document."""


class _NoPageYet(PageOf):
    """What stands for the pages until they are known."""

    def __missing__(self, _name: str) -> str:
        return ""


@dataclass(frozen=True)
class ShownChart:
    """A chart as a page shows it."""

    id: str
    kind: str
    src: str
    width_mm: float
    height_mm: float
    finding: str
    alt: str
    note: str | None
    sources: tuple["ShownSource", ...]
    own: bool


@dataclass(frozen=True)
class ShownDrawing:
    """A drawing of a place as a page shows it."""

    src: str
    width_mm: float
    height_mm: float


@dataclass(frozen=True)
class ShownSource:
    """A source as a page shows it.

    `short` is its address without what a reader need not type, `broken` the same with places where a line may end.
    """

    id: str
    publisher: str
    title: str | None
    date: str | None
    url: str | None

    @property
    def short(self) -> str:
        """The address without its scheme and www, in letters rather than codes."""
        return ENCODED.sub(_decoded, re.sub(r"^https?://(www\.)?", "", self.url or "").rstrip("/"))

    @property
    def broken(self) -> str:
        """The address as it may break over lines: after a slash, a hyphen or a low line, before a space's code."""
        # A <wbr> would make a link of its own of each part.
        return re.sub(r"(?<=[/_-])(?=[^/_-])|(?=%20)", "\u200b", self.short)

    @property
    def host(self) -> str:
        """The address's host alone."""
        return self.short.partition("/")[0]


def _decoded(found: re.Match[str]) -> str:
    """Codes of an address as the letters they stand for; of others, such as a slash's, it would be another address."""
    text = unquote(found[0])
    return text if all(letter.isalnum() or letter in "-,'()" for letter in text) else found[0]


@dataclass
class Citations:
    """Which sources have been cited so far, each once: in this document, and on this sheet."""

    style: str
    order: list[str] = field(default_factory=list)
    sheet: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Written:
    """A page's HTML, and the citations as it left them."""

    html: str
    order: tuple[str, ...]


@dataclass(frozen=True)
class Composer:
    """All that writing the pages of one plan needs.

    `shared` holds what was written, by all that it looked at: what looks at no electorate, or at no ask, is written once.
    """

    plan: Plan
    root: Path
    drawn: Mapping[Drawing, str]
    environment: jinja2.Environment
    kept: Store
    shared: dict[tuple[object, ...], Written] = field(default_factory=dict)
    sheets: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    common: list[str] = field(default_factory=list)
    said: dict[str, local.Said] = field(default_factory=dict)

    @property
    def brief(self) -> Brief:
        """The brief."""
        return self.plan.brief.brief

    @property
    def ledger(self) -> Ledger:
        """The brief's ledger."""
        return Ledger(self.brief)


def composer(plan: Plan, root: Path, drawn: Mapping[Drawing, str], kept: Store) -> Composer:
    """A composer whose templates can reach nothing but `layouts/`; `drawn` names each drawing in the store `kept`."""
    environment = _Environment(
        loader=PageLoader(root), autoescape=True, undefined=_Undefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.context_class = _Context
    environment.filters["words"] = _strict(numerals.words, "number", {})
    environment.filters["date"] = _strict(numerals.date, "number", {})
    environment.filters["ordinal"] = _strict(numerals.ordinal, "number", {})
    return Composer(plan, root, drawn, environment, kept)


def compose(writer: Composer, document: Document) -> Composed:
    """A document's pieces, and the pieces for the slots that they hold."""
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
    """The HTML of each piece of a document."""
    told = _told(document.spec)
    return [
        _render(writer, document, spec.page, values, citations)
        for spec, values in zip(document.spec.pieces, told, strict=True)
    ]


def _told(spec: DocumentSpec, page_of: PageOf | None = None) -> Iterator[dict[str, object]]:
    """What the page of each piece is told: its first page, while that is certain, and the pages that it lists."""
    first_page: int | None = 1
    for piece in spec.pieces:
        values: dict[str, object] = {"first_page": first_page} if first_page else {}
        yield values | ({"page_of": _NoPageYet() if page_of is None else page_of} if piece.lists_pages else {})
        first_page = first_page + piece.pages.exactly if first_page and piece.pages.exactly else None


def _main(writer: Composer, document: Document, spec: PieceSpec, html: str) -> Piece:
    """One of the pieces that a document's pages come from."""
    slots = {name: slot for name, slot in writer.plan.layout.layout.slots.items() if f'id="{name}"' in html}
    name = f"{document.name}: {spec.id}"
    return _piece(writer, document, name, spec.page, html, document.spec.styles, spec.pages, slots=slots)


# Most pieces are the same for every electorate.
@lru_cache(maxsize=64)
def _linked(text: str, every: frozenset[str]) -> str:
    """A text with each link to one of all ids that is not its own marked for the binder."""
    others = every - _ids(text)
    return WITHIN.sub(lambda found: f'href="{ELSEWHERE}{found[1]}"' if found[1] in others else found[0], text)


def number(writer: Composer, composed: Composed, page_of: PageOf) -> Composed:
    """A document whose pieces that list pages know them."""
    document, pieces = composed.document, list(composed.pieces)
    every = frozenset[str]().union(*(_ids(piece.html) for piece in pieces))
    for index, (spec, values) in enumerate(zip(document.spec.pieces, _told(document.spec, page_of), strict=True)):
        if spec.lists_pages:
            citations = Citations(document.spec.citations, list(composed.sources))
            html = _render(writer, document, spec.page, values, citations)
            pieces[index] = _main(writer, document, spec, _linked(html, every))
    return replace(composed, pieces=tuple(pieces))


# As above.
@lru_cache(maxsize=64)
def _ids(text: str) -> frozenset[str]:
    return frozenset(ID.findall(text))


def run(writer: Composer, document: Document, total: int) -> tuple[Stamp, ...]:
    """The running slots of a document of `total` pages."""
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
    """The first sheet of a print set, whose page is told the values too."""
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
    styles = (*styles, *loaded.edition_styles)
    bleed_mm = loaded.bleed_mm if box is None else 0
    css = look.css(loaded.look) + _size_css(box or loaded.layout.paper, bleed_mm, margin=box is None, slots=slots or {})
    piece = Piece(
        name=name, page=page, html=html, css=css, styles=styles,
        files={path: _digest(writer.root, path) for path in _files(writer, html, styles)},
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
        made += [repr((sorted(inks.items()), writer.plan.layout.layout.editions.press))]
    files = [f"{path}={digest}" for path, digest in sorted(piece.files.items())]
    if not writer.common:
        writer.common.append(store.key(store.engine(), _fonts(writer.root)))
    key = store.key(*writer.common, piece.html, *made, *files)
    return Piece(**{**piece.__dict__, "key": key})


def _fonts(root: Path) -> str:
    return store.key(*(store.file_key(path) for path in walk(root / "fonts") if path.is_file()))


def _digest(root: Path, path: str) -> str:
    return path if path.startswith(MADE) else store.file_key(addresses.place(root, path))


def changed(piece: Piece, root: Path) -> str | None:
    """The first file of a piece that is not what it was when the piece was composed."""
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


def _files(writer: Composer, html: str, styles: tuple[str, ...]) -> Iterator[str]:
    """The files that a page and its style sheets load; Problems for all that it may not."""
    yield from addresses.of_page(writer.root, html)
    if styles not in writer.sheets:
        writer.sheets[styles] = addresses.of_styles(writer.root, styles)
    yield from writer.sheets[styles]


LOCAL = frozenset({"electorate", "local", "map", "drawn", "document"})
"""What a page may name that differs from one electorate to the next."""

ASKED = frozenset({"ask", "chart", "document"})
"""What it may name that differs from one ask to the next, but for the ask's theme."""

WATCHED = LOCAL | ASKED | {"theme"}
ANY = "*"
"""Stands for every electorate, or every ask, where a page looked at none."""


class _Watch:
    """Notes what a page looked at while it was being written, of all that differs from one document to another."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def about(self, document: Document, theme: str | None) -> tuple[str | None, ...]:
        """The electorate and the ask, or the theme alone, that the page is about."""
        electorate = document.electorate if self.seen & LOCAL else ANY
        ask = document.ask if self.seen & ASKED else f"theme {theme}" if "theme" in self.seen else ANY
        return electorate, ask


def _abouts(document: Document, theme: str | None) -> Iterator[tuple[str | None, ...]]:
    """All that a page which serves a document may be about."""
    for electorate in (document.electorate, ANY):
        yield from ((electorate, ask) for ask in (document.ask, f"theme {theme}", ANY))


class _Watched(dict[str, str]):
    """An electorate's fields; to find one of them in a text is to look at the electorate."""

    def __init__(self, fields: Mapping[str, str], watch: _Watch) -> None:
        super().__init__(fields)
        self.watch = watch

    def __contains__(self, name: object) -> bool:
        if super().__contains__(name):
            self.watch.seen.add("local")
        return super().__contains__(name)


MOST_TIMES = 100_000
MOST_TIMES_ITSELF = 64


OTHERS = {"electorates", "by_slug", "towns", "files"}
"""What a page may not ask of a set: a document may depend on its own electorate alone."""


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox in which a part of the brief offers its fields and properties, and nothing else of pydantic's."""

    intercepted_binops = frozenset({"*", "**"})

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        if isinstance(obj, ElectorateSet) and attr in OTHERS:
            return False
        if isinstance(obj, Model):
            return attr in type(obj).model_fields or isinstance(getattr(type(obj), attr, None), property)
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Multiply; a page that makes a text or a number of any length would use up the machine's memory."""
        sizes = [len(side) if hasattr(side, "__len__") else side for side in (left, right)]
        largest = MOST_TIMES if operator == "*" else MOST_TIMES_ITSELF
        if (operator == "**" and abs(right) > largest) or (
            any(hasattr(side, "__len__") for side in (left, right)) and sizes[0] * sizes[1] > largest
        ):
            raise OverflowError("it comes to more than a page can hold")
        return super().call_binop(context, operator, left, right)


class _Context(jinja2.runtime.Context):
    """A template's names; to resolve one is to look at what it names."""

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 -- as Jinja2 has it
        watch = super().resolve_or_missing("watch") if key in WATCHED else jinja2.utils.missing
        # A macro that is imported without context knows none of what is watched.
        if watch is not jinja2.utils.missing:
            watch.seen.add(key)
        return super().resolve_or_missing(key)


def _render(writer: Composer, document: Document, page: str, values: Mapping[str, object], citations: Citations) -> str:
    """A page's HTML: written anew, or as it was for another document if it looks at nothing that differs."""
    theme = next((ask.theme for ask in writer.brief.asks if ask.id == document.ask), None)
    given = (document.kind, page, repr(values), tuple(citations.order))
    known = next((held for about in _abouts(document, theme) if (held := writer.shared.get((given, about)))), None)
    if known is None:
        watch = _Watch()
        citations.sheet.clear()
        html = _write(writer, document, page, {**values, "watch": watch}, citations)
        known = Written(html, tuple(citations.order))
        writer.shared[given, watch.about(document, theme)] = known
    citations.order[:] = known.order
    return known.html


def _write(writer: Composer, document: Document, page: str, values: Mapping[str, Any], citations: Citations) -> str:
    try:
        template = writer.environment.get_template(page)
        return template.render(**_context(writer, document, citations, values["watch"]), **values)
    except jinja2.TemplateSyntaxError as error:
        raise Problems([_problem(error.name or page, error.lineno, *_misread(error.message or ""))]) from None
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        # A page is its designer's code: any other failure is theirs to read.
        raise Problems([_problem(*_where(writer.root, error, page), *_failure(error))]) from None


def _where(root: Path, error: Exception, page: str) -> tuple[str, int | None]:
    """The innermost template and line that a rendering error passed through."""
    trace = error.__traceback__
    place: tuple[str, int | None] = (page, None)
    while trace:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(root / "layouts"):
            place = path.relative_to(root / "layouts").as_posix(), trace.tb_lineno
        trace = trace.tb_next
    return place


def _problem(page: str, line: int | None, said: str, hint: str) -> Problem:
    return Problem(f"layouts/{page}", line, said, hint, Owner.LAYOUT)


def _failure(error: Exception) -> tuple[str, str]:
    """What is so and what to do, of a page that failed while it was being written."""
    if isinstance(error, _Refused):
        return error.said, error.hint
    if isinstance(error, jinja2.TemplateNotFound):
        return (
            f'there is no page "{error.name}" in layouts/',
            "a page by its path from layouts/, such as shared/page.html",
        )
    if isinstance(error, UnicodeDecodeError):
        return "the page, or one that this line takes in, is not UTF-8 text", "save it as UTF-8"
    if isinstance(error, RecursionError):
        return "the page takes itself in without end", "take out an include, an import or a call"
    said, _, hint = str(error.args[0] if error.args else error).partition("\n")
    said = said[:1].lower() + said[1:].rstrip(".") or "it needs more memory than there is"
    if isinstance(error, (TypeError, ValueError, AttributeError)):
        said = f"“{said}”"
    return f"the page cannot be written: {said}", hint or COMPARE


def _misread(said: str) -> tuple[str, str]:
    """What is so and what to do, of a page that cannot be read; `said` is Jinja2's sentence."""
    for pattern, message, hint in MISREAD:
        if found := re.search(pattern, said, re.DOTALL):
            return f"the page cannot be written: {message.format(*found.groups())}", hint.format(*found.groups())
    return f"the page cannot be written: {said[:1].lower()}{said[1:].rstrip('.')}", COMPARE


COMPARE = "compare the line with the other pages in layouts/"
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
"""What Jinja2's sentences say to a designer."""


class _Refused(Exception):  # noqa: N818 -- it becomes a Problem
    """Something that a page asks for and cannot have."""

    def __init__(self, said: str, hint: str) -> None:
        super().__init__(said)
        self.said, self.hint = said, hint


class _Undefined(jinja2.StrictUndefined):
    """A name that there is not: what is so, and on a second line what to do."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, held = self._undefined_name, self._undefined_obj
        if self._undefined_exception is jinja2.exceptions.SecurityError:
            return f'a page may not ask for "{name}"\n{COMPARE}'
        if self._undefined_hint or held is jinja2.utils.missing:
            return self._undefined_hint or f'there is no "{name}"\n{COMPARE}'
        if held is None:
            said = f'"{name}" is asked of a thing that this document does not have'
            return f"{said}\nput {{% if … %}} round it, or place the slot in a document that has the thing"
        if isinstance(held, (tuple, list)):
            return f"the list has {len(held)} items, and none at {name}\n{COMPARE}"
        return f'there is no "{name}" in {_called(held)}\n{nearest(str(name), _names(held)) or COMPARE}'


def _called(held: object) -> str:
    """What a page's author calls a thing: brief, leave behind; a page by its path."""
    if isinstance(held, jinja2.environment.TemplateModule):
        return f"layouts/{held.__name__}"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(held).__name__).lower()


def _names(held: object) -> list[str]:
    """What may be asked of a thing."""
    if isinstance(held, Model):
        return list(type(held).model_fields)
    if isinstance(held, Mapping):
        return [str(key) for key in held]
    return [name for name in getattr(held, "__dict__", ()) if not name.startswith("_")]


def _strict(call: Callable[..., Any], noun: str, known: Mapping[str, object]) -> Callable[..., Any]:
    """A function for pages that says which name is wrong when it is given one that there is not."""

    def strict(*given: object, **named: object) -> Any:  # noqa: ANN401 -- whatever the function returns
        for each in (*given, *named.values()):
            if each is None:
                raise _Refused("there is nothing to print here, as the brief leaves it out", "put {% if … %} round it")
            if isinstance(each, jinja2.Undefined):
                str(each)
        try:
            return call(*given, **named)
        except KeyError as error:
            said = f'there is no {noun} called "{error.args[0]}" here'
            raise _Refused(said, nearest(str(error.args[0]), known) or COMPARE) from None

    return strict


def _local(writer: Composer, group: ElectorateSet, electorate: Electorate) -> local.Said:
    """What the brief says of the electorate, worked out once for all its documents."""
    if electorate.slug not in writer.said:
        fields = local.fields(group, electorate)
        writer.said[electorate.slug] = local.Said(writer.brief, group, electorate, fields)
    return writer.said[electorate.slug]


def _context(writer: Composer, document: Document, citations: Citations, watch: _Watch) -> dict[str, object]:
    brief, group = writer.brief, writer.plan.brief.group
    electorate = group.by_slug[document.electorate] if group and document.electorate else None
    said = _local(writer, group, electorate) if group and electorate else None
    ledger = Ledger(brief, _Watched(said.fields if said else {}, watch))
    cite = _citer(writer, document, citations)
    ask = next((ask for ask in brief.asks if ask.id == document.ask), None)
    names: dict[str, Any] = {
        "brief": brief,
        "document": document,
        "group": group,
        "electorate": electorate,
        "local": said,
        "drawn": lambda name: _shown_drawing(writer, document, name),
        "map": lambda name: _shown_drawing(writer, document, f"map-{name}"),
        "edition": writer.plan.layout.edition,
        "ask": ask,
        "theme": next((theme for theme in brief.themes if ask and theme.id == ask.theme), None),
        "prose": lambda text: Markup(prose.html(text, ledger, cite)),
        "line": lambda text: Markup(prose.line(text, ledger, cite)),
        "heading": lambda text: Markup(prose.heading(text, ledger, cite)),
        "plain": lambda text: prose.plain(text, ledger),
        "figure": ledger.written,
        "large": ledger.large,
        "chart": lambda chart_id: _shown_chart(writer, document, chart_id),
        "source": lambda source_id: _shown_source(writer, source_id),
        "cited": lambda: tuple(_shown_source(writer, source_id) for source_id in citations.order),
        "studies_after": lambda ask: _studies_after(brief, ask),
        "sheet": _sheeter(citations, writer.plan.layout.layout.fits),
        "slot": lambda name: _place(writer, name),
        "qr": lambda text: _qr(writer, text),
    }
    of = {"chart": ("chart", document.charts), "source": ("source", brief.sources)}
    return {
        name: _strict(value, *of.get(name, ("figure", brief.figures))) if callable(value) else value
        for name, value in names.items()
    }


def _place(writer: Composer, name: str) -> Markup:
    """The box that a slot's page is laid over."""
    slots = writer.plan.layout.layout.slots
    if name not in slots:
        raise _Refused(f'there is no slot called "{name}"', nearest(name, slots) or "add it to slots: in layout.yaml")
    return Markup(f'<img id="{name}" alt="slot: {name}" src="{_nothing(writer)}">')


def _studies_after(brief: Brief, ask: Ask) -> tuple[CaseStudy, ...]:
    """The case studies that follow an ask: those of its theme, after the theme's last ask."""
    last = [other for other in brief.asks if other.theme == ask.theme][-1]
    return tuple(study for study in brief.case_studies if study.theme == ask.theme) if ask is last else ()


def _sheeter(citations: Citations, fits: Mapping[str, Fit]) -> Callable[[str, str], Markup]:
    def sheet(fit: str, sheet_id: str) -> Markup:
        if fit not in fits:
            raise _Refused(f'there is no fit called "{fit}"', nearest(fit, fits) or "add it to fits: in layout.yaml")
        citations.sheet.clear()
        return Markup('id="{}" data-fit="{}"').format(sheet_id, fit)

    return sheet


def _citer(writer: Composer, document: Document, citations: Citations) -> Callable[[str], str]:
    template = writer.environment.get_template(document.spec.note)

    def cite(source_id: str) -> str:
        first = source_id not in citations.sheet
        for cited in (citations.order, citations.sheet):
            if source_id not in cited:
                cited.append(source_id)
        # A list is the document's; notes begin anew with each sheet, so that on a page they are in order.
        listed = citations.order if citations.style == "list" else citations.sheet
        number, shown = listed.index(source_id) + 1, _shown_source(writer, source_id)
        return template.render(source=shown, number=number, first=first, style=citations.style).strip()

    return cite


def _shown_source(writer: Composer, source_id: str) -> ShownSource:
    source: Source = writer.brief.sources[source_id]
    plain = partial(prose.plain, ledger=writer.ledger)
    title = plain(source.title) if source.title else None
    date = plain(source.date) if source.date else None
    return ShownSource(source_id, plain(source.publisher), title, date, source.url)


def _shown_chart(writer: Composer, document: Document, chart_id: str) -> ShownChart:
    chart, drawing = writer.brief.charts[chart_id], document.charts[chart_id]
    source_ids = writer.ledger.chart_sources(chart_id)
    return ShownChart(
        id=chart_id, kind=chart.kind, src=f"{MADE}{writer.drawn[drawing]}.svg",
        width_mm=drawing.width_mm, height_mm=drawing.height_mm,
        finding=chart.finding, alt=prose.plain(chart.alt, writer.ledger), note=chart.note,
        sources=tuple(_shown_source(writer, source) for source in source_ids if source != OWN), own=OWN in source_ids,
    )  # fmt: skip


def _shown_drawing(writer: Composer, document: Document, name: str) -> ShownDrawing | None:
    """A map or a chart of the document's own place; None where it has none of that name."""
    drawing = document.charts.get(name)
    return ShownDrawing(f"{MADE}{writer.drawn[drawing]}.svg", drawing.width_mm, drawing.height_mm) if drawing else None


def _made(writer: Composer, data: bytes) -> str:
    key = store.key(data)
    if writer.kept.get(key) is None:
        writer.kept.put(key, data)
    return f"{MADE}{key}.svg"


def _nothing(writer: Composer) -> str:
    return _made(writer, b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')


def _qr(writer: Composer, text: str) -> str:
    """The address of a QR code of the text, in the ink of the look."""
    return _made(writer, _qr_svg(text, writer.plan.layout.look.colours["ink"]))


@lru_cache
def _qr_svg(text: str, ink: str) -> bytes:
    """The code without a quiet zone: the page's white is around it."""
    drawn = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(drawn, kind="svg", border=0, dark=ink, xmldecl=False, nl=False, omitsize=True)
    return drawn.getvalue()
