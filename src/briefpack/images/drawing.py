"""Read an SVG drawing and keep only the parts that draw: no script, no address, no entity, nothing that moves."""

import base64
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from briefpack.images import svg_styles
from briefpack.layout import drawings
from briefpack.problem import Problem, Problems, heard_from, one_problem, raise_any

MOST_BYTES = 3_000_000
"""The size limit of a drawing; a detailed map is a tenth of it."""
MOST_DEPTH = 60
"""The deepest nesting of elements."""
MOST_STYLES = 500_000
"""The most characters in all its styles and colours; this many take seconds to read."""
LONGEST_SIZE = 200
"""The most characters in a width, a height or a view box."""

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"

SHAPES = frozenset({"circle", "ellipse", "line", "path", "polygon", "polyline", "rect"})
SHADES = frozenset({"linearGradient", "radialGradient", "mask"})
"""The elements that can't be printed in process inks, since `bind` converts only flat colours."""
DRAWN = SHAPES | SHADES | {"svg", "g", "defs", "symbol", "use", "clipPath", "marker", "pattern", "stop", "style", "a"}
"""The elements that are kept; a link becomes a group."""

SCRIPT = "a drawing can't contain a script", "export it again, without scripts or events"
MOVING = "a drawing on paper can't move", "export it again without animation"
OUTSIDE = "a drawing can't load anything from an address", "draw it in the same file, as paths"
LIVE_TEXT = "it contains live text, whose font may be missing", "convert the text to outlines (paths) before export"
EFFECT = "its filter can't be printed", "use flat colours, or export the drawing as a PNG of 300 dpi"
PICTURE = "a drawing can't contain a photograph", "place the photograph as an image of its own, or export it all as PNG"
FLAT = "process inks print flat colours only", "use flat colours, or export the drawing as a PNG of 300 dpi"
REFUSED: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("script", "handler", "listener"), SCRIPT),
    **dict.fromkeys(("foreignObject", "iframe", "embed", "object", "video", "audio", "canvas"), OUTSIDE),
    **dict.fromkeys(("animate", "animateColor", "animateMotion", "animateTransform", "set", "discard"), MOVING),
    **dict.fromkeys(("text", "tspan", "textPath", "tref"), LIVE_TEXT),
    **dict.fromkeys(("filter",), EFFECT),
    **dict.fromkeys(("image", "feImage"), PICTURE),
}
"""The elements that are refused, with a message and a hint; any other that isn't DRAWN is dropped."""

HIDDEN = "aria-hidden"
"""The attribute of parts that are decoration alone, such as the sea and the neighbours of a map."""
ATTRIBUTES = frozenset({
    "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "x2", "y1", "y2", "fx", "fy", "fr", "width", "height", "d",
    "points", "pathLength", "id", "class", "transform", "viewBox", "preserveAspectRatio", "gradientUnits",
    "gradientTransform", "spreadMethod", "offset", "clipPathUnits", "maskUnits", "maskContentUnits",
    "markerUnits", "markerWidth", "markerHeight", "refX", "refY", "orient", "patternUnits",
    "patternContentUnits", "patternTransform", "href", "type", "version", "style", HIDDEN,
})  # fmt: skip
"""The attributes that are kept, in addition to `svg_styles.PROPERTIES`."""
KEPT = ATTRIBUTES | svg_styles.PROPERTIES
ENTITY = "it declares entities, which could load or multiply text", "export it again as plain SVG, without a DOCTYPE"


def sanitised(data: bytes, shown: str, *, flat: bool = False) -> bytes:
    """Return a drawing with nothing but shapes, styles and references within it, and with a view box.

    Raises Problems, each at its line, for anything that would run, move, load, or look different on paper; if `flat`,
    for gradients and masks too. Metadata, comments and an editor's own elements are left out.
    """
    if len(data) > MOST_BYTES:
        message = f"the drawing is {len(data) / 1_000_000:.1f} MB; the limit is {MOST_BYTES // 1_000_000} MB"
        raise one_problem(shown, None, message, "simplify its paths, or export it as PNG")
    root = _Reader(shown, flat).read(data)
    _check_number(root, shown)
    _size_root(root, shown)
    if not any(each.get(HIDDEN) == "true" for each in root.iter()):
        # Nobody says which of its shapes mean something: it may be a logo or an ornament.
        root.set(HIDDEN, "true")
    return written(root)


def check_drawn(svg: bytes, shown: str) -> None:
    """Draw a sanitised drawing to check that WeasyPrint can: it only logs a shape that it can't draw, and goes on.

    Paths of lines and curves alone are left out: it can draw any of them, and a map's would take seconds. Raises
    Problems.
    """
    from weasyprint import HTML  # noqa: PLC0415 -- only a worker that prepares a drawing needs it

    root = parsed(svg)
    for path in root.iter("path"):
        if LINES.fullmatch(path.get("d", "")):
            path.set("d", "M0 0")
    tried = base64.b64encode(written(root)).decode()
    with heard_from("weasyprint") as heard:
        HTML(string=f'<img src="data:image/svg+xml;base64,{tried}">').write_pdf(uncompressed_pdf=True)
    if any("SVG" in message for message in heard):
        hint = "open it in a drawing program, and export it again as plain SVG"
        raise one_problem(shown, None, "one of its shapes can't be drawn", hint)


