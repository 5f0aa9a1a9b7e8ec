"""Warn of dates that are impossible, don't fall on their weekday, are years from the brief's, or name no month."""

import datetime
import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from briefpack.brief.model import Brief
from briefpack.brief.review.reading import Reading, Text, warning
from briefpack.brief.review.statements import month_number
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

DIGIT = re.compile(r"\d")
LEAP_YEAR = 2000
SHORTEST = 3
"""In letters: the shortest abbreviation of a weekday or a month."""


def impossible(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each day that doesn't exist, or that falls on another weekday."""
    brief, tree, locale = reading.brief, reading.tree, reading.locale
    for text in reading.texts:
        if DIGIT.search(text.words) and not (text.loc[0] == "sources" and text.key == "date"):
            for found in _pattern(locale).finditer(text.words):
                yield from _warn_of_date(brief, text, tree, locale, found)


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
    return month_number(found["month"] or found["month_before"], locale)


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


OLDEST_YEARS = 5
MODERN_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LAW = re.compile(r"\b(?:Act|Acts|Bill|Code|Constitution|Convention|Protocol|Treaty|Covenant|Declaration)\b")


def outdated(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each figure or source over `OLDEST_YEARS` years older than the brief.

    Laws are excepted, and what every text that prints or cites it says the year of.
    """
    brief = reading.brief
    dated: list[tuple[Loc, str | None]] = [(("figures", name), each.as_at) for name, each in brief.figures.items()]
    laws = {name for name, each in brief.sources.items() if LAW.search(f"{each.publisher} {each.title}")}
    dated += [(("sources", name), each.date) for name, each in brief.sources.items() if name not in laws]
    for loc, date in dated:
        given = MODERN_YEAR.findall(date or "")
        years = [brief.date.year - int(year) for year in given] if brief.date else []
        if years and min(years) > OLDEST_YEARS and not _says(reading, loc, given):
            message = f'its date is "{date}", {min(years)} years before the brief'
            hint = "use a newer one, or state its age in the text"
            yield reading.tree.problem(loc, message, hint, warning=True)


def _says(reading: Reading, loc: Loc, years: Collection[str]) -> bool:
    """Return whether every text that prints a figure, or cites a source, says one of some years."""
    name = re.escape(str(loc[1]))
    mark = re.compile(rf"\{{{name}[:}}]" if loc[0] == "figures" else rf"\[\^(?:[^\]]*[\s,;])?{name}(?![\w-])")
    texts = [text.words for text in reading.texts if mark.search(text.words)]
    return bool(texts) and all(any(year in words for year in years) for words in texts)
