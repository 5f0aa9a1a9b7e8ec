"""Find the tag of a template that is never closed: Jinja2 complains only where the next end tag doesn't match."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from briefpack.pages import markup

CLOSED = frozenset(["autoescape", "block", "call", "filter", "for", "if", "macro", "set", "with"])
"""The tags that need an end tag; `set` does if it has no value."""
BRANCHES = ("else", "elif")


Explained = tuple[int, str, str]
"""A line of a template, its fault, and the fix."""


def explained(source: str) -> Explained | None:
    """Return the tag of a template that is never closed, or that another's end tag closes; None for other faults."""
    reader, names = _read(source), Counter(found.name for found in _tags(source))
    if reader.stray or not reader.open:
        return None
    innermost, wrong = reader.open[-1], reader.stopped_by
    lacking = names[innermost.name] - names[f"end{innermost.name}"]
    if reader.stop and lacking == 1 and names[f"end{wrong}"] - names[wrong] == 1:
        message = f'there should be "end{innermost.name}" here, not "end{wrong}"'
        return reader.stop, message, f"it closes the {{% {innermost.name} %}} of line {innermost.line}"
    if lacking <= 0:
        return None
    tag = _left_open(innermost, reader.stop)
    line = tag.end.line if tag.end else reader.stop
    before = tag.left or (f"line {line}" if line else "the page ends")
    return tag.line, f'"{tag.name}" is never closed', f"close it with {{% end{tag.name} %}} before {before}"


def half(source: str) -> Explained | None:
    """Return the first tag, or text in a tag, that has no end before another tag begins."""
    text = REMARK.sub(lambda found: "\n" * found[0].count("\n"), source)
    at = 0
    while begun := BEGINS.search(text, at):
        end, following = text.find(ENDS[begun[0]], begun.end()), BEGINS.search(text, begun.end())
        if end < 0 or (following and following.start() < end):
            return _not_closed(text, begun.start(), begun[0], ENDS[begun[0]])
        inside = STRING.sub(lambda found: " " * len(found[0]), text[begun.end() : end])
        if mark := QUOTE.search(inside):
            return _not_closed(text, begun.end() + mark.start(), mark[0], mark[0])
        at = end + len(ENDS[begun[0]])
    return None


def _not_closed(text: str, at: int, begun: str, end: str) -> Explained:
    return text.count("\n", 0, at) + 1, f"the {begun} is not closed", f"close it with {end}"


BEGINS = re.compile(r"\{[{%]")
QUOTE = re.compile("[\"']")
STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
ENDS = {"{{": "}}", "{%": "%}"}
REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)


class _Found(NamedTuple):
    """A tag of a template as it is written; `indent` is its line's indent, None if other text comes before it."""

    name: str
    line: int
    indent: int | None


@dataclass(eq=False)
class _Tag:
    """A tag that needs an end tag, the tags in it, and the end tag that closes it for Jinja2.

    `left` is the place where an HTML element around the tag ends while the tag is open; nothing if none does.
    """

    name: str
    line: int
    indent: int | None
    inner: "list[_Tag]" = field(default_factory=list)
    end: _Found | None = None
    left: str = ""
    has_else: bool = False


