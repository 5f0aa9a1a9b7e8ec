"""Refuse references to the cells of data files by the ids that they are given, and formulas without a result."""

from collections.abc import Iterator

from briefpack.brief import relations
from briefpack.brief.figures import REFERENCE, split
from briefpack.problem import Problem
from briefpack.tables import NO_RESULT, UNCALCULATED
from briefpack.text.yaml_lines import Loc, Tree, texts

NAMING = {"figure", "low", "high", "amount", "annual", "asks_annual"}
"""The keys whose value is the id of a figure."""


def check(tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each cell that is named where it wasn't taken from the file, and for each that has no result.

    A new row would change what a cell's id means.
    """
    yield from _uncalculated(tree)
    cells = taken(tree)
    for loc, text in texts(tree.data) if cells else ():
        for name in _named(loc, text):
            if name in cells and not tree.is_filled(loc):
                message = f'"{name}" is the cell of a data file, which a new row would move'
                hint = "add a figure with data: and the column and row of the cell, and name that"
                yield tree.problem(loc, message, hint, words=name)


def _uncalculated(tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each formula of a spreadsheet that would print as text, since no program has calculated it."""
    for loc, text in texts(tree.data) if tree.origins else ():
        if text == NO_RESULT and tree.is_filled(loc) and loc[0] != "figures":
            yield tree.problem(loc, "the formula has no result yet", UNCALCULATED)


def warn_unused(tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each data file that nothing uses."""
    used = {origin[1] for origin in tree.origins.values() if isinstance(origin, tuple) and origin[0] == "data"}
    lists = (tree.data.get("local_data"), tree.data.get("local_lists"))
    used |= {text for part in lists for loc, text in texts(part) if loc[1:] == ("data", "from")}
    for name in tree.data.get("data") or ():
        if name not in used:
            hint = f"use it with data: {{from: {name}, …}}, or delete it"
            yield tree.problem(("data", name), "this data file is never used", hint, warning=True)


def taken(tree: Tree) -> set[str]:
    """Return the ids of the figures that are cells of data files."""
    return {str(loc[1]) for loc in tree.origins if len(loc) == 2 and loc[0] == "figures"}


def _named(loc: Loc, text: str) -> Iterator[str]:
    yield from (split(found)[0] for found in REFERENCE.findall(text))
    if loc[-1] in NAMING:
        yield text
    if loc[-1] == "holds":
        yield from relations.terms(text)
