"""Explain why a check refuses a bound document: the template's line, and the designers' files that have changed."""

import re
from collections.abc import Iterator
from dataclasses import replace

from briefpack.jobs import changes
from briefpack.jobs.line import Line
from briefpack.jobs.outcome import Outcome
from briefpack.layout import addresses
from briefpack.pages import Piece
from briefpack.problem import Problem

HEADING = re.compile(r"an H(\d) follows|the document has \d+ H(1) headings")


def explained(outcome: Outcome, line: Line) -> Iterator[Problem]:
    """Yield the problems that the checks found in a bound document."""
    for problem in outcome.bound.problems if outcome.bound else ():
        piece = _at(outcome, problem.page) if problem.page and not problem.warning else None
        yield _explained(problem, piece, outcome, line) if piece else problem


def _at(outcome: Outcome, page: int) -> Piece | None:
    """Return the piece that a page of a document belongs to."""
    last = 0
    for piece in outcome.pieces:
        last += outcome.laid_out[piece.key].pages
        if page <= last:
            return piece
    return None


def _explained(problem: Problem, piece: Piece, outcome: Outcome, line: Line) -> Problem:
    if level := HEADING.search(problem.message):
        problem = _at_heading(problem, piece, level[1] or level[2], line)
        over = []
    else:
        # The other checks with a place judge what prints over the page, too.
        over = [stamp.piece for stamp in (*outcome.stamps, *outcome.running)]
    return changes.hinted(problem, outcome.document, (piece, *over), line)


def _at_heading(problem: Problem, piece: Piece, level: str, line: Line) -> Problem:
    """Return the problem of a heading at the first line of the piece's templates with such a heading, if any has one."""
    texts = addresses.taken_in(line.root, piece.page)
    found = addresses.find(texts, f"<h{level}") or addresses.find(texts, "<h{{")
    if not found:
        return problem
    place = f"page {problem.page}: "
    message = problem.message.replace(place, f"{place}{piece.name}: ", 1)
    return replace(problem, path=found[0], line=found[1], message=message)
