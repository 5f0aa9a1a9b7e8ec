"""Run the typeset stage: lay out every piece, number the pages, and find the problems of each document."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefpack import pages, plan
from briefpack.build.jobs import laying_out, locating, room
from briefpack.build.jobs.composing import Numbering, OnDocument, Text
from briefpack.build.jobs.laying_out import LaidOut
from briefpack.build.jobs.line import Line, Outcome, with_pages
from briefpack.pages import BACK, LinkedFrom, PageOf, Piece, Stamp
from briefpack.pages.calls import Composer
from briefpack.plan import UNSEEN, Document, PlannedPiece, Seen
from briefpack.problem import Owner, Problem

MOST_NUMBERED = 5
"""How often a document is numbered: once more each time its contents take another number of pages than before."""


def typeset(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Lay out every piece, then number the pages, and lay out the pieces whose numbers changed.

    Where short pieces can share pages, this is done again for their documents.

    A document fails if its text is overset, if a check refuses a piece, or if a piece has the wrong number of pages.
    It is judged at the end, so that a proof of it has every page.
    """
    outcomes = _numbered(lay_out(outcomes, line), line)
    if any(each.can_share for each in outcomes):
        outcomes = _numbered(lay_out(_share(outcomes, line), line), line)
    return [judge(outcome, line) for outcome in outcomes]


def _numbered(outcomes: list[Outcome], line: Line) -> list[Outcome]:
    """Return the documents with their pages numbered, and laid out with the numbers."""
    for _ in range(MOST_NUMBERED):
        outcomes = lay_out(number(outcomes, line), line)
        if all(map(settled, outcomes)):
            break
    return outcomes


def _share(outcomes: Sequence[Outcome], line: Line) -> list[Outcome]:
    """Compose the documents again in which other pieces can share pages, or fewer do, now that all are laid out."""
    task = Compose(line.plan_file)
    places = _positions(line)
    wanted = [Unwritten(places[each.document.path], each.seen) for each in outcomes if each.can_share]
    results = line.workers.map("pages", task, wanted, task.crashed)
    by_index = {unwritten.index: result for unwritten, result in results}
    known: dict[str, Piece] = {}
    shared = []
    for outcome in outcomes:
        place = places[outcome.document.path]
        shared.append(with_pages(outcome, by_index[place], known) if place in by_index else outcome)
    return shared


def _positions(line: Line) -> dict[str, int]:
    """Return the position of each document in the plan, by its path."""
    return {document.path: index for index, document in enumerate(line.planned.documents)}


