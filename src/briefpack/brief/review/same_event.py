"""Warn of one event with two dates, in two sentences about it or in a sentence and a row of a chart."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from briefpack.brief.figures import CITATION, REFERENCE
from briefpack.brief.model import Brief
from briefpack.brief.review import statements, stems
from briefpack.brief.review.printed import Text, elsewhere, warning
from briefpack.brief.review.statements import Date, Sentence
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

FEWEST, FEWEST_BESIDE_A_FIGURE = 4, 2
"""How many words two accounts of one event must share, without and with the same figures."""
FEWEST_OF_A_STORY = 3
"""How many words a row's label needs to be matched with a sentence of its own case study."""
FEWEST_WITH_A_MONTH = 2
"""How many words of a row's label, without names, a sentence must have whose date is a month without a year."""
NEARLY = 0.7
"""The share of words that two accounts must have in common if their source has the date of one."""
DATED_KINDS = {"timeline", "process"}
MOST = 400
"""The most accounts to compare, each with every other."""


@dataclass(frozen=True)
class Account:
    """An event in a text, or in a row of a chart: its words, its dates, and the figures and sources beside it.

    A row has the words of its label too, and the place of the case study whose timeline it is in.
    """

    text: Text
    words: frozenset[str]
    dates: tuple[Date, ...]
    figures: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    label: frozenset[str] = frozenset()
    story: Loc = ()

    @property
    def is_drawn(self) -> bool:
        """Return whether it is in a chart."""
        return self.text.loc[0] == "charts"

    @property
    def part(self) -> Loc:
        """Return the text or chart that it is in; two dates there are taken to be two events."""
        return self.text.loc[:2] if self.is_drawn else self.text.loc


