"""Make the rows of a chart that has a mark for each electorate, from a fact of the electorate set."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from briefpack.electorates import ElectorateSet, Fact, local
from briefpack.plan.model import ChartRow
from briefpack.text import typography
from briefpack.text.locale import Locale

NOT_SHOWN = "not-shown"
"""The label of an electorate without a value that can be printed."""
Place = tuple[str, str, str, Fact | None]
"""The slug, name and state of an electorate, and the fact about it."""


def of(
    group: ElectorateSet, facts: Sequence[str], locale: Locale, named: Container[str] = (), labels: Sequence[str] = ()
) -> tuple[ChartRow, ...]:
    """Return a row for each electorate and fact, in a series for each fact; strong are those of the named electorates.

    `labels` name the series; by default, the labels that the set gives its facts.
    """
    labelled = zip(facts, labels or [group.definitions[fact].label for fact in facts], strict=True)
    rows = (row for fact, label in labelled for row in _rows(label, _places(group, fact), locale))
    return tuple(replace(row, strong=True) if row.key in named and row.value is not None else row for row in rows)


def _places(group: ElectorateSet, fact: str) -> tuple[Place, ...]:
    return tuple((each.slug, each.name, each.state.code, each.facts.get(fact)) for each in group.electorates)


@lru_cache(maxsize=16)
def _rows(label: str, places: tuple[Place, ...], locale: Locale) -> tuple[ChartRow, ...]:
    """Return the rows of one fact, made once for all the electorates that show them."""
    return tuple(_made(label, places, locale))


def _made(label: str, places: Iterable[Place], locale: Locale) -> Iterator[ChartRow]:
    units = [fact.unit for *_, fact in places if fact]
    for slug, name, state, fact in places:
        yield ChartRow(
            label=typography.tidy(name, locale),
            value=float(fact.value) if fact else None,
            written=typography.tidy(local.written(fact, locale), locale) if fact else locale.label(NOT_SHOWN),
            unit=units[0] if units else "",
            series=label[:1].upper() + label[1:],
            key=slug,
            state=state,
            exact=float(fact.exact) if fact and fact.exact is not None else None,
            unsure=bool(fact and fact.estimate and fact.standing and fact.standing.unsure),
        )
