"""Reads each finished PDF back, and says what is wrong with it; one small function a check."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.look import Face
from briefpack.model import Box
from briefpack.plan import Around, Document
from briefpack.problem import Owner, Problem

PT_PER_MM = 72 / 25.4
CLOSE_PT = 0.5


@dataclass(frozen=True)
class Finished:
    """A finished PDF, opened, beside what it was meant to be."""

    document: Document
    paper: Box
    faces: tuple[Face, ...]
    pdf: pypdfium2.PdfDocument
    path: str

    around: Around | None = None

    @cached_property
    def pages(self) -> tuple[pypdfium2.PdfPage, ...]:
        """The pages, each loaded once."""
        return tuple(self.pdf)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The text of each page, with plain spaces."""
        return tuple(" ".join(page.get_textpage().get_text_bounded().split()) for page in self.pages)


@dataclass(frozen=True)
class Check:
    """A rule that every finished PDF keeps: a stable id, why it exists, and what to do when it is broken."""

    id: str
    reason: str
    hint: str
    look: Callable[[Finished], Iterator[str]]


def run(
    document: Document, paper: Box, faces: tuple[Face, ...], data: bytes, path: str, around: Around | None = None
) -> tuple[Problem, ...]:
    """Every check on one PDF; its problems name the check that found them."""
    with pypdfium2.PdfDocument(data) as pdf:
        finished = Finished(document, paper, faces, pdf, path, around)
        found = [(check, said) for check in CHECKS for said in check.look(finished)]
    return tuple(
        Problem(path, None, f"{check.id}: {said}", check.hint, Owner.DOCUMENT, check=check.id) for check, said in found
    )


def _page_count(finished: Finished) -> Iterator[str]:
    limits = [spec.pages for spec in finished.document.spec.pieces]
    least = sum(limit.exactly or 1 for limit in limits)
    most = sum(limit.exactly or limit.at_most or 1 for limit in limits)
    if not least <= len(finished.pdf) <= most:
        yield f"it has {len(finished.pdf)} pages, and the layout allows {least if least == most else f'{least} to {most}'}"


def _paper_size(finished: Finished) -> Iterator[str]:
    wanted = finished.paper.width_mm * PT_PER_MM, finished.paper.height_mm * PT_PER_MM
    for number in range(len(finished.pdf)):
        size = finished.pdf.get_page_size(number)
        if any(abs(one - other) > CLOSE_PT for one, other in zip(size, wanted, strict=True)):
            yield f"page {number + 1} is {size[0] / PT_PER_MM:.0f} × {size[1] / PT_PER_MM:.0f} mm"


def _fonts(finished: Finished) -> Iterator[str]:
    families = {face.family.replace(" ", "-") for face in finished.faces}
    seen = dict.fromkeys(font for page in finished.pages for font in _page_fonts(page))
    for name, embedded in seen:
        family = name.rpartition("+")[2]
        if not embedded:
            yield f"the font {family} is not embedded"
        if not any(family.startswith(known) for known in families):
            yield f"the font {family} is not in fonts/fonts.css"


def _page_fonts(page: pypdfium2.PdfPage) -> Iterator[tuple[str, bool]]:
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=8):
        font = pdfium.FPDFTextObj_GetFont(item.raw)
        size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
        name = ctypes.create_string_buffer(size)
        pdfium.FPDFFont_GetBaseFontName(font, name, size)
        yield name.value.decode(), bool(pdfium.FPDFFont_GetIsEmbedded(font))


def _glyphs(finished: Finished) -> Iterator[str]:
    for number, text in enumerate(finished.texts, start=1):
        if "\ufffd" in text or "\x00" in text:
            yield f"page {number} has a character that its font lacks"


def _tags(finished: Finished) -> Iterator[str]:
    if not pdfium.FPDFCatalog_IsTagged(finished.pdf.raw):
        yield "it is not tagged"
    for number, page in enumerate(finished.pages, start=1):
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        if not tree or not any(_children(tree)):
            yield f"page {number} has no tags"
        elif any(not alt.strip() for alt in _figures(tree)):
            yield f"page {number} has a figure without alternative text"
        if tree:
            pdfium.FPDF_StructTree_Close(tree)


