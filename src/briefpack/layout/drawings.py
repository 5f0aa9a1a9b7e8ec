"""Count the elements of SVG drawings before layout: a few lines of `<use>` can multiply into millions."""

from pathlib import Path
from xml.etree import ElementTree

from briefpack import store

MOST_ELEMENTS = 20_000
"""The most elements in a drawing; this many take about a minute to lay out."""
HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
ENDLESS = MOST_ELEMENTS + 1

_COUNTED: dict[str, int] = {}


def elements(path: Path) -> int:
    """Return the number of elements in a drawing once every `<use>` is expanded, but at most MOST_ELEMENTS + 1.

    A file that isn't XML counts as 0: the problem is reported where it is drawn.
    """
    key = store.file_key(path)
    if key not in _COUNTED:
        _COUNTED[key] = _counted(path.read_bytes())
    return _COUNTED[key]


def _counted(data: bytes) -> int:
    try:
        return expanded(ElementTree.fromstring(data))  # noqa: S314 -- expat 2.4 and later limits entities
    except (ElementTree.ParseError, ValueError, RecursionError):
        return 0


def expanded(root: ElementTree.Element) -> int:
    """Return the number of elements below a root once every `<use>` is expanded, but at most MOST_ELEMENTS + 1."""
    by_id = {element.get("id", ""): element for element in root.iter()}
    return min(_count(root, by_id, {}), ENDLESS)


def _count(element: ElementTree.Element, by_id: dict[str, ElementTree.Element], known: dict[int, int]) -> int:
    """Count an element, its contents, and anything its `<use>` repeats; one that repeats itself is endless."""
    if id(element) not in known:
        known[id(element)] = ENDLESS
        inner = [*element]
        used = next((element.get(name, "") for name in HREFS if element.get(name)), "")
        if element.tag.rpartition("}")[2] == "use" and used[1:] in by_id:
            inner.append(by_id[used[1:]])
        known[id(element)] = min(1 + sum(_count(each, by_id, known) for each in inner), ENDLESS)
    return known[id(element)]
