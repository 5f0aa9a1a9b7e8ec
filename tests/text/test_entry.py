"""Dates and numbers as people type them: what is read, and what is refused because it has two meanings."""

import dataclasses
import datetime

import pytest

from briefpack.text import entry
from projects import english


@pytest.fixture(scope="module")
def locale():
    return english()


@pytest.fixture(scope="module")
def comma(locale):
    """Return a language that writes 12.000,5 and the year first."""
    typed = dataclasses.replace(locale.typed, dates="year-month-day", scales={"Millionen": 6})
    return dataclasses.replace(locale, decimal=",", thousands=".", typed=typed)


@pytest.mark.parametrize("typed", ["2026-07-01", "2026-7-1", "1/7/2026", "1  Jul 2026"])
def test_reads_a_date_that_has_one_meaning(typed, locale):
    assert entry.date(typed, locale) == datetime.date(2026, 7, 1)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("1/7/26", "is not a date: its year needs four digits"),
        ("7/13/2026", "is not a date: there is no month 13"),
        ("31/2/2026", "is not a date: the month has no such day"),
    ],
)
def test_refuses_a_date_that_is_none_or_has_two_meanings(typed, message, locale):
    with pytest.raises(entry.RefusedError) as caught:
        entry.date(typed, locale)
    assert str(caught.value) == message
    assert caught.value.hint == "write it as 2025-05-03 or 3/5/2025"


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [
        ("12,000,000", "people", "12000000"),
        ("12 000", "people", "12000"),
        ("1,000.50", "AU$", "1000.50"),
        ("1.5 Billion", "AU$", "1500000000"),
        ("AU$12 million", "AU$", "12000000"),
        ("5 €", "€", "5"),
        ("-$5", "AU$", "-5"),
        ("\u22125", "degrees", "-5"),
    ],
)
def test_reads_a_number_that_has_one_meaning(typed, unit, number, locale):
    assert entry.number(typed, unit, locale) == number


@pytest.mark.parametrize("typed", ["320000000", "1.325", "1e300", "forty", "1,00,000", "1/2"])
def test_leaves_plain_numbers_and_other_texts_as_they_are(typed, locale):
    assert entry.number(typed, "people", locale) == typed
    assert entry.number(typed, "people", None) == typed


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12.000.000", "12000000"),
        ("12,5", "12.5"),
        ("12.000,5", "12000.5"),
    ],
)
def test_follows_the_separators_of_the_language(typed, number, comma):
    assert entry.number(typed, "people", comma) == number


@pytest.mark.parametrize(
    ("typed", "unit", "message", "hint"),
    [
        ("12.000", "people", "has two meanings", "write 12 or 12000, without a separator"),
        ("$12m", "AU$", 'has "m" after the number', "12 million"),
        ("480,000+", "people", "has a plus sign", "write 480,000, and plus: yes"),
        ("37%", "people", "is in %, but its unit is people", 'write the number alone, or unit: "%"'),
        ("$5", "people", "is in $, but its unit is people", "write the number alone, or unit: AU$ or US$"),
        ("62,5", "%", "is not a number", "write 62.5 if the comma is a decimal point"),
        ("1 in 5", "one in", "is not a number", "write 5: its unit is one in"),
    ],
)
def test_refuses_a_number_with_two_meanings_or_a_sign_against_its_unit(typed, unit, message, hint, locale):
    with pytest.raises(entry.RefusedError) as caught:
        entry.number(typed, unit, locale)
    assert (str(caught.value), caught.value.hint) == (message, hint)
