"""Return the beginnings of a text's words, by which two texts are found to be about the same things."""

import re
from collections.abc import Collection

LETTERS = 4
"""How many letters identify a word, whatever its ending: form and formed are one. Shorter words aren't read."""
WORD = re.compile(rf"[^\W\d_]{{{LETTERS},}}")


def of(words: str, small: Collection[str] = ()) -> frozenset[str]:
    """Return the beginnings of some words, apart from those of small words."""
    return frozenset(word[:LETTERS] for word in WORD.findall(words.casefold()) if word not in small)
