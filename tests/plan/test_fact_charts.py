"""A chart with `fact:` has a row for each electorate; only an electorate's own chart emphasises it."""

import pytest

import dotted
from briefpack import layout, plan
from briefpack.plan import Wanted, belongings, fact_charts
from briefpack.problem import Problems
from isles import copy_isles
from projects import english

BRIEF = "briefs/tiny/brief.yaml"
CHART = """
charts:
  old:
    kind: strip
    finding: Old people
    alt: Dots.
    fact: old-share
"""
OWN = "    - {fact: old-share, finding"


@pytest.fixture
def project(tmp_path):
    """Return the copy that the test's commands run on."""
    return copy_isles(tmp_path / "project")


def changed(project, *changes):
    file = project.root / BRIEF
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def loaded(project):
    return plan.read_brief(project, "tiny")


def planned(project):
    brief, laid = loaded(project), layout.load(project, "tiny", "screen")
    return plan.make(brief, laid, Wanted(electorates=brief.group.electorates))


def refused(project):
    with pytest.raises(Problems) as caught:
        loaded(project)
    return [(problem.message, problem.hint) for problem in caught.value.problems if not problem.warning]


STRIP = "    - {fact: old-share, kind: strip, finding"


def shown(project, *lines):
    """Show a strip of a fact in the brief's first block."""
    chart = CHART + "".join(f"    {line}\n" for line in lines)
    changed(project, ("\ncharts:\n", chart), ("      - chart: speeds\n", "      - chart: speeds\n      - chart: old\n"))


def test_has_a_row_for_each_electorate_and_the_same_rows_in_all_documents(project):
    shown(project, "named: [page]")
    found = [document.charts["old"] for document in planned(project).documents if "old" in document.charts]
    assert len(found) == 5
    assert len(set(found)) == 1
    assert [(row.label, row.written, row.key, row.state, row.strong) for row in found[0].rows] == [
        ("Harbour", "11.1%", "harbour", "W", False),
        ("North Harbour", "12.2%", "north-harbour", "W", False),
        ("Page", "15.5%", "page", "E", True),
        ("Wick", "14.4%", "wick", "E", False),
    ]
    assert {row.series for row in found[0].rows} == {"People over 65"}


def test_emphasises_each_electorate_in_its_own_chart(project):
    changed(project, (OWN, STRIP))
    found = {each.electorate: each.own["local-0"] for each in planned(project).documents if "local-0" in each.own}
    assert {slug: [row.key for row in drawing.rows if row.strong] for slug, drawing in found.items()} == {
        slug: [slug] for slug in ("harbour", "north-harbour", "page", "wick")
    }
    assert {drawing.kind for drawing in found.values()} == {"strip"}


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("fact: old-share\n", "fact: old-shar\n", 'charts.old.fact: there is no fact called "old-shar"', "old-share, people or sheep"),
        ("fact: old-share\n", "fact: people\n", 'charts.old.fact: "people" is a count, which is high wherever many people live', "use a share or a rate, such as old-share"),
        ("fact: old-share\n", "fact: old-share\n    named: [pag]\n", 'charts.old.named[0]: there is no seat called "pag"', "page, harbour, north-harbour or wick"),
        ("fact: old-share\n", "fact: old-share\n    rows_from: asks\n", "charts.old: the chart has both rows_from and fact", "add rows:, data:, or rows_from: asks"),
        ("fact: old-share\n", "rows_from: asks\n    named: [page]\n", "charts.old.named: only a chart with fact: has electorates to name", "delete named:"),
    ],
)  # fmt: skip
def test_names_a_fact_that_a_chart_cannot_show(project, old, new, message, hint):
    shown(project)
    changed(project, (f"alt: Dots.\n    {old}", f"alt: Dots.\n    {new}"))
    assert (message, hint) in refused(project)


def test_refuses_words_for_another_number_of_facts(project):
    shown(project, "measures: [Over 65, Over 65]")
    said = [message for message, _ in refused(project)]
    assert "charts.old.measures: there are words for 2 facts, but fact: names 1" in said


def test_explains_the_name_of_another_electorate_only_beside_its_value(project):
    shown(project)
    plan_of = planned(project)
    [drawing] = {each.charts["old"] for each in plan_of.documents if "old" in each.charts}
    own = belongings.beside(belongings.own(plan_of.brief.group.by_slug["harbour"]), [drawing])
    assert ("wick", "14.4%") in own.phrases
    assert ("wick",) not in own.phrases


def test_refuses_a_map_of_two_facts_and_hexagons_without_places(project):
    shown(project, "hexagons: yes")
    changed(project, ("kind: strip\n    finding: Old", "kind: map-of-nation\n    finding: Old"))
    changed(project, ("    fact: old-share\n", "    fact: [old-share, sheep]\n"))
    said = dict(refused(project))
    assert said["charts.old.fact: a map shows one fact, and this one names several"] == "make a chart for each"
    message = 'charts.old.hexagons: the electorate set "isles" has no file that places its hexagons'
    assert said[message].startswith("add hexes: to files: in set.yaml")


def test_refuses_a_strip_of_a_count_on_an_electorates_page(project):
    changed(project, (OWN, STRIP.replace("old-share", "people")))
    assert [message for message, _ in refused(project)] == [
        'local.charts[0].fact: "people" is a count, which is high wherever many people live'
    ]


def test_refuses_a_fact_of_states(project):
    shown(project)
    found = loaded(project)
    chart = found.brief.charts["old"].model_copy(update={"fact": ("scam-rate",)})
    brief = found.brief.model_copy(update={"charts": {"old": chart}})
    [problem] = fact_charts.check(brief, found.tree, dotted.group(), english())
    message = 'charts.old.fact: "scam-rate" is about states, and the chart needs a number about each electorate'
    assert problem.message == message


@pytest.mark.parametrize(
    ("fact", "by"),
    [
        ("children-share", "children-share"),
        ("children", "children-share"),
        ("filipino-ancestry", "filipino-ancestry-share"),
        ("scam-victims", None),
        ("scam-rate", None),
    ],
)
def test_ranks_electorates_by_a_rate_or_by_the_share_of_a_count(fact, by):
    assert fact_charts.ranked(dotted.group(), fact, english()) == by
