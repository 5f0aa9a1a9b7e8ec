"""Find the numbers in text with spaces between words: their values, their units, and what they are about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from briefpack.importing.draft import Passage
from briefpack.importing.found import Found, Spoken, hedges, note_after, notes_of
from briefpack.text import entry, numbers, typography
from briefpack.text.currencies import CODES
from briefpack.text.locale import Locale

WORD = re.compile(r"[^\W\d_][\w’'-]*")
LONGEST_MEANING, LEAST_MEANING = 9, 1
"""In words."""
BEFORE, AFTER = 40, 120
"""In letters: how much of the text around a number is read."""
STOP = re.compile(r"[;:!?()\[\]—\n]|[.,](?=\s|$)|\s[–-]\s")
NEXT_NUMBER = re.compile(r"(?=(?:[A-Z]{0,3}[^\w\s.,%])?\d)")
TOKEN = re.compile(r"[^\W\d_][\w’'-]*|\d")
MOST_BEFORE_NOUN = 3
"""The most words after a number among which its noun is."""


def find(spoken: Spoken, locale: Locale) -> Iterator[Found]:
    """Yield the numbers in a passage that have a unit."""
    passage = spoken.passage
    text, notes = _readable(passage.words, locale), notes_of(passage)
    done, counted = 0, _last_noun(spoken.about, locale)
    for start, end in _spans(text, locale):
        read = _read(text, (start, end), counted, locale) if start >= done else None
        if read:
            done = read.end
            counted = read.unit if is_noun(read.unit, locale) else counted
            found = _found(passage, text, read, spoken.part, note_after(text, end, notes), locale)
            yield replace(found, means=spoken.about or _with_title(found.means, spoken.title))


@dataclass(frozen=True)
class _Read:
    """A number as read: its value, its unit, whether it has a plus, and where it starts and ends."""

    value: Decimal
    unit: str
    plus: bool
    start: int
    end: int


def _found(passage: Passage, text: str, read: _Read, part: int, note: int | None, locale: Locale) -> Found:
    place, before = passage.place, text[max(0, read.start - BEFORE) : read.start]
    hedge = "" if read.unit in locale.typed.spans else _hedge(before, locale)
    means = _meaning(text, (read.start, read.end), read.unit, locale)
    span = (read.start + passage.offset, read.end + passage.offset)
    typed = passage.words[read.start : read.end]
    return Found(place.paragraph, span, typed, read.value, read.unit, hedge, read.plus, means, part, note, place)


def _readable(text: str, locale: Locale) -> str:
    """Return a text of the same length with scales in lower case and no-break spaces as spaces."""
    scales = typography.any_of(tuple(locale.typed.scales))
    text = text.replace("\u00a0", " ").replace("\n", " ")
    return re.sub(rf"(?i:(?<=\d\s)(?:{scales})\b)", lambda found: found[0].lower(), text)


def _spans(text: str, locale: Locale) -> Iterator[tuple[int, int]]:
    """Yield the place of each number, those of “1 in 12” as one."""
    ratios = [found.span() for found in _one_in(locale).finditer(text)]
    yield from sorted((*ratios, *_loose(text, ratios, locale)))


def _loose(text: str, ratios: list[tuple[int, int]], locale: Locale) -> Iterator[tuple[int, int]]:
    for start, end in typography.loose_places(text, locale):
        if not any(first <= start < last for first, last in ratios):
            yield start, end


@lru_cache(maxsize=16)
def _one_in(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for “1 in 12” and “one in 12”."""
    one = typography.any_of((*locale.listed("number-words")[1:2], "1"))
    written = locale.label("one-in", one="\0", number="\1").replace(numbers.NO_BREAK, " ")
    pattern = (
        re.escape(written).replace("\0", f"(?:{one})").replace("\1", r"(?P<number>\d[\d,]*)").replace(r"\ ", r"\s")
    )
    return re.compile(rf"(?<![\w.,]){pattern}(?![\w]|,\d)", re.IGNORECASE)


