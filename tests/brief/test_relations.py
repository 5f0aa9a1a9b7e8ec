"""Relations between figures are evaluated exactly, or refused with the word at fault."""

from contextlib import suppress
from decimal import Decimal

import pytest

from briefpack.brief import relations

VALUES = {
    "total": Decimal(92400000),
    "annual": Decimal(30800000),
    "years": Decimal(3),
    "accce-allocated-total": Decimal("46.2"),
    "third": Decimal(1),
    "zero": Decimal(0),
    "negate": Decimal(4),
    "2024-losses": Decimal(2),
    "small": Decimal("0.1"),
}


@pytest.mark.parametrize(
    "holds",
    [
        "total = annual × years",
        "annual = total / years",
        "2024-losses = 2",
        "total > annual",
        "100 / 10 / 5 = 2",
        "-(2 + 3) = -5",
        "third / years × years = third",
        "1,234.5 = 1234.5",
        "98 ≈ 100",
        "zero ≈ 0",
    ],
)
def test_accepts_a_true_relation(holds: str) -> None:
    outcome = relations.compare(holds, VALUES)
    assert outcome.true
    assert outcome.unknown == ()


@pytest.mark.parametrize(
    "holds",
    [
        "97.9 ≈ 100",
        "1 ≈ -1",
        "annual > total",
        "years < years",
        "1 / 3 = 0.3333333333333333333333333333",
    ],
)
def test_detects_a_false_relation(holds: str) -> None:
    assert not relations.compare(holds, VALUES).true


@pytest.mark.parametrize(
    ("holds", "says"),
    [
        ("1 / 3 = 100 / 3", "about 0.333333 on the left, about 33.33 on the right"),
        ("1 / 8 = -3", "0.125 on the left, -3 on the right"),
        ("1" + "0" * 40 + " = 1", "a number of more than 30 digits on the left, 1 on the right"),
    ],
)
def test_shortens_results_that_are_too_long_to_print(holds: str, says: str) -> None:
    assert relations.compare(holds, {}).says == says


@pytest.mark.parametrize(
    ("typed", "meant"), [("total-annual", "total - annual"), ("years-1", "years - 1"), ("5-2", "5 - 2")]
)
def test_explains_a_minus_without_spaces(typed: str, meant: str) -> None:
    outcome = relations.compare(f"{typed} = 2", VALUES)
    assert outcome.unknown == (typed,)
    assert relations.as_minus(typed, VALUES) == meant


@pytest.mark.parametrize(
    ("holds", "reason"),
    [
        ("", "it has 0 of = ≈ < >, and needs one"),
        ("total = years (3)", '"years ( 3 )" is no sum'),
        ("total ≤ years", 'at word 2, "≤"'),
        ("Total = 3", 'at word 1, "Total": it is no number, no sign and no id in lower case'),
    ],
)
def test_says_why_a_relation_cannot_be_read(holds: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"^cannot be read") as caught:
        relations.compare(holds, VALUES)
    assert reason in str(caught.value)


@pytest.mark.parametrize("holds", ["1 / 0 = 1", "total / (years - 3) = 1", "1 = 2 ÷ zero"])
def test_refuses_a_division_by_zero(holds: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be evaluated: .* is divided by .*, which is zero"):
        relations.compare(holds, VALUES)


@pytest.mark.parametrize("opening", ["(", "- "])
def test_reads_brackets_and_minuses_however_deep(opening: str) -> None:
    with suppress(ValueError):
        relations.compare(opening * 240 + "1 = 1", {})


def test_refuses_a_relation_over_500_characters() -> None:
    assert relations.compare("1 = 1" + " " * 495, {}).true
    with pytest.raises(ValueError, match="has 501 characters, more than the 500 allowed"):
        relations.compare("1 = 1" + " " * 496, {})


@pytest.mark.parametrize("value", ["1E+999999999", "NaN"])
def test_refuses_a_value_with_too_many_digits(value: str) -> None:
    with pytest.raises(ValueError, match=r"huge is .*, which has too many digits"):
        relations.compare("huge = 1", {"huge": Decimal(value)})
