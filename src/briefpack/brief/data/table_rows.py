"""Fill the rows of a table from a data file: a number prints as a figure does, and any other cell as it is."""

import re

from briefpack.brief.data.filling import Filling
from briefpack.brief.data.keys import TableRows
from briefpack.brief.data.sheets import Sheet
from briefpack.tables import Row
from briefpack.text.yaml_lines import Data, Loc, Place

OWN = "own"
"""The source of an organisation's own numbers, which no note names."""
NUMBER = re.compile(r"[-+−]?\d[\d.,\s]*%?")
YEAR = re.compile(r"(?:19|20)\d\d")
MISSING = "–"
"""An empty cell, as it prints."""


def fill(filling: Filling, loc: Loc, table: dict[str, Data]) -> None:
    """Fill the rows of a table that names a data file, and its column headings if it has none of its own."""
    found = filling.open(TableRows, table, loc, "rows")
    if not found:
        return
    wanted, sheet = found
    names = wanted.columns or {heading: heading for heading in sheet.table.columns if heading}
    columns = filling.columns(sheet, loc, {("columns", name): name for name in names})
    rows = filling.sheets.rows(sheet, wanted.where, (*loc, "data"))
    if (
        columns is None
        or not filling.fits(len(rows) * len(columns), loc)
        or not _is_wide_enough(filling, loc, table, names)
    ):
        return
    if not wanted.columns and "columns" not in table:
        filling.origins[*loc, "columns"] = Place(sheet.table.shown, sheet.table.line, "")
    table.setdefault("columns", [shown or name for name, shown in names.items()])
    del table["data"]
    table["rows"] = []
    headings = [*columns.values()]
    for row in rows:
        place = (*loc, "rows", len(table["rows"]))
        table["rows"].append([_printed(filling, sheet, row, heading, headings[0]) for heading in headings])
        filling.origins[place] = sheet.table.place(row)
        for index, heading in enumerate(headings):
            filling.origins[*place, index] = sheet.table.place(row, heading)
    _credit(table, sheet)


def _is_wide_enough(filling: Filling, loc: Loc, table: dict[str, Data], names: dict[str, str]) -> bool:
    """Return whether a table has as many headings of its own as columns of data; if not, add a problem."""
    own = table.get("columns")
    if not isinstance(own, list) or len(own) == len(names):
        return True
    message = f"the table has {len(own)} columns, but its data has {len(names)}"
    filling.sheets.say((*loc, "columns"), message, "name as many columns in data:, or delete these")
    return False


def _printed(filling: Filling, sheet: Sheet, row: Row, heading: str, first: str) -> str:
    """Return a cell as the brief's text; the first column has the headings of the rows."""
    text = row[heading]
    if heading != first and not sheet.is_text(heading) and _is_number(text, sheet.unit(heading)[0]):
        return f"{{{filling.figure(sheet, row, heading, f'{heading}, {row[first]}')}}}"
    return text or MISSING


def _is_number(text: str, unit: str | None) -> bool:
    """Return whether a cell is to print as a figure: without a unit, a year is no number to be counted."""
    has_digit = any(letter.isdigit() for letter in text)
    return has_digit if unit else bool(NUMBER.fullmatch(text)) and not YEAR.fullmatch(text)


def _credit(table: dict[str, Data], sheet: Sheet) -> None:
    """Cite the source of a table's numbers after its caption, unless the caption cites it already."""
    caption, mark = table.get("caption"), f"[^{sheet.keys.source}]"
    has_numbers = any(cell.startswith("{") for row in table["rows"] for cell in row)
    if has_numbers and sheet.keys.source not in (None, OWN) and isinstance(caption, str) and mark not in caption:
        table["caption"] = f"{caption}{mark}"
