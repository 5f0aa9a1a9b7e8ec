"""Review a brief, and remember the result in the store until the brief, its language or briefpack changes.

The review of a long brief takes a tenth of a second, and its modules take as long to load as a build with one change
has to spare.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict

from briefpack import store
from briefpack.brief import load
from briefpack.brief.model import Brief, Figure
from briefpack.electorates import ElectorateSet
from briefpack.problem import Problem
from briefpack.store import Store
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree


def check_texts(tree: Tree, kept: Store | None) -> tuple[Problem, ...]:
    """Return the problems of the marks in a brief's texts that have no effect."""
    return remembered(store.key("review", "texts", store.engine(), repr(tree)), lambda: load.check_texts(tree), kept)


def check(brief: Brief, tree: Tree, locale: Locale, kept: Store | None) -> tuple[Problem, ...]:
    """Return the problems of each figure that can't print as it is meant."""
    return _reviewed("check", brief, tree, locale, kept)


def warn(brief: Brief, tree: Tree, locale: Locale, kept: Store | None) -> tuple[Problem, ...]:
    """Return a warning for anything that a careful reader would query."""
    return _reviewed("warn", brief, tree, locale, kept)


def warn_of_facts(
    brief: Brief, tree: Tree, locale: Locale, group: ElectorateSet | None, kept: Store | None
) -> tuple[Problem, ...]:
    """Return a warning for each fact of an electorate beside a word that it prints itself."""
    facts = _as_figures(group) if group else {}
    if not facts:
        return ()
    # Where a fact and a figure have one name, a text prints the figure.
    figures = {fact_id: fact for fact_id, fact in facts.items() if fact_id not in brief.figures}
    return _reviewed("warn_of_facts", brief.model_copy(update={"figures": figures}), tree, locale, kept)


def _as_figures(group: ElectorateSet) -> Mapping[str, Figure]:
    """Return the largest value of each fact as a figure of a brief."""
    figures: dict[str, Figure] = {}
    for each in group.electorates:
        for fact in each.facts.values():
            if fact.id not in figures or fact.value > figures[fact.id].value:
                hedge = "about" if fact.estimate else None
                figures[fact.id] = Figure.model_construct(
                    unit=fact.unit, value=fact.value, hedge=hedge, means=fact.label, source=fact.source
                )
    return figures


def _reviewed(name: str, brief: Brief, tree: Tree, locale: Locale, kept: Store | None) -> tuple[Problem, ...]:
    """Return the result of a function of the review, which is made only if the store doesn't have it."""

    def found() -> Iterable[Problem]:
        from briefpack.brief import review  # noqa: PLC0415 -- see above

        return getattr(review, name)(brief, tree, locale)  # type: ignore[no-any-return]

    return remembered(_key(name, brief, tree, locale), found, kept)


def _key(name: str, brief: Brief, tree: Tree, locale: Locale) -> str:
    """Return the hash of everything that a review reads."""
    # Before it can write JSON, pydantic prepares for it, which takes as long as ten of these.
    return store.key("review", name, store.engine(), repr(tree), repr(brief), repr(locale))


def remembered(key: str, review: Callable[[], Iterable[Problem]], kept: Store | None) -> tuple[Problem, ...]:
    """Return the problems that a function finds, which is called only if the store doesn't have them."""
    known = _read(kept.get(key)) if kept else None
    if known is not None:
        return known
    found = tuple(review())
    if kept:
        with suppress(OSError):
            kept.put(key, json.dumps([asdict(each) for each in found]).encode())
    return found


def _read(data: bytes | None) -> tuple[Problem, ...] | None:
    """Return remembered problems; None if there are none, or if they can't be read."""
    try:
        return None if data is None else tuple(map(Problem.read, json.loads(data)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
