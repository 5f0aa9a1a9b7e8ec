"""A map of all electorates fills each by its class, and says what each class is."""

import re
from dataclasses import replace

import pytest

import dotted
from briefpack import charts
from briefpack.plan import ChartOptions, fact_charts
from projects import english

SHAPES, HEXES = (174.0, 112.0), (119.0, 122.0)
LIMITS = (0.8, 1.5, 3.0)
NAMED = ("chifley", "gorton", "solomon")


@pytest.fixture(scope="module")
def rows():
    return fact_charts.rows(dotted.group(), ("filipino-ancestry-share",), english(), NAMED)


def older(*named):
    return fact_charts.rows(dotted.group(), ("older-people-share",), english(), named)


def drawn(rows, size_mm=SHAPES, edition="screen", classes=LIMITS, *, hexagons=False):
    options = ChartOptions(classes=classes, hexagons=hexagons)
    return dotted.drawn("map-of-nation", rows, size_mm, edition, options)


def filled(svg):
    """Return how many shapes each colour fills, swatches of the key included."""
    found = {}
    for path in svg.iter(f"{dotted.SVG}path"):
        fill = re.search(r"fill: (#\w+|url\(#\w+\))", path.get("style") or "")
        if fill:
            found[fill[1]] = found.get(fill[1], 0) + path.get("d").count("M")
    return found


def colour(step):
    return dotted.look().colours[f"scale-{step}"].lower()


def test_fills_a_hexagon_for_each_electorate_in_the_colour_of_its_class(rows):
    found = filled(drawn(rows, HEXES, hexagons=True))
    values = [row.value for row in rows if row.value is not None]
    steps = zip((1, 2, 3, 5), (0.0, *LIMITS), (*LIMITS, 100.0), strict=True)
    counts = {colour(step): sum(low <= value < high for value in values) for step, low, high in steps}
    # Each has a swatch in the key as well.
    assert {key: found[key] - 1 for key in counts} == counts
    [hatched] = [count for fill, count in found.items() if fill.startswith("url")]
    assert hatched - 1 == sum(row.value is None for row in rows) == 150 - len(values)


@pytest.mark.part(name="charts", beyond=2)
@pytest.mark.parametrize("hexagons", [False, True])
@pytest.mark.parametrize("edition", ["screen", "home", "press"])
def test_names_the_classes_the_states_or_cities_and_the_named_electorates(rows, edition, hexagons):
    said = dotted.words(drawn(rows, HEXES if hexagons else SHAPES, edition, hexagons=hexagons))
    assert {"under 0.8%", "0.8% to 1.4%", "1.5% to 2.9%", "3% or more", "not shown"} <= {*said}
    assert {"Chifley, about 11.2%", "Gorton, about 5.1%", "Solomon, about 5.2%"} <= {*said}
    places = {"Queensland", "Victoria", "ACT"} if hexagons else {"Sydney", "Melbourne", "Brisbane", "Darwin"}
    assert places <= {*said}


def test_tells_the_classes_apart_without_colour(rows):
    found = filled(drawn(rows, HEXES, "home", hexagons=True))
    assert sum(fill.startswith("url") for fill in found) == 3, "two patterns, and the one of those not shown"


def test_works_out_classes_with_round_limits_and_no_empty_one():
    said = dotted.words(drawn(older(), classes=()))
    assert {"under 14%", "14.0% to 17.9%", "18.0% to 20.9%", "21% or more"} <= {*said}


def test_is_drawn_in_a_narrow_column_as_hexagons_only():
    assert "Victoria" in dotted.words(drawn(older(), (82.0, 92.0), classes=(16, 20), hexagons=True))
    with pytest.raises(charts.Undrawable, match="it is 82 mm wide, and such a map needs 110 mm") as refused:
        drawn(older(), (82.0, 92.0), classes=(16, 20))
    assert "hexagons: yes" in refused.value.fix


@pytest.mark.parametrize(
    ("change", "classes", "reason"),
    [
        (lambda row, _: row, (10, 50), "no electorate is in the class “50% or more”"),
        (lambda row, _: row, (20, 10), "its classes aren't in order"),
        (lambda row, n: replace(row, value=None) if n < 16 else row, (), "16 of 150 values are missing, more than one in ten"),
        (lambda row, n: replace(row, strong=n < 4), (), "it names 4 electorates, and there is room for 3"),
        (lambda row, _: replace(row, value=5.0), (), "all its values are in one class"),
        (lambda row, _: replace(row, key=""), (), "it has rows, and a map needs a fact of the electorate set"),
    ],
)  # fmt: skip
def test_refuses_what_a_map_cannot_show(change, classes, reason):
    rows = [change(row, place) for place, row in enumerate(older())]
    with pytest.raises(charts.Undrawable) as refused:
        drawn(rows, classes=classes)
    assert str(refused.value) == reason
    assert refused.value.fix or "names" in reason
