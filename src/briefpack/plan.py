"""Decides what is made: the documents, the distinct charts and every file name."""

import datetime
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path

from briefpack import __version__, belongings, local, numerals, prose, source
from briefpack.electorates import Electorate, ElectorateSet, Fact
from briefpack.ledger import Ledger
from briefpack.load import LoadedBrief, LoadedLayout
from briefpack.look import Face, Ink
from briefpack.model import (
    Ask,
    Block,
    Box,
    Brief,
    Chart,
    ChartSize,
    DocumentSpec,
    Pages,
    PieceSpec,
    PrintSetSpec,
    Row,
    walk,
)
from briefpack.project import NATIONAL, Edition

MAP = "-locator-map"


@dataclass(frozen=True)
class ChartRow:
    """One row of a chart with its figure looked up and written out."""

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
    """One distinct chart: what is drawn and at what size. A map is of an electorate, `<set>/<slug>`."""

    kind: str
    rows: tuple[ChartRow, ...]
    mark: float | None
    width_mm: float
    height_mm: float
    area: str = ""


@dataclass(frozen=True)
class Facts:
    """What a finished PDF says of itself."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    language: str
    date: datetime.date
    made_by: str
    edition: Edition = "screen"


@dataclass(frozen=True)
class Document:
    """One PDF to be made; `ask` is the ask of a leave-behind, `electorate` its slug or None for the nation.

    `charts` are those of every electorate's document of its kind and ask, `own` its own electorate's maps and charts.
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
        """All that is drawn for it."""
        return {**self.charts, **self.own}

    @property
    def name(self) -> str:
        """How problems and the log name it."""
        return self.path.rpartition("/")[2].removesuffix(".pdf")


@dataclass(frozen=True)
class Around:
    """What a document must tell its own electorate from: every electorate's name, and what belongs to each.

    `credit` is owed where a map is.
    """

    names: Mapping[str, str]
    known: belongings.Known
    credit: str


@dataclass(frozen=True)
class Press:
    """What the press edition of a layout is made to: its bleed, its inks and where it may be printed.

    `inks` says what each colour of a laid-out page prints with, `text` which of them text may have; `profile` is the
    ICC profile of the printing condition that `condition` names.
    """

    bleed_mm: float
    ink_limit_percent: int
    condition: str
    profile: Path
    inks: Mapping[str, Ink]
    text: tuple[Ink, ...]


@dataclass(frozen=True)
class Part:
    """What one piece was made to be: its text as HTML, and its smallest type.

    `fitted` says whether its sheets are to fill their pages: a layout gives them spaces that grow, or a number of
    pages. `held` are the places that other pieces will fill: the page, and in points how far from its top they begin
    and how high they are. What is laid `over` other pages has its ground from them.
    """

    html: str
    smallest_type_pt: float
    fitted: bool
    over: bool = False
    held: tuple[tuple[int, float, float], ...] = ()


@dataclass(frozen=True)
class Read:
    """What is remembered of a page when it has been checked in its piece.

    `authorised` is the size of the type of who authorised it, and how many letters stand below on the page.
    `links` and `alts`, the addresses that links open and the alternative texts, are all of the piece's on its first page;
    so are `spoken`, all that its tags say, and `notes`, what its links are described by.
    """

    text: str
    heads: tuple[int, ...] = ()
    authorised: tuple[float, int] | None = None
    links: tuple[str, ...] = ()
    alts: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expected:
    """What a PDF was made to be; of a stranger's PDF, nothing is expected. What runs on every page has no tags.

    `authorised` are the words that must stand at the end of electoral matter, `own` what explains another electorate's
    values in the document.
    """

    edition: Edition = "screen"
    tagged: bool = True
    faces: tuple[Face, ...] | None = None
    paper: Box | None = None
    document: Document | None = None
    around: Around | None = None
    own: belongings.Own = belongings.NATION
    press: Press | None = None
    profile: Path | None = None
    authorised: tuple[str, ...] = ()
    part: Part | None = None


