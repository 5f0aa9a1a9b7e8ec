"""Repair the tags of a laid-out piece, and complete its outline."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from briefpack.typeset.weasyprint.elements import DRAWING

PRINT_FLAG = 4
HELD = re.compile(rb"/MCID (\d+)\s*>>\s*BDC((?:(?!BDC|EMC).)*)EMC", re.DOTALL)
SHOWS = re.compile(rb"\b(?:T[jJ]|Do|sh)\b|[ \n](?:[fFBbSs]\*?)\s")
"""The operators that show text, an image, a shading or a shape (ISO 32000-1, annex A)."""
MARK = re.compile(rb"/(\w+)\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
OWN = "@own@"
"""The prefix of every id in a prepared piece; binding replaces it with the piece's position, to keep ids unique."""


LEVEL = "/HeadingLevel"
"""The key of an outline entry's heading level in a prepared piece; binding drops it."""


def repair(pdf: bytes, notes: Mapping[int, int], levels: Sequence[int] = ()) -> bytes:
    """Repair the tags of a piece's PDF: footnotes, header scopes, artifacts and the print flag of links.

    `notes` gives the number of footnotes on each page, and `levels` the heading level of each outline entry, which the
    outline of a piece alone doesn't tell. WeasyPrint doesn't type footnotes as Note (issue 2482), gives
    header cells no scope (issue 2508; ISO 14289-1, 7.5), marks margin boxes without adding them to the tree (issue
    1836), makes two list items of a term and its meaning, of each column of a list a list inside it, and of a link over
    two lines two links, puts labels into the body of their item, keeps elements without content, and leaves links
    without the print flag.
    """
    with Pdf.open(io.BytesIO(pdf)) as file:
        tree = file.Root.get("/StructTreeRoot")
        if tree is not None:
            document = tree.K[0]
            _type_notes(document, file, notes)
            _scope_headers(document, None)
            _pair_terms(document)
            _join_columns(document)
            _join_links(document, tree)
            drawn = _take_drawings(document)
            unseen = [_unseen(page) for page in file.pages]
            for page, mcids in zip(file.pages, unseen, strict=True):
                _drop_unseen(document, page, mcids)
            _drop_empty(document)
            # What shows nothing would part a label from the body of its item.
            _lift_labels(document)
            _prefix_ids(document)
            _mark_artifacts(file, tree, unseen, drawn)
        for entry, level in zip(_entries(file.Root.get("/Outlines")), levels, strict=False):
            entry[LEVEL] = level
        for page in file.pages:
            for link in page.obj.get("/Annots", ()):
                link.F = PRINT_FLAG
        file.remove_unreferenced_resources()
        data = io.BytesIO()
        file.save(
            data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True
        )
        return data.getvalue()


def _entries(entry: pikepdf.Object | None) -> Iterator[pikepdf.Object]:
    """Yield the outline entries below another, or below the outline itself, in order."""
    below = entry.get("/First") if entry is not None else None
    while below is not None:
        yield below
        yield from _entries(below)
        below = below.get("/Next")


def _type_notes(document: pikepdf.Object, file: Pdf, notes: Mapping[int, int]) -> None:
    """Type the footnotes of each page as Note; they are in the last element of that page in the tree.

    One without a number is a paragraph.
    """
    pages = {page.obj.objgen: index for index, page in enumerate(file.pages)}
    last = {pages[element.Pg.objgen]: element for element in document.K if "/Pg" in element}
    for index in notes:
        last[index].S = Name.Div
        for number, note in enumerate(children(last[index])):
            marker = next(children(note), None)
            if Name.P == note.S or (marker is not None and not len(marker.K)):
                note.S = Name.P
                continue
            note.S = Name.Note
            note.ID = String(f"note-{index}-{number}")
            if marker is not None and Name.NonStruct == marker.S:
                marker.S = Name.Lbl


