"""Read what each page of a PDF puts on a press's plates: every mark, with its colour as written and its size."""

import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object

Sides = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1, 0, 0, 1, 0, 0)
EVERYWHERE: Sides = (-math.inf, -math.inf, math.inf, math.inf)
FILLS = {"f", "F", "f*", "B", "B*", "b", "b*"}
STROKES = {"S", "s", "B", "B*", "b", "b*"}
SHOWS = {"Tj", "TJ", "'", '"'}
BLACK = ("DeviceGray", (0.0,))


@dataclass(frozen=True)
class Mark:
    """One thing painted on a page.

    `space` is the name of the colour space, `shares` the colour's components from 0 to 1; `box` is the visible area, if
    known; `width_pt` the thickness of a line, or the thinnest dimension of a filled shape; `alpha` below 1 means
    transparent.
    """

    page: int
    kind: str
    space: str
    shares: tuple[float, ...]
    alpha: float = 1.0
    box: Sides | None = None
    width_pt: float | None = None

    @property
    def ink_percent(self) -> float:
        """Return the total ink on all plates, in per cent; 0 for colour spaces other than CMYK and grey."""
        if self.space == "DeviceCMYK":
            return sum(self.shares) * 100
        return (1 - self.shares[0]) * 100 if self.space == "DeviceGray" and self.shares else 0.0

    @property
    def bare(self) -> bool:
        """Return whether it is known to print no ink; an image is never known to, since it has many colours."""
        return bool(self.shares) and self.ink_percent == 0


@dataclass(frozen=True)
class _State:
    """The part of the graphics state that affects marks (ISO 32000-1, 8.4)."""

    matrix: Matrix = SAME
    clip: Sides = EVERYWHERE
    fill: tuple[str, tuple[float, ...]] = BLACK
    stroke: tuple[str, tuple[float, ...]] = BLACK
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    width: float = 1.0
    render: int = 0


def marks(data: bytes) -> tuple[Mark, ...]:
    """Return every mark in a PDF, in painting order."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        return tuple(
            mark
            for number, page in enumerate(pdf.pages, start=1)
            for mark in _Reader(number, page.obj.get("/Resources", Dictionary()), _State()).read(page.obj)
        )


@dataclass(frozen=True)
class Standing:
    """What a PDF tells a print shop: its PDF/X version, the channels of its profile, and a page with an annotation."""

    version: str
    channels: int
    linked: int | None


def standing(data: bytes) -> Standing:
    """Return what a PDF tells a print shop."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        intents = [each for each in pdf.Root.get("/OutputIntents", ()) if each.S == Name.GTS_PDFX]
        profile = intents[0].get("/DestOutputProfile") if intents else None
        linked = [number for number, page in enumerate(pdf.pages, start=1) if "/Annots" in page.obj]
        version = (
            re.search(rb"GTS_PDFXVersion>([^<]*)<", pdf.Root.Metadata.read_bytes()) if "/Metadata" in pdf.Root else None
        )
        return Standing(
            version[1].decode() if version else "", int(profile.N) if profile else 0, next(iter(linked), None)
        )


