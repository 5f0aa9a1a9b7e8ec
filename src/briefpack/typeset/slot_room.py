"""Find the slots of a piece that are larger than the room that its page leaves them, or that lie over its text."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from briefpack.geometry import PX_PER_MM
from briefpack.layout.model import Box as Size
from briefpack.typeset.model import Crowded
from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box, Page

SLACK_MM = 0.5
"""How far a slot may leave its room: WeasyPrint rounds, and designers do."""


def crowded(pages: list[Page], slots: Mapping[str, Size]) -> dict[str, Crowded]:
    """Return each slot that its page has no room for, with the side that is too long."""
    found: dict[str, Crowded] = {}
    for page in pages:
        held = _held(boxes.of_page(page), slots) if any(name in page.anchors for name in slots) else {}
        for name, held_in in held.items():
            if short := _short(slots[name], held_in) or _over_text(page, slots[name], held_in):
                found[name] = short
    return found


class _Held(NamedTuple):
    """The box that keeps a slot's place, and the block that it is in."""

    box: Box
    block: Box


def _held(sheet: Box, slots: Mapping[str, Size]) -> dict[str, _Held]:
    found, waiting = dict[str, _Held](), [(sheet, sheet)]
    while waiting:
        box, block = waiting.pop()
        if boxes.is_main(box) and box.element.get("id") in slots and hasattr(box, "replacement"):
            found[box.element.get("id")] = _Held(box, block)
        inner = block if boxes.is_line(box) or boxes.is_inline(box) else box
        waiting += [(child, inner) for child in getattr(box, "children", ())]
    return found


def _short(size: Size, held: _Held) -> Crowded | None:
    """Return the side of a slot that its box, or the block around this, is too short for; None if neither is."""
    for side, room_px in _rooms(*held):
        room_mm = room_px / PX_PER_MM
        if room_mm < getattr(size, side) - SLACK_MM:
            return Crowded(side, round(room_mm, 1))
    return None


def _rooms(box: Box, block: Box) -> Iterator[tuple[str, float]]:
    """Yield the room that a page leaves a slot's box, for each side that it limits."""
    yield "width_mm", box.width
    yield "height_mm", box.height
    if not box.is_absolutely_positioned():
        yield "width_mm", block.width - (box.margin_width() - box.width)
        if box.is_in_normal_flow() and block.style["height"] != "auto":
            yield "height_mm", block.content_box_y() + block.height - box.content_box_y()


def _over_text(page: Page, size: Size, held: _Held) -> Crowded | None:
    """Return the words of a page that a slot lies over, if it does."""
    left, top = held.box.content_box_x(), held.box.content_box_y()
    right, foot = left + size.width_mm * PX_PER_MM, top + size.height_mm * PX_PER_MM
    for text in boxes.texts_on(page):
        across, down = text.position_x + text.width / 2, text.position_y + text.height / 2
        if text.text.strip() and left < across < right and top < down < foot:
            return Crowded("", 0.0, text.text.strip())
    return None
