"""The commands that the guides show work, and their YAML, templates, style sheets and Python load."""

import contextlib
import os
import re
import shlex
import shutil
import subprocess

import jinja2
import pytest
from click.testing import CliRunner

from briefpack import cli, plan, schema
from briefpack.brief.model import Ask, Brief, LeaveBehind, Section, Theme
from briefpack.electorates.model import SetFile
from briefpack.layout.model import DocumentSpec, Layout, TokensFile
from briefpack.problem import heard_from
from guides import example, reading
from projects import REPOSITORY, TESTS

PARTS = {
    "part of a theme": Theme,
    "part of a section": Section,
    "part of a leave-behind": LeaveBehind,
    "part of a document": DocumentSpec,
    "part of an ask": Ask,
}
MODELS = (Brief, SetFile, Layout, TokensFile)
SHELLS = [fence for fence in reading.every_fence("sh") if not fence.comment.startswith("not run: ")]
GUIDES = sorted({fence.guide for fence in SHELLS})


def test_every_block_that_is_left_out_has_a_reason():
    for fence in reading.every_fence("sh", "yaml", "python", "html", "css"):
        assert fence.comment in ("", *PARTS) or re.fullmatch(r"not run: \w.{8,}", fence.comment), fence.name


def test_every_block_has_a_language_that_is_tested():
    languages = {
        fence.language for fence in reading.every_fence("sh", "yaml", "python", "html", "css", "diff", "text", "")
    }
    assert languages == {"sh", "yaml", "python", "html", "css", "diff", "text"}


# YAML


def test_loads_the_yaml_of_the_guides():
    for fence in reading.every_fence("yaml"):
        shown = example.load(fence.text)
        models = (PARTS[fence.comment],) if fence.comment in PARTS else MODELS
        if "blocks" in shown:
            assert _faults(Section, {"blocks": shown.pop("blocks")}) == [], fence.name
        faults = [_faults(model, shown) for model in models if shown.keys() <= _keys(model)]
        assert faults, f"{fence.name}: no file has the keys {', '.join(shown)}"
        assert [] in faults, f"{fence.name}: {faults}"


def _keys(model):
    return {field.alias or name for name, field in model.model_fields.items()}


def _faults(model, shown):
    """Return what is wrong with a part of a file, except that the rest of the file is missing."""
    return [fault for fault in schema.read(model, shown)[1] if fault.loc or not fault.message.endswith("is missing")]


@pytest.fixture(scope="module")
def toured(tmp_path_factory):
    """Return the project whose brief has every block that the staff guide shows."""
    return example.write(tmp_path_factory.mktemp("tour") / "project", tour=True)


def test_accepts_the_brief_that_the_staff_guide_shows(toured):
    sections = plan.read_brief(toured, example.BRIEF).brief.sections
    blocks = [fence for fence in reading.fences(example.STAFF, "yaml") if "blocks:" in fence.text]
    assert blocks
    assert {example.slug(fence.heading) for fence in blocks} <= {section.id for section in sections}


@pytest.mark.part(name="guides")
@pytest.mark.usefixtures("in_process")
def test_builds_the_brief_that_the_staff_guide_shows(toured):
    words = ["build", example.BRIEF, "--kind", "pack"]
    result = CliRunner().invoke(cli.main, ["--project", str(toured.root), *words])
    assert result.exit_code == 0, result.output


# Commands


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return example.write(tmp_path_factory.mktemp("commands") / "project")


@pytest.mark.part(name="guides")
@pytest.mark.parametrize("guide", GUIDES)
def test_runs_the_commands_of_a_guide(guide, project, in_process, monkeypatch):  # noqa: ARG001 -- wanted for what it does
    assert project.briefs == (example.BRIEF, "other-brief")
    monkeypatch.chdir(project.root)
    for fence in (fence for fence in SHELLS if fence.guide == guide):
        for line in fence.text.splitlines():
            command = shlex.split(line, comments=True)
            if command:
                _run(command, project, fence.name)
    for name in {*project.briefs} - {example.BRIEF, "other-brief"}:
        shutil.rmtree(project.root / "briefs" / name)


