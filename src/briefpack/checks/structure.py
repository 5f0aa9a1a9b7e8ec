"""Check the structure of a finished PDF: its pages, tags, headings, outline, metadata, and links on paper."""

import math
import re
from itertools import pairwise
from urllib.parse import unquote

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.checks import findings, places
from briefpack.checks.findings import Findings, Found
from briefpack.checks.places import Boxes
from briefpack.checks.read import strings
from briefpack.checks.read.finished import CLOSE_PT, Finished, normalised
from briefpack.geometry import PT_PER_MM

SCOPES = {"Row", "Column", "Both"}
LONG = 4
"""The most pages that a document may have without an outline."""


def complete_tags(finished: Finished) -> Findings:
    """Find pages without tags, and content that a screen reader would skip or misread."""
    pages = zip(finished.trees, finished.objects, strict=True)
    for number, (tree, objects) in enumerate(pages if finished.expected.tagged else (), start=1):
        if tree is None:
            yield Found(number, "the page has no tags", places.page(finished, number))
            continue
        elements = list(tree.walk())
        if unread := [each for each in elements if each.kind == "Figure" and not each.alt.strip()]:
            yield Found(number, "a figure has no alternative text", places.elements(finished, number, unread))
        if loose := [each for each in elements if each.kind == "TH" and each.scope not in SCOPES]:
            yield Found(number, "a header cell has no scope", places.elements(finished, number, loose))
        tagged = set(tree.content)
        yield from findings.of_runs(
            number, [run for run in objects.runs if run.mcid >= 0 and run.mcid not in tagged], "is outside the tags"
        )


def headings(finished: Finished) -> Findings:
    """Find a document without exactly one H1, and headings that skip a level."""
    firsts = sum(page.heads.count(1) for page in finished.reads)
    pages = enumerate(finished.reads[: len(finished.pdf)], start=1)
    heads = [(number, index, level) for number, page in pages for index, level in enumerate(page.heads)]
    if firsts != 1 and pdfium.FPDFCatalog_IsTagged(finished.pdf.raw):
        seconds = [(number, index) for number, index, level in heads if level == 1][1:]
        where, area = (seconds[0][0], _heading(finished, *seconds[0])) if seconds else places.NOWHERE
        message = f"the document has {firsts or 'no'} H1 headings; it needs exactly one"
        yield Found(where, message, area, ("H1",) if firsts else ())
    for (_, _, one), (number, index, two) in pairwise(heads):
        if two > one + 1:
            yield Found(number, f"an H{two} follows an H{one}", _heading(finished, number, index), (f"H{two}",))


def _heading(finished: Finished, number: int, index: int) -> Boxes:
    """Return the box of one of a page's headings; headings in other pieces that are laid over it aren't counted."""
    found = places.headings(finished, number)
    return found[index] if len(found) == len(finished.reads[number - 1].heads) else ()


def page_count(finished: Finished) -> Findings:
    """Find a document with more or fewer pages than its layout allows."""
    if finished.expected.document is None:
        return
    limits = [piece.spec.pages for piece in finished.expected.document.pieces]
    least, most = sum(limit.least for limit in limits), sum(limit.most for limit in limits)
    count = len(finished.pdf)
    if not least <= count <= most:
        allowed = f"at least {least}" if most == math.inf else least if least == most else f"{least} to {most}"
        yield Found(None, f"the document has {count} page{'s' * (count != 1)}; the layout allows {allowed}")


def paper_size(finished: Finished) -> Findings:
    """Find pages that aren't the size of the layout's paper, once trimmed."""
    document = finished.expected.document
    paper = (document and document.spec.paper) or finished.expected.paper
    wanted = (paper.width_mm * PT_PER_MM, paper.height_mm * PT_PER_MM) if paper else finished.pdf.get_page_size(0)
    for number in range(len(finished.pdf)):
        # This reads the size of a page without loading its content.
        cut = finished.expected.edition.process_inks
        size = _cut_size(finished.pages[number]) if cut else finished.pdf.get_page_size(number)
        if any(abs(one - other) > CLOSE_PT for one, other in zip(size, wanted, strict=True)):
            message = f"the page is {_written(size)} instead of {_written(wanted)}"
            yield Found(number + 1, message, places.page(finished, number + 1))


def _written(size: tuple[float, float]) -> str:
    width, height = (f"{side / PT_PER_MM:.1f}".removesuffix(".0") for side in size)
    return f"{width} × {height} mm"


def _cut_size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """Return the size of a page once trimmed, as it is rotated."""
    left, bottom, right, top = page.get_trimbox()
    sides = (right - left, top - bottom)
    return sides[::-1] if page.get_rotation() in (90, 270) else sides


def tagged(finished: Finished) -> Findings:
    """Find a file that isn't tagged."""
    if not pdfium.FPDFCatalog_IsTagged(finished.pdf.raw):
        yield Found(None, "the document is not tagged, so its structure and its page breaks can't be checked")


def metadata(finished: Finished) -> Findings:
    """Find properties and a language that differ from the brief's."""
    document = finished.expected.document
    if document is None:
        return
    facts = document.facts
    wanted = {"Title": facts.title, "Author": facts.author, "Subject": facts.subject}
    for name, value in wanted.items():
        if finished.pdf.get_metadata_value(name) != value:
            yield Found(None, f"the {name.lower()} differs from the brief's")
    if strings.read(pdfium.FPDFCatalog_GetLanguage, finished.pdf.raw) != facts.language:
        yield Found(None, "the language differs from the brief's")


def outline(finished: Finished) -> Findings:
    """Find a long document without an outline."""
    if len(finished.pdf) > LONG and not any(True for _ in finished.pdf.get_toc()):
        yield Found(None, f"the document has {len(finished.pdf)} pages and no bookmarks")


SCHEME = re.compile(r"^(?:https?://(?:www\.)?|mailto:|tel:)")


def links_alive(finished: Finished) -> Findings:
    """Find links whose address can't be read on paper."""
    on_paper = normalised("".join((*finished.texts, *finished.alts)))
    for link in finished.links:
        address = SCHEME.sub("", link)
        # The address may be printed decoded, with a space for %20.
        written = {normalised(form.rstrip("/")) for form in (address, unquote(address))}
        if address != link and not any(form in on_paper for form in written):
            page, boxes = places.links(finished, link)
            yield Found(page, f"the address of a link isn't printed: {link}", boxes)
