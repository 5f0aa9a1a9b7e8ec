"""The variants of a brief: what each place's documents leave out, and what follows from it."""

from decimal import Decimal

import pytest

from briefpack import schema
from briefpack.brief import variants
from briefpack.brief.figures import Ledger
from briefpack.brief.model import Brief
from projects import english

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
    places = ((None, None), ("NSW", "sydney"), ("NSW", "farrer"), ("VIC", "kooyong"))
    assert [bool(variants.of(found, *place).sections) for place in places] == [nation, sydney, farrer, kooyong]


def test_keeps_the_numbers_of_the_blocks_after_one_that_is_left_out():
    found = brief(sections=[{"id": "a", "heading": "A", "blocks": [{"text": "x", "only": NSW}, {"text": "y"}]}])
    [section] = variants.of(found, None, None).sections
    assert [block.text for block in section.blocks] == [None, "y"]


def test_counts_the_asks_that_a_place_has():
    found = brief(asks=[ask("a"), ask("b"), ask("c", only=NSW)], figures={f"{name}-cost": cost(1) for name in "abc"})
    texts = [
        Ledger(variants.of(found, *place), english()).fill("{asks:capital} asks: {asks}")
        for place in ((None, None), ("NSW", "a"))
    ]
    assert texts == ["Two asks: two", "Three asks: three"]


def test_adds_up_the_costs_of_the_asks_that_a_place_has():
    figures = {"a-cost": cost(2), "b-cost": cost(3), "all": cost(5)}
    found = brief(asks=[ask("a"), ask("b", **{"except": NSW})], figures=figures, asks_annual="all")
    totals = [variants.of(found, *place).figures["all"].value for place in ((None, None), ("NSW", "sydney"))]
    assert totals == [Decimal(5), Decimal(2)]


def test_refuses_a_rule_that_names_no_place():
    data = {"id": "a", "title": "A", "only": {"states": []}}
    _, faults = schema.read(Brief, {"title": "A", "organisation": {"name": "B"}, "asks": [data]})
    assert [(fault.message, fault.hint) for fault in faults] == [
        ("no place is named", "states: [NSW, VIC], or electorates: [sydney]")
    ]
