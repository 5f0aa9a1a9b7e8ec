"""Find the numbers in a draft's text that have a unit: their values, their units and their subjects."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from briefpack.importing.draft import Number, Passage
from briefpack.text import entry, numbers, typography
from briefpack.text.currencies import CODES
from briefpack.text.locale import Locale

WORD = re.compile(r"[^\W\d_][\w’'-]*")
TOKEN = re.compile(r"[^\W\d_][\w’'-]*|\d")
LONGEST_MEANING = 9
"""In words."""
AFTER = 120
"""In letters: how much of the text around a number is read."""
STOP = re.compile(r"[;:!?()\[\]—\n]|[.,](?=\s|$)|\s[–-]\s")
NEXT_NUMBER = re.compile(r"(?=(?:[A-Z]{0,3}[^\w\s.,%])?\d)")
SENTENCE_END = re.compile(r"[.!?]\s")
MOST_BEFORE_NOUN = 3
"""The most words after a number among which its noun is."""
SIGN = re.compile(r"^[A-Z]{0,3}[^\w\s.,%]")
SIGN_AFTER = re.compile(r"\s?(?:[A-Z]{0,2}\$(?:[A-Z]{2})?|[£¥€₠-₿])$")
CODE_BEFORE = re.compile(r"\b([A-Z]{3})\s$")


@dataclass(frozen=True)
class Context:
    """Where a passage is: the number and the title of its part, and the headings of its cell in a table."""

    part: int
    title: str
    about: str = ""


Span = tuple[int, int]


def find(passage: Passage, context: Context, locale: Locale) -> Iterator[tuple[Span, Number]]:
    """Yield the numbers in a passage that have a unit, each with its place; a hedge before it is part of it."""
    read = _in_words if locale.spaced_words else _in_letters
    for (start, end), typed, value, unit, means in read(passage, context, locale):
        hedge = _hedge(passage.words[:start], locale) if unit not in locale.typed.spans else ""
        note = _note_after(passage, end)
        plus = typed.endswith("+")
        number = Number(typed, value, unit, hedge, plus, means, context.part, note, passage.place)
        yield (start - len(hedge) - bool(hedge), end), number


_Read = tuple[Span, str, Decimal, str, str]
"""The place of a number, and its words, its value, its unit and its subject."""


def hedges(locale: Locale) -> Mapping[str, str]:
    """Return the hedges that a figure may print, by the words for them."""
    labels = {word: name for name, word in locale.labels.items() if name.startswith("hedge-")}
    return {word: name.removeprefix("hedge-").replace("-", " ") for word, name in labels.items()}


def _hedge(before: str, locale: Locale) -> str:
    """Return the hedge right before a number, as typed, if a figure may print it."""
    if not locale.spaced_words:
        return ""
    found = re.search(rf"(?<![\w-])((?i:{typography.any_of(tuple(hedges(locale)))}))\s$", before)
    return found[1] if found else ""


def _note_after(passage: Passage, end: int) -> int | None:
    """Return the next note after a number in the same sentence."""
    place = 0
    for run in passage.runs:
        if run.note is not None and place >= end:
            return None if SENTENCE_END.search(passage.words[end:place]) else run.note
        place += len(run.words)
    return None


def _in_words(passage: Passage, context: Context, locale: Locale) -> Iterator[_Read]:
    """Yield the numbers in text with spaces between its words."""
    text = _readable(passage.words, locale)
    done, counted = 0, _last_noun(context.about, locale)
    for span in _spans(text, locale):
        read = _amount(text, span, counted, locale) if span[0] >= done else None
        if read:
            (start, done), unit, value = read
            counted = unit if is_noun(unit, locale) else counted
            means = context.about or _with_title(_meaning(text, (start, done), unit, locale), context.title)
            yield (start, done), passage.words[start:done], value, unit, means


def _readable(text: str, locale: Locale) -> str:
    """Return a text of the same length with scales in lower case and no-break spaces as spaces."""
    scales = typography.any_of(tuple(locale.typed.scales))
    text = text.replace("\u00a0", " ").replace("\n", " ")
    return re.sub(rf"(?i:(?<=\d\s)(?:{scales})\b)", lambda found: found[0].lower(), text)


def _spans(text: str, locale: Locale) -> list[Span]:
    """Return the place of each number; “1 in 12” is one number."""
    ratios = [found.span() for found in _one_in(locale).finditer(text)]
    inside = {place for ratio in ratios for place in range(*ratio)}
    return sorted((*ratios, *(span for span in typography.loose_places(text, locale) if span[0] not in inside)))


@lru_cache(maxsize=16)
def _one_in(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for “1 in 12” and “one in 12”."""
    one = typography.any_of((*locale.listed("number-words")[1:2], "1"))
    written = re.escape(locale.label("one-in", one="\0", number="\1").replace(numbers.NO_BREAK, " "))
    pattern = written.replace("\0", f"(?:{one})").replace("\1", r"(?P<number>\d[\d,]*)").replace(r"\ ", r"\s")
    return re.compile(rf"(?<![\w.,]){pattern}(?![\w]|,\d)", re.IGNORECASE)


