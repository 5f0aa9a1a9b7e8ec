"""Choose the headline of an electorate's page: the rule of its highest rank, whatever the ranges of its numbers allow."""

from collections.abc import Callable, Iterable

from briefpack.brief.local_page import HeadlineRule
from briefpack.electorates.electorate import Fact, Standing


def choose(
    rules: Iterable[HeadlineRule], facts: Callable[[str], Fact | None], says: Callable[[HeadlineRule], bool]
) -> HeadlineRule | None:
    """Return the rule whose words an electorate's page has as its headline; None if no rule applies.

    `facts` looks up a fact of the electorate, and `says` tells whether all that a rule's words name is known there. Rules
    about the highest and lowest come first: that of the best place and, of equal places, the first. Of those about the
    median, the one furthest from it applies.
    """
    known = [(rule, fact.standing) for rule in rules if (fact := facts(rule.fact)) and fact.standing and says(rule)]
    places = [(_perhaps_beyond(rule, standing), rule) for rule, standing in known if not rule.of_median]
    reached = [(beyond, rule) for beyond, rule in places if beyond < (rule.among or 1)]
    if reached:
        return min(reached, key=lambda each: each[0])[1]
    contest = [
        (_from_median(rule, standing), rule)
        for rule, standing in known
        if rule.of_median and _perhaps_beyond(rule, standing) < (rule.among or standing.total)
    ]
    distance, furthest = max(contest, key=lambda each: each[0], default=(0.0, None))
    return furthest if distance > 0 else None


def _perhaps_beyond(rule: HeadlineRule, standing: Standing) -> int:
    """Return how many others may be as high, or as low, as an electorate."""
    return standing.perhaps_above if rule.of_high else standing.perhaps_below


def _from_median(rule: HeadlineRule, standing: Standing) -> float:
    """Return by how many places an electorate is beyond the median for certain; less than 0 if it may not be."""
    return (standing.total - 1) / 2 - _perhaps_beyond(rule, standing)
