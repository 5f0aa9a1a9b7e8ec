"""Warn of offices whose columns contradict each other, or the other rows: phones, states, members copied from a neighbour."""

import contextlib
import csv
import difflib
import io
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence

from briefpack.electorates.electorate import VACANT
from briefpack.electorates.tables import Files
from briefpack.problem import Problem
from briefpack.tables import Row, Table

NEARLY_ALL = 0.8
"""The share of the phone numbers that must have one length, and begin with 0, to show that another lacks its 0."""
ENOUGH = 5
"""The fewest phone numbers that show how long they are."""
EXPONENT = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
UNIQUE = ("current_member", "office_phone")
"""The columns in which two electorates have no value in common."""


def check(files: Files, table: Table, rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield a warning for each office that contradicts itself or the other rows."""
    for column in UNIQUE:
        yield from _shared(table, rows, column)
    yield from _phones(table, rows)
    yield from _cells(table, rows)
    yield from _states(files, table, rows)
    yield from _domains(table, rows)
    yield from _suburbs(files, table, rows)


def _domains(table: Table, rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield a warning for the one e-mail address at another domain than all the others."""
    domains = Counter(row["email"].rpartition("@")[2].casefold() for row in rows if row["email"])
    [(usual, count), *others] = domains.most_common() or [("", 0)]
    for row in rows if len(others) == 1 and others[0][1] == 1 and count >= ENOUGH else ():
        if row["email"] and row["email"].rpartition("@")[2].casefold() != usual:
            message = f"email: {row['email']} is at another domain than all others, {usual}"
            yield _warned(table, row, message, f"{row['email'].partition('@')[0]}@{usual}")


def _suburbs(files: Files, table: Table, rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield a warning for each office whose suburb has another postcode, or is misspelt, by the file of localities."""
    named = {row["office_suburb"].casefold() for row in rows} | {_full(row["office_suburb"], files) for row in rows}
    codes: dict[tuple[str, str], list[str]] = {}
    wanted = {row["office_postcode"] for row in rows}
    delivered = set()
    for code, suburb, state in _localities(files):
        delivered |= {code} & wanted
        if suburb in named:
            codes.setdefault((suburb, state), []).append(code)
    for row in rows if delivered else ():
        typed, code, state = row["office_suburb"].casefold(), row["office_postcode"], row["office_state"]
        found = codes.get((typed, state)) or codes.get((_full(typed, files), state)) or []
        # A suburb may have a neighbour's postcode, or one of boxes alone.
        if found and code in delivered and code not in found and all(_is_apart(code, each) for each in found):
            message = f"office: {row['office_suburb']} has the postcode {' or '.join(found)}, not {code}"
            yield _warned(table, row, message, "correct office_suburb or office_postcode")
        elif not found and typed.isascii() and code in delivered and (near := _near(typed, code, files)):
            message = f'office_suburb: "{row["office_suburb"]}" is nearly "{near}", which has this postcode'
            yield _warned(table, row, message, near)


def _near(suburb: str, code: str, files: Files) -> str:
    """Return the suburb of a postcode that one is nearly; nothing if it is that suburb, in another state's rows."""
    suburbs = [each for each_code, each, _ in _localities(files) if each_code == code]
    near = difflib.get_close_matches(suburb, suburbs, n=1, cutoff=NEARLY_ALL)
    return near[0].title() if near and near[0] != suburb else ""


def _full(suburb: str, files: Files) -> str:
    """Return a suburb in lower case, with its abbreviations in full."""
    short = {key.casefold(): words[0].casefold() for key, words in files.spec.search.abbreviations.items() if words}
    return " ".join(short.get(word, word) for word in suburb.casefold().split())


def _is_apart(one: str, other: str) -> bool:
    """Return whether two postcodes are of different regions, or have the same digits in another order."""
    return one[:REGION] != other[:REGION] or sorted(one) == sorted(other)


REGION = 2
"""The first digits of a postcode, which neighbours share."""


def _localities(files: Files) -> Iterator[tuple[str, str, str]]:
    """Yield the postcode, the name in lower case and the state of each locality.

    The file is long, so its rows are passed over one by one.
    """
    path = files.path("localities")
    with (
        contextlib.suppress(OSError, csv.Error),
        path.open(encoding="utf-8-sig", errors="replace", newline="") if path else io.StringIO("") as lines,
    ):
        reader = csv.reader(lines)
        head = next(reader, [])
        if {"postcode", "locality", "state"} <= {*head}:
            code, suburb, state = (head.index(column) for column in ("postcode", "locality", "state"))
            yield from ((row[code], row[suburb].casefold(), row[state]) for row in reader if len(row) == len(head))


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
    """Yield a warning for each phone number that a spreadsheet took for a number: it has lost its 0, or has an exponent."""
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


def _cells(table: Table, rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield a warning for each address and suburb that are exchanged, and each member without a party."""
    numbered = [row for row in rows if DIGIT.search(row["office_address"])]
    partied = [row for row in rows if row["current_party"]]
    for row in rows:
        address, suburb, member = row["office_address"], row["office_suburb"], row["current_member"]
        if DIGIT.search(suburb) and not DIGIT.search(address) and len(numbered) >= NEARLY_ALL * len(rows):
            message = f'office_suburb: "{suburb}" has a number, and office_address, "{address}", has none'
            yield _warned(table, row, message, "exchange the two")
        missing = member and member.casefold() != VACANT and not row["current_party"]
        if missing and len(partied) >= max(ENOUGH, NEARLY_ALL * len(rows)):
            yield _warned(table, row, f"current_party is empty, and it prints beside {member}", "fill it in")


DIGIT = re.compile(r"\d")


def _states(files: Files, table: Table, rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield a warning for each office in another state than its postcode or its electorate, if nearly all agree."""
    known = _states_of_postcodes(files, {row["office_postcode"] for row in rows})
    apart = [row for row in rows if row["office_state"] and row["office_state"] != row["state"]]
    usual = len(apart) <= (1 - NEARLY_ALL) * len(rows) and len(rows) >= ENOUGH
    for row in rows:
        code, state = row["office_postcode"], row["office_state"]
        if state and code in known and state not in known[code]:
            message = f"office: postcode {code} is in {' or '.join(known[code])}, not in {state}"
            yield _warned(table, row, message, "correct office_state or office_postcode")
        elif usual and row in apart:
            message = f"office: it is in {state}, but the {files.spec.words.electorate} is in {row['state']}"
            yield _warned(table, row, message, "check the columns office_suburb, office_state and office_postcode")


def _states_of_postcodes(files: Files, codes: Container[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the states of some postcodes, if their file has a column for them.

    The file is long, and most of it isn't needed here: its rows are passed over one by one.
    """
    path = files.path("postcodes")
    if path is None:
        return {}
    with (
        contextlib.suppress(OSError, csv.Error),
        path.open(encoding="utf-8-sig", errors="replace", newline="") as lines,
    ):
        found = ((row.get("postcode", ""), row.get("state") or "") for row in csv.DictReader(lines))
        return {code: tuple(filter(None, state.split("/"))) for code, state in found if state and code in codes}
    return {}
