"""Work out how an image fills the place wanted for it: its size, its crop and its resolution."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from briefpack import store
from briefpack.geometry import MM_PER_INCH
from briefpack.images.original import Original
from briefpack.problem import Problem

Ink = tuple[int, int, int, int]
"""The cyan, magenta, yellow and black that a colour prints with, in per cent."""
SCREEN_BYTES = 160_000
"""The most bytes of an image on screen: six of them, with fonts and text, are under 1.5 MB."""


@dataclass(frozen=True)
class Wanted:
    """The place for an image in an edition.

    `focus` is the point that any crop keeps, as shares from the left and the top. `profile` is the ICC profile of the
    output condition: CMYK editions convert to it, others assume it for a CMYK image that has none. `ground` is the inks
    beneath a transparent image in CMYK. `most_bytes` is for RGB editions. `greys` are the colours that have a grey of
    their own in a drawing.
    """

    width_mm: float
    height_mm: float
    crop: bool = False
    focus: tuple[float, float] = (0.5, 0.5)
    colours: Literal["rgb", "grey", "cmyk"] = "rgb"
    dpi: float = 150
    profile: Path | None = None
    ink_limit_percent: float = 300
    ground: Ink | None = None
    most_bytes: int = SCREEN_BYTES
    greys: tuple[tuple[str, str], ...] = ()

    @property
    def press(self) -> Path:
        """Return the profile of the press that an edition in CMYK is for."""
        if self.profile is None:
            raise ValueError("a CMYK edition needs the profile of its press")
        return self.profile


Region = tuple[float, float, float, float]
"""The left, top, right and bottom of the part of an image that shows."""


def key(original: Original, wanted: Wanted) -> str:
    """Return the key of a prepared image in the store; the versions of the software aren't part of it."""
    profile = store.file_key(wanted.profile) if wanted.profile else ""
    fields = {name: value for name, value in vars(wanted).items() if name != "profile"}
    return store.key("image", original.digest, original.format, repr(sorted(fields.items())), profile)


def size_mm(original: Original, wanted: Wanted) -> tuple[float, float]:
    """Return the size at which an image is placed: the whole place, or as much as its proportions fill."""
    if wanted.crop:
        return wanted.width_mm, wanted.height_mm
    scale = min(wanted.width_mm / original.width, wanted.height_mm / original.height)
    return original.width * scale, original.height * scale


def region(original: Original, wanted: Wanted) -> Region:
    """Return the part of an image that shows: the largest with the place's proportions, as near the focus as can be."""
    width_mm, height_mm = size_mm(original, wanted)
    scale = min(original.width / width_mm, original.height / height_mm)
    left, right = _span(original.width, min(width_mm * scale, original.width), wanted.focus[0])
    top, bottom = _span(original.height, min(height_mm * scale, original.height), wanted.focus[1])
    return left, top, right, bottom


def _span(whole: float, part: float, focus: float) -> tuple[float, float]:
    start = min(max(whole * focus - part / 2, 0.0), whole - part)
    return start, start + part


def dpi(original: Original, wanted: Wanted) -> float:
    """Return the resolution that an image has at the size at which it is placed; a drawing's is infinite."""
    if original.drawing:
        return math.inf
    left, top, right, bottom = region(original, wanted)
    return resolution((right - left, bottom - top), size_mm(original, wanted))


def resolution(size_px: tuple[float, float], size: tuple[float, float]) -> float:
    """Return the lower of the two resolutions, across and down, of some pixels at a size in millimetres."""
    return min(count / length * MM_PER_INCH for count, length in zip(size_px, size, strict=True))


def size_px(original: Original, wanted: Wanted) -> tuple[int, int]:
    """Return the number of pixels that the place needs, but never more than the image has."""
    left, top, right, bottom = region(original, wanted)
    across, down = (math.ceil(length * wanted.dpi / MM_PER_INCH - 0.001) for length in size_mm(original, wanted))
    return max(1, min(across, math.floor(right - left + 0.5))), max(1, min(down, math.floor(bottom - top + 0.5)))


def judge(
    original: Original, wanted: Wanted, refused: float = 150, warned: float = 300, least_width_mm: float = 0.0
) -> Iterator[Problem]:
    """Yield a problem if an image is too coarse at its size, or a warning if it should be finer or larger."""
    width_mm, _ = size_mm(original, wanted)
    if width_mm < least_width_mm:
        message = f"it prints {width_mm:.3g} mm wide; its least_width_mm is {least_width_mm:g}"
        hint = "a version without small words, or a larger place for it under images: in the layout"
        yield Problem(original.shown, None, message, hint, warning=True)
    found = dpi(original, wanted)
    least = refused if found < refused - 0.5 else warned
    if found < least - 0.5:
        message = f"it has {found:.0f} dpi at {width_mm:.0f} mm wide; it needs {least:.0f} dpi"
        hint = f"use an image {math.ceil(original.width * least / found):,} pixels wide or more, or a smaller place"
        yield Problem(original.shown, None, message, hint, warning=found >= refused - 0.5)