@dataclass
class _Reader:
    """The tags and the HTML elements that are open at one point of a template.

    `stop` is the line of the first end tag that doesn't match the innermost open tag, and `stopped_by` is its name; it
    is `stray` if no tag of that name is open.
    """

    open: list[_Tag] = field(default_factory=list)
    elements: list[tuple[str, _Tag | None]] = field(default_factory=list)
    stop: int | None = None
    stopped_by: str = ""
    stray: bool = False

    def take(self, found: _Found) -> None:
        name = found.name.removeprefix("end")
        if found.name in CLOSED:
            self._begin(found)
        elif name in BRANCHES:
            self._branch(found)
        elif self.open and self.open[-1].name == name:
            self._end(found)
        elif name in CLOSED:
            self.stop, self.stopped_by = found.line, name
            self.stray = all(each.name != name for each in self.open)

    def _begin(self, found: _Found) -> None:
        if found.name == "macro" and any(each.name == "macro" for each in self.open):
            # A macro within a macro is of no use.
            self.stop = found.line
            return
        tag = _Tag(*found)
        if self.open:
            self.open[-1].inner.append(tag)
        self.open.append(tag)

    def _branch(self, found: _Found) -> None:
        """Take a branch of the innermost `if`; after an `else`, a branch must belong to an `if` around it."""
        tag = self.open[-1] if self.open else None
        if tag and tag.name == "if":
            self.stop = found.line if tag.has_else else None
            tag.has_else = found.name == "else"

    def _end(self, found: _Found) -> None:
        tag = self.open.pop()
        tag.end = found
        if tag.line == found.line:
            tag.left = ""

    def begin_element(self, name: str) -> None:
        if name not in markup.VOID:
            self.elements.append((name, self.open[-1] if self.open else None))

    def end_element(self, name: str, line: int) -> None:
        """Close an element; each tag that was opened in it, and still is open, was left open there."""
        place = next((at for at in reversed(range(len(self.elements))) if self.elements[at][0] == name), None)
        if place is None:
            return
        holder = self.elements[place][1]
        del self.elements[place:]
        if holder is None or holder in self.open:
            for tag in self.open[self.open.index(holder) + 1 if holder else 0 :]:
                tag.left = tag.left or f"</{name}> in line {line}"


def _read(source: str) -> _Reader:
    """Read a template to its end, or to the first end tag that doesn't match."""
    reader = _Reader()
    for found, element in _parts(source):
        if found:
            reader.take(found)
        elif element[0].startswith("/"):
            reader.end_element(element[0][1:], element[1])
        else:
            reader.begin_element(element[0])
        if reader.stop:
            break
    return reader


def _left_open(tag: _Tag, stop: int | None) -> _Tag:
    """Return the tag whose end tag is missing: the innermost tag that was closed by the end tag of a tag around it."""
    found, around = tag, [tag]
    while shifted := [each for each in found.inner if each.name == tag.name and _is_shifted(each, around)]:
        found = shifted[-1]
        around.append(found)
    last = tag.inner[-1] if tag.inner else None
    if found is tag and not tag.left and last and last.name == tag.name and _may_be_shifted(last, tag, stop):
        return last
    return found


def _is_shifted(tag: _Tag, around: list[_Tag]) -> bool:
    """Return whether a tag is closed by an end tag meant for a tag around it, by its indent or the HTML elements."""
    if tag.end is None or tag.end.line == tag.line:
        return False
    by_indent = None not in (tag.indent, tag.end.indent) and tag.indent != tag.end.indent
    return bool(tag.left) or (by_indent and tag.end.indent in [each.indent for each in around])


def _may_be_shifted(tag: _Tag, around: _Tag, stop: int | None) -> bool:
    """Return whether a tag may be closed by the end tag of the tag around it: equal indents, and nothing after it."""
    if tag.end is None or tag.end.line == tag.line or tag.indent != around.indent or stop is None:
        return False
    return stop - tag.end.line <= 1


def _parts(source: str) -> Iterator[tuple[_Found | None, tuple[str, int]]]:
    """Yield each tag of a template, and each tag of HTML by its name with its line, in order."""
    raw = False
    for part in markup.TEMPLATE_TAG.finditer(source):
        for tag in TAG.finditer(part[0]):
            raw = (raw or tag[1] == "raw") and tag[1] != "endraw"
            if tag[1] and not raw and not (tag[1] == "set" and "=" in tag[2]):
                yield _found(source, part.start() + tag.start(), tag[1]), ("", 0)
        if part["tag"] and not raw:
            end = "/" if part[0].startswith("</") else ""
            yield None, (end + part["tag"].lower(), source.count("\n", 0, part.start()) + 1)


TAG = re.compile(r"\{#.*?#\}|\{%[-+]?\s*(\w+)(.*?)%\}", re.DOTALL)


def _tags(source: str) -> Iterator[_Found]:
    return (found for found, _ in _parts(source) if found)


def _found(source: str, at: int, name: str) -> _Found:
    before = source[source.rfind("\n", 0, at) + 1 : at]
    return _Found(name, source.count("\n", 0, at) + 1, None if before.strip() else len(before))
