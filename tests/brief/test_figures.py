"""Figures and sources by id: how they print, and that every id resolves and every sum adds up."""

from typing import get_args, get_origin, get_type_hints

import pytest

from briefpack import plan
from briefpack.brief.figures import Ledger
from briefpack.brief.model import Brief
from briefpack.problem import Problems
from briefpack.schema import Id, Model
from projects import english


def problems_in(project):
    with pytest.raises(Problems) as caught:
        plan.read_brief(project, "tiny")
    return [(problem.line, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("chart", "old", "new", "sources"),
    [
        ("speeds", "", "", ("road-report",)),
        ("hurt", "finding: Too many children are hurt", "finding: Many\n    sources: [health-review]", ("health-review",)),
        ("speeds", "{label: Before, figure: speed-before}", "{label: Before, figure: fund-total}", ("road-report", "own")),
        (
            "speeds", "figure: speed-before}", "figure: speed-before, low: crossing-cost, high: fund-total}",
            ("road-report", "school-count", "own"),
        ),
    ],
)  # fmt: skip
def test_credits_the_sources_of_a_chart(project, edit, chart, old, new, sources):
    if old:
        edit("briefs/tiny/brief.yaml", old, new)
    brief = plan.read_brief(project, "tiny").brief
    assert Ledger(brief, english()).chart_sources(chart) == sources


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("value: 17,", "value: 17, form: ordinal,", 0, ""),
        ("unit: one in,", "unit: one in, query: gone, form: full,", 43, "figures.children-hurt.query is written twice (first on line 43)"),
        ("We are a small charity.[^school-count]", '"Safe: {crossings}[^] or []()"', 89, 'sections[0].blocks[0].text: there is no source called ""'),
    ],
)  # fmt: skip
def test_reports_an_id_that_does_not_exist_at_its_line(project, edit, old, new, line, message):
    edit("briefs/tiny/brief.yaml", old, new)
    if line:
        assert (line, message) in problems_in(project)
    else:
        plan.read_brief(project, "tiny")


@pytest.mark.parametrize(
    ("total", "wrong"),
    [
        ("fund-total", []),
        ("crossing-cost", ["asks_annual: the asks' yearly costs add up to 40,000,000, not 50,000"]),
    ],
)
def test_checks_that_the_asks_add_up_to_their_yearly_total(project, edit, total, wrong):
    edit("briefs/tiny/brief.yaml", "asks:\n", f"asks_annual: {total}\nasks:\n")
    if wrong:
        assert [message for _, message in problems_in(project)] == wrong
    else:
        assert plan.read_brief(project, "tiny").warnings == ()


def parts(annotation):
    """Yield an annotation and every annotation nested in it; for a mapping, those of its values."""
    yield annotation
    inside = get_args(annotation)
    for part in inside[1:] if get_origin(annotation) is dict else inside:
        yield from parts(part)


def fields_that_take_an_id(kind, seen):
    seen.add(kind)
    for field, annotation in get_type_hints(kind, include_extras=True).items():
        for part in parts(annotation):
            if part == Id and field != "id":
                yield kind, field
            if isinstance(part, type) and issubclass(part, Model) and part not in seen:
                yield from fields_that_take_an_id(part, seen)


DATA = ("Cell", "ChartRows", "ListCell", "ListRows", "TableRows")
ELSEWHERE = {
    ("Brief", "electorates"),
    ("Brief", "layout"),
    ("Chart", "fact"),
    ("Chart", "named"),
    ("HeadlineRule", "fact"),
    ("LocalChart", "fact"),
    ("LocalFact", "fact"),
    ("LocalStrip", "fact"),
    ("Rank", "fact"),
    ("Places", "electorates"),
    *((kind, "from_") for kind in DATA),
}
"""The ids of things outside the brief: its electorate set, layout and locale look them up.

So do its data files, whose cells become figures.
"""


def test_looks_up_every_id_that_a_brief_may_contain():
    """The type of every other field that takes a record's id names the part that defines it."""
    assert {(kind.__name__, field) for kind, field in fields_that_take_an_id(Brief, set())} == ELSEWHERE


def warned(project, check):
    """Return the line and message of each warning of one check."""
    found = plan.read_brief(project, "tiny").warnings
    return [(problem.line, problem.message) for problem in found if problem.check == check]


@pytest.mark.parametrize(
    ("date", "old"),
    [
        ("2021", False), ("2020", True), ("2014 to 2020", True), ("2014 to 2023", False), ("no date", False)],
)  # fmt: skip
def test_warns_of_a_source_over_five_years_old(project, edit, date, old):
    edit("briefs/tiny/brief.yaml", "date: May 2026", f"date: {date}")
    assert len(warned(project, "source-age")) == old


def test_warns_of_an_old_figure_and_gives_its_age(project, edit):
    edit("briefs/tiny/brief.yaml", "means: cost of one crossing,", "as_at: June 2016, means: cost of one crossing,")
    ((line, message),) = warned(project, "source-age")
    text = (project.root / "briefs/tiny/brief.yaml").read_text(encoding="utf-8").splitlines()
    assert "crossing-cost: " in text[line - 1]
    assert message == 'figures.crossing-cost: its date is "June 2016", 10 years before the brief'


def test_never_warns_of_the_age_of_a_law(project, edit):
    edit(
        "briefs/tiny/brief.yaml", "title: Count of schools\n    date: May 2026", "title: Roads Act\n    date: May 1999"
    )
    assert warned(project, "source-age") == []
