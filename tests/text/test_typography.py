"""Typed text prints with the marks and gaps that the Style Manual recommends, and numbers typed in it are found."""

import random

import pytest

from briefpack.text import typography
from projects import english, language


def loose_numbers(text, locale):
    """Return the numbers typed in a text that belong in the ledger."""
    return tuple(text[start:end] for start, end in typography.loose_places(text, locale))


def spaced(text: str) -> str:
    """Show no-break spaces as ~ so that an expectation can be read."""
    return text.replace("\u00a0", "~")


TIDIED = [
    ('He said "yes".', "He said “yes”."),
    ("\"'Yes,' she said\"", "“‘Yes,’ she said”"),
    ('"...then"', "“…then”"),
    ("the AFP's members' view", "the AFP’s members’ view"),
    ("2021-22", "2021–22"),
    ("1999-00", "1999–00"),
    ("call 02-9999-1234", "call 02-9999-1234"),
    ("COVID-19, PDF/UA-1", "COVID-19, PDF/UA-1"),
    ("this -- that", "this~– that"),
    (" - that", "~– that"),
    ("and so on...", "and so on…"),
    ("50 million people", "50~million people"),
    ("5 per cent", "5~per cent"),
    ("on 28 May 2025", "on 28~May 2025"),
    ("the members' s 3; the state's 3", "the members’ s~3; the state’s 3"),
    ("31.5 km/h over 2 km, at 9 am", "31.5~km/h over 2~km, at 9~am"),
    ("AU$ 320 million", "AU$320~million"),
    ("'https://a.org/1-2'", "‘https://a.org/1-2’"),
    ('"www.a.org/2021-22"', "“www.a.org/2021-22”"),
]


@pytest.mark.parametrize(("typed", "printed"), TIDIED)
def test_tidies_quotation_marks_dashes_and_spaces(typed: str, printed: str) -> None:
    once = typography.tidy(typed, english())
    assert spaced(once) == printed
    assert typography.tidy(once, english()) == once


@pytest.mark.part(name="fuzz")
def test_tidying_random_text_twice_gives_the_same_text() -> None:
    pieces = (
        *"\"' -–.%$/@:,5,\n\u00a0\ue000",
        *("--", "...", "12", "2021", "22", " million", "May", "s", "p.", "J.", "AU$"),
        *("https://", "a.org", "www."),
    )
    dice = random.Random(20250503)  # noqa: S311 -- a test wants the same texts each time
    for _ in range(20000):
        once = typography.tidy("".join(dice.choices(pieces, k=12)), english())
        assert typography.tidy(once, english()) == once


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("50 million people", ("50 million",)),
        ("AU$320 million and AU$1,100.50", ("AU$320 million", "AU$1,100.50")),
        ("37% or 37 % or 37 per cent", ("37%", "37 %", "37 per cent")),
        ("1 in 55 men, 3.5 per thousand", ("55", "3.5")),
        ("$2000, 2,025 people, 2025% and 2000 million", ("$2000", "2,025", "2025%", "2000 million")),
        ("between 9-12 towns", ("9", "12")),
        ("section 474 and 500 people", ("500",)),
        ("Year 6 pupils, Years 5 and 6, in Ward 12 families wait, a Grade 3 class", ()),
        ("In May 40 people", ("40",)),
        ("2024", ()),
        ("1800 737 732 now, 13 11 14 day and night, +61 2 5550 0100 or", ()),
        ("at 5 pm, 5.30 pm and 9:30, at 40 °C or 40 degrees, Joan, 84, 48 hours, Rise, 5 years", ()),
        ("2025-05-03, 3/5/2025", ()),
        ("aged 23; aged 43 and 23; ages 9 to 12; aged under 16; aged between 9 and 12", ()),
        (
            "over 65 homes, under 15 schools; people over 65% and children under 1,500 metres",
            ("65", "15", "65%", "1,500"),
        ),
        ("a 41-year-old, 23 years old, two years old, 9-12-year-olds, an 8-month-old", ()),
        ("{scam-losses-2024} and {a-1:bare}", ()),
        ("https://a.org/2/34 www.a.org/5 ijm.org.au/6 b7@c8.org [here](data/9.csv)", ()),
    ],
)
def test_finds_numbers_typed_into_a_text(typed: str, expected: tuple[str, ...]) -> None:
    assert loose_numbers(typed, english()) == expected


@pytest.mark.parametrize("part", ["a", "{", "9-", "1 and ", "a.", "s 1(1)"])
def test_reads_long_repetitive_text_without_hanging(part: str) -> None:
    assert typography.tidy(part * 3000, english())
    assert isinstance(loose_numbers(part * 3000, english()), tuple)


NB, NN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Pourquoi?", f"Pourquoi{NN}?"),
        ("un ; deux : trois !", f"un{NN}; deux{NB}: trois{NN}!"),
        ('"Oui"', f"«{NB}Oui{NB}»"),
        ('l\'"école"', f"l’«{NB}école{NB}»"),
        ("à 12:30, https://x.example/a:b?c", "à 12:30, https://x.example/a:b?c"),
        ("12 000 écoles et 5%", f"12{NN}000 écoles et 5{NB}%"),
        ("12 €, 3 $AU", f"12{NB}€, 3{NB}$AU"),
        ("de Aston et de Bass", "d’Aston et de Bass"),
        ("le 3 mai", f"le 3{NB}mai"),
    ],
)
def test_sets_french(typed, printed):
    once = typography.tidy(typed, language("fr"))
    assert once == printed
    assert typography.tidy(once, language("fr")) == once


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("Il faut 12 000 écoles.", ("12 000",)),
        ("Il faut 60 millions d'euros, soit 3,5 % du total.", ("60 millions", "3,5 %")),
        ("Le 3 mai 2026, à la page 12, article 4.", ()),
    ],
)
def test_finds_numbers_typed_in_french(text, loose):
    assert loose_numbers(text, language("fr")) == loose
