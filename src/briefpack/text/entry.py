"""Read dates, numbers and answers as people type them, where a language leaves no doubt about the meaning."""

import datetime
import re
from decimal import Decimal, InvalidOperation

from briefpack.text import numbers
from briefpack.text.locale import Locale

ANSWERS = {"yes": True, "true": True, "no": False, "false": False}
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
MONTH_NAMED = re.compile(r"(\d{1,2})\s+([^\W\d]+)\s+(\d{4})")
SHORT_YEAR = re.compile(r"\d{1,2}\W\d{1,2}\W\d\d")
AMOUNT = re.compile(
    r"""(?P<sign>[-+\u2212]?) (?P<before>[A-Z]{0,3}[^\w\s.,%+\u2212-]|[A-Z]{3})? \s* (?P<digits>\d[\d.,\s]*?)
        (?:\s* (?P<scale>[^\W\d_]+))? \s* (?P<after>%|[A-Z]{0,3}[^\w\s.,%+-]|(?<=\s)[A-Z]{3})?""",
    re.VERBOSE,
)
PLAIN = re.compile(r"\d+(?:\.\d+)?")
SPACES = " \u00a0\u2009\u202f"
DOUBTFUL = re.compile(r"[1-9]\d{0,2}\.\d\d0")
DOUBTFUL_WITH_COMMA = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
"""Numbers that half of the world reads as thousands: 12.000, and 12,345 where the comma is the decimal sign."""
COMMA_FOR_POINT = re.compile(r"\d+,\d\d?")
"""A number with one or two digits after a comma, which can't be thousands: 62,5."""
ONE_IN = re.compile(r"(?:1|one) in (\d+)", re.IGNORECASE)
NO_DIGIT = r"\D"
SHORT_SCALES = {"k": "thousand", "m": "million", "mn": "million", "mil": "million", "bn": "billion", "b": "billion"}
SIGNS = {"$": ("AUD", "NZD", "USD", "CAD", "SGD", "HKD", "FJD"), "£": ("GBP",), "€": ("EUR",), "¥": ("JPY", "CNY")}
"""The currency codes that a sign alone may stand for."""


class RefusedError(ValueError):
    """A value that can't be read; the message follows the value, and the hint says how to write it."""

    def __init__(self, message: str, hint: str) -> None:
        """Take the message and the hint."""
        super().__init__(message)
        self.hint = hint


def answer(text: str) -> bool | None:
    """Return whether an answer is yes; None if it is neither yes nor no."""
    return ANSWERS.get(text.strip().casefold())


def date(text: str, locale: Locale | None) -> datetime.date:
    """Return the day that a text names: 2026-07-01 or, if the locale writes the day first, 1/7/2026 or 1 July 2026.

    Raises RefusedError if it isn't a day, or if its order is unclear.
    """
    day_first = locale is not None and locale.typed.dates == "day/month/year"
    hint = "write it as 2025-05-03" + (" or 3/5/2025" if day_first else "")
    text = " ".join(text.split())
    if day_first and SHORT_YEAR.fullmatch(text):
        message = "is not a date: its year needs four digits"
        raise RefusedError(message, hint)
    year, month, day = _parts(text, locale if day_first else None)
    try:
        return datetime.date(year, month, day) if year else datetime.date.fromisoformat(text)
    except ValueError:
        raise RefusedError(_no_date(year, month), hint) from None


def _no_date(year: int, month: int) -> str:
    """Return the message about an impossible date; its parts are 0 if they can't be told apart."""
    if not year:
        return "is not a date"
    return "is not a date: " + (f"there is no month {month}" if month > MONTHS else "the month has no such day")


MONTHS = 12


def _parts(text: str, locale: Locale | None) -> tuple[int, int, int]:
    """Return the year, the month and the day that a text consists of; zeros if it is in none of the known orders."""
    if found := YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if locale and (found := DAY_FIRST.fullmatch(text)):
        return int(found[3]), int(found[2]), int(found[1])
    if locale and (found := MONTH_NAMED.fullmatch(text)) and (number := month(found[2], locale)):
        return int(found[3]), number, int(found[1])
    return 0, 0, 0


