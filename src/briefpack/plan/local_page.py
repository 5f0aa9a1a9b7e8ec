"""Check a brief's texts about each electorate: the facts that they name, the rules of headlines, and their words."""

import re
from collections.abc import Iterable, Iterator

from briefpack.brief import references
from briefpack.brief.figures import is_outside
from briefpack.brief.local_page import (
    HeadlineRule,
    LocalChart,
    LocalFact,
    LocalGlance,
    LocalStrip,
)
from briefpack.brief.model import Brief
from briefpack.electorates import Electorate, ElectorateSet, tables
from briefpack.problem import Problem, nearest
from briefpack.schema import walk
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree, texts


def check(brief: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Yield the problems of a brief's facts, and of the rules, strips and charts of an electorate's page."""
    if group is None:
        return
    for loc, part in walk(brief):
        if isinstance(part, HeadlineRule | LocalChart | LocalFact | LocalStrip):
            yield from _check_number(part.fact, (*loc, "fact"), tree, group)
    if brief.local is None:
        return
    yield from _check_rules(brief.local, tree, group)
    yield from _check_histories(brief.local, tree, group)


def _check_number(fact: str, loc: Loc, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    if fact in group.texts:
        message = f'"{fact}" is text, and only a number can be set here'
        yield tree.problem(loc, message, f"write {{{fact}}} in one of the sentences:")
    elif fact not in group.definitions:
        hint = nearest(fact, group.definitions) or f"a fact in {tables.FOLDER}/{group.name}/set.yaml"
        yield tree.problem(loc, f'there is no fact called "{fact}"', hint)


def _check_rules(local: LocalGlance, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    for index, rule in enumerate(local.headlines):
        spec = group.definitions.get(rule.fact)
        if spec and spec.key == "state":
            message = f'"{rule.fact}" is about states, and a headline ranks {group.words.electorates}'
            hint = f"use a fact about each {group.words.electorate}"
            yield tree.problem(("local", "headlines", index, "fact"), message, hint)


def _check_histories(local: LocalGlance, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    for index, chart in enumerate(local.charts):
        spec = group.definitions.get(chart.fact)
        if chart.kind == "survey" and spec and not spec.over:
            message = f'"{chart.fact}" has one value, and the chart shows several over time'
            hint = "use kind: bars, or add over: to the fact in set.yaml, with the column that dates its rows"
            yield tree.problem(("local", "charts", index, "kind"), message, hint)


def warn(brief: Brief, tree: Tree, group: ElectorateSet | None, locale: Locale | None) -> Iterator[Problem]:
    """Yield a warning for each text about electorates that is wrong in some of them, or in all."""
    if group and locale:
        yield from _warn_of_shares(walk(brief), tree, group, locale)
        yield from _warn_of_names(brief, tree, group)


def _warn_of_shares(
    parts: Iterable[tuple[Loc, object]], tree: Tree, group: ElectorateSet, locale: Locale
) -> Iterator[Problem]:
    """Yield a warning for each fact that a brief prints as a share, if it can't be one in some electorate."""
    for loc, part in parts:
        if isinstance(part, LocalFact) and (outside := _outside(part, group)) and _is_share(part, group, locale):
            fact, (first, *others) = part.fact, outside
            more = f" and in {len(others)} more" if others else ""
            message = f'"{fact}" is a share, but is {first.facts[fact].value:f}% in {first.name}{more}'
            own = fact in (tree.data.get("local_data") or {})
            where = "the data file" if own else f"{group.definitions[fact].file} in the electorate set"
            hint = f"correct {where}; if it is a change, say so in the caption"
            yield tree.problem((*loc, "fact"), message, hint, warning=True)


def _outside(part: LocalFact, group: ElectorateSet) -> list[Electorate]:
    """Return the electorates in which a percentage can't be a share."""
    found = group.definitions.get(part.fact)
    known = [each for each in group.electorates if part.fact in each.facts] if found and found.unit == "%" else []
    outside = [each for each in known if is_outside(each.facts[part.fact].value)]
    # If no value is a share, the set has named a wrong column, and says so.
    return outside if len(outside) < len(known) else []


def _is_share(part: LocalFact, group: ElectorateSet, locale: Locale) -> bool:
    """Return whether the caption of a percentage, or its label in the set, calls it a share."""
    from briefpack.brief.review import numbers  # noqa: PLC0415 -- loads all of the review, which most builds needn't

    return any(numbers.is_share(words, locale) for words in (part.caption, group.definitions[part.fact].label))


FIELD = "{electorate"
# Beside a capital or first in a sentence, it may be a person's or a place's name, or an ordinary word: Cook, Page.
NAMED = r"(?:(?<=[a-z,;:–] )|(?:^|(?<=[.!?] ))(?P<first>[A-Z]\w*) )(?P<name>{})(?![\w-]| [A-Z])"


def _warn_of_names(brief: Brief, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    """Yield a warning for each name of an electorate in a text that every electorate's documents print."""
    local = [
        (loc, words)
        for loc, words in texts(tree.data)
        if references.is_local(loc) and not references.is_of_list(loc) and loc[-1] != "fact"
    ]
    has_local = brief.local or brief.local_lists or any(theme.local for theme in brief.themes)
    if has_local and any(FIELD in words for _, words in local):
        yield from _named_in(tree, local, group)


def _named_in(tree: Tree, local: list[tuple[Loc, str]], group: ElectorateSet) -> Iterator[Problem]:
    # Cities and towns may be named in any electorate's documents.
    towns = {town.name for town in group.towns} | {state.name for state in group.states.values()}
    names = typography.any_of(tuple(each.name for each in group.electorates if each.name not in towns))
    pattern = re.compile(NAMED.format(names))
    ordinary = {word for _, words in local for word in words.split()}
    for loc, words in local:
        for found in pattern.finditer(" ".join(words.split())):
            # "In Durack" names the electorate; "Jane Cook" doesn't.
            if found["first"] and found["first"].lower() not in ordinary:
                continue
            message = f'"{found["name"]}" would print in the documents of every {group.words.electorate}'
            yield tree.problem(loc, message, "{electorate}", words=found["name"], warning=True)
