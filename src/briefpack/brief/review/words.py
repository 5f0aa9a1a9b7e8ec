"""Find slips in the words of a brief: placeholders, marks, dates, addresses, and what is there twice."""

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlsplit

from briefpack.brief.figures import CITATION, REFERENCE, split
from briefpack.brief.load import UNPRINTED
from briefpack.brief.review.reading import Reading, Slip, Text
from briefpack.schema import walk
from briefpack.text import entry, numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, texts

RAISED = "¹²³⁰⁴-⁹"
# In the group `note`: a raised number or a dagger after a word; [5] or [ii] after a word; a number after the full stop
# of a word of four letters, before a capital. m², km³, x², 10⁶, s⁻¹ and ¹⁴C come first: they aren't notes.
NOTE = re.compile(
    rf"(?<![^\W\d_])(?:[A-Za-z]|[cdkm]m|ft|yd)[²³](?![{RAISED}\w])"
    rf"|[{RAISED}]+(?=[A-Za-z])|\d[²³⁰⁴-⁹]+|[⁺⁻][{RAISED}]+"
    rf"|(?P<note>[{RAISED}]+(?:[,–-][{RAISED}]+)*|(?<=\w)[†‡]|(?<=\w\W)[†‡]"
    r"|(?<=[\w.,;:!?”’\"'])\[(?:\d{1,3}|[ivx]{1,4}|[a-z])\](?!\()"
    r"|(?:(?<=[^\W\d_]{4}[.,;])|(?<=[^\W\d_]{4}[.,;][”’\"']))\d{1,2}(?=\s+[A-Z]|\s*$))"
)
LEAP_YEAR = 2000
SHORTEST = 3
"""In letters: the shortest abbreviation of a weekday, and the longest word with a capital before XX, such as For."""
ADDRESS = re.compile(r"(?:https?|file)://[^\s<>\"“”|)\]]+", re.IGNORECASE)
# htps://, http:/, https//, hhttps://, https;//: the scheme of an address, mistyped.
SCHEME = re.compile(
    r"(?<![\w/])(?!https?://)(?:h{1,2}t{1,3}p{1,2}s{0,2}|htt|ttps?|hpp?ts?)\s?(?:[:;]\s?/{1,3}\s?|//+|:(?=www\.))[\w.-]*",
    re.IGNORECASE,
)
# Names with a full stop between them, of which the last has no digits: not localhost, nor 127.0.0.1.
HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][^\W_]+")

FEWEST_WORDS = 8
SHOWN_WORDS = 7
# Up to a full stop with the quotation marks and citations after it, an empty line, or the end.
SENTENCE = re.compile(r"\S.*?(?:[.!?…](?:[\"”’')*_]|\[\^[^\]]*\])*(?=\s|$)|\n\s*\n|\Z)", re.DOTALL)
WORD = re.compile(r"\{[^{}:]*|[^\W_]+(?:['’-][^\W_]+)*")
EXPLAINED = re.compile(r"[^\W\d_]{2,}\s+\((?P<short>[A-Z][A-Z0-9]{2,})\)")
"""An abbreviation in brackets after what it stands for."""
FIELD = "leave_behind"


def placeholders(reading: Reading) -> Iterator[Slip]:
    """Find each placeholder in the texts that print."""
    for text in reading.texts:
        for span in _placeholders(text.words, reading.locale):
            words = " ".join(text.words[slice(*span)].split())
            yield text.slip(span, f'"{words}" is a placeholder', "write what it stands for, or delete it")


def note_marks(reading: Reading) -> Iterator[Slip]:
    """Find each mark of a note that isn't a citation."""
    for text in reading.texts:
        for mark in NOTE.finditer(text.words):
            if mark["note"]:
                message = f'"{mark["note"]}" is a note mark typed or pasted as text'
                yield text.slip(mark.span("note"), message, "cite the source as [^source-id], or delete it")


def dates(reading: Reading) -> Iterator[Slip]:
    """Find each day that doesn't exist, or that falls on another weekday."""
    for text in reading.texts:
        if text.loc[0] != "sources":
            for typed in _dates(reading.locale).finditer(text.words):
                yield from _date(reading, text, typed)


