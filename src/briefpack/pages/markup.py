"""Find the faults of a page's HTML: unbalanced tags, uneven rows of a table, and words that nobody hears.

A page whose template is `marked` has a comment before each tag, from which a fault has its template and line.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import NamedTuple


class Place(NamedTuple):
    """The template and the line that wrote a part of a page, if its template is marked."""

    template: str = ""
    line: int | None = None


NOWHERE = Place()


@dataclass(frozen=True)
class Fault:
    """A fault in a page's HTML, its fix, and the place where it was written."""

    message: str
    hint: str
    place: Place = NOWHERE


def marked(source: str, template: str) -> str:
    """Return a template's source with a comment before each tag, giving the template's name and the tag's line."""

    def mark(found: re.Match[str]) -> str:
        if not found["tag"]:
            return found[0]
        return f"<!--@{template}:{source.count(chr(10), 0, found.start()) + 1}-->{found[0]}"

    return TEMPLATE_TAG.sub(mark, source)


NAME = r"[A-Za-z][\w:-]*"
SKIPPED = r"<!--(?!@).*?-->|<(?P<raw>style|script|title)\b.*?</(?P=raw)\s*>"
TAG = re.compile(
    rf"{SKIPPED}|<!--@(?P<template>[^>]*):(?P<line>\d+)-->"
    rf"|<(?P<end>/?)(?P<tag>{NAME})[^\"'>]*(?:(?:\"[^\"]*\"|'[^']*')[^\"'>]*)*>",
    re.DOTALL | re.IGNORECASE,
)
JINJA = r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}"
TEMPLATE_TAG = re.compile(
    rf"{JINJA}|{SKIPPED}|</?(?P<tag>{NAME})(?:{JINJA}|\"(?:{JINJA}|[^\"])*+\"|'(?:{JINJA}|[^'])*+'|[^\"'>])*+>",
    re.DOTALL | re.IGNORECASE,
)


# Cached, as most pages are the same for every electorate.
@lru_cache(maxsize=256)
def faults(html: str) -> tuple[Fault, ...]:
    """Return the faults of a page's HTML, of the first kind that it has."""
    return unbalanced(html) or uneven_rows(html) or silenced(html)


def unbalanced(html: str) -> tuple[Fault, ...]:
    """Return the unbalanced tags of a page, apart from tags whose end tag HTML makes optional."""
    reader = _Tags()
    for found in TAG.finditer(html):
        reader.take(found)
    reader.leave(len(reader.open))
    return tuple(dict.fromkeys(reader.faults))


VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
MAY_STAY_OPEN = frozenset((
    "html", "head", "body", "p", "li", "dt", "dd", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup",
    "option", "optgroup", "rt", "rp",
))  # fmt: skip
"""The elements whose end tag can be omitted (HTML, section 13.1.2.4)."""
ENDS_A_PARAGRAPH = frozenset((
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "menu", "nav", "ol", "p", "pre", "section",
    "table", "ul",
))  # fmt: skip
ENDED_BY: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tr": frozenset({"tr", "td", "th", "caption", "colgroup"}),
    "thead": frozenset({"caption", "colgroup"}),
    "tbody": frozenset({"caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th"}),
    "tfoot": frozenset({"caption", "colgroup", "thead", "tbody", "tr", "td", "th"}),
    "option": frozenset({"option"}),
    "optgroup": frozenset({"option", "optgroup"}),
    "rt": frozenset({"rt", "rp"}),
    "rp": frozenset({"rt", "rp"}),
} | dict.fromkeys(ENDS_A_PARAGRAPH, frozenset({"p"}))
"""For each start tag, the open elements that it closes."""
DRAWN = frozenset(["svg", "math"])
"""The elements in which a slash before > closes a tag."""
HOLDS = frozenset((
    "ul", "ol", "menu", "dl", "table", "select", "ruby", "div", "section", "article", "aside", "figure", "blockquote",
    "td", "th", "body", "svg",
))  # fmt: skip
"""The elements whose contents can't close anything outside them."""


class _Open(NamedTuple):
    """A tag that is open, and where it was written."""

    tag: str
    place: Place


