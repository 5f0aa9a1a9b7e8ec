"""`briefpack check`: problems, warnings and open queries."""

import errno
import json
import re
import shutil

import pytest
from click.testing import CliRunner

from briefpack import cli
from isles import copy_isles

pytestmark = pytest.mark.usefixtures("warm")


def test_lists_and_counts_the_open_queries(command):
    result = command("check")
    assert (result.exit_code, result.stderr) == (0, "")
    first, blank, *others, last = result.stdout.splitlines()
    assert (first, blank) == ("briefs/tiny/brief.yaml:19: query how-many, about Number of children hurt", "")
    assert others == ["No page of the home or press edition was laid out; ask for it with `--edition`."]
    assert last.startswith("No problems, 0 warnings, 1 open quer")
    assert "  Is this for one year or for all?\n" in command("check", "--queries").stdout
    every = command("check", "--edition", "screen,home,press").stdout
    assert "was laid out" not in every


def test_prints_queries_and_warnings_as_json(command, edit):
    edit("briefs/tiny/brief.yaml", "Their drivers *can* slow down.", "There were 7,331 of them.")
    found = json.loads(command("check", "--json").stdout)
    assert found["queries"] == [
        {
            "path": "briefs/tiny/brief.yaml",
            "line": 19,
            "id": "how-many",
            "about": "Number of children hurt",
            "question": "Is this for one year or for all?",
        }
    ]
    [problem] = found["problems"]
    assert problem["path"] == "briefs/tiny/brief.yaml"
    assert (problem["line"], problem["warning"], problem["owner"]) == (96, True, "brief")
    assert "7,331" in problem["message"]


def test_prints_json_when_there_is_no_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli.main, ["check", "--json"])
    assert (result.exit_code, result.stderr) == (2, "")
    [problem] = json.loads(result.stdout)["problems"]
    assert (problem["path"], problem["owner"]) == (".", "command")


def test_prints_three_of_the_warnings_that_every_row_of_a_table_has(command, edit):
    rows = "".join(f"\n          - [Count {year}, {year * 3}]" for year in range(2, 40))
    block = f"      - table:\n          caption: Hurt\n          columns: [Year, Hurt]\n          rows:{rows}\n"
    old = "      - text: We are a small charity.[^school-count]\n"
    edit("briefs/tiny/brief.yaml", old, old + block.replace("\n          - ", "\n            - "))
    result = command("check", "--quick")
    assert result.exit_code == 0, result.stderr
    assert result.stderr.count("does not come from figures:") == 3
    assert re.search(r"\n  and 35 more like these, on lines \d+–\d+\n", result.stderr)
    assert "No problems, 38 warnings" in result.stdout
    annotated = command("check", "--quick", "--format", "github").stdout
    assert annotated.count("::warning ") == 3
    assert "(and 35 more like these, on lines" in annotated
    assert len(json.loads(command("check", "--quick", "--json").stdout)["problems"]) == 38


def test_gives_the_path_of_a_disk_problem_from_the_project(command, project, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(project.root / ".store/ab"))

    monkeypatch.setattr("briefpack.build.check", full)
    assert command("check").stderr.startswith(".store/ab: no space left on device\n")


def test_counts_the_warnings_that_the_brief_accepts(command, edit):
    edit("briefs/tiny/brief.yaml", "We are a small charity.", "We are 12 people.")
    edit("briefs/tiny/brief.yaml", 'date: "2025"', 'date: "2019"')
    entry = "accept:\n  - {id: source-age, where: sources.road-report, reason: It is the last count.}\n"
    edit("briefs/tiny/brief.yaml", "electoral_matter: no\n", f"electoral_matter: no\n{entry}")
    result = command("check", "--quick")
    assert "under `accept:`. Ids: number-not-from-ledger.\n" in result.stdout
    assert result.stdout.endswith(
        "\n1 warning accepted under accept: in brief.yaml.\nNo problems, 1 warning, 1 open query.\n"
    )
    assert "sources.road-report" not in result.output
    found = json.loads(command("check", "--quick", "--json").stdout)
    assert [each["id"] for each in found["problems"]] == ["number-not-from-ledger"]
    assert [each["id"] for each in found["accepted"]] == ["source-age"]


@pytest.mark.usefixtures("country")
def test_accepts_a_warning_about_an_electorate(command, edit):
    seats = "briefs/electorates/isles/seats.csv"
    edit(seats, "Reed,Ada Quill,Reed,2026-06-10,,", "Reed,Ada Quill,Reed,2026-06-10,A new party,")
    told = json.loads(command("check", "--quick", "--all", "--json").stdout)["problems"]
    assert [each["id"] for each in told if "A new party" in each["message"]] == ["member-details"]
    entry = "accept:\n  - {id: member-details, where: Harbour, reason: The register lists it so.}\n"
    edit("briefs/tiny/brief.yaml", "queries:", f"{entry}queries:")
    found = json.loads(command("check", "--quick", "--all", "--json").stdout)
    assert "A new party" not in str(found["problems"])
    assert [each["message"] for each in found["accepted"] if "party" in each["message"]] == ["Harbour: A new party"]


@pytest.fixture
def country(project):
    """Turn the sample into the project of a brief for a country of four seats."""
    shutil.rmtree(project.root)
    isles = copy_isles(project.root)
    # Harbour would be the largest: it is nearer to the equator.
    shapes = isles.root / "briefs/electorates/isles/shapes.geojson"
    shapes.write_text(shapes.read_text(encoding="utf-8").replace("[11, 52], [10, 52]", "[11, 53], [10, 53]"), "utf-8")


@pytest.mark.part(name="builds", beyond=1)
@pytest.mark.usefixtures("country")
@pytest.mark.parametrize(
    ("words", "laid_out"),
    [
        ((), "Laid out: the national documents and 2 of 4 electorates; `--all` lays out every one."),
        (("-e", "harb, wick"), "Laid out: 2 of 4 electorates; `--all` lays out every one."),
    ],
)
def test_says_in_one_line_which_electorates_it_laid_out(command, words, laid_out):
    result = command("check", *words)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-2] == laid_out


def test_checks_the_editions_that_it_is_told_to(command, edit):
    edit(
        "briefs/tiny/brief.yaml",
        "Walking is healthy.[^health-review]",
        "Walking is [healthy](https://walk.example/why).",
    )
    assert "links-alive-on-paper" not in command("check").stderr
    result = command("check", "--edition", "screen", "--edition", "home")
    assert result.stderr.count("links-alive-on-paper: ") == 1
    assert "(in the home edition)" in result.stderr
    assert result.stdout.count("query how-many") == 1
    assert "(in the home edition)" in command("build", "--edition", "screen,home", "--jobs", "1").stderr


def test_quick_lays_out_nothing_and_reads_everything(command, edit, project):
    edit("layouts/tiny/layout.yaml", "tiny/body.html, pages: {at_most: 12}", "tiny/body.html, pages: {at_most: 1}")
    sound = command("check", "--quick")
    assert (sound.exit_code, sound.stdout.splitlines()[-2]) == (
        0, "No page was laid out; leave out `--quick` to see whether the text fits.",
    )  # fmt: skip
    assert command("check").exit_code == 4
    edit("briefs/tiny/brief.yaml", "date: 2026-07-01", "date: soon")
    assert command("check", "--quick").exit_code == 3
    assert not list((project.root / ".store").rglob("*.pdf"))