def profiles(data: bytes) -> tuple[bytes, ...]:
    """Return the ICC profiles of a PDF's output intents."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        intents = pdf.Root.get("/OutputIntents", ())
        return tuple(each.DestOutputProfile.read_bytes() for each in intents if "/DestOutputProfile" in each)


class _Reader:
    """A reader of one content stream: a page's, or that of a drawing or pattern on it."""

    def __init__(self, page: int, resources: Object, state: _State) -> None:
        self.page, self.resources, self.state = page, resources, state
        self.saved: list[_State] = []
        self.path: list[tuple[float, float]] = []
        self.clipping = False
        self.paints: dict[str, Callable[[list[Any]], Iterator[Mark]]] = {
            "Do": self._item, "sh": self._gradient, "INLINE IMAGE": self._inline, "scn": self._pattern,
            "SCN": self._pattern, **dict.fromkeys(SHOWS, self._text),
        }  # fmt: skip

    def read(self, stream: Object) -> Iterator[Mark]:
        for instruction in pikepdf.parse_content_stream(stream):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator in self.paints:
                yield from self.paints[operator](operands)
            elif operator in ENDS:
                yield from self._painted(operator)
            if operator in PATH:
                self.path += _points(operator, [float(operand) for operand in operands])
            else:
                self._set(operator, operands)

    def _set(self, operator: str, operands: list[Any]) -> None:
        if operator == "q":
            self.saved.append(self.state)
        elif operator == "Q":
            self.state = self.saved.pop() if self.saved else self.state
        elif operator in ("W", "W*"):
            self.clipping = True
        elif operator.lower() in ("g", "rg", "k", "cs", "sc", "scn"):
            self.state = _coloured(self.state, operator, operands, self.resources)
        elif operator == "gs":
            self.state = _with(self.state, self.resources.ExtGState[operands[0]])
        elif operator in SETS:
            self.state = SETS[operator](self.state, operands)

    def _painted(self, operator: str) -> Iterator[Mark]:
        """End a path: fill it, stroke it, clip what follows to it, or several of these."""
        whole = _box(self.path, self.state.matrix)
        seen = _overlap(whole, self.state.clip)
        if self.path and seen[0] <= seen[2] and seen[1] <= seen[3]:
            if operator in FILLS:
                thin = min(whole[2] - whole[0], whole[3] - whole[1])
                yield Mark(self.page, "fill", *self.state.fill, self.state.fill_alpha, seen, thin)
            if operator in STROKES:
                width_pt = self.state.width * _scale(self.state.matrix)
                yield Mark(self.page, "line", *self.state.stroke, self.state.stroke_alpha, seen, width_pt)
        if self.clipping:
            self.state = replace(self.state, clip=seen)
        self.path, self.clipping = [], False

    def _text(self, _: list[Any]) -> Iterator[Mark]:
        """Yield a run of text as filled, outlined or both, depending on its rendering mode; mode 3 is invisible."""
        mode = self.state.render % 4
        if mode in (0, 2):
            yield Mark(self.page, "text", *self.state.fill, self.state.fill_alpha)
        if mode in (1, 2):
            yield Mark(self.page, "text", *self.state.stroke, self.state.stroke_alpha)

    def _item(self, operands: list[Any]) -> Iterator[Mark]:
        item, state = self.resources.XObject[operands[0]], self.state
        if item.get("/Subtype") == Name.Image:
            # A stencil is painted in the current colour; other images have their own.
            own = (_space(item.get("/ColorSpace", Name.DeviceGray), self.resources), ())
            colour = state.fill if item.get("/ImageMask", False) else own
            box = _overlap(_box([(0, 0), (1, 0), (1, 1), (0, 1)], state.matrix), state.clip)
            yield Mark(self.page, "picture", *colour, state.fill_alpha, box)
        else:
            yield from self._drawing(item)

    def _drawing(self, item: Object) -> Iterator[Mark]:
        inner = _multiplied(_matrix(item), self.state.matrix)
        left, bottom, right, top = (float(side) for side in list(item.BBox))
        clip = _overlap(self.state.clip, _box([(left, bottom), (right, bottom), (right, top), (left, top)], inner))
        resources = item.get("/Resources", self.resources)
        if "/CS" in item.get("/Group", Dictionary()):
            # The colour space in which a group blends need not be that of any of its marks.
            yield Mark(self.page, "group", _space(item.Group.CS, resources), ())
        yield from _Reader(self.page, resources, replace(self.state, matrix=inner, clip=clip)).read(item)

    def _gradient(self, operands: list[Any]) -> Iterator[Mark]:
        space = _space(self.resources.Shading[operands[0]].ColorSpace, self.resources)
        yield Mark(self.page, "gradient", space, (), self.state.fill_alpha, self.state.clip)

    def _inline(self, operands: list[Any]) -> Iterator[Mark]:
        held = operands[0].obj
        space = held.get("/CS", held.get("/ColorSpace", Name.DeviceGray))
        yield Mark(self.page, "picture", _space(space, self.resources), (), self.state.fill_alpha)

    def _pattern(self, operands: list[Any]) -> Iterator[Mark]:
        """Yield the marks of one cell of a pattern; where the cells fall doesn't change their colours."""
        if operands and isinstance(operands[-1], Name):
            pattern = self.resources.Pattern[operands[-1]]
            if pattern.PatternType == 2:
                yield Mark(self.page, "gradient", _space(pattern.Shading.ColorSpace, Dictionary()), ())
            else:
                reader = _Reader(self.page, pattern.get("/Resources", Dictionary()), _State(matrix=_matrix(pattern)))
                yield from (replace(mark, box=None) for mark in reader.read(pattern))


