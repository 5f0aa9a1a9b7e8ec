"""Find the pages of a failed document: its pieces, the overlays on them, and pieces that run over their place."""

from dataclasses import dataclass, replace

from briefpack.build.jobs import laying_out, stages
from briefpack.build.jobs.line import Outcome
from briefpack.store import Store
from briefpack.typeset import Placed


@dataclass(frozen=True)
class Content:
    """A document's own content by its keys in the store, which a proof prints first.

    `rest` are the pieces that have more pages than their slot or running slot shows; they print in full after the
    document's own `page_count` pages.
    """

    pieces: tuple[str, ...]
    overlays: tuple[Placed, ...]
    rest: tuple[str, ...]
    page_count: int


def of(outcome: Outcome) -> Content:
    """Return the content of a document whose pieces are all laid out."""
    pieces, overlays = stages.parts(outcome)
    pages = {key: laid_out.pages for key, laid_out in outcome.laid_out.items()}
    count = sum(pages[key] for key in pieces)
    rest = dict.fromkeys(each.key for each in overlays if _runs_over(each, pages[each.key], count))
    return Content(pieces, tuple(_limited(each, pages[each.key], count) for each in overlays), tuple(rest), count)


def _runs_over(placed: Placed, pages: int, count: int) -> bool:
    """Return whether some pages of an overlay don't show; a running slot has one page for all, or one for each."""
    return pages > 1 and not (placed.running and pages == count - placed.skip)


def _limited(placed: Placed, pages: int, count: int) -> Placed:
    """Keep an overlay off the pages at the end of a proof, and off the pages for which it has none."""
    if not placed.running:
        return placed
    return replace(placed, pages=count if pages == 1 else min(count, placed.skip + pages))


HEAD_PT, LEAST_WIDTH_PT = 32.0, 120.0
"""The room for PROOF that is added above a page no larger than its slot, and the least width of such a page."""


def pdf(store: Store, key: str) -> bytes:
    """Return the PDF of a piece, or of its refused pages; no bytes if the store has neither."""
    return laying_out.pdf(store, key) or laying_out.pdf(store, laying_out.refused_key(key))


def pdfs(store: Store, content: Content) -> tuple[tuple[bytes, ...], tuple[tuple[Placed, bytes], ...]] | None:
    """Return the PDFs of a document's own pages and of its overlays; None if the store lacks one of them."""
    from briefpack import bind  # noqa: PLC0415 -- only workers need pikepdf

    pieces, rest = ([pdf(store, key) for key in keys] for keys in (content.pieces, content.rest))
    overlays = tuple((placed, pdf(store, placed.key)) for placed in content.overlays)
    if not all((*pieces, *rest, *(data for _, data in overlays))):
        return None
    # A mark on so small a page would hide text.
    return (*pieces, *(bind.enlarged(data, HEAD_PT, LEAST_WIDTH_PT) for data in rest)), overlays
