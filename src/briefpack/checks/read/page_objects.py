"""Read the objects on a page with PDFium: runs of type, images and shapes with their positions, and single letters."""

import ctypes
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Matrix

from briefpack.checks.read import strings
from briefpack.checks.read.strings import Handle
from briefpack.geometry import PT_PER_INCH, Rectangle
from briefpack.plan import Type

DEEPEST = 8
"""How deep forms may be nested."""

UPRIGHT = 0.01
DOT_PT = 1.5 + UPRIGHT
"""The largest side of a clipping path that hides text on purpose; a box of 2px for screen readers has one."""
# PDFium's sizes are slightly off.
ROUNDED_PT = 0.05
Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity, from 0 to 255."""


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
        """Return whether the font's name says that it is bold; semibold doesn't count."""
        name = self.name.casefold().replace("-", "")
        return any(word in name for word in ("bold", "black", "heavy")) and not any(
            word in name for word in ("semibold", "demibold")
        )


@dataclass(frozen=True)
class Run:
    """A run of type drawn at once: a line, or part of one. `mcid` is its marked-content id, or -1 if it has none.

    `clipped` means that it is in a form or behind a clipping path, so part of it may not show. `baseline_pt` is the
    height of its baseline, if it is upright. One that isn't `shown` is hidden on purpose: it is clipped to a dot, as
    text for screen readers is.
    """

    text: str
    box: Rectangle
    size_pt: float
    colour: Colour
    font: Font
    mcid: int
    upright: bool
    printed: bool
    clipped: bool
    baseline_pt: float = 0.0
    shown: bool = True

    @property
    def is_seen(self) -> bool:
        """Return whether it has words that readers are to see."""
        return self.shown and bool(self.text.strip())

    @property
    def large(self) -> bool:
        """Return whether it is large-scale text (WCAG 2.2, 1.4.3)."""
        return self.size_pt > 18 - ROUNDED_PT or (self.size_pt > 14 - ROUNDED_PT and self.font.bold)


@dataclass(frozen=True)
class Image:
    """A bitmap image and its position."""

    box: Rectangle
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

    box: Rectangle
    after: int


@dataclass
class PageObjects:
    """The objects on a page; `type_objects` and `shape_objects` are its runs and shapes as PDFium has them."""

    runs: list[Run] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    type_objects: list[Handle] = field(default_factory=list)
    shape_objects: list[Handle] = field(default_factory=list)

    def type_of(self, run: Run) -> Type:
        """Return a run as it is remembered."""
        alone = not any(run.box.meets(shape.box) for shape in self.shapes)
        return Type(run.text, run.box, run.colour, run.large, run.printed, alone)


def read(page: pypdfium2.PdfPage, letters: pypdfium2.PdfTextPage, fonts: dict[int, Font]) -> PageObjects:
    """Read the objects on a page; `fonts` collects the fonts found on the document's pages so far."""
    reader = Reader(letters.raw, fonts)
    count = pdfium.FPDFPage_CountObjects(page.raw)
    reader.take((pdfium.FPDFPage_GetObject(page.raw, index) for index in range(count)), None, 0)
    return reader.found


def marked(page: pypdfium2.PdfPage, mcids: Container[int]) -> dict[int, Rectangle]:
    """Return the box around the objects of a page that have each of some marked-content ids."""
    reader, boxes = Reader(None, {}), dict[int, Rectangle]()
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        mcid = pdfium.FPDFPageObj_GetMarkedContentID(item)
        if mcid in mcids:
            box = reader.box(item, None)
            boxes[mcid] = boxes[mcid].joined(box) if mcid in boxes else box
    return boxes


