"""Balance the lines of headings, and give the last line of running text a fair length.

WeasyPrint has neither `text-wrap: balance` nor `pretty` (CSS Text 4); we found no issue that asks for them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any
from weakref import WeakKeyDictionary

from weasyprint.layout import block
from weasyprint.text.fonts import FontConfiguration
from weasyprint.text.line_break import _font_style_cache_key, split_first_line

from briefpack.text import unspaced
from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.replacement import Replacement

BALANCED = ("h1", "h2", "h3")
"""The elements whose lines are balanced, along with any marked `data-balance`."""
PARTS = re.compile(r"([^ ]+?(?:[-–](?=[^ \u2060])|(?= )|$))( ?)")
"""The shortest part of a line: a word, or a part of a word that ends with a hyphen; and whether a space follows."""
RUNNING = ("p", "li")
"""The elements whose last line isn't left short, in a column that is at least as wide as this, in pixels."""
COLUMN_PX = 300.0
LEAST_LAST, NARROWEST = 0.12, 0.94
"""The least share of a column that a last line should fill, and the least width to set the lines to for that."""
ROUNDED_PX = 1.5
"""Added to a balanced width, because a rounding error in it would cost an extra line."""
MOST_WIDTHS = 5_000
"""The most texts of one type whose widths are kept: a page has hundreds, and is laid out several times."""
_WIDTHS = WeakKeyDictionary[FontConfiguration, dict[tuple[object, ...], dict[str, float]]]()


def replacements() -> Iterator[Replacement]:
    """Yield a `block_level_width` that sets headings as narrow as their number of lines allows, and text as needed."""
    widen = block.block_level_width

    def width(box: Box, containing_block: Box, with_min_max: bool = True) -> None:
        widen(box, containing_block, with_min_max)
        if _balanced(box):
            box.width = _even_px(box)
        elif _running(box):
            box.width = _filled_px(box)

    width.without_min_max = widen.without_min_max  # type: ignore[attr-defined]
    yield Replacement(block, "block_level_width", width)


def _balanced(box: Box) -> bool:
    """Return whether a box contains the lines of an element to be balanced."""
    wanted = boxes.has(box, "data-balance") or (boxes.is_main(box) and box.element.tag in BALANCED)
    return wanted and any(map(boxes.is_line, getattr(box, "children", ())))


def _running(box: Box) -> bool:
    """Return whether a box contains the lines of running text, in a column wide enough to narrow."""
    wanted = boxes.is_main(box) and box.element.tag in RUNNING and not boxes.has(box, "data-balance")
    return wanted and float(box.width) >= COLUMN_PX and any(map(boxes.is_line, getattr(box, "children", ())))


def _filled_px(box: Box) -> float:
    """Return the width of a box of running text at which its last line isn't short."""
    room_px, text, width_px = float(box.width), "".join(_texts(box)), _measure(box.style)
    if " " not in text or width_px(text) <= room_px:
        return room_px
    space_px = width_px("n n") - width_px("nn")
    return filled_px([(width_px(word), space_px if space else 0.0) for word, space in PARTS.findall(text)], room_px)


def _even_px(box: Box) -> float:
    """Return the narrowest width of a box that doesn't add a line to its text."""
    room_px, text, width_px = float(box.width), "".join(_texts(box)), _measure(box.style)
    space, words = words_of(text)
    if len(words) == 1 or width_px(text) <= room_px:
        return room_px
    space_px = width_px(f"n{space}n") - width_px("nn")
    widths_px = [width_px(word) for word in words if word]
    return min(room_px, even_px(widths_px, space_px, room_px) + ROUNDED_PX)


def words_of(text: str) -> tuple[str, list[str]]:
    """Return the separator of a text's words, and the words; in a script without spaces, each letter is a word."""
    return (" ", text.split(" ")) if " " in text else ("", [*unspaced.pieces(text)])


def _texts(box: Box) -> Iterator[str]:
    """Yield the text of a box in its normal flow, without footnotes."""
    if boxes.is_text(box):
        yield box.text
    for child in getattr(box, "children", ()):
        if child.is_in_normal_flow():
            yield from _texts(child)


def _measure(style: Any) -> Callable[[str], float]:  # noqa: ANN401 -- WeasyPrint's styles are untyped
    """Return a function that measures a text on one line in the type of a style, each text once."""
    spacing = style["letter_spacing"], style["word_spacing"]
    type_key = _font_style_cache_key(style, include_size=True), *spacing, style["direction"], style["white_space"]
    known = _WIDTHS.setdefault(style.font_config, {}).setdefault(type_key, {})

    def width_px(text: str) -> float:
        if text not in known:
            if len(known) >= MOST_WIDTHS:
                known.clear()
            context = SimpleNamespace(font_config=style.font_config, dictionaries={})
            known[text] = float(split_first_line(text, style, context, None, 0)[3])
        return known[text]

    return width_px


def even_px(words_px: Sequence[float], space_px: float, room_px: float) -> float:
    """Return the narrowest width at which words take no more lines than they do in their room."""
    most, ends = _lines(words_px, space_px, room_px), range(1, len(words_px) + 1)
    runs = {sum(words_px[first:end]) + space_px * (end - first - 1) for end in ends for first in range(end)}
    wide = (run for run in sorted(runs) if run >= max(words_px))
    return next((run for run in wide if _lines(words_px, space_px, run) <= most), room_px)


def filled_px(parts_px: Sequence[tuple[float, float]], room_px: float) -> float:
    """Return the greatest width with the same number of lines and no short last line, or else with the longest one.

    The parts are the lengths of words, and of parts that end with a hyphen, each with the space after it.
    """
    count, least_px = _set(parts_px, room_px)[0], LEAST_LAST * room_px
    widths_px = [room_px * (1 - step / 100) for step in range(round((1 - NARROWEST) * 100) + 1)]
    found = [(width_px, *_set(parts_px, width_px)) for width_px in widths_px]
    return max((min(last_px, least_px), width_px) for width_px, lines, last_px in found if lines == count)[1]


def _set(parts_px: Sequence[tuple[float, float]], limit_px: float) -> tuple[int, float]:
    """Return the number of lines that parts of a text take at a width, and how long the last is."""
    count, end_px, gap_px = 1, 0.0, 0.0
    for part, space in parts_px:
        end_px += gap_px + part
        if end_px > limit_px and end_px > gap_px + part:
            count, end_px = count + 1, part
        gap_px = space
    return count, end_px


def _lines(words_px: Sequence[float], space_px: float, limit_px: float) -> int:
    """Return the number of lines that words take at a width."""
    count, end_px = 1, -space_px
    for word in words_px:
        end_px += space_px + word
        if end_px > limit_px + 0.01 and end_px > word:
            count, end_px = count + 1, word
    return count
