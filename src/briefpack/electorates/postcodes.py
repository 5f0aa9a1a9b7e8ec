"""Load the electorates of each postcode and locality in a set, and how certain they are."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefpack.electorates import state_borders, tables
from briefpack.electorates.electorate import ElectorateSet
from briefpack.electorates.tables import Files
from briefpack.problem import nearest
from briefpack.project import Project
from briefpack.tables import Row, Table


@dataclass(frozen=True)
class Postcode:
    """The electorates, by slug, that a postcode is in, and those that it may extend into.

    `computed` is true if they were worked out from positions rather than taken from an official list.
    """

    code: str
    electorates: tuple[str, ...]
    possible: tuple[str, ...]
    computed: bool


@dataclass(frozen=True)
class Locality:
    """A suburb, town or village, and the electorate it is in; `confidence` is high, medium or low."""

    name: str
    state: str
    postcode: str
    electorate: str
    confidence: str

    def __str__(self) -> str:
        """Return the locality as it reads in an address."""
        return f"{self.name} {self.state} {self.postcode}"


@dataclass(frozen=True)
class Places:
    """The electorates of every postcode and locality of a set."""

    postcodes: Mapping[str, Postcode]
    localities: tuple[Locality, ...]


def load(project: Project, group: ElectorateSet) -> Places:
    """Load the postcodes and localities of a set. Raises Problems for both files at once."""
    files = tables.open_set(project, group.name)
    known = group.by_slug
    found = Places(dict(_postcodes(files, known)), tuple(_localities(files, known)))
    states = {electorate.slug: electorate.state.code for electorate in group.electorates}
    state_borders.check(files, states)
    if not files.problems:
        _check_within(files, found.postcodes, states)
    files.raise_any()
    return found


def _postcodes(files: Files, known: Mapping[str, object]) -> Iterator[tuple[str, Postcode]]:
    table, rows = files.rows("postcodes")
    tables.check_codes(files, table, rows, "postcode")
    tables.check_once(files, table, rows, "postcode")
    computed_when = files.spec.search.computed_when
    _check_computed(files, table, computed_when)
    for row in rows:
        code = row["postcode"]
        certain, possible = (tables.items(row[column]) for column in ("electorates", "possible_electorates"))
        if not certain and not possible:
            files.say(table, row, f'postcode "{code}" has no electorate', "add a slug in the column electorates")
        for item in (*certain, *possible):
            _check_item(files, table, row, item, known)
        yield code, Postcode(code, certain, possible, bool(computed_when) and row.has(computed_when))


def _check_item(files: Files, table: Table, row: Row, item: str, known: Mapping[str, object]) -> None:
    """Check that an item of a list is one electorate, and not several with something else between them."""
    parts = [part for each in OTHER_MARKS.split(item) if (part := each.strip())]
    if len(parts) > 1 and item not in known and all(part in known for part in parts):
        message = f'"{item}" lists {len(parts)} electorates, and semicolons go between the items of a list'
        files.say(table, row, message, ";".join(parts))
    else:
        tables.check_slug(files, table, row, item, known)


OTHER_MARKS = re.compile(r"[,/|&+]|\s+")
"""What authors put between the items of a list instead of a semicolon."""


def _check_computed(files: Files, table: Table, computed_when: Mapping[str, str]) -> None:
    for column in computed_when:
        if table.columns and column not in table.columns:
            message = f'there is no column called "{column}" in {table.file}'
            hint = nearest(column, table.columns) or f"use a column of {table.file}"
            files.problems.append(files.tree.problem(("search", "computed_when"), message, hint, words=column))


def _localities(files: Files, known: Mapping[str, object]) -> Iterator[Locality]:
    table, rows = files.rows("localities")
    tables.check_codes(files, table, rows, "postcode")
    for row in rows:
        slug = row["electorate"]
        tables.check_slug(files, table, row, slug, known)
        tables.check_state(files, table, row, files.spec.states)
        yield Locality(row["locality"], row["state"], row["postcode"], slug, row["confidence"])


def _check_within(files: Files, postcodes: Mapping[str, Postcode], states: Mapping[str, str]) -> None:
    """Check that each locality is in an electorate of its postcode; one in another state is a problem of its own."""
    table, rows = files.rows("localities")
    for row in rows:
        code, slug = postcodes.get(row["postcode"]), row["electorate"]
        if code and states.get(slug) == row["state"] and slug not in (*code.electorates, *code.possible):
            known = " and ".join(dict.fromkeys((*code.electorates, *code.possible)))
            message = f'the locality "{row["locality"]}" is in "{slug}", but its postcode {code.code} is in {known}'
            files.say(table, row, message, f"correct the electorate, or add it to {code.code} in the file of postcodes")
