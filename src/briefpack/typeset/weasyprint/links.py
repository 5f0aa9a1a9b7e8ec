"""Make one link of a link whose text has other elements in it, such as `strong`.

WeasyPrint adds an annotation for each of them, inside that of the link and named by its own words, and tags none of these as
a link (`anchors.py`; ISO 14289-1, 7.18.5). We found no issue about it.
"""

from collections.abc import Iterator

from weasyprint import document

from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.replacement import Replacement


def replacements() -> Iterator[Replacement]:
    """Yield a `gather_anchors` that finds no link inside a link."""
    gather = document.gather_anchors

    def gather_once(page: Box, anchors: object, links: list[tuple[str, str, object, Box]], *others: object) -> None:
        gather(page, anchors, links, *others)
        links[:] = [link for link in links if link[-1].link or not boxes.is_inline(link[-1])]

    yield Replacement(document, "gather_anchors", gather_once)
