"""An image fills its place: its size, its crop round the focus, and its resolution there."""

import itertools
from dataclasses import replace

import pytest

from briefpack import images
from briefpack.images import place
from images import drawn

WIDE = images.Original(path=None, shown="wide.jpg", format="JPEG", width=3000, height=1000, digest="")
TALL = replace(WIDE, shown="tall.jpg", width=1000, height=3000)
BOX = images.Wanted(120, 60)


@pytest.mark.parametrize(
    ("original", "size"), [(WIDE, (120, 40)), (TALL, (20, 60)), (replace(WIDE, width=2000), (120, 60))]
)
def test_keeps_the_proportions_inside_the_box(original, size):
    assert images.size_mm(original, BOX) == pytest.approx(size)
    assert place.region(original, BOX) == pytest.approx((0, 0, original.width, original.height))


@pytest.mark.parametrize(
    ("original", "focus", "region"),
    [
        (WIDE, (0.5, 0.5), (500, 0, 2500, 1000)),
        (WIDE, (0.0, 0.0), (0, 0, 2000, 1000)),
        (TALL, (0.5, 0.25), (0, 500, 1000, 1000)),
    ],
)
def test_a_crop_is_centred_on_the_focus_as_far_as_the_edges_allow(original, focus, region):
    wanted = replace(BOX, crop=True, focus=focus)
    assert images.size_mm(original, wanted) == (120, 60)
    assert place.region(original, wanted) == pytest.approx(region)


@pytest.mark.parametrize("crop", [True, False])
def test_downsamples_to_at_least_the_resolution_wanted(crop):
    large = replace(WIDE, width=9000, height=6001)
    for dpi, width_mm in itertools.product((72, 150, 299, 300, 301), (10, 33.3, 119, 210)):
        wanted = images.Wanted(width_mm, width_mm * 0.7, dpi=dpi, crop=crop)
        found = place.resolution(place.size_px(large, wanted), images.size_mm(large, wanted))
        assert dpi - 0.1 <= found < dpi * 1.04, wanted


@pytest.mark.parametrize(
    ("width", "found"),
    [(1418, []), (1417, []), (1400, [True]), (709, [True]), (700, [False])],
)
def test_judges_the_resolution_for_print(width, found):
    original = replace(WIDE, width=width, height=width / 2)
    assert [problem.warning for problem in images.judge(original, BOX)] == found


def test_says_how_many_pixels_an_image_needs():
    (problem,) = images.judge(replace(WIDE, width=500, height=250), BOX)
    assert problem.message == "it has 106 dpi at 120 mm wide; it needs 150 dpi"
    assert problem.hint == "use an image 709 pixels wide or more, or a smaller place"
    assert list(images.judge(replace(WIDE, width=709, height=354.5), BOX, warned=150)) == []


CHANGES = (
    {"width_mm": 121}, {"height_mm": 61}, {"crop": True}, {"focus": (0.4, 0.5)}, {"colours": "grey"}, {"dpi": 200},
    {"profile": drawn.FOGRA39}, {"ink_limit_percent": 280}, {"ground": (0, 0, 0, 10)}, {"most_bytes": 1},
    {"greys": (("#2B3B57", "#FFFFFF"),)},
)  # fmt: skip


def test_the_key_depends_on_everything_that_decides_the_bytes(tmp_path):
    keys = {images.key(WIDE, BOX), images.key(replace(WIDE, digest="0"), BOX)}
    assert {name for change in CHANGES for name in change} == set(vars(BOX))
    keys |= {images.key(WIDE, replace(BOX, **change)) for change in CHANGES}
    assert len(keys) == len(CHANGES) + 2
    copy = tmp_path / "copy.icc"
    copy.write_bytes(drawn.FOGRA39.read_bytes())
    assert images.key(WIDE, replace(BOX, profile=copy)) == images.key(WIDE, replace(BOX, profile=drawn.FOGRA39))
