"""Warn of years in a sentence or a caption that don't match the figure beside them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefpack.brief.blocks import KeyFigure
from briefpack.brief.figures import Ledger, split
from briefpack.brief.model import Figure
from briefpack.brief.review import statements
from briefpack.brief.review.printed import Text, warning
from briefpack.brief.review.statements import Sentence
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
FINANCIAL = re.compile(r"(?<!\d)(?:19|20)\d\d[-–/]\d\d(?!\d)")
Period = tuple[int, int]
"""The first and the last year of a period."""
ENDS = 2


@dataclass(frozen=True)
class Beside:
    """A figure beside years in a sentence: its id, its period, and whether that is in financial years."""

    name: str
    period: Period
    is_financial: bool
    date: str

    def fits(self, period: Period) -> bool:
        """Return whether a period is the figure's; financial years end in the year after their first."""
        ends = {self.period[1], self.period[1] + self.is_financial}
        return period[0] == self.period[0] and period[1] in ends

    def is_near(self, period: Period) -> bool:
        """Return whether a period shares one end with the figure's, and so is probably meant to match it."""
        return not self.fits(period) and (period[0] == self.period[0] or period[1] == self.period[1])


def warn(ledger: Ledger, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each period, and each year after a figure, that doesn't match the figure."""
    captions = {(*loc, "caption"): part.figure for loc, part in walk(ledger.brief) if isinstance(part, KeyFigure)}
    for sentence in statements.read(texts):
        named = {*sentence.figures} | ({captions[sentence.text.loc]} if sentence.text.loc in captions else set())
        figures = {name: figure for name in named if (figure := ledger.brief.figures.get(name))}
        if figures and YEARS.search(sentence.words):
            yield from _periods(sentence, figures, tree, ledger.locale)
            yield from _since(sentence, figures, tree, ledger.locale)
            yield from _years(sentence, figures, tree, ledger.locale)


def _periods(sentence: Sentence, figures: dict[str, Figure], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each period in a sentence that shares only one end with a figure's."""
    beside = [each for name, figure in figures.items() if (each := _beside(name, figure))]
    for found in _pattern(locale).finditer(sentence.text.words, *sentence.span) if beside else ():
        period = int(found["first"] or found["start"]), int(found["last"] or found["end"])
        if any(each.fits(period) for each in beside):
            continue
        for each in [each for each in beside if each.is_near(period)][:1]:
            yield _warning(sentence, found.span(), each.name, each.date, tree)


def _beside(name: str, figure: Figure) -> Beside | None:
    """Return a figure's period from its date or, failing that, its meaning; None unless it has two years."""
    for words in (figure.as_at or "", figure.means):
        years = [int(each) for each in YEARS.findall(words)]
        if len(years) == ENDS and years[0] < years[1]:
            return Beside(name, (years[0], years[1]), bool(FINANCIAL.search(words)), words)
    return None


def _since(sentence: Sentence, figures: dict[str, Figure], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for a change since a year other than the first of its figure's period."""
    since = _after(locale.slips.since)
    found = since.search(sentence.words) if since and len(figures) == 1 else None
    for name, figure in figures.items() if found else ():
        beside, start = _beside(name, figure), sentence.span[0]
        if found and beside and int(found[1]) != beside.period[0] and int(found[1]) <= beside.period[1]:
            yield _warning(sentence, (start + found.start(), start + found.end()), name, beside.date, tree)


def _years(sentence: Sentence, figures: dict[str, Figure], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each year just after a figure whose id or meaning names another year."""
    within = _within(locale)
    for found in within.finditer(sentence.text.words, *sentence.span) if within else ():
        name = split(found["name"])[0]
        figure = figures.get(name)
        own = {*YEARS.findall(f"{name} {figure.means} {figure.as_at or ''}")} if figure else set()
        if figure and len(own) == 1 and {*YEARS.findall(f"{name} {figure.means}")} and found["year"] not in own:
            yield _warning(sentence, found.span("stated"), name, figure.as_at or figure.means, tree)


def _warning(sentence: Sentence, span: tuple[int, int], name: str, date: str, tree: Tree) -> Problem:
    shown = " ".join(sentence.text.words[slice(*span)].split())
    loc: Loc = ("figures", name, "as_at") if ("figures", name, "as_at") in tree.lines else ("figures", name)
    message = f'"{shown}", but {name} is for {date}, on {tree.shown(loc)}'
    return warning(tree, sentence.text, span, message, "correct the years here or those of the figure")


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a period: from 2020 to 2023, between 2020 and 2023, 2020 to 2023 and 2020–23."""
    year = r"(?<![\d,.$])(?P<%s>(?:19|20)\d\d)(?:[-–/]\d\d)?(?!\d|[.,]\d)"
    pairs = "|".join(rf"{re.escape(first)}\s+@\s+{re.escape(last)}" for first, last in locale.slips.periods.items())
    joined = typography.any_of(tuple(locale.slips.from_to.values()))
    plain = rf"{year % 'start'}\s*(?:[-–]|\s(?:{joined})\s)\s*{year % 'end'}"
    if not pairs:
        return re.compile(rf"(?P<first>(?!))(?P<last>(?!))|{plain}")
    firsts, lasts = (typography.any_of(tuple(words)) for words in (locale.slips.periods, locale.slips.periods.values()))
    return re.compile(rf"\b(?i:{firsts})\s+{year % 'first'}\s+(?:{lasts})\s+{year % 'last'}|{plain}")


@lru_cache(maxsize=16)
def _after(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?i:{typography.any_of(words)})\s+((?:19|20)\d\d)(?![\d–-]|[.,]\d)") if words else None


@lru_cache(maxsize=16)
def _within(locale: Locale) -> re.Pattern[str] | None:
    """Return a pattern for a year just after a figure: {scams} scams of all kinds in 2024."""
    words = locale.slips.in_a_year
    if not words:
        return None
    month = typography.month_names(locale)
    return re.compile(
        rf"(?P<named>\{{(?P<name>[^{{}}\s]+)\}})(?:\s+[^\W\d_][\w’'-]*){{0,6}}?\s+"
        rf"(?P<stated>(?:{typography.any_of(words)})\s+(?:{month}\s+)?(?P<year>(?:19|20)\d\d))(?![\d–-]|[.,]\d)"
    )
