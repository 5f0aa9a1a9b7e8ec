"""Set the text of drawings with kerning and ligatures, mark what is behind their marks, and read their nodes once.

WeasyPrint draws each letter of an SVG text separately (issue 2249), and parses the attributes of each node again (issue
1439), although the nodes of a drawing share many of them. It doesn't say in the PDF which shapes are decoration alone,
by `aria-hidden`; we found no issue about that.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from weasyprint import svg as drawing

from briefpack.typeset.weasyprint.replacement import Replacement

POSITIONS = ("x", "y", "dx", "dy", "rotate")
SPACINGS = ("letter-spacing", "textLength")
BEHIND = "Behind"
"""The mark of shapes that are only behind or between the marks of a drawing, within the mark of its tag."""
MOST_READ = 4096
READ_ONCE = {name: lru_cache(MOST_READ)(getattr(drawing, name)) for name in ("parse_declarations", "parse_url", "size")}
"""WeasyPrint's functions that parse an attribute, which remember what they return for each text."""


class _Line(str):
    """A text that yields itself whole when iterated, so that WeasyPrint draws it as one letter."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def replacements() -> Iterator[Replacement]:
    """Yield functions that draw straight paths and whole texts, and functions that read an attribute once."""
    by_letters = drawing.text

    def text(svg: Any, node: Any, font_size: float) -> None:  # noqa: ANN401 -- WeasyPrint's are untyped
        if node.text and not (_several(node) or any(node.get(name) for name in SPACINGS)):
            node._etree_node.text = _Line(node.text)  # noqa: SLF001 -- the version is pinned
        by_letters(svg, node, font_size)

    draw_node = drawing.SVG.draw_node

    def marked(svg: Any, node: Any, *others: Any, **more: Any) -> None:  # noqa: ANN401 -- as above
        # In a pattern, nothing is marked: its cells repeat, and the shape that has the pattern may be marked itself.
        stream = svg.stream if node.get("aria-hidden") == "true" and type(svg) is drawing.SVG else None
        if stream:
            stream.begin_marked_content(BEHIND)
        draw_node(svg, node, *others, **more)
        if stream:
            stream.end_marked_content()

    yield Replacement(drawing.SVG, "draw_node", marked)
    tags = {tag: text if draw is by_letters else draw for tag, draw in drawing.TAGS.items()}
    tags["path"] = straight(drawing.TAGS["path"])
    yield from (Replacement(drawing, "text", text), Replacement(drawing, "TAGS", tags))
    yield from (Replacement(drawing, name, read) for name, read in READ_ONCE.items())


def _several(node: Any) -> bool:  # noqa: ANN401 -- as above
    """Return whether a node positions more letters than its first."""
    return any(len(re.split(r"[\s,]+", node.get(name, "").strip())) > 1 for name in POSITIONS)


MARKERS = ("marker", "marker-start", "marker-mid", "marker-end")
# Numbers that a PDF can take as they are: no redundant zeros, and at most six decimals.
NUMBER = r"-?(?:0|[1-9]\d{0,8})(?:\.\d{0,5}[1-9])?"
STEP = re.compile(rf"([ML])\s*({NUMBER})\s+({NUMBER})\s*|(z)\s*")
STRAIGHT = re.compile(rf"(?:[ML]\s*{NUMBER}\s+{NUMBER}\s*|z\s*)+")
ZERO = re.compile(r"-0(?![\d.])")
# The zeros at the end of a decimal, with its point if no other digit follows that.
ENDING_ZEROS = re.compile(r"\.0+(?!\d)|(\.\d*[1-9])0+(?!\d)")
# The path of a state on a map is about 15 kB, and a state is on many maps.
MOST_PATHS = 64


def straight(any_path: Callable[..., None]) -> Callable[..., None]:
    """Return a drawing function for paths that leaves paths with curves or markers to WeasyPrint's own.

    WeasyPrint reads each number of a path by itself, which is slow for drawings (issue 1439): without this patch,
    making a country's documents takes 3 % longer.
    """

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
    steps = ENDING_ZEROS.sub(r"\1", steps.replace("Z", "z"))
    if not STRAIGHT.fullmatch(steps):
        return None
    drawn = STEP.sub(r"\2 \3 \1\4\n", ZERO.sub("0", steps)).replace("  z", "h")
    return drawn.strip().lower().encode()
