"""Define a language as data: how it writes numbers, money and dates, and every fixed word that a reader sees.

A locale is read from `layouts/shared/locales/<language>.yaml`. A layout or a brief may override each of its labels.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from string import Formatter
from typing import ClassVar, Literal

from briefpack.text.vocabulary import STRICT, Drafts, Slips, Words

TERMS = ("electorate", "electorates", "member", "parliament", "government", "boundaries")
"""The labels that an electorate set may override, and that every label may name: {member}, or {Member} in capitals."""
VOWELS = "AEIOUÀÂÄÉÈÊËÎÏÔÖÙÛÜ"
"""The capitals before which a word is elided."""
LISTS = {"months": 12, "number-words": 2, "ordinal-words": 1}
"""The labels that list words, separated by commas, and the fewest words that each may have."""
COLUMNS = ("group", "series", "when", "item", "printed", "value", "low", "high", "unit", "note", "source", "as-at")
"""The columns of the file with a chart's values, each headed by a label; a value comes right after its item."""
WRITTEN: Mapping[str, Words] = {
    **dict.fromkeys((*TERMS, *LISTS), ()),
    **{f"hedge-{hedge}": () for hedge in ("about", "nearly", "over", "more-than", "at-least", "up-to", "less-than")},
    "ordinal": ("number", "ending"),
    "hedged": ("hedge", "number"),
    "counted": ("number", "unit"),
    "counted-scaled": ("number", "unit"),
    "scaled": ("number", "scale"),
    "amount": ("currency", "number"),
    "amount-in-code": ("currency", "number"),
    "amount-named": ("currency", "number"),
    "percentage": ("number",),
    "per-cent": ("number",),
    "one-in": ("one", "number"),
    "date": ("day", "month", "year"),
    "month-of-year": ("month", "year"),
}
"""The labels that write numbers and dates, and the words for an electorate: without them, no brief can be read."""
LETTER = ("letter-close", "letter-you-promised", "letter-we-promised", "letter-thanks-close", "letter-yours")
PRINTED: Mapping[str, Words] = {
    "proof-titled": ("title",),
    **WRITTEN,
    "with-article": ("name",),
    "possessive": ("name",),
    "people-in": ("place",),
    "salutation": ("name",),
    "salutation-of-seat": ("name",),
    "document-title": ("title", "name"),
    "authorised-by": ("who",),
    "comma": (),
    "semicolon": (),
    "full-stop": (),
    "alt-with-values": ("text", "values"),
    "values-of": ("name", "values"),
    "value-of": ("name", "value"),
    "value-noted": ("value", "note"),
    "value-in-range": ("value", "low", "high"),
    "value-ranked": ("rank", "value"),
    **dict.fromkeys(("value-first", "value-last", "value-lowest", "value-highest"), ()),
    "electorates-in-class": ("number", "name"),
    "value-of-each": ("names", "value"),
    "name-comma": (),
    "from-to": ("low", "high"),
    "step": ("number", "text"),
    **dict.fromkeys(("rank-lowest", "rank-highest"), ("total",)),
    **dict.fromkeys(("rank-from-lowest", "rank-from-highest"), ("ordinal", "total")),
    **dict.fromkeys(("rank-equal", "rank-estimated"), ("rank",)),
    **dict.fromkeys(("strip-lowest", "strip-highest"), ("value",)),
    "rank-of-value": ("value", "rank"),
    **dict.fromkeys(("time-before-noon", "time-after-noon"), ("hour", "hour_of_day", "minute")),
    "issue-of": ("number", "date"),
    "letter-asks": ("minutes", "moment"),
    "letter-about": ("title",),
    "letter-people": ("names",),
    "letter-greeting": ("names",),
    "letter-thanks": ("moment",),
    **dict.fromkeys(LETTER, ()),
    "median": ("value",),
    "not-shown": (),
    "dots-missing": ("number",),
    "values-file": ("finding",),
    **{f"{column}-column": () for column in COLUMNS},
    "image-note-stock": (),
    "image-note-consented": (),
    "image-note-obscured": (),
    "image-portrait": ("name",),
    "image-signature": ("name",),
}
"""The labels that the engine prints itself, each with its placeholders; templates and charts print the others."""


