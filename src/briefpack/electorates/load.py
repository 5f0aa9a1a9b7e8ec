"""Load a set of electorates from its files, and check its definitions."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from briefpack.electorates import boundaries, facts, places, portraits, tables
from briefpack.electorates.boundaries import BOUNDARIES
from briefpack.electorates.electorate import (
    VACANT,
    Change,
    Electorate,
    ElectorateSet,
    FormOfAddress,
    Member,
    Office,
    Role,
    State,
    translated,
)
from briefpack.electorates.tables import COLUMNS, FOLDER, Files
from briefpack.problem import Problem, Problems, nearest, or_nearest
from briefpack.project import NATIONAL, Project, leads_out, within
from briefpack.schema.faults import EMAIL
from briefpack.store import Store
from briefpack.text.spelling import fold
from briefpack.text.tables import Row, Table
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
        raise Problems([Problem(FOLDER, None, f'there is no set of electorates called "{name}"', hint)])
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
    table, rows = files.rows("electorates")
    if table.columns and not table.rows:
        files.say(table, None, f"there is no {spec.words.electorate} in the file", "add a row for each")
    rows = tuple(_rows_of_electorates(files, table, rows, states))
    tables.check_codes(files, table, rows, "office_postcode")
    known = {row["slug"]: row for row in rows}
    if rows:
        boundaries.check(files, table, known, kept)
    found, texts, changes = facts.read(files, known), facts.texts(files, known), _changes(files, known)
    forms = _forms(files, known)
    pictured = portraits.read(files, known)
    hexagons, placed = places.hexagons(files, known), places.read(files, known)
    made = [
        replace(
            _electorate(files, table, row, states),
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
        towns=tuple(places.towns(files, states)),
        definitions=spec.numbers,
        texts=tuple(spec.texts),
        as_at=_as_at(files, rows, forms),
        files={file: files.folder / path for file, path in spec.files.items()},
        path=table.shown,
        noticed=tuple(boundaries.check_places(files, known, kept)),
        hexes=hexagons,
        places=placed,
        members_source=spec.members.source,
        forms_of_address=forms,
    )


def _as_at(files: Files, rows: Iterable[Row], forms: Forms) -> datetime.date:
    listed = (tables.iso(row[files.spec.members.as_at]) for row in rows)
    dated = (role.as_at for held in forms.values() for each in held.values() for role in each.roles)
    return min(filter(None, (*listed, *dated)), default=datetime.date.min)


def _rows_of_electorates(files: Files, table: Table, rows: Iterable[Row], states: Mapping[str, State]) -> Iterator[Row]:
    """Yield the rows with a valid and unique slug; add a problem for anything wrong with a row."""
    first: dict[str, int] = {}
    for row in rows:
        slug = row["slug"]
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
            plain = "-".join(fold(row["name"]).split())
            hint = f"use lower-case words joined by hyphens: {plain if plain.isascii() and plain else 'west-bay'}"
            files.say(table, row, f'"{slug}" isn\'t a valid slug', hint)
        elif slug == NATIONAL:
            files.say(table, row, f'the slug "{slug}" is reserved for the national documents', "choose another slug")
        elif slug in first:
            files.say(table, row, f'the slug "{slug}" is already on line {first[slug]}', "choose another slug")
        else:
            first[slug] = row.line
            yield row
        if not row["name"]:
            files.say(table, row, f'"{slug}" has no name', "fill in the column name")
        tables.check_state(files, table, row, states)


def file_name(electorates: ElectorateSet, file: str) -> str:
    """Return the path of a set's file as problems name it."""
    return f"{FOLDER}/{electorates.name}/{electorates.files[file].name}"


