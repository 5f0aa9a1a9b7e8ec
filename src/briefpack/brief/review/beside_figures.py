"""Find words and citations that repeat a figure beside them, or contradict its unit, value, place or source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefpack.brief.figures import REFERENCE, Ledger, split
from briefpack.brief.model import Figure
from briefpack.brief.review.reading import Reading, Text, warning
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

WITHOUT_UNIT = {"number", "count"}
WITHOUT_HEDGE = {"bare", *WITHOUT_UNIT}
CAPITAL = ("sentence", "point", "heading", "description")
"""The roles of texts that begin with a capital; a caption or a label may not."""
DIGIT = re.compile(r"\d")
BEFORE = 60
"""In letters: the words before a figure that are read."""
MONEY = re.compile(rf"(?:\b[A-Z]{{1,3}})?\\?(?:\$|{typography.SIGN})\s?$")
# A sentence begins a text or a paragraph, or follows the full stop of a word that isn't an abbreviation.
OPENING = re.compile(r"(?:^|\n\s*\n|[^\W\d_]{4}[.!?][”’\"')]*(?:\[\^[^\]]*\])*\s+)[*_“‘\"'(]*$")


@dataclass(frozen=True)
class Named:
    """A figure named in a text: its place there, the figure, its variant, its printed text, and the reference."""

    span: tuple[int, int]
    figure: Figure
    variant: str
    printed: str
    reference: str

    def around(self, words: str) -> tuple[str, str]:
        """Return the words before and after it."""
        start, end = self.span
        return words[max(0, start - BEFORE) : start], words[end : end + BEFORE]


@dataclass(frozen=True)
class Patterns:
    """The words of a locale that a figure may print itself: its scale, its unit and its hedge."""

    scale_after: re.Pattern[str]
    ends_in_scale: re.Pattern[str]
    percent_after: re.Pattern[str]
    money_after: re.Pattern[str]
    one_in_before: re.Pattern[str]
    hedge_before: re.Pattern[str]
    sure: re.Pattern[str]
    spans: re.Pattern[str]


def doubled(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each figure beside a word that it prints itself, or that needs a capital."""
    ledger, tree = reading.ledger, reading.tree
    patterns = _patterns(ledger.locale)
    for text in reading.texts:
        for named in _figures(ledger, text.words) if "{" in text.words else ():
            found = _after(named, text.words, patterns) or _before(named, text.words, patterns)
            if found:
                yield _doubled(tree, text, named, found)
            elif named.variant == "words" and DIGIT.search(named.printed):
                yield _in_digits(tree, text, named)
            elif text.role in CAPITAL:
                yield from _lower(tree, text, named)


def _figures(ledger: Ledger, words: str) -> Iterator[Named]:
    for found in REFERENCE.finditer(words):
        figure_id, variant = split(found[1])
        figure = ledger.figure(figure_id)
        try:
            printed = ledger.written(figure_id, variant) if figure else ""
        except ValueError:  # It has a problem of its own.
            continue
        if figure and printed:
            yield Named(found.span(), figure, variant, printed, found[0])


def _after(named: Named, words: str, patterns: Patterns) -> tuple[int, int] | None:
    """Return the place of a scale or a unit that is typed after a figure that prints its own."""
    _, after = named.around(words)
    found = patterns.scale_after.match(after) if patterns.ends_in_scale.search(named.printed) else None
    if named.variant not in WITHOUT_UNIT and named.figure.unit == "%":
        found = patterns.percent_after.match(after)
    elif found is None and named.variant not in WITHOUT_UNIT and numbers.is_currency(named.figure.unit):
        found = patterns.money_after.match(after)
    return (named.span[1], named.span[1] + found.end()) if found else None


def _before(named: Named, words: str, patterns: Patterns) -> tuple[int, int] | None:
    """Return the place of a currency, a "one in" or a hedge that is typed before a figure that prints its own."""
    before, _ = named.around(words)
    found = None
    if named.variant not in WITHOUT_UNIT and numbers.is_currency(named.figure.unit):
        found = MONEY.search(before)
    elif named.variant not in WITHOUT_UNIT and named.figure.unit == "one in":
        found = patterns.one_in_before.search(before)
    if found is None and named.variant not in WITHOUT_HEDGE:
        found = _hedge(named, before, patterns)
    return (named.span[0] - len(found[0]), named.span[0]) if found else None


