"""The plan: documents, file names, distinct charts and the metadata of each PDF."""

import datetime
from dataclasses import replace

import pytest

from briefpack import layout, plan
from briefpack.project import Project
from projects import TESTS


@pytest.fixture(scope="module")
def shipped():
    return plan.read_brief(Project(TESTS.parent), "ijm-federal-2025")


def test_asks_something_of_each_reader_and_shares_it_with_those_of_one_form(shipped):
    variants = {each.slug: shipped.variant(each) for each in shipped.group.electorates if each.state.code != "TAS"}
    forms = {slug: [ask.leave_behind.actions_for[0] for ask in found.asks] for slug, found in variants.items()}
    assert {len(found) for found in forms.values()} == {7}
    assert not any(ask.leave_behind.actions_for for ask in shipped.variant(None).asks)
    assert variants["durack"] is variants["hume"] is not variants["wentworth"]
    assert variants["kingston"] is variants["sydney"] is not variants["greenway"]
    decides = {"greenway": 2, "watson": 3, "lilley": 1, "kingsford-smith": 3, "kingston": 0}
    assert {slug: sum(bool(form.only.roles) for form in forms[slug]) for slug in decides} == decides


@pytest.fixture
def make(project):
    def made(asks=()):
        brief = plan.read_brief(project, "tiny")
        return plan.make(brief, layout.load(project, "tiny", "screen"), plan.Wanted(asks=asks))

    return made


def documents(planned):
    return {document.name: document for document in planned.documents}


def test_plans_a_pack_and_a_leave_behind_for_each_ask(make):
    assert [document.path for document in make().documents] == [
        "national/national-pack.pdf",
        "national/national-leave-behind-crossing-fund.pdf",
        "national/national-leave-behind-slow-streets.pdf",
    ]


@pytest.mark.parametrize(("most", "counts"), [(100, [12]), (6, [6, 6]), (1, [3, 3, 3, 3])])
def test_splits_a_plan_between_electorates_only(make, most, counts):
    planned = make()
    many = [replace(each, path=f"{slug}/{each.name}.pdf") for slug in "abcd" for each in planned.documents]
    parts = list(plan.parts(replace(planned, documents=tuple(many)), most))
    assert [len(part.documents) for part in parts] == counts
    assert [document for part in parts for document in part.documents] == many
    assert all(part.drawings.keys() == planned.drawings.keys() for part in parts)


def test_gives_each_document_only_the_charts_that_it_shows(make):
    shown = {name: set(document.charts) for name, document in documents(make()).items()}
    assert shown == {
        "national-pack": {"speeds", "hurt", "kim-timeline"},
        "national-leave-behind-crossing-fund": {"speeds"},
        "national-leave-behind-slow-streets": set(),
    }


@pytest.mark.parametrize(("chart", "size"), [("speeds", (119, 44)), ("hurt", (119, 32)), ("kim-timeline", (170, 30))])
def test_makes_a_chart_as_high_as_its_rows_need(make, chart, size):
    drawing = documents(make())["national-pack"].charts[chart]
    assert (drawing.width_mm, drawing.height_mm) == size


def test_takes_rows_from_the_asks(make, edit):
    edit(
        "briefs/tiny/brief.yaml",
        "      - {label: Before, figure: speed-before}\n      - {label: After, figure: speed-after, strong: yes}\n",
        "",
    )
    edit("briefs/tiny/brief.yaml", "after.\n    rows:\n", "after.\n    rows_from: asks\n")
    rows = documents(make())["national-pack"].charts["speeds"].rows
    assert [(row.label, row.value, row.written.replace("\u00a0", " ")) for row in rows] == [
        ("A crossing fund", 40e6, "AU$40 million"),
        ("A slow streets law", None, "Example Road Act 2020"),
    ]


def test_redraws_only_the_charts_that_show_a_changed_figure(make, edit):
    before = documents(make())["national-pack"].charts
    edit("briefs/tiny/brief.yaml", "{value: 31,", "{value: 32,")
    after = documents(make())["national-pack"].charts
    assert {chart for chart in before if before[chart] != after[chart]} == {"speeds"}


def test_writes_metadata_without_markdown_or_references(make, edit):
    edit(
        "briefs/tiny/brief.yaml", "subject: What Parliament can do", "subject: What {crossings:number} *schools* can do"
    )
    facts = documents(make())["national-pack"].facts
    assert facts.subject == "What 800 schools can do about crossings near schools"
    assert (facts.title, facts.author, facts.language) == ("Safe crossings", "Walk Safely Australia", "en-AU")
    assert facts.date == datetime.date(2026, 7, 1)
    assert facts.keywords == ("crossings", "schools")
    assert documents(make())["national-leave-behind-slow-streets"].facts.title == "Slow the streets near schools"
