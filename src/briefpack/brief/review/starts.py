"""Warn of an ask whose period began long before the brief."""

import re
from collections.abc import Iterator
from functools import lru_cache

from briefpack.brief.figures import Ledger
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

MONTHS = 12
"""The months in a year, and the most by which a period may have begun before the brief."""


def warn(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each ask with a period that begins over a year before the brief."""
    date = ledger.brief.date
    for index, ask in enumerate(ledger.brief.asks if date else ()):
        found = _pattern(ledger.locale).search(ask.period or "")
        if found and date and date.year * MONTHS + date.month - _month(found, ledger.locale) > MONTHS:
            shown, dated = " ".join(found[0].split()), numbers.date(date, ledger.locale)
            message = f'"{shown}" is long before the brief, which is dated {dated.replace(numbers.NO_BREAK, " ")}'
            yield tree.problem(
                ("asks", index, "period"), message, "correct the year", words=found["year"], warning=True
            )


def _month(found: re.Match[str], locale: Locale) -> int:
    """Return the month in which a period begins, counted from the year 0; the last that a year alone may mean."""
    names = [name.casefold()[:3] for name in locale.listed("months")]
    short = (found["month"] or "").casefold()[:3]
    return int(found["year"]) * MONTHS + (names.index(short) + 1 if short in names else MONTHS)


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for the first date of a period: at its beginning, or after a word such as from."""
    words = typography.any_of(tuple(locale.slips.periods))
    start = rf"(?:^|(?i:(?<!\w)(?:{words})\s+))" if locale.slips.periods else "^"
    month = typography.month_names(locale)
    return re.compile(rf"{start}(?:(?:\d{{1,2}}\s+)?(?P<month>{month})\s+)?(?P<year>(?:19|20)\d\d)(?!\d)")
