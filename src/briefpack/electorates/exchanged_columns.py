"""Warn of a heading over another column's numbers: in nearly every row, a share isn't that of its part and its whole.

The column that fits instead is the proof. Without one, shares both above and below those worked out show rows or columns
out of their place; shares of other people, such as of those who answered, are all on one side.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from briefpack.electorates import contradictions, tables
from briefpack.electorates.model import FactSpec
from briefpack.electorates.tables import Files
from briefpack.problem import Problem
from briefpack.tables import Row, Table

FEWEST_ROWS = 5
NEARLY_ALL = 0.8
"""The part of the rows that a mistake of a column spoils, and that the right column explains."""
EACH_SIDE = 0.2
"""The part of the rows that must be well above, and well below, for rows to be out of their place."""
FAR = Decimal("0.1")
"""How far a share is from the one worked out, as a part of that, if it can't be one of some other people."""
WHOLE = 100


@dataclass(frozen=True)
class _Columns:
    """The columns of a share, its part and its whole in one table, and the rows with a number in each."""

    table: Table
    rows: tuple[Row, ...]
    share: str
    part: str
    whole: str


def check(files: Files) -> Iterator[Problem]:
    """Yield a warning for each share that its part and its whole contradict in nearly every row."""
    specs = {name: spec for name, spec in files.spec.facts.items() if spec.key == "slug" and spec.kind == "number"}
    told: set[str] = set()
    for names in contradictions.shares(specs):
        found = _columns(files, specs, names)
        for problem in _contradicted(found) if found and not {found.share, found.part} & told else ():
            told |= {found.share, found.part} if found else set()
            yield problem


def _columns(files: Files, specs: Mapping[str, FactSpec], names: tuple[str, str, str]) -> _Columns | None:
    share, part, whole = (specs[name].column for name in names)
    spec = specs[names[0]]
    table = files.table(spec.file) if spec.file in files.spec.files else None
    if table is None or not {share, part, whole} <= {*table.columns}:
        return None
    rows = (row for row in table.rows if row.has(spec.where))
    full = tuple(row for row in rows if all(_number(row[each]) for each in (share, part, whole)))
    return _Columns(table, full, share, part, whole) if len(full) >= FEWEST_ROWS else None


def _number(cell: str) -> Decimal:
    """Return the number in a cell; 0 if there is none."""
    return Decimal(cell) if tables.NUMBER.fullmatch(cell) else Decimal(0)


def _contradicted(found: _Columns) -> Iterator[Problem]:
    wrong = [row for row in found.rows if not _fits(row, found.share, found.part, found.whole)]
    if len(wrong) < NEARLY_ALL * len(found.rows):
        return
    where = f"in {len(wrong)} of {len(found.rows)} rows, {found.share} isn't the share of {found.part} in {found.whole}"
    if other := _right(found):
        column, right = other
        message, hint = (
            f"{where}, but {right} fits: is the heading {column} over another column?",
            f"exchange the headings {column} and {right}",
        )
        yield Problem(found.table.shown, found.table.line, message, hint, warning=True)
    elif _on_both_sides(found):
        first = wrong[0]
        worked = WHOLE * _number(first[found.part]) / _number(first[found.whole])
        message = f"{where}, such as {first[found.share]} for {worked:.1f} on line {first.line}"
        yield Problem(
            found.table.shown, found.table.line, message, "check that no column or row has moved", warning=True
        )


def _fits(row: Row, share: str, part: str, whole: str) -> bool:
    """Return whether a share is that of a part, but for its rounding."""
    said, of = row[share], _number(row[whole])
    exponent = Decimal(said).as_tuple().exponent if _number(said) else 0
    most = max(2 * Decimal(1).scaleb(int(exponent)), _number(said) / WHOLE)
    return bool(of) and abs(WHOLE * _number(row[part]) / of - _number(said)) <= most


def _right(found: _Columns) -> tuple[str, str] | None:
    """Return the column that has another's numbers, and the one column whose numbers fit instead of them."""
    for column in (found.part, found.share, found.whole):
        for other in found.table.columns:
            named = [other if each == column else each for each in (found.share, found.part, found.whole)]
            fitting = sum(_fits(row, *named) for row in found.rows) if len({*named}) == len(named) else 0
            if fitting >= NEARLY_ALL * len(found.rows):
                return column, other
    return None


def _on_both_sides(found: _Columns) -> bool:
    apart = [
        _number(row[found.share]) * _number(row[found.whole]) / (WHOLE * _number(row[found.part])) for row in found.rows
    ]
    least = EACH_SIDE * len(found.rows)
    return sum(each > 1 + FAR for each in apart) >= least and sum(each < 1 - FAR for each in apart) >= least
