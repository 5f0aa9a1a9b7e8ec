"""How problems and paths are printed."""

import json
import re
import shlex
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from briefpack import cli
from briefpack.cli import messages
from briefpack.geometry import Rectangle
from briefpack.problem import Owner, Problem
from projects import REPOSITORY


def test_prints_two_of_many_similar_problems_in_one_place_and_counts_the_rest(capsys):
    def problem(name: str, path: str = "layouts/a.html", **more: Any) -> Problem:
        return Problem(path, None, f"{name} runs over", "cut it", **more)

    messages.print_problems([*(problem(f"seat {n}") for n in range(9)), problem("nation", "layouts/b.html")])
    assert capsys.readouterr().err.splitlines() == [
        "layouts/a.html: seat 0 runs over", "  try: cut it", "layouts/a.html: seat 1 runs over", "  try: cut it",
        "  and 7 more like these, in the same place", "layouts/b.html: nation runs over", "  try: cut it",
    ]  # fmt: skip
    messages.print_problems(problem(f"seat {n}") for n in range(6))
    assert capsys.readouterr().err.count("runs over") == 6


def test_prints_two_of_many_similar_problems_and_the_line_numbers_of_the_rest(capsys):
    lines = [3, 4, 5, 7, 9, 10, 11, 12]
    loose = [Problem("b.yaml", n, f'themes[{n}]: the number "{n}" is typed', "use the ledger") for n in lines]
    other = Problem("b.yaml", 6, "asks[0]: no source", "use the ledger")
    messages.print_problems([*loose[:3], other, *loose[3:]])
    assert capsys.readouterr().err.splitlines() == [
        'b.yaml:3: themes[3]: the number "3" is typed', "  try: use the ledger",
        'b.yaml:4: themes[4]: the number "4" is typed', "  try: use the ledger",
        "  and 6 more like these, on lines 5, 7, 9–12", "b.yaml:6: asks[0]: no source", "  try: use the ledger",
    ]  # fmt: skip
    messages.print_problems([*loose[:6], other])
    assert capsys.readouterr().err.count("  try: ") == 7


def test_names_each_electorate_of_many_documents():
    paths = [f"{slug}/{slug}-{kind}.pdf" for slug in ("bean", "clark", "ryan") for kind in ("pack", "one", "two")]
    assert messages.named(paths) == "bean (3), clark (3), ryan (3)"
    assert messages.named(paths[:3]) == "bean/bean-pack.pdf, bean/bean-one.pdf, bean/bean-two.pdf"


def printed(capsys, *problems: Problem) -> list[str]:
    """Return the problems as printed, without their fixes."""
    messages.print_problems(problems)
    lines = capsys.readouterr().err.splitlines()
    return [line.partition("; try: ")[0] for line in lines if not line.startswith("  try: ")]


def loose(loc: str, line: int, number: int, **more: Any) -> Problem:
    message = f'{loc}: the number "{number}" is typed'
    return Problem(
        "b.yaml", line, message, "use the ledger", warning=True, check="number-not-from-ledger", field=loc, **more
    )


def test_prints_a_warning_of_a_kind_once_for_each_place_with_a_count(capsys):
    table = [loose(f"themes[0].blocks[2].table.rows[{n}][1]", 30 + n, n) for n in range(40)]
    chart = [loose(f"charts.speeds.rows[{n}].label", 80 + n, n) for n in range(3)]
    text = [loose("asks[0].why", 9, 5), loose("asks[0].why", 9, 6), loose("asks[1].why", 12, 5)]
    assert printed(capsys, *text, *table, *chart) == [
        'b.yaml:9: warning: asks[0].why: the number "5" is typed (and 1 more like it in this text)',
        'b.yaml:12: warning: asks[1].why: the number "5" is typed',
        (
            'b.yaml:30: warning: themes[0].blocks[2].table.rows[0][1]: the number "0" is typed'
            " (and 39 more like it in this table, on lines 31–69)"
        ),
        (
            'b.yaml:80: warning: charts.speeds.rows[0].label: the number "0" is typed'
            " (and 2 more like it in this chart, on lines 81–82)"
        ),
    ]


