"""Numbers, money, dates and typed text come out as the Style Manual wants them."""

import datetime
import random
from decimal import Decimal

import pytest

from briefpack.text import numbers


def spaced(text: str) -> str:
    """Show no-break spaces as ~ so that an expectation can be read."""
    return text.replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("0", "0"),
        ("7", "7"),
        ("3.5", "3.5"),
        ("3.50", "3.50"),
        ("999", "999"),
        ("1000", "1,000"),
        ("1E+3", "1,000"),
        ("158300", "158,300"),
        ("999999.5", "999,999.5"),
        ("1000000", "1~million"),
        ("1250000", "1.25~million"),
        ("3200000", "3.2~million"),
        ("3200000.00", "3.2~million"),
        ("50000000", "50~million"),
        ("5E+7", "50~million"),
        ("1255000", "1,255,000"),
        ("36123456", "36,123,456"),
        ("378000000000", "378~billion"),
        ("1234500000", "1,234.5~million"),
        ("2000000000000", "2~trillion"),
        ("-5", "−5"),
        ("-50000000", "−50~million"),
        ("-0", "0"),
        ("12345678901234567890123456789012345", "12,345,678,901,234,567,890,123,456,789,012,345"),
    ],
)
def test_number(value: str, printed: str) -> None:
    assert spaced(numbers.number(Decimal(value))) == printed


@pytest.mark.parametrize(("value", "printed"), [("50000000", "50,000,000"), ("0.5", "0.5"), ("-1234.5", "−1,234.5")])
def test_full(value: str, printed: str) -> None:
    assert numbers.full(Decimal(value)) == printed


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+1000000", "1E-1000000"])
@pytest.mark.parametrize("write", [numbers.number, numbers.full, numbers.words, numbers.percentage])
def test_a_value_without_an_end_is_refused(write: object, value: str) -> None:
    assert callable(write)
    with pytest.raises(ValueError, match=r"not a number|more than 60 digits"):
        write(Decimal(value))


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("0", "zero"),
        ("7", "seven"),
        ("7.0", "seven"),
        ("13", "thirteen"),
        ("19", "nineteen"),
        ("20", "twenty"),
        ("21", "twenty-one"),
        ("99", "ninety-nine"),
        ("100", "one hundred"),
        ("101", "101"),
        ("7.5", "7.5"),
        ("-3", "−3"),
        ("50000000", "50~million"),
    ],
)
def test_words(value: str, printed: str) -> None:
    assert spaced(numbers.words(Decimal(value))) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (1, "first"),
        (2, "second"),
        (3, "third"),
        (9, "ninth"),
        (10, "10th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (33, "33rd"),
        (101, "101st"),
        (112, "112th"),
        (1000, "1,000th"),
        (0, "0th"),
    ],
)
def test_ordinal(value: int, printed: str) -> None:
    assert numbers.ordinal(value) == printed


@pytest.mark.parametrize(
    ("value", "currency", "printed"),
    [
        ("320000000", "AU$", "AU$320~million"),
        ("600000", "AU$", "AU$600,000"),
        ("1100", "AU$", "AU$1,100"),
        ("1100.00", "AU$", "AU$1,100"),
        ("0.5", "AU$", "AU$0.50"),
        ("0.50", "AU$", "AU$0.50"),
        ("20.8", "$", "$20.80"),
        ("0.125", "US$", "US$0.125"),
        ("92400000", "AU$", "AU$92.4~million"),
        ("200000000", "IDR", "IDR~200~million"),
        ("-5", "AU$", "−AU$5"),
        ("-5", "IDR", "−IDR~5"),
        ("12000000", "£", "£12~million"),
        ("3", "€", "€3"),
        ("-3.5", "NZ$", "−NZ$3.50"),
        ("12", "US$", "US$12"),
        ("200000000", "₱", "₱200~million"),
        ("12000000", "GBP", "GBP~12~million"),
    ],
)
def test_money(value: str, currency: str, printed: str) -> None:
    assert spaced(numbers.written(Decimal(value), currency)) == printed


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        ("1", "years", "1 year"),
        ("2", "years", "2 years"),
        ("0", "years", "0 years"),
        ("0.5", "years", "0.5 years"),
        ("1", "people", "1 person"),
        ("1", "children of prisoners", "1 child of prisoners"),
        ("1", "square kilometres", "1 square kilometre"),
        ("1", "km an hour", "1 km an hour"),
        ("1", "inquiries", "1 inquiry"),
        ("1", "branches", "1 branch"),
        ("1", "houses", "1 house"),
        ("1", "buses", "1 bus"),
        ("1", "sheep", "1 sheep"),
        ("1", "£", "£1"),
        ("1", "%", "1%"),
        ("1", "per thousand people", "1 per thousand people"),
        ("1000000", "people", "1~million people"),
    ],
)
def test_a_number_agrees_with_what_it_counts(value: str, unit: str, printed: str) -> None:
    assert spaced(numbers.counted(Decimal(value), unit)) == printed


