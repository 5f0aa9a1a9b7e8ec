"""A locale decides how numbers, money, dates and quotation marks print, and which form a count takes."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from briefpack.text import numbers, typography
from briefpack.text.locale import LISTS, PRINTED, TERMS, Quotes, Rule, Singulars, placeholders
from projects import english, language

GERMAN = replace(
    english().with_labels({
        "months": "Januar, Februar, März, April, Mai, Juni, Juli, August, September, Oktober, November, Dezember",
        "million-one": "Million",
        "million-other": "Millionen",
        "amount": "{number}\u00a0{currency}",
        "percentage": "{number}\u00a0%",
        "date": "{day}.\u00a0{month} {year}",
        "hedge-about": "rund",
        "one-in": "{one} von {number}",
        "number-words": "null, eins, zwei",
        "ordinal-words": "erste, zweite",
    }),
    decimal=",",
    thousands=".",
    quotes=Quotes("„", "“", "\u201a", "‘"),
    ordinals={".": Rule(ending=tuple("0123456789"))},
    singulars=Singulars(irregular={"Kinder": "Kind"}, noun_ends_before=("von",)),
)  # fmt: skip
POLISH = replace(
    english(),
    plurals={
        "one": Rule(exactly=("1",)),
        "few": Rule(ending=("2", "3", "4"), not_ending=("12", "13", "14")),
    },
)


@pytest.mark.parametrize(
    ("value", "unit", "options", "printed"),
    [
        ("1234.5", "people", {}, "1.234,5"),
        ("1000000", "people", {}, "1\u00a0Million"),
        ("2500000", "people", {}, "2,5\u00a0Millionen"),
        ("12000000", "€", {"hedge": "about"}, "rund 12\u00a0Millionen\u00a0€"),
        ("12.5", "€", {}, "12,50\u00a0€"),
        ("20", "one in", {}, "1 von 20"),
        ("3", "Gesetze", {"form": "ordinal"}, "3."),
        ("2", "Gesetze", {"form": "ordinal"}, "zweite"),
    ],
)
def test_writes_numbers_in_another_language(value, unit, options, printed):
    assert numbers.written(Decimal(value), unit, GERMAN, **options) == printed


def test_writes_dates_units_and_quotations_in_another_language():
    assert numbers.date(datetime.date(2025, 5, 3), GERMAN) == "3.\u00a0Mai 2025"
    assert numbers.counted(Decimal(1), "Kinder von Häftlingen", GERMAN) == "1 Kind von Häftlingen"
    assert typography.tidy('"Ja", am 3 Mai', GERMAN) == "„Ja“, am 3\u00a0Mai"
    assert typography.tidy("'Ja', Peter's", GERMAN) == "\u201aJa‘, Peter’s"


@pytest.mark.parametrize(("count", "form"), [(1, "one"), (2, "few"), (12, "other"), (22, "few")])
def test_takes_the_plural_form_of_a_count(count, form):
    assert POLISH.form(count) == form


def test_prints_a_label_in_the_form_of_its_count():
    locale = POLISH.with_labels({"sheets-one": "arkusz", "sheets-few": "arkusze", "sheets-other": "arkuszy"})
    assert [locale.pattern("sheets", count) for count in (1, 2, 5)] == ["arkusz", "arkusze", "arkuszy"]


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


def test_allows_as_many_decimal_places_before_a_large_unit_as_the_language_has():
    assert numbers.number(Decimal(395_500_000), language("zh-Hans")) == "3.955亿"
    assert numbers.number(Decimal(395_123_000), language("en-AU")) == "395,123,000"
