"""Read a sheet of a spreadsheet (.xlsx, .ods): the values that its program showed last, and nothing it links to."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path, PurePosixPath

import python_calamine

from briefpack.problem import Problems, nearest, one_problem
from briefpack.text.tables import archive
from briefpack.text.tables.model import NO_RESULT, SMALLER, TOP, Row, SheetError, Table, letters

MOST_UNPACKED = 80_000_000
"""The most that the XML of a spreadsheet may take when unpacked."""
EXACT_DIGITS = 15
"""The digits of a number that a spreadsheet keeps."""

MOST_CELLS = 2_000_000
"""The most cells between a sheet's first and its last, the empty ones included."""
MOST_SPACES = 1_000_000
REFERENCE = re.compile(r"\$?([A-Z]{1,4})\$?(\d{1,9})")
ERROR = re.compile(rb"""(<(?:\w+:)?c\b[^>]*\bt=)["']e["']""")
"""The beginning of a cell with an error."""
IN_PERCENT = {"9", "10"}
"""The ids of the built-in formats of percentages."""

Spot = tuple[int, int]
"""The row and the column of a cell, counted from 0."""

Value = object


@dataclass
class Extent:
    """The last row and column of a sheet that have a cell with content, and the cells that need a word of explanation.

    `notes` are those cells, by their meaning: "%" is shown as a percentage, and NO_RESULT is a formula without a
    result.
    """

    last_row: int = 0
    last_column: int = 0
    notes: dict[Spot, str] = field(default_factory=dict)

    @property
    def is_too_large(self) -> bool:
        """Return whether the sheet has more cells than can be laid out."""
        return (self.last_row + 1) * (self.last_column + 1) > MOST_CELLS

    def reach(self, spot: Spot) -> None:
        """Extend the sheet to a cell."""
        self.last_row, self.last_column = max(self.last_row, spot[0]), max(self.last_column, spot[1])


@dataclass(frozen=True)
class _Copy:
    """A copy of a spreadsheet that is safe to read, and the extents of its sheets by their names."""

    parts: Mapping[str, bytes]
    extents: Mapping[str, Extent]


def read(path: Path, shown: str, header: int | None, name: str | None) -> Table:
    """Read a sheet; by default the only one, with the first row that isn't empty as its column names.

    Raises SheetError if there is no such sheet, or if there are several. Raises Problems if the file can't be read.
    """
    copy = _copy(path, shown)
    sheet = _choose(copy, name, shown)
    extent = copy.extents[sheet]
    if extent.is_too_large:
        last = f"{letters(extent.last_column)}{extent.last_row + 1}"
        message = f'sheet "{sheet}": its last cell is {last}, too far from the first'
        raise one_problem(shown, None, message, SMALLER)
    return _table(_values(copy, sheet, shown), extent, (shown, sheet), header)


def _copy(path: Path, shown: str) -> _Copy:
    try:
        unpacked = archive.unpack(path, MOST_UNPACKED, MOST_UNPACKED)
        return _ods(unpacked) if "content.xml" in unpacked else _xlsx(unpacked)
    except archive.TooLargeError:
        message = f"the file unpacks to more than {MOST_UNPACKED // 1_000_000} MB"
        raise one_problem(shown, None, message, SMALLER) from None
    except archive.OldFormatError:
        message, hint = "the file is in an old format, or has a password", "save it as .xlsx, without a password"
        raise one_problem(shown, None, message, hint) from None
    except archive.RefusedError:
        raise _damaged(shown) from None


def _damaged(shown: str) -> Problems:
    """Return the problem of a spreadsheet that can't be read."""
    hint = "open it in a spreadsheet program, and save it again"
    return one_problem(shown, None, "the file is damaged, or isn't a spreadsheet", hint)


def _choose(copy: _Copy, name: str | None, shown: str) -> str:
    names = [*copy.extents]
    if not names:
        raise _damaged(shown)
    listed = nearest(name or "", names, most=len(names)) if name else ", ".join(names)
    if name is None and len(names) > 1:
        message = "the file has several sheets"
        raise SheetError(message, f"add sheet: and the name of one: {listed}")
    if name not in (None, *names):
        message = f'there is no sheet called "{name}"'
        raise SheetError(message, listed)
    return name or names[0]


