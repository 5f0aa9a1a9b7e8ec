"""Read the files attached to a finished PDF."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.checks.read import strings
from briefpack.checks.read.strings import Handle


@dataclass(frozen=True)
class Attached:
    """An attached file: its name, its description and its text."""

    name: str
    about: str
    text: str


def of(pdf: pypdfium2.PdfDocument) -> Iterator[Attached]:
    """Yield the files attached to a document as a whole."""
    for index in range(pdfium.FPDFDoc_GetAttachmentCount(pdf.raw)):
        yield read(pdfium.FPDFDoc_GetAttachment(pdf.raw, index))


def read(handle: Handle) -> Attached:
    """Return an attached file."""
    name = strings.read(pdfium.FPDFAttachment_GetName, handle)
    return Attached(name, strings.read(pdfium.FPDFAttachment_GetDescription, handle), _content(handle))


def _content(handle: Handle) -> str:
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(handle, None, 0, size) or not size.value:
        return ""
    data = ctypes.create_string_buffer(size.value)
    pdfium.FPDFAttachment_GetFile(handle, data, size.value, size)
    return data.raw.decode("utf-8", "replace")