@pytest.mark.parametrize(("value", "printed"), [("37", "37%"), ("3.5", "3.5%"), ("1400", "1,400%"), ("-2", "−2%")])
def test_percentage(value: str, printed: str) -> None:
    assert numbers.percentage(Decimal(value)) == printed


def test_date() -> None:
    assert spaced(numbers.date(datetime.date(2025, 5, 3))) == "3~May 2025"
    assert spaced(numbers.date(datetime.date(1999, 12, 31))) == "31~December 1999"


@pytest.mark.parametrize(
    ("value", "unit", "options", "printed"),
    [
        ("320000000", "AU$", {"hedge": "nearly"}, "nearly AU$320~million"),
        ("320000000", "AU$", {"hedge": "nearly", "variant": "capital"}, "Nearly AU$320~million"),
        ("320000000", "AU$", {"hedge": "nearly", "variant": "bare"}, "AU$320~million"),
        ("320000000", "AU$", {"hedge": "nearly", "variant": "number"}, "320~million"),
        ("320000000", "AU$", {"form": "full"}, "AU$320,000,000"),
        ("320000000", "AU$", {"form": "full", "variant": "number"}, "320,000,000"),
        ("5", "AU$", {"variant": "words"}, "AU$5"),
        ("5", "NZ$", {}, "NZ$5"),
        ("5", "$", {}, "$5"),
        ("200000000", "IDR", {}, "IDR~200~million"),
        ("480000", "people", {"plus": True}, "480,000+"),
        ("480000", "people", {"plus": True, "hedge": "over", "variant": "bare"}, "480,000"),
        ("480000", "people", {"plus": True, "variant": "number"}, "480,000"),
        ("480000", "AU$", {"plus": True}, "AU$480,000+"),
        ("37", "%", {}, "37%"),
        ("37", "%", {"hedge": "more than"}, "more than 37%"),
        ("37", "%", {"form": "words", "variant": "capital"}, "Thirty-seven per~cent"),
        ("140", "%", {"variant": "words"}, "140%"),
        ("2.5", "%", {"variant": "words"}, "2.5%"),
        ("37", "%", {"variant": "number"}, "37"),
        ("55", "one in", {}, "1~in~55"),
        ("55", "one in", {"hedge": "about"}, "about 1~in~55"),
        ("5", "one in", {"variant": "words"}, "one~in~five"),
        ("55", "one in", {"variant": "number"}, "55"),
        ("3.5", "per thousand people", {}, "3.5 per thousand people"),
        ("3.5", "per thousand people", {"variant": "number"}, "3.5"),
        ("3.5", "per thousand people", {"plus": True}, "3.5+ per thousand people"),
        ("50000000", "people", {}, "50~million"),
        ("50000000", "people", {"form": "full"}, "50,000,000"),
        ("7", "years", {}, "7"),
        ("7", "years", {"form": "words"}, "seven"),
        ("7", "years", {"form": "words", "variant": "capital"}, "Seven"),
        ("7", "years", {"variant": "words", "hedge": "about"}, "about seven"),
        ("3", "inquiries", {"form": "ordinal"}, "third"),
        ("21", "inquiries", {"form": "ordinal"}, "21st"),
        ("1500000", "personal visits", {}, "1.5~million"),
    ],
)
def test_written(value: str, unit: str, options: dict[str, str], printed: str) -> None:
    assert spaced(numbers.written(Decimal(value), unit, **options)) == printed  # type: ignore[arg-type]


