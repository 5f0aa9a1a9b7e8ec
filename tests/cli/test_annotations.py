"""Problems as GitHub's workflow commands."""

import re

import pytest
from click.testing import CliRunner

from briefpack import cli
from briefpack.cli import annotations
from briefpack.problem import Problem


def test_gives_a_problem_its_file_line_column_and_title():
    problem = Problem("a/brief.yaml", 7, "title: it is empty", "write one", column=3, check="empty")
    assert annotations.annotation(problem) == (
        "::error file=a/brief.yaml,line=7,col=3,title=briefpack empty::title: it is empty%0Atry: write one"
    )


def test_leaves_out_a_place_that_is_unknown_and_a_column_without_a_line():
    problem = Problem("a.csv", None, "it is empty", "delete it", warning=True, column=3)
    assert annotations.annotation(problem) == "::warning file=a.csv,title=briefpack::it is empty%0Atry: delete it"


def test_escapes_as_the_runner_expects():
    problem = Problem("a,b:c%.yaml", 1, "50 %, as: it was\r\n::error::x", "cut 5 %")
    printed = annotations.annotation(problem)
    assert printed.startswith("::error file=a%2Cb%3Ac%25.yaml,line=1,title=briefpack::")
    assert printed.endswith("::50 %25, as: it was\\r\\n::error::x%0Atry: cut 5 %25")
    assert "\n" not in printed


def test_puts_the_page_of_a_document_in_the_message():
    problem = Problem("out/a.pdf", None, "contrast: page 4: too low", "darken it", check="contrast", page=4)
    assert annotations.annotation(problem).endswith("title=briefpack contrast::page 4: too low%0Atry: darken it")


@pytest.mark.part(name="builds")
def test_check_annotates_warnings_and_counts_them(command, edit):
    edit("briefs/tiny/brief.yaml", "Their drivers *can* slow down.", "There were 7,331 of them.")
    result = command("check", "--format", "github")
    assert (result.exit_code, result.stderr) == (0, "")
    warning, last = result.stdout.splitlines()
    assert re.match(r"::warning file=[^,]*briefs/tiny/brief\.yaml,line=\d+,col=91,title=briefpack number-not-", warning)
    assert last == "No problems, 1 warning, 1 open query."


def test_check_annotates_problems_and_keeps_the_exit_code(command, edit):
    edit("briefs/tiny/brief.yaml", "kind: bars", "kind: bar")
    result = command("check", "--format", "github")
    assert result.exit_code == 3
    assert '::charts.speeds.kind: there is no chart kind called "bar"%0Atry: ' in result.stdout


def test_names_files_from_the_repository_that_contains_the_project(command, edit, project, monkeypatch):
    monkeypatch.setenv("GITHUB_WORKSPACE", str(project.root.parent))
    edit("briefs/tiny/brief.yaml", "kind: bars", "kind: bar")
    assert "::error file=project/briefs/tiny/brief.yaml,line=" in command("check", "--format", "github").stdout
    monkeypatch.setenv("GITHUB_WORKSPACE", str(project.root))
    assert "::error file=briefs/tiny/brief.yaml,line=" in command("check", "--format", "github").stdout


def test_annotates_a_folder_that_is_no_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli.main, ["check", "--format", "github"])
    assert result.exit_code == 2
    assert result.stdout.startswith("::error file=.,title=briefpack::this isn't a project: ")
