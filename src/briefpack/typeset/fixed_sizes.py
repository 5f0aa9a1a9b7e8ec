"""Find a fixed size that a style sheet gives a slot's content, if it is larger than the slot."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefpack.geometry import PX_PER_MM
from briefpack.typeset import causes
from briefpack.typeset.cascade import Declaration
from briefpack.typeset.model import Oversized
from briefpack.typeset.typesetter import Typesetter
from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box, Page

SLACK_PX = 0.5 * PX_PER_MM


class _Fixed(NamedTuple):
    """A box that is larger than its page, and the side that a style sheet fixes."""

    box: Box
    side: str
    px: float


def oversized(typesetter: Typesetter, pages: Sequence[Page]) -> Oversized | None:
    """Return the largest box in the flow of some pages that a declaration makes larger than the page; None if none is."""
    found = sorted((each for page in pages for each in _fixed(page)), key=lambda each: -each.px)
    styles = causes.styled(typesetter) if found else None
    for each in found:
        element = styles.elements.get(each.box.element) if styles else None
        cause = styles.cascade.of(element, (f"min-{each.side}", each.side)) if styles and element is not None else None
        if cause:
            return _oversized(each, cause)
    return None


def _oversized(each: _Fixed, cause: Declaration) -> Oversized:
    declared = f"{cause.name}: {cause.value}"
    return Oversized(f"{each.side}_mm", round(each.px / PX_PER_MM, 1), declared, cause.path, cause.line)


def _fixed(page: Page) -> Iterator[_Fixed]:
    """Yield each box in the flow of a page whose fixed height or width is more than that of the page."""
    sheet = boxes.of_page(page)
    for box in boxes.walk(sheet, beside=False):
        if boxes.is_main(box) and not boxes.is_inline(box):
            for side, room, size in (
                ("height", sheet.height, box.border_height()), ("width", sheet.width, box.border_width()),
            ):  # fmt: skip
                if size > room + SLACK_PX and _is_fixed(box, side, size):
                    yield _Fixed(box, side, size)


def _is_fixed(box: Box, side: str, size: float) -> bool:
    """Return whether a style gives a box the size that it has on a side; a box may be larger for what is in it."""
    values = (box.style[side], box.style[f"min_{side}"])
    given = [value.value for value in values if getattr(value, "unit", None) == "px"]
    return any(abs(px - value) < SLACK_PX for value in given for px in (size, getattr(box, side)))
