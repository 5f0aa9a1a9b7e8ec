"""Warn of a cell whose digits are exchanged, if its column adds up to a figure of the brief with the digits as they should be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from briefpack.brief.blocks import Table
from briefpack.brief.model import Brief, Figure
from briefpack.brief.review import stems
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text.yaml_lines import Loc, Tree

CELL = re.compile(r"\{([a-z0-9-]+)\}")
FEWEST = 3
"""The fewest rows of a column that has a total."""
ALIKE = 2
"""How many words the heading of a column and the meaning of its total have in common."""

Cells = Sequence[tuple[Loc, str]]
"""The cells of a column that print one figure each, with its id."""


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each such cell of a table."""
    for loc, table in ((loc, part) for loc, part in walk(brief) if isinstance(part, Table)):
        for place, heading in enumerate(table.columns):
            yield from _judged(heading, [*_cells(loc, table, place, brief.figures)], brief.figures, tree)


def _judged(heading: str, cells: Cells, figures: Mapping[str, Figure], tree: Tree) -> Iterator[Problem]:
    values = [figures[name].value for _, name in cells]
    for total, figure in _totals(heading, cells, figures):
        found = [*_exchanged(values, figure.value)]
        if len(found) == 1 and sum(values) != figure.value:
            at, right = found[0]
            message = f"{values[at]:,f} makes the column {sum(values):,f}, but {total} is {figure.value:,f}"
            yield tree.problem(cells[at][0], message, f"is {right:,f} meant?", warning=True)


def _cells(loc: Loc, table: Table, place: int, figures: Mapping[str, Figure]) -> Iterator[tuple[Loc, str]]:
    """Yield the cells of a column that print a figure; none if others don't."""
    found = [CELL.fullmatch(row[place]) for row in table.rows if place < len(row)]
    names = [each[1] for each in found if each and each[1] in figures]
    if len(names) == len(table.rows) >= FEWEST and len({figures[name].unit for name in names}) == 1:
        yield from (((*loc, "rows", row, place), name) for row, name in enumerate(names))


def _totals(heading: str, cells: Cells, figures: Mapping[str, Figure]) -> Iterator[tuple[str, Figure]]:
    """Yield the figures that may be the total of a column: in its unit, and with words of its heading in their meaning."""
    own = {name for _, name in cells}
    for name, figure in figures.items() if cells else ():
        alike = stems.of(heading) & stems.of(figure.means)
        if name not in own and figure.unit == figures[cells[0][1]].unit and len(alike) >= ALIKE:
            yield name, figure


def _exchanged(values: Sequence[Decimal], total: Decimal) -> Iterator[tuple[int, Decimal]]:
    """Yield each place, with its value, where exchanging two digits beside each other gives a total."""
    rest = sum(values)
    for at, value in enumerate(values):
        digits = str(value)
        for one in range(len(digits) - 1):
            other = (
                Decimal(digits[:one] + digits[one + 1] + digits[one] + digits[one + 2 :]) if digits.isdigit() else value
            )
            if other != value and rest - value + other == total:
                yield at, other
