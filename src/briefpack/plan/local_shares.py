"""Warn of facts about electorates that are called shares, and are below zero or over 100% somewhere."""

from collections.abc import Iterator, Sequence

from briefpack.brief.figures import is_outside
from briefpack.brief.local_page import LocalFact
from briefpack.brief.model import Brief
from briefpack.electorates import Electorate, ElectorateSet
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree


def check(brief: Brief, tree: Tree, group: ElectorateSet | None, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each fact that a brief prints as a share, if it can't be one in some electorate."""
    for loc, part in walk(brief) if group else ():
        if group and isinstance(part, LocalFact) and (outside := _outside(part, group)):
            yield from _check_fact(part, (*loc, "fact"), outside, tree, group, locale)


def _outside(part: LocalFact, group: ElectorateSet) -> list[Electorate]:
    """Return the electorates in which a percentage can't be a share."""
    found = group.definitions.get(part.fact)
    known = [each for each in group.electorates if part.fact in each.facts] if found and found.unit == "%" else []
    outside = [each for each in known if is_outside(each.facts[part.fact].value)]
    # If no value is a share, the set has named a wrong column, and says so.
    return outside if len(outside) < len(known) else []


def _is_share(part: LocalFact, group: ElectorateSet, locale: Locale) -> bool:
    """Return whether the caption of a percentage, or its label in the set, calls it a share."""
    from briefpack.brief.review import shares  # noqa: PLC0415 -- loads all of the review, which most builds needn't

    return any(shares.is_share(words, locale) for words in (part.caption, group.definitions[part.fact].label))


def _check_fact(
    part: LocalFact, loc: Loc, outside: Sequence[Electorate], tree: Tree, group: ElectorateSet, locale: Locale
) -> Iterator[Problem]:
    if _is_share(part, group, locale):
        fact, (first, *others) = part.fact, outside
        more = f" and in {len(others)} more" if others else ""
        message = f'"{fact}" is a share, but is {first.facts[fact].value:f}% in {first.name}{more}'
        own = fact in (tree.data.get("local_data") or {})
        where = "the data file" if own else f"{group.definitions[fact].file} in the electorate set"
        hint = f"correct {where}; if it is a change, say so in the caption"
        yield tree.problem(loc, message, hint, warning=True)
