"""Read what PDFium finds drawn on a page: runs of type, images and shapes, with their positions."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.checks.read import tags

PT_PER_INCH = 72.0
DEEPEST = 8
UPRIGHT = 0.01
# PDFium's sizes are slightly off.
ROUNDED_PT = 0.05
Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity, from 0 to 255."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Place:
    """A box on a page, in points from the bottom left corner."""

    left_pt: float
    bottom_pt: float
    right_pt: float
    top_pt: float

    @property
    def width_pt(self) -> float:
        """Return the width."""
        return self.right_pt - self.left_pt

    @property
    def height_pt(self) -> float:
        """Return the height."""
        return self.top_pt - self.bottom_pt

    def meets(self, other: "Place") -> bool:
        """Return whether it overlaps another box."""
        return (
            self.left_pt < other.right_pt
            and other.left_pt < self.right_pt
            and self.bottom_pt < other.top_pt
            and other.bottom_pt < self.top_pt
        )

    def within(self, other: "Place", slack_pt: float) -> bool:
        """Return whether it lies inside another box, give or take some slack."""
        return (
            self.left_pt >= other.left_pt - slack_pt
            and self.bottom_pt >= other.bottom_pt - slack_pt
            and self.right_pt <= other.right_pt + slack_pt
            and self.top_pt <= other.top_pt + slack_pt
        )


@dataclass(frozen=True)
class Font:
    """A font as a PDF names it."""

    name: str
    embedded: bool

    @property
    def family(self) -> str:
        """Return the name without its subset prefix."""
        return self.name.rpartition("+")[2]

    @property
    def bold(self) -> bool:
        """Return whether the name is that of a bold font; semibold doesn't count."""
        name = self.name.casefold().replace("-", "")
        return any(word in name for word in ("bold", "black", "heavy")) and not any(
            word in name for word in ("semibold", "demibold")
        )


@dataclass(frozen=True)
class Run:
    """A run of type drawn at once: a line, or part of one. `mark` is its marked-content id, or -1 if it has none.

    `clipped` means that it is in a form or behind a clipping path, so part of it may not show.
    """

    text: str
    place: Place
    size_pt: float
    colour: Colour
    font: Font
    mark: int
    upright: bool
    printed: bool
    clipped: bool

    @property
    def large(self) -> bool:
        """Return whether it is large-scale text (WCAG 2.2, 1.4.3)."""
        return self.size_pt > 18 - ROUNDED_PT or (self.size_pt > 14 - ROUNDED_PT and self.font.bold)


@dataclass(frozen=True)
class Picture:
    """A bitmap image and its position."""

    place: Place
    width_px: int
    height_px: int
    width_pt: float
    height_pt: float

    @property
    def dpi(self) -> float:
        """Return its resolution at its size on the page, in the lower-resolution direction."""
        return min(self.width_px / max(self.width_pt, 0.01), self.height_px / max(self.height_pt, 0.01)) * PT_PER_INCH


@dataclass(frozen=True)
class Shape:
    """A path or an image, and the number of runs drawn before it, which it may cover."""

    place: Place
    after: int


@dataclass
class Drawn:
    """What is drawn on a page; `handles` are its runs as PDFium objects."""

    runs: list[Run] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    handles: list[tags.Handle] = field(default_factory=list)


def read(page: pypdfium2.PdfPage, letters: pypdfium2.PdfTextPage, fonts: dict[int, Font]) -> Drawn:
    """Read what is drawn on a page; `fonts` collects the fonts found on the document's pages so far."""
    reader = _Reader(letters.raw, fonts)
    count = pdfium.FPDFPage_CountObjects(page.raw)
    reader.take((pdfium.FPDFPage_GetObject(page.raw, index) for index in range(count)), IDENTITY, 0)
    return reader.drawn


