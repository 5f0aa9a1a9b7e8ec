"""Load a set of electorates from its files, check its definitions, and warn of data that is out of date."""

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from briefpack.electorates import boundaries, facts, people, portraits, tables
from briefpack.electorates.boundaries import BOUNDARIES
from briefpack.electorates.electorate import (
    VACANT,
    Change,
    Electorate,
    ElectorateSet,
    FormOfAddress,
    Member,
    Office,
    Recipient,
    Role,
    Settlement,
    State,
    Town,
    translated,
)
from briefpack.electorates.model import MembersSpec
from briefpack.electorates.tables import COLUMNS, ELECTORATES, FOLDER, RECIPIENTS, Files, day, degrees, few
from briefpack.problem import Problem, nearest, one_problem, or_nearest
from briefpack.project import Project, leads_out, times, within
from briefpack.store import Store
from briefpack.text.tables import Row
from briefpack.text.yaml_lines import Loc, Tree

Forms = dict[str, dict[str, FormOfAddress]]
"""How members are addressed, by language and then by slug."""


def names(project: Project) -> tuple[str, ...]:
    """Return the names of the project's electorate sets."""
    return project.names(FOLDER, "set.yaml")


def load(project: Project, name: str) -> ElectorateSet:
    """Load the set called `name`, without its postcodes. Raises Problems for all of its files at once."""
    known = names(project)
    if name not in known:
        hint = nearest(name, known) or f"make {FOLDER}/{name}/set.yaml"
        raise one_problem(FOLDER, None, f'there is no set of electorates called "{name}"', hint)
    return _load(project, name, times(project.root / FOLDER))


# A process that stays for several builds reads a set again only if one of its files has changed.
@lru_cache(maxsize=1)
def _load(project: Project, name: str, _times: object) -> ElectorateSet:
    files = tables.open_set(project, name)
    files.problems += _check_definitions(files)
    found = _set(files, name, Store(project.store))
    files.raise_any()
    return translated(found, found.language)


def _set(files: Files, name: str, kept: Store) -> ElectorateSet:
    spec = files.spec
    states = {
        code: State(code, _apostrophe(state.name), state.short or code, state.the, state.people or "")
        for code, state in spec.states.items()
    }
    table, rows = files.rows(ELECTORATES)
    if table.columns and not table.rows:
        files.say(table, None, f"there is no {spec.words.electorate} in the file", "add a row for each")
    files.problems += _check_sides(files, rows)
    known = {row["slug"]: row for row in rows}
    # A row with a mistake has its slug all the same.
    files.slugs = {row["slug"]: row for row in table.rows}
    if rows and len(rows) == len(table.rows):
        boundaries.check(files, table, known, kept)
    found, texts, changes = facts.read(files, known), facts.texts(files, known), _changes(files)
    forms, pictured = _forms(files, known), portraits.read(files)
    made = [
        replace(
            _electorate(files, row, states),
            changes=changes.get(slug, ()),
            facts=found[slug],
            portrait=pictured.get(slug),
            texts=texts[slug],
        )
        for slug, row in known.items()
    ]
    return ElectorateSet(
        name=name,
        title=spec.title,
        language=spec.language,
        words=spec.words,
        translations=spec.translations,
        country=spec.country,
        electorates=tuple(sorted(made, key=lambda electorate: electorate.slug)),
        states=states,
        sources=spec.sources,
        notices=spec.notices,
        towns=tuple(_towns(files, states)),
        definitions=spec.numbers,
        texts=tuple(spec.texts),
        as_at=_as_at(files, rows, forms),
        files={file: files.folder / path for file, path in spec.files.items()},
        path=table.shown,
        hexes=_hexagons(files),
        places=_places(files),
        members_source=spec.members.source,
        forms_of_address=forms,
        recipients=_recipients(files, states),
    )


def _recipients(files: Files, states: Mapping[str, State]) -> tuple[Recipient, ...]:
    table = files.table(RECIPIENTS)
    return people.read(files, table, states) if table else ()


def _as_at(files: Files, rows: Iterable[Row], forms: Forms) -> datetime.date:
    days = [day(row, files.spec.members.as_at) for row in rows]
    for held in forms.values():
        for form in held.values():
            days += [role.as_at for role in form.roles]
    return min(days, default=datetime.date.min)


def file_name(electorates: ElectorateSet, file: str) -> str:
    """Return the path of a set's file as problems name it."""
    return f"{FOLDER}/{electorates.name}/{electorates.files[file].name}"


