"""Read the moments that labels name, such as 2014, 2014–15, June 2015 and 2015-06-30, as positions in years."""

import datetime
import re
from collections.abc import Iterator

from briefpack.text.locale import Locale

MONTHS = 12
QUARTERS = 4
DASH = "[-\u2010\u2011\u2013\u2014]"
DAY = re.compile(rf"(\d{{4}}){DASH}(\d{{2}}){DASH}(\d{{2}})")
SPAN = re.compile(rf"(\d{{4}})\s*(?:{DASH}|/)\s*(\d{{4}}|\d{{2}})\s*[^\W\d]*")
YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
QUARTER = re.compile(r"(?<!\w)[QT]([1-4])(?!\w)")
NUMBER = re.compile(r"\d+")
BETWEEN = re.compile(rf"\s*{DASH}\s*")

Extent = tuple[float, float]
"""The start and the end of a moment, in years."""


def position(label: str, locale: Locale) -> float | None:
    """Return the middle of the moment that a label names, in years; None if it names none.

    The year 2014 is at 2014.5. The financial year 2014–15 begins in July, so it is at 2015.0.
    """
    found = extent(label, locale)
    return sum(found) / 2 if found else None


def extent(label: str, locale: Locale) -> Extent | None:
    """Return the start and the end of the moment that a label names, in years; None if it names none.

    The year 2014 runs from 2014.0 to 2015.0, and April–June 2014 from 2014.25 to 2014.5.
    """
    text = label.strip()
    if found := DAY.fullmatch(text):
        return _of_day(*(int(part) for part in found.groups()))
    if found := SPAN.fullmatch(text):
        return _of_span(found[1], found[2])
    if two := _two(text, locale):
        (start, after), (before, end) = two
        return (start, end) if after <= before else None
    return _in_words(text, locale)


def _two(text: str, locale: Locale) -> tuple[Extent, Extent] | None:
    """Return the extents of two moments with a dash between them, which may share their year: April–June 2014."""
    parts, years = BETWEEN.split(text, maxsplit=1), YEAR.findall(text)
    if len(parts) == 1 or not all(parts) or not years:
        return None
    if len(years) == 1:
        parts = [part if YEAR.search(part) else f"{part} {years[0]}" for part in parts]
    start, end = (_in_words(part, locale) for part in parts)
    return (start, end) if start and end else None


def _of_day(year: int, month: int, day: int) -> Extent | None:
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return None
    start, end = datetime.date(year, 1, 1), datetime.date(year, MONTHS, 31)
    days = (end - start).days + 1
    return year + (date - start).days / days, year + ((date - start).days + 1) / days


def _of_span(first: str, second: str) -> Extent | None:
    start, end = int(first), int(second)
    if len(second) == len("15"):
        end += start - start % 100
        end += 100 if second == "00" else 0
        if end <= start and 1 <= int(second) <= MONTHS:
            # 2015-06 is a month, and 2014-15 a financial year.
            return _of_month(start, int(second))
    if end <= start:
        return None
    return (start + 0.5, start + 1.5) if end == start + 1 else (float(start), end + 1.0)


def _of_month(year: int, month: int) -> Extent:
    return year + (month - 1) / MONTHS, year + month / MONTHS


def _in_words(text: str, locale: Locale) -> Extent | None:
    """Return the extent of a year, a quarter, a month or a day whose month has its name."""
    years = YEAR.findall(text)
    if len(years) != 1:
        return None
    year, rest = int(years[0]), YEAR.sub(" ", text)
    if found := QUARTER.search(rest):
        start = year + (int(found[1]) - 1) / QUARTERS
        return None if NUMBER.search(QUARTER.sub("", rest)) else (start, start + 1 / QUARTERS)
    for month, name in _names(locale):
        if found := re.search(_alone(name), rest, re.IGNORECASE):
            return _within(year, month, rest[: found.start()] + " " + rest[found.end() :])
    return None if NUMBER.search(rest) else (float(year), year + 1.0)


def _names(locale: Locale) -> Iterator[tuple[int, str]]:
    """Yield the number and name of each month: 12月 before 2月, and whole names before names cut short."""
    months = locale.listed("months")
    yield from sorted(enumerate(months, start=1), key=lambda named: -len(named[1]))
    for short in locale.typed.months:
        begun = [number for number, name in enumerate(months, start=1) if name.casefold().startswith(short.casefold())]
        if len(begun) == 1:
            yield begun[0], short


def _alone(name: str) -> str:
    """Return a pattern of a name that is not part of a longer word or number."""
    before, after = (_same_kind(end) for end in (name[0], name[-1]))
    return rf"(?<!{before}){re.escape(name)}(?!{after})"


def _same_kind(end: str) -> str:
    """Return a pattern for a character that would lengthen a name: a digit or a letter, but no sign that is a word."""
    if end.isdigit():
        return r"\d"
    return r"[^\W\d_]" if end.isascii() else "(?!)"


def _within(year: int, month: int, rest: str) -> Extent | None:
    """Return the extent of a month or, if a number is left in its label, of that day."""
    numbers = NUMBER.findall(rest)
    if not numbers:
        return _of_month(year, month)
    return _of_day(year, month, int(numbers[0])) if len(numbers) == 1 else None
