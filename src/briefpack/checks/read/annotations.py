"""Read the annotations of a page, its links and the text of the others, and the files attached to a document."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.checks.read import strings
from briefpack.checks.read.strings import Handle
from briefpack.geometry import Rectangle


@dataclass(frozen=True)
class Attached:
    """An attached file: its name, its description and its text."""

    name: str
    about: str
    text: str


class Link(NamedTuple):
    """The annotation of a link: its box, its name, and whether a tag holds it.

    `opens` is the name of its destination, or its web `address`; `target` says in words where it leads: page 6, or
    its address.
    """

    box: Rectangle
    name: str
    held: bool
    opens: str
    address: str = ""
    target: str = ""


def links(pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[Link]:
    """Yield the annotations of a page's links."""
    for annotation in of(page):
        if pdfium.FPDFAnnot_GetSubtype(annotation) != pdfium.FPDF_ANNOT_LINK:
            continue
        link = pdfium.FPDFAnnot_GetLink(annotation)
        action = pdfium.FPDFLink_GetAction(link) if link else None
        place = pdfium.FPDFLink_GetDest(pdf.raw, link) if link else None
        if action and not place:
            place = pdfium.FPDFAction_GetDest(pdf.raw, action)
        index = pdfium.FPDFDest_GetDestPageIndex(pdf.raw, place) if place else -1
        address = _address(pdf, action)
        yield Link(
            box(annotation),
            strings.read(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents"),
            bool(pdfium.FPDFAnnot_HasKey(annotation, b"StructParent")),
            strings.read(pdfium.FPDFAnnot_GetStringValue, annotation, b"Dest") or address,
            address,
            f"page {index + 1}" if index >= 0 else address,
        )


def _address(pdf: pypdfium2.PdfDocument, action: Handle) -> str:
    """Return the web address that an action opens, if it opens one."""
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    size = pdfium.FPDFAction_GetURIPath(pdf.raw, action, None, 0)
    address = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(pdf.raw, action, address, size)
    return address.value.decode("utf-8", "replace")


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


def attached(pdf: pypdfium2.PdfDocument) -> Iterator[Attached]:
    """Yield the files attached to a document as a whole."""
    for index in range(pdfium.FPDFDoc_GetAttachmentCount(pdf.raw)):
        handle = pdfium.FPDFDoc_GetAttachment(pdf.raw, index)
        name = strings.read(pdfium.FPDFAttachment_GetName, handle)
        yield Attached(name, strings.read(pdfium.FPDFAttachment_GetDescription, handle), _content(handle))


def _content(handle: Handle) -> str:
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(handle, None, 0, size) or not size.value:
        return ""
    data = ctypes.create_string_buffer(size.value)
    pdfium.FPDFAttachment_GetFile(handle, data, size.value, size)
    return data.raw.decode("utf-8", "replace")
