"""Plan the charts and maps of a document: look up their figures, and set their sizes."""

from collections.abc import Iterator, Mapping
from functools import partial

from briefpack.brief import markdown
from briefpack.brief.blocks import Block
from briefpack.brief.charts import Chart, Row
from briefpack.brief.figures import Ledger
from briefpack.brief.model import Ask, Brief
from briefpack.electorates import Electorate, ElectorateSet, Fact, local
from briefpack.layout.model import ChartSize, DocumentSpec
from briefpack.plan.loaded import LoadedBrief
from briefpack.plan.model import ChartEvent, ChartOptions, ChartRow, Drawing
from briefpack.plan.subjects import Subject
from briefpack.schema import walk
from briefpack.text import numbers
from briefpack.text.locale import Locale

MAP = "-locator-map"


def shared(ledger: Ledger, spec: DocumentSpec, ask: Ask | None) -> dict[str, Drawing]:
    """Return the charts that are the same in every place: those of one ask, or of the whole brief."""
    brief = ledger.brief
    chart_ids = _of_ask(ask) if ask else _of_brief(brief)
    return {chart_id: _drawing(ledger, brief.charts[chart_id], spec.charts) for chart_id in chart_ids}


def own(loaded: LoadedBrief, spec: DocumentSpec, subject: Subject) -> dict[str, Drawing]:
    """Return a place's own drawings: its maps and, in a document of the whole brief, its local charts."""
    maps = _maps(loaded, spec, subject.electorate)
    return maps if subject.ask or subject.electorate is None else maps | _local(loaded, spec, subject.electorate)


def _local(loaded: LoadedBrief, spec: DocumentSpec, electorate: Electorate) -> dict[str, Drawing]:
    """Return the bars that compare an electorate with its state and the nation."""
    found: dict[str, Drawing] = {}
    size = spec.charts.get("local", spec.charts["other"])
    for index, chart in enumerate(loaded.brief.local.charts if loaded.brief.local else ()):
        if loaded.group and chart.fact in electorate.facts:
            rows = tuple(_compared(electorate, loaded.group, electorate.facts[chart.fact], loaded.locale))
            height_mm = size.height_mm + size.row_mm * len(rows)
            found[f"local-{index}"] = Drawing("bars", rows, size.width_mm, height_mm)
    return found


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
    return {f"map-{name}": Drawing(MAP, (), box.width_mm, box.height_mm, area) for name, box in spec.maps.items()}


def _of_brief(brief: Brief) -> list[str]:
    blocks = [model.chart for _, model in walk(brief) if isinstance(model, Block) and model.chart]
    asks = [ask.chart for ask in brief.asks if ask.chart]
    costs = [chart_id for chart_id, chart in brief.charts.items() if chart.rows_from]
    return list(
        dict.fromkeys([*blocks, *asks, *costs, *(study.timeline for study in brief.case_studies if study.timeline)])
    )


def _of_ask(ask: Ask) -> list[str]:
    return [ask.leave_behind.chart] if ask.leave_behind and ask.leave_behind.chart else []


def _drawing(ledger: Ledger, chart: Chart, sizes: Mapping[str, ChartSize]) -> Drawing:
    rows = tuple(_ask_rows(ledger) if chart.rows_from else (_row(ledger, row) for row in chart.rows))
    size = sizes.get(chart.kind, sizes["other"])
    series = {row.series for row in rows if row.series}
    height_mm = size.height_mm + size.row_mm * _lines(rows) + size.series_mm * len(series)
    return Drawing(chart.kind, rows, size.width_mm, height_mm, options=_options(ledger, chart))


def _options(ledger: Ledger, chart: Chart) -> ChartOptions:
    plain = partial(markdown.plain, ledger=ledger)
    return ChartOptions(
        mark=None if chart.mark is None else float(chart.mark),
        shares=chart.shares,
        events=tuple(ChartEvent(plain(event.when), plain(event.label)) for event in chart.events),
        every_cell=plain(chart.every_cell or ""),
    )


def _lines(rows: tuple[ChartRow, ...]) -> int:
    """Count the lines that rows are drawn on: the series of one label share a line."""
    alone = sum(not row.series for row in rows)
    return alone + len({(row.group, row.label) for row in rows if row.series})


def _row(ledger: Ledger, row: Row) -> ChartRow:
    plain = partial(markdown.plain, ledger=ledger)
    figure, low, high = (ledger.brief.figures[each] if each else None for each in (row.figure, row.low, row.high))
    return ChartRow(
        label=plain(row.label),
        value=float(figure.value) if figure else None,
        written=ledger.written(row.figure) if row.figure else "",
        unit=figure.unit if figure else "",
        note=plain(row.note or ""),
        group=plain(row.group or ""),
        when=plain(row.when or ""),
        strong=row.strong,
        series=plain(row.series or ""),
        low=float(low.value) if low else None,
        high=float(high.value) if high else None,
        low_written=ledger.written(row.low) if row.low else "",
        high_written=ledger.written(row.high) if row.high else "",
    )


def _ask_rows(ledger: Ledger) -> Iterator[ChartRow]:
    for ask in ledger.brief.asks:
        figure = ledger.brief.figures[ask.annual] if ask.annual else None
        written = (
            ledger.written(ask.annual) if ask.annual else markdown.plain(ask.legislation or ask.period or "", ledger)
        )
        value = float(figure.value) if figure else None
        yield ChartRow(markdown.plain(ask.title, ledger), value, written, figure.unit if figure else "")
