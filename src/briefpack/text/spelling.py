"""Compare names as people write them: with or without capitals, accents and abbreviations, and with typing errors."""

import itertools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l"})
"""Letters that Unicode doesn't decompose, as people without them on their keyboard type them."""
MOST_READINGS = 8
"""The most readings of one name's abbreviations to try."""
SHORTEST, LONG = 4, 8
"""The fewest letters in a name that may have one typing error, and in a name that may have two."""


def fold(text: str) -> str:
    """Return a name in its form for comparison: without capitals, accents, apostrophes or punctuation."""
    if not text.isascii():
        text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
        text = text.casefold().translate(LETTERS)
    return " ".join(re.sub(r"[^\w]+", " ", re.sub(r"['’‘`]", "", text).replace("&", " and ")).casefold().split())


def close(text: str) -> str:
    """Return a folded name without its spaces, so that "McEwen" and "Mc Ewen" compare as equal."""
    return text.replace(" ", "")


@dataclass(frozen=True)
class Spelling:
    """The abbreviations used in place names, each with the words that it may mean, likeliest first."""

    abbreviations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, abbreviations: Mapping[str, tuple[str, ...]]) -> "Spelling":
        """Return a Spelling of the abbreviations in a set's file, folded for comparison."""
        return cls({fold(short): tuple(map(fold, long)) for short, long in abbreviations.items()})

    def full(self, name: str) -> str:
        """Return a name folded, with each abbreviation written out in its likeliest form."""
        words = fold(name).split()
        return " ".join(self.abbreviations[word][0] if word in self.abbreviations else word for word in words)

    def readings(self, words: str) -> tuple[str, ...]:
        """Return the ways to write out the abbreviations in words that somebody typed, likeliest first."""
        ways = [self.abbreviations.get(word, (word,)) for word in fold(words).split()]
        return tuple(" ".join(way) for way in itertools.islice(itertools.product(*ways), MOST_READINGS))


def errors_allowed(words: str) -> int:
    """Return how many typing errors words of this length may contain and still be recognised."""
    letters = len(close(words))
    return 0 if letters < SHORTEST else 1 if letters < LONG else 2


def errors(typed: str, name: str, most: int) -> int:
    """Return how many letters were left out, added, changed or swapped, counting no further than `most` + 1."""
    return OSA.distance(typed, name, score_cutoff=most)
