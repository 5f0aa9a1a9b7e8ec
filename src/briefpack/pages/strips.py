"""Draw a strip with a mark for each electorate, the same for all of them, and place one electorate's mark on it."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefpack.brief.local_page import LocalStrip
from briefpack.electorates import Electorate, ElectorateSet
from briefpack.plan import ChartRow, fact_charts, values_in_words
from briefpack.text import numbers
from briefpack.text.locale import Locale

MOST = 4
FEWEST_MARKS = 30
TEN = 10
WIDTH, HEIGHT, TALL, BASE, POINTER = 241.0, 23.0, 13.0, 17.0, 3.2
"""The size of a strip in points: 85 mm, and the height of its marks, of its line and of the pointer at the median."""
MARK_PT, LINE_PT, OWN_PT = 0.6, 0.8, 2.8
# A mark at an end stays inside the strip.
FIRST, LAST = OWN_PT / 2, WIDTH - OWN_PT / 2


@dataclass(frozen=True)
class ShownStrip:
    """A strip as a page shows it: its name, the words about one electorate, if any, and the words about all of them.

    `at` and `middle` are the places of the electorate and of the median, as percentages of the strip's width.
    `leading` are the ten highest, and `missing` counts the electorates without a mark.
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
    leading: tuple[tuple[str, str], ...]
    missing: int
    total: int
    fact: str


@dataclass(frozen=True)
class PlacedStrip:
    """A strip of all electorates, as a page shows it: the address of its image, and the strip."""

    src: str
    shown: ShownStrip


def of(
    group: ElectorateSet,
    wanted: Iterable[LocalStrip],
    electorate: Electorate | None,
    colours: tuple[str, str],
    locale: Locale,
) -> tuple[ShownStrip, ...]:
    """Return the first strips with a mark for an electorate; without an electorate, the first strips of the nation."""
    found = (_strip(group, each, electorate, colours, locale) for each in wanted)
    return tuple(strip for strip in found if strip)[:MOST]


def _strip(
    group: ElectorateSet, wanted: LocalStrip, electorate: Electorate | None, colours: tuple[str, str], locale: Locale
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
        svg=_svg(values, middle, *colours),
        at=_percent(_place(values_in_words.exact(own), values)) if own else 0.0,
        middle=_percent(_place(middle, values)),
        written=own.written if own else "",
        rank=rank,
        median=median,
        lowest=lowest,
        highest=highest,
        leading=tuple((row.label, row.written) for row in marks[: -TEN - 1 : -1]),
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


def _place(value: float, values: Sequence[float]) -> float:
    """Return the place of a value along a strip, in points."""
    spread = values[-1] - values[0]
    return (FIRST + LAST) / 2 if not spread else FIRST + (LAST - FIRST) * (value - values[0]) / spread


def _percent(place: float) -> float:
    return round(100 * place / WIDTH, 2)


# All electorates share a strip's marks.
@lru_cache(maxsize=64)
def _svg(values: tuple[float, ...], middle: float, mark: str, line: str) -> bytes:
    """Return a strip as SVG: one path with all its marks, its line, and a pointer at the median."""
    at = round(_place(middle, values), 1)
    pointer = f"M{at:g} {BASE + 1:g}l{POINTER:g} 5h{-2 * POINTER:g}z"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" height="{HEIGHT:g}">'
        f'<path d="{_marks(values)}" fill="none" stroke="{mark}" stroke-width="{MARK_PT}"/>'
        f'<path d="M0 {BASE:g}H{WIDTH:g}" fill="none" stroke="{line}" stroke-width="{LINE_PT}"/>'
        f'<path d="{pointer}" fill="{line}"/></svg>'
    ).encode()


def _marks(values: Sequence[float]) -> str:
    """Return a path with a mark for each value, where the number before rounding puts it; close ones overlap."""
    foot = BASE - LINE_PT / 2
    return "".join(f"M{_place(value, values):.5g} {foot:g}v{-TALL:g}" for value in values)
