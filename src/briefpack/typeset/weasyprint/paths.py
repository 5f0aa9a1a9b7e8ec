"""Write a path of straight lines, such as a map's, in one step.

WeasyPrint reads each number of a path by itself, which is slow for drawings (issue 1439): without this patch, making a
country's documents takes 3 % longer.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

MARKERS = ("marker", "marker-start", "marker-mid", "marker-end")
# Numbers that a PDF can take as they are: no redundant zeros, and at most six decimals.
NUMBER = r"-?(?:0|[1-9]\d{0,8})(?:\.\d{0,5}[1-9])?"
STEP = re.compile(rf"([ML])\s*({NUMBER})\s+({NUMBER})\s*|(z)\s*")
STRAIGHT = re.compile(rf"(?:[ML]\s*{NUMBER}\s+{NUMBER}\s*|z\s*)+")
ZERO = re.compile(r"-0(?![\d.])")
# The path of a state on a map is about 15 kB, and a state is on many maps.
MOST_PATHS = 64


def straight(any_path: Callable[..., None]) -> Callable[..., None]:
    """Return a drawing function for paths that leaves paths with curves or markers to WeasyPrint's own."""

    def path(svg: Any, node: Any, font_size: float) -> None:  # noqa: ANN401 -- WeasyPrint's are untyped
        drawn = None if any(node.get(name) for name in MARKERS) else operators(node.get("d", "").strip())
        if drawn is None:
            any_path(svg, node, font_size)
        else:
            svg.stream.stream.append(drawn)

    return path


@lru_cache(MOST_PATHS)
def operators(steps: str) -> bytes | None:
    """Return the PDF operators for a path of straight lines, or None if it has curves."""
    if not STRAIGHT.fullmatch(steps):
        return None
    drawn = STEP.sub(r"\2 \3 \1\4\n", ZERO.sub("0", steps)).replace("  z", "h")
    return drawn.strip().lower().encode()
