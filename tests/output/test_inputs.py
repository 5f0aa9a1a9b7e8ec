"""What a build and a document are made from: each hash changes with all that may show, and with nothing else."""

import dataclasses
import shutil
from pathlib import Path

import pytest

from briefpack import charts, output, pages, plan, store
from briefpack.output import inputs
from briefpack.problem import Problems
from briefpack.project import Project
from briefpack.store import Store
from projects import REPOSITORY, copy_frozen

BRIEF = "ijm-federal-2025"
SET = "briefs/electorates/au-federal-2025"


@pytest.fixture
def country(tmp_path):
    """A whole project that a test may change."""
    return copy_frozen(tmp_path / "project")


def request(project, **wanted):
    return output.Request(project, BRIEF, "ijm", project.root / "out", **wanted)


def planned(project):
    brief, layout = plan.read(project, BRIEF, "ijm", "screen")
    return plan.make(brief, layout, plan.Wanted(True, brief.group.electorates))


def documents(project):
    made = planned(project)
    common = charts.made_from(made.layout.look, made.brief.locale, project.root, charts.ground(made.brief.group))
    drawn = {drawing: charts.key(drawing, common, project.root) for drawing in made.drawings}
    read = output.Inputs.read(request(project))
    return inputs.can_show(made, read, drawn, inputs.contents(made, read))


def replace(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_change_to_any_module_remakes_everything(monkeypatch, tmp_path):
    shutil.copytree(
        Path(store.__file__).parent, tmp_path / "briefpack", ignore=shutil.ignore_patterns("__pycache__", "added")
    )
    monkeypatch.setattr(store, "__file__", str(tmp_path / "briefpack/store.py"))
    hashed = store.engine.__wrapped__
    seen = {hashed()}
    for module in sorted((tmp_path / "briefpack").glob("*.py")):
        module.write_text(module.read_text(encoding="utf-8") + "# a note\n", encoding="utf-8")
        seen.add(hashed())
    assert len(seen) == 1 + len(list((tmp_path / "briefpack").glob("*.py")))


@pytest.mark.part(name="sharing")
def test_refuses_a_page_that_reads_other_electorates(country):
    replace(
        country.root / "layouts/shared/foot.html",
        "{% block content %}",
        "{% block content %}{{ group.electorates[0].name }}",
    )
    made = planned(country)
    writer = pages.composer(made, country.root, dict.fromkeys(made.drawings, "0"), Store(country.store))
    with pytest.raises(Problems, match='a page can\'t read "electorates"'):
        pages.run(writer, made.documents[0], 20)


def test_reads_the_files_that_are_there_while_an_editor_replaces_one(country, monkeypatch):
    first = output.Inputs.read(request(country))
    lstat = Path.lstat

    def missing(path):
        if path.name == "brief.yaml":
            raise FileNotFoundError(path)
        return lstat(path)

    monkeypatch.setattr(Path, "lstat", missing)
    assert not first.unchanged
    assert output.Inputs.read(request(country)).key != first.key
    monkeypatch.undo()
    assert first.unchanged


def test_a_builds_key_covers_its_files_and_its_request(country):
    first = output.Inputs.read(request(country)).key
    assert output.Inputs.read(request(country, electorates=("bean",))).key != first
    (country.root / "charts/.bars.py.swp").write_text("an editor's", encoding="utf-8")
    assert output.Inputs.read(request(country)).key == first
    files = (
        f"{SET}/census.csv", f"{SET}/portraits/bean.jpg", "charts/bars.py", f"briefs/{BRIEF}/brief.yaml",
        f"briefs/{BRIEF}/images/street.jpg",
    )  # fmt: skip
    for file in files:
        path = country.root / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")
        assert output.Inputs.read(request(country)).key != first, file
        first = output.Inputs.read(request(country)).key


@pytest.mark.parametrize(
    "other",
    [
        {"states": ("VIC", "NSW")}, {"electorates": ("durack",)}, {"every": True}, {"national": False},
        {"asks": ("fund",)}, {"kinds": ("pack",)}, {"edition": "home"}, {"out": Path("/elsewhere")},
    ],
    ids=str,
)  # fmt: skip
def test_a_builds_key_covers_each_choice_of_its_request(other):
    wanted = output.Request(Project(REPOSITORY), BRIEF, "ijm", REPOSITORY / "out", states=("VIC",))
    assert inputs._wanted(dataclasses.replace(wanted, **other)) != inputs._wanted(wanted)
