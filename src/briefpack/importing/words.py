"""Recognise the parts of a draft by the words of their headings, which the locale's file lists."""

import re
from functools import lru_cache

from briefpack.text import typography, unspaced
from briefpack.text.locale import Locale

KINDS = ("foreword", "asks", "themes", "case_studies", "appendices", "glossary", "sources", "contacts")
"""The kinds of parts that a heading may name, by the lists of words in the locale."""
NUMBERED = re.compile(
    r"(?:(?:\d{1,2}\.)*\d{1,2}[.)]?|[A-Z][.)]|[IVX]{1,4}[.)])\s+(?=[^\W\d_])|(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)(?=[^\W\d_])"  # noqa: RUF001 -- Chinese marks
)
"""The number of a heading."""
LONGEST_HEADING = 14
"""In words: a longer paragraph is no heading, even if it is bold."""
ENDS = (".", ";", ",", ":", "。", "；", "，", "：")  # noqa: RUF001 -- Chinese marks
"""The characters that a heading doesn't end in."""


def is_short(text: str) -> bool:
    """Return whether words are few enough for a heading, and don't end as a sentence does."""
    return unspaced.count(text) <= LONGEST_HEADING and not text.rstrip().endswith(ENDS)


def capitalised(text: str) -> str:
    """Return a text with a capital at its start."""
    return text[:1].upper() + text[1:]


def kind(title: str, locale: Locale) -> str:
    """Return the kind of part that a heading names; `ask` for a single ask; an empty text if it names none."""
    if label(title, "ask", locale):
        return "ask"
    return next((name for name in KINDS if _named(title, name, locale)), "")


def label(title: str, name: str, locale: Locale) -> str:
    """Return the beginning of a heading that says what the part is, such as “Ask 2:”; an empty text for none."""
    found = _label(_listed(name, locale), _numbers(locale)).match(title)
    return found[0] if found else ""


def is_heading(text: str, locale: Locale) -> bool:
    """Return whether a line can only be a heading: it begins with a numbered label, or names a list at the end."""
    numbered = any(re.search(r"\d", label(text, name, locale)) for name in ("ask", "case_studies", "themes"))
    return numbered or any(
        _named(text, name, locale) for name in ("sources", "glossary", "contacts") if text[-1:].isalpha()
    )


def is_only_label(title: str, name: str, locale: Locale) -> bool:
    """Return whether a heading consists of one of the listed words alone, perhaps with a number."""
    return bool(_label(_listed(name, locale), _numbers(locale)).fullmatch(f"{title}:"))


def leads_to_ask(words: str, locale: Locale) -> bool:
    """Return whether a sentence says that something is asked for."""
    return bool(_any(locale.drafts.ask_leads, whole=locale.spaced_words).search(words))


def leads_to_bought(words: str, locale: Locale) -> bool:
    """Return whether a short line introduces the list of what an ask buys: “The grant would buy:”."""
    labels = typography.any_of((locale.label("what-it-buys"), locale.label("what-it-does")))
    edge = r"\b" if locale.spaced_words else ""
    lead = rf".*{edge}(?:{typography.any_of(locale.drafts.buys)})\s*[:：]"  # noqa: RUF001 -- Chinese marks
    found = re.fullmatch(rf"(?:{labels})\s*[:：]?|{lead}", words.strip(), re.IGNORECASE)  # noqa: RUF001 -- Chinese marks
    return bool(found) and is_short(words.rstrip(" :：")) and not leads_to_ask(words, locale)  # noqa: RUF001 -- Chinese marks


@lru_cache(maxsize=16)
def yearly(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for the words after a cost for one year: a year."""
    return re.compile(rf"\s(?:{typography.any_of(locale.slips.yearly)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=16)
def period(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for the years of a whole cost: over five years."""
    number = rf"(?:\d\d?|{typography.any_of(locale.listed('number-words'))})"
    over, years = typography.any_of(locale.slips.over), typography.any_of(locale.slips.years)
    return re.compile(rf"(?<!\w)(?:{over})\s{number}\s(?:{years})(?!\w)", re.IGNORECASE)


def field(words: str, locale: Locale) -> tuple[str, int]:
    """Return the field of an ask that a line gives, as in “Cost: $2 million”, and where its value starts."""
    for name, listed in locale.drafts.fields.items():
        found = re.match(rf"(?:{typography.any_of(tuple(listed))})\s*[:：–—]\s*", words, re.IGNORECASE)  # noqa: RUF001 -- Chinese marks
        if found:
            return name, found.end()
    return "", 0


def caption_label(words: str, locale: Locale) -> str:
    """Return the beginning of a caption that numbers it, such as “Figure 2: ”; an empty text for none."""
    space = r"\s+" if locale.spaced_words else r"\s*"
    pattern = rf"(?:{typography.any_of(locale.drafts.captions)}){space}\d+(?:[.-]\d+)?\s*[:：.–—]\s*"  # noqa: RUF001 -- Chinese marks
    found = re.match(pattern, words, re.IGNORECASE)
    return found[0] if found else ""


def _named(title: str, name: str, locale: Locale) -> bool:
    listed = _listed(name, locale)
    return bool(
        _label(listed, _numbers(locale)).match(title)
        or re.fullmatch(rf"(?:{typography.any_of(listed)})", title, re.IGNORECASE)
    )


def _listed(name: str, locale: Locale) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(locale.drafts, name)
    return found


@lru_cache(maxsize=64)
def _label(listed: tuple[str, ...], numbers: str) -> re.Pattern[str]:
    """Return a pattern for the start of a heading: the word, then a number or a colon, or the whole heading."""
    named, number = rf"(?i:{typography.any_of(listed)})", rf"(?:\d{{1,2}}|[A-Z]|[IVX]{{1,4}}|{numbers})"
    return re.compile(rf"{named}(?:\s*{number})?\s*[:：.–—-]\s*|{named}\s+\d+\s+")  # noqa: RUF001 -- Chinese marks


@lru_cache(maxsize=16)
def _numbers(locale: Locale) -> str:
    """Return a pattern for the number after a label that isn't bare digits: “n° 2”, or in words."""
    return rf"(?i:{typography.any_of(locale.drafts.number_signs)})\s*\d{{1,2}}|(?i:{typography.any_of(locale.listed('number-words')[1:])})"


@lru_cache(maxsize=16)
def _any(listed: tuple[str, ...], *, whole: bool) -> re.Pattern[str]:
    edge = r"\b" if whole else ""
    return re.compile(rf"{edge}(?:{typography.any_of(listed)}){edge}", re.IGNORECASE)
