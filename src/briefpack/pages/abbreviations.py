"""Expand the abbreviations that a brief explains, as in "Australian Federal Police (AFP)", for screen readers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape, unescape

from briefpack import schema
from briefpack.brief.model import Brief

EXPLAINED = re.compile(r"((?:[\w’'-]+\s){2,9})\(([A-Z]{2,6})\)")
TAG = re.compile(r"(<[^>]*>)")
SMALL = 3
"""The most letters of a word that an abbreviation may leave out, such as "of"."""


def of_brief(brief: Brief) -> dict[str, str]:
    """Return the words for each abbreviation in a brief."""
    return explained(_texts(brief))


def explained(texts: Iterable[str]) -> dict[str, str]:
    """Return the words for each abbreviation, as the first of some texts explains it."""
    found: dict[str, str] = {}
    for text in texts:
        for words, short in EXPLAINED.findall(text):
            if full := _spelt(words.split(), short):
                found.setdefault(short, full)
    return found


def expanded(html: str, known: Mapping[str, str]) -> str:
    """Return a line of HTML where each known abbreviation has its words."""
    if not known:
        return html
    short, parts = _pattern(known), TAG.split(html)
    parts[::2] = [
        short.sub(lambda word: f'<abbr title="{escape(known[word[0]])}">{word[0]}</abbr>', text) for text in parts[::2]
    ]
    return "".join(parts)


def _pattern(known: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, known))})\b")


def heard(html: str, known: Mapping[str, str]) -> str:
    """Return a page's HTML with each abbreviation expanded at its first use, unless its words come just before."""
    page = _Page(known)
    return "".join(map(page.part, TAG.split(html))) if known else html


UNREAD = re.compile(r"""<(?:a|abbr|title|style)\b|\saria-(?:label|hidden)=""")
"""The beginning of an element whose text isn't expanded: a link, or one heard as something else or not at all."""
VOID = re.compile(r"<(?:!|(?:br|col|hr|img|input|link|meta|source|wbr)\b)")


@dataclass
class _Page:
    """A page that is read from its beginning: the abbreviations still to come, and the depth in unread elements."""

    known: Mapping[str, str]
    done: set[str] = field(default_factory=set)
    depth: int = 0
    expanded: bool = False
    """Whether the page itself expands the next abbreviation."""

    @cached_property
    def _short(self) -> re.Pattern[str]:
        return _pattern(self.known)

    def part(self, part: str) -> str:
        """Return a tag, or the text between two."""
        if part.startswith("<"):
            self._enter(part)
            return part
        if self.expanded:
            self.done.add(part)
        return part if self.depth else self._text(part)

    def _enter(self, tag: str) -> None:
        self.expanded = tag.startswith("<abbr")
        if not VOID.match(tag) and (self.depth or UNREAD.search(tag)):
            self.depth += -1 if tag.startswith("</") else 1

    def _text(self, text: str) -> str:
        return self._short.sub(lambda word: self._found(word, text), text)

    def _found(self, word: re.Match[str], text: str) -> str:
        # Words within a compound, such as AFP-led, would be heard as its end.
        joined = text[word.end() :].startswith(("-", "\u2011"))
        if joined or word[0] in self.done:
            return word[0]
        self.done.add(word[0])
        words, before = self.known[word[0]], text[: word.start()]
        return word[0] if _is_spelt(words, before) else f'<abbr title="{escape(words)}">{word[0]}</abbr>'


def _is_spelt(words: str, before: str) -> bool:
    """Return whether the text before an abbreviation in brackets has its words, or at least the first half of them."""
    told = " ".join(unescape(before).split()).casefold().removesuffix(" (") if before.endswith("(") else ""
    parts = words.casefold().split()
    least = max(2, (len(parts) + 1) // 2)
    return any(f" {told}".endswith(f" {' '.join(parts[:count])}") for count in range(least, len(parts) + 1))


def _texts(brief: Brief) -> Iterator[str]:
    for _, part in schema.walk(brief):
        for _, value in part:
            yield from (text for text in (value if isinstance(value, tuple) else (value,)) if isinstance(text, str))


def _spelt(words: list[str], short: str) -> str:
    """Return the last of some words whose initials spell an abbreviation; nothing if they don't."""
    letters = short.lower()
    for index, word in reversed([*enumerate(words)]):
        if word.islower() and len(word) <= SMALL:
            continue
        if word[0].lower() != letters[-1]:
            return ""
        letters = letters[:-1]
        if not letters:
            return " ".join(words[index:])
    return ""
