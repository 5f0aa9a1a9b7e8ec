"""Read and check the postcodes, localities, PO boxes and abolished electorates of a set."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefpack import store
from briefpack.electorates import tables
from briefpack.electorates.electorate import ElectorateSet
from briefpack.electorates.model import StateException
from briefpack.electorates.tables import Files
from briefpack.problem import nearest
from briefpack.project import Project
from briefpack.store import Store
from briefpack.text.tables import Row, Table, separated


@dataclass(frozen=True)
class Postcode:
    """A postcode, with the slugs of its electorates, and of others that it may reach into.

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
class PoBoxPostcode:
    """A postcode for PO boxes only, with the nearest one that is delivered to, if the source names it."""

    code: str
    places: tuple[str, ...]
    nearest_code: str


@dataclass(frozen=True)
class FormerElectorate:
    """An abolished electorate; `successors` are slugs, with the successor that took most of its people first."""

    slug: str
    name: str
    state: str
    abolished: int
    successors: tuple[str, ...]


@dataclass(frozen=True)
class Gazetteer:
    """The electorates of a set's postcodes, localities and PO boxes, and its abolished electorates."""

    postcodes: Mapping[str, Postcode]
    localities: tuple[Locality, ...]
    boxes: Mapping[str, PoBoxPostcode]
    former: tuple[FormerElectorate, ...]


def check(project: Project, group: ElectorateSet) -> None:
    """Check the files that only `find` reads, so that a build reports their faults too. Raises Problems.

    Reading them takes longer than the rest of the set, so the hash of files that pass is stored, and they aren't read
    again until they change.
    """
    kept, entry = Store(project.store), _entry(project, group)
    if not kept.has_passed(entry):
        load(tables.open_set(project, group.name), group)
        kept.remember_pass(entry)


def _entry(project: Project, group: ElectorateSet) -> str:
    """Return the hash of everything that the check reads; of the electorates, it needs only slugs and states."""
    states = repr([(electorate.slug, electorate.state.code) for electorate in group.electorates])
    files = (group.files[file] for file in tables.COLUMNS if file in group.files and file != "electorates")
    paths = (project.root / tables.FOLDER / group.name / "set.yaml", *files)
    return store.key("set files", store.engine(), states, *map(store.file_key, paths))


def load(files: Files, group: ElectorateSet) -> Gazetteer:
    """Load the gazetteer of a set from its files. Raises Problems for all of them at once."""
    postcodes, localities = dict(_postcodes(files, group)), tuple(_localities(files, group))
    _check_states(files, {electorate.slug: electorate.state.code for electorate in group.electorates})
    if not files.problems:
        _check_within(files, postcodes, group)
    # A postcode that is wrong may be the one that a PO box names.
    boxes = {} if files.problems else dict(_boxes(files, postcodes))
    former = _former(files, group)
    files.raise_any()
    return Gazetteer(postcodes, localities, boxes, former)


def _postcodes(files: Files, group: ElectorateSet) -> Iterator[tuple[str, Postcode]]:
    table, rows = files.rows("postcodes")
    tables.check_codes(files, table, rows, "postcode")
    tables.check_once(files, table, rows, "postcode")
    computed_when = files.spec.search.computed_when
    for column in computed_when:
        if table.columns and column not in table.columns:
            message = f'there is no column called "{column}" in {table.file}'
            hint = nearest(column, table.columns) or f"use a column of {table.file}"
            files.problems.append(files.tree.problem(("search", "computed_when"), message, hint, words=column))
    for row in rows:
        code = row["postcode"]
        certain, possible = (tables.items(row[column]) for column in ("electorates", "possible_electorates"))
        if not certain and not possible:
            files.say(table, row, f'postcode "{code}" has no electorate', "add a slug in the column electorates")
        for item in (*certain, *possible):
            _check_item(files, table, row, item, group)
        yield code, Postcode(code, certain, possible, bool(computed_when) and row.has(computed_when))


