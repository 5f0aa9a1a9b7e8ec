"""Load the abolished electorates of a set, and the electorates that their people are in now."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from briefpack.electorates import tables
from briefpack.electorates.electorate import ElectorateSet
from briefpack.electorates.tables import Files
from briefpack.project import Project
from briefpack.tables import Row, Table

FILE = "former"


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
    return tables.number(files, table, row, "share_of_population_pct") or Decimal(0)


def _check_agreement(files: Files, table: Table, rows: tuple[Row, ...]) -> None:
    """Check that the rows of each abolished electorate agree, and that they name each successor once."""
    first: dict[str, Row] = {}
    pairs: dict[tuple[str, str], Row] = {}
    for row in rows:
        before = first.setdefault(row["slug"], row)
        for column in ("name", "state", "abolished"):
            if row[column] != before[column]:
                message = (
                    f'"{row["slug"]}" has the {column} "{row[column]}", but on line {before.line} "{before[column]}"'
                )
                files.say(table, row, message, "make the two rows agree")
        same = pairs.setdefault((row["slug"], row["electorate"]), row)
        if same is not row:
            message = f'there is already a row for "{row["slug"]}" and "{row["electorate"]}" on line {same.line}'
            files.say(table, row, message, "delete one of the two")


def _gathered(rows: tuple[Row, ...], shares: list[Decimal]) -> Iterator[FormerElectorate]:
    parts: dict[str, list[tuple[Decimal, Row]]] = {}
    for row, share in zip(rows, shares, strict=True):
        parts.setdefault(row["slug"], []).append((share, row))
    for slug, pairs in parts.items():
        ordered = sorted(pairs, key=lambda pair: -pair[0])
        first = ordered[0][1]
        successors = tuple(row["electorate"] for _, row in ordered)
        yield FormerElectorate(slug, first["name"], first["state"], int(first["abolished"]), successors)
