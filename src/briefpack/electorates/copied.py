"""Warn of numbers that were copied and not changed: a fact with another's column, a row with another's numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from briefpack.electorates.model import FactSpec
from briefpack.electorates.tables import Files
from briefpack.problem import Problem
from briefpack.tables import Row, Table

WORD = re.compile(r"[a-z]{3,}")
FEWEST_NUMBERS, FEWEST_DIGITS = 4, 20
"""The fewest different numbers of a row, and the fewest digits in them, that no two electorates share by chance."""


def check(files: Files) -> Iterator[Problem]:
    """Yield a warning for each fact that has the column of another, and for each row that has the numbers of another."""
    specs = {name: spec for name, spec in files.spec.facts.items() if spec.kind == "number"}
    yield from _columns(files, specs)
    yield from _exchanged(files, specs)
    yield from _dates(files, specs)
    yield from _labels(files, specs)
    for file in dict.fromkeys(spec.file for spec in specs.values() if spec.key == "slug"):
        table = files.table(file) if file in files.spec.files else None
        if table and "slug" in table.columns:
            yield from _rows(table, table.rows)


def _columns(files: Files, specs: Mapping[str, FactSpec]) -> Iterator[Problem]:
    first: dict[object, str] = {}
    for name, spec in specs.items():
        cell = (spec.file, spec.column, spec.key, spec.unit, spec.decimals, *sorted(spec.where.items()))
        other = first.setdefault(cell, name)
        if other != name:
            # The one that says less of what its column says is the copy; otherwise it is the later.
            copy, kept = sorted((name, other), key=lambda each: (_alike(each, specs[each], spec.column), each == other))
            message = f"{kept} has the column {spec.column} too"
            hint = _unused(files, specs, copy) or "name another column, or delete one of the two"
            yield files.tree.problem(("facts", copy, "column"), message, hint, words=spec.column, warning=True)


def _exchanged(files: Files, specs: Mapping[str, FactSpec]) -> Iterator[Problem]:
    """Yield a warning for each two facts of which each has the column that the other's words name."""
    for (one, first), (other, second) in combinations(specs.items(), 2):
        if first.file == second.file and first.unit == second.unit and first.column != second.column:
            gained = [
                _alike(name, spec, theirs) - _alike(name, spec, spec.column)
                for name, spec, theirs in ((one, first, second.column), (other, second, first.column))
            ]
            if min(gained) > 0:
                message = f"{first.column} is what {other} says, and {second.column} what {one} says"
                hint = f"{second.column} here, and {first.column} in {other}"
                yield files.tree.problem(("facts", one, "column"), message, hint, words=first.column, warning=True)


def _dates(files: Files, specs: Mapping[str, FactSpec]) -> Iterator[Problem]:
    """Yield a warning for the one fact of a file and a source that is dated otherwise than all the others."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name, spec in specs.items():
        groups.setdefault((spec.file, spec.source), []).append(name)
    for names in groups.values():
        dates = Counter(specs[name].as_at for name in names)
        [(usual, count), *others] = dates.most_common()
        if count >= FEWEST_DATES and len(others) == 1 and others[0][1] == 1:
            name = next(name for name in names if specs[name].as_at != usual)
            message = f'"{specs[name].as_at}", but the other {count} facts from this source are as at {usual}'
            yield files.tree.problem(("facts", name, "as_at"), message, f"{usual}, unless it is newer", warning=True)


def _labels(files: Files, specs: Mapping[str, FactSpec]) -> Iterator[Problem]:
    first: dict[tuple[str, str, str], str] = {}
    for name, spec in specs.items():
        other = first.setdefault((spec.label, spec.unit, spec.as_at), name)
        if other != name and spec.column != specs[other].column:
            message = f'"{spec.label}" is also the label of {other}, which has another column'
            hint = f"say what {spec.column} counts"
            yield files.tree.problem(("facts", name, "label"), message, hint, warning=True)


def _alike(name: str, spec: FactSpec, column: str) -> int:
    """Return how many words of a column a fact's id and label have."""
    return len({*WORD.findall(column.lower())} & {*WORD.findall(f"{name} {spec.label}".lower())})


def _unused(files: Files, specs: Mapping[str, FactSpec], name: str) -> str:
    """Return the column of a fact's file that is most like the fact, of those that no other fact has; or nothing."""
    table, spec = files.table(specs[name].file), specs[name]
    taken = {each.column for each in specs.values() if each.file == spec.file}
    free = [column for column in (table.columns if table else ()) if column not in taken]
    best = max(free, key=lambda column: _alike(name, spec, column), default="")
    return best if best and _alike(name, spec, best) else ""


def _rows(table: Table, rows: Iterable[Row]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], Row] = {}
    columns = [column for column in table.columns if column != "slug"]
    for row in rows:
        cells = tuple(row[column] for column in columns)
        numbers = {cell for cell in cells if NUMBER.fullmatch(cell)}
        many = len(numbers) >= FEWEST_NUMBERS and sum(map(len, numbers)) >= FEWEST_DIGITS
        other = first.setdefault(cells, row) if many else row
        if other is not row and other["slug"] != row["slug"]:
            message = f"{row['slug']} has the same numbers as {other['slug']}, line {other.line}"
            yield Problem(table.shown, row.line, message, "check which of the two rows was copied", warning=True)


FEWEST_DATES = 4
"""The fewest facts with one date that show that another is a slip."""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
