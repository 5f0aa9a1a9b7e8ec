"""Decode a bitmap image: upright, in a mode that colours can be converted from, and no larger than it needs to be."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import (
    ExifTags,
    Image,
    ImageFile,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from briefpack.images import profiles
from briefpack.problem import Problems, one_problem

MOST_SCANS = 100
"""The most scans of a progressive JPEG, which has about ten; thousands would take hours to decode."""
SCAN = b"\xff\xda"
SPARE = 2
"""Keep at least this many times the pixels needed each way: the last reduction is left to a better filter."""

ON_ITS_SIDE = (5, 6, 7, 8)

MODES = {
    "1": "L",
    "La": "LA",
    "RGBa": "RGBA",
    "RGBX": "RGB",
    "YCbCr": "RGB",
    "HSV": "RGB",
    "P": "RGB",
    "PA": "RGBA",
}
"""The mode that each other mode is converted to."""
KNOWN = frozenset({"L", "LA", "RGB", "RGBA", "CMYK", "LAB"})
WITH_ALPHA = {"L": "LA", "1": "LA", "RGB": "RGBA", "P": "RGBA", "PA": "RGBA", "LA": "LA", "RGBA": "RGBA"}


@dataclass(frozen=True)
class Pixels:
    """The pixels of an image, upright, without metadata: its colours with their ICC profile, and its transparency."""

    image: Image.Image
    profile: bytes | None = None
    alpha: Image.Image | None = None


def split(image: Image.Image, profile: bytes | None) -> Pixels:
    """Return an image with its transparency, if any pixel has some, apart from its colours."""
    if image.mode not in ("LA", "RGBA"):
        return Pixels(image, profile)
    *_, alpha = image.split()
    clear = alpha.getextrema() != (255, 255)
    return Pixels(image.convert(image.mode[:-1]), profile, alpha if clear else None)


def judged(path: Path, shown: str, file_format: str) -> tuple[int, int]:
    """Return the size of an upright image. Raises Problems if it doesn't decode or its colours are unknown."""
    if file_format == "PNG":
        # If its bytes differ from their checksums, it would decode to stripes.
        with opened(path, shown, "PNG") as image:
            image.verify()
    with opened(path, shown, file_format) as image:
        for message, hint in _faults(image, path, file_format):
            raise one_problem(shown, None, message, hint)
        size = image.size
        turned = _is_on_its_side(image)
        image.draft(None, (1, 1))
        image.load()
        if message := profiles.fault(image.info.get("icc_profile"), _plain_mode(image)):
            raise one_problem(shown, None, message, "export it again with the profile sRGB")
    return size[::-1] if turned else size


def _faults(image: Image.Image, path: Path, file_format: str) -> Iterator[tuple[str, str]]:
    """Yield a message and a hint for each fault that an image's header shows."""
    if image.width * image.height > MOST_PIXELS:
        yield TOO_LARGE, SMALLER
    frames = 1 if file_format == "JPEG" else getattr(image, "n_frames", 1)
    if frames > 1 and file_format == "TIFF":
        yield f"it has {frames} pages", "save the page that you want as a file of its own"
    elif frames > 1:
        yield "it is animated", "save one picture of it as a file of its own"
    if _plain_mode(image) not in KNOWN:
        yield "it has more than 16 bits a channel, or colours of an unknown kind", "export it with 8 bits a channel"
    if file_format == "JPEG" and path.read_bytes().count(SCAN) > MOST_SCANS:
        yield f"it is a progressive JPEG with more than {MOST_SCANS} scans", "export it as an ordinary JPEG"


