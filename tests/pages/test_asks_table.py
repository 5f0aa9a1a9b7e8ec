"""The table of all asks, in the layout that ships."""

import re

import pytest

from sections import Bench


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Bench:
    return Bench("ijm", tmp_path_factory.mktemp("asks"))


def total(bench: Bench, **costs: str | None) -> str:
    """Return the words beside the total, with other costs of the third ask."""
    asks = [*bench.brief.brief.asks]
    asks[2] = asks[2].model_copy(update=costs)
    _, pieces = bench.pieces(asks=tuple(asks))
    found = re.search(r'id="asks-total"[^>]*>([^<]*)<', "".join(piece.html for piece in pieces))
    assert found
    return found[1]


def test_the_total_speaks_of_all_costed_asks_only_if_each_has_a_yearly_cost(bench):
    assert total(bench) == "Total a year, all six costed asks"
    assert total(bench, annual=None) == "Total a year"
