"""SVG drawings keep their shapes and colours; their colours can be found, changed and separated."""

from dataclasses import replace

import numpy as np
import pytest

from briefpack import images
from briefpack.images import conversion, drawing, preparing
from briefpack.problem import Problems
from images import drawn, hostile

PRESS = images.Wanted(60, 60, colours="cmyk", profile=drawn.FOGRA39)
LOGO = hostile.svg(
    """<style>.a { fill: teal; stroke: rgb(255 0 0 / 50%) } @media print { .a { fill: blue } }</style>
    <path class="a" d="M0 0h1v1z"/><path fill="#abc" style="stroke:hsl(120 100% 25%);fill-opacity:.5" d="M0 0h1v1z"/>
    <g color="#123456"><path fill="currentColor" d="M0 0"/></g><path fill="none" d="M0 0"/>
    <linearGradient id="ABCDEF"><stop stop-color="gold"/></linearGradient><path fill="url(#ABCDEF) #fff" d="M0 0"/>"""
)
COLOURS = ("#000000", "#008080", "#FF0000", "#AABBCC", "#008000", "#123456", "#FFD700", "#FFFFFF")


def clean(data):
    return drawing.sanitised(data, "logo.svg")


def original(tmp_path, data):
    path = tmp_path / "logo.svg"
    path.write_bytes(data)
    return images.read(path, path.name)


def test_finds_each_colour_once_in_whatever_way_it_is_written():
    assert set(preparing.colours(clean(LOGO))) == set(COLOURS)
    assert len(preparing.colours(clean(LOGO))) == len(COLOURS)


def test_changes_colours_but_not_the_names_of_gradients():
    changed = preparing.recoloured(clean(LOGO), {"#008080": "#010203", "#ABCDEF": "#999999", "#FF0000": "#040506"})
    assert set(preparing.colours(changed)) == {*COLOURS, "#010203", "#040506"} - {"#008080", "#FF0000"}
    assert b"stroke:#04050680" in changed
    assert b"url(#ABCDEF) #FFFFFF" in changed
    assert preparing.recoloured(clean(LOGO), {}) == clean(LOGO)


def test_home_prints_a_drawing_in_grey(tmp_path):
    found = preparing.prepare(original(tmp_path, LOGO), replace(PRESS, colours="grey"))
    assert all(colour[1:3] == colour[3:5] == colour[5:] for colour in preparing.colours(found.data))
    assert len(preparing.colours(found.data)) > 5


def test_press_separates_each_colour(tmp_path):
    flat = hostile.svg('<path fill="teal" d="M0 0"/><path fill="#777" d="M0 0"/><path fill="#fff" d="M0 0"/>')
    found = preparing.prepare(original(tmp_path, flat), PRESS)
    assert set(found.inks) == {"#008080", "#777777", "#FFFFFF", "#000000"}
    assert found.inks["#FFFFFF"] == (0, 0, 0, 0)
    assert found.inks["#000000"] == (0, 0, 0, 100)
    assert found.inks["#777777"][:3] == (0, 0, 0)
    assert 40 < found.inks["#777777"][3] < 70
    assert found.ink_percent == max(map(sum, found.inks.values()))


@pytest.mark.parametrize("limit", [120, 240])
def test_inks_keep_within_the_limit(limit):
    colours = [f"#{number:06X}" for number in np.random.default_rng(1).integers(0, 0x303030, 60).tolist()]
    assert max(map(sum, conversion.inks(colours, drawn.FOGRA39, limit).values())) <= limit


@pytest.mark.parametrize("shade", ["linearGradient", "radialGradient", "mask"])
def test_press_refuses_shades_at_their_line(tmp_path, shade):
    found = original(tmp_path, hostile.svg(f'\n<{shade} id="a"/>'))
    assert preparing.prepare(found, replace(PRESS, colours="rgb")).suffix == ".svg"
    with pytest.raises(Problems, match="process inks print flat colours only") as caught:
        preparing.prepare(found, PRESS)
    assert caught.value.problems[0].line == 4


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 30 20"', (30, 20)),
        ('viewBox="-5,-5 30,20" width="100%"', (30, 20)),
        ('width="3in" height="144pt"', (288, 192)),
        ('width="40" height="20" viewBox="0 0 9 9"', (9, 9)),
    ],
)
def test_reads_the_size(attributes, size):
    data = f"<svg {hostile.SPACE} {attributes}>{hostile.PLAIN}</svg>".encode()
    assert drawing.size(clean(data)) == pytest.approx(size)
    assert b"viewBox" in clean(data)


@pytest.mark.parametrize(
    "shape", ['<path d="T1 1"/>', '<g transform="rotate(a)"><path d="M0 0"/></g>', '<path d="M0 0h9" opacity="a"/>']
)
def test_refuses_a_drawing_that_would_be_left_out(tmp_path, shape):
    found = original(tmp_path, hostile.svg(shape))
    with pytest.raises(Problems, match=r"^logo\.svg: one of its shapes can't be drawn"):
        preparing.prepare(found, images.Wanted(60, 60))


@pytest.mark.parametrize("path", ["M", "M0 0h"])
def test_draws_a_path_up_to_what_is_wrong_in_it(tmp_path, path):
    found = original(tmp_path, hostile.svg(f'<path d="{path}"/>'))
    assert preparing.prepare(found, images.Wanted(60, 60)).data


BLACK, WHITE = ('<path {}d="M0 0H10V10H0Z"/>', '<path fill="#FFFFFF" d="M10 0H20V10H10Z"/>')
