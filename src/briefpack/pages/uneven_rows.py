"""Find the rows of a page's tables that have another number of cells than the head or the others, and their template lines.

A screen reader counts columns, so each cell after a missing one is read under another's head.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

PART = re.compile(
    r"<!--@(?P<template>[^>]*):(?P<line>\d+)-->|<!--.*?-->|<(?P<raw>style|script|title|svg)\b.*?</(?P=raw)\s*>"
    r"|<(?P<end>/?)(?P<tag>table|thead|tbody|tfoot|tr|td|th)\b(?P<inside>[^\"'>]*(?:(?:\"[^\"]*\"|'[^']*')[^\"'>]*)*)>",
    re.DOTALL | re.IGNORECASE,
)
PARTS = ("thead", "tbody", "tfoot")
SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Uneven:
    """A row with other columns than the head of its table or, without one, fewer than most rows; and its template line."""

    has: int
    others: int
    template: str = ""
    line: int | None = None
    headed: bool = False

    @property
    def message(self) -> str:
        """Return the message."""
        return f"a row of the table has {self.has} column{'s' * (self.has != 1)}, and {'its head has' if self.headed else 'most have'} {self.others}"

    @property
    def hint(self) -> str:
        """Return the hint."""
        if self.has > self.others:
            return "add a cell to the head, an empty <td></td> if need be, or delete one here"
        return "add a cell, an empty <td></td> if need be, or a colspan"


@dataclass
class _Table:
    """A table: the columns of each of its rows, where each row is written, and the cells that reach into later rows.

    `heads` is the number of rows in its head, and `wide` are the rows with a cell that takes several columns.
    """

    rows: list[int] = field(default_factory=list)
    places: list[tuple[str, int | None]] = field(default_factory=list)
    hanging: list[tuple[int, int]] = field(default_factory=list)
    heads: int = 0
    in_head: bool = False
    wide: set[int] = field(default_factory=set)

    def begin(self, place: tuple[str, int | None]) -> None:
        """Begin a row, in which cells of the rows above have columns of their own."""
        self.rows.append(sum(columns for columns, _ in self.hanging))
        self.places.append(place)
        self.heads += self.in_head
        self.hanging = [(columns, rows - 1) for columns, rows in self.hanging if rows > 1]

    def add(self, columns: int, rows: int) -> None:
        """Add a cell."""
        if self.rows:
            self.rows[-1] += columns
            self.wide |= {len(self.rows) - 1} if columns > 1 else set()
            self.hanging += [(columns, rows - 1)] if rows > 1 else []

    def uneven(self) -> Iterator[Uneven]:
        """Yield each row that differs from the head; without a head, each that is too short, if most rows are alike."""
        if self.heads:
            head = max(self.rows[: self.heads])
            for index, (has, place) in enumerate(zip(self.rows, self.places, strict=True)):
                if 0 < has < head or (has > head and index not in self.wide):
                    yield Uneven(has, head, *place, headed=True)
            return
        [(usual, count), *_] = Counter(self.rows).most_common(1) or [(0, 0)]
        if 2 * count <= len(self.rows) or count == 1:
            return
        for has, place in zip(self.rows, self.places, strict=True):
            if 0 < has < usual:
                yield Uneven(has, usual, *place)


# Cached, as most pages are the same for every electorate.
@lru_cache(maxsize=256)
def find(html: str) -> tuple[Uneven, ...]:
    """Return the rows of a page's tables that are unlike the head of their table, or shorter than most of its rows."""
    if "<table" not in html:
        return ()
    reader = _Reader()
    for part in PART.finditer(html):
        reader.take(part)
    return tuple(dict.fromkeys(reader.found))


@dataclass
class _Reader:
    """The tables that are open at one point in a page, and the rows found so far."""

    tables: list[_Table] = field(default_factory=list)
    found: list[Uneven] = field(default_factory=list)
    place: tuple[str, int | None] = ("", None)

    def take(self, part: re.Match[str]) -> None:
        if part["template"]:
            self.place = part["template"], int(part["line"])
        elif part["tag"] and part["tag"].lower() == "table":
            self._table(ends=bool(part["end"]))
        elif part["tag"] and self.tables and part["tag"].lower() in PARTS:
            self.tables[-1].in_head = part["tag"].lower() == "thead" and not part["end"]
        elif part["tag"] and self.tables and not part["end"]:
            self._part(part["tag"].lower(), part["inside"])

    def _table(self, *, ends: bool) -> None:
        if not ends:
            self.tables.append(_Table())
        elif self.tables:
            self.found += self.tables.pop().uneven()

    def _part(self, tag: str, inside: str) -> None:
        """Take in the beginning of a row or a cell of the innermost table."""
        if tag == "tr":
            self.tables[-1].begin(self.place)
        else:
            spans = {which.lower(): max(1, int(count)) for which, count in SPAN.findall(inside)}
            self.tables[-1].add(spans.get("col", 1), spans.get("row", 1))
