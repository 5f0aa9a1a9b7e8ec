"""Find the numbers in text without spaces between words, such as Chinese: those with a unit right after them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from briefpack.importing.found import Found, Spoken, note_after, notes_of
from briefpack.text import entry, typography
from briefpack.text.locale import Locale

STOP = re.compile(r"[，。；：！？（）、,;:!?()\n]")  # noqa: RUF001 -- Chinese marks
LONGEST_MEANING = 10
"""In letters: how much of the text on either side of a number says what it is about."""


def find(spoken: Spoken, locale: Locale) -> Iterator[Found]:
    """Yield the numbers in a passage that have a unit; a hedge before one stays in the text."""
    passage, notes = spoken.passage, notes_of(spoken.passage)
    for match in _pattern(locale).finditer(passage.words):
        if unit := _unit(match, locale):
            span = (match.start() + passage.offset, match.end() + passage.offset)
            means = spoken.about or _meaning(passage.words, match.span(), spoken.title)
            note = note_after(passage.words, match.end(), notes)
            number, place = _value(match, unit, locale), passage.place
            yield Found(place.paragraph, span, match[0], number, unit, "", False, means, spoken.part, note, place)


def _meaning(text: str, span: tuple[int, int], title: str) -> str:
    """Return the letters around a number, within its clause; with the title of its part if there are none."""
    before, after = STOP.split(text[: span[0]])[-1], STOP.split(text[span[1] :])[0]
    if not (before or after):
        return title or "…"
    return f"{before[-LONGEST_MEANING:]}…{after[:LONGEST_MEANING]}"


def _unit(match: re.Match[str], locale: Locale) -> str:
    """Return the unit that is written with a number; an empty text if there is none."""
    if match["share"]:
        return "%"
    if match["money"]:
        return next(unit for unit, each in locale.currencies.items() if each.named == match["money"].strip())
    if match["sign"]:
        return next(unit for unit, each in locale.currencies.items() if each.sign == match["sign"])
    return match["noun"] or ""


def _value(match: re.Match[str], unit: str, locale: Locale) -> Decimal:
    scale = Decimal(10) ** locale.typed.scales.get(match["scale"] or "", 0)
    value = Decimal(entry.number(match["digits"], unit, locale)) * scale
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a number with the sign before it, and the percent sign, the currency or the counter after it."""
    currencies = locale.currencies.values()
    sign = typography.any_of(tuple(each.sign for each in currencies))
    named = typography.any_of(tuple(each.named for each in currencies if each.named))
    scale = typography.any_of(tuple(locale.typed.scales))
    number = rf"(?P<digits>{typography.digits(locale)})(?!\d)\s?(?P<scale>{scale})?"
    unit = rf"(?P<share>\s?%)|(?P<money>\s?(?:{named}))|(?=\s?(?P<noun>{typography.any_of(locale.drafts.counters)}))"
    numbered = "".join(map(re.escape, locale.typed.before_numbers))
    return re.compile(rf"(?<![A-Za-z0-9.,{numbered}])(?P<sign>{sign})?\s?{number}(?:{unit})?")
