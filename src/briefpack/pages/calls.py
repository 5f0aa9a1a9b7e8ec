"""Define the names that templates can use: parts of the brief, functions that write text, charts and maps.

A page is given the names of its scopes, and no others: those that all documents of a kind share, its item's, its
charts', and its electorate's if it is a page of a place. A function here makes the names of one scope from one record,
which has what the scope's documents share and no way to anything narrower: neither the document nor the composer.
"""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from pathlib import Path

from markupsafe import Markup, escape

from briefpack.brief import markdown, queries, references
from briefpack.brief.figures import Ledger
from briefpack.brief.model import Ask, Brief, CaseStudy, Section, Theme
from briefpack.electorates import Electorate, ElectorateSet, State, local
from briefpack.layout.model import Fit
from briefpack.pages import abbreviations, pictures, source_map, sources, strips
from briefpack.pages.model import ImageOnPage, Piece, Written
from briefpack.pages.owners import Citations, OfAll, OfCharts, OfKind, OfPlace
from briefpack.pages.pictures import Images, member_portrait
from briefpack.pages.sandbox import Environment, Refused, strict
from briefpack.pages.sources import SourceList
from briefpack.plan import EACH, Document, Drawing, Item, Plan
from briefpack.problem import Problems, nearest
from briefpack.store import Store
from briefpack.text import numbers
from briefpack.text.locale import Locale

Named = Ask | CaseStudy | Section | Theme


@dataclass(frozen=True)
class Composer:
    """The plan, files and caches that pages are written from.

    `written` has the pages written so far, by all that they were given, `pieces` the pieces made of them by their
    contents, and `stuck` the pages that took too long. `local_content` has the brief's facts about each electorate,
    worked out once, and `images` the images on those pages, by their keys. `labels` are the labels that need no values.
    """

    plan: Plan
    root: Path
    drawn: Mapping[Drawing, str]
    environment: Environment
    kept: Store
    written: dict[object, Written] = field(default_factory=dict)
    pieces: dict[object, Piece] = field(default_factory=dict)
    stuck: dict[str, Problems] = field(default_factory=dict)
    sheets: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    common: list[str] = field(default_factory=list)
    local_content: dict[tuple[str, int], local.LocalContent] = field(default_factory=dict)
    images: dict[str, ImageOnPage] = field(default_factory=dict)
    labels: dict[str, Markup] = field(default_factory=dict)

    @property
    def group(self) -> ElectorateSet | None:
        """Return the brief's electorate set."""
        return self.plan.brief.group

    @cached_property
    def has_local_texts(self) -> bool:
        """Return whether blocks of the brief print for some places only, so that any page may name an electorate."""
        brief = self.plan.brief.brief
        return bool(brief.local_lists or references.local_blocks(brief))

    @cached_property
    def in_doubt(self) -> frozenset[str]:
        """Return the figures about which a query is open."""
        return frozenset(queries.by_figure(self.plan.brief.brief))

    @cached_property
    def growing(self) -> Mapping[str, Drawing]:
        """Return every chart by its key in the store, so that a page can have it drawn taller."""
        return {key: drawing for drawing, key in self.drawn.items()}

    @cached_property
    def abbreviations(self) -> Mapping[str, str]:
        """Return the words for each abbreviation in the brief."""
        return abbreviations.of_brief(self.plan.brief.brief)

    @cached_property
    def source_list(self) -> SourceList:
        """Return the sources of the whole brief, numbered once."""
        return sources.listed(self.plan.brief.brief, self.group)

    @cached_property
    def every(self) -> OfAll:
        """Return the record that all documents of the brief in this layout share."""
        brief, layout = self.plan.brief, self.plan.layout
        return OfAll(
            layout, brief.locale, self.group, brief.images, self.source_list, self.abbreviations, self.environment,
            self.root, self.kept, self.images, self.labels, self.drawn.__getitem__, brief.issue and brief.issue + 1,
            dict(source_map.fields(brief.brief)),
        )  # fmt: skip

    def ledger(self, document: Document) -> Ledger:
        """Return the ledger of the brief that a document prints."""
        return Ledger(self.plan.brief_of(document), self.plan.brief.locale)


