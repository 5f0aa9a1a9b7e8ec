"""Warn of a whole cost that a text gives for each year, and of a yearly cost that it gives over several."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefpack.brief.figures import REFERENCE, Ledger, split
from briefpack.brief.review.money import several_years
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree


def warn(ledger: Ledger, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each cost of an ask beside words for the other of its two costs."""
    totals, annuals = _costs(ledger)
    a_year, over_years = _patterns(ledger.locale)
    for text in texts if totals or annuals else ():
        for found in REFERENCE.finditer(text.words) if "{" in text.words else ():
            name = split(found[1])[0]
            pattern, costs = (a_year, totals) if name in totals else (over_years, annuals)
            after = pattern.match(text.words, found.end()) if name in costs else None
            if after:
                span = (found.start(), after.end())
                shown = " ".join(text.words[slice(*span)].replace("*", "").split())
                cost, other = ("whole cost", "yearly") if pattern is a_year else ("yearly cost", "whole")
                hint = f'{{{costs[name]}}}, or correct "{after[1]}"' if costs[name] else f"name the {other} cost"
                yield warning(tree, text, span, f'"{shown}": {name} is the {cost}', " ".join(hint.split()))


def _costs(ledger: Ledger) -> tuple[dict[str, str], dict[str, str]]:
    """Return the whole costs of asks that last several years, and the yearly costs of asks, each with the other."""
    asks, total = ledger.brief.asks, ledger.brief.asks_annual
    amounts, yearly = {ask.amount for ask in asks}, {*(ask.annual for ask in asks), total}
    lasting = [ask for ask in asks if several_years(ask, ledger)]
    totals = {ask.amount: ask.annual or "" for ask in lasting if ask.amount and ask.amount not in yearly}
    return totals, {ask.annual: ask.amount or "" for ask in lasting if ask.annual and ask.annual not in amounts}


@lru_cache(maxsize=16)
def _patterns(locale: Locale) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a pattern for words that mean each year, and one for words that mean several years."""
    number = rf"(?:\{{[^{{}}\s]*\}}|{typography.any_of(locale.listed('number-words')[2:])}|[2-9]|[1-9]\d)"
    years, slips = typography.any_of(locale.slips.years), locale.slips
    each = typography.any_of(slips.yearly).replace(r"\ ", r"\s+")
    return (
        re.compile(rf"\*{{0,3}}\s+({each})(?![\w-])" if slips.yearly else r"(?!)()"),
        re.compile(rf"\*{{0,3}}\s+((?:{typography.any_of(slips.over)})\s+{number}\s+(?:{years}))(?![\w-])"
                   if slips.over else r"(?!)()"),
    )  # fmt: skip
