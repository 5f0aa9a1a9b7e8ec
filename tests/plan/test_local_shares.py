"""Tests of facts about electorates that are shares of a whole."""

from dataclasses import replace
from decimal import Decimal

import pytest

from briefpack import charts, plan
from briefpack.plan import local_shares
from projects import english


@pytest.fixture(scope="module")
def loaded(home):
    return plan.read_brief(home, "ijm-federal-2025", charts.kinds(home.root / "charts"))


def changed(group, fact, value):
    """Return a set in which one electorate has another value of a fact."""
    first, *others = group.electorates
    facts = first.facts | {fact: replace(first.facts[fact], value=Decimal(value))}
    return replace(group, electorates=(replace(first, facts=facts), *others))


def test_has_nothing_against_the_facts_that_ship(loaded):
    assert not [*local_shares.check(loaded.brief, loaded.tree, loaded.group, english())]


@pytest.mark.parametrize(("value", "shown"), [("137.2", "137.2%"), ("-2", "-2%")])
def test_names_a_share_that_is_no_part_of_a_whole_and_the_electorate(loaded, value, shown):
    group = changed(loaded.group, "children-share", value)
    problems = [*local_shares.check(loaded.brief, loaded.tree, group, english())]
    assert problems
    assert all(problem.warning for problem in problems)
    assert f'"children-share" is a share, but is {shown} in {group.electorates[0].name}' in problems[0].message


def test_has_nothing_against_a_count(loaded):
    group = changed(loaded.group, "children", "39380")
    assert not [*local_shares.check(loaded.brief, loaded.tree, group, english())]
