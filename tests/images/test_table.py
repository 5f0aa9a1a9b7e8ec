"""Every format, colour space, profile, orientation and transparency, in every edition."""

import io
import itertools

import numpy as np
import pytest
from PIL import Image, ImageCms

from briefpack import images
from briefpack.images import preparing
from images import drawn

pytestmark = pytest.mark.part(name="images")

EDITIONS = ("rgb", "grey", "cmyk")
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "TIFF": ".tif", "WebP": ".webp"}
SPACES = {
    "JPEG": ("RGB", "RGB wide", "L", "L linear", "CMYK", "CMYK profile"),
    "PNG": ("RGB", "RGB wide", "L", "L linear", "1", "P", "16 bits"),
    "TIFF": ("RGB", "RGB wide", "L", "L linear", "1", "P", "16 bits", "CMYK", "CMYK profile", "LAB"),
    "WebP": ("RGB", "RGB wide"),
}
CLEAR = {
    ("PNG", "RGB"),
    ("PNG", "RGB wide"),
    ("PNG", "L"),
    ("PNG", "P"),
    ("TIFF", "RGB"),
    ("TIFF", "L"),
    ("WebP", "RGB"),
}
"""The formats and spaces that are tested with transparency too."""
ROWS = [
    (file_format, space, orientation, clear, edition)
    for file_format, spaces in SPACES.items()
    for space in spaces
    for orientation, edition in itertools.product((1, 6, 7), EDITIONS)
    for clear in ((False, True) if (file_format, space) in CLEAR else (False,))
] + [(file_format, "RGB", orientation, False, "rgb") for file_format in SPACES for orientation in (2, 3, 4, 5, 8)]
PLAIN_GREY = {"L", "L linear", "1", "16 bits"}
RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC


def prepared(tmp_path, file_format, space, orientation, clear, edition):
    image, profile = drawn.in_space(drawn.upright(), space)
    image = drawn.with_hole(image) if clear else image
    path = tmp_path / f"image{SUFFIXES[file_format]}"
    path.write_bytes(drawn.encoded(drawn.stored(image, orientation), file_format, orientation, profile))
    original = images.read(path, path.name)
    wanted = images.Wanted(60, 60, colours=edition, dpi=300, profile=drawn.FOGRA39)
    return original, preparing.prepare(original, wanted)


def shown(data):
    """Return the levels in the middle of the top half of each patch."""
    image = Image.open(io.BytesIO(data))
    return {
        name: image.getpixel((left + drawn.SIDE // 2, top + drawn.SIDE // 4))
        for name, (left, top) in drawn.PLACES.items()
    }, image


@pytest.mark.parametrize("wanted", SPACES)
def test_prepares(tmp_path, wanted):
    for row in ROWS:
        if row[0] == wanted:
            assert_prepared(tmp_path, *row)


def assert_prepared(tmp_path, file_format, space, orientation, clear, edition):
    original, found = prepared(tmp_path, file_format, space, orientation, clear, edition)
    assert (original.format, original.width, original.height) == (file_format, *drawn.SIZE)
    assert (found.width_px, found.height_px) == drawn.SIZE
    assert (found.width_mm, found.height_mm) == (60, 40)
    assert found.dpi == pytest.approx(50.8)
    patches, image = shown(found.data)
    assert image.size == drawn.SIZE
    assert image.mode == mode(space, clear, edition)
    assert_no_metadata(found.data, image)
    for name, expected in expected_patches(space, edition).items():
        assert as_seen(patches[name], image.mode, edition) == pytest.approx(expected, abs=tolerance(space, edition)), (
            name
        )
    if clear:
        assert_clear(image, edition)
    assert found.ink_percent <= 300
    assert (found.ink_percent > 0) == (edition == "cmyk")


def mode(space, clear, edition):
    if edition == "grey" or (space in PLAIN_GREY and not (clear and edition == "rgb")):
        return "L"
    if edition == "cmyk":
        return "CMYK"
    return ("LA" if space in PLAIN_GREY else "RGBA") if clear else "RGB"


def assert_no_metadata(data, image):
    assert b"SECRET" not in data
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "adobe", "adobe_transform"}


def assert_clear(image, edition):
    """The bottom half of the first patch is clear on screen, and bare paper in print."""
    pixel = image.getpixel((drawn.SIDE // 2, drawn.SIDE * 3 // 4))
    assert (
        pixel
        == {
            "rgb": (255,) * (len(image.mode) - 1) + (0,),
            "grey": 255,
            "cmyk": 255 if image.mode == "L" else (0, 0, 0, 0),
        }[edition]
    )


def expected_patches(space, edition):
    """Return the colour of each patch as seen, worked out without LittleCMS."""
    source, _ = drawn.in_space(drawn.upright(), space)
    found = {}
    for name, (left, top) in drawn.PLACES.items():
        pixel = source.getpixel((left + drawn.SIDE // 2, top + drawn.SIDE // 4))
        colour = drawn.PATCHES[name]
        if space == "RGB wide":
            colour = encoded(TO_SRGB @ COLUMNS @ (np.array(colour) / 255) ** 2.2)
        elif space == "L linear":
            colour = encoded(np.array([pixel / 255] * 3))
        elif space in PLAIN_GREY:
            colour = (pixel / 257 if space == "16 bits" else pixel,) * 3
        grey = edition == "grey" or space in PLAIN_GREY
        found[name] = encoded(np.full(3, LUMINANCE @ linear(colour))) if grey else tuple(colour)
    return found


LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
COLUMNS = np.array(drawn.WIDE).T
TO_SRGB = np.array([[3.1339, -1.6169, -0.4906], [-0.9788, 1.9161, 0.0335], [0.0719, -0.2290, 1.4052]])
"""The matrix from XYZ under D50 to the linear light of sRGB (Lindbloom)."""


def linear(colour):
    shares = np.array(colour) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def encoded(light):
    light = np.clip(light, 0, 1)
    return tuple(255 * np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055))


def as_seen(levels, mode, edition):
    """Return the colour of a pixel in sRGB; for inks, by the press's profile, from its paper to its black."""
    levels = levels if isinstance(levels, tuple) else (levels,)
    if edition != "cmyk":
        return tuple(levels[:3]) if mode.startswith("RGB") else (levels[0],) * 3
    black = (0, 0, 0, 255) if mode == "L" else DEEPEST
    inks = (0, 0, 0, 255 - levels[0]) if mode == "L" else levels
    darkest, found = linear(on_paper(black)), linear(on_paper(inks))
    return encoded((found - darkest) / (1 - darkest))


DEEPEST = drawn.separated(Image.new("RGB", (1, 1))).getpixel((0, 0))


def on_paper(inks):
    pixel = Image.new("CMYK", (1, 1), inks)
    return ImageCms.applyTransform(pixel, ON_PAPER).getpixel((0, 0))


ON_PAPER = ImageCms.buildTransform(str(drawn.FOGRA39), ImageCms.createProfile("sRGB"), "CMYK", "RGB", RELATIVE)


def tolerance(space, edition):
    """Return the difference allowed for each channel: inks are converted by tables, and to the gamut of the press."""
    return 14 if edition == "cmyk" or space.startswith("CMYK") else 6
