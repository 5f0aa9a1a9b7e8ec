"""Which towns a map of a large electorate names."""

from types import SimpleNamespace
from typing import NamedTuple

import shapely

from briefpack.maps import labels


class State(NamedTuple):
    code: str


WEST, EAST = State("W"), State("E")


class Place(NamedTuple):
    name: str
    longitude: float
    rank: int
    state: State
    latitude: float = 0.5


def test_names_the_capital_then_the_electorates_own_towns_then_others_of_its_state_by_rank():
    atlas = SimpleNamespace(areas=[SimpleNamespace(state="W")], shapes=[shapely.box(0, 0, 1, 1)])
    towns = [
        Place(*each)
        for each in (
            ("far", 7, 2, WEST),
            ("own", 0.2, 4, WEST),
            ("near", 0.8, 3, WEST),
            ("hub", 9, 1, WEST),
            ("other", 0.5, 1, EAST),
        )
    ]
    assert [town.name for town in labels.anchors(atlas, towns, 0, 4)] == ["hub", "near", "own", "far"]
    assert [town.name for town in labels.anchors(atlas, towns, 0, 1)] == ["hub", "near", "own"]


def test_breaks_no_name_after_a_word_of_three_letters():
    assert labels.broken("North Sydney") == [("North Sydney",), ("North", "Sydney")]
    assert labels.broken("New England") == [("New England",)]
