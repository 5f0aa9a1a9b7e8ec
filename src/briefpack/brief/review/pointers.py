"""Recognise a number that points to an ask, or to a chart, by a number that it doesn't have."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from briefpack.brief.figures import Ledger
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale

BEFORE = 30
"""In letters: the words before a number that are read."""


@dataclass(frozen=True)
class Pointer:
    """A reference to a part by its number: its words, what is wrong with it, and the hint."""

    words: str
    message: str
    hint: str


def read(ledger: Ledger, words: str, start: int, typed: str) -> Pointer | None:
    """Return the reference that a typed number is part of, if it leads nowhere."""
    asks, charts = _patterns(ledger.locale)
    before = words[max(0, start - BEFORE) : start]
    if found := asks.search(before):
        count = len(ledger.brief.asks)
        if not typed.isdigit() or 1 <= int(typed) <= count:
            return None
        has = f"{numbers.words(Decimal(count), ledger.locale)} ask{'s' * (count != 1)}"
        return Pointer(_shown(found[0], typed), f"the brief has {has}", "correct the number, or name the ask")
    if (found := charts.search(before)) and not OF.match(words, start + len(typed)):
        return Pointer(_shown(found[0], typed), "charts and tables have no numbers in print", "say what it shows")
    return None


OF = re.compile(r"[,.]?\s+(?:of|in|on|de|du)\s|\s*\[\^|[.\d]*\d")
"""Words after a number that point to another publication."""


def _shown(noun: str, typed: str) -> str:
    return " ".join(f"{noun}{typed}".split())


@lru_cache(maxsize=16)
def _patterns(locale: Locale) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a pattern for a word before the number of an ask, and one for a word before that of a chart."""
    ends = [rf"(?<![\w-])(?i:{typography.any_of(words)})\s+$" if words else "(?!)"
            for words in (locale.drafts.ask, locale.slips.numbered)]  # fmt: skip
    return re.compile(ends[0]), re.compile(ends[1])