PATH = {"m", "l", "c", "v", "y", "re", "h"}
ENDS = FILLS | STROKES | {"n"}


def _points(operator: str, numbers: list[float]) -> list[tuple[float, float]]:
    """Return the points that an operator adds to a path; a curve stays within its control points."""
    if operator == "re":
        x, y, width, height = numbers
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


SETS: dict[str, Callable[[_State, list[Any]], _State]] = {
    "cm": lambda state, operands: replace(state, matrix=_multiplied(_six(operands), state.matrix)),
    "w": lambda state, operands: replace(state, width=float(operands[0])),
    "Tr": lambda state, operands: replace(state, render=int(operands[0])),
}


def _coloured(state: _State, operator: str, operands: list[Any], resources: Object) -> _State:
    """Return the state after an operator that sets a colour: lower case for fills, upper case for strokes."""
    filling = operator.islower()
    shares = tuple(float(operand) for operand in operands if not isinstance(operand, Name))
    if operator.lower() in DEVICE:
        space = DEVICE[operator.lower()]
    elif operator.lower() == "cs":
        space = _space(operands[0], resources)
    else:
        space = (state.fill if filling else state.stroke)[0]
    return replace(state, fill=(space, shares)) if filling else replace(state, stroke=(space, shares))


DEVICE = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}


def _with(state: _State, extra: Object) -> _State:
    """Return the state after a graphics state dictionary (ISO 32000-1, 8.4.5); soft masks and blends count as alpha."""
    fill, stroke = float(extra.get("/ca", state.fill_alpha)), float(extra.get("/CA", state.stroke_alpha))
    blend = extra.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible)
    if blend or isinstance(extra.get("/SMask"), Dictionary):
        fill, stroke = min(fill, BLENDED), min(stroke, BLENDED)
    return replace(state, fill_alpha=fill, stroke_alpha=stroke, width=float(extra.get("/LW", state.width)))


BLENDED = 0.999


def _space(space: Object, resources: Object) -> str:
    """Return the name of a colour space: for an ICC profile by its channels, for an indexed space by its base."""
    if isinstance(space, Name):
        named = resources.get("/ColorSpace", Dictionary()).get(space)
        return SHORT.get(str(space), str(space)[1:]) if named is None else _space(named, resources)
    kind = str(space[0])[1:]
    if kind == "ICCBased":
        return {1: "DeviceGray", 3: "ICC RGB", 4: "DeviceCMYK"}[int(space[1].N)]
    return _space(space[1], resources) if kind in ("Indexed", "I") else kind


SHORT = {"/G": "DeviceGray", "/RGB": "DeviceRGB", "/CMYK": "DeviceCMYK"}
"""The names of colour spaces in inline images."""


def _matrix(item: Object) -> Matrix:
    return _six(list(item.Matrix)) if "/Matrix" in item else SAME


def _six(numbers: list[Any]) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in numbers)
    return a, b, c, d, e, f


def _multiplied(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _scale(matrix: Matrix) -> float:
    """Return the factor by which a matrix scales line widths."""
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def _box(path: list[tuple[float, float]], matrix: Matrix) -> Sides:
    """Return the smallest box around the points, on the page."""
    a, b, c, d, e, f = matrix
    xs = [x * a + y * c + e for x, y in path] or [0.0]
    ys = [x * b + y * d + f for x, y in path] or [0.0]
    return min(xs), min(ys), max(xs), max(ys)


def _overlap(one: Sides, other: Sides) -> Sides:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
