"""Measure the sheets of a laid-out piece."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from weasyprint import HTML, Document

from briefpack.typeset.weasyprint import boxes

LEAST_PX = 12.0
"""About a line: the least height that anything left over is taken to have."""


@dataclass(frozen=True)
class Measure:
    """The result of laying out a sheet: the height used, and the height free above the foot, on each of its pages.

    `flow_px` is the height free below the normal flow on the last page; boxes beside it may reach further down.
    """

    used_px: tuple[float, ...]
    free_px: tuple[float, ...]
    flow_px: float

    @property
    def pages(self) -> int:
        """Return the number of pages that the sheet takes."""
        return len(self.used_px)

    @property
    def last_share(self) -> float:
        """Return how full the last page is, from 0 to 1."""
        return self.used_px[-1] / max(self.used_px[-1] + self.free_px[-1], LEAST_PX)

    def over_px(self, pages: int) -> float:
        """Return the height of the sheet beyond that many pages or below their foot; negative if there is room left."""
        beyond = sum(self.used_px[pages:])
        return beyond + max(0.0, -min(self.free_px[:pages])) if beyond else -min(self.free_px[-1], *self.free_px)

    def excess_px(self, pages: int) -> float:
        """Return the height to cut for the sheet to fit, less the gap left by a block that moved to the next page."""
        over = self.over_px(pages)
        left = max(0.0, self.free_px[pages - 1]) if self.pages > pages else 0.0
        return max(over - left, min(over, LEAST_PX))


def sheets(document: Document, html: HTML, names: Iterable[str]) -> dict[str, Measure]:
    """Measure the sheets of a document that have these ids."""
    wanted = set(names)
    reaches = _reaches(document, _owners(html, wanted))
    return {name: _sheet(document, name, reaches) for name in names}


def _owners(html: HTML, names: set[str]) -> dict[int, str]:
    """Map each element of a piece to the sheet that contains it."""
    found = ((sheet, sheet.get("id")) for sheet in html.etree_element.iter() if sheet.get("id") in names)
    return {id(element): name for sheet, name in found for element in sheet.iter()}


def _reaches(document: Document, owners: Mapping[int, str]) -> list[dict[str, float]]:
    """Return how far down each page every sheet reaches, in or beside its flow; 0 if only a footnote of it is there.

    What is in no sheet has the name of nothing.
    """
    reaches: list[dict[str, float]] = []
    for page in document.pages:
        reach: dict[str, float] = {}
        main, *others = boxes.of_page(page).children
        for part in (main, *filter(boxes.is_footnotes, others)):
            for box in filter(boxes.is_visible, boxes.walk(part)):
                owner = owners.get(id(box.element), "")
                reach[owner] = max(reach.get(owner, 0.0), boxes.end_px(box) if part is main else 0.0)
        reaches.append(reach)
    return reaches


def _sheet(document: Document, name: str, reaches: Sequence[Mapping[str, float]]) -> Measure:
    """Measure a sheet on the pages that contain any of it."""
    pages = [
        (page, reach)
        for page, reach in zip(document.pages, reaches, strict=True)
        if name in page.anchors or name in reach
    ]
    if not pages:
        return Measure((0.0,), (0.0,), 0.0)
    tops = [page.anchors[name][1] if name in page.anchors else boxes.head_px(page) for page, _ in pages]
    flows = [page.anchors[name][3] if name in page.anchors else boxes.head_px(page) for page, _ in pages]
    ends = [max(flow, reach.get(name, 0.0)) for flow, (_, reach) in zip(flows, pages, strict=True)]
    # A page with only a stray footnote is a page too many, however low the note is.
    heights = tuple(max(end - top, LEAST_PX) for end, top in zip(ends, tops, strict=True))
    # The box of a sheet that continues on the next page reaches the foot, so measure its visible content instead.
    seen = [*(reach.get(name, top) for (_, reach), top in zip(pages[:-1], tops, strict=False)), ends[-1]]
    free = tuple(boxes.foot_px(page) - end for (page, _), end in zip(pages, seen, strict=True))
    last, reach = pages[-1]
    return Measure(heights, free, boxes.foot_px(last) - max(flows[-1], reach.get("", 0.0)))
