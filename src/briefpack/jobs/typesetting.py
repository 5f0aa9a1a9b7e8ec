"""Run the typeset stage: lay out every piece, number the pages, and find the problems of each document."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from briefpack.jobs import (
    changes,
    chart_words,
    laying_out,
    locating,
    numbering,
    overset,
    page_limits,
    placeholders,
    stages,
)
from briefpack.jobs.laying_out import LaidOut
from briefpack.jobs.line import Line
from briefpack.jobs.outcome import Outcome
from briefpack.pages import BACK, Piece
from briefpack.problem import Owner, Problem

MOST_NUMBERED = 4
"""How often a document is numbered: once more each time its contents take another number of pages than before."""


def typeset(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Lay out every piece, then number the pages, and lay out the pieces that needed the numbers.

    A document fails if its text is overset, if a check refuses a piece, or if a piece has the wrong number of pages.
    """
    outcomes = lay_out(outcomes, line)
    for _ in range(MOST_NUMBERED):
        outcomes = numbering.number(outcomes, line)
        # Running heads and feet, such as those with a logo, aren't composed before the pages are counted.
        outcomes = stages.images(outcomes, line)
        outcomes = lay_out(outcomes, line)
        if all(map(numbering.settled, outcomes)):
            break
    return [judge(outcome, line) for outcome in outcomes]


def lay_out(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Return the outcomes with every piece laid out whose HTML is complete."""
    waiting = [*outcomes]
    laid_out = from_store_or_workers((each for outcome in waiting for each in _ready(outcome)), line)
    return [_with_pieces(outcome, laid_out, line) for outcome in waiting]


def _ready(outcome: Outcome) -> Iterator[Piece]:
    """Yield the pieces of a document that aren't laid out and don't wait for page numbers."""
    if outcome.failed or not outcome.composed:
        return
    waits = _waiting(outcome)
    slots = (stamp.piece for stamp in (*outcome.composed.stamps, *outcome.running))
    for each in (*outcome.pieces, *slots):
        if each.key not in waits and each.key not in outcome.laid_out:
            yield each


def _waiting(outcome: Outcome) -> set[str]:
    """Return the keys of the pieces that wait: for page numbers, or to lead back from the pages of all the others."""
    listing = outcome.composed.listing if outcome.composed else ()
    if not outcome.numbered:
        return {each.key for each in listing}
    back = {each.key for each in listing if f'href="{BACK}' in each.html}
    others = {each.key for each in listing} - back
    return set() if others <= outcome.laid_out.keys() else back


def _with_pieces(outcome: Outcome, laid_out: Mapping[str, LaidOut], line: Line) -> Outcome:
    new = {each.key: laid_out[each.key] for each in _ready(outcome)}
    found = replace(outcome, laid_out={**outcome.laid_out, **new})
    return replace(found, laid_out={**found.laid_out, **page_limits.broken(found, line)})


def from_store_or_workers(pieces: Iterable[Piece], line: Line) -> dict[str, LaidOut]:
    """Return each distinct piece laid out, by key: from the store, or else by a worker, longest first."""
    distinct: dict[str, Piece] = {}
    for each in pieces:
        distinct.setdefault(each.key, each)
    known = {key: found for key in distinct if (found := laying_out.stored(line.store, key))}
    missing = [each for key, each in distinct.items() if key not in known]
    missing.sort(key=lambda each: -len(each.html))
    task = laying_out.LayOut(line.root, line.store, line.expected, draw=line.draw)
    return known | {each.key: made for each, made in line.workers.map("typeset", task, missing, laying_out.crashed)}


def judge(outcome: Outcome, line: Line) -> Outcome:
    """Return the outcome with the problems of its pieces, which have the document's name and page numbers."""
    if outcome.numbered and numbering.can_number(outcome) and not numbering.settled(outcome):
        outcome = outcome.add(locating.lined(_never_settles(outcome), line.root))
    for each, origin in locating.pieces(outcome, line.planned.layout.layout.paper):
        laid_out = outcome.laid_out[each.key]
        if not (laid_out.problems or laid_out.spills):
            continue
        found = (*laid_out.problems, *_overset(outcome, each, line))
        moved = (locating.in_document(problem, each, origin) for problem in found)
        located = (one if changes.names_one(one) else locating.lined(one, line.root) for one in moved)
        hinted = (changes.hinted(one, outcome.document, [each], line) for one in located)
        shown = (placeholders.at_words(one, each, line.planned.brief, line.root) for one in hinted)
        charted = (chart_words.at_file(one, each, outcome.document, line) for one in shown)
        outcome = outcome.add(*charted, piece=each.key)
    return outcome


def _overset(outcome: Outcome, piece: Piece, line: Line) -> Iterator[Problem]:
    """Yield the problems of the texts of a piece that don't fit."""
    spills, document = outcome.laid_out[piece.key].spills, outcome.document
    if spills:
        found = changes.since(document, piece, line)
        yield from (overset.problem(line.planned, document, piece, spill, found) for spill in spills)


def _never_settles(outcome: Outcome) -> Problem:
    """Return the problem of a document whose contents take other pages with each new set of page numbers."""
    [listing, *_] = outcome.composed.listing if outcome.composed else outcome.pieces
    message = f"{listing.name}: it takes another number of pages whenever its page numbers change"
    hint = "give its page numbers a fixed width, or pages: a number in layout.yaml"
    return Problem(f"layouts/{listing.page}", None, message, hint, Owner.LAYOUT)