@dataclass(frozen=True)
class Given:
    """What a page is given: `told` are the values for its piece alone, and `answers` what it may ask of any place.

    Its names are made from this and nothing else. The electorate is in it only for a page of a place.
    """

    of_kind: OfKind
    charts: OfCharts
    place: OfPlace | None
    items: Mapping[str, Named | None]
    answers: Mapping[str, object]
    told: Mapping[str, object]

    @property
    def key(self) -> tuple[object, ...]:
        """Return a key that is equal wherever the names are."""
        ids = tuple(item.id if item else None for item in self.items.values())
        place = self.place and (self.place.electorate.slug if self.place.electorate else "", self.place.meetings)
        own = repr((self.answers, self.told))
        return (self.of_kind.kind, self.of_kind.variant, self.charts.ask, ids, place, own)

    def names(self) -> dict[str, object]:
        """Return the names for templates."""
        names: dict[str, object] = {**self.told, **self.answers}
        names |= {axis.replace("-", "_"): item for axis, item in self.items.items()}
        names |= {**_of_kind(self.of_kind, names), **_images(self.of_kind, self.of_kind.ledger).names}
        names |= _of_charts(self.charts)
        names |= _of_place(self.place) if self.place else {}
        return names


def given(
    writer: Composer,
    document: Document,
    item: Item | None,
    told: Mapping[str, object],
    citations: Citations,
    *,
    of_place: bool,
) -> Given:
    """Return what a page of a document is given; `item` is the item that its piece is made for."""
    brief, group = writer.plan.brief_of(document), writer.group
    of_place = of_place or writer.has_local_texts
    electorate = group.by_slug[document.electorate] if group and document.electorate else None
    content = _local_content(writer, document, electorate) if electorate else None
    items = _items(brief, document, item)
    state = electorate.state if electorate else _state(document)
    answers = {
        "has_electorate": electorate is not None,
        "state": state,
        "tells_of_place": _tells(content, items),
    }
    figures: dict[str, None] = {}
    plain = writer.ledger(document)
    shared = replace(plain, fields=content.fields if content and of_place else {}, note=figures.setdefault)
    of_kind = OfKind(writer.every, document.kind, document.spec, document.variant, shared, plain, citations, figures)
    charts = OfCharts(of_kind, document.ask, document.charts)
    own = document.own, document.files, document.meetings
    place = OfPlace(of_kind, electorate, content, *own) if of_place else None
    return Given(of_kind, charts, place, items, answers, told)


def _state(document: Document) -> State | None:
    """Return the state that all whom a meeting is with are from; None if there is none."""
    found = {recipient.state for meeting in document.meetings for recipient in meeting.recipients}
    return next(iter(found)) if len(found) == 1 else None


def _images(of_kind: OfKind, ledger: Ledger) -> Images:
    """Return the images that a kind of document can show."""
    every = of_kind.every
    return Images(every.pictures, every.layout, of_kind.kind, of_kind.spec.images, ledger, every.images, every.fields)


def _of_kind(of_kind: OfKind, names: dict[str, object]) -> dict[str, object]:
    """Return the names for a kind of document; `names` are all those of the page, for its notes."""
    every, spec, citations, ledger = of_kind.every, of_kind.spec, of_kind.citations, of_kind.ledger
    brief, layout, listed = ledger.brief, every.layout, every.listed
    cite = _citer(of_kind, names)
    figure, source = partial(strict, "figure", brief.figures), partial(strict, "source", brief.sources)

    def named(text: str, html: str) -> Markup:
        return Markup(source_map.named(text, html, every.fields))

    return {
        "brief": brief,
        "group": every.group,
        "edition": layout.edition,
        "issue": every.issue,
        "locale": ledger.locale,
        "label": strict("label", ledger.locale.labels, partial(_label, ledger.locale, every.labels)),
        "prose": figure(lambda text: named(text, markdown.html(text, ledger, cite))),
        "line": figure(lambda text: named(text, markdown.line(text, ledger, cite))),
        "expanded": figure(
            lambda text: named(text, abbreviations.expanded(markdown.line(text, ledger, cite), every.abbreviations))
        ),
        "heading": figure(lambda text: named(text, markdown.heading(text, ledger, cite))),
        "plain": figure(lambda text: markdown.plain(text, ledger)),
        "figure": figure(ledger.written),
        "large": figure(ledger.large),
        "source": source(lambda source_id: sources.of_brief(ledger, listed, source_id)),
        "fact_sources": figure(lambda facts: sources.of_facts(every.group, listed, facts)),
        "cited": lambda: tuple(sources.of_brief(ledger, listed, source_id) for source_id in citations.so_far()),
        "citations": spec.citations,
        "all_sources": lambda: sources.in_list(ledger, listed),
        "source_number": listed.number,
        "studies_after": figure(lambda ask: _studies_after(brief, ask)),
        "other_studies": _other_studies(brief),
        "sheet": figure(_sheeter(citations, layout.layout.fits)),
        "slot": figure(lambda name: _place(every, name)),
        "qr": figure(lambda text: _qr(every, text)),
    }


