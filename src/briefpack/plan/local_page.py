"""Check the rules of headlines, the strips and the charts over time on an electorate's page."""

from collections.abc import Iterator

from briefpack.brief.local_page import LocalGlance
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree


def check(brief: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Yield the problems of an electorate's page that its facts don't show: each fact is known to be a number."""
    if brief.local is None or group is None:
        return
    yield from _check_rules(brief.local, tree, group)
    yield from _check_histories(brief.local, tree, group)
    for key in ("strips", "asks"):
        yield from _check_repeats(brief.local, key, tree)


def _check_rules(local: LocalGlance, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    seen: dict[str, Loc] = {}
    for index, rule in enumerate(local.headlines):
        loc: Loc = ("local", "headlines", index)
        if rule.id in seen:
            message = f'there is already a rule called "{rule.id}", on {tree.shown(seen[rule.id])}'
            yield tree.problem((*loc, "id"), message, "give one of the two another id")
        seen.setdefault(rule.id, (*loc, "id"))
        spec = group.definitions.get(rule.fact)
        if spec and spec.key == "state":
            noun = group.words.electorates
            message = f'"{rule.fact}" is about states, and a headline ranks {noun}'
            yield tree.problem((*loc, "fact"), message, f"use a fact about each {group.words.electorate}")
        if rule.among and rule.among >= len(group.electorates) / 2:
            total, noun = len(group.electorates), group.words.electorates
            message = f"{rule.among} of {total} {noun} is no finding"
            if rule.among >= total:
                message = f"there are {total} {noun}, so that every one of them is among the first {rule.among}"
            yield tree.problem((*loc, "among"), message, "use a smaller number, such as 10")


def _check_histories(local: LocalGlance, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    for index, chart in enumerate(local.charts):
        spec = group.definitions.get(chart.fact)
        if chart.kind == "survey" and spec and not spec.over:
            message = f'"{chart.fact}" has one value, and the chart shows several over time'
            hint = "use kind: bars, or add over: to the fact in set.yaml, with the column that dates its rows"
            yield tree.problem(("local", "charts", index, "kind"), message, hint)


def _check_repeats(local: LocalGlance, key: str, tree: Tree) -> Iterator[Problem]:
    """Refuse a fact that has two strips, and an ask that has two sentences."""
    seen: dict[str, Loc] = {}
    named = key.removesuffix("s") if key == "asks" else "fact"
    for index, each in enumerate(getattr(local, key)):
        wanted, loc = getattr(each, named), ("local", key, index, named)
        if wanted in seen:
            message = f'"{wanted}" is named twice, first on {tree.shown(seen[wanted])}'
            yield tree.problem(loc, message, "delete one of the two", words=wanted)
        seen.setdefault(wanted, loc)
