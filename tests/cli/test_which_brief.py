"""Every command works on a brief that is named, on an example too, and on the one in whose folder it runs."""

import shutil
import subprocess

import pytest
from click.testing import CliRunner

from briefpack import cli, pool
from projects import REPOSITORY, InProcess

EXAMPLE = "_examples/tiny"
OUT = f"out/{EXAMPLE}/tiny/screen"
PACK = "national/national-pack.pdf"


@pytest.fixture(scope="module")
def both(sample_build, tmp_path_factory):
    """The sample, with a second brief and an example of the first one's name, all built: the project's folder."""
    root = tmp_path_factory.mktemp("both") / "project"
    shutil.copytree(sample_build[0].root, root)
    shutil.copytree(root / "briefs/tiny", root / "briefs/other")
    shutil.copytree(root / "briefs/tiny", root / "briefs" / EXAMPLE)
    file = root / "briefs" / EXAMPLE / "brief.yaml"
    text = file.read_text(encoding="utf-8")
    assert "Safe crossings" in text
    file.write_text(text.replace("Safe crossings", "Safer crossings"), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "ProcessPoolExecutor", InProcess)
        result = CliRunner().invoke(cli.main, ["--project", str(root), "build", EXAMPLE, "--jobs", "1"])
    assert result.exit_code == 0, result.output
    return root


@pytest.fixture
def briefpack(both, monkeypatch, in_process):  # noqa: ARG001 -- wanted for what it does
    """Run a command in a folder of the project; it must succeed."""

    def run(*words, folder=""):
        monkeypatch.chdir(both / folder)
        result = CliRunner().invoke(cli.main, list(words))
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


@pytest.mark.parametrize(
    ("folder", "words", "out"),
    [
        ("", [EXAMPLE], OUT),
        (f"briefs/{EXAMPLE}", ["."], OUT),
        ("briefs/tiny", [], "out/tiny/tiny/screen"),
        ("briefs/other", ["tiny"], "out/tiny/tiny/screen"),
    ],
)
def test_a_build_keeps_the_documents_of_the_brief_that_is_meant(briefpack, both, folder, words, out):
    printed = briefpack("build", *words, "--jobs", "1", folder=folder)
    assert printed.startswith("Up to date: 3 documents in ")
    assert f"{both / out} (" in printed or f" {out} (" in printed


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.part(name="builds", beyond=1)
def test_checks_lists_and_prints_an_example(briefpack, both, named):
    folder = "" if named else f"briefs/{EXAMPLE}"
    name, option = ([EXAMPLE], ["--brief", EXAMPLE]) if named else ([], [])
    assert briefpack("check", *name, folder=folder).endswith("No problems, 0 warnings, 1 open query.\n")
    assert briefpack("list", "asks", *name, folder=folder).startswith("crossing-fund")
    assert briefpack("preflight", *option, "--jobs", "1", folder=folder) == "3 files checked: 0 errors, 0 warnings.\n"
    printed = briefpack("print-set", *name, "--edition", "screen", "--jobs", "1", folder=folder)
    assert f"{OUT}/national/national-print-set.pdf: 7 sheets" in printed
    (both / OUT / "national/national-print-set.pdf").unlink()


@pytest.mark.parametrize("out", [OUT, "out/tiny/tiny/screen"])
def test_preflight_compares_a_named_file_with_the_plan_of_its_own_brief(briefpack, out):
    """The two briefs have different titles, so the plan of the other one would give an error."""
    assert briefpack("preflight", f"{out}/{PACK}", "--jobs", "1") == "1 file checked: 0 errors, 0 warnings.\n"


@pytest.mark.parametrize("link", ["out/_examples", OUT])
def test_refuses_a_link_in_the_path_of_an_examples_documents(both, tmp_path, in_process, link):  # noqa: ARG001 -- as above
    shutil.copytree(both, tmp_path / "project")
    (tmp_path / "project" / link).rename(tmp_path / "elsewhere")
    (tmp_path / "project" / link).symlink_to(tmp_path / "elsewhere")
    result = CliRunner().invoke(cli.main, ["--project", str(tmp_path / "project"), "build", EXAMPLE])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{link}: the folder of the finished files is a link\n")


@pytest.mark.parametrize(("target", "options"), [("pack", "--kind pack --open"), ("packs", "--all")])
def test_make_builds_the_documents_of_every_brief_and_of_no_example(both, target, options):
    # Make can't take a space in this path, which the folder of the tests may have.
    program = both / "briefpack"
    program.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    words = ["make", "-s", "-f", REPOSITORY / "Makefile", "-o", ".venv/ready", "BIN=.", target]
    result = subprocess.run(words, cwd=both, capture_output=True, text=True, check=True)  # noqa: S603 -- our own target
    assert result.stdout == f"build other {options}\nbuild tiny {options}\n"
