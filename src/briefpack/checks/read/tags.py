"""Read a page's tags with PDFium: elements with their alternative text, scope and marks."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

Handle = Any
"""An object of PDFium's, which is untyped."""

HEADINGS = {f"H{level}": level for level in range(1, 7)}
# PDFium writes text as UTF-16. One buffer serves for all but long texts.
BUFFER = (ctypes.c_ushort * 4096)()


@dataclass
class Element:
    """A structure element: its type, and the ids of its marked content on the page.

    `spoken` is any other text it provides: alternative text, actual text, title, expansion.
    """

    kind: str
    alt: str = ""
    scope: str = ""
    spoken: tuple[str, ...] = ()
    marks: list[int] = field(default_factory=list)
    kids: list["Element"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """Yield the element and every element in it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.kids)

    @property
    def content(self) -> list[int]:
        """Return the marks of the element and every element in it, in reading order."""
        return [mark for element in self.walk() for mark in element.marks]


def read(page: Handle) -> Element | None:
    """Return the elements with content on a page, under one root, or None if it has no tags."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return None
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        tops = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, index) for index in range(count)]
        # PDFium returns null for elements of other pages.
        kids = [_element(top) for top in tops if top]
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return Element("Root", kids=kids) if kids else None


def _element(handle: Handle) -> Element:
    alt = said(pdfium.FPDF_StructElement_GetAltText, handle)
    element = Element(said(pdfium.FPDF_StructElement_GetType, handle))
    element.spoken = tuple(filter(None, (alt, *(said(ask, handle) for ask in SPOKEN))))
    if element.kind in ("Figure", "Formula"):
        element.alt = alt
    elif element.kind == "TH":
        element.scope = _scope(handle)
    for index in range(pdfium.FPDF_StructElement_CountChildren(handle)):
        kid = pdfium.FPDF_StructElement_GetChildAtIndex(handle, index)
        if kid:
            element.kids.append(_element(kid))
        elif (mark := pdfium.FPDF_StructElement_GetChildMarkedContentID(handle, index)) >= 0:
            element.marks.append(mark)
    return element


def _scope(handle: Handle) -> str:
    """Return the scope of a header cell, from whichever attribute gives it."""
    size = ctypes.c_ulong()
    for index in range(max(0, pdfium.FPDF_StructElement_GetAttributeCount(handle))):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(handle, index)
        value = pdfium.FPDF_StructElement_Attr_GetValue(attributes, b"Scope") if attributes else None
        if value and pdfium.FPDF_StructElement_Attr_GetStringValue(value, BUFFER, ctypes.sizeof(BUFFER), size):
            return ctypes.string_at(BUFFER, max(0, size.value - 2)).decode("utf-16-le", "replace")
    return ""


SPOKEN = (
    pdfium.FPDF_StructElement_GetActualText,
    pdfium.FPDF_StructElement_GetTitle,
    pdfium.FPDF_StructElement_GetExpansion,
)


def said(ask: Callable[..., int], *about: object) -> str:
    """Return a text that PDFium writes to a buffer as NUL-terminated UTF-16."""
    buffer, size = BUFFER, ask(*about, BUFFER, ctypes.sizeof(BUFFER))
    if size > ctypes.sizeof(BUFFER):
        buffer = (ctypes.c_ushort * size)()
        size = ask(*about, buffer, ctypes.sizeof(buffer))
    return ctypes.string_at(buffer, max(0, size - 2)).decode("utf-16-le", "replace")
