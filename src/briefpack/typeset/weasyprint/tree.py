"""Write the structure tree of a piece in place of WeasyPrint's (`pdf/tags.py`), from elements in reading order.

WeasyPrint's tags follow the HTML alone, and the first thing on a page isn't always read first. CSS has properties for
this, `reading-flow` and `reading-order`, that it doesn't support; we found no issue about them. It also keeps elements
without content, marks nothing as an artifact (issue 1836), and leaves links without the print flag.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from typing import Any

from weasyprint import Document
from weasyprint import pdf as writing
from weasyprint.logger import LOGGER
from weasyprint.pdf.stream import Stream
from weasyprint.pdf.tags import pydyf

from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.elements import READ, Builder, Element, Mark
from briefpack.typeset.weasyprint.replacement import Replacement

PRINT_FLAG = 4
OWN = "@own@"
"""The prefix of every id in a prepared piece; binding replaces it with the piece's position, to keep ids unique."""
LEVEL = "HeadingLevel"
"""The key of an outline entry's heading level in a prepared piece; binding drops it."""
MOVED = "elsewhere-"
"""How the id of an element that was moved begins, for the checks of a finished file."""
WORDS = frozenset({"first", "last", "before", "after", "into"})
EMPTY = {
    *("NonStruct", "Span", "Div", "P", "Caption", "Reference"),
    # WeasyPrint leaves an empty part of an item that moves to the next column or page.
    *("LI", "LBody", "TOCI"),
    # It leaves an empty section on a page to which only a column beside its text goes on.
    "Sect",
}
"""The types of elements that are useless when they are empty."""
SHOWING = (b"TJ", b"Tj", b" Do", b" sh")
PAINTING = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"}
"""The operators that show text, an image or a shading, and those that show a shape (ISO 32000-1, annex A)."""

File = Any
"""A PDF as it is written; pydyf's objects are untyped."""


def replacements() -> Iterator[Replacement]:
    """Yield a `marked` that notes what each mark is, and an `add_tags` that writes our tree."""

    @contextmanager
    def marked(stream: Any, box: Box, tag: str) -> Iterator[None]:  # noqa: ANN401 -- as above
        marks = stream._tags  # noqa: SLF001 -- the version is pinned
        if marks is None:
            yield
            return
        operators = stream.stream
        mark = marks[box] = Mark(pydyf.Dictionary({"MCID": len(marks)}), operators, len(operators))
        stream.begin_marked_content(tag, mark.properties)
        yield
        mark.shows = any(map(_shows, operators[mark.place :]))
        stream.end_marked_content()

    yield Replacement(Stream, "marked", marked)
    yield Replacement(writing, "add_tags", add_tags)


def _shows(operator: Any) -> bool:  # noqa: ANN401 -- as above
    return operator in PAINTING or operator.endswith(SHOWING) if isinstance(operator, bytes) else False


def add_tags(file: File, document: Document, _version: object, streams: list[Any]) -> None:
    """Write the structure tree of a document, and the levels of its outline."""
    if "Lang" not in file.catalog:
        LOGGER.error('Missing required "lang" attribute at the root of the document')
    built = Builder()
    marked = [stream._tags for stream in streams]  # noqa: SLF001 -- the version is pinned
    for number, (page, marks) in enumerate(zip(document.pages, marked, strict=True)):
        built.add_page(number, boxes.of_page(page), marks)
    _move(built)
    _clean(built.root)
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    file.add_object(root)
    links: list[bytes] = []
    root["K"] = pydyf.Array([_written(built.root, root.reference, file, links, len(streams))])
    owners = [pydyf.Array(map(_owner, marks.values())) for marks in marked]
    numbered = enumerate((*owners, *links))
    root["ParentTree"] = pydyf.Dictionary({"Nums": pydyf.Array(part for pair in numbered for part in pair)})
    file.catalog |= {"StructTreeRoot": root.reference, "MarkInfo": pydyf.Dictionary({"Marked": "true"})}
    _level_outline(file, document)


