"""Numbers round as people expect."""

from decimal import Decimal

import pytest

from briefpack.electorates import ranges
from briefpack.electorates.model import FactSpec


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        ("24.5", 0, "25"),
        ("23.5", 0, "24"),
        ("24.49", 0, "24"),
        ("-0.5", 0, "-1"),
        ("0.125", 2, "0.13"),
        ("24.5", None, "24.5"),
    ],
)
def test_rounds_a_half_away_from_zero(value, decimals, printed):
    assert str(ranges.rounded(Decimal(value), FactSpec.model_construct(decimals=decimals))) == printed
