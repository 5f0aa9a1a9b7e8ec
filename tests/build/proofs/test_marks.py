"""Problems are numbered in the order in which a reader of the proof meets them."""

from briefpack.build.proofs import marks
from briefpack.build.proofs.marks import PageArea, Spot
from briefpack.geometry import Rectangle
from briefpack.problem import Problem

AREAS = (PageArea(400.0, 600.0), PageArea(400.0, 600.0))
HIGH, LOW = Rectangle(50.0, 500.0, 90.0, 510.0), Rectangle(50.0, 100.0, 90.0, 110.0)


def problem(message, page=None, *boxes, **more):
    return Problem("briefs/tiny/brief.yaml", 7, message, "fix it", page=page, boxes=boxes, **more)


def test_those_without_a_place_come_first_then_each_page_from_its_head_down():
    found = marks.of_problems(
        [
            problem("second page", 2, HIGH),
            problem("low", 1, LOW),
            problem("high", 1, HIGH),
            problem("page", 1),
            problem("none"),
        ],
        AREAS,
        "pack",
    )
    assert [(each.number, each.message) for each in found.problems] == [
        (1, "none"), (2, "page"), (3, "high"), (4, "low"), (5, "second page"),
    ]  # fmt: skip
    assert [[each.number for each in page.beside] for page in found.pages] == [[3, 4], [5]]
    assert [page.at_head for page in found.pages] == [(2,), ()]


def test_marks_the_boxes_on_further_pages_under_the_same_number():
    found = marks.of_problems([problem("too long", 1, HIGH, continued=((2, LOW),))], AREAS, "pack")
    assert [[each.number for each in page.beside] for page in found.pages] == [[1], [1]]
    assert [each.page for each in found.problems] == [1]


WORD = Rectangle(100.0, 300.0, 160.0, 312.0)


def drawn(area, *spots):
    """Return the circles on page 1 as rectangles from the bottom left, and the discs of their numbers."""
    page = marks._page(1, area, spots)
    rings = [
        Rectangle(
            each.left_pt,
            area.height_pt - each.top_pt - each.height_pt,
            each.left_pt + each.width_pt,
            area.height_pt - each.top_pt,
        )
        for each in page.circles
    ]
    half = marks.NUMBER_PT / 2
    discs = {
        each.number: Rectangle(
            each.left_pt, area.height_pt - each.top_pt, each.left_pt, area.height_pt - each.top_pt
        ).grown(half - 0.02)
        for each in page.beside
    }
    return rings, discs


def test_a_number_stands_clear_of_type_circles_and_other_numbers():
    lines = (
        Rectangle(40.0, 300.0, 360.0, 312.0),
        Rectangle(40.0, 314.0, 360.0, 326.0),
        Rectangle(40.0, 286.0, 360.0, 298.0),
    )
    rings, discs = drawn(
        PageArea(400.0, 600.0, lines), Spot(1, 1, (WORD,)), Spot(2, 1, (Rectangle(200.0, 300.0, 230.0, 312.0),))
    )
    obstacles = [*rings, *lines]
    for number, disc in discs.items():
        assert not any(disc.meets(each) for each in obstacles), number
    assert not discs[1].meets(discs[2])
