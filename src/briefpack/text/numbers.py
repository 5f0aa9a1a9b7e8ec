"""Write numbers, money, ranges, dates, ordinals and percentages in the Australian Government's style.

Names in quotation marks in these docstrings are pages of https://www.stylemanual.gov.au, under "Numbers
and measurements" and "Punctuation".
"""

import datetime
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

NO_BREAK = "\u00a0"
EN_DASH = "\u2013"
MINUS = "\u2212"
FORMS = ("auto", "full", "words", "ordinal")
VARIANTS = ("bare", "capital", "words", "number")
MOST_DIGITS = 60
"""The most digits on either side of the point; anything longer is a typing error, and slow to write out."""

_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_FIRST_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip

_A_MONTH = rf"(?:{'|'.join(_MONTHS)}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
_A_SIGN = "[£¥€₠-₿]"
_A_CURRENCY = rf"(?:\b(?:AU|US|NZ|CA|HK|SG|A|S)\$|(?<![A-Za-z])\$|{_A_SIGN})"
# An address ends before punctuation that could close the sentence or the quotation around it.
_PATH = r"(?:[^\s<>\"'“”‘’…\ue000]|'(?=\w))*[^\s<>\"'“”‘’….,;:!?)\]*_\ue000]"
_AN_EMAIL = r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_AN_ADDRESS = (
    rf"(?:https?://|\bwww\.|\bdoi:|(?<![\w.])10\.\d{{4,}}/){_PATH}|{_AN_EMAIL}"
    rf"|(?<![\w.@-])(?:[\w-]+\.)+(?:com|org|net|edu|gov|int|info|au|nz|uk)\b(?!\.\w)(?:/(?:{_PATH})?)?"
)
# The placeholder is set aside too, so that a text that already contains one comes back unchanged.
_KEPT_ALONE = re.compile(rf"{_AN_ADDRESS}|\ue000")


def number(value: Decimal) -> str:
    """Write a number in digits with commas, or in millions and up where two decimal places are enough.

    "Choosing numerals or words": a large round number takes a numeral and the word "million".
    """
    for power, name in _SCALES:
        digits = _scaled(value, power)
        if value.copy_abs() >= 10**power and len(digits.partition(".")[2]) <= 2:
            return f"{_sign(value)}{digits}{NO_BREAK}{name}"
    return full(value)


def full(value: Decimal) -> str:
    """Write a number in digits, with a comma at each thousand ("Choosing numerals or words")."""
    _refuse_endless(value)
    return f"{_sign(value)}{value.copy_abs():,f}"


def words(value: Decimal) -> str:
    """Write zero to one hundred in words, and other numbers as `number` does."""
    if value not in range(101):
        return number(value)
    whole = int(value)
    if whole < len(_UNITS):
        return _UNITS[whole]
    if whole == 100:
        return "one hundred"
    tens, units = divmod(whole, 10)
    return f"{_TENS[tens]}-{_UNITS[units]}" if units else _TENS[tens]


def ordinal(value: int) -> str:
    """Write first to ninth in words and later ordinals in numerals ("Ordinal numbers")."""
    if 1 <= value <= len(_FIRST_ORDINALS):
        return _FIRST_ORDINALS[value - 1]
    size = abs(value)
    teen = size % 100 in {11, 12, 13}
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(size % 10, "th")
    return f"{full(Decimal(value))}{ending}"


def percentage(value: Decimal) -> str:
    """Write a number with the percentage sign closed up to it ("Percentages")."""
    return f"{full(value)}%"


def date(day: datetime.date) -> str:
    """Write a date as 3 May 2025, with the day and the month kept on one line ("Dates and time")."""
    return f"{day.day}{NO_BREAK}{_MONTHS[day.month - 1]} {day.year}"