@dataclass
class _Tags:
    """The tags that are open at one point in a page, and the faults found so far; `unclosed` are the tags left open."""

    open: list[_Open] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unclosed: set[str] = field(default_factory=set)
    place: Place = NOWHERE

    def take(self, found: re.Match[str]) -> None:
        if found["template"]:
            self.place = Place(found["template"], int(found["line"]))
        elif found["tag"] and found["end"]:
            self._close(found["tag"].lower())
        elif found["tag"]:
            self._begin(found["tag"].lower(), empty=found[0].endswith("/>"))

    def leave(self, count: int) -> None:
        """Close the `count` innermost tags, and record a fault for each tag that needs an end tag."""
        for tag, place in self.open[len(self.open) - count :]:
            if tag not in MAY_STAY_OPEN:
                self.unclosed.add(tag)
                hint = f"close it with </{tag}>, or delete it"
                self.faults.append(Fault(f"<{tag}> is never closed", hint, place))
        del self.open[len(self.open) - count :]

    def _begin(self, tag: str, *, empty: bool) -> None:
        if (ends := ENDED_BY.get(tag)) and (ended := max(map(self._depth, ends))):
            self.leave(ended)
        # Outside drawings, HTML ignores the slash of <div/>, and the tag stays open.
        if tag not in VOID and not (empty and (tag in DRAWN or any(each.tag in DRAWN for each in self.open))):
            self.open.append(_Open(tag, self.place))

    def _depth(self, tag: str) -> int:
        """Return how many open tags close with the innermost `tag` in the same container; 0 if there is none."""
        for depth, other in enumerate(reversed(self.open), start=1):
            if other.tag == tag:
                return depth
            if other.tag in HOLDS:
                return 0
        return 0

    def _close(self, tag: str) -> None:
        if self.open and self.open[-1].tag == tag and self.open[-1].place.template == self.place.template:
            # By far the most common case.
            self.open.pop()
            return
        inner = [each for each in reversed(self.open) if each.tag == tag]
        # A template usually closes the tags that it opened itself, even if it includes others in between.
        own = [each for each in inner if each.place.template == self.place.template]
        if inner:
            closed = (own or inner)[0]
            self.leave(next(n for n, each in enumerate(reversed(self.open)) if each is closed))
            self.open.pop()
        elif tag not in self.unclosed:
            # When two tags overlap, only the first one left open is a fault.
            hint = OF_A_PARAGRAPH if tag == "p" else "delete it, or add the tag that it should close"
            self.faults.append(Fault(f"</{tag}> has no opening tag", hint, self.place))


OF_A_PARAGRAPH = (
    "write <div> instead of its <p>, which ends where a list, a table, a heading or a <div> begins; or delete it"
)


def uneven_rows(html: str) -> tuple[Fault, ...]:
    """Return the rows of a page's tables that are unlike the head of their table, or shorter than most of its rows.

    A screen reader counts columns, so each cell after a missing one is read under another's head.
    """
    if "<table" not in html:
        return ()
    reader = _Tables()
    for part in TABLE_PART.finditer(html):
        reader.take(part)
    return tuple(dict.fromkeys(reader.faults))


TABLE_PART = re.compile(
    r"<!--@(?P<template>[^>]*):(?P<line>\d+)-->|<!--.*?-->|<(?P<raw>style|script|title|svg)\b.*?</(?P=raw)\s*>"
    r"|<(?P<end>/?)(?P<tag>table|thead|tbody|tfoot|tr|td|th)\b(?P<inside>[^\"'>]*(?:(?:\"[^\"]*\"|'[^']*')[^\"'>]*)*)>",
    re.DOTALL | re.IGNORECASE,
)
GROUPS = ("thead", "tbody", "tfoot")
SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?(\d+)", re.IGNORECASE)


