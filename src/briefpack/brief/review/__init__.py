"""Find the mistakes in a brief that an editor would refuse to print, and anything that an editor would query."""

import datetime
from collections.abc import Iterator

from briefpack.brief.model import Brief
from briefpack.brief.review import beside_figures, dates, rules
from briefpack.brief.review.reading import Reading
from briefpack.problem import Problem
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree


def check(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a problem for each figure that can't print as meant, and a warning for each slip that may be the cause."""
    reading = Reading(brief, tree, locale)
    for rule in rules.REFUSED:
        yield from rule.find(reading)


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for anything that a careful reader would query."""
    reading = Reading(brief, tree, locale)
    if doubted := [*dates.too_early(reading)]:
        yield from doubted
        # What follows from a mistaken date would hide it among a dozen others.
        reading = Reading(brief.model_copy(update={"date": None}), tree, locale)
    if brief.electoral_matter == "undecided":
        message = "it is undecided whether this brief is electoral matter"
        yield tree.problem(("electoral_matter",), message, "write yes or no once the author has decided", warning=True)
    for rule in rules.QUERIED:
        yield from rule.find(reading)


def warn_of_facts(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each fact beside a word that it prints itself; the facts are the figures of `brief`."""
    yield from beside_figures.doubled(Reading(brief, tree, locale))


def warn_of_date(brief: Brief, tree: Tree, today: datetime.date) -> Iterator[Problem]:
    """Yield a warning if a brief is dated years from today."""
    yield from dates.ahead(brief, tree, today)
