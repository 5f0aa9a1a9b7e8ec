"""Open queries: the figures that each is about, and those that may go to press."""

import pytest

from briefpack import schema
from briefpack.brief import queries
from briefpack.brief.model import Brief

FIGURES = {
    name: {"value": 1, "unit": "people", "means": name, "source": "own"}
    for name in ("annual", "years", "total", "half", "other")
}
QUESTION = {"about": "the sum", "question": "Is it?"}


def about(*relations, figures=(), **query) -> dict[str, tuple[str, ...]]:
    """Return the figures that the query `sum` is about."""
    data = {
        "title": "A brief",
        "organisation": {"name": "Us"},
        "queries": {"sum": {**QUESTION, **query}},
        "figures": {name: {**each, **({"query": "sum"} if name in figures else {})} for name, each in FIGURES.items()},
        "relations": [each if isinstance(each, dict) else {"holds": each} for each in relations],
    }
    brief, faults = schema.read(Brief, data)
    assert not faults
    return dict(queries.by_figure(brief))


@pytest.mark.parametrize(
    ("found", "names"),
    [
        (about(), ()),
        (about(figures=["annual"]), ("annual",)),
        (about(about="{other} and {half:number}"), ("half", "other")),
        (about({"holds": "total = annual × years", "query": "sum"}), ("annual", "total", "years")),
        (about("total = annual × years", figures=["annual"]), ("annual", "total")),
    ],
)
def test_is_about_the_figures_that_name_it_and_those_worked_out_from_them(found, names):
    assert found == dict.fromkeys(found, ("sum",))
    assert sorted(found) == [*names]
