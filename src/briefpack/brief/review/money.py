"""Warn of amounts in different currencies that are added, and of a cost of several years given for each of them."""

import re
from collections.abc import Iterable, Iterator, Mapping

from briefpack.brief.figures import Ledger
from briefpack.brief.model import Ask, Brief, Figure
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

TERMS = re.compile(r"\s[+−-]\s|[=<>≤≥≈!]+|[()]")
YEARS = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def warn(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each sum of different currencies, and each ask whose yearly cost is the whole cost."""
    brief = ledger.brief
    for index, relation in enumerate(brief.relations):
        terms = (term.strip() for term in TERMS.split(relation.holds))
        if "(" not in relation.holds and (found := _currencies(terms, brief.figures)):
            message = f"amounts in {found} can't be added or compared"
            hint = "multiply by a figure for the rate of exchange"
            yield tree.problem(("relations", index, "holds"), message, hint, warning=True)
    if brief.asks_annual:
        yield from _total(brief, tree, brief.asks_annual)
    for index, ask in enumerate(brief.asks):
        if _is_whole(ask, brief) and (period := _several_years(ask, ledger)):
            message = f'the yearly cost is the whole cost, but the period is "{period}"'
            hint = "name the figure for one year, or the figure for all of them in amount:"
            yield tree.problem(("asks", index, "annual"), message, hint, warning=True)


def _currencies(terms: Iterable[str], figures: Mapping[str, Figure]) -> str:
    """Return the currencies of some figures, if there are several; a product may convert one into another."""
    units = dict.fromkeys(figures[term].unit for term in terms if term in figures)
    money = [unit for unit in units if numbers.is_currency(unit)]
    return " and ".join(money) if len(money) > 1 else ""


def _total(brief: Brief, tree: Tree, total: str) -> Iterator[Problem]:
    if found := _currencies((*(ask.annual or "" for ask in brief.asks), total), brief.figures):
        message = f"the total adds up amounts in {found}"
        yield tree.problem(("asks_annual",), message, "give every cost in one currency", warning=True)


def _is_whole(ask: Ask, brief: Brief) -> bool:
    """Return whether an ask costs as much in a year as in all."""
    amount, annual = brief.figures.get(ask.amount or ""), brief.figures.get(ask.annual or "")
    return bool(amount and annual and (amount.value, amount.unit) == (annual.value, annual.unit) and amount.value)


def _several_years(ask: Ask, ledger: Ledger) -> str:
    """Return the period of an ask if it is more than one year."""
    try:
        period = ledger.fill(ask.period or "")
    except (KeyError, ValueError):  # It has a problem of its own.
        return ""
    named = [int(year) for year in YEARS.findall(period)]
    over = max(named) - min(named) > 1 if named else False
    return period if over or _counts_years(period, ledger.locale) else ""


def _counts_years(period: str, locale: Locale) -> bool:
    words = typography.any_of(locale.listed("number-words")[2:])
    number = rf"(?:{words}|(?!1\b)[1-9]\d?)"
    pattern = rf"(?<![\w.]){number}[\s-](?:{typography.any_of(locale.slips.years)})(?!\w)"
    return bool(re.search(pattern, period, re.IGNORECASE))