def _xlsx(unpacked: Mapping[str, bytes]) -> _Copy:
    """Return a copy of an .xlsx file. Raises RefusedError."""
    styles = next((data for part, data in unpacked.items() if part.endswith("styles.xml")), b"<none/>")
    percent = _percent_styles(styles)
    named = _sheets(unpacked)
    found = {part: _extent(part, unpacked[part], percent) for part in named.values() if part in unpacked}
    for part, data in unpacked.items():
        if part not in found and part != "mimetype":
            archive.read_xml(part, data)
    kept = {part: data for part, data in unpacked.items() if part not in found or not found[part].is_too_large}
    # The library drops an error that it knows, such as #N/A, and fails at any other.
    kept |= {part: ERROR.sub(rb'\1"str"', kept[part]) for part in found if part in kept}
    return _Copy(kept, {name: found[part] for name, part in named.items() if part in found})


def _sheets(unpacked: Mapping[str, bytes]) -> Mapping[str, str]:
    """Return the part of each sheet of an .xlsx file, by its name."""
    book = next((part for part in unpacked if part.endswith("workbook.xml")), "")
    folder = PurePosixPath(book).parent
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def relation(name: str, keys: Mapping[str, str]) -> None:
        if name == "Relationship" and keys.get("TargetMode") != "External" and "Id" in keys:
            targets[keys["Id"]] = keys.get("Target", "")

    def sheet(name: str, keys: Mapping[str, str]) -> None:
        if name == "sheet":
            ids[keys.get("name", "")] = keys.get("id", "")

    related = str(folder / "_rels/workbook.xml.rels")
    archive.read_xml(related, unpacked.get(related, b""), relation)
    archive.read_xml(book, unpacked.get(book, b""), sheet)
    found = {name: targets[each] for name, each in ids.items() if each in targets}
    return {name: target.lstrip("/") if target[:1] == "/" else str(folder / target) for name, target in found.items()}


def _ods(unpacked: Mapping[str, bytes]) -> _Copy:
    """Return a copy of an .ods file. Raises RefusedError."""
    for part, data in unpacked.items():
        if part != "mimetype":
            archive.read_xml(part, data)
    found = extents(unpacked["content.xml"])
    return _Copy(unpacked, found)


def _values(copy: _Copy, sheet: str, shown: str) -> Sequence[Sequence[Value]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(archive.pack(copy.parts))
        return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, python_calamine.WorksheetNotFound, OSError, ValueError):
        raise _damaged(shown) from None
    except BaseException as error:
        # The library is in Rust; a mistake in it is no Exception to Python.
        if type(error).__name__ == "PanicException":
            raise _damaged(shown) from None
        raise


def _table(values: Sequence[Sequence[Value]], extent: Extent, named: tuple[str, str], header: int | None) -> Table:
    shown, sheet = named
    read = [(line, _texts(line, row, extent)) for line, row in enumerate(values, 1) if line >= (header or 1)]
    full = [(line, cells) for line, cells in read if any(cells)]
    if not full:
        message = f'sheet "{sheet}" is empty' + (f" from row {header}" if header else "")
        raise one_problem(shown, None, message, "name another sheet, or add a row with the names of the columns")
    (line, head), *rest = full
    columns = tuple(head)
    rows = tuple(Row(line, dict(_named(columns, cells))) for line, cells in rest)
    return Table(shown, columns, rows, line, sheet, tuple((line, tuple(cells)) for line, cells in rest[:TOP]))


def _named(columns: Iterable[str], cells: Iterable[str]) -> Iterable[tuple[str, str]]:
    return ((column, cell) for column, cell in zip(columns, cells, strict=False) if column)


def _texts(line: int, values: Iterable[Value], extent: Extent) -> list[str]:
    return [_text(value, extent.notes.get((line - 1, column), "")) for column, value in enumerate(values)]


def _text(value: Value, note: str) -> str:
    """Return a cell as text: a number in digits, a date as 2025-05-03, a percentage with its sign."""
    if note == NO_RESULT:
        return note
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return _digits(value, percent=note == "%")
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return " ".join(str(value).split())


def _digits(value: float, *, percent: bool) -> str:
    exact = Decimal(f"{value:.{EXACT_DIGITS}g}")
    text = f"{exact.scaleb(2 if percent else 0):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if percent else text