def _run(command, project, place):
    name, *words = command
    if name == "make":
        makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
        assert re.search(rf"^{words[0]}:", makefile, re.MULTILINE), f"{place}: no target {words[0]}"
    elif name == "cd":
        os.chdir(words[0])
    elif command[:2] == ["briefpack", "preview"]:
        # It runs until it is stopped, so only its options are read.
        cli.main.commands["preview"].make_context("preview", words[1:])
    elif name == "briefpack":
        with _vacated(project, words):
            result = CliRunner().invoke(cli.main, words)
            assert result.exit_code == 0, f"{place}: {' '.join(command)}\n{result.output}"
    else:
        assert name in ("cp", "sed"), f"{place}: mark the block, or let the test run {name}"
        subprocess.run(command, check=True)  # noqa: S603 -- a command of our own guides


@contextlib.contextmanager
def _vacated(project, words):
    """Take away the brief that a command is to make; then put it back, since the later commands are for it."""
    if words[0] != "new":
        yield
        return
    brief, before = project.root / "briefs" / words[1], project.root / "briefs/_before"
    kept = brief.exists()
    if kept:
        brief.rename(before)
    yield
    assert (brief / "brief.yaml").is_file()
    if kept:
        shutil.rmtree(brief)
        before.rename(brief)


# Python, templates and style sheets


@pytest.mark.part(name="guides")
@pytest.mark.parametrize("fence", reading.every_fence("python"), ids=lambda fence: fence.name)
def test_draws_the_chart_kind_of_a_guide(fence, tmp_path, in_process):  # noqa: ARG001 -- wanted for what it does
    project = example.write(tmp_path / "project")
    (project.root / "charts/dot_plot.py").write_text(fence.text, encoding="utf-8")
    brief = project.root / "briefs" / example.BRIEF / "brief.yaml"
    text = brief.read_text(encoding="utf-8")
    assert "kind: bars" in text
    brief.write_text(text.replace("kind: bars", "kind: dot-plot"), encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["--project", str(project.root), "build", example.BRIEF])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("fence", reading.every_fence("html"), ids=lambda fence: fence.name)
def test_parses_the_template_of_a_guide(fence):
    jinja2.Environment(autoescape=True).parse(fence.text)


def problems_of(css):
    """Return what WeasyPrint says against a style sheet."""
    from weasyprint import CSS  # noqa: PLC0415 -- takes a second to import

    with heard_from("weasyprint") as heard:
        CSS(string=css)
    return heard


@pytest.mark.parametrize(
    "fence",
    [fence for fence in reading.every_fence("css") if "font-face" not in fence.text],
    ids=lambda fence: fence.name,
)
def test_parses_the_style_sheet_of_a_guide(fence):
    assert problems_of(fence.text) == []


def _declarations(first):
    """Return the CSS declarations in a table of the designers' guide, by the words of its first heading."""
    [part] = [each for each in reading.sections("layouts/README.md") if each.heading == "Which CSS works"]
    tables = [reading.rows(block) for block in re.split(r"\n\s*\n", part.text)]
    [rows] = [found for found in tables if found and found[0][0] == first]
    cells = [cell for row in rows[1:] for cell in row]
    return [span for cell in cells for span in reading.SPAN.findall(cell) if re.match(r"[a-z-]+: ", span)]


def test_css_that_works_is_known():
    assert problems_of("\n".join(f"p {{ {each} }}" for each in _declarations("works"))) == []


def test_css_that_does_not_work_is_unknown():
    for declaration in _declarations("doesn't work"):
        accepted = problems_of(f"p {{ {declaration} }}") == []
        assert accepted == (declaration == "transform: rotate(10deg)"), declaration


# Messages, and the notation of a mistake


@pytest.mark.part(name="guides")
@pytest.mark.parametrize("fence", reading.every_fence("text"), ids=lambda fence: fence.name)
def test_prints_the_message_that_a_guide_shows(fence, project, in_process):  # noqa: ARG001 -- as above
    brief = project.root / "briefs/my-brief/brief.yaml"
    kept = brief.read_text(encoding="utf-8")
    starter = example.STARTER.read_text(encoding="utf-8")
    assert "kind: bars" in starter
    brief.write_text(starter.replace("kind: bars", "kind: bar-chart", 1), encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["--project", str(project.root), "check", example.BRIEF])
    brief.write_text(kept, encoding="utf-8")
    assert result.stderr == fence.text


@pytest.mark.parametrize("fence", reading.every_fence("diff"), ids=lambda fence: fence.name)
def test_the_mistake_that_a_guide_shows_is_a_tested_case(fence):
    assert fence.text in {path.read_text(encoding="utf-8") for path in (TESTS / "problems").glob("*.diff")}
