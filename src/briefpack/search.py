"""Finds the electorates that somebody's words may mean: a postcode, a locality, a member or a name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from briefpack.electorates import Electorate, ElectorateSet
from briefpack.postcodes import Locality, Places, Postcode
from briefpack.problem import nearest
from briefpack.spelling import fold


@dataclass(frozen=True)
class Hit:
    """An electorate that was found, and why; `localities` are the places in it that the words mean."""

    electorate: Electorate
    kind: Literal["name", "member", "postcode", "locality"]
    certain: bool
    why: str
    localities: tuple[Locality, ...] = ()


def find(places: Places, electorates: ElectorateSet, words: str) -> tuple[Hit, ...]:
    """Every electorate that the words may mean, the certain ones first: a name, a member, a postcode, a locality.

    A beginning is enough for a name; for a member or a locality only where nothing has exactly these words.
    A postcode that electorates share gives one hit each, with the localities that tell them apart.
    """
    wanted = fold(words)
    if not wanted:
        return ()
    code = _code(places, electorates, words)
    hits = [
        *_by_name(electorates, wanted),
        *_by_member(
            electorates, lambda name: _ends(name, wanted) or _ends(_without_letters(electorates, wanted), name)
        ),
        *(_by_postcode(places, electorates, code) if code else ()),
        *_by_locality(places, electorates, lambda place: wanted in _addresses(place)),
    ] or [
        *_by_member(electorates, lambda name: name.startswith(wanted)),
        *_by_locality(places, electorates, lambda place: place.key.startswith(wanted)),
    ]
    found: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: not hit.certain):
        found.setdefault(hit.electorate.slug, hit)
    return tuple(found.values())


def alike(places: Places, electorates: ElectorateSet, words: str) -> str:
    """The names of electorates, members and localities that are nearest to words that find nothing."""
    names = {each.name for each in electorates.electorates} | {place.name for place in places.localities}
    names |= {each.member.name for each in electorates.electorates if each.member}
    return nearest(words.title(), names, most=0)


def _ends(name: str, wanted: str) -> bool:
    """Whether a name ends in the words wanted: Ryan, or Monique Ryan."""
    return f" {name}".endswith(f" {wanted}")


def _without_letters(electorates: ElectorateSet, wanted: str) -> str:
    """A name without the letters that members have after theirs: monique ryan mp."""
    return wanted.removesuffix(f" {fold(electorates.words.post_nominal or '')}")


def _code(places: Places, electorates: ElectorateSet, words: str) -> Postcode | None:
    """The postcode that the words are, with or without its state."""
    states = {code.casefold() for code in electorates.states}
    rest = " ".join(word for word in words.upper().split() if word.casefold() not in states)
    return places.postcodes.get(words.strip()) or places.postcodes.get(rest)


def _addresses(place: Locality) -> tuple[str, ...]:
    name, state, code = place.key, place.state.casefold(), place.postcode.casefold()
    return (name, f"{name} {state}", f"{name} {code}", f"{code} {name}", f"{name} {state} {code}")


def _by_name(electorates: ElectorateSet, wanted: str) -> Iterator[Hit]:
    for found in electorates.electorates:
        if wanted in {fold(found.name), fold(found.slug)} or fold(found.name).startswith(wanted):
            yield Hit(found, "name", certain=True, why=f"the {found.words.electorate} is called {found.name}")


def _by_member(electorates: ElectorateSet, means: Callable[[str], bool]) -> Iterator[Hit]:
    for found in electorates.electorates:
        noun, member = found.words.member, found.member
        if member and means(fold(member.name)):
            yield Hit(found, "member", certain=True, why=f"{member.name} is its {noun}")
        elif member and means(fold(member.elected_name)):
            why = f"{member.elected_name} was elected here; {member.name} is its {noun} now"
            yield Hit(found, "member", certain=False, why=why)


def _by_postcode(places: Places, electorates: ElectorateSet, code: Postcode) -> Iterator[Hit]:
    shared = tuple(dict.fromkeys((*code.electorates, *code.possible)))
    here = [place for place in places.localities if place.postcode == code.code]
    for slug in shared:
        certain = slug in code.electorates
        others = ", ".join(electorates.by_slug[other].name for other in shared if other != slug)
        holds = f"it holds part of {code.code}, with {others}" if others else f"it holds {code.code}"
        why = holds if certain else f"it may hold part of {code.code}"
        within = tuple(place for place in here if place.electorate == slug)
        yield Hit(electorates.by_slug[slug], "postcode", certain, why, within)


def _by_locality(places: Places, electorates: ElectorateSet, means: Callable[[Locality], bool]) -> Iterator[Hit]:
    found: dict[str, list[Locality]] = {}
    for place in places.localities:
        if means(place):
            found.setdefault(place.electorate, []).append(place)
    for slug, here in found.items():
        certain = any(place.certain for place in here)
        why = f"it {'holds' if certain else 'probably holds'} {', '.join(map(str, here))}"
        yield Hit(electorates.by_slug[slug], "locality", certain, why, tuple(here))
