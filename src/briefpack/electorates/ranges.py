"""Read the range of a number: that of an estimate, or the 95 % confidence interval of a survey."""

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal

from briefpack.electorates import tables
from briefpack.electorates.electorate import Moment
from briefpack.electorates.model import FactSpec
from briefpack.electorates.tables import Files
from briefpack.tables import Row, Table

ERRORS = Decimal("1.96")
"""How many standard errors a 95 % confidence interval reaches to each side."""
PERCENT = Decimal(100)
FINEST = Decimal("1e-9")
"""The step of a share that is worked out from its count."""
Range = tuple[Decimal | None, Decimal | None]


def rounded(value: Decimal, spec: FactSpec) -> Decimal:
    """Return a number with the decimal places that its fact prints."""
    return value if spec.decimals is None else value.quantize(Decimal(1).scaleb(-spec.decimals), ROUND_HALF_UP)


def exact(files: Files, table: Table, row: Row, spec: FactSpec, value: Decimal, whole: Decimal | None) -> Decimal:
    """Return a number before it was rounded: a share is worked out from its count, if the fact names one."""
    count = tables.number(files, table, row, spec.count) if spec.count else None
    return (PERCENT * count / whole).quantize(FINEST) if count is not None and whole else value


def reader(files: Files, table: Table, row: Row, spec: FactSpec) -> Callable[[Decimal], Range]:
    """Return what gives the ends of the range of a row's number, rounded or not; None for both without a range."""
    if spec.error:
        error = tables.number(files, table, row, spec.error)
        return lambda value: _of_survey(error, spec, value)
    if spec.low is None or spec.high is None:
        return lambda _: (None, None)
    low, high = (tables.number(files, table, row, column) for column in (spec.low, spec.high))
    if not spec.range_of:
        return lambda value: _of_estimate(low, high, value, value)
    whole = tables.number(files, table, row, spec.range_of)
    return lambda value: _of_estimate(low, high, whole, value)


def _of_estimate(low: Decimal | None, high: Decimal | None, whole: Decimal | None, value: Decimal) -> Range:
    if low is None or high is None or not whole:
        return None, None
    low, high = (_as_precise(value * end / whole, value) for end in (low, high))
    # A number that is rounded further than its range may lie outside it.
    return min(low, value), max(high, value)


def _of_survey(error: Decimal | None, spec: FactSpec, value: Decimal) -> Range:
    if error is None:
        return None, None
    reach = ERRORS * error / PERCENT * value
    # No survey finds fewer than nobody, or more than everybody.
    most = PERCENT if spec.unit == "%" else value + reach
    return _as_precise(max(value - reach, Decimal(0)), value), _as_precise(min(value + reach, most), value)


def _as_precise(end: Decimal, value: Decimal) -> Decimal:
    """Return the end of a range with the decimal places of its number."""
    return end.quantize(Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))), ROUND_HALF_UP)


def history(files: Files, table: Table, rows: Iterable[Row], spec: FactSpec, key: str) -> tuple[Moment, ...]:
    """Return the values of a fact over time for one electorate, state or country, in the file's order."""
    moments = []
    for row in rows:
        value = tables.number(files, table, row, spec.column)
        if row[spec.key] == key and value is not None:
            value, when = rounded(value, spec), row[spec.over or ""]
            moments.append(Moment(when, value, *reader(files, table, row, spec)(value), breaks=when == spec.break_at))
    return tuple(moments)
