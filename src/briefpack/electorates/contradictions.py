"""Warn of facts that can't all be true, or that were copied: a part over its whole, a digit too many, a row twice.

The set's own definitions say which fact is a part or a share of another: a mean is a share of the column in `weight:`,
and its part has the same name without `-share`, or the same column without `_pct`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from briefpack.electorates.electorate import Fact
from briefpack.electorates.model import FactSpec
from briefpack.electorates.tables import Files
from briefpack.problem import Problem
from briefpack.text.tables import Row, Table

SHARE = re.compile(r"[-_](?:share|pct|percent|percentage)$")
PERCENTAGES, WHOLE = ("%", "percentage points"), 100
TOO_LARGE = 5
"""How many times the largest of the others a number must be to have a digit too many: counts vary up to three times."""
ENOUGH_OTHERS = 9
"""The fewest other electorates that can show how large a number may be."""
ENOUGH_FOR_SHARES = 3
"""The fewest electorates that show that a share is of these people or homes, and not of the people who answered."""
FEWEST_NUMBERS, FEWEST_DIGITS = 4, 20
"""The fewest different numbers of a row, and the fewest digits in them, that no two electorates share by chance."""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
WORD = re.compile(r"[a-z]{3,}")

Specs = Mapping[str, FactSpec]
Values = Mapping[str, Decimal]
"""A fact's value by slug."""


@dataclass(frozen=True)
class _Finding:
    """A mistake in one or more facts of an electorate; a message names the first of the facts."""

    slug: str
    facts: tuple[str, ...]
    message: str
    hint: str


def check(files: Files, found: Mapping[str, Mapping[str, Fact]]) -> Iterator[Problem]:
    """Yield a warning at the row of each fact that contradicts others; a fact that explains the others comes alone."""
    specs = {name: spec for name, spec in files.spec.numbers.items() if spec.key == "slug"}
    values = {name: _values(name, found) for name in specs}
    yield from _wrong_columns(files, specs, values)
    yield from _twice(files, files.spec.numbers)
    for file in dict.fromkeys(spec.file for spec in specs.values()):
        yield from _copied_rows(files.table(file))
    yield from _emptied(files, specs)
    told: set[tuple[str, str]] = set()
    for each in _findings(specs, values):
        if not told & {(each.slug, fact) for fact in each.facts}:
            yield _problem(files, specs[each.facts[0]], each)
            told |= {(each.slug, fact) for fact in each.facts}


def _wrong_columns(files: Files, specs: Specs, values: Mapping[str, Values]) -> Iterator[Problem]:
    """Yield a warning for each share whose column has no shares, and for each count whose column has shares."""
    for name, spec in specs.items():
        found, message = values[name].values(), ""
        table = files.table(spec.file)
        columns = table.columns if table else ()
        if spec.unit == "%" and len(found) >= ENOUGH_FOR_SHARES and min(found) > WHOLE:
            message = f'every number in the column "{spec.column}" is over 100, but the unit is %'
            near = [each for each in columns if SHARE.search(each) and SHARE.sub("", each) == spec.column]
        elif spec.unit not in PERCENTAGES and re.search(r"_(?:pct|percent|percentage)$", spec.column):
            message = f'the column "{spec.column}" has percentages, but the unit is {spec.unit}'
            near = [each for each in columns if each == SHARE.sub("", spec.column)]
        if message:
            hint = near[0] if near else "name another column, or correct unit:"
            yield files.tree.problem(("facts", name, "column"), message, hint, words=spec.column, warning=True)


def _twice(files: Files, specs: Specs) -> Iterator[Problem]:
    """Yield a warning for each fact that has the column of another, or its label."""
    columns: dict[object, str] = {}
    labels: dict[object, str] = {}
    for name, spec in specs.items():
        cell = (spec.file, spec.column, spec.key, spec.unit, spec.decimals, *sorted(spec.where.items()))
        other = columns.setdefault(cell, name)
        if other != name:
            # The one that says less of what its column says is the copy; otherwise it is the later.
            copy, kept = sorted(
                (name, other), key=lambda each: (_alike_words(each, specs[each], spec.column), each == other)
            )
            hint = "name another column, or delete one of the two"
            message = f"{kept} has the column {spec.column} too"
            yield files.tree.problem(("facts", copy, "column"), message, hint, words=spec.column, warning=True)
        other = labels.setdefault((spec.label, spec.unit, spec.as_at), name)
        if other != name and spec.column != specs[other].column:
            message = f'"{spec.label}" is also the label of {other}, which has another column'
            yield files.tree.problem(("facts", name, "label"), message, f"say what {spec.column} counts", warning=True)


def _alike_words(name: str, spec: FactSpec, column: str) -> int:
    """Return how many words of a column a fact's id and label have."""
    return len({*WORD.findall(column.lower())} & {*WORD.findall(f"{name} {spec.label}".lower())})


def _copied_rows(table: Table | None) -> Iterator[Problem]:
    first: dict[tuple[str, ...], Row] = {}
    for row in table.rows if table and "slug" in table.columns else ():
        cells = tuple(row[column] for column in table.columns if column != "slug") if table else ()
        numbers = {cell for cell in cells if NUMBER.fullmatch(cell)}
        many = len(numbers) >= FEWEST_NUMBERS and sum(map(len, numbers)) >= FEWEST_DIGITS
        other = first.setdefault(cells, row) if many else row
        if table and other["slug"] != row["slug"]:
            message = f"{row['slug']} has the same numbers as {other['slug']}, line {other.line}"
            yield Problem(table.shown, row.line, message, "check which of the two rows was copied", warning=True)


