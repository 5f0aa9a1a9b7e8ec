"""Check the names in a brief's charts of all electorates, and make the charts' rows from the electorate set's facts."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from briefpack.brief.charts import Chart
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet, Fact, local
from briefpack.electorates.model import FactSpec
from briefpack.plan.model import ChartRow
from briefpack.problem import Problem, nearest
from briefpack.text import numbers, spelling, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

SHARES = ("%", "percentage points", "one in")
HEXES = "hexes"
MAP_OF_NATION = "map-of-nation"


def check(brief: Brief, tree: Tree, group: ElectorateSet | None, locale: Locale) -> Iterator[Problem]:
    """Yield the problems of charts with a mark for each electorate: unknown facts, and facts that can't be ranked."""
    for chart_id, chart in brief.charts.items():
        loc: Loc = ("charts", chart_id)
        if chart.fact and group:
            yield from _check_chart(chart, tree, loc, group, locale)
        elif chart.named and not chart.fact:
            yield tree.problem((*loc, "named"), "only a chart with fact: has electorates to name", "delete named:")
    if brief.local and group:
        strips = ("charts", [each.fact if each.kind == "strip" else "" for each in brief.local.charts])
        for key, facts in (strips, ("strips", [each.fact for each in brief.local.strips])):
            for index, fact in enumerate(facts):
                if fact in group.definitions:
                    yield from _check_fact(fact, tree, ("local", key, index, "fact"), group, locale)


def _check_chart(chart: Chart, tree: Tree, loc: Loc, group: ElectorateSet, locale: Locale) -> Iterator[Problem]:
    for index, fact in enumerate(chart.fact):
        where = (*loc, "fact", index) if (*loc, "fact", index) in tree.lines else (*loc, "fact")
        if fact not in group.definitions:
            text = f'"{fact}" is text, and a chart needs numbers'
            message = text if fact in group.texts else f'there is no fact called "{fact}"'
            yield tree.problem(where, message, nearest(fact, group.definitions), words=fact)
        elif fact in chart.fact[:index]:
            yield tree.problem(where, f'"{fact}" is named twice', "delete one of the two", words=fact, nth=1)
        else:
            yield from _check_fact(fact, tree, where, group, locale)
    if chart.measures and len(chart.measures) != len(chart.fact):
        message = f"there are words for {len(chart.measures)} facts, but fact: names {len(chart.fact)}"
        yield tree.problem((*loc, "measures"), message, "write one for each fact, in the same order")
    if len({*chart.measures}) < len(chart.measures):
        message, hint = "two facts have the same words", "say how they differ"
        yield tree.problem((*loc, "measures"), message, hint)
    for index, slug in enumerate(chart.named):
        if slug not in group.by_slug:
            message, hint = f'there is no {group.words.electorate} called "{slug}"', nearest(slug, group.by_slug)
            yield tree.problem((*loc, "named", index), message, hint, words=slug)
    if chart.kind == MAP_OF_NATION and len(chart.fact) > 1:
        yield tree.problem((*loc, "fact"), "a map shows one fact, and this one names several", "make a chart for each")
    if chart.hexagons and HEXES not in group.files:
        message = f'the electorate set "{group.name}" has no file that places its hexagons'
        hint = f"add {HEXES}: to files: in set.yaml, with the columns slug, q and r; or delete hexagons:"
        yield tree.problem((*loc, "hexagons"), message, hint)


def _check_fact(fact: str, tree: Tree, loc: Loc, group: ElectorateSet, locale: Locale) -> Iterator[Problem]:
    """Refuse a fact that has no value of its own for each electorate, or whose rank only follows the population."""
    spec, noun = group.definitions[fact], group.words.electorate
    shares = [name for name, other in group.definitions.items() if other.key == "slug" and _is_rate(other, locale)]
    hint = f"use a share or a rate, such as {shares[0]}" if shares else "use a share or a rate"
    if spec.key == "state":
        message = f'"{fact}" is about states, and the chart needs a number about each {noun}'
        yield tree.problem(loc, message, hint, words=fact)
    elif not _is_rate(spec, locale):
        message = f'"{fact}" is a count, which is high wherever many people live'
        yield tree.problem(loc, message, hint, words=fact)


