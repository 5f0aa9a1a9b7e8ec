"""Show a page its charts and maps: their addresses, sizes and words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from briefpack import charts
from briefpack.brief import markdown
from briefpack.brief.figures import OWN, Ledger
from briefpack.electorates import ElectorateSet
from briefpack.layout.addresses import MADE
from briefpack.layout.model import ChartSize
from briefpack.pages import sources
from briefpack.pages.source_list import SourceList
from briefpack.pages.sources import ShownSource
from briefpack.plan import MAP_OF_NATION, Drawing, drawings, heard_rows, values_in_words, with_values
from briefpack.store import Store
from briefpack.text.locale import Locale


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


def chart(
    listed: SourceList,
    group: ElectorateSet | None,
    ledger: Ledger,
    sizes: Mapping[str, ChartSize],
    drawn: tuple[Drawing, str],
    chart_id: str,
) -> ShownChart:
    """Return a chart of the brief, drawn at the size that a kind of document gives its kind."""
    chart, (drawing, key) = ledger.brief.charts[chart_id], drawn
    source_ids = ledger.chart_sources(chart_id)
    named = (sources.of_brief(ledger, listed, source) for source in source_ids if source != OWN)
    return ShownChart(
        id=chart_id, kind=chart.kind, src=f"{MADE}{key}.svg",
        width_mm=drawing.width_mm, height_mm=drawing.height_mm,
        finding=chart.finding, subtitle=chart.subtitle, alt=with_values(markdown.plain(chart.alt, ledger), drawing, ledger.locale), note=chart.note,
        sources=tuple(named) or sources.of_facts(group, listed, chart.fact), own=OWN in source_ids,
        shapes=chart.kind == MAP_OF_NATION and not chart.hexagons, far_parts=sources.far_parts(group, ledger.locale),
        grow_mm=drawings.size_of(
            drawing.kind, drawing.options, drawings.sizes_of(ledger.brief, chart_id, sizes)
        ).grow_mm,
        items=heard_rows.of(drawing, markdown.plain(chart.marked or "", ledger), ledger.locale), keyed=bool(chart.marked),
    )  # fmt: skip


def drawing(
    drawing: Drawing, key: str, sizes: Mapping[str, ChartSize], locale: Locale, alt: str, *, file: str, stored: Store
) -> ShownDrawing:
    """Return a map or a chart of one place; `key` is its own in the store, and `file` has its values."""
    shown = ShownDrawing(f"{MADE}{key}.svg", drawing.width_mm, drawing.height_mm, with_values(alt, drawing, locale))
    if drawing.area:
        return _with_words(shown, charts.told(stored.get(key) or b""))
    table = heard_rows.table(drawing, locale) if drawing.kind == drawings.SURVEY else ()
    grow_mm = drawings.size_of_own(drawing, sizes).grow_mm
    file = file if len(drawing.rows) > values_in_words.MOST else ""
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