def test_keeps_warnings_with_another_fix_apart_in_a_text_but_not_in_a_table(capsys):
    text = [loose("asks[0].why", 9, 5), replace(loose("asks[0].why", 9, 6), hint="write {six}")]
    assert len(printed(capsys, *text)) == 2
    cells = [loose("a[0].table.rows[0][1]", 9, 5), replace(loose("a[0].table.rows[1][1]", 9, 6), hint="write {six}")]
    assert len(printed(capsys, *cells)) == 1


def test_keeps_warnings_of_another_kind_or_file_and_errors_apart(capsys):
    one = loose("asks[0].why", 9, 5)
    others = [
        replace(one, path="c.yaml"),
        replace(one, check="old"),
        replace(one, warning=False),
        replace(one, check="", message="asks[0].why: it is vague"),
    ]
    assert len(printed(capsys, one, *others)) == 5
    assert len(printed(capsys, *(Problem("b.yaml", 9, f"asks[0].why: no {n}", "cut") for n in range(5)))) == 5


def test_counts_the_rows_of_a_file_that_share_a_warning(capsys):
    rows = [
        Problem("a.csv", line, f'"x{line}" is no date', "write it as 2026-07-01", warning=True) for line in (4, 5, 6, 9)
    ]
    assert printed(capsys, *rows) == [
        'a.csv:4: warning: "x4" is no date (and 3 more like it in this table, on lines 5–6, 9)'
    ]


def in_document(slug: str, page: int, message: str = "69 ppi") -> Problem:
    path = f"out/b/{slug}/{slug}-pack.pdf"
    return Problem(path, None, message, "crop it", warning=True, check="sharp", page=page, finished=True)


def test_prints_a_warning_of_many_documents_once(capsys):
    slugs = ("bean", "clark", "ryan")
    assert printed(capsys, *(in_document(slug, page) for slug in slugs for page in (3, 5))) == [
        "out/b/bean/bean-pack.pdf: warning: sharp: page 3: 69 ppi (and in 2 other documents)",
        "out/b/bean/bean-pack.pdf: warning: sharp: page 5: 69 ppi (and in 2 other documents)",
    ]
    assert printed(capsys, in_document("bean", 3), in_document("bean", 3, "70 ppi")) == [
        "out/b/bean/bean-pack.pdf: warning: sharp: page 3: 69 ppi (and 1 more like it on this page)"
    ]


def test_prints_an_error_of_a_running_slot_once_for_all_pages_and_documents(capsys):
    def running(document: str, page: int, line: int = 3) -> Problem:
        place = {"check": "words-lost", "page": page, "document": document, "finished": True}
        return Problem("layouts/shared/folio.html", line, f'folio: "{page} of 9" is cut off', "make room", **place)

    pages = (running("bean-pack", page) for page in (2, 3, 4))
    cut_off = 'words-lost: page 2: bean-pack: folio: "2 of 9" is cut off'
    assert printed(capsys, *pages, running("ryan-pack", 2), running("bean-pack", 2, line=4)) == [
        f"layouts/shared/folio.html:3: {cut_off} (also on pages 3–4 of bean-pack and on page 2 of ryan-pack)",
        f"layouts/shared/folio.html:4: {cut_off}",
    ]


def test_gives_a_problem_its_file_line_column_and_title():
    problem = Problem("a/brief.yaml", 7, "title: it is empty", "write one", column=3, check="empty")
    assert messages.annotation(problem) == (
        "::error file=a/brief.yaml,line=7,col=3,title=briefpack empty::title: it is empty%0Atry: write one"
    )


def test_leaves_out_a_place_that_is_unknown_and_a_column_without_a_line():
    problem = Problem("a.csv", None, "it is empty", "delete it", warning=True, column=3)
    assert messages.annotation(problem) == "::warning file=a.csv,title=briefpack::it is empty%0Atry: delete it"


