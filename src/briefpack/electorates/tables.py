"""Read the files of an electorate set as rows whose cells are what their columns say."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal, TypeVar

from briefpack import schema
from briefpack.electorates.model import SetFile
from briefpack.problem import Problem, Problems, joined, nearest, raise_any
from briefpack.project import NATIONAL, Project, check_links, within
from briefpack.schema.faults import EMAIL, ID
from briefpack.text import yaml_lines
from briefpack.text.tables import Row, Table, separated
from briefpack.text.yaml_lines import Tree

FOLDER = "briefs/electorates"
ELECTORATES, RECIPIENTS = "electorates", "recipients"
OF_STATES = "use a code from states: in set.yaml"
OF_SLUGS = "use a slug from the file of electorates"
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
DIGITS_ONLY = "use digits only, without commas, signs or words: 121536"
Item = TypeVar("Item")
Kind = Literal["text", "new-slug", "slug", "slugs", "state", "code", "day", "number", "whole", "year", "longitude",
               "latitude", "email", "phone"]  # fmt: skip


@dataclass(frozen=True)
class Column:
    """What a cell of a column may hold; a file needn't have a column that is `optional`."""

    kind: Kind = "text"
    needed: bool = False
    optional: bool = False


TEXT, OPTIONAL = Column(), Column(optional=True)
NAME = Column(needed=True)
NUMERIC = Column("number", needed=True)
POSTCODE = Column("code", needed=True)
SLUG = Column("slug", needed=True)
STATE = Column("state", needed=True)
DAY = Column("day", needed=True)
COLUMNS: Mapping[str, Mapping[str, Column]] = {
    ELECTORATES: {
        "slug": Column("new-slug", needed=True), "name": NAME, "state": STATE, "member": TEXT, "party": TEXT, "current_member": TEXT,
        "current_party": TEXT, "change_note": TEXT, "office_address": TEXT, "office_suburb": TEXT,
        "office_state": TEXT, "office_postcode": Column("code"), "office_phone": Column("phone"),
        "email": Column("email"), "far_parts": TEXT,
    },
    RECIPIENTS: {
        "name": NAME, **dict.fromkeys(("title", "salutation", "office", "side", "party", "committees", "roles"), OPTIONAL),
        "electorate": Column("slug", optional=True), "state": Column("state", optional=True), "address": OPTIONAL,
        "phone": Column("phone", optional=True), "email": Column("email", optional=True),
        "until": Column("day", optional=True), "source": OPTIONAL, "as_at": OPTIONAL,
    },
    "roles": {"slug": SLUG, "member": TEXT, "role": NAME, "as_at": DAY},
    "forms-of-address": {"slug": SLUG, "member": TEXT, "language": TEXT, "title": TEXT, "salutation": TEXT},
    "changes": {"slug": SLUG, "date": DAY, "event": TEXT, "detail": TEXT},
    "towns": {
        "name": TEXT, "state": STATE, "longitude": Column("longitude", needed=True),
        "latitude": Column("latitude", needed=True), "rank": NUMERIC,
    },
    "postcodes": {"postcode": POSTCODE, "electorates": Column("slugs"), "possible_electorates": Column("slugs")},
    "localities": {"postcode": POSTCODE, "locality": TEXT, "state": STATE, "electorate": SLUG, "confidence": TEXT},
    "places": {
        "slug": SLUG, "name": NAME, "lat": Column("latitude", needed=True), "lon": Column("longitude", needed=True),
        "rank": NUMERIC, "kind": Column(optional=True), "office_suburb": Column(optional=True),
    },
    "hexes": {"slug": SLUG, "q": Column("whole", needed=True), "r": Column("whole", needed=True)},
    "po-boxes": {
        "postcode": POSTCODE, "place": TEXT, "state": STATE, "nearest_delivery_postcode": TEXT,
        "nearest_delivery_place": TEXT,
    },
    "former": {
        "name": NAME, "slug": NAME, "state": STATE, "abolished": Column("year", needed=True), "electorate": SLUG,
        "share_of_population_pct": Column("number"),
    },
}  # fmt: skip
"""The columns of each standard file of a set; a cell may be empty unless it is needed."""
ONCE: Mapping[str, tuple[tuple[str, ...], ...]] = {
    ELECTORATES: (("slug",),),
    RECIPIENTS: (("name",),),
    "roles": (("slug", "language", "role"),),
    "forms-of-address": (("slug", "language"),),
    "postcodes": (("postcode",),),
    "po-boxes": (("postcode",),),
    "hexes": (("slug",), ("q", "r")),
    "former": (("slug", "electorate"),),
}
"""The columns whose cells together are in one row alone."""
FORMS: Mapping[Kind, tuple[re.Pattern[str], str, str]] = {
    "new-slug": (
        re.compile(rf"(?!{NATIONAL}$){ID.lstrip('^')}"),
        "a valid slug",
        f"use lower-case words joined by hyphens, such as west-bay; {NATIONAL} is for the whole country",
    ),
    "day": (
        re.compile(r"[\d-]{10}"),
        "a date",
        "write it as 2025-05-03; in a spreadsheet, give the column the format yyyy-mm-dd",
    ),
    "number": (NUMBER, "a number", DIGITS_ONLY),
    "whole": (re.compile(r"-?\d{1,9}"), "a whole number", "write the number of its row or column, such as 12"),
    "year": (re.compile(r"\d{4}"), "a year", "write four digits: 2024"),
    "email": (re.compile(EMAIL), "an e-mail address", "name@example.org.au"),
    # Small islands have numbers of five digits.
    "phone": (re.compile(r"(?:\D*\d){5,}.*"), "a phone number", "correct it, or clear the cell"),
}
"""The form of each kind of cell that has one, with its name and the hint for a cell that doesn't have it."""
RANGES: Mapping[Kind, int] = {"longitude": 180, "latitude": 90}
"""The greatest longitude and latitude, in degrees either side of 0."""


