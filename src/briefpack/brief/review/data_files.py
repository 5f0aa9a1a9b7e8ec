"""Find mistakes in the cells, rows and columns of data files, and in how the brief names them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefpack.brief import relations, roles
from briefpack.brief.blocks import Table
from briefpack.brief.charts import Chart
from briefpack.brief.data import MISSING
from briefpack.brief.figures import REFERENCE, split
from briefpack.brief.model import Brief, Figure
from briefpack.brief.review.reading import Reading
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text import numbers
from briefpack.text.locale import Locale
from briefpack.text.tables import NO_RESULT, UNCALCULATED
from briefpack.text.yaml_lines import Loc, Place, Tree, texts


def cells(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each reference to a data file's cell by its id, and for each formula without a result.

    A new row would change what a cell's id means.
    """
    tree = reading.tree
    yield from _uncalculated(tree)
    cells = taken(tree)
    for loc, text in texts(tree.data) if cells else ():
        for name in _named(loc, text):
            if name in cells and not tree.is_filled(loc):
                message = f'"{name}" is the cell of a data file, which a new row would move'
                hint = "add a figure with data: and the column and row of the cell, and name that"
                yield tree.problem(loc, message, hint, words=name)


def _uncalculated(tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each formula of a spreadsheet that no program has calculated: it would print as text."""
    for loc, text in texts(tree.data) if tree.origins else ():
        if text == NO_RESULT and tree.is_filled(loc) and loc[0] != "figures":
            yield tree.problem(loc, "the formula has no result yet", UNCALCULATED)


def never_used(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each data file that nothing uses."""
    tree = reading.tree
    used = {origin[1] for origin in tree.origins.values() if isinstance(origin, tuple) and origin[0] == "data"}
    lists = (tree.data.get("local_data"), tree.data.get("local_lists"))
    used |= {text for part in lists for loc, text in texts(part) if loc[1:] == ("data", "from")}
    for name in tree.data.get("data") or ():
        if name not in used:
            hint = f"use it with data: {{from: {name}, …}}, or delete it"
            yield tree.problem(("data", name), "this data file is never used", hint, warning=True)


NEARLY = Decimal("0.05")
"""The share by which two values of one number differ at most, if only the row says that it is one."""


def contradicted(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each typed figure with another value than a data file's of the same unit and source."""
    brief, tree = reading.brief, reading.tree
    cells = {name: brief.figures[name] for name in sorted(taken(tree)) if name in brief.figures}
    typed = {name: each for name, each in brief.figures.items() if not tree.is_filled(("figures", name, "value"))}
    for name, figure in typed.items():
        same = [cell for cell, each in cells.items() if _is_same(each, figure)]
        if same and figure.value not in {cells[cell].value for cell in same}:
            where, given = tree.shown(("figures", same[0], "value")), cells[same[0]]
            message = f"it is {figure.value:,f} here, and {given.value:,f} in {where} ({given.means})"
            hint = "take it from the file, with data: {from: …}, or correct one of the two"
            yield tree.problem(("figures", name, "value"), message, hint, warning=True)


def _is_same(cell: Figure, figure: Figure) -> bool:
    """Return whether a figure means the number in a cell: its words have the cell's heading and row."""
    heading, _, row = cell.means.partition(", ")
    said = f"{figure.means} {figure.as_at or ''}"
    has_heading, has_row = (
        bool(words) and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", said, re.IGNORECASE) is not None
        for words in (heading, row.rpartition(", ")[2])
    )
    is_near = abs(cell.value - figure.value) <= NEARLY * abs(cell.value)
    return (cell.unit, cell.source) == (figure.unit, figure.source) and has_row and (has_heading or is_near)


def taken(tree: Tree) -> set[str]:
    """Return the ids of the figures that are cells of data files."""
    return {str(loc[1]) for loc in tree.origins if len(loc) == 2 and loc[0] == "figures"}


def _named(loc: Loc, text: str) -> Iterator[str]:
    yield from (split(found)[0] for found in REFERENCE.findall(text))
    if roles.part_named(loc) == "figures":
        yield text
    if loc[-1] == "holds":
        yield from relations.terms(text)


FEWEST_ADDED = 3
"""The fewest rows whose sum can't be chance, if no word calls it a sum."""
FEWEST_MEANS = 2
"""The fewest columns whose means are no chance."""
MOST_SHOWN = 5
"""The most numbers that are written out as a sum."""
CELL = re.compile(r"\{([a-z0-9-]+)\}")


@dataclass(frozen=True)
class _Row:
    """A row of a data file: its location in the brief, its label, and its numbers by their column or series."""

    loc: Loc
    label: str
    numbers: Mapping[str, Decimal]
    empty: bool = False


def summary_rows(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each row that sums up the others, or is a note."""
    brief, tree = reading.brief, reading.tree
    told: set[object] = set()
    for rows in (*_of_charts(brief, tree), *_of_tables(brief, tree)):
        for number, row in enumerate(rows):
            said = _is_summary(row, rows[:number], last=number == len(rows) - 1, locale=reading.locale)
            place = tree.origins.get(row.loc)
            if said and place not in told:
                told.add(place)
                hint = "leave it out with where:, or delete it from the file; to keep it, list summary-row under accept:, with a reason"
                yield tree.problem(row.loc, f'"{row.label}" {said}', hint, warning=True)


def _of_charts(brief: Brief, tree: Tree) -> Iterator[list[_Row]]:
    for name, chart in brief.charts.items():
        if tree.is_filled(("charts", name, "rows", 0)):
            yield [*_rows_of_chart(name, chart, brief, tree)]


def _rows_of_chart(name: str, chart: Chart, brief: Brief, tree: Tree) -> Iterator[_Row]:
    """Yield the rows of the file; each of a chart's series has a row of its own in the brief."""
    found: dict[object, list[int]] = {}
    for index in range(len(chart.rows)):
        found.setdefault(tree.origins.get(("charts", name, "rows", index), index), []).append(index)
    for indices in found.values():
        rows = [chart.rows[index] for index in indices]
        numbers = {row.series or "": brief.figures[row.figure].value for row in rows if row.figure in brief.figures}
        yield _Row(("charts", name, "rows", indices[0]), rows[0].label, numbers)


def _of_tables(brief: Brief, tree: Tree) -> Iterator[list[_Row]]:
    for loc, part in walk(brief):
        if isinstance(part, Table) and isinstance(tree.origins.get((*loc, "rows", 0)), Place):
            yield [_row_of_table((*loc, "rows", index), part, index, brief) for index in range(len(part.rows))]


def _row_of_table(loc: Loc, table: Table, index: int, brief: Brief) -> _Row:
    label, *cells = table.rows[index]
    named = ((column, CELL.fullmatch(cell)) for column, cell in zip(table.columns[1:], cells, strict=False))
    found = {column: brief.figures.get(each[1]) for column, each in named if each}
    numbers = {column: figure.value for column, figure in found.items() if figure}
    return _Row(loc, label, numbers, {*cells} == {MISSING})


def _is_summary(row: _Row, above: Sequence[_Row], *, last: bool, locale: Locale) -> str:
    """Return the reason why a row isn't data, such as a sum of the rows above it; an empty text if it may be data."""
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
    """Return the sum that a row has of the rows above, written out; empty unless each column has a sum or a mean."""
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
    """Return whether a number is the mean of others, to its last decimal, and these aren't all equal."""
    if not parts or len({*parts}) == 1:
        return False
    mean = sum(parts, Decimal(0)) / len(parts)
    return abs(mean - value) * 2 <= Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))


SHARE = re.compile(r"\(\s*%\s*\)|(?<![\w.])%\s*$")
MONEY = re.compile(r"\(\s*(?:[A-Z]{1,3}[$£]|[$£€])\s*\)|(?<!\S)[$£€]\s*$")
THOUSANDS = re.compile(r"(?<!\d)['’]?000s?\b(?!\s*\d)|(?<=[$£€])k\b", re.IGNORECASE)
SHARES = {"%", "percentage points"}


def headings(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for the first number of each column whose heading contradicts the unit."""
    tree = reading.tree
    told: set[str] = set()
    held = taken(tree)
    for name, figure in reading.brief.figures.items():
        heading = _heading(name, figure, tree, taken=name in held)
        fault = _fault(heading, figure, reading.locale) if heading and heading not in told else None
        if fault:
            told.add(heading)
            yield tree.problem(("figures", name, "value"), *fault, warning=True)


def _heading(name: str, figure: Figure, tree: Tree, *, taken: bool) -> str:
    """Return the heading of the column that a figure comes from, as far as it is known."""
    place = tree.origins.get(("figures", name, "value"))
    if not isinstance(place, Place):
        return ""
    return figure.means.partition(", ")[0] if taken else place.name


def _fault(heading: str, figure: Figure, locale: Locale) -> tuple[str, str] | None:
    """Return the message and the hint for a heading that contradicts the unit of its numbers."""
    money = numbers.is_currency(figure.unit)
    if SHARE.search(heading) and figure.unit not in SHARES:
        return f'the heading "{heading}" says %, but the unit of its numbers is {figure.unit}', "correct unit:"
    if MONEY.search(heading) and not money:
        return f'the heading "{heading}" says money, but the unit of its numbers is {figure.unit}', "correct unit:"
    scale = _scale(heading, money=money, locale=locale)
    if scale:
        hint = f"write the numbers out in the file ({figure.value:,f} as {figure.value * 10**scale:,f}), and the heading without it"
        return f'the heading "{heading}" is in {10**scale:,}s, and a number prints as it is: {figure.value:,f}', hint
    return None


def _scale(heading: str, *, money: bool, locale: Locale) -> int:
    """Return the power of ten by which a heading says that its numbers must be multiplied; 0 for none."""
    if THOUSANDS.search(heading):
        return 3
    for power, word in locale.powers:
        short = rf"|[$£€]\s*{word[0]}n?\b|\(\s*{word[0]}n?\s*\)" if money else ""
        named = rf"\b{re.escape(locale.labels.get(word, word))}s?\b"
        if re.search(named + short, heading, re.IGNORECASE):
            return power
    return 0


def repeated_rows(reading: Reading) -> Iterator[Problem]:
    """Yield a warning at each row of a data file with the label of an earlier one, in the same series and group."""
    tree = reading.tree
    told: set[Place] = set()
    for name, chart in reading.brief.charts.items():
        first: dict[tuple[str | None, ...], Loc] = {}
        for index, row in enumerate(chart.rows):
            loc: Loc = ("charts", name, "rows", index)
            place = tree.origins.get(loc)
            earlier = first.setdefault((row.label, row.series, row.group, row.when), loc)
            if isinstance(place, Place) and place not in told and place != tree.origins.get(earlier):
                told.add(place)
                message = f'"{row.label}" is here twice, first on {tree.shown(earlier)}'
                yield tree.problem(loc, message, "delete one of the two rows, or correct its label", warning=True)


def shared_cells(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each figure whose cell an earlier figure has in the same unit."""
    tree = reading.tree
    first: dict[tuple[Place, str], str] = {}
    for name, figure in reading.brief.figures.items():
        place = tree.origins.get(("figures", name, "value"))
        # A chart's own figures have no data: of theirs.
        if isinstance(place, Place) and ("figures", name, "data") in tree.lines:
            other = first.setdefault((place, figure.unit), name)
            if other != name:
                message = f"{other} comes from the same cell, {tree.shown(('figures', name, 'value'))}"
                hint = "name another row or column, or use one figure for both"
                yield tree.problem(("figures", name, "data"), message, hint, warning=True)
