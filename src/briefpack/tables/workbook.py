"""Read a sheet of a spreadsheet (.xlsx, .ods): the values that its program showed last, and nothing that it links to."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path, PurePosixPath

import python_calamine

from briefpack.problem import Problem, Problems, nearest
from briefpack.tables import extents, parts, xml_events
from briefpack.tables.extents import Extent
from briefpack.tables.model import Row, SheetError, Table, letters

ERROR = re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*)(["'])e\2""")
EXACT_DIGITS = 15
"""The digits of a number that a spreadsheet keeps."""

Value = object


@dataclass(frozen=True)
class _Copy:
    """A copy of a spreadsheet that is safe to read, and the extents of its sheets by their names."""

    parts: Mapping[str, bytes]
    extents: Mapping[str, Extent]


def read(path: Path, shown: str, header: int | None, name: str | None) -> Table:
    """Read a sheet; by default the only one, with the first row that isn't empty as its column names.

    Raises SheetError if there is no such sheet, or if there are several. Raises Problems if the file can't be read.
    """
    unpacked = parts.unpack(path, shown)
    try:
        copy = _ods(unpacked) if "content.xml" in unpacked else _xlsx(unpacked)
    except xml_events.RefusedError:
        raise parts.damaged(shown) from None
    sheet = _choose(copy, name, shown)
    extent = copy.extents[sheet]
    if extent.is_too_large:
        last = f"{letters(extent.last_column)}{extent.last_row + 1}"
        message = f'sheet "{sheet}": its last cell is {last}, too far from the first'
        raise Problems([Problem(shown, None, message, parts.SMALLER)])
    return _table(_values(copy, sheet, shown), extent, (shown, sheet), header)


def _choose(copy: _Copy, name: str | None, shown: str) -> str:
    names = [*copy.extents]
    if not names:
        raise parts.damaged(shown)
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
    percent = extents.of_styles(styles)
    named = _sheets(unpacked)
    found = {part: extents.of_sheet(unpacked[part], percent) for part in named.values() if part in unpacked}
    for part, data in unpacked.items():
        if part not in found and part != "mimetype":
            xml_events.read(data, lambda _name, _keys: None)
    kept = {part: ERROR.sub(rb"\1\2str\2", data) if part in found else data for part, data in unpacked.items()}
    small = {part: data for part, data in kept.items() if part not in found or not found[part].is_too_large}
    return _Copy(small, {name: found[part] for name, part in named.items() if part in found})


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

    xml_events.read(unpacked.get(str(folder / "_rels/workbook.xml.rels"), b""), relation)
    xml_events.read(unpacked.get(book, b""), sheet)
    found = {name: targets[each] for name, each in ids.items() if each in targets}
    return {name: target.lstrip("/") if target[:1] == "/" else str(folder / target) for name, target in found.items()}


def _ods(unpacked: Mapping[str, bytes]) -> _Copy:
    """Return a copy of an .ods file. Raises RefusedError."""
    for part, data in unpacked.items():
        if part != "mimetype":
            xml_events.read(data, lambda _name, _keys: None)
    found = extents.of_tables(unpacked["content.xml"])
    return _Copy(unpacked, found)


def _values(copy: _Copy, sheet: str, shown: str) -> Sequence[Sequence[Value]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(parts.pack(copy.parts))
        return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, python_calamine.WorksheetNotFound, OSError, ValueError):
        raise parts.damaged(shown) from None
    except BaseException as error:
        # The library is in Rust; a mistake in it is no Exception to Python.
        if type(error).__name__ == "PanicException":
            raise parts.damaged(shown) from None
        raise


def _table(values: Sequence[Sequence[Value]], extent: Extent, named: tuple[str, str], header: int | None) -> Table:
    shown, sheet = named
    rows = [(line, _texts(line, row, extent)) for line, row in enumerate(values, 1) if line >= (header or 1)]
    full = [(line, cells) for line, cells in rows if any(cells)]
    if not full:
        message = f'sheet "{sheet}" is empty' + (f" from row {header}" if header else "")
        raise Problems(
            [Problem(shown, None, message, "name another sheet, or add a row with the names of the columns")]
        )
    (line, head), *rest = full
    columns = tuple(head)
    return Table(shown, columns, tuple(Row(line, dict(_named(columns, cells))) for line, cells in rest), line, sheet)


def _named(columns: Iterable[str], cells: Iterable[str]) -> Iterable[tuple[str, str]]:
    return ((column, cell) for column, cell in zip(columns, cells, strict=False) if column)


def _texts(line: int, values: Iterable[Value], extent: Extent) -> list[str]:
    return [_text(value, extent.notes.get((line - 1, column), "")) for column, value in enumerate(values)]


def _text(value: Value, note: str) -> str:
    """Return a cell as text: a number in digits, a date as 2025-05-03, a percentage with its sign."""
    if note == extents.NO_RESULT:
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
