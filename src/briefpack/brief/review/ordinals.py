"""Warn of an ordinal in a case study that is above its own figure: his fifth move, beside {moves} of four."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefpack.brief.figures import REFERENCE, Ledger, split
from briefpack.brief.model import Figure
from briefpack.brief.review.printed import Text, elsewhere, warning
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

SHORTEST, ENDING = 4, 2
"""In letters: the shortest noun, and the most that its plural adds."""

Use = tuple[str, Figure, Text, tuple[int, int]]
"""A figure, with its id, and a place where it prints."""


def warn(ledger: Ledger, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each ordinal before a noun that a figure of the same case study counts fewer of."""
    pattern = _pattern(ledger.locale)
    read = [text for text in texts if text.loc[0] == "case_studies"]
    used = _used(ledger, read) if pattern else {}
    for text in read if used else ():
        for found in pattern.finditer(text.words) if pattern else ():
            place = [each.casefold() for each in ledger.locale.listed("ordinal-words")].index(
                found["which"].casefold()
            ) + 1
            counted = [each for each in used.get(text.loc[:2], ()) if _counts(each[1], found["noun"])]
            if counted and all(figure.value < place for _, figure, *_ in counted):
                name, figure, where, span = counted[0]
                message = f'"{" ".join(found[0].split())}", but {name}, on {elsewhere(tree, where, span)}, is {figure.value:,f}'
                yield warning(tree, text, found.span(), message, "correct the ordinal or the figure")


def _used(ledger: Ledger, texts: Iterable[Text]) -> dict[Loc, list[Use]]:
    """Return the figures in each case study that count something other than time."""
    slips, found = ledger.locale.slips, dict[Loc, list[Use]]()
    times = {*slips.years, *slips.spans_of_time, *ledger.locale.typed.spans}
    for text in texts:
        for each in REFERENCE.finditer(text.words):
            name = split(each[1])[0]
            figure = ledger.brief.figures.get(name)
            if figure and figure.unit not in times:
                found.setdefault(text.loc[:2], []).append((name, figure, text, each.span()))
    return found


def _counts(figure: Figure, noun: str) -> bool:
    """Return whether a figure's unit is the plural of a noun."""
    unit, singular = figure.unit.casefold(), noun.casefold()
    return len(singular) >= SHORTEST and unit.startswith(singular) and len(unit) - len(singular) <= ENDING


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str] | None:
    """Return a pattern for an ordinal and its noun, in a language with spaces between words."""
    which = typography.any_of(locale.listed("ordinal-words"))
    return (
        re.compile(rf"(?<![\w-])(?P<which>{which})\s+(?P<noun>[^\W\d_]+)", re.IGNORECASE)
        if locale.spaced_words
        else None
    )
