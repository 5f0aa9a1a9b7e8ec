"""Load the abolished electorates of a set, and the electorates that their people are in now."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from briefpack.electorates import tables
from briefpack.electorates.electorate import ElectorateSet
from briefpack.electorates.tables import Files
from briefpack.project import Project
from briefpack.tables import Row, Table, separated

FILE = "former"
MOST_SHARE = 101
"""The most that the shares of one electorate add up to, rounded as they are."""
SHARE = "share_of_population_pct"


@dataclass(frozen=True)
class FormerElectorate:
    """An abolished electorate; `successors` are slugs, starting with the one that took most of its people."""

    slug: str
    name: str
    state: str
    abolished: int
    successors: tuple[str, ...]


def load(project: Project, group: ElectorateSet) -> tuple[FormerElectorate, ...]:
    """Return the abolished electorates of a set; none if the set lists no such file.

    Raises Problems, all at once.
    """
    files = tables.open_set(project, group.name)
    table, rows = files.rows(FILE)
    shares = [_check(files, table, row, group) for row in rows]
    _check_agreement(files, table, rows)
    files.raise_any()
    return tuple(_gathered(rows, shares))


def named(group: ElectorateSet, slug: str) -> FormerElectorate | None:
    """Return the abolished electorate with a slug; None if the set lists none. Raises Problems if its file can't be read."""
    path = group.files.get(FILE)
    rows = [row for row in separated.read(path, path.name).rows if row["slug"] == slug] if path else []
    shares = [Decimal(share) if re.fullmatch(r"\d+(?:\.\d+)?", share := row[SHARE]) else Decimal(0) for row in rows]
    return next(_gathered(tuple(rows), shares), None)


def hint(group: ElectorateSet, slug: str) -> str:
    """Return the hint for an abolished electorate: those that its people are in now, the one with most of them first."""
    old = named(group, slug)
    return f"{', '.join(old.successors)}: {old.name} was abolished in {old.abolished}" if old else ""


def _check(files: Files, table: Table, row: Row, group: ElectorateSet) -> Decimal:
    """Check a row, and return its share of the abolished electorate's people: 0 if it isn't known."""
    for column in ("slug", "name"):
        if not row[column]:
            files.say(table, row, f"{column} is empty", f"add the {column} of the abolished electorate")
    if row["slug"] in group.by_slug:
        files.say(table, row, f'"{row["slug"]}" is a current electorate', "delete the row, or use another slug")
    if not re.fullmatch(r"\d{4}", row["abolished"]):
        files.say(table, row, f'abolished: "{row["abolished"]}" is not a year', "write four digits: 2024")
    tables.check_state(files, table, row, files.spec.states)
    tables.check_slug(files, table, row, row["electorate"], group.by_slug)
    return tables.number(files, table, row, SHARE) or Decimal(0)


def _check_agreement(files: Files, table: Table, rows: tuple[Row, ...]) -> None:
    """Check that the rows of each abolished electorate agree, and that they name each successor once."""
    first: dict[str, list[Row]] = {}
    pairs: dict[tuple[str, str], Row] = {}
    total: dict[str, Decimal] = {}
    for row in rows:
        share = row[SHARE] if re.fullmatch(r"\d+(?:\.\d+)?", row[SHARE]) else "0"
        total[row["slug"]] = total.get(row["slug"], Decimal(0)) + Decimal(share)
        if total[row["slug"]] - Decimal(share) <= MOST_SHARE < total[row["slug"]]:
            message = f'{SHARE}: the shares of "{row["slug"]}" add up to more than 100'
            files.say(table, row, message, "correct one of them")
        first.setdefault(row["slug"], []).append(row)
        same = pairs.setdefault((row["slug"], row["electorate"]), row)
        if same is not row:
            message = f'there is already a row for "{row["slug"]}" and "{row["electorate"]}" on line {same.line}'
            files.say(table, row, message, "delete one of the two")
    for group in first.values():
        for column in ("name", "state", "abolished"):
            _check_column(files, table, group, column)


def _check_column(files: Files, table: Table, rows: list[Row], column: str) -> None:
    """Add a problem for each row that differs from most rows of its electorate; of two, for the second."""
    usual = Counter(row[column] for row in rows).most_common(1)[0][0]
    like = next(row for row in rows if row[column] == usual)
    for row in rows:
        if row[column] != usual:
            message = f'"{row["slug"]}" has the {column} "{row[column]}", but on line {like.line} "{usual}"'
            files.say(table, row, message, "make the two rows agree")


def _gathered(rows: tuple[Row, ...], shares: list[Decimal]) -> Iterator[FormerElectorate]:
    parts: dict[str, list[tuple[Decimal, Row]]] = {}
    for row, share in zip(rows, shares, strict=True):
        parts.setdefault(row["slug"], []).append((share, row))
    for slug, pairs in parts.items():
        ordered = sorted(pairs, key=lambda pair: -pair[0])
        first = ordered[0][1]
        successors = tuple(row["electorate"] for _, row in ordered)
        yield FormerElectorate(slug, first["name"], first["state"], int(first["abolished"]), successors)
