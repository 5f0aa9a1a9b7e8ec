"""Measure letters in a font file, in ems."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font
    from matplotlib.path import Path

    Extent = tuple[float, float, float]


@functools.cache
def _font(path: str) -> FT2Font:
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415

    font = FT2Font(path)
    font.set_size(1000, 72)
    return font


@functools.lru_cache(maxsize=8192)
def extent(path: str, text: str) -> Extent:
    """Return a text's width, height and descent in ems."""
    from matplotlib.ft2font import LoadFlags  # noqa: PLC0415

    font = _font(path)
    font.set_text(text, 0, flags=LoadFlags.NO_HINTING)
    width, height = font.get_width_height()
    return width / 64 / 1000, height / 64 / 1000, font.get_descent() / 64 / 1000


@functools.lru_cache(maxsize=64)
def reach(path: str, letter: str) -> tuple[float, float]:
    """Return how far a letter reaches below its baseline, as a negative number, and above it, in ems."""
    glyph = _font(path).load_char(ord(letter))
    return glyph.bbox[1] / 64 / 1000, glyph.bbox[3] / 64 / 1000


@functools.lru_cache(maxsize=1024)
def outlines(path: str, text: str) -> Path:
    """Return the outlines of a text's letters, in ems from the start of its baseline."""
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415
    from matplotlib.textpath import TextPath  # noqa: PLC0415

    return TextPath((0, 0), text, size=1, prop=FontProperties(fname=path))


def forget() -> None:
    """Clear everything measured so far: a font file has changed."""
    for cached in (_font, extent, outlines, reach):
        cached.cache_clear()
