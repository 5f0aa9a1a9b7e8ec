"""Split a brief's texts into sentences, and find the dates, figures and sources in each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from briefpack.brief.figures import CITATION, REFERENCE, split
from briefpack.brief.review.reading import Text
from briefpack.text import typography
from briefpack.text.locale import Locale

# A full stop ends a sentence, with any quotation mark or note marks after it; so does an empty line.
END = re.compile(r"(?:[.!?][”’\"')*_]*(?:\[\^[^\]]*\])*\s+(?=[^a-zà-ÿ\s])|[\u3002\uff01\uff1f]|\n\s*\n)")
YEAR = re.compile(r"(?<![\d,.$£€/-])(?:19|20)\d\d(?![\d%]|[.,]\d)")


@dataclass(frozen=True)
class Date:
    """A year in a sentence, with its month and day if it has them, and its place in the text; zeros for none."""

    year: int
    month: int
    day: int
    span: tuple[int, int]

    def agrees(self, other: "Date") -> bool:
        """Return whether two dates could be the same, as far as each is given."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(one == two or not (one and two) for one, two in pairs)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text, with its place there."""

    text: Text
    span: tuple[int, int]

    @classmethod
    def alone(cls, words: str) -> "Sentence":
        """Return some words that aren't part of a text."""
        return cls(Text((), words), (0, len(words)))

    @cached_property
    def words(self) -> str:
        """Return its words as typed."""
        return self.text.words[slice(*self.span)]

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """Return the ids that it names in braces."""
        return tuple(split(found[1])[0] for found in REFERENCE.finditer(self.words))

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Return the ids of the sources that it cites."""
        return tuple(CITATION.findall(self.words))


def read(texts: Iterable[Text]) -> Iterator[Sentence]:
    """Yield the sentences of some texts."""
    for text in texts:
        start = 0
        for end in [*(found.end() for found in END.finditer(text.words)), len(text.words)]:
            if text.words[start:end].strip():
                yield Sentence(text, (start, end))
            start = end


def dates(sentence: Sentence, locale: Locale) -> tuple[Date, ...]:
    """Return the dates of a sentence, in their order."""
    return tuple(_dates(sentence.text.words, sentence.span, locale)) if YEAR.search(sentence.words) else ()


def _dates(words: str, span: tuple[int, int], locale: Locale) -> Iterator[Date]:
    for found in _pattern(locale).finditer(words, *span):
        yield Date(int(found["year"]), month_number(found["month"], locale), int(found["day"] or 0), found.span())


def month_number(name: str | None, locale: Locale) -> int:
    """Return the number of a month from its name or abbreviation; zero if it isn't one."""
    typed, names = (name or "").casefold().rstrip("."), [each.casefold() for each in locale.listed("months")]
    begun = [number for number, each in enumerate(names, 1) if typed and each.startswith(typed)]
    alike = [number for number, each in enumerate(names, 1) if typed and each[:SHORTEST] == typed[:SHORTEST]]
    return names.index(typed) + 1 if typed in names else (*begun, *alike, 0)[0]


SHORTEST = 3


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    month = typography.month_names(locale)
    return re.compile(
        rf"(?:(?:(?<![\w.,])(?P<day>\d{{1,2}})\s+)?(?P<month>\b{month})\.?,?\s+)?(?P<year>{YEAR.pattern})"
    )
