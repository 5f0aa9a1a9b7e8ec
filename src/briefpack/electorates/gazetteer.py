"""Find an electorate by its name or a postcode; read the postcodes, localities, PO boxes and former electorates."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefpack import store
from briefpack.electorates import tables
from briefpack.electorates.electorate import Electorate, ElectorateSet
from briefpack.electorates.tables import FOLDER, Files, items
from briefpack.problem import Owner, joined, nearest, one_problem
from briefpack.project import Project
from briefpack.store import Store
from briefpack.text.spelling import close, fold
from briefpack.text.tables import Row, separated


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


FORMER = "former"
"""The id of the file of abolished electorates, in a set's files."""
SHARE = "share_of_population_pct"
"""The column with the share of an abolished electorate's people that a successor took; it may be empty."""


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
    """Return the hash of everything that the check reads; of the electorates, it needs only the slugs."""
    files = (group.files[file] for file in tables.COLUMNS if file in group.files and file != tables.ELECTORATES)
    paths = (project.root / tables.FOLDER / group.name / "set.yaml", *files)
    return store.key("set files", store.engine(), repr([*group.by_slug]), *map(store.file_key, paths))


def load(files: Files, group: ElectorateSet) -> Gazetteer:
    """Load the gazetteer of a set from its files. Raises Problems for all of them at once."""
    files.slugs, computed = group.by_slug, files.spec.search.computed_when
    postcodes = {}
    for row in files.rows("postcodes")[1]:
        certain, possible = items(row["electorates"]), items(row["possible_electorates"])
        worked_out = bool(computed) and row.has(computed)
        postcodes[row["postcode"]] = Postcode(row["postcode"], certain, possible, worked_out)
    localities = [
        Locality(row["locality"], row["state"], row["postcode"], row["electorate"], row["confidence"])
        for row in files.rows("localities")[1]
    ]
    boxes = {
        row["postcode"]: PoBoxPostcode(row["postcode"], items(row["place"]), row["nearest_delivery_postcode"])
        for row in files.rows("po-boxes")[1]
    }
    former = tuple(_gathered(files.rows(FORMER)[1]))
    files.raise_any()
    return Gazetteer(postcodes, tuple(localities), boxes, former)


def hint(group: ElectorateSet, slug: str) -> str:
    """Name the electorates that took the people of an abolished one, starting with the largest share.

    Returns nothing if the set lists no such electorate. Raises Problems if its file can't be read.
    """
    path = group.files.get(FORMER)
    rows = [row for row in separated.read(path, path.name).rows if row["slug"] == slug] if path else []
    old = next(_gathered(rows), None)
    return f"{', '.join(old.successors)}: {old.name} was abolished in {old.abolished}" if old else ""


def _gathered(rows: Sequence[Row]) -> Iterator[FormerElectorate]:
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(row["slug"], []).append(row)
    for slug, those in parts.items():
        first, *_ = ordered = sorted(those, key=lambda row: float(row[SHARE] or 0), reverse=True)
        successors = tuple(row["electorate"] for row in ordered)
        yield FormerElectorate(slug, first["name"], first["state"], int(first["abolished"]), successors)


LIST = "briefpack list electorates"
OF_POSTCODE = "share the postcode"


def match(electorates: ElectorateSet, words: str) -> Electorate:
    """Return the one electorate with this name or slug, the only one whose name begins with it, or that of a postcode.

    Raises Problems if there is none, or more than one.
    """
    wanted, everyone = fold(words), electorates.electorates
    ways = {
        "are called": [found for found in everyone if wanted in {fold(found.name), fold(found.slug)}],
        "begin with": [found for found in everyone if wanted and fold(found.name).startswith(wanted)],
        OF_POSTCODE: _of_postcode(electorates, wanted),
    }
    way, several = next(((way, found) for way, found in ways.items() if found), ("", []))
    if len(several) == 1:
        return several[0]
    called = electorates.words
    if several:
        message = f'{len(several)} {called.electorates} {way} "{words}"'
        places = f"; briefpack find {shlex.quote(words)} lists the places of each" if way == OF_POSTCODE else ""
        names = {found.name for found in several}
        if len(names) < len(several):
            names = {found.slug for found in several}
        hint = f"{joined(sorted(names), 'or')}{places}"
    else:
        message = f'there is no {called.electorate} called "{words}"'
        near = nearest(words.title(), [found.name for found in everyone])
        asked = f"briefpack find {shlex.quote(words)}, which knows towns and postcodes" if words.strip() else LIST
        hint = f"{near}, or {asked}" if near else asked
        if wanted == "national":
            hint = "leave it out, for the national documents"
    raise one_problem(f"{FOLDER}/{electorates.name}", None, message, hint, Owner.COMMAND)


def _of_postcode(group: ElectorateSet, wanted: str) -> list[Electorate]:
    """Return the electorates that a postcode is in or may reach into; none for other words."""
    if not any(map(str.isdigit, wanted)) or "postcodes" not in group.files:
        return []
    rows = separated.read(group.files["postcodes"], f"{FOLDER}/{group.name}").rows
    row = next((row for row in rows if close(fold(row["postcode"])) == close(wanted)), None)
    columns = (row["electorates"], row["possible_electorates"]) if row else ()
    slugs = {slug for column in columns for slug in tables.items(column)}
    return [each for each in group.electorates if each.slug in slugs]