def _date(reading: Reading, text: Text, typed: re.Match[str]) -> Iterator[Slip]:
    brief, locale = reading.brief, reading.locale
    month = entry.month(typed["month"] or typed["month_before"], locale)
    # "In May 40 people" has no date.
    if not month or (typed["month_before"] and not typed["weekday"] and not typed["year"]):
        return
    years = [int(typed["year"] or LEAP_YEAR)]
    weekday = typed["weekday"]
    if weekday and not typed["year"] and brief.date:
        years = [brief.date.year, brief.date.year - 1, brief.date.year + 1]
    days = [day for year in years if (day := _day(year, month, int(typed["day"] or typed["day_after"])))]
    if not days:
        message = f'there is no such day as "{" ".join(typed[0].split())}"'
        yield text.slip(typed.span(), message, "correct the day or the month")
    elif weekday and (typed["year"] or brief.date):
        names = [locale.slips.weekdays[day.weekday()] for day in days]
        if not any(name.startswith(weekday[:SHORTEST]) for name in names):
            written = numbers.date(days[0], locale).replace(numbers.NO_BREAK, " ")
            message = f"{written} is a {names[0]}, not a {weekday}"
            yield text.slip(typed.span(), message, "correct the weekday or the date")


def _day(year: int, month: int, number: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, number)
    except ValueError:
        return None


@lru_cache(maxsize=16)
def _dates(locale: Locale) -> re.Pattern[str]:
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


def addresses(reading: Reading) -> Iterator[Slip]:
    """Find each address that opens no page on the web."""
    for loc, words in texts(reading.tree.data):
        if loc[0] in UNPRINTED:
            continue
        for typed in SCHEME.finditer(words) if "/" in words or "www." in words else ():
            yield Slip(loc, f'"{typed[0]}" is not how an address begins', "begin it with https://", typed[0])
        for typed in ADDRESS.finditer(words) if "://" in words else ():
            address = typed[0].rstrip(".,;:!?’'*_")
            if not _has_host(address):
                yield Slip(loc, f"nobody else can open this address: {address}", "give its address on the web", address)


def _has_host(address: str) -> bool:
    try:
        return bool(HOST.fullmatch(urlsplit(address).hostname or ""))
    except ValueError:
        return False


Span = tuple[int, int]
"""The start and the end of some words in a text."""


def _placeholders(text: str, locale: Locale) -> Iterator[Span]:
    """Yield the place of each placeholder in a text."""
    if _whole(locale).fullmatch(text.strip()):
        yield 0, len(text)
        return
    found = [each for each in _pattern(locale).finditer(text) if not (each["number"] and _is_name(each, locale))]
    # Addresses are found only for the few texts that need it: they are slow to find.
    others = [each.span() for each in _not_placeholders(locale).finditer(text)] if found else []
    for start, end in (each.span() for each in found):
        if not any(first <= start < last for first, last in others):
            yield start, end


def _is_name(found: re.Match[str], locale: Locale) -> bool:
    """Return whether XX before a noun belongs to a name: Article XX, Pius XX."""
    before = "".join(found.string[: found.start()].split()[-1:])
    is_capital = before[:1].isupper() and len(before) > SHORTEST
    return is_capital or before.lower() in (*locale.typed.parts, *locale.typed.several_parts)


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for placeholders, with a group `number` for XX that only may be one."""
    slips, scales = locale.slips, typography.scales(locale).replace(r"\ ", r"\s+")
    exact = tuple(word for word in slips.placeholders if not word.islower())
    any_case = tuple(word for word in slips.placeholders if word.islower())
    notes, blanks = typography.spaced(slips.notes), typography.spaced(slips.blanks)
    prompts = "|".join(typography.spaced((prompt,)).replace(r"\*", r"[^.!?\n]{1,40}") for prompt in slips.prompts)
    placeholders = (
        rf"(?<![\w@#.-])(?:{typography.spaced(exact)}|XXX+|(?i:{typography.spaced(any_case)}))(?![\w@-]|\.\w)",
        rf"(?=[A-Z$£¥€₠-₿]){typography.CURRENCY}\s?[Xx]+(?:[.,][Xx]+)*(?:\s(?:{scales})|[mbk]n?)?(?!\w)",
        rf"(?<![\w.,/-])(?:XX?|xx)(?:[.,][Xx]+)*(?:\s?%|\s+(?:{scales})\b)",
        r"(?<![\w.,/-])[Xx]{1,3}(?:,[Xx]{3})+(?!\w)",
        r"(?<!\w)(?:19|20)[Xx]{2}(?!\w)",
        r"\?{3,}|(?<!\w)\?\?(?!\w)",
        r"_{3,}",
        r"\[[\s_]*\?*[\s_]*\](?!\()",
        r"\(\s*XX\s*\)",
        rf"[\[(]\s*(?i:{notes}|{blanks})\b[^\[\]()]{{0,60}}\?+\s*[\])](?!\()",
        rf"\[\s*(?i:{notes})\b[^\[\]]{{0,60}}\](?!\()",
        rf"\[\s*(?:{blanks.upper()})\b[A-Z0-9 ,.:’'/-]{{0,60}}\](?!\()",
        rf"(?<!\w)(?i:{prompts or typography.NEVER})(?![\w(])",
    )
    return re.compile(rf"(?:{'|'.join(placeholders)})|(?<![\w.,/-])(?P<number>XX)(?=\s+[a-z])(?!\s+(?:{scales})\b)")


@lru_cache(maxsize=16)
def _whole(locale: Locale) -> re.Pattern[str]:
    return re.compile(rf"(?i:{typography.spaced(locale.slips.unwritten)}|xxx?)\.?")


@lru_cache(maxsize=16)
def _not_placeholders(locale: Locale) -> re.Pattern[str]:
    names = typography.spaced(locale.slips.names)
    return re.compile(rf"(?:{typography.ADDRESS})|(?<!\w)(?i:{names})(?!\w)|\[\s*(?i:{names})\s*\]")


def sentences(reading: Reading) -> Iterator[Slip]:
    """Find each sentence of a document that it has already printed; those for some places only don't count."""
    only_some = {
        loc for loc, part in walk(reading.brief) if getattr(part, "only", None) or getattr(part, "leave_out", None)
    }
    seen: dict[tuple[Loc, tuple[str, ...]], tuple[Loc, str]] = {}
    for text in reading.texts:
        if text.role != "sentence" or any(text.loc[: len(loc)] == loc for loc in only_some):
            continue
        for sentence in SENTENCE.finditer(text.words):
            words = tuple(WORD.findall(CITATION.sub("", sentence[0]).casefold()))
            if len(words) < FEWEST_WORDS:
                continue
            opening, place = " ".join(sentence[0].split()[:SHOWN_WORDS]), (_document(text.loc), words)
            if place in seen:
                message = f'"{opening}…" is also on line {reading.tree.line(*seen[place])}'
                yield Slip(text.loc, message, "delete one of the two, or reword it", opening, nth=1)
            seen.setdefault(place, (text.loc, opening))


