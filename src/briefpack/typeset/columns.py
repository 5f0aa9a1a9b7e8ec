"""Find columns that run into one another: a block that begins inside the column that floats beside it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefpack.geometry import PX_PER_MM
from briefpack.problem import Owner, Problem
from briefpack.typeset import causes
from briefpack.typeset.cascade import Declaration
from briefpack.typeset.causes import Styled
from briefpack.typeset.typesetter import Typesetter
from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box, Page

SLACK_PX = 1 * PX_PER_MM
"""How far two columns may share the page: WeasyPrint rounds, and a letter may hang."""
LEAST_PX = 3 * PX_PER_MM
"""The least height that two columns have beside each other."""


class _Pair(NamedTuple):
    """A column that floats at a side, and the block beside it, with the width that both have."""

    floating: Box
    block: Box
    side: str
    shared_px: float


def overlapping(typesetter: Typesetter, pages: Sequence[Page]) -> Iterator[Problem]:
    """Yield a problem for each declaration that makes a block overlap the column that floats beside it."""
    found = [pair for page in pages for box in boxes.walk(boxes.of_page(page)) for pair in _pairs(box)]
    styles = causes.styled(typesetter) if found else None
    told: set[Declaration] = set()
    for pair in found:
        cause = _cause(pair, styles) if styles else None
        if cause and cause not in told:
            told.add(cause)
            yield _problem(pair, cause)


def _pairs(parent: Box) -> Iterator[_Pair]:
    """Yield the columns in a box that run into one another."""
    children = [box for box in getattr(parent, "children", ()) if not boxes.is_line(box)]
    floats = [box for box in children if box.is_floated() and _has_content(box)]
    blocks = [box for box in children if floats and box.is_in_normal_flow() and boxes.is_main(box)]
    for floating in floats:
        for block in blocks:
            if _beside(floating, block) and (pair := _overlap(floating, block)) and _has_content(block):
                yield pair


def _has_content(box: Box) -> bool:
    return any(map(boxes.is_visible, boxes.walk(box, beside=False)))


def _beside(one: Box, other: Box) -> bool:
    foot = min(one.border_box_y() + one.border_height(), other.border_box_y() + other.border_height())
    return bool(foot - max(one.border_box_y(), other.border_box_y()) > LEAST_PX)


def _overlap(floating: Box, block: Box) -> _Pair | None:
    """Return the overlap of a block that begins or ends within a float; a block that goes on behind it flows round it."""
    left, right = floating.border_box_x(), floating.border_box_x() + floating.border_width()
    begins, ends = block.border_box_x(), block.border_box_x() + block.border_width()
    if left + SLACK_PX < begins < right - SLACK_PX and ends > right:
        return _Pair(floating, block, "left", right - begins)
    if left + SLACK_PX < ends < right - SLACK_PX and begins < left:
        return _Pair(floating, block, "right", ends - left)
    return None


def _cause(pair: _Pair, styles: Styled) -> Declaration | None:
    """Return the declaration that moves the block into the float; else that of the float's width."""
    sought = ((pair.block, (f"margin-{pair.side}", "margin")), (pair.block, ("width",)), (pair.floating, ("width",)))
    wanted = [(styles.elements.get(box.element), names) for box, names in sought]
    found = (styles.cascade.of(element, names) for element, names in wanted if element is not None)
    return next((each for each in found if each and each.value not in ("auto", "0")), None)


def _problem(pair: _Pair, cause: Declaration) -> Problem:
    wide, shared = pair.floating.border_width() / PX_PER_MM, pair.shared_px / PX_PER_MM
    verb = "begins" if pair.side == "left" else "ends"
    message = (
        f"{cause.name}: {cause.value} {verb} {shared:.3g} mm inside the column beside it, which is {wide:.3g} mm wide"
    )
    hint = f"at least {shared:.3g} mm more, or a narrower column" if "margin" in cause.name else "a narrower column"
    return Problem(cause.path, cause.line, message, hint, Owner.LAYOUT)
