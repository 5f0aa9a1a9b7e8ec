"""A brief's own numbers about electorates are facts: printed with their unit, credited, ranked and refused by name."""

from decimal import Decimal

import pytest

from briefpack import plan, pool
from briefpack.electorates import local
from briefpack.problem import Problems
from isles import copy_isles
from isles import replace as edit_file
from projects import InProcess, english

BRIEF = "briefs/tiny/brief.yaml"
DATA = """
data:
  bills: {file: bills.csv, unit: AU$, source: school-count, as_at: "2025"}
local_data:
  winter-bill:
    data: {from: bills, electorate: seat, column: bill}
    label: the bill for a winter
"""
ROWS = """seat,bill
Harbour,1250.50
north-harbour,980
"""


@pytest.fixture
def isles(tmp_path, monkeypatch):
    """Return a project for the Isles whose brief has a number about two of its seats; builds start no process."""
    monkeypatch.setattr(pool, "ProcessPoolExecutor", InProcess)
    project = copy_isles(tmp_path / "project")
    brief = project.root / BRIEF
    brief.write_text(brief.read_text(encoding="utf-8") + DATA, encoding="utf-8")
    old = "    - {fact: old-share, caption: of people are over 65}\n"
    new = "    - {fact: winter-bill, caption: for a winter}\n"
    sentence = '  sentences: ["A winter costs {winter-bill} in {electorate}."]\n'
    edit_file(brief, old, f"{new}{old}{sentence}")
    (brief.parent / "data").mkdir(exist_ok=True)
    (brief.parent / "data/bills.csv").write_text(ROWS, encoding="utf-8")
    return project


def loaded(project):
    return plan.read_brief(project, "tiny")


def problems(project):
    with pytest.raises(Problems) as caught:
        loaded(project)
    return [(each.path, each.line, each.message) for each in caught.value.problems]


def test_is_a_fact_with_its_unit_source_and_place_among_the_others(isles):
    group = loaded(isles).group
    fact = group.by_slug["harbour"].facts["winter-bill"]
    assert (fact.value, fact.unit, fact.as_at) == (Decimal("1250.50"), "AU$", "2025")
    assert group.sources[fact.source].publisher == "Example Council"
    assert (fact.standing.total, fact.standing.above, fact.standing.below) == (2, 0, 1)
    assert local.fields(group, group.by_slug["harbour"], english())["winter-bill"] == "AU$1,250.50"
    assert "winter-bill" not in group.by_slug["wick"].facts
    assert group.definitions["winter-bill"].label == "the bill for a winter"


def test_refuses_a_cell_that_is_no_number(isles):
    edit_file(isles.root / "briefs/tiny/data/bills.csv", "1250.50", '"1,250 dollars"')
    assert problems(isles) == [("briefs/tiny/data/bills.csv", 2, 'bill: "1,250 dollars" is not a number')]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    label: the bill for a winter\n", "", "local_data.winter-bill: label is missing, which a number needs"),
        (', as_at: "2025"}', "}", "data.bills: as_at is missing, which a number about an electorate needs"),
        (", source: school-count, as_at", ", as_at", "data.bills: source is missing, which a number about an electorate needs"),
        ("source: school-count, as_at", "source: school-cont, as_at", 'data.bills.source: there is no source called "school-cont"'),
        ("  winter-bill:\n", "  old-share:\n", 'local_data.old-share: every electorate already has "old-share"'),
    ],
)  # fmt: skip
def test_refuses_a_number_that_lacks_what_a_fact_has(isles, old, new, message):
    edit_file(isles.root / BRIEF, old, new)
    assert message in [found for _, _, found in problems(isles)]


def test_names_a_source_that_the_brief_lacks_at_its_own_line(isles):
    edit_file(isles.root / BRIEF, DATA[: DATA.index("local_data")], "\n")
    own = '{file: bills.csv, unit: AU$, source: school-cont, as_at: "2025", electorate: seat, column: bill}'
    edit_file(isles.root / BRIEF, "{from: bills, electorate: seat, column: bill}", own)
    assert 'local_data.winter-bill.data.source: there is no source called "school-cont"' in str(problems(isles))
