"""Warn of a number that "fell" to a larger one or "rose" to a smaller one, and of a span of years that a chart hasn't."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefpack.brief.figures import Ledger, split
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
FEWEST = 4
"""The fewest years of a chart whose span an alternative text gives."""


def warn(ledger: Ledger, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each change in the wrong direction, and for each span of years that isn't the chart's."""
    figures, slips = ledger.brief.figures, ledger.locale.slips
    for text in texts if slips.falls and slips.rises else ():
        for found in _changes(ledger.locale).finditer(text.words) if "{" in text.words else ():
            one, two = (figures.get(split(found[key])[0]) for key in ("one", "two"))
            falls = found["verb"].casefold() in slips.falls
            if one and two and one.unit == two.unit and (two.value > one.value if falls else two.value < one.value):
                shown = " ".join(found[0].split())
                message = f'"{shown}": {one.value:,f} is {"less" if falls else "more"} than {two.value:,f}'
                yield warning(tree, text, found.span(), message, f'exchange the two, or correct "{found["verb"]}"')
        yield from _comparisons(text, ledger, tree) if "{" in text.words and slips.than else ()
    yield from _spans(ledger, tree)


def _comparisons(text: Text, ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each figure called more than a larger one, or less than a smaller one."""
    figures, than = ledger.brief.figures, ledger.locale.slips.than
    for found in _than(ledger.locale).finditer(text.words):
        one, two = (figures.get(split(found[key])[0]) for key in ("one", "two"))
        is_more = than[found["than"].casefold()] == "more"
        alike = one and two and one.unit == two.unit != "one in" and one.value != two.value
        if one and two and alike and is_more != (one.value > two.value):
            shown = " ".join(found[0].split())
            message = f'"{shown}": {one.value:,f} is {"less" if is_more else "more"} than {two.value:,f}'
            yield warning(tree, text, found.span(), message, f'exchange the two, or correct "{found["than"]}"')


@lru_cache(maxsize=16)
def _than(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a comparison of two figures: {a} people, more than the {b} of last year."""
    than = typography.any_of(tuple(locale.slips.than))
    number = r"\{(?P<%s>[^{}\s]+)\}"
    between = r"[^.;:{}]{0,40}?"
    return re.compile(
        rf"{number % 'one'}{between}(?<!\w)(?P<than>{than})(?:\s+(?:the|les?|la))?\s+{number % 'two'}", re.IGNORECASE
    )


def _spans(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each alternative text with the first year of its chart and another last year, or the reverse."""
    for name, chart in ledger.brief.charts.items():
        years = [int(found[0]) for row in chart.rows if (found := YEAR.search(row.label))]
        found = _period(ledger.locale).search(chart.alt)
        if len({*years}) < FEWEST or not found:
            continue
        told, drawn = (int(found["first"]), int(found["last"])), (min(years), max(years))
        if (told[0] == drawn[0]) != (told[1] == drawn[1]):
            message = f'"{" ".join(found[0].split())}", but the chart goes from {drawn[0]} to {drawn[1]}'
            yield tree.problem(("charts", name, "alt"), message, "correct the years", words=found[0], warning=True)


@lru_cache(maxsize=16)
def _changes(locale: Locale) -> re.Pattern[str]:
    verbs = typography.any_of((*locale.slips.falls, *locale.slips.rises))
    first, then = (
        typography.any_of(words) for words in (tuple(locale.slips.from_to), tuple(locale.slips.from_to.values()))
    )
    number = r"\{(?P<%s>[^{}\s]+)\}"
    return re.compile(
        rf"\b(?P<verb>{verbs})\s+(?:{first})\s+{number % 'one'}[^.{{}}]{{0,30}}?\s(?:{then})\s+{number % 'two'}",
        re.IGNORECASE,
    )


@lru_cache(maxsize=16)
def _period(locale: Locale) -> re.Pattern[str]:
    first, then = (
        typography.any_of(words) for words in (tuple(locale.slips.from_to), tuple(locale.slips.from_to.values()))
    )
    year = r"(?P<%s>(?:19|20)\d\d)(?![\d–-])"
    return re.compile(rf"\b(?:{first})\s+{year % 'first'}\s+(?:{then})\s+{year % 'last'}", re.IGNORECASE)
