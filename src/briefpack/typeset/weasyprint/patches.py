"""Apply all patches of WeasyPrint while a piece is laid out, and define the patches too small for their own file.

`upstream/` has the text of an issue for WeasyPrint's project for each, and a patch of its source to offer there.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import css, document
from weasyprint.css.tokens import PercentageInMath, RelativeLengthInMath
from weasyprint.formatting_structure.boxes import InlineBox
from weasyprint.layout import LayoutContext, block, inline

from briefpack.typeset.weasyprint import balance, boxes, columns, drawings, spaces, styles, tree
from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.replacement import Replacement

CRASHES = (AssertionError, ArithmeticError, TypeError, ValueError)
"""What WeasyPrint raises when a calculation has no value."""


@contextmanager
def patched() -> Iterator[None]:
    """Patch WeasyPrint, and count its warnings, while the block runs."""
    replacements = [each for replacements_of in PATCHES.values() for each in replacements_of()]
    before = [(module, name, getattr(module, name)) for module, name, _ in replacements]
    for module, name, value in replacements:
        setattr(module, name, value)
    try:
        with styles.counted_warnings():
            yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


Area = tuple[float, float, float, float]
"""The left edge, top, width and height of the area of a link, in CSS pixels."""


def _link_areas() -> Iterator[Replacement]:
    """Replace `hit_area`, so that the area of a link is at least as high as its type.

    WeasyPrint makes the area of a link as high as its line (`InlineBox.hit_area`), so the link of a note's raised
    number, whose line has no height so that it moves no other line, is an area of nothing. We found no issue about it.
    """
    measure = InlineBox.hit_area

    def at_least_its_type(box: Box) -> Area:
        left, top, width, height = measure(box)
        lacking = max(0.0, float(box.style["font_size"]) - height)
        return left, top - lacking / 2, width, height + lacking

    yield Replacement(InlineBox, "hit_area", at_least_its_type)


def _links() -> Iterator[Replacement]:
    """Replace `gather_anchors`, so that a link with elements in its text, such as `strong`, makes one annotation.

    WeasyPrint adds an annotation for each of them, named by its own words, and tags none of these as a link
    (`anchors.py`; ISO 14289-1, 7.18.5). We found no issue about it.
    """
    gather = document.gather_anchors

    def gather_once(page: Box, anchors: object, links: list[tuple[str, str, object, Box]], *others: object) -> None:
        gather(page, anchors, links, *others)
        links[:] = [link for link in links if link[-1].link or not boxes.is_inline(link[-1])]

    yield Replacement(document, "gather_anchors", gather_once)


def _notes() -> Iterator[Replacement]:
    """Replace `_out_of_flow_layout`, so that the notes of a positioned box have room before the text fills the page.

    WeasyPrint lays out a positioned box after the text of its page, and only then finds its footnotes: by that time the
    text may already reach the foot, and the notes print over its last line. We found no issue about it.
    """
    lay_out = block._out_of_flow_layout  # noqa: SLF001 -- it has no public name

    def lay_out_with_notes(
        context: LayoutContext, box: Box, index: int, child: Box, *others: object, **named: object
    ) -> tuple[object, ...]:
        result: tuple[object, ...] = lay_out(context, box, index, child, *others, **named)
        if child.is_absolutely_positioned():
            _add_notes(context, child)
        return result

    yield Replacement(block, "_out_of_flow_layout", lay_out_with_notes)


def _add_notes(context: LayoutContext, positioned: Box) -> None:
    for part in [*positioned.descendants()]:
        if getattr(part, "footnote", None) in context.footnotes:
            context.layout_footnote(part.footnote)


def _asides() -> Iterator[Replacement]:
    """Replace `block_container_layout`, so that a block begins the next page if a float in it has too little room.

    Where a float doesn't fit below a heading that no page may break after, WeasyPrint breaks there all the same, and it
    breaks a float that no page may break; it would move the whole of a block in the flow (`_out_of_flow_layout`,
    `float_layout`). What is left of a broken float prints although its block was moved. We found no issue about it.
    """
    lay_out = block.block_container_layout

    def lay_out_whole(context: LayoutContext, box: Box, *others: Any, **named: Any) -> tuple[Any, ...]:  # noqa: ANN401 -- as above
        before = {*context.broken_out_of_flow}
        result: tuple[Any, ...] = lay_out(context, box, *others, **named)
        # Only a block in the flow is given all values by position; a float or a cell is at the head of its own area.
        if result[0] and not named and not others[2] and _breaks_badly(context, box, *result[:2]):
            block.remove_placeholders(context, [result[0]], others[3], others[4])
            result = None, None, {"break": "any", "page": None}, [], False, result[-1]
        if result[0] is None:
            for each in context.broken_out_of_flow.keys() - before:
                del context.broken_out_of_flow[each]
        return result

    yield Replacement(block, "block_container_layout", lay_out_whole)


def _breaks_badly(context: LayoutContext, box: Box, new: Box, resume_at: dict[int, object] | None) -> bool:
    """Return whether a block breaks where no page may: within a float, or above one."""
    broken = (each for each in new.children if each in context.broken_out_of_flow)
    if any(block.avoid_page_break(each.style["break_inside"], context) for each in broken):
        return True
    if resume_at is None:
        return False
    [(index, within)] = resume_at.items()
    last = block.find_last_class_a_break_point_child(new.children)
    if within is not None or last is None or not box.children[index].is_floated():
        return False
    return bool(block.avoid_page_break(block.block_level_page_break(last, box.children[index]), context))


def _calculations() -> Iterator[Replacement]:
    """Replace `resolve_math`, so that a calculation without a value is invalid in place of a crash.

    WeasyPrint crashes on `calc(1em + )` and `sqrt(-1)`, as it does on other calculations (issues 2673 and 2896). The
    log reports such a value as invalid.
    """
    solve = css.resolve_math

    def solved(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401 -- as above
        try:
            found = solve(*arguments, **more)
        except (PercentageInMath, RelativeLengthInMath):
            raise
        except CRASHES:
            return None
        return found if found is None or math.isfinite(getattr(found, "value", 0)) else None

    class Initial(dict[str, Any]):
        def __missing__(self, name: str) -> list[Any]:
            if name.startswith("__"):
                return []
            raise KeyError(name)

    yield Replacement(css, "resolve_math", solved)
    # WeasyPrint looks here for the initial value of a custom property that is set to such a calculation.
    yield Replacement(css, "INITIAL_VALUES", Initial(css.INITIAL_VALUES))


def _first_letters() -> Iterator[Replacement]:
    """Replace `first_letter_to_box`, so that a first letter that floats is made once.

    WeasyPrint lays out the content of columns and flex boxes twice. The second time it puts the letter that it has made
    into a floating box that is no block, and crashes. We found no issue about it.
    """
    make = inline.first_letter_to_box

    def make_once(box: Box, skip_stack: Skipped, style: object) -> Skipped:
        is_made = box.children and str(box.children[0].element_tag).endswith("::first-letter")
        found: Skipped = skip_stack if is_made else make(box, skip_stack, style)
        return found

    yield Replacement(inline, "first_letter_to_box", make_once)


Skipped = dict[int, Any] | None
"""Where WeasyPrint resumes a box that was broken before."""

PATCHES = {
    "asides": _asides, "balance": balance.replacements, "calculations": _calculations, "columns": columns.replacements,
    "drawings": drawings.replacements, "first_letters": _first_letters, "link_areas": _link_areas, "links": _links,
    "notes": _notes, "spaces": spaces.replacements, "styles": styles.replacements, "tags": tree.replacements,
}  # fmt: skip
"""The function that makes each patch, by the name of its text in `upstream/`; `drawings` also makes `paths`.

`tags` writes our own tags, in place of what `elements`, `reading_order` and `tags` would add to WeasyPrint's.
"""
