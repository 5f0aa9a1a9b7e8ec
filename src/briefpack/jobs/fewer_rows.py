"""Leave rows of lists out of a piece whose text doesn't fit, and say how many there are."""

import re
from dataclasses import replace

from briefpack.pages import Piece

SPARE = "data-spare"
"""Marks an item of a list that may go with those after it; its value prints below the list instead."""
LIST = re.compile(r'<([ou]l)\b(?:(?!<[ou]l\b).)*?</\1>(?:\s*<p class="more">[^<]*</p>)?', re.DOTALL)
ITEM = re.compile(rf'<li\b[^>]*\s{SPARE}="([^"]*)"')


def of(piece: Piece) -> Piece | None:
    """Return a piece with one row fewer in the list that has most to spare; None if none has any."""
    lists = [(found, [*ITEM.finditer(found[0])]) for found in LIST.finditer(piece.html)]
    longest, items = max(lists, key=lambda each: len(each[1]), default=(None, []))
    if not longest or not items:
        return None
    last = items[-1]
    fewer = f'{longest[0][: last.start()]}</{longest[1]}><p class="more">{last[1]}</p>'
    return replace(piece, html=f"{piece.html[: longest.start()]}{fewer}{piece.html[longest.end() :]}")
