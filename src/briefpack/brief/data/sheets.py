"""Open the data files of a brief, and look up their columns and rows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefpack import schema
from briefpack.brief.data.keys import FROM_OR_FILE, Column, DataFile, Rows
from briefpack.problem import Problem, Problems, nearest, or_nearest
from briefpack.project import leads_out, unlinked
from briefpack.text import tables
from briefpack.text.tables import Row, Table
from briefpack.text.yaml_lines import Loc, Tree

OF_A_FILE = {"sheet", "header", "unit", "source", "query", "as_at"}
"""The keys that describe a file, and not the rows taken from it."""


@dataclass(frozen=True)
class Sheet:
    """A data file that has been read; `loc` is the place of its keys in the brief."""

    id: str
    loc: Loc
    keys: DataFile
    table: Table

    def column(self, name: str) -> str | None:
        """Return the heading of a column, given the heading or its short name; None if there is no such column."""
        heading = self.keys.columns[name].heading if name in self.keys.columns else name
        return heading if heading in self.table.columns else None

    def line_of(self, heading: str) -> int | None:
        """Return the line of a column's heading if a title, in one cell, is above it; None if it isn't."""
        if len([*filter(None, self.table.columns)]) > 1:
            return None
        return next((line for line, cells in self.table.top if heading in cells), None)

    def unit(self, heading: str) -> tuple[str | None, Loc]:
        """Return the unit of a column's numbers, and its location in the brief."""
        name, keys = self._keys(heading)
        return (keys.unit, (*self.loc, "columns", name, "unit")) if keys.unit else (self.keys.unit, (*self.loc, "unit"))

    def is_text(self, heading: str) -> bool:
        """Return whether the brief says that a column's cells are text."""
        return self._keys(heading)[1].text

    def _keys(self, heading: str) -> tuple[str, Column]:
        found = ((name, keys) for name, keys in self.keys.columns.items() if keys.heading == heading)
        return next(found, ("", Column(heading=heading or "-")))


