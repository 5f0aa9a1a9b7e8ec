"""Keep the space between two lines in the text of a page, where a screen reader and a copied passage need it.

WeasyPrint drops the space at which a line breaks, so "Per head" over two lines is heard as "Perhead" (ISO 14289-1, 7.1,
asks for text as it is read; Matterhorn 01-006). Nor does it draw a space alone, such as that between two spans. We
found no issue about either. The space is drawn at the end of the text before it, where nothing shows.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from weasyprint.document import Page
from weasyprint.draw import text as drawing
from weasyprint.layout import inline

from briefpack.text import unspaced
from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.replacement import Replacement

SPACES = (b" ", b"\n", b"\t")
BREAKS_AFTER = "-\u2010\u2011\u2013\u2014/\u200b"
"""A line may break after these without a space (Unicode Standard Annex 14)."""
INLINE_TAGS = frozenset(
    {None, "a", "abbr", "b", "br", "cite", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup"}
)
"""The elements whose text runs on from the text before; None is for boxes of no element."""


def replacements() -> Iterator[Replacement]:
    """Yield the functions of WeasyPrint's that note where a line breaks at a space, and draw it."""
    split, strip, draw = inline.split_text_box, inline.remove_last_whitespace, drawing.draw_first_line

    def split_noting(
        context: object, box: Box, width: object, skip: int, **named: object
    ) -> tuple[Box, int | None, object]:
        new, resume, preserved = split(context, box, width, skip, **named)
        if new is not None and resume is not None:
            new.spaced = box.text.encode()[resume - 1 : resume] in SPACES
        return new, resume, preserved

    def strip_noting(context: object, line: Box) -> None:
        last = _last(line)
        before = last.text if last is not None else ""
        strip(context, line)
        if last is not None and last.text != before:
            last.spaced = True

    def draw_with_space(stream: object, box: Box, *others: object) -> object:
        if getattr(box, "ends_with_space", False) and not box.pango_layout.text.endswith(" "):
            box.pango_layout.set_text(f"{box.pango_layout.text} ", justify=True)
        return draw(stream, box, *others)

    yield Replacement(inline, "split_text_box", split_noting)
    yield Replacement(inline, "remove_last_whitespace", strip_noting)
    yield Replacement(drawing, "draw_first_line", draw_with_space)


def keep(pages: Iterable[Page]) -> None:
    """Mark each run of text that is to end with a space: the text of its element goes on in another line or column."""
    last: dict[object, _Run] = {}
    for page in pages:
        for run in _runs(boxes.of_page(page)):
            before = last.get(run.owner)
            if not run.box.text.strip():
                # A space alone, at which the line broke or which WeasyPrint doesn't draw, belongs to the run before it.
                if before and getattr(run.box, "spaced", False):
                    before.box.spaced = True
                if before and before.line is run.line:
                    before.box.ends_with_space = True
                continue
            if before and before.line is not run.line:
                before.box.ends_with_space = _needs_space(before, run)
            last[run.owner] = run


class _Run(NamedTuple):
    """A run of text, the line and the block that it is in, and the element that it is read with."""

    box: Box
    line: Box
    block: Box
    owner: object


def _runs(page: Box) -> Iterator[_Run]:
    waiting: list[tuple[Box, Box, Box, object]] = [(page, None, None, None)]
    while waiting:
        box, line, block, owner = waiting.pop()
        if boxes.is_text(box):
            yield _Run(box, line, block, owner)
            continue
        if boxes.is_line(box):
            line = box
        elif hasattr(box, "children") and not boxes.is_inline(box):
            block = box
        if getattr(box, "element", None) is not None and box.element_tag not in INLINE_TAGS:
            owner = box.element
        waiting.extend((child, line, block, owner) for child in reversed(getattr(box, "children", ())))


def _needs_space(one: _Run, two: _Run) -> bool:
    spaced = getattr(one.box, "spaced", None)
    if spaced is not None or one.block is not two.block:
        return spaced is not False or one.block is not two.block
    before, after = one.box.text[-1], two.box.text[0]
    return before not in BREAKS_AFTER and not (unspaced.is_one(before) or unspaced.is_one(after))


def _last(line: Box) -> Box | None:
    """Return the last run of text of a line, if it ends with one."""
    box = line
    while getattr(box, "children", ()):
        box = box.children[-1]
    return box if boxes.is_text(box) else None
