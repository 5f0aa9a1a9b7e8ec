"""Give the problems of pieces the name and page number of a document that contains them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from briefpack.jobs.workers import Set
from briefpack.pages import Composed, Piece, Stamp
from briefpack.problem import Problem


def firsts(composed: Composed, running: Iterable[Stamp], sets: Mapping[str, Set]) -> tuple[tuple[Piece, int], ...]:
    """Return each piece of a document once, with the number of pages before its first page."""
    found: dict[str, tuple[Piece, int]] = {}
    for piece, before in _firsts(composed, running, sets):
        found.setdefault(piece.key, (piece, before))
    return tuple(found.values())


def _firsts(composed: Composed, running: Iterable[Stamp], sets: Mapping[str, Set]) -> Iterator[tuple[Piece, int]]:
    stamps, before = {stamp.slot: stamp.piece for stamp in composed.stamps}, 0
    for piece in composed.pieces:
        yield piece, before
        made = sets.get(piece.key)
        slots = made.slots.items() if made else ()
        yield from ((stamps[name], before + page) for name, (page, _) in slots if name in stamps)
        before += made.pages if made and made.pages else piece.limit.exactly or 1
    yield from ((stamp.piece, stamp.running.skip if stamp.running else 0) for stamp in running)
    # If a piece wasn't laid out, the pages of its slots are unknown.
    yield from ((piece, 0) for piece in stamps.values())


def distinct(
    composed: Iterable[Composed], running: Mapping[str, tuple[Stamp, ...]], sets: Mapping[str, Set]
) -> Iterator[tuple[Piece, int]]:
    """Yield each laid-out piece once, with the number of pages before it in the first document that contains it."""
    seen: set[str] = set()
    for each in composed:
        for piece, before in firsts(each, running.get(each.document.path, ()), sets):
            if piece.key not in seen and piece.key in sets:
                seen.add(piece.key)
                yield piece, before


def placed(problem: Problem, piece: Piece, before: int) -> Problem:
    """Return a problem of a piece as a problem of a document, with the document's name and page number."""
    if not problem.check and not problem.page:
        return problem
    check = f"{problem.check}: " if problem.check else ""
    said = problem.message.removeprefix(check).removeprefix(f"page {problem.page}: ")
    page = problem.page + before if problem.page else None
    return replace(problem, message=f"{check}{f'page {page}: ' if page else ''}{piece.name}: {said}", page=page)


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
