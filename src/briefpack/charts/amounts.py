"""Write a chart's values as bare numbers in one large unit, such as millions of dollars, which a note states once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from briefpack.text import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefpack.charts.pen import Pen
    from briefpack.plan import ChartRow

MOST_PLACES = 3


def bare(rows: Sequence[ChartRow], look: Pen) -> tuple[tuple[ChartRow, ...], str]:
    """Return rows with their values as bare numbers, and the unit that they have in common; none if they have none.

    A value with a hedge can't lose its words, and neither can one that isn't in millions or up.
    """
    values = [Decimal(f"{row.value or 0:.10g}") for row in rows]
    plain = [row.written == look.written(row.value or 0, row.unit) for row in rows]
    power = _power([value for value in values if value], look)
    scaled = [value.scaleb(-power) for value in values]
    places = max((-int(each.normalize().as_tuple().exponent) for each in scaled), default=0)
    if not power or not all(plain) or places > MOST_PLACES:
        return tuple(rows), ""
    written = [numbers.full(Decimal(f"{each:.{max(places, 0)}f}"), look.locale) for each in scaled]
    return tuple(replace(row, written=words) for row, words in zip(rows, written, strict=True)), _unit(
        rows, power, look
    )


def _power(values: Sequence[Decimal], look: Pen) -> int:
    """Return the power of ten of the largest unit that every value reaches; 0 if there is none."""
    least = min(map(abs, values), default=Decimal(0))
    return next((power for power, _ in look.locale.powers if least >= 10**power), 0)


def _unit(rows: Sequence[ChartRow], power: int, look: Pen) -> str:
    """Return the words around a number in that unit: AU$ million, or millions de dollars australiens."""
    one = numbers.full(Decimal(2), look.locale)
    return " ".join(look.counted(2.0 * 10**power, rows[0].unit).replace(one, " ", 1).split())
