"""Read an element elsewhere than it is in the HTML, as its `data-read` says: what a page shows first isn't always read first.

WeasyPrint's tags follow the HTML alone. CSS has properties for this, `reading-flow` and `reading-order`, that it doesn't
support; we found no issue about them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from weasyprint import pdf as writing

from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.replacement import Replacement

READ = "data-read"
"""The attribute: `first` or `last` in its parent, `before` or `after` the element of an id on its page or a later one, or
`into` it, where it is read before the words of that element."""
MOVED = "elsewhere-"
"""How the id of an element that was moved begins, for the checks of a finished file."""
Element = Any
"""A structure element as it is written; pydyf's dictionaries are untyped."""
File = Any
"""A PDF as it is written, which is untyped too."""


class _Place(NamedTuple):
    element: Element
    parent: Element
    page: int


@dataclass
class _Noted:
    """The elements of one file with an id, by page and id, and those to be read elsewhere, by their box."""

    places: dict[tuple[int, str], _Place] = field(default_factory=dict)
    moves: dict[int, tuple[_Place, str]] = field(default_factory=dict)
    behind: Counter[int] = field(default_factory=Counter)
    """How many elements were put after each other one: several come in their order in the HTML."""


def note(box: Box, element: Element, parent: Element, pdf: File, page: int) -> None:
    """Note an element that is to be read elsewhere, or that another one may be read beside."""
    html, place = box.element, _Place(element, parent, page)
    noted = _noted(pdf)
    if name := html.get("id"):
        noted.places[page, name] = place
    if READ in html.attrib:
        # A list's item is built twice, the outer element last.
        noted.moves[id(box)] = place, html.get(READ)


def replacements() -> Iterator[Replacement]:
    """Yield an `add_tags` that puts elements where they are to be read, once all are there."""
    add = writing.add_tags

    def add_in_order(pdf: File, *others: object) -> None:
        add(pdf, *others)
        noted = _noted(pdf)
        for number, (place, where) in enumerate(noted.moves.values()):
            if _move(place, where, noted):
                place.element.setdefault("ID", writing.pydyf.String(f"{MOVED}{number}"))

    yield Replacement(writing, "add_tags", add_in_order)


def _noted(pdf: File) -> _Noted:
    if not hasattr(pdf, "noted_for_reading"):
        pdf.noted_for_reading = _Noted()
    found: _Noted = pdf.noted_for_reading
    return found


def _move(place: _Place, where: str, noted: _Noted) -> bool:
    """Move an element, and return whether it was: one whose neighbour is on a page before stays in its place."""
    word, _, name = where.partition(" ")
    beside = _neighbour(name, place.page, noted)
    if word not in WORDS or (name and beside is None):
        return False
    place.parent["K"].remove(place.element.reference)
    parent, at = _destination(word, place, beside)
    if word == "after" and beside is not None:
        at += noted.behind[id(beside.element)]
        noted.behind[id(beside.element)] += 1
    parent["K"].insert(at, place.element.reference)
    place.element["P"] = parent.reference
    return True


def _destination(word: str, place: _Place, beside: _Place | None) -> tuple[Element, int]:
    """Return the element that holds a moved one, and how many others come before it there."""
    if beside is None:
        return place.parent, 0 if word == "first" else len(place.parent["K"])
    if word == "into":
        return beside.element, 0
    return beside.parent, beside.parent["K"].index(beside.element.reference) + (word == "after")


def _neighbour(name: str, page: int, noted: _Noted) -> _Place | None:
    """Return the element of an id on a page or, if it isn't there, on the first page after it that has it."""
    pages = [number for number, known in noted.places if known == name and number >= page]
    return noted.places[min(pages), name] if pages else None


WORDS = frozenset({"first", "last", "before", "after", "into"})


def is_noted(box: Box) -> bool:
    """Return whether a box is that of an element with an id, or with a place of its own in reading order."""
    return boxes.has(box, "id") or boxes.has(box, READ)
