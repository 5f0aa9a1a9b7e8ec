"""Plan the charts and maps of a document: look up their figures, and set their sizes."""

from collections.abc import Iterator, Mapping
from functools import partial

from briefpack.brief import markdown
from briefpack.brief.blocks import Block
from briefpack.brief.charts import Chart, Row
from briefpack.brief.figures import Ledger
from briefpack.brief.local_page import LocalChart
from briefpack.brief.model import Ask, Brief
from briefpack.electorates import Electorate, ElectorateSet, Fact, Moment, local
from briefpack.layout.model import ChartSize, DocumentSpec, MapPlace
from briefpack.plan import fact_charts
from briefpack.plan.loaded import LoadedBrief
from briefpack.plan.model import ChartEvent, ChartOptions, ChartRow, Drawing
from briefpack.plan.subjects import Subject
from briefpack.schema import walk
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale

MAP = "-map"
WITH_CAPITALS = ("outlined", "filled")
"""The styles in which the nation is drawn with its capitals."""
PLAIN = ChartOptions()
SURVEY = "-survey"
"""The kind of a chart of one fact over time, which only an electorate's page has."""
NATION = "nation"
"""The name of the chart on the nation's page."""
MARKED = "marked-"
"""Before a kind, in the name of the size of its charts in marks."""
HEXAGONS = "hexagons"
"""The size of a map with one hexagon an electorate, which is narrower than a map of their shapes."""
ON_ASK = "ask-"
"""The beginning of the name of a size that a kind of chart has on the pages of asks only."""


def shared(
    ledger: Ledger, spec: DocumentSpec, ask: Ask | None, group: ElectorateSet | None = None
) -> dict[str, Drawing]:
    """Return the charts that are the same in every place: the charts of one ask, or of the whole brief.

    A chart of electorates emphasises only the electorates that the brief names, so that all places can share it.
    """
    brief = ledger.brief
    of_ask = [ask.leave_behind.chart] if ask and ask.leave_behind and ask.leave_behind.chart else []
    chart_ids = of_ask if ask else _of_brief(brief)
    return {
        chart_id: _drawing(ledger, brief.charts[chart_id], sizes_of(brief, chart_id, spec.charts), group)
        for chart_id in chart_ids
    }


def own(loaded: LoadedBrief, spec: DocumentSpec, subject: Subject) -> dict[str, Drawing]:
    """Return a place's own drawings: its maps and, in a document of the whole brief, its local charts."""
    maps = _maps(loaded, spec, subject.electorate)
    if subject.ask:
        return maps
    return maps | (_local(loaded, spec, subject.electorate) if subject.electorate else _of_nation(loaded, spec))


def _of_nation(loaded: LoadedBrief, spec: DocumentSpec) -> dict[str, Drawing]:
    """Return the chart of all electorates on the nation's page, if the brief has one."""
    local = loaded.brief.local
    if local is None or local.nation is None or local.nation.chart is None:
        return {}
    return {NATION: _drawing(loaded.ledger, loaded.brief.charts[local.nation.chart], spec.charts, loaded.group)}


def _local(loaded: LoadedBrief, spec: DocumentSpec, electorate: Electorate) -> dict[str, Drawing]:
    """Return the charts of an electorate: bars beside its state's and the nation's, or its place among all others."""
    found: dict[str, Drawing] = {}
    if loaded.brief.local is None:
        return found
    for index, chart in enumerate(loaded.brief.local.charts):
        if loaded.group and chart.fact in electorate.facts:
            found[f"local-{index}"] = _of_local(loaded.group, chart, electorate, spec.charts, loaded.locale)
    return found


def _of_local(
    group: ElectorateSet, chart: LocalChart, electorate: Electorate, sizes: Mapping[str, ChartSize], locale: Locale
) -> Drawing:
    if chart.kind == "survey":
        return _survey(group, electorate, electorate.facts[chart.fact], sizes, locale)
    if chart.kind != "bars":
        rows = fact_charts.rows(
            group, (chart.fact,), locale, (electorate.slug,), (chart.measure,) if chart.measure else ()
        )
        return sized(chart.kind, rows, 0, sizes)
    size = sizes.get("local", sizes["other"])
    rows = tuple(_compared(electorate, group, electorate.facts[chart.fact], locale))
    return Drawing("bars", rows, size.width_mm, size.height_mm + size.row_mm * len(rows))


def _survey(
    group: ElectorateSet, electorate: Electorate, fact: Fact, sizes: Mapping[str, ChartSize], locale: Locale
) -> Drawing:
    """Return a fact over time beside the country's; a state's fact is the same for all its electorates."""
    name = electorate.state.name if fact.level == "state" else electorate.name
    own = [_moment(each, name, fact, locale, strong=True) for each in fact.history]
    country = [_moment(each, group.country.name, fact, locale, strong=False) for each in fact.nation_history]
    breaks = tuple(typography.tidy(each.when, locale) for each in fact.history if each.breaks)
    size = sizes.get("survey", sizes["other"])
    return Drawing(SURVEY, (*own, *country), size.width_mm, size.height_mm, options=ChartOptions(breaks=breaks))


