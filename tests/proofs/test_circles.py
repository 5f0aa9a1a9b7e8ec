"""Circles go around boxes, and their numbers stand where they cover nothing."""

import pytest

from briefpack.geometry import Rectangle
from briefpack.proofs import circles
from briefpack.proofs.model import PageArea, Spot

AREA = PageArea(400.0, 600.0)
WORD = Rectangle(100.0, 300.0, 160.0, 312.0)


def drawn(area, *spots):
    """Return the circles on page 1 as rectangles from the bottom left, and the discs of their numbers."""
    page = circles.page(1, area, spots)
    rings = [
        Rectangle(
            each.left_pt,
            area.height_pt - each.top_pt - each.height_pt,
            each.left_pt + each.width_pt,
            area.height_pt - each.top_pt,
        )
        for each in page.circles
    ]
    half = circles.NUMBER_PT / 2
    discs = {
        each.number: Rectangle(
            each.left_pt, area.height_pt - each.top_pt, each.left_pt, area.height_pt - each.top_pt
        ).grown(half - 0.02)
        for each in page.beside
    }
    return rings, discs


def test_a_circle_encloses_its_box_with_a_little_room():
    [ring], discs = drawn(AREA, Spot(1, 1, (WORD,)))
    assert ring == pytest.approx(WORD.grown(circles.CLEAR_PT))
    assert discs[1].right <= ring.left + 0.1
    assert ring.bottom <= discs[1].bottom <= ring.top


def test_boxes_that_touch_share_a_circle_and_others_have_their_own():
    line = Rectangle(100.0, 286.0, 140.0, 298.0)
    far = Rectangle(300.0, 100.0, 320.0, 112.0)
    rings, _ = drawn(AREA, Spot(1, 1, (far, WORD, line)))
    assert rings == [
        pytest.approx(far.grown(circles.CLEAR_PT)),
        pytest.approx(Rectangle(100.0, 286.0, 160.0, 312.0).grown(circles.CLEAR_PT)),
    ]


def test_two_problems_of_one_box_have_a_circle_within_a_circle():
    [inner, outer], discs = drawn(AREA, Spot(1, 1, (WORD,)), Spot(2, 1, (WORD,)))
    assert outer == pytest.approx(inner.grown(circles.CLEAR_PT))
    assert not discs[1].meets(discs[2])


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


@pytest.mark.parametrize(
    "box",
    [
        Rectangle(390.0, 300.0, 450.0, 312.0),
        Rectangle(-80.0, 300.0, -20.0, 312.0),
        Rectangle(100.0, -30.0, 160.0, -18.0),
        Rectangle(100.0, 700.0, 160.0, 712.0),
        Rectangle(-10.0, -10.0, 410.0, 610.0),
    ],
)
def test_a_box_beyond_the_edge_is_circled_at_the_edge(box):
    [ring], discs = drawn(AREA, Spot(1, 1, (box,)))
    assert ring.within(AREA.trim, 0.0)
    assert discs[1].within(AREA.trim, 0.1)
    assert min(ring.width, ring.height) > 5


def test_a_spot_without_a_box_is_at_the_head_of_its_page():
    page = circles.page(2, AREA, [Spot(1, 1), Spot(2, 2), Spot(3, 2)])
    assert (page.circles, page.beside, page.at_head) == ((), (), (2, 3))
