"""Check the structure of a finished PDF: its pages, tags, headings, outline and metadata."""

import math
from collections.abc import Sequence
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.checks import findings
from briefpack.checks.findings import Findings, quoted
from briefpack.checks.read import strings
from briefpack.checks.read.blocks import Block, same_column
from briefpack.checks.read.finished import CLOSE_PT, Finished
from briefpack.geometry import PT_PER_MM

SCOPES = {"Row", "Column", "Both"}
LONG = 4
"""The most pages that a document may have without an outline."""


def reading_order(finished: Finished) -> Findings:
    """Find pages without tags, and content that a screen reader would skip or misread."""
    pages = zip(finished.trees, finished.objects, finished.blocks, strict=True)
    for number, (tree, objects, blocks) in enumerate(pages if finished.expected.tagged else (), start=1):
        if tree is None:
            yield number, "the page has no tags"
            continue
        elements = list(tree.walk())
        if any(each.kind == "Figure" and not each.alt.strip() for each in elements):
            yield number, "a figure has no alternative text"
        if any(each.kind == "TH" and each.scope not in SCOPES for each in elements):
            yield number, "a header cell has no scope"
        tagged = set(tree.content)
        yield from findings.of_runs(
            number, [run for run in objects.runs if run.mcid >= 0 and run.mcid not in tagged], "is outside the tags"
        )
        yield from _backwards(number, blocks)


def _backwards(page: int, blocks: Sequence[Block]) -> Findings:
    """Yield each paragraph that is read after one below it in the same column."""
    for one, two in pairwise(block for block in blocks if block.runs):
        if same_column(one.box, two.box) and two.box.bottom > one.box.top + CLOSE_PT:
            yield page, f"{quoted(two.text)} is above {quoted(one.text)} on the page, but is read after it"


def headings(finished: Finished) -> Findings:
    """Find a document without exactly one H1, and headings that skip a level."""
    count, before = len(finished.pdf), 0
    firsts = sum(page.count(1) for page in finished.heads)
    if firsts != 1 and pdfium.FPDFCatalog_IsTagged(finished.pdf.raw):
        yield None, f"the document has {firsts or 'no'} H1 headings; it needs exactly one"
    for number, page in enumerate(finished.heads[:count], start=1):
        for one, two in pairwise((before, *page)):
            if two > one + 1 and one:
                yield number, f"an H{two} follows an H{one}"
        before = page[-1] if page else before


def page_count(finished: Finished) -> Findings:
    """Find a document with more or fewer pages than its layout allows."""
    if finished.expected.document is None:
        return
    limits = [piece.spec.pages for piece in finished.expected.document.pieces]
    least, most = sum(limit.least for limit in limits), sum(limit.most for limit in limits)
    count = len(finished.pdf)
    if not least <= count <= most:
        allowed = f"at least {least}" if most == math.inf else least if least == most else f"{least} to {most}"
        yield None, f"the document has {count} page{'s' * (count != 1)}; the layout allows {allowed}"


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
            yield number + 1, f"the page is {_written(size)} instead of {_written(wanted)}"


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
        yield None, "the document is not tagged"


def metadata(finished: Finished) -> Findings:
    """Find properties and a language that differ from the brief's."""
    document = finished.expected.document
    if document is None:
        return
    facts = document.facts
    wanted = {"Title": facts.title, "Author": facts.author, "Subject": facts.subject}
    for name, value in wanted.items():
        if finished.pdf.get_metadata_value(name) != value:
            yield None, f"the {name.lower()} differs from the brief's"
    if strings.read(pdfium.FPDFCatalog_GetLanguage, finished.pdf.raw) != facts.language:
        yield None, "the language differs from the brief's"


def outline(finished: Finished) -> Findings:
    """Find a long document without an outline."""
    if len(finished.pdf) > LONG and not any(True for _ in finished.pdf.get_toc()):
        yield None, f"the document has {len(finished.pdf)} pages and no bookmarks"