def _electorate(files: Files, row: Row, states: Mapping[str, State]) -> Electorate:
    sitting, member = row["current_member"], _member(files, row)
    return Electorate(
        slug=row["slug"],
        name=_apostrophe(row["name"]),
        state=states[row["state"]],
        member=member,
        no_member="" if member else "vacant" if sitting.casefold() == VACANT else "unknown",
        office=Office(
            _street(row["office_address"]), _apostrophe(row["office_suburb"]), row["office_state"],
            row["office_postcode"], row["office_phone"], row["email"],
        ),
        far_parts=_apostrophe(row["far_parts"]),
        changes=(),
        facts={},
        words=files.spec.words,
        line=row.line,
    )  # fmt: skip


def _street(address: str) -> str:
    """Return a street address with a dash in a range of numbers: 179–191."""
    return re.sub(r"(?<![\w-])(\d+)-(\d+)(?![\w-])", r"\1–\2", _apostrophe(address))


def _apostrophe(name: str) -> str:
    """Return a name as it is set: a straight quote in a name is always an apostrophe."""
    return name.replace("'", "’")


def _member(files: Files, row: Row) -> Member | None:
    name = row["current_member"]
    if not name or name.casefold() == VACANT:
        return None
    return Member(
        name=_apostrophe(name),
        party=_apostrophe(row["current_party"]),
        elected_name=_apostrophe(row["member"]),
        elected_party=_apostrophe(row["party"]),
        as_at=day(row, files.spec.members.as_at),
        note=row["change_note"],
        post_nominal=files.spec.words.post_nominal,
        side=_side(files.spec.members, row["current_party"]),
    )


def _side(spec: MembersSpec, party: str) -> str:
    """Return the side that a party is on; if the set doesn't say which parties govern, an empty text."""
    other = "cross-bench" if spec.sides else ""
    return next((side for side, parties in spec.sides.items() if party in parties), other)


def _check_sides(files: Files, rows: Iterable[Row]) -> Iterator[Problem]:
    """Yield a problem for each party on a side that no member belongs to, as after a slip in its name."""
    known = {row["current_party"] for row in rows}
    for side, parties in files.spec.members.sides.items():
        for index, party in enumerate(parties):
            if party not in known:
                message = f'no {files.spec.words.member} belongs to "{party}"'
                hint = nearest(party, known) or "use the name that the file of electorates has"
                yield files.tree.problem(("members", "sides", side, index), message, hint)


def _changes(files: Files) -> Mapping[str, tuple[Change, ...]]:
    found: dict[str, list[Change]] = {}
    for row in files.rows("changes")[1]:
        change = Change(day(row, "date"), row["event"], row["detail"])
        found.setdefault(row["slug"], []).append(change)
    return {slug: tuple(sorted(changes, key=lambda change: change.date)) for slug, changes in found.items()}


def _forms(files: Files, known: Mapping[str, Row]) -> Forms:
    """Return how each language addresses each member: forms of address, and roles in the order of the file.

    A row names its member, so that neither passes to the next one. Add a problem for a row of anybody else.
    """
    found: Forms = {}
    for file in ("forms-of-address", "roles"):
        table, rows = files.rows(file)
        for row in (row for row in rows if row["slug"] in known):
            slug, forms = row["slug"], found.setdefault(row["language"] or files.spec.language, {})
            sitting, form = known[slug]["current_member"], forms.get(slug, FormOfAddress())
            if row["member"] != sitting or sitting.casefold() == VACANT:
                message = f'member: "{row["member"]}" is not the {files.spec.words.member} for {slug}, who is '
                files.say(table, row, message + (sitting or "unknown"), "correct the name, or delete the row")
            elif file == "roles":
                role = Role(_apostrophe(row["role"]), day(row, "as_at"), row.line)
                forms[slug] = replace(form, roles=(*form.roles, role))
            else:
                forms[slug] = FormOfAddress(_apostrophe(row["title"]), _apostrophe(row["salutation"]))
    return found


def _check_definitions(files: Files) -> Iterator[Problem]:
    """Yield a problem for each missing file, each unknown name in set.yaml, and each impossible definition."""
    spec, tree = files.spec, files.tree
    for file in (ELECTORATES, BOUNDARIES):
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
        message = f"maps need a credit, but notices: has no {MAP_NOTICE}"
        hint = f"add {MAP_NOTICE}: to notices:, with the credit that the boundaries' licence requires"
        yield tree.problem(("files", BOUNDARIES), message, hint)
    for language, translation in spec.translations.items():
        for code in translation.states:
            yield from _check_name(tree, ("translations", language, "states", code), "state", code, spec.states)


MAP_NOTICE = "map"
"""The notice that pages print beside each map."""


def _check_unread(files: Files) -> Iterator[Problem]:
    spec = files.spec
    parts = {*COLUMNS, BOUNDARIES}
    read = parts | {wanted.file for wanted in spec.facts.values()}
    for file in spec.files:
        if file not in read:
            hint = ", or ".join(filter(None, (nearest(file, parts), "add facts: that use it")))
            yield files.tree.problem(("files", file), f'"{file}" isn\'t used', hint)


