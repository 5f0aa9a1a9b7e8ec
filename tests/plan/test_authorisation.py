"""Tests of the address of whoever authorised a brief."""

import pytest

from briefpack import plan
from briefpack.brief.model import Authorisation
from briefpack.plan import authorisation
from projects import english


@pytest.fixture(scope="module")
def loaded(home):
    return plan.read_brief(home, "ijm-federal-2025")


def warned(loaded, address, group):
    particulars = Authorisation(name="Alex Example", address=address)
    brief = loaded.brief.model_copy(update={"authorisation": particulars})
    return [*authorisation.check(brief, loaded.tree, group, english())]


@pytest.mark.parametrize(
    "address", ["PO Box 12, Sydney NSW", "GPO BOX 12, Perth", "Locked Bag 9, Hobart", "P.O. Box 1"]
)
def test_names_a_box_and_the_law(loaded, address):
    [problem] = warned(loaded, address, loaded.group)
    assert problem.message.endswith("is not the address of a street or a town")
    assert problem.hint.endswith("that the law asks for under Commonwealth Electoral Act 1918, s 321D")
    assert problem.warning
    assert [each.hint for each in warned(loaded, address, None)] == [
        "give the street address, or the town, that the law asks for"
    ]


@pytest.mark.parametrize("address", ["1 Box Street, Sydney", "Sydney", "5 Postbox Lane, Box Hill"])
def test_has_nothing_against_a_street_or_a_town(loaded, address):
    assert warned(loaded, address, loaded.group) == []
