"""Find the elements of a PDF that hold nothing, which PDFium doesn't show."""

import io
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

CELLS = frozenset({"/TD", "/TH"})
"""The types of elements that may be empty: a cell of a table keeps its place."""


class Empty(NamedTuple):
    """An element that holds nothing: its page, counted from 1, if it names one, and its type."""

    page: int | None
    kind: str


def read(data: bytes) -> tuple[Empty, ...]:
    """Return the elements that hold nothing, and have no text to be read instead."""
    with Pdf.open(io.BytesIO(data)) as file:
        pages = {page.obj.objgen: number for number, page in enumerate(file.pages, start=1)}
        empty = [each for each in _elements(file) if _is_empty(each)]
        return tuple(Empty(pages.get(each.Pg.objgen) if "/Pg" in each else None, str(each.S)[1:]) for each in empty)


def _elements(file: Pdf) -> Iterator[pikepdf.Object]:
    # Every element is an object of its own: to go through all of them is faster than to walk down the tree.
    for each in file.objects:
        if isinstance(each, Dictionary) and each.get("/P") is not None and isinstance(each.get("/S"), Name):
            yield each


def _is_empty(element: pikepdf.Object) -> bool:
    kids = element.get("/K")
    nothing = kids is None or (isinstance(kids, Array) and not len(kids))
    return nothing and str(element.S) not in CELLS and "/Alt" not in element and "/ActualText" not in element
