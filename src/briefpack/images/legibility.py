"""Measure how much of a logo stands out from a ground."""

from functools import lru_cache
from xml.etree.ElementTree import Element

import numpy as np
import numpy.typing as npt

from briefpack.images import conversion, drawing, pixels, preparing
from briefpack.images.original import Original

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
    [beneath] = _luminance(_read((ground,)))
    found = _luminance(_drawn(original) if original.drawing else _opaque(original))
    if not found.size:
        return float(beneath > 0.5)
    contrast = (np.maximum(found, beneath) + 0.05) / (np.minimum(found, beneath) + 0.05)
    return float((contrast >= STANDS_OUT).mean())


def _drawn(original: Original) -> Colours:
    """Return the colours of a drawing: black, which is its own fill, only if a shape has no other."""
    root = drawing.parsed(drawing.sanitised(original.path.read_bytes(), original.shown))
    if not any(map(_is_bare, root)):
        root.attrib.pop("fill", None)
    return _read(preparing.colours(drawing.written(root)))


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
        return _read(())
    return np.asarray(conversion.to_rgb(found, None).convert("RGB"))[np.asarray(found.alpha) >= OPAQUE]


def _read(colours: tuple[str, ...]) -> Colours:
    """Return colours that are written as #rrggbb."""
    written = b"".join(bytes.fromhex(each.lstrip("#")[:6]) for each in colours)
    return np.frombuffer(written, np.uint8).reshape(-1, 3)


def _luminance(colours: Colours) -> npt.NDArray[np.float32]:
    """Return the relative luminance of each colour (WCAG 2.2)."""
    seen: npt.NDArray[np.float32] = conversion.LINEAR[colours] @ conversion.SEEN
    return seen
