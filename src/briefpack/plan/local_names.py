"""Warn of a text for every electorate that names one of them."""

import re
from collections.abc import Iterator

from briefpack.brief import references
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.yaml_lines import Loc, Tree, texts

FIELD = "{electorate"
# Beside a capital or at the start of a sentence, it may be a person's or a place's name, or an ordinary word: Cook, Page.
NAMED = r"(?:(?<=[a-z,;:–] )|(?:^|(?<=[.!?] ))(?P<first>[A-Z]\w*) )(?P<name>{})(?![\w-]| [A-Z])"


def check(brief: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Yield a warning for each name of an electorate in a text that every electorate's documents print."""
    local = [(loc, words) for loc, words in texts(tree.data) if _is_local(loc)]
    has_local = brief.local or brief.local_lists or any(theme.local for theme in brief.themes)
    if group is None or not has_local:
        return
    if any(FIELD in words for _, words in local):
        yield from _named(tree, local, group)


def _is_local(loc: Loc) -> bool:
    return references.is_local(loc) and not references.is_of_list(loc) and loc[-1] != "fact"


def _named(tree: Tree, local: list[tuple[Loc, str]], group: ElectorateSet) -> Iterator[Problem]:
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
