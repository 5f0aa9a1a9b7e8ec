"""Complete the structure tree of a piece before its PDF is written.

WeasyPrint doesn't type footnotes as Note (issue 2482), gives header cells no scope (issue 2508; ISO 14289-1, 7.5),
marks margin boxes without adding them to the tree (issue 1836), makes two list items of a term and its meaning, of each
column of a list a list inside it, and of a link over two lines two links, puts labels into the body of their item,
keeps elements without content, and leaves links without the print flag.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from weasyprint import Document
from weasyprint.pdf.tags import pydyf

PRINT_FLAG = 4
OWN = "@own@"
"""The prefix of every id in a prepared piece; binding replaces it with the piece's position, to keep ids unique."""
LEVEL = "HeadingLevel"
"""The key of an outline entry's heading level in a prepared piece; binding drops it."""
DRAWING, NOTES = "/Drawing", "/Notes"
"""The types, until the tree is complete, of a drawing told in words and of the footnotes of a page."""
HELD = re.compile(rb"/MCID (\d+)\s*>>\s*BDC((?:(?!BDC|EMC).)*)EMC", re.DOTALL)
SHOWS = re.compile(rb"\b(?:T[jJ]|Do|sh)\b|[ \n](?:[fFBbSs]\*?)\s")
"""The operators that show text, an image, a shading or a shape (ISO 32000-1, annex A)."""
MARK = re.compile(rb"/(\w+)\s*<<\s*/MCID (\d+)\s*>>\s*BDC")

Element = Any
"""A structure element, whose kids are elements, references to annotations, and ids of marked content."""
File = Any
"""A PDF as it is written; pydyf's objects are untyped."""
Marks = set[tuple[bytes, int]]
"""Pieces of marked content, each by its page and id."""


