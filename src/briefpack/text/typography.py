"""Set typed text: quotation marks, dashes, ellipses and no-break spaces; and find the numbers typed in it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from briefpack.text import unspaced
from briefpack.text.locale import Locale, Quotes
from briefpack.text.numbers import NARROW_NO_BREAK, NO_BREAK

EN_DASH = "\u2013"
SPACES = f" {NO_BREAK}{NARROW_NO_BREAK}"
SIGN = "[£¥€₠-₿]"
CURRENCY = rf"(?:\b(?:AU|US|NZ|CA|HK|SG|A|S)\$|(?<![A-Za-z])\$|{SIGN})"
# An address ends before punctuation that could close the sentence or the quotation around it, or the text of a link.
PATH = r"(?:(?!\]\()[^\s<>\"'“”‘’…\ue000]|'(?=\w))*[^\s<>\"'“”‘’….,;:!?)\]*_\ue000]"
EMAIL = r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
ADDRESS = (
    rf"(?:https?://|\bwww\.|\bdoi:|(?<![\w.])10\.\d{{4,}}/){PATH}|{EMAIL}"
    rf"|(?<![\w.@-])(?:[\w-]+\.)+(?:com|org|net|edu|gov|int|info|au|nz|uk)\b(?!\.\w)(?:/(?:{PATH})?)?"
)
# The placeholder is set aside too, so that a text that already contains one comes back unchanged.
KEPT_ALONE = re.compile(rf"{ADDRESS}|\ue000")
OPENERS = "([{/–—“‘"
NOT_OPENED = re.compile(r"[\s.,;:!?)\]}]")
FOLLOWED = re.compile(r"[\"«]?[^\W_]")
"""The beginning of the text after an apostrophe inside a word, or after an elision."""
DIGIT = re.compile(r"\d")
NEVER = r"(?!)"
"""A pattern that matches nothing, for a list without words."""


@dataclass(frozen=True)
class Marks:
    """A locale's quotation marks, ranges, word endings after an apostrophe, and gaps that may not break."""

    quotes: Quotes
    clipped: re.Pattern[str]
    ranges: re.Pattern[str]
    decimal: str
    gaps: tuple[tuple[re.Pattern[str], str], ...]


# A country's documents print the same texts over and over.
@lru_cache(maxsize=8192)
def tidy(text: str, locale: Locale) -> str:
    """Set the quotation marks, dashes, ellipses and no-break spaces of plain text, and leave addresses as typed.

    See "Dashes", "Ellipses", "Apostrophes", "Percentages", "Currency" and "Dates and time" in the Style Manual.
    Quotation marks stay single or double, as the author chose; only their shape changes. Tidying a text twice changes
    nothing more.
    """
    marks = _marks(locale)
    kept = iter(KEPT_ALONE.findall(text))
    run = KEPT_ALONE.sub("\ue000", text).replace("...", "…")
    run = marks.ranges.sub(lambda found: _with_en_dash(found, marks.decimal), _curl(run, marks))
    for pattern, replacement in marks.gaps:
        run = pattern.sub(replacement, run)
    run = locale.elided(run) if locale.spaced_words else unspaced.closed_up(run)
    return re.sub("\ue000", lambda _: next(kept), run)


@lru_cache(maxsize=16)
def _marks(locale: Locale) -> Marks:
    gaps = (
        *_signs(locale),
        *_spaced(locale),
        (rf"(?<![\n {NO_BREAK}])[ {NO_BREAK}]+(?:--?|–)(?=\s)", f"{NO_BREAK}–"),
        (rf"(?<=\d) +(?=(?:{scales(locale)})\b)", NO_BREAK),
        (rf"(?<![\w.,])(\d{{1,2}}) +(?={month_names(locale)})", rf"\1{NO_BREAK}"),
        (rf"(?<![\w’'])({any_of(locale.typed.before_numbers)}) +(?=\d)", rf"\1{NO_BREAK}"),
        (rf"(?<=\d) +(?=(?:{any_of(locale.typed.after_numbers)})(?![\w’']))", NO_BREAK),
        (r"\b(AUD|USD|NZD|EUR|GBP|IDR|PHP|THB) +(?=\d)", rf"\1{NO_BREAK}"),
        (r"(?<![^\W_])([A-Z]\.) +(?=[A-Z](?:\.|[a-z]{2}))", rf"\1{NO_BREAK}"),
    )
    clipped = re.compile(rf"(?:\d\ds?|{any_of(locale.typed.clipped)})\b")
    # With a hyphen, point, slash or letter next to it, it is a phone number, a date or a code, not a range.
    amount = rf"(?:{CURRENCY})?{digits(locale)}%?"
    ranges = re.compile(rf"(?<![\w.,/–-])({amount})-({amount})(?![\w/–]|-\d|[.,]\d)")
    return Marks(
        locale.quotes, clipped, ranges, locale.decimal, tuple((re.compile(pattern), gap) for pattern, gap in gaps)
    )


