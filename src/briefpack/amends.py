"""Amends what WeasyPrint does otherwise than briefing packs need: its hyphens, headings, text and lines in drawings, and haste."""

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
# As a PDF has them, so that they need no reckoning: no needless zeros, and six decimals at most.
NUMBER = r"-?(?:0|[1-9]\d{0,8})(?:\.\d{0,5}[1-9])?"
STEP = re.compile(rf"([ML])\s*({NUMBER})\s+({NUMBER})\s*|(z)\s*")
STRAIGHT = re.compile(rf"(?:[ML]\s*{NUMBER}\s+{NUMBER}\s*|z\s*)+")
ZERO = re.compile(r"-0(?![\d.])")
# The steps of a state's map are some 15 kB.
MOST_PATHS, MOST_READ = 64, 4096


@cache
def make() -> None:
    """Amend WeasyPrint in this process."""
    _keep_names_whole()
    _balance_headings()
    _set_lines_whole()
    _draw_straight()
    _read_once()
    _keep_styles()
    _refuse_sums()


def _keep_names_whole() -> None:
    """Let no word be hyphenated that has a capital: a name, an abbreviation."""
    import pyphen  # noqa: PLC0415 -- comes with WeasyPrint, which is slow to import

    class Hyphens(pyphen.Pyphen):  # type: ignore[misc]
        def iterate(self, word: str) -> Iterator[tuple[str, str]]:
            return super().iterate(word) if word.islower() else iter(())

    pyphen.Pyphen = Hyphens


BALANCED = ("h1", "h2", "h3")
"""The elements whose lines are of even length, besides those marked `data-balance`."""
ROUNDED_PX = 1.5
"""A line that is narrower by a rounding costs a line more."""


def _balance_headings() -> None:
    """Set a heading as narrow as its number of lines allows: WeasyPrint 70 has no `text-wrap: balance`."""
    from weasyprint.layout import block  # noqa: PLC0415 -- as above

    widen = block.block_level_width

    def width(box: Any, containing_block: Any, with_min_max: bool = True) -> None:  # noqa: ANN401 -- WeasyPrint's are untyped
        widen(box, containing_block, with_min_max)
        if _balanced(box):
            box.width = _even_px(box)

    width.without_min_max = widen.without_min_max  # type: ignore[attr-defined]
    block.block_level_width = width


def _balanced(box: Any) -> bool:  # noqa: ANN401 -- as above
    """Whether a box holds the lines of an element that wants them even."""
    element = box.element
    if element is None or box.element_tag != element.tag:
        return False
    wanted = element.tag in BALANCED or "data-balance" in element.attrib
    return wanted and any(type(child).__name__ == "LineBox" for child in getattr(box, "children", ()))


def _even_px(box: Any) -> float:  # noqa: ANN401 -- as above
    """The width of a box in which its text has no more lines than in its room, and these of even length."""
    room_px = float(box.width)
    words = "".join(_texts(box)).split(" ")
    if len(words) == 1 or _width_px(box, " ".join(words)) <= room_px:
        return room_px
    space_px = _width_px(box, "n n") - _width_px(box, "nn")
    widths_px = [_width_px(box, word) for word in words if word]
    return min(room_px, even_px(widths_px, space_px, room_px) + ROUNDED_PX)


def _texts(box: Any) -> Iterator[str]:  # noqa: ANN401 -- as above
    """The texts of a box that run on from each other; not its notes."""
    if hasattr(box, "text"):
        yield box.text
    for child in getattr(box, "children", ()):
        if child.is_in_normal_flow():
            yield from _texts(child)


def _width_px(box: Any, text: str) -> float:  # noqa: ANN401 -- as above
    """How wide a text is on one line, in the type of a box."""
    from weasyprint.text.line_break import split_first_line  # noqa: PLC0415 -- as above

    context = SimpleNamespace(font_config=box.style.font_config, dictionaries={})
    return float(split_first_line(text, box.style, context, None, 0)[3])


def even_px(words_px: Sequence[float], space_px: float, room_px: float) -> float:
    """The narrowest width at which words have no more lines than in their room."""
    most, ends = _lines(words_px, space_px, room_px), range(1, len(words_px) + 1)
    runs = {sum(words_px[first:end]) + space_px * (end - first - 1) for end in ends for first in range(end)}
    wide = (run for run in sorted(runs) if run >= max(words_px))
    return next((run for run in wide if _lines(words_px, space_px, run) <= most), room_px)


