"""Choose the electorates that stretch a layout the most."""

from collections.abc import Iterator

from briefpack import electorates
from briefpack.electorates import Electorate, ElectorateSet
from briefpack.store import Store


def extremes(group: ElectorateSet, kept: Store) -> tuple[Electorate, ...]:
    """Return the electorates with the longest and shortest name, the largest and smallest area, and the longest member.

    The member with the longest roles is another, if any has one.

    One electorate may be several of these. They come in the order of their set.
    """
    chosen = {each.slug for each in _extremes(group, kept)}
    return tuple(each for each in group.electorates if each.slug in chosen)


def _extremes(group: ElectorateSet, kept: Store) -> Iterator[Electorate]:
    areas_km2 = electorates.areas_km2(group, kept)
    yield max(group.electorates, key=lambda each: len(each.name))
    yield min(group.electorates, key=lambda each: len(each.name))
    yield max(group.electorates, key=lambda each: areas_km2[each.slug])
    yield min(group.electorates, key=lambda each: areas_km2[each.slug])
    yield max(group.electorates, key=lambda each: len(each.member.styled) if each.member else 0)
    if any(map(_letters_of_roles, group.electorates)):
        yield max(group.electorates, key=_letters_of_roles)


def _letters_of_roles(electorate: Electorate) -> int:
    return sum(len(role.title) for role in electorate.member.roles) if electorate.member else 0
