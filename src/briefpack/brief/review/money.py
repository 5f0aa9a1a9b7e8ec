"""Warn of amounts in different currencies, or of unlike units, that are added, and of yearly costs that don't fit the whole cost."""

import re
from collections.abc import Iterable, Iterator, Mapping

from briefpack.brief.figures import Ledger
from briefpack.brief.model import Ask, Brief, Figure
from briefpack.brief.review import asks
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

TERMS = re.compile(r"\s[+−-]\s|[=<>≤≥≈!]+|[()]")
YEARS = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def warn(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each sum of amounts in different currencies or of unlike units."""
    brief = ledger.brief
    for index, relation in enumerate(brief.relations):
        terms = (term.strip() for term in TERMS.split(relation.holds))
        if "(" not in relation.holds and (found := _currencies(terms, brief.figures)):
            message = f"amounts in {found} can't be added or compared"
            hint = "multiply by a figure for the rate of exchange"
            yield tree.problem(("relations", index, "holds"), message, hint, warning=True)
        elif "(" not in relation.holds and (found := _unlike(TERMS.split(relation.holds), brief.figures)):
            message = f"{found} are in unlike units, and can't be added or compared"
            yield tree.problem(("relations", index, "holds"), message, "compare figures of one unit", warning=True)
    if brief.asks_annual:
        yield from _total(brief, tree, brief.asks_annual)


def check(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each ask whose yearly cost can't be right, beside the problem of a total that it spoils."""
    figures = ledger.brief.figures
    for index, ask in enumerate(ledger.brief.asks):
        amount, annual = figures.get(ask.amount or ""), figures.get(ask.annual or "")
        if amount and annual and amount.unit == annual.unit and (found := _mistaken(amount, annual, ask, ledger)):
            yield tree.problem(("asks", index, "annual"), *found, warning=True)


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


def _currencies(terms: Iterable[str], figures: Mapping[str, Figure]) -> str:
    """Return the currencies of some figures, if there are several; a product may convert one into another."""
    units = dict.fromkeys(figures[term].unit for term in terms if term in figures)
    money = [unit for unit in units if numbers.is_currency(unit)]
    return " and ".join(money) if len(money) > 1 else ""


def _unlike(terms: Iterable[str], figures: Mapping[str, Figure]) -> str:
    """Return two figures of which one is a share and the other isn't, or is one in so many, or an amount of money."""
    named = [name for term in terms if (name := term.strip()) in figures]
    kinds = {name: _kind(figures[name].unit) for name in named}
    first = named[0] if named else ""
    other = next((name for name in named if kinds[name] != kinds[first]), "")
    return f"{first} ({figures[first].unit}) and {other} ({figures[other].unit})" if other else ""


def _kind(unit: str) -> str:
    """Return the kind of a unit: a share in per cent or as one in so many, money, or things that are counted."""
    return unit if unit in {"%", "one in"} else "money" if numbers.is_currency(unit) else "things"


def _total(brief: Brief, tree: Tree, total: str) -> Iterator[Problem]:
    if found := _currencies((*(ask.annual or "" for ask in brief.asks), total), brief.figures):
        message = f"the total adds up amounts in {found}"
        yield tree.problem(("asks_annual",), message, "give every cost in one currency", warning=True)


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
    return asks.value(found[0], locale) if len(found) == 1 else 0