def _extent(part: str, data: bytes, percent: frozenset[int]) -> Extent:
    """Return the extent of a sheet of an .xlsx file; `percent` are the styles of percentages. Raises RefusedError."""
    reader = _SheetReader(percent)
    archive.read_xml(part, data, reader.start, reader.end)
    return reader.extent


class _SheetReader:
    """A reader of the cells of a sheet; a cell without a reference follows the cell before it."""

    def __init__(self, percent: frozenset[int]) -> None:
        self.percent, self.extent = percent, Extent()
        self.spot: Spot = (-1, -1)
        self.keys: Mapping[str, str] = {}
        self.inside: set[str] = set()

    def start(self, name: str, keys: Mapping[str, str]) -> None:
        if name == "row":
            self.spot = (_number(keys["r"]) - 1 if "r" in keys else self.spot[0] + 1, -1)
        elif name == "c":
            self.spot = _spot(keys["r"]) if "r" in keys else (self.spot[0], self.spot[1] + 1)
            self.keys, self.inside = keys, set()
        elif name in {"v", "f", "is"}:
            self.inside.add(name)
            self.extent.reach(self.spot)

    def end(self, name: str) -> None:
        if name == "c" and (note := self._note()):
            self.extent.notes[self.spot] = note

    def _note(self) -> str:
        if "f" in self.inside and "v" not in self.inside:
            return NO_RESULT
        is_number = "v" in self.inside and self.keys.get("t", "n") == "n"
        return "%" if is_number and _number(self.keys.get("s", "0")) in self.percent else ""


def _percent_styles(data: bytes) -> frozenset[int]:
    """Return the styles of an .xlsx file that show numbers as percentages. Raises RefusedError."""
    formats: set[str] = {*IN_PERCENT}
    styles: list[str] = []
    path: list[str] = []

    def start(name: str, keys: Mapping[str, str]) -> None:
        if name == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", keys.get("formatCode", "")):
            formats.add(keys.get("numFmtId", ""))
        elif name == "xf" and path[-1:] == ["cellXfs"]:
            styles.append(keys.get("numFmtId", "0"))
        path.append(name)

    def end(_name: str) -> None:
        path.pop()

    archive.read_xml("styles.xml", data, start, end)
    return frozenset(index for index, style in enumerate(styles) if style in formats)


def extents(data: bytes) -> Mapping[str, Extent]:
    """Return the extent of each sheet in the content of an .ods file, by its name. Raises RefusedError."""
    reader = _TableReader()
    archive.read_xml("content.xml", data, reader.start, reader.end)
    return reader.extents


class _TableReader:
    """A reader of the cells of an .ods file, in which one row or cell may be repeated many times."""

    def __init__(self) -> None:
        self.extents: dict[str, Extent] = {}
        self.extent = Extent()
        self.row = self.column = 0
        self.rows = 1
        self.spaces = 0

    def start(self, name: str, keys: Mapping[str, str]) -> None:
        if name == "table":
            self.extent = self.extents.setdefault(keys.get("name", ""), Extent())
            self.row = 0
        elif name == "table-row":
            self.rows, self.column = _number(keys.get("number-rows-repeated", "1")), 0
        elif name in {"table-cell", "covered-table-cell"}:
            self._cell(keys, _number(keys.get("number-columns-repeated", "1")))
        elif name == "s":
            self._space(_number(keys.get("c", "1")))

    def _space(self, spaces: int) -> None:
        """Count the spaces that one element represents. Raises RefusedError if they would fill the memory."""
        self.spaces += spaces
        if self.spaces > MOST_SPACES:
            raise archive.RefusedError(f"there are {self.spaces} spaces")

    def _cell(self, keys: Mapping[str, str], columns: int) -> None:
        if "value-type" in keys or "formula" in keys:
            self.extent.reach((self.row + self.rows - 1, self.column + columns - 1))
            if keys.get("value-type") == "percentage" and not self.extent.is_too_large:
                across = range(self.column, self.column + columns)
                down = range(self.row, self.row + self.rows)
                self.extent.notes |= {(row, column): "%" for row in down for column in across}
        self.column += columns

    def end(self, name: str) -> None:
        if name == "table-row":
            self.row += self.rows


def _spot(reference: str) -> Spot:
    found = REFERENCE.fullmatch(reference)
    if not found:
        raise archive.RefusedError(f"{reference} is not a cell")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise archive.RefusedError(f"{text} is not a number")
    return int(text)
