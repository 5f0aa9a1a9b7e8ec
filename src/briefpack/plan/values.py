"""Find runs of words in texts, however they are set: across lines, in capitals, with hyphens or ligatures."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefpack.text.words import Phrase, lowered, split

DIALLED = re.compile(r"\d(?:[\s().+/\u2010\u2013-]{0,3}\d){5,}")
LEAST_DIGITS = 6
NAME, MEMBER, OFFICE, PHONE, EMAIL, FIGURE = "name", "member", "office", "telephone", "e-mail", "figure"
WORDS = "words"
"""The kind of a text fact, and of the words of a list."""

Context = tuple[str | None, str | None, str | None, str | None]
"""The two words before a value and the two after it; None beyond the start or end of the text."""


@dataclass(frozen=True)
class Value:
    """A run of words that belongs to the electorates in `owners`, by slug; `spelt` keeps its capitals."""

    kind: str
    shown: str
    owners: tuple[str, ...]
    spelt: Phrase
    phrase: Phrase


@dataclass(frozen=True)
class Hit:
    """A value found in a text, from word `start` up to word `end`; both are 0 if it was found by its digits."""

    value: Value
    start: int
    end: int


@dataclass(frozen=True)
class Scan:
    """The words of a text, as written and in lower case, and the values found among them."""

    words: Phrase
    folded: Phrase
    hits: tuple[Hit, ...]

    def context(self, hit: Hit) -> Context:
        """Return the two words on each side of a hit."""
        before, after = self.folded[max(0, hit.start - 2) : hit.start], self.folded[hit.end : hit.end + 2]
        left, right = (None, None, *before)[-2:], (*after, None, None)[:2]
        return left[0], left[1], right[0], right[1]


def digits(text: str) -> str:
    """Return the digits in a text."""
    return "".join(filter(str.isdigit, text))


def runs(text: str) -> Iterator[str]:
    """Yield the digits of anything that could be a telephone number."""
    return (digits(run) for run in DIALLED.findall(text))


class Index:
    """Values indexed by their first words, and telephone numbers by their digits."""

    def __init__(self, values: Iterable[Value]) -> None:
        self.first: dict[str, list[Value]] = {}
        self.dialled: dict[str, Value] = {}
        for value in values:
            self.first.setdefault(value.phrase[0], []).append(value)
            if value.kind == PHONE and len(number := digits(value.shown).lstrip("0")) >= LEAST_DIGITS:
                self.dialled[number] = value
        self.lengths = sorted({len(number) for number in self.dialled})

    def scan(self, text: str, *, address: bool = False) -> Scan:
        """Find the values in a text; in an address, find names in lower case too."""
        words = split(text)
        folded = lowered(words)
        hits = [hit for place, word in enumerate(folded) for hit in self._at(place, word, words, folded, address)]
        return Scan(words, folded, (*hits, *self._numbers(text)))

    def _at(self, place: int, word: str, words: Phrase, folded: Phrase, address: bool) -> Iterator[Hit]:
        for value in self.first.get(word, ()):
            end = place + len(value.phrase)
            if folded[place:end] == value.phrase and (address or _is_spelt(value, words[place:end])):
                yield Hit(value, place, end)

    def _numbers(self, text: str) -> Iterator[Hit]:
        for run in runs(text):
            for length in self.lengths:
                for start in range(len(run) - length + 1):
                    if value := self.dialled.get(run[start : start + length]):
                        yield Hit(value, 0, 0)


def _is_spelt(value: Value, words: Phrase) -> bool:
    """Return whether a name or a text is capitalised as it should be, or all in capitals; other kinds always match."""
    return value.kind not in (NAME, WORDS) or words == value.spelt or all(word.isupper() for word in words)
