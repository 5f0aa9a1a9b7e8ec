"""Show a page its charts and maps: their addresses, sizes and words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from briefpack import charts
from briefpack.brief import markdown
from briefpack.brief.figures import OWN
from briefpack.layout.addresses import MADE
from briefpack.pages import sources
from briefpack.pages.owners import OfCharts, OfPlace
from briefpack.pages.sources import ShownSource
from briefpack.plan import MAP_OF_NATION, drawings, heard_rows, values_in_words, with_values


@dataclass(frozen=True)
class ShownChart:
    """A chart as a page shows it.

    `items` are its rows in words, if it is heard as a list in place of `alt`; the last words of an emphasised one say why it is,
    and then `subtitle` is for the eye alone if it is `keyed`. `shapes` says that it is a map of boundaries, which need a credit.
    `far_parts` are the islands that such a map leaves out, and `grow_mm` how much taller it may be, to fill its page.
    """

    id: str
    kind: str
    src: str
    width_mm: float
    height_mm: float
    finding: str
    subtitle: str | None
    alt: str
    note: str | None
    sources: tuple[ShownSource, ...]
    own: bool
    shapes: bool
    far_parts: str
    grow_mm: float = 0
    items: tuple[str, ...] = ()
    keyed: bool = False


@dataclass(frozen=True)
class ShownDrawing:
    """A map or a chart of one place, as a page shows it; `alt` is the text that it was asked with, and its values.

    `file` is the name of the attached file with values that are too many for the text. A survey has a `table`, a header and rows, and then `told` is the text alone. A map of an electorate has its area, the
    electorates that it borders, and the places that it names.
    """

    src: str
    width_mm: float
    height_mm: float
    alt: str
    grow_mm: float = 0
    file: str = ""
    told: str = ""
    table: tuple[tuple[str, ...], ...] = ()
    area: str = ""
    borders: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    office: str = ""


def chart(of_charts: OfCharts, chart_id: str) -> ShownChart:
    """Return a chart of the brief, drawn at the size that a kind of document gives its kind."""
    of_kind, drawing = of_charts.of_kind, of_charts.charts[chart_id]
    ledger, group, listed = of_kind.plain, of_kind.every.group, of_kind.every.listed
    for figure_id in ledger.chart_figures(chart_id):
        of_kind.reads.figure(figure_id)
    chart = ledger.brief.charts[chart_id]
    source_ids = ledger.chart_sources(chart_id)
    named = (sources.of_brief(ledger, listed, source) for source in source_ids if source != OWN)
    return ShownChart(
        id=chart_id, kind=chart.kind, src=f"{MADE}{of_kind.every.key(drawing)}.svg",
        width_mm=drawing.width_mm, height_mm=drawing.height_mm,
        finding=chart.finding, subtitle=chart.subtitle, alt=with_values(markdown.plain(chart.alt, ledger), drawing, ledger.locale), note=chart.note,
        sources=tuple(named) or sources.of_facts(group, listed, chart.fact), own=OWN in source_ids,
        shapes=chart.kind == MAP_OF_NATION and not chart.hexagons, far_parts=sources.far_parts(group, ledger.locale),
        grow_mm=drawings.size_of(
            drawing.kind, drawing.options, drawings.sizes_of(ledger.brief, chart_id, of_kind.spec.charts)
        ).grow_mm,
        items=heard_rows.of(drawing, markdown.plain(chart.marked or "", ledger), ledger.locale), keyed=bool(chart.marked),
    )  # fmt: skip


def drawing(place: OfPlace, name: str, alt: str = "") -> ShownDrawing | None:
    """Return a map or chart of the document's own place; None if it has none of that name."""
    if (drawing := place.own.get(name)) is None:
        return None
    every = place.of_kind.every
    words, key = with_values(alt, drawing, every.locale), every.key(drawing)
    shown = ShownDrawing(f"{MADE}{key}.svg", drawing.width_mm, drawing.height_mm, words)
    if drawing.area:
        return _with_words(shown, charts.told(every.kept.get(key) or b""))
    table = heard_rows.table(drawing, every.locale) if drawing.kind == drawings.SURVEY else ()
    grow_mm = drawings.size_of_own(drawing, place.of_kind.spec.charts).grow_mm
    file = place.files[name].name if name in place.files and len(drawing.rows) > values_in_words.MOST else ""
    return replace(shown, grow_mm=grow_mm, file=file, told=alt, table=table)


def _with_words(shown: ShownDrawing, told: Mapping[str, Any]) -> ShownDrawing:
    """Return a map with what it shows."""
    if not told:
        return shown
    return replace(
        shown,
        area=told["area"],
        borders=tuple(told["borders"]),
        places=tuple(told["places"]),
        office=told["office"],
    )
