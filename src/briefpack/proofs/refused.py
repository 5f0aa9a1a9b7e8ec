"""Read the pieces of a failed document from the store, those that were refused among them."""

from briefpack.jobs import laying_out
from briefpack.proofs.content import Content
from briefpack.store import Store
from briefpack.typeset import Placed

HEAD_PT, LEAST_WIDTH_PT = 32.0, 120.0
"""The room for PROOF that is added above a page no larger than its slot, and the least width of such a page."""


def pdf(store: Store, key: str) -> bytes:
    """Return the PDF of a piece, or of its refused pages; no bytes if the store has neither."""
    return laying_out.pdf(store, key) or laying_out.pdf(store, laying_out.refused_key(key))


def pdfs(store: Store, content: Content) -> tuple[tuple[bytes, ...], tuple[tuple[Placed, bytes], ...]] | None:
    """Return the PDFs of a document's own pages and of its overlays; None if the store lacks one of them."""
    from briefpack.bind import enlarge  # noqa: PLC0415 -- only workers need pikepdf

    pieces, rest = ([pdf(store, key) for key in keys] for keys in (content.pieces, content.rest))
    overlays = tuple((placed, pdf(store, placed.key)) for placed in content.overlays)
    if not all((*pieces, *rest, *(data for _, data in overlays))):
        return None
    # A mark on so small a page would hide text.
    return (*pieces, *(enlarge.pages(data, HEAD_PT, LEAST_WIDTH_PT) for data in rest)), overlays
