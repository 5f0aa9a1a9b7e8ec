"""Patch WeasyPrint for what briefing packs need: hyphens, headings, drawings, invalid CSS, and speed."""

import logging
import math
import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

POSITIONS = ("x", "y", "dx", "dy", "rotate")
SPACINGS = ("letter-spacing", "textLength")
MARKERS = ("marker", "marker-start", "marker-mid", "marker-end")
# Numbers that a PDF can take as they are: no redundant zeros, and at most six decimals.
NUMBER = r"-?(?:0|[1-9]\d{0,8})(?:\.\d{0,5}[1-9])?"
STEP = re.compile(rf"([ML])\s*({NUMBER})\s+({NUMBER})\s*|(z)\s*")
STRAIGHT = re.compile(rf"(?:[ML]\s*{NUMBER}\s+{NUMBER}\s*|z\s*)+")
ZERO = re.compile(r"-0(?![\d.])")
# The path of a state on a map is about 15 kB.
MOST_PATHS, MOST_READ = 64, 4096


@cache
def make() -> None:
    """Patch WeasyPrint in this process."""
    _keep_names_whole()
    _balance_headings()
    _set_lines_whole()
    _draw_straight()
    _read_once()
    _keep_styles()
    _refuse_sums()


def _keep_names_whole() -> None:
    """Don't hyphenate words with a capital letter, such as names and abbreviations."""
    import pyphen  # noqa: PLC0415 -- comes with WeasyPrint, which is slow to import

    class Hyphens(pyphen.Pyphen):  # type: ignore[misc]
        def iterate(self, word: str) -> Iterator[tuple[str, str]]:
            return super().iterate(word) if word.islower() else iter(())

    pyphen.Pyphen = Hyphens


BALANCED = ("h1", "h2", "h3")
"""The elements whose lines are balanced, along with any marked `data-balance`."""
ROUNDED_PX = 1.5
"""Added to a balanced width, because a rounding error in it would cost an extra line."""


def _balance_headings() -> None:
    """Set each heading as narrow as its number of lines allows: WeasyPrint 70 has no `text-wrap: balance`."""
    from weasyprint.layout import block  # noqa: PLC0415 -- as above

    widen = block.block_level_width

    def width(box: Any, containing_block: Any, with_min_max: bool = True) -> None:  # noqa: ANN401 -- WeasyPrint's are untyped
        widen(box, containing_block, with_min_max)
        if _balanced(box):
            box.width = _even_px(box)

    width.without_min_max = widen.without_min_max  # type: ignore[attr-defined]
    block.block_level_width = width


def _balanced(box: Any) -> bool:  # noqa: ANN401 -- as above
    """Return whether a box contains the lines of an element to be balanced."""
    element = box.element
    if element is None or box.element_tag != element.tag:
        return False
    wanted = element.tag in BALANCED or "data-balance" in element.attrib
    return wanted and any(type(child).__name__ == "LineBox" for child in getattr(box, "children", ()))


def _even_px(box: Any) -> float:  # noqa: ANN401 -- as above
    """Return the narrowest width of a box that doesn't add a line to its text."""
    room_px = float(box.width)
    words = "".join(_texts(box)).split(" ")
    if len(words) == 1 or _width_px(box, " ".join(words)) <= room_px:
        return room_px
    space_px = _width_px(box, "n n") - _width_px(box, "nn")
    widths_px = [_width_px(box, word) for word in words if word]
    return min(room_px, even_px(widths_px, space_px, room_px) + ROUNDED_PX)


def _texts(box: Any) -> Iterator[str]:  # noqa: ANN401 -- as above
    """Yield the text of a box in its normal flow, without footnotes."""
    if hasattr(box, "text"):
        yield box.text
    for child in getattr(box, "children", ()):
        if child.is_in_normal_flow():
            yield from _texts(child)


def _width_px(box: Any, text: str) -> float:  # noqa: ANN401 -- as above
    """Return the width of a text on one line in a box's type."""
    from weasyprint.text.line_break import split_first_line  # noqa: PLC0415 -- as above

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


class _Line(str):
    """A text that yields itself whole when iterated, so that WeasyPrint draws it as one letter."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def _set_lines_whole() -> None:
    """Set text in drawings line by line, with kerning and ligatures, unless its letters are positioned one by one.

    WeasyPrint 70 draws each letter separately (issue 2249).
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
    """Return whether a node positions more letters than its first."""
    return any(len(re.split(r"[\s,]+", node.get(name, "").strip())) > 1 for name in POSITIONS)


def _draw_straight() -> None:
    """Write a path of straight lines, such as a map's, in one step: WeasyPrint handles each number separately."""
    from weasyprint import svg as drawing  # noqa: PLC0415 -- as above

    any_path = drawing.TAGS["path"]

    def path(svg: Any, node: Any, font_size: float) -> None:  # noqa: ANN401 -- as above
        drawn = None if any(node.get(name) for name in MARKERS) else _operators(node.get("d", "").strip())
        if drawn is None:
            any_path(svg, node, font_size)
        else:
            svg.stream.stream.append(drawn)

    drawing.TAGS["path"] = path


@lru_cache(MOST_PATHS)
def _operators(steps: str) -> bytes | None:
    """Return the PDF operators for a path of straight lines, or None if it has curves; maps are drawn many times."""
    if not STRAIGHT.fullmatch(steps):
        return None
    drawn = STEP.sub(r"\2 \3 \1\4\n", ZERO.sub("0", steps)).replace("  z", "h")
    return drawn.strip().lower().encode()


def _read_once() -> None:
    """Cache what WeasyPrint parses from the attributes of a drawing, since its nodes share many styles and sizes."""
    from weasyprint import svg as drawing  # noqa: PLC0415 -- as above

    for name in ("parse_declarations", "parse_url", "size"):
        setattr(drawing, name, lru_cache(MOST_READ)(getattr(drawing, name)))


