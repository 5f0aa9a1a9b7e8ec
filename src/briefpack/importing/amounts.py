"""Find the amounts of money and the percentages in a draft's text, each with its subject."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from briefpack.importing.draft import Number, Passage
from briefpack.text import entry, numbers, typography
from briefpack.text.currencies import CODES
from briefpack.text.locale import Locale

WORD = re.compile(r"[^\W\d_][\w’'-]*")
LONGEST_MEANING = 9
"""In words."""
NEAR = 10
"""In letters: how much of an unspaced text on either side of a number describes its subject."""
CHINESE_STOPS = "，。；：！？（）、"  # noqa: RUF001 -- Chinese marks
STOP = re.compile(rf"[;:!?()\[\]—\n{CHINESE_STOPS}]|[.,](?=\s|$)|\s[–-]\s")
"""The end of a clause."""
NEXT_NUMBER = re.compile(r"(?=(?:[A-Z]{0,3}[^\w\s.,%])?\d)")
SENTENCE_END = re.compile(r"[.!?]\s")
ALIKE = str.maketrans("\u00a0\n'", "  ’")
"""Characters that are read like another."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Context:
    """Where a passage is: the number and the title of its part, and the headings of its cell in a table."""

    part: int
    title: str
    about: str = ""


def find(passage: Passage, context: Context, locale: Locale) -> Iterator[tuple[Span, Number]]:
    """Yield each amount and percentage in a passage with its place, hedge included."""
    text = passage.words.translate(ALIKE)
    for found in _pattern(locale).finditer(text):
        unit = _unit(found, locale)
        if unit:
            hedge = (found["hedge"] or "").rstrip()
            typed = passage.words[found.start("typed") : found.end()]
            means = context.about or _meaning(text, found.span(), context.title, locale)
            note = _note_after(passage, found.end())
            value = _value(found, locale)
            plus = typed.endswith("+")
            yield (
                found.span(),
                Number(typed, value, unit, hedge, plus, means, context.part, note, passage.place),
            )


def hedges(locale: Locale) -> Mapping[str, str]:
    """Return the hedges that a figure may print, by the words for them."""
    labels = {word: name for name, word in locale.labels.items() if name.startswith("hedge-")}
    return {word: name.removeprefix("hedge-").replace("-", " ") for word, name in labels.items()}


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a number that may have a unit.

    About AU$4 million, 60 millions d’euros, 12 €, 41 per cent.
    """
    end = r"(?!\w)" if locale.spaced_words else ""
    hedge = typography.any_of(tuple(hedges(locale)) if locale.spaced_words else ())
    scale = typography.any_of(tuple(locale.typed.scales))
    units = locale.slips.units
    share = typography.any_of(tuple(word for word in units if units[word] == "%"))
    name = typography.any_of(tuple(_named(locale)))
    number = rf"(?P<digits>{typography.digits(locale)})(?!\d)"
    scaled = rf"(?:\s?(?P<scale>(?i:{scale})){end}|\s?(?P<short>[mbk]n?)(?!\w))?"
    # Percentage points are no share.
    unit = rf"(?P<share>\s?%|\s?(?i:{share})(?!\w|\spoint))|\s?(?P<name>(?i:{name})){end}"
    sign_after = rf"\s?(?P<after>[A-Z]{{0,2}}\$(?:[A-Z]{{2}})?|{typography.SIGN})(?!\d)"
    sign = rf"(?P<sign>[A-Z]{{0,3}}(?:\$|{typography.SIGN}))\s?|\b(?P<code>[A-Z]{{3}})\s"
    return re.compile(
        rf"(?:(?<![\w-])(?P<hedge>(?i:{hedge})\s))?(?<![A-Za-z\d.,])"
        rf"(?P<typed>(?:{sign})?{number}{scaled}(?:{unit}|{sign_after})?\+?)"
    )


def _named(locale: Locale) -> dict[str, str]:
    """Return the unit of each name of a currency: d’euros."""
    # A sign goes before a code: €, not EUR.
    currencies = sorted(locale.currencies.items(), key=lambda pair: not pair[0].isalpha())
    names = {currency.named: unit for unit, currency in currencies if currency.named}
    units = locale.slips.units
    return names | {name: units[name] for name in units if numbers.is_currency(units[name])}


def _unit(found: re.Match[str], locale: Locale) -> str:
    """Return the unit that is written with a number; an empty text if there is none."""
    if found["share"]:
        return "%"
    if found["name"]:
        return _named(locale)[found["name"].lower()]
    if found["code"] in CODES:
        return found["code"]
    sign = found["sign"] or found["after"] or ""
    signs = {each.sign: unit for unit, each in locale.currencies.items() if not unit.isalpha()}
    return locale.drafts.currencies.get(sign) or signs.get(sign, sign)


def _value(found: re.Match[str], locale: Locale) -> Decimal:
    scale = (found["scale"] or entry.SHORT_SCALES.get(found["short"] or "", "")).lower()
    value = typography.value(found["digits"], locale).scaleb(locale.typed.scales.get(scale, 0))
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _note_after(passage: Passage, end: int) -> int | None:
    """Return the next note after a number in the same sentence."""
    place = 0
    for run in passage.runs:
        if run.note is not None and place >= end:
            return None if SENTENCE_END.search(passage.words[end:place]) else run.note
        place += len(run.words)
    return None


def _meaning(text: str, span: Span, title: str, locale: Locale) -> str:
    """Return the whole that a number is a share of, or the words around it in its clause."""
    before, after = STOP.split(text[: span[0]])[-1], STOP.split(text[span[1] :], maxsplit=1)[0]
    if not locale.spaced_words:
        return f"{before[-NEAR:]}…{after[:NEAR]}" if before or after else title or "…"
    small = {*locale.drafts.small_words, *locale.slips.hedges}
    words, rest = before.split()[-LONGEST_MEANING:], NEXT_NUMBER.split(after, maxsplit=1)[0].split()
    leading, following = _trimmed(words, small), _trimmed(rest[:LONGEST_MEANING], small)
    if len(following) > 1 and following[0] in locale.slips.share_of:
        return " ".join(following)
    if len(leading) > 1:
        return " ".join(leading)
    means = " ".join([*words, "…", *following])
    return f"{title}: {means}" if title and len(words) < 2 else means


def _trimmed(words: list[str], small: set[str]) -> list[str]:
    """Return words without the small ones at their end."""
    while words and words[-1].casefold() in small:
        words = words[:-1]
    return words
