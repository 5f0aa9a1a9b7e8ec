"""Load a set of electorates from its files, find one by its name, and warn of data that is out of date."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal

from briefpack.electorates import boundaries, tables
from briefpack.electorates.boundaries import Shape
from briefpack.electorates.model import Country, FactSpec, Notice, SetFile, SetSource, StateSpec, Words
from briefpack.electorates.tables import COLUMNS, FOLDER, OF_STATES, Files, Row, Table
from briefpack.problem import Owner, Problem, Problems, nearest, raise_any
from briefpack.project import NATIONAL, Project, leads_out, within
from briefpack.store import Store
from briefpack.text import numbers
from briefpack.text.spelling import fold
from briefpack.text.yaml_lines import Loc, Tree

VACANT = "vacant"
"""The word that stands in for a member's name when the seat is vacant."""
MOST_DAYS = 90
"""The age, in days, above which a list of members should be checked again."""
BOUNDARIES = "boundaries"


@dataclass(frozen=True)
class State:
    """A state, or another part of the country with electorates of its own."""

    code: str
    name: str
    short: str
    the: bool
    people: str

    @property
    def named(self) -> str:
        """Return the name as it reads in a sentence, with its article if it has one."""
        return _with_article(self.name, the=self.the)


@dataclass(frozen=True)
class Member:
    """An electorate's sitting member, and the person and party that it elected."""

    name: str
    party: str
    elected_name: str
    elected_party: str
    as_at: datetime.date
    note: str
    post_nominal: str | None

    @property
    def changed(self) -> bool:
        """Return whether the person or the party isn't the one elected."""
        elected = (self.elected_name or self.name, self.elected_party or self.party)
        return (self.name, self.party) != elected

    @property
    def styled(self) -> str:
        """Return the name with its post-nominals, kept on one line."""
        return numbers.NO_BREAK.join(filter(None, (self.name, self.post_nominal)))


@dataclass(frozen=True)
class Office:
    """A member's office, telephone number and email address; anything unknown is empty."""

    address: str
    suburb: str
    state: str
    postcode: str
    phone: str
    email: str


@dataclass(frozen=True)
class Change:
    """A change to an electorate's member after the election."""

    date: datetime.date
    event: str
    detail: str


@dataclass(frozen=True)
class Fact:
    """A number about an electorate or its state, with the state and national values where they can be given."""

    id: str
    value: Decimal
    unit: str
    label: str
    level: Literal["electorate", "state"]
    estimate: bool
    source: str
    as_at: str
    state_value: Decimal | None
    nation_value: Decimal | None


@dataclass(frozen=True)
class Electorate:
    """One electorate; `line` is its line in the file of electorates, `far_parts` any parts off its state's map."""

    slug: str
    name: str
    state: State
    member: Member | None
    no_member: Literal["", "vacant", "unknown"]
    office: Office
    far_parts: str
    changes: tuple[Change, ...]
    facts: Mapping[str, Fact]
    words: Words
    line: int


@dataclass(frozen=True)
class Town:
    """A place to label on a map; rank 1 is the most important."""

    name: str
    state: State
    longitude: float
    latitude: float
    rank: int


OF_THE_SET = ("name", "title", "words", "country", "states", "sources", "notices", "notice", "as_at")
"""The attributes of a set that a page may read: those that are the same for all its electorates."""


@dataclass(frozen=True)
class ElectorateSet:
    """The electorates of a parliament, sorted by slug; `path` is their file, as problems name it."""

    name: str
    title: str
    words: Words
    country: Country
    # A page that prints the set itself shows none of these.
    electorates: tuple[Electorate, ...] = field(repr=False)
    states: Mapping[str, State]
    sources: Mapping[str, SetSource]
    notices: Mapping[str, Notice]
    towns: tuple[Town, ...] = field(repr=False)
    definitions: Mapping[str, FactSpec]
    as_at: datetime.date
    files: Mapping[str, Path] = field(repr=False)
    path: str

    @cached_property
    def by_slug(self) -> Mapping[str, Electorate]:
        """Return the electorates by slug."""
        return {electorate.slug: electorate for electorate in self.electorates}

    def notice(self, notice: str, product: str) -> str:
        """Return a notice's full wording, for the product that carries it."""
        return self.notices[notice].full.replace("{product}", product)


