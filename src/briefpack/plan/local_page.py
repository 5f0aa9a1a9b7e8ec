"""Check a brief's texts about each electorate: the facts that they name, the rules of headlines, and their words."""

import re
from collections.abc import Iterator

from briefpack.brief import references
from briefpack.brief.local_page import LocalChart, LocalFact, LocalGlance, LocalStrip, Rank
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet, tables
from briefpack.problem import Problem, nearest
from briefpack.schema import walk
from briefpack.text import typography
from briefpack.text.yaml_lines import Loc, Tree, texts


def check(brief: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Yield the problems of a brief's facts, and of the rules, strips and charts of an electorate's page."""
    if group is None:
        return
    for loc, part in walk(brief):
        if isinstance(part, Rank):
            yield from _check_rank(part, (*loc, "fact"), tree, group)
        if isinstance(part, LocalChart | LocalFact | LocalStrip | Rank):
            yield from _check_number(part.fact, (*loc, "fact"), tree, group)
    if brief.local is None:
        return
    yield from _check_histories(brief.local, tree, group)


def _check_number(fact: str, loc: Loc, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    if fact in group.texts:
        message = f'"{fact}" is text, and only a number can be set here'
        yield tree.problem(loc, message, f"write {{{fact}}} in one of the sentences:")
    elif fact not in group.definitions:
        hint = nearest(fact, group.definitions) or f"a fact in {tables.FOLDER}/{group.name}/set.yaml"
        yield tree.problem(loc, f'there is no fact called "{fact}"', hint)


def _check_rank(rank: Rank, loc: Loc, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    spec = group.definitions.get(rank.fact)
    if spec and spec.key == "state":
        message = f'"{rank.fact}" is about states, and a place is one among {group.words.electorates}'
        yield tree.problem(loc, message, f"use a fact about each {group.words.electorate}")


def _check_histories(local: LocalGlance, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    for index, chart in enumerate(local.charts):
        spec = group.definitions.get(chart.fact)
        if chart.kind == "survey" and spec and not spec.over:
            message = f'"{chart.fact}" has one value, and the chart shows several over time'
            hint = "use kind: bars, or add over: to the fact in set.yaml, with the column that dates its rows"
            yield tree.problem(("local", "charts", index, "kind"), message, hint)


FIELD = "{electorate"
NATION = ("local", "nation")
"""Where the texts of the nation's page are, which no electorate's documents print."""
# A name after a word in lower case. Elsewhere it may be a person's, or an ordinary word: Jane Cook, Page.
NAMED = r"\b[a-z]+[,;:]? ({})(?![\w-]| [A-Z])"


def warn(brief: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Yield a warning for each name of an electorate in a text that every electorate's documents print."""
    local = {
        loc: words
        for loc, words in texts(tree.data)
        if references.is_local(loc) and not references.is_of_list(loc) and loc[-1] != "fact" and loc[:2] != NATION
    }
    has_local = brief.local or brief.local_lists or any(theme.local for theme in brief.themes)
    if not group or not has_local or not any(FIELD in words for words in local.values()):
        return
    # Cities and towns may be named in any electorate's documents.
    towns = {town.name for town in group.towns} | {state.name for state in group.states.values()}
    names = typography.any_of(tuple(each.name for each in group.electorates if each.name not in towns))
    for loc, words in local.items():
        for name in re.findall(NAMED.format(names), " ".join(words.split())):
            message = f'"{name}" would print in the documents of every {group.words.electorate}'
            yield tree.problem(loc, message, "{electorate}", words=name, warning=True)
