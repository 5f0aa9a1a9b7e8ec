"""The languages that ship write numbers, money, dates and quotation marks as in the Unicode locale data (CLDR)."""

import datetime
from decimal import Decimal

import babel
import pytest
from babel import dates
from babel import numbers as cldr

from briefpack.text import numbers
from projects import LANGUAGES, language

VALUES = [Decimal(value) for value in ("0", "7", "999", "1000", "1234", "65432", "-1234.5", "123456.75", "0.5", "3.25")]
MONEY = {
    "en-GB": {"£": "GBP", "€": "EUR", "AU$": "AUD", "US$": "USD"},
    "fr": {"€": "EUR", "AU$": "AUD", "US$": "USD", "NZ$": "NZD", "£": "GBP", "CHF": "CHF"},
    "vi": {"₫": "VND", "€": "EUR", "AU$": "AUD", "US$": "USD"},
    "zh-Hans": {"¥": "CNY", "€": "EUR", "AU$": "AUD", "US$": "USD", "£": "GBP"},
}
"""Units of money as typed in a brief, each with its code; a brief in en-AU writes AU$, as its style manual asks."""
QUOTES = {
    "en-AU": "“”‘’",
    "en-GB": "“”‘’",
    "fr": "«»“”",
    "vi": "“”‘’",
    "zh-Hans": "“”‘’",
}
"""The quotation marks of each language and those of a quotation within one; Babel has none, CLDR's delimiters do."""


def cldr_of(name: str) -> babel.Locale:
    return babel.Locale.parse(name.replace("-", "_"))


@pytest.mark.parametrize("name", LANGUAGES)
def test_writes_numbers_in_digits(name):
    for value in VALUES:
        expected = cldr.format_decimal(value, locale=cldr_of(name), decimal_quantization=False)
        assert numbers.full(value, language(name)).replace(numbers.MINUS, "-") == expected, value


@pytest.mark.parametrize("name", LANGUAGES)
def test_writes_percentages(name):
    for value in map(Decimal, ("5", "12.5", "100")):
        expected = cldr.format_percent(value / 100, locale=cldr_of(name), decimal_quantization=False)
        assert numbers.percentage(value, language(name)) == expected, value


@pytest.mark.parametrize("name", LANGUAGES)
def test_writes_large_numbers_with_the_words_for_their_scale(name):
    for value in map(Decimal, ("1500000", "40000000", "2000000000", "50000", "300000000")):
        printed = numbers.number(value, language(name))
        if printed == numbers.full(value, language(name)):
            continue
        width = WIDTHS.get(name, "long")
        expected = cldr.format_compact_decimal(value, format_type=width, locale=cldr_of(name), fraction_digits=2)
        assert printed.replace(numbers.NO_BREAK, " ") == expected.replace(numbers.NO_BREAK, " ")


WIDTHS = {"zh-Hans": "short"}
"""CLDR has no long form for a language whose words for scales are single characters."""


@pytest.mark.parametrize(
    ("name", "unit", "code"),
    [(name, *each) for name, units in MONEY.items() if name in LANGUAGES for each in units.items()],
)
def test_writes_money(name, unit, code):
    full = cldr_of(name).currency_formats["standard"].pattern
    for value in ("5", "1234", "12345", "1234.5"):
        whole = "." not in value
        if not whole and code == "VND":
            continue  # there are no smaller coins
        pattern = full.replace(".00", "") if whole else full
        expected = cldr.format_currency(Decimal(value), code, pattern, locale=cldr_of(name), currency_digits=not whole)
        assert numbers.written(Decimal(value), unit, language(name), form="full") == expected


@pytest.mark.parametrize("name", LANGUAGES)
def test_writes_dates(name):
    for month in range(1, 13):
        day = datetime.date(2026, month, 14)
        expected = dates.format_date(day, "long", locale=cldr_of(name))
        assert numbers.date(day, language(name)).replace(numbers.NO_BREAK, " ") == expected


@pytest.mark.parametrize("name", LANGUAGES)
def test_sets_the_language_s_quotation_marks(name):
    quotes = language(name).quotes
    marks = (quotes.double_open, quotes.double_close, quotes.single_open, quotes.single_close)
    assert "".join(mark.strip(numbers.NO_BREAK) for mark in marks) == QUOTES[name]


@pytest.mark.parametrize("name", LANGUAGES)
def test_knows_the_direction_and_the_plurals(name):
    assert language(name).direction == {"left-to-right": "ltr"}[cldr_of(name).character_order]
    rule = cldr_of(name).plural_form
    for count in (0, 1, 2, 5, 11, 21, 100, Decimal("1.5"), Decimal("0.5")):
        assert (language(name).form(count) == "one") == (rule(count) == "one"), count
