"""Name a set's country and states as the language of a brief does."""

from collections.abc import Mapping
from dataclasses import replace

from briefpack.electorates.electorate import ElectorateSet, State
from briefpack.electorates.model import StateSpec, Translation


def translation(group: ElectorateSet, language: str) -> Translation | None:
    """Return a set's words in a language, or in the language that it is a variant of; None without a translation."""
    return group.translations.get(language) or group.translations.get(language.partition("-")[0].casefold())


def translated(group: ElectorateSet, language: str) -> ElectorateSet:
    """Return a set with the names that a language has for its country and its states."""
    found = translation(group, language)
    if found is None or not (found.country or found.states):
        return group
    states = {code: named(state, found.states) for code, state in group.states.items()}
    return replace(
        group,
        country=group.country.model_copy(update={"name": found.country or group.country.name}),
        states=states,
        electorates=tuple(replace(each, state=states[each.state.code]) for each in group.electorates),
        towns=tuple(replace(each, state=states[each.state.code]) for each in group.towns),
    )


def named(state: State, specs: Mapping[str, StateSpec]) -> State:
    """Return a state with the name, the short name and the people that a translation gives it."""
    spec = specs.get(state.code)
    if spec is None:
        return state
    return State(state.code, spec.name, spec.short or state.short, spec.the, spec.people or "")