def _label(
    locale: Locale, written: dict[str, Markup], name: str, /, count: int | None = None, **values: object
) -> Markup:
    """Return a label in the brief's language; `written` keeps the labels without a count or values."""
    if count is not None or values:
        return _filled(locale, name, count, values)
    if name not in written:
        written[name] = _filled(locale, name, None, {})
    return written[name]


def _filled(locale: Locale, name: str, count: int | None, values: Mapping[str, object]) -> Markup:
    """Return a label with its placeholders filled in.

    With a count, it is in the form that the count takes, and may name {count} in digits and {words} in words.
    """
    if count is not None:
        word = numbers.words(Decimal(count), locale)
        counts = {"count": numbers.number(Decimal(count), locale), "words": word, "Words": word[:1].upper() + word[1:]}
        values = {**counts, **values}
    pattern = escape(locale.pattern(name, count))
    try:
        return pattern.format(**locale.terms, **values)
    except KeyError as error:
        missing = error.args[0]
        message = f'the label "{name}" has "{{{missing}}}", and the page gives it no {missing}'
        raise Refused(message, f'label("{name}", …, {missing}=…)') from None


def _items(brief: Brief, document: Document, item: Item | None) -> Mapping[str, Named | None]:
    """Return the item of each kind that a page is about, if any.

    It is the item of the page's piece, the ask of its document, or the theme of that ask or case study.
    """
    wanted = {"ask": document.ask} | ({item.axis: item.id} if item else {})
    found = {axis: _with_id(of(brief), wanted.get(axis)) for axis, of in EACH.items()}
    for owned in (found["ask"], found["case-study"]):
        if isinstance(owned, Ask | CaseStudy) and "theme" not in wanted:
            found["theme"] = _with_id(brief.themes, owned.theme)
    return found


def _tells(content: local.LocalContent | None, items: Mapping[str, Named | None]) -> bool:
    """Return whether a place has a number or a text about the ask or the theme of a page."""
    about = (each for each in (items["ask"], items["theme"]) if isinstance(each, Ask | Theme))
    return content is not None and any(content.tells_of(each) for each in about)


def _with_id(items: Iterable[Named], item_id: str | None) -> Named | None:
    return next((item for item in items if item.id == item_id), None)


def _of_charts(of_charts: OfCharts) -> dict[str, object]:
    """Return the names for a document's charts: the charts of its ask or, without an ask, of the whole brief."""
    return {"chart": strict("chart", of_charts.charts, partial(pictures.chart, of_charts))}


def _of_place(place: OfPlace) -> dict[str, object]:
    """Return the names for one electorate, its maps and its charts; in a national document, for the nation's maps."""
    every, electorate = place.of_kind.every, place.electorate
    checked, drawing = partial(strict, "figure", place.of_kind.plain.brief.figures), partial(pictures.drawing, place)
    images = _images(place.of_kind, place.of_kind.plain)
    ours = {"open_queries": queries.of_asks(place.of_kind.plain.brief)} if place.of_kind.spec.internal else {}
    return ours | {
        "electorate": electorate,
        "meetings": place.meetings,
        "meeting": place.meetings[0] if place.meetings else None,
        "local": place.content,
        "drawn": checked(drawing),
        "strips": checked(partial(strips.of_page, place)),
        "strip": checked(partial(strips.of_fact, place)),
        "map": checked(lambda name: drawing(f"map-{name}")),
        "portrait": member_portrait(images, electorate, every.root, every.kept),
    }


