"""Find columns, images, boxes of a fixed size and slots that don't fit where a style sheet puts them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from briefpack.geometry import PX_PER_MM
from briefpack.layout.model import Box as Size
from briefpack.problem import Owner, Problem
from briefpack.typeset import causes
from briefpack.typeset.causes import Declaration, Styled
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
    """Yield a problem for each declaration that makes a block overlap the column that floats beside it."""
    found = [pair for page in pages for box in boxes.walk(boxes.of_page(page)) for pair in _pairs(box)]
    styles = causes.styled(typesetter) if found else None
    told: set[Declaration] = set()
    for pair in found:
        cause = _cause_of_overlap(pair, styles) if styles else None
        if cause and cause not in told:
            told.add(cause)
            yield _overlap_problem(pair, cause)


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


def _cause_of_overlap(pair: _Pair, styles: Styled) -> Declaration | None:
    """Return the declaration that makes a block overlap a float: the block's margin or width, or the float's width."""
    sought = ((pair.block, (f"margin-{pair.side}", "margin")), (pair.block, ("width",)), (pair.floating, ("width",)))
    wanted = [(styles.elements.get(box.element), names) for box, names in sought]
    found = (styles.cascade.of(element, names) for element, names in wanted if element is not None)
    return next((each for each in found if each and each.value not in ("auto", "0")), None)


def _overlap_problem(pair: _Pair, cause: Declaration) -> Problem:
    wide, shared = pair.floating.border_width() / PX_PER_MM, pair.shared_px / PX_PER_MM
    verb = "begins" if pair.side == "left" else "ends"
    message = (
        f"{cause.name}: {cause.value} {verb} {shared:.3g} mm inside the column beside it, which is {wide:.3g} mm wide"
    )
    hint = f"at least {shared:.3g} mm more, or a narrower column" if "margin" in cause.name else "a narrower column"
    return Problem(cause.path, cause.line, message, hint, Owner.LAYOUT)


SQUEEZED = 0.03
"""The share by which an image may be wider or narrower than it is drawn: sizes are rounded."""
WHOLE = "100%"
"""The limit of an image that is wider than its column, which its own size explains."""


def squeezed_images(typesetter: Typesetter, pages: Sequence[Page]) -> Iterator[Problem]:
    """Yield a problem for each declaration that squeezes or stretches an image."""
    found = [box for page in pages for box in _out_of_proportion(page, typesetter.piece.slots)]
    styles = causes.styled(typesetter) if found else None
    told: set[Declaration] = set()
    for box in found:
        cause = _cause_of_squeezing(box, styles) if styles else None
        if cause and cause not in told:
            told.add(cause)
            yield _squeezed_problem(box, cause)


def _out_of_proportion(page: Page, slots: Collection[str]) -> Iterator[Box]:
    """Yield the images of a page with other proportions than their files; not decorations, or the places of slots."""
    for box in boxes.walk(boxes.of_page(page)):
        if boxes.has(box, "alt") and hasattr(box, "replacement") and box.style["object_fit"] == "fill":
            shown = box.element.get("alt") and box.element.get("id") not in slots
            *_, ratio = box.replacement.get_intrinsic_size(1, box.style["font_size"])
            if shown and ratio and box.height and abs(box.width / box.height / ratio - 1) > SQUEEZED:
                yield box


def _cause_of_squeezing(box: Box, styles: Styled) -> Declaration | None:
    """Return the declaration that limits or sets a side of an image; None if its page or its column does."""
    wanted = styles.elements.get(box.element)
    names = _limits_reached(box) or [
        side for side in ("height", "width") if f"{side}:" not in box.element.get("style", "")
    ]
    found = [styles.cascade.of(wanted, (name,)) for name in names] if wanted is not None else []
    return next((each for each in found if each and each.value not in (WHOLE, "auto")), None)


def _limits_reached(box: Box) -> list[str]:
    """Return the properties whose limits an image has reached."""
    sides = (("width", box.width), ("height", box.height))
    return [
        f"{limit}-{side}"
        for side, size in sides
        for limit in ("max", "min")
        if abs(getattr(box, f"{limit}_{side}") - size) < 1 / PX_PER_MM
    ]


def _squeezed_problem(box: Box, cause: Declaration) -> Problem:
    # Without its size: the same declaration may squeeze many images, and is reported once.
    message = f"{cause.name}: {cause.value} prints an image out of its proportions"
    other = "height" if cause.name.endswith("width") else "width"
    given = "style" in box.element.attrib
    hint = "delete it: the page gives the image its width and height" if given else f"{other}: auto"
    return Problem(cause.path, cause.line, message, hint, Owner.LAYOUT)


LARGER_PX = 0.5 * PX_PER_MM


class _Fixed(NamedTuple):
    """A box that is larger than its page, and the side that a style sheet fixes."""

    box: Box
    side: str
    px: float


def oversized_box(typesetter: Typesetter, pages: Sequence[Page]) -> Oversized | None:
    """Return the largest box in the flow of some pages that a declaration makes larger than the page, or None."""
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
