"""Find what can be inside the elements of a class, through every macro, block and page that they use.

When in doubt, it assumes that something is possible: any word that an element may print may be a class in it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from briefpack.layout import classes
from briefpack.layout.blocks import EXTENDS

NAMED = re.compile(
    r"\{%[-+]?\s*(?P<kind>macro|set|block|call)\b\s*(?P<name>[\w, ]+?)\s*(?:\(|[-+]?%\}|required|scoped)(?P<rest>[^%]*%\})?"
)
"""The beginning of a named part of a page; what is set to a value has no part."""
TAKEN = re.compile(r"""["']([\w./-]+\.html)["']""")
PRINTED = re.compile(
    r"""\{%[-+]?\s*(?:include|extends)\s+["']([\w./-]+)["']\s*(?:ignore missing|with context|without context)?\s*[-+]?%"""
)
UNKNOWN = re.compile(r"""\{%[-+]?\s*(?:include|extends)\s+(?!["'][\w./-]+["']\s*[\w ]*[-+]?%)""")
"""A page that prints where it is taken in, by its name and by a value."""
NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*|(?<=\.)[A-Za-z_]\w*(?=\s*\()")
"""A name in code that may be that of a part: by itself, or called; not an attribute."""
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
VOID = frozenset({"img", "br", "hr", "input", "meta", "link", "col", "wbr", "source"})
ANYTHING = frozenset({"caller", "super", "self", "varargs"})
"""Names by which an element may print what another page or macro gives it."""


TEXTS = frozenset({"prose", "line", "expanded", "heading"})
"""The names by which an element prints a text of the brief, in which the engine prints notes."""


class Nesting:
    """The pages of a layout, by path from layouts/ or from the project."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self.pages = {path: classes.REMARK.sub(" ", text) for path, text in pages.items()}
        self._known: dict[_Part, _Held | None] = {}

    def may_hold(self, starts: Iterable[tuple[str, int]], name: str) -> bool:
        """Return whether an element that begins at one of some places may have an element of a class in it."""
        return any(self._may_hold(self._extent(path, start), name) for path, start in starts)

    def _may_hold(self, begun: "_Part", name: str) -> bool:
        done, waiting = set[_Part](), [begun]
        while waiting:
            held = self._held(waiting.pop())
            if held is None or name in held.words or name.startswith(held.begun):
                return True
            waiting += held.parts - done
            done |= held.parts
        return False

    def _held(self, part: "_Part") -> "_Held | None":
        """Return what a part holds itself; None if it may hold anything."""
        if part not in self._known:
            self._known[part] = self._read(part)
        return self._known[part]

    def _read(self, part: "_Part") -> "_Held | None":
        code = " ".join(classes.CODE.findall(part.text))
        names = {*NAME.findall(QUOTED.sub(" ", code)), *PRINTED.findall(code)}
        if names & ANYTHING or UNKNOWN.search(code):
            return None
        words = frozenset(classes.WORD.findall(part.text))
        parts = {each for name in names for each in self._parts.get(name, ()) if self._is_seen(each, part.path)}
        parts |= self._of_the_engine if names & TEXTS else set()
        return _Held(words, tuple(word for word in words if word.endswith("-")), frozenset(parts))

    def _is_seen(self, part: "_Part", path: str) -> bool:
        """Return whether a page may print a part: its own, one of a page that it takes in, or what that may fill."""
        known = path == part.path or part.path in self._takes_in[path]
        return known or (part.is_open and path in self._takes_in[part.path])

    @cached_property
    def _of_the_engine(self) -> set["_Part"]:
        """Return the pages that print by themselves and extend no other, such as that of a note."""
        named = {f"layouts/{name}" for text in self.pages.values() for name in TAKEN.findall(text)}
        alone = {path: text for path, text in self.pages.items() if path not in named and "<html" not in text}
        return {_Part(path, text, is_open=False) for path, text in alone.items() if not EXTENDS.search(text)}

    @cached_property
    def _takes_in(self) -> dict[str, set[str]]:
        """Return the pages that each page names, itself or through another."""
        named = {path: {f"layouts/{name}" for name in TAKEN.findall(text)} for path, text in self.pages.items()}
        for _ in named:
            named = {path: each.union(*(named.get(other, ()) for other in each)) for path, each in named.items()}
        return named

    def _extent(self, path: str, start: int) -> "_Part":
        return _Part(path, within(self.pages[path], start), is_open=False)

    @cached_property
    def _parts(self) -> dict[str, list["_Part"]]:
        """Return each page, macro, block and text that is set, by its name."""
        found = dict[str, list[_Part]]()
        for path, text in self.pages.items():
            found.setdefault(path.partition("layouts/")[2] or path, []).append(_Part(path, text, is_open=False))
            for name, part, is_open in _named(text):
                found.setdefault(name, []).append(_Part(path, part, is_open=is_open))
        return found


def within(text: str, start: int) -> str:
    """Return an element of a page from its first tag to its last; the rest of the page if its end isn't certain."""
    tag = re.match(r"<([A-Za-z][\w-]*)", text[start:])
    if not tag:
        return text[start:]
    if tag[1].lower() in VOID:
        return ""
    depth = 0
    for found in re.finditer(rf"<(/?){tag[1]}(?![\w-])", text[start:], re.IGNORECASE):
        depth += -1 if found[1] else 1
        if depth == 0:
            return text[start : start + found.start()]
    return text[start:]


@dataclass(frozen=True)
class _Part:
    """A part of a page; one that is open, such as a block or a text that is set, is known to the pages taken in, too."""

    path: str
    text: str
    is_open: bool


class _Held(NamedTuple):
    """What a part of a page holds itself: its words, those of them that begin a class, and the parts that it prints."""

    words: frozenset[str]
    begun: tuple[str, ...]
    parts: frozenset[_Part]


def _named(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the name and text of each macro, block and set text of a page, and whether pages that it takes in know it."""
    for begun in NAMED.finditer(text):
        depth, last = 1, len(text)
        for tag in re.compile(rf"\{{%[-+]?\s*(?:end)?{begun['kind']}\b").finditer(text, begun.end()):
            depth += -1 if "end" in tag[0] else 1
            if depth == 0:
                last = tag.start()
                break
        # What a macro is given if it isn't told may be a class.
        first = begun.start("rest") if begun["rest"] else begun.end()
        for name in NAME.findall(begun["name"]):
            yield name, text[first:last], begun["kind"] != "macro"
    for name, value in classes.SET.findall(text):
        yield name, f"{{{{ {value} }}}}", True
