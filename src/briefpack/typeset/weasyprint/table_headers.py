"""Tie the cells of a table to their headers as its HTML says: `scope="rowgroup"` and `headers`, and its summary.

WeasyPrint takes the header of a group of rows for that of the column that it is in, and knows neither `headers` nor a
summary (`pdf/tags.py`; ISO 32000-1, 14.8.5.7). We found no issue about it; 2508 is about scopes.
"""

from collections.abc import Iterator

from weasyprint.pdf import tags

from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.reading_order import Element

HEADERS = "headers"
SUMMARY = "aria-label"
"""The attribute of a table that says what is in it."""


def complete(table: Box, element: Element) -> None:
    """Complete the element of a table, whose cells have elements and headers already."""
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