LINES = re.compile(r"\s*[Mm][\d\s.,eE+\-MmLlHhVvCcZz]*")
"""A path of lines and cubic curves alone."""


def _check_number(root: Element, shown: str) -> None:
    """Refuse a drawing with too many elements once each `<use>` is expanded."""
    try:
        number = drawings.expanded(root)
    except RecursionError:  # a chain of <use>
        number = drawings.ENDLESS
    if number > drawings.MOST_ELEMENTS:
        message = f"it has more than {drawings.MOST_ELEMENTS:,} parts once <use> repeats them"
        raise one_problem(shown, None, message, "repeat fewer parts, or export it as PNG")


def _size_root(root: Element, shown: str) -> None:
    """Give the root a view box, and its size in the units of that; state that its default fill is black."""
    box = _box(root)
    if box is None:
        message = "its size is unknown: it has neither a viewBox nor a width and a height"
        raise one_problem(shown, 1, message, "export it again, with a size")
    stretched = root.get("preserveAspectRatio", "").strip().startswith("none")
    width, height = (stretched and _lengths(root)) or (box[2], box[3])
    root.attrib.pop("preserveAspectRatio", None)
    if stretched:
        root.set("preserveAspectRatio", "none")
    _set_box(root, box, (width, height))
    root.set("fill", root.get("fill", svg_styles.BLACK))


Box = tuple[float, float, float, float]
"""The left, top, width and height of a view box."""


def _set_box(root: Element, box: Box, size: tuple[float, float]) -> None:
    root.set("viewBox", " ".join(f"{number:.6g}" for number in box))
    root.set("width", f"{size[0]:.6g}")
    root.set("height", f"{size[1]:.6g}")


def _box(root: Element) -> Box | None:
    """Return the view box of a drawing, or one made of its width and height; None if neither has a size."""
    numbers = [float(number) for number in NUMBER.findall(_short(root, "viewBox"))]
    if len(numbers) == 4 and min(numbers[2:]) > 0 and all(map(math.isfinite, numbers)):
        return numbers[0], numbers[1], numbers[2], numbers[3]
    size = _lengths(root)
    return (0.0, 0.0, *size) if size else None


def _short(root: Element, name: str) -> str:
    """Return an attribute; empty if it is too long for a size."""
    value = root.get(name, "").strip()
    return value if len(value) <= LONGEST_SIZE else ""


def _lengths(root: Element) -> tuple[float, float] | None:
    """Return the width and height of a drawing in CSS pixels; None if either isn't a length."""
    width, height = (LENGTH.fullmatch(_short(root, name)) for name in ("width", "height"))
    if not width or not height:
        return None
    found = float(width[1]) * UNITS[width[2]], float(height[1]) * UNITS[height[2]]
    return found if min(found) > 0 and all(map(math.isfinite, found)) else None


DIGITS = r"(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?"
NUMBER = re.compile(rf"[-+]?{DIGITS}")
UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
"""The CSS pixels in each unit of length."""
LENGTH = re.compile(rf"\+?({DIGITS})({'|'.join(UNITS)})")
BLANK = re.compile(r"[\s\x00]+")


def size(svg: bytes) -> tuple[float, float]:
    """Return the width and height of a sanitised drawing."""
    root = parsed(svg)
    return float(root.attrib["width"]), float(root.attrib["height"])


def cut(svg: bytes, region: tuple[float, float, float, float]) -> bytes:
    """Crop a sanitised drawing to a region, given by its left, top, right and bottom."""
    root = parsed(svg)
    left, top, right, bottom = region
    x, y, across, down = (float(number) for number in root.attrib["viewBox"].split())
    each_x, each_y = across / float(root.attrib["width"]), down / float(root.attrib["height"])
    box = (x + left * each_x, y + top * each_y, (right - left) * each_x, (bottom - top) * each_y)
    _set_box(root, box, (right - left, bottom - top))
    return written(root)


def parsed(svg: bytes) -> Element:
    """Return the root of a sanitised drawing; its elements have names without the namespace."""
    root = ElementTree.fromstring(svg)  # noqa: S314 -- we wrote it, without entities
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def written(root: Element) -> bytes:
    """Return a drawing as bytes."""
    root.set("xmlns", SVG)
    data: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data


