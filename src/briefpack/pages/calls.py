"""Define the names that templates can use: parts of the brief, functions that write text, charts and maps.

Each name has a scope. A function here returns the names of one scope, and receives nothing from a narrower one.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from pathlib import Path

from markupsafe import Markup

from briefpack import store
from briefpack.brief import markdown, queries
from briefpack.brief.figures import OWN, Ledger
from briefpack.brief.model import Ask, Brief, CaseStudy, Section, Theme
from briefpack.electorates import Electorate, ElectorateSet, local
from briefpack.layout.addresses import MADE
from briefpack.layout.model import DocumentSpec, Fit
from briefpack.pages import sources
from briefpack.pages.image_calls import Images, member_portrait
from briefpack.pages.model import ImageOnPage, Piece
from briefpack.pages.sandbox import Environment, Refused, strict
from briefpack.pages.sharing import Noted, Reads, Scope, Shelf
from briefpack.pages.sources import ShownSource
from briefpack.plan import EACH, MAP_OF_NATION, Document, Drawing, Item, Plan, with_values
from briefpack.problem import Problems, nearest
from briefpack.store import Store
from briefpack.text import numbers
from briefpack.text.locale import Locale

Named = Ask | CaseStudy | Section | Theme


@dataclass(frozen=True)
class ShownChart:
    """A chart as a page shows it.

    `shapes` says that it is a map of boundaries, which need a credit.
    `far_parts` are the islands that such a map leaves out.
    """

    id: str
    kind: str
    src: str
    width_mm: float
    height_mm: float
    finding: str
    alt: str
    note: str | None
    sources: tuple[ShownSource, ...]
    own: bool
    shapes: bool
    far_parts: str


@dataclass(frozen=True)
class ShownDrawing:
    """A map or a chart of one place, as a page shows it; `alt` is the text that it was asked with, and its values."""

    src: str
    width_mm: float
    height_mm: float
    alt: str


@dataclass
class Citations:
    """The sources cited so far, each once, in this document and on this sheet; and the figures printed so far."""

    style: str
    order: list[str] = field(default_factory=list)
    sheet: list[str] = field(default_factory=list)
    figures: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Composer:
    """The plan, files and caches that pages are written from.

    `shelf` has the pages written so far, `pieces` the pieces made of them by what they were made of, and `stuck` the
    pages that took too long. `local_content` has the brief's facts about each electorate, worked out once, and `images`
    the images on those pages, by their keys.
    """

    plan: Plan
    root: Path
    drawn: Mapping[Drawing, str]
    environment: Environment
    kept: Store
    shelf: Shelf = field(default_factory=Shelf)
    pieces: dict[object, Piece] = field(default_factory=dict)
    stuck: dict[str, Problems] = field(default_factory=dict)
    sheets: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    common: list[str] = field(default_factory=list)
    local_content: dict[str, local.LocalContent] = field(default_factory=dict)
    images: dict[str, ImageOnPage] = field(default_factory=dict)

    @property
    def group(self) -> ElectorateSet | None:
        """Return the brief's electorate set."""
        return self.plan.brief.group

    @cached_property
    def in_doubt(self) -> frozenset[str]:
        """Return the figures about which a query is open."""
        return frozenset(queries.by_figure(self.plan.brief.brief))

    def ledger(self, document: Document, fields: Mapping[str, str] | None = None) -> Ledger:
        """Return the ledger of the brief that a document prints, perhaps with the fields of an electorate."""
        # Even asking whether there are fields would count as reading them.
        return Ledger(self.plan.brief_of(document), self.plan.brief.locale, {} if fields is None else fields)


def scopes(
    writer: Composer,
    document: Document,
    item: Item | None,
    told: Mapping[str, object],
    citations: Citations,
    reads: Reads,
) -> tuple[Scope, ...]:
    """Return the scopes of a page of a document, from the widest to the narrowest.

    `item` is what its piece is made for, and `told` has the values for its piece alone. Names are computed only when a
    page is written.
    """
    brief, group = writer.plan.brief_of(document), writer.group
    electorate = group.by_slug[document.electorate] if group and document.electorate else None
    # Any text may name an electorate's fields, and looking one up counts as reading the electorate's scope.
    fields = Noted(partial(_fields, writer, brief, electorate), partial(reads.scope, "electorate"))
    shared = replace(writer.ledger(document, fields), note=reads.figure)
    return (
        Scope(
            "shared",
            str(document.variant),
            lambda: {
                **_shared(writer, document.spec, citations, shared, reads),
                **_images(writer, document, shared).names,
            },
        ),
        Scope("piece", repr(told), lambda: told),
        *_items(brief, document, item),
        Scope("charts", f"{document.variant} {document.ask or ''}", lambda: _charts(writer, document, reads)),
        Scope("electorate", document.electorate or "", lambda: _of_electorate(writer, electorate, document)),
        Scope("document", document.path, lambda: {"document": document}),
    )


