"""Propose a figure for each amount of money and percentage in a draft; link it wherever it occurs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from briefpack.importing import markdown, names
from briefpack.importing.draft import Place
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
NOTE_AFTER = re.compile(r"(?:(?![.!?]\s).)*?[.!?]?\[\^(\d+)\]", re.DOTALL)
"""The rest of a sentence up to its next note."""
ALIKE = str.maketrans("\u00a0\n'", "  ’")
"""Characters that are read like another."""


@dataclass
class Figure:
    """A proposed figure: its value, its unit, its subject, and where the draft has it and in which words."""

    name: str
    value: Decimal
    unit: str
    plus: bool
    means: str
    part: int
    note: str = ""
    typed: dict[str, None] = field(default_factory=dict)
    paragraphs: dict[int, None] = field(default_factory=dict)

    @property
    def is_money(self) -> bool:
        """Return whether its unit is a currency."""
        return numbers.is_currency(self.unit)


@dataclass(frozen=True)
class Context:
    """Where a text is: the number and the title of its part, whether that is an ask, and what its cell is about."""

    part: int
    title: str
    is_ask: bool = False
    about: str = ""


class Marker:
    """A marker of amounts and percentages; it collects their figures by id, and the numbers that stay as typed."""

    def __init__(self, locale: Locale) -> None:
        """Begin without any figures; the locale says how numbers are written."""
        self.locale = locale
        self.figures: dict[str, Figure] = {}
        self.asks: dict[str, int] = {}
        self.unclear: list[str] = []

    def mark(self, text: str, place: Place, context: Context) -> str:
        """Return a text in which each amount of money and each percentage names its figure."""
        done, written = 0, ""
        for match in _pattern(self.locale).finditer(text.translate(ALIKE)):
            if unit := _unit(match, self.locale):
                figure = self._figure(match, unit, text, place, context)
                written += f"{text[done : match.start('typed')]}{{{figure.name}}}"
                done = match.end()
        written += text[done:]
        for start, end in typography.loose_places(written, self.locale):
            self.unclear.append(f"“{written[start:end]}” (paragraph {place.paragraph})")
        return written

    def _figure(self, match: re.Match[str], unit: str, text: str, place: Place, context: Context) -> Figure:
        """Return the figure of a number: an equal one about the same thing, or a new one."""
        value, typed = _value(match, self.locale), match["typed"]
        span = (match.start("typed"), match.end())
        means = context.about or _meaning(text.translate(ALIKE), span, context.title, self.locale)
        key = (value, unit, typed.endswith("+"))
        alike = [figure for figure in self.figures.values() if (figure.value, figure.unit, figure.plus) == key]
        figure = next((figure for figure in alike if self._is_same(figure, means, context, len(alike))), None)
        if figure is None:
            subject = dict.fromkeys(map(str.casefold, WORD.findall(means)))
            small = {*self.locale.drafts.small_words, *self.locale.slips.hedges}
            longer = [word for word in subject if len(word) > 2 and word not in small]
            name = names.new(" ".join(longer[:3]), {"asks", "own", *self.figures}, "figure")
            figure = self.figures[name] = Figure(name, *key, means, context.part)
        if context.is_ask:
            self.asks.setdefault(figure.name, context.part)
        note = NOTE_AFTER.match(text, match.end())
        figure.note = figure.note or (note[1] if note else "")
        figure.typed[" ".join(typed.split())] = None
        figure.paragraphs[place.paragraph] = None
        return figure

    def _is_same(self, figure: Figure, means: str, context: Context, alike: int) -> bool:
        """Return whether a number is about the same thing as a figure with its value.

        The only equal amount of money is, unless both are in asks: each ask has its own amount.
        """
        if figure.part == context.part or _subject(figure.means) & _subject(means):
            return True
        other_ask = context.is_ask and self.asks.get(figure.name, context.part) != context.part
        return alike == 1 and figure.is_money and not other_ask


def _subject(means: str) -> set[str]:
    """Return the longer words of a number's subject."""
    return {word.casefold() for word in WORD.findall(means) if len(word) > 3}


def named(text: str, figures: Mapping[str, Figure]) -> Iterator[tuple[re.Match[str], Figure]]:
    """Yield the amounts of money in a text that names figures, each with its place."""
    for match in re.finditer(r"\{([a-z0-9-]+)\}", text):
        if match[1] in figures and figures[match[1]].is_money:
            yield match, figures[match[1]]


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a number that may have a unit: AU$4 million, 60 millions d’euros, 12 €, 41 per cent."""
    end = r"(?!\w)" if locale.spaced_words else ""
    scale = typography.any_of(tuple(locale.typed.scales))
    units = locale.slips.units
    share = typography.any_of(tuple(word for word in units if units[word] == "%"))
    name = typography.any_of(tuple(_currency_names(locale)))
    number = rf"(?P<digits>{typography.digits(locale)})(?!\d)"
    scaled = rf"(?:\s?(?P<scale>(?i:{scale})){end}|\s?(?P<short>[mbk]n?)(?!\w))?"
    # Percentage points are no share.
    unit = rf"(?P<share>\s?%|\s?(?i:{share})(?!\w|\spoint))|\s?(?P<name>(?i:{name})){end}"
    sign_after = rf"\s?(?P<after>[A-Z]{{0,2}}\$(?:[A-Z]{{2}})?|{typography.SIGN})(?!\d)"
    sign = rf"(?P<sign>[A-Z]{{0,3}}(?:\$|{typography.SIGN}))\s?|\b(?P<code>[A-Z]{{3}})\s"
    # The address of a link, or a number.
    return re.compile(
        rf"\]\([^)]*\)|(?<![A-Za-z\d.,])(?P<typed>(?:{sign})?{number}{scaled}(?:{unit}|{sign_after})?\+?)"
    )


def _currency_names(locale: Locale) -> dict[str, str]:
    """Return the unit of each name of a currency: d’euros."""
    # A sign goes before a code: €, not EUR.
    currencies = sorted(locale.currencies.items(), key=lambda pair: not pair[0].isalpha())
    names = {currency.named: unit for unit, currency in currencies if currency.named}
    units = locale.slips.units
    return names | {name: units[name] for name in units if numbers.is_currency(units[name])}


def _unit(match: re.Match[str], locale: Locale) -> str:
    """Return the unit that is written with a number; an empty text if there is none."""
    if match["share"]:
        return "%"
    if match["name"]:
        return _currency_names(locale)[match["name"].lower()]
    if match["code"] in CODES:
        return match["code"]
    sign = match["sign"] or match["after"] or ""
    signs = {currency.sign: unit for unit, currency in locale.currencies.items() if not unit.isalpha()}
    return locale.drafts.currencies.get(sign) or signs.get(sign, sign)


def _value(match: re.Match[str], locale: Locale) -> Decimal:
    scale = (match["scale"] or entry.SHORT_SCALES.get(match["short"] or "", "")).lower()
    value = typography.value(match["digits"], locale).scaleb(locale.typed.scales.get(scale, 0))
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _meaning(text: str, span: tuple[int, int], title: str, locale: Locale) -> str:
    """Return the whole that a number is a share of, or the words around it in its clause."""
    before = markdown.plain(STOP.split(text[: span[0]])[-1])
    after = markdown.plain(STOP.split(text[span[1] :], maxsplit=1)[0])
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
