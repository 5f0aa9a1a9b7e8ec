"""A document with a map credits its boundaries; one whose pages show no map needn't."""

from pathlib import Path

import pytest

from briefpack import build
from briefpack.output import Request
from fuzz.run import project as with_maps

MAP = '{% set placed = map("panel") %}'
NO_MAP = '{% set placed = map("panel") if electorate.slug != "ostby" else none %}'
CREDIT = '{{ group.notices["map"].short }}'


def unmet(folder: Path, edits: dict[str, str]) -> list[str]:
    """Return the files without a credit that they need, made from a panel with some of its text replaced."""
    project = with_maps(folder / "project")
    panel = project.root / "layouts/tiny/panel.html"
    text = panel.read_text("utf-8")
    for old, new in edits.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    panel.write_text(text, "utf-8")
    request = Request(project, "tiny", "tiny", folder / "out", kinds=("leave-behind",), electorates=("ostby",))
    report = build.run(request)
    assert all(problem.text.startswith("map-credit") for problem in report.problems if not problem.warning)
    return [problem.path.rpartition("/")[2] for problem in report.problems if not problem.warning]


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("in_process")
def test_requires_a_credit_only_of_a_document_that_shows_its_map(tmp_path):
    leave_behinds = ["ostby-leave-behind-crossing-fund.pdf", "ostby-leave-behind-slow-streets.pdf"]
    assert unmet(tmp_path / "both", {}) == []
    assert unmet(tmp_path / "no credit", {CREDIT: ""}) == leave_behinds
    assert unmet(tmp_path / "neither", {CREDIT: "", MAP: NO_MAP}) == []
