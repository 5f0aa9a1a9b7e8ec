"""Check the contrast of the shapes of a page's figures: each with the page rendered without it."""

import ctypes
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Matrix

from briefpack.checks.appearance import ratio
from briefpack.checks.findings import Findings, Found, others, quoted
from briefpack.checks.read import strings
from briefpack.checks.read.background import Part, without
from briefpack.checks.read.finished import Finished
from briefpack.checks.read.page_objects import DEEPEST, Colour, Reader
from briefpack.checks.read.strings import Handle
from briefpack.checks.read.tags import Element
from briefpack.geometry import Rectangle
from briefpack.layout import luminance

LEAST = 3.0
MOST_POOR, MOST_POOR_OF_PATTERN = 0.5, 0.95
"""The largest share of a shape that may be too close to its ground; a pattern is seen by the middle of its lines."""
UNHEARD = "a drawing told in words"
"""The text in place of an alternative text for drawings that only repeat the words beside them."""
TOLD = 2
"""How many properties the mark of a drawing told in words has; other artifacts have a type alone, or nothing."""
BEHIND = "Behind"
"""The mark of shapes that only stand behind others or between them, such as gridlines, land and seams."""
PX_PER_PT, CLOSER_PX_PER_PT = 2.0, 16.0
"""The resolution at which figures are rendered, and that of shapes that seem faint.

A thin shape shares its pixels with its surroundings, as a short bar does with the line of zero.
"""
MOST_PX = 2_000_000
"""The most pixels in the picture of a shape that is rendered larger."""
CHANGED = 6
"""The least difference of a pixel that a shape shows in."""
COVERED = 0.5
"""The share of its pixels that must show for a shape to be seen where others are drawn over it."""
HIDES = 0.1
"""The least share of its box in which a shape of its ground's colour must show, by hiding other marks, to be seen."""
SOLID = 0.25
"""A shape isn't thin if at least this share of its pixels is inside it."""
Seen = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Paint:
    """How shapes are painted: the colours of their inside and of their outline; None without one, and of a pattern."""

    fill: Colour | None
    stroke: Colour | None
    patterned: bool = False


Shapes = Sequence[tuple[Handle, Rectangle]]
"""Shapes of a figure, each with its box."""


def contrast(finished: Finished) -> Findings:
    """Find shapes in figures whose inside and outline both have too little contrast with the ground beneath them."""
    for number, page in enumerate(finished.pages, start=1):
        tree = finished.trees[number - 1]
        if tree is None or page.get_rotation():
            continue
        figures = [*_figures(page, tree)]
        if not any(alike for _, alike in figures):
            continue
        with without(finished.objects[number - 1].type_objects):
            faint = [(alt, sorted(_faint(page, alike))) for alt, alike in figures]
        for alt, shapes in faint:
            if shapes:
                message = f"a mark of {quoted(alt)} has a contrast of {shapes[0][0]:.2f}:1 with what is behind it"
                message += f"; it needs {LEAST:g}:1{others(len(shapes), 'mark')}"
                yield Found(number, message, tuple(box for _, box in shapes))


def _figures(page: pypdfium2.PdfPage, tree: Element) -> Iterator[tuple[str, dict[Paint, Shapes]]]:
    """Yield the alternative text of each figure, and its shapes that aren't behind others, by their paint."""
    for element in tree.walk():
        if element.kind == "Figure":
            yield element.alt, _shapes(page, {*element.content}.__contains__)
    yield UNHEARD, _shapes(page, None)


def _shapes(page: pypdfium2.PdfPage, holds: Callable[[int], bool] | None) -> dict[Paint, Shapes]:
    """Return the shapes of the marked content of a figure or, without one, of drawings that are told in words."""
    sheet, reader = Rectangle(*page.get_cropbox()), Reader(None, {})
    found: dict[Paint, list[tuple[Handle, Rectangle]]] = {}
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        is_in = holds(pdfium.FPDFPageObj_GetMarkedContentID(item)) if holds else _is_told(item)
        for path, outer in _paths(item, None, reader, 0) if is_in else ():
            box = reader.box(path, outer)
            if box.meets(sheet):
                found.setdefault(_paint(path), []).append((path, box))
    return {**found}


def _is_told(item: Handle) -> bool:
    """Return whether a shape belongs to a drawing that its page tells in words, and that isn't an ornament."""
    is_path = pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_PATH
    return is_path and _marks(item).get("Artifact") == TOLD


def _paths(item: Handle, outer: Matrix | None, reader: Reader, depth: int) -> Iterator[tuple[Handle, Matrix | None]]:
    """Yield an object if it is a path, or the paths in it if it is a form, with the matrix that places them."""
    kind = pdfium.FPDFPageObj_GetType(item)
    if BEHIND in _marks(item):
        return
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        yield item, outer
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
        matrix = reader.matrix(item, outer)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _paths(pdfium.FPDFFormObj_GetObject(item, index), matrix, reader, depth + 1)


def _marks(item: Handle) -> dict[str, int]:
    """Return the names of the marks around an object, each with how many properties it has."""
    marks = [pdfium.FPDFPageObj_GetMark(item, index) for index in range(pdfium.FPDFPageObj_CountMarks(item))]
    return {strings.read(_write_name, mark): pdfium.FPDFPageObjMark_CountParams(mark) for mark in marks}