def test_an_unknown_variant_lists_the_right_ones() -> None:
    expected = 'no variant called "big"; the variants are bare, capital, words, number'
    with pytest.raises(ValueError, match=expected):
        numbers.written(Decimal(7), "years", variant="big")


def test_an_unknown_form_lists_the_right_ones() -> None:
    with pytest.raises(ValueError, match='no form called "roman"; the forms are auto, full, words, ordinal'):
        numbers.written(Decimal(7), "years", form="roman")


def test_half_a_place_has_no_ordinal() -> None:
    with pytest.raises(ValueError, match=r"3\.5 has no ordinal"):
        numbers.written(Decimal("3.5"), "years", form="ordinal")


TIDIED = [
    ('He said "yes".', "He said “yes”."),
    ("\"'Yes,' she said\"", "“‘Yes,’ she said”"),
    ("'the \"sole\" reason'", "‘the “sole” reason’"),
    ('("yes")', "(“yes”)"),
    ('"...then"', "“…then”"),
    ("the AFP's members' view", "the AFP’s members’ view"),
    ("in '25 and the '90s", "in ’25 and the ’90s"),
    ("'s office", "’s office"),
    ("don't", "don’t"),
    ("2021-22", "2021–22"),
    ("1999-00", "1999–00"),
    ("2021-22 to 2023-24", "2021–22 to 2023–24"),
    ("aged 9-12", "aged 9–12"),
    ("9-12-year-olds", "9–12-year-olds"),
    ("2020-2023.", "2020–2023."),
    ("AU$5-AU$10", "AU$5–AU$10"),
    ("10%-15%", "10%–15%"),
    ("1,000-1,500", "1,000–1,500"),
    ("call 02-9999-1234", "call 02-9999-1234"),
    ("on 2025-05-03", "on 2025-05-03"),
    ("lost 9-3", "lost 9-3"),
    ("COVID-19, PDF/UA-1", "COVID-19, PDF/UA-1"),
    ("a 12-month term", "a 12-month term"),
    ("this - that", "this~– that"),
    ("this -- that", "this~– that"),
    ("this – that", "this~– that"),
    (" - that", "~– that"),
    ("well-known", "well-known"),
    ("a line\n - a bullet", "a line\n - a bullet"),
    ("and so on...", "and so on…"),
    ("50 million people", "50~million people"),
    ("3.5 billion, 2 trillion", "3.5~billion, 2~trillion"),
    ("5 per cent", "5~per cent"),
    ("50 millionaires", "50 millionaires"),
    ("on 28 May 2025", "on 28~May 2025"),
    ("28 Mayors", "28 Mayors"),
    ("p. 4, pp. 4-6", "p.~4, pp.~4–6"),
    ("the Act s 321D", "the Act s~321D"),
    ("the members' s 3; the state's 3", "the members’ s~3; the state’s 3"),
    ("No. 3", "No.~3"),
    ("no 3 people agree", "no 3 people agree"),
    ("J. R. Smith", "J.~R.~Smith"),
    ("It is. The end", "It is. The end"),
    ("AU$ 320 million", "AU$320~million"),
    ("IDR 200 million", "IDR~200~million"),
    ("5 % of", "5% of"),
    ("see https://a.org/it's/1-2/x--y... now", "see https://a.org/it's/1-2/x--y… now"),
    ("'https://a.org/1-2'", "‘https://a.org/1-2’"),
    ("https://a.org/2021-22/b-1-2?c=\u00e9", "https://a.org/2021-22/b-1-2?c=\u00e9"),
    ('"www.a.org/2021-22"', "“www.a.org/2021-22”"),
    ("ijm.org.au/1-2, yes", "ijm.org.au/1-2, yes"),
    ("a.b-1-2@c-1-2.org.au", "a.b-1-2@c-1-2.org.au"),
    ("a \ue000 stays 1-2", "a \ue000 stays 1–2"),
    ("", ""),
]


