"""Reads what each page of a PDF lays on a press's plates: every mark, its colour as the file has it, and its size."""

import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

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
    """One thing that a page paints.

    `space` is the colour space's own name, `shares` its parts of one; `box` where it can be seen, if that is known;
    `width_pt` how thick a line is, or a filled shape where it is thinnest; `alpha` under 1 lets what is beneath show.
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
        """How much ink it lays down, all plates together, in per cent; none that can be told of other spaces."""
        if self.space == "DeviceCMYK":
            return sum(self.shares) * 100
        return (1 - self.shares[0]) * 100 if self.space == "DeviceGray" and self.shares else 0.0


@dataclass(frozen=True)
class _State:
    """The graphics state, as far as marks depend on it (ISO 32000-1, 8.4)."""

    matrix: Matrix = SAME
    clip: Sides = EVERYWHERE
    fill: tuple[str, tuple[float, ...]] = BLACK
    stroke: tuple[str, tuple[float, ...]] = BLACK
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    width: float = 1.0
    render: int = 0


def marks(data: bytes) -> tuple[Mark, ...]:
    """Every mark of a PDF, in the order in which it is painted."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        return tuple(
            mark
            for number, page in enumerate(pdf.pages, start=1)
            for mark in _Reader(number).read(page.obj, page.obj.get("/Resources", Dictionary()), _State())
        )


@dataclass(frozen=True)
class Standing:
    """What a PDF says of itself to a printer: its PDF/X version, its profile's channels, a page with an annotation."""

    version: str
    channels: int
    linked: int | None


def standing(data: bytes) -> Standing:
    """What a PDF says of itself to a printer."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        intents = [each for each in pdf.Root.get("/OutputIntents", ()) if each.S == Name.GTS_PDFX]
        profile = intents[0].get("/DestOutputProfile") if intents else None
        linked = [number for number, page in enumerate(pdf.pages, start=1) if "/Annots" in page.obj]
        version = re.search(rb"GTS_PDFXVersion>([^<]*)<", pdf.Root.Metadata.read_bytes()) if "/Metadata" in pdf.Root else None
        return Standing(version[1].decode() if version else "", int(profile.N) if profile else 0, next(iter(linked), None))


class _Reader:
    """Walks the content of one page, and of the drawings and patterns that it shows."""

    def __init__(self, page: int) -> None:
        self.page = page

    def read(self, stream: Object, resources: Object, state: _State) -> Iterator[Mark]:
        saved: list[_State] = []
        path: list[tuple[float, float]] = []
        clipping = False
        for instruction in pikepdf.parse_content_stream(stream):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator == "q":
                saved.append(state)
            elif operator == "Q":
                state = saved.pop() if saved else state
            elif operator in PATH:
                path += _points(operator, [float(operand) for operand in operands], path)
            elif operator in ("W", "W*"):
                clipping = True
            elif operator in FILLS | STROKES | {"n"}:
                yield from self._painted(operator, path, state)
                state = replace(state, clip=_overlap(state.clip, _box(path, state.matrix))) if clipping else state
                path, clipping = [], False
            elif operator in SHOWS:
                yield from self._text(state)
            elif operator == "Do":
                yield from self._shown(resources.XObject[operands[0]], resources, state)
            elif operator == "sh":
                shading = resources.Shading[operands[0]]
                yield Mark(self.page, "gradient", _space(shading.ColorSpace, resources), (), box=state.clip)
            elif operator == "INLINE IMAGE":
                space = operands[0].obj.get("/CS", operands[0].obj.get("/ColorSpace", Name.DeviceGray))
                yield Mark(self.page, "picture", _space(space, resources), (), state.fill_alpha)
            else:
                if operator == "scn" and operands and isinstance(operands[-1], Name):
                    yield from self._pattern(resources.Pattern[operands[-1]], state)
                state = _changed(state, operator, operands, resources)

    def _painted(self, operator: str, path: list[tuple[float, float]], state: _State) -> Iterator[Mark]:
        whole = _box(path, state.matrix)
        seen = _overlap(whole, state.clip)
        if not path or seen[0] > seen[2] or seen[1] > seen[3]:
            return
        if operator in FILLS:
            space, shares = state.fill
            thin = min(whole[2] - whole[0], whole[3] - whole[1])
            yield Mark(self.page, "fill", space, shares, state.fill_alpha, seen, thin)
        if operator in STROKES:
            space, shares = state.stroke
            width_pt = state.width * _scale(state.matrix)
            yield Mark(self.page, "line", space, shares, state.stroke_alpha, seen, width_pt)

    def _text(self, state: _State) -> Iterator[Mark]:
        """A run of text, filled, drawn as outlines, or both, as its mode says; mode 3 is text that no one sees."""
        mode = state.render % 4
        if mode in (0, 2):
            yield Mark(self.page, "text", *state.fill, state.fill_alpha)
        if mode in (1, 2):
            yield Mark(self.page, "text", *state.stroke, state.stroke_alpha)

    def _shown(self, item: Object, resources: Object, state: _State) -> Iterator[Mark]:
        if item.get("/Subtype") == Name.Image:
            space, shares = _picture(item, resources, state)
            box = _overlap(_box([(0, 0), (1, 0), (1, 1), (0, 1)], state.matrix), state.clip)
            yield Mark(self.page, "picture", space, shares, state.fill_alpha, box)
            return
        inner = _multiplied(_matrix(item), state.matrix)
        left, bottom, right, top = (float(side) for side in item.BBox)
        clip = _overlap(state.clip, _box([(left, bottom), (right, bottom), (right, top), (left, top)], inner))
        yield from self._group(item, resources)
        yield from self.read(item, item.get("/Resources", resources), replace(state, matrix=inner, clip=clip))

    def _group(self, item: Object, resources: Object) -> Iterator[Mark]:
        """The colours that a transparent group blends in, which are none of its marks' own."""
        if "/Group" in item and "/CS" in item.Group:
            yield Mark(self.page, "group", _space(item.Group.CS, resources), ())

    def _pattern(self, pattern: Object, state: _State) -> Iterator[Mark]:
        if pattern.PatternType == 2:
            yield Mark(self.page, "gradient", _space(pattern.Shading.ColorSpace, Dictionary()), ())
        else:
            # Where its cells fall is the page's affair: what counts of a pattern is its colours.
            for mark in self.read(pattern, pattern.get("/Resources", Dictionary()), _State(matrix=_matrix(pattern))):
                yield replace(mark, box=None, alpha=min(mark.alpha, state.fill_alpha))


