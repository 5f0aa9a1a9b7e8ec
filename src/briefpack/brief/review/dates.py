"""Warn of dates that are impossible, don't fall on their weekday, or are years away from the brief's."""

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefpack.brief.model import Brief
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

FAR_YEARS = 8
"""The most years from the brief's date to an event that it announces."""
AHEAD_YEARS = 2
"""The most years from today to a brief's own date."""
YEARS = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
DIGIT = re.compile(r"\d")
LEAP_YEAR = 2000
SHORTEST = 3
"""In letters: the shortest abbreviation of a weekday or a month."""


def warn(brief: Brief, texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each date that can't be right, or that is years away from the brief's."""
    for text in texts:
        if DIGIT.search(text.words) and not (text.loc[0] == "sources" and text.key == "date"):
            for found in _pattern(locale).finditer(text.words):
                yield from _warn_of_date(brief, text, tree, locale, found)
        if text.key == "when":
            yield from _warn_of_event(brief, text, tree)
    yield from _warn_of_sources(brief, tree)
    yield from _warn_of_figures(brief, tree, locale)


def ahead(brief: Brief, tree: Tree, today: datetime.date) -> Iterator[Problem]:
    """Yield a warning if the brief's own date is years ahead; an old brief may be built again."""
    years = brief.date.year - today.year if brief.date else 0
    if years >= AHEAD_YEARS:
        yield tree.problem(("date",), f"the brief is dated {years} years ahead", "correct the year", warning=True)


def _warn_of_date(brief: Brief, text: Text, tree: Tree, locale: Locale, found: re.Match[str]) -> Iterator[Problem]:
    month, number = _month(found, locale), int(found["day"] or found["day_after"])
    year = int(found["year"]) if found["year"] else None
    words = " ".join(found[0].split())
    # "In May 40 people" has no date.
    if not month or (found["month_before"] and not found["weekday"] and not year):
        return
    if _day(year or LEAP_YEAR, month, number) is None:
        message, hint = f'there is no such day as "{words}"', "correct the day or the month"
        yield warning(tree, text, found.span(), message, hint)
    elif found["weekday"] and (day := _mistaken(found["weekday"], (year, month, number), brief, locale)):
        right = locale.slips.weekdays[day.weekday()]
        message = f"{_written(day, locale)} is a {right}, not a {found['weekday']}"
        yield warning(tree, text, found.span(), message, "correct the weekday or the date")
    elif year and text.key != "when" and brief.date and year - brief.date.year > FAR_YEARS:
        yield warning(tree, text, found.span(), _away(words, year, brief.date), "correct the year")


def _away(words: str, year: int, date: datetime.date) -> str:
    return f'"{words}" is {year - date.year} years after the brief'


def _mistaken(weekday: str, typed: tuple[int | None, int, int], brief: Brief, locale: Locale) -> datetime.date | None:
    """Return the day of a date if it isn't the weekday typed; a date without a year may be in the years around."""
    year, month, number = typed
    about = brief.date.year if brief.date else None
    years = [year] if year else [about, about - 1, about + 1] if about else []
    days = [day for each in years if (day := _day(each, month, number))]
    wanted = next((n for n, name in enumerate(locale.slips.weekdays) if name.startswith(weekday[:SHORTEST])), None)
    return days[0] if days and wanted not in {day.weekday() for day in days} else None


def _written(day: datetime.date, locale: Locale) -> str:
    return numbers.date(day, locale).replace(numbers.NO_BREAK, " ")


def _day(year: int, month: int, number: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, number)
    except ValueError:
        return None


def _month(found: re.Match[str], locale: Locale) -> int:
    typed = (found["month"] or found["month_before"]).casefold()[:SHORTEST]
    names = [name.casefold()[:SHORTEST] for name in locale.listed("months")]
    return names.index(typed) + 1 if typed in names else 0


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a day and a month, in either order, with the weekday and the year if they are there."""
    names = locale.slips.weekdays
    short = tuple(name[:length] for name in names for length in range(SHORTEST, len(name) + 1))
    month, ordinal = typography.month_names(locale), typography.any_of(tuple(locale.ordinals))
    end = rf"(?:{ordinal})?(?![\w%]|[.,]\d)"
    return re.compile(
        rf"(?:\b(?P<weekday>{typography.any_of(short)})\b[.,]?\s+)?"
        rf"(?:(?<![\w.,/$–-])(?P<day>\d{{1,2}}){end}\s+(?P<month>{month})"
        rf"|\b(?P<month_before>{month})\s+(?P<day_after>\d{{1,2}}){end})"
        rf"(?:\.?,?\s+(?P<year>\d{{4}})(?!\d|,\d))?"
    )


def _warn_of_event(brief: Brief, text: Text, tree: Tree) -> Iterator[Problem]:
    """Yield a warning if a timeline's event is years after the brief."""
    for found in YEARS.finditer(text.words):
        if brief.date and int(found[0]) - brief.date.year > FAR_YEARS:
            yield warning(tree, text, found.span(), _away(text.words, int(found[0]), brief.date), "correct the year")


def _warn_of_sources(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each source that is dated after the brief which cites it."""
    for name, source in brief.sources.items():
        late = [year for year in YEARS.findall(source.date or "") if brief.date and int(year) > brief.date.year]
        if late:
            message, hint = f'"{source.date}" is after the brief\'s own date', "correct the year"
            yield tree.problem(("sources", name, "date"), message, hint, words=late[0], warning=True)


def _warn_of_figures(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each figure as at a year long after the brief, unless it is a projection."""
    projected = re.compile(rf"\b(?:{typography.any_of(locale.slips.projections)})\b", re.IGNORECASE)
    for name, figure in brief.figures.items():
        date = figure.as_at or ""
        late = [year for year in YEARS.findall(date) if brief.date and int(year) - brief.date.year > FAR_YEARS]
        if late and brief.date and not projected.search(f"{date} {figure.means}"):
            message = _away(date, int(late[0]), brief.date)
            yield tree.problem(("figures", name, "as_at"), message, "correct the year", words=late[0], warning=True)
