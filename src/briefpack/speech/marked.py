"""Read the text of a page's marked content, that of the forms placed on it too."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Dictionary, Name, Object, Page

from briefpack.checks.read.strings import Handle, Strings

Number = tuple[int, int]
"""The number and generation of an object in a PDF."""
DEEPEST = 8
"""How deep forms may be nested."""
HYPHEN = "\x02"
"""What PDFium has for a hyphen at the end of a line."""


class Mark(NamedTuple):
    """A piece of marked content: its id, and the form whose content it is in; None is the page's own."""

    form: Number | None
    mcid: int


def read(page: Page, drawn: pypdfium2.PdfPage) -> dict[Mark, str]:
    """Return the text of each piece of marked content on a page, in the order in which it is drawn."""
    letters, strings = drawn.get_textpage(), Strings()
    texts: dict[Mark, str] = {}
    for mark, item in _texts(page, drawn):
        text = strings.read(pdfium.FPDFTextObj_GetText, item, letters.raw)
        texts[mark] = texts.get(mark, "") + text.replace(HYPHEN, "-")
    return texts


def _texts(page: Page, drawn: pypdfium2.PdfPage) -> Iterator[tuple[Mark, Handle]]:
    """Yield each run of type on a page with its mark. PDFium has the forms in the order in which the page draws them."""
    items = [pdfium.FPDFPage_GetObject(drawn.raw, index) for index in range(pdfium.FPDFPage_CountObjects(drawn.raw))]
    yield from _among(items, None, _forms(page, page.resources), 0)


def _among(
    items: Iterable[Handle], own: Number | None, forms: Iterator[Object], depth: int
) -> Iterator[tuple[Mark, Handle]]:
    """Yield the runs of type among the items of a page or of a form, and those in the forms that it draws."""
    for item in items:
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
            form = next(forms, None)
            if form is not None and depth < DEEPEST:
                inside = [pdfium.FPDFFormObj_GetObject(item, n) for n in range(pdfium.FPDFFormObj_CountObjects(item))]
                yield from _among(inside, form.objgen, _forms(form, form.get("/Resources", Dictionary())), depth + 1)
        elif _is_text(item):
            yield Mark(own, _mcid(item)), item


def _forms(content: Page | Object, resources: Object) -> Iterator[Object]:
    """Yield the forms that a page or a form draws, in order."""
    named = resources.get("/XObject", Dictionary())
    for instruction in pikepdf.parse_content_stream(content, "Do"):
        form = named.get(str(instruction.operands[0])) if instruction.operands else None
        if form is not None and form.get("/Subtype") == Name.Form:
            yield form


def _is_text(item: Handle) -> bool:
    return bool(pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT)


def _mcid(item: Handle) -> int:
    return int(pdfium.FPDFPageObj_GetMarkedContentID(item))
