"""Find the colours of a sanitised SVG drawing, and change them."""

import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from briefpack.images import svg_styles
from briefpack.images.drawing import parsed, written

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