class _Reader:
    """A reader of a page's objects; it reuses the buffers that PDFium writes to, needed a thousand times a page."""

    def __init__(self, letters: tags.Handle, fonts: dict[int, Font]) -> None:
        self.drawn, self.letters, self.fonts = Drawn(), letters, fonts
        self.held = pdfium.FS_MATRIX()
        self.ends = [ctypes.c_float() for _ in range(4)]
        self.inks = [ctypes.c_uint() for _ in range(4)]
        self.size = ctypes.c_float()

    def take(self, objects: Iterator[tags.Handle], outer: Matrix, depth: int) -> None:
        """Read objects on the page, or in a form that `outer` places there."""
        drawn = self.drawn
        for item in objects:
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                drawn.handles.append(item)
                drawn.runs.append(self._run(item, outer, depth))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                inner = (pdfium.FPDFFormObj_GetObject(item, n) for n in range(pdfium.FPDFFormObj_CountObjects(item)))
                self.take(inner, _joined(self._matrix(item), outer), depth + 1)
            else:
                drawn.shapes.append(Shape(self._place(item, outer), len(drawn.runs)))
                if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                    drawn.pictures.append(self._picture(item, outer))

    def _run(self, item: tags.Handle, outer: Matrix, depth: int) -> Run:
        a, b, c, d, *_ = _joined(self._matrix(item), outer)
        pdfium.FPDFTextObj_GetFontSize(item, self.size)
        pdfium.FPDFPageObj_GetFillColor(item, *self.inks)
        red, green, blue, alpha = (ink.value for ink in self.inks)
        clip = pdfium.FPDFPageObj_GetClipPath(item)
        return Run(
            text=tags.said(pdfium.FPDFTextObj_GetText, item, self.letters),
            place=self._place(item, outer),
            size_pt=self.size.value * abs(a * d - b * c) ** 0.5,
            colour=(red, green, blue, alpha),
            font=self._font(item),
            mark=-1 if depth else pdfium.FPDFPageObj_GetMarkedContentID(item),
            upright=min(abs(b) + abs(c), abs(a) + abs(d)) < UPRIGHT,
            printed=pdfium.FPDFTextObj_GetTextRenderMode(item) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
            clipped=depth > 0 or (bool(clip) and pdfium.FPDFClipPath_CountPaths(clip) > 0),
        )

    def _font(self, item: tags.Handle) -> Font:
        handle = pdfium.FPDFTextObj_GetFont(item)
        address = ctypes.addressof(handle.contents)
        if address not in self.fonts:
            size = pdfium.FPDFFont_GetBaseFontName(handle, None, 0)
            name = ctypes.create_string_buffer(size)
            pdfium.FPDFFont_GetBaseFontName(handle, name, size)
            embedded = bool(pdfium.FPDFFont_GetIsEmbedded(handle))
            self.fonts[address] = Font(name.value.decode("utf-8", "replace"), embedded)
        return self.fonts[address]

    def _picture(self, item: tags.Handle, outer: Matrix) -> Picture:
        width, height = self.inks[:2]
        pdfium.FPDFImageObj_GetImagePixelSize(item, width, height)
        a, b, c, d, *_ = _joined(self._matrix(item), outer)
        sides_pt = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
        return Picture(self._place(item, outer), width.value, height.value, *sides_pt)

    def _matrix(self, item: tags.Handle) -> Matrix:
        held = self.held
        pdfium.FPDFPageObj_GetMatrix(item, held)
        return held.a, held.b, held.c, held.d, held.e, held.f

    def _place(self, item: tags.Handle, outer: Matrix) -> Place:
        pdfium.FPDFPageObj_GetBounds(item, *self.ends)
        left, bottom, right, top = (end.value for end in self.ends)
        if outer is IDENTITY:
            return Place(left, bottom, right, top)
        p, q, r, s, t, u = outer
        xs = [x * p + y * r + t for x in (left, right) for y in (bottom, top)]
        ys = [x * q + y * s + u for x in (left, right) for y in (bottom, top)]
        return Place(min(xs), min(ys), max(xs), max(ys))


def _joined(inner: Matrix, outer: Matrix) -> Matrix:
    """Return two transformations combined, the inner applied first."""
    if outer is IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