def _write_name(mark: Handle, buffer: Handle, room: int) -> int:
    size = ctypes.c_ulong()
    pdfium.FPDFPageObjMark_GetName(mark, buffer, room, size)
    return size.value


def _paint(item: Handle) -> Paint:
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, filled, stroked)
    fill = _colour(pdfium.FPDFPageObj_GetFillColor, item) if filled.value else None
    stroke = _colour(pdfium.FPDFPageObj_GetStrokeColor, item) if stroked.value else None
    return Paint(fill, stroke, patterned=bool(filled.value) and fill is None)


PATTERN = (0xBF, 0xBF, 0xBF)
"""What PDFium gives as the colour of a pattern."""


def _colour(read: Handle, item: Handle) -> Colour | None:
    parts = [ctypes.c_uint() for _ in range(4)]
    known = read(item, *parts)
    red, green, blue, alpha = (part.value for part in parts)
    return (red, green, blue, alpha) if known and (red, green, blue) != PATTERN else None


def _faint(page: pypdfium2.PdfPage, alike: dict[Paint, Shapes]) -> Iterator[tuple[float, Rectangle]]:
    """Yield the faint shapes of a figure, each with its contrast; it is rendered larger, and judged again.

    A shape that is mostly covered doesn't count: the rest is only its edge, as with a line below another line with
    the same values.
    """
    for paint, shapes in alike.items():
        items = [item for item, _ in shapes]
        other_items = [item for other, group in alike.items() if other != paint for item, _ in group]
        view = _View(page, [box for _, box in shapes], items)
        for _, box in shapes:
            if view.contrast(paint, box) >= LEAST:
                continue
            px_per_pt = _closer_px_per_pt(box)
            closer = _View(page, [box], items, px_per_pt)
            reached = closer.contrast(paint, box)
            if reached < LEAST and not closer.only_hides(paint, box):
                with without(other_items):
                    alone = _View(page, [box], items, px_per_pt)
                if closer.share(box) >= COVERED * alone.share(box):
                    yield reached, box


def _closer_px_per_pt(box: Rectangle) -> float:
    """Return the resolution for a closer look at a shape: lower for a large one, which would fill the memory."""
    return max(PX_PER_PT, min(CLOSER_PX_PER_PT, math.sqrt(MOST_PX / max(1.0, box.width * box.height))))


class _View:
    """The part of a page around some boxes, rendered with some shapes and without them."""

    def __init__(
        self,
        page: pypdfium2.PdfPage,
        boxes: Sequence[Rectangle],
        items: Sequence[Handle],
        px_per_pt: float = PX_PER_PT,
    ) -> None:
        self.part = Part(page, boxes, px_per_pt)
        self.shown, self.behind = self.part.rendered(), self.part.rendered(items)
        apart = np.maximum(self.shown, self.behind) - np.minimum(self.shown, self.behind) > CHANGED
        # Comparing one channel at a time is ten times as fast in NumPy.
        self.differs: Seen = np.logical_or.reduce([apart[..., channel] for channel in range(3)])

    def pixels(self, box: Rectangle) -> tuple[slice, slice]:
        """Return the rows and columns of a box, and of the pixels that touch it."""
        return self.part.at(box, 1)

    def share(self, box: Rectangle) -> float:
        """Return the share of a box's pixels that differ."""
        return float(self.differs[self.pixels(box)].mean())

    def contrast(self, paint: Paint, box: Rectangle) -> float:
        """Return the contrast that a shape reaches in enough of its pixels; infinity if it doesn't show.

        The colour of a thin line is taken from its outline: its pixels are a mixture.
        """
        place = self.pixels(box)
        where = self.differs[place]
        if not where.any():
            return math.inf
        inside = _inside(where)
        colours = [colour for colour in (paint.fill, paint.stroke) if colour]
        if paint.stroke is None and not paint.patterned and inside.mean() > SOLID * where.mean():
            # Where a shape fills whole pixels, they have its colour, whatever it is blended with.
            where, colours = inside, []
        behind = self.behind[place][where]
        seen = [luminance.contrast(self.shown[place][where], behind)]
        seen += [ratio(colour, behind) for colour in colours]
        poor = MOST_POOR_OF_PATTERN if paint.patterned else MOST_POOR
        return float(np.quantile(np.max(seen, axis=0), poor))

    def only_hides(self, paint: Paint, box: Rectangle) -> bool:
        """Return whether a shape has its ground's colour and shows in little of its box, where it hides thin lines."""
        if paint.stroke or paint.fill is None:
            return False
        ground = np.median(self.behind[self.pixels(box)], axis=(0, 1))
        return bool(np.array_equal(ground[:3], paint.fill[:3])) and self.share(box) < HIDES


def _inside(seen: Seen) -> Seen:
    """Return the pixels that a shape shows in, without the pixels at its edges, which it may fill in part."""
    kept = np.zeros_like(seen)
    views = [seen[1 + down : seen.shape[0] - 1 + down, 1 + right : seen.shape[1] - 1 + right] for down, right in AROUND]
    kept[1:-1, 1:-1] = np.logical_and.reduce(views)
    return kept


AROUND = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
