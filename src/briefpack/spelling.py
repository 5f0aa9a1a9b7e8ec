"""Compares names as people write them: with or without capitals, accents and abbreviations, and with typing errors."""

import itertools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l"})
"""Letters that Unicode doesn't take apart, as a keyboard without them writes them."""
MOST_READINGS = 8
"""How many ways of writing out the abbreviations of one name are tried."""
SHORTEST, LONG = 4, 8
"""The fewest letters of a name that may hold a typing error, and of one that may hold two."""


def fold(text: str) -> str:
    """Return a name as it is compared: without capitals, accents, apostrophes and punctuation."""
    if not text.isascii():
        text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
        text = text.casefold().translate(LETTERS)
    return " ".join(re.sub(r"[^\w]+", " ", re.sub(r"['’‘`]", "", text).replace("&", " and ")).casefold().split())


def close(text: str) -> str:
    """Return a folded name without its spaces, so that "McEwen" and "Mc Ewen" compare as equal."""
    return text.replace(" ", "")


@dataclass(frozen=True)
class Spelling:
    """The abbreviations that people use in names of places, each with what it may stand for, the likeliest first."""

    abbreviations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, abbreviations: Mapping[str, tuple[str, ...]]) -> "Spelling":
        """Fold the abbreviations and what they stand for, as a set's file writes them."""
        return cls({fold(short): tuple(map(fold, long)) for short, long in abbreviations.items()})

    def full(self, name: str) -> str:
        """Return a name folded, with each abbreviation written out in its likeliest way."""
        words = fold(name).split()
        return " ".join(self.abbreviations[word][0] if word in self.abbreviations else word for word in words)

    def readings(self, words: str) -> tuple[str, ...]:
        """Return every way of writing out the abbreviations in words that somebody typed, the likeliest first."""
        ways = [self.abbreviations.get(word, (word,)) for word in fold(words).split()]
        return tuple(" ".join(way) for way in itertools.islice(itertools.product(*ways), MOST_READINGS))


def errors_allowed(words: str) -> int:
    """Return how many typing errors words of this length may hold and still be recognised."""
    letters = len(close(words))
    return 0 if letters < SHORTEST else 1 if letters < LONG else 2


def errors(typed: str, name: str, most: int) -> int:
    """Return how many letters were left out, added, changed or swapped; `most` + 1 if more than `most`."""
    if abs(len(typed) - len(name)) > most or len(set(typed) ^ set(name)) > 2 * most:
        return most + 1
    rows = [list(range(len(name) + 1))]
    for length in range(1, len(typed) + 1):
        rows.append(_next_row(typed[:length], name, rows))
        if min(rows[-1]) > most:
            return most + 1
    return min(rows[-1][-1], most + 1)


def _next_row(typed: str, name: str, rows: list[list[int]]) -> list[int]:
    """Return the errors between all of `typed` and each beginning of `name` (Damerau–Levenshtein, row by row)."""
    above, row = rows[-1], [len(typed)]
    for place, letter in enumerate(name, start=1):
        row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (typed[-1] != letter)))
        if len(rows) > 1 and place > 1 and typed[-2:] == letter + name[place - 2]:
            row[-1] = min(row[-1], rows[-2][place - 2] + 1)
    return row
