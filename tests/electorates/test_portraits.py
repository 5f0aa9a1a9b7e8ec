"""Portraits of members belong to an electorate each, and none goes without its credit."""

import datetime
import shutil

import pytest
from PIL import Image

from briefpack import electorates
from briefpack.problem import Problems
from briefpack.project import Project
from projects import TESTS

SET = "briefs/electorates/isles"
SHOWN = f"{SET}/portraits"


@pytest.fixture
def project(tmp_path):
    shutil.copytree(TESTS / "sets/isles", tmp_path / SET)
    return Project(tmp_path)


def portray(project, *names, credits_csv="slug,credit,until\nharbour,Eve Example,2030-06-30\nwick,Fay Example,\n"):
    folder = project.root / SHOWN
    folder.mkdir()
    for name in names:
        Image.new("RGB", (30, 38), "navy").save(folder / name)
    if credits_csv:
        (folder / "credits.csv").write_text(credits_csv, encoding="utf-8")


def problems(project):
    with pytest.raises(Problems) as found:
        electorates.load(project, "isles")
    return [str(each) for each in found.value.problems]


def test_reads_each_portrait_with_its_credit_and_its_consent(project):
    portray(project, "harbour.jpg", "wick.webp")
    found = electorates.load(project, "isles").by_slug
    harbour, wick = found["harbour"].portrait, found["wick"].portrait
    assert (harbour.shown, harbour.credit) == (f"{SHOWN}/harbour.jpg", "Eve Example")
    assert (harbour.until, harbour.line) == (datetime.date(2030, 6, 30), 2)
    assert (wick.shown, wick.until) == (f"{SHOWN}/wick.webp", None)
    assert found["page"].portrait is None


def test_an_electorate_changes_with_the_bytes_of_its_portrait(project):
    portray(project, "harbour.jpg", "wick.jpg")
    before = electorates.load(project, "isles").by_slug
    Image.new("RGB", (30, 38), "red").save(project.root / SHOWN / "wick.jpg")
    after = electorates.load(project, "isles").by_slug
    assert repr(before["wick"]) != repr(after["wick"])
    assert repr(before["harbour"]) == repr(after["harbour"])


@pytest.mark.parametrize(
    ("names", "rows", "message", "hint"),
    [
        (["harbor.jpg"], "harbor,Eve,\n", f'{SHOWN}/credits.csv:2: there is no electorate called "harbor"', "harbour or north-harbour"),
        (["wick.jpg"], "", f"{SHOWN}/wick.jpg: the portrait has no credit", "add a row for wick to credits.csv"),
        (["wick.jpg"], "wick,,\n", f"{SHOWN}/credits.csv:2: credit is empty", "fill it in, or delete the row"),
        ([], "wick,Eve\n", f'{SHOWN}/credits.csv:2: there is no portrait called "wick"', "add wick.jpg, or delete the row"),
        (["wick.jpg"], "wick,Eve\nwick,Fay\n", f'{SHOWN}/credits.csv:3: there is already a row for "wick" on line 2', "delete one of the two"),
        (["wick.jpg"], "wick,Eve,June\n", f'{SHOWN}/credits.csv:2: until: "June" is not a date', "write it as 2025-05-03; in a spreadsheet, give the column the format yyyy-mm-dd"),
    ],
)  # fmt: skip
def test_refuses_a_portrait(project, names, rows, message, hint):
    portray(project, *names, credits_csv=f"slug,credit,until\n{rows}")
    assert problems(project) == [f"{message}\n  try: {hint}"]


@pytest.mark.parametrize(
    ("credits_csv", "message", "hint"),
    [
        ("", "there is no such file", "add it, with the columns slug and credit, and until if a consent ends"),
        (
            "slug,author\nwick,Eve\n",
            'there is no column called "credit"',
            "add it; its cells may be empty",
        ),
    ],
)
def test_refuses_portraits_without_a_table_of_credits(project, credits_csv, message, hint):
    portray(project, "wick.jpg", credits_csv=credits_csv)
    line = ":1" if credits_csv else ""
    assert problems(project) == [f"{SHOWN}/credits.csv{line}: {message}\n  try: {hint}"]


def test_refuses_a_link_out_of_the_folder(project):
    portray(project, "harbour.jpg", credits_csv="slug,credit\nharbour,Eve\n")
    (project.root / SHOWN / "wick.jpg").symlink_to("/etc/passwd")
    [problem] = problems(project)
    assert problem.startswith(f"{SHOWN}/wick.jpg: the link leads outside ")