def _electorate(files: Files, table: Table, row: Row, states: Mapping[str, State]) -> Electorate:
    sitting, member = row["current_member"], _member(files, table, row)
    _check_office(files, table, row)
    return Electorate(
        slug=row["slug"],
        name=_apostrophe(row["name"]),
        state=states.get(row["state"], next(iter(states.values()))),
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


def _check_office(files: Files, table: Table, row: Row) -> None:
    if row["email"] and not re.match(EMAIL, row["email"]):
        files.say(table, row, f'email: "{row["email"]}" is not an e-mail address', "name@example.org.au")
    digits = len(re.findall(r"\d", row["office_phone"]))
    if row["office_phone"] and digits < FEWEST_DIGITS:
        message = f'office_phone: "{row["office_phone"]}" is not a phone number'
        files.say(table, row, message, "correct it, or clear the cell")


def _street(address: str) -> str:
    """Return a street address with a dash in a range of numbers: 179–191."""
    return re.sub(r"(?<![\w-])(\d+)-(\d+)(?![\w-])", r"\1–\2", _apostrophe(address))


FEWEST_DIGITS = 5
"""The fewest digits of a phone number: small islands have five."""


def _apostrophe(name: str) -> str:
    """Return a name as it is set: a straight quote in a name is always an apostrophe."""
    return name.replace("'", "’")


def _member(files: Files, table: Table, row: Row) -> Member | None:
    as_at = tables.day(files, table, row, files.spec.members.as_at)
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


def _changes(files: Files, known: Mapping[str, Row]) -> Mapping[str, tuple[Change, ...]]:
    found: dict[str, tuple[Change, ...]] = {}
    table, rows = files.rows("changes")
    for row in rows:
        change = Change(tables.day(files, table, row, "date"), row["event"], row["detail"])
        if tables.check_slug(files, table, row, row["slug"], known):
            found[row["slug"]] = (*found.get(row["slug"], ()), change)
    return {slug: tuple(sorted(those, key=lambda change: change.date)) for slug, those in found.items()}


def _forms(files: Files, known: Mapping[str, Row]) -> Forms:
    """Return how each language addresses each member: forms of address, and roles in the order of the file.

    A row names its member, so that neither passes to the next one. Add a problem for a wrong row.
    """
    found: Forms = {}
    table, rows = files.rows("forms-of-address")
    for row in rows:
        slug, language = row["slug"], row["language"] or files.spec.language
        if tables.check_slug(files, table, row, slug, known):
            _check_member(files, table, row, known[slug]["current_member"])
            if slug in found.get(language, {}):
                files.say(table, row, f"{slug} already has a row in {language}", "delete one of the two rows")
            form = FormOfAddress(_apostrophe(row["title"]), _apostrophe(row["salutation"]))
            found.setdefault(language, {})[slug] = form
    _add_roles(files, known, found)
    return found


def _add_roles(files: Files, known: Mapping[str, Row], found: Forms) -> None:
    table, rows = files.rows("roles")
    for row in rows:
        day, slug = tables.day(files, table, row, "as_at"), row["slug"]
        if not row["role"]:
            hint = "write it as it is to print, such as Minister for Sport, or delete the row"
            files.say(table, row, "role is empty", hint)
        elif tables.check_slug(files, table, row, slug, known):
            _check_member(files, table, row, known[slug]["current_member"])
            title, forms = _apostrophe(row["role"]), found.setdefault(row["language"] or files.spec.language, {})
            form = forms.get(slug, FormOfAddress())
            first = next((role for role in form.roles if role.title == title), None)
            if first:
                files.say(table, row, f'"{row["role"]}" is already on line {first.line}', "delete one of the two rows")
            forms[slug] = replace(form, roles=(*form.roles, Role(title, day, row.line)))


def _check_member(files: Files, table: Table, row: Row, sitting: str) -> None:
    """Add a problem if the row isn't about the sitting member."""
    name, noun = row["member"], files.spec.words.member
    if name == sitting and name.casefold() != VACANT:
        return
    if not sitting or sitting.casefold() == VACANT:
        message = f"{row['slug']} has no {noun}, and so no role"
        hint = f"delete the row, or fill in current_member in {files.spec.files['electorates']}"
        files.say(table, row, message, hint)
        return
    message = f'member: "{name}" is not the {noun} for {row["slug"]}, who is {sitting}'
    hint = nearest(name, (sitting,), most=0) or "delete the row if it is of an earlier one"
    files.say(table, row, message, hint)


def _check_definitions(files: Files) -> Iterator[Problem]:
    """Yield a problem for each missing file, each unknown name in set.yaml, and each impossible definition."""
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
        if wanted.compare == "sum" and wanted.unit in SHARES:
            message = "percentages can't be added up: the country's total would mean nothing"
            hint = "compare: mean, with weight: and the column of the people or homes that they are a share of; or none"
            yield tree.problem(("facts", fact, "compare"), message, hint)
    if MAP_NOTICE not in spec.notices and BOUNDARIES in spec.files:
        message = f"maps need a credit, but notices: has no {MAP_NOTICE}"
        hint = f"add {MAP_NOTICE}: to notices:, with the credit that the boundaries' licence requires"
        yield tree.problem(("files", BOUNDARIES), message, hint)
    yield from _check_translations(files)
    for notice, words in spec.notices.items():
        for found in re.findall(r"\{[^{}]*\}", words.full.replace("{product}", "")):
            message = f"{found} is not a placeholder"
            yield tree.problem(("notices", notice, "full"), message, "use {product}", words=found)


def _check_translations(files: Files) -> Iterator[Problem]:
    for language, translation in files.spec.translations.items():
        for code in translation.states:
            loc = ("translations", language, "states", code)
            yield from _check_name(files.tree, loc, "state", code, files.spec.states)


MAP_NOTICE = "map"
"""The notice that pages print beside each map."""


SHARES = ("%", "percentage points")


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
