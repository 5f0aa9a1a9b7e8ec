"""Balance the lines of headings.

WeasyPrint has no `text-wrap: balance` (CSS Text 4); we found no issue that asks for it.
"""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace

from weasyprint.layout import block
from weasyprint.text.line_break import split_first_line

from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.replacement import Replacement

BALANCED = ("h1", "h2", "h3")
"""The elements whose lines are balanced, along with any marked `data-balance`."""
ROUNDED_PX = 1.5
"""Added to a balanced width, because a rounding error in it would cost an extra line."""


def replacements() -> Iterator[Replacement]:
    """Yield a `block_level_width` that sets each heading as narrow as its number of lines allows."""
    widen = block.block_level_width

    def width(box: Box, containing_block: Box, with_min_max: bool = True) -> None:
        widen(box, containing_block, with_min_max)
        if _balanced(box):
            box.width = _even_px(box)

    width.without_min_max = widen.without_min_max  # type: ignore[attr-defined]
    yield Replacement(block, "block_level_width", width)


def _balanced(box: Box) -> bool:
    """Return whether a box contains the lines of an element to be balanced."""
    wanted = boxes.has(box, "data-balance") or (boxes.is_main(box) and box.element.tag in BALANCED)
    return wanted and any(map(boxes.is_line, getattr(box, "children", ())))


def _even_px(box: Box) -> float:
    """Return the narrowest width of a box that doesn't add a line to its text."""
    room_px = float(box.width)
    words = "".join(_texts(box)).split(" ")
    if len(words) == 1 or _width_px(box, " ".join(words)) <= room_px:
        return room_px
    space_px = _width_px(box, "n n") - _width_px(box, "nn")
    widths_px = [_width_px(box, word) for word in words if word]
    return min(room_px, even_px(widths_px, space_px, room_px) + ROUNDED_PX)


def _texts(box: Box) -> Iterator[str]:
    """Yield the text of a box in its normal flow, without footnotes."""
    if boxes.is_text(box):
        yield box.text
    for child in getattr(box, "children", ()):
        if child.is_in_normal_flow():
            yield from _texts(child)


def _width_px(box: Box, text: str) -> float:
    """Return the width of a text on one line in a box's type."""
    context = SimpleNamespace(font_config=box.style.font_config, dictionaries={})
    return float(split_first_line(text, box.style, context, None, 0)[3])


def even_px(words_px: Sequence[float], space_px: float, room_px: float) -> float:
    """Return the narrowest width at which words take no more lines than they do in their room."""
    most, ends = _lines(words_px, space_px, room_px), range(1, len(words_px) + 1)
    runs = {sum(words_px[first:end]) + space_px * (end - first - 1) for end in ends for first in range(end)}
    wide = (run for run in sorted(runs) if run >= max(words_px))
    return next((run for run in wide if _lines(words_px, space_px, run) <= most), room_px)


def _lines(words_px: Sequence[float], space_px: float, limit_px: float) -> int:
    """Return the number of lines that words take at a width."""
    count, end_px = 1, -space_px
    for word in words_px:
        end_px += space_px + word
        if end_px > limit_px + 0.01 and end_px > word:
            count, end_px = count + 1, word
    return count
