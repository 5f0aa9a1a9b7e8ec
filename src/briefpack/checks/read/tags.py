"""Read a page's tags as one tree: structure elements with their words, texts and scopes; and list empty elements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import pikepdf
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name, Pdf

from briefpack.checks.read import strings
from briefpack.checks.read.page_objects import Run
from briefpack.checks.read.strings import Handle
from briefpack.typeset.weasyprint.elements import MOVED

HEADINGS = {f"H{level}": level for level in range(1, 7)}
INLINE = frozenset(
    {"Span", "Link", "Reference", "Lbl", "Em", "Strong", "Quote", "Code", "Annot", "BibEntry", "Sub",
     "Ruby", "NonStruct", "RB", "RT", "RP", "Warichu", "WT", "WP", "Private"}
)  # fmt: skip
"""The types of elements that are part of a line of text."""
Runs = Mapping[int, Sequence[Run]]
"""The runs of type of a page, by their marked-content ids."""


@dataclass
class Element:
    """A structure element of a page.

    `parts` are the ids of its marked content and the elements in it, in reading order; `runs` is the
    type of its page. `spoken` is any other text it provides: alternative text, actual text, title,
    expansion. `name` is said instead of its content. `objects` is the number of annotations that it
    holds. `summary` describes the contents of a table.
    """

    kind: str
    parts: list["Element | int"] = field(default_factory=list)
    runs: Runs = field(default_factory=dict, compare=False, repr=False)
    alt: str = ""
    scope: str = ""
    spoken: tuple[str, ...] = ()
    id: str = ""
    name: str = ""
    objects: int = 0
    expansion: str = ""
    language: str = ""
    summary: str = ""

    @cached_property
    def kids(self) -> list["Element"]:
        """Return the elements directly in it."""
        return [part for part in self.parts if isinstance(part, Element)]

    def walk(self) -> Iterator["Element"]:
        """Yield the element and every element in it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @property
    def is_moved(self) -> bool:
        """Return whether its page says that it is read elsewhere than it is."""
        return MOVED in self.id

    @cached_property
    def content(self) -> list[int]:
        """Return the marked-content ids of the element and every element in it, in reading order."""
        content: list[int] = []
        for part in self.parts:
            content += part.content if isinstance(part, Element) else [part]
        return content

    @cached_property
    def drawn(self) -> list[Run]:
        """Return the runs of type of the element and every element in it, in reading order."""
        return [run for mcid in self.content for run in self.runs.get(mcid, ())]

    @cached_property
    def said(self) -> str:
        """Return its spoken text: its name, or else its words."""
        return self.name or "".join(map(self.text, self.parts))

    def text(self, part: "Element | int") -> str:
        """Return the spoken text of one of its parts."""
        if isinstance(part, Element):
            return part.said
        return "".join(run.text for run in self.runs.get(part, ()))


def read(page: Handle, runs: Iterable[Run] = ()) -> Element | None:
    """Return the elements with content on a page, under one root, or None if it has no tags.

    `runs` is the page's type, which the elements say.
    """
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return None
    by_mcid: dict[int, list[Run]] = {}
    for run in runs:
        by_mcid.setdefault(run.mcid, []).append(run)
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        tops = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, index) for index in range(count)]
        # PDFium returns null for elements of other pages.
        kids = [_element(top, by_mcid) for top in tops if top]
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return Element("Root", [*kids], by_mcid) if kids else None


def _element(handle: Handle, runs: Runs) -> Element:
    element = Element(strings.read(pdfium.FPDF_StructElement_GetType, handle), runs=runs)
    alt, actual, title, element.expansion, element.id, element.language = (
        strings.read(write, handle) for write in TEXTS
    )
    element.spoken, element.name = tuple(filter(None, (alt, actual, title, element.expansion))), actual or alt
    if element.kind in ("Figure", "Formula"):
        element.alt = alt
    elif element.kind == "TH":
        element.scope = _attribute(handle, b"Scope")
    elif element.kind == "Table":
        element.summary = _attribute(handle, b"Summary")
    for index in range(pdfium.FPDF_StructElement_CountChildren(handle)):
        kid = pdfium.FPDF_StructElement_GetChildAtIndex(handle, index)
        if kid:
            element.parts.append(_element(kid, runs))
        elif (mcid := pdfium.FPDF_StructElement_GetChildMarkedContentID(handle, index)) >= 0:
            element.parts.append(mcid)
        else:
            element.objects += 1
    return element


TEXTS = (
    pdfium.FPDF_StructElement_GetAltText,
    pdfium.FPDF_StructElement_GetActualText,
    pdfium.FPDF_StructElement_GetTitle,
    pdfium.FPDF_StructElement_GetExpansion,
    pdfium.FPDF_StructElement_GetID,
    pdfium.FPDF_StructElement_GetLang,
)


def _attribute(handle: Handle, name: bytes) -> str:
    """Return the value of an attribute, from whichever of an element's dictionaries has it."""
    for index in range(max(0, pdfium.FPDF_StructElement_GetAttributeCount(handle))):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(handle, index)
        value = pdfium.FPDF_StructElement_Attr_GetValue(attributes, name) if attributes else None
        if value and (text := strings.attribute(value)):
            return text
    return ""


CELLS = frozenset({"/TD", "/TH"})
"""The types of elements that may be empty: a cell of a table keeps its place."""


class Empty(NamedTuple):
    """An element that holds nothing: its page, counted from 1, if it names one, and its type."""

    page: int | None
    kind: str


def empty(file: Pdf) -> tuple[Empty, ...]:
    """Return the elements that hold nothing, and have no text to be read instead."""
    pages = {page.obj.objgen: number for number, page in enumerate(file.pages, start=1)}
    elements = [element for element in _elements(file) if _is_empty(element)]
    return tuple(Empty(pages.get(each.Pg.objgen) if "/Pg" in each else None, str(each.S)[1:]) for each in elements)


def _elements(file: Pdf) -> Iterator[pikepdf.Object]:
    # Every element is an object of its own: to go through all of them is faster than to walk down the tree.
    for each in file.objects:
        if isinstance(each, Dictionary) and each.get("/P") is not None and isinstance(each.get("/S"), Name):
            yield each


def _is_empty(element: pikepdf.Object) -> bool:
    kids = element.get("/K")
    nothing = kids is None or (isinstance(kids, Array) and not len(kids))
    return nothing and str(element.S) not in CELLS and "/Alt" not in element and "/ActualText" not in element
