"""Render a page without its type, to compare the type with its background."""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.checks.read.strings import Handle
from briefpack.geometry import Rectangle

PX_PER_PT = 0.75
"""The resolution at which pages are rendered: enough to see the background of a letter."""

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Background:
    """A page rendered without its type, in rows of pixels from the top."""

    page: pypdfium2.PdfPage
    pixels: Pixels
    left_pt: float
    top_pt: float

    def with_type(self, rows: slice, columns: slice) -> Pixels:
        """Render part of the page with its type; only part, because drawing letters takes most of the time."""
        high, wide, _ = self.pixels.shape
        edges = (columns.start, high - rows.stop, wide - columns.stop, rows.start)
        # The library rounds the cropped edges up.
        return _render(self.page, *(max(0.0, edge - 0.01) / PX_PER_PT for edge in edges))

    def area(self, box: Rectangle) -> tuple[slice, slice]:
        """Return the rows and columns of pixels that a rectangle touches."""
        high, wide, _ = self.pixels.shape
        rows = _pixels(self.top_pt - box.top, self.top_pt - box.bottom, high)
        return rows, _pixels(box.left - self.left_pt, box.right - self.left_pt, wide)


def _pixels(low_pt: float, high_pt: float, most: int) -> slice:
    low, high = floor(low_pt * PX_PER_PT), ceil(high_pt * PX_PER_PT)
    return slice(min(max(0, low), most), min(max(0, high), most))


def render(page: pypdfium2.PdfPage, type_objects: list[Handle]) -> Background:
    """Render a page without its type."""
    left, _, _, top = page.get_cropbox()
    for item in type_objects:
        pdfium.FPDFPageObj_SetIsActive(item, False)
    try:
        return Background(page, _render(page), left, top)
    finally:
        for item in type_objects:
            pdfium.FPDFPageObj_SetIsActive(item, True)


def _render(page: pypdfium2.PdfPage, *crop_pt: float) -> Pixels:
    """Render a page, cropped at the left, bottom, right and top."""
    bitmap = page.render(scale=PX_PER_PT, crop=crop_pt or (0, 0, 0, 0), rev_byteorder=True, may_draw_forms=False)
    return np.array(bitmap.to_numpy())
