"""Give the problems of pieces the name, page number and boxes that they have in a document that contains them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from briefpack.geometry import PT_PER_MM, Frame, Rectangle
from briefpack.jobs.outcome import Outcome
from briefpack.layout.model import Box
from briefpack.pages import Piece, Stamp
from briefpack.problem import Problem


class Origin(NamedTuple):
    """The place of a piece in its document: the pages before it, and its bottom left corner on the page beneath it.

    A piece that is laid over a page, as in a slot, shows its first page there.
    """

    pages: int = 0
    right_pt: float = 0.0
    up_pt: float = 0.0
    over: bool = False

    def page(self, number: int) -> int:
        """Return the page of the document that a page of the piece is on, or would be if it fitted."""
        return self.pages + (1 if self.over else number)

    def box(self, box: Rectangle) -> Rectangle:
        """Return the place of a box on the page of the document."""
        return box.moved(self.right_pt, self.up_pt)


def pieces(outcome: Outcome, paper: Box) -> tuple[tuple[Piece, Origin], ...]:
    """Return each laid-out piece of a document once, with its place; `paper` is the layout's."""
    found: dict[str, tuple[Piece, Origin]] = {}
    height_pt = (outcome.document.spec.paper or paper).height_mm * PT_PER_MM
    for piece, origin in _pieces(outcome, height_pt):
        if piece.key in outcome.laid_out:
            found.setdefault(piece.key, (piece, origin))
    return tuple(found.values())


def _pieces(outcome: Outcome, height_pt: float) -> Iterator[tuple[Piece, Origin]]:
    slots, before = {(stamp.over, stamp.slot): stamp.piece for stamp in outcome.stamps}, 0
    for index, piece in enumerate(outcome.pieces):
        yield piece, Origin(before)
        laid_out = outcome.laid_out.get(piece.key)
        for name, (page, place) in laid_out.slots.items() if laid_out else ():
            if (index, name) in slots:
                yield slots[index, name], _over(before + page, place, height_pt)
        before += laid_out.pages if laid_out and laid_out.pages else piece.limit.least
    for stamp in outcome.running:
        if stamp.running:
            laid_out = outcome.laid_out.get(stamp.piece.key)
            # It may have a page of its own for each page of the document.
            each = laid_out is not None and laid_out.pages == running_pages(stamp)
            origin = _over(stamp.running.skip, stamp.running.frame, height_pt)
            yield stamp.piece, origin._replace(over=not each)
    # If a piece wasn't laid out, the pages of its slots are unknown.
    yield from ((piece, Origin()) for piece in slots.values())


def _over(pages: int, place: Frame, height_pt: float) -> Origin:
    """Return the place of a piece that is laid over a page."""
    return Origin(pages, place.left_pt, place.foot_pt(height_pt), over=True)


def running_pages(stamp: Stamp) -> int:
    """Return the number of pages that a running slot prints on."""
    return (stamp.piece.limit.at_most or 1) - (stamp.running.skip if stamp.running else 0)


def located(problem: Problem, piece: Piece, origin: Origin, root: Path) -> Problem:
    """Return a problem of a piece as a problem of a document, in which the piece has its place."""
    return lined(in_document(problem, piece, origin), root)


def in_document(problem: Problem, piece: Piece, origin: Origin) -> Problem:
    """Return a problem of a piece with the document's name and page number, and its boxes on that page."""
    return _moved(_named(problem, piece, origin), origin)


def _named(problem: Problem, piece: Piece, origin: Origin) -> Problem:
    """Return a problem with the document's name and page number in a message that names its check or its page."""
    check = f"{problem.check}: " if problem.check else ""
    place = f"page {problem.page}: "
    message = problem.message.removeprefix(check)
    if not check and not message.startswith(place):
        return problem
    there = f"page {origin.page(problem.page)}: " if problem.page else ""
    return replace(problem, message=f"{check}{there}{piece.name}: {message.removeprefix(place)}")


def _moved(problem: Problem, origin: Origin) -> Problem:
    """Return a problem with its page and boxes in the document.

    Of a piece laid over a page, only the first page is there; a proof prints the others at its end.
    """
    if not problem.page:
        return problem
    boxes = tuple(map(origin.box, problem.boxes)) if problem.page == 1 or not origin.over else ()
    continued = () if origin.over else tuple((origin.page(page), origin.box(box)) for page, box in problem.continued)
    return replace(problem, page=origin.page(problem.page), boxes=boxes, continued=continued)


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
