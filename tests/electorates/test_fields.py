"""The numbers that go with an electorate's facts in a text."""

import pytest

from briefpack import electorates
from briefpack.electorates.fields import Fields
from briefpack.project import Project
from projects import TESTS, english


@pytest.fixture(scope="module")
def federal():
    """Return the set that ships."""
    return electorates.load(Project(TESTS.parent), "au-federal-2025")


def field(federal, slug, name):
    return Fields({}, federal.by_slug[slug].facts, english())[name]


def test_does_not_know_how_many_have_a_larger_share_where_only_equal_rounded_ones_are_known(federal):
    """A share of rented homes has no count: of two that print alike, either may be larger."""
    rented = {each.slug: each.facts["rented-share"] for each in federal.electorates}
    shared, alone = (
        next(slug for slug, fact in rented.items() if fact.standing.shared is wanted) for wanted in (True, False)
    )
    assert field(federal, alone, "rented-share:more") == str(rented[alone].standing.above)
    for name in ("rented-share:more", "rented-share:fewer"):
        with pytest.raises(KeyError):
            field(federal, shared, name)
