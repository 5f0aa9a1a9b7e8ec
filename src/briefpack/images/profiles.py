"""Convert colours with LittleCMS, and judge the ICC profiles embedded in images."""

import functools
import io
from pathlib import Path

from PIL import Image, ImageCms

SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK", "LAB": "Lab"}
"""The colour space that the profile of an image in each mode must have."""

# Relative colorimetric keeps every colour that the press can print, so a logo and a photograph of the same blue
# match; black point compensation keeps the detail in shadows darker than the press's black. A perceptual conversion
# would move all colours, by a table that differs from one profile's maker to the next.
INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.HIGHRESPRECALC

Profile = bytes | str
"""The bytes of an ICC profile, or the name of a profile that LittleCMS makes itself: sRGB or LAB."""
SRGB, LAB = "sRGB", "LAB"


def fault(profile: bytes | None, mode: str) -> str:
    """Return the fault in the profile of an image in a mode; an empty text if it has no fault, or no profile.

    A profile that can't be used leaves the colours unknown, so it is a problem. The profile of a screen in a grey image
    does no harm: some programs keep it when they remove the colour.
    """
    plain = _without_alpha(mode)
    if not profile or (plain == "L" and _space(profile) == "RGB"):
        return ""
    try:
        _transform(profile, SRGB, plain, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return "its colour profile is damaged, or isn't for its colours"
    return ""


def fits(profile: bytes | None, mode: str) -> bool:
    """Return whether an image in a mode has a profile made for its colours."""
    return profile is not None and _space(profile) == SPACES[_without_alpha(mode)]


def _space(profile: bytes) -> str:
    """Return the colour space in a profile's header; empty if it isn't a profile."""
    return profile[16:20].decode("latin-1").strip() if profile[36:40] == b"acsp" else ""


def _without_alpha(mode: str) -> str:
    return {"LA": "L", "RGBA": "RGB"}.get(mode, mode)


def convert(image: Image.Image, source: Profile, target: Profile, mode: str) -> Image.Image:
    """Return an image with its colours converted from one profile to another."""
    converted = ImageCms.applyTransform(image, _transform(source, target, image.mode, mode))
    if converted is None:
        raise ValueError(mode)
    converted.info.clear()
    return converted


@functools.lru_cache(maxsize=16)
def _transform(source: Profile, target: Profile, mode_in: str, mode_out: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(_opened(source), _opened(target), mode_in, mode_out, INTENT, FLAGS)


def _opened(profile: Profile) -> ImageCms.ImageCmsProfile:
    if isinstance(profile, bytes):
        return ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB" if profile == LAB else "sRGB"))


@functools.lru_cache(maxsize=4)
def _read(path: Path, _changed_ns: int) -> bytes:
    return path.read_bytes()


def read(path: Path) -> bytes:
    """Return the bytes of a profile, read once per process unless it changes."""
    return _read(path, path.stat().st_mtime_ns)
