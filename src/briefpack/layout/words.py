"""Collect the words that a layout's templates contain."""

import re
from collections.abc import Iterable

from briefpack.text.words import NOT_LETTERS, split

NOT_SAID = re.compile(r"\{[{%#].*?[}%#]\}|<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def of_pages(sources: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ordinary words that templates print, and every lower-case word they contain.

    A word is ordinary if it is printed with a capital and also occurs in lower case: `Page`, but not `Bennelong`.
    """
    printed: set[str] = set()
    lowercase: set[str] = set()
    for text in sources:
        printed |= {word.casefold() for word in split(NOT_SAID.sub(" ", text)) if not word.islower()}
        lowercase |= {word for word in NOT_LETTERS.split(text) if word.islower()}
    return frozenset(printed & lowercase), frozenset(lowercase)
