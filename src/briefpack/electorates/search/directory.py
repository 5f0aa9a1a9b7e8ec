"""Collect every name that a search can find: electorates, members, postcodes and localities."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from briefpack.electorates import gazetteer, tables
from briefpack.electorates.electorate import Electorate, ElectorateSet
from briefpack.electorates.gazetteer import FormerElectorate, Gazetteer, Locality, Postcode
from briefpack.electorates.load import names
from briefpack.electorates.model import SearchSpec
from briefpack.problem import Owner, Problems, joined, one_problem
from briefpack.project import Project
from briefpack.text import yaml_lines
from briefpack.text.spelling import Spelling, close, fold
from briefpack.text.tables import Row

Capacity = Literal["member", "former-member"]


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


def set_of(project: Project, brief: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the set to search, and the briefs that use it: that of a brief, or the one that all briefs share.

    Raises Problems if there is none, or if the briefs use several.
    """
    try:
        name = project.brief(brief)
    except Problems:
        if brief:
            raise
    else:
        return _set_of(project, name), (name,)
    users: dict[str, list[str]] = {}
    for name in project.briefs:
        with suppress(Problems):
            users.setdefault(_set_of(project, name), []).append(name)
    known = [*users] or names(project)
    if len(known) == 1:
        return known[0], tuple(users.get(known[0], ()))
    message, hint = "the briefs use several electorate sets", "name a brief: --brief NAME"
    if not known:
        message, hint = "the project has no electorate set", "copy one from another briefpack project"
    raise one_problem(tables.FOLDER, None, message, hint, Owner.COMMAND)


def _set_of(project: Project, brief: str) -> str:
    """Return the name of a brief's electorate set, even if the rest of the brief has problems."""
    path = f"briefs/{brief}/brief.yaml"
    tree = yaml_lines.read(project.root / path, path)
    name = tree.data.get("electorates") if isinstance(tree.data, dict) else None
    if not isinstance(name, str):
        hint = "add electorates: and the name of a set in briefs/electorates/"
        raise one_problem(path, 1, "the brief names no electorate set", hint)
    return name


def load_directory(project: Project, group: ElectorateSet) -> Directory:
    """Load everything in a set that can be searched. Raises Problems for all files at once."""
    files = tables.open_set(project, group.name)
    found = gazetteer.load(files, group)
    people: list[Person] = []
    for row in files.rows("electorates")[1]:
        people += _people(group, row)
    return Directory(group, found, tuple(people), files.spec.search)


def _people(group: ElectorateSet, row: Row) -> Iterator[Person]:
    electorate = group.by_slug[row["slug"]]
    slug, noun, member, elected = electorate.slug, electorate.words.member, electorate.member, row["member"]
    if member:
        yield Person(member.name, slug, "member", f"{member.name} is its {noun}")
    if elected and (not member or fold(member.name) != fold(elected)):
        now = f"{member.name} is its {noun} now" if member else f"it has no {noun} now"
        yield Person(elected, slug, "former-member", f"{elected} was elected here; {now}")


Certainty = Literal["certain", "likely", "possible"]
CERTAINTIES: tuple[Certainty, ...] = ("certain", "likely", "possible")
Kind = Literal["electorate", "former", "member", "former-member", "postcode", "po-box", "locality"]
How = Literal["exact", "surname", "word", "order", "part", "typo"]
"""How the words typed match a name: in full, by surname, by a whole word, in another order, in part or misspelt."""
LIKELY: Mapping[Kind, frozenset[How]] = {
    "electorate": frozenset({"word", "order", "part", "typo"}),
    "former": frozenset({"exact", "order", "typo"}),
    "member": frozenset({"surname", "word", "order", "part", "typo"}),
    "former-member": frozenset({"exact", "order"}),
    "locality": frozenset({"word", "order", "part", "typo"}),
}
"""The matches that make a name of each kind likely to be the one meant; any other is only possible."""
CERTAIN: frozenset[Kind] = frozenset({"electorate", "member", "locality"})
"""The kinds of name that are certain when typed in full."""
SURE: Mapping[str, Certainty] = {"high": "certain", "medium": "likely"}
"""The certainty of a locality's electorate for each level of confidence; any other level makes it possible."""
HOLDS: Mapping[Certainty, str] = {"certain": "is in", "likely": "is probably in", "possible": "may be in"}
HOLD: Mapping[Certainty, str] = {"certain": "are in", "likely": "are probably in", "possible": "may be in"}


@dataclass(frozen=True)
class Reason:
    """A reason why an electorate may be the one meant: its connection with a name or postcode.

    `named` is true if its own name, or the name of an electorate that it succeeded, was typed. `note` prints once in
    the answer.
    """

    slug: str
    kind: Kind
    name: str
    certainty: Certainty
    text: str
    localities: tuple[Locality, ...] = ()
    named: bool = False
    note: str = ""


def least(*certainties: Certainty) -> Certainty:
    """Return the lowest of several certainties."""
    return max(certainties, key=CERTAINTIES.index)


def by_name(kind: Kind, how: How) -> Certainty:
    """Return how certain it is that a name of this kind, matched like this, is the one meant."""
    if how == "exact" and kind in CERTAIN:
        return "certain"
    return "likely" if how in LIKELY[kind] else "possible"


def reasons_of(directory: Directory, subject: Subject, how: How) -> Iterator[Reason]:
    """Yield a reason for each electorate that a name leads to, of an electorate or a person."""
    if isinstance(subject, Electorate):
        yield _electorate(subject, how)
    elif isinstance(subject, FormerElectorate):
        yield from _former(directory, subject, how)
    else:
        yield Reason(subject.slug, subject.role, subject.name, by_name(subject.role, how), subject.text)


