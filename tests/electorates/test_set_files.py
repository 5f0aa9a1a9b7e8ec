"""The files of a set that only searches and maps read: a build refuses what a search would, and reads them once."""

import shutil
from pathlib import Path

import pytest

from briefpack import electorates
from briefpack.electorates import set_files
from briefpack.problem import Problems
from briefpack.project import Project

TESTS = Path(__file__).parent.parent
SHOWN = "briefs/electorates/norland"
WRONG = ("V-20,Upper Ford,V,marsh-head", "V-20,Upper Ford,V,outer-isles")


@pytest.fixture
def project(tmp_path):
    """A project that has the invented set alone; a test may change it."""
    shutil.copytree(TESTS / "sets" / "norland", tmp_path / SHOWN)
    return Project(tmp_path)


def said(project):
    """Return what checking the set's other files says, once the set itself is loaded."""
    try:
        set_files.check(project, electorates.load(project, "norland"))
    except Problems as error:
        return [str(problem).partition("\n")[0].removeprefix(f"{SHOWN}/") for problem in error.problems]
    return []


def change(project, old, new):
    path = project.root / SHOWN / "villages.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_file_that_changes_is_read_again(project):
    assert said(project) == []
    change(project, *WRONG)
    wrong = ['villages.csv:4: the locality "Upper Ford" is in V, but its electorate "outer-isles" is in I']
    assert said(project) == said(project) == wrong
    change(project, *reversed(WRONG))
    assert said(project) == []


def test_an_electorate_that_moves_to_another_state_is_checked_again(project):
    assert said(project) == []
    for file in ("ridings.csv", "shapes.geojson"):
        path = project.root / SHOWN / file
        text = path.read_text(encoding="utf-8")
        text = text.replace("marsh-head;Marsh Head;V", "marsh-head;Marsh Head;I")
        path.write_text(
            text.replace('"name": "Marsh Head", "state": "V"', '"name": "Marsh Head", "state": "I"'), "utf-8"
        )
    assert said(project) == [
        'codes.csv:3: postcode V-20 is in V, but "marsh-head" is in I',
        'villages.csv:4: the locality "Upper Ford" is in V, but its electorate "marsh-head" is in I',
    ]


def test_every_file_with_a_mistake_is_named_at_once(project):
    (project.root / SHOWN / "former.csv").write_text(
        "name,slug,state,abolished,electorate,share_of_population_pct\nOld Marsh,ostby,V,2019,marsh-head,100\n", "utf-8"
    )
    path = project.root / SHOWN / "set.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("files:\n", "files:\n  former: former.csv\n"), "utf-8")
    change(project, *WRONG)
    assert [line.partition(":")[0] for line in said(project)] == ["former.csv", "villages.csv"]


@pytest.mark.parametrize("damage", [b"", b"sound", b"unsound", b"\xff"])
def test_a_damaged_verdict_counts_as_missing(project, damage):
    assert said(project) == []
    change(project, *WRONG)
    assert len(said(project)) == 1
    change(project, *reversed(WRONG))
    for path in [path for path in project.store.rglob("*") if path.is_file()]:
        path.write_bytes(damage)
    assert said(project) == []
    change(project, *WRONG)
    assert len(said(project)) == 1
