"""Warn of two neighbours that look exchanged: the addresses of contacts, the cells of a table, a chart row's figure."""

import re
from collections.abc import Iterator, Sequence

from briefpack.brief.blocks import Table
from briefpack.brief.figures import REFERENCE, split
from briefpack.brief.model import Brief, Contact
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text.yaml_lines import Loc, Tree

LETTERS = re.compile(r"[^\W\d_]{3,}")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each value that names its neighbour instead of what it belongs to."""
    yield from _addresses(brief, tree)
    for loc, part in walk(brief):
        if isinstance(part, Table):
            yield from _cells(loc, part, tree)
    yield from _rows(brief, tree)


def _addresses(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each e-mail address with the name of another contact and not the contact's own."""
    for index, contact in enumerate(brief.contacts):
        address = (contact.email or "").partition("@")[0].casefold()
        other = next((each for each in brief.contacts if _is_named(address, each)), None)
        # One address for two contacts is reported as that.
        shared = other and (other.email or "").casefold() == (contact.email or "").casefold()
        if other and not shared and not _is_named(address, contact):
            message = f'"{contact.email}" has the name of another contact, {other.name}'
            yield tree.problem(("contacts", index, "email"), message, "check whose address it is", warning=True)


def _is_named(address: str, contact: Contact) -> bool:
    return any(word in address for word in LETTERS.findall(contact.name.casefold()))


def _cells(loc: Loc, table: Table, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each two cells of a row whose figures are called after each other's columns."""
    headings = [_words(each) for each in table.columns]
    for number, row in enumerate(table.rows):
        named = [_named(cell) for cell in row]
        for first, second in _exchanged(named, headings):
            place = (*loc, "rows", number, first)
            message = (
                f'{row[first]} is under "{table.columns[first]}", and {row[second]} under "{table.columns[second]}"'
            )
            yield tree.problem(place, message, "exchange the two", words=row[first], warning=True)


def _exchanged(named: Sequence[set[str]], headings: Sequence[set[str]]) -> Iterator[tuple[int, int]]:
    """Yield the positions of two names that fit each other's headings and not their own."""
    for first in range(len(named)):
        for second in range(first + 1, min(len(named), len(headings))):
            crossed = named[first] & headings[second] and named[second] & headings[first]
            if crossed and not named[first] & headings[first] and not named[second] & headings[second]:
                yield first, second


def _named(cell: str) -> set[str]:
    """Return the words of the id of the figure that is all of a cell."""
    found = REFERENCE.fullmatch(cell.strip())
    return {*split(found[1])[0].split("-")} if found else set()


def _words(text: str) -> set[str]:
    return {*re.findall(r"\w+", text.casefold())}


def _rows(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each row of a chart with one year in its label, and another in its figure's id."""
    for name, chart in brief.charts.items():
        for number, row in enumerate(chart.rows):
            said, meant = {*YEAR.findall(row.label)}, {*YEAR.findall(row.figure or "")}
            if len(said) == len(meant) == 1 and said != meant:
                message = f'"{row.label}" shows {row.figure}'
                hint = f"name the figure of {min(said)}, or correct the label"
                place: Loc = ("charts", name, "rows", number, "figure")
                yield tree.problem(place, message, hint, words=row.figure or "", warning=True)
