"""Warn of what a style sheet has from the web and print has no use for: lengths in px, and a fixed position."""

import math
import re
from collections.abc import Iterator, Mapping

from briefpack.geometry import PX_PER_MM
from briefpack.problem import Owner, Problem

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PX = re.compile(r"(?<![\w.#-])-?(\d++(?:\.\d++)?|\.\d++)px\b")
FIXED = re.compile(r"\bposition\s*:\s*fixed\b")
FINEST = 3
"""The largest length in px that may be meant: a hairline, or a box that hides text from print."""


def check(sheets: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a warning for each line with a length in px or a fixed position, and a problem for an absurd distance."""
    for shown, text in sheets.items():
        bare = COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
        for number, line in enumerate(bare.splitlines(), start=1):
            length = next((each for each in PX.finditer(line) if float(each[1]) > FINEST), None)
            if length:
                message = f"{length[0]} is {float(length[1]) / PX_PER_MM:.1f} mm: a px is 1/96 inch on paper"
                yield _warned(shown, number, message, f"mm or pt; {length[1]}mm if that was meant")
            yield from _absurd(shown, number, line)
            if FIXED.search(line):
                message = "position: fixed prints the element on each page of its piece, over the text"
                yield _warned(shown, number, message, "position: absolute, or a slot under running: in layout.yaml")


def _absurd(shown: str, number: int, line: str) -> Iterator[Problem]:
    """Yield a problem for letters or lines that are further apart, or nearer, than any that can be read."""
    for name, value, unit in DISTANCE.findall(line):
        least, most = NEAREST_AND_FURTHEST.get((name, unit), (-math.inf, math.inf))
        if float(value) and not least <= float(value) <= most:
            tenths = (float(value) / 10**places for places in range(1, 6))
            meant = next((each for each in tenths if least < each <= most / 2), 0) if float(value) > most else 0
            hint = f"{meant:g}{unit}, if its point was lost" if meant else f"from {least:g}{unit} to {most:g}{unit}"
            if name == "line-height" and not unit and LEAST_PT <= float(value) <= MOST_PT:
                hint = f"{value}pt, if its unit was lost; or {hint}"
            apart = "letters" if name == "letter-spacing" else "lines"
            message = f"{name}: {value}{unit} sets {apart} too far apart to be read, or over one another"
            yield Problem(shown, number, message, hint, Owner.LAYOUT)


LEAST_PT, MOST_PT = 7.0, 72.0
"""The distances between lines that are usual in points."""
DISTANCE = re.compile(r"(?<![\w-])(letter-spacing|line-height)\s*:\s*(-?\d*\.?\d+)(em|pt|mm|%|)\s*[;}!]")
NEAREST_AND_FURTHEST = {
    ("letter-spacing", "em"): (-0.3, 2.0), ("letter-spacing", "pt"): (-8.0, 40.0), ("letter-spacing", "mm"): (-3.0, 15.0),
    ("line-height", ""): (0.4, 6.0), ("line-height", "em"): (0.4, 6.0), ("line-height", "%"): (40.0, 600.0),
}  # fmt: skip


def _warned(shown: str, line: int, message: str, hint: str) -> Problem:
    return Problem(shown, line, message, hint, Owner.LAYOUT, warning=True)
