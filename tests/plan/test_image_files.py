"""A brief's own portraits of members take the place of those of its electorate set."""

import shutil

import pytest
from PIL import Image

from briefpack import electorates
from briefpack.plan import image_files
from briefpack.project import Project
from projects import TESTS

SET, BRIEF = "briefs/electorates/isles", "briefs/tiny"


@pytest.fixture
def project(tmp_path):
    shutil.copytree(TESTS / "sets/isles", tmp_path / SET)
    return Project(tmp_path)


def portray(folder, credits_csv, *names):
    folder.mkdir(parents=True)
    for name in names:
        Image.new("RGB", (30, 38), "navy").save(folder / name)
    (folder / "credits.csv").write_text(credits_csv, encoding="utf-8")


def read(project):
    return image_files.with_portraits(project, "tiny", electorates.load(project, "isles"))


def test_takes_the_place_of_the_sets(project):
    portray(project.root / SET / "portraits", "slug,credit\nharbour,Eve\nwick,Fay\n", "harbour.jpg", "wick.jpg")
    portray(project.root / BRIEF / "portraits", "slug,credit,alt\nwick,By code,A silhouette\n", "wick.png")
    group, problems = read(project)
    assert problems == []
    harbour, wick = group.by_slug["harbour"].portrait, group.by_slug["wick"].portrait
    assert (harbour.shown, harbour.alt) == (f"{SET}/portraits/harbour.jpg", "")
    assert (wick.shown, wick.credit, wick.alt) == (f"{BRIEF}/portraits/wick.png", "By code", "A silhouette")


def test_names_the_file_of_the_brief(project):
    portray(project.root / BRIEF / "portraits", "slug,credit\n", "wick.png")
    _, problems = read(project)
    assert [str(each) for each in problems] == [
        f"{BRIEF}/portraits/wick.png: the portrait has no credit\n  try: add a row for wick to credits.csv"
    ]
