"""Warn of a headline whose words don't fit its rule, such as more where it selects fewer: it would be false where it prints."""

import re
from collections.abc import Iterator
from functools import lru_cache

from briefpack.brief.local_page import HeadlineRule
from briefpack.brief.model import Brief
from briefpack.brief.review import asks
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

OPPOSITE = {
    "highest": "lowest",
    "lowest": "highest",
    "above-median": "below-median",
    "below-median": "above-median",
}
GAP = "…"
"""In a locale's phrase, any few words of the same sentence."""


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each rule of headlines whose heading says the opposite of its `when:`."""
    for index, rule in enumerate(brief.local.headlines if brief.local else ()):
        if said := _opposite(rule, locale):
            message = f'{rule.when}, but the heading says "{said}"'
            loc = ("local", "headlines", index, "when")
            yield tree.problem(loc, message, f"{OPPOSITE[rule.when]}, or correct the heading", warning=True)
        yield from _among(rule, ("local", "headlines", index, "among"), tree, locale)


def _among(rule: HeadlineRule, loc: Loc, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for a rule whose words are true of fewer places than those where they print."""
    among = rule.among or 1
    if rule.of_median or among == 1:
        return
    words = f"{rule.heading}. {rule.standfirst or ''}"
    alone = _pattern(locale.slips.ranked_alone)
    if alone and (found := alone.search(words)):
        message = f'{among}, but "{" ".join(found[0].split())}" is true of one place'
        yield tree.problem(loc, message, "delete among:, or correct the words", warning=True)
    for found in _counted(locale).finditer(words):
        count = asks.value(found["count"], locale)
        if count not in (among, 1):
            message = f'{among}, but the words say "{" ".join(found[0].split())}"'
            yield tree.problem(loc, message, f"{count}, or correct the words", warning=True)


@lru_cache(maxsize=16)
def _counted(locale: Locale) -> re.Pattern[str]:
    """Return the pattern of a number of places: one of the ten highest."""
    counts = typography.any_of(locale.listed("number-words"))
    return re.compile(
        rf"\b(?P<count>\d{{1,3}}|{counts})\s+(?:{typography.any_of(locale.slips.superlatives)})\b", re.IGNORECASE
    )


def _opposite(rule: HeadlineRule, locale: Locale) -> str:
    """Return the words of a heading that say the opposite of its rule; none if its words say the same somewhere."""
    high, low = _pattern(locale.slips.ranked_high), _pattern(locale.slips.ranked_low)
    same, other = (high, low) if rule.of_high else (low, high)
    found = other.search(rule.heading) if other else None
    own = same.search(f"{rule.heading}. {rule.standfirst or ''}") if same else None
    return " ".join(found[0].split()) if found and not own else ""


@lru_cache(maxsize=16)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return the pattern of phrases, each a whole word or more where the language separates its words."""
    spaced = (r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    each = (phrase.replace(rf"\s+{GAP}\s+", r"\b[^.!?;]{0,50}?\b") for phrase in spaced)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(each)})", re.IGNORECASE) if phrases else None