def _check_item(files: Files, table: Table, row: Row, item: str, group: ElectorateSet) -> None:
    """Refuse an item that has several electorates without semicolons between them."""
    known, parts = group.by_slug, [part for each in OTHER_MARKS.split(item) if (part := each.strip())]
    if len(parts) > 1 and item not in known and all(part in known for part in parts):
        message = f'"{item}" lists {len(parts)} electorates, and semicolons go between the items of a list'
        files.say(table, row, message, ";".join(parts))
    else:
        tables.check_slug(files, table, row, item, known)


OTHER_MARKS = re.compile(r"[,/|&+]|\s+")
"""What authors put between the items of a list instead of a semicolon."""


def _localities(files: Files, group: ElectorateSet) -> Iterator[Locality]:
    table, rows = files.rows("localities")
    tables.check_codes(files, table, rows, "postcode")
    for row in rows:
        tables.check_slug(files, table, row, row["electorate"], group.by_slug)
        tables.check_state(files, table, row, files.spec.states)
        yield Locality(row["locality"], row["state"], row["postcode"], row["electorate"], row["confidence"])


def _check_states(files: Files, states: Mapping[str, str]) -> None:
    """Check that each postcode and locality is in the state of its electorate, except where the set says otherwise.

    `states` maps slugs to states. `possible_electorates` makes no claim about where a postcode is, so it isn't checked.
    """
    needed = {*_check_localities(files, states)}
    needed |= {*_check_postcodes(files, states, needed)}
    for place, each in enumerate(files.spec.exceptions):
        if each not in needed:
            what = f"{each.locality} {each.postcode}" if each.locality else f"postcode {each.postcode}"
            message = f'no row needs the exception for {what} in "{each.electorate}"'
            hint = "delete it, or correct its postcode, locality or electorate"
            files.problems.append(files.tree.problem(("exceptions", place), message, hint))


def _check_localities(files: Files, states: Mapping[str, str]) -> Iterator[StateException]:
    """Report each locality in the wrong state, and yield the exceptions that excuse others."""
    table, rows = files.rows("localities")
    for row in rows:
        state, slug = states.get(row["electorate"], row["state"]), row["electorate"]
        if state == row["state"] or row["state"] not in files.spec.states:
            continue
        excepted = [each for each in _exceptions(files, row, slug) if each.locality == row["locality"]]
        yield from excepted
        if not excepted:
            message = (
                f'the locality "{row["locality"]}" is in {row["state"]}, but its electorate "{slug}" is in {state}'
            )
            hint = f"use an electorate in {row['state']}, or add an exception to set.yaml, with its reason"
            files.say(table, row, message, hint)


def _check_postcodes(
    files: Files, states: Mapping[str, str], for_localities: set[StateException]
) -> Iterator[StateException]:
    """Check postcodes and yield the exceptions that they use.

    A postcode belongs to its own state and to the states of its localities. An exception for a locality covers its
    postcode too.
    """
    table, rows = files.rows("postcodes")
    within: dict[str, set[str]] = {}
    for row in files.rows("localities")[1]:
        within.setdefault(row["postcode"], set()).add(row["state"])
    for row in rows:
        own = (within.get(row["postcode"], set()) | {row["state"]}) & files.spec.states.keys()
        for slug in (slug for slug in tables.items(row["electorates"]) if own and states.get(slug) not in {None, *own}):
            found = _exceptions(files, row, slug)
            excepted = [each for each in found if each.locality is None or each in for_localities]
            yield from excepted
            if not excepted:
                where = " and ".join(sorted(own))
                message = f'postcode {row["postcode"]} is in {where}, but "{slug}" is in {states[slug]}'
                hint = "delete it from electorates, or add an exception to set.yaml, with its reason"
                files.say(table, row, message, hint)


def _exceptions(files: Files, row: Row, slug: str) -> list[StateException]:
    return [each for each in files.spec.exceptions if (each.postcode, each.electorate) == (row["postcode"], slug)]


