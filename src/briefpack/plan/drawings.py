"""Plan the charts and maps of a document: look up their figures, and set their sizes."""

from collections.abc import Iterator, Mapping
from functools import partial

from briefpack.brief import markdown
from briefpack.brief.blocks import Block
from briefpack.brief.charts import Chart, Row
from briefpack.brief.figures import Ledger
from briefpack.brief.model import Ask, Brief, LocalChart
from briefpack.electorates import Electorate, ElectorateSet, Fact, local
from briefpack.layout.model import ChartSize, DocumentSpec
from briefpack.plan import fact_rows
from briefpack.plan.loaded import LoadedBrief
from briefpack.plan.model import ChartEvent, ChartOptions, ChartRow, Drawing
from briefpack.plan.subjects import Subject
from briefpack.schema import walk
from briefpack.text import numbers
from briefpack.text.locale import Locale

MAP = "-locator-map"
PLAIN = ChartOptions()
HEXAGONS = "hexagons"
"""The size of a map with one hexagon an electorate, which is narrower than a map of their shapes."""


def shared(
    ledger: Ledger, spec: DocumentSpec, ask: Ask | None, group: ElectorateSet | None = None
) -> dict[str, Drawing]:
    """Return the charts that are the same in every place: those of one ask, or of the whole brief.

    A chart of electorates emphasises none but those that the brief names, so that all places can share it.
    """
    brief = ledger.brief
    chart_ids = _of_ask(ask) if ask else _of_brief(brief)
    return {chart_id: _drawing(ledger, brief.charts[chart_id], spec.charts, group) for chart_id in chart_ids}


def own(loaded: LoadedBrief, spec: DocumentSpec, subject: Subject) -> dict[str, Drawing]:
    """Return a place's own drawings: its maps and, in a document of the whole brief, its local charts."""
    maps = _maps(loaded, spec, subject.electorate)
    return maps if subject.ask or subject.electorate is None else maps | _local(loaded, spec, subject.electorate)


def _local(loaded: LoadedBrief, spec: DocumentSpec, electorate: Electorate) -> dict[str, Drawing]:
    """Return the charts of an electorate: bars beside its state's and the nation's, or its place among all others."""
    found: dict[str, Drawing] = {}
    for index, chart in enumerate(loaded.brief.local.charts if loaded.brief.local else ()):
        if loaded.group and chart.fact in electorate.facts:
            found[f"local-{index}"] = _of_local(loaded.group, chart, electorate, spec.charts, loaded.locale)
    return found


def _of_local(
    group: ElectorateSet, chart: LocalChart, electorate: Electorate, sizes: Mapping[str, ChartSize], locale: Locale
) -> Drawing:
    if chart.kind != "bars":
        rows = fact_rows.of(group, (chart.fact,), locale, (electorate.slug,), (chart.measure,) if chart.measure else ())
        return _sized(chart.kind, rows, 0, sizes)
    size = sizes.get("local", sizes["other"])
    rows = tuple(_compared(electorate, group, electorate.facts[chart.fact], locale))
    return Drawing("bars", rows, size.width_mm, size.height_mm + size.row_mm * len(rows))


def _sized(
    kind: str, rows: tuple[ChartRow, ...], lines: int, sizes: Mapping[str, ChartSize], options: ChartOptions = PLAIN
) -> Drawing:
    """Return a drawing with the size that the layout gives its kind, for a number of lines and the rows' series."""
    size = sizes.get(HEXAGONS if options.hexagons else kind, sizes.get(kind, sizes["other"]))
    series = {row.series for row in rows if row.series}
    height_mm = size.height_mm + size.row_mm * lines + size.series_mm * len(series)
    return Drawing(kind, rows, size.width_mm, height_mm, options=options)


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


def _drawing(ledger: Ledger, chart: Chart, sizes: Mapping[str, ChartSize], group: ElectorateSet | None) -> Drawing:
    if group and chart.fact:
        labels = [markdown.plain(text, ledger) for text in chart.measures]
        rows = fact_rows.of(group, chart.fact, ledger.locale, chart.named, labels)
        return _sized(chart.kind, rows, 0, sizes, _options(ledger, chart))
    rows = tuple(_ask_rows(ledger) if chart.rows_from else (_row(ledger, row) for row in chart.rows))
    return _sized(chart.kind, rows, _lines(rows), sizes, _options(ledger, chart))


def _options(ledger: Ledger, chart: Chart) -> ChartOptions:
    plain = partial(markdown.plain, ledger=ledger)
    return ChartOptions(
        mark=None if chart.mark is None else float(chart.mark),
        shares=chart.shares,
        events=tuple(ChartEvent(plain(event.when), plain(event.label)) for event in chart.events),
        every_cell=plain(chart.every_cell or ""),
        classes=tuple(map(float, chart.classes)),
        hexagons=chart.hexagons,
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
