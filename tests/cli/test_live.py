"""The briefs in this repository, as they are now, build without a problem; their authors may change what they say."""

import pytest
from click.testing import CliRunner

from briefpack import build, cli, output
from briefpack.project import Project
from projects import REPOSITORY, copy_frozen

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


@pytest.mark.parametrize("layout", ["ijm", "plain"])
def test_a_pack_has_room_for_another_contact_and_an_authorisation(layout, tmp_path):
    project = copy_frozen(tmp_path / "project")
    path = project.root / "briefs/ijm-federal-2025/brief.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("\nelectoral_matter: undecided\n", "\nelectoral_matter: yes\nauthorisation: {name: A. Author, address: 1 Example Street Sydney}\n"),
        ("\ncontacts:\n", "\ncontacts:\n  - {name: Kim Example, role: Office Manager, phone: 02 9999 0000}\n"),
    ):  # fmt: skip
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    report = build.run(output.Request(project, "ijm-federal-2025", layout, tmp_path / "out", jobs=2))
    assert (report.exit_code, report.failed) == (0, ()), "\n".join(map(str, report.problems))