@dataclass
class _Table:
    """A table: the columns of each of its rows, where each row is written, and the cells that reach into later rows.

    `heads` is the number of rows in its head, and `wide` are the rows with a cell that takes several columns.
    """

    rows: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    hanging: list[tuple[int, int]] = field(default_factory=list)
    heads: int = 0
    in_head: bool = False
    wide: set[int] = field(default_factory=set)

    def begin(self, place: Place) -> None:
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

    def uneven(self) -> Iterator[Fault]:
        """Yield each row that differs from the head; without a head, each that is too short, if most rows are alike."""
        if self.heads:
            head = max(self.rows[: self.heads])
            for index, (has, place) in enumerate(zip(self.rows, self.places, strict=True)):
                if 0 < has < head or (has > head and index not in self.wide):
                    yield _uneven(has, head, "its head has", place)
            return
        [(usual, count), *_] = Counter(self.rows).most_common(1) or [(0, 0)]
        if 2 * count <= len(self.rows) or count == 1:
            return
        for has, place in zip(self.rows, self.places, strict=True):
            if 0 < has < usual:
                yield _uneven(has, usual, "most have", place)


@dataclass
class _Tables:
    """The tables that are open at one point in a page, and the faults found so far."""

    tables: list[_Table] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    place: Place = NOWHERE

    def take(self, part: re.Match[str]) -> None:
        if part["template"]:
            self.place = Place(part["template"], int(part["line"]))
        elif part["tag"] and part["tag"].lower() == "table":
            self._table(ends=bool(part["end"]))
        elif part["tag"] and self.tables and part["tag"].lower() in GROUPS:
            self.tables[-1].in_head = part["tag"].lower() == "thead" and not part["end"]
        elif part["tag"] and self.tables and not part["end"]:
            self._part(part["tag"].lower(), part["inside"])

    def _table(self, *, ends: bool) -> None:
        if not ends:
            self.tables.append(_Table())
        elif self.tables:
            self.faults += self.tables.pop().uneven()

    def _part(self, tag: str, inside: str) -> None:
        """Take in the beginning of a row or a cell of the innermost table."""
        if tag == "tr":
            self.tables[-1].begin(self.place)
        else:
            spans = {which.lower(): max(1, int(count)) for which, count in SPAN.findall(inside)}
            self.tables[-1].add(spans.get("col", 1), spans.get("row", 1))


def _uneven(has: int, others: int, who: str, place: Place) -> Fault:
    message = f"a row of the table has {has} column{'s' * (has != 1)}, and {who} {others}"
    if has > others:
        return Fault(message, "add a cell to the head, an empty <td></td> if need be, or delete one here", place)
    return Fault(message, "add a cell, an empty <td></td> if need be, or a colspan", place)


def silenced(html: str) -> tuple[Fault, ...]:
    """Return the fields of the brief that a page hides from a screen reader without saying their words elsewhere."""
    return tuple(dict.fromkeys(_silenced(html))) if HIDDEN in html else ()


def _silenced(html: str) -> Iterator[Fault]:
    hidden = [found for found in SILENT.finditer(html) if " data-field=" in found[0]]
    heard = _words(SILENT.sub(" ", html)) if hidden else ""
    heard += " ".join(map(_bare, SAID.findall(html))) if hidden else ""
    for found in hidden:
        words = _words(found[0])
        if words and words not in heard:
            message = "the text of a field is printed, but a screen reader passes over it"
            hint = f"delete {HIDDEN}, or say the words in an aria-label or an alt text of the page"
            yield Fault(message, hint, Place(found["template"] or "", int(found["line"]) if found["line"] else None))


HIDDEN = 'aria-hidden="true"'
SILENT = re.compile(
    rf"(?:<!--@(?P<template>[^>]*):(?P<line>\d+)-->)?<(?P<tag>\w+)\b[^<>]*\b{HIDDEN}[^<>]*>"
    r"(?:(?!</?(?P=tag)\b).)*</(?P=tag)\s*>",
    re.DOTALL,
)
SAID = re.compile(r"\s(?:alt|aria-label)=\"([^\"]*)\"")
ANY_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)


def _words(html: str) -> str:
    return _bare(ANY_TAG.sub("", html))


def _bare(text: str) -> str:
    """Return the words of a text without the marks that keep a line from breaking, or let it."""
    return " ".join(BREAKS.sub("", unescape(text)).split())


BREAKS = re.compile("[\u00ad\u200b\u2060]")
"""A soft hyphen, a place to break and a word joiner."""