def names(project: Project) -> tuple[str, ...]:
    """Return the names of the project's electorate sets."""
    return project.names(FOLDER, "set.yaml")


def load(project: Project, name: str) -> ElectorateSet:
    """Load the set called `name`, without its postcodes. Raises Problems for all of its files at once."""
    known = names(project)
    if name not in known:
        hint = nearest(name, known) or f"make {FOLDER}/{name}/set.yaml"
        raise Problems([Problem(FOLDER, None, f'there is no set of electorates called "{name}"', hint)])
    files = tables.open_set(project, name)
    files.problems += _check_spec(files)
    found = _set(files, name, Store(project.store))
    raise_any(files.problems)
    return found


# The set


def _check_spec(files: Files) -> Iterator[Problem]:
    spec, tree = files.spec, files.tree
    for file in ("electorates", BOUNDARIES):
        if file not in spec.files:
            yield tree.problem(("files",), f"{file} is missing", f"add {file}: and the name of a file")
    for file, name in spec.files.items():
        yield from _check_file(files, ("files", file), name)
    yield from _check_unread(files)
    yield from _check_name(tree, ("members", "source"), "source", spec.members.source, spec.sources)
    for fact, wanted in spec.facts.items():
        yield from _check_name(tree, ("facts", fact, "file"), "file", wanted.file, spec.files)
        yield from _check_name(tree, ("facts", fact, "source"), "source", wanted.source, spec.sources)
    if MAP_NOTICE not in spec.notices and BOUNDARIES in spec.files:
        said = f"maps of them need a credit, and notices: has no {MAP_NOTICE}"
        hint = f"add {MAP_NOTICE}: to notices:, with the credit that the boundaries' licence asks for"
        yield tree.problem(("files", BOUNDARIES), said, hint)
    for notice, words in spec.notices.items():
        for found in re.findall(r"\{[^{}]*\}", words.full.replace("{product}", "")):
            yield tree.problem(("notices", notice, "full"), f"nothing fills {found}", "{product}", words=found)


MAP_NOTICE = "map"
"""The notice that pages print beside each map."""


def _check_unread(files: Files) -> Iterator[Problem]:
    spec = files.spec
    parts = {*COLUMNS, BOUNDARIES}
    read = parts | {wanted.file for wanted in spec.facts.values()}
    for file in spec.files:
        if file not in read:
            hint = f"{nearest(file, parts)}; or facts: that name it"
            yield files.tree.problem(("files", file), f'nothing reads "{file}"', hint)


def _check_file(files: Files, loc: Loc, name: str) -> Iterator[Problem]:
    if leads_out(files.folder, name):
        yield files.tree.problem(loc, f'"{name}" is outside {files.shown}/', "copy the file into that folder")
    elif within(files.folder, name) is None:
        near = nearest(name, [path.name for path in files.folder.iterdir() if path.is_file()], most=0)
        yield files.tree.problem(loc, f'there is no file "{name}" in {files.shown}/', near or "add it")


def _check_name(tree: Tree, loc: Loc, noun: str, wanted: str, known: Iterable[str]) -> Iterator[Problem]:
    if wanted not in known:
        yield tree.problem(
            loc, f'there is no {noun} called "{wanted}"', nearest(wanted, known) or f"add it to {noun}s:"
        )


def _set(files: Files, name: str, kept: Store) -> ElectorateSet:
    spec = files.spec
    states = {code: _state(code, state) for code, state in spec.states.items()}
    table, rows = files.rows("electorates")
    if table.columns and not table.rows:
        files.say(table, None, f"there is no {spec.words.electorate} in the file", "a row for each")
    rows = tuple(_rows_of_electorates(files, table, rows, states))
    tables.check_codes(files, table, rows, "office_postcode")
    known = {row["slug"]: row for row in rows}
    if rows:
        _check_shapes(files, table, known, kept)
    facts, changes = _facts(files, known), _changes(files, known)
    made = [_electorate(files, table, row, states, changes, facts) for row in known.values()]
    return ElectorateSet(
        name=name,
        title=spec.title,
        words=spec.words,
        country=spec.country,
        electorates=tuple(sorted(made, key=lambda electorate: electorate.slug)),
        states=states,
        sources=spec.sources,
        notices=spec.notices,
        towns=tuple(_towns(files, states)),
        definitions=spec.facts,
        as_at=min((found for row in rows if (found := _date(row[spec.members.as_at]))), default=datetime.date.min),
        files={file: files.folder / path for file, path in spec.files.items()},
        path=table.shown,
    )


