"""Read the files of an electorate set as rows of cells, and check the kinds of cell that several files share."""

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from briefpack import schema
from briefpack.electorates.model import SetFile
from briefpack.problem import Problem, Problems, joined, nearest, raise_any
from briefpack.project import Project, check_links, within
from briefpack.text import yaml_lines
from briefpack.text.tables import Row, Table, separated
from briefpack.text.yaml_lines import Tree

FOLDER = "briefs/electorates"
OF_STATES = "use a code from states: in set.yaml"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "electorates": (
        "slug", "name", "state", "member", "party", "current_member", "current_party",
        "change_note", "office_address", "office_suburb", "office_state", "office_postcode", "office_phone", "email",
        "far_parts",
    ),
    "roles": ("slug", "member", "role", "as_at"),
    "forms-of-address": ("slug", "member", "language", "title", "salutation"),
    "changes": ("slug", "date", "event", "detail"),
    "towns": ("name", "state", "longitude", "latitude", "rank"),
    "postcodes": ("postcode", "electorates", "possible_electorates"),
    "localities": ("postcode", "locality", "state", "electorate", "confidence"),
    "places": ("slug", "name", "lat", "lon", "rank"),
    "hexes": ("slug", "q", "r"),
    "po-boxes": ("postcode", "place", "state", "nearest_delivery_postcode", "nearest_delivery_place"),
    "former": ("name", "slug", "state", "abolished", "electorate", "share_of_population_pct"),
}  # fmt: skip
"""The columns of each standard file of a set; cells may be empty, but no column may be missing."""
LONGITUDES, LATITUDES = 180, 90
"""The greatest longitude and latitude, in degrees either side of 0."""
Item = TypeVar("Item")


class Folder:
    """A folder of files as they are read, with its path as problems name it, and the problems found so far."""

    def __init__(self, folder: Path, shown: str) -> None:
        """Begin without problems."""
        self.folder, self.shown = folder, shown
        self.problems: list[Problem] = []

    def say(self, table: Table, row: Row | None, message: str, hint: str) -> None:
        """Add a problem at a row, or at the column names if `row` is None."""
        if row and row.misfit:
            self.problems.append(row.misfit)
            return
        self.problems.append(Problem(table.shown, row.line if row else table.line, message, hint))

    def attempt(self, step: Callable[[], Item]) -> Item | None:
        """Return the result of a step; None if it raises Problems, which are added to the problems found so far."""
        try:
            return step()
        except Problems as error:
            self.problems += error.problems
            return None


class Files(Folder):
    """The files of a set as they are read, and the problems found so far."""

    def __init__(self, folder: Path, shown: str) -> None:
        """Read `set.yaml` in `folder`. Raises Problems if it can't be read."""
        super().__init__(folder, shown)
        self.tree: Tree = yaml_lines.read_parts(folder / "set.yaml", f"{shown}/set.yaml")
        self.spec = schema.read_tree(SetFile, self.tree, "begin with title:")
        self.tables: dict[str, Table | None] = {}

    def path(self, file: str) -> Path | None:
        """Return the path of a file; None if the set doesn't list it, or if it is missing."""
        name = self.spec.files.get(file)
        return self.folder / name if name and within(self.folder, name) else None

    def table(self, file: str) -> Table | None:
        """Return a file as a table, read once; None if there is no such file, or if it can't be read."""
        if file not in self.tables:
            path = self.path(file)
            shown = f"{self.shown}/{self.spec.files.get(file, file)}"
            self.tables[file] = self.attempt(lambda: separated.read(path, shown)) if path else None
        return self.tables[file]

    def raise_any(self) -> None:
        """Raise the Problems found so far, if there are any."""
        raise_any(self.problems)

    def rows(self, file: str) -> tuple[Table, tuple[Row, ...]]:
        """Return the table and the rows of a standard file; no rows if a column is missing."""
        table = self.table(file)
        if table is None:
            return Table(f"{self.shown}/{self.spec.files.get(file, file)}", (), ()), ()
        wanted = (*COLUMNS[file], *((self.spec.members.as_at,) if file == "electorates" else ()))
        missing = [column for column in wanted if column not in table.columns]
        strange = [column for column in table.columns if column not in wanted]
        for column in missing:
            near = nearest(column, strange, most=0)
            hint = f"{f'rename {near}, or ' if near else ''}add it; its cells may be empty"
            self.say(table, None, f'there is no column called "{column}"', hint)
        return table, () if missing else table.rows


def open_set(project: Project, name: str) -> Files:
    """Return the files of the electorate set called `name`."""
    raise_any(check_links(project, FOLDER, name))
    return Files(project.root / FOLDER / name, f"{FOLDER}/{name}")


def check_state(files: Files, table: Table, row: Row, states: Iterable[str]) -> bool:
    """Return whether a row's state is in the set; if not, add a problem."""
    if row["state"] in states:
        return True
    files.say(table, row, f'there is no state called "{row["state"]}"', nearest(row["state"], states) or OF_STATES)
    return False


def check_slug(files: Files, table: Table, row: Row, slug: str, known: Mapping[str, object]) -> bool:
    """Return whether a slug belongs to an electorate; if not, add a problem."""
    if slug in known:
        return True
    if known:
        hint = nearest(slug, known, most=0) or f"use a slug from {files.spec.files['electorates']}"
        files.say(table, row, f'there is no electorate called "{slug}"', hint)
    return False


