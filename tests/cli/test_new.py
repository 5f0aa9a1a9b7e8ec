"""`briefpack new` and `briefpack schema`."""

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


def test_the_schema_accepts_the_sample_and_refuses_an_unknown_key(command, project):
    result = command("schema")
    assert (result.exit_code, result.stdout) == (0, "Made briefs/brief.schema.json.\n")
    schema = json.loads((project.root / "briefs/brief.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    text = (project.root / "briefs/tiny/brief.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- scalars as text, as the engine reads them
    validator = jsonschema.Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(data)] == []
    assert not validator.is_valid({**data, "titel": "x"})
