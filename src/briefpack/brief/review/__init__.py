"""Find the mistakes in a brief that an editor would refuse to print, and anything that an editor would query."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from briefpack.brief import accepted
from briefpack.brief.evidence import Figure
from briefpack.brief.load import check_texts
from briefpack.brief.model import Brief
from briefpack.brief.review import rules
from briefpack.brief.review.reading import Reading, Rule
from briefpack.problem import Problem, nearest
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

__all__ = ["CAN_BE_ACCEPTED", "check", "check_texts", "warn"]
NO_FACTS: Mapping[str, Figure] = MappingProxyType({})


def check(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a problem for each figure that can't print as meant, and a warning for each slip that may be the cause."""
    yield from _apply(rules.REFUSED, Reading(brief, tree, locale))
    yield from _check_accepted(brief, tree)


def warn(brief: Brief, tree: Tree, locale: Locale, facts: Mapping[str, Figure] = NO_FACTS) -> Iterator[Problem]:
    """Yield a warning for anything that a careful reader would query; `facts` are those about electorates."""
    if brief.electoral_matter == "undecided":
        message = "it is undecided whether this brief is electoral matter"
        yield tree.problem(("electoral_matter",), message, "write yes or no once the author has decided", warning=True)
    yield from _apply(rules.QUERIED, Reading(brief, tree, locale, facts))


def _apply(applied: Iterable[Rule], reading: Reading) -> Iterator[Problem]:
    for rule in applied:
        for slip in rule.find(reading):
            yield rule.problem(slip, reading.tree)


ACCEPTABLE = (
    "briefpack explain lists those that can be accepted; one about a finished page can't be, so correct the page"
)


CAN_BE_ACCEPTED = accepted.OF_OTHERS | {rule.id for rule in rules.EVERY if rule.is_warning}
"""The ids of the warnings that a brief can accept."""


def _check_accepted(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each id under `accept:` that no warning has."""
    for number, entry in enumerate(brief.accept):
        if entry.id not in CAN_BE_ACCEPTED:
            message = f'no warning about a brief has the id "{entry.id}"'
            hint = nearest(entry.id, CAN_BE_ACCEPTED, most=0) or ACCEPTABLE
            yield tree.problem(("accept", number, "id"), message, hint, words=entry.id)
