"""The areas of links that can be clicked, and the names that screen readers say."""

import pytest

from briefpack.typeset.weasyprint import patched
from printed import opened, printed

DOT = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
BODY = '<p style="line-height: {}">See <a href="https://walk.example/">the site</a>.</p>'


def height_pt(line_height: str) -> float:
    with opened(printed(BODY.format(line_height))) as pdf:
        _, bottom, _, top = (float(end) for end in pdf.pages[0].Annots[0].Rect)
    return abs(top - bottom)


def test_weasyprint_alone_makes_a_link_in_a_line_of_no_height_an_area_of_nothing():
    assert height_pt("0") < 0.1


@pytest.mark.parametrize(("line_height", "wanted_pt"), [("0", 11), ("0.5", 11), ("20pt", 20)])
def test_a_link_is_at_least_as_high_as_its_type(line_height, wanted_pt):
    with patched():
        assert height_pt(line_height) == pytest.approx(wanted_pt, abs=0.1)


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ("the <b>site</b>", "the site"),
        (f'<img alt="Our site" title="Other" src="{DOT}">', "Our site"),
        (f'See <img alt="our site" src="{DOT}">', "See our site"),
    ],
)
def test_a_link_is_named_by_its_text_and_the_alternative_text_of_its_images(inside, name):
    with patched(), opened(printed(f'<p><a href="https://walk.example/">{inside}</a></p>')) as pdf:
        assert str(pdf.pages[0].Annots[0].Contents) == name
