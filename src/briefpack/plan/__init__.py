"""Decide what to make: the documents, the distinct charts and every file name."""

import datetime
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path

from briefpack import __version__
from briefpack.brief import markdown
from briefpack.brief.figures import Ledger
from briefpack.brief.model import Ask, Block, Brief, Chart, Row
from briefpack.electorates import Electorate, ElectorateSet, Fact, local
from briefpack.layout import LoadedLayout
from briefpack.layout.editions import SCREEN, Edition
from briefpack.layout.look import Face, Ink
from briefpack.layout.model import Box, ChartSize, DocumentSpec, Pages, PieceSpec, PrintSetSpec
from briefpack.plan import belongings
from briefpack.plan.read import LoadedBrief as LoadedBrief
from briefpack.plan.read import read as read
from briefpack.plan.read import read_brief as read_brief
from briefpack.project import NATIONAL
from briefpack.schema import walk
from briefpack.text import numbers, typography, yaml_lines
from briefpack.text.locale import Locale

MAP = "-locator-map"


@dataclass(frozen=True)
class ChartRow:
    """One row of a chart, with its figure looked up and written out."""

    label: str
    value: float | None = None
    written: str = ""
    unit: str = ""
    note: str = ""
    group: str = ""
    when: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Drawing:
    """One distinct chart: its kind, content and size. A map's `area` is `<set>/<slug>`, or `<set>/` for the nation."""

    kind: str
    rows: tuple[ChartRow, ...]
    mark: float | None
    width_mm: float
    height_mm: float
    area: str = ""


@dataclass(frozen=True)
class Facts:
    """The metadata of a finished PDF, and whether it opens with print settings."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    language: str
    date: datetime.date
    made_by: str
    edition: str = ""
    print_settings: bool = field(default=False, repr=False)


@dataclass(frozen=True)
class Document:
    """One PDF to make; `electorate` is a slug, or None for the nation, and `ask` is the ask of a leave-behind.

    `charts` are the same for every electorate; `own` are the maps and charts of this one.
    """

    kind: str
    path: str
    facts: Facts
    spec: DocumentSpec
    charts: Mapping[str, Drawing]
    own: Mapping[str, Drawing] = field(default_factory=dict)
    ask: str | None = None
    electorate: str | None = None

    @property
    def drawings(self) -> Mapping[str, Drawing]:
        """Return everything that is drawn for the document."""
        return {**self.charts, **self.own}

    @property
    def name(self) -> str:
        """Return the name used in problems and in the log."""
        return self.path.rpartition("/")[2].removesuffix(".pdf")


@dataclass(frozen=True)
class Around:
    """Every electorate's name and what belongs to each, to keep them out of each other's documents.

    `credit` must be printed wherever there is a map.
    """

    names: Mapping[str, str]
    known: belongings.Known
    credit: str


@dataclass(frozen=True)
class Press:
    """The press edition of a layout: its bleed, its inks and its printing condition.

    `inks` gives the inks of each colour on a laid-out page, and `text` the inks allowed for text. `profile` is the ICC
    profile of the printing condition named in `condition`.
    """

    bleed_mm: float
    ink_limit_percent: int
    condition: str
    profile: Path
    inks: Mapping[str, Ink]
    text: tuple[Ink, ...]


@dataclass(frozen=True)
class Part:
    """The intended properties of a laid-out piece, for its checks, such as its HTML and its smallest type.

    `fitted` says whether its pages should be full, because the layout gives it spaces that grow or a number of pages.
    `held` lists the slots for other pieces: the page, the distance from its top and the height, both in points. A piece
    `over` other pages has no ground of its own: it is laid on theirs.
    """

    html: str
    smallest_type_pt: float
    fitted: bool
    over: bool = False
    held: tuple[tuple[int, float, float], ...] = ()


@dataclass(frozen=True)
class Read:
    """The parts of a page that are remembered once its piece has been checked.

    `authorised` is the type size of the authorisation and how many letters come after it on the page. The first page of
    a piece has all the piece's `links` (addresses), `alts` (alternative texts), `spoken` (texts in tags) and `notes`
    (descriptions of links).
    """

    text: str
    heads: tuple[int, ...] = ()
    authorised: tuple[float, int] | None = None
    links: tuple[str, ...] = ()
    alts: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Authorised:
    """The authorisation of electoral matter: the words that begin it, its particulars, and its smallest type by law.

    Without particulars, the document isn't electoral matter.
    """

    statement: str = ""
    particulars: tuple[str, ...] = ()
    smallest_pt: float = 0.0
    law: str = ""


@dataclass(frozen=True)
class Expected:
    """The properties that a PDF is checked for; none are expected of a PDF that briefpack didn't make.

    `tagged` is False for running pieces, which are artifacts. `authorised` is required at the end of electoral
    matter. `own` explains why another electorate's values may appear in the document.
    """

    edition: Edition = SCREEN
    tagged: bool = True
    faces: tuple[Face, ...] | None = None
    paper: Box | None = None
    document: Document | None = None
    around: Around | None = None
    own: belongings.Own = belongings.NATION
    press: Press | None = None
    profile: Path | None = None
    authorised: Authorised = Authorised()
    part: Part | None = None


@dataclass(frozen=True)
class Wanted:
    """The part of a brief to make: for the nation or not, for which electorates and asks (no asks means all)."""

    national: bool = True
    electorates: tuple[Electorate, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Everything that a build will make."""

    brief: LoadedBrief
    layout: LoadedLayout
    documents: tuple[Document, ...]
    drawings: Mapping[Drawing, str]


