"""Measure how much of a logo stands out from a ground."""

from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

from PIL import Image

from briefpack.images import conversion, drawing, pixels, preparing
from briefpack.images.original import Original

STANDS_OUT = 3.0
"""The contrast that a mark needs (WCAG 2.2, 1.4.11)."""
SAMPLE_PX = 64
OPAQUE = 128
Colour = tuple[int, int, int]


@lru_cache(maxsize=64)
def share(original: Original, ground: str) -> float:
    """Return the share of a logo's colours or, if it has pixels, of its pixels that stand out from a ground.

    A picture without transparency prints a ground of its own, which shows as a box on any ground but a light one.
    """
    if original.drawing:
        found = [*map(_colour, _colours(drawing.sanitised(original.path.read_bytes(), original.shown)))]
    else:
        found = [*_pixels(original)]
    if not found:
        return float(_luminance(_colour(ground)) > 0.5)
    return sum(_contrast(each, _colour(ground)) >= STANDS_OUT for each in found) / len(found)


def _colours(svg: bytes) -> tuple[str, ...]:
    """Return the colours of a sanitised drawing: its own fill, which is black, only if a shape has no other."""
    root = drawing.parsed(svg)
    if not any(_is_bare(each) for each in root):
        root.attrib.pop("fill", None)
    return preparing.colours(drawing.written(root))


def _is_bare(element: Element) -> bool:
    """Return whether an element is, or contains, a shape that no fill, style or class is set for."""
    if {"fill", "style", "class"} & element.attrib.keys() or element.tag in UNSEEN:
        return False
    return element.tag in drawing.SHAPES or any(map(_is_bare, element))


UNSEEN = frozenset({"clipPath", "mask", "style"})


def _pixels(original: Original) -> Iterator[Colour]:
    """Yield the colour of each opaque pixel of a picture; none if it has no transparency."""
    read = pixels.decoded(original.path, original.shown, original.format, (SAMPLE_PX, SAMPLE_PX))
    found = pixels.split(read.image, read.profile)
    if found.alpha is not None:
        shown = conversion.to_rgb(found, None).convert("RGB")
        yield from _opaque(shown, found.alpha)


def _opaque(image: Image.Image, alpha: Image.Image) -> Iterator[Colour]:
    colours, seen = image.tobytes(), alpha.tobytes()
    for index, value in enumerate(seen):
        if value >= OPAQUE:
            red, green, blue = colours[3 * index : 3 * index + 3]
            yield red, green, blue


def _colour(written: str) -> Colour:
    red, green, blue = bytes.fromhex(written.lstrip("#")[:6])
    return red, green, blue


def _contrast(one: Colour, two: Colour) -> float:
    low, high = sorted((_luminance(one), _luminance(two)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour in sRGB (WCAG 2.2)."""
    red, green, blue = (
        level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4
        for level in (part / 255 for part in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
