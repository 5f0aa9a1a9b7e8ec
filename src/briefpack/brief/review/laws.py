"""Warn of a law that has two years in one ask, or in one place of the brief and nowhere else."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

FEWEST = 3
"""The fewest mentions elsewhere beside which a single one with another year is a mistake."""


@dataclass(frozen=True)
class Mention:
    """A law named in a text: its name with its place, such as NSW, its year, and where the year is."""

    text: Text
    law: str
    year: str
    span: tuple[int, int]

    @property
    def part(self) -> Loc:
        """Return the ask that the text is part of; nothing if it is part of none."""
        return self.text.loc[:2] if self.text.loc[0] == "asks" else ()


def warn(texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each mention of a law with a year that others contradict."""
    if not locale.drafts.laws:
        return
    found = sorted((each for text in texts for each in _mentions(text, locale)), key=lambda each: each.law)
    for _, group in groupby(found, lambda each: each.law):
        mentions = [*group]
        years = Counter(each.year for each in mentions)
        # An author who names both in one text knows that there are two.
        if len(years) > 1 and not _together(mentions):
            yield from _odd(mentions, years, tree)


def _together(mentions: list[Mention]) -> bool:
    seen: dict[Loc, set[str]] = {}
    for each in mentions:
        seen.setdefault(each.text.loc, set()).add(each.year)
    return any(len(years) > 1 for years in seen.values())


def _odd(mentions: list[Mention], years: Counter[str], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for the mentions with the rarer year, beside one with the other in the same ask or all others."""
    usual, most = years.most_common(1)[0]
    for each in mentions:
        others = [other for other in mentions if other.year == usual and other.part == each.part and each.part]
        alone = most >= FEWEST and years[each.year] == 1 and len(years) == len({usual, each.year})
        if each.year != usual and (others or alone):
            other = others[0] if others else next(other for other in mentions if other.year == usual)
            message = f'"{each.law} {each.year}" is {other.year} on line {tree.line(other.text.loc)}'
            yield warning(tree, each.text, each.span, message, "correct one of the two years")


def _mentions(text: Text, locale: Locale) -> Iterator[Mention]:
    if text.loc[0] == "sources":
        return
    for found in _pattern(locale).finditer(text.words):
        place = f" ({found['place']})" if found["place"] else ""
        yield Mention(text, f"{' '.join(found['name'].split())}{place}", found["year"], found.span())


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for the name of a law, as far as it is in capitals, with its year and perhaps its place."""
    laws = typography.any_of(locale.drafts.laws)
    word = r"[A-Z][\w’'-]*,?"
    return re.compile(
        rf"(?<![\w’'-])(?P<name>{word}(?:\s+(?:(?:and|of|for)\s+)?{word}){{0,9}}?\s+(?:{laws}))\s+(?P<year>(?:18|19|20)\d\d)(?!\d)"
        r"\*{0,2}(?:\s*\((?P<place>[A-Z]\w{1,3})\))?"
    )
