"""Find the line of a page that writes a link to an id which nothing has, and the list that should have the id."""

import re
from collections.abc import Mapping

from briefpack.problem import Owner, Problem


def problem(taken: Mapping[str, str], every: Mapping[str, str], target: str) -> Problem | None:
    """Return the problem of a link without its target, at the line that writes it; None if no line certainly does.

    `taken` are the pages of the piece, and `every` those of all layouts, by their paths: the page of a note is none of the piece's.
    """
    found = _written({**taken, **every}, "href", "#", target)
    if not found:
        return None
    path, line, begun = found
    for page, text in taken.items():
        listed = re.search(rf"\bid=[\"']{re.escape(begun)}\{{\{{", text) if begun != target else None
        early = EARLY.search(text) if listed else None
        if early:
            message = f"cited() comes before texts that cite, so the list lacks sources that {path}:{line} links to"
            return Problem(page, text.count("\n", 0, early.start()) + 1, message, LATER, Owner.LAYOUT)
    return Problem(path, line, f'a link leads to "#{target}", but nothing has that id', ADD, Owner.LAYOUT)


def _written(texts: Mapping[str, str], attribute: str, mark: str, target: str) -> tuple[str, int, str] | None:
    """Return the page and line that write an address, and the part of it that is written as it is."""
    for path, text in texts.items():
        for found in re.finditer(rf"\b{attribute}=[\"']{mark}([\w-]*)(\{{\{{)?", text):
            if found[1] == target or (found[2] and found[1] and target.startswith(found[1])):
                return path, text.count("\n", 0, found.start()) + 1, found[1]
    return None


EARLY = re.compile(
    r"\bcited\(\)(?=(?:(?!\{%-?\s*(?:block|macro)\b).)*?\{\{-?\s*(?:line|prose|heading|expanded)\()", re.DOTALL
)
"""A request for the sources cited so far that texts which may cite follow."""
ADD = "add the id, or delete the link"
LATER = "call cited() after the last of them"