def written(
    value: Decimal,
    unit: str,
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
    if variant == "number":
        return _formed(value, form)
    if variant == "bare":
        return _with_unit(value, unit, form, "")
    printed = " ".join(filter(None, (hedge, _with_unit(value, unit, form, "+" if plus else ""))))
    return printed[:1].upper() + printed[1:] if variant == "capital" else printed


def _with_unit(value: Decimal, unit: str, form: str, plus: str) -> str:
    if is_currency(unit):
        return _priced(full(value) if form == "full" else number(value), unit) + plus
    if unit == "%":
        return _share(value, form) + plus
    if unit == "one in":
        one = "one" if form == "words" else "1"
        return f"{one}{NO_BREAK}in{NO_BREAK}{_formed(value, form)}{plus}"
    if unit.startswith("per "):
        return f"{_formed(value, form)}{plus} {unit}"
    return _formed(value, form) + plus


def is_currency(unit: str) -> bool:
    """Return whether a unit prints before its number: £, NZ$ or GBP."""
    return bool(re.fullmatch(r"[A-Z]{3}", unit)) or (names_money(unit[-1:]) and bool(_COUNTRY.fullmatch(unit[:-1])))


def names_money(text: str) -> bool:
    """Return whether a text contains a currency sign, such as £."""
    return any(unicodedata.category(letter) == "Sc" for letter in text)


_COUNTRY = re.compile(r"[A-Z]{0,3}")


def counted(value: Decimal, unit: str) -> str:
    """Write a number with its unit in words: 500 people, 1 person, AU$500, 5%."""
    printed = _with_unit(value, unit, "auto", "")
    return printed if printed != number(value) else f"{printed} {agreeing(value, unit)}".strip()


def agreeing(value: Decimal, unit: str) -> str:
    """Return a unit in the singular or plural, to suit its value: 1 year, 2 years, 0 years."""
    if value != 1:
        return unit
    tail = _TAIL.search(unit)
    before, space, noun = unit[: tail.start() if tail else None].rpartition(" ")
    return f"{before}{space}{_singular(noun)}{tail[0] if tail else ''}"


_TAIL = re.compile(r"\s(?:of|in|an?|per|who|that|for|from|with|without)\b.*", re.DOTALL)


def _singular(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith(("ss", "us", "is")) or not noun.endswith("s"):
        return noun
    if noun.endswith("ies") and len(noun) > len("ties"):
        return f"{noun[:-3]}y"
    return noun[:-2] if noun.endswith(("sses", "shes", "ches", "xes", "zzes")) else noun[:-1]


_IRREGULAR = {
    "people": "person", "children": "child", "women": "woman", "men": "man", "lives": "life", "wives": "wife",
    "halves": "half", "shelves": "shelf", "buses": "bus", "series": "series", "species": "species",
    "analyses": "analysis", "crises": "crisis", "criteria": "criterion", "phenomena": "phenomenon",
}  # fmt: skip
"""Nouns whose singular isn't the plural without its ending."""


def _share(value: Decimal, form: str) -> str:
    # "Percentages": at the start of a sentence, write the number in words, followed by "per cent".
    if form == "words" and words(value).replace("-", "").isalpha():
        return f"{words(value)} per{NO_BREAK}cent"
    return percentage(value)


def _formed(value: Decimal, form: str) -> str:
    if form == "full":
        return full(value)
    if form == "words":
        return words(value)
    if form == "ordinal":
        _refuse_endless(value)
        if value != int(value):
            message = f"{value} has no ordinal; only a whole number has one"
            raise ValueError(message)
        return ordinal(int(value))
    return number(value)


def _priced(digits: str, currency: str) -> str:
    sign, size = (MINUS, digits[1:]) if digits.startswith(MINUS) else ("", digits)
    gap = NO_BREAK if currency.isalpha() else ""
    return f"{sign}{currency}{gap}{_with_cents(size)}"


def _with_cents(size: str) -> str:
    # "Currency": two decimal places with cents, none for whole dollars.
    whole, point, cents = size.partition(".")
    if not point or not cents.isdigit():
        return size
    return f"{whole}.{cents:0<2}" if cents.strip("0") else whole


def _scaled(value: Decimal, power: int) -> str:
    """Divide by a power of ten without a decimal context's rounding, and drop trailing zeros."""
    _refuse_endless(value)
    _, digits, exponent = value.as_tuple()
    text = f"{Decimal((0, digits, int(exponent) - power)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sign(value: Decimal) -> str:
    return MINUS if value < 0 else ""


def _refuse_endless(value: Decimal) -> None:
    if not value.is_finite():
        message = f"{value} is not a number that can be written"
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


_OPENERS = "([{/–—“‘"
_NOT_OPENED = re.compile(r"[\s.,;:!?)\]}]")
_CLIPPED = re.compile(r"(?:\d\ds?|s|t|re|ve|ll|d|m)\b")
_AMOUNT = rf"(?:{_A_CURRENCY})?\d+(?:,\d{{3}})*(?:\.\d+)?%?"
# With a hyphen, point, slash or letter next to it, it is a phone number, a date or a code, not a range.
_RANGE = re.compile(rf"(?<![\w.,/–-])({_AMOUNT})-({_AMOUNT})(?![\w/–]|-\d|[.,]\d)")

_SPACINGS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (rf"(?<![\n {NO_BREAK}])[ {NO_BREAK}]+(?:--?|–)(?=\s)", f"{NO_BREAK}–"),
        (r"(?<=\d) +(?=(?:million|billion|trillion|per cent)\b)", NO_BREAK),
        (rf"(?<![\w.,])(\d{{1,2}}) +(?={_A_MONTH})", rf"\1{NO_BREAK}"),
        (r"(?<![\w’'])((?:pp?|ss?|cl|ch)\.?|(?:[Nn]os?|[Vv]ol|[Ff]ig|art|para)\.) +(?=\d)", rf"\1{NO_BREAK}"),
        (r"\b(AUD|USD|NZD|EUR|GBP|IDR|PHP|THB) +(?=\d)", rf"\1{NO_BREAK}"),
        (r"(?<![^\W_])([A-Z]\.) +(?=[A-Z](?:\.|[a-z]{2}))", rf"\1{NO_BREAK}"),
    )
)