class Reader:
    """A reader of a page's objects; it reuses the buffers that PDFium writes to, needed a thousand times a page."""

    def __init__(self, letters: Handle, fonts: dict[int, Font]) -> None:
        self.found, self.letters, self.fonts = PageObjects(), letters, fonts
        self.held = pdfium.FS_MATRIX()
        self.ends = [ctypes.c_float() for _ in range(4)]
        self.inks = [ctypes.c_uint() for _ in range(4)]
        self.size = ctypes.c_float()

    def take(self, objects: Iterator[Handle], outer: Matrix | None, depth: int) -> None:
        """Read objects on the page, or in a form that `outer` places there."""
        found = self.found
        for item in objects:
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                found.type_objects.append(item)
                found.runs.append(self._run(item, outer, depth))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                inner = (pdfium.FPDFFormObj_GetObject(item, n) for n in range(pdfium.FPDFFormObj_CountObjects(item)))
                self.take(inner, self.matrix(item, outer), depth + 1)
            else:
                found.shape_objects.append(item)
                found.shapes.append(Shape(self.box(item, outer), len(found.runs)))
                if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                    found.images.append(self._image(item, outer))

    def _run(self, item: Handle, outer: Matrix | None, depth: int) -> Run:
        a, b, c, d, _, baseline_pt = self.matrix(item, outer).shorthand
        pdfium.FPDFTextObj_GetFontSize(item, self.size)
        pdfium.FPDFPageObj_GetFillColor(item, *self.inks)
        red, green, blue, alpha = (ink.value for ink in self.inks)
        clip = pdfium.FPDFPageObj_GetClipPath(item)
        paths = range(pdfium.FPDFClipPath_CountPaths(clip) if clip else 0)
        box = self.box(item, outer)
        return Run(
            text=strings.read(pdfium.FPDFTextObj_GetText, item, self.letters) or self._again(box),
            box=box,
            size_pt=self.size.value * abs(a * d - b * c) ** 0.5,
            colour=(red, green, blue, alpha),
            font=self._font(item),
            mcid=-1 if depth else pdfium.FPDFPageObj_GetMarkedContentID(item),
            upright=min(abs(b) + abs(c), abs(a) + abs(d)) < UPRIGHT,
            printed=pdfium.FPDFTextObj_GetTextRenderMode(item) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
            clipped=depth > 0 or bool(paths),
            baseline_pt=baseline_pt,
            shown=not any(self._is_dot(clip, path) for path in paths),
        )

    def _again(self, box: Rectangle) -> str:
        """Return the text of the run that was drawn in a box before: PDFium reads the same text there once."""
        same = (run for run in self.found.runs if box.within(run.box, ROUNDED_PT) and run.box.within(box, ROUNDED_PT))
        return next((run.text for run in same), "")

    def _is_dot(self, clip: Handle, path: int) -> bool:
        """Return whether one of the paths that clip an object leaves no more than a dot of it."""
        x, y = ctypes.c_float(), ctypes.c_float()
        points = list[tuple[float, float]]()
        for number in range(pdfium.FPDFClipPath_CountPathSegments(clip, path)):
            pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, number), x, y)
            points.append((x.value, y.value))
        box = Rectangle.around(points or [(0.0, 0.0)])
        return max(box.width, box.height) <= DOT_PT

    def _font(self, item: Handle) -> Font:
        handle = pdfium.FPDFTextObj_GetFont(item)
        address = ctypes.addressof(handle.contents)
        if address not in self.fonts:
            size = pdfium.FPDFFont_GetBaseFontName(handle, None, 0)
            name = ctypes.create_string_buffer(size)
            pdfium.FPDFFont_GetBaseFontName(handle, name, size)
            embedded = bool(pdfium.FPDFFont_GetIsEmbedded(handle))
            self.fonts[address] = Font(name.value.decode("utf-8", "replace"), embedded)
        return self.fonts[address]

    def _image(self, item: Handle, outer: Matrix | None) -> Image:
        width, height = self.inks[:2]
        pdfium.FPDFImageObj_GetImagePixelSize(item, width, height)
        a, b, c, d, *_ = self.matrix(item, outer).shorthand
        sides_pt = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
        return Image(self.box(item, outer), width.value, height.value, *sides_pt)

    def matrix(self, item: Handle, outer: Matrix | None) -> Matrix:
        """Return the matrix that places an object on the page."""
        held = self.held
        pdfium.FPDFPageObj_GetMatrix(item, held)
        own = Matrix(held.a, held.b, held.c, held.d, held.e, held.f)
        return own if outer is None else own @ outer

    def box(self, item: Handle, outer: Matrix | None) -> Rectangle:
        """Return the box around an object."""
        pdfium.FPDFPageObj_GetBounds(item, *self.ends)
        box = Rectangle(*(end.value for end in self.ends))
        return box if outer is None else Rectangle.around(map(outer.transform, box.corners))


def count_letters(data: bytes) -> Counter[float]:
    """Return the number of letters in each size of type, in points to one decimal; none in an unreadable file."""
    letters: Counter[float] = Counter()
    fonts: dict[int, Font] = {}
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            for page in pdf:
                for run in read(page, page.get_textpage(), fonts).runs:
                    if run.printed:
                        letters[round(run.size_pt, 1)] += len("".join(run.text.split()))
    except pypdfium2.PdfiumError:
        return Counter()
    return +letters


@dataclass(frozen=True)
class PageLetters:
    """The text of a page with a box for each of its characters, the boxes of its lines, and the page's trim box."""

    text: str
    boxes: tuple[Rectangle, ...]
    lines: tuple[Rectangle, ...]
    trim: Rectangle


def letters(data: bytes) -> tuple[PageLetters, ...]:
    """Return the letters on each page of a PDF."""
    with pypdfium2.PdfDocument(data) as pdf:
        return tuple(map(_of_page, pdf))


def _of_page(page: pypdfium2.PdfPage) -> PageLetters:
    letters = page.get_textpage()
    count = letters.count_chars()
    text = "".join(_letter(letters, index) for index in range(count))
    lines = (Rectangle(*letters.get_rect(index)) for index in range(letters.count_rects()))
    return PageLetters(text, tuple(_letter_boxes(letters, count)), tuple(lines), Rectangle(*page.get_trimbox()))


def _letter(letters: pypdfium2.PdfTextPage, index: int) -> str:
    """Return a character, or a space if Python has no such character."""
    number = pdfium.FPDFText_GetUnicode(letters.raw, index)
    return chr(number) if 0 < number <= LARGEST and not SURROGATES[0] <= number <= SURROGATES[1] else " "


LARGEST, SURROGATES = 0x10FFFF, (0xD800, 0xDFFF)


def _letter_boxes(letters: pypdfium2.PdfTextPage, count: int) -> Iterator[Rectangle]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(count):
        pdfium.FPDFText_GetCharBox(letters.raw, index, left, right, bottom, top)
        yield Rectangle(left.value, bottom.value, right.value, top.value)
