"""Read the content streams of a PDF: every mark on its pages, with its colour as written and its size."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import pikepdf
from pikepdf import Dictionary, Matrix, Name, Object

from briefpack.geometry import Rectangle

EVERYWHERE = Rectangle(-math.inf, -math.inf, math.inf, math.inf)
UNIT_SQUARE = Rectangle(0, 0, 1, 1)
FILLS = {"f", "F", "f*", "B", "B*", "b", "b*"}
STROKES = {"S", "s", "B", "B*", "b", "b*"}
SHOWS = {"Tj", "TJ", "'", '"'}
PATH = {"m", "l", "c", "v", "y", "re", "h"}
ENDS = FILLS | STROKES | {"n"}
DEVICE = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
BLACK = ("DeviceGray", (0.0,))
BLENDED = 0.999
"""The alpha of a mark that is blended or masked: any below 1 means transparent."""


@dataclass(frozen=True)
class Mark:
    """One thing painted on a page.

    `space` is the name of the colour space, `shares` the colour's components from 0 to 1; `box` is the visible area, if
    known; `width_pt` the thickness of a line, or the thinnest dimension of a filled shape; `alpha` below 1 means
    transparent; `rectangular` that it fills its box. `order` counts the runs of type before a run on its page,
    which has no box: how wide its letters are is for its font to say.
    """

    page: int
    kind: str
    space: str
    shares: tuple[float, ...]
    alpha: float = 1.0
    box: Rectangle | None = None
    width_pt: float | None = None
    rectangular: bool = False
    order: int = field(default=0, compare=False)

    @property
    def ink_percent(self) -> float:
        """Return the total ink on all plates, in per cent; 0 for colour spaces other than CMYK and grey."""
        if self.space == "DeviceCMYK":
            return sum(self.shares) * 100
        if self.space == "DeviceGray" and self.shares:
            return (1 - self.shares[0]) * 100
        return 0.0

    @property
    def inkless(self) -> bool:
        """Return whether it certainly prints no ink; that is never certain of an image, with its many colours."""
        return self.space in ("DeviceCMYK", "DeviceGray") and bool(self.shares) and self.ink_percent == 0


@dataclass(frozen=True)
class _State:
    """The part of the graphics state that affects marks (ISO 32000-1, 8.4)."""

    matrix: Matrix = field(default_factory=Matrix)
    clip: Rectangle = EVERYWHERE
    fill: tuple[str, tuple[float, ...]] = BLACK
    stroke: tuple[str, tuple[float, ...]] = BLACK
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    width: float = 1.0
    render: int = 0


def read(pdf: pikepdf.Pdf) -> Iterator[Mark]:
    """Yield every mark in a PDF, in painting order."""
    for number, page in enumerate(pdf.pages, start=1):
        resources = page.obj.get("/Resources", Dictionary())
        yield from _ContentStreamReader(number, resources, _State(), count()).read(page.obj)


class _ContentStreamReader:
    """A reader of one content stream: of a page, or of a drawing or a pattern on it."""

    def __init__(self, page: int, resources: Object, state: _State, runs: Iterator[int]) -> None:
        self.page, self.resources, self.state, self.runs = page, resources, state, runs
        self.saved: list[_State] = []
        self.path: list[tuple[float, float]] = []
        self.clipping = False
        self.paints: dict[str, Callable[[list[Any]], Iterator[Mark]]] = {
            "Do": self._item, "sh": self._gradient, "scn": self._pattern, "SCN": self._pattern,
            **dict.fromkeys(SHOWS, self._text),
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
            # A Q too many changes nothing.
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
        """End a path: fill it, stroke it, clip the marks after it to it, or several of these."""
        points = list(map(self.state.matrix.transform, self.path))
        whole = Rectangle.around(points or [(0.0, 0.0)])
        visible = whole.overlap(self.state.clip)
        if self.path and visible.width >= 0 and visible.height >= 0:
            if operator in FILLS:
                # Four corners in two columns and two rows; a fifth is the first again.
                sides = [len(set(ends)) for ends in zip(*points, strict=True)]
                rectangular = len(points) in (4, 5) and sides == [2, 2]
                thickness = min(whole.width, whole.height)
                yield Mark(
                    self.page, "fill", *self.state.fill, self.state.fill_alpha, visible, thickness,
                    rectangular=rectangular,
                )  # fmt: skip
            if operator in STROKES:
                width_pt = self.state.width * _scale(self.state.matrix)
                yield Mark(self.page, "line", *self.state.stroke, self.state.stroke_alpha, visible, width_pt)
        if self.clipping:
            self.state = replace(self.state, clip=visible)
        self.path, self.clipping = [], False

    def _text(self, operands: list[Any]) -> Iterator[Mark]:
        """Yield a run of text as filled, outlined or both, depending on its rendering mode; mode 3 is invisible."""
        if not _has_letters(operands[-1]):
            return
        mode, order = self.state.render % 4, next(self.runs)
        if mode in (0, 2):
            yield Mark(self.page, "text", *self.state.fill, self.state.fill_alpha, order=order)
        if mode in (1, 2):
            yield Mark(self.page, "text", *self.state.stroke, self.state.stroke_alpha, order=order)

    def _item(self, operands: list[Any]) -> Iterator[Mark]:
        item, state = self.resources.XObject[operands[0]], self.state
        if item.get("/Subtype") == Name.Image:
            # A stencil is painted in the current colour; other images have their own.
            own = (_space(item.get("/ColorSpace", Name.DeviceGray), self.resources), ())
            colour = state.fill if item.get("/ImageMask", False) else own
            box = _transformed(UNIT_SQUARE, state.matrix).overlap(state.clip)
            yield Mark(self.page, "picture", *colour, state.fill_alpha, box)
        else:
            yield from self._drawing(item)

    def _drawing(self, item: Object) -> Iterator[Mark]:
        inner = _matrix(item) @ self.state.matrix
        clip = self.state.clip.overlap(_transformed(Rectangle(*map(float, list(item.BBox))), inner))
        resources = item.get("/Resources", self.resources)
        if "/CS" in item.get("/Group", Dictionary()):
            # The colour space in which a group blends need not be that of any of its marks.
            yield Mark(self.page, "group", _space(item.Group.CS, resources), (), box=clip)
        state = replace(self.state, matrix=inner, clip=clip)
        yield from _ContentStreamReader(self.page, resources, state, self.runs).read(item)

    def _gradient(self, operands: list[Any]) -> Iterator[Mark]:
        space = _space(self.resources.Shading[operands[0]].ColorSpace, self.resources)
        yield Mark(self.page, "gradient", space, (), self.state.fill_alpha, self.state.clip)

    def _pattern(self, operands: list[Any]) -> Iterator[Mark]:
        """Yield the marks of one cell of a pattern; where the cells fall doesn't change their colours."""
        if not operands or not isinstance(operands[-1], Name):
            return
        pattern = self.resources.Pattern[operands[-1]]
        if pattern.PatternType == 2:
            yield Mark(self.page, "gradient", _space(pattern.Shading.ColorSpace, Dictionary()), ())
            return
        resources = pattern.get("/Resources", Dictionary())
        state = _State(matrix=_matrix(pattern))
        for mark in _ContentStreamReader(self.page, resources, state, count()).read(pattern):
            yield replace(mark, box=None)