def _check_within(files: Files, postcodes: Mapping[str, Postcode], group: ElectorateSet) -> None:
    """Check that each locality is in an electorate of its postcode; its state is checked elsewhere."""
    table, rows = files.rows("localities")
    for row in rows:
        code, slug = postcodes.get(row["postcode"]), row["electorate"]
        known = (*code.electorates, *code.possible) if code else (slug,)
        if slug not in known and code and group.by_slug[slug].state.code == row["state"]:
            where = " and ".join(dict.fromkeys(known))
            message = f'the locality "{row["locality"]}" is in "{slug}", but its postcode {code.code} is in {where}'
            files.say(table, row, message, f"correct the electorate, or add it to {code.code} in the file of postcodes")


def _boxes(files: Files, postcodes: Mapping[str, Postcode]) -> Iterator[tuple[str, PoBoxPostcode]]:
    """Yield the PO box postcodes by code; none if the set lists no such file."""
    table, rows = files.rows("po-boxes")
    tables.check_codes(files, table, rows, "postcode")
    tables.check_once(files, table, rows, "postcode")
    for row in rows:
        tables.check_state(files, table, row, files.spec.states)
        code, nearest_code = row["postcode"], row["nearest_delivery_postcode"]
        if code in postcodes:
            message = f'postcode "{code}" is also a delivery postcode, in {files.spec.files["postcodes"]}'
            files.say(table, row, message, "delete one of the two rows")
        if nearest_code and nearest_code not in postcodes:
            message = f'nearest_delivery_postcode: there is no delivery postcode "{nearest_code}"'
            files.say(table, row, message, "use a delivery postcode, or leave the cell empty")
        yield code, PoBoxPostcode(code, tables.items(row["place"]), nearest_code)


FORMER = "former"
"""The id of the file of abolished electorates, in a set's files."""
SHARE = "share_of_population_pct"


def hint(group: ElectorateSet, slug: str) -> str:
    """Name the electorates that took the people of an abolished one, starting with the largest share.

    Returns nothing if the set lists no such electorate. Raises Problems if its file can't be read.
    """
    path = group.files.get(FORMER)
    rows = [row for row in separated.read(path, path.name).rows if row["slug"] == slug] if path else []
    old = next(_gathered(rows), None)
    return f"{', '.join(old.successors)}: {old.name} was abolished in {old.abolished}" if old else ""


def _former(files: Files, group: ElectorateSet) -> tuple[FormerElectorate, ...]:
    """Return the abolished electorates, or none if any row is wrong or the set lists no such file."""
    table, rows = files.rows(FORMER)
    before, first = len(files.problems), dict[tuple[str, str], Row]()
    for row in rows:
        _check_former(files, table, row, group)
        same = first.setdefault((row["slug"], row["electorate"]), row)
        if same is not row:
            message = f'there is already a row for "{row["slug"]}" and "{row["electorate"]}" on line {same.line}'
            files.say(table, row, message, "delete one of the two")
    return () if len(files.problems) > before else tuple(_gathered(rows))


def _check_former(files: Files, table: Table, row: Row, group: ElectorateSet) -> None:
    for column in ("slug", "name"):
        if not row[column]:
            files.say(table, row, f"{column} is empty", f"add the {column} of the abolished electorate")
    if row["slug"] in group.by_slug:
        files.say(table, row, f'"{row["slug"]}" is a current electorate', "delete the row, or use another slug")
    if not re.fullmatch(r"\d{4}", row["abolished"]):
        files.say(table, row, f'abolished: "{row["abolished"]}" is not a year', "write four digits: 2024")
    tables.check_state(files, table, row, files.spec.states)
    tables.check_slug(files, table, row, row["electorate"], group.by_slug)
    tables.number(files, table, row, SHARE)


def _gathered(rows: Sequence[Row]) -> Iterator[FormerElectorate]:
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(row["slug"], []).append(row)
    for slug, those in parts.items():
        first, *_ = ordered = sorted(those, key=_share, reverse=True)
        successors = tuple(row["electorate"] for row in ordered)
        yield FormerElectorate(slug, first["name"], first["state"], int(first["abolished"]), successors)


def _share(row: Row) -> Decimal:
    """Return the share of an abolished electorate's people that a successor took; 0 if it isn't known."""
    return Decimal(row[SHARE]) if re.fullmatch(r"\d+(?:\.\d+)?", row[SHARE]) else Decimal(0)
