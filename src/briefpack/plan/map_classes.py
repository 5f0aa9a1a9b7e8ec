"""Count the electorates in each class of a map, for readers who can't see its shades."""

import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from briefpack.plan.model import ChartRow
from briefpack.text import numbers
from briefpack.text.locale import Locale


def counted(rows: Sequence[ChartRow], limits: Sequence[float], locale: Locale) -> Iterator[tuple[str, int]]:
    """Yield the name of each class, from the highest, and how many rows are in it; `limits` are where the next begins."""
    values = [row.value for row in rows if row.value is not None]
    counts = Counter(bisect.bisect_right(limits, value) for value in values)
    places = max(map(_decimals, (*values, *limits)), default=0)
    named = list(_names(limits, rows[0].unit, places, locale))
    yield from ((name, counts[place]) for place, name in reversed([*enumerate(named)]) if counts[place])


def _names(limits: Sequence[float], unit: str, places: int, locale: Locale) -> Iterator[str]:
    """Yield the names of classes, which don't overlap, as the map's key has them: under 5%, 5.0% to 9.9%, 10% or more."""
    finest = 10.0**-places
    fewest = min(map(_decimals, limits))
    yield locale.label("class-under", value=_written(limits[0], unit, fewest, locale))
    for low, high in pairwise(limits):
        first, last = (_written(each, unit, places, locale) for each in (low, high - finest))
        yield locale.label("class-range", low=first, high=last) if first != last else first
    yield locale.label("class-over", value=_written(limits[-1], unit, fewest, locale))


def _written(value: float, unit: str, places: int, locale: Locale) -> str:
    plain = Decimal(f"{value:.10g}")
    most = max(places, -int(plain.as_tuple().exponent))
    return numbers.written(Decimal(f"{plain:.{most}f}"), unit, locale)


def _decimals(value: float) -> int:
    return len(f"{value:.10g}".partition(".")[2])
