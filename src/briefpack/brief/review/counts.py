"""Warn of a number in words that counts the parts of the brief, or the items of a list, and has another value."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from briefpack.brief.figures import CITATION, Ledger, split
from briefpack.brief.model import Brief
from briefpack.brief.review.reading import Reading, Text, warning
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

OF_THE_WHOLE = ("title", "short_title", "subject", "label")
"""The parts that are about all the asks, besides the headings of the brief on one page."""


@dataclass(frozen=True)
class Count:
    """A number of asks in a text: the number, the word for the asks, and the place of both."""

    number: str
    noun: str
    span: tuple[int, int]


def of_parts(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each number in a text that counts the asks, if the brief has another number of them."""
    brief, texts, tree, locale = reading.brief, reading.texts, reading.tree, reading.locale
    count, some = len(brief.asks), _parts(brief)
    for text in texts if count else ():
        whole = text.loc[0] in OF_THE_WHOLE or (text.loc[0] == "glance" and text.key in {"heading", "standfirst"})
        for found in counts(text.words, locale):
            typed, named = value(found.number, locale), found.noun in locale.slips.asks
            # A text elsewhere may count the asks of a theme, or those that cost money.
            if typed != count and (named or whole) and (whole or typed > count or typed not in some):
                yield _warning(tree, text, found, count, locale)
    for part, nouns in locale.slips.counted.items():
        yield from _others(part, nouns, brief, texts, tree, locale)


def _others(
    part: str, nouns: tuple[str, ...], brief: Brief, texts: Iterable[Text], tree: Tree, locale: Locale
) -> Iterator[Problem]:
    """Yield a warning for each number in a text that counts the parts of one kind, if the brief has another number."""
    count = len(getattr(brief, part, ()))
    for text in texts if count else ():
        for found in counts(text.words, locale, nouns):
            if value(found.number, locale) != count:
                shown = " ".join(text.words[slice(*found.span)].split())
                has = numbers.words(Decimal(count), locale)
                message = f'"{shown}" counts the {found.noun}, and the brief has {has}'
                yield warning(tree, text, found.span, message, f"{has}, or say which ones")


def _warning(tree: Tree, text: Text, found: Count, count: int, locale: Locale) -> Problem:
    has = numbers.words(Decimal(count), locale)
    shown = " ".join(text.words[slice(*found.span)].split())
    message = f'"{shown}" counts the asks, and the brief has {has}'
    variant = ":count" if found.number.isdigit() else ":capital" if found.number[0].isupper() else ""
    return warning(tree, text, found.span, message, f"{{asks{variant}}} {found.noun}, or say which ones")


def _parts(brief: Brief) -> set[int]:
    """Return the numbers of asks that have something in common."""
    themes = [ask.theme for ask in brief.asks]
    having = (
        [ask for ask in brief.asks if getattr(ask, key)] for key in ("amount", "annual", "legislation", "leave_behind")
    )
    found = {*(themes.count(theme) for theme in themes), *map(len, having)}
    return {1, *found, *(len(brief.asks) - each for each in found)}


def value(number: str, locale: Locale) -> int:
    """Return the value of a number in words or digits."""
    words = locale.listed("number-words")
    return int(number) if number.isdigit() else words.index(number.lower())


def stated(number: str, ledger: Ledger) -> int:
    """Return the value of a number in words or digits, or of a figure in braces; zero if it isn't known."""
    if not number.startswith("{"):
        return value(number, ledger.locale)
    figure = ledger.brief.figures.get(split(number[1:-1])[0])
    return int(figure.value) if figure else 0


def counts(words: str, locale: Locale, called: tuple[str, ...] = ()) -> Iterator[Count]:
    """Yield each number of asks in a text, unless a word before it says that it counts only some of them."""
    nouns, number = _patterns(locale, called)
    for noun in nouns.finditer(words):
        found = number.search(words, max(0, noun.start() - LONGEST), noun.start())
        before = words[: found.start()].split()[-1:] if found else []
        if found and "".join(before).lower() not in locale.slips.parts_of_asks:
            yield Count(found[1], noun[1], (found.start(), noun.end()))


LONGEST = 30


