"""Fill a laid-out page by moving its boxes down, in place of a layout with more space."""

import math
from bisect import bisect_right
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from weasyprint import DEFAULT_OPTIONS, Document
from weasyprint.document import Page
from weasyprint.formatting_structure.boxes import (
    BlockBox,
    TableBox,
    TableCellBox,
    TableRowBox,
    TableRowGroupBox,
)
from weasyprint.images import get_image_from_uri
from weasyprint.layout.background import layout_backgrounds

from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.fetchers import PieceFetcher

GIVE, FOOT = "data-give", "data-foot"
FLOWS = (BlockBox, TableBox, TableCellBox, TableRowBox, TableRowGroupBox)
"""Boxes whose parts move by themselves; those of others, such as flexible boxes, move together."""
CLOSE_PX = 0.01
STEPS = 256
"""How finely the most that a space takes is divided."""

NONE = 0.0, 0.0
"""No space above a box, and none below its top border."""

Element = Any
Ends = list[tuple[float, float]]
"""How far down some boxes end, before and after they move."""


def most_px(sheet: Element, give_px: float) -> float:
    """Return the height that the spaces of a sheet take at most, if none is beside another."""
    return sum(sum(_spaces_px(element, give_px, 0.0)) for element in sheet.iter())


def fill(
    document: Document,
    sheet: Element,
    give_px: float,
    free_px: float,
    images: Mapping[str, Any],
) -> None:
    """Share the height free on the last page of a sheet among its spaces; its foot has the rest.

    A space takes up to `give_px`. `images` are all that the document shows, by their addresses.
    """
    name = sheet.get("id")
    index = max(index for index, page in enumerate(document.pages) if name in page.anchors)
    page = boxes.of_page(document.pages[index])

    def added_px(give_px: float, foot_px: float = 0.0) -> float:
        return Spread(page, sheet, give_px, foot_px).added_px

    steps = [give_px * step / STEPS for step in range(STEPS + 1)]
    give_px = steps[bisect_right(steps, free_px, lo=1, key=added_px) - 1]
    # A foot that moves off the page shows how much higher it ends on it.
    off_px = page.height
    over_px = added_px(give_px, off_px) - free_px
    foot_px = max(0.0, off_px - over_px) if over_px > 0 else 0.0
    Spread(page, sheet, give_px, foot_px).apply()
    layout_backgrounds(page, lambda url, **_: images.get(url))
    document.pages[index] = Page(page)


def grow(
    document: Document,
    grown: Mapping[Element, tuple[float, str]],
    fetcher: PieceFetcher,
    images: dict[str, Any],
) -> None:
    """Make some images taller, and show others in their places, which were drawn for that height.

    `grown` gives the height to add and the other's address, and `images` are all that the document
    shows.
    """
    heights_px = {element: more_px for element, (more_px, _) in grown.items()}
    for index, sheet in enumerate(document.pages):
        page = boxes.of_page(sheet)
        spread = Spread(page, heights_px=heights_px)
        taller = [box for box, _ in spread.taller if box.element in grown]
        for box in taller:
            context = getattr(box.replacement, "_context", None)
            address = grown[box.element][1]
            box.replacement = get_image_from_uri(images, fetcher, DEFAULT_OPTIONS, address, context=context)
        if taller:
            spread.apply()
            layout_backgrounds(page, lambda url, **_: images.get(url))
            document.pages[index] = Page(page)