def make(brief: LoadedBrief, layout: LoadedLayout, wanted: Wanted) -> Plan:
    """Plan the wanted documents of a brief, for the nation and for each electorate."""
    documents = tuple(_documents(brief, layout, wanted))
    drawings = {drawing: chart_id for document in documents for chart_id, drawing in document.drawings.items()}
    return Plan(brief, layout, documents, drawings)


def parts(planned: Plan, most: int) -> Iterator[Plan]:
    """Split a plan into parts of at most `most` documents, but keep each electorate's documents together."""
    held: list[Document] = []
    for _, documents in groupby(planned.documents, lambda document: document.electorate):
        more = list(documents)
        if held and len(held) + len(more) > most:
            yield _only(planned, tuple(held))
            held = []
        held += more
    if held:
        yield _only(planned, tuple(held))


def without(planned: Plan, paths: Container[str]) -> Plan:
    """Return a plan without the documents at some paths, and without the charts that only they show."""
    return _only(planned, tuple(document for document in planned.documents if document.path not in paths))


def _only(planned: Plan, documents: tuple[Document, ...]) -> Plan:
    shown = {drawing for document in documents for drawing in document.drawings.values()}
    drawings = {drawing: chart_id for drawing, chart_id in planned.drawings.items() if drawing in shown}
    return replace(planned, documents=documents, drawings=drawings)


def _documents(loaded: LoadedBrief, layout: LoadedLayout, wanted: Wanted) -> Iterator[Document]:
    specs, charts = layout.layout.documents, _shared_charts(loaded.ledger, layout)
    facts = _facts(loaded, layout.edition)
    places = ([None] if wanted.national else []) + list(wanted.electorates)
    for electorate in places:
        if "pack" in specs and not wanted.asks:
            own = _pack_own(loaded, specs["pack"], electorate)
            yield _document(loaded, facts, specs["pack"], "pack", charts["pack"], own, electorate)
        for ask in loaded.brief.asks if "leave-behind" in specs else ():
            if not wanted.asks or ask.id in wanted.asks:
                own = _maps(loaded, specs["leave-behind"], electorate)
                spec = specs["leave-behind"]
                yield _document(loaded, facts, spec, "leave-behind", charts[ask.id], own, electorate, ask)


def _document(
    loaded: LoadedBrief,
    facts: Facts,
    spec: DocumentSpec,
    kind: str,
    charts: Mapping[str, Drawing],
    own: Mapping[str, Drawing],
    electorate: Electorate | None,
    ask: Ask | None = None,
) -> Document:
    brief = loaded.brief
    title = markdown.plain(ask.leave_behind.headline if ask else brief.title, loaded.ledger)
    local = electorate is not None and brief.local is not None
    pieces = tuple(piece for piece in spec.pieces if local or not piece.local)
    return Document(
        kind,
        _path(electorate.slug if electorate else NATIONAL, ask),
        replace(facts, title=_titled(title, electorate, loaded.locale)),
        spec.model_copy(update={"pieces": pieces}),
        charts,
        own,
        ask.id if ask else None,
        electorate.slug if electorate else None,
    )


