"""Read a page's tags: structure elements with alternative text, scope and marked content, and empty elements."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pikepdf
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name, Pdf

from briefpack.checks.read.strings import Handle, Strings
from briefpack.typeset.weasyprint.elements import MOVED

HEADINGS = {f"H{level}": level for level in range(1, 7)}


@dataclass
class Element:
    """A structure element: its type, and the ids of its marked content on the page.

    `spoken` is any other text it provides: alternative text, actual text, title, expansion. `name` is said instead of
    its content. `parts` are its content and the elements in it, in reading order, and `objects` is the number of
    annotations that it holds. `summary` describes the contents of a table.
    """

    kind: str
    alt: str = ""
    scope: str = ""
    spoken: tuple[str, ...] = ()
    mcids: list[int] = field(default_factory=list)
    kids: list["Element"] = field(default_factory=list)
    id: str = ""
    name: str = ""
    parts: list["Element | int"] = field(default_factory=list, compare=False, repr=False)
    objects: int = 0
    expansion: str = ""
    language: str = ""
    summary: str = ""

    def walk(self) -> Iterator["Element"]:
        """Yield the element and every element in it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.kids)

    @property
    def is_moved(self) -> bool:
        """Return whether its page says that it is read elsewhere than it is."""
        return MOVED in self.id

    @property
    def content(self) -> list[int]:
        """Return the marked-content ids of the element and every element in it, in reading order."""
        return [mcid for element in self.walk() for mcid in element.mcids]


def read(page: Handle) -> Element | None:
    """Return the elements with content on a page, under one root, or None if it has no tags."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return None
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        tops = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, index) for index in range(count)]
        strings = Strings()
        # PDFium returns null for elements of other pages.
        kids = [_element(top, strings) for top in tops if top]
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return Element("Root", kids=kids, parts=[*kids]) if kids else None


def _element(handle: Handle, strings: Strings) -> Element:
    alt = strings.read(pdfium.FPDF_StructElement_GetAltText, handle)
    element = Element(strings.read(pdfium.FPDF_StructElement_GetType, handle))
    actual, title, element.expansion = (strings.read(write, handle) for write in SPOKEN)
    element.spoken, element.name = tuple(filter(None, (alt, actual, title, element.expansion))), actual or alt
    element.id, element.language = (strings.read(write, handle) for write in NAMING)
    if element.kind in ("Figure", "Formula"):
        element.alt = alt
    elif element.kind == "TH":
        element.scope = _attribute(handle, b"Scope", strings)
    elif element.kind == "Table":
        element.summary = _attribute(handle, b"Summary", strings)
    for index in range(pdfium.FPDF_StructElement_CountChildren(handle)):
        kid = pdfium.FPDF_StructElement_GetChildAtIndex(handle, index)
        if kid:
            element.kids.append(_element(kid, strings))
            element.parts.append(element.kids[-1])
        elif (mcid := pdfium.FPDF_StructElement_GetChildMarkedContentID(handle, index)) >= 0:
            element.mcids.append(mcid)
            element.parts.append(mcid)
        else:
            element.objects += 1
    return element


def _attribute(handle: Handle, name: bytes, strings: Strings) -> str:
    """Return the value of an attribute, from whichever of an element's dictionaries has it."""
    for index in range(max(0, pdfium.FPDF_StructElement_GetAttributeCount(handle))):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(handle, index)
        value = pdfium.FPDF_StructElement_Attr_GetValue(attributes, name) if attributes else None
        if value and (text := strings.attribute(value)):
            return text
    return ""


SPOKEN = (
    pdfium.FPDF_StructElement_GetActualText,
    pdfium.FPDF_StructElement_GetTitle,
    pdfium.FPDF_StructElement_GetExpansion,
)
NAMING = pdfium.FPDF_StructElement_GetID, pdfium.FPDF_StructElement_GetLang


CELLS = frozenset({"/TD", "/TH"})
"""The types of elements that may be empty: a cell of a table keeps its place."""


class Empty(NamedTuple):
    """An element that holds nothing: its page, counted from 1, if it names one, and its type."""

    page: int | None
    kind: str


def empty(data: bytes) -> tuple[Empty, ...]:
    """Return the elements that hold nothing, and have no text to be read instead."""
    with Pdf.open(io.BytesIO(data)) as file:
        pages = {page.obj.objgen: number for number, page in enumerate(file.pages, start=1)}
        empty = [each for each in _elements(file) if _is_empty(each)]
        return tuple(Empty(pages.get(each.Pg.objgen) if "/Pg" in each else None, str(each.S)[1:]) for each in empty)


def _elements(file: Pdf) -> Iterator[pikepdf.Object]:
    # Every element is an object of its own: to go through all of them is faster than to walk down the tree.
    for each in file.objects:
        if isinstance(each, Dictionary) and each.get("/P") is not None and isinstance(each.get("/S"), Name):
            yield each


def _is_empty(element: pikepdf.Object) -> bool:
    kids = element.get("/K")
    nothing = kids is None or (isinstance(kids, Array) and not len(kids))
    return nothing and str(element.S) not in CELLS and "/Alt" not in element and "/ActualText" not in element