def month(name: str, locale: Locale) -> int:
    """Return the number of the month with a name, in full or cut short; 0 if there is none."""
    name, short = name.casefold(), {each.casefold() for each in locale.typed.months}
    for number, each in enumerate(map(str.casefold, locale.listed("months")), start=1):
        if name == each or (name in short and each.startswith(name)):
            return number
    return 0


def number(text: str, unit: str | None, locale: Locale | None) -> str:
    """Return the digits of a number typed with separators, a currency, a percent sign or a word such as million.

    A text that isn't a number is returned as it is. Raises RefusedError if the number has two meanings, or if its sign
    contradicts its unit.
    """
    found = AMOUNT.fullmatch(text.strip())
    signs = [*filter(None, (found["before"], found["after"]))] if found else []
    if not found or not all(sign == "%" or numbers.is_currency(sign) for sign in signs):
        return _without_words(text, unit)
    digits = _digits(found["digits"], locale)
    power = _power(found["scale"], found["digits"], locale)
    if digits is None or power is None:
        return text
    for sign in signs:
        _check_sign(sign, unit)
    sign = "-" if found["sign"] in ("-", numbers.MINUS) else ""
    return f"{sign}{_scaled(digits, power)}" if power else f"{sign}{digits}"


def _without_words(text: str, unit: str | None) -> str:
    """Return a text that isn't a number; refuse a number with a plus sign, or with the words of its unit."""
    if unit == "one in" and (share := ONE_IN.fullmatch(text.strip())):
        message = "is not a number"
        raise RefusedError(message, f"write {share[1]}: its unit is one in")
    if text.strip().endswith("+") and (plain := text.strip().rstrip("+ ")) and plain[-1].isdigit():
        message = "has a plus sign"
        raise RefusedError(message, f"write {plain}, and plus: yes")
    return text


def _digits(typed: str, locale: Locale | None) -> str | None:
    """Return digits with a point and without separators; None if they aren't grouped as the locale groups them.

    Raises RefusedError if a separator may also be a decimal sign.
    """
    point = locale.decimal if locale else "."
    if (DOUBTFUL if point == "." else DOUBTFUL_WITH_COMMA).fullmatch(typed):
        short = f"{Decimal(typed.replace(',', '.')).normalize():f}"
        message = "has two meanings"
        raise RefusedError(message, f"write {short} or {re.sub(NO_DIGIT, '', typed)}, without a separator")
    for separator in (locale.thousands, *SPACES) if locale else ():
        if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(separator)}\d{{3}})+(?:{re.escape(point)}\d+)?", typed):
            return typed.replace(separator, "").replace(point, ".")
    if re.fullmatch(rf"\d+{re.escape(point)}\d+", typed):
        return typed.replace(point, ".")
    if locale and point == "." and COMMA_FOR_POINT.fullmatch(typed):
        message = "is not a number"
        raise RefusedError(message, f"write {typed.replace(',', '.')} if the comma is a decimal point")
    return typed if PLAIN.fullmatch(typed) else None


def _power(scale: str | None, digits: str, locale: Locale | None) -> int | None:
    """Return the power of ten for a word, 0 without a word; None if the word isn't one for a power."""
    scales = locale.typed.scales if locale else {}
    if scale and (long := SHORT_SCALES.get(scale.casefold())) in scales:
        message = f'has "{scale}" after the number'
        raise RefusedError(message, f"{digits} {long}")
    return scales.get(scale.casefold()) if scale else 0


def _scaled(digits: str, power: int) -> str:
    """Multiply by a power of ten exactly."""
    try:
        sign, those, exponent = Decimal(digits).as_tuple()
    except InvalidOperation:
        return digits
    scaled = f"{Decimal((sign, those, int(exponent) + power)):f}"
    return scaled.rstrip("0").rstrip(".") if "." in scaled else scaled


def _check_sign(sign: str, unit: str | None) -> None:
    """Refuse a sign that contradicts the unit."""
    if unit is None or sign == unit or unit in SIGNS.get(sign, ()):
        return
    if sign != "%" and len(sign) == 1 and unit.endswith(sign):
        return
    message = f"is in {sign}, but its unit is {unit}"
    written = {"%": '"%"', "$": "AU$ or US$"}.get(sign, sign)
    raise RefusedError(message, f"write the number alone, or unit: {written}")