def _titled(title: str, electorate: Electorate | None, locale: Locale) -> str:
    """Return the title of a document, with the name of its electorate if it has one."""
    if electorate is None:
        return title
    return locale.label("document-title", title=title, name=typography.tidy(electorate.name, locale))


def _path(slug: str, ask: Ask | None = None) -> str:
    """Return the path of a place's pack, or of its leave-behind for an ask."""
    return f"{slug}/{slug}-leave-behind-{ask.id}.pdf" if ask else f"{slug}/{slug}-pack.pdf"


def paths(loaded: LoadedBrief) -> frozenset[str]:
    """Return the paths of all documents that a brief can have, in any layout."""
    slugs = (NATIONAL, *(electorate.slug for electorate in (loaded.group.electorates if loaded.group else ())))
    return frozenset(_path(slug, ask) for slug in slugs for ask in (None, *loaded.brief.asks))


def _shared_charts(ledger: Ledger, layout: LoadedLayout) -> dict[str, dict[str, Drawing]]:
    """Return the charts that are the same for every electorate: the pack's, and each leave-behind's by its ask."""
    specs, brief = layout.layout.documents, ledger.brief
    found = {"pack": _sized(ledger, specs["pack"], _pack_charts(brief))} if "pack" in specs else {}
    if "leave-behind" in specs:
        found |= {ask.id: _sized(ledger, specs["leave-behind"], _leave_behind_charts(ask)) for ask in brief.asks}
    return found


def _pack_own(loaded: LoadedBrief, spec: DocumentSpec, electorate: Electorate | None) -> dict[str, Drawing]:
    """Return an electorate's own charts: its maps, and the bars that compare it with its state and the nation."""
    maps = _maps(loaded, spec, electorate)
    if electorate is None or loaded.brief.local is None or loaded.group is None:
        return maps
    size = spec.charts.get("local", spec.charts["other"])
    for index, chart in enumerate(loaded.brief.local.charts):
        if chart.fact in electorate.facts:
            rows = tuple(_compared(electorate, loaded.group, electorate.facts[chart.fact], loaded.locale))
            maps[f"local-{index}"] = Drawing(
                "bars", rows, None, size.width_mm, size.height_mm + size.row_mm * len(rows)
            )
    return maps


def _compared(electorate: Electorate, group: ElectorateSet, fact: Fact, locale: Locale) -> Iterator[ChartRow]:
    label = electorate.state.name if fact.level == "state" else electorate.name
    yield ChartRow(label, float(fact.value), local.written(fact, locale), fact.unit, strong=True)
    for label, value in ((electorate.state.name, fact.state_value), (group.country.name, fact.nation_value)):
        if value is not None:
            yield ChartRow(label, float(value), numbers.written(value, fact.unit, locale), fact.unit)


def _maps(loaded: LoadedBrief, spec: DocumentSpec, electorate: Electorate | None) -> dict[str, Drawing]:
    """Return the maps of a document: of an electorate, or of the nation as a whole."""
    if loaded.group is None:
        return {}
    area = f"{loaded.group.name}/{electorate.slug if electorate else ''}"
    return {f"map-{name}": Drawing(MAP, (), None, box.width_mm, box.height_mm, area) for name, box in spec.maps.items()}


def _facts(loaded: LoadedBrief, edition: Edition) -> Facts:
    """Return the metadata that all documents of a brief share: everything but the title."""
    brief, plain = loaded.brief, partial(markdown.plain, ledger=loaded.ledger)
    return Facts(
        title="", author=plain(brief.organisation.name), subject=plain(brief.subject),
        keywords=tuple(map(plain, brief.keywords)), language=brief.language, date=brief.date,
        made_by=f"briefpack {__version__}", edition=edition.name, print_settings=edition.print_settings,
    )  # fmt: skip


def _pack_charts(brief: Brief) -> list[str]:
    blocks = [model.chart for _, model in walk(brief) if isinstance(model, Block) and model.chart]
    asks = [ask.chart for ask in brief.asks if ask.chart]
    costs = [chart_id for chart_id, chart in brief.charts.items() if chart.rows_from]
    return list(dict.fromkeys([*blocks, *asks, *costs, *(study.timeline for study in brief.case_studies)]))


def _leave_behind_charts(ask: Ask) -> list[str]:
    return [ask.leave_behind.chart] if ask.leave_behind.chart else []


def _sized(ledger: Ledger, spec: DocumentSpec, chart_ids: list[str]) -> dict[str, Drawing]:
    return {chart_id: _drawing(ledger, ledger.brief.charts[chart_id], spec.charts) for chart_id in chart_ids}