def _move(built: Builder) -> None:
    """Move elements to where they are to be read; one whose neighbour is on a page before stays in its place."""
    behind = Counter[Element]()
    for number, element in enumerate(built.moved):
        word, _, name = element.html.get(READ).partition(" ")
        later = [page for page in built.places[name] if page >= element.page] if name else []
        if word not in WORDS or (name and not later):
            continue
        element.parent.kids.remove(element)
        parent, at = element.parent, 0 if word == "first" else len(element.parent.kids)
        if later:
            beside = built.places[name][min(later)]
            parent, at = beside.parent, beside.parent.kids.index(beside)
            if word == "after":
                # Several elements after one keep the order of the HTML.
                behind[beside] += 1
                at += behind[beside]
            elif word == "into":
                parent, at = beside, 0
        parent.kids.insert(at, element)
        element.parent = parent
        element.entries.setdefault("ID", f"{MOVED}{number}")


def _clean(element: Element) -> None:
    """Take what says nothing out of an element and those in it, and put labels beside the bodies of their items."""
    for kid in element.elements:
        _clean(kid)
    element.kids = [kid for kid in element.kids if _says(kid)]
    for body in element.elements if element.type == "LI" else ():
        if body.type == "LBody":
            labels = [*takewhile(_is_label, body.kids)]
            body.kids = body.kids[len(labels) :]
            at = element.kids.index(body)
            element.kids[at:at] = labels


def _says(kid: Any) -> bool:  # noqa: ANN401 -- as above
    match kid:
        case Mark():
            return kid.shows
        case Element():
            return kid.type not in EMPTY or bool(kid.kids) or "Alt" in kid.entries
    return True


def _is_label(kid: Any) -> bool:  # noqa: ANN401 -- as above
    return isinstance(kid, Element) and kid.type == "Lbl"


def _written(element: Element, parent: bytes, file: File, links: list[bytes], first: int) -> bytes:
    """Write an element and those in it, and return its reference.

    `links` are the references to the elements of annotations, in the order of their keys, which begin at `first`.
    """
    page = file.page_references[element.page]
    made = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{element.type}", "P": parent, "Pg": page})
    file.add_object(made)
    for name, text in element.entries.items():
        made[name] = pydyf.String(OWN * (name == "ID") + text)
    if element.attributes:
        made["A"] = pydyf.Dictionary(element.attributes)
    if headers := element.attributes.get("Headers"):
        made["A"]["Headers"] = pydyf.Array(pydyf.String(OWN + header.entries["ID"]) for header in headers)
    made["K"] = pydyf.Array()
    for kid in element.kids:
        match kid:
            case Element():
                made["K"].append(_written(kid, made.reference, file, links, first))
            case Mark():
                kid.owner = made.reference
                made["K"].append(kid.properties["MCID"])
            case _:
                kid |= {"StructParent": first + len(links), "F": PRINT_FLAG}
                links.append(made.reference)
                made["K"].append(pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.reference, "Pg": page}))
    return made.reference


def _owner(mark: Mark) -> bytes:
    """Return the reference to a mark's element; what is in no tree, such as a running head, is made an artifact."""
    if not mark.owner:
        mark.operators[mark.place] = b"/Artifact"
        del mark.properties["MCID"]
        mark.properties |= {"Type": "/Layout", "Drawing": "true"} if mark.drawing else {"Type": "/Pagination"}
    return mark.owner or b"null"


def _level_outline(file: File, document: Document) -> None:
    """Give each entry of the outline its heading level, which the outline of a piece alone doesn't tell."""
    entries = [entry for entry in file.objects if isinstance(entry, dict) and "Title" in entry]
    levels = [level for page in document.pages for level, *_ in page.bookmarks]
    for entry, level in zip(entries, levels, strict=True):
        entry[LEVEL] = level