def _emptied(files: Files, specs: Specs) -> Iterator[Problem]:
    """Yield a warning for each empty cell of a column that is filled in all other rows but one at most."""
    for spec in specs.values():
        table = files.table(spec.file) if not spec.where else None
        rows = table.rows if table and spec.column in table.columns else ()
        empty = [row for row in rows if not row[spec.column]]
        if table and len(rows) > ENOUGH_OTHERS and len(empty) in (1, 2) and spec.covers == "all":
            for row in empty:
                message = f"{row['slug']}: {spec.column} is empty, and filled in {len(rows) - len(empty)} other rows"
                yield Problem(table.shown, row.line, message, "fill it in from the source", warning=True)


def _findings(specs: Specs, values: Mapping[str, Values]) -> Iterator[_Finding]:
    """Yield the mistakes in the facts of a set, the most certain kind first."""
    for name, spec in specs.items():
        yield from _too_large(name, spec, values[name])
        yield from _negative(name, spec, values[name])
    stated = [*_shares(specs)]
    for part, whole in dict.fromkeys((part, whole) for _, part, whole in stated):
        yield from _over_whole(specs, part, whole, values)
    for share, part, whole in stated:
        yield from _no_share(specs, (share, part, whole), values)


def _values(name: str, found: Mapping[str, Mapping[str, Fact]]) -> Values:
    """Return the values of a fact that aren't estimates."""
    return {slug: facts[name].value for slug, facts in found.items() if name in facts and not facts[name].estimate}


def _shares(specs: Specs) -> Iterator[tuple[str, str, str]]:
    """Yield each percentage with its part and its whole, if the set defines both as facts."""
    for name, spec in specs.items():
        if spec.unit == "%" and spec.weight:
            whole = _of_column(specs, spec, spec.weight)
            part = _part(specs, name, spec)
            if part and whole and part != whole and specs[part].unit == specs[whole].unit:
                yield name, part, whole


def _part(specs: Specs, name: str, spec: FactSpec) -> str | None:
    bare = SHARE.sub("", name)
    if bare != name and bare in specs and _alike(specs[bare], spec):
        return bare
    column = SHARE.sub("", spec.column)
    return _of_column(specs, spec, column) if column != spec.column else None


def _of_column(specs: Specs, like: FactSpec, column: str) -> str | None:
    return next((name for name, spec in specs.items() if _alike(spec, like) and spec.column == column), None)


def _alike(one: FactSpec, other: FactSpec) -> bool:
    return (one.file, one.where) == (other.file, other.where)


def _few(wrong: int, rows: int) -> bool:
    """Return whether so few rows are wrong that the other rows can be trusted."""
    return rows >= ENOUGH_FOR_SHARES and wrong <= max(1, rows // 10)


def _too_large(name: str, spec: FactSpec, values: Values) -> Iterator[_Finding]:
    if len(values) <= ENOUGH_OTHERS:
        return
    slug = max(values, key=values.__getitem__)
    others = max(value for other, value in values.items() if other != slug)
    if values[slug] > TOO_LARGE * others > 0:
        times = round(values[slug] / others)
        message = f"{spec.column}: {values[slug]:f} is {times} times the largest of the others, {others:f}"
        yield _Finding(slug, (name,), message, "check it against the source: it may have a digit too many")


def _negative(name: str, spec: FactSpec, values: Values) -> Iterator[_Finding]:
    below = [slug for slug, value in values.items() if value < 0]
    if len(below) == 1 and len(values) > ENOUGH_OTHERS:
        message = f"{spec.column}: {values[below[0]]:f} is below zero, and no other is"
        yield _Finding(below[0], (name,), message, "delete the minus")


def _over_whole(specs: Specs, part: str, whole: str, values: Mapping[str, Values]) -> Iterator[_Finding]:
    parts, wholes = values[part], values[whole]
    both = [slug for slug in parts if slug in wholes]
    over = [slug for slug in both if parts[slug] > wholes[slug]]
    for slug in over if _few(len(over), len(both)) else ():
        message = f"{specs[part].column} ({parts[slug]:f}) is more than {specs[whole].column} ({wholes[slug]:f})"
        yield _Finding(slug, (part, whole), message, "check both against the source: a part can't exceed its whole")


def _no_share(specs: Specs, names: tuple[str, str, str], values: Mapping[str, Values]) -> Iterator[_Finding]:
    share, part, whole = names
    shares, parts, wholes = (values[name] for name in names)
    both = [slug for slug in shares if slug in parts and parts[slug] <= wholes.get(slug, 0) != 0]
    real = {slug: 100 * parts[slug] / wholes[slug] for slug in both}
    most = _rounding(shares.values()) if real else Decimal(0)
    wrong = [slug for slug in real if abs(real[slug] - shares[slug]) > most]
    for slug in wrong if _few(len(wrong), len(real)) else ():
        worked = f"{specs[part].column} ({parts[slug]:f}) of {specs[whole].column} ({wholes[slug]:f})"
        message = f"{specs[share].column}: {shares[slug]:f} isn't the share of {worked}, {real[slug]:.1f}%"
        yield _Finding(slug, names, message, "check all three against the source")


def _rounding(shares: Iterable[Decimal]) -> Decimal:
    """Return the most by which a share may differ: two units in the last decimal place of the most exact share."""
    return 2 * Decimal(1).scaleb(min(int(share.as_tuple().exponent) for share in shares))


def _problem(files: Files, spec: FactSpec, finding: _Finding) -> Problem:
    table = files.table(spec.file)
    rows = table.rows if table else ()
    line = next((row.line for row in rows if row["slug"] == finding.slug and row.has(spec.where)), None)
    shown = table.shown if table else files.shown
    return Problem(shown, line, f"{finding.slug}: {finding.message}", finding.hint, warning=True)
