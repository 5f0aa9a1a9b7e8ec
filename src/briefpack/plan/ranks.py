"""Write in words where a value ranks among others, and the median of them."""

import statistics
from collections.abc import Sequence
from decimal import Decimal

from briefpack.plan.model import ChartRow
from briefpack.text import numbers
from briefpack.text.locale import Locale


def rank(row: ChartRow, rows: Sequence[ChartRow], locale: Locale) -> str:
    """Return the rank of a row in words, counted from the nearer end: 34th lowest of 150; equal if another has its value."""
    values = [each.value for each in rows if each.value is not None and row.value is not None]
    below, above = (sum(sign * (value - (row.value or 0)) > 0 for value in values) for sign in (-1, 1))
    place, end = (below, "lowest") if below < above else (above, "highest")
    name, ordinal = (f"rank-from-{end}" if place else f"rank-{end}"), numbers.ordinal_in_digits(place + 1, locale)
    words = locale.label(name, ordinal=ordinal, total=str(len(values)))
    return locale.label("rank-equal", rank=words) if len(values) - below - above > 1 else words


def median(rows: Sequence[ChartRow], locale: Locale) -> str:
    """Return the median of rows with values: as the row that has it is written, or with as many decimals as they have."""
    values = [row.value for row in rows if row.value is not None]
    middle = statistics.median(values)
    places = max(len(f"{value:.10g}".partition(".")[2]) for value in values)
    exact = Decimal(f"{round(middle, places):.10g}")
    written = (row.written for row in rows if row.value == middle)
    return locale.label("median", value=next(written, "") or numbers.counted(exact, rows[0].unit, locale))
