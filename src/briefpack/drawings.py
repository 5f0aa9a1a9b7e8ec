"""Measure SVG drawings before they are drawn: a few lines of `<use>` can stand for more than any page can hold."""

from pathlib import Path
from xml.etree import ElementTree

from briefpack import store

MOST_ELEMENTS = 20_000
"""A drawing of this many elements takes about a minute to lay out."""
HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
ENDLESS = MOST_ELEMENTS + 1

_COUNTED: dict[str, int] = {}


def elements(path: Path) -> int:
    """Return how many elements a drawing comes to once every `<use>` is drawn; more than MOST_ELEMENTS if too many.

    A file that isn't XML counts as none: that it can't be drawn is said where it is.
    """
    key = store.file_key(path)
    if key not in _COUNTED:
        _COUNTED[key] = _counted(path.read_bytes())
    return _COUNTED[key]


def _counted(data: bytes) -> int:
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 -- expat 2.4 and later bounds what entities grow to
        by_id = {element.get("id", ""): element for element in root.iter()}
        return min(_count(root, by_id, {}), ENDLESS)
    except (ElementTree.ParseError, ValueError, RecursionError):
        return 0


def _count(element: ElementTree.Element, by_id: dict[str, ElementTree.Element], known: dict[int, int]) -> int:
    """Count an element, what is in it, and what its `<use>` repeats; one that leads back to itself has no end."""
    if id(element) not in known:
        known[id(element)] = ENDLESS
        inner = [*element]
        used = next((element.get(name, "") for name in HREFS if element.get(name)), "")
        if element.tag.rpartition("}")[2] == "use" and used[1:] in by_id:
            inner.append(by_id[used[1:]])
        known[id(element)] = min(1 + sum(_count(each, by_id, known) for each in inner), ENDLESS)
    return known[id(element)]
