"""Where people are: postcodes, PO boxes, abolished electorates and places, which a build checks until they change."""

import shutil
from pathlib import Path

import pytest

from briefpack import electorates
from briefpack.electorates import gazetteer, tables
from briefpack.problem import Problems
from briefpack.project import Project

TESTS = Path(__file__).parent.parent
SHOWN = "briefs/electorates/norland"
WRONG = ("V-20,Upper Ford,V,marsh-head", "V-20,Upper Ford,V,marsh-hed")


@pytest.fixture
def project(tmp_path):
    """Return a project that has only the invented set; a test may change it."""
    shutil.copytree(TESTS / "sets" / "norland", tmp_path / SHOWN)
    return Project(tmp_path)


def problems_in(project):
    """Return the problems in the set's other files, after loading the set itself."""
    try:
        gazetteer.check(project, electorates.load(project, "norland"))
    except Problems as error:
        return [str(problem).partition("\n")[0].removeprefix(f"{SHOWN}/") for problem in error.problems]
    return []


def change(project, old, new):
    path = project.root / SHOWN / "villages.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


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


FILES = {
    "po-boxes": "postcode,place,state,type,nearest_delivery_postcode,nearest_delivery_place\n"
    "V-11,Østby; Østby Quay,V,boxes,V-10,Østby\nI-9,Army,I,boxes,,\n",
    "former": "name,slug,state,abolished,electorate,share_of_population_pct\n"
    "Old Marsh,old-marsh,V,2019,marsh-head,30.5\nOld Marsh,old-marsh,V,2019,marsh-flats,69.5\n",
    "places": "slug,name,lat,lon,rank,population\nostby,Skerry,60.5,10.5,2,\nostby,Quay,60.25,10.75,1,900\n",
}


@pytest.fixture
def load(tmp_path):
    """Return a function that writes the three files, with changes, and loads them."""
    shutil.copytree(TESTS / "sets" / "norland", tmp_path / SHOWN)
    path = tmp_path / SHOWN / "set.yaml"
    named = "".join(f"  {file}: {file}.csv\n" for file in FILES)
    path.write_text(path.read_text(encoding="utf-8").replace("files:\n", f"files:\n{named}"), encoding="utf-8")
    project = Project(tmp_path)

    def load(old="", new=""):
        for file, text in FILES.items():
            (tmp_path / SHOWN / f"{file}.csv").write_text(text.replace(old, new) if old else text, encoding="utf-8")
        group = electorates.load(project, "norland")
        found = gazetteer.load(tables.open_set(project, "norland"), group)
        return found.boxes, found.former, group.places

    return load


def test_loads_the_places_and_nearest_delivery_postcode_of_a_po_box(load):
    boxes, _, _ = load()
    assert boxes["V-11"] == gazetteer.PoBoxPostcode("V-11", ("Østby", "Østby Quay"), "V-10")
    assert boxes["I-9"].nearest_code == ""


def test_loads_a_set_without_the_optional_files(tmp_path):
    shutil.copytree(TESTS / "sets" / "norland", tmp_path / SHOWN)
    project = Project(tmp_path)
    group = electorates.load(project, "norland")
    found = gazetteer.load(tables.open_set(project, "norland"), group)
    assert (found.boxes, found.former) == ({}, ())
    assert group.places == {}


MISTAKES = [
    ("I-9,", "V-11,", 'po-boxes.csv:3: there is already a row for "V-11" on line 2'),
    ("Army,I", "Army,J", 'po-boxes.csv:3: there is no state called "J"'),
    ("nearest_delivery_place\n", "near\n", 'po-boxes.csv:1: there is no column called "nearest_delivery_place"'),
    ("V,2019,marsh-head", "V,2019,marsh-hed", 'former.csv:2: there is no electorate called "marsh-hed"'),
    ("69.5", "most", 'former.csv:3: share_of_population_pct: "most" is not a number'),
    ("60.5,10.5", "10.5,605", 'places.csv:2: lon: "605" is not a longitude'),
    ("ostby,Quay", "ostby,", "places.csv:3: name is empty"),
]


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES)
def test_reports_a_mistake_at_its_line(load, old, new, expected):
    with pytest.raises(Problems) as found:
        load(old, new)
    assert expected in "\n".join(str(problem).removeprefix(f"{SHOWN}/") for problem in found.value.problems)
