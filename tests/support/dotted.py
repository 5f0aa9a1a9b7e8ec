"""Charts of all electorates, drawn with the layout that ships."""

import functools
import re
from xml.etree import ElementTree as ET

from briefpack import charts, electorates, layout
from briefpack.layout.look import Look
from briefpack.plan import ChartOptions, ChartRow, Drawing
from briefpack.project import Project
from projects import REPOSITORY, english

PROJECT = Project(REPOSITORY)
PLAIN = ChartOptions()
SVG = "{http://www.w3.org/2000/svg}"


@functools.cache
def look(edition: str = "screen") -> Look:
    """Return the look of the layout that ships."""
    return layout.load(PROJECT, "ijm", edition, ()).look


@functools.cache
def group() -> electorates.ElectorateSet:
    """Return the electorate set that ships."""
    return electorates.load(PROJECT, "au-federal-2025")


def drawn(kind, rows, size_mm, edition="screen", options=PLAIN, of=None):
    """Draw rows of an electorate set, by default the one that ships, and return the parsed SVG."""
    drawing = Drawing(kind, tuple(rows), *size_mm, options=options)
    svg = charts.draw(drawing, look(edition), english(), PROJECT.root, charts.ground(of or group()))
    return ET.fromstring(svg)  # noqa: S314 -- the project drew it


def words(svg):
    """Return the texts of a drawing, in order."""
    return [text.text for text in svg.iter(f"{SVG}text")]


def spots(svg):
    """Return the dots of a drawing: the colour and the width of their line, and their places."""
    found = []
    for path in svg.iter(f"{SVG}path"):
        style = path.get("style") or ""
        if "stroke-linecap: round" in style:
            colour, width = (
                re.search(r"stroke: (#\w+)", style)[1],
                float(re.search(r"stroke-width: ([\d.]+)", style)[1]),
            )
            places = [(float(x), float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)", path.get("d"))]
            found.append((colour, width, places))
    return found


def row(name, value, **others):
    """Return the row of an electorate with a share."""
    written = "not shown" if value is None else f"{value:g}%"
    return ChartRow(name, value, written, "%", series="People over 65", key=name.lower(), **others)


def rows(*values, strong=None):
    """Return a row for each value, of which one may be strong."""
    return tuple(row(f"Seat{place}", value, strong=place == strong) for place, value in enumerate(values))
