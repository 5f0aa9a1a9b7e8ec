"""The drawings of briefs are those that their script draws."""

import re

import pytest
from PIL import Image, ImageChops

import housing
import region
from coast_maps import IMAGES, MAPS

pytestmark = pytest.mark.part(name="pictures")


@pytest.mark.parametrize("name", MAPS)
def test_the_maps_are_as_their_script_draws_them(name):
    assert (IMAGES / name).read_text(encoding="utf-8") == MAPS[name].drawing()


def test_the_map_of_the_region_is_as_its_script_draws_it():
    assert region.DRAWING.read_text(encoding="utf-8") == region.drawing()


@pytest.mark.parametrize("name", housing.drawings())
def test_an_image_of_the_housing_example_is_as_its_script_draws_it(name):
    assert (housing.IMAGES / name).read_text(encoding="utf-8") == housing.drawings()[name]


def test_the_portrait_of_the_housing_example_is_as_its_script_draws_it():
    with Image.open(housing.PORTRAIT) as kept:
        assert ImageChops.difference(kept.convert("RGB"), housing.silhouette().convert("RGB")).getbbox() is None


def test_the_map_of_the_region_fades_in_below_the_organisations_name():
    """Where the ground of the name ends, the land has nearly its colour: no edge cuts across the page."""
    shares = [share for _, share in region._steps()]
    assert region._steps()[0][0] == region.FADE_MM[0]
    assert shares[0] <= 0.05
    assert shares[-1] == 1.0
    drawn = re.findall(r'<path aria-hidden="true" fill="(#\w+)"', region.drawing())
    assert drawn[0] != drawn[len(shares) - 1] == region.LAND
