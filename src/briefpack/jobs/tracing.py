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
    refused = [each.check for each in problems if not each.warning and each.check in CAUSED]
    if not refused:
        return tuple(problems), None
    placed = [each for each in problems if each.page and each.boxes]
    faults = [_fault(each, beyond_pt) for each in placed]
    found = typeset.again(piece, root, store, faults, whole=HIDING in refused)
    changed = dict(zip(placed, _changed(placed, faults, found, beyond_pt), strict=True))
    return tuple(changed.get(each, each) for each in problems), found.typeset


def _fault(problem: Problem, beyond_pt: float) -> Fault:
    words = QUOTED.search(problem.message)
    box = problem.boxes[0].moved(-beyond_pt, -beyond_pt)
    return Fault(problem.check, words[1].rstrip("…") if words else "", problem.page or 0, box)


QUOTED = re.compile(r'"([^"]+)"')


def _changed(problems: Sequence[Problem], faults: Sequence[Fault], found: Again, beyond_pt: float) -> Iterator[Problem]:
    """Yield each problem at the path and line of its cause and, if its text has moved, with its new box."""
    for problem, fault, cause, place in zip(problems, faults, found.causes, found.places, strict=True):
        caused = replace(problem, path=cause[0], line=cause[1]) if cause and not problem.warning else problem
        if place is None:
            yield replace(caused, boxes=())
        elif place is fault:
            yield caused
        else:
            yield replace(caused, page=place.page, boxes=(place.box.moved(beyond_pt, beyond_pt),))


def of_colour(piece: Piece, root: Path, what: str) -> tuple[str, int] | None:
    """Return the path and line of the only place in a piece's style sheets with the colour that has no ink."""
    places = set[tuple[str, int]]()
    for style in dict.fromkeys(piece.styles):
        path = f"{addresses.FOLDER}/{style}"
        text = addresses.place(root, path).read_text(encoding="utf-8-sig", errors="replace")
        places |= {(path, line) for line, colour in css.colours(text) if colour in what.upper()}
    return places.pop() if len(places) == 1 else None
