"""Find columns, images, boxes of a fixed size and slots that don't fit where a style sheet puts them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from briefpack.geometry import PX_PER_MM
from briefpack.layout.model import Box as Size
from briefpack.pages.source_map import Source
from briefpack.problem import Owner, Problem
from briefpack.typeset.model import Crowded, Oversized
from briefpack.typeset.typesetter import Typesetter
from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box, Page

SHARED_PX = 1 * PX_PER_MM
"""How far two columns may share the page: WeasyPrint rounds, and a letter may hang."""
LEAST_PX = 3 * PX_PER_MM
"""The least height that two columns have beside each other."""


class _Pair(NamedTuple):
    """A column that floats at a side, and the block beside it, with the width that both have."""

    floating: Box
    block: Box
    side: str
    shared_px: float


def overlapping_columns(typesetter: Typesetter, pages: Sequence[Page]) -> Iterator[Problem]:
    """Yield a problem for each element that overlaps the column that floats beside it."""
    found = (pair for page in pages for box in boxes.walk(boxes.of_page(page)) for pair in _pairs(box))
    first = {typesetter.source(pair.block): pair for pair in found}
    yield from (_overlap_problem(pair, source) for source, pair in first.items())


def _pairs(parent: Box) -> Iterator[_Pair]:
    """Yield the columns in a box that run into one another."""
    children = [box for box in getattr(parent, "children", ()) if not boxes.is_line(box)]
    floats = [box for box in children if box.is_floated() and _has_content(box)]
    blocks = [box for box in children if floats and box.is_in_normal_flow() and boxes.is_main(box)]
    for floating in floats:
        for block in blocks:
            if _are_beside(floating, block) and (pair := _overlap(floating, block)) and _has_content(block):
                yield pair


def _has_content(box: Box) -> bool:
    return any(map(boxes.is_visible, boxes.walk(box, beside=False)))


def _are_beside(one: Box, other: Box) -> bool:
    foot = min(one.border_box_y() + one.border_height(), other.border_box_y() + other.border_height())
    return bool(foot - max(one.border_box_y(), other.border_box_y()) > LEAST_PX)


def _overlap(floating: Box, block: Box) -> _Pair | None:
    """Return the overlap of a block that begins or ends inside a float; a wider block flows round the float."""
    left, right = floating.border_box_x(), floating.border_box_x() + floating.border_width()
    begins, ends = block.border_box_x(), block.border_box_x() + block.border_width()
    if left + SHARED_PX < begins < right - SHARED_PX and ends > right:
        return _Pair(floating, block, "left", right - begins)
    if left + SHARED_PX < ends < right - SHARED_PX and begins < left:
        return _Pair(floating, block, "right", ends - left)
    return None


def _overlap_problem(pair: _Pair, source: Source) -> Problem:
    wide, shared = pair.floating.border_width() / PX_PER_MM, pair.shared_px / PX_PER_MM
    verb = "begins" if pair.side == "left" else "ends"
    message = f"{source.tag} {verb} {shared:.3g} mm inside the column beside it, which is {wide:.3g} mm wide"
    hint = f"at least {shared:.3g} mm more margin-{pair.side}, or a narrower column"
    return Problem(source.path, source.line, message, hint, Owner.LAYOUT)


SQUEEZED = 0.03
"""The share by which an image may be wider or narrower than it is drawn: sizes are rounded."""
WHOLE = (100, "%")
"""The limit of an image that is wider than its column, which its own size explains."""


def squeezed_images(typesetter: Typesetter, pages: Sequence[Page]) -> Iterator[Problem]:
    """Yield a problem for each element whose style squeezes or stretches an image."""
    found = [box for page in pages for box in _out_of_proportion(page, typesetter.piece.slots)]
    squeezed = {typesetter.source(box): (box, name) for box in found if (name := _squeezing(box))}
    yield from (_squeezed_problem(box, name, source) for source, (box, name) in squeezed.items())


def _out_of_proportion(page: Page, slots: Collection[str]) -> Iterator[Box]:
    """Yield the images of a page with other proportions than their files; not decorations, or the places of slots."""
    for box in boxes.walk(boxes.of_page(page)):
        if boxes.has(box, "alt") and hasattr(box, "replacement") and box.style["object_fit"] == "fill":
            shown = box.element.get("alt") and box.element.get("id") not in slots
            *_, ratio = box.replacement.get_intrinsic_size(1, box.style["font_size"])
            if shown and ratio and box.height and abs(box.width / box.height / ratio - 1) > SQUEEZED:
                yield box


def _squeezing(box: Box) -> str:
    """Return the property that limits or sets a side of an image; nothing if its page or its column does."""
    given = box.element.get("style", "")
    names = _limits_reached(box) or [side for side in ("height", "width") if f"{side}:" not in given]
    set_ = (name for name in names if box.style[name.replace("-", "_")] not in (WHOLE, "auto"))
    return next(set_, "")


def _limits_reached(box: Box) -> list[str]:
    """Return the properties whose limits an image has reached."""
    sides = (("width", box.width), ("height", box.height))
    return [
        f"{limit}-{side}"
        for side, size in sides
        for limit in ("max", "min")
        if abs(getattr(box, f"{limit}_{side}") - size) < 1 / PX_PER_MM
    ]


def _squeezed_problem(box: Box, name: str, source: Source) -> Problem:
    # Without its size: the same rule may squeeze many images, and is reported once.
    message = f"{name} prints {source.tag} out of its proportions"
    other = "height" if name.endswith("width") else "width"
    given = "style" in box.element.attrib
    hint = "delete it: the page gives the image its width and height" if given else f"{other}: auto"
    return Problem(source.path, source.line, message, hint, Owner.LAYOUT)


LARGER_PX = 0.5 * PX_PER_MM


class _Fixed(NamedTuple):
    """A box that is larger than its page, and the side that a style sheet fixes."""

    box: Box
    side: str
    px: float


def oversized_box(typesetter: Typesetter, pages: Sequence[Page]) -> Oversized | None:
    """Return the largest box in the flow of some pages that a style makes larger than the page, or None."""
    largest = max((each for page in pages for each in _fixed(page)), key=lambda fixed: fixed.px, default=None)
    if largest is None:
        return None
    return Oversized(f"{largest.side}_mm", round(largest.px / PX_PER_MM, 1), typesetter.source(largest.box))


def _fixed(page: Page) -> Iterator[_Fixed]:
    """Yield each box in the flow of a page whose fixed height or width is more than the page's."""
    sheet = boxes.of_page(page)
    for box in boxes.walk(sheet, beside=False):
        if boxes.is_main(box) and not boxes.is_inline(box):
            for side, room, size in (
                ("height", sheet.height, box.border_height()), ("width", sheet.width, box.border_width()),
            ):  # fmt: skip
                if size > room + LARGER_PX and _is_fixed(box, side, size):
                    yield _Fixed(box, side, size)


def _is_fixed(box: Box, side: str, size: float) -> bool:
    """Return whether a style fixes the size of a box on a side; if none does, its content may have made it larger."""
    values = (box.style[side], box.style[f"min_{side}"])
    given = [value.value for value in values if getattr(value, "unit", None) == "px"]
    return any(abs(px - value) < LARGER_PX for value in given for px in (size, getattr(box, side)))


SHORT_MM = 0.5
"""How far a slot may leave its room: WeasyPrint rounds, and designers do."""


def crowded_slots(pages: list[Page], slots: Mapping[str, Size]) -> dict[str, Crowded]:
    """Return each slot that its page has no room for, with the side that is too long."""
    found: dict[str, Crowded] = {}
    for page in pages:
        held = _held(boxes.of_page(page), slots) if any(name in page.anchors for name in slots) else {}
        for name, held_in in held.items():
            if short := _short(slots[name], held_in):
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
        if room_mm < getattr(size, side) - SHORT_MM:
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
