"""Join copies of several documents into one PDF for two-sided printing."""

import io
from collections.abc import Iterable

from pikepdf import Object, Page, Pdf

from briefpack.paper import printable, tagging
from briefpack.paper.tagging import Shown, Tags


def join(documents: Iterable[tuple[bytes, int]], title: str, language: str) -> bytes:
    """Return one PDF with the copies of each document, each copy beginning on the front of a sheet.

    Links are left out, because they don't print. Each copy has tags if all documents have them.
    """
    out = Pdf.new()
    # Kept open until the result is saved, because pages are read lazily.
    opened = [(Pdf.open(io.BytesIO(data)), copies) for data, copies in documents]
    tags = Tags(out) if all(tagging.is_tagged(source) for source, _ in opened) else None
    claimed = printable.claims([source for source, _ in opened], tagged=tags is not None)
    for source, copies in opened:
        _repeat(out, source, copies, tags)
    if tags:
        tags.write()
    return printable.save(out, title, language, "print-set", claimed)


def _repeat(out: Pdf, source: Pdf, copies: int, tags: Tags | None) -> None:
    """Add copies of a document; an odd number of pages ends with a blank."""
    for page in source.pages:
        for key in UNPRINTED:
            if key in page.obj:
                del page.obj[key]
    if len(source.pages) % 2:
        source.add_blank_page(page_size=_size(source.pages[-1]))
    first = len(out.pages)
    out.pages.extend(source.pages)
    once = list(out.pages)[first:]
    if tags:
        tags.add(source, [Shown(page.obj) for page in once])
    for _ in range(copies - 1):
        _again(out, source, once, tags)


def _again(out: Pdf, source: Pdf, once: Iterable[Page], tags: Tags | None) -> None:
    """Add another copy of pages; with tags, its pages and the forms on them have marks of their own."""
    first = len(out.pages)
    if tags is None:
        out.pages.extend(once)
        return
    forms: dict[tagging.Number, Object] = {}
    for page in once:
        copy, of_page = tagging.copy_page(out, page.obj)
        out.pages.append(Page(out.make_indirect(copy)))
        forms |= of_page
    tags.add(source, [Shown(page.obj) for page in list(out.pages)[first:]], forms)


UNPRINTED = ("/Annots", "/StructParents", "/Tabs")


def _size(page: Page) -> tuple[float, float]:
    left, bottom, right, top = map(float, page.mediabox)
    return right - left, top - bottom
