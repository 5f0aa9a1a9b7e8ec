"""Join copies of several documents into one PDF for two-sided printing.

It is for paper, and has neither links nor tags: a screen reader reads the documents that it was made from.
"""

import io
from collections.abc import Iterable

from pikepdf import Page, Pdf

from briefpack.paper import printable

UNPRINTED = ("/Annots", "/StructParents", "/Tabs")
"""The keys of a page that are left out."""


def join(documents: Iterable[tuple[bytes, int]], title: str, language: str) -> bytes:
    """Return one PDF with the copies of each document, each copy beginning on the front of a sheet."""
    out = Pdf.new()
    # Kept open until the result is saved, because pages are read lazily.
    opened = [(Pdf.open(io.BytesIO(data)), copies) for data, copies in documents]
    for source, copies in opened:
        _repeat(out, source, copies)
    return printable.save(out, title, language, "print-set")


def without_links(source: Pdf) -> None:
    """Take what doesn't print from the pages of a document."""
    for page in source.pages:
        for key in UNPRINTED:
            if key in page.obj:
                del page.obj[key]


def _repeat(out: Pdf, source: Pdf, copies: int) -> None:
    """Add copies of a document; an odd number of pages ends with a blank."""
    without_links(source)
    if len(source.pages) % 2:
        source.add_blank_page(page_size=_size(source.pages[-1]))
    first = len(out.pages)
    out.pages.extend(source.pages)
    once = list(out.pages)[first:]
    for _ in range(copies - 1):
        out.pages.extend(once)


def _size(page: Page) -> tuple[float, float]:
    left, bottom, right, top = map(float, page.mediabox)
    return right - left, top - bottom
