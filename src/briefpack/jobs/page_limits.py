"""Compare the pages of each piece with the number that the layout allows."""

from collections.abc import Iterator
from dataclasses import replace

from briefpack.jobs import changes
from briefpack.jobs.laying_out import LaidOut
from briefpack.jobs.line import Line
from briefpack.jobs.locating import running_pages
from briefpack.jobs.outcome import Outcome
from briefpack.pages import Piece
from briefpack.plan import PlannedPiece
from briefpack.problem import Owner, Problem


def broken(outcome: Outcome, line: Line) -> dict[str, LaidOut]:
    """Return, with a problem, the pieces of a document that have more or fewer pages than the layout allows."""
    return {**dict(_pieces(outcome, line)), **dict(_running(outcome))}


def _pieces(outcome: Outcome, line: Line) -> Iterator[tuple[str, LaidOut]]:
    for expected, piece in zip(outcome.printed.pieces, outcome.pieces, strict=bool(outcome.pieces)):
        laid_out, limit = outcome.laid_out.get(piece.key), expected.spec.pages
        if laid_out and laid_out.sound and not limit.allow(laid_out.pages):
            yield piece.key, replace(laid_out, problems=(_wrong_number(outcome, line, expected, piece),))


def _wrong_number(outcome: Outcome, line: Line, expected: PlannedPiece, piece: Piece) -> Problem:
    """Return the problem of a piece with too many or too few pages; if a layout that changed is why, at its file."""
    pages = outcome.laid_out[piece.key].pages
    message = f"{piece.name} has {pages} page{'s' * (pages != 1)}; the layout allows {expected.spec.pages}"
    loc = ("documents", outcome.document.kind, "pieces", expected.index, "pages")
    hint = "shorten or lengthen the text, or change the number of pages here"
    problem = line.planned.layout.tree.problem(loc, message, hint)
    if pages < expected.spec.pages.most:
        return problem
    return changes.since(outcome.document, piece, line).explain(problem, message)


def _running(outcome: Outcome) -> Iterator[tuple[str, LaidOut]]:
    """Yield the running slots that have neither one page for the whole document nor one for each of its pages."""
    for stamp in outcome.running:
        laid_out, pages = outcome.laid_out.get(stamp.piece.key), running_pages(stamp)
        if laid_out and laid_out.sound and laid_out.pages not in (1, pages):
            message = f"{stamp.slot} has {laid_out.pages} pages, but prints on {pages} pages"
            hint = "make one page for all of them, or one for each"
            problem = Problem(f"layouts/{stamp.piece.page}", None, message, hint, Owner.LAYOUT)
            yield stamp.piece.key, replace(laid_out, problems=(problem,))
