"""`briefpack list`: what a project contains."""

import json
import re
import shutil

import pytest

from projects import REPOSITORY

pytestmark = pytest.mark.usefixtures("warm")


@pytest.mark.parametrize(
    ("what", "listed"),
    [
        ("asks", {"crossing-fund": "A crossing fund", "slow-streets": "A slow streets law"}),
        ("charts", {
            "speeds": "bars: A crossing slowed cars by 17 km an hour",
            "hurt": "unit-chart: Too many children are hurt",
            "kim-timeline": "timeline: One year from a crash to a crossing",
        }),
        ("layouts", {"tiny": "Tiny"}),
        ("briefs", {"tiny": "Safe crossings"}),
    ],
)  # fmt: skip
def test_lists_ids_and_titles(command, what, listed):
    lines = command("list", what).stdout.replace("\u00a0", " ").splitlines()
    assert dict(re.split(r"  +", line, maxsplit=1) for line in lines) == listed
    data = json.loads(command("list", what, "--json").stdout.replace("\u00a0", " "))
    assert {row["id"]: row["title"] for row in data} == listed


def test_lists_a_brief_with_problems_beside_the_others(command, project):
    shutil.copytree(project.root / "briefs/tiny", project.root / "briefs/worn")
    worn = project.root / "briefs/worn/brief.yaml"
    worn.write_text(worn.read_text(encoding="utf-8").replace("kind: bars", "kind: bar"), encoding="utf-8")
    listed = command("list", "briefs")
    assert listed.exit_code == 0
    assert re.search(r"(?m)^tiny  \w", listed.stdout)
    assert re.search(r"(?m)^worn  \(1 problem: briefpack check worn\)$", listed.stdout)


LOCAL = """
electorates: norland
local:
  heading: "{electorate}"
  standfirst: A riding of {state}.
  facts: [{fact: people, caption: people}]
  headlines: [{id: largest, fact: people, when: highest, heading: "{electorate} is the largest"}]
"""


def test_lists_electorates_with_their_members_and_the_headline_of_each_with_its_rule(command, project):
    shutil.copytree(REPOSITORY / "tests/sets/norland", project.root / "briefs/electorates/norland")
    with (project.root / "briefs/tiny/brief.yaml").open("a", encoding="utf-8") as file:
        file.write(LOCAL)
    electorates = dict(
        re.split(r"  +", line, maxsplit=1) for line in command("list", "electorates").stdout.splitlines()
    )
    rows = [re.split(r"  +", line, maxsplit=1) for line in command("list", "headlines").stdout.splitlines()]
    headlines, rules = dict(rows[: len(electorates)]), dict(rows[len(electorates) :])
    assert electorates["marsh-head"] == "Marsh Head, V: Liv Dahl"
    assert headlines["marsh-flats"] == "largest | Marsh Flats is the largest"
    assert headlines["ostby"] == "(none) | Østby | A riding of the Vale."
    assert rules == {"(none)": "3", "largest": "1"}
