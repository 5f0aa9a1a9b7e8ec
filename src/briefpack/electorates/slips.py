"""Warn of slips in the rows of a set: a neighbour's cells, a spreadsheet's changes or a wrong encoding."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby, pairwise

from briefpack.electorates import tables
from briefpack.electorates.electorate import VACANT
from briefpack.electorates.tables import Files
from briefpack.problem import Problem
from briefpack.text.tables import Row, Table

NEARLY_ALL = 0.8
"""The least share of the rows that shows a value to be usual, so that a row with another is a slip."""
ENOUGH = 5
"""The fewest rows that show it."""
EXPONENT = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
UNIQUE = ("current_member", "office_phone", "email")
"""The columns in which two electorates have no value in common."""


def check(files: Files, table: Table, rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield a warning for each slip in the rows of electorates, and in the texts and dates of other files."""
    for column in UNIQUE:
        yield from _shared(table, rows, column)
    yield from _phones(table, rows)
    yield from _parties(table, rows)
    yield from _states(files, table, rows)
    yield from _mangled(files)
    yield from _filled_down(files)


def _warned(table: Table, row: Row, message: str, hint: str) -> Problem:
    return Problem(table.shown, row.line, f"{row['slug']}: {message}", hint, warning=True)


def _shared(table: Table, rows: Sequence[Row], column: str) -> Iterator[Problem]:
    first: dict[str, Row] = {}
    for row in rows:
        value = row[column]
        other = first.setdefault(value, row) if value and value.casefold() != VACANT else row
        if other is not row:
            message = f'{column}: "{value}" is also that of {other["slug"]}, line {other.line}'
            yield _warned(table, row, message, "check which of the two was copied from the other")


def _phones(table: Table, rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield a warning for each phone number that a spreadsheet took for a number: without its 0, or as 4E+08."""
    digits = {row.line: "".join(re.findall(r"\d", row["office_phone"])) for row in rows if row["office_phone"]}
    usual = Counter(len(each) for each in digits.values() if each.startswith("0"))
    length, count = next(iter(usual.most_common(1)), (0, 0))
    known = len(digits) >= ENOUGH and count >= NEARLY_ALL * len(digits)
    for row in rows:
        phone = row["office_phone"]
        if EXPONENT.fullmatch(phone):
            hint = "type the number again, in a column that is formatted as text"
            yield _warned(table, row, f'office_phone: "{phone}" is a spreadsheet\'s short form of a number', hint)
        elif known and phone.isdecimal() and not phone.startswith("0") and len(phone) == length - 1:
            message = (
                f'office_phone: "{phone}" has {len(phone)} digits, the others {length}: '
                "a spreadsheet may have dropped the leading zero"
            )
            yield _warned(table, row, message, f"0{phone}, in a column that is formatted as text")


def _parties(table: Table, rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield a warning for each member without a party, where nearly all have one."""
    usual = sum(bool(row["current_party"]) for row in rows) >= max(ENOUGH, NEARLY_ALL * len(rows))
    for row in rows if usual else ():
        member = row["current_member"]
        if member and member.casefold() != VACANT and not row["current_party"]:
            yield _warned(table, row, f"current_party is empty, and it prints beside {member}", "fill it in")


def _states(files: Files, table: Table, rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield a warning for each office in another state than its electorate, if nearly all agree."""
    apart = [row for row in rows if row["office_state"] and row["office_state"] != row["state"]]
    usual = len(apart) <= (1 - NEARLY_ALL) * len(rows) and len(rows) >= ENOUGH
    for row in apart if usual else ():
        noun = files.spec.words.electorate
        message = f"office: it is in {row['office_state']}, but the {noun} is in {row['state']}"
        yield _warned(table, row, message, "check the columns office_suburb, office_state and office_postcode")


PRINTED = ("electorates", "changes", "towns", "places", "former")
"""The files whose texts print."""
MANGLED = re.compile(r"\S*(?:[\u00c2\u00c3][\u0080-\u00bf\u0152-\u0178\u2013-\u203a\u20ac\u2122]|\u00e2\u20ac)\S*")
"""Letters that were read in a wrong encoding and saved again: ProspÃ©ct, O’Connor as Oâ€™Connor."""


def _mangled(files: Files) -> Iterator[Problem]:
    for table in filter(None, map(files.table, PRINTED)):
        for row in table.rows:
            for column, cell in row.cells.items():
                if not cell.isascii() and (found := MANGLED.search(cell)):
                    message = f'{column}: "{found[0]}" was read in a wrong encoding, and saved so'
                    hint = f"{_meant(cell)}, and save the file as UTF-8"
                    yield Problem(table.shown, row.line, message, hint, warning=True)


def _meant(cell: str) -> str:
    """Return a garbled cell as it was before, or the advice to type it again."""
    with suppress(UnicodeError):
        return cell.encode("cp1252").decode()
    return "type it again"


FEWEST_DAYS = 8
"""The fewest rows of electorates whose dates follow one another by a series alone."""


def _filled_down(files: Files) -> Iterator[Problem]:
    """Yield a warning where a spreadsheet filled a date down as a series: each row is a day after the one above."""
    for table in filter(None, map(files.tables.get, files.spec.files)):
        slugs = [row["slug"] for row in table.rows] if "slug" in table.columns else []
        for column in table.columns if len(slugs) == len({*slugs}) else ():
            dated = [(row, day) for row in table.rows if (day := tables.iso(row[column]))]
            for follows, pairs in groupby(pairwise(dated), lambda pair: pair[1][1] - pair[0][1] == ONE_DAY):
                found = [*pairs]
                if follows and len(found) >= FEWEST_DAYS:
                    yield _series(table, column, found[0], found[-1][1])


ONE_DAY = datetime.timedelta(days=1)


Dated = tuple[Row, datetime.date]
"""A row with a date in it."""


def _series(table: Table, column: str, start: tuple[Dated, Dated], last: Dated) -> Problem:
    ((_, first), (row, _)), (end, day) = start, last
    message = f"{column} goes up by a day in each row, to {day} on line {end.line}: it was filled down as a series"
    return Problem(table.shown, row.line, message, f"copy {first} instead, if that is the date of all", warning=True)
