"""What a build and a document are made from: each hash changes with all that may show, and with nothing else."""

import shutil
from pathlib import Path

import pytest

from briefpack import build, charts, inputs, load, pages, plan, standing
from briefpack.problem import Problems
from briefpack.project import Project
from briefpack.store import Store

ROOT = Path(__file__).parents[1]
BRIEF = "ijm-federal-2025"
SET = "briefs/electorates/au-federal-2025"


@pytest.fixture
def country(tmp_path):
    """A copy of the repository's project that a test may change."""
    root = tmp_path / "project"
    for folder in ("briefs", "layouts", "charts", "fonts"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return Project(root)


def planned(project):
    brief, layout = load.both(project, BRIEF, charts.kinds(project.root / "charts"), "ijm", "screen")
    return plan.make(brief, layout, plan.Wanted(True, brief.group.electorates))


def documents(project):
    made = planned(project)
    common = charts.made_from(made.layout.look, project.root, charts.ground(made.brief.group))
    drawn = {drawing: charts.key(drawing, common, project.root) for drawing in made.drawings}
    return inputs.documents(made, project, drawn)


def changed(before, after):
    return {path for path in before if before[path] != after[path]}


def replace(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_members_name_changes_that_electorates_documents_alone(country):
    before = documents(country)
    replace(country.root / SET / "electorates.csv", "David Smith", "Davina Smith")
    assert changed(before, documents(country)) == {path for path in before if path.startswith("bean/")}


@pytest.mark.parametrize(
    "file", [f"briefs/{BRIEF}/brief.yaml", "layouts/shared/foot.html", "layouts/tokens.yaml", "fonts/fonts.css"]
)
def test_what_every_document_may_show_changes_them_all(country, file):
    before = documents(country)
    path = country.root / file
    note = {"yaml": "\n# a note\n", "html": "<!-- a note -->", "css": "\n/* a note */\n"}[file.rpartition(".")[2]]
    path.write_text(path.read_text(encoding="utf-8") + note, encoding="utf-8")
    assert changed(before, documents(country)) == set(before)


def test_a_page_may_not_ask_for_other_electorates(country):
    replace(country.root / "layouts/shared/foot.html", "{{", "{{ group.electorates[0].name }}{{")
    made = planned(country)
    writer = pages.composer(made, country.root, dict.fromkeys(made.drawings, "0"), Store(country.store))
    with pytest.raises(Problems, match='a page may not ask for "electorates"'):
        pages.run(writer, made.documents[0], 20)


def test_a_build_is_known_by_all_its_files_and_what_was_asked(country):
    first = inputs.build(country, BRIEF, "all")
    assert inputs.build(country, BRIEF, "one") != first
    (country.root / "charts/.bars.py.swp").write_text("an editor's", encoding="utf-8")
    assert inputs.build(country, BRIEF, "all") == first
    for file in (f"{SET}/census.csv", "charts/bars.py", f"briefs/{BRIEF}/brief.yaml"):
        path = country.root / file
        path.write_bytes(path.read_bytes() + b"\n")
        assert inputs.build(country, BRIEF, "all") != first, file
        first = inputs.build(country, BRIEF, "all")


def test_a_build_that_is_known_reports_the_same_again(project):
    request = standing.Request(project, "tiny", "tiny", project.root / "out")
    first = build.run(request)
    again = build.run(request)
    assert first.made
    assert (again.made, again.kept, again.problems) == ((), first.made, first.problems)
    (first.folder / first.made[0]).write_bytes(b"spoilt")
    assert build.run(request).made == (first.made[0],)
