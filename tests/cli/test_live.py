"""The briefs in this repository, as they are now, build without a problem; their authors may change what they say."""

import pytest
from click.testing import CliRunner

from briefpack import build, cli, output
from briefpack.project import Project
from projects import REPOSITORY

pytestmark = pytest.mark.part(name="live")

BRIEFS = Project(REPOSITORY).briefs


@pytest.fixture(params=BRIEFS)
def brief(request):
    return request.param


def test_check_finds_no_problem(brief):
    result = CliRunner().invoke(cli.main, ["--project", str(REPOSITORY), "check", brief])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("layout", Project(REPOSITORY).layouts)
def test_all_documents_of_the_nation_are_made_and_pass_their_checks(brief, layout, tmp_path):
    """The checks look for every word of a page in its finished file."""
    report = build.run(output.Request(Project(REPOSITORY), brief, layout, tmp_path, jobs=2))
    assert (report.exit_code, report.failed) == (0, ()), "\n".join(map(str, report.problems))
    assert report.made
