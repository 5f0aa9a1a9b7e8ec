"""Draw a strip with a mark for each electorate, the same for all of them, and place one electorate's mark on it."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefpack.brief.local_page import LocalStrip
from briefpack.electorates import Electorate, ElectorateSet, local
from briefpack.geometry import MM_PER_PT
from briefpack.pages.owners import OfPlace
from briefpack.pages.sandbox import Refused
from briefpack.plan import ChartRow, fact_charts, values_in_words
from briefpack.problem import nearest
from briefpack.text import numbers
from briefpack.text.locale import Locale

MOST = 4
STRIP_MM = 85.0
"""The width of a strip on the page about a place."""
FEWEST_MARKS = 30
HEIGHT, TALL, BASE, POINTER = 23.0, 13.0, 17.0, 3.2
"""The heights of a strip, of its marks, of its line and of the pointer at the median, in points."""
MARK_PT, LINE_PT, OWN_PT = 0.6, 0.8, 2.8


@dataclass(frozen=True)
class ShownStrip:
    """A strip as a page shows it: its name, the words about one electorate, if any, and the words about all of them.

    `at` and `middle` are the places of the electorate and of the median, as percentages of the strip's width.
    `leading` are the electorates from the highest, with their states, and `missing` counts those without a mark.
    """

    name: str
    svg: bytes
    at: float
    middle: float
    written: str
    rank: str
    median: str
    lowest: str
    highest: str
    leading: tuple[tuple[str, str, str], ...]
    missing: int
    total: int
    fact: str


@dataclass(frozen=True)
class PlacedStrip:
    """A strip of all electorates, as a page shows it: the address of its image, and the strip."""

    src: str
    shown: ShownStrip


def of_page(
    place: OfPlace, beside: Sequence[local.ShownAsk] | None = None, width_mm: float = STRIP_MM
) -> tuple[PlacedStrip, ...]:
    """Return the strips of the page about a place that are beside some asks: all of them, if `beside` is None."""
    own = place.of_kind.plain.brief.local
    wanted = place.content.strips(beside) if place.content else own.strips if own else ()
    return _placed(place, wanted, width_mm)


def of_fact(place: OfPlace, fact: str, width_mm: float = STRIP_MM) -> PlacedStrip | None:
    """Return the strip of a fact or, for a count, of its share; None if too few electorates or not this one have it."""
    every = place.of_kind.every
    definitions = every.group.definitions if every.group else {}
    if every.group and fact not in definitions:
        raise Refused(f'there is no fact called "{fact}"', nearest(fact, definitions))
    by = fact_charts.ranked(every.group, fact, every.locale) if every.group else None
    return next(iter(_placed(place, [LocalStrip(fact=by)], width_mm)), None) if by else None


def _placed(place: OfPlace, wanted: Iterable[LocalStrip], width_mm: float) -> tuple[PlacedStrip, ...]:
    """Return strips of all electorates, with an electorate's own mark, each as an image in the store."""
    every = place.of_kind.every
    if every.group is None:
        return ()
    colours = every.layout.look.colours
    found = of(every.group, wanted, place.electorate, (colours["slate"], colours["ink"]), every.locale, width_mm)
    return tuple(PlacedStrip(every.made(strip.svg), strip) for strip in found)


def of(
    group: ElectorateSet,
    wanted: Iterable[LocalStrip],
    electorate: Electorate | None,
    colours: tuple[str, str],
    locale: Locale,
    width_mm: float,
) -> tuple[ShownStrip, ...]:
    """Return the first strips with a mark for an electorate; without an electorate, the first strips of the nation."""
    found = (_strip(group, each, electorate, colours, locale, round(width_mm / MM_PER_PT, 1)) for each in wanted)
    return tuple(strip for strip in found if strip)[:MOST]


def _strip(
    group: ElectorateSet,
    wanted: LocalStrip,
    electorate: Electorate | None,
    colours: tuple[str, str],
    locale: Locale,
    width_pt: float,
) -> ShownStrip | None:
    rows = fact_charts.rows(group, (wanted.fact,), locale, (), (wanted.measure,) if wanted.measure else ())
    marks = sorted((row for row in rows if row.value is not None), key=values_in_words.exact)
    own = next((row for row in marks if electorate and row.key == electorate.slug), None)
    if len(marks) < FEWEST_MARKS or (electorate and not own):
        return None
    values = tuple(map(values_in_words.exact, marks))
    middle = statistics.median(values)
    # An electorate's page names no other electorate.
    lowest, highest = (row.written if own else _named(row, locale) for row in (marks[0], marks[-1]))
    median = _median(group, wanted.fact, locale)
    rank = values_in_words.rank(own, marks, locale) if own else ""
    return ShownStrip(
        name=rows[0].series,
        svg=_svg(values, middle, *colours, width_pt),
        at=_percent(values_in_words.exact(own), values, width_pt) if own else 0.0,
        middle=_percent(middle, values, width_pt),
        written=own.written if own else "",
        rank=rank,
        median=median,
        lowest=lowest,
        highest=highest,
        leading=tuple((row.label, row.written, row.state) for row in reversed(marks)),
        missing=len(rows) - len(marks),
        total=len(rows),
        fact=wanted.fact,
    )


def _median(group: ElectorateSet, fact: str, locale: Locale) -> str:
    """Return the median, as texts that name it print it."""
    known = (each.facts[fact] for each in group.electorates if fact in each.facts)
    first = next(known)
    assert first.standing is not None  # noqa: S101 -- it is about electorates, as strips are checked to be
    return numbers.written(first.standing.median, first.unit, locale)


def _named(row: ChartRow, locale: Locale) -> str:
    return locale.label("value-of", name=row.label, value=row.written)


def _place(value: float, values: Sequence[float], width_pt: float) -> float:
    """Return the place of a value along a strip, in points: a mark at an end stays inside the strip."""
    spread = values[-1] - values[0]
    share = (value - values[0]) / spread if spread else 0.5
    return OWN_PT / 2 + (width_pt - OWN_PT) * share


def _percent(value: float, values: Sequence[float], width_pt: float) -> float:
    return round(100 * _place(value, values, width_pt) / width_pt, 2)


# All electorates share a strip's marks.
@lru_cache(maxsize=64)
def _svg(values: tuple[float, ...], middle: float, mark: str, line: str, width_pt: float) -> bytes:
    """Return a strip as SVG: one path with all its marks, its line, and a pointer at the median."""
    at = round(_place(middle, values, width_pt), 1)
    pointer = f"M{at:g} {BASE + 1:g}l{POINTER:g} 5h{-2 * POINTER:g}z"
    foot = BASE - LINE_PT / 2
    # Each mark is where the number before rounding puts it; close ones overlap.
    marks = "".join(f"M{_place(value, values, width_pt):.5g} {foot:g}v{-TALL:g}" for value in values)
    size = f'viewBox="0 0 {width_pt:g} {HEIGHT:g}" width="{width_pt:g}" height="{HEIGHT:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<path d="{marks}" fill="none" stroke="{mark}" stroke-width="{MARK_PT}"/>'
        f'<path d="M0 {BASE:g}H{width_pt:g}" fill="none" stroke="{line}" stroke-width="{LINE_PT}"/>'
        f'<path d="{pointer}" fill="{line}"/></svg>'
    ).encode()
