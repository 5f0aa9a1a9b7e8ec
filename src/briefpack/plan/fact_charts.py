"""Check the names in a brief's charts of all electorates, and make the charts' rows from the electorate set's facts."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from briefpack.brief.charts import Chart
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet, Fact, local
from briefpack.electorates.model import FactSpec
from briefpack.plan.model import ChartRow
from briefpack.problem import Problem, nearest
from briefpack.text import numbers, typography
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
        else:
            yield from _check_fact(fact, tree, where, group, locale)
    if chart.measures and len(chart.measures) != len(chart.fact):
        message = f"there are words for {len(chart.measures)} facts, but fact: names {len(chart.fact)}"
        yield tree.problem((*loc, "measures"), message, "write one for each fact, in the same order")
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


def ranked(group: ElectorateSet, fact: str, locale: Locale) -> str | None:
    """Return the fact that electorates are ranked by: a rate itself, or the share that a count is in the same rows.

    There is none for a fact about states, and for a count whose share the set doesn't have.
    """
    spec = group.definitions[fact]
    if spec.key == "state":
        return None
    if _is_rate(spec, locale):
        return fact
    for name, other in group.definitions.items():
        is_beside = (other.file, other.key, other.where) == (spec.file, spec.key, spec.where)
        is_of_count = spec.where or other.count == spec.column
        if is_beside and is_of_count and _is_rate(other, locale):
            return name
    return None


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