@lru_cache(maxsize=16)
def _patterns(locale: Locale, called: tuple[str, ...] = ()) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a pattern for a word that means the asks, and one for a number at the end of the text before it."""
    words, slips = typography.any_of(locale.listed("number-words")), locale.slips
    nouns = typography.any_of(called or (*slips.asks, *slips.called_asks))
    return (
        re.compile(rf"\s+({nouns})(?![\w-])"),
        re.compile(rf"(?<![\w{{.,$–-])((?i:{words})|\d{{1,3}})$"),
    )


ITEM = re.compile(r"^[ \t]*(?:[-+*]|\d{1,2}[.)])\s", re.MULTILINE)
LIST_BELOW = re.compile(
    r"(?<!\s)\s*\n(?P<list>[ \t]*(?:[-+*]|\d{1,2}[.)])\s.*?)(?=\n\s*\n(?![ \t]*(?:[-+*]|\d{1,2}[.)])\s)|\Z)",
    re.DOTALL,
)
INLINE = re.compile(r"\s+(?P<list>[^\s:;.!?()“”\"—–][^\n:;.!?()“”\"—–]*)(?=[.!?]|$)")
PARTS = re.compile(r"(?P<list>\s+[^\s:;.!?][^\n:.!?]*;[^\n:.!?]+)[.!?]")
NAMED = re.compile(r"\s+(?:the\s+)?[A-Z][^;\n]*(?:[.!?]|$)|,?\s+\w+\s+\d")
"""A list of names, or ages."""
LONGEST_ITEM = 5
"""The longest item, in words, of a list within a sentence; a longer one may have commas of its own."""
FEWEST_LISTED = 2


def of_lists(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each number in words that miscounts the list after it."""
    locale = reading.locale
    for text in reading.texts:
        if (text.is_prose or text.key == "alt") and (":" in text.words or "," in text.words):
            for found in _before_a_list(locale).finditer(text.words):
                yield from _miscounted(text, found, reading.tree, locale)


def _miscounted(text: Text, found: re.Match[str], tree: Tree, locale: Locale) -> Iterator[Problem]:
    typed = value(found["count"], locale)
    counted = _ages(found) if found["ages"] else _items(text.words, found.end(), locale)
    # "What changed in two years: rents and wages" lists no years.
    before, after = text.words[: found.start()].split()[-1:], NAMED.match(text.words, found.end())
    if {*map(str.casefold, before)} & {*locale.slips.in_a_year, *locale.slips.over} and not after:
        return
    if typed >= FEWEST_LISTED and counted and typed not in range(counted[0], counted[1] + 1):
        shown = " ".join(found[0].split())
        message = f'"{shown}", but the list has {numbers.words(Decimal(counted[1]), locale)}'
        yield warning(tree, text, found.span(), message, "correct the number or the list")


def _ages(found: re.Match[str]) -> tuple[int, int]:
    count = len(re.findall(r"\d+", found["ages"]))
    return (count, count) if count > 1 else (0, 0)


def _items(words: str, place: int, locale: Locale) -> tuple[int, int] | None:
    """Return the fewest and the most items that a list after a colon may have; None if it isn't a plain list."""
    if found := LIST_BELOW.match(words, place):
        return (len(ITEM.findall(found["list"])),) * 2
    if found := PARTS.match(words, place):
        return (found["list"].count(";") + 1,) * 2
    found = INLINE.match(words, place)
    joints = _joints(locale)
    parts = re.split(rf",\s+(?:(?:{joints})\s+)?", CITATION.sub("", found["list"])) if found else []
    every = [item for part in parts for item in re.split(rf"\s+(?:{joints})\s+", part)]
    small = {*locale.drafts.small_words} - {"a", "an", "the"}
    is_plain = all(
        each.split() and len(each.split()) <= LONGEST_ITEM and each.split()[0].lower() not in small for each in every
    )
    return (len(parts), len(every)) if len(every) >= FEWEST_LISTED and is_plain else None


def _joints(locale: Locale) -> str:
    """Return a pattern for the words before the last item of a list, but not the words between the ends of a range."""
    between = {*locale.slips.periods.values(), *locale.slips.from_to.values()} - {"and"}
    return typography.any_of((*(word for word in locale.typed.joints if word not in between), "&"))


@lru_cache(maxsize=16)
def _before_a_list(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a number in words and the few words up to a colon or to ages: two women, aged 43 and 23."""
    words = typography.any_of(locale.listed("number-words")[1:])
    ages = typography.any_of(locale.typed.ages)
    between = rf"(?:(?!(?:{words})\b)[^\W\d_][\w’'-]*\s+){{0,3}}(?!(?:{words})\b)[^\W\d_][\w’'-]*"
    listed = rf",?\s+(?:{ages})\s+(?P<ages>\d{{1,3}}(?:(?:,\s+|\s+)(?:(?:{_joints(locale)})\s+)?\d{{1,3}})+)(?!\d)"
    return re.compile(rf"(?<![\w-])(?P<count>(?i:{words}))\s+{between}(?::|{listed})")