def _hedge(named: Named, before: str, patterns: Patterns) -> re.Match[str] | None:
    found = patterns.hedge_before.search(before)
    if found is None or not (named.figure.hedge or named.figure.plus):
        return None
    # "Over about five years" and "wrote about nearly 300 cases" are right; "about about" never is.
    same = (named.figure.hedge or "") == found["hedge"].casefold()
    if same or (named.figure.plus and not patterns.spans.match(named.figure.unit)):
        return found
    return found if patterns.sure.fullmatch(found["hedge"]) and not found["topic"] else None


def _doubled(tree: Tree, text: Text, named: Named, typed: tuple[int, int]) -> Problem:
    start, end = min(typed[0], named.span[0]), max(typed[1], named.span[1])
    words = text.words[start:end]
    shown, printed = " ".join(words.split()), " ".join(words.replace(named.reference, named.printed).split())
    extra = " ".join(text.words[slice(*typed)].split())
    hint = f'delete "{extra}": the figure prints it, or another word like it, itself'
    return warning(tree, text, (start, end), f'"{shown}" would print as "{printed}"', hint)


def _in_digits(tree: Tree, text: Text, named: Named) -> Problem:
    message = f'"{named.reference}" would print in digits: "{named.printed}"'
    hint = f"{named.reference.removesuffix(':words}')}}}, or a number up to one hundred"
    return warning(tree, text, named.span, message, hint)


def _lower(tree: Tree, text: Text, named: Named) -> Iterator[Problem]:
    if named.printed[0].islower() and OPENING.search(text.words[: named.span[0]]):
        figure_id = named.reference.strip("{}").partition(":")[0]
        message = f'a sentence would begin in lower case: "{named.printed}"'
        hint = f"{{{figure_id}:capital}}" if not named.variant else "begin it with another word"
        yield warning(tree, text, named.span, message, hint)


@lru_cache(maxsize=16)
def _patterns(locale: Locale) -> Patterns:
    scales = typography.any_of((*locale.typed.scales,))
    one = typography.any_of((*locale.listed("number-words")[1:2], "1"))
    one_in = (
        locale.label("one-in", one="\0", number="")
        .strip()
        .replace("\0", f"(?:{one})")
        .replace(numbers.NO_BREAK, r"\s+")
    )
    hedges = _words((*_hedges(locale), *locale.slips.hedges))
    topics = _words((*locale.slips.about, *locale.slips.not_hedges))
    return Patterns(
        re.compile(rf"\s+(?:{scales})\b|(?:bn?|mn?|k)\b", re.IGNORECASE),
        re.compile(rf"(?:{typography.scales(locale)})\+?$"),
        re.compile(rf"\s*%|\s+(?:{_words(_meaning(locale, '%'))})(?![\w-])", re.IGNORECASE),
        re.compile(rf"\s+(?:{_words(_meaning(locale, '$'))})(?![\w-])", re.IGNORECASE),
        re.compile(rf"(?<!\w){one_in}\s+$", re.IGNORECASE),
        re.compile(rf"(?<![\w-])(?P<topic>(?:{topics})\s+)?(?P<hedge>{hedges})\s+$", re.IGNORECASE),
        re.compile(_words(locale.slips.hedges), re.IGNORECASE),
        re.compile(_words(locale.typed.spans)),
    )


def _meaning(locale: Locale, sign: str) -> tuple[str, ...]:
    """Return the words for a unit that ends in a sign."""
    return tuple(word for word, unit in locale.slips.units.items() if unit.endswith(sign))


def _words(words: tuple[str, ...]) -> str:
    return typography.any_of(words).replace(r"\ ", r"\s+")


def _hedges(locale: Locale) -> tuple[str, ...]:
    return tuple(word for name, word in locale.labels.items() if name.startswith("hedge-"))
