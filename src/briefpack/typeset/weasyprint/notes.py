"""Leave room above the foot of a page for the notes of its positioned boxes.

WeasyPrint lays out a positioned box after the text of its page, and only then finds its footnotes: by that time the text
may already reach the foot, and the notes print over its last line. We found no issue about it.
"""

from collections.abc import Iterator

from weasyprint.layout import LayoutContext, block

from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.replacement import Replacement


def replacements() -> Iterator[Replacement]:
    """Yield an `_out_of_flow_layout` that adds the notes of a positioned box to its page as soon as it is met."""
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
