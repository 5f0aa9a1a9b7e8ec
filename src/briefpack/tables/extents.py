"""Find how far each sheet of a spreadsheet reaches, before it is laid out in memory, and how some cells are meant."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from briefpack.tables import xml_events

MOST_CELLS = 2_000_000
"""The most cells between a sheet's first and its last, the empty ones included."""
NO_RESULT = "formula without a result"
"""The text of a formula that no program has calculated yet."""
UNCALCULATED = "open the file in Excel or LibreOffice, and save it again"
"""What to do about a formula without a result."""
MOST_SPACES = 1_000_000
REFERENCE = re.compile(r"\$?([A-Z]{1,4})\$?(\d{1,9})")
IN_PERCENT = {"9", "10"}
"""The ids of the built-in formats of percentages."""

Spot = tuple[int, int]
"""The row and the column of a cell, counted from 0."""


@dataclass
class Extent:
    """The last row and column of a sheet that have a cell with content, and the cells that need a word of explanation.

    `notes` are those cells, by their meaning: "%" is shown as a percentage, "error" has an error, and NO_RESULT is a
    formula without a result.
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


def of_sheet(data: bytes, percent: frozenset[int]) -> Extent:
    """Return the extent of a sheet of an .xlsx file; `percent` are the styles of percentages. Raises RefusedError."""
    reader = _SheetReader(percent)
    xml_events.read(data, reader.start, reader.end)
    return reader.extent


class _SheetReader:
    """A reader of the cells of a sheet; those without a reference follow the one before."""

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
        if self.keys.get("t") == "e":
            return "error"
        is_number = "v" in self.inside and self.keys.get("t", "n") == "n"
        return "%" if is_number and _number(self.keys.get("s", "0")) in self.percent else ""


def of_styles(data: bytes) -> frozenset[int]:
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

    xml_events.read(data, start, end)
    return frozenset(index for index, style in enumerate(styles) if style in formats)


def of_tables(data: bytes) -> Mapping[str, Extent]:
    """Return the extent of each sheet in the content of an .ods file, by its name. Raises RefusedError."""
    reader = _TableReader()
    xml_events.read(data, reader.start, reader.end)
    return reader.extents


class _TableReader:
    """A reader of the cells of an .ods file, in which a row or a cell may stand for many that are alike."""

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
        """Count the spaces that one element stands for. Raises RefusedError if they would fill the memory."""
        self.spaces += spaces
        if self.spaces > MOST_SPACES:
            message = f"there are {self.spaces} spaces"
            raise xml_events.RefusedError(message)

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
        message = f"{reference} is not a cell"
        raise xml_events.RefusedError(message)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        message = f"{text} is not a number"
        raise xml_events.RefusedError(message)
    return int(text)
