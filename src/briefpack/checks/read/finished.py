"""Open a finished PDF to read its text, what is drawn on its pages, and the background beneath."""

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape
from math import ceil, floor

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.checks.read import blocks, marks, plates, tags
from briefpack.checks.read.blocks import Block
from briefpack.checks.read.marks import Drawn, Font, Place, Run
from briefpack.plan import Expected, Read

CLOSE_PT = 0.5
# The resolution at which pages are rendered: enough to see what is beneath a letter.
PX_PER_PT = 0.75
UNSEEN = re.compile(r"[\s\-\u00ad\u2010\u2011\u200b\u2060\ufeff\ufffe\x00-\x1f]+")
LINK = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*["']([^"']+)""", re.IGNORECASE)
ALT = re.compile(r"""\balt\s*=\s*(["'])(.*?)\1""", re.IGNORECASE | re.DOTALL)
AUTHORISED = re.compile(r"\bauthorised\s+by\b", re.IGNORECASE)

Pixels = npt.NDArray[np.uint8]
Found = Iterator[tuple[int | None, str]]
"""What a check found: a page, counted from 1, or None for the whole file, and what is wrong."""


@dataclass(frozen=True)
class Finished:
    """An open PDF and what it should be; `known` is what was read from its pages earlier, if anything."""

    pdf: pypdfium2.PdfDocument
    expected: Expected
    known: tuple[Read, ...] | None = None
    data: bytes = b""

    @cached_property
    def pages(self) -> tuple[pypdfium2.PdfPage, ...]:
        """Return the pages, each loaded once."""
        return tuple(self.pdf)

    @cached_property
    def laid(self) -> tuple[plates.Mark, ...]:
        """Return the marks that the pages put on a press's plates."""
        return plates.marks(self.data)

    @cached_property
    def textpages(self) -> tuple[pypdfium2.PdfTextPage, ...]:
        """Return PDFium's text layer of each page."""
        return tuple(page.get_textpage() for page in self.pages)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return the text of each page, with runs of white space as single spaces."""
        if self.known is not None:
            return tuple(page.text for page in self.known)
        return tuple(" ".join(page.get_text_bounded().split()) for page in self.textpages)

    @cached_property
    def drawn(self) -> tuple[Drawn, ...]:
        """Return what is drawn on each page."""
        fonts: dict[int, Font] = {}
        return tuple(marks.read(page, letters, fonts) for page, letters in zip(self.pages, self.textpages, strict=True))

    @cached_property
    def trees(self) -> tuple[tags.Element | None, ...]:
        """Return the tags of each page."""
        return tuple(tags.read(page) for page in self.pages)

    @cached_property
    def blocks(self) -> tuple[list[Block], ...]:
        """Return the blocks of each page in reading order; none on a page without tags."""
        pages = zip(self.trees, self.drawn, strict=True)
        return tuple(blocks.read(tree, drawn) if tree else [] for tree, drawn in pages)

    @cached_property
    def heads(self) -> tuple[tuple[int, ...], ...]:
        """Return the levels of each page's headings, in reading order."""
        if self.known is not None:
            return tuple(page.heads for page in self.known)
        return tuple(
            tuple(tags.HEADINGS[each.kind] for each in tree.walk() if each.kind in tags.HEADINGS) if tree else ()
            for tree in self.trees
        )

    @cached_property
    def trims(self) -> tuple[Place, ...]:
        """Return the trim box of each page."""
        return tuple(Place(*page.get_trimbox()) for page in self.pages)

    @cached_property
    def grounds(self) -> tuple["Ground | None", ...]:
        """Return each page rendered without its type; None for a page that is rotated or laid over another."""
        over = self.expected.part is not None and self.expected.part.over
        return tuple(
            None if over or page.get_rotation() else _ground(page, drawn)
            for page, drawn in zip(self.pages, self.drawn, strict=True)
        )

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Return the addresses that links open, each once."""
        if self.known is not None:
            return tuple(dict.fromkeys(link for page in self.known for link in page.links))
        if part := self.expected.part:
            return tuple(dict.fromkeys(map(unescape, LINK.findall(part.html))))
        return tuple(dict.fromkeys(link for page in self.pages for link in _links(self.pdf, page)))

    @cached_property
    def alts(self) -> tuple[str, ...]:
        """Return the alternative texts of figures; for a QR code, it gives the address."""
        if self.known is not None:
            return tuple(alt for page in self.known for alt in page.alts)
        if part := self.expected.part:
            return tuple(unescape(alt) for _, alt in ALT.findall(part.html))
        return tuple(element.alt for tree in self.trees if tree for element in tree.walk() if element.alt)

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """Return the texts in the tags (alternative text, actual text, title, expansion), each once."""
        if self.known is not None:
            return tuple(text for page in self.known for text in page.spoken)
        elements = (element for tree in self.trees if tree for element in tree.walk())
        return tuple(dict.fromkeys(text for element in elements for text in element.spoken))

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Return the descriptions of links and the text of other annotations, each once."""
        if self.known is not None:
            return tuple(text for page in self.known for text in page.notes)
        return tuple(dict.fromkeys(text for page in self.pages for text in _notes(page)))

    @cached_property
    def authorised(self) -> tuple[tuple[float, int] | None, ...]:
        """Return, for each page, the type size of its authorisation and the number of letters below it."""
        if self.known is not None:
            return tuple(page.authorised for page in self.known)
        return tuple(_authorised(drawn.runs) for drawn in self.drawn)


def reads(finished: Finished) -> tuple[Read, ...]:
    """Return what is remembered of each page."""
    parts = zip(finished.texts, finished.heads, finished.authorised, strict=True)
    first, *rest = (Read(*part) for part in parts)
    spoken, notes = finished.spoken, finished.notes
    return (replace(first, links=finished.links, alts=finished.alts, spoken=spoken, notes=notes), *rest)


def _authorised(runs: Sequence[Run]) -> tuple[float, int] | None:
    """Return the type size of the lowest authorisation on a page, and the number of letters below it.

    It goes by position, because floats are drawn after the text below them.
    """
    said = min((run for run in runs if AUTHORISED.search(run.text)), key=lambda run: run.place.top_pt, default=None)
    if said is None:
        return None
    below = (squeezed(run.text) for run in runs if run.place.top_pt < said.place.bottom_pt + CLOSE_PT)
    return said.size_pt, sum(map(len, below))


def _notes(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield the descriptions of a page's links, and the text of its other annotations."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if text := tags.said(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents"):
            yield text
        pdfium.FPDFPage_CloseAnnot(annotation)


def _links(pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield the web addresses that a page's links open."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        link = pdfium.FPDFAnnot_GetLink(annotation)
        action = pdfium.FPDFLink_GetAction(link) if link else None
        if action and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_URI:
            size = pdfium.FPDFAction_GetURIPath(pdf.raw, action, None, 0)
            address = ctypes.create_string_buffer(size)
            pdfium.FPDFAction_GetURIPath(pdf.raw, action, address, size)
            yield address.value.decode("utf-8", "replace")
        pdfium.FPDFPage_CloseAnnot(annotation)


def squeezed(text: str) -> str:
    """Return a text without the differences that typesetting makes: spaces, hyphens, ligatures, capitals."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def some(page: int, runs: Sequence[Run], what: str) -> Found:
    """Yield one finding for all the runs of a page with the same fault, quoting the first."""
    if runs:
        yield page, f"{shown(runs[0].text)} {what}{more(len(runs), 'piece of text', 'pieces of text')}"


def shown(text: str) -> str:
    """Return a text in quotation marks, shortened if it is long."""
    text = " ".join(text.split())
    return f'"{text if len(text) <= LONG else text[:LONG] + "…"}"'


LONG = 40


def more(count: int, one: str, more: str = "") -> str:
    """Return how many there are beyond the one quoted, in words."""
    noun = one if count == 2 else more or f"{one}s"
    return f", and {count - 1} more {noun}" if count > 1 else ""


@dataclass(frozen=True)
class Ground:
    """A page rendered without its type, in rows of pixels from the top."""

    page: pypdfium2.PdfPage
    bare: Pixels
    left_pt: float
    top_pt: float

    def whole(self, rows: slice, columns: slice) -> Pixels:
        """Render part of the page with its type; only part, because drawing letters takes most of the time."""
        high, wide, _ = self.bare.shape
        edges = (columns.start, high - rows.stop, wide - columns.stop, rows.start)
        # The library rounds the cropped edges up.
        return _looked_at(self.page, *(max(0.0, edge - 0.01) / PX_PER_PT for edge in edges))

    def slices(self, place: Place) -> tuple[slice, slice]:
        """Return the rows and columns of pixels that a place touches."""
        left, right = place.left_pt - self.left_pt, place.right_pt - self.left_pt
        top, bottom = self.top_pt - place.top_pt, self.top_pt - place.bottom_pt
        high, wide, _ = self.bare.shape
        return _pixels(top, bottom, high), _pixels(left, right, wide)


def _pixels(low_pt: float, high_pt: float, most: int) -> slice:
    low, high = floor(low_pt * PX_PER_PT), ceil(high_pt * PX_PER_PT)
    return slice(min(max(0, low), most), min(max(0, high), most))


def _ground(page: pypdfium2.PdfPage, drawn: Drawn) -> Ground:
    """Render a page without its type."""
    left, _, _, top = page.get_cropbox()
    for item in drawn.handles:
        pdfium.FPDFPageObj_SetIsActive(item, False)
    try:
        return Ground(page, _looked_at(page), left, top)
    finally:
        for item in drawn.handles:
            pdfium.FPDFPageObj_SetIsActive(item, True)


def _looked_at(page: pypdfium2.PdfPage, *crop_pt: float) -> Pixels:
    """Render a page, cropped at the left, foot, right and head."""
    seen = page.render(scale=PX_PER_PT, crop=crop_pt or (0, 0, 0, 0), rev_byteorder=True, may_draw_forms=False)
    return np.array(seen.to_numpy())
