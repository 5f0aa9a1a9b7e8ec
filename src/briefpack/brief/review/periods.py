"""Warn of periods that run backwards, and of financial years whose second year is mistyped."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from briefpack.brief.review.printed import Text, warning
from briefpack.brief.review.statements import month_number
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree, texts

SPAN = re.compile(r"(?<![\w.,/$–—-])((?:19|20)\d\d)\s?([-–—/])\s?(\d{4}|\d{2})(?![\w–—-]|[.,]\d)")
SPAN_OF_TWO = r"((?:19|20)\d\d)[-–](\d\d)(?!\d)"
TWO_SPANS = re.compile(rf"(?<![\w.,/$–—-]){SPAN_OF_TWO}\s+[^\W\d_]+\s+{SPAN_OF_TWO}")
CENTURY = 100
MONTHS = 12
MOST_YEARS = 10
"""The most years of a period whose last year is given in two digits, over the turn of a century."""


def warn(printed: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each period that can't be right."""
    own = (Text(loc, words) for loc, words in texts(tree.data) if loc[0] == "figures" and loc[-1] in {"as_at", "means"})
    for text in chain(printed, own):
        # An address or the title of a file may have any number.
        if "://" in text.words:
            continue
        for found in SPAN.finditer(text.words):
            if message := _fault(int(found[1]), found[2], found[3]):
                shown = " ".join(found[0].split())
                yield warning(tree, text, found.span(), f'"{shown}" {message}', "correct one of the two years")
        for found in _pattern(locale).finditer(text.words):
            if _backwards(found, locale):
                shown = " ".join(found[0].split())
                yield warning(tree, text, found.span(), f'"{shown}" runs backwards', "exchange the two, or correct one")
        for found in TWO_SPANS.finditer(text.words):
            yield from _unlike(found, text, tree)


def _unlike(found: re.Match[str], text: Text, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for two spans of years of which one is a financial year and the other isn't: 2021-22 to 2023-25."""
    spans = [(int(found[n]), int(found[n + 1])) for n in (1, 3)]
    single = [last == (first + 1) % CENTURY for first, last in spans]
    if single.count(True) == 1 and spans[0][0] < spans[1][0]:
        odd = single.index(False)
        start, end = found.start(2 * odd + 1), found.end(2 * odd + 2)
        meant = f"{spans[odd][0]}{text.words[found.end(2 * odd + 1)]}{(spans[odd][0] + 1) % CENTURY:02}"
        message = f'"{text.words[start:end]}" isn\'t one year, and the year beside it is'
        yield warning(tree, text, (start, end), message, f"is {meant} meant?")


def _fault(first: int, joint: str, typed: str) -> str:
    """Return the fault of two years joined by a dash; an empty text if they may be right."""
    last = int(typed)
    if len(typed) == len(str(first)):
        return "runs backwards" if last < first else "begins and ends in one year" if last == first else ""
    # 2023-09 is a month.
    if joint == "-" and last <= MONTHS and last != (first + 1) % CENTURY:
        return ""
    whole = first - first % CENTURY + last
    if whole < first and whole + CENTURY - first > MOST_YEARS:
        return "runs backwards"
    following = f"{(first + 1) % CENTURY:02}"
    meant = typed[::-1] == following and typed != following
    return f"isn't a financial year: is {first}{joint}{following} meant?" if meant else ""


def _backwards(found: re.Match[str], locale: Locale) -> bool:
    one, two = ((int(found[f"year{n}"]), month_number(found[f"month{n}"], locale)) for n in (1, 2))
    return two[0] < one[0] or (two[0] == one[0] and 0 < two[1] < one[1])


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for two years after words that join them, as in "from 2021-22 to 2023-24"."""
    month = typography.month_names(locale)
    year = rf"(?:(?:\d{{1,2}}\s+)?(?P<month%d>{month})\s+)?(?P<year%d>(?:19|20)\d\d)(?:[-–]\d\d)?(?![\w,]\d|\w)"
    firsts, thens = (
        typography.any_of(tuple(locale.slips.periods)),
        typography.any_of(tuple(locale.slips.periods.values())),
    )
    return re.compile(rf"(?i:\b(?:{firsts}))\s+{year % (1, 1)}\s+(?:{thens})\s+{year % (2, 2)}")