def _moment(moment: Moment, series: str, fact: Fact, locale: Locale, *, strong: bool) -> ChartRow:
    value, low, high = (
        "" if each is None else numbers.written(each, fact.unit, locale)
        for each in (moment.value, moment.low, moment.high)
    )
    # Only the state's range is drawn, and so the text gives only its range.
    ends = (low, high) if strong and low else ("", "")
    return ChartRow(
        typography.tidy(moment.when, locale), float(moment.value), value, fact.unit, series=series, strong=strong,
        low=float(moment.low) if ends[0] and moment.low is not None else None,
        high=float(moment.high) if ends[0] and moment.high is not None else None,
        low_written=ends[0], high_written=ends[1],
    )  # fmt: skip


def sized(
    kind: str,
    rows: tuple[ChartRow, ...],
    line_count: int,
    sizes: Mapping[str, ChartSize],
    options: ChartOptions = PLAIN,
) -> Drawing:
    """Return a drawing with the size that the layout gives its kind, for a number of lines and the rows' series."""
    size = size_of(kind, options, sizes)
    series = {row.series for row in rows if row.series}
    height_mm = size.height_mm + size.row_mm * line_count + size.series_mm * len(series)
    return Drawing(kind, rows, size.width_mm, height_mm, options=options)


def size_of(kind: str, options: ChartOptions, sizes: Mapping[str, ChartSize]) -> ChartSize:
    """Return the size that a layout gives a kind of chart."""
    own = HEXAGONS if options.hexagons else f"{MARKED}{kind}" if options.mark else kind
    return sizes.get(own, sizes.get(kind, sizes["other"]))


def size_of_own(drawing: Drawing, sizes: Mapping[str, ChartSize]) -> ChartSize:
    """Return the size that a layout gives a place's own chart."""
    return size_of({SURVEY: "survey", "bars": "local"}.get(drawing.kind, drawing.kind), drawing.options, sizes)


def sizes_of(brief: Brief, chart_id: str, sizes: Mapping[str, ChartSize]) -> Mapping[str, ChartSize]:
    """Return the sizes of chart kinds for a chart; if only asks print it, their pages may have a size of their own."""
    kind = brief.charts[chart_id].kind
    size = sizes.get(ON_ASK + kind)
    if size is None or len(brief.charts[chart_id].rows) > size.most_rows:
        return sizes
    on_ask = any(ask.chart == chart_id for ask in brief.asks) and chart_id not in _in_blocks(brief)
    return {**sizes, kind: size} if on_ask else sizes


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
    return {f"map-{name}": _map(place, area) for name, place in spec.maps.items()}


def _map(place: MapPlace, area: str) -> Drawing:
    style = "nation" if area.endswith("/") and place.style in WITH_CAPITALS else place.style
    margins = (place.left_mm, place.bottom_mm, place.right_mm, place.top_mm)
    options = ChartOptions(style=style, margins_mm=margins, band_mm=place.band_mm)
    return Drawing(MAP, (), place.width_mm, place.height_mm, area, options)


def _of_brief(brief: Brief) -> list[str]:
    asks = [ask.chart for ask in brief.asks if ask.chart]
    costs = [chart_id for chart_id, chart in brief.charts.items() if chart.rows_from]
    return list(dict.fromkeys([*_in_blocks(brief), *asks, *costs]))


def _in_blocks(brief: Brief) -> list[str]:
    """Return the charts in the text of a brief, and the timelines of its case studies."""
    blocks = [model.chart for _, model in walk(brief) if isinstance(model, Block) and model.chart]
    return [*blocks, *(study.timeline for study in brief.case_studies if study.timeline)]


def _drawing(ledger: Ledger, chart: Chart, sizes: Mapping[str, ChartSize], group: ElectorateSet | None) -> Drawing:
    if group and chart.fact:
        labels = [markdown.plain(text, ledger) for text in chart.measures]
        rows = fact_charts.rows(group, chart.fact, ledger.locale, chart.named, labels)
        return sized(chart.kind, rows, 0, sizes, _options(ledger, chart))
    rows = tuple(_ask_rows(ledger) if chart.rows_from else (_row(ledger, row) for row in chart.rows))
    return sized(chart.kind, rows, lines(rows), sizes, _options(ledger, chart))


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


def lines(rows: tuple[ChartRow, ...]) -> int:
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
        words = markdown.plain(ask.legislation or ask.period or "", ledger)
        written = ledger.written(ask.annual) if ask.annual else words
        value = float(figure.value) if figure else None
        yield ChartRow(markdown.plain(ask.title, ledger), value, written, figure.unit if figure else "")
