"""Repair the tags of a laid-out piece, and complete its outline."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

PRINT_FLAG = 4
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
    1836), makes two list items of a term and its meaning, and leaves links without the print flag.
    """
    with Pdf.open(io.BytesIO(pdf)) as file:
        tree = file.Root.get("/StructTreeRoot")
        if tree is not None:
            document = tree.K[0]
            _type_notes(document, file, notes)
            _scope_headers(document, None)
            _pair_terms(document)
            _prefix_ids(document)
            _mark_artifacts(file, tree)
        for entry, level in zip(_entries(file.Root.get("/Outlines")), levels, strict=False):
            entry[LEVEL] = level
        for page in file.pages:
            for link in page.obj.get("/Annots", ()):
                link.F = PRINT_FLAG
        file.remove_unreferenced_resources()
        _pad_streams(file)
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
    """Type the footnotes of each page as Note; they are in the last element of that page in the tree."""
    pages = {page.obj.objgen: index for index, page in enumerate(file.pages)}
    last = {pages[element.Pg.objgen]: element for element in document.K if "/Pg" in element}
    for index in notes:
        last[index].S = Name.Div
        for number, note in enumerate(children(last[index])):
            note.S = Name.Note
            note.ID = String(f"note-{index}-{number}")
            marker = next(children(note), None)
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


def _mark_artifacts(file: Pdf, tree: pikepdf.Object) -> None:
    """Turn marked content that is in no tree, such as running heads in margin boxes, into artifacts."""
    held = _held(tree.K[0])
    numbers = tree.ParentTree.Nums
    for page in file.pages:
        parents = numbers[_position(numbers, page.obj.StructParents)]
        loose = {mcid for mcid, parent in enumerate(parents) if parent.objgen not in held}
        if loose:
            page.Contents = file.make_stream(MARK.sub(partial(_unmarked, loose), page.Contents.read_bytes()))
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


def _unmarked(loose: set[int], found: re.Match[bytes]) -> bytes:
    return b"/Artifact <</Type /Pagination>> BDC" if int(found[2]) in loose else found[0]


def _pad_streams(file: Pdf) -> None:
    """Add a space to each stream that ends in a carriage return; see `bind.writer.stream` for the reason."""
    for item in file.objects:
        if isinstance(item, Stream) and item.read_raw_bytes().endswith(b"\r"):
            item.write(item.read_bytes() + b" ")
            if "/Length1" in item:
                item.Length1 = item.Length1 + 1
