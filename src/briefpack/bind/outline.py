"""Write the outline of a document, and the destinations of the links within it."""

from collections.abc import Iterable, Iterator, Sequence

from pikepdf import String

from briefpack.bind.parts import Part, Parts
from briefpack.bind.relocate import Bookmark
from briefpack.bind.writer import Objects


def destinations(parts: Parts) -> bytes:
    """Return the catalog's entry for the destinations of links within the document, in whichever piece they are."""
    views: dict[str, bytes] = {}
    for body in parts.bodies:
        for name, (page, view) in body.piece.destinations.items():
            views.setdefault(name, b"[%d 0 R %b]" % (body.first + page, view))
    linked = frozenset[str]().union(*(part.piece.linked for part in parts.all))
    names = b" ".join(String(name).unparse() + views[name] for name in sorted(linked & views.keys()))
    return b"/Names<</Dests<</Names[%b]>>>>" % names if names else b""


def write(objects: Objects, parts: Parts) -> bytes:
    """Write the outline, if there is one, and return its entry in the catalog."""
    bookmarks = [(body, bookmark) for body in parts.bodies for bookmark in body.piece.bookmarks]
    if not bookmarks:
        return b""
    root = objects.number()
    objects.plain[root] = b"<</Type/Outlines%b>>" % _write_below(objects, bookmarks, root)
    return b"/Outlines %d 0 R" % root


def _write_below(objects: Objects, bookmarks: Sequence[tuple[Part, Bookmark]], parent: int) -> bytes:
    """Write the bookmarks below another, all expanded, and return the entries that list them in their parent."""
    numbers = [objects.number() for _ in bookmarks]
    for index, (body, bookmark) in enumerate(bookmarks):
        entries = b"/Title %b/Parent %d 0 R" % (bookmark.title, parent)
        entries += b"/Prev %d 0 R" % numbers[index - 1] if index else b""
        entries += b"/Next %d 0 R" % numbers[index + 1] if index + 1 < len(numbers) else b""
        if bookmark.below:
            entries += _write_below(objects, [(body, each) for each in bookmark.below], numbers[index])
        view = b"/Dest[%d 0 R %b]" % (body.first + bookmark.page, bookmark.view)
        objects.plain[numbers[index]] = b"<<%b%b>>" % (entries, view)
    count = sum(1 for _ in _all(bookmark for _, bookmark in bookmarks))
    return b"/First %d 0 R/Last %d 0 R/Count %d" % (numbers[0], numbers[-1], count)


def _all(bookmarks: Iterable[Bookmark]) -> Iterator[Bookmark]:
    """Yield bookmarks and every bookmark below them."""
    for bookmark in bookmarks:
        yield bookmark
        yield from _all(bookmark.below)
