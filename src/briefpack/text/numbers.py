"""Write numbers, money, dates, ordinals and percentages as a locale prints them.

Names in quotation marks in these docstrings are pages of https://www.stylemanual.gov.au, under "Numbers
and measurements" and "Punctuation".
"""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from briefpack.text.locale import Currency, Locale

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"
MINUS = "\u2212"
FORMS = ("auto", "full", "words", "ordinal")
VARIANTS = ("bare", "capital", "words", "number", "count", "short")
MOST_DIGITS = 60
"""The most digits on either side of the point; anything longer is a typing error, and slow to write out."""
MOST_PLACES = 4
"""The most decimal places of a number in a larger scale than the one that takes few."""
EVERYDAY: Mapping[str, str] = MappingProxyType({})
"""No short scales: millions are written in the words of the locale's labels."""
CURRENCIES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND
VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
"""
CODES = frozenset(CURRENCIES.split())
"""The codes of the world's currencies (ISO 4217)."""
COUNTRY = re.compile(r"[A-Z]{0,3}")


def number(value: Decimal, locale: Locale) -> str:
    """Write a number in digits, or in millions and up where few decimal places are enough.

    "Choosing numerals or words": a large round number takes a numeral and the word "million".
    """
    size = _size(value, locale)
    return f"{_sign(value)}{size}"


def full(value: Decimal, locale: Locale) -> str:
    """Write a number in digits, separated at each thousand ("Choosing numerals or words")."""
    digits = _digits(value)
    return f"{_sign(value)}{_grouped(digits, locale)}"


def words(value: Decimal, locale: Locale) -> str:
    """Write a number in words if the locale has a word for it (zero to one hundred), or else as `number` does."""
    return _in_words(value, locale) or number(value, locale)


def ordinal(value: int, locale: Locale) -> str:
    """Write an ordinal in words if the locale has one (first to ninth), or else in digits ("Ordinal numbers")."""
    known = locale.listed("ordinal-words")
    return known[value - 1] if 1 <= value <= len(known) else ordinal_in_digits(value, locale)


def ordinal_in_digits(value: int, locale: Locale) -> str:
    """Write an ordinal in digits: 3rd, 34th."""
    ending = next((ending for ending, rule in locale.ordinals.items() if rule.takes(str(abs(value)))), "")
    return locale.label("ordinal", number=full(Decimal(value), locale), ending=ending)


def percentage(value: Decimal, locale: Locale) -> str:
    """Write a number with the percentage sign ("Percentages": closed up to the number)."""
    return locale.label("percentage", number=full(value, locale))


def date(day: datetime.date, locale: Locale) -> str:
    """Write a date, such as 3 May 2025 ("Dates and time")."""
    number_of_day = locale.first_day if day.day == 1 else str(day.day)
    return locale.label("date", day=number_of_day, month=locale.listed("months")[day.month - 1], year=str(day.year))


def month(day: datetime.date, locale: Locale) -> str:
    """Write the month of a date, such as May 2025."""
    return locale.label("month-of-year", month=locale.listed("months")[day.month - 1], year=str(day.year))


def weekday(day: datetime.date, locale: Locale) -> str:
    """Write the day of the week, such as Tuesday; nothing if the language's file doesn't name them."""
    names = locale.slips.weekdays
    return names[day.weekday()] if names else ""


def clock(time: datetime.time, locale: Locale) -> str:
    """Write a time of day, such as 2:30 pm ("Dates and time")."""
    half = "time-before-noon" if time.hour < NOON else "time-after-noon"
    hour = (time.hour - 1) % NOON + 1
    return locale.label(half, hour=str(hour), hour_of_day=str(time.hour), minute=f"{time.minute:02}")


NOON = 12