def _images(writer: Composer, document: Document, ledger: Ledger) -> Images:
    """Return the images that a kind of document can show."""
    return Images(writer.plan, document.kind, document.spec.images, ledger, writer.images)


def _shared(
    writer: Composer, spec: DocumentSpec, citations: Citations, ledger: Ledger, reads: Reads
) -> Mapping[str, object]:
    """Return the names whose values are the same in all documents of a kind."""
    brief, layout = ledger.brief, writer.plan.layout
    cite = _citer(writer, spec, citations, ledger, reads)
    figure, source = partial(strict, "figure", brief.figures), partial(strict, "source", brief.sources)
    return {
        "brief": brief,
        "group": writer.group,
        "edition": layout.edition,
        "locale": ledger.locale,
        "label": strict("label", ledger.locale.labels, partial(_label, ledger.locale)),
        "prose": figure(lambda text: Markup(markdown.html(text, ledger, cite))),
        "line": figure(lambda text: Markup(markdown.line(text, ledger, cite))),
        "heading": figure(lambda text: Markup(markdown.heading(text, ledger, cite))),
        "plain": figure(lambda text: markdown.plain(text, ledger)),
        "figure": figure(ledger.written),
        "large": figure(ledger.large),
        "source": source(lambda source_id: sources.of_brief(ledger, source_id)),
        "cited": lambda: tuple(sources.of_brief(ledger, source_id) for source_id in citations.order),
        "studies_after": figure(lambda ask: _studies_after(brief, ask)),
        "other_studies": _other_studies(brief),
        "sheet": figure(_sheeter(citations, layout.layout.fits)),
        "slot": figure(lambda name: _place(writer, name)),
        "qr": figure(lambda text: _qr(writer, text)),
    }


def _label(locale: Locale, name: str, /, count: int | None = None, **values: object) -> Markup:
    """Return a label in the brief's language, with its placeholders filled in.

    With a count, it is in the form that the count takes, and may name {count} in digits and {words} in words.
    """
    if count is not None:
        word = numbers.words(Decimal(count), locale)
        counts = {"count": numbers.number(Decimal(count), locale), "words": word, "Words": word[:1].upper() + word[1:]}
        values = {**counts, **values}
    return Markup("{}").format(locale.pattern(name, count)).format(**locale.terms, **values)


def _items(brief: Brief, document: Document, item: Item | None) -> Iterator[Scope]:
    """Yield a scope for each kind of item, with the one that a page is about, if any, under the kind's name.

    That is the item of the page's piece, the ask of its document, or the theme of either ask. Every kind has its name
    in every page, so that a name never moves to another scope.
    """
    wanted = {"ask": document.ask} | ({item.axis: item.id} if item else {})
    found = {axis: _with_id(of(brief), wanted.get(axis)) for axis, of in EACH.items()}
    if isinstance(ask := found["ask"], Ask) and "theme" not in wanted:
        found["theme"] = _with_id(brief.themes, ask.theme)
    for axis, each in found.items():
        key = f"{document.variant} {each.id if each else ''}"
        yield Scope(axis, key, partial(dict[str, object], {axis.replace("-", "_"): each}))


def _with_id(items: Iterable[Named], item_id: str | None) -> Named | None:
    return next((item for item in items if item.id == item_id), None)


def _charts(writer: Composer, document: Document, reads: Reads) -> Mapping[str, object]:
    """Return the function for the charts of a document: those of its ask or, without an ask, of the whole brief."""
    charts, ledger = document.charts, writer.ledger(document)

    def chart(chart_id: str) -> ShownChart:
        for figure_id in ledger.chart_figures(chart_id):
            reads.figure(figure_id)
        return _shown_chart(writer, ledger, charts, chart_id)

    return {"chart": strict("chart", charts, chart)}


def _of_electorate(writer: Composer, electorate: Electorate | None, document: Document) -> Mapping[str, object]:
    """Return the names of one electorate, its maps and its charts; in a national document, of the nation's maps."""
    brief, own = writer.plan.brief_of(document), document.own
    checked = partial(strict, "figure", brief.figures)
    return {
        "electorate": electorate,
        "local": _local_content(writer, brief, electorate) if electorate else None,
        "drawn": checked(lambda name, alt="": _shown_drawing(writer, own, name, alt)),
        "map": checked(lambda name: _shown_drawing(writer, own, f"map-{name}")),
        "portrait": member_portrait(
            _images(writer, document, writer.ledger(document)), electorate, writer.root, writer.kept
        ),
    }


def _fields(writer: Composer, brief: Brief, electorate: Electorate | None) -> Mapping[str, str]:
    return _local_content(writer, brief, electorate).fields if electorate else {}


def _local_content(writer: Composer, brief: Brief, electorate: Electorate) -> local.LocalContent:
    """Return the brief's facts about an electorate, worked out once for all its documents."""
    if electorate.slug not in writer.local_content:
        assert writer.group is not None  # noqa: S101 -- there is no electorate without a set
        locale = writer.plan.brief.locale
        fields = local.fields(writer.group, electorate, locale)
        writer.local_content[electorate.slug] = local.LocalContent(brief, writer.group, electorate, locale, fields)
    return writer.local_content[electorate.slug]


