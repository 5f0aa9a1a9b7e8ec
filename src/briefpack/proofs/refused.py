"""Read the pieces of a failed document from the store, those that were refused among them."""

from collections.abc import Iterable

from briefpack.jobs import laying_out
from briefpack.store import Store
from briefpack.typeset import Placed


def pdf(store: Store, key: str) -> bytes:
    """Return the PDF of a piece, or of its refused pages; no bytes if the store has neither."""
    return laying_out.pdf(store, key) or laying_out.pdf(store, laying_out.refused_key(key))


def pdfs(
    store: Store, pieces: Iterable[str], overlays: Iterable[Placed]
) -> tuple[tuple[bytes, ...], tuple[tuple[Placed, bytes], ...]]:
    """Return the PDFs of a document's pieces and overlays."""
    return tuple(pdf(store, key) for key in pieces), tuple((placed, pdf(store, placed.key)) for placed in overlays)
