"""How problems and paths are printed."""

import json
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from briefpack import cli
from briefpack.cli import messages
from briefpack.geometry import Rectangle
from briefpack.problem import Owner, Problem
from projects import REPOSITORY


def printed(capsys, *problems: Problem) -> list[str]:
    """Return the problems as printed, without their fixes."""
    messages.print_problems(problems)
    lines = capsys.readouterr().err.splitlines()
    return [line.partition("; try: ")[0] for line in lines if not line.startswith("  try: ")]


def typed(field: str, line: int, number: int, **more: Any) -> Problem:
    message = f'{field}: the number "{number}" is typed'
    return Problem("b.yaml", line, message, "use the ledger", field=field, **more)


def test_prints_three_problems_of_a_kind_and_counts_the_rest(capsys):
    lines = [3, 4, 5, 7, 9, 10, 11]
    rows = [typed(f"themes[0].blocks[2].table.rows[{line}][1]", line, line) for line in lines]
    other = Problem("b.yaml", 6, "asks[0]: no source", "use the ledger")
    assert printed(capsys, *rows[:4], other, *rows[4:]) == [
        'b.yaml:3: themes[0].blocks[2].table.rows[3][1]: the number "3" is typed',
        'b.yaml:4: themes[0].blocks[2].table.rows[4][1]: the number "4" is typed',
        'b.yaml:5: themes[0].blocks[2].table.rows[5][1]: the number "5" is typed',
        "  and 4 more like these, on lines 7, 9–11",
        "b.yaml:6: asks[0]: no source",
    ]
    assert len(printed(capsys, *rows[:3])) == 3


def test_prints_a_warning_of_many_documents_three_times(capsys):
    def in_document(slug: str) -> Problem:
        path = f"out/b/{slug}/{slug}-pack.pdf"
        return Problem(path, None, "69 ppi", "crop it", warning=True, check="sharp", page=3, finished=True)

    assert printed(capsys, *map(in_document, ("bean", "clark", "ryan", "swan", "wills")))[2:] == [
        "out/b/ryan/ryan-pack.pdf: warning: sharp: page 3: 69 ppi",
        "  and 2 more like these, in 2 files",
    ]


def test_gives_a_problem_its_file_line_column_and_title():
    problem = Problem("a/brief.yaml", 7, "title: it is empty", "write one", column=3, check="empty")
    assert messages.annotation(problem) == (
        "::error file=a/brief.yaml,line=7,col=3,title=briefpack empty::title: it is empty%0Atry: write one"
    )


def test_escapes_as_the_runner_expects():
    problem = Problem("a,b:c%.yaml", 1, "50 %, as: it was\r\n::error::x", "cut 5 %")
    printed = messages.annotation(problem)
    assert printed.startswith("::error file=a%2Cb%3Ac%25.yaml,line=1,title=briefpack::")
    assert printed.endswith("::50 %25, as: it was\\r\\n::error::x%0Atry: cut 5 %25")
    assert "\n" not in printed


def test_check_annotates_problems_and_keeps_the_exit_code(command, edit):
    edit("briefs/tiny/brief.yaml", "kind: bars", "kind: bar")
    result = command("check", "--format", "github")
    assert result.exit_code == 3
    assert '::charts.speeds.kind: there is no chart kind called "bar"%0Atry: ' in result.stdout


def test_annotates_a_folder_that_is_no_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli.main, ["check", "--format", "github"])
    assert result.exit_code == 2
    assert result.stdout.startswith("::error file=.,title=briefpack::this isn't a project: ")


pytestmark = pytest.mark.usefixtures("warm")

PLACED = Problem(
    "out/a.pdf", None, "2.1:1", "darken it", Owner.DOCUMENT, warning=True, check="contrast", page=4, finished=True,
    boxes=(Rectangle(1, 2, 3.5, 4), Rectangle(5, 6, 7, 8)), continued=((5, Rectangle(1, 1, 2, 2)),),
)  # fmt: skip


def test_the_keys_never_change():
    """Editors and other programs rely on them: add keys if you must, but rename and remove none."""
    assert messages.record(PLACED) == {
        "id": "contrast", "severity": "warning", "warning": True, "owner": "document", "path": "out/a.pdf", "line": None,
        "column": None, "page": 4, "box": [1, 2, 3.5, 4], "boxes": [[1, 2, 3.5, 4], [5, 6, 7, 8]],
        "continued": [{"page": 5, "box": [1, 1, 2, 2]}], "message": "2.1:1", "fix": "darken it",
    }  # fmt: skip


def test_the_guide_documents_each_key():
    guide = (REPOSITORY / "briefs/_guide/commands.md").read_text(encoding="utf-8")
    table = guide.partition("## Problems as data")[2].partition("\nA command that runs to its end")[0]
    assert [key for key in messages.record(PLACED) if f"`{key}`" not in table] == []


def printed_object(result):
    """Return the object on standard output: nothing else may be printed there, and nothing on standard error."""
    assert result.stderr == ""
    return json.loads(result.stdout)


EARLY = [
    ("check",),
    ("preflight",),
    ("booklet", "none.pdf"),
    ("list", "asks"),
]


@pytest.mark.parametrize("words", EARLY, ids=" ".join)
def test_a_command_that_stops_early_prints_its_problems_as_data(command, project, words):
    (project.root / "briefs/tiny/brief.yaml").write_text("title: [\n", encoding="utf-8")
    plain = command(*words)
    result = command(*words, "--json")
    assert result.exit_code == plain.exit_code
    assert printed_object(result)["problems"][0]["fix"] in plain.stderr


def test_a_build_prints_what_it_made_as_data(command, project):
    words = ("build", "--json", "--jobs", "1", "--edition", "screen", "--edition", "home")
    screen, home = printed_object(command(*words))["builds"]
    assert (screen["edition"], home["edition"]) == ("screen", "home")
    assert (project.root / "out/tiny/tiny/screen/national/national-pack.pdf").is_file()
    assert "national/national-pack.pdf" in screen["made"]
    assert printed_object(command(*words))["builds"][0] == {**screen, "made": [], "kept": screen["made"]}


def test_a_print_set_and_a_booklet_are_named_as_data(command, project):
    found = printed_object(command("print-set", "national", "--json", "--jobs", "1"))
    assert found["problems"] == []
    [made] = found["made"]
    assert made["path"].endswith("national-print-set.pdf")
    assert made["sheets"] > 1
    pdf = str(project.root / "out/tiny/tiny/home/national/national-pack.pdf")
    [made] = printed_object(command("booklet", pdf, "--json"))["made"]
    assert made["path"].endswith("national-pack-booklet.pdf")
    assert (made["kind"], made["pages"] > 1, made["sheets"] > 0) == ("booklet", True, True)


def test_a_command_in_a_message_works_as_typed_where_no_environment_is_active(monkeypatch, tmp_path):
    text = "run briefpack check homes, or pip install distributed: briefpack makes a new folder"
    assert messages.typed(text) == text
    monkeypatch.setenv("PATH", "")
    monkeypatch.chdir(tmp_path)
    briefpack, pip = (shlex.quote(str(Path(sys.executable).with_name(name))) for name in ("briefpack", "pip"))
    assert messages.typed(text) == text.replace("pip", pip).replace("briefpack check", f"{briefpack} check")


def test_prints_problems_below_warnings(capsys):
    broken, old = (
        Problem("brief.yaml", line, words, "mend it", warning=line > 1)
        for line, words in enumerate(("broken", "old"), 1)
    )
    messages.print_problems([broken, old])
    assert capsys.readouterr().err == f"{old}\n{broken}\n"