@dataclass(frozen=True)
class Wanted:
    """What of a brief is to be made: the national edition, which electorates, and which asks alone (none: all)."""

    national: bool = True
    electorates: tuple[Electorate, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Everything that a build makes."""

    brief: LoadedBrief
    layout: LoadedLayout
    documents: tuple[Document, ...]
    drawings: Mapping[Drawing, str]


def make(brief: LoadedBrief, layout: LoadedLayout, wanted: Wanted) -> Plan:
    """Plan what is wanted of a brief: for the nation, and for each electorate."""
    documents = tuple(_documents(brief, layout, wanted))
    drawings = {drawing: chart_id for document in documents for chart_id, drawing in document.drawings.items()}
    return Plan(brief, layout, documents, drawings)


def parts(planned: Plan, most: int) -> Iterator[Plan]:
    """Split a plan into parts of so many documents at most, but never those of one electorate."""
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
    """Plan the same but for the documents at some paths, and what they alone show."""
    return _only(planned, tuple(document for document in planned.documents if document.path not in paths))


def _only(planned: Plan, documents: tuple[Document, ...]) -> Plan:
    shown = {drawing for document in documents for drawing in document.drawings.values()}
    drawings = {drawing: chart_id for drawing, chart_id in planned.drawings.items() if drawing in shown}
    return replace(planned, documents=documents, drawings=drawings)


def _documents(loaded: LoadedBrief, layout: LoadedLayout, wanted: Wanted) -> Iterator[Document]:
    specs, charts = layout.layout.documents, _shared_charts(loaded.brief, layout)
    facts = _facts(loaded.brief, layout.edition)
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
    title = prose.plain(ask.leave_behind.headline if ask else brief.title, Ledger(brief))
    local = electorate is not None and brief.local is not None
    pieces = tuple(piece for piece in spec.pieces if local or not piece.local)
    return Document(
        kind,
        _path(electorate.slug if electorate else NATIONAL, ask),
        replace(facts, title=f"{title}: {numerals.tidy(electorate.name)}" if electorate else title),
        spec.model_copy(update={"pieces": pieces}),
        charts,
        own,
        ask.id if ask else None,
        electorate.slug if electorate else None,
    )


def _path(slug: str, ask: Ask | None = None) -> str:
    """Where the pack of a place is, or the leave-behind of an ask."""
    return f"{slug}/{slug}-leave-behind-{ask.id}.pdf" if ask else f"{slug}/{slug}-pack.pdf"


def paths(loaded: LoadedBrief) -> frozenset[str]:
    """The paths of all documents that a brief can have, in any layout."""
    slugs = (NATIONAL, *(electorate.slug for electorate in (loaded.group.electorates if loaded.group else ())))
    return frozenset(_path(slug, ask) for slug in slugs for ask in (None, *loaded.brief.asks))


def _shared_charts(brief: Brief, layout: LoadedLayout) -> dict[str, dict[str, Drawing]]:
    """The charts that every electorate's documents have: the pack's, and by ask its leave-behind's."""
    specs = layout.layout.documents
    found = {"pack": _sized(brief, specs["pack"], _pack_charts(brief))} if "pack" in specs else {}
    if "leave-behind" in specs:
        found |= {ask.id: _sized(brief, specs["leave-behind"], _leave_behind_charts(ask)) for ask in brief.asks}
    return found


def _pack_own(loaded: LoadedBrief, spec: DocumentSpec, electorate: Electorate | None) -> dict[str, Drawing]:
    """An electorate's own charts: its maps, and the bars that compare it with its state and country."""
    maps = _maps(loaded, spec, electorate)
    if electorate is None or loaded.brief.local is None or loaded.group is None:
        return maps
    size = spec.charts.get("local", spec.charts["other"])
    for index, chart in enumerate(loaded.brief.local.charts):
        if chart.fact in electorate.facts:
            rows = tuple(_compared(electorate, loaded.group, electorate.facts[chart.fact]))
            maps[f"local-{index}"] = Drawing(
                "bars", rows, None, size.width_mm, size.height_mm + size.row_mm * len(rows)
            )
    return maps


def _compared(electorate: Electorate, group: ElectorateSet, fact: Fact) -> Iterator[ChartRow]:
    label = electorate.state.name if fact.level == "state" else electorate.name
    yield ChartRow(label, float(fact.value), local.written(fact), fact.unit, strong=True)
    for label, value in ((electorate.state.name, fact.state_value), (group.country.name, fact.nation_value)):
        if value is not None:
            yield ChartRow(label, float(value), numerals.written(value, fact.unit), fact.unit)


def _maps(loaded: LoadedBrief, spec: DocumentSpec, electorate: Electorate | None) -> dict[str, Drawing]:
    """The maps of a document: of an electorate, or of the country for the nation."""
    if loaded.group is None:
        return {}
    area = f"{loaded.group.name}/{electorate.slug if electorate else ''}"
    return {f"map-{name}": Drawing(MAP, (), None, box.width_mm, box.height_mm, area) for name, box in spec.maps.items()}


def _facts(brief: Brief, edition: Edition) -> Facts:
    """What all documents of a brief say of themselves, but for their titles."""
    plain = partial(prose.plain, ledger=Ledger(brief))
    return Facts(
        title="", author=plain(brief.organisation.name), subject=plain(brief.subject),
        keywords=tuple(map(plain, brief.keywords)), language=brief.language, date=brief.date,
        made_by=f"briefpack {__version__}", edition=edition,
    )  # fmt: skip


def _pack_charts(brief: Brief) -> list[str]:
    blocks = [model.chart for _, model in walk(brief) if isinstance(model, Block) and model.chart]
    asks = [ask.chart for ask in brief.asks if ask.chart]
    costs = [chart_id for chart_id, chart in brief.charts.items() if chart.rows_from]
    return list(dict.fromkeys([*blocks, *asks, *costs, *(study.timeline for study in brief.case_studies)]))


def _leave_behind_charts(ask: Ask) -> list[str]:
    return [ask.leave_behind.chart] if ask.leave_behind.chart else []


def _sized(brief: Brief, spec: DocumentSpec, chart_ids: list[str]) -> dict[str, Drawing]:
    return {chart_id: _drawing(brief, brief.charts[chart_id], spec.charts) for chart_id in chart_ids}


def _drawing(brief: Brief, chart: Chart, sizes: Mapping[str, ChartSize]) -> Drawing:
    rows = tuple(_ask_rows(brief) if chart.rows_from else (_row(brief, row) for row in chart.rows))
    size = sizes.get(chart.kind, sizes["other"])
    mark = None if chart.mark is None else float(chart.mark)
    return Drawing(chart.kind, rows, mark, size.width_mm, size.height_mm + size.row_mm * len(rows))


def _row(brief: Brief, row: Row) -> ChartRow:
    ledger = Ledger(brief)
    plain = partial(prose.plain, ledger=ledger)
    figure = brief.figures[row.figure] if row.figure else None
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


def _ask_rows(brief: Brief) -> Iterator[ChartRow]:
    ledger = Ledger(brief)
    for ask in brief.asks:
        figure = brief.figures[ask.annual] if ask.annual else None
        written = ledger.written(ask.annual) if ask.annual else prose.plain(ask.legislation or ask.period, ledger)
        value = float(figure.value) if figure else None
        yield ChartRow(prose.plain(ask.title, ledger), value, written, figure.unit if figure else "")


def expected(planned: Plan) -> Expected:
    """What every document of a plan is checked against."""
    layout = planned.layout
    return Expected(
        layout.edition, faces=layout.look.faces, paper=layout.layout.paper, around=around(planned.brief, layout),
        authorised=_authorised(planned.brief.brief), press=press(layout), profile=layout.profile,
    )  # fmt: skip


def press(layout: LoadedLayout) -> Press | None:
    """What the press edition of a layout is made to; None in another edition."""
    spec, found = layout.layout.editions.press, layout.look
    if layout.edition != "press" or spec is None or layout.profile is None:
        return None
    text = tuple(found.inks[found.colours[name]] for name in spec.text)
    return Press(spec.bleed_mm, spec.ink_limit_percent, spec.condition, layout.profile, found.inks, text)


def _authorised(brief: Brief) -> tuple[str, ...]:
    """The particulars of who authorised a brief that is electoral matter."""
    if brief.electoral_matter != "yes" or brief.authorisation is None:
        return ()
    ledger, who = Ledger(brief), brief.authorisation
    return tuple(prose.plain(each, ledger) for each in (who.name, who.entity, who.address) if each)


def print_set(planned: Plan, spec: PrintSetSpec) -> Document:
    """The print set of one place's documents: its first sheet, set as the first of them is but for its own page."""
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
    """What every document of a brief with electorates is checked against."""
    group = loaded.group
    if group is None:
        return None
    credit = group.notices["map"].short if "map" in group.notices else ""
    said = (text for _, text in source.texts(loaded.tree.data))
    known = belongings.known(group, loaded.brief, said, layout.words)
    return Around({each.slug: each.name for each in group.electorates}, known, credit)


def own(loaded: LoadedBrief, electorate: str | None) -> belongings.Own:
    """What explains another electorate's values in a place's documents, but for the labels of their maps."""
    return belongings.own(loaded.group.by_slug[electorate] if loaded.group and electorate else None)