def _signs(locale: Locale) -> tuple[tuple[str, str], ...]:
    """Return how the spaces around percentage signs, currency signs and thousands change."""
    percent = locale.label("percentage", number="")
    found = [(rf"(?<=\d)[{SPACES}]*%" if len(percent) > 1 else rf"(?<=\d)[{SPACES}]+%", percent)]
    if locale.label("amount", currency="$", number="1").startswith("$"):
        found.append((rf"({CURRENCY})[{SPACES}]+(?=\d)", r"\1"))
    else:
        found.append((rf"(?<=\d)[{SPACES}]+(?=[A-Z]{{0,2}}(?:\$|{SIGN}))", NO_BREAK))
    if locale.thousands in SPACES:
        found.append((rf"(?<=\d)(?<![\w.,]\d{{4}})[{SPACES}](?=\d{{3}}(?!\d))", locale.thousands))
    return tuple(found)


def _spaced(locale: Locale) -> tuple[tuple[str, str], ...]:
    """Return the spaces that go inside quotation marks and before punctuation marks."""
    opens, closes = locale.quotes.double_open, locale.quotes.double_close
    found = [
        *([(rf"{opens[0]}[{SPACES}]*", opens)] if len(opens) > 1 else []),
        *([(rf"[{SPACES}]*{closes[-1]}", closes)] if len(closes) > 1 else []),
    ]
    for mark, space in locale.spaced.items():
        marks = "".join(locale.spaced)
        # Before a digit or a slash it is a time, a ratio or an address.
        found.append((rf"(?:(?<=[^\s{marks}])|^)[{SPACES}]*{re.escape(mark)}(?![\w/])", f"{space}{mark}"))
    return tuple(found)


@lru_cache(maxsize=16)
def digits(locale: Locale) -> str:
    """Return a pattern for a number in digits, with the locale's separators."""
    thousands = rf"[{SPACES}]" if locale.thousands in SPACES else re.escape(locale.thousands)
    return rf"(?:\d{{1,3}}(?:{thousands}\d{{3}})+(?!\d)|\d+)(?:{re.escape(locale.decimal)}\d+)?"


def value(text: str, locale: Locale) -> Decimal:
    """Return the value of a number in digits, with the locale's separators."""
    return Decimal(re.sub(rf"[^\d{re.escape(locale.decimal)}]", "", text).replace(locale.decimal, "."))


