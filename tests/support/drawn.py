"""Charts as drawn: the look that tests draw with, and the texts and shapes read back from an SVG."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from PIL import ImageFont

from briefpack.layout.look import Face, Look

PROJECT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
SLACK_PT = 0.6
COLOURS = {
    "ink": "#16243A",
    "signal": "#C8452D",
    "support": "#2C6E7F",
    "sand": "#F5F1E8",
    "mist": "#DDE5E8",
    "grey": "#5B6470",
    "paper": "#FFFFFF",
    "rule": "#C9CFD4",
    "slate": "#7D8D99",
    "bar": "#63727F",
    "steel": "#3E5360",
}
SIZES_PT = {"chart-label": 8.5, "chart-value": 9.5, "chart-note": 7.5, "chart-figure": 30, "chart-numeral": 27}
FACE = re.compile(r'family: "([^"]+)"; font-weight: (\d+);( font-style: italic;)? src: url\(([^)]+)\)')


class Text(NamedTuple):
    """A line of text as drawn, and the box of its ink in points."""

    words: str
    style: str
    box: tuple[float, float, float, float]


def house_look() -> Look:
    """Make the look that the tests draw with, from the faces of the project itself."""
    css = (PROJECT / "fonts" / "fonts.css").read_text(encoding="utf-8")
    faces = tuple(Face(*found) for found in ((m[1], int(m[2]), bool(m[3]), m[4]) for m in FACE.finditer(css)))
    return Look(colours=COLOURS, sizes_pt=SIZES_PT, lengths={}, family="Source Sans 3", faces=faces)


def read(svg: bytes) -> ET.Element:
    """Parse an SVG that the project drew."""
    return ET.fromstring(svg)  # noqa: S314


@functools.cache
def font(weight: str) -> ImageFont.FreeTypeFont:
    """Open a font face with a library that the charts don't use."""
    sans = {"400": "Regular", "600": "Semibold", "700": "Bold"}
    path = f"source-sans-3/SourceSans3-{sans[weight]}" if weight in sans else "source-serif-4/SourceSerif4Display-Light"
    return ImageFont.truetype(PROJECT / "fonts" / f"{path}.ttf", 1000)


def size_of(style: str) -> float:
    """Read the size of a text, in points."""
    found = re.search(r"font-size: ([\d.]+)px", style)
    assert found, style
    return float(found[1])


def start_of(text: ET.Element) -> tuple[float, float]:
    """Read where a line of text starts."""
    shift = re.match(r"translate\((\S+) (\S+)\)", text.get("transform", ""))
    assert shift, text.attrib
    return float(shift[1]), float(shift[2])


def texts(svg: ET.Element) -> list[Text]:
    """Read every line of text with the box of its ink."""
    found = []
    for element in svg.iter(f"{SVG}text"):
        style, words = element.get("style", ""), element.text or ""
        size_pt = size_of(style)
        weight = re.search(r"font-weight: (\d+)", style)
        ink = font(weight[1] if weight else "400").getbbox(words, anchor="ls")
        x, y = start_of(element)
        left, top, right, bottom = (side * size_pt / 1000 for side in ink)
        found.append(Text(words, style, (x + left, y + top, x + right, y + bottom)))
    return found


def filled(svg: ET.Element, *names: str) -> list[tuple[float, float, float, float]]:
    """Read the boxes of the shapes filled with colours, in the order drawn."""
    wanted = {f"fill: {COLOURS[name].lower()}" for name in names}
    boxes = []
    for path in svg.iter(f"{SVG}path"):
        if wanted & set(path.get("style", "").split("; ")):
            numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d", ""))]
            xs, ys = numbers[::2], numbers[1::2]
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    return boxes


def overlapping(found: list[Text]) -> list[tuple[str, str]]:
    """Name the pairs of texts whose ink boxes meet."""
    pairs = []
    for place, first in enumerate(found):
        for second in found[place + 1 :]:
            left, top = (max(first.box[side], second.box[side]) for side in (0, 1))
            right, bottom = (min(first.box[side], second.box[side]) for side in (2, 3))
            if right > left and bottom > top:
                pairs.append((first.words, second.words))
    return pairs


def outside(svg: ET.Element) -> list[str]:
    """Name the texts that leave the sheet."""
    _, _, width, height = (float(number) for number in svg.get("viewBox", "").split())
    inside = (-SLACK_PT, -SLACK_PT, width + SLACK_PT, height + SLACK_PT)
    return [
        text.words
        for text in texts(svg)
        if text.box[0] < inside[0] or text.box[1] < inside[1] or text.box[2] > inside[2] or text.box[3] > inside[3]
    ]


def leaders(svg):
    """Return the points of each line that isn't filled."""
    found = []
    for path in svg.iter(f"{SVG}path"):
        if "fill: none" in path.get("style", ""):
            numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d", ""))]
            found.append([*zip(numbers[::2], numbers[1::2], strict=True)])
    return found
