"""Write in words where a value ranks among others, and the median of them."""

import statistics
from collections.abc import Sequence
from decimal import Decimal

from briefpack.plan.model import ChartRow
from briefpack.text import numbers
from briefpack.text.locale import Locale


def rank(row: ChartRow, rows: Sequence[ChartRow], locale: Locale) -> str:
    """Return the rank of a row in words, counted from the nearer end: 34th lowest of 150.

    It is equal if another has its value before rounding, and an estimate if its range allows another.
    """
    own = exact(row)
    values = [exact(each) for each in rows if each.value is not None and row.value is not None]
    below, above = (sum(sign * (value - own) > 0 for value in values) for sign in (-1, 1))
    place, end = (below, "lowest") if below < above else (above, "highest")
    name, ordinal = (f"rank-from-{end}" if place else f"rank-{end}"), numbers.ordinal_in_digits(place + 1, locale)
    words = locale.label(name, ordinal=ordinal, total=str(len(values)))
    if len(values) - below - above > 1:
        words = locale.label("rank-equal", rank=words)
    return locale.label("rank-estimated", rank=words) if row.unsure else words


def exact(row: ChartRow) -> float:
    """Return the number that a row's rank goes by: its value before it was rounded."""
    return (row.value or 0.0) if row.exact is None else row.exact


def median(rows: Sequence[ChartRow], locale: Locale) -> str:
    """Return the median of rows with values: as the row that has it is written, or with as many decimals as they have."""
    values = [row.value for row in rows if row.value is not None]
    middle = statistics.median(values)
    places = max(len(f"{value:.10g}".partition(".")[2]) for value in values)
    exact = Decimal(f"{round(middle, places):.10g}")
    written = (row.written for row in rows if row.value == middle)
    return locale.label("median", value=next(written, "") or numbers.counted(exact, rows[0].unit, locale))