@dataclass
class Sheets:
    """The data files of a brief, each read once, and the problems found so far."""

    tree: Tree
    folder: Path
    problems: list[Problem] = field(default_factory=list)
    _read: dict[Loc, Sheet | None] = field(default_factory=dict)

    def say(self, loc: Loc, message: str, hint: str) -> None:
        """Add a problem at a place of the brief."""
        self.problems.append(self.tree.problem(loc, message, hint))

    def open(self, rows: Rows, loc: Loc) -> Sheet | None:
        """Return the sheet that rows are taken from; None, with its problem, if it can't be read."""
        if bool(rows.from_) == bool(rows.file):
            says = "both from: and file:" if rows.file else "neither from: nor file:"
            self.say(loc, f"it has {says}", FROM_OR_FILE)
            return None
        if rows.from_ and (extra := rows.model_fields_set & OF_A_FILE):
            key = min(extra)
            self.say((*loc, key), "this belongs to the data file", f"move it to data: {rows.from_}:")
            return None
        place: Loc = loc if rows.file else ("data", str(rows.from_))
        if place not in self._read:
            keys = _keys(rows) if rows.file else self._named(str(rows.from_), (*loc, "from"))
            self._read[place] = self._sheet(rows.from_ or _id(keys), keys, place) if keys else None
        return self._read[place]

    def _named(self, name: str, loc: Loc) -> DataFile | None:
        known = self.tree.data.get("data")
        known = known if isinstance(known, dict) else {}
        if name in known:
            # Its own faults are reported with the brief's.
            return schema.read(DataFile, known[name])[0]
        self.say(loc, f'there is no data file called "{name}"', or_nearest("add it under data:", name, known))
        return None

    def _sheet(self, name: str, keys: DataFile, loc: Loc) -> Sheet | None:
        path = self._path(keys.file, (*loc, "file"))
        if path is None:
            return None
        try:
            table = tables.read(path, self._shown(keys.file), keys.header, keys.sheet)
        except tables.SheetError as error:
            self.say((*loc, "sheet") if keys.sheet else loc, str(error), error.hint)
        except Problems as error:
            self.problems += error.problems
        else:
            return Sheet(name, loc, keys, table)
        return None

    def _path(self, file: str, loc: Loc) -> Path | None:
        """Return the path of a data file; None, with its problem, if it isn't a file of `data/` itself."""
        data, shown = self.folder / "data", self._shown(file)
        if found := unlinked(self.folder, f"data/{file}"):
            return found
        if leads_out(data, file) or _is_link(data / file) or _is_link(data):
            self.say(loc, f"{shown} is outside the brief's data/, or a link", "copy the file into data/")
            return None
        names = [each.name for each in data.glob("*")] if data.is_dir() else []
        hint = or_nearest(f"put the file into {self._shown('')}", Path(file).name, names)
        self.say(loc, f'there is no file "{file}" in the brief\'s data/', hint)
        return None

    def _shown(self, file: str) -> str:
        return f"{self.tree.path.rpartition('/')[0]}/data/{file}"

    def column(self, sheet: Sheet, name: str, loc: Loc) -> str | None:
        """Return the heading of a column that a brief names; None, with its problem, if there is none or two."""
        heading = sheet.column(name)
        if heading is None:
            named = sheet.keys.columns.get(name)
            if line := sheet.line_of(named.heading if named else name):
                message = f"{sheet.table.file} has a title above the names of its columns, which are on line {line}"
                self.say(sheet.loc, message, f"add header: {line}")
                return None
            known = [*([] if named else sheet.keys.columns), *filter(None, sheet.table.columns)]
            wanted = named.heading if named else name
            loc = (*sheet.loc, "columns", name) if named else loc
            hint = nearest(wanted, known) or f"use one of the {len(known)} columns of {sheet.table.file}"
            self.say(loc, f'there is no column called "{wanted}" in {sheet.table.file}', hint)
        elif sheet.table.columns.count(heading) > 1:
            hint = f"rename one of them in {sheet.table.file}"
            self.say(loc, f'two columns of {sheet.table.file} are called "{heading}"', hint)
            return None
        return heading

    def rows(self, sheet: Sheet, wanted: Mapping[str, tuple[str, ...]], loc: Loc) -> tuple[Row, ...]:
        """Return the rows that have the wanted values; none, with a problem, if there are none."""
        loc = (*loc, "where")
        named = {name: self.column(sheet, name, (*loc, name)) for name in wanted}
        if None in named.values():
            return ()
        values = {heading: wanted[name] for name, heading in named.items() if heading}
        found = tuple(row for row in sheet.table.rows if _has(row, values))
        if not found:
            self.problems.append(self._no_row(sheet, wanted, loc))
        return found

    def _no_row(self, sheet: Sheet, wanted: Mapping[str, tuple[str, ...]], loc: Loc) -> Problem:
        """Return the problem that no row has the values asked for, at the first value that no row has."""
        if not wanted:
            return self.tree.problem(loc[:-1], f"{sheet.table.file} has no rows", "add rows beneath its column names")
        for name, values in wanted.items():
            heading = sheet.column(name) or ""
            held = {row[heading] for row in sheet.table.rows}
            if not held & {*values}:
                hint = nearest(values[0] if values else "", held) or "write a value as it is in the file"
                message = f'no row of {sheet.table.file} has {name} "{" or ".join(values)}"'
                return self.tree.problem((*loc, name), message, hint)
        return self.tree.problem(loc, f"no row of {sheet.table.file} has all these values", "leave one out")


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:
        # The name is too long for any file.
        return False


def _has(row: Row, values: Mapping[str, tuple[str, ...]]) -> bool:
    return all(row[heading] in wanted for heading, wanted in values.items())


def _keys(rows: Rows) -> DataFile:
    """Return the keys of a data file that is named where its rows are taken."""
    return DataFile(
        file=rows.file or "", sheet=rows.sheet, header=rows.header, unit=rows.unit, source=rows.source,
        query=rows.query, as_at=rows.as_at,
    )  # fmt: skip


def _id(keys: DataFile) -> str:
    """Return an id that the sheet's cells share: the words of its file's name, and of its sheet's."""
    words = re.findall(r"[a-z0-9]+", f"{keys.file.rpartition('.')[0]} {keys.sheet or ''}".lower())
    return "-".join(words)[:40].strip("-") or "data"
