"""Take the words of a link, a spoken name, a structure type and a language from the HTML into structure elements.

WeasyPrint describes a link by its target (`pdf/anchors.py`), knows no `aria-label`, has no structure type for the
number that labels an item of a list unless it is a marker, says capitals of a style sheet as capitals, makes a link
within the link of the text that a style sheet prints before or after it, makes a paragraph within the paragraph of its
lines beside a block or a float, has no expansion for `abbr`, and writes the language of the document alone (pull
request 1695). We found no issue about these; 2482 is about PDF/UA as a whole.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, NamedTuple

from weasyprint import Document
from weasyprint import pdf as writing
from weasyprint.pdf import tags

from briefpack.typeset.weasyprint import boxes, tree
from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.replacement import Replacement

TYPE = "data-tag"
"""The attribute that names an element's structure type (ISO 32000-1, 14.8.4), such as `Lbl`."""
UNSPOKEN = re.compile("[\u00ad\u200b]")
"""Characters that only allow a break."""
WORD = re.compile(r"[^\s\0]+\s*")
"""A word, with the space after it."""
NAME = "aria-label"
HIDDEN = "aria-hidden"
"""The attribute of an element that only repeats what is said elsewhere; outside the tree, it becomes an artifact."""
TOLD = "aria-details"
"""The attribute of a hidden drawing that its page tells in words: no ornament, since its marks must be seen."""

Element = Any
"""A structure element as it is written; pydyf's dictionaries are untyped."""
File = Any
"""A PDF as it is written, which is untyped too."""


def replacements() -> Iterator[Replacement]:
    """Yield a `_build_box_tree` that completes each element of the tree."""
    build = tags._build_box_tree  # noqa: SLF001 -- it has no public name

    def build_complete(box: Box, parent: Element, pdf: File, page: int, *others: object) -> Iterator[dict[str, object]]:
        elements = build(box, parent, pdf, page, *others)
        if not boxes.is_main(box):
            yield from map(_labelling, repeat(box), elements)
            return
        for element in elements:
            _complete(box, element)
            if box.style["text_transform"] == "uppercase":
                _say_as_typed(box, element, pdf)
            if box.element.get(HIDDEN) == "true" and not _is_told(box):
                continue
            if is_noted(box) and not boxes.is_anonymous(box):
                _note_for_reading(box, element, parent, pdf, page)
            yield element

    yield Replacement(tags, "_build_box_tree", build_complete)


DASHES, BULLET = {"–", "—", "-", "−"}, "•"
"""What a style sheet may print before an item in place of a bullet, as which it is heard: a dash is read as a word."""


def _labelling(box: Box, element: dict[str, object]) -> dict[str, object]:
    """Return the element of a box that a style sheet makes, such as a list item's bullet or a note's number."""
    made = str(getattr(box, "element_tag", ""))
    if boxes.is_footnotes(box):
        element["S"] = tree.NOTES
    elif made == "li::before":
        element["S"] = "/Lbl"
        if "".join(each.text for each in boxes.walk(box) if boxes.is_text(each)).strip() in DASHES:
            element["ActualText"] = tags.pydyf.String(BULLET)
    elif made.endswith("::footnote-call"):
        element["S"] = "/Reference"
    elif element["S"] == "/Link" and not box.link_annotation:
        # What a style sheet prints after a link, such as its address, is within that link.
        element["S"] = "/Span"
    return element


LINES = frozenset({"/P", "/Caption", "/TOCI", *(f"/H{level}" for level in range(1, 7))})
"""The types of elements that hold lines, and no element of their own type."""


def _is_told(box: Box) -> bool:
    return box.element.tag == "img" and TOLD in box.element.attrib


def _complete(box: Box, element: dict[str, object]) -> None:
    html = box.element
    if html.get(HIDDEN) == "true" and _is_told(box):
        element["S"] = tree.DRAWING
        return
    if TYPE in html.attrib:
        # The body of a list's item of another type is no element of its own.
        element["S"] = f"/{html.get(TYPE)}" if element["S"] != "/LBody" else "/NonStruct"
    if boxes.is_anonymous(box) and element["S"] in LINES:
        element["S"] = "/NonStruct"
        return
    if html.tag == "table":
        _complete_table(box, element)
    if html.tag == "abbr" and html.get("title"):
        element["S"], element["E"] = "/Span", tags.pydyf.String(html.get("title"))
    if box.link_annotation:
        box.link_annotation["Contents"] = tags.pydyf.String(_words(box))
    if html.tag == "span" and html.get("lang"):
        element["Lang"] = tags.pydyf.String(html.get("lang"))
    if NAME in html.attrib and element["S"] in ("/Link", "/Span"):
        # Within a line, it is heard apart from the word before.
        element["Alt"] = tags.pydyf.String(" " * (element["S"] == "/Span") + html.get(NAME))


def _say_as_typed(box: Box, element: Element, pdf: File) -> None:
    """Give words that a style sheet sets in capitals their own letters: some voices spell capitals out."""
    lines = (each.children if boxes.is_line(each) else [each] for each in getattr(box, "children", ()))
    texts = [each.text for line in lines for each in line if boxes.is_text(each)]
    words = WORD.findall("\0".join(text or "" for text in (box.element.text, *(kid.tail for kid in box.element))))
    if sum(len(text.split()) for text in texts) != len(words):
        return
    held = [pdf.objects[int(kid.split()[0])] for kid in element["K"] if isinstance(kid, bytes)]
    spans = [each for each in held if isinstance(each.get("K"), list) and isinstance(next(iter(each["K"]), None), int)]
    for span, text in zip(spans, texts, strict=False):
        own, words = words[: len(text.split())], words[len(text.split()) :]
        said = " " * text.startswith(" ") + "".join(f"{word.strip()} " if word[-1].isspace() else word for word in own)
        span["ActualText"] = tags.pydyf.String(said)


