"""The files of a set that only searches and maps read: a build checks them too, once until they change."""

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
    """Return a project that has only the invented set; a test may change it."""
    shutil.copytree(TESTS / "sets" / "norland", tmp_path / SHOWN)
    return Project(tmp_path)


def problems_in(project):
    """Return the problems in the set's other files, after loading the set itself."""
    try:
        set_files.check(project, electorates.load(project, "norland"))
    except Problems as error:
        return [str(problem).partition("\n")[0].removeprefix(f"{SHOWN}/") for problem in error.problems]
    return []


def change(project, old, new):
    path = project.root / SHOWN / "villages.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_checks_a_file_again_after_it_changes(project):
    assert problems_in(project) == []
    change(project, *WRONG)
    wrong = ['villages.csv:4: the locality "Upper Ford" is in V, but its electorate "outer-isles" is in I']
    assert problems_in(project) == problems_in(project) == wrong
    change(project, *reversed(WRONG))
    assert problems_in(project) == []


def test_checks_again_after_an_electorate_moves_to_another_state(project):
    assert problems_in(project) == []
    for file in ("ridings.csv", "shapes.geojson"):
        path = project.root / SHOWN / file
        text = path.read_text(encoding="utf-8")
        text = text.replace("marsh-head;Marsh Head;V", "marsh-head;Marsh Head;I")
        path.write_text(
            text.replace('"name": "Marsh Head", "state": "V"', '"name": "Marsh Head", "state": "I"'), "utf-8"
        )
    assert problems_in(project) == [
        'codes.csv:3: postcode V-20 is in V, but "marsh-head" is in I',
        'villages.csv:4: the locality "Upper Ford" is in V, but its electorate "marsh-head" is in I',
    ]


def test_reports_every_file_with_a_mistake_at_once(project):
    (project.root / SHOWN / "former.csv").write_text(
        "name,slug,state,abolished,electorate,share_of_population_pct\nOld Marsh,ostby,V,2019,marsh-head,100\n", "utf-8"
    )
    path = project.root / SHOWN / "set.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("files:\n", "files:\n  former: former.csv\n"), "utf-8")
    change(project, *WRONG)
    assert [line.partition(":")[0] for line in problems_in(project)] == ["former.csv", "villages.csv"]


@pytest.mark.parametrize("damage", [b"", b"sound", b"unsound", b"\xff"])
def test_checks_again_if_the_stored_result_is_damaged(project, damage):
    assert problems_in(project) == []
    change(project, *WRONG)
    assert len(problems_in(project)) == 1
    change(project, *reversed(WRONG))
    for path in [path for path in project.store.rglob("*") if path.is_file()]:
        path.write_bytes(damage)
    assert problems_in(project) == []
    change(project, *WRONG)
    assert len(problems_in(project)) == 1
