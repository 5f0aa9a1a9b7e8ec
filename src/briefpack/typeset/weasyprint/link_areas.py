"""Give a link in a line of no height an area to click.

WeasyPrint makes the area of a link as high as its line (`InlineBox.hit_area`), so the link of a note's raised number, whose
line has no height so that it moves no other line, is an area of nothing. We found no issue about it.
"""

from collections.abc import Iterator

from weasyprint.formatting_structure.boxes import InlineBox

from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.replacement import Replacement

Area = tuple[float, float, float, float]
"""Its left edge, its top, its width and its height, in pixels."""


def replacements() -> Iterator[Replacement]:
    """Yield a `hit_area` at least as high as the type of its box."""
    measure = InlineBox.hit_area

    def at_least_its_type(box: Box) -> Area:
        left, top, width, height = measure(box)
        lacking = max(0.0, float(box.style["font_size"]) - height)
        return left, top - lacking / 2, width, height + lacking

    yield Replacement(InlineBox, "hit_area", at_least_its_type)