def _amount(text: str, span: Span, counted: str, locale: Locale) -> tuple[Span, str, Decimal] | None:
    """Return the place, the unit and the value of a number; None if it has no unit.

    `counted` is the noun that the number before it counts, or a noun from the headings of its cell.
    """
    start, end = span
    if (ratio := _one_in(locale).match(text, start)) and ratio.end() >= end:
        unit, typed, more = "one in", ratio["number"], 0
    else:
        typed = text[start:end]
        unit, more = _unit(typed, text[end : end + AFTER], locale)
        if code := CODE_BEFORE.search(text[:start]):
            unit, more, start = (code[1], 0, code.start()) if code[1] in CODES else (unit, more, start)
        large = typed == text.strip() or typed.endswith(tuple(locale.typed.scales))
        unit = unit or (counted if large else "")
    value = _value(typed.rstrip("+"), unit, locale) if unit else None
    return None if value is None else ((start, end + more), unit, value)


def is_noun(unit: str, locale: Locale) -> bool:
    """Return whether a unit is the noun of the things counted, and not money, a rate or “one in”."""
    other = numbers.is_currency(unit) or unit == "one in" or unit.partition(" ")[0] in locale.typed.rates
    return unit[:1].isalpha() and not other


def _value(typed: str, unit: str, locale: Locale) -> Decimal | None:
    """Return the value of a typed number; None if it can't be read."""
    if unit == "%":
        typed = "".join(re.findall(typography.digits(locale), typed)[:1])
    bare = SIGN_AFTER.sub("", SIGN.sub("", typed, count=1))
    # Typed in a brief, 1.250 is refused where the comma is the decimal sign; in a draft it is what its language says.
    bare = re.sub(rf"(?<=\d){re.escape(locale.thousands)}(?=\d{{3}}(?!\d))", "", bare)
    if (found := re.fullmatch(r"(\d[\d.,]*)\s?([a-z]{1,2})", bare)) and found[2] in entry.SHORT_SCALES:
        bare = f"{found[1]} {entry.SHORT_SCALES[found[2]]}"
    try:
        return Decimal(entry.number(bare, unit, locale).rstrip("%").strip())
    except (entry.RefusedError, InvalidOperation):
        return None


def _unit(typed: str, after: str, locale: Locale) -> tuple[str, int]:
    """Return the unit of a number, and how many letters after the number are part of it; an empty text for none."""
    bare = typed.rstrip("+")
    share = typography.any_of(tuple(word for word, unit in locale.slips.units.items() if unit == "%"))
    if bare.endswith("%") or re.search(rf"\s(?:{share})$", bare, re.IGNORECASE):
        return "%", 0
    if sign := SIGN.match(typed) or SIGN_AFTER.search(bare):
        return _currency(sign[0].strip(), locale), 0
    if named := _named_currency(after, locale):
        return named
    # Percentage points are no share.
    if found := re.match(rf"\s?((?:{share})(\spoints)?)(?!\w)", after, re.IGNORECASE):
        return (found[1], 0) if found[2] else ("%", found.end())
    if counter := re.match(rf"\s({typography.any_of(locale.drafts.counters)})(?!\w)", after, re.IGNORECASE):
        return counter[1].lower(), 0
    rate = _rate(after, locale)
    return (rate.strip(), len(rate)) if rate else (_noun(after, locale), 0)


def _currency(sign: str, locale: Locale) -> str:
    """Return the unit of money that a sign stands for where the language is written."""
    signs = {each.sign: unit for unit, each in locale.currencies.items() if not unit.isalpha()}
    return locale.drafts.currencies.get(sign) or signs.get(sign, sign)


def _named_currency(after: str, locale: Locale) -> tuple[str, int] | None:
    """Return the unit of money that is named after a number, and the length of its name: d’euros."""
    names = [(name, unit) for name, unit in locale.slips.units.items() if numbers.is_currency(unit)]
    names += [(each.named, unit) for unit, each in locale.currencies.items() if each.named]
    for name, unit in sorted(names, key=lambda pair: -len(pair[0])):
        if found := re.match(rf"\s{re.escape(name)}(?!\w)", after.replace("'", "’")):
            return unit, found.end()
    return None


def _rate(after: str, locale: Locale) -> str:
    """Return the rate after a number, such as “per thousand people”, with the space before it."""
    scales = typography.any_of((*locale.typed.scales, *locale.drafts.scales_of_rates))
    rates = typography.any_of(locale.typed.rates)
    found = re.match(rf"\s(?:{rates})\s(?:(?:{scales}|\d[\d,]*)\s)[^\W\d_]+", after)
    return found[0] if found else ""


def _noun(after: str, locale: Locale) -> str:
    """Return the first plural noun after a number, within its clause; an empty text if there is none."""
    for word in map(str.casefold, TOKEN.findall(STOP.split(after, maxsplit=1)[0])[:MOST_BEFORE_NOUN]):
        if word.isdigit() or word in locale.drafts.small_words:
            return ""
        if _is_plural(word, locale):
            return str(word)
    return ""


