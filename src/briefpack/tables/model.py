"""Define a table that has been read: its columns, and the rows beneath them."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefpack.problem import Problem


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
        return all(self[column] == value for column, value in values.items())


@dataclass(frozen=True)
class Table:
    """The rows of one file; `shown` is its path in problems, `line` the line of its column names."""

    shown: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int | None = None

    @property
    def file(self) -> str:
        """Return the file's name without its folder."""
        return self.shown.rpartition("/")[2]
