"""Warn of texts that give a number of asks which the brief doesn't have: "seven ways" beside three asks."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from briefpack.brief.model import Brief
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

OF_THE_WHOLE = ("title", "short_title", "subject", "label")
"""The parts that are about all the asks, besides the headings of the brief on one page."""


def warn(brief: Brief, texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each number in a text that counts the asks, if the brief has another number of them."""
    count, some = len(brief.asks), _parts(brief)
    for text in texts if count else ():
        whole = text.loc[0] in OF_THE_WHOLE or (text.loc[0] == "glance" and text.key in {"heading", "standfirst"})
        for found in _pattern(locale).finditer(text.words):
            typed = _value(found["number"], locale)
            named = found["noun"].lower() in locale.slips.asks
            # A text elsewhere may count the asks of a theme, or those that cost money.
            if typed != count and (named or whole) and (whole or typed > count or typed not in some):
                yield _warning(tree, text, found, count, locale)


def _warning(tree: Tree, text: Text, found: re.Match[str], count: int, locale: Locale) -> Problem:
    has = numbers.words(Decimal(count), locale)
    message = f'"{" ".join(found["count"].split())}" counts the asks, and the brief has {has}'
    variant = ":count" if found["number"].isdigit() else ":capital" if found["number"][0].isupper() else ""
    return warning(tree, text, found.span("count"), message, f"{{asks{variant}}} {found['noun']}")


def _parts(brief: Brief) -> set[int]:
    """Return the numbers of asks that have something in common."""
    themes = [ask.theme for ask in brief.asks]
    having = (
        [ask for ask in brief.asks if getattr(ask, key)] for key in ("amount", "annual", "legislation", "leave_behind")
    )
    found = {*(themes.count(theme) for theme in themes), *map(len, having)}
    return {1, *found, *(len(brief.asks) - each for each in found)}


def _value(number: str, locale: Locale) -> int:
    words = locale.listed("number-words")
    return int(number) if number.isdigit() else words.index(number.lower())


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a number of asks, unless a word before it says that it counts only some of them."""
    words, slips = typography.any_of(locale.listed("number-words")), locale.slips
    before = "".join(rf"(?<!\b{re.escape(word)}\s)" for word in slips.parts_of_asks)
    return re.compile(
        rf"(?<![\w{{.,$–-])(?i:{before})(?P<count>(?P<number>(?i:{words})|\d{{1,3}})"
        rf"\s+(?P<noun>{typography.any_of((*slips.asks, *slips.called_asks))}))(?![\w-])"
    )
