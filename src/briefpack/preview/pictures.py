"""Draw the pages of a PDF, and read the words that stand somewhere on them."""

import hashlib
import io
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

import pypdfium2 as pdfium

from briefpack.build import origins
from briefpack.build.origins import Around, Overlay
from briefpack.geometry import Rectangle

LETTERS_AROUND = 60
"""How many letters before and after a click are read, enough for a run of words."""
NEAR_PT = 6.0
"""How far from a letter a click may be."""
KEPT = 200
"""How many pictures are kept: the pages of a few packs, in 40 MB."""
ALONE = threading.RLock()
"""PDFium serves one thread at a time, which may close a file while it draws another."""


class Picture(NamedTuple):
    """A page as a PNG file, and a hash of its pixels."""

    png: bytes
    key: str


class Pages:
    """The pages of a PDF, counted from 1, with their sizes in points."""

    def __init__(self, data: bytes) -> None:
        """Read a PDF."""
        self.key = hashlib.sha256(data).hexdigest()
        self._pictures: dict[tuple[int, int], Picture] = {}
        with ALONE:
            self._document = pdfium.PdfDocument(data)
            self.sizes = tuple(map(self._document.get_page_size, range(len(self._document))))

    def __del__(self) -> None:
        """Close the file when nobody is looking at its pages any more."""
        with ALONE:
            self._document.close()

    def picture(self, page: int, width_px: int) -> Picture:
        """Return a page as a picture of this width."""
        if (page, width_px) not in self._pictures:
            if len(self._pictures) >= KEPT:
                self._pictures.clear()
            self._pictures[page, width_px] = self._drawn(page, width_px)
        return self._pictures[page, width_px]

    def _drawn(self, page: int, width_px: int) -> Picture:
        with ALONE, closing(self._document[page - 1]) as opened:
            image = opened.render(scale=width_px / self.sizes[page - 1][0]).to_pil().copy()
        file = io.BytesIO()
        # The best compression would take five times as long as the drawing.
        image.save(file, "PNG", compress_level=1)
        return Picture(file.getvalue(), hashlib.sha256(file.getvalue()).hexdigest())

    def around(self, page: int, x_pt: float, y_pt: float) -> tuple[Rectangle, Around]:
        """Return the box of the letter at a point, and the word with it; where no letter is, the point's own box."""
        with ALONE, closing(self._document[page - 1]) as opened, closing(opened.get_textpage()) as text:
            index = text.get_index(x_pt, y_pt, NEAR_PT, NEAR_PT)
            if index is None:
                return Rectangle(x_pt - 1, y_pt - 1, x_pt + 1, y_pt + 1), Around()
            first = max(0, index - LETTERS_AROUND)
            words = text.get_text_range(first, min(2 * LETTERS_AROUND, text.count_chars() - first))
            return Rectangle(*text.get_charbox(index)), Around.at(words, index - first)

    def overlays(self, page: int) -> Iterator[Overlay]:
        """Yield the trim of a page that is larger, and its blocks in the order that a screen reader reads them."""
        with ALONE, closing(self._document[page - 1]) as opened, closing(opened.get_textpage()) as text:
            trim = Rectangle(*opened.get_trimbox())
            if trim != Rectangle(*opened.get_mediabox()):
                yield Overlay("trim", trim)
            yield from origins.blocks(opened, text)

    def letters(self, page: int) -> list[tuple[str, Rectangle]]:
        """Return the letters and spaces of a page in the order of its text, each with its box."""
        with ALONE, closing(self._document[page - 1]) as opened, closing(opened.get_textpage()) as text:
            letters = range(text.count_chars())
            return [(text.get_text_range(each, 1), Rectangle(*text.get_charbox(each))) for each in letters]