def _drawing(ledger: Ledger, chart: Chart, sizes: Mapping[str, ChartSize]) -> Drawing:
    rows = tuple(_ask_rows(ledger) if chart.rows_from else (_row(ledger, row) for row in chart.rows))
    size = sizes.get(chart.kind, sizes["other"])
    mark = None if chart.mark is None else float(chart.mark)
    return Drawing(chart.kind, rows, mark, size.width_mm, size.height_mm + size.row_mm * len(rows))


def _row(ledger: Ledger, row: Row) -> ChartRow:
    plain = partial(markdown.plain, ledger=ledger)
    figure = ledger.brief.figures[row.figure] if row.figure else None
    return ChartRow(
        label=plain(row.label),
        value=float(figure.value) if figure else None,
        written=ledger.written(row.figure) if row.figure else "",
        unit=figure.unit if figure else "",
        note=plain(row.note or ""),
        group=plain(row.group or ""),
        when=plain(row.when or ""),
        strong=row.strong,
    )


def _ask_rows(ledger: Ledger) -> Iterator[ChartRow]:
    for ask in ledger.brief.asks:
        figure = ledger.brief.figures[ask.annual] if ask.annual else None
        written = ledger.written(ask.annual) if ask.annual else markdown.plain(ask.legislation or ask.period, ledger)
        value = float(figure.value) if figure else None
        yield ChartRow(markdown.plain(ask.title, ledger), value, written, figure.unit if figure else "")


def expected(planned: Plan) -> Expected:
    """Return the expectations that every document of a plan is checked against."""
    layout = planned.layout
    return Expected(
        layout.edition, faces=layout.look.faces, paper=layout.layout.paper, around=around(planned.brief, layout),
        authorised=_authorised(planned.brief), press=press(layout), profile=layout.profile,
    )  # fmt: skip


def press(layout: LoadedLayout) -> Press | None:
    """Return the printing condition of an edition in process inks; None in any other edition."""
    edition, found = layout.edition, layout.look
    if not edition.process_inks or layout.profile is None:
        return None
    text = tuple(found.inks[found.colours[name]] for name in edition.text)
    return Press(edition.bleed_mm, edition.ink_limit_percent, edition.condition, layout.profile, found.inks, text)


def _authorised(loaded: LoadedBrief) -> Authorised:
    """Return the authorisation of a brief, with particulars if it is electoral matter."""
    statement, who = loaded.locale.fixed("authorised-by"), loaded.brief.authorisation
    if loaded.brief.electoral_matter != "yes" or who is None:
        return Authorised(statement)
    particulars = tuple(markdown.plain(each, loaded.ledger) for each in (who.name, who.entity, who.address) if each)
    law = loaded.group.country.authorisation if loaded.group else None
    return (
        Authorised(statement, particulars, law.smallest_type_pt, law.cited)
        if law
        else Authorised(statement, particulars)
    )


def print_set(planned: Plan, spec: PrintSetSpec) -> Document:
    """Return the document for the first sheet of one place's print set, based on the first of its documents."""
    first = planned.documents[0]
    slug = first.path.partition("/")[0]
    sheet = PieceSpec(id="first-sheet", page=spec.page, pages=Pages(exactly=1))
    own = {"styles": spec.styles, "pieces": (sheet,), "running": ()}
    return replace(
        first,
        kind="print-set",
        path=f"{slug}/{slug}-print-set.pdf",
        spec=first.spec.model_copy(update=own),
        charts={},
        own={},
        ask=None,
    )


def around(loaded: LoadedBrief, layout: LoadedLayout) -> Around | None:
    """Return every electorate's names and values, for checking documents; None if the brief has no electorates."""
    group = loaded.group
    if group is None:
        return None
    credit = group.notices["map"].short if "map" in group.notices else ""
    said = (text for _, text in yaml_lines.texts(loaded.tree.data))
    known = belongings.known(group, loaded.ledger, said, layout.words)
    return Around({each.slug: each.name for each in group.electorates}, known, credit)


def own(loaded: LoadedBrief, electorate: str | None) -> belongings.Own:
    """Return the phrases that explain another electorate's values in a place's documents, without map labels."""
    return belongings.own(loaded.group.by_slug[electorate] if loaded.group and electorate else None, loaded.locale)
