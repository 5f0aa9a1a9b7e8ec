"""Warn of a month that isn't in the brief's language, and of a source's date that can't be read."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefpack.brief.model import Brief
from briefpack.brief.review.months import NAMES
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

NUMERIC = re.compile(r"(?<![\w/.-])(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?![\w/-])")
YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
MONTHS, DAYS = 12, 31


def warn(brief: Brief, texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each month in another language, and for each source's date with an impossible month or no year."""
    for text in texts:
        # A title is in its own language, and so are a passage that is marked and a quotation.
        if text.key in NAMES or "]{lang=" in text.words or text.key == "words":
            continue
        if pattern := _pattern(locale):
            for found in pattern.finditer(text.words):
                month = locale.slips.other_months[found["month"]]
                message = f'"{found["month"]}" is a month in another language'
                yield warning(tree, text, found.span("month"), message, month)
    for name, source in brief.sources.items():
        yield from _unreadable(name, source.date or "", tree, locale)


def _unreadable(name: str, date: str, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for a source's date that doesn't exist, and for one without a year."""
    found = NUMERIC.search(date)
    month = re.search(rf"(?<!\w){typography.month_names(locale)}", date)
    message, hint, words = "", "add the year", date
    if found and not _is_a_day(found):
        message, words = f'there is no such date as "{found[0]}"', found[0]
        hint = "correct it, with the month in words"
    elif month and not YEAR.search(date):
        message = f'"{date}" has no year'
    if message:
        yield tree.problem(("sources", name, "date"), message, hint, words=words, warning=True)


def _is_a_day(found: re.Match[str]) -> bool:
    """Return whether three numbers could be a date, in any usual order."""
    first, second, last = int(found[1]), int(found[3]), int(found[4])
    day = last if len(found[1]) == len("2026") else first
    months = {second} if day is last else {first, second}
    return 1 <= min(months) <= MONTHS and max(day, second) <= DAYS


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str] | None:
    """Return a pattern for a foreign month beside a day or a year; months spelt alike in the brief's language are left out."""
    own = {*locale.listed("months"), *locale.typed.months}
    names = tuple(name for name in locale.slips.other_months if name not in own)
    if not names:
        return None
    month = rf"(?P<month>{typography.any_of(names)})(?!\w)"
    return re.compile(rf"(?<!\w){month}(?=,?\s+[12]\d{{3}}(?!\d))")
