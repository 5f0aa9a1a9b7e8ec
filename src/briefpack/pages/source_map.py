"""Keep where each element of a page comes from: the line of its template, and the part of the brief that it prints."""

import base64
import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from briefpack.geometry import Rectangle
from briefpack.layout.addresses import FOLDER
from briefpack.pages.model import Piece
from briefpack.schema import Model
from briefpack.text.yaml_lines import Loc

MARK = "written-at"
"""The attribute of a tag that has its template and line, until the page becomes a piece."""
NUMBER = "data-place"
"""The attribute by which a laid-out element is known: the number of its tag in the HTML of its piece, from 0."""
OF_NUMBER = re.compile(rf' {NUMBER}="(\d+)"')
# A remark or a tag of Jinja, a remark of HTML, or a tag of HTML up to the end of its name.
WRITTEN = re.compile(
    r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->"
    r"|(?P<html></?(?!w?br\b)[A-Za-z][\w:-]*(?:\{\{[^{}]*\}\})?(?=[\s/>]|\{%|\{\{))",
    re.DOTALL,
)
MARKED = re.compile(rf' {MARK}="([^"]*)"')
OF_END = re.compile(rf'(</[^\s>]+) {MARK}="[^"]*"')
"""The mark of an end tag, which only the parser of faults needs."""
# The rest of a tag: quoted values, which may have a >, and anything else up to it.
REST = r"(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^>\"'])*?)(?P<close>\s*/?>)"
START = re.compile(rf"<(?P<name>[A-Za-z][^\s/>]*){REST}")
# A remark with the name of the field that begins here, or a tag.
PART = re.compile(rf"<!--at (?P<field>\S+)-->|<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*){REST}")
NAMED = re.compile(r"<!--at \S+-->")
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


@dataclass(frozen=True)
class Source:
    """Where an element comes from: its template and line, its tag, and the field of the brief that it prints.

    The field is named by its keys and indexes, such as `asks.2.title`; it is empty if the brief has none. `image` is
    the address of what an image shows.
    """

    path: str
    line: int
    tag: str
    field: str
    image: str = ""


def marked(source: str, template: str) -> str:
    """Return a template whose tags say in an attribute which line of the template they are on."""

    def mark(tag: re.Match[str]) -> str:
        line = source.count("\n", 0, tag.start()) + 1
        return f'{tag[0]} {MARK}="{template}:{line}"' if tag["html"] else tag[0]

    return WRITTEN.sub(mark, source)


def fields(part: object, loc: Loc = ()) -> Iterator[tuple[int, str]]:
    """Yield the identity of every text in a part of a brief, with the name of its field."""
    if isinstance(part, str):
        yield id(part), ".".join(map(str, loc))
    elif isinstance(part, Model | Mapping):
        for name, value in dict(part).items():
            yield from fields(value, (*loc, name))
    elif isinstance(part, tuple):
        for index, item in enumerate(part):
            yield from fields(item, (*loc, index))


def named(text: str, html: str, known: Mapping[int, str]) -> str:
    """Return the HTML of a text, after the name of its field if it is one of the brief's."""
    field = known.get(id(text)) if html else None
    return f"<!--at {field}-->{html}" if field else html


def unmarked(html: str) -> str:
    """Return HTML without its marks."""
    return NAMED.sub("", MARKED.sub("", html))


def separated(html: str) -> tuple[str, bytes]:
    """Return a page without marks, and the compressed sources of its tags, in order.

    A tag without a mark has the source of the element around it.
    """
    sources, around = list[list[str]](), list[tuple[str, list[str]]]()

    def without_mark(part: re.Match[str]) -> str:
        if part["name"] is None:
            if around and not around[-1][1][1]:
                around[-1][1][1] = part["field"]
            return ""
        _, outer = around[-1] if around else ("", ["", ""])
        mark = MARKED.search(part["rest"])
        if part["end"]:
            while any(name == part["name"] for name, _ in around) and around.pop()[0] != part["name"]:
                pass
        else:
            sources.append([mark[1] if mark else outer[0], outer[1]])
            if part["name"].lower() not in VOID and not part["close"].endswith("/>"):
                around.append((part["name"], sources[-1]))
        return NAMED.sub("", part[0].replace(mark[0], "", 1) if mark else part[0])

    plain = PART.sub(without_mark, html)
    return plain, zlib.compress("\n".join(map(" ".join, sources)).encode())


def numbered(html: str) -> str:
    """Return the HTML of a piece with the number of each start tag in an attribute; a piece is numbered once."""
    if f' {NUMBER}="' in html:
        return html
    numbers = count()
    return START.sub(lambda tag: f'<{tag["name"]}{tag["rest"]} {NUMBER}="{next(numbers)}"{tag["close"]}', html)