# A country's documents print the same texts over and over.
@lru_cache(maxsize=8192)
def tidy(text: str) -> str:
    """Set the quotation marks, dashes, ellipses and no-break spaces of plain text, and leave addresses as typed.

    See "Dashes", "Ellipses", "Apostrophes", "Percentages", "Currency" and "Dates and time". Quotation marks stay
    single or double, as the author chose; only their shape changes. Tidying a text twice changes nothing more.
    """
    kept = iter(_KEPT_ALONE.findall(text))
    run = _KEPT_ALONE.sub("\ue000", text).replace("...", "…")
    run = re.sub(rf"(?<=\d)[ {NO_BREAK}]+%", "%", run)
    run = re.sub(rf"({_A_CURRENCY})[ {NO_BREAK}]+(?=\d)", r"\1", run)
    run = _RANGE.sub(_with_en_dash, _curl(run))
    for pattern, replacement in _SPACINGS:
        run = pattern.sub(replacement, run)
    return re.sub("\ue000", lambda _: next(kept), run)


def _curl(text: str) -> str:
    curled: list[str] = []
    for place, mark in enumerate(text):
        before = curled[-1] if curled else ""
        curled.append(_curled(text, place, before) if mark in "\"'" else mark)
    return "".join(curled)


def _curled(text: str, place: int, before: str) -> str:
    after_gap = not before or before.isspace() or before in _OPENERS
    opens = after_gap and not _NOT_OPENED.match(text, place + 1)
    if text[place] == '"':
        return "“" if opens else "”"
    # An apostrophe, not an opening quotation mark: '25, or 's just after emphasis.
    return "‘" if opens and not _CLIPPED.match(text, place + 1) else "’"