def _is_plural(word: str, locale: Locale) -> bool:
    return len(word) > 2 and numbers.agreeing(Decimal(1), word, locale) != word


def _last_noun(about: str, locale: Locale) -> str:
    """Return the last plural noun in the headings of a cell; an empty text if there is none."""
    words = (word.casefold() for word in reversed(WORD.findall(about)))
    return next((word for word in words if _is_plural(word, locale)), "")


def _with_title(means: str, title: str) -> str:
    """Return the subject of a number, with the title of its part if the words before the number say nothing."""
    return f"{title}: {means}" if title and len(means.partition("…")[0].split()) < 2 and "…" in means else means


def _meaning(text: str, span: Span, unit: str, locale: Locale) -> str:
    """Return a few words about a number: the thing counted, or the words before an amount or a percentage."""
    start, end = span
    small = {*locale.drafts.small_words, *hedges(locale), *locale.slips.hedges}
    after = NEXT_NUMBER.split(STOP.split(text[end : end + AFTER], maxsplit=1)[0], maxsplit=1)[0].split()
    after = _trimmed(after, small)
    is_span = unit in locale.typed.spans
    priced = numbers.is_currency(unit) or unit == "%" or is_span
    if len(after) > 1 and (not priced or after[0] in locale.slips.share_of):
        return " ".join(after[:LONGEST_MEANING])
    before = _before(text[:start], locale, is_span=is_span)
    words = _trimmed(before, small)
    if not priced or len(words) < 2:
        words = [*before, "…", *(after or ([] if priced else [unit]))]
    return " ".join(words or after) or unit


def _before(text: str, locale: Locale, *, is_span: bool) -> list[str]:
    """Return the words before a number, within its clause; before a period, only the words since the last number."""
    hedge = _hedge(text[-AFTER:], locale)
    words = STOP.split(text[-AFTER:].removesuffix(f"{hedge} ") if hedge else text[-AFTER:])[-1].split()
    if is_span and (last := max((n for n, word in enumerate(words, 1) if any(map(str.isdigit, word))), default=0)):
        words = words[last + (words[last : last + 1] != [] and words[last] in locale.typed.scales) :]
    return words[len(text) > AFTER :][-LONGEST_MEANING:]


def _trimmed(words: list[str], small: set[str]) -> list[str]:
    """Return words without the small ones at their end."""
    while words and words[-1].casefold() in small:
        words = words[:-1]
    return words


CLAUSE_END = re.compile(r"[，。；：！？（）、,;:!?()\n]")  # noqa: RUF001 -- Chinese marks
NEAR = 10
"""In letters: how much of an unspaced text on either side of a number describes its subject."""


def _in_letters(passage: Passage, context: Context, locale: Locale) -> Iterator[_Read]:
    """Yield the numbers in text without spaces between words, such as Chinese, that have a unit right beside them."""
    for match in _unspaced(locale).finditer(passage.words):
        if unit := _unit_beside(match, locale):
            scale = Decimal(10) ** locale.typed.scales.get(match["scale"] or "", 0)
            value = Decimal(entry.number(match["digits"], unit, locale)) * scale
            value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
            means = context.about or _clause(passage.words, match.span(), context.title)
            yield match.span(), match[0], value, unit, means


def _clause(text: str, span: Span, title: str) -> str:
    """Return the letters around a number, within its clause; with the title of its part if there are none."""
    before, after = CLAUSE_END.split(text[: span[0]])[-1], CLAUSE_END.split(text[span[1] :])[0]
    return f"{before[-NEAR:]}…{after[:NEAR]}" if before or after else title or "…"


def _unit_beside(match: re.Match[str], locale: Locale) -> str:
    """Return the unit that is written with a number; an empty text if there is none."""
    if match["share"]:
        return "%"
    for unit, each in locale.currencies.items():
        if (match["money"] and each.named == match["money"].strip()) or (match["sign"] and each.sign == match["sign"]):
            return unit
    return match["noun"] or ""


@lru_cache(maxsize=16)
def _unspaced(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a number with its sign before it and its percent sign, currency or counter after it."""
    currencies = locale.currencies.values()
    sign = typography.any_of(tuple(each.sign for each in currencies))
    named = typography.any_of(tuple(each.named for each in currencies if each.named))
    scale = typography.any_of(tuple(locale.typed.scales))
    number = rf"(?P<digits>{typography.digits(locale)})(?!\d)\s?(?P<scale>{scale})?"
    unit = rf"(?P<share>\s?%)|(?P<money>\s?(?:{named}))|(?=\s?(?P<noun>{typography.any_of(locale.drafts.counters)}))"
    numbered = "".join(map(re.escape, locale.typed.before_numbers))
    return re.compile(rf"(?<![A-Za-z0-9.,{numbered}])(?P<sign>{sign})?\s?{number}(?:{unit})?")
