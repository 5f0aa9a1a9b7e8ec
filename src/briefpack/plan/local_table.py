"""Read a brief's data file about electorates: its columns, and each row with its electorate."""

from collections.abc import Iterator
from dataclasses import dataclass

from briefpack.brief.data.sheets import Sheet, Sheets
from briefpack.brief.local_page import ListRows
from briefpack.electorates import ElectorateSet, gazetteer
from briefpack.problem import Problem, nearest
from briefpack.text.spelling import fold
from briefpack.text.tables import Row
from briefpack.text.yaml_lines import Loc


@dataclass(frozen=True)
class LocalTable:
    """A data file about electorates, and the rows that `data:` at `loc` takes from it.

    The problems of its rows are added to those of the sheets.
    """

    sheets: Sheets
    sheet: Sheet
    wanted: ListRows
    loc: Loc
    group: ElectorateSet

    def column(self, named: str, loc: Loc) -> str | None:
        """Return the heading of a column that the brief names; None, with its problem, if there is none."""
        return self.sheets.column(self.sheet, named, loc)

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Yield each wanted row after its electorate's slug; a row that names no electorate is a problem."""
        heading = self.column(self.wanted.electorate, (*self.loc, "electorate"))
        if heading is None:
            return
        slugs = {fold(each.name): each.slug for each in self.group.electorates}
        for row in self.sheets.rows(self.sheet, self.wanted.where, self.loc):
            named = row[heading]
            slug = named if named in self.group.by_slug else slugs.get(fold(named))
            if row.misfit:
                self.sheets.problems.append(row.misfit)
            elif slug:
                yield slug, row
            else:
                self.say(row, heading, *self._unknown(named))

    def _unknown(self, named: str) -> tuple[str, str]:
        """Return the message and the hint for a cell that names no electorate."""
        noun = self.group.words.electorate
        if not named:
            return f"the row names no {noun}", "fill in its name, or delete the row"
        names = [*self.group.by_slug]
        if any(map(str.isupper, named)):
            names = [each.name for each in self.group.electorates]
        near = gazetteer.hint(self.group, "-".join(fold(named).split()))
        near = near or nearest(named, names, most=0)
        hint = near or f"use a name or a slug from {self.group.path.rpartition('/')[2]}"
        return f'there is no {noun} called "{named}"', hint

    def say(self, row: Row, column: str | None, message: str, hint: str) -> None:
        """Add a problem at a row of the file, or at a cell of it."""
        place = self.sheet.table.place(row, column)
        where = f"{place.name}: " if place.name else ""
        self.sheets.problems.append(Problem(place.path, place.line, where + message, hint))
