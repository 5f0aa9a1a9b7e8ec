"""Explain why a check refuses a bound document: the line of the template or style sheet, and the designers' files that have changed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefpack.jobs import changes
from briefpack.jobs.line import Line
from briefpack.jobs.outcome import Outcome
from briefpack.layout import addresses
from briefpack.pages import Piece, literals
from briefpack.problem import Problem

HEADING = re.compile(r"an H(\d) follows|the document has \d+ H(1) headings")
LEAK = re.compile(r'contains "([^"]+)"')
STYLED = {"paper-size": re.compile(r"(?<![\w-])size\s*:"), "outline": re.compile(r"\bbookmark-level\s*:\s*none\b")}
"""What a style sheet has if it is the cause of a problem, by the check that finds it."""


def explained(outcome: Outcome, line: Line) -> Iterator[Problem]:
    """Yield the problems that the checks found in a bound document."""
    for problem in outcome.bound.problems if outcome.bound else ():
        piece = _at(outcome, problem.page) if problem.page and not problem.warning else None
        if piece:
            yield _explained(problem, piece, outcome, line)
        elif problem.check == "outline":
            place = _only(_in_styles(problem.check, outcome.pieces, line))
            yield replace(problem, path=place[0], line=place[1]) if place else problem
        else:
            yield problem


def _at(outcome: Outcome, page: int) -> Piece | None:
    """Return the piece that a page of a document belongs to."""
    last = 0
    for piece in outcome.pieces:
        last += outcome.laid_out[piece.key].pages
        if page <= last:
            return piece
    return None


def _explained(problem: Problem, piece: Piece, outcome: Outcome, line: Line) -> Problem:
    if place := _cause(problem, piece, line):
        page = f"page {problem.page}: "
        message = problem.message.replace(page, f"{page}{piece.name}: ", 1)
        problem = replace(problem, path=place[0], line=place[1], message=message)
    # Headings are those of the page alone; the other checks judge what prints over it, too.
    over = [] if HEADING.search(problem.message) else [each.piece for each in (*outcome.stamps, *outcome.running)]
    return changes.hinted(problem, outcome.document, (piece, *over), line)


def _cause(problem: Problem, piece: Piece, line: Line) -> tuple[str, int] | None:
    """Return the path and line that cause a problem on a page of a piece; None if that isn't certain."""
    texts = addresses.taken_in(line.root, piece.page)
    if level := HEADING.search(problem.message):
        return addresses.find(texts, f"<h{level[1] or level[2]}") or addresses.find(texts, "<h{{")
    if problem.check in STYLED:
        return _only(_in_styles(problem.check, (piece,), line))
    leaked = LEAK.search(problem.message) if problem.check == "electorate-leak" else None
    if not leaked:
        return None
    own = ((path, *each) for path, source in texts.items() for each in literals.lines(source))
    return _only((path, number) for path, number, text in own if leaked[1] in text)


def _in_styles(check: str, pieces: Iterable[Piece], line: Line) -> Iterator[tuple[str, int]]:
    """Yield each line of the pieces' style sheets that can cause a problem of a check."""
    for style in dict.fromkeys(style for piece in pieces for style in piece.styles):
        path = f"{addresses.FOLDER}/{style}"
        text = addresses.place(line.root, path).read_text(encoding="utf-8", errors="replace")
        for number, each in enumerate(text.splitlines(), start=1):
            if STYLED[check].search(each):
                yield path, number


def _only(places: Iterable[tuple[str, int]]) -> tuple[str, int] | None:
    """Return the only place of a cause; None if there are several, because each may be it."""
    found = [*dict.fromkeys(places)]
    return found[0] if len(found) == 1 else None
