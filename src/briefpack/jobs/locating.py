"""Give the problems of pieces the name and page number of a document that contains them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from briefpack.jobs.outcome import Outcome
from briefpack.pages import Piece
from briefpack.problem import Problem


def pieces(outcome: Outcome) -> tuple[tuple[Piece, int], ...]:
    """Return each laid-out piece of a document once, with the number of pages before its first page."""
    found: dict[str, tuple[Piece, int]] = {}
    for piece, before in _pieces(outcome):
        if piece.key in outcome.laid_out:
            found.setdefault(piece.key, (piece, before))
    return tuple(found.values())


def _pieces(outcome: Outcome) -> Iterator[tuple[Piece, int]]:
    slots, before = {stamp.slot: stamp.piece for stamp in outcome.stamps}, 0
    for piece in outcome.pieces:
        yield piece, before
        laid_out = outcome.laid_out.get(piece.key)
        for name, (page, _) in laid_out.slots.items() if laid_out else ():
            if name in slots:
                yield slots[name], before + page
        before += laid_out.pages if laid_out and laid_out.pages else piece.limit.least
    for stamp in outcome.running:
        yield stamp.piece, stamp.running.skip if stamp.running else 0
    # If a piece wasn't laid out, the pages of its slots are unknown.
    yield from ((piece, 0) for piece in slots.values())


def located(problem: Problem, piece: Piece, before: int, root: Path) -> Problem:
    """Return a problem of a piece as a problem of a document, with `before` pages before the piece."""
    return lined(_in_document(problem, piece, before), root)


def _in_document(problem: Problem, piece: Piece, before: int) -> Problem:
    """Return a problem that a check found in a piece, with the document's name and page number."""
    if not problem.check and not problem.page:
        return problem
    check = f"{problem.check}: " if problem.check else ""
    message = problem.message.removeprefix(check).removeprefix(f"page {problem.page}: ")
    page = problem.page + before if problem.page else None
    return replace(problem, message=f"{check}{f'page {page}: ' if page else ''}{piece.name}: {message}", page=page)


def lined(problem: Problem, root: Path) -> Problem:
    """Return a problem with a line number, if its file is text, and with paths relative to the project.

    The line is the one with the field or the words that the message names; in a template, failing that, the first with
    a tag.
    """
    message = problem.message.replace(f"{root}/", "")
    file = root / problem.path
    if problem.line or file.suffix not in TEXTS or not file.is_file():
        return replace(problem, message=message)
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    field = FIELD.search(message)
    named = _first(lines, "data-field=", field[1]) if field else None
    if file.suffix == ".html":
        return replace(problem, message=message, line=named or _first(lines, "<") or 1)
    words = [word for quoted in QUOTED.findall(message) for word in WORD.findall(quoted)]
    return replace(problem, message=message, line=(_first(lines, *words) if words else None) or 1)


TEXTS = {".html", ".css", ".yaml", ".csv", ".py", ".mplstyle", ".svg", ".geojson"}
QUOTED, WORD = re.compile(r'"(.*)"'), re.compile(r"[\w-]{2,}")
FIELD = re.compile(r'data-field="[^"]*?([^".]+)"')


def _first(lines: Sequence[str], *words: str) -> int | None:
    """Return the number of the first line that contains all of some words."""
    return next((number for number, line in enumerate(lines, start=1) if all(word in line for word in words)), None)
