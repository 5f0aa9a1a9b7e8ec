"""Read the shapes of a page's figures, and the ground beneath each shape: the page rendered without it."""

import ctypes
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Matrix

from briefpack.checks.read import strings
from briefpack.checks.read.background import Pixels
from briefpack.checks.read.page_objects import DEEPEST, Colour
from briefpack.checks.read.strings import Handle
from briefpack.checks.read.tags import Element
from briefpack.geometry import Rectangle

UNHEARD = "a drawing told in words"
"""The text in place of an alternative text for drawings that only repeat the words beside them."""
TOLD = 2
"""How many properties the mark of a drawing told in words has; other artifacts have a type alone, or nothing."""
BEHIND = "Behind"
"""The mark of shapes that only stand behind others or between them, such as gridlines, land and seams."""
PX_PER_PT = 2.0
"""The resolution at which figures are rendered: enough to see the ground of a thin line."""
CLOSER_PX_PER_PT = 16.0
THIN_PT = 2.0
"""A shape thinner than this shares its pixels with its surroundings, as a short bar does with the zero line."""
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


@dataclass
class Painted:
    """The shapes of a figure that are painted alike, with their boxes."""

    items: list[Handle] = field(default_factory=list)
    boxes: list[Rectangle] = field(default_factory=list)


@dataclass(frozen=True)
class Shape:
    """A shape of a figure, and the pixels in which it shows, with the shape and without it."""

    alt: str
    box: Rectangle
    paint: Paint
    shown: Pixels
    behind: Pixels


def read(
    page: pypdfium2.PdfPage, tree: Element, type_objects: Sequence[Handle], is_faint: Callable[[Shape], bool]
) -> Iterator[Shape]:
    """Yield each shape of a page's figures that shows and is faint, apart from shapes marked as behind others.

    A thin shape that seems faint is rendered larger, and judged again. A shape that is mostly covered doesn't count:
    the rest is only its edge, as with a line below another line with the same values.
    """
    tagged = [(each.alt, {*each.content}) for each in tree.walk() if each.kind == "Figure"]
    painted = [(alt, _painted(page, partial(_is_in, mcids))) for alt, mcids in tagged]
    painted.append((UNHEARD, _painted(page, _is_unheard)))
    if not any(alike for _, alike in painted):
        return
    _activate(type_objects, active=False)
    try:
        sheet = _render(page, PX_PER_PT)
        for alt, alike in painted:
            for paint, group in alike.items():
                others = [item for each in alike.values() if each is not group for item in each.items]
                for shape in filter(is_faint, _shapes(page, sheet, alt, paint, group, is_faint)):
                    if not _is_unseen(page, shape, group, others):
                        yield shape
    finally:
        _activate(type_objects, active=True)


def _painted(page: pypdfium2.PdfPage, is_of_figure: Callable[[Handle], bool]) -> dict[Paint, Painted]:
    """Return the shapes of a figure that aren't behind others, by how they are painted."""
    found: dict[Paint, Painted] = {}
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        if is_of_figure(item):
            for shape, matrix in _paths(item, Matrix(), 0):
                group = found.setdefault(_paint(shape), Painted())
                group.items.append(shape)
                group.boxes.append(_box(shape, matrix))
    return found


def _is_in(mcids: set[int], item: Handle) -> bool:
    return pdfium.FPDFPageObj_GetMarkedContentID(item) in mcids


def _is_unheard(item: Handle) -> bool:
    """Return whether a shape belongs to a drawing that its page tells in words, and that isn't an ornament."""
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
        return False
    marks = (pdfium.FPDFPageObj_GetMark(item, index) for index in range(pdfium.FPDFPageObj_CountMarks(item)))
    return any(_name(mark) == "Artifact" and pdfium.FPDFPageObjMark_CountParams(mark) == TOLD for mark in marks)


def _paths(item: Handle, outer: Matrix, depth: int) -> Iterator[tuple[Handle, Matrix]]:
    """Yield an object if it is a path, or the paths in it if it is a form, with the matrix that places them."""
    if _is_behind(item):
        return
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        yield item, outer
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
        matrix = _matrix(item) @ outer
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _paths(pdfium.FPDFFormObj_GetObject(item, index), matrix, depth + 1)