def test_escapes_as_the_runner_expects():
    problem = Problem("a,b:c%.yaml", 1, "50 %, as: it was\r\n::error::x", "cut 5 %")
    printed = messages.annotation(problem)
    assert printed.startswith("::error file=a%2Cb%3Ac%25.yaml,line=1,title=briefpack::")
    assert printed.endswith("::50 %25, as: it was\\r\\n::error::x%0Atry: cut 5 %25")
    assert "\n" not in printed


def test_puts_the_page_of_a_document_in_the_message():
    problem = Problem("out/a.pdf", None, "too low", "darken it", check="contrast", page=4, finished=True)
    assert messages.annotation(problem).endswith("title=briefpack contrast::page 4: too low%0Atry: darken it")


@pytest.mark.part(name="builds")
def test_check_annotates_warnings_and_counts_them(command, edit):
    edit("briefs/tiny/brief.yaml", "Their drivers *can* slow down.", "There were 7,331 of them.")
    result = command("check", "--format", "github")
    assert (result.exit_code, result.stderr) == (0, "")
    warning, _, last = result.stdout.splitlines()
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


def test_a_problem_without_a_check_or_a_place_has_null():
    found = messages.record(Problem("a.yaml", 3, "title: it is empty", "write one", column=8))
    assert (found["id"], found["page"], found["box"], found["boxes"]) == (None, None, None, [])
    assert found["continued"] == []
    assert (found["severity"], found["line"], found["column"]) == ("error", 3, 8)


def test_prints_text_that_no_encoding_has(capsys):
    messages.print_records([Problem("a.yaml", 1, "“\ud800” é", "delete it")], made=[])
    printed = capsys.readouterr().out
    assert "é" in printed
    assert json.loads(printed)["problems"][0]["message"] == "“\ud800” é"
    assert json.loads(printed)["made"] == []


def printed_object(result):
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
    assert printed_object(result)["problems"][0]["fix"] in plain.stderr


def test_a_build_prints_what_it_made_as_data(command, project):
    words = ("build", "--json", "--jobs", "1", "--edition", "screen", "--edition", "home")
    screen, home = printed_object(command(*words))["builds"]
    assert (screen["edition"], home["edition"]) == ("screen", "home")
    assert (project.root / "out/tiny/tiny/screen/national/national-pack.pdf").is_file()
    assert "national/national-pack.pdf" in screen["made"]
    assert printed_object(command(*words))["builds"][0] == {**screen, "made": [], "kept": screen["made"]}


@pytest.mark.part(name="builds")
def test_a_build_prints_what_failed_as_data(command, edit):
    edit("layouts/tiny/cover.html", "<h1>", '<h1 style="colr: red">')
    result = command("build", "--json", "--jobs", "1")
    assert result.exit_code == 5
    found = printed_object(result)
    [problem] = found["problems"]
    assert (problem["path"], problem["severity"], problem["owner"]) == ("layouts/tiny/cover.html", "error", "layout")
    assert problem["line"] > 0
    assert found["builds"][0]["failed"] == ["national/national-pack.pdf"]


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


def test_a_new_brief_is_named_as_data(command, project):
    shutil.copytree(project.root / "briefs/tiny", project.root / "briefs/_starter")
    assert printed_object(command("new", "next", "--json")) == {"problems": [], "path": "briefs/next/brief.yaml"}
    again = command("new", "next", "--json")
    assert (again.exit_code, printed_object(again)["problems"][0]["path"]) == (2, "briefs/next")


def test_a_full_disk_is_a_problem_as_data(command, project, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(project.root / ".store/ab"))

    monkeypatch.setattr("briefpack.build.check", full)
    result = command("check", "--json")
    assert (result.exit_code, printed_object(result)["problems"][0]["path"]) == (5, ".store/ab")


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
