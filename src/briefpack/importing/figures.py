"""Propose a figure for each amount of money and percentage in a draft; link it wherever it occurs."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from briefpack.importing import markdown, words
from briefpack.importing.draft import Place
from briefpack.text import entry, numbers, typography
from briefpack.text.locale import Locale

WORD = re.compile(r"[^\W\d_][\w’'-]{2,}")
LONGEST_MEANING = 9
"""In words."""
NEAR = 10
"""In letters: how much of an unspaced text on either side of a number describes its subject."""
# The end of a clause.
STOP = re.compile(r"[;:!?()\[\]—\n，。；：！？（）、]|[.,](?=\s|$)|\s[–-]\s")  # noqa: RUF001 -- Chinese marks
NEXT_NUMBER = re.compile(r"(?=(?:[A-Z]{0,3}[^\w\s.,%])?\d)")
# The rest of a sentence up to its next note.
NOTE_AFTER = re.compile(r"(?:(?![.!?]\s).)*?[.!?]?\[\^(\d+)\]", re.DOTALL)
# Characters that are read like another.
ALIKE = str.maketrans("\u00a0\n'", "  ’")


@dataclass
class Figure:
    """A proposed figure: its value, its unit, its subject, and where the draft has it and in which words."""

    name: str
    value: Decimal
    unit: str
    means: str
    note: str = ""
    ask: str = ""
    typed: dict[str, None] = field(default_factory=dict)
    paragraphs: dict[int, None] = field(default_factory=dict)

    @property
    def is_money(self) -> bool:
        """Return whether its unit is a currency."""
        return numbers.is_currency(self.unit)


class Marker:
    """A marker of amounts and percentages; it collects their figures by id, and the numbers that stay as typed."""

    def __init__(self, locale: Locale) -> None:
        """Begin without any figures; the locale says how numbers are written."""
        self.locale = locale
        self.figures: dict[str, Figure] = {}
        self.unclear: list[str] = []
        self.typed: list[str] = []

    def mark(self, text: str, place: Place, title: str, about: str, *, is_ask: bool) -> str:
        """Return a text in which each amount of money and each percentage names its figure.

        `title` is the heading of its part, and `about` says what its cell in a table is about.
        """
        done, written = 0, ""
        for match in _pattern(self.locale).finditer(text.translate(ALIKE)):
            if not (unit := _unit(match, self.locale)):
                continue
            means = about or _meaning(match, title, self.locale)
            figure = self._figure(match, unit, means, title if is_ask else "")
            note = NOTE_AFTER.match(text, match.end())
            figure.note = figure.note or (note[1] if note else "")
            typed = " ".join(match["typed"].split())
            self.typed.append(typed)
            figure.typed[typed] = None
            figure.paragraphs[place.paragraph] = None
            written += f"{text[done : match.start('typed')]}{{{figure.name}}}"
            done = match.end()
        written += text[done:]
        for start, end in typography.loose_places(written, self.locale):
            self.unclear.append(f"“{written[start:end]}” (paragraph {place.paragraph})")
        return written

    def _figure(self, match: re.Match[str], unit: str, means: str, ask: str) -> Figure:
        """Return the figure of a number: an equal one, or a new one.

        An equal amount of money is the same figure, unless two asks have it; an equal percentage, if its subject is.
        """
        value = _value(match, self.locale)
        alike = [figure for figure in self.figures.values() if (figure.value, figure.unit) == (value, unit)]
        for figure in alike:
            is_only = len(alike) == 1 and not (ask and figure.ask)
            if (is_only or figure.ask == ask) if figure.is_money else figure.means == means:
                figure.ask = figure.ask or ask
                return figure
        small = {*self.locale.drafts.small_words, *self.locale.slips.hedges}
        longer = [word for word in dict.fromkeys(map(str.casefold, WORD.findall(means))) if word not in small]
        name = words.new_id(" ".join(longer[:3]), {"asks", "own", *self.figures}, "figure")
        figure = self.figures[name] = Figure(name, value, unit, means, ask=ask)
        return figure


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a number that may have a unit: AU$4 million, 60 millions d’euros, 12 €, 41 per cent."""
    end = r"(?!\w)" if locale.spaced_words else ""
    scales, units = typography.any_of(tuple(locale.typed.scales)), typography.any_of(tuple(_units(locale)))
    before = rf"(?P<before>[A-Z]{{0,3}}(?:\$|{typography.SIGN})\s?|\b[A-Z]{{3}}\s)"
    number = rf"(?P<digits>{typography.digits(locale)})(?!\d)"
    scaled = rf"(?:\s?(?P<scale>(?i:{scales})){end}|\s?(?P<short>[mbk]n?)(?!\w))?"
    # Percentage points are no share.
    after = rf"\s?(?P<after>[A-Z]{{0,2}}\$(?:[A-Z]{{2}})?|{typography.SIGN}|(?i:{units}){end}(?!\spoint))(?!\d)"
    # The address of a link, or a number.
    return re.compile(rf"\]\([^)]*\)|(?<![A-Za-z\d.,])(?P<typed>{before}?{number}{scaled}(?:{after})?)")


@lru_cache(maxsize=16)
def _units(locale: Locale) -> dict[str, str]:
    """Return the unit of each word and sign beside a number: %, d’euros, $."""
    units = {"%": "%"}
    # A sign goes before a code: €, not EUR.
    for unit, currency in sorted(locale.currencies.items(), key=lambda pair: not pair[0].isalpha()):
        units |= {currency.named: unit} if currency.named else {}
        units |= {} if unit.isalpha() else {currency.sign: unit}
    for word, unit in locale.slips.units.items():
        units |= {word: unit} if unit == "%" or numbers.is_currency(unit) else {}
    return units | dict(locale.drafts.currencies)


def _unit(match: re.Match[str], locale: Locale) -> str:
    """Return the unit that is written with a number; an empty text if there is none."""
    sign = (match["before"] or match["after"] or "").strip()
    units = _units(locale)
    own = sign if sign in numbers.CODES or not sign.isalpha() else ""
    return units.get(sign) or units.get(sign.lower()) or own


def _value(match: re.Match[str], locale: Locale) -> Decimal:
    scale = (match["scale"] or entry.SHORT_SCALES.get(match["short"] or "", "")).lower()
    value = typography.value(match["digits"], locale).scaleb(locale.typed.scales.get(scale, 0))
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _meaning(match: re.Match[str], title: str, locale: Locale) -> str:
    """Return the whole that a number is a share of, or the words around it in its clause."""
    before = markdown.plain(STOP.split(match.string[: match.start("typed")])[-1])
    after = markdown.plain(STOP.split(match.string[match.end() :], maxsplit=1)[0])
    if not locale.spaced_words:
        return f"{before[-NEAR:]}…{after[:NEAR]}" if before or after else title or "…"
    small = {*locale.drafts.small_words, *locale.slips.hedges}
    leading = _trimmed(before.split()[-LONGEST_MEANING:], small)
    following = _trimmed(NEXT_NUMBER.split(after, maxsplit=1)[0].split()[:LONGEST_MEANING], small)
    if following[:1] and following[0] in locale.slips.share_of:
        return " ".join(following)
    if len(leading) > 1:
        return " ".join(leading)
    return f"{title}: {' '.join([*leading, '…', *following])}"


def _trimmed(texts: list[str], small: set[str]) -> list[str]:
    """Return words without the small ones at their end."""
    while texts and texts[-1].casefold() in small:
        texts = texts[:-1]
    return texts