@pytest.mark.parametrize(("typed", "printed"), TIDIED)
def test_tidy(typed: str, printed: str) -> None:
    assert spaced(numbers.tidy(typed)) == printed


@pytest.mark.parametrize("typed", [typed for typed, _ in TIDIED])
def test_tidying_twice_changes_nothing_more(typed: str) -> None:
    once = numbers.tidy(typed)
    assert numbers.tidy(once) == once


def test_tidying_any_text_twice_changes_nothing_more() -> None:
    pieces = (
        *"\"' -–.%$/@:,5,\n\u00a0\ue000",
        *("--", "...", "12", "2021", "22", " million", "May", "s", "p.", "J.", "AU$"),
        *("https://", "a.org", "www."),
    )
    dice = random.Random(20250503)  # noqa: S311 -- a test wants the same texts each time
    for _ in range(20000):
        once = numbers.tidy("".join(dice.choices(pieces, k=12)))
        assert numbers.tidy(once) == once


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("50 million people", ("50 million",)),
        ("AU$320 million and AU$1,100.50", ("AU$320 million", "AU$1,100.50")),
        (r"AU\$92.4 million", (r"AU\$92.4 million",)),
        ("AU$50m", ("AU$50m",)),
        ("37% or 37 % or 37 per cent", ("37%", "37 %", "37 per cent")),
        ("158,300+ people", ("158,300+",)),
        ("1 in 55 men, 3.5 per thousand", ("1", "55", "3.5")),
        ("$2000, 2,025 people, 2025% and 2000 million", ("$2000", "2,025", "2025%", "2000 million")),
        ("1899, 2100", ("1899", "2100")),
        ("a 12-month term", ("12",)),
        ("between 9-12 towns", ("9", "12")),
        ("the member's 3 visits", ("3",)),
        ("section 474 and 500 people", ("500",)),
        ("aged 23, with 400 others", ("400",)),
        ("aged 23, 400 others and 37%", ("400", "37%")),
        ("in 2023, 36 million reports", ("36 million",)),
        ("seven reports", ()),
        ("in 1999, 2024 and 2020-2023", ()),
        ("in 2021-22, 2025–26 and 2024/25", ()),
        ("3 May 2025, 3 May, May 2022, 28-30 May, 28 and 30 May 2025", ()),
        ("2025-05-03, 3/5/2025", ()),
        ("aged 23; aged 43 and 23; ages 9 to 12; aged under 16; aged between 9 and 12", ()),
        ("a 41-year-old, 23 years old, two years old, 9-12-year-olds, an 8-month-old", ()),
        ("s 474, ss 5 and 6, section 12, p. 4, pp. 4-6, clause 3", ()),
        ("Schedule 2, article 34, version 3.1, v3.2.1", ()),
        ("section 474.22A(1)", ()),
        ("3.11.2", ()),
        ("{scam-losses-2024} and {a-1:bare}", ()),
        ("said[^acic-2024]", ()),
        ("https://a.org/2/34 www.a.org/5 ijm.org.au/6 b7@c8.org [here](data/9.csv)", ()),
        ("1. one\n2) two\n  10. ten", ()),
        ("PDF/UA-1, CO2, COVID-19, 4th, 1,000th, F-16, 3D, the '25 vote", ()),
        ("", ()),
    ],
)
def test_loose(typed: str, expected: tuple[str, ...]) -> None:
    assert numbers.loose(typed) == expected


@pytest.mark.parametrize("part", ["a", "1,", "[^", "{", "9-", "1 and ", "a.", '"', "aged 1 and ", "s 1(1)"])
def test_long_text_comes_back(part: str) -> None:
    assert numbers.tidy(part * 3000)
    assert isinstance(numbers.loose(part * 3000), tuple)
