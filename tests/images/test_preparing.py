"""Prepared images are small enough, keep their contrast and their inks, and are the same every time."""

import io
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageCms

from briefpack import images
from briefpack.images import preparing
from images import drawn, hostile
from projects import REPOSITORY

PRESS = images.Wanted(60, 60, colours="cmyk", dpi=300, profile=drawn.FOGRA39)
GREY = images.Wanted(60, 60, colours="grey", dpi=300)


def prepared(tmp_path, image, wanted, name="image.png", **options):
    path = tmp_path / name
    image.save(path, **options)
    return preparing.prepare(images.read(path, name), wanted)


def decoded(found):
    return Image.open(io.BytesIO(found.data))


def landscape(width, height):
    """Return a picture with as much detail as a photograph: the finer, the fainter."""
    random = np.random.default_rng(5)
    down, across = np.fft.fftfreq(height)[:, None] * height, np.fft.rfftfreq(width)[None] * width
    share = np.hypot(across, down).clip(1) ** -1.2
    waves = [np.fft.irfft2(np.fft.rfft2(random.normal(size=(height, width))) * share, s=(height, width)) for _ in "RGB"]
    levels = np.stack([128 + 60 * (0.8 * waves[0] + 0.2 * wave) / waves[0].std() for wave in waves], axis=-1)
    return Image.fromarray(levels.clip(0, 255).astype(np.uint8))


@pytest.mark.part(name="images", beyond=1)
@pytest.mark.parametrize("edition", ["rgb", "grey", "cmyk"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "CMYK"])
def test_the_same_image_has_the_same_bytes_in_another_process(tmp_path, edition, mode):
    image = landscape(90, 60).convert(mode)
    wanted = replace(PRESS, colours=edition)
    name = "image.tif"
    found = prepared(tmp_path, image, wanted, name)
    code = f"""
from pathlib import Path
from briefpack import images
from briefpack.images import preparing
original = images.read(Path({str(tmp_path / name)!r}), "other/name.tif")
wanted = images.Wanted(60, 60, colours={edition!r}, dpi=300, profile=Path({str(drawn.FOGRA39)!r}))
import sys
sys.stdout.buffer.write(preparing.prepare(original, wanted).data)
"""
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603 -- our own code
    assert other.stdout == found.data