def _place(writer: Composer, name: str) -> Markup:
    """Return the placeholder that a slot's page is laid over."""
    slots = writer.plan.layout.layout.slots
    if name not in slots:
        raise Refused(f'there is no slot called "{name}"', nearest(name, slots) or "add it to slots: in layout.yaml")
    return Markup(f'<img id="{name}" alt="slot: {name}" src="{_nothing(writer)}">')


def _studies_after(brief: Brief, ask: Ask) -> tuple[CaseStudy, ...]:
    """Return the case studies that follow an ask: those of its theme, if it is the theme's last ask."""
    last = [other for other in brief.asks if other.theme == ask.theme][-1]
    own = tuple(study for study in brief.case_studies if study.theme and study.theme == ask.theme)
    return own if ask is last else ()


def _other_studies(brief: Brief) -> tuple[CaseStudy, ...]:
    """Return the case studies that follow no ask: those without a theme, or whose theme has no ask."""
    asked = {ask.theme for ask in brief.asks}
    return tuple(study for study in brief.case_studies if not study.theme or study.theme not in asked)


def _sheeter(citations: Citations, fits: Mapping[str, Fit]) -> Callable[[str, str], Markup]:
    def sheet(fit: str, sheet_id: str) -> Markup:
        if fit not in fits:
            raise Refused(f'there is no fit called "{fit}"', nearest(fit, fits) or "add it to fits: in layout.yaml")
        citations.sheet.clear()
        return Markup('id="{}" data-fit="{}"').format(sheet_id, fit)

    return sheet


def _citer(
    writer: Composer, spec: DocumentSpec, citations: Citations, ledger: Ledger, reads: Reads
) -> Callable[[str], str]:
    """Return a function that writes the note of a source with the layout's page for notes."""
    template = writer.environment.get_template(spec.note)

    def cite(source_id: str) -> str:
        first = source_id not in citations.sheet
        for cited in (citations.order, citations.sheet):
            if source_id not in cited:
                cited.append(source_id)
        # A list numbers the whole document. Notes start again on each sheet, so that they are in order on the page.
        listed = citations.order if citations.style == "list" else citations.sheet
        number, shown = listed.index(source_id) + 1, sources.of_brief(ledger, source_id)
        own = {"source": shown, "number": number, "first": first, "style": citations.style}
        return template.render(reads.declare_local(own, "shared")).strip()

    return cite


def _shown_chart(writer: Composer, ledger: Ledger, charts: Mapping[str, Drawing], chart_id: str) -> ShownChart:
    chart, drawing = ledger.brief.charts[chart_id], charts[chart_id]
    source_ids = ledger.chart_sources(chart_id)
    named = (sources.of_brief(ledger, source) for source in source_ids if source != OWN)
    return ShownChart(
        id=chart_id, kind=chart.kind, src=f"{MADE}{writer.drawn[drawing]}.svg",
        width_mm=drawing.width_mm, height_mm=drawing.height_mm,
        finding=chart.finding, alt=with_values(markdown.plain(chart.alt, ledger), drawing, ledger.locale), note=chart.note,
        sources=tuple(named) or sources.of_facts(writer.group, chart.fact), own=OWN in source_ids,
        shapes=chart.kind == MAP_OF_NATION and not chart.hexagons, far_parts=sources.far_parts(writer.group, ledger.locale),
    )  # fmt: skip


def _shown_drawing(writer: Composer, own: Mapping[str, Drawing], name: str, alt: str = "") -> ShownDrawing | None:
    """Return a map or chart of the document's own place; None if it has none of that name."""
    if (drawing := own.get(name)) is None:
        return None
    words = with_values(alt, drawing, writer.plan.brief.locale)
    return ShownDrawing(f"{MADE}{writer.drawn[drawing]}.svg", drawing.width_mm, drawing.height_mm, words)


def _made(writer: Composer, data: bytes) -> str:
    key = store.key(data)
    if writer.kept.get(key) is None:
        writer.kept.put(key, data)
    return f"{MADE}{key}.svg"


def _nothing(writer: Composer) -> str:
    return _made(writer, b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')


def _qr(writer: Composer, text: str) -> str:
    """Return the address of a QR code for a text, in the ink colour of the layout."""
    return _made(writer, _qr_svg(text, writer.plan.layout.look.colours["ink"]))


@lru_cache
def _qr_svg(text: str, ink: str) -> bytes:
    """Return a QR code as SVG, without a quiet zone: the white of the page serves as one."""
    import segno  # noqa: PLC0415 -- it loads all of HTTP, and most builds draw no code

    drawn = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(drawn, kind="svg", border=0, dark=ink, xmldecl=False, nl=False, omitsize=True)
    return drawn.getvalue()
