"""Handle scripts that are written without spaces between words: Chinese and Japanese."""

import re
from collections.abc import Iterator

LETTERS = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The letters of these scripts, as the inside of a character class."""
MARKS = "\u3000-\u3004\u3008-\u3020\u3030\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
"""Their punctuation, in the same form."""
OPENS = "（［｛〈《「『【〔〖“‘"  # noqa: RUF001 -- full-width marks are meant
CLOSES = "，。、；：？！）］｝〉》」』】〕〗”’…—·％%"  # noqa: RUF001 -- as above
"""Marks after which, and before which, a line may not be broken."""
WORD = re.compile(rf"[{LETTERS}]|[^\s{LETTERS}{MARKS}]+")
CUT = re.compile(rf"[{LETTERS}][{MARKS}{CLOSES}]*\s*|[^\s{LETTERS}]+\s*")
ONE = re.compile(rf"[{LETTERS}{MARKS}]")
PIECE = re.compile(rf"[{OPENS}]*(?:[{LETTERS}]|[^\s{LETTERS}{OPENS}{CLOSES}]+)?[{CLOSES}]*")
GAP = re.compile(rf"(?<=[{LETTERS}{MARKS}]) (?=[{LETTERS}{MARKS}])")


def count(text: str) -> int:
    """Return how many words a text has; each letter of these scripts counts as one."""
    return len(text.split()) if text.isascii() else len(WORD.findall(text))


def is_one(character: str) -> bool:
    """Return whether a character is a letter or mark of these scripts."""
    return bool(ONE.match(character))


def closed_up(text: str) -> str:
    """Return a text without the spaces between letters of these scripts, which a line break in a file leaves."""
    return GAP.sub("", text)


def pieces(word: str) -> Iterator[str]:
    """Yield the pieces of a word between which a line may be broken: a word of another script is one piece."""
    if word.isascii() or not ONE.search(word):
        yield word
    else:
        yield from filter(None, PIECE.findall(word))
