"""Fill the value of a figure from one cell of a data file."""

from collections.abc import Container, Iterable

from briefpack.brief.data.filling import Filling
from briefpack.brief.data.keys import Cell
from briefpack.brief.data.sheets import Sheet
from briefpack.brief.data.table_rows import NUMBER
from briefpack.problem import Problem
from briefpack.tables import Row
from briefpack.text.yaml_lines import Data, Loc

MOST_NAMED = 3


def fill(filling: Filling, loc: Loc, figure: dict[str, Data]) -> None:
    """Fill the value of a figure that names a cell, and its unit, source and date if it has none of its own."""
    found = filling.open(Cell, figure, loc, "value")
    if not found:
        return
    wanted, sheet = found
    columns = filling.columns(sheet, loc, {("column",): wanted.column})
    rows = filling.sheets.rows(sheet, wanted.where, (*loc, "data"))
    if not columns or len(rows) != 1:
        _refuse_several(filling, sheet, rows, wanted.where, loc)
        return
    heading = columns["column",]
    cell = filling.cell(sheet, rows[0], heading)
    if {"source", "query"} & figure.keys():
        cell = {key: value for key, value in cell.items() if key not in {"source", "query"}}
    for key in cell.keys() - figure.keys():
        filling.origins[*loc, key] = filling.origin(sheet, rows[0], heading, key)
    del figure["data"]
    figure.update({key: value for key, value in cell.items() if key not in figure})


def _refuse_several(filling: Filling, sheet: Sheet, rows: tuple[Row, ...], named: Iterable[str], loc: Loc) -> None:
    """Add a problem if several rows fit; `named` are the columns under `where:`."""
    if len(rows) > 1 and _are_alike(rows[0], rows[1], {sheet.column(name) or name for name in named}):
        message = f"this row and line {rows[0].line} fit the same figure, and a figure has one value"
        hint = "delete one of the two rows, or name another column and its value in where:"
        place = sheet.table.place(rows[1])
        where = f"{place.name}: " if place.name else ""
        filling.sheets.problems.append(Problem(place.path, place.line, where + message, hint))
    elif len(rows) > 1:
        lines = ", ".join(str(row.line) for row in rows[:MOST_NAMED]) + (", …" if len(rows) > MOST_NAMED else "")
        message = f"{len(rows)} rows of {sheet.table.file} fit (lines {lines}), but a figure has one value"
        filling.sheets.say((*loc, "data"), message, "name another column and its value in where:")


def _are_alike(one: Row, other: Row, named: Container[str]) -> bool:
    """Return whether two rows have the same texts, and differ in their numbers if at all: one is a copy of the other."""
    different = [column for column in one.cells if one[column] != other[column]]
    return all(
        column not in named and NUMBER.fullmatch(one[column]) and NUMBER.fullmatch(other[column])
        for column in different
    )
