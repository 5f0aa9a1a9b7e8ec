"""Write a chart's values as a file attached to its document, for readers who can't see it or want to reuse them."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from briefpack.brief import markdown
from briefpack.brief.evidence import Source
from briefpack.brief.figures import OWN, Ledger
from briefpack.electorates import ElectorateSet
from briefpack.plan.drawings import NATION
from briefpack.plan.loaded import LoadedBrief
from briefpack.plan.model import ChartEvent, ChartRow, Drawing, ValuesFile
from briefpack.text.locale import COLUMNS, Locale


@dataclass(frozen=True)
class Origin:
    """The source of a row's value, in words, and the date that the value is of."""

    source: str = ""
    as_at: str = ""


UNKNOWN = Origin()


def shared(ledger: Ledger, drawings: Mapping[str, Drawing], group: ElectorateSet | None) -> dict[str, ValuesFile]:
    """Return the files of charts of the brief, by the charts' ids; a chart without a value has none."""
    found = {}
    for chart_id, drawing in drawings.items():
        if any(row.value is not None or row.low is not None for row in drawing.rows):
            finding = markdown.plain(ledger.brief.charts[chart_id].finding, ledger)
            about, origins = _about(finding, ledger.locale), tuple(_origins(ledger, chart_id, group))
            found[chart_id] = _file(chart_id, about, drawing.rows, drawing.options.events, origins, ledger.locale)
    return found


def local(loaded: LoadedBrief, drawings: Mapping[str, Drawing]) -> dict[str, ValuesFile]:
    """Return the files of the charts of one electorate, by the names of their drawings."""
    charts, group = loaded.brief.local.charts if loaded.brief.local else (), loaded.group
    found = _of_nation(loaded, drawings)
    for name, chart in ((f"local-{index}", chart) for index, chart in enumerate(charts)):
        if group and name in drawings:
            label, rows = group.definitions[chart.fact].label, drawings[name].rows
            about = _about(label[:1].upper() + label[1:], loaded.locale)
            origins = (_of_fact(group, chart.fact, loaded.locale),) * len(rows)
            found[name] = _file(chart.fact, about, rows, (), origins, loaded.locale)
    return found


def _of_nation(loaded: LoadedBrief, drawings: Mapping[str, Drawing]) -> dict[str, ValuesFile]:
    local = loaded.brief.local
    if NATION not in drawings or local is None or local.nation is None or local.nation.chart is None:
        return {}
    return {NATION: shared(loaded.ledger, {local.nation.chart: drawings[NATION]}, loaded.group)[local.nation.chart]}


def number(value: float | None) -> str:
    """Return a number as a spreadsheet reads it."""
    return "" if value is None else f"{Decimal(f'{value:.10g}'):f}"


def _about(finding: str, locale: Locale) -> str:
    return locale.label("values-file", finding=finding.replace("\N{NO-BREAK SPACE}", " "))


# Many documents have the same chart, and a chart of electorates has a row for each.
@lru_cache(maxsize=64)
def _file(
    name: str, about: str, rows: tuple[ChartRow, ...], events: tuple[ChartEvent, ...], origins: tuple[Origin, ...],
    locale: Locale,
) -> ValuesFile:  # fmt: skip
    cells = [_cells(row, origin) for row, origin in zip(rows, origins, strict=True)]
    cells += [{"when": event.when, "item": event.label} for event in events]
    used = [column for column in COLUMNS if any(row.get(column) for row in cells)]
    written = io.StringIO()
    # Quotes keep a number apart from the next: 5 and 123 are not 5,123.
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow([locale.label(f"{column}-column") for column in used])
    writer.writerows([row.get(column, "") for column in used] for row in cells)
    # Spreadsheets take a file without this mark for one in an older encoding.
    return ValuesFile(f"{name}.csv", about, written.getvalue().encode("utf-8-sig"))


def _cells(row: ChartRow, origin: Origin) -> dict[str, str]:
    ends = number(row.low), number(row.high)
    return {
        "group": row.group, "series": row.series, "when": row.when, "item": row.label, "printed": row.written,
        "value": number(row.value), "low": ends[0], "high": ends[1], "unit": row.unit, "note": row.note,
        "source": origin.source, "as-at": origin.as_at,
    }  # fmt: skip


def _origins(ledger: Ledger, chart_id: str, group: ElectorateSet | None) -> Iterator[Origin]:
    brief, chart = ledger.brief, ledger.brief.charts[chart_id]
    credited = ledger.locale.label("semicolon").join(_source(ledger, each) for each in chart.sources)
    if chart.fact and group:
        for fact in chart.fact:
            yield from [_of_fact(group, fact, ledger.locale)] * len(group.electorates)
    elif chart.rows_from:
        yield from (_of_figure(ledger, ask.annual, credited) for ask in brief.asks)
    else:
        yield from (_of_figure(ledger, row.figure or row.low, credited) for row in chart.rows)


def _of_figure(ledger: Ledger, figure_id: str | None, credited: str) -> Origin:
    """Return the origin of a figure; `credited` are the sources that its chart names, for a figure without its own."""
    figure = ledger.brief.figures[figure_id] if figure_id else None
    if figure is None:
        return UNKNOWN
    return Origin(_source(ledger, figure.source) if figure.source else credited, figure.as_at or "")


def _source(ledger: Ledger, source_id: str) -> str:
    if source_id == OWN:
        return ledger.brief.organisation.short_name
    return markdown.plain(_credit(ledger.brief.sources[source_id], ledger.locale), ledger)


def _of_fact(group: ElectorateSet, fact: str, locale: Locale) -> Origin:
    spec = group.definitions[fact]
    return Origin(_credit(group.sources[spec.source], locale), spec.as_at)


def _credit(source: Source, locale: Locale) -> str:
    return locale.label("comma").join(filter(None, (source.publisher, source.title or source.what, source.date)))
