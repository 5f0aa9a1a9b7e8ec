"""Handle scripts that are written without spaces between words: Chinese and Japanese."""

import re
from collections.abc import Iterator
from functools import cache

LETTERS = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The letters of these scripts, as the inside of a character class."""
MARKS = "\u3000-\u3004\u3008-\u3020\u3030\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
"""Their punctuation, in the same form."""
OPENS = "（［｛〈《「『【〔〖“‘"  # noqa: RUF001 -- full-width marks are meant
CLOSES = "，。、；：？！）］｝〉》」』】〕〗”’…—·％%"  # noqa: RUF001 -- as above
"""Marks after which, and before which, a line may not be broken."""
FIRST = "\u2e80"
"""The first of all these letters, and of all the punctuation but OPENS and CLOSES."""
WORD = rf"[{LETTERS}]|[^\s{LETTERS}{MARKS}]+"
ONE = rf"[{LETTERS}{MARKS}]"
PIECE = rf"[{OPENS}]*(?:[{LETTERS}]|[^\s{LETTERS}{OPENS}{CLOSES}]+)?[{CLOSES}]*"
GAP = rf"(?<=[{LETTERS}{MARKS}]) (?=[{LETTERS}{MARKS}])"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern, compiled when a text first needs it: this takes longer than to read a brief in English."""
    return re.compile(pattern)


def _may_have(text: str) -> bool:
    return max(text, default="") >= FIRST


def count(text: str) -> int:
    """Return how many words a text has; each letter of these scripts counts as one."""
    return len(_compiled(WORD).findall(text)) if _may_have(text) else len(text.split())


def is_one(character: str) -> bool:
    """Return whether a character is a letter or mark of these scripts."""
    return character[:1] >= FIRST and bool(_compiled(ONE).match(character))


def closed_up(text: str) -> str:
    """Return a text without the spaces between letters of these scripts, which a line break in a file leaves."""
    return _compiled(GAP).sub("", text) if _may_have(text) else text


def pieces(word: str) -> Iterator[str]:
    """Yield the pieces of a word between which a line may be broken: a word of another script is one piece."""
    if not _may_have(word) or not _compiled(ONE).search(word):
        yield word
    else:
        yield from filter(None, _compiled(PIECE).findall(word))
