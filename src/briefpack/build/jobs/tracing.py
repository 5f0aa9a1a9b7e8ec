"""Lead the problems of a piece back to the template lines, tags and fields that they come from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from briefpack.geometry import Rectangle
from briefpack.layout import addresses, css
from briefpack.pages import Piece, source_map
from briefpack.pages.source_map import Shown
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc


def traced(problem: Problem, several: Iterable[Shown]) -> Problem:
    """Return a problem of a page at the line of the template that wrote what is at one of some places, if any is."""
    source = source_map.above(several) if problem.check == GAP else source_map.at(several)
    if source is None:
        return problem
    cause = IN_DRAWING if problem.cause == OVERPRINTED and source.tag.startswith("<img") else problem.cause
    message = problem.message if problem.check == GAP else f"{problem.message}; it is in {source.tag}"
    return replace(problem, path=source.path, line=source.line, message=message, field=source.field, cause=cause)


def place(problem: Problem, beyond_pt: float) -> Rectangle | None:
    """Return the place from which to lead a problem back, from the trim's corner; None if it is the page or the file.

    `beyond_pt` is how far a finished page extends beyond its trim.
    """
    if not problem.page or not problem.boxes or problem.check in OF_PAGES:
        return None
    return problem.boxes[0].moved(-beyond_pt, -beyond_pt)


OF_PAGES = ("paper-size", "tagged")
"""The checks of whole pages."""
GAP = "underfull-page"
"""The check that finds how full a page is: what is above a gap is of the part that ends too early."""


def loc(field: str) -> Loc:
    """Return the place in the brief of a field that is named by its keys and indexes."""
    return tuple(int(name) if name.isdigit() else name for name in field.split("."))


OVERPRINTED = "overprinted"
IN_DRAWING = "in a drawing"
"""The cause of words that a drawing prints one over another: no style sheet is to blame."""


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
        return replace(problem, line=_first(lines, "<") or 1)
    words = [word for each in problem.words for word in WORD.findall(each)]
    return replace(problem, line=(_first(lines, *words) if words else None) or 1)


TEXTS = {".html", ".css", ".yaml", ".csv", ".py", ".mplstyle", ".svg", ".geojson"}
WORD = re.compile(r"[\w-]{2,}")


def _first(lines: Sequence[str], *words: str) -> int | None:
    """Return the number of the first line that contains all of some words."""
    return next((number for number, line in enumerate(lines, start=1) if all(word in line for word in words)), None)