def decoded(path: Path, shown: str, file_format: str, least: tuple[int, int]) -> Pixels:
    """Return the pixels of an image, reduced if it has more than twice as many each way as `least`."""
    with opened(path, shown, file_format) as image:
        across, down = least[::-1] if _is_on_its_side(image) else least
        image.draft(None, (across, down))  # a JPEG can be decoded at a half, a quarter or an eighth of its size
        image.load()
        profile = image.info.get("icc_profile")
        plain = _plain(image)
        factor = max(1, min(plain.width // (across * SPARE), plain.height // (down * SPARE)))
        reduced = plain.reduce(factor) if factor > 1 else plain
        upright = _upright(reduced)
        upright.info.clear()
    return Pixels(upright, profile if profiles.fits(profile, upright.mode) else None)


def _is_on_its_side(image: Image.Image) -> bool:
    """Return whether an image's EXIF, if it can be read, gives it a quarter turn."""
    # Pillow turns a TIFF itself. EXIF that can't be read may raise anything; the image itself is sound.
    try:
        return image.format != "TIFF" and image.getexif().get(ExifTags.Base.Orientation) in ON_ITS_SIDE
    except Exception:  # noqa: BLE001 -- see above
        return False


def _upright(image: Image.Image) -> Image.Image:
    """Return an image turned as its EXIF says, or as it is if that is damaged."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 -- as above
        return image


def _plain_mode(image: Image.Image) -> str:
    """Return the mode that an image is converted to before its colours are."""
    if image.mode.startswith("I;16"):
        return "L"
    if image.has_transparency_data and image.mode in WITH_ALPHA:
        return WITH_ALPHA[image.mode]
    return MODES.get(image.mode, image.mode)


def _plain(image: Image.Image) -> Image.Image:
    """Return an image in grey, RGB, CMYK or Lab, with its transparency in a channel if it has any."""
    if image.mode.startswith("I;16"):
        return _of_16_bits(image)
    mode = _plain_mode(image)
    return image if image.mode == mode else image.convert(mode)


def _of_16_bits(image: Image.Image) -> Image.Image:
    """Return a grey image of 16 bits with 8: Pillow would cut off everything lighter than 1/256 of white."""
    samples = np.asarray(image)
    grey = Image.fromarray((samples >> 8).astype(np.uint8))
    grey.info["exif"] = image.info.get("exif", b"")  # with its orientation
    clear = image.info.get("transparency")
    if clear is not None:
        grey.putalpha(Image.fromarray(np.where(samples == clear, 0, 255).astype(np.uint8)))
    return grey


READERS = {
    "JPEG": JpegImagePlugin.JpegImageFile.format,
    "PNG": PngImagePlugin.PngImageFile.format,
    "TIFF": TiffImagePlugin.TiffImageFile.format,
    "WebP": WebPImagePlugin.WebPImageFile.format,
}
"""The name that Pillow gives each format. Importing the plugins here keeps Pillow from loading all the others."""

MOST_PIXELS = 120_000_000
"""The largest image: a camera with a medium-format sensor has 102 megapixels; decoded, these take half a gigabyte."""
TOO_LARGE = f"it has more than {MOST_PIXELS // 1_000_000} megapixels"
SMALLER = "export it smaller; a full page at 300 dpi has 9 megapixels"


@contextmanager
def guarded(shown: str) -> Iterator[None]:
    """Raise Problems, located at `shown`, for anything that Pillow raises about a file in the block."""
    # WeasyPrint asks Pillow to fill in what a truncated file lacks; here, that is a problem.
    filled_in, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Problems:
        raise
    except (Image.DecompressionBombError, MemoryError) as error:
        raise one_problem(shown, None, TOO_LARGE, SMALLER) from error
    except Exception as error:  # Pillow's readers raise anything: OSError, SyntaxError, struct.error, ...
        message = "it is damaged or incomplete"
        raise one_problem(shown, None, message, "copy it again from its source, or export it again") from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = filled_in


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep the messages about damaged files that libtiff writes to standard error off the terminal."""
    try:
        terminal = os.dup(2)
    except OSError:  # there is none
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)
        os.close(nowhere)


@contextmanager
def opened(path: Path, shown: str, file_format: str) -> Iterator[Image.Image]:
    """Open an image of a known format; its pixels are read later. Raises Problems for whatever is wrong with it."""
    quiet = _silenced() if file_format == "TIFF" else nullcontext()
    # Given a path, Pillow maps an uncompressed TIFF into memory, and mixes up the sides of one that is on its side.
    reader = READERS[file_format] or ""
    with guarded(shown), quiet, path.open("rb") as file, Image.open(file, formats=[reader]) as image:
        yield image