class Folder:
    """A folder of files as they are read, with its path as problems name it, and the problems found so far.

    `slugs` are the rows of the electorates by their slugs, which other rows may name.
    """

    def __init__(self, folder: Path, shown: str, slugs: Mapping[str, object] | None = None) -> None:
        """Begin without problems."""
        self.folder, self.shown = folder, shown
        self.slugs: Mapping[str, object] = slugs or {}
        self.states: tuple[str, ...] = ()
        self.forms: tuple[str, ...] = ()
        self.problems: list[Problem] = []

    def say(self, table: Table, row: Row | None, message: str, hint: str, column: str | None = None) -> None:
        """Add a problem at a row or a cell of it, or at the column names if `row` is None."""
        if row and row.misfit:
            self.problems.append(row.misfit)
            return
        if row and table.sheet:
            message = f"{table.place(row, column).name}: {message}"
        self.problems.append(Problem(table.shown, row.line if row else table.line, message, hint))

    def attempt(self, step: Callable[[], Item]) -> Item | None:
        """Return the result of a step; None if it raises Problems, which are added to the problems found so far."""
        try:
            return step()
        except Problems as error:
            self.problems += error.problems
            return None

    def checked(
        self, table: Table, columns: Mapping[str, Column], once: Iterable[tuple[str, ...]] = ()
    ) -> tuple[Row, ...]:
        """Return the rows of a table whose cells are as their columns want them; add a problem for each other cell."""
        missing = [name for name, column in columns.items() if not column.optional and name not in table.columns]
        for name in missing:
            near = nearest(name, [other for other in table.columns if other not in columns], most=0)
            hint = f"{f'rename {near}, or ' if near else ''}add it; its cells may be empty"
            self.say(table, None, f'there is no column called "{name}"', hint)
        passed: set[tuple[str, str]] = set()
        sound = [] if missing else [row for row in table.rows if self._is_sound(table, row, columns, passed)]
        for names in once:
            sound = list(self._distinct(table, sound, names))
        return tuple(sound)

    def _is_sound(self, table: Table, row: Row, columns: Mapping[str, Column], passed: set[tuple[str, str]]) -> bool:
        """Return whether each cell of a row is as its column wants it; `passed` collects those that are."""
        sound = True
        for name, column in columns.items():
            cell = row[name]
            if (name, cell) in passed:
                continue
            fault = self._fault(name, cell, column.kind) if cell or column.needed else None
            if fault:
                sound = False
                self.say(table, row, *fault, name if name in table.columns else None)
            else:
                passed.add((name, cell))
        return sound

    def _fault(self, name: str, cell: str, kind: Kind) -> tuple[str, str] | None:
        """Return the message and the hint for a cell that isn't what its column wants; None if it is."""
        if not cell:
            return f"{name} is empty", "fill it in, or delete the row"
        if kind in ("slug", "slugs", "state"):
            return self._unknown(cell, kind)
        if kind == "code" and self.forms and not any(_has_form(cell, form) for form in self.forms):
            hint = "9 is any digit and A any capital letter; a spreadsheet may have dropped a zero at its start"
            return f'{name}: "{cell}" doesn\'t match the format {joined(sorted(self.forms), "or")}', hint
        if kind in RANGES and not (NUMBER.fullmatch(_plain(cell)) and abs(Decimal(_plain(cell))) <= RANGES[kind]):
            return f'{name}: "{cell}" is not a {kind}', f"write degrees, from -{RANGES[kind]} to {RANGES[kind]}"
        if kind in FORMS and not (FORMS[kind][0].fullmatch(_plain(cell)) and (kind != "day" or iso(cell))):
            return f'{name}: "{cell}" is not {FORMS[kind][1]}', FORMS[kind][2]
        return None

    def _unknown(self, cell: str, kind: Kind) -> tuple[str, str] | None:
        """Return the message and the hint for a cell with an electorate or a state that the set hasn't."""
        if kind == "state" and cell not in self.states:
            return f'there is no state called "{cell}"', nearest(cell, self.states) or OF_STATES
        for slug in items(cell):
            if kind != "state" and self.slugs and slug not in self.slugs:
                hint = nearest(slug, self.slugs, most=0) or OF_SLUGS
                return f'there is no electorate called "{slug}"', hint
        return None

    def _distinct(self, table: Table, rows: Iterable[Row], names: tuple[str, ...]) -> Iterator[Row]:
        first: dict[tuple[str, ...], int] = {}
        for row in rows:
            cells = tuple(row[name] for name in names)
            line = first.setdefault(cells, row.line)
            if line == row.line:
                yield row
            else:
                called = ", ".join(filter(None, cells))
                self.say(table, row, f'there is already a row for "{called}" on line {line}', "delete one of the two")


