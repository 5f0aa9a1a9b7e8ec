"""Split texts into words, however they are set: across lines, in capitals, with hyphens or ligatures."""

import re
import unicodedata
from collections.abc import Iterable

from briefpack.text.unspaced import LETTERS

WORD = re.compile(rf"\d+(?:[.,]\d+)*%?|[{LETTERS}]|[^\W\d_{LETTERS}]+")
# A hyphen between letters, with or without a line break after it. PDFium gives one at a line's end as U+FFFE.
JOINT = re.compile(r"(?<=\w)[-\u00ad\u2010\u200b\u2060\ufeff\ufffe\x00-\x08\x0e-\x1f]+\s*(?=\w)")
NOT_LETTERS = re.compile(r"[\W_]+")

Phrase = tuple[str, ...]
"""Consecutive words, usually in lower case."""


def split(text: str) -> Phrase:
    """Return the words and numbers in a text; hyphenated words count as one, also across a line break.

    Each letter of a script without spaces between words is one.
    """
    return tuple(WORD.findall(JOINT.sub("", unicodedata.normalize("NFKC", text))))


def fold(text: str) -> Phrase:
    """Return the words of a text in lower case."""
    return lowered(split(text))


def has(words: Phrase, phrase: Phrase) -> bool:
    """Return whether some words have a phrase among them."""
    return any(words[start : start + len(phrase)] == phrase for start in range(len(words) - len(phrase) + 1))


def lowered(words: Iterable[str]) -> Phrase:
    """Return words in lower case."""
    return tuple(word.casefold() for word in words)