def lay_out(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Return the outcomes with every piece laid out whose HTML is complete."""
    waiting = [*outcomes]
    laid_out = from_store_or_workers((each for outcome in waiting for each in _ready(outcome)), line)
    return [_with_pieces(outcome, laid_out, line) for outcome in waiting]


def _ready(outcome: Outcome) -> Iterator[Piece]:
    """Yield the pieces of a document that aren't laid out and don't wait for page numbers."""
    if outcome.state == "halted":
        return
    waits = _waiting(outcome)
    for each in (*outcome.pieces, *outcome.in_slots):
        if each.key not in waits and each.key not in outcome.laid_out:
            yield each


def _waiting(outcome: Outcome) -> set[str]:
    """Return the keys of the pieces that wait: for page numbers, or to lead back from the pages of all the others."""
    listing = outcome.composed.listing if outcome.composed else ()
    if not outcome.numbering:
        return {each.key for each in listing}
    if outcome.numbering.likely:
        return set()
    back = {each.key for each in listing if f'href="{BACK}' in each.html}
    others = {each.key for each in listing} - back
    return set() if others <= outcome.laid_out.keys() else back


def _with_pieces(outcome: Outcome, laid_out: Mapping[str, LaidOut], line: Line) -> Outcome:
    new = {each.key: laid_out[each.key] for each in _ready(outcome)}
    found = replace(outcome, laid_out={**outcome.laid_out, **new})
    if not all(each.pages for each in new.values()):
        # A piece without pages could not be laid out at all.
        found = replace(found, state="halted")
    return replace(found, laid_out={**found.laid_out, **room.broken_limits(found, line)})


def from_store_or_workers(pieces: Iterable[Piece], line: Line) -> dict[str, LaidOut]:
    """Return each distinct piece laid out, by key: from the store, or else by a worker, longest first."""
    distinct: dict[str, Piece] = {}
    for each in pieces:
        distinct.setdefault(each.key, each)
    known = {key: found for key in distinct if (found := laying_out.stored(line.store, key))}
    missing = [each for key, each in distinct.items() if key not in known]
    missing.sort(key=lambda each: -len(each.html))
    task = laying_out.LayOut(line.root, line.store, line.expected, draw=line.draw)
    return known | {each.key: made for each, made in line.workers.map("typeset", task, missing, task.crashed)}


def judge(outcome: Outcome, line: Line) -> Outcome:
    """Return the outcome with the problems of its pieces, which have the document's name and page numbers."""
    if outcome.state != "halted" and not settled(outcome):
        outcome = outcome.add(_never_settles(outcome))
    for each, origin in locating.pieces(outcome, line.planned.layout.layout.paper):
        found = locating.with_images(_of_layout(outcome, each, line), each, line.planned.brief)
        located = [locating.of_piece(problem, each, origin, outcome, line) for problem in found]
        outcome = outcome.add(*located, piece=each.key)
    return outcome


def _of_layout(outcome: Outcome, piece: Piece, line: Line) -> Iterator[Problem]:
    """Yield the problems of a piece that is laid out, and of the texts in it that don't fit."""
    if piece.key not in outcome.laid_out:
        return
    laid_out, document = outcome.laid_out[piece.key], outcome.document
    yield from plan.without_logo(piece.html, line.planned.brief)
    yield from (plan.located(each, line.planned.brief) for each in laid_out.problems)
    yield from (room.problem(line.planned, document, piece, spill) for spill in laid_out.spills)


def _never_settles(outcome: Outcome) -> Problem:
    """Return the problem of a document whose contents take other pages with each new set of page numbers."""
    [listing, *_] = outcome.composed.listing if outcome.composed else outcome.pieces
    message = f"{listing.name}: it takes another number of pages whenever its page numbers change"
    hint = "give its page numbers a fixed width, or pages: a number in layout.yaml"
    return Problem(f"layouts/{listing.page}", 1, message, hint, Owner.LAYOUT)


@dataclass(frozen=True)
class Paged:
    """A document laid out except for its page numbers, with the numbers that it is given.

    `index` is its position in the plan, `planned` are the pieces that print, as planned, and `cited` its sources.
    """

    index: int
    planned: tuple[PlannedPiece, ...]
    given: Numbering
    cited: tuple[str, ...]


@dataclass(frozen=True)
class Numbered:
    """The parts of a document that need page numbers: pieces that list pages, by position, and running slots."""

    pieces: Mapping[int, Piece]
    running: tuple[Stamp, ...]


@dataclass(frozen=True)
class Number(OnDocument[Paged, Numbered]):
    """A task that writes the parts of a document that need page numbers: contents, folios and running heads."""

    def step(self, writer: Composer, document: Document, item: Paged) -> Numbered:
        """Return the pieces that list pages, and the running slots."""
        return _numbers(writer, replace(document, pieces=item.planned), item.given, item.cited)


def _numbers(writer: Composer, printed: Document, given: Numbering, cited: tuple[str, ...]) -> Numbered:
    listing = pages.number(writer, printed, given.page_of, given.linked_from, cited)
    return Numbered(listing, pages.run(writer, printed, sum(given.counts)))


@dataclass(frozen=True)
class Unwritten:
    """A document to compose, by its position in the plan, with what was `seen` of its pieces in an earlier layout.

    `before` is how it was numbered before an edit.
    """

    index: int
    seen: Seen = UNSEEN
    before: Numbering | None = None


@dataclass(frozen=True)
class Compose(OnDocument[Unwritten, Text]):
    """A task that composes one document; short pieces share pages as far as their layout was seen.

    Its pages are numbered as they were before or, without that, as if each piece took the fewest pages that its layout
    allows, as most do. A document that is composed again isn't numbered yet: most of its pieces are laid out, and their
    real numbers are known.
    """

    def step(self, writer: Composer, document: Document, item: Unwritten) -> Text:
        """Return the composed document."""
        composed = pages.compose(writer, document, item.seen)
        outcome = Outcome(document, composed=composed)
        if item.seen == UNSEEN:
            given = _likely(outcome, item.before)
            numbered = _numbers(writer, composed.document, given, composed.sources)
            outcome = _with_numbers(outcome, given, numbered)
        return Text(
            composed.document.pieces,
            outcome.pieces,
            composed.stamps,
            composed.sources,
            composed.figures,
            outcome.numbering,
        )


def _likely(outcome: Outcome, before: Numbering | None) -> Numbering:
    """Return the numbers before an edit, if the document still has as many pieces and no new id outside its lists."""
    given = _to_give(outcome)
    if before is None or outcome.composed is None or len(before.counts) != len(given.counts):
        return given
    listed = {name for piece in outcome.composed.listing for name in piece.ids}
    if given.page_of.keys() - before.page_of.keys() - listed:
        return given
    return replace(before, running=(), likely=True)


def number(waiting: Sequence[Outcome], line: Line) -> list[Outcome]:
    """Return the documents with their page numbers filled in.

    A document whose pieces still have as many pages as when it was numbered before stays as it is.
    """
    places = _positions(line)
    task = Number(line.plan_file)
    wanted = [
        Paged(places[each.document.path], each.printed.pieces, _to_give(each), each.composed.sources)
        for each in waiting
        if each.composed and each.state != "halted" and not settled(each)
    ]
    results = line.workers.map("pages", task, wanted, task.crashed)
    by_index = {paged.index: (paged.given, result) for paged, result in results}
    outcomes = []
    for outcome in waiting:
        place = places[outcome.document.path]
        outcomes.append(_with_numbers(outcome, *by_index[place]) if place in by_index else outcome)
    return outcomes


def settled(outcome: Outcome) -> bool:
    """Return whether the page numbers of a document are right: its pieces take the pages that they were given."""
    if not outcome.numbering or not all(each.key in outcome.laid_out for each in outcome.pieces):
        return False
    given = outcome.numbering
    now = _counts(outcome), _page_of(outcome), _linked_from(outcome)
    return (given.counts, given.page_of, given.linked_from) == now


def _with_numbers(outcome: Outcome, given: Numbering, result: Numbered | tuple[Problem, ...]) -> Outcome:
    if outcome.composed is None:
        return outcome
    if isinstance(result, tuple):
        return outcome.halt(*result)
    pieces = tuple(result.pieces.get(index, piece) for index, piece in enumerate(outcome.pieces))
    composed = replace(outcome.composed, pieces=pieces)
    return replace(outcome, composed=composed, numbering=replace(given, running=result.running))


def _to_give(outcome: Outcome) -> Numbering:
    """Return the numbers for the pages of a document, as far as it is laid out; it has no running slots yet.

    A list of sources that leads back waits for the pages that cite them. While others that list pages are missing,
    every link is on page 1.
    """
    listing, page_of = outcome.composed.listing if outcome.composed else (), _page_of(outcome)
    first = not outcome.numbering and len(listing) > 1
    linked_from = LinkedFrom(dict.fromkeys(page_of, (1,))) if first else _linked_from(outcome)
    return Numbering(_counts(outcome), page_of, linked_from, ())


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
    """Yield each laid-out piece, and the laid-out pieces in its slots, with the number of its first page."""
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
    """Return the number of pages in each piece; before a piece is laid out, the fewest that its layout allows."""
    laid_out = outcome.laid_out
    return tuple(laid_out[each.key].pages if each.key in laid_out else each.limit.least for each in outcome.pieces)