def _words(box: Box) -> str:
    """Return the words that name a link: its spoken name, else its text and the alternative texts of its images."""
    html = box.element
    texts = (html.get(NAME) or "".join(html.itertext()), *(image.get("alt", "") for image in html.iter("img")))
    return UNSPOKEN.sub("", " ".join(" ".join(texts).split()))


READ = "data-read"
"""The attribute: `first` or `last` in its parent, `before` or `after` the element of an id on its page or a later one,
or `into` it, where it is read before the words of that element."""
MOVED = "elsewhere-"
"""How the id of an element that was moved begins, for the checks of a finished file."""


class _Place(NamedTuple):
    element: Element
    parent: Element
    page: int


@dataclass
class _Noted:
    """The elements of one file with an id, by page and id, and the elements to be read elsewhere, by their box."""

    places: dict[tuple[int, str], _Place] = field(default_factory=dict)
    moves: dict[int, tuple[_Place, str]] = field(default_factory=dict)
    behind: Counter[int] = field(default_factory=Counter)
    """The number of elements put after each element: several of them keep the order of the HTML."""


def _note_for_reading(box: Box, element: Element, parent: Element, pdf: File, page: int) -> None:
    """Note an element that is to be read elsewhere, or that another may be read beside."""
    html, place = box.element, _Place(element, parent, page)
    noted = _noted(pdf)
    if name := html.get("id"):
        noted.places[page, name] = place
    if READ in html.attrib:
        # A list's item is built twice, the outer element last.
        noted.moves[id(box)] = place, html.get(READ)


def reading_order() -> Iterator[Replacement]:
    """Yield an `add_tags` that puts elements where they are to be read, as their `data-read` says, once all are there.

    WeasyPrint's tags follow the HTML alone, and the first thing on a page isn't always read first. CSS has properties
    for this, `reading-flow` and `reading-order`, that it doesn't support; we found no issue about them.
    """
    add = writing.add_tags

    def add_in_order(pdf: File, document: Document, version: object, streams: list[Any]) -> None:
        add(pdf, document, version, streams)
        noted = _noted(pdf)
        for number, (place, where) in enumerate(noted.moves.values()):
            if _move(place, where, noted):
                place.element.setdefault("ID", writing.pydyf.String(f"{MOVED}{number}"))
        tree.complete(pdf, document, streams)

    yield Replacement(writing, "add_tags", add_in_order)


def _noted(pdf: File) -> _Noted:
    if not hasattr(pdf, "noted_for_reading"):
        pdf.noted_for_reading = _Noted()
    found: _Noted = pdf.noted_for_reading
    return found


def _move(place: _Place, where: str, noted: _Noted) -> bool:
    """Move an element, and return whether it moved: if its neighbour is on a page before, it stays in its place."""
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
    """Return whether a box belongs to an element with an id, or with a place of its own in reading order."""
    return boxes.has(box, "id") or boxes.has(box, READ)


HEADERS = "headers"
SUMMARY = "aria-label"
"""The attribute of a table that describes its contents."""


def _complete_table(table: Box, element: Element) -> None:
    """Complete the element of a table, whose cells have elements and headers already, as its HTML says.

    WeasyPrint takes the header of a group of rows for the header of its column, and knows neither `headers` nor a
    summary (`pdf/tags.py`; ISO 32000-1, 14.8.5.7). We found no issue about it; 2508 is about scopes.
    """
    if SUMMARY in table.element.attrib:
        element["A"] = tags.pydyf.Dictionary({"O": "/Table", "Summary": tags.pydyf.String(table.element.get(SUMMARY))})
    groups = [*_groups(table)]
    cells = [cell for group in groups for row in group for cell in row]
    of_groups = {id(cell.mark["ID"]) for cell in cells if _heads_group(cell)}
    named = {cell.element.get("id"): cell.mark["ID"] for cell in cells if "ID" in cell.mark}
    for cell in cells:
        kept = [header for header in cell.mark["A"].get("Headers", ()) if id(header) not in of_groups]
        given = [named[name] for name in cell.element.get(HEADERS, "").split() if name in named]
        _head(cell, given or kept)
    for group in groups:
        _add_header_of(group)


def _groups(table: Box) -> Iterator[list[list[Box]]]:
    """Yield each group of a table's rows, as the cells of each row."""
    for child in table.children:
        if child.element_tag in ("thead", "tbody", "tfoot"):
            yield [[cell for cell in row.children if cell.element_tag in ("th", "td")] for row in child.children]
        elif hasattr(child, "children"):
            yield from _groups(child)


def _add_header_of(group: list[list[Box]]) -> None:
    """Add the header of a group of rows, if it has one, to the cells of the rows after it."""
    over = None
    for row in group:
        for cell in row:
            if _heads_group(cell):
                over = cell.mark["ID"]
            elif over:
                _head(cell, [over, *cell.mark["A"].get("Headers", ())])


def _heads_group(cell: Box) -> bool:
    return bool(cell.element.get("scope") == "rowgroup" and "ID" in cell.mark)


def _head(cell: Box, headers: list[object]) -> None:
    if headers or "Headers" in cell.mark["A"]:
        cell.mark["A"]["Headers"] = tags.pydyf.Array(headers)
