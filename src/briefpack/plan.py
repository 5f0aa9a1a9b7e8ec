"""Decides what is made: the documents, the distinct charts and every file name."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefpack import __version__
from briefpack.ledger import Ledger
from briefpack.load import LoadedBrief, LoadedLayout
from briefpack.model import Ask, Block, Brief, Chart, ChartSize, DocumentSpec, Row, walk

NATIONAL = "national"


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
    """One distinct chart: what is drawn and at what size."""

    kind: str
    rows: tuple[ChartRow, ...]
    mark: float | None
    width_mm: float
    height_mm: float


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


@dataclass(frozen=True)
class Document:
    """One PDF to be made; `ask` is the ask of a leave-behind, `electorate` its slug or None for the nation."""

    kind: str
    path: str
    facts: Facts
    spec: DocumentSpec
    charts: Mapping[str, Drawing]
    ask: str | None = None
    electorate: str | None = None

    @property
    def name(self) -> str:
        """How problems and the log name it."""
        return self.path.rpartition("/")[2].removesuffix(".pdf")


@dataclass(frozen=True)
class Plan:
    """Everything that a build makes."""

    brief: LoadedBrief
    layout: LoadedLayout
    documents: tuple[Document, ...]
    drawings: Mapping[Drawing, str]


def make(brief: LoadedBrief, layout: LoadedLayout, asks: tuple[str, ...] = ()) -> Plan:
    """Plan the national edition: the pack and a leave-behind for each ask, or for the asks named alone."""
    documents = tuple(_documents(brief, layout, asks))
    drawings = {drawing: chart_id for document in documents for chart_id, drawing in document.charts.items()}
    return Plan(brief, layout, documents, drawings)


def _documents(loaded: LoadedBrief, layout: LoadedLayout, asks: tuple[str, ...]) -> Iterator[Document]:
    brief, specs = loaded.brief, layout.layout.documents
    if "pack" in specs and not asks:
        charts = _sized(brief, specs["pack"], _pack_charts(brief))
        yield Document("pack", f"{NATIONAL}/{NATIONAL}-pack.pdf", _facts(brief, brief.title), specs["pack"], charts)
    for ask in brief.asks if "leave-behind" in specs else ():
        if not asks or ask.id in asks:
            path = f"{NATIONAL}/{NATIONAL}-leave-behind-{ask.id}.pdf"
            charts = _sized(brief, specs["leave-behind"], _leave_behind_charts(ask))
            facts = _facts(brief, ask.leave_behind.headline)
            yield Document("leave-behind", path, facts, specs["leave-behind"], charts, ask=ask.id)


def _facts(brief: Brief, title: str) -> Facts:
    plain = Ledger(brief).plain
    return Facts(
        title=plain(title), author=plain(brief.organisation.name), subject=plain(brief.subject),
        keywords=tuple(map(plain, brief.keywords)), language=brief.language, date=brief.date,
        made_by=f"briefpack {__version__}",
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
    figure = brief.figures[row.figure] if row.figure else None
    return ChartRow(
        label=ledger.plain(row.label),
        value=float(figure.value) if figure else None,
        written=ledger.written(row.figure) if row.figure else "",
        unit=figure.unit if figure else "",
        note=ledger.plain(row.note or ""),
        group=ledger.plain(row.group or ""),
        when=ledger.plain(row.when or ""),
        strong=row.strong,
    )


def _ask_rows(brief: Brief) -> Iterator[ChartRow]:
    ledger = Ledger(brief)
    for ask in brief.asks:
        figure = brief.figures[ask.annual] if ask.annual else None
        written = ledger.written(ask.annual) if ask.annual else ledger.plain(ask.legislation or ask.period)
        value = float(figure.value) if figure else None
        yield ChartRow(ledger.plain(ask.title), value, written, figure.unit if figure else "")