@dataclass(frozen=True)
class Rule:
    """The numbers that take a form: exact numbers, numbers below another, or numbers by their last digits."""

    exactly: Words = ()
    below: int = 0
    ending: Words = ()
    not_ending: Words = ()
    __pydantic_config__: ClassVar = STRICT

    def takes(self, digits: str) -> bool:
        """Return whether a number takes this form."""
        ends = digits.isdigit() and digits.endswith(self.ending) and not digits.endswith(self.not_ending)
        return digits in self.exactly or ends or abs(Decimal(digits)) < self.below


@dataclass(frozen=True)
class Quotes:
    """The quotation marks; single marks also enclose a quotation within a quotation."""

    double_open: str
    double_close: str
    single_open: str
    single_close: str
    __pydantic_config__: ClassVar = STRICT


@dataclass(frozen=True)
class Singulars:
    """How to make a plural noun singular: irregular nouns, then the first ending that the noun has.

    `noun_ends_before` are the words that separate a noun from its complement: children | of prisoners. With
    `every_word`, adjectives lose their ending too: passages piétons, passage piéton. `possessive` is what a singular
    takes where the plural has an apostrophe alone: two years’ work, one year’s work.
    """

    irregular: Mapping[str, str] = field(default_factory=dict)
    endings: Mapping[str, str] = field(default_factory=dict)
    every_word: bool = False
    possessive: str = ""
    noun_ends_before: Words = ()
    __pydantic_config__: ClassVar = STRICT


@dataclass(frozen=True)
class Currency:
    """How a currency prints: its sign, and its name after a number in words, as in 40 millions d’euros."""

    sign: str
    named: str = ""
    __pydantic_config__: ClassVar = STRICT


@dataclass(frozen=True)
class Typed:
    """The words around numbers in typed text, by which the engine tells figures from dates, ages and references.

    `before_numbers` are kept on one line with the number that follows, `after_numbers` with the one before, and
    `clipped` are word endings after an apostrophe. `rates` begin a unit that prints after its number. `dates` is the
    order in which a date may be typed, and `scales` are the words that may follow a number, each with its power of ten.
    `people` are the units that count people, `named` the nouns that a number is part of the name
    of: Year 6; and `uncounted` are the words after a number that make it a time or a temperature.
    """

    months: Words = ()
    before_numbers: Words = ()
    after_numbers: Words = ()
    clipped: Words = ()
    rates: Words = ()
    people: Words = ()
    joints: Words = ()
    ages: Words = ()
    about_ages: Words = ()
    spans: Words = ()
    uncounted: Words = ()
    parts: Words = ()
    several_parts: Words = ()
    named: Words = ()
    dates: Literal["year-month-day", "day/month/year"] = "year-month-day"
    scales: Mapping[str, int] = field(default_factory=dict)
    __pydantic_config__: ClassVar = STRICT


