"""Warn of an electorate named on a chart that the chart's finding or alternative text contradicts."""

import re
from collections.abc import Iterator, Mapping

from briefpack.brief.charts import Chart
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet
from briefpack.problem import Problem
from briefpack.text import spelling
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

AMONG = 3
"""An electorate among the highest is in the first third."""
FEWEST = 10
"""The fewest electorates with a value among which one can be far from an extreme."""


def warn(brief: Brief, tree: Tree, group: ElectorateSet | None, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each electorate of `named:` that a finding calls among the highest and that isn't."""
    for name, chart in brief.charts.items() if group else ():
        yield from _described(name, chart, group, tree) if group else ()
        side = _side(chart.finding, locale)
        values = _values(chart, group) if group else {}
        if side and len(values) >= FEWEST:
            ranked = sorted(values, key=values.__getitem__, reverse=side == "highest")
            for index, slug in enumerate(chart.named):
                place = ranked.index(slug) + 1 if slug in values else 0
                if place * AMONG > len(ranked):
                    message = f"{slug} is number {place} of {len(ranked)}, and the finding is about the {side}"
                    others = [each for each in ranked if each not in chart.named]
                    hint = f"name one of the {side}: {', '.join(others[:3])}"
                    yield tree.problem(("charts", name, "named", index), message, hint, words=slug, warning=True)


def _described(name: str, chart: Chart, group: ElectorateSet, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for an electorate that the map names and its alternative text doesn't, if that has another."""
    names = {each.slug: each.name for each in group.electorates}
    told = {slug for slug, own in names.items() if re.search(rf"(?<!\w){re.escape(own)}(?!\w)", chart.alt)}
    # Outside brackets, a name may be that of a city or a region: western Sydney.
    inside = " ".join(re.findall(r"[(\uff08][^()\uff08\uff09]*[)\uff09]", chart.alt))
    others = [slug for slug in told - {*chart.named} if re.search(rf"(?<!\w){re.escape(names[slug])}(?!\w)", inside)]
    missing = [(index, slug) for index, slug in enumerate(chart.named) if slug in names and slug not in told]
    yield from _misspelt(name, {slug: names[slug] for _, slug in missing}, inside, tree)
    if len(others) == 1 and len(missing) == 1 and len(chart.named) > 1:
        index, slug = missing[0]
        line = tree.place(("charts", name, "alt"), names[others[0]])[0]
        message = f"{slug} isn't in the alternative text, which names {names[others[0]]}, on line {line}"
        yield tree.problem(
            ("charts", name, "named", index), message, f"{others[0]}, or correct alt:", words=slug, warning=True
        )


def _misspelt(name: str, missing: Mapping[str, str], inside: str, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for a name in brackets that is nearly one of the map's."""
    for word in re.findall(r"[^\W\d_]{5,}", inside):
        for own in missing.values():
            if word[0] == own[0] and spelling.errors(word.casefold(), own.casefold(), 1) == 1:
                message = f'"{word}" is named "{own}" on the map'
                yield tree.problem(("charts", name, "alt"), message, own, words=word, warning=True)


def _side(finding: str, locale: Locale) -> str:
    """Return whether a finding is about the highest or the lowest values; nothing if about neither, or both."""
    words = {*re.findall(r"[^\W\d_]+", finding.casefold())}
    most, least = ({each.split()[-1] for each in listed} for listed in (locale.slips.most, locale.slips.least))
    high, low = bool(words & most), bool(words & least)
    return "" if high == low else "highest" if high else "lowest"


def _values(chart: Chart, group: ElectorateSet) -> dict[str, float]:
    """Return the value of each electorate in a chart of one fact."""
    if len(chart.fact) != 1:
        return {}
    facts = ((each.slug, each.facts.get(chart.fact[0])) for each in group.electorates)
    return {slug: float(fact.value) for slug, fact in facts if fact}
