"""Facts that contradict each other, in the set that the tests are frozen with."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from briefpack.electorates import contradictions
from briefpack.electorates.electorate import Fact
from briefpack.electorates.model import FactSpec

COLUMNS = {
    "people": ("people", "people", None),
    "old": ("old", "people", None),
    "young": ("young_people", "people", None),
    "old-share": ("old_pct", "%", "people"),
    "sheep": ("sheep", "sheep", None),
}
SPECS = {
    name: FactSpec(
        file="census", column=column, label=name, source="register", unit=unit, as_at="2025",
        compare="mean" if weight else "none", weight=weight,
    )
    for name, (column, unit, weight) in COLUMNS.items()
}  # fmt: skip
ROW = {"people": 1000, "old": 204, "young": 150, "old-share": "20.4", "sheep": 30}


def fact(name, value, *, estimate=False):
    return Fact(
        id=name, value=Decimal(str(value)), unit=SPECS[name].unit, label=name, level="electorate", estimate=estimate,
        source="register", as_at="2025", state_value=None, nation_value=None,
    )  # fmt: skip


class Files:
    """A set with no files but its definitions."""

    shown = "set"
    spec = SimpleNamespace(numbers=SPECS, files={})

    def table(self, _file):
        return None


def found(*rows, estimate=False):
    """Return the messages for twelve sound electorates and some more."""
    every = {f"seat-{n}": ROW for n in range(12)} | {f"odd-{n}": ROW | row for n, row in enumerate(rows)}
    facts = {
        slug: {name: fact(name, value, estimate=estimate) for name, value in row.items()} for slug, row in every.items()
    }
    return [problem.message for problem in contradictions.check(Files(), facts)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"old": 1014}, "odd-0: old (1014) is more than people (1000)"),
        ({"young": 1500}, "odd-0: young_people: 1500 is 10 times the largest of the others, 150"),
        ({"young": 1500, "people": 1400, "old": 286}, "odd-0: young_people: 1500 is 10 times …"),
        ({"old-share": "24.0"}, "odd-0: old_pct: 24.0 isn't the share of old (204) of people (1000), 20.4%"),
        ({"people": 10000}, "odd-0: people: 10000 is 10 times the largest of the others, 1000"),
        ({"sheep": 300}, "odd-0: sheep: 300 is 10 times the largest of the others, 30"),
    ],
)
def test_names_one_cause_for_each_row(row, message):
    (said,) = found(row)
    assert said == message or (message.endswith("…") and said.startswith(message[:-2]))


def test_accepts_rounding_large_counts_and_estimates():
    assert found({"old-share": "20.5"}, {"sheep": 140}, {"young": 0}) == []
    assert found({"sheep": 300}, estimate=True) == []


def test_takes_many_differences_as_another_definition():
    assert found(*[{"old-share": "25.0"}] * 4) == []
    assert found(*[{"young": 1100}] * 4) == []
