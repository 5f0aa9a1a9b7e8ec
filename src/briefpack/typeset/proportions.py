"""Find the images that a style sheet prints out of their proportions, and the declaration that does so."""

from collections.abc import Collection, Iterator, Sequence

from briefpack.geometry import PX_PER_MM
from briefpack.problem import Owner, Problem
from briefpack.typeset import causes
from briefpack.typeset.cascade import Declaration
from briefpack.typeset.causes import Styled
from briefpack.typeset.typesetter import Typesetter
from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box, Page

SLACK = 0.03
"""The share by which an image may be wider or narrower than it is drawn: sizes are rounded."""
WHOLE = "100%"
"""The limit of an image that is wider than its column, which its own size explains."""


def squeezed(typesetter: Typesetter, pages: Sequence[Page]) -> Iterator[Problem]:
    """Yield a problem for each declaration by which an image isn't as wide or high as it is drawn."""
    found = [box for page in pages for box in _out_of_proportion(page, typesetter.piece.slots)]
    styles = causes.styled(typesetter) if found else None
    told: set[Declaration] = set()
    for box in found:
        cause = _cause(box, styles) if styles else None
        if cause and cause not in told:
            told.add(cause)
            yield _problem(box, cause)


def _out_of_proportion(page: Page, slots: Collection[str]) -> Iterator[Box]:
    """Yield the images of a page with other proportions than their files; not decorations, or the places of slots."""
    for box in boxes.walk(boxes.of_page(page)):
        if boxes.has(box, "alt") and hasattr(box, "replacement") and box.style["object_fit"] == "fill":
            shown = box.element.get("alt") and box.element.get("id") not in slots
            *_, ratio = box.replacement.get_intrinsic_size(1, box.style["font_size"])
            if shown and ratio and box.height and abs(box.width / box.height / ratio - 1) > SLACK:
                yield box


def _cause(box: Box, styles: Styled) -> Declaration | None:
    """Return the declaration that limits or sets a side of an image; None if its page or its column does."""
    wanted = styles.elements.get(box.element)
    names = _limits(box) or [side for side in ("height", "width") if f"{side}:" not in box.element.get("style", "")]
    found = [styles.cascade.of(wanted, (name,)) for name in names] if wanted is not None else []
    return next((each for each in found if each and each.value not in (WHOLE, "auto")), None)


def _limits(box: Box) -> list[str]:
    """Return the properties whose limits an image has reached."""
    sides = (("width", box.width), ("height", box.height))
    return [
        f"{limit}-{side}"
        for side, size in sides
        for limit in ("max", "min")
        if abs(getattr(box, f"{limit}_{side}") - size) < 1 / PX_PER_MM
    ]


def _problem(box: Box, cause: Declaration) -> Problem:
    # Without its size: the same declaration may squeeze many images, and is reported once.
    message = f"{cause.name}: {cause.value} prints an image out of its proportions"
    given = "style" in box.element.attrib
    hint = "delete it: the page gives the image its width and height" if given else f"{_other(cause.name)}: auto"
    return Problem(cause.path, cause.line, message, hint, Owner.LAYOUT)


def _other(name: str) -> str:
    """Return the side that should follow from another."""
    return "height" if name.endswith("width") else "width"
