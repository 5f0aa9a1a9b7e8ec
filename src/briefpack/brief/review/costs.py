"""Find costs that can't be added, and yearly costs, whole costs and periods that don't fit each other."""

import re
from collections.abc import Iterator
from functools import lru_cache

from briefpack.brief.figures import REFERENCE, Ledger, split
from briefpack.brief.model import Ask, Figure
from briefpack.brief.review import counts
from briefpack.brief.review.reading import Reading, warning
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale

YEARS = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def yearly_costs(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each ask whose yearly cost can't be right, beside the problem of a total that it spoils."""
    ledger = reading.ledger
    figures = ledger.brief.figures
    for index, ask in enumerate(ledger.brief.asks):
        amount, annual = figures.get(ask.amount or ""), figures.get(ask.annual or "")
        if amount and annual and amount.unit == annual.unit and (found := _mistaken(amount, annual, ask, ledger)):
            yield reading.tree.problem(("asks", index, "annual"), *found, warning=True)


def _mistaken(amount: Figure, annual: Figure, ask: Ask, ledger: Ledger) -> tuple[str, str] | None:
    """Return the message and the hint for a yearly cost that doesn't fit the whole cost and the period."""
    period = several_years(ask, ledger)
    if annual.value > amount.value:
        message = f"the yearly cost, {annual.value:,f}, is more than the whole cost, {amount.value:,f}"
        return message, "exchange amount: and annual:, or correct a value"
    if annual.value == amount.value and annual.value:
        message = f'the yearly cost is the whole cost, but the period is "{period}"'
        return (message, _one_year(ask, ledger)) if period else None
    years = years_named(period, ledger.locale)
    if years and abs(annual.value * years - amount.value) * MOST_ROUNDED > amount.value:
        message = f"{annual.value:,f} a year for {years} years is {annual.value * years:,f}, not {amount.value:,f}"
        return message, "correct annual:, amount: or period:"
    return None


MOST_ROUNDED = 20
"""Of a whole cost: the part that rounding, or spending that is uneven, may account for."""


def _one_year(ask: Ask, ledger: Ledger) -> str:
    """Return the hint for an ask that gives its whole cost for a year: the figure for one year, if there is one."""
    years, whole = years_named(several_years(ask, ledger), ledger.locale), ledger.brief.figures[ask.annual or ""]
    used = {each.annual for each in ledger.brief.asks} | {ledger.brief.asks_annual}
    found = [
        name
        for name, each in ledger.brief.figures.items()
        if years and name not in used and each.unit == whole.unit and each.value * years == whole.value
    ]
    return found[0] if len(found) == 1 else "name the figure for one year, or the figure for all of them in amount:"


def several_years(ask: Ask, ledger: Ledger) -> str:
    """Return the period of an ask if it is more than one year."""
    try:
        period = ledger.fill(ask.period or "")
    except (KeyError, ValueError):  # It has a problem of its own.
        return ""
    named = [int(year) for year in YEARS.findall(period)]
    over = max(named) - min(named) > 1 if named else False
    return period if over or years_named(period, ledger.locale) else ""


def years_named(period: str, locale: Locale) -> int:
    """Return the number of years that a period names, if it is more than one; 0 if it names none, or several."""
    words = locale.listed("number-words")
    number = rf"(?:{typography.any_of(words[2:])}|(?!1\b)[1-9]\d?)"
    pattern = rf"(?<![\w.])({number})[\s-](?:{typography.any_of(locale.slips.years)})(?!\w)"
    found = re.findall(pattern, period, re.IGNORECASE)
    return counts.value(found[0], locale) if len(found) == 1 else 0


def years(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each whole cost whose years don't match its ask's period."""
    ledger, tree = reading.ledger, reading.tree
    lasting = {ask.amount: (index, several_years(ask, ledger)) for index, ask in enumerate(ledger.brief.asks)}
    years = {
        name: (index, years_named(period, ledger.locale))
        for name, (index, period) in lasting.items()
        if name and period
    }
    pattern = _over(ledger.locale)
    for text in reading.texts if years and pattern else ():
        for found in REFERENCE.finditer(text.words) if "{" in text.words else ():
            index, right = years.get(split(found[1])[0], (0, 0))
            over = pattern.match(text.words, found.end()) if right and pattern else None
            told = counts.stated(over["count"], ledger) if over else 0
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
