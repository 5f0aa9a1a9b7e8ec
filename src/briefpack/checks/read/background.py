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

    pixels: Pixels
    left_pt: float
    top_pt: float

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
        rows, columns = _pixels(box.moved(-self.left_pt, -self.top_pt), PX_PER_PT)
        return _within(rows, high), _within(columns, wide)


def kept(ground: Ground) -> Background:
    """Return the background that `ground` kept."""
    data = np.frombuffer(zlib.decompress(base64.b64decode(ground.pixels)), np.uint8)
    shape = ground.rows, ground.columns, 3
    pixels = np.broadcast_to(data, shape) if data.size == 3 else data.reshape(shape)
    return Background(pixels, ground.left_pt, ground.top_pt)


def _pixels(box: Rectangle, px_per_pt: float, spare: int = 0) -> tuple[slice, slice]:
    """Return the rows and columns that a box touches, measured from the top left, with some to spare around it."""
    left, top = floor(box.left * px_per_pt) - spare, floor(-box.top * px_per_pt) - spare
    right, bottom = ceil(box.right * px_per_pt) + spare, ceil(-box.bottom * px_per_pt) + spare
    return slice(max(0, top), max(0, bottom)), slice(max(0, left), max(0, right))


def _within(pixels: slice, most: int) -> slice:
    return slice(min(pixels.start, most), min(pixels.stop, most))


def render(page: pypdfium2.PdfPage, type_objects: list[Handle]) -> Background:
    """Render a page without its type."""
    left, _, _, top = page.get_cropbox()
    with without(type_objects):
        return Background(_rendered(page, PX_PER_PT, (0, 0, 0, 0)), left, top)


class Part:
    """The part of a page around some boxes, to be rendered with and without some objects."""

    def __init__(self, page: pypdfium2.PdfPage, boxes: Iterable[Rectangle], px_per_pt: float) -> None:
        sheet = Rectangle(*page.get_cropbox())
        around = Rectangle.around(corner for box in boxes for corner in (box[:2], box[2:]))
        edges_px = [floor(edge * px_per_pt) for edge in sheet.margins(around.grown(1).overlap(sheet))]
        self.page, self.px_per_pt = page, px_per_pt
        self.left_pt, self.top_pt = sheet.left + edges_px[0] / px_per_pt, sheet.top - edges_px[3] / px_per_pt
        # The library rounds the cropped edges up.
        self.crop_pt = tuple(max(0.0, edge - 0.01) / px_per_pt for edge in edges_px)

    def rendered(self, left_out: Iterable[Handle] = ()) -> Pixels:
        """Render it without some objects; letters take most of the time."""
        with without(left_out):
            return _rendered(self.page, self.px_per_pt, self.crop_pt)

    def at(self, box: Rectangle, spare: int = 0) -> tuple[slice, slice]:
        """Return the rows and columns of a box, with some to spare around it."""
        return _pixels(box.moved(-self.left_pt, -self.top_pt), self.px_per_pt, spare)


def _rendered(page: pypdfium2.PdfPage, px_per_pt: float, crop_pt: tuple[float, ...]) -> Pixels:
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