class Spread:
    """How the boxes of a page move with more space above those of a sheet that are marked for it.

    `give_px` is shared by spaces, and `foot_px` is above what is at the foot. The sheet ends lower
    by `added_px`. `heights_px` is how much taller images are.
    """

    def __init__(
        self,
        page: Box,
        sheet: Element | None = None,
        give_px: float = 0.0,
        foot_px: float = 0.0,
        heights_px: Mapping[Element, float] = MappingProxyType({}),
    ) -> None:
        self.sheet, self.added_px, self.heights_px = sheet, 0.0, heights_px
        elements = () if sheet is None else sheet.iter()
        self.spaces = {element: _spaces_px(element, give_px, foot_px) for element in elements}
        self.moved: list[tuple[Box, float]] = []
        self.taller: list[tuple[Box, float]] = []
        self._plan(page.children[0], 0.0, 0.0, [])

    def apply(self) -> None:
        """Move the boxes."""
        for box, down_px in self.moved:
            box.translate(dy=down_px)
        for box, more_px in self.taller:
            box.height += more_px

    def _plan(self, box: Box, by_px: float, within_px: float, floats: Ends) -> float:
        """Plan the moves in a box that moves down itself, and return how much taller it gets.

        `within_px` is the space below its top border. `floats` are those that its parts may have to
        clear.
        """
        holds_floats = box.establishes_formatting_context()
        floats = [] if holds_floats else floats
        ends: Ends = []
        hung: list[Box] = []
        flow_px = head_px = by_px + within_px
        for child in box.children:
            main = boxes.is_main(child)
            above_px, inner_px = self.spaces.pop(child.element, NONE) if main else NONE
            in_flow, is_float = child.is_in_normal_flow(), child.is_floated()
            beside = child.is_column or isinstance(box, TableRowBox)
            down_px = above_px
            if _is_set_from(child, "bottom"):
                # How much lower the foot of the box ends isn't known yet.
                down_px += by_px
                hung.append(child)
            else:
                from_head = beside or _is_set_from(child, "top")
                down_px += head_px if from_head else flow_px
            if is_float or child.style["clear"] != "none":
                flow_end_px = ends[-1][0] if ends else box.content_box_y()
                down_px = _below(floats, child, down_px, flow_end_px)
            more_px = 0.0
            if isinstance(child, FLOWS):
                more_px = self._plan(child, down_px, inner_px, floats)
            elif child.element in self.heights_px:
                more_px = self.heights_px[child.element]
                self.taller.append((child, more_px))
            self.moved.append((child, down_px - by_px))
            if main and child.element is self.sheet:
                self.added_px = more_px
            if in_flow or is_float:
                end_px = child.position_y + child.margin_height()
                (ends if in_flow else floats).append((end_px, end_px + down_px + more_px))
            if in_flow and not beside:
                flow_px = down_px + more_px
        ends += floats if holds_floats else []
        more_px = within_px + _lower_px(box, ends, head_px)
        self.taller.append((box, more_px))
        self.moved += ((child, more_px) for child in hung)
        return more_px


def _spaces_px(element: Element, give_px: float, foot_px: float) -> tuple[float, float]:
    """Return the spaces above a box and below its top border.

    They are its shares of a space: 1 and 0 if it is marked and says none.
    """
    above, within = foot_px if FOOT in element.attrib else 0.0, 0.0
    if GIVE in element.attrib:
        shares = [float(Fraction(share)) for share in element.get(GIVE).split() or ["1"]]
        above, within = above + shares[0] * give_px, sum(shares[1:]) * give_px
    return above, within


def _is_set_from(box: Box, side: str) -> bool:
    """Return whether a box is positioned from a side of the box that it is in."""
    return box.is_absolutely_positioned() and box.style[side] != "auto"


def _below(floats: Ends, box: Box, down_px: float, flow_end_px: float) -> float:
    """Return how far a box that floats or clears floats moves down.

    `flow_end_px` is where the flow above it ended.
    """
    top_px = CLOSE_PX + (box.position_y if box.is_floated() else box.border_box_y())
    above = [(before, after) for before, after in floats if before <= top_px]
    held = above and max(above)[0] > top_px - 2 * CLOSE_PX
    if held and box.is_in_normal_flow():
        # A float holds it down, and the flow above it ends higher.
        down_px -= max(0.0, box.position_y - flow_end_px)
    return max([down_px, *(after - top_px for _, after in above)])


def _lower_px(box: Box, ends: Ends, head_px: float) -> float:
    """Return how much taller a box gets whose content moves down by a height at its head."""
    if not ends:
        return 0.0
    before_px, after_px = (max(end) for end in zip(*ends, strict=True))
    return max(0.0, after_px - before_px - head_px - _slack_px(box, before_px))


def _slack_px(box: Box, end_px: float) -> float:
    """Return how much lower the content of a box may end without making the box taller."""
    if isinstance(box, TableCellBox):
        padding_px = box.padding_bottom - box.style["padding_bottom"].value
        return float(box.height - box.content_height + padding_px)
    if isinstance(box, BlockBox) and box.style["height"] != "auto":
        return math.inf
    return max(0.0, box.content_box_y() + box.height - end_px) if box.min_height else 0.0