def _state(code: str, spec: StateSpec) -> State:
    people = spec.people or f"people in {_with_article(spec.name, the=spec.the)}"
    return State(code, _apostrophe(spec.name), spec.short or code, spec.the, people)


def _with_article(name: str, *, the: bool) -> str:
    return f"the {name}" if the else name


def _rows_of_electorates(files: Files, table: Table, rows: Iterable[Row], states: Mapping[str, State]) -> Iterator[Row]:
    """Yield the rows with a valid and unique slug; add a problem for anything wrong with a row."""
    first: dict[str, int] = {}
    for row in rows:
        slug = row["slug"]
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
            plain = "-".join(fold(row["name"]).split())
            hint = f"lower-case words joined by hyphens: {plain if plain.isascii() and plain else 'west-bay'}"
            files.say(table, row, f'the slug "{slug}" does not have the right form', hint)
        elif slug == NATIONAL:
            files.say(table, row, f'the slug "{slug}" is the folder of documents for no electorate', "another slug")
        elif slug in first:
            files.say(table, row, f'the slug "{slug}" is there twice (first on line {first[slug]})', "another slug")
        else:
            first[slug] = row.line
            yield row
        if not row["name"]:
            files.say(table, row, f'"{slug}" has no name', "write it in the column name")
        tables.check_state(files, table, row, states)


def _check_shapes(files: Files, table: Table, known: Mapping[str, Row], kept: Store) -> None:
    shown, path = f"{files.shown}/{files.spec.files.get(BOUNDARIES, BOUNDARIES)}", files.path(BOUNDARIES)
    shapes = files.attempt(lambda: boundaries.read(path, shown, kept)) if path else None
    if shapes is None:
        return
    for shape in shapes:
        files.problems += _check_shape(files, shown, table, shape, known)
    found = {shape.slug for shape in shapes}
    for slug, row in known.items():
        if slug not in found:
            near = nearest(slug, found - known.keys(), most=0)
            hint = f"a shape whose property slug is {slug}{f', not {near}' if near else ''}"
            files.say(table, row, f'"{slug}" has no shape in {files.spec.files["boundaries"]}', hint)


def _check_shape(files: Files, shown: str, table: Table, shape: Shape, known: Mapping[str, Row]) -> Iterator[Problem]:
    """Check that a shape belongs to an electorate and has its name and state, which maps take from the shape."""
    if shape.slug not in known:
        said, hint = f'the shape of "{shape.slug}" is of no electorate in {table.file}', "add its row, or delete it"
        yield Problem(shown, shape.line, said, nearest(shape.slug, known, most=0) or hint)
    if shape.state not in files.spec.states:
        said = f'the shape of "{shape.slug}": there is no state called "{shape.state}"'
        yield Problem(shown, shape.line, said, nearest(shape.state, files.spec.states) or OF_STATES)
    elif shape.slug in known:
        yield from _check_agreement(files, shown, table, shape, known[shape.slug])


def _check_agreement(files: Files, shown: str, table: Table, shape: Shape, row: Row) -> Iterator[Problem]:
    names = [("name", shape.name, row["name"])] if row["name"] else []
    states = [("state", shape.state, row["state"])] if row["state"] in files.spec.states else []
    for key, text, wanted in (*names, *states):
        if fold(text) != fold(wanted):
            said = f'the shape of "{shape.slug}" has the {key} "{text}", and {table.file} "{wanted}"'
            yield Problem(shown, shape.line, said, f'"{wanted}", or correct line {row.line} of {table.file}')


def file_name(electorates: ElectorateSet, file: str) -> str:
    """Return the path of a set's file as problems name it."""
    return f"{FOLDER}/{electorates.name}/{electorates.files[file].name}"