@dataclass(eq=False)
class _Kept:
    """The computed values of one style, wherever it is used.

    `declared` keeps the style's declared values alive, because some are identified by their `id`.
    """

    declared: Mapping[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    specified: dict[str, Any] = field(default_factory=dict)


_KEPT: dict[Hashable, _Kept] = {}
MOST_KEPT = 2_000
"""Far more than a layout needs: a whole pack has about 300 styles."""


class _Sizes(dict[str, Any]):
    """The page sizes that vw and vh refer to, noting whether computing styles has read them or logged a warning."""

    def __init__(self, sizes: Mapping[str, Any], said: "_Said") -> None:
        super().__init__(sizes)
        self.said, self.before, self.asked = said, said.count, False

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 -- as above
        self.asked = True
        return super().__getitem__(name)

    @property
    def clean(self) -> bool:
        """Return whether no size was read and no warning was logged since this piece was begun."""
        return not self.asked and self.said.count == self.before


class _Said(logging.Filter):
    """A filter that counts warnings and lets every record pass."""

    count = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Count warnings."""
        self.count += record.levelno >= logging.WARNING
        return True


def _keep_styles() -> None:
    """Reuse the computed values of a style in later pieces, since most pieces have the same styles.

    A computed value depends on the style's declarations, its parents and the fonts (weasyprint/css/__init__.py,
    ComputedStyle). It can also depend on the page size, and it can log a warning, which each piece must report for
    itself. Once either happens, we keep nothing more from that piece; values computed before then depend on neither.
    """
    from weasyprint import css  # noqa: PLC0415 -- as above
    from weasyprint.logger import LOGGER  # noqa: PLC0415 -- as above

    said = _Said()
    LOGGER.addFilter(said)
    computed, settled = css.ComputedStyle.__missing__, css.StyleFor.set_computed_styles

    def value(style: Any, name: str) -> Any:  # noqa: ANN401 -- as above
        if style.fresh:
            _begin(style)
            if name in style:
                return style[name]
        found = computed(style, name)
        if style.kept and style.initial_page_sizes.clean and not _taken(style, name):
            style.kept.values[name] = found
            if name in style.specified:
                style.kept.specified[name] = style.specified[name]
        return found

    def settle(self: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, **more: Any) -> None:  # noqa: ANN401
        if not isinstance(self.initial_page_sizes, _Sizes):
            self.initial_page_sizes = _Sizes(self.initial_page_sizes, said)
        settled(self, element, parent, root, pseudo_type, **more)
        self.get_computed_styles()[element, pseudo_type].fresh = True

    # A copied style is never fresh: whoever copies it changes it, so we keep nothing from it.
    css.ComputedStyle.fresh, css.ComputedStyle.kept = False, None
    css.ComputedStyle.__missing__, css.StyleFor.set_computed_styles = value, settle


def _begin(style: Any) -> None:  # noqa: ANN401 -- as above
    """Fill a style with the values kept from an equal style the first time it is read; most styles are never read.

    Skips ::first-line and ::first-letter styles, in which WeasyPrint reads only the values computed so far
    (layout/inline.py, first_line_style).
    """
    style.fresh, parent = False, style.parent_style
    if parent is not None and parent.fresh:
        _begin(parent)
    if style.pseudo_type in ("first-line", "first-letter") or (parent is not None and parent.kept is None):
        return
    place = parent.kept if parent is not None else (style.font_config, style.base_url)
    declared = tuple(
        (name, _known_by(value), importance, layer, tuple(specificity))
        for name, (value, (importance, layer, specificity)) in style.cascaded.items()
    )
    if len(_KEPT) >= MOST_KEPT:
        _KEPT.clear()
    style.kept = _KEPT.setdefault((place, style.pseudo_type, declared), _Kept(style.cascaded))
    style.update(style.kept.values | style)
    style.specified.update(style.kept.specified)


def _known_by(value: Any) -> Hashable:  # noqa: ANN401 -- as above
    """Return a key for a declared value: the value itself, or its `id`, since a style sheet is parsed only once."""
    try:
        hash(value)
    except TypeError:
        return id(value)
    return value


def _taken(style: Any, name: str) -> bool:  # noqa: ANN401 -- as above
    """Return whether a property that isn't inherited by default takes its parent's value with `inherit`.

    WeasyPrint modifies such values in tables and at the root.
    """
    from weasyprint.css.properties import INHERITED  # noqa: PLC0415 -- as above

    return name not in INHERITED and style.cascaded.get(name, (None,))[0] == "inherit"


def _refuse_sums() -> None:
    """Treat a calculation without a value as no value: WeasyPrint 70 crashes on `calc(1em + )` and `sqrt(-1)`."""
    from weasyprint import css  # noqa: PLC0415 -- as above
    from weasyprint.css.tokens import PercentageInMath, RelativeLengthInMath  # noqa: PLC0415 -- as above

    solve = css.resolve_math

    def solved(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401 -- as above
        try:
            found = solve(*arguments, **more)
        except (PercentageInMath, RelativeLengthInMath):
            raise
        except (AssertionError, ArithmeticError, TypeError, ValueError):
            return None
        return found if found is None or math.isfinite(getattr(found, "value", 0)) else None

    class Initial(dict[str, Any]):
        def __missing__(self, name: str) -> list[Any]:
            if name.startswith("__"):
                return []
            raise KeyError(name)

    # WeasyPrint also looks here for the initial value of a custom property that is set to such a calculation.
    css.resolve_math, css.INITIAL_VALUES = solved, Initial(css.INITIAL_VALUES)
