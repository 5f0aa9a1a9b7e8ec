"""Warn of periods that run backwards, that a figure contradicts, or that are past for an ask."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, takewhile

from briefpack.brief.blocks import KeyFigure
from briefpack.brief.figures import Ledger, split
from briefpack.brief.model import Ask, Figure
from briefpack.brief.review import statements
from briefpack.brief.review.reading import Reading, Text, warning
from briefpack.brief.review.statements import Sentence, month_number
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree, texts

SPAN = re.compile(r"(?<![\w.,/$–—-])((?:19|20)\d\d)\s?([-–—/])\s?(\d{4}|\d{2})(?![\w–—-]|[.,]\d)")
CENTURY = 100
MOST_YEARS = 10
"""The most years of a period whose last year is given in two digits, over the turn of a century."""


def backwards(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each period that can't be right."""
    tree, locale = reading.tree, reading.locale
    own = (Text(loc, words) for loc, words in texts(tree.data) if loc[0] == "figures" and loc[-1] in {"as_at", "means"})
    for text in chain(reading.texts, own):
        # An address or the title of a file may have any number.
        if "://" in text.words:
            continue
        for found in SPAN.finditer(text.words):
            if message := _fault(int(found[1]), found[2], found[3]):
                shown = " ".join(found[0].split())
                yield warning(tree, text, found.span(), f'"{shown}" {message}', "correct one of the two years")
        for found in _joined(locale).finditer(text.words):
            if _backwards(found, locale):
                shown = " ".join(found[0].split())
                yield warning(tree, text, found.span(), f'"{shown}" runs backwards', "exchange the two, or correct one")


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
def _joined(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for two years after words that join them, as in "from 2021-22 to 2023-24"."""
    month = typography.month_names(locale)
    year = rf"(?:(?:\d{{1,2}}\s+)?(?P<month%d>{month})\s+)?(?P<year%d>(?:19|20)\d\d)(?:[-–]\d\d)?(?![\w,]\d|\w)"
    firsts, thens = (
        typography.any_of(tuple(locale.slips.periods)),
        typography.any_of(tuple(locale.slips.periods.values())),
    )
    return re.compile(rf"(?i:\b(?:{firsts}))\s+{year % (1, 1)}\s+(?:{thens})\s+{year % (2, 2)}")


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


def beside_figures(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each period, and each year after a figure, that doesn't match the figure."""
    ledger, tree = reading.ledger, reading.tree
    captions = {(*loc, "caption"): part.figure for loc, part in walk(ledger.brief) if isinstance(part, KeyFigure)}
    for sentence in statements.read(reading.texts):
        named = {*sentence.figures} | ({captions[sentence.text.loc]} if sentence.text.loc in captions else set())
        figures = {name: figure for name in named if (figure := ledger.brief.figures.get(name))}
        if figures and YEARS.search(sentence.words):
            yield from _periods(sentence, figures, tree, ledger.locale)
            yield from _since(sentence, figures, tree, ledger.locale)
            yield from _years(sentence, figures, tree, ledger.locale)


def _periods(sentence: Sentence, figures: dict[str, Figure], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each period in a sentence that shares only one end with a figure's."""
    beside = [each for name, figure in figures.items() if (each := _beside(name, figure))]
    for found in _stated(locale).finditer(sentence.text.words, *sentence.span) if beside else ():
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
def _stated(locale: Locale) -> re.Pattern[str]:
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


WHOLE = re.compile(r"((?:19|20)\d\d)(?:[-–/]\d\d)?")
"""A date that is a year, or a financial year, and nothing else."""
WHERE = re.compile(r"where:\s*\{([^{}]*)\}")


@dataclass(frozen=True)
class Dated:
    """The one year of each part of a figure; an empty text for a part with none, or with several."""

    named: str
    means: str
    as_at: str
    cell: str


def of_figures(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each figure that is of two years."""
    brief, tree = reading.brief, reading.tree
    dated = {
        name: _dated(name, figure, tree) for name, figure in brief.figures.items() if ("figures", name) in tree.lines
    }
    for name, each in dated.items():
        yield from _figure(name, each, tree)


def _dated(name: str, figure: Figure, tree: Tree) -> Dated:
    whole = WHOLE.fullmatch(figure.as_at or "")
    cell = _one(_chosen(tree, ("figures", name, "data", "where")))
    return Dated(_one(name), _one(figure.means), whole[1] if whole else "", cell)


def _chosen(tree: Tree, loc: Loc) -> str:
    """Return the values that choose the rows of a data file, as they are typed; the data no longer has them."""
    if loc not in tree.lines:
        return ""
    first, *others = tree.text[slice(tree.lines[loc][0] - 1, tree.lines[loc][1])]
    if found := WHERE.search(" ".join((first, *others))):
        return found[1]
    indent = len(first) - len(first.lstrip())
    return " ".join(takewhile(lambda line: len(line) - len(line.lstrip()) >= indent, (first, *others)))


def _one(words: str) -> str:
    found = {*YEARS.findall(words)}
    return found.pop() if len(found) == 1 else ""


def _figure(name: str, each: Dated, tree: Tree) -> Iterator[Problem]:
    """Yield the warning for a figure that has two years, at the part whose year no other part has."""
    loc: Loc = ("figures", name)
    years = Counter(filter(None, (each.named, each.means, each.cell or each.as_at)))
    if each.named and each.means and each.named != each.means:
        message = f"it is called {name}, and means: says {each.means}"
        yield tree.problem(
            (*loc, "means"), message, "correct the year in one of the two", words=each.means, warning=True
        )
    elif each.cell and len(years) > 1:
        other = each.named or each.means
        key, shown = ("data", each.cell) if each.named or not each.means else ("means", each.means)
        message = f"its cell is of {each.cell}, and {'it is called ' + name if each.named else f'means: says {other}'}"
        yield tree.problem(
            (*loc, key), message, f"name the row of {other}, or correct the year", words=shown, warning=True
        )
    elif each.as_at and each.named and each.as_at != each.named:
        message, hint = f'"{each.as_at}", and it is called {name}', f"is {each.named} meant?"
        yield tree.problem((*loc, "as_at"), message, hint, words=each.as_at, warning=True)


MONTHS = 12
"""The months in a year, which is also how long before the brief a period may have begun."""


def of_asks(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each ask whose period begins long before the brief, or whose date has passed."""
    ledger, tree = reading.ledger, reading.tree
    date = ledger.brief.date
    for index, ask in enumerate(ledger.brief.asks if date else ()):
        yield from _past(index, ask, ledger, tree)
        found = _begun(ledger.locale).search(ask.period or "")
        if found and date and date.year * MONTHS + date.month - _month(found, ledger.locale) > MONTHS:
            shown, dated = " ".join(found[0].split()), numbers.date(date, ledger.locale)
            message = f'"{shown}" is long before the brief, which is dated {dated.replace(numbers.NO_BREAK, " ")}'
            yield tree.problem(
                ("asks", index, "period"), message, "correct the year", words=found["year"], warning=True
            )


def _past(index: int, ask: Ask, ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each start or deadline in an ask that is before the brief's month."""
    loc: Loc = ("asks", index)
    behind = ask.leave_behind
    texts = [((*loc, "period"), ask.period or ""), ((*loc, "asked"), ask.asked or "")]
    if behind:
        texts.append(((*loc, "leave_behind", "action"), behind.action or ""))
        texts += [((*loc, "leave_behind", "actions", n), words) for n, words in enumerate(behind.actions)]
    for place, words in texts:
        pattern = _coming(ledger.locale, is_period=place[-1] == "period")
        for found in pattern.finditer(words) if pattern else ():
            date, month = ledger.brief.date, _month(found, ledger.locale)
            if date and 0 < date.year * MONTHS + date.month - month <= MONTHS * (place[-1] == "period" or DECADE):
                shown, dated = " ".join(found[0].split()), numbers.date(date, ledger.locale)
                message = f'"{shown}" is before the brief, which is dated {dated.replace(numbers.NO_BREAK, " ")}'
                yield tree.problem(place, message, "correct the date", words=found[0], warning=True)


DECADE = 10
"""How many years before the brief a date may be and still be taken for a mistyped future one."""


@lru_cache(maxsize=16)
def _coming(locale: Locale, *, is_period: bool) -> re.Pattern[str] | None:
    """Return a pattern for a start or deadline by month; in a sentence, "from" may be about the past."""
    begins = [word for word in locale.slips.begins if is_period or word not in locale.slips.periods]
    words = typography.any_of((*begins, *locale.slips.due))
    month = typography.month_names(locale)
    day = rf"(?:\d{{1,2}}\s+)?(?P<month>{month})\s+(?P<year>(?:19|20)\d\d)(?!\d)"
    return re.compile(rf"(?<!\w)(?:{words})\s+{day}") if begins or locale.slips.due else None


def _month(found: re.Match[str], locale: Locale) -> int:
    """Return the first month of a period, counted from the year 0; for a year alone, its last month."""
    return int(found["year"]) * MONTHS + (month_number(found["month"], locale) or MONTHS)


@lru_cache(maxsize=16)
def _begun(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for the first date of a period: at its beginning, or after a word such as from."""
    words = typography.any_of(tuple(locale.slips.periods))
    start = rf"(?:^|(?i:(?<!\w)(?:{words})\s+))" if locale.slips.periods else "^"
    month = typography.month_names(locale)
    return re.compile(rf"{start}(?:(?:\d{{1,2}}\s+)?(?P<month>{month})\s+)?(?P<year>(?:19|20)\d\d)(?!\d)")