def any_of(words: tuple[str, ...]) -> str:
    """Return a pattern for any of some words, longest first; for none, a pattern that matches nothing."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or NEVER


def spaced(words: tuple[str, ...]) -> str:
    """Return a pattern for any of some words, perhaps with a line break between them."""
    return any_of(words).replace(r"\ ", r"\s+")


@lru_cache(maxsize=16)
def scales(locale: Locale) -> str:
    """Return a pattern for "million", "billion" and the like, and for "per cent"."""
    named = [
        word
        for scale in locale.scales
        for name, word in locale.labels.items()
        if re.fullmatch(rf"{scale}(-\w+)?", name)
    ]
    return any_of((*named, locale.label("per-cent", number="").strip().replace(NO_BREAK, " ")))


@lru_cache(maxsize=16)
def month_names(locale: Locale) -> str:
    """Return a pattern for the name of a month, in full or as an abbreviation."""
    return rf"(?:{any_of((*locale.listed('months'), *locale.typed.months))})\b"


def _curl(text: str, marks: Marks) -> str:
    curled: list[str] = []
    for place, mark in enumerate(text):
        before = curled[-1][-1:] if curled else ""
        curled.append(_curled(text, place, before, marks) if mark in "\"'" else mark)
    return "".join(curled)


def _curled(text: str, place: int, before: str, marks: Marks) -> str:
    after_gap = not before or before.isspace() or before in OPENERS
    opens = after_gap and not NOT_OPENED.match(text, place + 1)
    if unspaced.is_one(before or " ") or unspaced.is_one(text[place + 1 :][:1] or " "):
        # Without spaces between words, every other mark opens.
        opens = text[:place].count(text[place]) % 2 == 0
    if text[place] == '"':
        # After an elision, as in l'"enfant".
        opens = opens or (before == "’" and text[place - 2 : place - 1].isalpha() and text[place + 1 :][:1].isalpha())
        return marks.quotes.double_open if opens else marks.quotes.double_close
    # An apostrophe, not an opening quotation mark: '25, or 's just after emphasis.
    if opens and not marks.clipped.match(text, place + 1):
        return marks.quotes.single_open
    inside = before.isalnum() and FOLLOWED.match(text, place + 1)
    return "’" if opens or inside else marks.quotes.single_close


def _with_en_dash(match: re.Match[str], decimal: str) -> str:
    first, last = (re.sub(rf"[^\d{re.escape(decimal)}]", "", end).replace(decimal, ".") for end in match.groups())
    return EN_DASH.join(match.groups()) if _ascends(first, last) else match[0]


def _ascends(first: str, last: str) -> bool:
    if first.startswith("0") and not first.startswith("0."):
        return first == "0"
    if re.fullmatch(r"(?:19|20)\d\d", first) and re.fullmatch(r"\d\d", last):
        return last > first[2:] or f"{int(first) + 1}".endswith(last)
    return Decimal(first) < Decimal(last)


def loose_places(text: str, locale: Locale) -> tuple[tuple[int, int], ...]:
    """Return the start and the end of each number in Markdown that belongs in the ledger, with its currency and scale.

    These are amounts of money, percentages, large numbers, and numbers before what they count.
    """
    if not DIGIT.search(text):
        return ()
    return tuple(found.span("typed") for found in _loose(locale).finditer(text) if found["typed"])


# A digit after one of these is part of a code, a date, a time or an address: COVID-19, 9:30, a%20b.
JOINED = r"(?<![\w.,:/%=#'’])(?<![^\d\s][-–])"


@lru_cache(maxsize=16)
def _loose(locale: Locale) -> re.Pattern[str]:
    """Return a pattern whose group `typed` is a number for the ledger; the first alternative that matches wins."""
    number, scale = digits(locale), scales(locale)
    before_number = locale.label("amount", currency="$", number="1").startswith("$")
    after = "" if before_number else rf"\s?(?:[A-Z]{{0,2}}\$(?:[A-Z]{{2}})?|{SIGN})"
    grouped = SPACES if locale.thousands in SPACES else re.escape(locale.thousands)
    figures = (
        # Money, before or after the number: AU$40 million, $2m, 12 €.
        rf"(?:(?:\b[A-Z]{{1,3}}\\?)?\$|{SIGN}){number}(?:\s(?:{scale})\b|[mbk]n?\b)?",
        *([rf"{JOINED}{number}(?:\s(?:{scale})\b)?{after}"] if after else ()),
        # Percentages and large numbers: 37%, 37 per cent, 1.2 million, 2,400.
        rf"{JOINED}{number}(?:\s?%|\s(?:{scale})\b)",
        rf"{JOINED}\d{{1,3}}(?:[{grouped}]\d{{3}})+(?:{re.escape(locale.decimal)}\d+)?(?!\w)",
        rf"{JOINED}(?!0\d){number}(?!\w)(?={_things(locale)})",
        # A cell of a table.
        rf"\A{number}\Z",
    )
    return re.compile(rf"{_not_figures(locale)}|(?P<typed>(?:{'|'.join(figures)})\+?)")


def _things(locale: Locale) -> str:
    """Return a pattern for the noun after a number, perhaps after another number or after names.

    120 to 150 crossings, 40 Torres Strait Islander rangers; not 45 Station Street, 5 pm or 3 of them.
    """
    typed = locale.typed
    small = (word for word in locale.drafts.small_words if word not in typed.rates)
    others = rf"(?:{any_of((*small, *typed.uncounted))})(?![\w’'])|{month_names(locale)}"
    noun = rf"(?!{others})[^\W\d_A-Z]"
    return rf"(?:{_joint(locale)}{digits(locale)})?\+?\s(?:[A-Z][\w’'-]*\s){{0,3}}{noun}"


def _joint(locale: Locale) -> str:
    return rf"\s?(?:[-–,]|\b(?:{any_of(locale.typed.joints)})\b)\s?"


def _not_figures(locale: Locale) -> str:
    """Return a pattern for the numbers that count nothing, though a noun may follow."""
    typed, joint, month = locale.typed, _joint(locale), month_names(locale)
    exact = rf"(?![\w%]|[.,]\d|\s%|\s(?:{scales(locale)})\b)"
    year, name, age = rf"(?:19|20)\d\d{exact}", rf"\d{{1,4}}{exact}", rf"(?:1[01]\d|\d\d?){exact}"
    place = r"\d[\w.]*(?:\(\w+\))*"
    parts = any_of((*typed.parts, *locale.slips.numbered, *locale.drafts.ask))
    return "|".join((
        # Years, and telephone numbers, whose groups of digits aren't those of one number.
        rf"{JOINED}(?<!\$){year}(?:[-–/](?:{year}|\d\d(?!\w)))?",
        rf"{JOINED}(?!{digits(locale)}(?!\s?\d))\d+(?:\s\d+)+",
        # Ages and periods: aged 9 to 12, 5 years.
        rf"\b(?:{any_of(typed.ages)})\s(?:(?:{any_of(typed.about_ages)})\s)?{age}(?:{joint}{age})*",
        rf"{JOINED}(?:\d\d?{joint})?\d\d?\s(?:{any_of(typed.spans)})\b",
        # Names: sections 4 and 5(2), Year 6, and any in capitals within a sentence: Target 12.
        rf"(?i:(?<![\w’'])(?:{any_of(typed.several_parts)})\.?\s?{place}(?:{joint}{place})*)",
        rf"(?i:(?<![\w’'])(?:{parts})\.?\s?{place})",
        rf"(?<![\w’'-])(?:{any_of(typed.named)})\s{name}(?:{joint}{name})*",
        rf"(?<=[^\W\d_,;(]\s)(?!{month})[A-Z][^\W\d_]+\s{name}",
    ))  # fmt: skip
