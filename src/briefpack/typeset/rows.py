"""Leave out the rows of lists that a piece has no room for."""

from typing import Any
from xml.etree.ElementTree import Element

from briefpack.pages.source_map import NUMBER

SPARE = "data-spare"
"""Marks a list item that may be left out with all items after it; its value prints below the list instead."""
MORE = "more"
"""The class of the paragraph that prints there."""


def leave_out(root: Any) -> bool:  # noqa: ANN401 -- WeasyPrint's elements are untyped
    """Take the last row out of the list that has most to spare; return whether a list of the page has any."""
    row: Any = None
    most = 0
    for parent in root.iter():
        for around in parent:
            spare = [item for item in around if SPARE in item.attrib]
            if len(spare) > most:
                most, row, rows, outside = len(spare), spare[-1], around, parent
    if row is None:
        return False
    for item in [*rows][[*rows].index(row) :]:
        rows.remove(item)
    place = [*outside].index(rows) + 1
    if place == len(outside) or outside[place].get("class") != MORE:
        outside.insert(place, Element("p", {"class": MORE}))
    more = outside[place]
    more.text = row.get(SPARE)
    if number := row.get(NUMBER):
        more.set(NUMBER, number)
    return True
