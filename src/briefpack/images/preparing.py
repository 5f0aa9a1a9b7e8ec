"""Prepare an image for its place in an edition: cut, made smaller, in the edition's colours, without metadata."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from PIL import Image

from briefpack import store
from briefpack.images import conversion, drawing, encode, pixels, place, svg_styles
from briefpack.images.drawing import parsed, written
from briefpack.images.original import Original
from briefpack.images.pixels import Pixels
from briefpack.images.place import Ink, Wanted
from briefpack.problem import one_problem

CUTOFF_PERCENT = 0.5
"""The share of the darkest and of the lightest pixels that may become black and white."""
DARKEST, LIGHTEST = 64, 191
"""The lightest grey that may become black, and the darkest that may become white: fog remains fog."""
FEW_GREYS = 32
"""A picture with at most this many greys is a drawing, whose greys somebody chose."""
WHITE = 255


@dataclass(frozen=True)
class Prepared:
    """An image for one place in one edition: a file, the size at which it is placed, and its resolution there.

    `ink_percent` is the highest total ink of any pixel in CMYK. A drawing has no pixels; in CMYK, `inks` gives the inks
    of its colours, which the finished page is converted with.
    """

    data: bytes
    suffix: str
    media: str
    width_px: int
    height_px: int
    width_mm: float
    height_mm: float
    dpi: float
    ink_percent: float = 0.0
    inks: Mapping[str, Ink] = field(default_factory=dict)


def prepare(original: Original, wanted: Wanted) -> Prepared:
    """Return an image for its place in an edition. Raises Problems if its file has changed since it was read."""
    _check_unchanged(original)
    if original.drawing:
        return _drawn(original, wanted)
    return _photographed(original, wanted)


def _check_unchanged(original: Original) -> None:
    try:
        same = store.file_key(original.path) == original.digest
    except OSError:
        same = False
    if not same:
        raise one_problem(original.shown, None, "it changed while briefpack was running", "build again")


def _drawn(original: Original, wanted: Wanted) -> Prepared:
    """Return a drawing, sanitised and cut to its place."""
    svg = drawing.sanitised(original.path.read_bytes(), original.shown, flat=wanted.colours == "cmyk")
    drawing.check_drawn(svg, original.shown)
    if wanted.crop:
        svg = drawing.cut(svg, place.region(original, wanted))
    found: dict[str, Ink] = {}
    if wanted.colours == "grey":
        greys = dict(wanted.greys)
        svg = recoloured(svg, {each: greys.get(each) or conversion.grey(each) for each in colours(svg)})
    elif wanted.colours == "cmyk":
        found = conversion.inks(colours(svg), wanted.press, wanted.ink_limit_percent)
    width_mm, height_mm = place.size_mm(original, wanted)
    percent = float(max((sum(ink) for ink in found.values()), default=0))
    return Prepared(svg, ".svg", "image/svg+xml", 0, 0, width_mm, height_mm, math.inf, percent, found)


def _photographed(original: Original, wanted: Wanted) -> Prepared:
    """Return a bitmap image: cut and made smaller first, so that only the pixels that print are converted."""
    found = _sized(original, wanted)
    percent = 0.0
    if wanted.colours == "rgb":
        encoded = encode.for_screen(_for_screen(found, wanted), wanted.most_bytes)
    elif wanted.colours == "grey":
        grey = conversion.to_grey(found, wanted.profile)
        if found.alpha:
            grey = Image.composite(grey, Image.new("L", grey.size, WHITE), found.alpha)
        encoded = encode.in_grey(_contrasted(grey))
    else:
        encoded, percent = encode.in_inks(_for_press(found, wanted), wanted.ink_limit_percent)
    size, size_mm = found.image.size, place.size_mm(original, wanted)
    return Prepared(
        encoded.data, encoded.suffix, encoded.media, *size, *size_mm, place.resolution(size, size_mm), percent
    )


def _sized(original: Original, wanted: Wanted) -> Pixels:
    """Return the pixels of the part of an image that shows, as many as the place needs."""
    left, top, right, bottom = place.region(original, wanted)
    size = place.size_px(original, wanted)
    share = max(size[0] / (right - left), size[1] / (bottom - top))
    least = math.ceil(original.width * share), math.ceil(original.height * share)
    found = pixels.decoded(original.path, original.shown, original.format, least)
    across, down = found.image.width / original.width, found.image.height / original.height
    box = (left * across, top * down, right * across, bottom * down)
    resized = found.image.resize(size, Image.Resampling.LANCZOS, box)
    return pixels.split(resized, found.profile)


def _for_screen(found: Pixels, wanted: Wanted) -> Image.Image:
    """Return a picture in sRGB or grey, with its transparency. What is wholly transparent loses its colour.

    Otherwise anybody could make a face visible again that its author had cut out.
    """
    image = conversion.to_rgb(found, wanted.profile)
    if found.alpha is None:
        return image
    plain = Image.new(image.mode, image.size, "white")
    shown = Image.composite(image, plain, found.alpha.point([0] + [WHITE] * WHITE))
    shown.putalpha(found.alpha)
    return shown


def _contrasted(image: Image.Image) -> Image.Image:
    """Return a grey photograph with its darkest parts made black and its lightest white; a drawing as it is.

    Colours that differ in hue may have much the same grey, and a copier flattens what is left.
    """
    counts = image.histogram()
    if sum(1 for count in counts if count) <= FEW_GREYS:
        return image
    cut = sum(counts) * CUTOFF_PERCENT / 100
    low = min(_level(counts, cut), DARKEST)
    high = max(WHITE - _level(counts[::-1], cut), LIGHTEST)
    return image.point([round(min(max((level - low) / (high - low), 0), 1) * WHITE) for level in range(256)])


def _level(counts: list[int], cut: float) -> int:
    """Return the first level up to which there are more pixels than may be cut off."""
    total = 0
    for level, count in enumerate(counts):
        total += count
        if total > cut:
            return level
    return len(counts) - 1


def _for_press(found: Pixels, wanted: Wanted) -> Image.Image:
    """Return a picture in the inks of a press; where it is transparent, the ground's inks or bare paper show."""
    image = conversion.to_inks(found, wanted.press)
    if found.alpha is None:
        return image
    if wanted.ground is None:
        paper = WHITE if image.mode == "L" else (0, 0, 0, 0)
        return Image.composite(image, Image.new(image.mode, image.size, paper), found.alpha)
    ground = Image.new("CMYK", image.size, tuple(round(share * 2.55) for share in wanted.ground))
    return Image.composite(conversion.in_four_inks(image), ground, found.alpha)


