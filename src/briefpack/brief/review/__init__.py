"""Find the mistakes in a brief that an editor would refuse to print, and anything that an editor would query."""

from collections.abc import Iterator

from briefpack.brief import accepted
from briefpack.brief.model import Brief
from briefpack.brief.review import rules
from briefpack.brief.review.reading import Reading
from briefpack.problem import Problem, nearest
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree


def check(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a problem for each figure that can't print as meant, and a warning for each slip that may be the cause."""
    reading = Reading(brief, tree, locale)
    for rule in rules.REFUSED:
        yield from rule.found(reading)
    yield from _check_accepted(brief, tree)


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for anything that a careful reader would query."""
    reading = Reading(brief, tree, locale)
    if brief.electoral_matter == "undecided":
        message = "it is undecided whether this brief is electoral matter"
        yield tree.problem(("electoral_matter",), message, "write yes or no once the author has decided", warning=True)
    for rule in rules.QUERIED:
        yield from rule.found(reading)


def warn_of_facts(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each fact beside a word that it prints itself; a brief's figures are those facts."""
    yield from rules.by_id("word-beside-figure").found(Reading(brief, tree, locale))


ACCEPTABLE = (
    "briefpack explain lists those that can be accepted; one about a finished page can't be, so correct the page"
)


def _check_accepted(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each id under `accept:` that no warning has."""
    known = {rule.id: rule.is_warning for rule in rules.EVERY} | dict.fromkeys(accepted.OF_OTHERS, True)
    for number, entry in enumerate(brief.accept):
        loc = ("accept", number, "id")
        if entry.id not in known:
            hint = nearest(entry.id, (each for each in known if known[each]), most=0) or ACCEPTABLE
            yield tree.problem(loc, f'no warning about a brief has the id "{entry.id}"', hint, words=entry.id)
        elif not known[entry.id]:
            message = f'"{entry.id}" is an error, and only a warning can be accepted'
            yield tree.problem(loc, message, "correct the error, and delete this entry", words=entry.id)
