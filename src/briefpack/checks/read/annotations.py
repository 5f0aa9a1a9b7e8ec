"""Read the annotations of a page: its links, and the text of the others."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.checks.read import strings
from briefpack.checks.read.strings import Handle
from briefpack.geometry import Rectangle


def links(pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield the web addresses that a page's links open."""
    yield from (address for _, address in placed(pdf, page))


def placed(pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[tuple[Rectangle, str]]:
    """Yield the box of each link of a page to a web address, and the address."""
    for annotation in of(page):
        link = pdfium.FPDFAnnot_GetLink(annotation)
        action = pdfium.FPDFLink_GetAction(link) if link else None
        if action and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_URI:
            size = pdfium.FPDFAction_GetURIPath(pdf.raw, action, None, 0)
            address = ctypes.create_string_buffer(size)
            pdfium.FPDFAction_GetURIPath(pdf.raw, action, address, size)
            yield box(annotation), address.value.decode("utf-8", "replace")


def texts(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield the descriptions of a page's links, and the text of its other annotations."""
    for annotation in of(page):
        if text := strings.read(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents"):
            yield text


def box(annotation: Handle) -> Rectangle:
    """Return the box of an annotation."""
    found = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, found)
    # Its corners may come in any order (ISO 32000-1, 7.9.5).
    return Rectangle.around([(found.left, found.bottom), (found.right, found.top)])


def of(page: pypdfium2.PdfPage) -> Iterator[Handle]:
    """Yield a page's annotations, each open until the next one."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        yield annotation
        pdfium.FPDFPage_CloseAnnot(annotation)
