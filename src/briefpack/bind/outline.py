"""Write the outline of a document, and the destinations of the links within it."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pikepdf import String

from briefpack.bind.parts import Part, Parts
from briefpack.bind.relocate import Bookmark, PieceItems
from briefpack.bind.writer import Objects, decimals
from briefpack.pages import BACK


def destinations(parts: Parts) -> bytes:
    """Return the entry of the catalog's names for the destinations of links, in whichever piece they are."""
    views: dict[str, bytes] = {}
    for body in parts.bodies:
        for name, (page, view) in body.piece.destinations.items():
            views.setdefault(name, b"[%d 0 R %b]" % (body.first + page, view))
    linked = frozenset[str]().union(*(part.piece.linked for part in parts.all))
    for name in (name for name in linked if name.startswith(BACK)):
        number, _, place = name.removeprefix(BACK).partition(":")
        if number.isdecimal() and (found := _first_on(parts, int(number), place)):
            views[name] = found
    names = b" ".join(String(name).unparse() + views[name] for name in sorted(linked & views.keys()))
    return b"/Dests<</Names[%b]>>" % names if names else b""


def _first_on(parts: Parts, page: int, name: str) -> bytes | None:
    """Return the view of the first link on a page, or in a slot on it, that leads to a place: from the top of the link."""
    if not 0 < page <= len(parts.pages):
        return None
    number, _, body = parts.pages[page - 1]
    key = String(name).unparse()
    laid = ((part, 0) for part in parts.overlays if part.page == number)
    for part, index in ((body, number - body.first), *laid):
        if corner := _first_links(part.piece).get((index, key)):
            at = (side + shift for side, shift in zip(corner, part.shift, strict=True))
            return b"[%d 0 R /XYZ %b 0]" % (number, decimals(at))
    return None


# Cached, as many documents share a long body.
@functools.lru_cache(maxsize=64)
def _first_links(piece: PieceItems) -> dict[tuple[int, bytes], tuple[float, float]]:
    """Return the top left corner of the first link on each page of a piece to each place; a slot's piece has one page."""
    found: dict[tuple[int, bytes], tuple[float, float]] = {}
    for index, links in enumerate([page.links for page in piece.pages] or [tuple(piece.rectangles)]):
        for link in links:
            if place := LEADS_TO.search(piece.items[link].text):
                left, _, _, top = piece.rectangles[link]
                found.setdefault((index, place[1]), (left, top))
    return found


LEADS_TO = re.compile(rb"/Dest (\((?:\\.|[^\\)])*\))", re.DOTALL)


TOP = 2
"""The heading level down to which every entry is at the top: the title of a document and its chapters are side by side."""


@dataclass(frozen=True)
class Entry:
    """An entry in the outline of a document, with the piece that it leads to and the entries below it."""

    body: Part
    bookmark: Bookmark
    below: list["Entry"]


def write(objects: Objects, parts: Parts) -> bytes:
    """Write the outline, if there is one, and return its entry in the catalog."""
    entries = _entries(parts)
    if not entries:
        return b""
    root = objects.number()
    objects.plain[root] = b"<</Type/Outlines%b>>" % _write_below(objects, entries, root)
    return b"/Outlines %d 0 R" % root


def _entries(parts: Parts) -> list[Entry]:
    """Return the outline of a document, where a piece continues the chapter that an earlier piece began."""
    top: list[Entry] = []
    for body in parts.bodies:
        for bookmark in body.piece.bookmarks:
            _beside(top, bookmark.level).append(_entry(body, bookmark))
    return top


def _entry(body: Part, bookmark: Bookmark) -> Entry:
    return Entry(body, bookmark, [_entry(body, each) for each in bookmark.below])


def _beside(entries: list[Entry], level: int) -> list[Entry]:
    """Return the entries that the next one, of some heading level, comes after."""
    while level > TOP and entries and entries[-1].bookmark.level < level:
        entries = entries[-1].below
    return entries


def _write_below(objects: Objects, entries: Sequence[Entry], parent: int) -> bytes:
    """Write the entries below another, all expanded, and return the keys that list them in their parent."""
    numbers = [objects.number() for _ in entries]
    for index, entry in enumerate(entries):
        keys = b"/Title %b/Parent %d 0 R" % (entry.bookmark.title, parent)
        keys += b"/Prev %d 0 R" % numbers[index - 1] if index else b""
        keys += b"/Next %d 0 R" % numbers[index + 1] if index + 1 < len(numbers) else b""
        if entry.below:
            keys += _write_below(objects, entry.below, numbers[index])
        view = b"/Dest[%d 0 R %b]" % (entry.body.first + entry.bookmark.page, entry.bookmark.view)
        objects.plain[numbers[index]] = b"<<%b%b>>" % (keys, view)
    return b"/First %d 0 R/Last %d 0 R/Count %d" % (numbers[0], numbers[-1], sum(1 for _ in _all(entries)))


def _all(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries and every entry below them."""
    for entry in entries:
        yield entry
        yield from _all(entry.below)
