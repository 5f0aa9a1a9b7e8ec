"""Select the electorates, states and asks that a request names."""

from functools import partial

from briefpack import electorates as places
from briefpack.electorates import Electorate, ElectorateSet
from briefpack.plan.loaded import LoadedBrief
from briefpack.plan.subjects import Wanted
from briefpack.problem import Owner, Problem, Problems, gather, nearest, raise_any


def select(
    loaded: LoadedBrief,
    *,
    national: bool = True,
    electorates: tuple[str, ...] = (),
    states: tuple[str, ...] = (),
    asks: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    every: bool = False,
) -> Wanted:
    """Return the part of a brief to make. Raises Problems for every unknown ask, electorate and state."""
    group = loaded.group
    if (electorates or states) and group is None:
        message, hint = (
            "the brief names no electorate set",
            "add electorates: and the name of a set in briefs/electorates/",
        )
        raise Problems([Problem(loaded.tree.path, 1, message, hint, Owner.COMMAND)])
    known, found = gather(
        partial(_asks, loaded, asks), partial(_electorates, group, electorates, states, every=every) if group else tuple
    )
    return Wanted(national, found, known, kinds)


def _asks(loaded: LoadedBrief, named: tuple[str, ...]) -> tuple[str, ...]:
    known = [ask.id for ask in loaded.brief.asks]
    raise_any(
        Problem("--ask", None, f'there is no ask called "{ask}"', nearest(ask, known), Owner.COMMAND)
        for ask in named
        if ask not in known
    )
    return named


def _electorates(
    group: ElectorateSet, named: tuple[str, ...], states: tuple[str, ...], *, every: bool
) -> tuple[Electorate, ...]:
    """Return the electorates that are selected, in the order of their set."""
    codes, *chosen = gather(partial(_codes, group, states), *(partial(places.match, group, words) for words in named))
    slugs = {each.slug for each in chosen}
    return tuple(each for each in group.electorates if every or each.slug in slugs or each.state.code in codes)


def _codes(group: ElectorateSet, named: tuple[str, ...]) -> set[str]:
    """Return the codes of the states that are named, in upper or lower case."""
    known = {code.casefold(): code for code in group.states}
    raise_any(
        Problem("--state", None, f'there is no state called "{state}"', nearest(state, group.states), Owner.COMMAND)
        for state in named
        if state.casefold() not in known
    )
    return {known[state.casefold()] for state in named}