def _has_letters(shown: Any) -> bool:  # noqa: ANN401 -- a string, or an array of strings and distances
    """Return whether an operator that shows text shows any."""
    strings = shown if isinstance(shown, pikepdf.Array) else [shown]
    return any(isinstance(string, pikepdf.String) and bytes(string) for string in strings)


def _points(operator: str, numbers: list[float]) -> list[tuple[float, float]]:
    """Return the points that an operator adds to a path; a curve stays within its control points."""
    if operator == "re":
        x, y, width, height = numbers
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


SETS: dict[str, Callable[[_State, list[Any]], _State]] = {
    "cm": lambda state, operands: replace(state, matrix=Matrix(*map(float, operands)) @ state.matrix),
    "w": lambda state, operands: replace(state, width=float(operands[0])),
    "Tr": lambda state, operands: replace(state, render=int(operands[0])),
}


def _coloured(state: _State, operator: str, operands: list[Any], resources: Object) -> _State:
    """Return the state after an operator that sets a colour: lower case for fills, upper case for strokes."""
    name = operator.lower()
    filling = operator == name
    shares = tuple(float(operand) for operand in operands if not isinstance(operand, Name))
    if name in DEVICE:
        space = DEVICE[name]
    elif name == "cs":
        space = _space(operands[0], resources)
    else:
        space, _ = state.fill if filling else state.stroke
    if filling:
        return replace(state, fill=(space, shares))
    return replace(state, stroke=(space, shares))


def _with(state: _State, extra: Object) -> _State:
    """Return the state after a graphics state dictionary (ISO 32000-1, 8.4.5); soft masks and blends count as alpha."""
    fill, stroke = float(extra.get("/ca", state.fill_alpha)), float(extra.get("/CA", state.stroke_alpha))
    blend = extra.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible)
    if blend or isinstance(extra.get("/SMask"), Dictionary):
        fill, stroke = min(fill, BLENDED), min(stroke, BLENDED)
    return replace(state, fill_alpha=fill, stroke_alpha=stroke, width=float(extra.get("/LW", state.width)))


def _space(space: Object, resources: Object) -> str:
    """Return the name of a colour space: for an ICC profile by its channels, for an indexed space by its base."""
    if isinstance(space, Name):
        named = resources.get("/ColorSpace", Dictionary()).get(space)
        return str(space)[1:] if named is None else _space(named, resources)
    kind = str(space[0])[1:]
    if kind == "ICCBased":
        return {1: "DeviceGray", 3: "ICC RGB", 4: "DeviceCMYK"}[int(space[1].N)]
    if kind == "Indexed":
        return _space(space[1], resources)
    return kind


def _matrix(item: Object) -> Matrix:
    return Matrix(item.Matrix) if "/Matrix" in item else Matrix()


def _scale(matrix: Matrix) -> float:
    """Return the factor by which a matrix scales line widths."""
    return math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))


def _transformed(box: Rectangle, matrix: Matrix) -> Rectangle:
    """Return the smallest rectangle on the page around a rectangle of a drawing."""
    return Rectangle.around(map(matrix.transform, box.corners))