def _check_file(files: Files, loc: Loc, name: str) -> Iterator[Problem]:
    if leads_out(files.folder, name):
        yield files.tree.problem(loc, f'"{name}" is outside {files.shown}/', "copy the file into that folder")
    elif within(files.folder, name) is None:
        names = [path.name for path in files.folder.iterdir() if path.is_file()]
        hint = or_nearest("put it there", name, names)
        yield files.tree.problem(loc, f'there is no file "{name}" in {files.shown}/', hint)


def _check_name(tree: Tree, loc: Loc, noun: str, wanted: str, known: Iterable[str]) -> Iterator[Problem]:
    if wanted not in known:
        hint = or_nearest(f"add it under {noun}s:", wanted, known)
        yield tree.problem(loc, f'there is no {noun} called "{wanted}"', hint)


YES = "yes"


def _places(files: Files) -> Mapping[str, tuple[Settlement, ...]]:
    """Return each electorate's places by its slug, most important first; empty if the set has no file of places."""
    found: dict[str, list[Settlement]] = {}
    for row in files.rows("places")[1]:
        longitude, latitude, rank = degrees(row, "lon", "lat", "rank")
        office = row["office_suburb"] == YES
        place = Settlement(row["name"], longitude, latitude, int(rank), row["kind"], office)
        found.setdefault(row["slug"], []).append(place)
    return {slug: tuple(sorted(places, key=lambda place: place.rank)) for slug, places in found.items()}


def _towns(files: Files, states: Mapping[str, State]) -> Iterator[Town]:
    """Yield the towns that maps of states and of the nation may name."""
    for row in files.rows("towns")[1]:
        longitude, latitude, rank = degrees(row, "longitude", "latitude", "rank")
        yield Town(row["name"], states[row["state"]], longitude, latitude, int(rank))


def _hexagons(files: Files) -> Mapping[str, tuple[int, int]]:
    """Return the axial coordinates of each electorate's hexagon, by its slug; none if the set has no such file."""
    table, rows = files.rows("hexes")
    found = {row["slug"]: (int(row["q"]), int(row["r"])) for row in rows}
    missing = [slug for slug in files.slugs if slug not in found]
    if rows and missing and len(rows) == len(table.rows):
        files.say(table, None, f"there is no hexagon for {few(missing)}", "add a row for each electorate")
    return found


CHECK = "member-details"
MOST_DAYS = 90
"""The age, in days, above which a list of members should be checked again."""
STILL = "check that this is still correct"


def stale(
    electorates: ElectorateSet, today: datetime.date, among: Collection[Electorate] | None = None
) -> tuple[Problem, ...]:
    """Return warnings: an old list of members, seats without a member, and members or parties that have changed.

    They are about the electorates given, or about all of them; there are none about none.
    """
    asked = electorates.electorates if among is None else among
    found: list[Problem] = []
    if asked and fresh_until(electorates, today) is None:
        # Without the age itself: the warning of an earlier build must still be true the next day.
        message = f"the list of {electorates.words.electorates} is over {MOST_DAYS} days old ({electorates.as_at})"
        hint = "check who the members are and which roles they have now, and update the dates"
        seated = ((each.line, each.member) for each in electorates.electorates if each.member)
        line = min((line for line, member in seated if member.listed_at == electorates.as_at), default=1)
        found.append(Problem(electorates.path, line, message, hint, warning=True, check=CHECK))
    for electorate in asked:
        for message, hint in _news(electorate):
            found.append(Problem(electorates.path, electorate.line, message, hint, warning=True, check=CHECK))
    return tuple(found)


def fresh_until(electorates: ElectorateSet, today: datetime.date) -> datetime.date | None:
    """Return the last day before the list of members gets old; None if it is old already."""
    last = electorates.as_at + datetime.timedelta(days=MOST_DAYS)
    return last if today <= last else None


def _news(electorate: Electorate) -> Iterator[tuple[str, str]]:
    """Yield what is to be checked about an electorate's member, and what to do."""
    member, noun = electorate.member, electorate.words.member
    if member is None:
        why = "has no" if electorate.no_member == VACANT else "has no known"
        yield f"{electorate.name} {why} {noun}", "check who the member is now; until then, its documents name no member"
        return
    if member.changed:
        elected = f"{member.elected_name or member.name} ({member.elected_party or member.party})"
        yield f"{electorate.name} elected {elected}; its {noun} is now {member.name} ({member.party})", STILL
    elif member.note:
        yield f"{electorate.name}: {member.note.rstrip('.')}", STILL
    if electorate.changes and electorate.changes[-1].date > member.as_at:
        message = f"{electorate.name}: {electorate.changes[-1].detail}, after the row's date"
        yield message, "check who the member is now, and update the row"
