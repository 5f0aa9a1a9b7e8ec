"""A check takes documents through the pipeline as a build does, and writes none of them."""

import pytest

from briefpack import build, output
from isles import copy_isles

BRIEF = "briefs/tiny/brief.yaml"
LONG = "The street outside a school is for walking, and drivers who hurry through it put every child in danger. " * 40


def request(project, **wanted) -> output.Request:
    return output.Request(
        **{"project": project, "brief": "tiny", "layout": "tiny", "out": project.root / "out", **wanted}
    )


def places(checked: build.Checked) -> list[str | None]:
    return list(dict.fromkeys(document.electorate for document in checked.planned.documents))


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("in_process")
def test_finds_the_problems_of_a_build_and_writes_no_document(project, edit):
    edit(BRIEF, "text: Drivers keep to them.", f'text: "{LONG}"')
    edit("layouts/tiny/cover.html", "<h1>", '<h1 style="colr: red">')
    checked = build.check(request(project))
    assert not (project.root / "out").exists()
    assert len(checked.problems) == 2
    assert checked.problems == build.run(request(project)).problems


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("in_process")
def test_lays_out_the_nation_and_the_electorates_that_stretch_the_layout(tmp_path):
    isles = copy_isles(tmp_path / "project")
    # Harbour would be the largest: it is nearer to the equator.
    shapes = isles.root / "briefs/electorates/isles/shapes.geojson"
    shapes.write_text(shapes.read_text(encoding="utf-8").replace("[11, 52], [10, 52]", "[11, 53], [10, 53]"), "utf-8")
    checked = build.check(request(isles))
    assert places(checked) == [None, "north-harbour", "page", "wick"]
    assert checked.places == (3, 4)


@pytest.mark.part(name="builds", beyond=1)
@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"national": False, "electorates": ("harb",)}, ["harbour"]),
        ({"every": True}, [None, "harbour", "north-harbour", "page", "wick"]),
    ],
)
def test_lays_out_the_electorates_that_the_request_names(tmp_path, wanted, expected):
    isles = copy_isles(tmp_path / "project")
    assert places(build.check(request(isles, **wanted))) == expected