def test_a_photograph_in_grey_reaches_from_black_to_white(tmp_path):
    dull = landscape(200, 150).point(lambda level: 50 + level * 155 // 255)
    levels = np.asarray(decoded(prepared(tmp_path, dull, GREY)))
    assert levels.min() <= 3
    assert levels.max() >= 252


def test_inks_without_a_profile_or_with_the_press_own_are_kept(tmp_path):
    """Black type in a picture separated for this press remains on one plate."""
    image = Image.new("CMYK", (40, 40), (0, 0, 0, 255))
    for profile in (None, drawn.FOGRA39.read_bytes()):
        found = prepared(tmp_path, image, PRESS, "image.tif", icc_profile=profile)
        assert decoded(found).getpixel((20, 20)) == (0, 0, 0, 255)


def test_inks_for_another_press_are_converted(tmp_path):
    uncoated = REPOSITORY / "layouts/shared/profiles/fogra29-uncoated.icc"
    image = Image.new("CMYK", (40, 40), (180, 90, 60, 40))
    found = decoded(prepared(tmp_path, image, PRESS, "image.tif", icc_profile=uncoated.read_bytes())).getpixel((20, 20))
    assert found != pytest.approx((180, 90, 60, 40), abs=8)
    lab = [lightness(inks, profile) for inks, profile in (((180, 90, 60, 40), uncoated), (found, drawn.FOGRA39))]
    assert lab[0] == pytest.approx(lab[1], abs=14)


def lightness(inks, profile):
    made = ImageCms.buildTransform(str(profile), ImageCms.createProfile("LAB"), "CMYK", "LAB", 1)
    return ImageCms.applyTransform(Image.new("CMYK", (1, 1), inks), made).getpixel((0, 0))[0]


@pytest.mark.parametrize(("ground", "expected"), [(None, (0, 0, 0, 0)), ((100, 70, 0, 40), (255, 178, 0, 102))])
def test_the_ground_of_a_press_picture_shows_where_it_is_transparent(tmp_path, ground, expected):
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((230, 60, 40, 255), (0, 0, 16, 40))
    found = decoded(prepared(tmp_path, image, replace(PRESS, ground=ground)))
    assert found.getpixel((32, 20)) == pytest.approx(expected, abs=2)


def test_cmyk_without_a_profile_is_taken_for_the_press_own(tmp_path):
    """Without any, the conversion is only a rough one."""
    image = drawn.separated(Image.new("RGB", (40, 40), (120, 80, 60)))
    screen = images.Wanted(60, 60, profile=drawn.FOGRA39)
    assert decoded(prepared(tmp_path, image, screen, "image.tif")).getpixel((20, 20)) == pytest.approx(
        (120, 80, 60), abs=8
    )
    rough = decoded(prepared(tmp_path, image, replace(screen, profile=None), "image.tif")).getpixel((20, 20))
    assert rough != pytest.approx((120, 80, 60), abs=20)


def test_a_press_edition_needs_a_profile(tmp_path):
    with pytest.raises(ValueError, match="needs the profile of its press"):
        prepared(tmp_path, drawn.upright(), replace(PRESS, profile=None))


def test_reads_a_jpeg_in_luminance_chrominance_and_black(tmp_path):
    """Photoshop writes CMYK this way, as YCCK, and marks it in the Adobe segment."""
    cyan, magenta, yellow, black = (200, 120, 40, 30)
    luminance = Image.merge("YCbCr", Image.new("RGB", (40, 40), (cyan, magenta, yellow)).convert("YCbCr").split())
    planes = [plane.point(lambda level: 255 - level) for plane in luminance.split()]
    data = hostile.saved(Image.merge("CMYK", [*planes, Image.new("L", (40, 40), black)]), "JPEG", quality=98)
    marker = data.index(b"Adobe\0") + 11
    path = tmp_path / "ycck.jpg"
    path.write_bytes(data[:marker] + b"\2" + data[marker + 1 :])
    found = preparing.prepare(images.read(path, path.name), PRESS)
    assert decoded(found).getpixel((20, 20)) == pytest.approx((cyan, magenta, yellow, black), abs=4)


def test_a_phone_picture_with_a_second_picture_in_it_is_read(tmp_path):
    """Phones write multi-picture files, whose second picture is a preview or a depth map."""
    path = tmp_path / "phone.jpg"
    drawn.upright().save(path, format="MPO", save_all=True, append_images=[Image.new("RGB", (30, 20))], quality=98)
    found = preparing.prepare(images.read(path, path.name), images.Wanted(60, 60))
    assert decoded(found).convert("RGB").getpixel((20, 20)) == pytest.approx(drawn.PATCHES["red"], abs=6)


LARGE = """
import re, sys
from pathlib import Path
from PIL import Image
from briefpack import images
from briefpack.images import preparing
path = Path(sys.argv[1])
original = images.read(path, path.name)
wanted = images.Wanted(210, 140, crop=True, colours="cmyk", dpi=300, profile=Path(sys.argv[2]))
found = preparing.prepare(original, wanted)
used = re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())
print(found.width_px, found.height_px, int(used[1]) * 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory a process has used at most")
@pytest.mark.part(name="images")
@pytest.mark.parametrize(("suffix", "most"), [(".jpg", 250_000_000), (".png", 500_000_000)])
def test_60_megapixels_are_downsampled_in_little_memory(tmp_path, suffix, most):
    """A JPEG is decoded at a quarter of its size; 60 megapixels alone have 240 MB."""
    path = tmp_path / f"large{suffix}"
    landscape(90, 67).resize((9000, 6700), Image.Resampling.NEAREST).save(path)
    done = subprocess.run(  # noqa: S603 -- our own code
        [sys.executable, "-c", LARGE, str(path), str(drawn.FOGRA39)], capture_output=True, text=True, check=True
    )
    width, height, used = map(int, done.stdout.split())
    assert (width, height) == (2481, 1654)
    assert used < most