def _electorate(each: Electorate, how: How) -> Reason:
    text = f"the {each.words.electorate} is called {each.name}"
    named = how in {"exact", "order", "typo"}
    return Reason(each.slug, "electorate", each.name, by_name("electorate", how), text, named=named)


def _former(directory: Directory, old: FormerElectorate, how: How) -> Iterator[Reason]:
    """Yield a reason for each successor of an abolished electorate, from the successor that took most of its people."""
    names = [directory.group.by_slug[slug].name for slug in old.successors]
    note = f"{old.name} ({old.state}) was abolished in {old.abolished}. Its residents are now in {joined(names, 'and')}"
    note += ", in order of their share." if len(names) > 1 else "."
    certainty = by_name("former", how)
    for place, slug in enumerate(old.successors):
        part = "all" if len(names) == 1 else "part" if place else "the largest part"
        text = f"it took {part} of {old.name}, which was abolished in {old.abolished}"
        yield Reason(slug, "former", old.name, certainty, text, named=certainty == "likely", note=note)


def of_localities(directory: Directory, here: Sequence[Locality], how: How) -> Iterator[Reason]:
    """Yield a reason for each electorate that contains one or more of these localities."""
    found: dict[str, list[Locality]] = {}
    for place in here:
        found.setdefault(place.electorate, []).append(place)
    limit = by_name("locality", how)
    for slug, places in found.items():
        certainties = {_certainty(directory, place) for place in places}
        best = min(certainties, key=CERTAINTIES.index)
        certainty = least(best, limit) if len(certainties) == 1 else least(best, limit, "likely")
        names = joined(tuple(dict.fromkeys(place.name for place in places)), "and")
        yield Reason(slug, "locality", names, certainty, _holds(directory, places), tuple(places))


def _certainty(directory: Directory, place: Locality) -> Certainty:
    """Return how certain a locality's electorate is: less so if a border must cut a locality of its postcode."""
    known = SURE.get(place.confidence, "possible")
    return least(known, "likely") if directory.unexplained(place.postcode) else known


def _holds(directory: Directory, places: Sequence[Locality]) -> str:
    """Return the text that says which localities are in an electorate; for a single one, where else its postcode is."""
    name = directory.group.by_slug[places[0].electorate].name
    parts = [
        f"{joined([str(place) for place in here], 'and')} {(HOLD if len(here) > 1 else HOLDS)[each]} {name}"
        for each in CERTAINTIES
        if (here := [place for place in places if SURE.get(place.confidence, "possible") == each])
    ]
    code = directory.gazetteer.postcodes.get(places[0].postcode) if len(places) == 1 else None
    return "; ".join((*parts, *(_elsewhere(directory, code, places[0].electorate) if code else ())))


def _elsewhere(directory: Directory, code: Postcode, slug: str) -> Iterator[str]:
    """Yield a clause on the other electorates that contain part of a postcode, and a clause on electorates that may."""
    names = directory.group.by_slug
    if others := [names[other].name for other in code.electorates if other != slug]:
        yield f"part of {code.code} is in {joined(others, 'and')}"
    if near := [names[other].name for other in code.possible if other not in {slug, *code.electorates}]:
        yield f"part of {code.code} may be in {joined(near, 'and')}"


def of_postcode(directory: Directory, code: Postcode, limit: Certainty) -> Iterator[Reason]:
    """Yield a reason for each electorate that a postcode is or may be in, at most as certain as `limit`."""
    here = directory.by_postcode.get(code.code, [])
    for slug in dict.fromkeys((*code.electorates, *code.possible)):
        within = tuple(place for place in here if place.electorate == slug)
        certainty = least(_postcode_certainty(code, slug, here), limit)
        yield Reason(slug, "postcode", code.code, certainty, _postcode_holds(directory, code, slug), within)


def _postcode_certainty(code: Postcode, slug: str, here: Iterable[Locality]) -> Certainty:
    """Return how certain a postcode's electorate is; if computed, it is certain only if each of its localities is."""
    if slug not in code.electorates:
        return "possible"
    alone = len(code.electorates) == 1 and not code.possible
    firm = not code.computed or all(place.confidence == "high" for place in here)
    return "certain" if alone and firm else "likely"


def _postcode_holds(directory: Directory, code: Postcode, slug: str) -> str:
    name = directory.group.by_slug[slug].name
    if slug not in code.electorates:
        return f"part of {code.code} may be in {name}"
    own = f"part of {code.code} is in {name}" if len(code.electorates) > 1 else f"{code.code} is in {name}"
    return "; ".join((own, *_elsewhere(directory, code, slug)))


def of_po_box(directory: Directory, code: str) -> Iterator[Reason]:
    """Yield a reason for each electorate of the delivery postcode nearest to a PO box postcode."""
    near = directory.gazetteer.postcodes.get(directory.gazetteer.boxes[code].nearest_code)
    for found in of_postcode(directory, near, "likely") if near else ():
        where = f"the nearest delivery postcode is {near.code if near else ''}"
        text = f"{code} is a PO box postcode; {where}: {found.text}"
        yield Reason(found.slug, "po-box", code, found.certainty, text, note=box_note(directory, code))


NONE_NEAR = "No delivery postcode is near it."


def box_note(directory: Directory, code: str) -> str:
    """Return the note that nobody lives in a PO box postcode, with the nearest delivery postcode."""
    box = directory.gazetteer.boxes[code]
    where = f" ({joined(box.places, 'and')})" if box.places else ""
    near = f"The nearest delivery postcode is {box.nearest_code}." if box.nearest_code else NONE_NEAR
    return f"{code} is a postcode for PO boxes and large mail users{where}; nobody lives there. {near}"
