"""Warn of a number in words that counts the parts of the brief, or the items of a list, and has another value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from briefpack.brief.figures import Ledger, split
from briefpack.brief.model import Brief
from briefpack.brief.review.reading import Reading, Text, warning
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

OF_THE_WHOLE = ("title", "short_title", "subject", "label")
"""The parts that are about all the asks, besides the headings of the brief on one page."""


@dataclass(frozen=True)
class Count:
    """A number of asks in a text: the number, the word for the asks, and the place of both."""

    number: str
    noun: str
    span: tuple[int, int]


def of_parts(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each number in a text that counts the asks, if the brief has another number of them."""
    brief, texts, tree, locale = reading.brief, reading.texts, reading.tree, reading.locale
    count, some = len(brief.asks), _parts(brief)
    for text in texts if count else ():
        whole = text.loc[0] in OF_THE_WHOLE or (text.loc[0] == "glance" and text.key in {"heading", "standfirst"})
        for found in counts(text.words, locale):
            typed, named = value(found.number, locale), found.noun in locale.slips.asks
            # A text elsewhere may count the asks of a theme, or those that cost money.
            if typed != count and (named or whole) and (whole or typed > count or typed not in some):
                yield _warning(tree, text, found, count, locale)


def _warning(tree: Tree, text: Text, found: Count, count: int, locale: Locale) -> Problem:
    has = numbers.words(Decimal(count), locale)
    shown = " ".join(text.words[slice(*found.span)].split())
    message = f'"{shown}" counts the asks, and the brief has {has}'
    variant = ":count" if found.number.isdigit() else ":capital" if found.number[0].isupper() else ""
    return warning(tree, text, found.span, message, f"{{asks{variant}}} {found.noun}, or say which ones")


def _parts(brief: Brief) -> set[int]:
    """Return the numbers of asks that have something in common."""
    themes = [ask.theme for ask in brief.asks]
    having = (
        [ask for ask in brief.asks if getattr(ask, key)] for key in ("amount", "annual", "legislation", "leave_behind")
    )
    found = {*(themes.count(theme) for theme in themes), *map(len, having)}
    return {1, *found, *(len(brief.asks) - each for each in found)}


def value(number: str, locale: Locale) -> int:
    """Return the value of a number in words or digits."""
    words = locale.listed("number-words")
    return int(number) if number.isdigit() else words.index(number.lower())


def stated(number: str, ledger: Ledger) -> int:
    """Return the value of a number in words or digits, or of a figure in braces; zero if it isn't known."""
    if not number.startswith("{"):
        return value(number, ledger.locale)
    figure = ledger.brief.figures.get(split(number[1:-1])[0])
    return int(figure.value) if figure else 0


def counts(words: str, locale: Locale, called: tuple[str, ...] = ()) -> Iterator[Count]:
    """Yield each number of asks in a text, unless a word before it says that it counts only some of them."""
    nouns, number = _patterns(locale, called)
    for noun in nouns.finditer(words):
        found = number.search(words, max(0, noun.start() - LONGEST), noun.start())
        before = words[: found.start()].split()[-1:] if found else []
        if found and "".join(before).lower() not in locale.slips.parts_of_asks:
            yield Count(found[1], noun[1], (found.start(), noun.end()))


LONGEST = 30


@lru_cache(maxsize=16)
def _patterns(locale: Locale, called: tuple[str, ...] = ()) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a pattern for a word that means the asks, and one for a number at the end of the text before it."""
    words, slips = typography.any_of(locale.listed("number-words")), locale.slips
    nouns = typography.any_of(called or (*slips.asks, *slips.called_asks))
    return (
        re.compile(rf"\s+({nouns})(?![\w-])"),
        re.compile(rf"(?<![\w{{.,$–-])((?i:{words})|\d{{1,3}})$"),
    )
