"""Read the days in a set's files, which spreadsheets like to write in their own way."""

import datetime
import re

from briefpack.electorates.tables import Files
from briefpack.tables import Row, Table


def iso(text: str) -> datetime.date | None:
    """Return a day written as 2025-05-03; None if it isn't one."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


SERIAL = re.compile(r"[34]\d{4}")
FIRST_DAY = datetime.date(1899, 12, 30)
"""The day from which spreadsheets count."""
TYPED_DATE = re.compile(r"\d{1,2}[/. -](?:\d{1,2}|[^\W\d]+)[/. -]\d{2,4}(?:[ T]\d.*)?")
SPREADSHEET_DATE = "in a spreadsheet, give the column the format yyyy-mm-dd, then save it as CSV again"


def _meant(typed: str) -> str:
    """Return the days that a date in figures may be, 3/5/2025 for example; nothing if it is in words."""
    found = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](?:20)?(\d\d)", typed)
    one, two, year = found.groups() if found else ("0", "0", "0")
    days = (iso(f"20{int(year):02}-{month:0>2}-{day:0>2}") for day, month in ((one, two), (two, one)))
    return " or ".join(dict.fromkeys(day.isoformat() for day in days if day))


def read(files: Files, table: Table, row: Row, column: str) -> datetime.date:
    """Return the day in a cell; add a problem if it isn't one."""
    day = iso(row[column])
    if day is None:
        meant = _meant(row[column]) or "write 2025-05-03"
        hint = f"{meant}; {SPREADSHEET_DATE}" if TYPED_DATE.fullmatch(row[column]) else "write it as 2025-05-03"
        if SERIAL.fullmatch(row[column]):
            hint = f"{FIRST_DAY + datetime.timedelta(days=int(row[column]))}, if it is a spreadsheet's number of a day"
        files.say(table, row, f'{column}: "{row[column]}" is not a date', hint)
    return day or datetime.date.min
