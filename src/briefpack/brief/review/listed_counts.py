"""Warn of a number that doesn't match the list after it: three cities: Perth and Hobart."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from briefpack.brief.figures import CITATION
from briefpack.brief.review import asks
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

ITEM = re.compile(r"^[ \t]*(?:[-+*]|\d{1,2}[.)])\s", re.MULTILINE)
LIST = re.compile(
    r"(?<!\s)\s*\n(?P<list>[ \t]*(?:[-+*]|\d{1,2}[.)])\s.*?)(?=\n\s*\n(?![ \t]*(?:[-+*]|\d{1,2}[.)])\s)|\Z)",
    re.DOTALL,
)
INLINE = re.compile(r"\s+(?P<list>[^\s:;.!?()“”\"—–][^\n:;.!?()“”\"—–]*)(?=[.!?]|$)")
PARTS = re.compile(r"(?P<list>\s+[^\s:;.!?][^\n:.!?]*;[^\n:.!?]+)[.!?]")
NAMED = re.compile(r"\s+(?:the\s+)?[A-Z][^;\n]*(?:[.!?]|$)|,?\s+\w+\s+\d")
"""A list of names, or ages."""
LONGEST = 5
"""The longest item, in words, of a list within a sentence; a longer one may have commas of its own."""
FEWEST = 2


def warn(texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each such number in words."""
    for text in texts:
        if (text.is_prose or text.key == "alt") and (":" in text.words or "," in text.words):
            for found in _pattern(locale).finditer(text.words):
                yield from _miscounted(text, found, tree, locale)


def _miscounted(text: Text, found: re.Match[str], tree: Tree, locale: Locale) -> Iterator[Problem]:
    value = asks.value(found["count"], locale)
    counted = _ages(found) if found["ages"] else _counted(text.words, found.end(), locale)
    # "What changed in two years: rents and wages" lists no years.
    before, after = text.words[: found.start()].split()[-1:], NAMED.match(text.words, found.end())
    if {*map(str.casefold, before)} & {*locale.slips.in_a_year, *locale.slips.over} and not after:
        return
    if value >= FEWEST and counted and value not in range(counted[0], counted[1] + 1):
        shown = " ".join(found[0].split())
        message = f'"{shown}", but the list has {numbers.words(Decimal(counted[1]), locale)}'
        yield warning(tree, text, found.span(), message, "correct the number or the list")


def _ages(found: re.Match[str]) -> tuple[int, int]:
    count = len(re.findall(r"\d+", found["ages"]))
    return (count, count) if count > 1 else (0, 0)


def _counted(words: str, place: int, locale: Locale) -> tuple[int, int] | None:
    """Return the fewest and the most items that a list after a colon may have; None if it isn't a plain list."""
    if found := LIST.match(words, place):
        return (len(ITEM.findall(found["list"])),) * 2
    if found := PARTS.match(words, place):
        return (found["list"].count(";") + 1,) * 2
    found = INLINE.match(words, place)
    joints = _joints(locale)
    parts = re.split(rf",\s+(?:(?:{joints})\s+)?", CITATION.sub("", found["list"])) if found else []
    every = [item for part in parts for item in re.split(rf"\s+(?:{joints})\s+", part)]
    small = {*locale.drafts.small_words} - {"a", "an", "the"}
    is_plain = all(
        each.split() and len(each.split()) <= LONGEST and each.split()[0].lower() not in small for each in every
    )
    return (len(parts), len(every)) if len(every) >= FEWEST and is_plain else None


def _joints(locale: Locale) -> str:
    """Return a pattern for the words before the last item of a list, but not those between the ends of a range."""
    between = {*locale.slips.periods.values(), *locale.slips.from_to.values()} - {"and"}
    return typography.any_of((*(word for word in locale.typed.joints if word not in between), "&"))


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a number in words and the few words up to a colon or to ages: two women, aged 43 and 23."""
    words = typography.any_of(locale.listed("number-words")[1:])
    ages = typography.any_of(locale.typed.ages)
    between = rf"(?:(?!(?:{words})\b)[^\W\d_][\w’'-]*\s+){{0,3}}(?!(?:{words})\b)[^\W\d_][\w’'-]*"
    listed = rf",?\s+(?:{ages})\s+(?P<ages>\d{{1,3}}(?:(?:,\s+|\s+)(?:(?:{_joints(locale)})\s+)?\d{{1,3}})+)(?!\d)"
    return re.compile(rf"(?<![\w-])(?P<count>(?i:{words}))\s+{between}(?::|{listed})")
