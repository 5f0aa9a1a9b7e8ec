"""Warn of dates that are impossible, don't fall on their weekday, are years from the brief's, or name no month."""

import datetime
import difflib
import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from briefpack.brief.model import Brief, Figure, Source
from briefpack.brief.review.reading import Reading, Text, warning
from briefpack.brief.review.statements import month_number
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

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


def impossible(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each date that can't be right, or that is years away from the brief's."""
    brief, tree, locale = reading.brief, reading.tree, reading.locale
    for text in reading.texts:
        if DIGIT.search(text.words) and not (text.loc[0] == "sources" and text.key == "date"):
            for found in _pattern(locale).finditer(text.words):
                yield from _warn_of_date(brief, text, tree, locale, found)
        if text.key == "when":
            yield from _warn_of_event(brief, text, tree)
        elif brief.date and DIGIT.search(text.words) and text.loc[0] != "sources":
            yield from _warn_of_month(brief.date, text, tree, locale)


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


def of_sources(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each source that is dated after the brief which cites it."""
    brief, tree, locale = reading.brief, reading.tree, reading.locale
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


def too_early(reading: Reading) -> Iterator[Problem]:
    """Yield a warning if several sources are dated after the brief: its own date is then the likely mistake."""
    brief, tree = reading.brief, reading.tree
    late = [name for name, source in brief.sources.items() if _late(source.date or "", brief, reading.locale)]
    if len(late) < MANY:
        return
    lines = ", ".join(str(tree.line(("sources", name, "date"))) for name in late)
    hint = "correct this date, or those of the sources"
    if brief.date and brief.date.day <= DECEMBER and brief.date.day > brief.date.month:
        exchanged = brief.date.replace(month=brief.date.day, day=brief.date.month)
        hint = f"is {exchanged.isoformat()} meant, with the day and the month exchanged?"
    message = f"{len(late)} sources are dated after the brief (lines {lines})"
    yield tree.problem(("date",), message, hint, warning=True)


def _late(date: str, brief: Brief, locale: Locale) -> str:
    """Return the part of a date that is after the brief's date; an empty text if there is none."""
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


def of_figures(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each figure dated after the brief, except projections and dates in another century."""
    brief, tree, locale = reading.brief, reading.tree, reading.locale
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


DATED = re.compile(
    r"(?<![\w.,/$–-])(?:(?P<day>\d{1,2})\s+)?(?P<word>[^\W\d_]{4,12})(?:\.?,?\s+(?P<year>[12]\d{3})(?!\d|[.,]\d))?"
)
NEAR = 0.85
SHORT = 6
"""In letters: a word of at most this length that looks like a month may be a name, unless a day comes before it."""
NAMES = ("title", "publisher", "name")
"""The keys of texts in another's words, perhaps in another language."""


def misspelt_months(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each date whose month nearly matches a month."""
    tree, locale = reading.tree, reading.locale
    for text in reading.texts:
        if text.key not in NAMES and "]{lang=" not in text.words:
            for span, word, month in _misspelt(text.words, locale):
                yield warning(tree, text, span, _message(word), month)
    for name, figure in reading.brief.figures.items():
        for _, word, month in _misspelt(figure.as_at or "", locale):
            yield tree.problem(("figures", name, "as_at"), _message(word), month, words=word, warning=True)


def _message(word: str) -> str:
    return f'there is no month called "{word}"'


def _misspelt(words: str, locale: Locale) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Yield the place of each misspelt month in a text, the word and the month."""
    if not any(letter.isdigit() for letter in words):
        return
    known, months = _known(locale)
    for found in DATED.finditer(words):
        word = found["word"]
        if not (found["day"] or found["year"]) or known.fullmatch(word) or word[0].isupper() != months[0][0].isupper():
            continue
        for near in difflib.get_close_matches(word, months, n=1, cutoff=NEAR):
            if len(near) > SHORT or (found["day"] and found["year"]):
                yield found.span("word"), word, near


@lru_cache(maxsize=16)
def _known(locale: Locale) -> tuple[re.Pattern[str], list[str]]:
    """Return a pattern for any month, in full or as an abbreviation, and the months in full."""
    return re.compile(rf"{typography.month_names(locale)}\.?"), list(locale.listed("months"))


NUMERIC = re.compile(r"(?<![\w/.-])(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?![\w/-])")
MONTHS, DAYS = 12, 31


def unreadable(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each month in another language, and each source's date without a year or a real month."""
    tree, locale = reading.tree, reading.locale
    for text in reading.texts:
        # A title is in its own language, and so are a passage that is marked and a quotation.
        if text.key in NAMES or "]{lang=" in text.words or text.key == "words":
            continue
        if pattern := _foreign(locale):
            for found in pattern.finditer(text.words):
                month = locale.slips.other_months[found["month"]]
                message = f'"{found["month"]}" is a month in another language'
                yield warning(tree, text, found.span("month"), message, month)
    for name, source in reading.brief.sources.items():
        yield from _unreadable(name, source.date or "", tree, locale)


def _unreadable(name: str, date: str, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for a source's date that doesn't exist, and for one without a year."""
    found = NUMERIC.search(date)
    month = re.search(rf"(?<!\w){typography.month_names(locale)}", date)
    message, hint, words = "", "add the year", date
    if found and not _is_a_day(found):
        message, words = f'there is no such date as "{found[0]}"', found[0]
        hint = "correct it, with the month in words"
    elif month and not YEARS.search(date):
        message = f'"{date}" has no year'
    if message:
        yield tree.problem(("sources", name, "date"), message, hint, words=words, warning=True)


def _is_a_day(found: re.Match[str]) -> bool:
    """Return whether three numbers could be a date, in any usual order."""
    first, second, last = int(found[1]), int(found[3]), int(found[4])
    day = last if len(found[1]) == len("2026") else first
    months = {second} if day is last else {first, second}
    return 1 <= min(months) <= MONTHS and max(day, second) <= DAYS


@lru_cache(maxsize=16)
def _foreign(locale: Locale) -> re.Pattern[str] | None:
    """Return a pattern for a foreign month beside a day or a year, unless the brief's language spells it alike."""
    own = {*locale.listed("months"), *locale.typed.months}
    names = tuple(name for name in locale.slips.other_months if name not in own)
    if not names:
        return None
    month = rf"(?P<month>{typography.any_of(names)})(?!\w)"
    return re.compile(rf"(?<!\w){month}(?=,?\s+[12]\d{{3}}(?!\d))")
