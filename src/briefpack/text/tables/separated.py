"""Read a table from text with separators (CSV), as spreadsheets write it."""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from briefpack.problem import Problem, Problems, raise_any
from briefpack.text import legible
from briefpack.text.tables.model import Row, Table

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
        raise Problems([Problem(shown, lines[-1][0], message, hint)])
    if not lines:
        raise Problems([Problem(shown, header or 1, EMPTY.format("file"), NAME_COLUMNS)])
    wide = len(lines[0][1])
    spaced = {*_spaced(lines, wide)}
    for _, cells in lines:
        # A second list of each row would take as much memory as the first.
        cells[:] = map(str.strip, cells)
    (line, head), *rest = lines
    while not head[-1]:
        head.pop()
    shifted, misfits = misfits_in(Body(shown, head, wide, rest, separator, spaced))
    raise_any([*_check_head(shown, line, head), *shifted])
    empty = [""] * len(head)
    rows = (Row(line, dict(zip(head, [*cells, *empty], strict=False)), misfits.get(line)) for line, cells in rest)
    return Table(shown, tuple(head), tuple(rows), line)


def _spaced(rows: Sequence[tuple[int, list[str]]], wide: int) -> Iterator[tuple[int, int]]:
    """Yield the line and the place of each cell that begins with a space, in rows that have too many."""
    for line, cells in rows:
        if len(cells) > wide:
            yield from ((line, place) for place, cell in enumerate(cells) if cell.startswith(" "))


EMPTY = "the {} is empty"
NAME_COLUMNS = "add a first line with the names of the columns"