def _with_en_dash(match: re.Match[str]) -> str:
    first, last = (re.sub(r"[^\d.]", "", end) for end in match.groups())
    return EN_DASH.join(match.groups()) if _ascends(first, last) else match[0]


def _ascends(first: str, last: str) -> bool:
    if first.startswith("0") and not first.startswith("0."):
        return first == "0"
    if re.fullmatch(r"(?:19|20)\d\d", first) and re.fullmatch(r"\d\d", last):
        return last > first[2:] or f"{int(first) + 1}".endswith(last)
    return Decimal(first) < Decimal(last)


_A_JOINT = r"\s?(?:-|–|,|\bto\b|\band\b|\bor\b)\s?"
_AN_AGE = r"(?:1[01]\d|\d{1,2})(?![\d,.]\d|\d|\s?%)"
_A_YEAR = r"(?:19|20)\d\d(?!\d|[.,]\d|\s?%|\s(?:million|billion|trillion)\b)"
_PARTS = "sections|schedules|clauses|pages|articles|versions|parts|pp|ss"
_PART = "(?:sub)?section|schedule|clause|cl|page|p|s|version|v|art(?:icle)?|part|division|chapter|para"
_A_PLACE = r"\d[\w.]*(?:\(\w+\))*"

# Text whose numbers don't belong in the ledger; the first pattern that matches wins.
_NOT_FIGURES = (
    r"\{[^{}]*\}",
    r"\[\^[^\[\]]*\]",
    r"(?<=\])\([^()\s]*\)",
    _AN_ADDRESS,
    r"^[ \t>]*\d+[.)](?=\s)",
    r"(?<![\w.,])\d{4}-\d\d-\d\d(?!\w)|(?<![\w.,/])\d{1,2}/\d{1,2}/\d{2,4}(?!\w)",
    rf"(?<![\w.,$])\d{{1,2}}(?:st|nd|rd|th)?(?:{_A_JOINT}\d{{1,2}})?\s{_A_MONTH}(?:\s\d{{4}}\b)?",
    rf"(?<![\w.,$]){_A_YEAR}(?:[-–/](?:{_A_YEAR}|\d\d(?!\w)))?(?!\w)",
    rf"\b[Aa]ge[ds]?\s(?:(?:between|from|under|over|about|just)\s)?{_AN_AGE}(?:{_A_JOINT}{_AN_AGE})*",
    rf"(?<![\w.,$])\d{{1,3}}(?:{_A_JOINT}\d{{1,3}})?[-\s](?:year|month|week|day)s?[-\s]olds?\b",
    rf"(?i:(?<![\w’'])(?:{_PARTS})\.?\s?{_A_PLACE}(?:{_A_JOINT}{_A_PLACE})*)",
    rf"(?i:(?<![\w’'])(?:{_PART})\.?\s?{_A_PLACE})",
    r"(?<![\w.,])\d+(?:\.\d+){2,}",
    r"(?<![^\W\d_])[^\W\d_]+[-/]?\d\w*(?:[.-]\d\w*)*",
    r"(?<![\w$.,])\d[\d,.]*[^\W\d_]\w*",
    r"(?<!\w)['’]\d\d(?!\w)",
)
_TYPED = (
    rf"(?:(?:\b[A-Z]{{1,3}}\\?)?\$|{_A_SIGN})?\d+(?:,\d{{3}})*(?:\.\d+)?"
    r"(?:\s?%|\s(?:million|billion|trillion|per cent)\b|[mbk]n?\b)?\+?"
)
_LOOSE = re.compile("|".join((*_NOT_FIGURES, f"(?P<typed>{_TYPED})")), re.MULTILINE)


def loose(text: str) -> tuple[str, ...]:
    """List the numbers typed in Markdown that belong in the ledger, each with its currency and scale.

    Years, dates, ages, section and page numbers, references, addresses, list markers and names such as CO2
    don't belong there.
    """
    return tuple(found["typed"] for found in _LOOSE.finditer(text) if found["typed"])
