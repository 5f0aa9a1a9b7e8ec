"""Read tables as spreadsheets write them: as rows of cells, each of which knows its place."""

from pathlib import Path

from briefpack.tables import separated
from briefpack.tables.model import Row, SheetError, Table

__all__ = ["Row", "SheetError", "Table", "read"]


def read(path: Path, shown: str, header: int | None, sheet: str | None) -> Table:
    """Return a table of a file, by the file's kind; `header` is the line of its column names.

    Raises SheetError if there is no such sheet, and Problems if the file can't be read.
    """
    if sheet:
        raise SheetError("a CSV file has no sheets", "delete sheet:")
    return separated.read(path, shown, header)
