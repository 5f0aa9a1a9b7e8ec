"""Find the electorate that each row of a brief's data file is about."""

from dataclasses import dataclass
from functools import cached_property

from briefpack.brief.data.sheets import Sheet, Sheets
from briefpack.electorates import ElectorateSet, former
from briefpack.problem import Problem, nearest
from briefpack.tables import Row
from briefpack.text.spelling import fold


@dataclass(frozen=True)
class ElectorateRows:
    """The rows of a data file about electorates; their problems are added to those of the sheets."""

    sheets: Sheets
    sheet: Sheet
    group: ElectorateSet

    @cached_property
    def _slugs(self) -> dict[str, str]:
        """Return the slug of each electorate by its slug, and by its name in its form for comparison."""
        return {name: each.slug for each in self.group.electorates for name in (each.slug, fold(each.name))}

    def slug(self, row: Row, column: str) -> str | None:
        """Return the slug of a row's electorate; None, with its problem, if there is no such electorate."""
        named, noun = row[column], self.group.words.electorate
        found = self._slugs.get(named) or self._slugs.get(fold(named))
        if row.misfit:
            self.sheets.problems.append(row.misfit)
        elif not named:
            self.say(row, column, f"the row names no {noun}", "fill in its name, or delete the row")
        elif not found:
            names = [each.name if any(map(str.isupper, named)) else each.slug for each in self.group.electorates]
            near = former.hint(self.group, "-".join(fold(named).split())) or nearest(named, names, most=0)
            hint = near or f"use a name or a slug from {self.group.path.rpartition('/')[2]}"
            self.say(row, column, f'there is no {noun} called "{named}"', hint)
        return None if row.misfit else found

    def say(self, row: Row, column: str | None, message: str, hint: str) -> None:
        """Add a problem at a row of the file, or at a cell of it."""
        place = self.sheet.table.place(row, column)
        where = f"{place.name}: " if place.name else ""
        self.sheets.problems.append(Problem(place.path, place.line, where + message, hint))
