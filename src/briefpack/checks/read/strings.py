"""Read the strings that PDFium writes: NUL-terminated UTF-16."""

import ctypes
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2.raw as pdfium

Handle = Any
"""An object of PDFium's, which is untyped."""

BUFFER = (ctypes.c_ushort * 4096)()
"""The buffer that most strings are written to, a thousand times a page; longer ones get one of their own."""


def read(write: Callable[..., int], *arguments: object) -> str:
    """Return the string that a PDFium function writes; the function returns its size in bytes."""
    buffer = BUFFER
    size = write(*arguments, buffer, ctypes.sizeof(buffer))
    if size > ctypes.sizeof(buffer):
        buffer = (ctypes.c_ushort * size)()
        size = write(*arguments, buffer, ctypes.sizeof(buffer))
    return _decoded(buffer, size)


def attribute(value: Handle) -> str:
    """Return the text or the name that is the value of a structure element's attribute; none if it is neither.

    A text is read as its bytes: as a string, PDFium takes it for UTF-8, which no text in a PDF 1.7 is.
    """
    size = ctypes.c_ulong()
    if pdfium.FPDF_StructElement_Attr_GetBlobValue(value, None, 0, size):
        text = (ctypes.c_char * size.value)()
        pdfium.FPDF_StructElement_Attr_GetBlobValue(value, text, size.value, size)
        return str(pikepdf.String(text.raw))
    written = pdfium.FPDF_StructElement_Attr_GetStringValue(value, BUFFER, ctypes.sizeof(BUFFER), size)
    return _decoded(BUFFER, size.value) if written else ""


def _decoded(buffer: ctypes.Array[ctypes.c_ushort], size: int) -> str:
    return ctypes.string_at(buffer, max(0, size - 2)).decode("utf-16-le", "replace")