def _is_rate(spec: FactSpec, locale: Locale) -> bool:
    """Return whether a fact is a share, a rate, a price or a length of time, and not a count."""
    first = spec.unit.partition(" ")[0]
    timed = first in locale.typed.rates or spec.unit in locale.typed.spans
    return spec.compare != "sum" and (spec.unit in SHARES or timed or numbers.is_currency(spec.unit))


NOT_SHOWN = "not-shown"
"""The label of an electorate without a value that can be printed."""


def rows(
    group: ElectorateSet, facts: Sequence[str], locale: Locale, named: Container[str] = (), labels: Sequence[str] = ()
) -> tuple[ChartRow, ...]:
    """Return a row for each electorate and fact, in a series for each fact; rows of the named electorates are strong.

    `labels` name the series; by default, the labels that the set gives its facts.
    """
    places = tuple((each.slug, each.name, each.state.code) for each in group.electorates)
    known = ([each.facts.get(fact) for each in group.electorates] for fact in facts)
    series = labels or [group.definitions[fact].label for fact in facts]
    rows = (row for label, each in zip(series, known, strict=True) for row in _rows(label, places, tuple(each), locale))
    return tuple(replace(row, strong=True) if row.key in named and row.value is not None else row for row in rows)


@lru_cache(maxsize=16)
def _rows(
    label: str, places: tuple[tuple[str, str, str], ...], facts: tuple[Fact | None, ...], locale: Locale
) -> tuple[ChartRow, ...]:
    """Return the rows of one fact, made once for all the electorates that show them."""
    unit = next((fact.unit for fact in facts if fact), "")
    return tuple(
        ChartRow(
            label=typography.tidy(name, locale),
            value=float(fact.value) if fact else None,
            written=typography.tidy(local.written(fact, locale), locale) if fact else locale.label(NOT_SHOWN),
            unit=unit,
            series=label[:1].upper() + label[1:],
            key=slug,
            state=state,
            exact=float(fact.exact) if fact and fact.exact is not None else None,
            unsure=bool(fact and fact.estimate and fact.standing and fact.standing.unsure),
        )
        for (slug, name, state), fact in zip(places, facts, strict=True)
    )


AMONG = 3
"""An electorate among the highest is in the first third."""
FEWEST = 10
"""The fewest electorates with a value before one of them can be far from an extreme."""


def warn(brief: Brief, tree: Tree, group: ElectorateSet | None, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each electorate of `named:` that a finding calls among the highest and that isn't."""
    for name, chart in brief.charts.items() if group else ():
        if group:
            yield from _described(name, chart, group, tree)
            yield from _far_from(_side(chart.finding, locale), name, chart, group, tree)


def _far_from(side: str, name: str, chart: Chart, group: ElectorateSet, tree: Tree) -> Iterator[Problem]:
    facts = ((each.slug, each.facts.get(chart.fact[0])) for each in group.electorates if len(chart.fact) == 1)
    values = {slug: fact.value for slug, fact in facts if fact}
    ranked = sorted(values, key=values.__getitem__, reverse=side == "highest")
    for index, slug in enumerate(chart.named) if side and len(values) >= FEWEST else ():
        place = ranked.index(slug) + 1 if slug in values else 0
        if place * AMONG > len(ranked):
            message = f"{slug} is number {place} of {len(ranked)}, and the finding is about the {side}"
            others = [each for each in ranked if each not in chart.named]
            hint = f"name one of the {side}: {', '.join(others[:3])}"
            yield tree.problem(("charts", name, "named", index), message, hint, words=slug, warning=True)


def _described(name: str, chart: Chart, group: ElectorateSet, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for an electorate that the map names, if its alternative text names another one instead."""
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
        hint = f"{others[0]}, or correct alt:"
        yield tree.problem(("charts", name, "named", index), message, hint, words=slug, warning=True)


def _misspelt(name: str, missing: Mapping[str, str], inside: str, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for a name in brackets that nearly matches one of the map's names."""
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
