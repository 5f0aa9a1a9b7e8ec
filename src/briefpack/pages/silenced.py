"""Find words of the brief that a page prints and hides from a screen reader, and that nothing else on it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

HIDDEN = 'aria-hidden="true"'
SILENT = re.compile(
    rf"(?:<!--@(?P<template>[^>]*):(?P<line>\d+)-->)?<(?P<tag>\w+)\b[^<>]*\b{HIDDEN}[^<>]*>"
    r"(?:(?!</?(?P=tag)\b).)*</(?P=tag)\s*>",
    re.DOTALL,
)
SAID = re.compile(r"\s(?:alt|aria-label)=\"([^\"]*)\"")
TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)


@dataclass(frozen=True)
class Silenced:
    """A text that nobody hears, by the template line that hides it: one problem for the texts of all documents."""

    template: str = ""
    line: int | None = None

    @property
    def message(self) -> str:
        """Return the message."""
        return "the text of a field is printed, but a screen reader passes over it"

    @property
    def hint(self) -> str:
        """Return the hint."""
        return f"delete {HIDDEN}, or say the words in an aria-label or an alt text of the page"


# Cached, as most pages are the same for every electorate.
@lru_cache(maxsize=256)
def find(html: str) -> tuple[Silenced, ...]:
    """Return the fields of the brief that a page hides from a screen reader without saying their words elsewhere."""
    return tuple(dict.fromkeys(_silenced(html))) if HIDDEN in html else ()


def _silenced(html: str) -> Iterator[Silenced]:
    hidden = [found for found in SILENT.finditer(html) if " data-field=" in found[0]]
    heard = _words(SILENT.sub(" ", html)) if hidden else ""
    heard += " ".join(map(_bare, SAID.findall(html))) if hidden else ""
    for found in hidden:
        words = _words(found[0])
        if words and words not in heard:
            yield Silenced(found["template"] or "", int(found["line"]) if found["line"] else None)


def _words(html: str) -> str:
    return _bare(TAG.sub("", html))


def _bare(text: str) -> str:
    """Return the words of a text without the marks that keep a line from breaking, or let it."""
    return " ".join(BREAKS.sub("", unescape(text)).split())


BREAKS = re.compile("[\u00ad\u200b\u2060]")
"""A soft hyphen, a place to break and a word joiner."""
