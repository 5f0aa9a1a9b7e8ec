"""Join copies of several documents into one PDF for two-sided printing."""

import io
from collections.abc import Iterable

from pikepdf import Page, Pdf

from briefpack.paper import printable


def join(documents: Iterable[tuple[bytes, int]], title: str, language: str) -> bytes:
    """Return one PDF with the copies of each document, each copy beginning on the front of a sheet.

    Links and tags are left out, because they don't print.
    """
    out = Pdf.new()
    opened = []  # kept open until the result is saved, because pages are read lazily
    for data, copies in documents:
        opened.append(Pdf.open(io.BytesIO(data)))
        _repeat(out, opened[-1], copies)
    return printable.save(out, title, language, "DuplexFlipLongEdge")


def _repeat(out: Pdf, source: Pdf, copies: int) -> None:
    """Add copies of a document; an odd number of pages ends with a blank."""
    for page in source.pages:
        for key in UNPRINTED:
            if key in page.obj:
                del page.obj[key]
    if len(source.pages) % 2:
        source.add_blank_page(page_size=_size(source.pages[-1]))
    first = len(out.pages)
    out.pages.extend(source.pages)
    once = list(out.pages)[first:]
    for _ in range(copies - 1):
        out.pages.extend(once)


UNPRINTED = ("/Annots", "/StructParents", "/Tabs")


def _size(page: Page) -> tuple[float, float]:
    left, bottom, right, top = map(float, page.mediabox)
    return right - left, top - bottom