def written(
    value: Decimal,
    unit: str,
    locale: Locale,
    hedge: str | None = None,
    plus: bool = False,
    form: str = "auto",
    variant: str = "",
) -> str:
    """Write a figure as it prints; money and rates stay in digits whatever the form.

    Raises ValueError for an unknown form or variant, or a value that can't be written that way.
    """
    _refuse_unknown("form", form, FORMS)
    _refuse_unknown("variant", variant, ("", *VARIANTS))
    form = "words" if variant == "words" else form
    if variant == "count":
        return number(value, locale)
    if variant == "number":
        return _formed(value, form, locale)
    if variant == "bare":
        return _with_unit(value, unit, form, "", locale)
    scales = locale.short_scales if variant == "short" else EVERYDAY
    number_in_unit = _with_unit(value, unit, form, "+" if plus else "", locale, scales)
    printed = after_hedge(hedged(hedge, locale), number_in_unit, locale)
    return printed[:1].upper() + printed[1:] if variant == "capital" else printed


def hedged(hedge: str | None, locale: Locale) -> str:
    """Return the words for a hedge: about, nearly; an empty text for none."""
    return locale.label(f"hedge-{hedge.replace(' ', '-')}") if hedge else ""


def after_hedge(hedge: str, number: str, locale: Locale) -> str:
    """Return a number after the words of its hedge, if it has one."""
    return locale.label("hedged", hedge=hedge, number=number) if hedge else number


def counted(value: Decimal, unit: str, locale: Locale) -> str:
    """Write a number with its unit in words: 500 people, 1 person, AU$500, 5%."""
    printed = _with_unit(value, unit, "auto", "", locale)
    if printed != number(value, locale) or not unit:
        return printed
    if _in_scale(value, locale):
        return locale.elided(locale.label("counted-scaled", number=printed, unit=unit), any_case=True)
    return locale.label("counted", number=printed, unit=agreeing(value, unit, locale))


def agreeing(value: Decimal, unit: str, locale: Locale) -> str:
    """Return a unit in the singular or plural, to suit its value: 1 year, 2 years, 0 years."""
    if locale.form(value) != "one":
        return unit
    ends = "|".join(map(re.escape, locale.singulars.noun_ends_before))
    tail = re.search(rf"\s(?:{ends})\b.*", unit, re.DOTALL) if ends else None
    *before, noun = unit[: tail.start() if tail else None].split(" ")
    if locale.singulars.every_word:
        before = [_singular(word, locale) for word in before]
    return f"{' '.join([*before, _singular(noun, locale)])}{tail[0] if tail else ''}"


def is_currency(unit: str) -> bool:
    """Return whether a unit is an amount of money: £, NZ$ or GBP."""
    return bool(re.fullmatch(r"[A-Z]{3}", unit)) or (names_money(unit[-1:]) and bool(COUNTRY.fullmatch(unit[:-1])))


def names_money(text: str) -> bool:
    """Return whether a text contains a currency sign, such as £."""
    return any(unicodedata.category(letter) == "Sc" for letter in text)


def _with_unit(
    value: Decimal, unit: str, form: str, plus: str, locale: Locale, scales: Mapping[str, str] = EVERYDAY
) -> str:
    if is_currency(unit):
        return _priced(value, unit, form, locale, scales) + plus
    if unit == "%":
        return _share(value, form, locale) + plus
    if unit == "one in":
        one = locale.listed("number-words")[1] if form == "words" else "1"
        return locale.label("one-in", one=one, number=_formed(value, form, locale)) + plus
    if unit.partition(" ")[0] in locale.typed.rates:
        return f"{_formed(value, form, locale)}{plus} {unit}"
    return _formed(value, form, locale) + plus


def _singular(noun: str, locale: Locale) -> str:
    known = locale.singulars
    if noun in known.irregular:
        return known.irregular[noun]
    ending = next((ending for ending in known.endings if noun.endswith(ending)), "")
    return f"{noun.removesuffix(ending)}{known.endings.get(ending, '')}"


def _share(value: Decimal, form: str, locale: Locale) -> str:
    # "Percentages": at the start of a sentence, write the number in words, followed by "per cent".
    if form == "words" and (word := _in_words(value, locale)):
        return locale.label("per-cent", number=word)
    return percentage(value, locale)


def _formed(value: Decimal, form: str, locale: Locale) -> str:
    if form == "full":
        return full(value, locale)
    if form == "words":
        return words(value, locale)
    if form == "ordinal":
        _refuse_endless(value)
        if value != int(value):
            message = f"{value} has no ordinal; only a whole number has one"
            raise ValueError(message)
        return ordinal(int(value), locale)
    return number(value, locale)


