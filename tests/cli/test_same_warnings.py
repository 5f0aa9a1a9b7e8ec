"""`check` and `build` give the same warnings, in the same words and order."""

import dataclasses
import datetime
import json

import pytest

from briefpack import build, output
from briefpack.output import Request
from isles import copy_isles

pytestmark = pytest.mark.part(name="live")


def problems(run, *words):
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["problems"]


@pytest.fixture
def spoilt(edit):
    """Put a typed number, an old figure and an uncited source into the sample."""
    edit("briefs/tiny/brief.yaml", "We are a small charity.", "We are 12 people and 13 children.")
    edit("briefs/tiny/brief.yaml", 'date: "2025"', 'date: "2019"')
    edit(
        "briefs/tiny/brief.yaml",
        "    date: May 2026\n",
        "    date: May 2026\n  left-over:\n    title: A\n    publisher: B\n",
    )


@pytest.mark.usefixtures("spoilt")
def test_a_build_gives_the_warnings_of_a_check(command):
    checked = problems(command, "check")
    assert [each["id"] for each in checked].count("number-not-from-ledger") == 2
    assert len(checked) == 4
    assert problems(command, "build", "--jobs", "1") == checked
    assert problems(command, "build", "--jobs", "1") == checked, "they stay when everything is up to date"


def test_an_old_list_of_members_is_noticed_the_day_it_gets_old(tmp_path, in_process):  # noqa: ARG001 -- wanted for what it does
    project = copy_isles(tmp_path / "project")
    request = Request(
        project, "tiny", "tiny", project.root / "out", electorates=("harbour",), national=False, kinds=("pack",)
    )
    last = build.prepare(request).brief.group.as_at + datetime.timedelta(days=90)
    request = dataclasses.replace(request, today=last)
    report = build.run(request)
    assert not report.failed
    assert not [each for each in report.noticed if "days old" in each.message]
    assert output.find(output.Inputs.read(request)).noticed == report.noticed
    later = dataclasses.replace(request, today=last + datetime.timedelta(days=1))
    assert output.find(output.Inputs.read(later)) is None
    assert "over 90 days old" in build.run(later).noticed[0].message
    much_later = dataclasses.replace(request, today=last + datetime.timedelta(days=99))
    assert "over 90 days old" in output.find(output.Inputs.read(much_later)).noticed[0].message
