"""Find a page's unbalanced tags, which are never closed or close nothing, and the template line that wrote each."""

import re
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True)
class Fault:
    """An unbalanced tag: its name, whether it is an end tag, and the template line that wrote it."""

    tag: str
    closing: bool
    template: str = ""
    line: int | None = None

    @property
    def message(self) -> str:
        """Return the message."""
        return f"</{self.tag}> has no opening tag" if self.closing else f"<{self.tag}> is never closed"

    @property
    def hint(self) -> str:
        """Return the hint."""
        if self.closing and self.tag == "p":
            return "write <div> instead of its <p>, which ends where a list, a table, a heading or a <div> begins; or delete it"
        return (
            "delete it, or add the tag that it should close"
            if self.closing
            else f"close it with </{self.tag}>, or delete it"
        )


# Cached, as most pages are the same for every electorate.
@lru_cache(maxsize=256)
def unbalanced(html: str) -> tuple[Fault, ...]:
    """Return the unbalanced tags of a page, apart from those whose end tag HTML makes optional."""
    reader = _Reader()
    for found in TAG.finditer(html):
        reader.take(found)
    reader.leave(len(reader.open))
    return tuple(dict.fromkeys(reader.faults))


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

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
MAY_STAY_OPEN = frozenset(
    [
        "html",
        "head",
        "body",
        "p",
        "li",
        "dt",
        "dd",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "colgroup",
        "option",
        "optgroup",
        "rt",
        "rp",
    ]
)
"""The elements whose end tag can be omitted (HTML, section 13.1.2.4)."""

ENDS_A_PARAGRAPH = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)
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

HOLDS = frozenset(
    [
        "ul",
        "ol",
        "menu",
        "dl",
        "table",
        "select",
        "ruby",
        "div",
        "section",
        "article",
        "aside",
        "figure",
        "blockquote",
        "td",
        "th",
        "body",
        "svg",
    ]
)
"""The elements whose contents can't close anything outside them."""


@dataclass
class _Reader:
    """The tags that are open at one point in a page, and the faults found so far."""

    open: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    place: tuple[str, int | None] = ("", None)

    def take(self, found: re.Match[str]) -> None:
        if found["template"]:
            self.place = found["template"], int(found["line"])
        elif found["tag"] and found["end"]:
            self._close(found["tag"].lower())
        elif found["tag"]:
            self._begin(found["tag"].lower(), empty=found[0].endswith("/>"))

    def leave(self, count: int) -> None:
        """Close the `count` innermost tags, and record a fault for each one that needs an end tag."""
        for tag in self.open[len(self.open) - count :]:
            if tag.tag not in MAY_STAY_OPEN:
                self.faults.append(tag)
        del self.open[len(self.open) - count :]

    def _begin(self, tag: str, *, empty: bool) -> None:
        if (ends := ENDED_BY.get(tag)) and (ended := max(map(self._depth, ends))):
            self.leave(ended)
        # Outside drawings, HTML ignores the slash of <div/>, and the tag stays open.
        if tag not in VOID and not (empty and (tag in DRAWN or any(each.tag in DRAWN for each in self.open))):
            self.open.append(Fault(tag, False, *self.place))

    def _depth(self, tag: str) -> int:
        """Return how many open tags close with the innermost `tag` in the same container; 0 if there is none."""
        for depth, other in enumerate(reversed(self.open), start=1):
            if other.tag == tag:
                return depth
            if other.tag in HOLDS:
                return 0
        return 0

    def _close(self, tag: str) -> None:
        if self.open and self.open[-1].tag == tag and self.open[-1].template == self.place[0]:
            # By far the most common case.
            self.open.pop()
            return
        inner = [each for each in reversed(self.open) if each.tag == tag]
        # A template usually closes the tags that it opened itself, even if it includes others in between.
        own = [each for each in inner if each.template == self.place[0]]
        if inner:
            closed = (own or inner)[0]
            self.leave(next(n for n, each in enumerate(reversed(self.open)) if each is closed))
            self.open.pop()
        elif not any(each.tag == tag and not each.closing for each in self.faults):
            # When two tags overlap, only the first one left open is a fault.
            self.faults.append(Fault(tag, True, *self.place))