def _in_words(value: Decimal, locale: Locale) -> str:
    """Return the word for a number; an empty text if the locale has none."""
    known = locale.listed("number-words")
    return known[int(value)] if value in range(len(known)) else ""


def _priced(value: Decimal, currency: str, form: str, locale: Locale, scales: Mapping[str, str]) -> str:
    """Write an amount of money; with short scales, its currency has its sign instead of its name."""
    shown = locale.currencies.get(currency, Currency(currency))
    scaled = "" if form == "full" else _in_scale(value, locale, scales)
    if scaled and shown.named and not scales:
        return _sign(value) + locale.label("amount-named", currency=shown.named, number=scaled)
    size = scaled or _grouped(_with_cents(_digits(value)), locale)
    pattern = "amount-in-code" if shown.sign.isalpha() else "amount"
    return _sign(value) + locale.label(pattern, currency=shown.sign, number=size)


def _with_cents(digits: str) -> str:
    # "Currency": two decimal places with cents, none for whole dollars.
    whole, _, cents = digits.partition(".")
    return f"{whole}.{cents:0<2}" if cents.strip("0") else whole


def _size(value: Decimal, locale: Locale) -> str:
    """Write a number without its sign, in millions and up where few decimal places are enough."""
    return _in_scale(value, locale) or _grouped(_digits(value), locale)


def _in_scale(value: Decimal, locale: Locale, scales: Mapping[str, str] = EVERYDAY) -> str:
    """Write a number without its sign in millions and up; an empty text if that takes more decimal places than usual.

    A number that one of the scales writes in few places takes the largest that it reaches.
    """
    _refuse_endless(value)
    reached = [(name, _scaled(value, power)) for power, name in locale.powers if value.copy_abs() >= 10**power]
    if all(_places(digits) > locale.scaled_places for _, digits in reached):
        return ""
    # So that AU$1.264 billion beside AU$1.2 billion isn't AU$1,264 million.
    name, digits = next(each for each in reached if _places(each[1]) <= max(MOST_PLACES, locale.scaled_places))
    scale = scales.get(name) or locale.label(name, count=Decimal(digits))
    number = _grouped(digits, locale, locale.scaled_grouped_from)
    return locale.label("scaled", number=number, scale=scale)


def _places(digits: str) -> int:
    """Return how many decimal places a number has."""
    return len(digits.partition(".")[2])


def _digits(value: Decimal) -> str:
    """Return a number without its sign in digits, with a point."""
    _refuse_endless(value)
    return f"{value.copy_abs():f}"


def _scaled(value: Decimal, power: int) -> str:
    """Divide by a power of ten without a decimal context's rounding, and drop trailing zeros."""
    _refuse_endless(value)
    _, digits, exponent = value.as_tuple()
    text = f"{Decimal((0, digits, int(exponent) - power)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _grouped(digits: str, locale: Locale, least: int | None = None) -> str:
    """Write digits with the locale's decimal sign, and its separator at each thousand from `least` digits."""
    whole, point, places = digits.partition(".")
    if len(whole) >= (least or locale.grouped_from):
        whole = f"{int(whole):,}".replace(",", locale.thousands)
    return f"{whole}{locale.decimal if point else ''}{places}"


def _sign(value: Decimal) -> str:
    return MINUS if value < 0 else ""


def _refuse_endless(value: Decimal) -> None:
    if not value.is_finite():
        message = f"{value} is not a number that can be printed"
        raise ValueError(message)
    exponent = int(value.as_tuple().exponent)
    if exponent < -MOST_DIGITS or exponent + len(value.as_tuple().digits) > MOST_DIGITS:
        message = f"{value:.3e} has more than {MOST_DIGITS} digits when written in full"
        raise ValueError(message)


def _refuse_unknown(what: str, given: str, right: tuple[str, ...]) -> None:
    if given not in right:
        listed = ", ".join(filter(None, right))
        message = f'there is no {what} called "{given}"; the {what}s are {listed}'
        raise ValueError(message)
