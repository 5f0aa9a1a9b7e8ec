"""Find the pages of a failed document: its pieces, what is laid over them, and pieces that run over their place."""

from dataclasses import dataclass, replace

from briefpack.jobs import binding
from briefpack.jobs.outcome import Outcome
from briefpack.typeset import Placed


@dataclass(frozen=True)
class Content:
    """A document's own content by its keys in the store, which a proof prints first.

    `rest` are the pieces that have more pages than their slot or running slot shows; they print in full after the
    document's own pages, of which there are `page_count`.
    """

    pieces: tuple[str, ...]
    overlays: tuple[Placed, ...]
    rest: tuple[str, ...]
    page_count: int


def of(outcome: Outcome) -> Content:
    """Return the content of a document whose pieces are all laid out."""
    pieces, overlays = binding.parts(outcome)
    pages = {key: laid_out.pages for key, laid_out in outcome.laid_out.items()}
    count = sum(pages[key] for key in pieces)
    rest = dict.fromkeys(each.key for each in overlays if _runs_over(each, pages[each.key], count))
    return Content(pieces, tuple(_limited(each, pages[each.key], count) for each in overlays), tuple(rest), count)


def _runs_over(placed: Placed, pages: int, count: int) -> bool:
    """Return whether some pages of an overlay don't show; a running one has one for all pages, or one for each."""
    return pages > 1 and not (placed.running and pages == count - placed.skip)


def _limited(placed: Placed, pages: int, count: int) -> Placed:
    """Return an overlay that stays off the pages at the end of a proof, and off those that it has no page for."""
    if not placed.running:
        return placed
    return replace(placed, pages=count if pages == 1 else min(count, placed.skip + pages))
