"""Problems as data, in every command that reports them."""

import json
import shutil

import pytest

from briefpack.cli import records
from briefpack.geometry import Rectangle
from briefpack.problem import Owner, Problem
from projects import REPOSITORY

pytestmark = pytest.mark.usefixtures("warm")

PLACED = Problem(
    "out/a.pdf", None, "contrast: page 4: 2.1:1", "darken it", Owner.DOCUMENT, warning=True, check="contrast", page=4,
    boxes=(Rectangle(1, 2, 3.5, 4), Rectangle(5, 6, 7, 8)), continued=((5, Rectangle(1, 1, 2, 2)),),
)  # fmt: skip


def test_the_keys_never_change():
    """Editors and other programs rely on them: add keys if you must, but rename and remove none."""
    assert records.record(PLACED) == {
        "id": "contrast", "severity": "warning", "warning": True, "owner": "document", "path": "out/a.pdf", "line": None,
        "column": None, "page": 4, "box": [1, 2, 3.5, 4], "boxes": [[1, 2, 3.5, 4], [5, 6, 7, 8]],
        "continued": [{"page": 5, "box": [1, 1, 2, 2]}], "message": "2.1:1", "fix": "darken it",
    }  # fmt: skip


def test_the_guide_documents_each_key():
    guide = (REPOSITORY / "briefs/README.md").read_text(encoding="utf-8")
    table = guide.partition("### Problems as data")[2].partition("\nA command that runs to its end")[0]
    assert [key for key in records.record(PLACED) if f"`{key}`" not in table] == []


def test_a_problem_without_a_check_or_a_place_has_null():
    found = records.record(Problem("a.yaml", 3, "title: it is empty", "write one", column=8))
    assert (found["id"], found["page"], found["box"], found["boxes"]) == (None, None, None, [])
    assert found["continued"] == []
    assert (found["severity"], found["line"], found["column"]) == ("error", 3, 8)


def test_prints_text_that_no_encoding_has(capsys):
    records.print_problems([Problem("a.yaml", 1, "“\ud800” é", "delete it")], made=[])
    printed = capsys.readouterr().out
    assert "é" in printed
    assert json.loads(printed)["problems"][0]["message"] == "“\ud800” é"
    assert json.loads(printed)["made"] == []


def printed(result):
    """Return the object on standard output: nothing else may be printed there, and nothing on standard error."""
    assert result.stderr == ""
    return json.loads(result.stdout)


EARLY = [
    ("check",), ("build",), ("preflight",), ("print-set", "national"), ("booklet", "none.pdf"), ("find", "Bean"),
    ("list", "asks"),
]  # fmt: skip


@pytest.mark.parametrize("words", EARLY, ids=" ".join)
def test_a_command_that_stops_early_prints_its_problems_as_data(command, project, words):
    (project.root / "briefs/tiny/brief.yaml").write_text("title: [\n", encoding="utf-8")
    plain = command(*words)
    result = command(*words, "--json")
    assert result.exit_code == plain.exit_code
    assert printed(result)["problems"][0]["fix"] in plain.stderr


def test_a_build_prints_what_it_made_as_data(command, project):
    words = ("build", "--json", "--jobs", "1", "--edition", "screen", "--edition", "home")
    screen, home = printed(command(*words))["builds"]
    assert (screen["edition"], home["edition"]) == ("screen", "home")
    assert (project.root / "out/tiny/tiny/screen/national/national-pack.pdf").is_file()
    assert "national/national-pack.pdf" in screen["made"]
    assert printed(command(*words))["builds"][0] == {**screen, "made": [], "kept": screen["made"]}


@pytest.mark.part(name="builds")
def test_a_build_prints_what_failed_as_data(command, edit):
    edit("layouts/tiny/cover.html", "<h1>", '<h1 style="colr: red">')
    result = command("build", "--json", "--jobs", "1")
    assert result.exit_code == 5
    found = printed(result)
    [problem] = found["problems"]
    assert (problem["path"], problem["severity"], problem["owner"]) == ("layouts/tiny/cover.html", "error", "layout")
    assert problem["line"] > 0
    assert found["builds"][0]["failed"] == ["national/national-pack.pdf"]


def test_a_print_set_and_a_booklet_are_named_as_data(command, project):
    found = printed(command("print-set", "national", "--json", "--jobs", "1"))
    assert found["problems"] == []
    assert found["path"].endswith("national-print-set.pdf")
    assert found["sheets"] > 1
    pdf = str(project.root / "out/tiny/tiny/home/national/national-pack.pdf")
    [made] = printed(command("booklet", pdf, "--json"))["made"]
    assert made["path"].endswith("national-pack-booklet.pdf")
    assert (made["kind"], made["pages"] > 1, made["sheets"] > 0) == ("booklet", True, True)


def test_a_new_brief_is_named_as_data(command, project):
    shutil.copytree(project.root / "briefs/tiny", project.root / "briefs/_starter")
    assert printed(command("new", "next", "--json")) == {"problems": [], "path": "briefs/next/brief.yaml"}
    again = command("new", "next", "--json")
    assert (again.exit_code, printed(again)["problems"][0]["path"]) == (2, "briefs/next")


def test_a_full_disk_is_a_problem_as_data(command, project, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(project.root / ".store/ab"))

    monkeypatch.setattr("briefpack.build.check", full)
    result = command("check", "--json")
    assert (result.exit_code, printed(result)["problems"][0]["path"]) == (5, ".store/ab")
