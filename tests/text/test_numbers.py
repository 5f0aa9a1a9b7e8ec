"""Numbers, money and dates print as the Style Manual recommends, and as any other locale does."""

import datetime
from decimal import Decimal

import pytest

from briefpack.text import numbers
from projects import english


def spaced(text: str) -> str:
    """Show no-break spaces as ~ so that an expectation can be read."""
    return text.replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("3.50", "3.50"),
        ("1E+3", "1,000"),
        ("999999.5", "999,999.5"),
        ("1250000", "1.25~million"),
        ("378000000000", "378~billion"),
        ("-50000000", "−50~million"),
        ("-0", "0"),
    ],
)
def test_rounds_and_groups_numbers_as_the_style_manual_does(value: str, printed: str) -> None:
    assert spaced(numbers.number(Decimal(value), english())) == printed


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+1000000", "1E-1000000"])
@pytest.mark.parametrize("write", [numbers.number, numbers.full, numbers.words, numbers.percentage])
def test_refuses_infinite_and_overlong_numbers(write: object, value: str) -> None:
    assert callable(write)
    with pytest.raises(ValueError, match=r"not a number|more than 60 digits"):
        write(Decimal(value), english())


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("0", "zero"),
        ("21", "twenty-one"),
        ("101", "101"),
        ("7.5", "7.5"),
        ("-3", "−3"),
        ("50000000", "50~million"),
    ],
)
def test_writes_whole_numbers_in_words(value: str, printed: str) -> None:
    assert spaced(numbers.words(Decimal(value), english())) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(1, "first"), (9, "ninth"), (10, "10th"), (11, "11th"), (21, "21st"), (22, "22nd"), (112, "112th"), (0, "0th")],
)
def test_writes_ordinals_in_words_up_to_ninth(value: int, printed: str) -> None:
    assert numbers.ordinal(value, english()) == printed


@pytest.mark.parametrize(
    ("value", "currency", "printed"),
    [
        ("320000000", "AU$", "AU$320~million"),
        ("1100.00", "AU$", "AU$1,100"),
        ("0.5", "AU$", "AU$0.50"),
        ("0.125", "US$", "US$0.125"),
        ("200000000", "IDR", "IDR~200~million"),
        ("-5", "IDR", "−IDR~5"),
    ],
)
def test_prints_a_currency_sign_before_the_amount(value: str, currency: str, printed: str) -> None:
    assert spaced(numbers.written(Decimal(value), currency, english())) == printed


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        ("1", "years", "1 year"),
        ("0.5", "years", "0.5 years"),
        ("1", "people", "1 person"),
        ("1", "children of prisoners", "1 child of prisoners"),
        ("1", "inquiries", "1 inquiry"),
        ("1", "sheep", "1 sheep"),
        ("1", "£", "£1"),
        ("1000000", "people", "1~million people"),
    ],
)
def test_makes_the_unit_agree_with_its_number(value: str, unit: str, printed: str) -> None:
    assert spaced(numbers.counted(Decimal(value), unit, english())) == printed


def test_prints_a_date_as_day_month_and_year() -> None:
    assert spaced(numbers.date(datetime.date(2025, 5, 3), english())) == "3~May 2025"
    assert spaced(numbers.date(datetime.date(1999, 12, 31), english())) == "31~December 1999"


@pytest.mark.parametrize(
    ("value", "unit", "options", "printed"),
    [
        ("320000000", "AU$", {"hedge": "nearly", "variant": "capital"}, "Nearly AU$320~million"),
        ("320000000", "AU$", {"hedge": "nearly", "variant": "bare"}, "AU$320~million"),
        ("320000000", "AU$", {"form": "full", "variant": "number"}, "320,000,000"),
        ("5", "AU$", {"variant": "words"}, "AU$5"),
        ("480000", "people", {"plus": True, "hedge": "over", "variant": "bare"}, "480,000"),
        ("480000", "people", {"plus": True, "variant": "number"}, "480,000"),
        ("37", "%", {"form": "words", "variant": "capital"}, "Thirty-seven per~cent"),
        ("140", "%", {"variant": "words"}, "140%"),
        ("55", "one in", {"hedge": "about"}, "about 1~in~55"),
        ("5", "one in", {"variant": "words"}, "one~in~five"),
        ("55", "one in", {"variant": "number"}, "55"),
        ("3.5", "per thousand people", {"plus": True}, "3.5+ per thousand people"),
        ("7", "years", {"form": "words"}, "seven"),
        ("7", "asks", {"form": "words", "variant": "count"}, "7"),
        ("3", "inquiries", {"form": "ordinal"}, "third"),
    ],
)
def test_writes_a_figure_in_its_unit_form_variant_and_hedge(
    value: str, unit: str, options: dict[str, str], printed: str
) -> None:
    assert spaced(numbers.written(Decimal(value), unit, english(), **options)) == printed  # type: ignore[arg-type]


def test_refuses_an_unknown_variant_and_lists_the_known_ones() -> None:
    expected = 'no variant called "big"; the variants are bare, capital, words, number, count'
    with pytest.raises(ValueError, match=expected):
        numbers.written(Decimal(7), "years", english(), variant="big")


def test_refuses_an_ordinal_of_a_fraction() -> None:
    with pytest.raises(ValueError, match=r"3\.5 has no ordinal"):
        numbers.written(Decimal("3.5"), "years", english(), form="ordinal")
