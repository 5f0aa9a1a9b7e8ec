"""Read the tables of spreadsheets and CSV files as rows of cells; each cell knows its place."""

from pathlib import Path

from briefpack.problem import one_problem
from briefpack.text.tables import separated
from briefpack.text.tables.model import NO_RESULT, SMALLER, UNCALCULATED, Row, SheetError, Table

__all__ = ["ENDINGS", "NO_RESULT", "UNCALCULATED", "Row", "SheetError", "Table", "read"]


def read(path: Path, shown: str, header: int | None, sheet: str | None) -> Table:
    """Return a table of a file, by the file's kind; `header` is the line of its column names.

    Raises SheetError if there is no such sheet, and Problems if the file can't be read.
    """
    if path.stat().st_size > MOST_BYTES:
        raise one_problem(shown, None, f"the file is over {MOST_BYTES // 1_000_000} MB", SMALLER)
    kind = path.suffix.lower()
    if kind in SPREADSHEETS:
        # Only a brief that has a spreadsheet needs the library.
        from briefpack.text.tables import workbook  # noqa: PLC0415

        return workbook.read(path, shown, header, sheet)
    if kind not in SEPARATED:
        message, hint = "this kind of file can't be read", "save it as .csv, .xlsx or .ods"
        raise one_problem(shown, None, message, hint)
    if sheet:
        raise SheetError("a CSV file has no sheets", "delete sheet:")
    return separated.read(path, shown, header)


MOST_BYTES = 20_000_000
"""The largest data file."""
SPREADSHEETS = {".xlsx", ".ods"}
SEPARATED = {".csv", ".tsv", ".txt"}
ENDINGS = (*SEPARATED, *SPREADSHEETS)
"""How the names of files with tables end."""