def children(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the structure elements directly under another."""
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, Array) else (kids,):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def _scope_headers(element: pikepdf.Object, part: pikepdf.Object | None) -> None:
    """Give each header cell its scope: column in the head of a table, row in its body."""
    if element.S in (Name.THead, Name.TBody, Name.TFoot):
        part = element.S
    if element.S == Name.TH:
        element.A.Scope = Name.Column if part == Name.THead else Name.Row
    for kid in children(element):
        _scope_headers(kid, part)


def _pair_terms(element: pikepdf.Object) -> None:
    """Make one list item of a term and its meaning, if a `div` in their `dl` holds both: the term labels it."""
    for kid in children(element):
        items = [*children(kid)] if element.S == Name.L and Name.Div == kid.S else []
        if items and all(item.S == Name.LI for item in items):
            kid.S = Name.LI
            *terms, meaning = items
            for term in terms:
                _retype(term, Name.Lbl, Name.Span)
            _retype(meaning, Name.LBody, Name.Div)
        _pair_terms(kid)


LISTS = {Name.L, Name.TOC}


def _join_columns(element: pikepdf.Object) -> None:
    """Put the items of a list directly under it, without the lists that WeasyPrint makes of its columns or its rows.

    A part of an item that WeasyPrint makes another item, such as its first line above a block, is only a part.
    """
    while _holds_only_itself(element):
        items = [item for column in children(element) for item in children(column)]
        for item in items:
            item.P = element
        element.K = Array(items)
    for kid in children(element):
        if element.S == kid.S == Name.TOCI:
            kid.S = Name.NonStruct
        _join_columns(kid)


def _holds_only_itself(element: pikepdf.Object) -> bool:
    """Return whether everything in a list is the same list again."""
    kids = [*children(element)]
    return element.S in LISTS and bool(kids) and all(kid.S == element.S for kid in kids)


def _join_links(document: pikepdf.Object, tree: pikepdf.Object) -> None:
    """Make one element of the parts of a link that takes several lines, with the annotations of all."""
    joined = dict(_joined_links(document))
    numbers = tree.ParentTree.Nums
    for index in range(1, len(numbers), 2) if joined else ():
        if isinstance(numbers[index], Array):
            for position, parent in enumerate(numbers[index]):
                if parent.objgen in joined:
                    numbers[index][position] = joined[parent.objgen]
        elif numbers[index].objgen in joined:
            numbers[index] = joined[numbers[index].objgen]


def _joined_links(element: pikepdf.Object) -> Iterator[tuple[tuple[int, int], pikepdf.Object]]:
    """Add each part of a link to the part before it, and yield its object number with the element that now holds it.

    Each line has its own part of a link, and of a `strong` around it.
    """
    kids, last = element.get("/K"), element
    for kid in kids if isinstance(kids, Array) else ():
        first, end = _edge(kid, 0), _edge(kid, -1)
        if _continues(last, first):
            end = last if end == first else end
            _move(first, last)
            yield first.objgen, last
        last = end
        if isinstance(kid, Dictionary):
            yield from _joined_links(kid)


def _move(element: pikepdf.Object, to: pikepdf.Object) -> None:
    """Move the content of an element to the end of another one, and leave it empty, to be dropped."""
    for kid in children(element):
        kid.P = to
    to.K.extend(element.K)
    element.S, element.K = Name.Span, Array()
    if "/Alt" in element:
        del element.Alt


INLINE = {Name.Span, Name.NonStruct}


def _edge(element: pikepdf.Object, end: int) -> pikepdf.Object:
    """Return what is read first in an element and those inside it in its line, if `end` is 0, or last, if it is -1."""
    while isinstance(element, Dictionary) and element.get("/S") in INLINE and len(element.get("/K", ())):
        element = element.K[end]
    return element


def _continues(one: pikepdf.Object, two: pikepdf.Object) -> bool:
    """Return whether an element is the next part of the link that another one begins, on the same page."""
    links = [each for each in (one, two) if isinstance(each, Dictionary) and each.get("/S") == Name.Link]
    if len(links) < 2 or one.Pg.objgen != two.Pg.objgen:
        return False
    first, second = (
        next((kid.Obj for kid in each.K if isinstance(kid, Dictionary) and "/Obj" in kid), None) for each in links
    )
    return first is not None and second is not None and _opens(first) == _opens(second)


def _opens(link: pikepdf.Object) -> tuple[str, str, str]:
    """Return the description of a link, the name of its destination, and its address; any of them may be empty."""
    return str(link.get("/Contents", "")), str(link.get("/Dest", "")), str(link.get("/A", Dictionary()).get("/URI", ""))


def _lift_labels(element: pikepdf.Object) -> None:
    """Put the label of each list item beside its body, if it begins the body (ISO 32000-1, 14.8.4.3.3)."""
    for kid in [*children(element)]:
        if element.S == Name.LI and Name.LBody == kid.S:
            labels = [*_taken_labels(kid)]
            element.K = Array([*labels, *element.K])
            for label in labels:
                label.P = element
        _lift_labels(kid)


def _taken_labels(body: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Take the labels that begin the body of a list item out of it; beside a paragraph, a label has its own block."""
    while isinstance(body.get("/K"), Array) and len(body.K) and isinstance(body.K[0], Dictionary):
        first = body.K[0]
        if first.get("/S") == Name.NonStruct:
            yield from _taken_labels(first)
            if len(first.K):
                return
        elif first.get("/S") == Name.Lbl:
            yield first
        else:
            return
        body.K = Array([*body.K][1:])


EMPTY = {
    *(Name.NonStruct, Name.Span, Name.Div, Name.P, Name.Caption, Name.Reference),
    # WeasyPrint leaves an empty part of an item that moves to the next column or page.
    *(Name.LI, Name.LBody, Name.TOCI),
    # It leaves an empty section on a page to which only a column beside its text goes on.
    Name.Sect,
}
"""The types of elements that are useless when they are empty."""


def _unseen(page: pikepdf.Page) -> set[int]:
    """Return the ids of a page's marked content that shows nothing, such as text with `visibility: hidden`."""
    return {int(mcid) for mcid, shown in HELD.findall(page.Contents.read_bytes()) if not SHOWS.search(shown)}


def _drop_unseen(element: pikepdf.Object, page: pikepdf.Page, unseen: set[int]) -> None:
    """Take marked content that shows nothing out of the elements below one."""
    for kid in children(element) if unseen else ():
        _drop_unseen(kid, page, unseen)
        kids, on = kid.get("/K"), kid.get("/Pg")
        if isinstance(kids, Array) and on is not None and on.objgen == page.obj.objgen:
            kid.K = Array([each for each in kids if not (isinstance(each, int) and each in unseen)])


def _drop_empty(element: pikepdf.Object) -> None:
    """Remove the elements that hold nothing, such as the element of a line break."""
    for kid in children(element):
        _drop_empty(kid)
    kids = element.get("/K")
    if isinstance(kids, Array):
        kept = [kid for kid in kids if not _is_empty(kid)]
        if len(kept) < len(kids):
            element.K = Array(kept)


def _is_empty(kid: pikepdf.Object) -> bool:
    is_element = isinstance(kid, Dictionary) and kid.get("/S") in EMPTY and "/Alt" not in kid
    return is_element and isinstance(kid.get("/K"), Array) and not len(kid.K)


def _retype(item: pikepdf.Object, own: Name, inner: Name) -> None:
    """Give a list item and its body other types."""
    item.S = own
    for body in children(item):
        body.S = inner


def _prefix_ids(element: pikepdf.Object) -> None:
    """Prefix the ids of an element and everything under it, and the header ids they refer to."""
    if "/ID" in element:
        element.ID = String(f"{OWN}{element.ID}")
    if "/A" in element and "/Headers" in element.A:
        element.A.Headers = Array([String(f"{OWN}{header}") for header in element.A.Headers])
    for kid in children(element):
        _prefix_ids(kid)


def _take_drawings(element: pikepdf.Object) -> set[tuple[tuple[int, int], int]]:
    """Take the drawings that are told in words out of the tree, and return the page and the id of their content."""
    found: set[tuple[tuple[int, int], int]] = set()
    for kid in [*children(element)]:
        if DRAWING == kid.S:
            element.K = Array([each for each in element.K if each != kid])
            found |= {(kid.Pg.objgen, int(mcid)) for mcid in kid.K if isinstance(mcid, int)}
        else:
            found |= _take_drawings(kid)
    return found


def _mark_artifacts(
    file: Pdf, tree: pikepdf.Object, unseen: Sequence[set[int]], drawn: set[tuple[tuple[int, int], int]]
) -> None:
    """Turn marked content that is in no tree, such as running heads in margin boxes, into artifacts.

    `unseen` is, for each page, the content that was taken out of elements that have more, and `drawn` the content of
    drawings.
    """
    held = _held(tree.K[0])
    numbers = tree.ParentTree.Nums
    for page, dropped in zip(file.pages, unseen, strict=True):
        parents = numbers[_position(numbers, page.obj.StructParents)]
        loose = {mcid for mcid, parent in enumerate(parents) if mcid in dropped or parent.objgen not in held}
        if loose:
            page.Contents = file.make_stream(
                MARK.sub(
                    partial(_unmarked, loose, {mcid for on, mcid in drawn if on == page.obj.objgen}),
                    page.Contents.read_bytes(),
                )
            )
            for mcid in loose:
                parents[mcid] = None


def _position(numbers: pikepdf.Object, key: object) -> int:
    """Return the index of a key's value in the flat list of a number tree."""
    return next(index + 1 for index in range(0, len(numbers), 2) if numbers[index] == key)


def _held(element: pikepdf.Object) -> set[tuple[int, int]]:
    found = {element.objgen}
    for kid in children(element):
        found |= _held(kid)
    return found


def _unmarked(loose: set[int], drawn: set[int], found: re.Match[bytes]) -> bytes:
    if int(found[2]) in drawn:
        return b"/Artifact <</Type /Layout /Drawing true>> BDC"
    return b"/Artifact <</Type /Pagination>> BDC" if int(found[2]) in loose else found[0]
