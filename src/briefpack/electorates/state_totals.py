"""Warn of a state's number that the nation's, or its own rate, contradicts: a state over the nation, a sum far from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from statistics import median

from briefpack.electorates import tables
from briefpack.electorates.model import FactSpec
from briefpack.electorates.tables import Files
from briefpack.problem import Problem
from briefpack.tables import Row, Table

APART = Decimal("0.04")
"""How far the states' sum may be from the nation's number, as a part of it: surveys round each."""
FEWEST_STATES = 2
FEWEST_RATES = 3
"""The fewest rows of a state that show how many people its rates are of."""
ALIKE, FAR = Decimal("1.3"), Decimal("1.7")
"""How many times another a number of people is at most, as a population grows, and at least if something is wrong."""
NEARLY_ALL = 0.9


def check(files: Files) -> Iterator[Problem]:
    """Yield a warning at the row of each number about a state, or about the nation, that others contradict."""
    specs = [spec for spec in files.spec.facts.values() if spec.key == "state" and spec.kind == "number"]
    told: set[tuple[str, int, str]] = set()
    for each in (*_rates(files, specs), *_sums(files, specs)):
        place = (each.table.shown, each.row.line, each.column)
        if place not in told:
            yield Problem(each.table.shown, each.row.line, each.message, each.hint, warning=True)
        told |= {place, *((each.table.shown, row.line, each.column) for row in each.explained)}


@dataclass(frozen=True)
class _Finding:
    """What is wrong with a number; `explained` are the rows that would be wrong because of it."""

    table: Table
    row: Row
    column: str
    message: str
    hint: str
    explained: tuple[Row, ...] = ()


def _number(row: Row, column: str) -> Decimal | None:
    """Return a cell's number, unless it is none or not above zero."""
    cell = row[column]
    return (Decimal(cell) or None) if tables.NUMBER.fullmatch(cell) and not cell.startswith("-") else None


def _table(files: Files, spec: FactSpec) -> Table | None:
    table = files.table(spec.file) if spec.file in files.spec.files else None
    return table if table and {"state", spec.column} <= {*table.columns} else None


def _sums(files: Files, specs: Sequence[FactSpec]) -> Iterator[_Finding]:
    """Yield each state's count over the nation's, or else the nation's if the states don't add up to it."""
    for spec in specs:
        table = _table(files, spec) if spec.unit not in ("%", "percentage points") and spec.unit.isalpha() else None
        for rows in _moments(table, spec) if table else ():
            states = {row["state"]: row for row in rows if row["state"] in files.spec.states}
            whole = [row for row in rows if row["state"] not in files.spec.states]
            if table and len(whole) == 1 and len(states) >= FEWEST_STATES and len(rows) == len(states) + 1:
                yield from _of_sum(table, spec.column, states, whole[0], complete=len(states) == len(files.spec.states))


def _moments(table: Table, spec: FactSpec) -> Iterator[tuple[Row, ...]]:
    """Yield the rows of a fact and, where its rows have other dates too, those of each other date."""
    columns = [column for column in spec.where if column in table.columns]
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in table.rows:
        groups.setdefault(tuple(row[column] for column in columns), []).append(row)
    yield from map(tuple, groups.values())


def _of_sum(table: Table, column: str, states: Mapping[str, Row], whole: Row, *, complete: bool) -> Iterator[_Finding]:
    nation, numbers = _number(whole, column), {code: _number(row, column) for code, row in states.items()}
    if nation is None:
        return
    over = [(code, number) for code, number in numbers.items() if number and number > nation]
    for code, number in over:
        message = f"{code}: {column}: {number:f} is more than {whole['state']} has, {nation:f} on line {whole.line}"
        yield _Finding(table, states[code], column, message, "check both against the source", (whole,))
    total = sum((number for number in numbers.values() if number), Decimal(0))
    if complete and all(numbers.values()) and not over and abs(total - nation) > APART * nation:
        message = f"{whole['state']}: {column}: {nation:f}, and the states add up to {total:f}"
        yield _Finding(table, whole, column, message, "check this row and the states' against the source")


def _rates(files: Files, specs: Sequence[FactSpec]) -> Iterator[_Finding]:
    """Yield each count that isn't the rate beside it of as many people as the state's other rows show."""
    for count, rate in product(specs, specs):
        alike = (count.file, count.where) == (rate.file, rate.where) and rate.unit == "%" and count.unit.isalpha()
        table = _table(files, count) if alike and count.unit != "%" else None
        if table and rate.column in table.columns:
            yield from _of_rates(table, count.column, rate.column)


def _of_rates(table: Table, count: str, rate: str) -> Iterator[_Finding]:
    """Yield the few rows whose count and rate mean another population; in a column of something else, most do."""
    people = [(row, found) for row in table.rows if (found := _people(row, count, rate))]
    known: dict[str, list[Decimal]] = {}
    for row, found in people:
        known.setdefault(row["state"], []).append(found)
    usual = {state: median(found) for state, found in known.items() if len(found) >= FEWEST_RATES}
    apart = [(row, found, _times(found, usual[row["state"]])) for row, found in people if row["state"] in usual]
    alike = sum(times < ALIKE for *_, times in apart)
    for row, found, times in apart if alike >= NEARLY_ALL * len(apart) else ():
        if times > FAR:
            message = f"{row['state']}: {count}: {row[count]} is {row[rate]}% ({rate}) of {found:,.0f}"
            message += f", and its other rows are of about {usual[row['state']]:,.0f}"
            yield _Finding(table, row, count, message, "check both numbers against the source", tuple(table.rows))


def _people(row: Row, count: str, rate: str) -> Decimal | None:
    counted, shared = _number(row, count), _number(row, rate)
    return counted * 100 / shared if counted and shared else None


def _times(one: Decimal, other: Decimal) -> Decimal:
    return max(one, other) / min(one, other)
