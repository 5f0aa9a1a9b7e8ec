"""Warn of numbers that no other row makes likely: below zero, for another period, or shares of more than all."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from statistics import median

from briefpack.electorates.electorate import Fact
from briefpack.electorates.model import FactSpec
from briefpack.electorates.tables import NUMBER, Files
from briefpack.problem import Problem
from briefpack.tables import Row

ENOUGH = 9
"""The fewest other rows that show what is likely."""
OUTSIDE = Decimal("1.2")
"""How many times the most, or the least, of the others a number for another period is."""
WHOLE, NEARLY_WHOLE = 100, 85
"""In per cent: all of a whole, and what the shares of its parts add up to where some gave no answer."""
PERIODS = {
    "week": {"month": Decimal(52) / 12, "year": Decimal(52)},
    "month": {"week": Decimal(12) / 52, "year": Decimal(12)},
    "year": {"week": 1 / Decimal(52), "month": 1 / Decimal(12)},
}
"""How many times the number for a period another's is."""
NAMES = re.compile(
    r"(?:^|[\W_])(?:(?P<week>week(?:s|ly)?)|(?P<month>month(?:s|ly)?)|(?P<year>year(?:s|ly)?|annual(?:ly)?))(?=[\W_]|$)",
    re.IGNORECASE,
)
FAR = Decimal("1.1")
"""How many times an end of its range an estimate is, if it isn't rounding."""


def check(files: Files, found: Mapping[str, Mapping[str, Fact]]) -> Iterator[Problem]:
    """Yield a warning for each number that the other rows make unlikely."""
    specs = {name: spec for name, spec in files.spec.facts.items() if spec.key == "slug" and spec.kind == "number"}
    for name, spec in specs.items():
        values = {slug: facts[name].value for slug, facts in found.items() if name in facts}
        if len(values) > ENOUGH and (table := files.table(spec.file)):
            for slug, message, hint in (*_negative(spec, values), *_of_another_period(spec, values)):
                line = next((row.line for row in table.rows if row["slug"] == slug and row.has(spec.where)), None)
                yield Problem(table.shown, line, f"{slug}: {message}", hint, warning=True)
    yield from _over_all(files, specs, found)
    yield from _ranges(files, specs)


def _negative(spec: FactSpec, values: Mapping[str, Decimal]) -> Iterator[tuple[str, str, str]]:
    below = [slug for slug, value in values.items() if value < 0]
    if len(below) == 1:
        message = f"{spec.column}: {values[below[0]]:f} is below zero, and no other is"
        yield below[0], message, "delete the minus"


def _of_another_period(spec: FactSpec, values: Mapping[str, Decimal]) -> Iterator[tuple[str, str, str]]:
    """Yield the number outside the range of the others that is within it as the number for another period."""
    named = NAMES.search(spec.column)
    period = named.lastgroup or "" if named else ""
    ordered = sorted(values, key=values.__getitem__)
    for slug, others in ((ordered[-1], ordered[:-1]), (ordered[0], ordered[1:])) if period else ():
        low, high, value = values[others[0]], values[others[-1]], values[slug]
        # The half of all that is nearest to the median, so that no end of a long tail is taken for a slip.
        quarter = len(others) // 8
        inner = values[others[quarter]], values[others[-quarter - 1]]
        for other, times in PERIODS[period].items() if value > high * OUTSIDE or value * OUTSIDE < low else ():
            if inner[0] <= value / times <= inner[1]:
                message = f"{spec.column}: {value:f} is outside all others, {low:f} to {high:f}"
                yield slug, message, f"is it for a {other}? For a {period} it would be about {value / times:.0f}"
                break


def _over_all(
    files: Files, specs: Mapping[str, FactSpec], found: Mapping[str, Mapping[str, Fact]]
) -> Iterator[Problem]:
    """Yield a warning for the one row whose shares of one whole add up to more than all of it."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name, spec in specs.items():
        if spec.unit == "%" and spec.weight and not spec.where:
            groups.setdefault((spec.file, spec.weight), []).append(name)
    for (file, weight), names in groups.items():
        sums = {
            slug: sum((facts[name].value for name in names), Decimal(0))
            for slug, facts in found.items()
            if all(name in facts for name in names)
        }
        over = [slug for slug, total in sums.items() if total > WHOLE]
        table = files.table(file)
        if table and len(names) > 1 and len(over) == 1 and len(sums) > ENOUGH and median(sums.values()) >= NEARLY_WHOLE:
            line = next((row.line for row in table.rows if row["slug"] == over[0]), None)
            columns = ", ".join(specs[name].column for name in names)
            message = (
                f"{over[0]}: {columns} add up to {sums[over[0]]:f}% of {weight}, and to at most 100% in all other rows"
            )
            yield Problem(table.shown, line, message, "check each against the source", warning=True)


def _ranges(files: Files, specs: Mapping[str, FactSpec]) -> Iterator[Problem]:
    """Yield a warning for each range whose low end is above its high end, and each estimate far outside its range."""
    seen: set[tuple[str, str, str, str]] = set()
    for spec in specs.values():
        columns = (spec.range_of or spec.column, spec.low or "", spec.high or "")
        table = files.table(spec.file) if spec.low and spec.high and (spec.file, *columns) not in seen else None
        seen.add((spec.file, *columns))
        for row in table.rows if table else ():
            if table and (told := _range(row, columns)):
                yield Problem(table.shown, row.line, f"{row['slug']}: {told}", "correct one of the three", warning=True)


def _range(row: Row, columns: tuple[str, str, str]) -> str:
    texts = [row[column] for column in columns]
    if not all(map(NUMBER.fullmatch, texts)):
        return ""
    value, low, high = map(Decimal, texts)
    if low > high:
        return f"{columns[1]}, {low:f}, is more than {columns[2]}, {high:f}"
    if value > high * FAR + ENOUGH or low > value * FAR + ENOUGH:
        return f"{columns[0]}: {value:f} is outside its range, {low:f} to {high:f}"
    return ""