def _local_content(writer: Composer, document: Document, electorate: Electorate) -> local.LocalContent:
    """Return the brief's facts about an electorate, worked out once for all its documents of one variant."""
    key = electorate.slug, document.variant
    if key not in writer.local_content:
        assert writer.group is not None  # noqa: S101 -- there is no electorate without a set
        locale, brief = writer.plan.brief.locale, writer.plan.brief_of(document)
        fields = local.fields(writer.group, electorate, locale)
        writer.local_content[key] = local.LocalContent(brief, writer.group, electorate, locale, fields)
    return writer.local_content[key]


def _place(every: OfAll, name: str) -> Markup:
    """Return the placeholder that a slot's page is laid over."""
    slots = every.layout.layout.slots
    if name not in slots:
        addition = f"add {name}: {{width_mm: 170, height_mm: 45, page: …, styles: […]}} to slots: in layout.yaml"
        raise Refused(f'there is no slot called "{name}"', nearest(name, slots, most=0) or addition)
    return Markup(f'<img id="{name}" alt="slot: {name}" src="{every.made(NOTHING)}">')


def _studies_after(brief: Brief, ask: Ask) -> tuple[CaseStudy, ...]:
    """Return the case studies that follow an ask: its theme's case studies, if it is the theme's last ask."""
    last = [other for other in brief.asks if other.theme == ask.theme][-1]
    own = tuple(study for study in brief.case_studies if study.theme and study.theme == ask.theme)
    return own if ask is last else ()


def _other_studies(brief: Brief) -> tuple[CaseStudy, ...]:
    """Return the case studies that follow no ask: they have no theme, or their theme has no ask."""
    asked = {ask.theme for ask in brief.asks}
    return tuple(study for study in brief.case_studies if not study.theme or study.theme not in asked)


def _sheeter(citations: Citations, fits: Mapping[str, Fit]) -> Callable[..., Markup]:
    def sheet(fit: str, sheet_id: str, *, noted: bool = False) -> Markup:
        if fit not in fits:
            addition = f"add {fit}: {{fit: 0.95 to 1.00}} to fits: in layout.yaml"
            raise Refused(f'there is no fit called "{fit}"', nearest(fit, fits, most=0) or addition)
        if not citations.follows:
            citations.sheet.clear()
        citations.follows, citations.noted = False, noted
        return Markup('id="{}" data-fit="{}"').format(sheet_id, fit)

    return sheet


def _citer(of_kind: OfKind, names: dict[str, object]) -> Callable[[str], str]:
    """Return a function that writes the note of a source with the layout's page for notes, which is given `names`."""
    citations, ledger, listed = of_kind.citations, of_kind.ledger, of_kind.every.listed
    template = of_kind.every.environment.get_template(of_kind.spec.note)

    def cite(source_id: str) -> str:
        first = source_id not in citations.sheet
        for known in (citations.order, citations.sheet, citations.here):
            if source_id not in known:
                known.append(source_id)
        # A list numbers the whole document. Notes start again on each sheet, so that they are in order on the page.
        cited = citations.so_far() if citations.style == "list" else citations.sheet
        own = {
            "source": sources.of_brief(ledger, listed, source_id),
            "number": cited.index(source_id) + 1,
            "first": first,
            "style": citations.style,
            "foot": citations.foot and not citations.noted,
        }
        return str(template.make_module(names, shared=True, locals=own)).strip()

    return cite


NOTHING = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def _qr(every: OfAll, text: str) -> str:
    """Return the address of a QR code for a text, in the ink colour of the layout."""
    return every.made(_qr_code(text, every.layout.look.colours["ink"]))


@lru_cache
def _qr_code(text: str, ink: str) -> bytes:
    """Return a QR code as SVG, without a quiet zone: the white of the page serves as one."""
    import segno  # noqa: PLC0415 -- it loads all of HTTP, and most builds draw no code

    drawn = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(drawn, kind="svg", border=0, dark=ink, xmldecl=False, nl=False, omitsize=True)
    return drawn.getvalue()