DIGITS = re.compile(r"(?<!\()(#[0-9A-F]{6})([0-9A-F]{2})?\b")
"""A colour, but not the name in a reference; its opacity apart."""
SET = re.compile(rf"(?<![\w-])((?:{'|'.join(svg_styles.COLOURS)}):)([^;}}]*)")
"""A property in a style that sets a colour."""


def colours(svg: bytes) -> tuple[str, ...]:
    """Return the colours of a sanitised drawing, each once, as a hash sign and six digits."""
    found: dict[str, None] = {}

    def note(colour: re.Match[str]) -> str:
        found[colour[1]] = None
        return colour[0]

    _change(parsed(svg), note)
    return tuple(found)


def recoloured(svg: bytes, mapping: Mapping[str, str]) -> bytes:
    """Return a sanitised drawing with each colour in the mapping replaced; opacity remains."""
    root = parsed(svg)
    _change(root, lambda found: mapping.get(found[1], found[1]) + (found[2] or ""))
    return written(root)


Change = Callable[[re.Match[str]], str]


def _change(root: Element, change: Change) -> None:
    """Replace each colour that an attribute, a style or a style sheet sets."""
    for element in root.iter():
        for name in svg_styles.COLOURS:
            if name in element.attrib:
                element.set(name, DIGITS.sub(change, element.attrib[name]))
        if "style" in element.attrib:
            element.set("style", _in_style(element.attrib["style"], change))
        if element.text and element.tag == "style":
            element.text = _in_style(element.text, change)


def _in_style(text: str, change: Change) -> str:
    return SET.sub(lambda found: found[1] + DIGITS.sub(change, found[2]), text)
