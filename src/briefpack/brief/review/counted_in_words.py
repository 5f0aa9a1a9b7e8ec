"""Warn of a number in words that contradicts a figure followed by the same words elsewhere."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefpack.brief.figures import REFERENCE, Ledger, split
from briefpack.brief.review import asks
from briefpack.brief.review.printed import Text, elsewhere, warning
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

AFTER = re.compile(r"(?:\s+[^\W\d_][\w’'-]*){1,3}")
BEFORE = re.compile(r"(?:[^\W\d_][\w’'-]*\s+){2}$")
"""The words around a number, which show what it counts."""
FAR = 40
"""How far back, in letters, to look for the words before a number."""
LONG = 3
"""How many words must match for a figure in any part of the brief to count the same thing."""
FEWEST = 2
"""How many words must match within one part of a brief, and how many figures across several."""


@dataclass(frozen=True)
class Counted:
    """A figure, or a number in words, in a text: its place, and the words before and after it."""

    text: Text
    span: tuple[int, int]
    before: tuple[str, ...]
    after: tuple[str, ...]
    name: str = ""

    @classmethod
    def read(cls, text: Text, span: tuple[int, int], name: str = "") -> "Counted":
        """Return the figure or number at a place in a text."""
        start, end = span
        before = BEFORE.search(text.words[max(0, start - FAR) : start])
        after = AFTER.match(text.words, end)
        return cls(text, span, _words(before), _words(after), name)

    def shared(self, other: "Counted") -> int:
        """Return how many words this shares with another after the number; zero if they diverge."""
        length = min(len(self.after), len(other.after))
        return length if self.after[:length] == other.after[:length] else 0

    def is_within(self, other: "Counted", small: frozenset[str]) -> bool:
        """Return whether this is between the same words as another; one before it must be more than a small word."""
        same = bool(self.before) and self.before == other.before and self.after[:1] == other.after[:1] != ()
        return same and any(word not in small for word in self.before)


def warn(ledger: Ledger, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each number in words that contradicts such a figure."""
    read = [*texts]
    linked: dict[str, list[Counted]] = {}
    for each in _linked(ledger, read):
        linked.setdefault(each.after[0], []).append(each)
    small = frozenset(ledger.locale.drafts.small_words)
    times = {*ledger.locale.slips.years, *ledger.locale.slips.spans_of_time, *ledger.locale.typed.spans}
    for text in read if linked else ():
        for found in _number(ledger.locale).finditer(text.words):
            typed = Counted.read(text, found.span())
            before = text.words[: found.start()].split()[-1:]
            # over_years.py compares the years of a cost with the period of its ask.
            if times & {*typed.after[:1]} and {*before} & {*ledger.locale.slips.over}:
                continue
            others = [*_same(typed, linked.get("".join(typed.after[:1]), ()), small, times)]
            value = asks.value(found[0], ledger.locale)
            if others and all(ledger.brief.figures[each.name].value != value for each in others):
                yield _warning(typed, others[0], ledger, tree)


def _words(found: re.Match[str] | None) -> tuple[str, ...]:
    return tuple(found[0].casefold().split()) if found else ()


def _linked(ledger: Ledger, texts: Iterable[Text]) -> Iterator[Counted]:
    """Yield the figures in some texts that are followed by a word."""
    for text in texts:
        for found in REFERENCE.finditer(text.words) if "{" in text.words else ():
            each = Counted.read(text, found.span(), split(found[1])[0])
            if each.name in ledger.brief.figures and each.after:
                yield each


def _same(typed: Counted, linked: Iterable[Counted], small: frozenset[str], times: set[str]) -> Iterator[Counted]:
    """Yield the figures that count the same thing as a typed number, in its part of the brief or in several others."""
    alike = [each for each in linked if typed.shared(each) >= FEWEST]
    here = [each for each in alike if each.text.loc[:2] == typed.text.loc[:2]]
    long = [each for each in alike if typed.shared(each) == LONG]
    yield from here or (long if len(long) >= FEWEST else [])
    # Different things may last the same number of years.
    yield from (each for each in linked if typed.is_within(each, small) and not times & {*typed.after[:1]})


def _warning(typed: Counted, other: Counted, ledger: Ledger, tree: Tree) -> Problem:
    value = ledger.brief.figures[other.name].value
    shown = " ".join((typed.text.words[slice(*typed.span)], *typed.after))
    place, linked = elsewhere(tree, other.text, other.span), other.text.words[slice(*other.span)]
    message = f'"{shown}", but {place} has {linked}, which is {value:,f}'
    return warning(tree, typed.text, typed.span, message, f"write {linked}, or correct its value")


@lru_cache(maxsize=16)
def _number(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a number in words, of two or more."""
    words = typography.any_of(locale.listed("number-words")[FEWEST:])
    return re.compile(rf"(?<![\w{{-])(?:{words})(?![\w}}-])", re.IGNORECASE)
