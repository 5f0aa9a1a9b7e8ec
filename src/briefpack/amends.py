"""Amends what WeasyPrint does otherwise than briefing packs need: its hyphens, and text and lines in drawings."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

POSITIONS = ("x", "y", "dx", "dy", "rotate")
SPACINGS = ("letter-spacing", "textLength")
MARKERS = ("marker", "marker-start", "marker-mid", "marker-end")
NUMBER = r"-?\d+(?:\.\d*)?"
STEP = re.compile(rf"([MLz])\s*(?:({NUMBER})\s+({NUMBER})\s*)?")
STRAIGHT = re.compile(rf"(?:[ML]\s*{NUMBER}\s+{NUMBER}\s*|z\s*)*")


@cache
def make() -> None:
    """Amend WeasyPrint in this process."""
    _keep_names_whole()
    _set_lines_whole()
    _draw_straight()


def _keep_names_whole() -> None:
    """Let no word be hyphenated that has a capital: a name, an abbreviation."""
    import pyphen  # noqa: PLC0415 -- comes with WeasyPrint, which is slow to import

    class Hyphens(pyphen.Pyphen):  # type: ignore[misc]
        def iterate(self, word: str) -> Iterator[tuple[str, str]]:
            return super().iterate(word) if word.islower() else iter(())

    pyphen.Pyphen = Hyphens


class _Line(str):
    """A text that is its own only letter."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def _set_lines_whole() -> None:
    """Set the text of a drawing as lines, with kerning and ligatures, unless its letters have places of their own.

    WeasyPrint 70 sets each letter alone (issue 2249).
    """
    from weasyprint import svg as drawing  # noqa: PLC0415 -- as above

    by_letters = drawing.text

    def text(svg: Any, node: Any, font_size: float) -> None:  # noqa: ANN401 -- WeasyPrint's are untyped
        if node.text and not (_several(node) or any(node.get(name) for name in SPACINGS)):
            node._etree_node.text = _Line(node.text)  # noqa: SLF001 -- the version is pinned
        by_letters(svg, node, font_size)

    drawing.text = text
    drawing.TAGS.update({tag: text for tag, draw in drawing.TAGS.items() if draw is by_letters})


def _several(node: Any) -> bool:  # noqa: ANN401 -- as above
    """Whether a node gives places to more letters than its first."""
    return any(len(re.split(r"[\s,]+", node.get(name, "").strip())) > 1 for name in POSITIONS)


def _draw_straight() -> None:
    """Draw a path of straight lines, such as a map's, by a parser that knows no others and takes a fraction of the time."""
    from weasyprint import svg as drawing  # noqa: PLC0415 -- as above

    any_path = drawing.TAGS["path"]

    def path(svg: Any, node: Any, font_size: float) -> None:  # noqa: ANN401 -- as above
        steps = node.get("d", "").strip()
        if any(node.get(name) for name in MARKERS) or not STRAIGHT.fullmatch(steps):
            any_path(svg, node, font_size)
            return
        draw = {"M": svg.stream.move_to, "L": svg.stream.line_to}
        for letter, x, y in STEP.findall(steps):
            if letter == "z":
                svg.stream.close()
            else:
                draw[letter](float(x), float(y))

    drawing.TAGS["path"] = path