@dataclass
class _Reader:
    """The reading of one drawing: the elements that are open, the element being dropped, and the problems so far."""

    shown: str
    flat: bool
    parser: expat.XMLParserType = field(default_factory=lambda: expat.ParserCreate(namespace_separator="}"))
    open: list[Element] = field(default_factory=list)
    dropped: int = 0
    styled: int = 0
    root: Element | None = None
    problems: list[Problem] = field(default_factory=list)

    def read(self, data: bytes) -> Element:
        """Return the root of the drawing. Raises Problems if anything in it is refused, or if it isn't XML."""
        self._connect()
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            self._refuse(f"it isn't well-formed XML ({expat.ErrorString(error.code)})", "export the drawing again")
        except (ValueError, LookupError):
            self._refuse("its text encoding is unknown", "save it in UTF-8")
        except RecursionError:
            self._refuse("its styles have too many brackets within each other", "export it again, with plain styles")
        raise_any(self.problems)
        if self.root is None:
            raise one_problem(self.shown, 1, "it isn't an SVG drawing", "export it again as SVG")
        return self.root

    def _connect(self) -> None:
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = lambda *_: self._stop(*ENTITY)
        self.parser.SkippedEntityHandler = lambda *_: self._stop(*ENTITY)
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _refuse(self, message: str, hint: str) -> None:
        self.problems.append(Problem(self.shown, self.parser.CurrentLineNumber, message, hint))

    def _stop(self, message: str, hint: str) -> None:
        """Refuse the drawing without reading any more of it."""
        self._refuse(message, hint)
        raise Problems(self.problems)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, own: int) -> None:
        """Refuse a DOCTYPE with declarations of its own; the usual one, which nothing loads, is left out."""
        if own:
            self._stop(*ENTITY)

    def _instruction(self, target: str, _data: str) -> None:
        if target == "xml-stylesheet":
            self._refuse(*OUTSIDE)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition("}")
        for key, value in attributes.items():
            if key.lower().startswith("on") or "javascript:" in BLANK.sub("", value).lower():
                self._refuse(*SCRIPT)
        if local in REFUSED and (space in ("", SVG) or REFUSED[local] is SCRIPT):
            self._refuse(*REFUSED[local])
        elif self.flat and local in SHADES:
            self._refuse(*FLAT)
        if len(self.open) + self.dropped > MOST_DEPTH:
            self._stop(f"it has more than {MOST_DEPTH} elements within each other", "ungroup them, or export it as PNG")
        if self.dropped or not self._drawn(space, local):
            self.dropped += 1
        else:
            self._keep("g" if local == "a" else local, attributes)

    def _drawn(self, space: str, local: str) -> bool:
        """Return whether an element draws; the first must be <svg>."""
        return space in ("", SVG) and (local in DRAWN if self.open else local == "svg")

    def _keep(self, local: str, attributes: Mapping[str, str]) -> None:
        element = Element(local, dict(self._kept(local, attributes)))
        if self.open:
            self.open[-1].append(element)
        elif self.root is None:
            self.root = element
        self.open.append(element)

    def _kept(self, local: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the attributes that an element keeps, with their colours in one form."""
        for name, value in attributes.items():
            space, _, plain = name.rpartition("}")
            if space not in ("", XLINK) or plain not in KEPT or "\0" in value:
                continue
            if plain == "href":
                yield from self._reference(local, value)
            elif plain == "style":
                self._count_styles(value)
                yield plain, self._declared(value)
            else:
                yield from self._property(plain, value)

    def _reference(self, local: str, value: str) -> Iterator[tuple[str, str]]:
        if value.strip().startswith("#"):
            yield "href", value.strip()
        elif local != "g":
            self._refuse(*OUTSIDE)

    def _property(self, name: str, value: str) -> Iterator[tuple[str, str]]:
        if name in svg_styles.COLOURS or "(" in value:
            self._count_styles(value)
        if svg_styles.loads(value):
            self._refuse(*OUTSIDE)
        elif name not in svg_styles.COLOURS:
            yield name, value
        elif (colour := svg_styles.colour(value)) is not None:
            yield name, colour
        else:
            self._refuse(f'the colour "{value[:40]}" is unknown', "use a colour such as #16243A")

    def _declared(self, text: str) -> str:
        found = svg_styles.declarations(text)
        kept = [f"{name}:{shown}" for each, value in found for name, shown in self._property(each, value)]
        return ";".join(kept)

    def _end(self, _name: str) -> None:
        if self.dropped:
            self.dropped -= 1
            return
        element = self.open.pop()
        if element.tag == "style":
            element.text = self._sheet(element.text or "")

    def _count_styles(self, text: str) -> None:
        self.styled += len(text)
        if self.styled > MOST_STYLES:
            self._stop(f"its styles have more than {MOST_STYLES:,} letters", "simplify it, or export it as PNG")

    def _sheet(self, text: str) -> str:
        rules, imports = svg_styles.rules(text)
        if imports:
            self._refuse(*OUTSIDE)
        return "".join(f"{selector}{{{self._declared(content)}}}" for selector, content in rules)

    def _text(self, text: str) -> None:
        """Keep the text of a style sheet; no other text draws."""
        if not self.dropped and self.open and self.open[-1].tag == "style":
            self._count_styles(text)
            self.open[-1].text = (self.open[-1].text or "") + text
