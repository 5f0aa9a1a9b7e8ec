"""`briefpack new` and `briefpack schema`."""

import datetime
import errno
import json
import shutil

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from briefpack import cli
from projects import REPOSITORY


@pytest.fixture
def whole(tmp_path):
    """The project's own layouts, charts, fonts and starter brief, and no other brief."""
    for folder in ("layouts", "charts", "fonts", "briefs/_starter"):
        shutil.copytree(REPOSITORY / folder, tmp_path / "whole" / folder)
    return tmp_path / "whole"


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("in_process")
def test_new_makes_a_brief_that_builds(whole):
    def briefpack(*words):
        return CliRunner().invoke(cli.main, ["--project", str(whole), *words])

    result = briefpack("new", "warm-homes")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Made briefs/warm-homes/brief.yaml. Edit it, then run: briefpack build warm-homes --open\n"
    assert briefpack("check", "warm-homes").exit_code == 0
    result = briefpack("build", "--jobs", "1")
    assert (result.exit_code, result.stderr.count("problem")) == (0, 0), result.stderr
    assert len(list((whole / "out").rglob("*.pdf"))) == 3


@pytest.mark.parametrize("name", ["Warm Homes", "../warm", "/warm", "warm_homes", "", ".", "_starter"])
def test_new_refuses_a_name_that_is_not_an_id(command, project, name):
    before = sorted(project.root.rglob("*"))
    assert command("new", name).exit_code == 2
    assert sorted(project.root.rglob("*")) == before


def test_new_reports_a_missing_example(command, project):
    result = command("new", "warm-homes")
    assert result.exit_code == 3
    assert result.stderr.startswith("briefs/_starter/brief.yaml: the example brief is missing\n  try: copy")
    assert not (project.root / "briefs/warm-homes").exists()


def test_new_overwrites_nothing(whole):
    (whole / "briefs/mine").mkdir()
    result = CliRunner().invoke(cli.main, ["--project", str(whole), "new", "mine"])
    assert result.exit_code == 2
    assert "briefs/mine: there is already a brief with this name\n  try: choose another name" in result.stderr
    assert list((whole / "briefs/mine").iterdir()) == []


# New from an example


HOUSING = """\
# yaml-language-server: $schema=../../brief.schema.json
# Build it with: briefpack build _examples/housing
title: A home within reach
date: 2026-07-01
organisation:
  name: Housing Example
figures:
  homes: {value: 12, unit: homes, means: homes, source: own}
"""


@pytest.fixture
def stocked(project, monkeypatch):
    """The sample with an example that has images and data; the working folder is its root."""
    housing = project.root / "briefs/_examples/housing"
    for folder in ("images", "data/more"):
        (housing / folder).mkdir(parents=True)
    (housing / "brief.yaml").write_text(HOUSING, encoding="utf-8")
    (housing / "images/street.jpg").write_bytes(bytes(range(256)) * 40)
    (housing / "images/link.jpg").symlink_to("street.jpg")
    (housing / "data/more/homes.csv").write_text("a,b\n", encoding="utf-8")
    monkeypatch.chdir(project.root)
    return project.root / "briefs"


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("source", ["housing", "briefs/_examples/housing/"])
def test_new_copies_an_example_with_its_images_and_data(command, stocked, source):
    before = contents(stocked)
    result = command("new", "our-homes", "--from", source)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "Made briefs/our-homes/brief.yaml from briefs/_examples/housing. "
        "Edit it, then run: briefpack build our-homes --open\n"
    )
    copied, original = contents(stocked / "our-homes"), contents(stocked / "_examples/housing")
    assert copied.keys() == original.keys()
    assert {name for name in copied if copied[name] != original[name]} == {"brief.yaml"}
    assert (stocked / "our-homes/images/link.jpg").readlink().as_posix() == "street.jpg"
    after = contents(stocked)
    assert {name: after[name] for name in before} == before
    assert [path.name for path in stocked.glob(".*")] == []


def test_new_gives_the_copy_its_own_name_schema_and_date(command, stocked):
    days = [datetime.datetime.now().astimezone().date()]
    command("new", "our-homes", "--from", "housing")
    days.append(datetime.datetime.now().astimezone().date())
    changed = HOUSING.replace("../../brief", "../brief").replace("_examples/housing", "our-homes")
    # Midnight may have come meanwhile.
    assert (stocked / "our-homes/brief.yaml").read_text(encoding="utf-8") in {
        changed.replace("2026-07-01", str(day)) for day in days
    }


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("hosing", "housing or tiny"),
        ("", "housing or tiny"),
        ("../..", "housing or tiny"),
    ],
)
def test_new_suggests_the_nearest_example(command, stocked, source, hint):
    before = contents(stocked)
    result = command("new", "our-homes", "--from", source)
    assert result.exit_code == 2
    assert f'--from: there is no example or brief called "{source}"\n  try: {hint}\n' in result.stderr
    assert contents(stocked) == before
    assert not (stocked / "our-homes").exists()


def test_new_refuses_an_example_with_a_link_that_leads_out_of_it(command, stocked, tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (stocked / "_examples/housing/images/photo.jpg").symlink_to(tmp_path / "secret.txt")
    result = command("new", "our-homes", "--from", "housing")
    assert result.exit_code == 3
    assert (
        "briefs/_examples/housing/images/photo.jpg: the link leads outside briefs/_examples/housing/" in result.stderr
    )
    assert not (stocked / "our-homes").exists()


def test_new_leaves_nothing_behind_if_a_file_cannot_be_copied(command, stocked, monkeypatch):
    def full(_path, target, **_options):
        if target.suffix == ".jpg":
            raise OSError(errno.ENOSPC, "No space left on device", target)

    monkeypatch.setattr(shutil, "copyfile", full)
    before = sorted(stocked.rglob("*"))
    result = command("new", "our-homes", "--from", "housing")
    assert result.exit_code == 5
    assert ": no space left on device\n  try: free some space" in result.stderr
    assert sorted(stocked.rglob("*")) == before


def test_help_of_new_lists_the_examples_with_their_titles(command, stocked):
    (stocked / "_examples/broken").mkdir()
    (stocked / "_examples/broken/brief.yaml").write_text("title: [", encoding="utf-8")
    printed = command("new", "--help").stdout
    assert printed.endswith("Examples to start from:\n  broken\n  housing  A home within reach\n")


def test_every_brief_of_the_repository_names_the_schema_from_its_folder():
    files = [path for pattern in ("*/brief.yaml", "_*/*/brief.yaml") for path in (REPOSITORY / "briefs").glob(pattern)]
    assert files
    for path in files:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        schema = path.parent / first.partition("=")[2]
        assert schema.resolve() == REPOSITORY / "briefs/brief.schema.json", path


def test_the_schema_accepts_the_sample_and_refuses_an_unknown_key(command, project):
    result = command("schema")
    assert (result.exit_code, result.stdout) == (0, "Made briefs/brief.schema.json.\n")
    written = (project.root / "briefs/brief.schema.json").read_text(encoding="utf-8")
    assert (REPOSITORY / "briefs/brief.schema.json").read_text(encoding="utf-8") == written, "run briefpack schema"
    schema = json.loads(written)
    jsonschema.Draft202012Validator.check_schema(schema)
    text = (project.root / "briefs/tiny/brief.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- scalars as text, as the engine reads them
    validator = jsonschema.Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(data)] == []
    assert not validator.is_valid({**data, "titel": "x"})
