"""Warn of dates that are impossible, don't fall on their weekday, or are years away from the brief's."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from briefpack.brief.model import Brief, Figure, Source
from briefpack.brief.review.printed import Text, warning
from briefpack.brief.review.statements import month_number
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
DECEMBER = 12
MANY = 2
"""The fewest sources dated after the brief that make the brief's own date the likely mistake."""
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
        elif brief.date and DIGIT.search(text.words) and text.loc[0] != "sources":
            yield from _warn_of_month(brief.date, text, tree, locale)
    yield from _warn_of_sources(brief, tree, locale)
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


def _warn_of_month(date: datetime.date, text: Text, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each month, without a day, that is years after the brief."""
    for found in _month_and_year(locale).finditer(text.words):
        before = text.words[: found.start()].rstrip()[-1:]
        if found["month"] and not before.isdigit() and int(found["year"]) - date.year > FAR_YEARS:
            yield warning(tree, text, found.span(), _away(found[0], int(found["year"]), date), "correct the year")


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


def _warn_of_event(brief: Brief, text: Text, tree: Tree) -> Iterator[Problem]:
    """Yield a warning if a timeline's event is years after the brief."""
    for found in YEARS.finditer(text.words):
        if brief.date and int(found[0]) - brief.date.year > FAR_YEARS:
            yield warning(tree, text, found.span(), _away(text.words, int(found[0]), brief.date), "correct the year")


def _warn_of_sources(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each source that is dated after the brief which cites it."""
    for name, source in brief.sources.items():
        loc, date = ("sources", name, "date"), source.date or ""
        if late := _late(date, brief, locale):
            message, hint = _after(date, tree), "correct one of the two"
            yield tree.problem(loc, message, hint, words=late, warning=True)
        for found in _pattern(locale).finditer(date) if DIGIT.search(date) else ():
            month, number = _month(found, locale), int(found["day"] or found["day_after"])
            if month and _day(int(found["year"] or LEAP_YEAR), month, number) is None:
                message, hint = f'there is no such day as "{found[0]}"', "correct the day or the month"
                yield tree.problem(loc, message, hint, words=found[0], warning=True)


def _after(date: str, tree: Tree) -> str:
    return f'"{date}" is after the brief\'s own date, on line {tree.line(("date",))}'


def too_early(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning if several sources are dated after the brief: its own date is then the likely mistake."""
    late = [name for name, source in brief.sources.items() if _late(source.date or "", brief, locale)]
    if len(late) >= MANY:
        yield _too_early(brief, tree, late)


def _too_early(brief: Brief, tree: Tree, late: Sequence[str]) -> Problem:
    """Return the warning that the brief's date is before those of several sources: that one date is the likely mistake."""
    lines = ", ".join(str(tree.line(("sources", name, "date"))) for name in late)
    hint = "correct this date, or those of the sources"
    if brief.date and brief.date.day <= DECEMBER and brief.date.day > brief.date.month:
        exchanged = brief.date.replace(month=brief.date.day, day=brief.date.month)
        hint = f"is {exchanged.isoformat()} meant, with the day and the month exchanged?"
    message = f"{len(late)} sources are dated after the brief (lines {lines})"
    return tree.problem(("date",), message, hint, warning=True)


def _late(date: str, brief: Brief, locale: Locale) -> str:
    """Return the part of a date that is after the brief's own; an empty text if there is none."""
    for found in _month_and_year(locale).finditer(date) if brief.date else ():
        month = month_number(found["month"], locale)
        if brief.date and (int(found["year"]), month) > (brief.date.year, brief.date.month):
            return found[0]
    return ""


@lru_cache(maxsize=16)
def _month_and_year(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a year, with its month if it has one; not for a financial year."""
    months = typography.any_of(locale.listed("months"))
    return re.compile(rf"(?:\b(?P<month>{months})\s+)?(?<!\d)(?<!\d[-–])(?P<year>[12]\d{{3}})(?!\d|[-–/]\d)")


def _warn_of_figures(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each figure as at a date after the brief, unless it is a projection, or of another century."""
    words = locale.slips.projections
    # "Losses reported by people" aren't projected; "homes needed by 2042" are.
    projected = re.compile(
        rf"\b(?:{typography.any_of(tuple(word for word in words if len(word) >= LONGEST_PREPOSITION))})\b"
        rf"|\b(?:{typography.any_of(words)})\s+\d{{4}}",
        re.IGNORECASE,
    )
    for name, figure in brief.figures.items():
        date = figure.as_at or ""
        late = _late(date, brief, locale)
        far = brief.date and [int(year) for year in YEARS.findall(date) if int(year) - brief.date.year > FAR_YEARS]
        old = [year for year in YEARS.findall(date) if int(year) < OLDEST_YEAR]
        loc = ("figures", name, "as_at")
        if (late or far) and brief.date and not projected.search(f"{date} {figure.means}"):
            message = _away(date, far[0], brief.date) if far else _after(date, tree)
            hint = "correct the year" if far else "correct one of the two"
            yield tree.problem(loc, message, hint, words=str(far[0]) if far else late, warning=True)
        elif old:
            message = f'"{date}" is before there were such figures'
            yield tree.problem(loc, message, "correct the year", words=old[0], warning=True)
        elif brief.date and (source := brief.sources.get(figure.source or "")):
            yield from _warn_of_older_source(name, figure, source, tree, projected)


LONGEST_PREPOSITION = 6
"""In letters: a shorter word for a projection is one only before its year."""
OLDEST_YEAR = 1800
"""The first year that a figure may be as at."""


def _warn_of_older_source(
    name: str, figure: Figure, source: Source, tree: Tree, projected: re.Pattern[str]
) -> Iterator[Problem]:
    """Yield a warning for a figure that is newer than its source."""
    newest = max(map(int, YEARS.findall(source.date or "")), default=0)
    date = figure.as_at or ""
    years = [int(found["year"]) for found in re.finditer(r"(?<!\d)(?P<year>[12]\d{3})(?!\d)", date)]
    if newest and years and min(years) > newest and not projected.search(f"{date} {figure.means}"):
        message = f'"{date}" is after its source, {figure.source}, which is dated {source.date}'
        hint = "correct one of the two dates, or name another source"
        yield tree.problem(("figures", name, "as_at"), message, hint, words=str(min(years)), warning=True)