def warn(brief: Brief, texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each account whose date another contradicts."""
    read = [*texts]
    drawn = [*_drawn(brief, locale)]
    accounts = [*_told(read, locale), *drawn][:MOST]
    said: set[Account] = set()
    for one, two in combinations(accounts, 2):
        if one.part == two.part or not _is_of_two_dates(one, two) or said & {one, two}:
            continue
        source = _source(one, two, brief, locale)
        if source or _is_one_event(one, two):
            odd, other = _odd(one, two, brief.sources[source].date or "" if source else "", locale)
            said.add(odd)
            yield _warning(odd, other, source, brief, tree)
    for told in _told_by_month(read, locale):
        names = _words(brief.case_studies[int(told.text.loc[1])].label, locale)
        row = next((each for each in drawn if each.story == told.text.loc[:2] and _is_of_row(told, each, names)), None)
        if row and row.dates[0].month and not row.dates[0].agrees(told.dates[0]):
            yield _warning(told, row, "", brief, tree)


def _told_by_month(texts: Iterable[Text], locale: Locale) -> Iterator[Account]:
    """Yield the sentences of case studies whose one date is a month without a year: in June."""
    pattern = _month_alone(locale)
    prose = (text for text in texts if text.loc[0] == "case_studies" and text.key == "text")
    for sentence in statements.read(prose) if pattern else ():
        found = [*pattern.finditer(sentence.text.words, *sentence.span)] if pattern else []
        if len(found) == 1 and not statements.dates(sentence, locale):
            date = Date(0, statements.month_number(found[0]["month"], locale), 0, found[0].span("month"))
            yield Account(sentence.text, _words(sentence.words, locale), (date,))


@lru_cache(maxsize=16)
def _month_alone(locale: Locale) -> re.Pattern[str] | None:
    """Return a pattern for a month in full, after a word such as in."""
    before, months = locale.slips.in_a_year, typography.any_of(locale.listed("months"))
    beginning = rf"(?<!\w)(?:{typography.any_of((*before, *map(str.capitalize, before)))})"
    return re.compile(rf"{beginning}\s+(?P<month>{months})(?![\w-])") if before else None


def _is_of_row(told: Account, row: Account, names: frozenset[str]) -> bool:
    """Return whether a sentence of a case study has all words of a row's label, but for the names in the study's own."""
    label = row.label - names
    return len(label) >= FEWEST_WITH_A_MONTH and label <= told.words and len(row.dates) == 1


def _told(texts: Iterable[Text], locale: Locale) -> Iterator[Account]:
    """Yield the sentences with a date."""
    for sentence in statements.read(text for text in texts if text.is_prose and text.key not in {"label", "note"}):
        dates = statements.dates(sentence, locale)
        for each in (sentence, *(_clauses(sentence) if len(dates) > 1 else ())):
            if dates := statements.dates(each, locale):
                figures = tuple(sorted({*each.figures}))
                yield Account(each.text, _words(each.words, locale), dates, figures, each.sources)


def _clauses(sentence: Sentence) -> Iterator[Sentence]:
    """Yield the parts of a sentence between its commas; each may have a date of its own."""
    first = start = sentence.span[0]
    for end in [*(first + found.end() for found in re.finditer(r"[,;:]\s", sentence.words)), sentence.span[1]]:
        yield Sentence(sentence.text, (start, end))
        start = end


def _drawn(brief: Brief, locale: Locale) -> Iterator[Account]:
    """Yield the rows of a chart with a date in its label or its `when`."""
    stories: dict[str | None, Loc] = {each.timeline: ("case_studies", n) for n, each in enumerate(brief.case_studies)}
    for name, chart in brief.charts.items():
        for index, row in enumerate(chart.rows if chart.kind in DATED_KINDS else ()):
            words = f"{row.label}. {row.note or ''}"
            for key, dated in (("when", row.when or ""), ("label", row.label)):
                if dates := statements.dates(Sentence.alone(dated), locale):
                    text = Text(("charts", name, "rows", index, key), dated)
                    figures = tuple(sorted({*Sentence.alone(words).figures}))
                    label, story = _words(row.label, locale), stories.get(name, ())
                    yield Account(text, _words(words, locale), dates, figures, (), label, story)
                    break


def _words(words: str, locale: Locale) -> frozenset[str]:
    """Return the stems of an account's words, without dates and small words."""
    plain = REFERENCE.sub(" ", CITATION.sub(" ", words))
    small = {*locale.drafts.small_words, *(month.casefold() for month in locale.listed("months"))}
    return stems.of(plain, small)


def _is_of_two_dates(one: Account, two: Account) -> bool:
    """Return whether two accounts have the same number of dates, and exactly one differs."""
    pairs = [*zip(one.dates, two.dates, strict=False)]
    return len(one.dates) == len(two.dates) and sum(not a.agrees(b) for a, b in pairs) == 1


def _is_one_event(one: Account, two: Account) -> bool:
    """Return whether the longer account has all words of the shorter, and the same figures."""
    if any(row.story and row.story == told.text.loc[:2] for row, told in ((one, two), (two, one))):
        row, told = (one, two) if one.story else (two, one)
        if len(row.label) >= FEWEST_OF_A_STORY and row.label <= told.words:
            return True
    fewest = FEWEST_BESIDE_A_FIGURE if one.figures else FEWEST
    return one.figures == two.figures and min(map(len, (one.words, two.words))) >= fewest and _shared(one, two) == 1


def _shared(one: Account, two: Account) -> float:
    return len(one.words & two.words) / max(1, min(len(one.words), len(two.words)))


def _source(one: Account, two: Account, brief: Brief, locale: Locale) -> str:
    """Return the source of both accounts if it was published in the month of one, and in the year of both."""
    for name in {*one.sources} & {*two.sources}:
        date = brief.sources[name].date or "" if name in brief.sources else ""
        found = statements.dates(Sentence.alone(date), locale)
        months = {(each.year, each.month) for each in (*one.dates, *two.dates)}
        own = {(each.year, each.month) for each in found}
        in_one_year = {year for year, _ in months} == {year for year, _ in own} and len(months) == len(
            {*months} - own
        ) + 1
        if all(month for _, month in months | own) and in_one_year and _shared(one, two) >= NEARLY:
            return name
    return ""


def _odd(one: Account, two: Account, date: str, locale: Locale) -> tuple[Account, Account]:
    """Return the account more likely to be wrong, then the other; a chart's date is more likely to be right."""
    source = statements.dates(Sentence.alone(date), locale)
    is_first = not all(any(each.agrees(own) for own in source) for each in one.dates) if date else two.is_drawn
    return (one, two) if is_first else (two, one)


def _warning(odd: Account, other: Account, source: str, brief: Brief, tree: Tree) -> Problem:
    date, right = next((a, b) for a, b in zip(odd.dates, other.dates, strict=True) if not a.agrees(b))
    shown, said = (" ".join(each.text.words[slice(*at.span)].split()) for each, at in ((odd, date), (other, right)))
    message = f'"{shown}", but {elsewhere(tree, other.text, right.span)} dates the same event to {said}'
    dated = f"; {source} is dated {brief.sources[source].date}" if source else ""
    return warning(tree, odd.text, date.span, f"{message}{dated}", "correct one of the two")
