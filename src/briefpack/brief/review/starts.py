"""Warn of an ask whose period began before the brief, and of a deadline in an ask that has passed."""

import re
from collections.abc import Iterator
from functools import lru_cache

from briefpack.brief.figures import Ledger
from briefpack.brief.model import Ask
from briefpack.brief.review.statements import month_number
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

MONTHS = 12
"""The months in a year, and the most by which a period may have begun before the brief."""


def warn(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each ask whose period begins long before the brief, or whose date has passed."""
    date = ledger.brief.date
    for index, ask in enumerate(ledger.brief.asks if date else ()):
        yield from _past(index, ask, ledger, tree)
        found = _pattern(ledger.locale).search(ask.period or "")
        if found and date and date.year * MONTHS + date.month - _month(found, ledger.locale) > MONTHS:
            shown, dated = " ".join(found[0].split()), numbers.date(date, ledger.locale)
            message = f'"{shown}" is long before the brief, which is dated {dated.replace(numbers.NO_BREAK, " ")}'
            yield tree.problem(
                ("asks", index, "period"), message, "correct the year", words=found["year"], warning=True
            )


def _past(index: int, ask: Ask, ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each start or deadline in an ask that is before the brief's month."""
    loc: Loc = ("asks", index)
    behind = ask.leave_behind
    texts = [((*loc, "period"), ask.period or ""), ((*loc, "asked"), ask.asked or "")]
    if behind:
        texts.append(((*loc, "leave_behind", "action"), behind.action or ""))
        texts += [((*loc, "leave_behind", "actions", n), words) for n, words in enumerate(behind.actions)]
    for place, words in texts:
        pattern = _coming(ledger.locale, is_period=place[-1] == "period")
        for found in pattern.finditer(words) if pattern else ():
            date, month = ledger.brief.date, _month(found, ledger.locale)
            if date and 0 < date.year * MONTHS + date.month - month <= MONTHS * (place[-1] == "period" or DECADE):
                shown, dated = " ".join(found[0].split()), numbers.date(date, ledger.locale)
                message = f'"{shown}" is before the brief, which is dated {dated.replace(numbers.NO_BREAK, " ")}'
                yield tree.problem(place, message, "correct the date", words=found[0], warning=True)


DECADE = 10
"""How many years before the brief a date may be and still be taken for a mistyped future one."""


@lru_cache(maxsize=16)
def _coming(locale: Locale, *, is_period: bool) -> re.Pattern[str] | None:
    """Return a pattern for a start or deadline by month; in a sentence, "from" may be about the past."""
    begins = [word for word in locale.slips.begins if is_period or word not in locale.slips.periods]
    words = typography.any_of((*begins, *locale.slips.due))
    month = typography.month_names(locale)
    day = rf"(?:\d{{1,2}}\s+)?(?P<month>{month})\s+(?P<year>(?:19|20)\d\d)(?!\d)"
    return re.compile(rf"(?<!\w)(?:{words})\s+{day}") if begins or locale.slips.due else None


def _month(found: re.Match[str], locale: Locale) -> int:
    """Return the month in which a period begins, counted from the year 0; the last that a year alone may mean."""
    return int(found["year"]) * MONTHS + (month_number(found["month"], locale) or MONTHS)


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for the first date of a period: at its beginning, or after a word such as from."""
    words = typography.any_of(tuple(locale.slips.periods))
    start = rf"(?:^|(?i:(?<!\w)(?:{words})\s+))" if locale.slips.periods else "^"
    month = typography.month_names(locale)
    return re.compile(rf"{start}(?:(?:\d{{1,2}}\s+)?(?P<month>{month})\s+)?(?P<year>(?:19|20)\d\d)(?!\d)")
