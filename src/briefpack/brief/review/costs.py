"""Find costs that can't be added, and yearly costs, whole costs and periods that don't fit each other."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from briefpack.brief.figures import REFERENCE, Ledger, split
from briefpack.brief.model import Ask, Brief, Figure
from briefpack.brief.review import counts
from briefpack.brief.review.reading import Reading, warning
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

TERMS = re.compile(r"\s[+−-]\s|[=<>≤≥≈!]+|[()]")
YEARS = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def sums(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each sum of amounts in different currencies or of unlike units."""
    tree = reading.tree
    brief = reading.ledger.brief
    for index, relation in enumerate(brief.relations):
        terms = (term.strip() for term in TERMS.split(relation.holds))
        if "(" not in relation.holds and (found := _currencies(terms, brief.figures)):
            message = f"amounts in {found} can't be added or compared"
            hint = "multiply one by a figure for the rate of exchange, in the other currency"
            yield tree.problem(("relations", index, "holds"), message, hint, warning=True)
        elif "(" not in relation.holds and (found := _unlike(TERMS.split(relation.holds), brief.figures)):
            message = f"{found} are in unlike units, and can't be added or compared"
            yield tree.problem(("relations", index, "holds"), message, "compare figures of one unit", warning=True)
    if brief.asks_annual:
        yield from _total(brief, tree, brief.asks_annual)


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


def _currencies(terms: Iterable[str], figures: Mapping[str, Figure]) -> str:
    """Return the currencies of some figures and products, if there are several.

    A product of two amounts converts one by the other, which is a rate of exchange.
    """
    factors = ([figures[each] for each in FACTORS.split(term) if each in figures] for term in terms)
    priced = ([each.unit for each in found if numbers.is_currency(each.unit)] for found in factors)
    money = dict.fromkeys(units[0] for units in priced if len(units) == 1)
    return " and ".join(money) if len(money) > 1 else ""


FACTORS = re.compile(r"\s*[×*÷/]\s*")


def _unlike(terms: Iterable[str], figures: Mapping[str, Figure]) -> str:
    """Name two figures whose units differ in kind: a share, one in so many, money or a count; empty if none do."""
    named = [name for term in terms if (name := term.strip()) in figures]
    kinds = {name: _kind(figures[name].unit) for name in named}
    first = named[0] if named else ""
    other = next((name for name in named if kinds[name] != kinds[first]), "")
    return f"{first} ({figures[first].unit}) and {other} ({figures[other].unit})" if other else ""


def _kind(unit: str) -> str:
    """Return the kind of a unit: a share in per cent or as one in so many, money, or a noun that is counted."""
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
    return counts.value(found[0], locale) if len(found) == 1 else 0


def beside_words(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each cost of an ask beside words for the other of its two costs."""
    ledger = reading.ledger
    totals, annuals = _both_costs(ledger)
    a_year, over_years = _beside(ledger.locale)
    for text in reading.texts if totals or annuals else ():
        for found in REFERENCE.finditer(text.words) if "{" in text.words else ():
            name = split(found[1])[0]
            pattern, costs = (a_year, totals) if name in totals else (over_years, annuals)
            after = pattern.match(text.words, found.end()) if name in costs else None
            if after:
                span = (found.start(), after.end())
                shown = " ".join(text.words[slice(*span)].replace("*", "").split())
                cost, other = ("whole cost", "yearly") if pattern is a_year else ("yearly cost", "whole")
                hint = f'{{{costs[name]}}}, or correct "{after[1]}"' if costs[name] else f"name the {other} cost"
                yield warning(reading.tree, text, span, f'"{shown}": {name} is the {cost}', " ".join(hint.split()))


def _both_costs(ledger: Ledger) -> tuple[dict[str, str], dict[str, str]]:
    """Return the whole costs of asks that last several years, and the yearly costs of asks, each with the other."""
    asks, total = ledger.brief.asks, ledger.brief.asks_annual
    amounts, yearly = {ask.amount for ask in asks}, {*(ask.annual for ask in asks), total}
    lasting = [ask for ask in asks if several_years(ask, ledger)]
    totals = {ask.amount: ask.annual or "" for ask in lasting if ask.amount and ask.amount not in yearly}
    return totals, {ask.annual: ask.amount or "" for ask in lasting if ask.annual and ask.annual not in amounts}


@lru_cache(maxsize=16)
def _beside(locale: Locale) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a pattern for words that mean each year, and one for words that mean several years."""
    number = rf"(?:\{{[^{{}}\s]*\}}|{typography.any_of(locale.listed('number-words')[2:])}|[2-9]|[1-9]\d)"
    years, slips = typography.any_of(locale.slips.years), locale.slips
    each = typography.any_of(slips.yearly).replace(r"\ ", r"\s+")
    return (
        re.compile(rf"\*{{0,3}}\s+({each})(?![\w-])" if slips.yearly else r"(?!)()"),
        re.compile(rf"\*{{0,3}}\s+((?:{typography.any_of(slips.over)})\s+{number}\s+(?:{years}))(?![\w-])"
                   if slips.over else r"(?!)()"),
    )  # fmt: skip


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
