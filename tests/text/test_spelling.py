"""Names as people type them: folded, with abbreviations, and with typing errors."""

import pytest

from briefpack.text.spelling import Spelling, errors, fold

ENGLISH = Spelling.read({"Mt": ("Mount",), "St": ("Saint", "Street"), "Pt.": ("Point", "Port"), "Sth": ("South",)})


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("O’Connor", "oconnor"),
        ("  Eden-Monaro ", "eden monaro"),
        ("Ása Kjær", "asa kjaer"),
        ("Østby", "ostby"),
        ("Tweed & Byron", "tweed and byron"),
        ("Mt. Isa, QLD", "mt isa qld"),
        ("…", ""),
    ],
)
def test_folds_case_accents_and_punctuation_in_a_name(typed, folded):
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("Mt Isa", ("mount isa",)),
        ("Pt Lincoln", ("point lincoln", "port lincoln")),
        ("Sth St Kilda", ("south saint kilda", "south street kilda")),
        ("Brunswick", ("brunswick",)),
    ],
)
def test_expands_an_abbreviation_in_every_possible_way(typed, readings):
    assert ENGLISH.readings(typed) == readings


@pytest.mark.parametrize(
    ("typed", "name", "count"),
    [
        ("wentworth", "wentworth", 0),
        ("wenworth", "wentworth", 1),
        ("wenttworth", "wentworth", 1),
        ("wnetworth", "wentworth", 1),
        ("balaratt", "ballarat", 2),
        ("abc", "xyz", 3),
    ],
)
def test_counts_typing_errors_up_to_a_limit(typed, name, count):
    assert errors(typed, name, 2) == errors(name, typed, 2) == count
