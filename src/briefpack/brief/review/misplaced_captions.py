"""Warn of a caption that is about another figure by its words, or that can't follow a number of that unit."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from briefpack.brief.blocks import KeyFigure
from briefpack.brief.model import Brief, Figure
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LONGEST_SMALL = 3
"""In letters: the longest word that says nothing of what a figure means."""
FEWEST_SHARED = 3
"""The fewest words that a caption shares with the meaning of the figure that it is about."""
MORE = 2
"""How many more words it shares with that figure's meaning than with its own figure's."""
MOST_BETWEEN = 2
"""The most words between "of" and the noun that a share is a share of."""


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each caption that doesn't fit its figure."""
    meanings = {name: _words(figure.means, locale) for name, figure in brief.figures.items()}
    lists = Counter(
        (loc[:-1], part.caption.casefold().rstrip(".")) for loc, part in walk(brief) if isinstance(part, KeyFigure)
    )
    twice = {each for each, count in lists.items() if count > 1}
    for loc, part in walk(brief):
        figure = brief.figures.get(part.figure) if isinstance(part, KeyFigure) else None
        if not isinstance(part, KeyFigure) or not figure:
            continue
        if _is_of_a_count(part.caption, figure, locale):
            message = f'"{part.caption}" is read after a share, but {part.figure} counts {figure.unit}'
            hint = f"name the share, or begin with the noun: {figure.unit} …"
            yield tree.problem((*loc, "caption"), message, hint, warning=True)
        # A caption that the same list has twice has a warning of its own.
        elif (loc[:-1], part.caption.casefold().rstrip(".")) not in twice and (
            other := _meant(part, meanings, brief.figures, locale)
        ):
            message = f"its words are those of {other}, not of {part.figure}"
            hint = f"name {other} here, or write a caption for {part.figure}"
            yield tree.problem((*loc, "caption"), message, hint, warning=True)


def _meant(part: KeyFigure, meanings: Mapping[str, set[str]], figures: Mapping[str, Figure], locale: Locale) -> str:
    """Return the one other figure whose meaning a caption gives, if it has next to no word of its own figure's."""
    said = _words(part.caption, locale)
    own = len(said & (meanings[part.figure] | _words(figures[part.figure].unit, locale)))
    shared = {name: len(said & words) for name, words in meanings.items()}
    most = max(shared.values())
    found = [name for name, count in shared.items() if count == most]
    if own > 1 or most < max(FEWEST_SHARED, own + MORE):
        return ""
    return found[0] if len(found) == 1 else ""


def _words(text: str, locale: Locale) -> set[str]:
    """Return the words of a text that say something, without the endings of their plurals."""
    small = {*locale.drafts.small_words}
    found = (word for word in WORD.findall(text.casefold()) if word not in small and len(word) > LONGEST_SMALL)
    return {word.removesuffix("s") for word in found}


def _is_of_a_count(caption: str, figure: Figure, locale: Locale) -> bool:
    """Return whether a caption begins with "of" and the noun that the figure itself counts: 650 of rented homes."""
    unit = figure.unit
    if not unit.isalpha() or numbers.is_currency(unit):
        return False
    return bool(_of(locale, unit).match(caption))


@lru_cache(maxsize=64)
def _of(locale: Locale, unit: str) -> re.Pattern[str]:
    of = typography.any_of(locale.slips.share_of)
    small = typography.any_of(locale.drafts.small_words)
    between = rf"(?:(?!(?:{small})\b)[^\W\d_][\w’'-]*\s+){{0,{MOST_BETWEEN}}}"
    return re.compile(rf"(?:{of})\s+{between}{re.escape(unit)}(?!\w)", re.IGNORECASE)
