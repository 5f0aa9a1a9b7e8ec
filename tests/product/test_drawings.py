"""The drawings of briefs are those that their script draws."""

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
