"""Trace the faults that a check finds in a piece to the declarations of its style sheets that cause them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from briefpack import typeset
from briefpack.layout import addresses, css
from briefpack.pages import Piece
from briefpack.problem import Problem
from briefpack.store import Store
from briefpack.typeset import Again, Fault, Typeset

CAUSED = ("contrast", "type-size", "words-lost")
"""The checks whose faults a declaration may cause."""
HIDING = "words-lost"
"""The check of text that doesn't show: only a layout that shows it is of use as a proof."""


def traced(
    piece: Piece, root: Path, store: Store, problems: Sequence[Problem], beyond_pt: float
) -> tuple[tuple[Problem, ...], Typeset | None]:
    """Return the problems of a piece at their causes, and the piece with all of its text if a check finds some lost.

    `beyond_pt` is how far a finished page extends beyond its trim, from which the boxes of the problems are measured.
    """
    problems = [_at_part(each, piece, root) for each in problems]
    refused = [each.check for each in problems if not each.warning and each.check in CAUSED]
    if not refused:
        return tuple(problems), None
    placed = [each for each in problems if each.page and each.boxes]
    faults = [_fault(each, beyond_pt) for each in placed]
    found = typeset.again(piece, root, store, faults, whole=HIDING in refused)
    changed = dict(zip(placed, _changed(placed, faults, found, beyond_pt, root), strict=True))
    return tuple(changed.get(each, each) for each in problems), found.typeset


def _at_part(problem: Problem, piece: Piece, root: Path) -> Problem:
    """Return the problem of a part without a heading, at the only part that its page or a macro of the page has."""
    if problem.check != HEADLESS:
        return problem
    texts = addresses.taken_in(root, *piece.pages)
    found = [
        (path, text.count("\n", 0, part.start()) + 1)
        for path, text in texts.items()
        for part in PART.finditer(text)
        if not HEADED.search(_within(text, part))
    ]
    return replace(problem, path=found[0][0], line=found[0][1]) if len(found) == 1 else problem


HEADLESS = "heading-per-part"


def _within(text: str, part: re.Match[str]) -> str:
    """Return a part of a page from its first tag to its last; the rest of the page if its end isn't certain."""
    depth = 0
    for tag in re.finditer(rf"<(/?){part[0][1:]}(?![\w-])", text[part.start() :]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return text[part.start() :][: tag.start()]
    return text[part.start() :]


PART, HEADED = re.compile(r"<(?:section|article)\b"), re.compile(r"<h[\d{]|\bdata-tag=\"H|\brole=\"heading")


def _fault(problem: Problem, beyond_pt: float) -> Fault:
    box = problem.boxes[0].moved(-beyond_pt, -beyond_pt)
    return Fault(problem.check, next(iter(problem.words), ""), problem.page or 0, box)


def _changed(
    problems: Sequence[Problem], faults: Sequence[Fault], found: Again, beyond_pt: float, root: Path
) -> Iterator[Problem]:
    """Yield each problem at the path and line of its cause and, if its text has moved, with its new box."""
    parts = zip(problems, faults, found.causes, found.places, found.overlapped, found.drawn, strict=True)
    for problem, fault, cause, place, image, drawn in parts:
        if drawn and problem.cause == OVERPRINTED:
            yield replace(problem, cause=IN_DRAWING)
            continue
        caused = _at_cause(problem, cause, root) if cause and not problem.warning else problem
        if image:
            caused = replace(caused, message=f'{problem.message}; it overlaps the image "{image}"', hint=APART)
        if place is None:
            yield replace(caused, boxes=())
        elif place is fault:
            yield caused
        else:
            yield replace(caused, page=place.page, boxes=(place.box.moved(beyond_pt, beyond_pt),))


OVERPRINTED = "overprinted"
IN_DRAWING = "in a drawing"
"""The cause of words that a drawing prints one over another: no style sheet is to blame."""


def _at_cause(problem: Problem, cause: tuple[str, int], root: Path) -> Problem:
    """Return a problem at the declaration that causes it; a problem of contrast, with the token that is used."""
    caused = replace(problem, path=cause[0], line=cause[1])
    if problem.check != "contrast" or not cause[0].endswith(".css"):
        return caused
    lines = addresses.place(root, cause[0]).read_text(encoding="utf-8-sig", errors="replace").splitlines()
    used = COLOUR.findall(lines[cause[1] - 1]) if cause[1] <= len(lines) else []
    if not used and CLEARED.search(lines[cause[1] - 1]):
        return replace(caused, hint="keep the background that the text was coloured for, or give it a color: here too")
    if len(used) != 1:
        return caused
    hint = f"another colour than --{used[0]} for the text, or change {used[0]} or the background in tokens.yaml"
    return replace(caused, hint=hint)


COLOUR = re.compile(r"(?<![\w-])color\s*:\s*var\(\s*--([\w-]+)\s*\)")
CLEARED = re.compile(r"(?<![\w-])background(?:-color)?\s*:\s*(?:none|transparent)")
APART = "move the text or the image, so that the two don't overlap"


def of_colour(piece: Piece, root: Path, what: str) -> tuple[str, int] | None:
    """Return the path and line of the only place in a piece's style sheets with the colour that has no ink."""
    places = set[tuple[str, int]]()
    for style in dict.fromkeys(piece.styles):
        path = f"{addresses.FOLDER}/{style}"
        text = addresses.place(root, path).read_text(encoding="utf-8-sig", errors="replace")
        places |= {(path, line) for line, colour in css.colours(text) if colour in what.upper()}
    return places.pop() if len(places) == 1 else None


def lined(problem: Problem, root: Path) -> Problem:
    """Return a problem with a line, if its file is text.

    The line is the one with the field or the words at fault; in a template, failing that, the first with a tag.
    """
    file = root / problem.path
    if problem.line or file.suffix not in TEXTS or not file.is_file():
        return problem
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    if file.suffix == ".html":
        named = _first(lines, "data-field=", problem.field.rpartition(".")[2]) if problem.field else None
        return replace(problem, line=named or _first(lines, "<") or 1)
    words = [word for each in problem.words for word in WORD.findall(each)]
    return replace(problem, line=(_first(lines, *words) if words else None) or 1)


TEXTS = {".html", ".css", ".yaml", ".csv", ".py", ".mplstyle", ".svg", ".geojson"}
WORD = re.compile(r"[\w-]{2,}")


def _first(lines: Sequence[str], *words: str) -> int | None:
    """Return the number of the first line that contains all of some words."""
    return next((number for number, line in enumerate(lines, start=1) if all(word in line for word in words)), None)
