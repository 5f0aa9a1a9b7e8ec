"""A locale decides how numbers, money, dates and quotation marks print, and which form a count takes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from briefpack.text import numbers
from briefpack.text.locale import LISTS, PRINTED, TERMS, Rule, placeholders
from projects import english, language

POLISH = replace(
    english(),
    plurals={
        "one": Rule(exactly=("1",)),
        "few": Rule(ending=("2", "3", "4"), not_ending=("12", "13", "14")),
    },
)


@pytest.mark.parametrize(("count", "form"), [(1, "one"), (2, "few"), (12, "other"), (22, "few")])
def test_takes_the_plural_form_of_a_count(count, form):
    assert POLISH.form(count) == form


def test_ships_every_label_that_the_engine_prints():
    labels, terms = english().labels, {*TERMS, *(term.capitalize() for term in TERMS)}
    forms = {name: [labels[key] for key in (name, f"{name}-one", f"{name}-other") if key in labels] for name in PRINTED}
    assert [name for name in PRINTED if not forms[name]] == []
    filled = [(name, text, {*keys} | terms) for name, keys in PRINTED.items() for text in forms[name]]
    assert [name for name, text, known in filled if not placeholders(text) <= known] == []
    assert [name for name, least in LISTS.items() if len(english().listed(name)) < least] == []


@pytest.mark.parametrize(
    ("tongue", "unit", "printed"),
    [
        ("en-AU", "people", "2\u00a0million people"),
        ("fr", "personnes", "2\u00a0millions de personnes"),
        ("fr", "élèves", "2\u00a0millions d’élèves"),
        ("fr", "habitants", "2\u00a0millions d’habitants"),
        ("zh-Hans", "人", "200万人"),
    ],
)
def test_joins_a_unit_to_millions_as_the_language_does(tongue, unit, printed):
    assert numbers.counted(Decimal(2_000_000), unit, language(tongue)) == printed