def _read(text: str, span: tuple[int, int], counted: str, locale: Locale) -> _Read | None:
    """Return the value and the unit of a number; None if its unit can't be told. `counted` is what the last one counts."""
    start, end = span
    if (ratio := _one_in(locale).match(text, start)) and ratio.end() >= end:
        value = _value(ratio["number"], "one in", locale)
        return _Read(value, "one in", False, start, ratio.end()) if value is not None else None
    typed, code = text[start:end], _code(text[:start])
    large = typed == text.strip() or any(typed.endswith(scale) for scale in locale.typed.scales)
    unit = code or _unit(text, typed, end, locale) or (counted if large else "")
    value = _value(typed.rstrip("+"), unit, locale) if unit else None
    if value is None:
        return None
    rate, name = _rate(text, end, locale), _named_currency(text, end, locale)
    last = end + len(rate) if rate and unit == rate.strip() else end
    last = end + len(name[1]) if name and unit == name[0] else last
    return _Read(value, unit, typed.endswith("+"), start - len(code) - 1 if code else start, last)


def is_noun(unit: str, locale: Locale) -> bool:
    """Return whether a unit is what the number counts."""
    return (
        unit[:1].isalpha()
        and not numbers.is_currency(unit)
        and unit != "one in"
        and unit.partition(" ")[0] not in locale.typed.rates
    )


def _code(before: str) -> str:
    """Return the code of a currency right before a number; an empty text if there is none."""
    found = re.search(r"\b([A-Z]{3})\s$", before)
    return found[1] if found and found[1] in CODES else ""


def _value(typed: str, unit: str, locale: Locale) -> Decimal | None:
    """Return the value of a typed number; None if it can't be read."""
    bare = SIGN_AFTER.sub("", SIGN.sub("", typed, count=1))
    # Typed in a brief, 1.250 is refused where the comma is the decimal sign; in a draft it is what its language says.
    bare = re.sub(rf"(?<=\d){re.escape(locale.thousands)}(?=\d{{3}}(?!\d))", "", bare)
    if found := re.fullmatch(r"(\d[\d.,]*)\s?([a-z]{1,2})", bare):
        word = entry.SHORT_SCALES.get(found[2])
        bare = f"{found[1]} {word}" if word else bare
    try:
        return Decimal(entry.number(bare, unit, locale).rstrip("%").strip())
    except (entry.RefusedError, InvalidOperation):
        return None


def _unit(text: str, typed: str, end: int, locale: Locale) -> str:
    """Return the unit of a number: its sign, or the noun after it; an empty text if there is none."""
    if typed.rstrip("+").endswith("%"):
        return "%"
    if sign := SIGN.match(typed) or SIGN_AFTER.search(typed.rstrip("+")):
        return _currency(sign[0].strip(), locale)
    if name := _named_currency(text, end, locale):
        return name[0]
    after = text[end : end + AFTER]
    if re.match(rf"\s?(?:{typography.any_of(_words_for_share(locale))})(?!\w)", after, re.IGNORECASE):
        return ""
    if counter := re.match(rf"\s({typography.any_of(locale.drafts.counters)})(?!\w)", after, re.IGNORECASE):
        return counter[1].lower()
    return _rate(text, end, locale).strip() or _noun(after, locale)


SIGN = re.compile(r"^[A-Z]{0,3}[^\w\s.,%]")
SIGN_AFTER = re.compile(r"\s?(?:[A-Z]{0,2}\$(?:[A-Z]{2})?|[£¥€₠-₿])$")


def _currency(sign: str, locale: Locale) -> str:
    """Return the unit of money that a sign stands for where the language is written."""
    signs = {each.sign: unit for unit, each in locale.currencies.items() if not unit.isalpha()}
    return locale.drafts.currencies.get(sign) or signs.get(sign, sign)


def _named_currency(text: str, end: int, locale: Locale) -> tuple[str, str] | None:
    """Return the unit of money that is named after a number, and the words: d’euros."""
    after = text[end : end + AFTER].replace("'", "’")
    for name, unit in sorted(locale.slips.units.items(), key=lambda pair: -len(pair[0])):
        if numbers.is_currency(unit) and (found := re.match(rf"\s{re.escape(name)}(?!\w)", after)):
            return unit, found[0]
    for unit, each in locale.currencies.items():
        if each.named and (found := re.match(rf"\s{re.escape(each.named)}(?!\w)", after)):
            return unit, found[0]
    return None


