"""Fill in page numbers: tables of contents, folios and running heads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from briefpack import pages
from briefpack.jobs import composing
from briefpack.jobs.composing import PlanFile
from briefpack.jobs.laying_out import LaidOut
from briefpack.jobs.line import Line
from briefpack.jobs.outcome import Outcome
from briefpack.pages import LinkedFrom, PageOf, Piece, Stamp
from briefpack.pages.calls import Composer
from briefpack.plan import Document, PlannedPiece
from briefpack.problem import Problem


@dataclass(frozen=True)
class Paged:
    """A document laid out except for its page numbers, with the page of each id and the number of pages.

    `index` is its position in the plan, and `planned` are the pieces that print, as planned. `linked_from` are the pages
    with a link to each id, as far as its pieces are laid out.
    """

    index: int
    planned: tuple[PlannedPiece, ...]
    page_of: PageOf
    linked_from: LinkedFrom
    total: int
    cited: tuple[str, ...]


@dataclass(frozen=True)
class Numbered:
    """The parts of a document that need page numbers: pieces that list pages, by position, and running slots."""

    pieces: Mapping[int, Piece]
    running: tuple[Stamp, ...]


@dataclass(frozen=True)
class Number:
    """A task that writes the parts of a document that need page numbers: contents, folios and running heads."""

    plan_file: PlanFile
    seconds: float = composing.SECONDS_A_DOCUMENT

    def __call__(self, paged: Paged) -> Numbered | tuple[Problem, ...]:
        """Return the pieces that list pages and the running slots, or the problems that stopped them."""
        return composing.attempt(self.plan_file, self.seconds, paged.index, partial(_number, paged))

    def crashed(self, paged: Paged) -> tuple[Problem, ...]:
        """Return the problem of a document that crashed the process numbering it."""
        return composing.attempt(self.plan_file, self.seconds, paged.index, composing.crashed)


def _number(paged: Paged, writer: Composer, document: Document) -> Numbered:
    printed = replace(document, pieces=paged.planned)
    listing = pages.number(writer, printed, paged.page_of, paged.linked_from, paged.cited)
    return Numbered(listing, pages.run(writer, document, paged.total))


def number(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Return the documents with their page numbers filled in; one with a faulty piece stays as it is.

    So does one whose pieces still have as many pages as when it was numbered before.
    """
    waiting = [*outcomes]
    places = {document.path: index for index, document in enumerate(line.planned.documents)}
    task = Number(line.plan_file)
    wanted = [_paged(each, places[each.document.path]) for each in waiting if can_number(each) and not settled(each)]
    results = line.workers.map("pages", task, wanted, task.crashed)
    by_index = {paged.index: result for paged, result in results}
    return [_with_numbers(each, by_index.get(places[each.document.path])) for each in waiting]


def settled(outcome: Outcome) -> bool:
    """Return whether the page numbers of a document are right: its pieces take the pages that they were given."""
    given = outcome.counts, outcome.page_of, outcome.linked_from
    if not all(each.key in outcome.laid_out for each in outcome.pieces):
        return False
    return outcome.numbered and given == (_counts(outcome), _page_of(outcome), _linked_from(outcome))


def can_number(outcome: Outcome) -> bool:
    """Return whether every piece of a document that is laid out is sound."""
    return not outcome.failed and all(each.sound for each in outcome.laid_out.values())


def _with_numbers(outcome: Outcome, result: Numbered | tuple[Problem, ...] | None) -> Outcome:
    if result is None or outcome.composed is None:
        return outcome
    if isinstance(result, tuple):
        return outcome.add(*result)
    pieces = tuple(result.pieces.get(index, piece) for index, piece in enumerate(outcome.pieces))
    given = replace(outcome, counts=_counts(outcome), page_of=_page_of(outcome), linked_from=_linked_from(outcome))
    composed = replace(outcome.composed, pieces=pieces)
    return replace(given, composed=composed, running=result.running, numbered=True)


def _paged(outcome: Outcome, index: int) -> Paged:
    sources = outcome.composed.sources if outcome.composed else ()
    page_of, linked_from = _page_of(outcome), _linked_from(outcome)
    return Paged(index, outcome.printed.pieces, page_of, linked_from, sum(_counts(outcome)), sources)


def _page_of(outcome: Outcome) -> PageOf:
    """Return the page of each id, if a piece lists pages; the first page of its piece, while that isn't laid out."""
    found, first = PageOf(), 1
    if outcome.composed is None or not outcome.composed.listing:
        return found
    for piece, count in zip(outcome.pieces, _counts(outcome), strict=True):
        anchors = outcome.laid_out[piece.key].anchors if piece.key in outcome.laid_out else dict.fromkeys(piece.ids, 0)
        found.update({name: first + index for name, index in anchors.items()})
        first += count
    return found


def _linked_from(outcome: Outcome) -> LinkedFrom:
    """Return the pages with a link to each id, in a piece or in a slot of one, if a piece lists pages."""
    found = LinkedFrom()
    if outcome.composed is None or not outcome.composed.listing:
        return found
    for laid_out, first in _laid_out(outcome):
        for name, indexes in laid_out.links.items():
            found[name] = tuple(sorted({*found[name], *(first + index for index in indexes)}))
    return found


def _laid_out(outcome: Outcome) -> Iterator[tuple[LaidOut, int]]:
    """Yield each piece that is laid out, and those in its slots, with the number of its first page."""
    first = 1
    for index, (piece, count) in enumerate(zip(outcome.pieces, _counts(outcome), strict=True)):
        if piece.key in outcome.laid_out:
            laid_out = outcome.laid_out[piece.key]
            yield laid_out, first
            for stamp in outcome.stamps:
                if stamp.over == index and stamp.slot in laid_out.slots and stamp.piece.key in outcome.laid_out:
                    yield outcome.laid_out[stamp.piece.key], first + laid_out.slots[stamp.slot][0]
        first += count


def _counts(outcome: Outcome) -> tuple[int, ...]:
    """Return the number of pages in each piece; the fewest that its layout allows in one that isn't laid out yet."""
    laid_out = outcome.laid_out
    return tuple(laid_out[each.key].pages if each.key in laid_out else each.limit.least for each in outcome.pieces)
