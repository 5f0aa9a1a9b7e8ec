"""Warn of facts about electorates that are called shares, and are below zero or over 100% somewhere."""

from collections.abc import Iterator

from briefpack.brief.model import Brief, LocalFact
from briefpack.brief.review import shares
from briefpack.electorates import ElectorateSet
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree


def check(brief: Brief, tree: Tree, group: ElectorateSet | None, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each fact that a brief prints as a share, if it can't be one in some electorate."""
    for loc, part in walk(brief) if group else ():
        if group and isinstance(part, LocalFact) and _is_share(part, group, locale):
            yield from _check_fact(part.fact, (*loc, "fact"), tree, group)


def _is_share(part: LocalFact, group: ElectorateSet, locale: Locale) -> bool:
    """Return whether a fact is a percentage that its caption or its label in the set calls a share."""
    found = group.definitions.get(part.fact)
    labels = (part.caption, found.label) if found and found.unit == "%" else ()
    return any(shares.is_share(words, locale) for words in labels)


def _check_fact(fact: str, loc: Loc, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    known = [each for each in group.electorates if fact in each.facts]
    outside = [each for each in known if shares.is_outside(each.facts[fact].value)]
    # If no value is a share, the set has named a wrong column, and says so.
    if outside and len(outside) < len(known):
        others = f" and in {len(outside) - 1} more" if len(outside) > 1 else ""
        message = f'"{fact}" is a share, but is {outside[0].facts[fact].value:f}% in {outside[0].name}{others}'
        hint = f"correct {group.definitions[fact].file} in the electorate set; if it is a change, say so in the caption"
        yield tree.problem(loc, message, hint, warning=True)
