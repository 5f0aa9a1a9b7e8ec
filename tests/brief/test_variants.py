"""The variants of a brief: what each place's documents leave out, and what follows from it."""

from decimal import Decimal

import pytest

from briefpack import schema
from briefpack.brief import variants
from briefpack.brief.figures import Ledger
from briefpack.brief.model import Brief
from briefpack.brief.variants import Place
from projects import english

NATION = Place()
NSW, SYDNEY = {"states": ["NSW"]}, {"electorates": ["sydney"]}
TEXT = {"text": "x"}


def ask(name, **rules):
    return {"id": name, "title": name, "annual": f"{name}-cost", **rules}


def cost(value):
    return {"value": value, "unit": "AU$", "means": "cost", "source": "own"}


def brief(**parts):
    data = {"title": "A", "organisation": {"name": "B"}, **parts}
    found, faults = schema.read(Brief, data)
    assert not faults
    return found


@pytest.mark.parametrize(
    ("rules", "nation", "sydney", "farrer", "kooyong"),
    [
        ({}, True, True, True, True),
        ({"only": NSW}, False, True, True, False),
        ({"except": NSW}, True, False, False, True),
        ({"only": NSW, "except": SYDNEY}, False, False, True, False),
        ({"only": {"states": ["VIC"], "electorates": ["sydney"]}}, False, True, False, True),
    ],
)
def test_leaves_out_a_section_where_its_rules_say_so(rules, nation, sydney, farrer, kooyong):
    found = brief(sections=[{"id": "a", "heading": "A", "blocks": [TEXT], **rules}])
    places = (NATION, Place("NSW", "sydney"), Place("NSW", "farrer"), Place("VIC", "kooyong"))
    assert [bool(variants.of(found, place).sections) for place in places] == [nation, sydney, farrer, kooyong]


@pytest.mark.parametrize(
    ("place", "printed"),
    [
        (NATION, []),
        (Place("NSW", "sydney"), ["Ask here."]),
        (Place("VIC", "kooyong", "cross-bench"), []),
        (Place("VIC", "wills", "government"), ["Ask the Treasurer."]),
        (Place("QLD", "rankin", "government", ("Treasurer",)), ["Pay for it.", "Ask the Treasurer."]),
        (Place("VIC", "mallee", "opposition", ("Whip",)), ["Ask in the Parliament."]),
    ],
)
def test_asks_of_a_reader_what_fits_a_side_or_a_role(place, printed):
    forms = [
        {"only": {"roles": ["Treasurer"]}, "actions": ["Pay for it."]},
        {"only": {"sides": ["government"]}, "actions": ["Ask the Treasurer."]},
        {"only": {"sides": ["opposition"]}, "actions": ["Ask in the Parliament."]},
        {"only": {"electorates": ["sydney"]}, "actions": ["Ask here."]},
    ]
    reasons = [{"point": "It is due.", "text": "It is."}]
    sheet = {"headline": "A", "reasons": reasons, "actions": ["Ask for it."], "actions_for": forms}
    [found] = variants.of(brief(asks=[{"id": "a", "title": "A", "leave_behind": sheet}]), place).asks
    assert [words for form in found.leave_behind.actions_for for words in form.actions] == printed


def test_keeps_the_numbers_of_the_blocks_after_one_that_is_left_out():
    found = brief(sections=[{"id": "a", "heading": "A", "blocks": [{"text": "x", "only": NSW}, {"text": "y"}]}])
    [section] = variants.of(found, NATION).sections
    assert [block.text for block in section.blocks] == [None, "y"]


def test_counts_the_asks_that_a_place_has():
    found = brief(asks=[ask("a"), ask("b"), ask("c", only=NSW)], figures={f"{name}-cost": cost(1) for name in "abc"})
    texts = [
        Ledger(variants.of(found, place), english()).fill("{asks:capital} asks: {asks}")
        for place in (NATION, Place("NSW", "a"))
    ]
    assert texts == ["Two asks: two", "Three asks: three"]


def test_adds_up_the_costs_of_the_asks_that_a_place_has():
    figures = {"a-cost": cost(2), "b-cost": cost(3), "all": cost(5)}
    found = brief(asks=[ask("a"), ask("b", **{"except": NSW})], figures=figures, asks_annual="all")
    totals = [variants.of(found, place).figures["all"].value for place in (NATION, Place("NSW", "sydney"))]
    assert totals == [Decimal(5), Decimal(2)]


def test_refuses_a_rule_that_names_no_place():
    data = {"id": "a", "title": "A", "only": {"states": []}}
    _, faults = schema.read(Brief, {"title": "A", "organisation": {"name": "B"}, "asks": [data]})
    assert [(fault.message, fault.hint) for fault in faults] == [
        ("no place is named", "states: [NSW, VIC], or electorates: [sydney]")
    ]