def _is_behind(item: Handle) -> bool:
    marks = (pdfium.FPDFPageObj_GetMark(item, index) for index in range(pdfium.FPDFPageObj_CountMarks(item)))
    return any(_name(mark) == BEHIND for mark in marks)


def _name(mark: Handle) -> str:
    size = ctypes.c_ulong()

    def write(mark: Handle, buffer: Handle, room: int) -> int:
        pdfium.FPDFPageObjMark_GetName(mark, buffer, room, size)
        return size.value

    return strings.read(write, mark)


def _matrix(item: Handle) -> Matrix:
    held = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, held)
    return Matrix(held.a, held.b, held.c, held.d, held.e, held.f)


def _box(item: Handle, outer: Matrix) -> Rectangle:
    ends = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *ends)
    return Rectangle.around(map(outer.transform, Rectangle(*(end.value for end in ends)).corners))


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


def _shapes(
    page: pypdfium2.PdfPage, sheet: Pixels, alt: str, paint: Paint, group: Painted, is_faint: Callable[[Shape], bool]
) -> Iterator[Shape]:
    """Yield each of the shapes that are painted alike, if it shows; `sheet` is the whole page."""
    whole = _Rendered.around(page, group.boxes, group.items, sheet=sheet)
    for box in group.boxes:
        found = _shape(whole, alt, paint, box)
        if found and min(box.width, box.height) < THIN_PT and is_faint(found):
            found = _shape(_Rendered.around(page, [box], group.items, CLOSER_PX_PER_PT), alt, paint, box)
        if found:
            yield found


def _is_unseen(page: pypdfium2.PdfPage, shape: Shape, group: Painted, others: Sequence[Handle]) -> bool:
    """Return whether a shape shows in less than half of the pixels that it would have alone, or only hides lines."""
    seen = _Rendered.around(page, [shape.box], group.items, CLOSER_PX_PER_PT)
    _activate(others, active=False)
    try:
        alone = _Rendered.around(page, [shape.box], group.items, CLOSER_PX_PER_PT)
    finally:
        _activate(others, active=True)
    if seen is None or alone is None:
        return True
    return seen.share(shape.box) < COVERED * alone.share(shape.box) or _only_hides(seen, shape)


def _only_hides(seen: "_Rendered", shape: Shape) -> bool:
    """Return whether a shape has its ground's colour and shows in little of its box, where it hides thin lines."""
    if shape.paint.stroke or shape.paint.fill is None or shape.paint.patterned:
        return False
    ground = np.median(seen.behind[seen.area.pixels(shape.box)], axis=(0, 1))
    return bool(np.array_equal(ground[:3], shape.paint.fill[:3])) and seen.share(shape.box) < HIDES


def _shape(rendered: "_Rendered | None", alt: str, paint: Paint, box: Rectangle) -> Shape | None:
    """Return a shape with the pixels that it shows in; None if it shows in none."""
    place = rendered.area.pixels(box) if rendered else None
    if rendered is None or place is None or not rendered.differs[place].any():
        return None
    inside = _inside(rendered.differs[place])
    # Where a shape fills whole pixels, they have its colour, whatever it is blended with. Letters hardly fill any.
    solid = paint.stroke is None and not paint.patterned and inside.mean() > SOLID * rendered.differs[place].mean()
    own, where = (replace(paint, fill=None), inside) if solid else (paint, rendered.differs[place])
    return Shape(alt, box, own, rendered.shown[place][where], rendered.behind[place][where])


def _inside(seen: Seen) -> Seen:
    """Return the pixels that a shape shows in, without the pixels at its edges, which it may fill in part."""
    kept = np.zeros_like(seen)
    views = [seen[1 + down : seen.shape[0] - 1 + down, 1 + right : seen.shape[1] - 1 + right] for down, right in AROUND]
    kept[1:-1, 1:-1] = np.logical_and.reduce(views)
    return kept


