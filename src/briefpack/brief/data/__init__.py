"""Fill a brief's charts, tables and figures from its data files: each cell that is used becomes a figure of the brief.

The data is filled before its keys are checked, so that every check sees these figures and texts as if somebody had
typed them. The origins say which cell each of them comes from.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from briefpack import schema
from briefpack.brief.data.keys import Cell, ChartRows, Rows, TableRows
from briefpack.brief.data.sheets import Sheet, Sheets
from briefpack.problem import Problems, or_nearest
from briefpack.text.tables import Row
from briefpack.text.yaml_lines import Data, Loc, Place, Tree

Part = dict[str, Data]


def fill(tree: Tree, folder: Path) -> Tree:
    """Return a brief as its data files in `folder` fill it; their problems are among the tree's."""
    if not isinstance(tree.data, dict) or not any(parts(tree.data)):
        return tree
    filling = Filling(Sheets(tree, folder), copy.deepcopy(tree.data))
    for loc, figure in [*_named(filling.data, "figures")]:
        _fill_figure(filling, loc, figure)
    for loc, chart in [*_named(filling.data, "charts")]:
        _fill_chart(filling, loc, chart)
    for loc, table in [*_tables(filling.data)]:
        _fill_table(filling, loc, table)
    problems = Problems([*tree.problems, *filling.sheets.problems]).problems
    return replace(tree, data=filling.data, origins=filling.origins, problems=problems)


def parts(data: Data) -> Iterator[Loc]:
    """Yield the location of every part that may name a data file."""
    for found in (_named(data, "figures"), _named(data, "charts"), _tables(data)):
        yield from (loc for loc, _ in found)


def _named(data: Data, key: str) -> Iterator[tuple[Loc, Part]]:
    """Yield each part under a key of the brief that names a data file."""
    for name, part in (_group(data, key) if key in data else {}).items():
        if isinstance(part, dict) and "data" in part:
            yield (key, name), part


def _tables(data: Data, loc: Loc = ()) -> Iterator[tuple[Loc, Part]]:
    """Yield each table that names a data file."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        if key == "table" and isinstance(value, dict) and "data" in value:
            yield (*loc, key), value
        yield from _tables(value, (*loc, key))


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
        figures = _group(self.data, "figures")
        figure = {**self.cell(sheet, row, heading), "means": means}
        stem = f"{sheet.id[:LONGEST].strip('-')}-{sheet.table.cell(row, heading).lower()}"
        names = (f"{stem}-{number}" if number > 1 else stem for number in count(1))
        found = next(name for name in names if figures.get(name, figure) == figure)
        figures[found] = figure
        self.origins[("figures", found)] = sheet.loc
        for key in ("value", "unit"):
            self.origins[("figures", found, key)] = self.origin(sheet, row, heading, key)
        return found


def _group(data: Data, key: str) -> dict[str, Data]:
    """Return the group of keys under a key of a brief, which is added if it isn't there."""
    found = data.setdefault(key, {})
    return found if isinstance(found, dict) else {}


MOST_NAMED = 3


def _fill_figure(filling: Filling, loc: Loc, figure: dict[str, Data]) -> None:
    """Fill the value of a figure that names a cell, and its unit, source and date if it has none of its own."""
    found = filling.open(Cell, figure, loc, "value")
    if not found:
        return
    wanted, sheet = found
    columns = filling.columns(sheet, loc, {("column",): wanted.column})
    rows = filling.sheets.rows(sheet, wanted.where, (*loc, "data"))
    if not columns or len(rows) != 1:
        _refuse_several(filling, sheet, rows, loc)
        return
    heading = columns["column",]
    cell = filling.cell(sheet, rows[0], heading)
    if {"source", "query"} & figure.keys():
        cell = {key: value for key, value in cell.items() if key not in {"source", "query"}}
    for key in cell.keys() - figure.keys():
        filling.origins[*loc, key] = filling.origin(sheet, rows[0], heading, key)
    del figure["data"]
    figure.update({key: value for key, value in cell.items() if key not in figure})


def _refuse_several(filling: Filling, sheet: Sheet, rows: tuple[Row, ...], loc: Loc) -> None:
    """Add a problem if several rows fit."""
    if len(rows) > 1:
        lines = ", ".join(str(row.line) for row in rows[:MOST_NAMED]) + (", …" if len(rows) > MOST_NAMED else "")
        message = f"{len(rows)} rows of {sheet.table.file} fit (lines {lines}), but a figure has one value"
        filling.sheets.say((*loc, "data"), message, "name another column and its value in where:")