def _electorate(
    files: Files,
    table: Table,
    row: Row,
    states: Mapping[str, State],
    changes: Mapping[str, tuple[Change, ...]],
    facts: Mapping[str, Mapping[str, Fact]],
) -> Electorate:
    slug, sitting = row["slug"], row["current_member"]
    member = _member(files, table, row)
    return Electorate(
        slug=slug,
        name=_apostrophe(row["name"]),
        state=states.get(row["state"], next(iter(states.values()))),
        member=member,
        no_member="" if member else "vacant" if sitting.casefold() == VACANT else "unknown",
        office=Office(
            _apostrophe(row["office_address"]), _apostrophe(row["office_suburb"]), row["office_state"],
            row["office_postcode"], row["office_phone"], row["email"],
        ),
        far_parts=_apostrophe(row["far_parts"]),
        changes=changes.get(slug, ()),
        facts=facts[slug],
        words=files.spec.words,
        line=row.line,
    )  # fmt: skip


def _apostrophe(name: str) -> str:
    """Return a name as it is set: a straight quote in a name is always an apostrophe."""
    return name.replace("'", "’")


def _member(files: Files, table: Table, row: Row) -> Member | None:
    as_at = _day(files, table, row, files.spec.members.as_at)
    name = row["current_member"]
    if not name or name.casefold() == VACANT:
        return None
    return Member(
        name=_apostrophe(name),
        party=_apostrophe(row["current_party"]),
        elected_name=_apostrophe(row["member"]),
        elected_party=_apostrophe(row["party"]),
        as_at=as_at,
        note=row["change_note"],
        post_nominal=files.spec.words.post_nominal,
    )


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _day(files: Files, table: Table, row: Row, column: str) -> datetime.date:
    day = _date(row[column])
    if day is None:
        files.say(table, row, f'{column}: "{row[column]}" is not a date', "write it as 2025-05-03")
    return day or datetime.date.min


def _changes(files: Files, known: Mapping[str, Row]) -> Mapping[str, tuple[Change, ...]]:
    found: dict[str, tuple[Change, ...]] = {}
    table, rows = files.rows("changes")
    for row in rows:
        change = Change(_day(files, table, row, "date"), row["event"], row["detail"])
        if tables.check_slug(files, table, row, row["slug"], known):
            found[row["slug"]] = (*found.get(row["slug"], ()), change)
    return {slug: tuple(sorted(those, key=lambda change: change.date)) for slug, those in found.items()}


def _towns(files: Files, states: Mapping[str, State]) -> Iterator[Town]:
    table, rows = files.rows("towns")
    for row in rows:
        longitude, latitude, rank = tables.point(files, table, row, ("longitude", "latitude", "rank"))
        if tables.check_state(files, table, row, states):
            yield Town(row["name"], states[row["state"]], longitude, latitude, rank)


# Facts


def _has_columns(files: Files, table: Table, loc: Loc, wanted: Mapping[str, Iterable[str]]) -> bool:
    missing = [(key, column) for key, columns in wanted.items() for column in columns if column not in table.columns]
    for key, column in missing:
        said = f'there is no column called "{column}" in {table.file}'
        hint = nearest(column, table.columns) or f"a column of {table.file}, which has {len(table.columns)}"
        files.problems.append(files.tree.problem((*loc, key), said, hint, words=column))
    return not missing


@dataclass(frozen=True)
class _Cell:
    """A number from a file of facts, before it is compared with others."""

    value: Decimal
    weight: Decimal | None
    estimate: bool
    omitted: bool


def _facts(files: Files, known: Mapping[str, Row]) -> Mapping[str, Mapping[str, Fact]]:
    """Return each electorate's facts by its slug, without those that are unknown or mustn't print."""
    found: dict[str, dict[str, Fact]] = {slug: {} for slug in known}
    for fact_id, spec in files.spec.facts.items():
        cells = _cells(files, fact_id, spec, known)
        states = _state_values(spec, cells, known)
        nation = _nation_value(spec, cells, known, files.spec)
        for slug, row in known.items():
            cell = cells.get(row[spec.key])
            if cell and not cell.omitted:
                found[slug][fact_id] = _fact(fact_id, spec, cell, states.get(row["state"]), nation)
    return found


def _fact(fact_id: str, spec: FactSpec, cell: _Cell, state: Decimal | None, nation: Decimal | None) -> Fact:
    return Fact(
        id=fact_id,
        value=cell.value,
        unit=spec.unit,
        label=spec.label,
        level="state" if spec.key == "state" else "electorate",
        estimate=cell.estimate,
        source=spec.source,
        as_at=spec.as_at,
        state_value=state,
        nation_value=nation,
    )