def _decoded(data: bytes, shown: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        hint = 'save it as UTF-8 (in Excel: "CSV UTF-8")'
        raise Problems([Problem(shown, None, "the file is UTF-16, or isn't text", hint)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = 'save it as UTF-8 (in Excel: "CSV UTF-8")'
        raise Problems([Problem(shown, line, "the file isn't UTF-8 text", hint)]) from None


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
        raise Problems([Problem(shown, line, "a quotation mark in this row isn't closed", hint)]) from None


def _check_head(shown: str, line: int, head: Sequence[str]) -> Iterator[Problem]:
    for place, column in enumerate(head, start=1):
        if not column:
            yield Problem(shown, line, f"column {place} has no name", "name it, or delete the column")
        elif column in head[: place - 1]:
            yield Problem(shown, line, f'two columns are called "{column}"', "delete one, or rename it")


Numbered = tuple[int, list[str]]
"""The line and the cells of a row."""
NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}
ENOUGH_ROWS = 10
"""The number of rows that show which kinds of cell a column has, and whether its cells may be empty."""


@dataclass(frozen=True)
class Body:
    """The rows beneath the names of the columns, as split at a separator; `wide` counts unnamed columns too.

    `spaced` are the lines and places of cells in longer rows that begin with a space.
    """

    shown: str
    columns: Sequence[str]
    wide: int
    rows: Sequence[Numbered]
    separator: str
    spaced: AbstractSet[tuple[int, int]] = frozenset()


def misfits_in(body: Body) -> tuple[list[Problem], Mapping[int, Problem]]:
    """Return the problems of rows whose cells are certainly shifted and, by line, of rows whose cells may be.

    A spreadsheet leaves out, or adds, empty cells at the end of a row: that is no mistake by itself.
    """
    lengths = Counter(len(cells) for _, cells in body.rows)
    odd = [row for row in body.rows if _is_odd(body, len(row[1]), lengths)]
    if not odd:
        return [], {}
    known = _Known.of(body)
    found = [(row, known.shifted(row[1]), known.problem(row)) for row in odd]
    return [each for _, shifted, each in found if shifted], {row[0]: each for row, _, each in found}


def _is_odd(body: Body, length: int, lengths: Mapping[int, int]) -> bool:
    """Return whether a row is as long as neither the column names nor most of the rows."""
    usual = len(body.rows) > 1 and lengths[length] * 2 > len(body.rows)
    return not len(body.columns) <= length <= body.wide and not usual


@dataclass(frozen=True)
class _Known:
    """The kinds of cell in each column's complete rows, and how many of them contain the separator."""

    body: Body
    kinds: Sequence[frozenset[str]]
    separated: Sequence[int]

    @classmethod
    def of(cls, body: Body) -> "_Known":
        whole = [cells for _, cells in body.rows if len(body.columns) <= len(cells) <= body.wide]
        columns = [[cells[place] for cells in whole] for place in range(len(body.columns))]
        separated = [sum(body.separator in cell for cell in column) for column in columns]
        return cls(body, [frozenset(map(_kind, column)) for column in columns], separated)

    def shifted(self, cells: Sequence[str]) -> bool:
        """Return whether a row fits its columns better with a change in its middle than one at its end."""
        most = len(self.body.columns)
        if any(cells[most:]):
            return True
        enough = _complete(self.body) >= ENOUGH_ROWS
        if len(cells) < most and enough and "" not in self.kinds[-1]:
            return True
        at_end = self._fit([*cells, *[""] * most][:most])
        better = max(fit for fit, *_ in self._repairs(cells)) - at_end
        # In a short table, one or two cells of a new kind say little.
        return better > (0 if enough else 2)

    def problem(self, row: Numbered) -> Problem:
        line, cells = row
        count = f"{len(cells)} cell{'' if len(cells) == 1 else 's'}"
        message = f"the row has {count}, but the table has {len(self.body.columns)} columns"
        place = self._within_a_text(row)
        place = -max(self._repairs(cells))[-1] if place is None else place
        hint = self._quote(cells, place) if len(cells) > len(self.body.columns) else self._fill(cells, place)
        return Problem(self.body.shown, line, message, hint)

    def _within_a_text(self, row: Numbered) -> int | None:
        """Return the index of a cell that was split at a comma in its text: only the next cell begins with a space."""
        line, cells = row
        spaced = [place for place in range(1, len(cells)) if (line, place) in self.body.spaced]
        is_one = len(spaced) == 1 == len(cells) - len(self.body.columns)
        return spaced[0] - 1 if is_one else None

    def _repairs(self, cells: Sequence[str]) -> Iterator[tuple[int, bool, int, int]]:
        """Yield, for each column that may be at fault, how well the row fits if it is repaired there."""
        more = len(cells) - len(self.body.columns)
        for place in range(min(len(cells) + 1, len(self.body.columns))):
            if more > 0:
                end = place + more + 1
                repaired = [*cells[:place], self._joined(cells[place:end]), *cells[end:]]
                yield self._fit(repaired), repaired[place].isdecimal(), self.separated[place], -place
            else:
                yield self._fit([*cells[:place], *[""] * -more, *cells[place:]]), False, 0, -place

    def _joined(self, cells: Sequence[str]) -> str:
        """Return the text that was cut at its separators; 1,000 becomes a number."""
        first, *more = cells
        is_number = re.fullmatch(r"[1-9]\d{0,2}", first) and all(re.fullmatch(r"\d{3}", cell) for cell in more)
        return "".join(cells) if is_number else f"{self.body.separator} ".join(cells)

    def _fit(self, cells: Iterable[str]) -> int:
        """Return how many cells are of a kind that their columns have in other rows."""
        return sum(_kind(cell) in kinds for cell, kinds in zip(cells, self.kinds, strict=False))

    def _quote(self, cells: Sequence[str], place: int) -> str:
        named = NAMES[self.body.separator]
        if not any(self.kinds):
            return f"put quotation marks round the text that has a {named}"
        text = self._joined(cells[place : place + len(cells) - len(self.body.columns) + 1])
        if text.isdecimal():
            return f"write {self.body.columns[place]} without a {named}: {text}"
        return f'put quotation marks round the text that has a {named}, probably {self.body.columns[place]}: "{text}"'

    def _fill(self, cells: Sequence[str], place: int) -> str:
        named = NAMES[self.body.separator]
        if swallowed := [cell for cell in cells if self.body.separator in cell]:
            return f'add the missing cell; a quotation mark may be too far right in "{swallowed[0]}"'
        fits = [fit for fit, *_ in self._repairs(cells)]
        missing = f", probably {self.body.columns[place]}" if fits.count(max(fits)) == 1 else ""
        return f"add the missing cell{missing}; an empty cell needs its {named} too"


def _complete(body: Body) -> int:
    return sum(len(cells) >= len(body.columns) for _, cells in body.rows)


KINDS = {
    "": re.compile(""),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "whole number": re.compile(r"-?\d+"),
    "number": re.compile(r"-?\d+\.\d+"),
    "digits": re.compile(r"[\W\d_]*\d[\W\d_]*"),
    "address": re.compile(r"\S+@\S+"),
    "code": re.compile(r"[A-Z]{1,4}"),
}
"""The kinds of cell that can be told apart, the narrowest first; all others are text."""


def _kind(cell: str) -> str:
    return next((kind for kind, pattern in KINDS.items() if pattern.fullmatch(cell)), "text")
