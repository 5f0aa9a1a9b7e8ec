"""Measure how much of a logo stands out from a ground."""

from functools import lru_cache
from xml.etree.ElementTree import Element

import numpy as np
import numpy.typing as npt

from briefpack.images import conversion, drawing, pixels, preparing
from briefpack.images.original import Original
from briefpack.layout import luminance

STANDS_OUT = 3.0
"""The contrast that a mark needs (WCAG 2.2, 1.4.11)."""
SAMPLE_PX = 64
OPAQUE = 128
Colours = npt.NDArray[np.uint8]
"""Rows of red, green and blue."""


@lru_cache(maxsize=64)
def share(original: Original, ground: str) -> float:
    """Return the share of a logo's colours or, if it has pixels, of its pixels that stand out from a ground.

    A picture without transparency prints a ground of its own, which shows as a box on any ground but a light one.
    """
    beneath, found = luminance.channels(ground), _drawn(original) if original.drawing else _opaque(original)
    if not found.size:
        return float(luminance.of(beneath)[0] > 0.5)
    return float((luminance.contrast(found, beneath) >= STANDS_OUT).mean())


def _drawn(original: Original) -> Colours:
    """Return the colours of a drawing: black, which is its own fill, only if a shape has no other."""
    root = drawing.parsed(drawing.sanitised(original.path.read_bytes(), original.shown))
    if not any(map(_is_bare, root)):
        root.attrib.pop("fill", None)
    return luminance.channels(*preparing.colours(drawing.written(root)))


def _is_bare(element: Element) -> bool:
    """Return whether an element is, or contains, a shape that no fill, style or class is set for."""
    if {"fill", "style", "class"} & element.attrib.keys() or element.tag in UNSEEN:
        return False
    return element.tag in drawing.SHAPES or any(map(_is_bare, element))


UNSEEN = frozenset({"clipPath", "mask", "style"})


def _opaque(original: Original) -> Colours:
    """Return the colours of the opaque pixels of a picture; none if it has no transparency."""
    read = pixels.decoded(original.path, original.shown, original.format, (SAMPLE_PX, SAMPLE_PX))
    found = pixels.split(read.image, read.profile)
    if found.alpha is None:
        return luminance.channels()
    return np.asarray(conversion.to_rgb(found, None).convert("RGB"))[np.asarray(found.alpha) >= OPAQUE]
