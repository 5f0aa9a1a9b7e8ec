"""Read a table from text with separators (CSV), as spreadsheets write it."""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from briefpack.problem import Problem, one_problem, raise_any
from briefpack.text import legible
from briefpack.text.tables.model import TOP, Row, Table

MOST_ROWS = 200_000
SEPARATED = re.compile(r'"?sep=.?"?\s*$', re.MULTILINE)
"""The line that Excel may write above the column names."""


def read(path: Path, shown: str, header: int | None = None) -> Table:
    """Read a table with any separator, with empty rows, and with empty columns at the end.

    `header` is the line of the column names, if that isn't the first line that has any words. Raises Problems.
    """
    text = _decoded(path.read_bytes(), shown)
    legible.check(text, shown)
    separator = _separator(text, header or 1)
    full = (
        (line, cells)
        for line, cells in _split(text, separator, shown)
        if any(map(str.strip, cells)) and line >= (header or 1)
    )
    lines = [*itertools.islice(full, MOST_ROWS + 1)]
    if len(lines) > MOST_ROWS:
        message, hint = f"the file has more than {MOST_ROWS:,} rows", "keep only the rows that are needed"
        raise one_problem(shown, lines[-1][0], message, hint)
    if not lines:
        raise one_problem(shown, header or 1, EMPTY.format("file"), NAME_COLUMNS)
    wide = len(lines[0][1])
    for _, cells in lines:
        # A second list of each row would take as much memory as the first.
        cells[:] = map(str.strip, cells)
    (line, head), *rest = lines
    while not head[-1]:
        head.pop()
    misfits = dict(_misfits(shown, head, wide, rest, separator))
    shifted = [misfits[line] for line, cells in rest if line in misfits and len(cells) > len(head)]
    raise_any([*_check_head(shown, line, head), *shifted])
    empty = [""] * len(head)
    rows = (Row(line, dict(zip(head, [*cells, *empty], strict=False)), misfits.get(line)) for line, cells in rest)
    top = tuple((line, tuple(cells)) for line, cells in rest[:TOP])
    return Table(shown, tuple(head), tuple(rows), line, top=top)


EMPTY = "the {} is empty"
NAME_COLUMNS = "add a first line with the names of the columns"


def _decoded(data: bytes, shown: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        hint = 'save it as UTF-8 (in Excel: "CSV UTF-8")'
        raise one_problem(shown, None, "the file is UTF-16, or isn't text", hint)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = 'save it as UTF-8 (in Excel: "CSV UTF-8")'
        raise one_problem(shown, line, "the file isn't UTF-8 text", hint) from None


def _separator(text: str, header: int) -> str:
    """Return the separator that is most frequent in the names of the columns."""
    lines = text.splitlines()[header - 1 :]
    first = next((line for line in lines if line.strip() and not SEPARATED.match(line)), "")
    return max(NAMES, key=re.sub(r'"[^"]*"', "", first).count)


def _split(text: str, separator: str, shown: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if line > 1 or not SEPARATED.match(text):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        hint = 'close every quotation, and double each " inside one'
        raise one_problem(shown, line, "a quotation mark in this row isn't closed", hint) from None


def _check_head(shown: str, line: int, head: Sequence[str]) -> Iterator[Problem]:
    for place, column in enumerate(head, start=1):
        if not column:
            yield Problem(shown, line, f"column {place} has no name", "name it, or delete the column")
        elif column in head[: place - 1]:
            yield Problem(shown, line, f'two columns are called "{column}"', "delete one, or rename it")


Numbered = tuple[int, list[str]]
"""The line and the cells of a row."""
NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}


def _misfits(
    shown: str, head: Sequence[str], wide: int, rows: Sequence[Numbered], separator: str
) -> Iterator[tuple[int, Problem]]:
    """Yield the line of each row with cells too many or too few, and its problem; `wide` counts unnamed columns too.

    A row that is too short has that problem in place of any other: a spreadsheet leaves out empty cells at its end.
    """
    lengths = Counter(len(cells) for _, cells in rows)
    named = NAMES[separator]
    for line, cells in rows:
        usual = len(rows) > 1 and lengths[len(cells)] * 2 > len(rows)
        if len(head) <= len(cells) <= wide or usual:
            continue
        count = f"{len(cells)} cell{'' if len(cells) == 1 else 's'}"
        message = f"the row has {count}, but the table has {len(head)} columns"
        hint = f"add the missing cell; an empty cell needs its {named} too"
        if len(cells) > len(head):
            hint = f"put quotation marks round the text that has a {named}"
        yield line, Problem(shown, line, message, hint)
