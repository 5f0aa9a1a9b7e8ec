"""Take numbers from data files into a brief's data: each cell that is used becomes a figure of the brief.

The data is filled before its keys are checked, so that every check sees these figures and texts as if somebody had
typed them. The origins say which cell each of them comes from.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

from briefpack import schema
from briefpack.brief.data.keys import Rows
from briefpack.brief.data.sheets import Sheet, Sheets
from briefpack.text.tables import Row
from briefpack.text.yaml_lines import Data, Loc, Place

MOST_NUMBERS = 2000
"""The most numbers that one chart or table takes; a page has room for far fewer."""
DOUBTFUL = re.compile(r"[1-9]\d{0,2}\.\d{3}")
LONGEST = 45
"""The longest part of a figure's id that names its file."""

Kind = TypeVar("Kind", bound=Rows)
Columns = Mapping[Loc, str]
"""The heading of each column that a part names, by the key that names it."""


@dataclass
class Filling:
    """The data of a brief as it is filled, and the origins of the values filled in."""

    sheets: Sheets
    data: Data
    origins: dict[Loc, Loc | Place] = field(default_factory=dict)

    def open(self, kind: type[Kind], part: Mapping[str, Any], loc: Loc, instead: str) -> tuple[Kind, Sheet] | None:
        """Return the keys of a part's `data:`, and the data file that they name; None if either has a problem.

        `instead` is the key that it can't have as well.
        """
        if instead in part:
            self.sheets.say(loc, f"it has both {instead}: and data:", f"delete {instead}: or data:")
            return None
        # The faults of its keys are reported with the brief's.
        wanted = schema.read(kind, part["data"])[0]
        sheet = self.sheets.open(wanted, (*loc, "data")) if wanted else None
        return (wanted, sheet) if wanted and sheet else None

    def columns(self, sheet: Sheet, loc: Loc, named: Mapping[Loc, str | None]) -> Columns | None:
        """Return the columns that a part names; None, with its problem, if one doesn't exist."""
        wanted = {key: name for key, name in named.items() if name}
        found = {key: self.sheets.column(sheet, name, (*loc, "data", *key)) for key, name in wanted.items()}
        return None if None in found.values() else {key: heading for key, heading in found.items() if heading}

    def fits(self, numbers: int, loc: Loc) -> bool:
        """Return whether a part takes no more numbers than it may; if not, add a problem."""
        if numbers > MOST_NUMBERS:
            message = f"it takes {numbers:,} cells of the data file, more than the {MOST_NUMBERS:,} allowed"
            self.sheets.say((*loc, "data"), message, "choose rows with where:")
        return numbers <= MOST_NUMBERS

    def cell(self, sheet: Sheet, row: Row, heading: str) -> dict[str, str]:
        """Return a figure's keys from a cell and its file; add a problem if neither gives a unit."""
        unit, _ = sheet.unit(heading)
        if unit is None:
            name, hint = f'the column "{heading}" has no unit', "add unit: to the data file or the column"
            self.sheets.say(sheet.loc, name, f"{hint} (AU$, %, people …), or text: yes to the column")
        if row.misfit and not any(letter.isdigit() for letter in row[heading]):
            self.sheets.problems.append(row.misfit)
        keys = sheet.keys
        found = {"unit": unit or "-", "source": keys.source, "query": keys.query, "as_at": keys.as_at}
        return {"value": self._typed(sheet, row[heading]), **{key: value for key, value in found.items() if value}}

    def _typed(self, sheet: Sheet, cell: str) -> str:
        """Return a number as typed text: a spreadsheet's 1.125 gets a zero before it, as it can't mean thousands."""
        return f"0{cell}" if sheet.table.sheet and DOUBTFUL.fullmatch(cell) else cell

    def origin(self, sheet: Sheet, row: Row, heading: str, key: str) -> Loc | Place:
        """Return the origin of a key of a figure from a cell."""
        if key == "value":
            return sheet.table.place(row, heading)
        return sheet.unit(heading)[1] if key == "unit" else (*sheet.loc, key)

    def figure(self, sheet: Sheet, row: Row, heading: str, means: str) -> str:
        """Return the id of the figure of a cell, which is added to the brief's if it isn't there yet."""
        figures = group(self.data, "figures")
        figure = {**self.cell(sheet, row, heading), "means": means}
        stem = f"{sheet.id[:LONGEST].strip('-')}-{sheet.table.cell(row, heading).lower()}"
        names = (f"{stem}-{number}" if number > 1 else stem for number in count(1))
        found = next(name for name in names if figures.get(name, figure) == figure)
        figures[found] = figure
        self.origins[("figures", found)] = sheet.loc
        for key in ("value", "unit"):
            self.origins[("figures", found, key)] = self.origin(sheet, row, heading, key)
        return found


def group(data: Data, key: str) -> dict[str, Data]:
    """Return the group of keys under a key of a brief, which is added if it isn't there."""
    found = data.setdefault(key, {})
    return found if isinstance(found, dict) else {}