def _children(tree: pdfium.FPDF_STRUCTTREE) -> list[pdfium.FPDF_STRUCTELEMENT]:
    """The elements at the top of a page's tree; those of other pages are null."""
    return [pdfium.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(pdfium.FPDF_StructTree_CountChildren(tree))]


def _figures(tree: pdfium.FPDF_STRUCTTREE) -> Iterator[str]:
    """The alternative text of each figure of a page's tree."""
    waiting = _children(tree)
    while waiting:
        element = waiting.pop()
        if element:
            if _said(pdfium.FPDF_StructElement_GetType, element) == "Figure":
                yield _said(pdfium.FPDF_StructElement_GetAltText, element)
            count = pdfium.FPDF_StructElement_CountChildren(element)
            waiting += [pdfium.FPDF_StructElement_GetChildAtIndex(element, n) for n in range(count)]


def _said(ask: Callable[..., int], *about: object) -> str:
    """A text that PDFium gives as UTF-16 through a buffer, ended by a nought."""
    size = ask(*about, None, 0)
    if size <= 0:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(*about, ctypes.cast(buffer, ask.argtypes[len(about)]), size)  # type: ignore[attr-defined]
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _electorate(finished: Finished) -> Iterator[str]:
    around, own = finished.around, finished.document.electorate
    if around is None:
        return
    text = " ".join(finished.texts)
    if own and around.names[own] not in text:
        yield f"it does not name its electorate, {around.names[own]}"
    for slug, member in around.members.items():
        if slug != own and member in text:
            yield f"it names {member}, the member for {around.names[slug]}"


def _map_credit(finished: Finished) -> Iterator[str]:
    mapped = any(drawing.area for name, drawing in finished.document.charts.items() if name.startswith("map-"))
    wanted = finished.around.credit if finished.around else ""
    if (
        mapped
        and finished.document.electorate
        and wanted
        and "".join(wanted.split()) not in "".join("".join(finished.texts).split())
    ):
        yield "it has a map, and not the credit that its boundaries ask for"


def _metadata(finished: Finished) -> Iterator[str]:
    facts = finished.document.facts
    wanted = {"Title": facts.title, "Author": facts.author, "Subject": facts.subject}
    for name, value in wanted.items():
        if finished.pdf.get_metadata_value(name) != value:
            yield f"its {name.lower()} is not the brief's"
    if _said(pdfium.FPDFCatalog_GetLanguage, finished.pdf.raw) != facts.language:
        yield "its language is not the brief's"


def _outline(finished: Finished) -> Iterator[str]:
    if len(finished.pdf) > LONG and not any(True for _ in finished.pdf.get_toc()):
        yield "it is long and has no outline"


LONG = 4

CHECKS = (
    Check(
        "page-count",
        "a leave-behind is one page, and a pack has no stray page",
        "cut text, or let the layout have more pages",
        _page_count,
    ),
    Check(
        "paper-size",
        "a page of another size prints shrunk, or not at all",
        "set paper: in layout.yaml and no size in @page",
        _paper_size,
    ),
    Check(
        "fonts-embedded",
        "a font that is not in the file is replaced by the reader's",
        "name only families of fonts/fonts.css",
        _fonts,
    ),
    Check(
        "glyphs-missing",
        "a character without a glyph prints as a box",
        "another character, or a font that has it",
        _glyphs,
    ),
    Check(
        "tags",
        "a screen reader reads the tags, in their order (PDF/UA-1 7.1)",
        "write alt text, and build again",
        _tags,
    ),
    Check(
        "electorate-leak",
        "a document that carries another electorate's member is worse than none",
        "let the page name the electorate by {{ electorate }}, and build again",
        _electorate,
    ),
    Check(
        "map-credit",
        "the licence of the boundaries asks for its credit beside each map",
        'print group.notices["map"].short on the page with the map',
        _map_credit,
    ),
    Check(
        "metadata",
        "title and language are what a reader's software announces first",
        "do not set them in the page; the brief has them",
        _metadata,
    ),
    Check(
        "outline",
        "a long document is found by its bookmarks (WCAG 2.2, 2.4.5)",
        "head the pages with h1 and h2",
        _outline,
    ),
)
"""Every check, in the order in which its problems are listed."""
