"""Warn of a capital within a sentence, a singular after a plural number, a page number, and a rough number given exactly."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from briefpack.brief.figures import REFERENCE, WHOLE, Ledger, split
from briefpack.brief.model import Figure
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

WITHIN = re.compile(r"[a-zà-ÿ,;]\s+\*{0,3}$")
EXACT = 1000
"""The least number that "about" doesn't go with if it doesn't end in a zero."""
ROUGH = {"about", "nearly"}


def warn(ledger: Ledger, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each of these slips."""
    for text in texts:
        for found in REFERENCE.finditer(text.words) if "{" in text.words else ():
            figure_id, variant = split(found[1])
            figure = ledger.figure(figure_id)
            if variant == "capital" and WITHIN.search(text.words[: found.start()]):
                message = f'"{found[0]}" begins with a capital within a sentence'
                yield warning(tree, text, found.span(), message, f"{{{figure_id}}}")
            if figure:
                yield from _singular(text, found, figure, tree, ledger.locale)
        for found in _page(ledger.locale).finditer(text.words) if text.is_prose else ():
            message = f'"{" ".join(found[0].split())}": pages have other numbers in each document'
            yield warning(tree, text, found.span(), message, "name the part: its heading, its ask or its theme")
    yield from _exact(ledger, tree)


def _singular(text: Text, found: re.Match[str], figure: Figure, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for the singular of a figure's unit after a number that isn't one."""
    one = numbers.agreeing(Decimal(1), figure.unit, locale)
    if not figure.unit.isalpha() or one == figure.unit or locale.form(figure.value) == "one":
        return
    noun = re.compile(rf"\s+{re.escape(one)}(?![\w-])").match(text.words, found.end())
    if noun:
        shown = " ".join(text.words[found.start() : noun.end()].split())
        message = f'"{shown}" has the singular after {figure.value:,f}'
        yield warning(tree, text, (found.start(), noun.end()), message, f"{found[0]} {figure.unit}")


def _exact(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each figure that is called rough and given exactly: about 4,823."""
    for name, figure in ledger.brief.figures.items():
        if figure.hedge in ROUGH and figure.value >= EXACT and figure.value % 10:
            written = numbers.written(figure.value, figure.unit, ledger.locale, figure.hedge)
            message = f'"{written}" is rough and exact at once'
            yield tree.problem(("figures", name, "hedge"), message, "round the value, or delete hedge:", warning=True)
        yield from _negative(name, figure, tree, ledger.locale)
        yield from _impossible(name, figure, tree)


def _negative(name: str, figure: Figure, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for fewer things than none, unless they are a change."""
    counted = figure.unit.isalpha() and not numbers.is_currency(figure.unit)
    if counted and figure.value < 0 and not _changed(locale).search(figure.means):
        hint = "delete the minus, or say in means: that it is a fall"
        yield tree.problem(
            ("figures", name, "value"), f"{figure.value:,f} {figure.unit} can't be counted", hint, warning=True
        )


def _impossible(name: str, figure: Figure, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for one in one, for more percentage points than there are, and for a count called a share."""
    loc: Loc = ("figures", name, "value")
    if figure.unit == "one in" and 0 <= figure.value <= 1:
        message = f"one in {figure.value:f} is everybody, or more"
        yield tree.problem(loc, message, "write how many there are for each one: 12 for one in 12", warning=True)
    elif figure.unit == POINTS and abs(figure.value) > WHOLE:
        message = f"no share can change by {figure.value:f} percentage points"
        yield tree.problem((*loc[:2], "unit"), message, '"%", if it is growth; or correct value:', warning=True)
    elif SHARE.search(name) and figure.unit.isalpha() and not numbers.is_currency(figure.unit):
        message = f"{name} is called a share, and counts {figure.unit}"
        yield tree.problem((*loc[:2], "unit"), message, '"%", or rename the figure', warning=True)


POINTS = "percentage points"
SHARE = re.compile(r"-(?:share|pct|percent|percentage)(?:-\d{4})?$")


@lru_cache(maxsize=16)
def _changed(locale: Locale) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{typography.any_of(locale.slips.changes)})\b", re.IGNORECASE)


@lru_cache(maxsize=16)
def _page(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for the number of a page of the document itself: page 12, and not page 12 of a report."""
    pages, of = typography.any_of(locale.slips.pages), typography.any_of(locale.slips.share_of)
    return re.compile(rf"(?<![\w])(?:{pages})\s+\d{{1,3}}(?![\w.,]\d|\w)(?!,?\s+(?:{of})\b)(?!\s*[–-]\s*\d)")
