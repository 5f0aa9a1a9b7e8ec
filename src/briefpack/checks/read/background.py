"""Render a page without its type, to compare the type with its background."""

import base64
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.checks.read.strings import Handle
from briefpack.geometry import Frame, Rectangle
from briefpack.plan import Ground

PX_PER_PT = 0.75
"""The resolution at which pages are rendered: enough to see the background of a letter."""

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Background:
    """A page rendered without its type, in rows of pixels from the top."""

    page: pypdfium2.PdfPage | None
    pixels: Pixels
    left_pt: float
    top_pt: float

    def rendered(self, rows: slice, columns: slice, without: Iterable[Handle] = ()) -> Pixels:
        """Render part of the page with its type, but without some objects; letters take most of the time."""
        assert self.page is not None  # noqa: S101 -- a ground that is read again is never rendered with type
        high, wide, _ = self.pixels.shape
        edges = (columns.start, high - rows.stop, wide - columns.stop, rows.start)
        # The library rounds the cropped edges up.
        return _render(self.page, without, *(max(0.0, edge - 0.01) / PX_PER_PT for edge in edges))

    def ground(self, frame: Frame, trim: Rectangle) -> Ground:
        """Return its part in a frame on its page, once trimmed, to be kept."""
        place = frame.on(trim)
        rows, columns = self.area(place)
        pixels = self.pixels[rows, columns]
        plain = pixels.size > 0 and (pixels == pixels[0, 0]).all()
        data = (pixels[:1, :1] if plain else pixels).tobytes()
        left_pt, top_pt = self.left_pt + columns.start / PX_PER_PT, self.top_pt - rows.start / PX_PER_PT
        high, wide, _ = pixels.shape
        return Ground(frame, place, left_pt, top_pt, high, wide, base64.b64encode(zlib.compress(data)).decode())

    def area(self, box: Rectangle) -> tuple[slice, slice]:
        """Return the rows and columns of pixels that a rectangle touches."""
        high, wide, _ = self.pixels.shape
        rows = _pixels(self.top_pt - box.top, self.top_pt - box.bottom, high)
        return rows, _pixels(box.left - self.left_pt, box.right - self.left_pt, wide)


def kept(ground: Ground) -> Background:
    """Return the background that `ground` kept."""
    data = np.frombuffer(zlib.decompress(base64.b64decode(ground.pixels)), np.uint8)
    shape = ground.rows, ground.columns, 3
    pixels = np.broadcast_to(data, shape) if data.size == 3 else data.reshape(shape)
    return Background(None, pixels, ground.left_pt, ground.top_pt)


def _pixels(low_pt: float, high_pt: float, most: int) -> slice:
    low, high = floor(low_pt * PX_PER_PT), ceil(high_pt * PX_PER_PT)
    return slice(min(max(0, low), most), min(max(0, high), most))


def render(page: pypdfium2.PdfPage, type_objects: list[Handle]) -> Background:
    """Render a page without its type."""
    left, _, _, top = page.get_cropbox()
    return Background(page, _render(page, type_objects), left, top)


def _render(page: pypdfium2.PdfPage, left_out: Iterable[Handle], *crop_pt: float) -> Pixels:
    """Render a page without some objects, cropped at the left, bottom, right and top."""
    with without(left_out):
        return rendered(page, PX_PER_PT, crop_pt or (0, 0, 0, 0))


def rendered(page: pypdfium2.PdfPage, px_per_pt: float, crop_pt: tuple[float, ...]) -> Pixels:
    """Render a page, cropped at the left, bottom, right and top."""
    bitmap = page.render(scale=px_per_pt, crop=crop_pt, rev_byteorder=True, may_draw_forms=False)
    return np.array(bitmap.to_numpy())


@contextmanager
def without(items: Iterable[Handle]) -> Iterator[None]:
    """Leave out some objects of a page for a while."""
    left_out = [*items]
    for item in left_out:
        pdfium.FPDFPageObj_SetIsActive(item, False)
    try:
        yield
    finally:
        for item in left_out:
            pdfium.FPDFPageObj_SetIsActive(item, True)