def check_codes(files: Files, table: Table, rows: Iterable[Row], column: str) -> None:
    """Add a problem for each postcode that matches none of the country's formats; empty cells are allowed."""
    forms = files.spec.country.postcodes
    if not forms:
        _check_zeros(files, table, rows, column)
        return
    for row in rows:
        code = row[column]
        if code and not any(_has_form(code, form) for form in forms):
            message = f'{column}: "{code}" doesn\'t match the format {joined(sorted(forms), "or")}'
            files.say(table, row, message, _form_hint(code, forms))


def _has_form(code: str, form: str) -> bool:
    """Return whether each character of a code matches the format: 9 is a digit, A a capital letter."""
    kinds = {"9": "0123456789", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    return len(code) == len(form) and all(
        letter in kinds.get(kind, kind) for letter, kind in zip(code, form, strict=True)
    )


def _form_hint(code: str, forms: Sequence[str]) -> str:
    longer = next((form for form in forms if code.isdecimal() and _has_form(f"{code:0>{len(form)}}", form)), None)
    if longer:
        return f"{code:0>{len(longer)}}, in a column that is formatted as text: a spreadsheet may have dropped the leading zero"
    return "9 is any digit and A any capital letter; country: in set.yaml lists the formats"


def _check_zeros(files: Files, table: Table, rows: Iterable[Row], column: str) -> None:
    """Add a problem for each numeric code shorter than the others: spreadsheets drop the leading zero of 0810."""
    coded = [row for row in rows if row[column].isdecimal()]
    lengths = Counter(len(row[column]) for row in coded)
    usual = max(lengths, key=lengths.__getitem__, default=0)
    for row in coded:
        if len(row[column]) < usual:
            why = "is shorter than the others: a spreadsheet may have dropped the leading zero"
            files.say(
                table,
                row,
                f'{column}: "{row[column]}" {why}',
                f"{row[column]:0>{usual}}, in a column that is formatted as text",
            )


def check_once(files: Files, table: Table, rows: Iterable[Row], column: str) -> None:
    """Add a problem for each row whose value in a column is empty or repeats an earlier one."""
    first: dict[str, int] = {}
    for row in rows:
        value = row[column]
        if not value:
            files.say(table, row, f"{column} is empty", f"add a {column}, or delete the row")
        elif first.setdefault(value, row.line) != row.line:
            message = f'{column} "{value}" is already on line {first[value]}'
            files.say(table, row, message, "merge the two rows")


def items(cell: str) -> tuple[str, ...]:
    """Return the values in a cell, which semicolons separate."""
    return tuple(item for part in cell.split(";") if (item := part.strip()))


NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")


def number(files: Files, table: Table, row: Row, column: str) -> Decimal | None:
    """Return a cell's number; None if it is empty, or if it isn't a number, which is reported."""
    text = row[column].replace("−", "-")
    if NUMBER.fullmatch(text):
        return Decimal(text)
    if text:
        files.say(table, row, f'{column}: "{text}" is not a number', _digits(text))
    return None


def _digits(text: str) -> str:
    """Return how to write a number that has a percent sign, a decimal comma or commas between its thousands."""
    bare = re.sub(r"^[A-Z]{0,2}[$£€]|[ \u00a0\u202f]|%$", "", text)
    if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare):
        return f"{bare.replace(',', '')}, without commas"
    if re.fullmatch(r"-?\d+,\d+", bare):
        return f"{bare.replace(',', '.')}, with a point and not a comma"
    return f"{bare}, the number alone" if NUMBER.fullmatch(bare) else "use digits only, without commas or words: 121536"


DEGREES = "write degrees east for the longitude, and degrees north for the latitude"


def point(files: Files, table: Table, row: Row, columns: tuple[str, str, str]) -> tuple[float, float, int]:
    """Return the longitude, latitude and rank of a row, from the columns with these names."""
    numbers = [number(files, table, row, column) for column in columns]
    longitude, latitude, rank = (found or Decimal(0) for found in numbers)
    for column in columns:
        if not row[column]:
            files.say(table, row, f"{column} is empty", "add a number, such as 151.21")
    if abs(longitude) > LONGITUDES or abs(latitude) > LATITUDES:
        message = f'the position of "{row["name"]}" isn\'t on the globe'
        exchanged = abs(longitude) <= LATITUDES and abs(latitude) <= LONGITUDES
        hint = f"exchange {columns[0]} and {columns[1]}, or correct {columns[1]}"
        files.say(table, row, message, hint if exchanged else DEGREES)
    return float(longitude), float(latitude), int(rank)


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


def _meant_days(typed: str) -> str:
    """Return the days that a date in figures may be, 3/5/2025 for example; nothing if it is in words."""
    found = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](?:20)?(\d\d)", typed)
    one, two, year = found.groups() if found else ("0", "0", "0")
    days = (iso(f"20{int(year):02}-{month:0>2}-{day:0>2}") for day, month in ((one, two), (two, one)))
    return " or ".join(dict.fromkeys(day.isoformat() for day in days if day))


def day(files: Files, table: Table, row: Row, column: str) -> datetime.date:
    """Return the day in a cell; add a problem if it isn't one."""
    found = iso(row[column])
    if found is None:
        meant = _meant_days(row[column]) or "write 2025-05-03"
        hint = f"{meant}; {SPREADSHEET_DATE}" if TYPED_DATE.fullmatch(row[column]) else "write it as 2025-05-03"
        if SERIAL.fullmatch(row[column]):
            hint = f"{FIRST_DAY + datetime.timedelta(days=int(row[column]))}, if it is a spreadsheet's number of a day"
        files.say(table, row, f'{column}: "{row[column]}" is not a date', hint)
    return found or datetime.date.min