def complete(file: File, document: Document, streams: list[Any]) -> None:
    """Complete the tree that WeasyPrint has made, the marks of its content, and the outline."""
    root = _at(file, file.catalog["StructTreeRoot"])
    tree = _at(file, root["K"][0])
    _unfold(tree, file)
    _shape(tree, None)
    _join_links(tree)
    pages = file.page_references
    contents = [b"\n".join(map(_bytes, stream.stream)) for stream in streams]
    unseen = {(page, mcid) for page, content in zip(pages, contents, strict=True) for mcid in _unseen(content)}
    drawn: Marks = set()
    _clean(tree, unseen, drawn)
    numbers = _at(file, root["ParentTree"])["Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    owners = dict(_fold(tree, parents))
    for index, (page, stream) in enumerate(zip(pages, streams, strict=True)):
        held = [owners.get((page, mcid), "null") for mcid in range(len(parents[index]))]
        parents[index] = pydyf.Array(held)
        stream.stream = [MARK.sub(partial(_marked, page, owners, drawn), contents[index])]
    numbers[:] = [part for number in parents.items() for part in number]
    _level_outline(file, document)


def _at(file: File, reference: bytes) -> Element:
    """Return the object of a reference."""
    return file.objects[int(reference.split()[0])]


def _bytes(operator: Any) -> bytes:  # noqa: ANN401 -- as above
    """Return a part of a content stream as it is written."""
    if isinstance(operator, bytes):
        return operator
    return bytes(operator.data) if isinstance(operator, pydyf.Object) else str(operator).encode("ascii")


def _unfold(element: Element, file: File) -> None:
    """Put the elements and annotations below an element in the place of their references."""
    element["K"] = [_at(file, kid) if isinstance(kid, bytes) else kid for kid in element["K"]]
    for kid in element["K"]:
        if isinstance(kid, dict) and "Obj" in kid:
            kid["Obj"] = _at(file, kid["Obj"])
    for kid in children(element):
        _unfold(kid, file)


def children(element: Element) -> list[Element]:
    """Return the elements directly under another."""
    return [kid for kid in element["K"] if isinstance(kid, dict) and "S" in kid]


def _shape(element: Element, part: str | None) -> None:
    """Give an element and those below it the types and places that ISO 32000-1, 14.8.4, asks for."""
    if element["S"] in ("/THead", "/TBody", "/TFoot"):
        part = element["S"]
    elif element["S"] == "/TH":
        element["A"]["Scope"] = "/Column" if part == "/THead" else "/Row"
    elif element["S"] == NOTES:
        _type_notes(element)
    while _holds_only_itself(element):
        element["K"] = [item for column in children(element) for item in children(column)]
    for kid in children(element):
        if element["S"] == "/L" and kid["S"] == "/Div":
            _pair_terms(kid)
        elif element["S"] == kid["S"] == "/TOCI":
            # WeasyPrint makes another item of a part of one, such as its first line above a block.
            kid["S"] = "/NonStruct"
        _shape(kid, part)


def _type_notes(area: Element) -> None:
    """Type the footnotes of a page as Note; one without a number is a paragraph."""
    area["S"] = "/Div"
    for note in children(area):
        marker = next(iter(children(note)), None)
        if note["S"] == "/P" or (marker is not None and not marker["K"]):
            note["S"] = "/P"
            continue
        note["S"], note["ID"] = "/Note", pydyf.String(f"note-{note.number}")
        if marker is not None and marker["S"] == "/NonStruct":
            marker["S"] = "/Lbl"


def _holds_only_itself(element: Element) -> bool:
    """Return whether everything in a list is the same list again, as WeasyPrint makes one of each column or row."""
    kids = children(element)
    return element["S"] in ("/L", "/TOC") and bool(kids) and all(kid["S"] == element["S"] for kid in kids)


def _pair_terms(group: Element) -> None:
    """Make one list item of a term and its meaning, if a `div` in their `dl` holds both: the term labels it."""
    items = children(group)
    if not items or any(item["S"] != "/LI" for item in items):
        return
    group["S"] = "/LI"
    for item in items:
        own, inner = ("/LBody", "/Div") if item is items[-1] else ("/Lbl", "/Span")
        item["S"] = own
        for body in children(item):
            body["S"] = inner


def _join_links(element: Element) -> None:
    """Add each part of a link to the part before it: each line has its own part, and one of a `strong` around it."""
    last = element
    for kid in element["K"]:
        first, end = _edge(kid, 0), _edge(kid, -1)
        if _continues(last, first):
            end = last if end is first else end
            last["K"] += first["K"]
            first.update(S="/Span", K=[])
            first.pop("Alt", None)
        last = end
        if isinstance(kid, dict) and "S" in kid:
            _join_links(kid)


def _edge(element: Element, end: int) -> Element:
    """Return what is read first in an element and those inside it in its line, if `end` is 0, or last, if it is -1."""
    while isinstance(element, dict) and element.get("S") in ("/Span", "/NonStruct") and element["K"]:
        element = element["K"][end]
    return element


def _continues(one: Element, two: Element) -> bool:
    """Return whether an element is the next part of the link that another one begins, on the same page."""
    if not all(isinstance(part, dict) and part.get("S") == "/Link" for part in (one, two)) or one["Pg"] != two["Pg"]:
        return False
    first, second = (next((kid["Obj"] for kid in part["K"] if _is_annotation(kid)), None) for part in (one, two))
    return first is not None and second is not None and _opens(first) == _opens(second)


def _is_annotation(kid: Element) -> bool:
    return isinstance(kid, dict) and "Obj" in kid


def _opens(link: Element) -> list[bytes | None]:
    """Return the description of a link, the name of its destination, and its address."""
    return [link[key].data if key in link else None for key in ("Contents", "Dest", "A")]


EMPTY = {
    *("/NonStruct", "/Span", "/Div", "/P", "/Caption", "/Reference"),
    # WeasyPrint leaves an empty part of an item that moves to the next column or page.
    *("/LI", "/LBody", "/TOCI"),
    # It leaves an empty section on a page to which only a column beside its text goes on.
    "/Sect",
}
"""The types of elements that are useless when they are empty."""


def _unseen(content: bytes) -> Iterator[int]:
    """Yield the ids of a page's marked content that shows nothing, such as text with `visibility: hidden`."""
    return (int(mcid) for mcid, shown in HELD.findall(content) if not SHOWS.search(shown))


def _clean(element: Element, unseen: Marks, drawn: Marks) -> None:
    """Take what says nothing out of an element and those below it, and put labels beside the bodies of their items.

    Drawings that are told in words leave the tree; their content is added to `drawn`.
    """
    for kid in children(element):
        _clean(kid, unseen, drawn)
        if kid["S"] == DRAWING:
            drawn |= {(kid["Pg"], mcid) for mcid in kid["K"] if isinstance(mcid, int)}
    element["K"] = [kid for kid in element["K"] if _is_heard(kid, element, unseen)]
    if element["S"] == "/LI":
        element["K"] = [part for kid in element["K"] for part in _beside_labels(kid)]


def _is_heard(kid: Element, element: Element, unseen: Marks) -> bool:
    if isinstance(kid, int):
        return (element["Pg"], kid) not in unseen
    return kid.get("S") != DRAWING and (kid.get("S") not in EMPTY or bool(kid["K"]) or "Alt" in kid)


def _beside_labels(kid: Element) -> list[Element]:
    """Return a part of a list item after the labels that it begins with, if it is its body."""
    return [*_taken_labels(kid), kid] if isinstance(kid, dict) and kid.get("S") == "/LBody" else [kid]


def _taken_labels(body: Element) -> Iterator[Element]:
    """Take the labels that begin the body of a list item out of it; beside a paragraph, a label has its own block."""
    while body["K"] and isinstance(body["K"][0], dict):
        first = body["K"][0]
        if first.get("S") == "/NonStruct":
            yield from _taken_labels(first)
            if first["K"]:
                return
        elif first.get("S") == "/Lbl":
            yield first
        else:
            return
        del body["K"][0]


def _fold(element: Element, parents: dict[int, Any]) -> Iterator[tuple[tuple[bytes, int], bytes]]:
    """Write the references of a tree, and yield each piece of marked content with the element that it is in.

    The element of each annotation is put into `parents`.
    """
    if "ID" in element:
        element["ID"] = _own(element["ID"])
    if "Headers" in element.get("A", ()):
        element["A"]["Headers"] = pydyf.Array(map(_own, element["A"]["Headers"]))
    for kid in element["K"]:
        if isinstance(kid, int):
            yield (element["Pg"], kid), element.reference
        elif _is_annotation(kid):
            parents[kid["Obj"]["StructParent"]] = element.reference
            kid["Obj"]["F"] = PRINT_FLAG
            kid["Obj"] = kid["Obj"].reference
        else:
            kid["P"] = element.reference
            yield from _fold(kid, parents)
    element["K"] = pydyf.Array(kid if isinstance(kid, int) else kid.reference for kid in element["K"])


def _own(name: Any) -> Any:  # noqa: ANN401 -- as above
    return pydyf.String(f"{OWN}{name.string}")


def _marked(page: bytes, owners: dict[tuple[bytes, int], bytes], drawn: Marks, found: re.Match[bytes]) -> bytes:
    """Return the beginning of marked content; what is in no tree, such as a running head, is an artifact."""
    mark = page, int(found[2])
    if mark in drawn:
        return b"/Artifact <</Type /Layout /Drawing true>> BDC"
    return found[0] if mark in owners else b"/Artifact <</Type /Pagination>> BDC"


def _level_outline(file: File, document: Document) -> None:
    """Give each entry of the outline its heading level, which the outline of a piece alone doesn't tell."""
    entries = [entry for entry in file.objects if isinstance(entry, dict) and "Title" in entry]
    levels = [level for page in document.pages for level, *_ in page.bookmarks]
    for entry, level in zip(entries, levels, strict=True):
        entry[LEVEL] = level
