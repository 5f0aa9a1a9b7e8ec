"""A set may place the hexagon of each electorate."""

import shutil

import pytest

from briefpack import electorates
from briefpack.problem import Problems
from briefpack.project import Project
from projects import REPOSITORY, TESTS

HEXES = "slug,q,r\nharbour,0,0\nnorth-harbour,1,0\npage,0,1\nwick,1,1\n"


@pytest.fixture
def isles(tmp_path):
    """Return a function that loads a set with some hexagons."""
    folder = tmp_path / "briefs/electorates/isles"
    shutil.copytree(TESTS / "sets/isles", folder)
    spec = folder / "set.yaml"
    spec.write_text(
        spec.read_text(encoding="utf-8").replace("files:\n", "files:\n  hexes: hexes.csv\n"), encoding="utf-8"
    )

    def load(hexes):
        (folder / "hexes.csv").write_text(hexes, encoding="utf-8")
        return electorates.load(Project(tmp_path), "isles")

    return load


def test_places_every_electorate_of_the_set_that_ships_once():
    found = electorates.load(Project(REPOSITORY), "au-federal-2025")
    assert found.hexes.keys() == found.by_slug.keys()
    assert len({*found.hexes.values()}) == 150


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("wick,1,1", "wick,1,0", 5, 'there is already a row for "1, 0" on line 3'),
        ("wick,1,1", "wick,1.5,1", 5, 'q: "1.5" is not a whole number'),
        ("wick,1,1", "wick,1,", 5, "r is empty"),
        ("wick,1,1", "wikc,1,1", 5, 'there is no electorate called "wikc"'),
        ("wick,1,1", "page,1,1", 5, 'there is already a row for "page" on line 4'),
        ("wick,1,1\n", "", 1, "there is no hexagon for wick"),
    ],
)
def test_names_a_hexagon_that_cannot_be_placed(isles, old, new, line, message):
    with pytest.raises(Problems) as caught:
        isles(HEXES.replace(old, new))
    found = [(each.path, each.line, each.message) for each in caught.value.problems]
    assert ("briefs/electorates/isles/hexes.csv", line, message) in found
