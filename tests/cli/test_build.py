"""`briefpack build`: what it prints, what it makes, and its exit codes."""

import errno
import json
import os
import re
import shutil
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from briefpack import cli
from briefpack.cli import build


def run(*words):
    """The real command, in a process of its own."""
    line = [sys.executable, "-m", "briefpack", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.fixture
def built(sample_build, tmp_path):
    """A copy of the sample and its documents: the folder."""
    shutil.copytree(sample_build[0].root, tmp_path / "built")
    return tmp_path / "built"


@pytest.mark.part(name="builds")
@pytest.mark.parametrize("named", [("--edition", "home", "--edition", "screen"), ("--edition", "home, screen")])
def test_puts_each_edition_in_its_own_folder(command, project, named):
    result = command("build", *named, "--jobs", "1")
    assert result.exit_code == 0
    folders = [line.partition(" in ")[2].rpartition(" (")[0] for line in result.stdout.splitlines()]
    assert folders == [f"{project.root}/out/tiny/tiny/home", f"{project.root}/out/tiny/tiny/screen"]
    for edition in ("home", "screen"):
        assert len(list((project.root / "out/tiny/tiny" / edition / "national").glob("*.pdf"))) == 3


@pytest.mark.parametrize("standing", [False, True])
@pytest.mark.part(name="builds", beyond=1)
def test_makes_no_edition_while_another_needs_a_fix(command, edit, project, standing):
    edit("briefs/tiny/brief.yaml", "electoral_matter: no", "electoral_matter: undecided")
    if standing:
        command("build", "--quiet", "--jobs", "1")
    result = command("build", "--edition", "screen", "--edition", "press", "--jobs", "1")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "the press edition can't be made until you decide" in result.stderr
    assert result.stderr.endswith("1 problem. Nothing was made.\n")
    assert (project.root / "out").exists() == standing


@pytest.mark.part(name="builds")
def test_warns_of_printed_files_each_time_while_it_is_undecided_whether_they_are_electoral_matter(
    command, edit, project
):
    edit("briefs/tiny/brief.yaml", "electoral_matter: no", "electoral_matter: undecided")
    on_screen = command("build", "--jobs", "1").stderr
    assert "for printing" not in on_screen
    assert on_screen.count("it is undecided whether this brief is electoral matter") == 1
    for _ in range(2):
        result = command("build", "--edition", "home", "--jobs", "1")
        assert result.exit_code == 0
        warning = "briefs/tiny/brief.yaml:12: warning: electoral_matter: these files are for printing"
        assert result.stderr.count(warning) == 1
        # The brief's own warning says the same.
        assert result.stderr.count("undecided") == 1
    assert command("check", "--edition", "home", "--jobs", "1").stderr.count("undecided") == 1
    assert matters(project, "home") == {"undecided"}
    edit("briefs/tiny/brief.yaml", "electoral_matter: undecided", "electoral_matter: no")
    assert command("build", "--edition", "home", "--jobs", "1").stderr == ""
    assert matters(project, "home") == {"no"}
    assert matters(project, "screen") == {"undecided"}


def matters(project, edition) -> set[str]:
    listed = (project.root / "out/tiny/tiny" / edition / "manifest.json").read_text(encoding="utf-8")
    return {document["electoral_matter"] for document in json.loads(listed)["documents"]}


QUERY = "    press: allow\n    reason: Everything here is invented.\n"


@pytest.mark.part(name="builds")
@pytest.mark.parametrize("made_before", [False, True])
def test_press_refuses_only_the_documents_that_print_a_figure_with_an_open_query(command, edit, project, made_before):
    edit("briefs/tiny/brief.yaml", ", query: how-many}", ", source: own}")
    edit("briefs/tiny/brief.yaml", "unit: AU$, means: cost of one crossing", "unit: AU$, query: how-many, means: cost")
    if made_before:
        assert command("build", "--edition", "press", "--quiet", "--jobs", "1").exit_code == 0
    edit("briefs/tiny/brief.yaml", QUERY, "")
    result = command("build", "--edition", "press", "--quiet", "--jobs", "1")
    assert result.exit_code == 5
    assert "queries.how-many: the press edition can't print \"" in result.stderr
    assert '"crossing-cost"' in result.stderr
    assert '"fund-total"' in result.stderr
    assert "national-leave-behind-slow-streets.pdf" not in result.stderr
    folder = project.root / "out/tiny/tiny/press/national"
    assert [path.name for path in folder.glob("*.pdf")] == ["national-leave-behind-slow-streets.pdf"]
    assert command("build", "--edition", "home", "--quiet", "--jobs", "1").exit_code == 0
    edit("briefs/tiny/brief.yaml", "    question: Is this for one year or for all?\n", f"    question: Is it?\n{QUERY}")
    assert command("build", "--edition", "press", "--quiet", "--jobs", "1").exit_code == 0


def test_refuses_an_unknown_edition(command):
    assert command("build", "--edition", "fax").exit_code == 2


def test_a_second_build_makes_nothing(built):
    result = CliRunner().invoke(cli.main, ["--project", str(built), "build"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.fullmatch(r"Up to date: 3 documents in .+ \(\d+\.\d s\)\n", result.stdout)


@pytest.mark.usefixtures("warm")
def test_quiet_prints_no_warning(command, edit):
    edit("briefs/tiny/brief.yaml", "electoral_matter: no", "electoral_matter: undecided")
    assert "warning: electoral_matter" in command("build", "--jobs", "1").stderr
    result = command("build", "--quiet", "--jobs", "1")
    assert (result.exit_code, result.output) == (0, "")


def test_puts_the_documents_in_the_folder_named_by_out(command, project, tmp_path):
    result = command("build", "--jobs", "1", "--quiet", "--ask", "slow-streets", "--out", str(tmp_path / "elsewhere"))
    assert result.exit_code == 0
    assert [path.name for path in (tmp_path / "elsewhere").rglob("*.pdf")] == ["national-leave-behind-slow-streets.pdf"]
    assert not (project.root / "out").exists()


def test_makes_only_the_kind_of_document_that_is_named_and_keeps_the_others(command, project):
    assert command("build", "--quiet", "--jobs", "1").exit_code == 0
    folder = project.root / "out/tiny/tiny/screen/national"
    (folder / "national-pack.pdf").unlink()
    result = command("build", "--jobs", "1", "--kind", "pack")
    assert (result.exit_code, result.stdout.partition(" in ")[0]) == (0, "Made 1 document")
    assert len(list(folder.glob("*.pdf"))) == 3


def test_refuses_an_unknown_kind_of_document(command):
    result = command("build", "--kind", "packs")
    assert result.exit_code == 2
    assert '--kind: the layout has no document called "packs"\n  try: pack' in result.stderr


@pytest.mark.parametrize(
    "writes", [5, *(pytest.param(number, marks=pytest.mark.part(name="interrupts")) for number in (0, 9))]
)
def test_reports_a_full_disk_and_leaves_no_half_made_file(writes, command, project, monkeypatch):
    left = iter(range(writes))

    replace = os.replace

    def refuse(path: str, place: str) -> None:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace(path, place)

    with monkeypatch.context() as full:
        full.setattr(os, "replace", refuse)
        result = command("build", "--jobs", "1", "--quiet")
    hint = "free some space, check the permissions, or choose another folder; finished documents are kept"
    assert (result.exit_code, result.stderr) == (5, f"the disk: no space left on device\n  try: {hint}\n")
    files = [path for folder in ("out", ".store") for path in (project.root / folder).rglob("*") if path.is_file()]
    assert not [path for path in files if path.name.startswith(".") or path.suffix in (".pdf", ".json")]
    assert command("build", "--jobs", "1", "--quiet").exit_code == 0


@pytest.mark.part(name="builds", beyond=1)
@pytest.mark.parametrize(
    ("path", "old", "new", "code", "ends"),
    [
        ("briefs/tiny/brief.yaml", "kind: bars", "kind: bar", 3, "1 problem. Nothing was made."),
        ("layouts/tiny/layout.yaml", "title: Tiny", "titel: Tiny", 4, "1 problem. Nothing was made."),
        (
            "layouts/tiny/cover.html",
            "brief.title",
            "brief.titel",
            5,
            "Finished earlier, and now in {out}/proofs/earlier: national/national-pack.pdf",
        ),
    ],
)
def test_exit_codes_of_the_real_command(built, path, old, new, code, ends):
    file = built / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    result = run("--project", built, "build", "--jobs", "1")
    assert result.returncode == code
    assert result.stderr.splitlines()[-1] == ends.format(out=(built / "out/tiny/tiny/screen").as_posix())
    assert "Traceback" not in result.stderr


NO_OUTLINE = ("layouts/tiny/base.css", "a { color", "h1, h2, h3 { bookmark-level: none; }\na { color")


def test_exits_with_5_and_names_the_check_that_failed(command, edit, project):
    edit(*NO_OUTLINE)
    result = command("build", "--jobs", "1")
    assert result.exit_code == 5
    assert result.stderr.replace(f"{project.root}/", "").splitlines()[-4:] == [
        "out/tiny/tiny/screen/national/national-pack.pdf: outline: the document has 7 pages and no bookmarks",
        "  try: use h1 and h2 for the headings of its pages, and no bookmark-level: none for them",
        "1 problem. Not made: national/national-pack.pdf.",
        "Proofs in out/tiny/tiny/screen/proofs: national/national-pack.pdf",
    ]
    assert not (project.root / "out/tiny/tiny/screen/national/national-pack.pdf").exists()


@pytest.fixture
def opened(monkeypatch):
    """The paths that were opened."""
    paths = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(click, "launch", lambda path: paths.append(path) or 0)
    return paths


def test_opens_a_single_document_even_if_it_is_up_to_date(command, project, opened):
    words = ("build", "--open", "--quiet", "--jobs", "1", "--ask", "slow-streets")
    assert [command(*words).exit_code for _ in range(2)] == [0, 0]
    pdf = project.root / "out/tiny/tiny/screen/national/national-leave-behind-slow-streets.pdf"
    assert opened == [str(pdf)] * 2


def test_prints_the_path_if_there_is_no_screen(tmp_path, monkeypatch, capsys, opened):
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    build._show([tmp_path / "bean/a.pdf", tmp_path / "ryan/a.pdf"])
    assert (opened, capsys.readouterr().out) == ([], f"No viewer found. Open it yourself: {tmp_path}\n")
