"""Warn of a cost over more or fewer years than its ask's period: over four years, for a period of three."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefpack.brief.figures import REFERENCE, Ledger, split
from briefpack.brief.review import asks
from briefpack.brief.review.money import several_years, years_named
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree


def warn(ledger: Ledger, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each whole cost whose years don't match its ask's period."""
    lasting = {ask.amount: (index, several_years(ask, ledger)) for index, ask in enumerate(ledger.brief.asks)}
    years = {
        name: (index, years_named(period, ledger.locale))
        for name, (index, period) in lasting.items()
        if name and period
    }
    pattern = _over(ledger.locale)
    for text in texts if years and pattern else ():
        for found in REFERENCE.finditer(text.words) if "{" in text.words else ():
            index, right = years.get(split(found[1])[0], (0, 0))
            over = pattern.match(text.words, found.end()) if right and pattern else None
            told = asks.stated(over["count"], ledger) if over else 0
            if over and told and told != right and ledger.brief.asks[index].annual != ledger.brief.asks[index].amount:
                shown, line = " ".join(over["over"].split()), tree.line(("asks", index, "period"))
                message = f'"{shown}", but on line {line} the period of the ask for {split(found[1])[0]} is {right}'
                yield warning(tree, text, over.span("over"), message, "correct one of the two")


@lru_cache(maxsize=16)
def _over(locale: Locale) -> re.Pattern[str] | None:
    """Return a pattern for a number of years just after a cost: {total} in it over four years."""
    if not locale.slips.over or not locale.slips.years:
        return None
    number = rf"(?P<count>\{{[^{{}}\s]*\}}|(?i:{typography.any_of(locale.listed('number-words')[1:])})|[1-9]\d?)"
    between = r"\*{0,3}(?:\s+[^\W\d_]+){0,3}?"
    over, years = typography.any_of(locale.slips.over), typography.any_of(locale.slips.years)
    return re.compile(rf"{between}\s+(?P<over>(?:{over})\s+{number}\s+(?:{years}))(?![\w-])")