class Files(Folder):
    """The files of a set as they are read, and the problems found so far."""

    def __init__(self, folder: Path, shown: str) -> None:
        """Read `set.yaml` in `folder`. Raises Problems if it can't be read."""
        super().__init__(folder, shown)
        self.tree: Tree = yaml_lines.read_parts(folder / "set.yaml", f"{shown}/set.yaml")
        self.spec = schema.read_tree(SetFile, self.tree, "begin with title:")
        self.states, self.forms = tuple(self.spec.states), self.spec.country.postcodes
        self.tables: dict[str, Table | None] = {}
        self.known: dict[str, tuple[Row, ...]] = {}

    def path(self, file: str) -> Path | None:
        """Return the path of a file; None if the set doesn't list it, or if it is missing."""
        name = self.spec.files.get(file)
        return self.folder / name if name and within(self.folder, name) else None

    def named(self, file: str) -> str:
        """Return the path of a file as problems name it."""
        return f"{self.shown}/{self.spec.files.get(file, file)}"

    def table(self, file: str) -> Table | None:
        """Return a file as a table, read once; None if there is no such file, or if it can't be read."""
        if file not in self.tables:
            path = self.path(file)
            self.tables[file] = self.attempt(lambda: separated.read(path, self.named(file))) if path else None
        return self.tables[file]

    def raise_any(self) -> None:
        """Raise the Problems found so far, if there are any."""
        raise_any(self.problems)

    def rows(self, file: str) -> tuple[Table, tuple[Row, ...]]:
        """Return the table and the sound rows of a standard file; no rows if a column is missing."""
        table = self.table(file) or Table(self.named(file), (), ())
        if file not in self.known:
            dated = {self.spec.members.as_at: DAY} if file == ELECTORATES else {}
            found = self.checked(table, {**COLUMNS[file], **dated}, ONCE.get(file, ())) if table.columns else ()
            self.known[file] = found
        return table, self.known[file]

    def number(self, table: Table, row: Row, column: str | None) -> Decimal | None:
        """Return the number in a cell; None if it is empty, or if it isn't a number, which is reported."""
        cell = row[column] if column else ""
        fault = self._fault(column or "", cell, "number") if cell else None
        if fault:
            self.say(table, row, *fault)
        return Decimal(_plain(cell)) if cell and not fault else None


def open_set(project: Project, name: str) -> Files:
    """Return the files of the electorate set called `name`."""
    raise_any(check_links(project, FOLDER, name))
    return Files(project.root / FOLDER / name, f"{FOLDER}/{name}")


def few(names: list[str]) -> str:
    """Return the first three names, and how many more there are."""
    return joined(names, "and", 3)


def _has_form(code: str, form: str) -> bool:
    """Return whether each character of a code matches the format: 9 is a digit, A a capital letter."""
    kinds = {"9": "[0-9]", "A": "[A-Z]"}
    return bool(re.fullmatch("".join(kinds.get(mark, re.escape(mark)) for mark in form), code))


def _plain(cell: str) -> str:
    """Return a number with the hyphen that the engine reads as a minus sign."""
    return cell.replace("−", "-")


def items(cell: str) -> tuple[str, ...]:
    """Return the values in a cell, which semicolons separate."""
    return tuple(filter(None, map(str.strip, cell.split(";"))))


def iso(text: str) -> datetime.date | None:
    """Return a day written as 2025-05-03; None if it isn't one."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def day(row: Row, column: str) -> datetime.date:
    """Return the day in a cell that was checked."""
    return datetime.date.fromisoformat(row[column])


def degrees(row: Row, *columns: str) -> tuple[float, ...]:
    """Return the numbers in some cells that were checked."""
    return tuple(float(_plain(row[column])) for column in columns)
