"""Read a page's tags as one tree, and group its type into blocks by them: paragraphs, headings, list items."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import pypdfium2.raw as pdfium

from briefpack.checks.read import strings
from briefpack.checks.read.page_objects import Run
from briefpack.checks.read.strings import Handle
from briefpack.geometry import Rectangle
from briefpack.typeset.weasyprint.tree import MOVED

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


SAME_LINE = 0.3
"""How much of their height two runs on one line may share with the line below."""


class Block:
    """A paragraph, heading or other block of text on one page; if it is `moved`, its page has it read elsewhere."""

    def __init__(self, kind: str, runs: list[Run], *, moved: bool = False) -> None:
        self.kind, self.runs, self.moved = kind, runs, moved

    @property
    def text(self) -> str:
        """Return its text."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def box(self) -> Rectangle:
        """Return the smallest rectangle around it."""
        return Rectangle.around(corner for run in self.runs for corner in (run.box[:2], run.box[2:]))

    @property
    def body(self) -> Run:
        """Return its last run of full-size type, ignoring superscripts."""
        size = max(run.size_pt for run in self.runs)
        return next(run for run in reversed(self.runs) if run.size_pt > 0.8 * size)

    @property
    def lines(self) -> int:
        """Return the number of lines it takes on the page."""
        count, foot = 0, float("inf")
        for box in sorted((run.box for run in self.runs), key=lambda each: -each.top):
            if box.top - SAME_LINE * box.height < foot:
                count, foot = count + 1, box.bottom
        return count


def same_column(one: Rectangle, two: Rectangle) -> bool:
    """Return whether two rectangles share at least half the width of the narrower."""
    return one.overlap(two).width > 0.5 * min(one.width, two.width)


def blocks(tree: Element) -> list[Block]:
    """Return the blocks of a page in reading order, without its notes."""
    return [Block(element.kind, element.drawn, moved=moved) for element, moved in _outermost(tree)]


def _outermost(element: Element, *, moved: bool = False) -> Iterator[tuple[Element, bool]]:
    """Yield the outermost blocks of text, including list items without paragraphs, and whether each is moved."""
    for kid in element.kids:
        elsewhere = moved or kid.is_moved
        if kid.kind in HEADINGS:
            yield from _parted(kid, moved=elsewhere)
        elif kid.kind in ("P", "Table", "Figure"):
            yield kid, elsewhere
        elif kid.kind != "Note":
            inner = list(_outermost(kid, moved=elsewhere))
            if inner:
                yield from inner
            elif kid.kind not in INLINE and kid.content:
                yield kid, elsewhere


def _parted(heading: Element, *, moved: bool) -> Iterator[tuple[Element, bool]]:
    """Yield an eyebrow that is only read in a heading as a paragraph of its own, then the heading."""
    eyebrows = [kid for kid in heading.kids if kid.is_moved]
    yield from ((replace(kid, kind="P"), True) for kid in eyebrows)
    yield replace(heading, parts=[part for part in heading.parts if part not in eyebrows]), moved
