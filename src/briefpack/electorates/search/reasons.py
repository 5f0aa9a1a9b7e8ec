"""Give the reasons why an electorate may be the one somebody is looking for, and how certain each is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from briefpack.electorates.electorate import Electorate
from briefpack.electorates.gazetteer import FormerElectorate, Locality, Postcode
from briefpack.electorates.search.directory import Directory, Subject
from briefpack.problem import joined

Certainty = Literal["certain", "likely", "possible"]
CERTAINTIES: tuple[Certainty, ...] = ("certain", "likely", "possible")
Kind = Literal["electorate", "former", "member", "former-member", "runner-up", "postcode", "po-box", "locality"]
How = Literal["exact", "surname", "word", "order", "part", "typo"]
"""How the words typed match a name: in full, by surname, by a whole word, in another order, in part or misspelt."""
LIKELY: Mapping[Kind, frozenset[How]] = {
    "electorate": frozenset({"word", "order", "part", "typo"}),
    "former": frozenset({"exact", "order", "typo"}),
    "member": frozenset({"surname", "word", "order", "part", "typo"}),
    "former-member": frozenset({"exact", "order"}),
    "runner-up": frozenset({"exact", "order"}),
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


def of(directory: Directory, subject: Subject, how: How) -> Iterator[Reason]:
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


def localities(directory: Directory, here: Sequence[Locality], how: How) -> Iterator[Reason]:
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


def postcode(directory: Directory, code: Postcode, limit: Certainty) -> Iterator[Reason]:
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


def po_box(directory: Directory, code: str) -> Iterator[Reason]:
    """Yield a reason for each electorate of the delivery postcode nearest to a PO box postcode."""
    near = directory.gazetteer.postcodes.get(directory.gazetteer.boxes[code].nearest_code)
    for found in postcode(directory, near, "likely") if near else ():
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
