"""Collect every name that a search can find: electorates, members, candidates, postcodes and localities."""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from briefpack.electorates import gazetteer, tables
from briefpack.electorates.electorate import Electorate, ElectorateSet
from briefpack.electorates.gazetteer import FormerElectorate, Gazetteer, Locality
from briefpack.electorates.load import names
from briefpack.electorates.model import SearchSpec
from briefpack.problem import Owner, Problem, Problems
from briefpack.project import Project
from briefpack.text import yaml_lines
from briefpack.text.spelling import Spelling, close, fold
from briefpack.text.tables import Row

Capacity = Literal["member", "former-member", "runner-up"]


@dataclass(frozen=True)
class Person:
    """A person whose name leads to an electorate, the capacity in which it does, and the sentence that explains it."""

    name: str
    slug: str
    role: Capacity
    text: str


Subject = Electorate | FormerElectorate | Person


@dataclass(frozen=True)
class Directory:
    """Every name in a set that a search can find, and the ways people spell them."""

    group: ElectorateSet
    gazetteer: Gazetteer
    people: tuple[Person, ...]
    search: SearchSpec

    @cached_property
    def spelling(self) -> Spelling:
        """Return the abbreviations used in the set's names."""
        return Spelling.read(self.search.abbreviations)

    @cached_property
    def localities(self) -> Mapping[str, list[Locality]]:
        """Return the localities by name, folded and with abbreviations written out."""
        found: dict[str, list[Locality]] = {}
        for place in self.gazetteer.localities:
            found.setdefault(self.spelling.full(place.name), []).append(place)
        return found

    @cached_property
    def by_postcode(self) -> Mapping[str, list[Locality]]:
        """Return the localities by postcode."""
        found: dict[str, list[Locality]] = {}
        for place in self.gazetteer.localities:
            found.setdefault(place.postcode, []).append(place)
        return found

    @cached_property
    def names(self) -> tuple[tuple[str, str, Subject], ...]:
        """Return everything but places that a search can find, each with its name written out in full and its state."""
        return tuple(self._names())

    def _names(self) -> Iterator[tuple[str, str, Subject]]:
        full, by_slug = self.spelling.full, self.group.by_slug
        yield from ((full(each.name), each.state.code, each) for each in self.group.electorates)
        yield from ((full(old.name), old.state, old) for old in self.gazetteer.former)
        yield from ((full(person.name), by_slug[person.slug].state.code, person) for person in self.people)

    def unexplained(self, code: str) -> bool:
        """Return whether a postcode extends into an electorate that contains none of its localities.

        If so, the border must cut through one of its localities, and it isn't known which.
        """
        found = self.gazetteer.postcodes.get(code)
        lying = {place.electorate for place in self.by_postcode.get(code, ())}
        return found is not None and not lying.issuperset((*found.electorates, *found.possible))

    @cached_property
    def closed(self) -> Mapping[str, tuple[str, ...]]:
        """Return the keys of `localities` by their spelling without spaces."""
        found: dict[str, tuple[str, ...]] = {}
        for key in self.localities:
            found[close(key)] = (*found.get(close(key), ()), key)
        return found

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """Return every postcode by its form for comparison: without spaces, hyphens or capitals."""
        return {close(fold(code)): code for code in (*self.gazetteer.boxes, *self.gazetteer.postcodes)}

    @cached_property
    def digits(self) -> int:
        """Return how many digits a postcode has; 0 if postcodes aren't numbers."""
        lengths = Counter(len(code) for code in self.codes if code.isdecimal())
        return lengths.most_common(1)[0][0] if lengths else 0

    @cached_property
    def states(self) -> Mapping[str, str]:
        """Return the codes of the states by each of their names, folded, longest first; N.S.W. counts as a name."""
        names = {
            fold(name): code
            for code, state in self.group.states.items()
            for name in (code, state.short, state.name, ".".join(code))
        }
        return dict(sorted(names.items(), key=lambda item: -len(item[0])))

    def postcode(self, typed: str) -> str | None:
        """Return the postcode that somebody typed, even without its leading zero or with an extra one."""
        if typed.isdecimal():
            typed = typed.lstrip("0").zfill(self.digits)
        return self.codes.get(typed)


def sets_of(project: Project, brief: str | None) -> dict[str, tuple[str, ...]]:
    """Return the sets to search, each with the briefs that use it: the set of a brief, or of the only one.

    If several briefs could be meant, it is the set that they share or, if they share none, every set.
    """
    try:
        name = project.brief(brief)
    except Problems:
        if brief:
            raise
    else:
        return {_set_of(project, name): (name,)}
    users: dict[str, tuple[str, ...]] = {}
    for name in project.briefs:
        with suppress(Problems):
            group = _set_of(project, name)
            users[group] = (*users.get(group, ()), name)
    found = users if len(users) == 1 else {group: users.get(group, ()) for group in names(project)}
    if not found:
        hint = "copy one from another briefpack project"
        raise Problems([Problem(tables.FOLDER, None, "the project has no electorate set", hint, Owner.COMMAND)])
    return found


def _set_of(project: Project, brief: str) -> str:
    """Return the name of a brief's electorate set, even if the rest of the brief has problems."""
    path = f"briefs/{brief}/brief.yaml"
    tree = yaml_lines.read(project.root / path, path)
    name = tree.data.get("electorates") if isinstance(tree.data, dict) else None
    if not isinstance(name, str):
        hint = "add electorates: and the name of a set in briefs/electorates/"
        raise Problems([Problem(path, 1, "the brief names no electorate set", hint)])
    return name


def load_directory(project: Project, group: ElectorateSet) -> Directory:
    """Load everything in a set that can be searched. Raises Problems for all files at once."""
    files = tables.open_set(project, group.name)
    found = gazetteer.load(files, group)
    people = (_people(group, row, files.spec.members.election) for row in files.rows("electorates")[1])
    return Directory(group, found, tuple(itertools.chain.from_iterable(people)), files.spec.search)


def _people(group: ElectorateSet, row: Row, election: str | None) -> Iterator[Person]:
    electorate = group.by_slug[row["slug"]]
    slug, noun, member = electorate.slug, electorate.words.member, electorate.member
    if member:
        yield Person(member.name, slug, "member", f"{member.name} is its {noun}")
    now = f"{member.name} is its {noun} now" if member else f"it has no {noun} now"
    for name, happened in _former_members(electorate, row["member"]):
        yield Person(name, slug, "former-member", f"{happened}; {now}")
    if name := row["runner_up"]:
        party = f" ({row['runner_up_party']})" if row["runner_up_party"] else ""
        message = f"{name}{party} came second here at the {election or 'election'}"
        yield Person(name, slug, "runner-up", message)


def _former_members(electorate: Electorate, elected: str) -> Iterator[tuple[str, str]]:
    """Yield each person who was elected or is named in a later change, and isn't the member now, with the event."""
    happened = {fold(elected): (elected, f"{elected} was elected here")}
    for change in electorate.changes:
        name, day = _subject(change.detail), f"{change.date.day} {change.date:%B %Y}"
        happened[fold(name)] = (name, f"{change.detail.rstrip('.')} on {day}")
    sitting = {"", fold(electorate.member.name) if electorate.member else ""}
    return (pair for key, pair in happened.items() if key not in sitting)


def _subject(detail: str) -> str:
    """Return the person that a change is about: the capitalised words at its start, if there are several."""
    words = itertools.takewhile(lambda word: word[:1].isupper(), detail.split())
    name = " ".join(words)
    return name if " " in name else ""