def _cells(files: Files, fact_id: str, spec: FactSpec, known: Mapping[str, Row]) -> Mapping[str, _Cell]:
    """Return the numbers of one fact, by slug or by state."""
    table = files.table(spec.file) if spec.file in files.spec.files else None
    if table is None or not _has_columns(files, table, ("facts", fact_id), _wanted(spec)):
        return {}
    rows = _rows_of_fact(files, table, fact_id, spec, known)
    found = {key: _cell(files, table, row, spec) for key, row in rows.items()}
    return {key: cell for key, cell in found.items() if cell}


def _wanted(spec: FactSpec) -> Mapping[str, Iterable[str]]:
    return {
        "key": (spec.key,),
        "column": (spec.column,),
        "where": spec.where,
        "estimate_when": spec.estimate_when,
        "omit_when": spec.omit_when,
        "weight": (spec.weight,) if spec.weight else (),
    }


def _rows_of_fact(
    files: Files, table: Table, fact_id: str, spec: FactSpec, known: Mapping[str, Row]
) -> Mapping[str, Row]:
    """Return one row for each electorate or state; add a problem for any that is repeated, missing or unknown."""
    rows = [row for row in table.rows if row.has(spec.where)]
    if spec.where and not rows:
        files.problems.append(_no_row(files, table, fact_id, spec))
        return {}
    states = {*files.spec.states, *filter(None, [files.spec.country.key])}
    found: dict[str, Row] = {}
    for row in rows:
        key = row[spec.key]
        if key in found:
            said = f'a second row for "{key}"{_which(spec)} (first on line {found[key].line})'
            files.say(table, row, said, "delete one of the two")
        elif (
            tables.check_state(files, table, row, states)
            if spec.key == "state"
            else tables.check_slug(files, table, row, key, known)
        ):
            found[key] = row
    _check_all(files, table, spec, found, files.spec.states if spec.key == "state" else known)
    return found


def _which(spec: FactSpec) -> str:
    return "".join(f', {column} "{value}"' for column, value in spec.where.items())


def _no_row(files: Files, table: Table, fact_id: str, spec: FactSpec) -> Problem:
    """Return the problem that no row has the values asked for, at the first value that no row has."""
    pairs = [*spec.where.items()]
    column, value = next((pair for pair in pairs if not any(row.has(dict([pair])) for row in table.rows)), pairs[0])
    hint = nearest(value, {row[column] for row in table.rows}) or "add the rows"
    said = f"no row of {table.file} has{_which(spec).lstrip(',')}"
    return files.tree.problem(("facts", fact_id, "where"), said, hint, words=value)


def _check_all(files: Files, table: Table, spec: FactSpec, found: Mapping[str, Row], wanted: Iterable[str]) -> None:
    missing = [key for key in wanted if key not in found]
    if missing:
        hint = "add it, and leave empty what is not known"
        files.say(table, None, f"there is no row for {boundaries.few(missing)}{_which(spec)}", hint)


def _cell(files: Files, table: Table, row: Row, spec: FactSpec) -> _Cell | None:
    value = tables.number(files, table, row, spec.column)
    weight = tables.number(files, table, row, spec.weight) if spec.weight else Decimal(1)
    if value is None:
        return None
    marked = [bool(values) and row.has(values) for values in (spec.estimate_when, spec.omit_when)]
    return _Cell(value, weight, *marked)


def _state_values(spec: FactSpec, cells: Mapping[str, _Cell], known: Mapping[str, Row]) -> Mapping[str, Decimal | None]:
    parts: dict[str, list[str]] = {}
    for slug, row in known.items():
        parts.setdefault(row["state"], []).append(slug)
    return {} if spec.key == "state" else {state: _together(spec, cells, slugs) for state, slugs in parts.items()}


def _nation_value(
    spec: FactSpec, cells: Mapping[str, _Cell], known: Mapping[str, Row], whole: SetFile
) -> Decimal | None:
    """Return the value in the country's own row if there is one, or else that of its states or electorates together."""
    if spec.key == "slug":
        return _together(spec, cells, known)
    own = cells.get(whole.country.key or "")
    return own.value if own else _together(spec, cells, whole.states)