TEXTS = ("label", "note", "group", "when")
ENDS = ("low", "high")


@dataclass(frozen=True)
class _Mark:
    """A row of a chart: the row of the file that it comes from, and the columns of its numbers by their keys."""

    row: Row
    series: str
    numbers: Mapping[str, str]


def _fill_chart(filling: Filling, loc: Loc, chart: dict[str, Data]) -> None:
    """Fill the rows of a chart that names a data file."""
    found = filling.open(ChartRows, chart, loc, "rows")
    if not found:
        return
    wanted, sheet = found
    named: dict[Loc, str | None] = {(key,): getattr(wanted, key) for key in (*TEXTS, *ENDS, "series")}
    columns = filling.columns(sheet, loc, {**named, **{("values", name): name for name in wanted.values}})
    rows = filling.sheets.rows(sheet, wanted.where, (*loc, "data"))
    if columns is None or not filling.fits(len(rows) * max(len(wanted.values), 1), loc):
        return
    marks = [mark for row in rows for mark in _marks(row, wanted, columns)]
    if rows and not marks:
        hint = "name other columns in values:, or other rows in where:"
        filling.sheets.say((*loc, "data"), f"the cells that it takes from {sheet.table.file} are empty", hint)
    _check_strong(filling, wanted, {name for mark in marks for name in (mark.row[columns["label",]], mark.series)}, loc)
    del chart["data"]
    chart["rows"] = []
    for mark in marks:
        place = (*loc, "rows", len(chart["rows"]))
        chart["rows"].append(_filled(filling, sheet, mark, wanted, columns))
        _trace(filling, sheet, mark, columns, place)


def _check_strong(filling: Filling, wanted: ChartRows, names: set[str], loc: Loc) -> None:
    """Add a problem for each name under `strong:` that is no label and no series of a chart's rows."""
    for index, name in enumerate(wanted.strong if names else ()):
        if name not in names:
            hint = or_nearest("write a label as it is in the file", name, names)
            filling.sheets.say((*loc, "data", "strong", index), f'no row or series is called "{name}"', hint)


def _marks(row: Row, wanted: ChartRows, columns: Columns) -> Iterator[_Mark]:
    """Yield the marks of one row of a file; a cell without a number makes no mark, unless no column has numbers."""
    ends = {key: columns[key,] for key in ENDS if (key,) in columns}
    each = [(name, {"figure": columns["values", column], **ends}) for column, name in wanted.values.items()]
    for name, numbers in each or [("", ends)]:
        there = {key: heading for key, heading in numbers.items() if row[heading]}
        if there or not numbers:
            yield _Mark(row, row[columns["series",]] if ("series",) in columns else name, there)


def _filled(filling: Filling, sheet: Sheet, mark: _Mark, wanted: ChartRows, columns: Columns) -> dict[str, str]:
    """Return the keys of a row of a chart."""
    texts = {key: mark.row[columns[key,]] for key in TEXTS if (key,) in columns}
    found = {key: text for key, text in texts.items() if text or key == "label"}
    found |= {"series": mark.series} if mark.series else {}
    found |= {"strong": "yes"} if {texts["label"], mark.series} & {*wanted.strong} else {}
    about = ", ".join(filter(None, (mark.series, texts["label"])))
    means = {key: f"{heading}, {about}" for key, heading in mark.numbers.items()}
    return found | {key: filling.figure(sheet, mark.row, heading, means[key]) for key, heading in mark.numbers.items()}


def _trace(filling: Filling, sheet: Sheet, mark: _Mark, columns: Columns, place: Loc) -> None:
    """Add the origins of a row of a chart."""
    filling.origins[place] = sheet.table.place(mark.row)
    headings = {key: columns[key,] for key in TEXTS if (key,) in columns} | {**mark.numbers}
    for key, heading in headings.items():
        filling.origins[*place, key] = sheet.table.place(mark.row, heading)


OWN = "own"
"""The source of an organisation's own numbers, which no note names."""
NUMBER = re.compile(r"[-+−]?\d[\d.,\s]*%?")
YEAR = re.compile(r"(?:19|20)\d\d")
MISSING = "–"
"""An empty cell, as it prints."""


def _fill_table(filling: Filling, loc: Loc, table: dict[str, Data]) -> None:
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
