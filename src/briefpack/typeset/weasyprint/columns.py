"""Balance columns of unbreakable blocks by the heights of the blocks.

WeasyPrint raises the height of the columns step by step, and lays out all of them at each step: a list of sources takes
fourteen layouts. We found no issue about it.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.layout import LayoutContext, block, column
from weasyprint.layout.percent import percentage

from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.replacement import Replacement

CLOSE_PX = 0.01
"""Added to a height, since WeasyPrint rounds positions."""


def replacements() -> Iterator[Replacement]:
    """Yield a `columns_layout` that finds the least height of the columns without laying them out.

    Making a country's documents takes 5 % longer without it.
    """
    step_by_step = block.columns_layout

    def by_heights(
        context: LayoutContext, box: Box, bottom_space: float, skip_stack: Any, container: Box,  # noqa: ANN401 -- WeasyPrint's are untyped
        page_is_empty: bool, absolute: list[Box], fixed: list[Box], margins: list[float], *styles: Any,  # noqa: ANN401 -- as above
    ) -> tuple[Any, ...]:  # fmt: skip
        others = (skip_stack, container, page_is_empty, absolute, fixed)
        if _is_balanced(box):
            foot_px = _foot_px(context, box, skip_stack, container, margins, styles)
            if foot_px > bottom_space:
                filled = box.copy()
                filled.style = box.style.copy()
                filled.style["column_fill"] = "auto"
                result: tuple[Any, ...] = step_by_step(context, filled, foot_px, *others, [*margins], *styles)
                if result[0] is not None and result[1] is None:
                    return result
                block.remove_placeholders(context, [result[0]] if result[0] else [], absolute, fixed)
        return tuple(step_by_step(context, box, bottom_space, *others, margins, *styles))

    yield Replacement(block, "columns_layout", by_heights)


def _is_balanced(box: Box) -> bool:
    """Return whether a box has a number of columns to balance, all of whose blocks are in the flow and unbreakable."""
    style = box.style
    counted = style["column_count"] != "auto" and style["column_width"] == "auto"
    to_balance = style["column_fill"] == "balance" and style["height"] == "auto"
    return counted and to_balance and all(map(_is_whole, box.children))


def _is_whole(child: Box) -> bool:
    style = child.style
    return child.is_in_normal_flow() and style["break_inside"] == "avoid" and style["column_span"] != "all"


def _foot_px(
    context: LayoutContext, box: Box, skip_stack: Any, container: Box, margins: list[float], styles: Sequence[Any]  # noqa: ANN401 -- as above
) -> float:  # fmt: skip
    """Return the space to leave below balanced columns, from the layout of all blocks in a column without a foot."""
    box = box.copy()
    box.position_y += block.collapse_margin(margins)
    block.block_level_width(box, container)
    gap = box.style["column_gap"]
    gap_px = box.style["font_size"] if gap == "normal" else percentage(gap, box.style, box.width)
    count = box.style["column_count"]
    width_px = max(0, box.width - (count - 1) * gap_px) / count
    [first] = skip_stack or [0]
    blocks = [child.copy() for child in box.children[first:]]
    top_px = box.content_box_y()
    whole = column._create_column_box(box, container, blocks, width_px, top_px)  # noqa: SLF001 -- the version is pinned
    within = skip_stack and {0: skip_stack[first]}
    laid_out, *_ = block.block_box_layout(
        context, whole, -math.inf, within, container, True, [], [], [], *styles, discard=False, max_lines=None
    )
    tops_px = [child.border_box_y() for child in laid_out.children]
    ends_px = [_end_px(child) for child in laid_out.children]
    block.remove_placeholders(context, [laid_out], [], [])
    height_px = least_height_px(tops_px, ends_px, count)
    return float(context.page_bottom - top_px - height_px - CLOSE_PX)


def _end_px(child: Box) -> float:
    """Return how far down its column a block needs room: WeasyPrint counts the space below its text twice."""
    below_px = child.padding_bottom + child.border_bottom_width
    return float(child.border_box_y() + child.border_height() + below_px)


def least_height_px(tops_px: Sequence[float], ends_px: Sequence[float], count: int) -> float:
    """Return the least height at which blocks, from top to end each, take at most `count` columns."""
    heights_px = sorted({end - top for end in ends_px for top in tops_px if end > top})
    tallest_px = max((end - top for top, end in zip(tops_px, ends_px, strict=True)), default=0.0)
    from_px = bisect_left(heights_px, tallest_px)
    fitting = bisect_left(heights_px, True, from_px, key=lambda height: columns(tops_px, ends_px, height) <= count)
    return heights_px[fitting] if heights_px else 0.0


def columns(tops_px: Sequence[float], ends_px: Sequence[float], height_px: float) -> int:
    """Return how many columns of a height blocks take."""
    taken, top_px = 0, -math.inf
    for top, end in zip(tops_px, ends_px, strict=True):
        if end - top_px > height_px:
            taken, top_px = taken + 1, top
    return taken