def _lines(words_px: Sequence[float], space_px: float, limit_px: float) -> int:
    """How many lines words have within a width."""
    count, end_px = 1, -space_px
    for word in words_px:
        end_px += space_px + word
        if end_px > limit_px + 0.01 and end_px > word:
            count, end_px = count + 1, word
    return count


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
    """Draw a path of straight lines, such as a map's, as one text: WeasyPrint reads and writes each number by itself."""
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
    """The operators of a PDF that draw the steps of a path; None if not all are straight. A panel's map is drawn often."""
    if not STRAIGHT.fullmatch(steps):
        return None
    drawn = STEP.sub(r"\2 \3 \1\4\n", ZERO.sub("0", steps)).replace("  z", "h")
    return drawn.strip().lower().encode()


def _read_once() -> None:
    """Read what nodes of drawings say alike (a style, a size, an address, or the lack of one) once a process."""
    from weasyprint import svg as drawing  # noqa: PLC0415 -- as above

    for name in ("parse_declarations", "parse_url", "size"):
        setattr(drawing, name, lru_cache(MOST_READ)(getattr(drawing, name)))


@dataclass(eq=False)
class _Kept:
    """What was computed of one style, wherever it stood; `declared` keeps alive what the style is known by."""

    declared: Mapping[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    specified: dict[str, Any] = field(default_factory=dict)


_KEPT: dict[Hashable, _Kept] = {}
MOST_KEPT = 2_000
"""Many times the styles of a layout: some 300 in a whole pack."""


class _Sizes(dict[str, Any]):
    """The sizes of a text's pages, of which vw and vh are parts, and whether all that was computed is free of them."""

    def __init__(self, sizes: Mapping[str, Any], said: "_Said") -> None:
        super().__init__(sizes)
        self.said, self.before, self.asked = said, said.count, False

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 -- as above
        self.asked = True
        return super().__getitem__(name)

    @property
    def clean(self) -> bool:
        """Whether no size was asked for, and nothing said, since the text was begun."""
        return not self.asked and self.said.count == self.before


class _Said(logging.Filter):
    """Lets every warning pass, and counts them."""

    count = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Count what is said aloud."""
        self.count += record.levelno >= logging.WARNING
        return True


def _keep_styles() -> None:
    """Begin a style with what was computed of the same style in an earlier text: most pieces have the same ones.

    A computed value follows from its style's declarations, its parents' and the fonts (weasyprint/css/__init__.py,
    ComputedStyle). What else it can follow from, the size of the page, and what it can do besides, a warning, which
    must be said of each text, end the keeping for that text; what was computed before then owes nothing to either.
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

    # A copy is never fresh: it is changed by whoever makes it, and nothing is kept of it.
    css.ComputedStyle.fresh, css.ComputedStyle.kept = False, None
    css.ComputedStyle.__missing__, css.StyleFor.set_computed_styles = value, settle


def _begin(style: Any) -> None:  # noqa: ANN401 -- as above
    """Give a style what is kept of its like, once it is asked for anything: most of those before and after are not.

    Not the styles that WeasyPrint reads as far as they happen to be computed (layout/inline.py, first_line_style).
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
    """What tells a declared value from others: itself, or where it is, as sheets are parsed once."""
    try:
        hash(value)
    except TypeError:
        return id(value)
    return value  # type: ignore[no-any-return]


def _taken(style: Any, name: str) -> bool:  # noqa: ANN401 -- as above
    """Whether a value is a parent's that is not handed down by itself: WeasyPrint changes such in a table, or a root."""
    from weasyprint.css.properties import INHERITED  # noqa: PLC0415 -- as above

    return name not in INHERITED and style.cascaded.get(name, (None,))[0] == "inherit"


def _refuse_sums() -> None:
    """Take a sum that has no value for no value of its property: WeasyPrint 70 ends at `calc(1em + )` or `sqrt(-1)`."""
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

    # WeasyPrint looks here for the first value of a custom property, too, whose own is such a sum.
    css.resolve_math, css.INITIAL_VALUES = solved, Initial(css.INITIAL_VALUES)