PATH = {"m", "l", "c", "v", "y", "re", "h"}


def _points(operator: str, numbers: list[float], path: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points that an operator adds to a path; a curve stays within those that steer it."""
    if operator == "re":
        x, y, width, height = numbers
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    if operator == "h":
        return []
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _changed(state: _State, operator: str, operands: list[Object], resources: Object) -> _State:
    """The state after an operator that paints nothing."""
    if operator == "cm":
        return replace(state, matrix=_multiplied(_six(operands), state.matrix))
    if operator == "w":
        return replace(state, width=float(operands[0]))
    if operator == "Tr":
        return replace(state, render=int(operands[0]))
    if operator == "gs":
        return _with(state, resources.ExtGState[operands[0]])
    if operator in DEVICE:
        colour = (DEVICE[operator], tuple(float(operand) for operand in operands))
        return replace(state, fill=colour) if operator.islower() else replace(state, stroke=colour)
    if operator in ("cs", "CS"):
        colour = (_space(operands[0], resources), ())
        return replace(state, fill=colour) if operator == "cs" else replace(state, stroke=colour)
    if operator in ("sc", "scn", "SC", "SCN"):
        shares = tuple(float(operand) for operand in operands if not isinstance(operand, Name))
        old = state.fill if operator.islower() else state.stroke
        colour = (old[0], shares)
        return replace(state, fill=colour) if operator.islower() else replace(state, stroke=colour)
    return state


DEVICE = {"g": "DeviceGray", "G": "DeviceGray", "rg": "DeviceRGB", "RG": "DeviceRGB", "k": "DeviceCMYK", "K": "DeviceCMYK"}


def _with(state: _State, extra: Object) -> _State:
    """The state with what a dictionary of parameters sets in it (ISO 32000-1, 8.4.5); a mask or a blend counts as alpha."""
    fill, stroke = float(extra.get("/ca", state.fill_alpha)), float(extra.get("/CA", state.stroke_alpha))
    blend = extra.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible)
    if blend or isinstance(extra.get("/SMask"), Dictionary):
        fill, stroke = min(fill, BLENDED), min(stroke, BLENDED)
    return replace(state, fill_alpha=fill, stroke_alpha=stroke, width=float(extra.get("/LW", state.width)))


BLENDED = 0.999


def _picture(image: Object, resources: Object, state: _State) -> tuple[str, tuple[float, ...]]:
    """A stencil has the colour that is being painted with; a picture its own."""
    if image.get("/ImageMask", False):
        return state.fill
    return _space(image.get("/ColorSpace", Name.DeviceGray), resources), ()


def _space(space: Object, resources: Object) -> str:
    """The name of a colour space: of an ICC profile by its channels, of an indexed one by its base."""
    if isinstance(space, Name):
        named = resources.get("/ColorSpace", Dictionary()).get(space)
        return SHORT.get(str(space), str(space)[1:]) if named is None else _space(named, resources)
    kind = str(space[0])[1:]
    if kind == "ICCBased":
        return {1: "DeviceGray", 3: "ICC RGB", 4: "DeviceCMYK"}[int(space[1].N)]
    return _space(space[1], resources) if kind in ("Indexed", "I") else kind


SHORT = {"/G": "DeviceGray", "/RGB": "DeviceRGB", "/CMYK": "DeviceCMYK"}
"""What pictures inside a page's own text call the spaces."""


def _matrix(item: Object) -> Matrix:
    return _six(list(item.get("/Matrix", SAME)))  # type: ignore[call-overload]


def _six(numbers: list[Object]) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in numbers)
    return a, b, c, d, e, f


def _multiplied(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _scale(matrix: Matrix) -> float:
    """By how much a matrix widens lines."""
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def _box(path: list[tuple[float, float]], matrix: Matrix) -> Sides:
    """The least box about points, on the page."""
    a, b, c, d, e, f = matrix
    xs = [x * a + y * c + e for x, y in path] or [0.0]
    ys = [x * b + y * d + f for x, y in path] or [0.0]
    return min(xs), min(ys), max(xs), max(ys)


def _overlap(one: Sides, other: Sides) -> Sides:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
