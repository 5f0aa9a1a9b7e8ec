"""Find the tag of a template that is never closed: Jinja2 complains only where the next end tag doesn't match."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import jinja2

CLOSED = frozenset(["autoescape", "block", "call", "filter", "for", "if", "macro", "set", "with"])
"""The tags that need an end tag; `set` does if it has no value."""


class Tag(NamedTuple):
    """A tag of a template, with its line and that line's indent; None if other text comes before it."""

    name: str
    line: int
    indent: int | None


class Unclosed(NamedTuple):
    """A tag that is never closed, and the line of the end tag that doesn't match it; None at the end of the page."""

    name: str
    line: int
    before: int | None


def unclosed(source: str) -> Unclosed | None:
    """Return the tag of a template that is never closed; None if the fault is another."""
    opened: list[Tag] = []
    suspects: list[Tag] = []
    for tag in _tags(source):
        name = tag.name.removeprefix("end")
        if tag.name in CLOSED:
            opened.append(tag)
        elif opened and opened[-1].name == name:
            suspects += _suspects(opened, tag)
            opened.pop()
        elif name in CLOSED:
            within = any(each.name == name for each in opened)
            return _found(opened, suspects, tag.line) if within else None
    return _found(opened, suspects, None)


def half(source: str) -> tuple[int, str, str] | None:
    """Return the first tag that another begins in: its line, how it begins and how it should end; None if none does."""
    text = REMARK.sub(lambda found: "\n" * found[0].count("\n"), source)
    at = 0
    while begun := BEGINS.search(text, at):
        end, following = text.find(ENDS[begun[0]], begun.end()), BEGINS.search(text, begun.end())
        if end < 0 or (following and following.start() < end):
            return text.count("\n", 0, begun.start()) + 1, begun[0], ENDS[begun[0]]
        at = end + len(ENDS[begun[0]])
    return None


BEGINS = re.compile(r"\{[{%]")
ENDS = {"{{": "}}", "{%": "%}"}
REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)


def _suspects(opened: Sequence[Tag], end: Tag) -> Iterator[Tag]:
    """Yield the innermost open tag if, by its indent, the end tag was written for one around it."""
    inner = opened[-1]
    around = (each.indent for each in opened[:-1] if each.name == inner.name)
    if None not in (inner.indent, end.indent) and inner.indent != end.indent and end.indent in around:
        yield inner


def _found(opened: Sequence[Tag], suspects: Sequence[Tag], before: int | None) -> Unclosed | None:
    if not opened:
        return None
    tag = next((each for each in reversed(suspects) if each.name == opened[-1].name), opened[-1])
    return Unclosed(tag.name, tag.line, before)


def _tags(source: str) -> Iterator[Tag]:
    """Yield the tags of a template that open or close a block, as far as it can be read."""
    words: list[str] = []
    lines = source.splitlines()
    try:
        for line, kind, value in jinja2.Environment(autoescape=True).lex(source):
            if kind == "block_begin":
                words = []
            elif kind in ("name", "operator"):
                words.append(value)
            elif kind == "block_end" and words and not (words[0] == "set" and "=" in words):
                yield Tag(words[0], line, _indent(lines[line - 1]))
    except jinja2.TemplateSyntaxError:
        return


def _indent(line: str) -> int | None:
    text = line.lstrip()
    return len(line) - len(text) if text.startswith("{%") else None
