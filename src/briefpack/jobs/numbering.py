"""Fill in page numbers: tables of contents, folios and running heads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from briefpack import pages
from briefpack.jobs import composing
from briefpack.jobs.composing import PlanFile
from briefpack.jobs.line import Line
from briefpack.jobs.outcome import Outcome
from briefpack.pages import PageOf, Piece, Stamp
from briefpack.pages.calls import Composer
from briefpack.plan import Document, PlannedPiece
from briefpack.problem import Problem


@dataclass(frozen=True)
class Paged:
    """A document laid out except for its page numbers, with the page of each id and the number of pages.

    `index` is its position in the plan, and `planned` are the pieces that print, as planned.
    """

    index: int
    planned: tuple[PlannedPiece, ...]
    page_of: PageOf
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
    listing = pages.number(writer, printed, paged.page_of, paged.cited)
    return Numbered(listing, pages.run(writer, document, paged.total))


def number(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Return the documents with their page numbers filled in; one with a faulty piece stays as it is.

    So does one whose pieces still have as many pages as when it was numbered before.
    """
    waiting = [*outcomes]
    places = {document.path: index for index, document in enumerate(line.planned.documents)}
    task = Number(line.plan_file)
    wanted = [_paged(each, places[each.document.path]) for each in waiting if _can_number(each) and not settled(each)]
    results = line.workers.map("pages", task, wanted, task.crashed)
    by_index = {paged.index: result for paged, result in results}
    return [_with_numbers(each, by_index.get(places[each.document.path])) for each in waiting]


def settled(outcome: Outcome) -> bool:
    """Return whether the page numbers of a document are right: its contents take the pages that they were given."""
    return outcome.numbered and outcome.counts == _counts(outcome)


def _can_number(outcome: Outcome) -> bool:
    return not outcome.failed and all(each.sound for each in outcome.laid_out.values())


def _with_numbers(outcome: Outcome, result: Numbered | tuple[Problem, ...] | None) -> Outcome:
    if result is None or outcome.composed is None:
        return outcome
    if isinstance(result, tuple):
        return outcome.add(*result)
    pieces = tuple(result.pieces.get(index, piece) for index, piece in enumerate(outcome.pieces))
    composed = replace(outcome.composed, pieces=pieces)
    return replace(outcome, composed=composed, running=result.running, numbered=True, counts=_counts(outcome))


def _paged(outcome: Outcome, index: int) -> Paged:
    listing, sources = (outcome.composed.listing, outcome.composed.sources) if outcome.composed else ((), ())
    page_of = _page_of(outcome) if listing else PageOf()
    return Paged(index, outcome.printed.pieces, page_of, sum(_counts(outcome)), sources)


def _page_of(outcome: Outcome) -> PageOf:
    """Return the page of each id in the pieces laid out so far; those that list pages come later."""
    found, first = PageOf(), 1
    for piece, count in zip(outcome.pieces, _counts(outcome), strict=True):
        if piece.key in outcome.laid_out:
            found.update({name: first + index for name, index in outcome.laid_out[piece.key].anchors.items()})
        first += count
    return found


def _counts(outcome: Outcome) -> tuple[int, ...]:
    """Return the number of pages in each piece; the fewest that its layout allows in one that isn't laid out yet."""
    laid_out = outcome.laid_out
    return tuple(laid_out[each.key].pages if each.key in laid_out else each.limit.least for each in outcome.pieces)