def _words_for_share(locale: Locale) -> tuple[str, ...]:
    return tuple(word for word, unit in locale.slips.units.items() if unit == "%")


def _rate(text: str, end: int, locale: Locale) -> str:
    """Return the rate after a number, such as “per thousand people”, with the space before it."""
    scales = typography.any_of((*locale.typed.scales, *locale.drafts.scales_of_rates))
    pattern = rf"\s(?:{typography.any_of(locale.typed.rates)})\s(?:(?:{scales}|\d[\d,]*)\s)[^\W\d_]+"
    found = re.match(pattern, text[end : end + AFTER])
    return found[0] if found else ""


def _noun(after: str, locale: Locale) -> str:
    """Return the first plural noun after a number, within its clause; an empty text if there is none."""
    clause = STOP.split(after, maxsplit=1)[0]
    small = set(locale.drafts.small_words)
    for word in map(str.casefold, TOKEN.findall(clause)[:MOST_BEFORE_NOUN]):
        if word.isdigit() or word in small:
            return ""
        if numbers.agreeing(Decimal(1), word, locale) != word and len(word) > 2:
            return str(word)
    return ""


def _with_title(means: str, title: str) -> str:
    """Return what a number is about, with the title of its part if the words before the number say nothing."""
    return f"{title}: {means}" if title and len(means.partition("…")[0].split()) < 2 and "…" in means else means


def _last_noun(about: str, locale: Locale) -> str:
    """Return the last plural noun in the headings of a cell; an empty text if there is none."""
    words = [word.casefold() for word in WORD.findall(about)]
    plural = (word for word in reversed(words) if numbers.agreeing(Decimal(1), word, locale) != word and len(word) > 2)
    return next(plural, "")


def _hedge(before: str, locale: Locale) -> str:
    """Return the hedge right before a number, as typed, if it is one that a figure may print."""
    found = re.search(rf"(?<![\w-])((?i:{typography.any_of(tuple(hedges(locale)))}))\s$", before)
    return found[1] if found else ""


def _meaning(text: str, span: tuple[int, int], unit: str, locale: Locale) -> str:
    """Return a few words about a number: the thing counted, or the words before an amount or a percentage."""
    start, end = span
    after = NEXT_NUMBER.split(STOP.split(text[end : end + AFTER], maxsplit=1)[0], maxsplit=1)[0].split()
    ahead = text[max(0, start - AFTER) : start]
    hedge = _hedge(ahead, locale)
    before = STOP.split(ahead[: len(ahead) - len(hedge) - 1] if hedge else ahead)[-1].split()
    if unit in locale.typed.spans:
        before = _after_number(before, locale)
    if start > AFTER:
        before = before[1:]
    small = {*locale.drafts.small_words, *hedges(locale), *locale.slips.hedges}
    after = _trimmed(after, small)
    priced = numbers.is_currency(unit) or unit == "%" or unit in locale.typed.spans
    of = bool(after) and after[0] in locale.slips.share_of
    if (of or not priced) and len(after) > 1:
        return " ".join(after[:LONGEST_MEANING])
    before = before[-LONGEST_MEANING:]
    alone = priced and len(_trimmed(before, small)) > LEAST_MEANING
    words = _trimmed(before, small) if alone else [*before, "…", *(after or ([] if priced else [unit]))]
    return " ".join(words or after) or unit


def _after_number(words: list[str], locale: Locale) -> list[str]:
    """Return the words after the last number and its scale: a period is about what follows its amount."""
    last = max((n for n, word in enumerate(words) if any(map(str.isdigit, word))), default=-1)
    found = words[last + 1 :]
    return found[1:] if found and found[0] in locale.typed.scales else found


def _trimmed(words: list[str], small: set[str]) -> list[str]:
    """Return words without the small ones at their end."""
    while words and words[-1].casefold() in small:
        words = words[:-1]
    return words