def fields_of(piece: Piece) -> Iterator[str]:
    """Yield the field that each element of a piece prints, in the order of their numbers; nothing if it prints none."""
    for line in zlib.decompress(piece.sources).decode().split("\n") if piece.sources else ():
        yield line.partition(" ")[2]


def source(html: str, sources: bytes, number: int) -> Source | None:
    """Return the source of the element with a number in the HTML of a piece; None if it isn't known."""
    lines = zlib.decompress(sources).decode().split("\n") if sources else []
    if number >= len(lines) or not lines[number].strip():
        return None
    place, _, field = lines[number].partition(" ")
    template, _, line = place.rpartition(":")
    tag = next(tag for tag in START.finditer(numbered(html)) if f' {NUMBER}="{number}"' in tag["rest"])
    classes, image = CLASS.search(tag["rest"]), IMAGE.search(tag["rest"])
    name = f"<{tag['name']}{classes[0] if classes else ''}>"
    return Source(f"{FOLDER}/{template}", int(line), name, field, image[1] if image else "")


def of_pattern(piece: Piece, pattern: str) -> Iterator[Source]:
    """Yield the source of each element that has what a pattern finds, in its tag or in the text after it."""
    html = numbered(piece.html)
    tags = [*START.finditer(html)]
    for found in re.finditer(pattern, html):
        *_, tag = (tag for tag in tags if tag.start() <= found.start())
        [number] = OF_NUMBER.findall(tag["rest"])
        if place := source(html, piece.sources, int(number)):
            yield place


CLASS = re.compile(r'\sclass="[^"]*"')
IMAGE = re.compile(r'\ssrc="([^"]*)"')


def packed(places: Iterable[tuple[int, int, Rectangle]]) -> str:
    """Return the page, the number and the box of the texts and images of a piece in short form."""
    found = array("i", (round(each) for page, number, box in places for each in (page, number, *box)))
    return base64.b85encode(zlib.compress(found.tobytes())).decode()


class Shown(NamedTuple):
    """A piece with the packed places of its texts and images, and a place on one of its pages."""

    piece: Piece
    places: str
    page: int
    box: Rectangle


def at(several: Iterable[Shown]) -> Source | None:
    """Return the source of the text or image that covers most of some places; None if none is there.

    Of two that cover as much, such as a line of type on a picture, it is the smaller one.
    """
    covering = [found for shown in several for found in _covering(shown)]
    *_, piece, number = max(covering, key=lambda found: found[:2], default=(0.0, 0.0, None, 0))
    return source(piece.html, piece.sources, number) if piece else None


HEADING = re.compile("<h[1-6]")


def above(several: Iterable[Shown]) -> Source | None:
    """Return the source of the part that ends above some places: of its heading there or, without one, its last text.

    A page that has no text of the brief there gives its own last text or image.
    """
    found = [(each, box, number) for each in several for number, box in _on_page(each)]
    # The places are rounded to whole points.
    higher = [each for each in found if each[1].bottom > each[0].box.top - 1]
    higher.sort(key=lambda each: each[1].bottom)
    last_text = last = None
    for shown, _, number in higher:
        written = source(shown.piece.html, shown.piece.sources, number)
        if written and written.field:
            if HEADING.match(written.tag):
                return written
            last_text = last_text or written
        last = last or written
    return last_text or last


def on_page(shown: Shown) -> Iterator[tuple[Rectangle, Source]]:
    """Yield the place of each text and image on a page of a piece, and its source if that is known."""
    for number, box in _on_page(shown):
        if known := source(shown.piece.html, shown.piece.sources, number):
            yield box, known


def _on_page(shown: Shown) -> Iterator[tuple[int, Rectangle]]:
    """Yield the number of the element of each text and image on a page, and its place."""
    found = array("i", zlib.decompress(base64.b85decode(shown.places)) if shown.places else b"")
    for start in range(0, len(found), 6):
        page, number, *sides = found[start : start + 6]
        if page == shown.page:
            yield number, Rectangle(*sides)


def _covering(shown: Shown) -> Iterator[tuple[float, float, Piece, int]]:
    """Yield how much of a place each text and image there covers, its area below zero, and its element's number."""
    for number, box in _on_page(shown):
        if box.meets(shown.box):
            both = box.overlap(shown.box)
            share = both.width * both.height / max(shown.box.width * shown.box.height, 1.0)
            yield round(share, 1), -box.width * box.height, shown.piece, number
