"""Read the strings that PDFium returns."""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

Handle = Any
"""An object of PDFium's, which is untyped."""

UNITS = 4096
"""The length of the buffer, in UTF-16 code units: enough for all but long texts."""


class Strings:
    """A reader of PDFium's strings: NUL-terminated UTF-16, which it writes to a buffer that is used again."""

    def __init__(self) -> None:
        self._buffer = (ctypes.c_ushort * UNITS)()

    def read(self, write: Callable[..., int], *arguments: object) -> str:
        """Return the string that a PDFium function writes; the function returns its size in bytes."""
        buffer = self._buffer
        size = write(*arguments, buffer, ctypes.sizeof(buffer))
        if size > ctypes.sizeof(buffer):
            buffer = (ctypes.c_ushort * size)()
            size = write(*arguments, buffer, ctypes.sizeof(buffer))
        return _decoded(buffer, size)

    def attribute(self, value: Handle) -> str:
        """Return the string that is the value of a structure element's attribute; none if it is of another type."""
        size = ctypes.c_ulong()
        written = pdfium.FPDF_StructElement_Attr_GetStringValue(value, self._buffer, ctypes.sizeof(self._buffer), size)
        return _decoded(self._buffer, size.value) if written else ""


def read(write: Callable[..., int], *arguments: object) -> str:
    """Return one string that a PDFium function writes."""
    return Strings().read(write, *arguments)


def _decoded(buffer: ctypes.Array[ctypes.c_ushort], size: int) -> str:
    return ctypes.string_at(buffer, max(0, size - 2)).decode("utf-16-le", "replace")
