"""Warn of rows that a chart or a table takes from a data file though they are no data of their own: totals, averages, notes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefpack.brief.blocks import Table
from briefpack.brief.charts import Chart
from briefpack.brief.data.table_rows import MISSING
from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Place, Tree

FEWEST_ADDED = 3
"""The fewest rows whose sum is no chance, if no word says that it is one."""
FEWEST_MEANS = 2
"""The fewest columns whose means are no chance."""
MOST_SHOWN = 5
"""The most numbers that are written out as a sum."""
REFERENCE = re.compile(r"\{([a-z0-9-]+)\}")


@dataclass(frozen=True)
class _Row:
    """A row of a data file: its location in the brief, its label, and its numbers by their column or series."""

    loc: Loc
    label: str
    numbers: Mapping[str, Decimal]
    empty: bool = False


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each such row, unless `where:` names it."""
    told: set[object] = set()
    for loc, rows in (*_of_charts(brief, tree), *_of_tables(brief, tree)):
        for number, row in enumerate(rows):
            said = _is_summary(row, rows[:number], last=number == len(rows) - 1, locale=locale)
            place = tree.origins.get(row.loc)
            if said and place not in told and not _is_chosen(tree, loc, row.label):
                told.add(place)
                hint = "leave it out with where:, or delete it from the file; to keep it, name the rows under where:"
                yield tree.problem(row.loc, f'"{row.label}" {said}', hint, warning=True)


def _of_charts(brief: Brief, tree: Tree) -> Iterator[tuple[Loc, list[_Row]]]:
    for name, chart in brief.charts.items():
        if tree.is_filled(("charts", name, "rows", 0)):
            yield ("charts", name), [*_rows_of_chart(name, chart, brief, tree)]


def _rows_of_chart(name: str, chart: Chart, brief: Brief, tree: Tree) -> Iterator[_Row]:
    """Yield the rows of the file; each of a chart's series has a row of its own in the brief."""
    found: dict[object, list[int]] = {}
    for index in range(len(chart.rows)):
        found.setdefault(tree.origins.get(("charts", name, "rows", index), index), []).append(index)
    for indices in found.values():
        rows = [chart.rows[index] for index in indices]
        numbers = {row.series or "": brief.figures[row.figure].value for row in rows if row.figure in brief.figures}
        yield _Row(("charts", name, "rows", indices[0]), rows[0].label, numbers)


def _of_tables(brief: Brief, tree: Tree) -> Iterator[tuple[Loc, list[_Row]]]:
    for loc, part in walk(brief):
        if isinstance(part, Table) and isinstance(tree.origins.get((*loc, "rows", 0)), Place):
            yield loc, [_row_of_table((*loc, "rows", index), part, index, brief) for index in range(len(part.rows))]


def _row_of_table(loc: Loc, table: Table, index: int, brief: Brief) -> _Row:
    label, *cells = table.rows[index]
    named = ((column, REFERENCE.fullmatch(cell)) for column, cell in zip(table.columns[1:], cells, strict=False))
    found = {column: brief.figures.get(each[1]) for column, each in named if each}
    numbers = {column: figure.value for column, figure in found.items() if figure}
    return _Row(loc, label, numbers, {*cells} == {MISSING})


def _is_summary(row: _Row, above: Sequence[_Row], *, last: bool, locale: Locale) -> str:
    """Return what a row is instead of data; nothing if it may be data."""
    word = row.label.strip(" :.*").casefold() in locale.slips.totals
    if (word or last) and above:
        if added := _added(row, above, 1 if word else FEWEST_ADDED):
            return f"is the sum of the rows above it ({added})"
        if last and _are_means(row, above):
            return "has the means of the rows above it"
        if word:
            return "is a word for a total or an average, and this is shown as a row like the others"
    if last and row.empty and len(above) > 1:
        return "is a note below the table, and would print as its last row"
    return ""


def _added(row: _Row, above: Sequence[_Row], fewest: int) -> str:
    """Return a column in which the row has the sum of those above; nothing unless each column has a sum or a mean."""
    sums = ""
    for column, value in row.numbers.items():
        parts = [each.numbers[column] for each in above if column in each.numbers]
        if len(parts) < max(fewest, 2) or not (sum(parts) == value or _is_mean(value, parts)):
            return ""
        if sum(parts) == value and not sums:
            shown = " + ".join(f"{part:,f}" for part in parts[:MOST_SHOWN]) + (
                " + …" if len(parts) > MOST_SHOWN else ""
            )
            sums = f"{f'{column}: ' if column else ''}{shown} = {value:,f}"
    return sums


def _are_means(row: _Row, above: Sequence[_Row]) -> bool:
    columns = {column: [each.numbers[column] for each in above if column in each.numbers] for column in row.numbers}
    return len(columns) >= FEWEST_MEANS and all(
        len(parts) >= FEWEST_ADDED and _is_mean(row.numbers[column], parts) for column, parts in columns.items()
    )


def _is_mean(value: Decimal, parts: Sequence[Decimal]) -> bool:
    """Return whether a number is the mean of others, as far as it is written out; equal numbers have no mean of note."""
    if not parts or len({*parts}) == 1:
        return False
    mean = sum(parts, Decimal(0)) / len(parts)
    return abs(mean - value) * 2 <= Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))


def _is_chosen(tree: Tree, loc: Loc, label: str) -> bool:
    """Return whether the brief names the row under `where:`, whose lines stay known when it has been followed."""
    first, last = tree.lines.get((*loc, "data", "where"), (0, 0))
    return bool(first) and label in "\n".join(tree.text[first - 1 : last])
