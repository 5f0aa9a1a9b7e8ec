"""Define a table that has been read: its columns, and the rows beneath them."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefpack.problem import Problem
from briefpack.text.yaml_lines import Place

TOP = 10
"""How many rows a title may take above the names of the columns."""
SMALLER = "keep only the sheet, the rows and the columns that the brief needs"
NO_RESULT = "formula without a result"
"""The text of a formula that no program has calculated yet."""
UNCALCULATED = "open the file in Excel or LibreOffice, and save it again"
"""What to do about a formula without a result."""


class SheetError(ValueError):
    """A file that lacks the sheet it is asked for; the hint says which it has."""

    def __init__(self, message: str, hint: str) -> None:
        """Take the message and the hint."""
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Row:
    """The cells of one row by column; `line` is the line of the file on which the row begins.

    `misfit` is the problem of a row with a cell too many or too few, which explains any other problem in it.
    """

    line: int
    cells: Mapping[str, str]
    misfit: Problem | None = None

    def __getitem__(self, column: str) -> str:
        """Return a cell, empty if the row is too short to have it."""
        return self.cells.get(column, "")

    def has(self, values: Mapping[str, str]) -> bool:
        """Return whether the row has each of these values in its column."""
        cells = self.cells
        return all(cells.get(column, "") == value for column, value in values.items())


@dataclass(frozen=True)
class Table:
    """The rows of one file, or of one sheet of it.

    `shown` is the file's path in problems, and `line` the line of its column names. `top` are the lines and cells of
    its first rows, where the names may be if a title is above them.
    """

    shown: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int | None = None
    sheet: str | None = None
    top: tuple[tuple[int, tuple[str, ...]], ...] = ()

    @property
    def file(self) -> str:
        """Return the file's name without its folder."""
        return self.shown.rpartition("/")[2]

    def cell(self, row: Row, column: str) -> str:
        """Return the name of a cell in a spreadsheet, such as B14."""
        return f"{letters(self.columns.index(column))}{row.line}"

    def place(self, row: Row, column: str | None = None) -> Place:
        """Return the place of a cell, or of a row, as problems show it."""
        if self.sheet is None:
            return Place(self.shown, row.line, column or "")
        named = f"row {row.line}" if column is None else self.cell(row, column)
        return Place(self.shown, None, f'sheet "{self.sheet}", {named}')


def letters(index: int) -> str:
    """Return the name of a column in a spreadsheet, counted from 0: A to Z, then AA."""
    before, last = divmod(index, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)