def _document(loc: Loc) -> Loc:
    """Return the document that a text is for: the pack, an ask's leave-behind, or the panel or page of a place."""
    # An electorate's page has one of the headlines, and the nation's page none.
    if FIELD in loc or loc[:2] == ("local", "headlines") or loc[:2] == ("local", "nation"):
        return loc[:3]
    return next((loc[: loc.index(part) + 1] for part in ("national", "local", "glance") if part in loc), ())


def figures_twice(reading: Reading) -> Iterator[Slip]:
    """Find each figure in a leave-behind's text that an earlier sentence of it prints."""
    for own in _leave_behinds(reading):
        seen: dict[str, Loc] = {}
        for text in own:
            for reference in REFERENCE.finditer(text.words):
                name = split(reference[1])[0]
                first = seen.setdefault(name, text.loc)
                if first != text.loc and name in reading.brief.figures:
                    message = f"{name} is in this leave-behind twice, first on line {reading.tree.line(first)}"
                    yield text.slip(reference.span(), message, "say it once, or use the room for another fact")


def abbreviations(reading: Reading) -> Iterator[Slip]:
    """Find the first use in a leave-behind of each abbreviation that only another part explains."""
    organisation = reading.brief.organisation
    known: dict[str, Loc] = {}
    for text in reading.texts:
        for explained in EXPLAINED.finditer(text.words):
            if explained["short"] not in f"{organisation.name} {organisation.short_name}":
                known.setdefault(explained["short"], text.loc)
    for own in _leave_behinds(reading):
        whole = " ".join(text.words for text in own)
        for short, loc in known.items():
            if not re.search(rf"\([^()]*\b{short}\b|\b{short}\s*\(", whole):
                message = f'"{short}" is explained on {reading.tree.shown(loc)}, but not in this leave-behind, which is read alone'
                yield from _first(short, own, message)


def _first(short: str, own: list[Text], message: str) -> Iterator[Slip]:
    # Not in {a figure's id}, nor in a citation.
    pattern = re.compile(rf"\{{[^{{}}]*\}}|\[\^[^\]]*\]|(?<![\w-])(?P<short>{short})(?![\w-])")
    for text in own:
        for use in pattern.finditer(text.words):
            if use["short"]:
                yield text.slip(use.span(), message, "write it out here, with the abbreviation in brackets")
                return


def _leave_behinds(reading: Reading) -> Iterator[list[Text]]:
    """Yield the texts of each leave-behind."""
    own = (text for text in reading.texts if text.loc[0] == "asks" and text.loc[2:3] == (FIELD,))
    for _, group in groupby(own, lambda text: text.loc[:2]):
        yield [*group]
