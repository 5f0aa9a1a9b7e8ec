"""Place labels so that they touch neither each other nor the lines of a chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in millimetres."""
Spot = tuple[float, float]


def spread(
    middles_mm: Sequence[float], heights_mm: Sequence[float], gap_mm: float, room_mm: tuple[float, float]
) -> list[float]:
    """Move labels up and down as little as possible until they don't touch, within a bottom and a top.

    The middles run from the top down, and so does the result.
    """
    groups: list[list[int]] = []
    for place in range(len(middles_mm)):
        groups.append([place])
        while len(groups) > 1 and _touch(groups[-2], groups[-1], middles_mm, heights_mm, gap_mm, room_mm):
            groups[-2:] = [groups[-2] + groups[-1]]
    return [middle for group in groups for middle in _middles(group, middles_mm, heights_mm, gap_mm, room_mm)]


def _touch(
    upper: Sequence[int],
    lower: Sequence[int],
    middles_mm: Sequence[float],
    heights_mm: Sequence[float],
    gap_mm: float,
    room_mm: tuple[float, float],
) -> bool:
    above = _middles(upper, middles_mm, heights_mm, gap_mm, room_mm)[-1] - heights_mm[upper[-1]] / 2
    below = _middles(lower, middles_mm, heights_mm, gap_mm, room_mm)[0] + heights_mm[lower[0]] / 2
    return above - below < gap_mm


def _middles(
    group: Sequence[int],
    middles_mm: Sequence[float],
    heights_mm: Sequence[float],
    gap_mm: float,
    room_mm: tuple[float, float],
) -> list[float]:
    """Return the middles of labels that are stacked: centred on where they belong, as far as the room allows."""
    heights = [heights_mm[place] for place in group]
    whole = sum(heights) + gap_mm * (len(group) - 1)
    offsets = [sum(heights[:place]) + gap_mm * place + heights[place] / 2 for place in range(len(group))]
    wanted = [middles_mm[place] + offset for place, offset in zip(group, offsets, strict=True)]
    top = max(min(sum(wanted) / len(wanted), room_mm[1]), room_mm[0] + whole)
    return [top - offset for offset in offsets]


def meets(box: Box, other: Box) -> bool:
    """Return whether two boxes overlap."""
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def crosses(box: Box, start: Spot, end: Spot) -> bool:
    """Return whether a straight line from one spot to another runs through a box."""
    shares = (0.0, 1.0)
    for side in (0, 1):
        low, high, run = box[side], box[side + 2], end[side] - start[side]
        if not run:
            if not low < start[side] < high:
                return False
            continue
        entry, leaving = sorted(((low - start[side]) / run, (high - start[side]) / run))
        shares = max(shares[0], entry), min(shares[1], leaving)
    return shares[0] < shares[1]


def first_free(boxes: Iterable[Box], lines: Sequence[Sequence[Spot]], taken: Sequence[Box]) -> Box | None:
    """Return the first box that no line runs through and that overlaps no box taken; None if there is none."""
    for box in boxes:
        clear = not any(crosses(box, *pair) for line in lines for pair in pairwise(line))
        if clear and not any(meets(box, other) for other in taken):
            return box
    return None