def _together(spec: FactSpec, cells: Mapping[str, _Cell], keys: Iterable[str]) -> Decimal | None:
    """Return the sum or weighted mean of some rows; None if any of them is missing, an estimate or omitted."""
    found = [cells.get(key) for key in keys]
    firm = [(cell.value, cell.weight) for cell in found if cell and not cell.estimate and not cell.omitted]
    pairs = [(value, weight) for value, weight in firm if weight is not None]
    weights = sum((weight for _, weight in pairs), Decimal(0))
    if spec.compare == "none" or len(pairs) < len(found) or not weights:
        return None
    if spec.compare == "sum":
        return sum((value for value, _ in pairs), Decimal(0))
    finest = min(int(value.as_tuple().exponent) for value, _ in pairs)
    exact = sum((value * weight for value, weight in pairs), Decimal(0)) / weights
    return exact.quantize(Decimal(1).scaleb(finest), ROUND_HALF_UP)


# Matching


def match(electorates: ElectorateSet, words: str) -> Electorate:
    """Return the one electorate with this name or slug, or the only one whose name begins with it.

    Raises Problems if there is none, or more than one.
    """
    wanted, everyone = fold(words), electorates.electorates
    exact = [found for found in everyone if wanted in {fold(found.name), fold(found.slug)}]
    begun = exact or [found for found in everyone if wanted and fold(found.name).startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    called = electorates.words
    if begun:
        said = f'{len(begun)} {called.electorates} {"are called" if exact else "begin with"} "{words}"'
        hint = nearest("", _told_apart(begun), most=len(begun))
    else:
        said = f'there is no {called.electorate} called "{words}"'
        hint = nearest(words.title(), [found.name for found in everyone]) or "briefpack list electorates"
    raise Problems([Problem(f"{FOLDER}/{electorates.name}", None, said, hint, Owner.COMMAND)])


def _told_apart(electorates: Sequence[Electorate]) -> list[str]:
    found = [electorate.name for electorate in electorates]
    return found if len(set(found)) == len(found) else [electorate.slug for electorate in electorates]


# Names, and data that is out of date


def possessive(name: str) -> str:
    """Return a name with an apostrophe and s, even if it ends in s ("Apostrophes" in the Style Manual: Burns's)."""
    return f"{name}’s"


def stale(electorates: ElectorateSet, today: datetime.date) -> tuple[Problem, ...]:
    """Return warnings: an old list of members, seats without a member, and members or parties that have changed."""
    shown = electorates.path
    age = (today - electorates.as_at).days
    found = [_warned(shown, each.line, said, hint) for each in electorates.electorates for said, hint in _news(each)]
    if age > MOST_DAYS:
        said = f"the list of {electorates.words.electorates} is {age} days old ({numbers.date(electorates.as_at)})"
        found.insert(0, _warned(shown, _oldest(electorates), said, "look who sits now, and change the dates"))
    return tuple(found)


def _oldest(electorates: ElectorateSet) -> int:
    """Return the line of the first member with the oldest date; line 1 if only vacant seats have it."""
    listed = ((each.line, each.member) for each in electorates.electorates)
    return min((line for line, member in listed if member and member.as_at == electorates.as_at), default=1)


def _warned(shown: str, line: int | None, said: str, hint: str) -> Problem:
    return Problem(shown, line, said, hint, warning=True)


def _news(electorate: Electorate) -> Iterator[tuple[str, str]]:
    member, noun = electorate.member, electorate.words.member
    if member is None:
        why = "has no" if electorate.no_member == VACANT else "has no known"
        yield f"{electorate.name} {why} {noun}", "write to nobody by name there, or look who sits now"
        return
    if member.changed:
        elected = f"{member.elected_name or member.name} ({member.elected_party or member.party})"
        said = f"{electorate.name} elected {elected}; its {noun} is {member.name} ({member.party})"
        yield said, "look whether that is still so"
    elif member.note:
        yield f"{electorate.name}: {member.note.rstrip('.')}", "look whether that is still so"
    if electorate.changes and electorate.changes[-1].date > member.as_at:
        last = electorate.changes[-1]
        yield f"{electorate.name}: {last.detail}, after the row's date", "look who sits now, and change the row"