@dataclass(frozen=True, eq=False)
class Locale:
    """A language, with the labels that a layout and a brief override.

    `scales` are the labels of powers of ten, `first_day` is the first day of a month, `spaced` has the space that goes
    before a punctuation mark, and `elisions` the form that a word takes before a name that begins with a vowel.
    `family` is the font in which the language is set, where it isn't the layout's. `spaced_words` is false for a
    language without spaces between words, and `gendered` true for one whose word for a member tells their gender.
    """

    direction: Literal["ltr", "rtl"]
    hyphenation: str
    quotes: Quotes
    decimal: str
    thousands: str
    labels: Mapping[str, str]
    grouped_from: int = 4
    scaled_grouped_from: int = 4
    scaled_places: int = 2
    scales: Mapping[str, int] = field(default_factory=lambda: {"million": 6, "billion": 9, "trillion": 12})
    short_scales: Mapping[str, str] = field(default_factory=dict)
    currencies: Mapping[str, Currency] = field(default_factory=dict)
    first_day: str = "1"
    spaced: Mapping[str, str] = field(default_factory=dict)
    elisions: Mapping[str, str] = field(default_factory=dict)
    family: str | None = None
    spaced_words: bool = True
    gendered: bool = False
    plurals: Mapping[str, Rule] = field(default_factory=dict)
    ordinals: Mapping[str, Rule] = field(default_factory=dict)
    raised_ordinals: bool = False
    singulars: Singulars = Singulars()
    typed: Typed = Typed()
    slips: Slips = field(default_factory=Slips)
    drafts: Drafts = field(default_factory=Drafts)
    __pydantic_config__: ClassVar = STRICT

    @cached_property
    def key(self) -> str:
        """Return a text that only an equal locale has."""
        return repr(self)

    def __eq__(self, other: object) -> bool:
        """Return whether two locales have the same contents."""
        return isinstance(other, Locale) and (self is other or self.key == other.key)

    def __hash__(self) -> int:
        """Hash the contents, so that a locale from another process finds the same cache entries."""
        return hash(self.key)

    def with_labels(self, *overrides: Mapping[str, str]) -> "Locale":
        """Return the locale with some of its labels replaced; a later override wins."""
        labels = dict(self.labels)
        for each in overrides:
            labels |= each
        return replace(self, labels=labels)

    def label(self, name: str, /, count: Decimal | int | None = None, **values: str) -> str:
        """Return a label with its placeholders filled in. Raises KeyError for an unknown label or placeholder."""
        return self.elided(self.pattern(name, count).format(**self.terms, **values))

    def elided(self, text: str, *, any_case: bool = False) -> str:
        """Return a text with elisions before names: d’Aston, not de Aston; in `any_case`, before every word."""
        if not self.elisions:
            return text
        before = self._elided_in_any_case if any_case else self._elided
        return before.sub(lambda found: _like(found[1], self.elisions[found[1].lower()]), text)

    @cached_property
    def _elided(self) -> re.Pattern[str]:
        return self._before(VOWELS)

    @cached_property
    def _elided_in_any_case(self) -> re.Pattern[str]:
        return self._before(VOWELS + VOWELS.lower() + "h")

    def _before(self, letters: str) -> re.Pattern[str]:
        words = "|".join(f"{word}|{word.capitalize()}" for word in self.elisions)
        return re.compile(rf"(?<![\w’'-])({words})[ \u00a0](?=[{letters}])")

    def pattern(self, name: str, count: Decimal | int | None = None) -> str:
        """Return a label with its placeholders, in the form for a count. Raises KeyError for an unknown label."""
        if count is not None:
            for form in (self.form(count), "other"):
                if f"{name}-{form}" in self.labels:
                    return self.labels[f"{name}-{form}"]
        return self.labels[name]

    def fixed(self, name: str) -> str:
        """Return the longest run of words in a label that nothing fills in."""
        return max((words for words, *_ in Formatter().parse(self.labels[name])), key=len, default="").strip()

    def form(self, count: Decimal | int) -> str:
        """Return the plural form that a count takes: one of the locale's own, or `other`."""
        digits = f"{Decimal(count).normalize():f}"
        return next((form for form, rule in self.plurals.items() if rule.takes(digits)), "other")

    @cached_property
    def powers(self) -> tuple[tuple[int, str], ...]:
        """Return the powers of ten that have a label of their own, largest first."""
        return tuple(sorted(((power, name) for name, power in self.scales.items()), reverse=True))

    @cached_property
    def terms(self) -> Mapping[str, str]:
        """Return the words for an electorate, its member, its parliament and its government, by their placeholders."""
        words = {name: self.labels[name] for name in TERMS}
        return words | {name.capitalize(): word[:1].upper() + word[1:] for name, word in words.items()}

    def listed(self, name: str) -> Words:
        """Return the items of a label that lists words, separated by commas."""
        return self._lists[name]

    @cached_property
    def _lists(self) -> Mapping[str, Words]:
        return {name: tuple(word.strip() for word in self.labels[name].split(",")) for name in LISTS}


def _like(word: str, form: str) -> str:
    return form.capitalize() if word[0].isupper() else form


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces in a label. Raises ValueError for a brace without its partner."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def is_right_to_left(language: str) -> bool:
    """Return whether a language, such as ar or pa-Arab, is written from right to left."""
    first, *more = language.casefold().split("-")
    scripts = [part for part in more if len(part) == SCRIPT_LETTERS and part.isalpha()]
    return scripts[0] in RIGHT_TO_LEFT_SCRIPTS if scripts else first in RIGHT_TO_LEFT


SCRIPT_LETTERS = 4
RIGHT_TO_LEFT_SCRIPTS = {"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"}
RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "prs", "ps", "rhg", "sd", "ug", "ur", "yi"}