AROUND = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]


def _differs(shown: Pixels, behind: Pixels) -> Seen:
    """Return the pixels that differ in any channel; comparing one channel at a time is ten times as fast in NumPy."""
    apart = (np.maximum(shown, behind) - np.minimum(shown, behind)) > CHANGED
    return np.logical_or.reduce([apart[..., channel] for channel in range(apart.shape[2])])


def _activate(items: Sequence[Handle], *, active: bool) -> None:
    for item in items:
        pdfium.FPDFPageObj_SetIsActive(item, active)


@dataclass(frozen=True)
class _Area:
    """Part of a page, with the margins that its rendering leaves out, and the size of its pixels."""

    page: pypdfium2.PdfPage
    left_pt: float
    top_pt: float
    crop_pt: tuple[float, float, float, float]
    px_per_pt: float

    @classmethod
    def around(cls, page: pypdfium2.PdfPage, boxes: Sequence[Rectangle], px_per_pt: float) -> "_Area | None":
        """Return the part of a page around some boxes; None if they are beside the page."""
        sheet = Rectangle(*page.get_cropbox())
        left, bottom = min(box.left for box in boxes) - 1, min(box.bottom for box in boxes) - 1
        right, top = max(box.right for box in boxes) + 1, max(box.top for box in boxes) + 1
        box = Rectangle(left, bottom, right, top).overlap(sheet)
        if box.width <= 0 or box.height <= 0:
            return None
        crop = (box.left - sheet.left, box.bottom - sheet.bottom, sheet.right - box.right, sheet.top - box.top)
        return cls(page, box.left, box.top, crop, px_per_pt)

    def render(self) -> Pixels:
        """Return its pixels, in rows from the top."""
        return _render(self.page, self.px_per_pt, self.crop_pt)

    def of(self, sheet: Pixels) -> Pixels:
        """Cut this area out of the pixels of the whole page; PDFium crops by whole pixels."""
        left, bottom, right, top = (math.ceil(edge * self.px_per_pt) for edge in self.crop_pt)
        return sheet[top : sheet.shape[0] - bottom, left : sheet.shape[1] - right]

    def pixels(self, box: Rectangle) -> tuple[slice, slice]:
        """Return the rows and columns of a box, and of the pixels that touch it."""
        rows = self._from(self.top_pt - box.top, self.top_pt - box.bottom)
        return rows, self._from(box.left - self.left_pt, box.right - self.left_pt)

    def _from(self, low_pt: float, high_pt: float) -> slice:
        return slice(max(0, int(low_pt * self.px_per_pt - 1)), max(0, int(high_pt * self.px_per_pt + 2)))


@dataclass(frozen=True)
class _Rendered:
    """Part of a page rendered with some shapes and without them, and the pixels that differ."""

    area: _Area
    shown: Pixels
    behind: Pixels
    differs: Seen

    @classmethod
    def around(
        cls,
        page: pypdfium2.PdfPage,
        boxes: Sequence[Rectangle],
        items: Sequence[Handle],
        px_per_pt: float = PX_PER_PT,
        sheet: Pixels | None = None,
    ) -> "_Rendered | None":
        """Render the part of a page around some boxes with and without shapes; None if they are beside the page.

        It needn't be rendered with them if the whole `sheet` is.
        """
        area = _Area.around(page, boxes, px_per_pt)
        if area is None:
            return None
        shown = area.render() if sheet is None else area.of(sheet)
        _activate(items, active=False)
        try:
            behind = area.render()
        finally:
            _activate(items, active=True)
        return cls(area, shown, behind, _differs(shown, behind))

    def share(self, box: Rectangle) -> float:
        """Return the share of a box's pixels that differ."""
        return float(self.differs[self.area.pixels(box)].mean())


def _render(page: pypdfium2.PdfPage, px_per_pt: float, crop_pt: Sequence[float] = (0, 0, 0, 0)) -> Pixels:
    bitmap = page.render(scale=px_per_pt, crop=crop_pt, rev_byteorder=True, may_draw_forms=False)
    return np.array(bitmap.to_numpy())
