"""Recognise the parts of a draft by the words of their headings, which the locale's file lists; make ids from words."""
# ruff: noqa: RUF001, RUF003 -- Chinese has full-width marks

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache

from briefpack.importing import markdown
from briefpack.text import typography, unspaced
from briefpack.text.locale import Locale

KINDS = {
    "foreword": "foreword",
    "ask": "ask",
    "asks": "asks",
    "themes": "theme",
    "case_studies": "case_study",
    "appendices": "appendix",
    "glossary": "glossary",
    "sources": "sources",
    "contacts": "contacts",
}
"""The kind of part that a heading names, by the lists of words in the locale."""
# The number of a heading: 1.1, B. or IV), or the Chinese 一、 or （一）.
NUMBERED = re.compile(
    r"(?:(?:\d{1,2}\.)*\d{1,2}[.)]?|[A-Z][.)]|[IVX]{1,4}[.)])\s+(?=[^\W\d_])"
    r"|(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)(?=[^\W\d_])"
)
LONGEST_HEADING = 14
"""In words: a longer paragraph is no heading, even if it is bold."""
ENDS = (".", ";", ",", ":", "!", "?", "”", "。", "；", "，", "：", "！", "？")
"""The characters that no heading, no line of a cover and no signature ends in."""
LONGEST_ID = 40
# Letters that have no accent to take off.
PLAIN = str.maketrans({"đ": "d", "Đ": "d", "ø": "o", "ł": "l", "œ": "oe", "æ": "ae", "ß": "ss"})


def new_id(text: str, taken: Container[str], default: str) -> str:
    """Return an id made from words that isn't taken: cut at a word, in lower case, with a number if need be."""
    plain = unicodedata.normalize("NFKD", text.translate(PLAIN)).encode("ascii", "ignore").decode()
    name = "-".join(re.findall(r"[a-z0-9]+", plain.lower().replace("'", "")))
    if len(name) > LONGEST_ID:
        name = name[: LONGEST_ID + 1].rpartition("-")[0] or name[:LONGEST_ID]
    if not re.search("[a-z]", name):
        name = f"{default}-{name}".rstrip("-")
    unique, number = name, 2
    while unique in taken:
        unique, number = f"{name}-{number}", number + 1
    return unique


def is_heading(text: str) -> bool:
    """Return whether a paragraph is a short line in bold type."""
    is_bold = markdown.BOLD.fullmatch(text) and re.search(r"[^\W\d_]{2}", text) and "[^" not in text
    title = markdown.plain(text)
    return bool(is_bold) and unspaced.count(title) <= LONGEST_HEADING and not title.endswith(ENDS[:4])


def capitalised(text: str) -> str:
    """Return a text with a capital at its start."""
    return text[:1].upper() + text[1:]


def kind(title: str, locale: Locale) -> str:
    """Return the kind of part that a heading names; an empty text if it names none."""
    return next((kind for name, kind in KINDS.items() if _label(name, locale).match(f"{title}:")), "")


def unlabelled(title: str, locale: Locale) -> str:
    """Return a heading without a label such as “Ask 2:”; an empty text if that is all it has."""
    for name in KINDS:
        if label := _label(name, locale).match(f"{title}:"):
            return capitalised(title[label.end() :])
    return title


@lru_cache(maxsize=64)
def _label(name: str, locale: Locale) -> re.Pattern[str]:
    """Return a pattern for the start of a heading: the word, perhaps with a number, and a colon, a stop or a dash."""
    named = typography.any_of(getattr(locale.drafts, name))
    signs, counted = map(typography.any_of, (locale.drafts.number_signs, locale.listed("number-words")[1:]))
    number = rf"\s*(?i:{signs})?\s*\d{{1,2}}|\s+(?:[A-Z]|[IVX]{{1,4}})|\s*(?i:{counted})"
    return re.compile(rf"(?i:{named})(?:(?:{number})?\s*[:：.–—-]\s*|\s+\d+\s+)")


def leads_to_ask(text: str, locale: Locale) -> bool:
    """Return whether a sentence says that something is asked for."""
    edge = r"\b" if locale.spaced_words else ""
    leads = typography.any_of(locale.drafts.ask_leads)
    return bool(re.search(rf"{edge}(?:{leads}){edge}", text, re.IGNORECASE))


def field(text: str, locale: Locale) -> tuple[str, str]:
    """Return the field of an ask that a line gives, as in “Cost: $2 million”, and its value; empty texts for none."""
    for name, labels in locale.drafts.fields.items():
        if line := re.match(rf"(?:{typography.any_of(labels)})\s*[:：–—]\s*", text, re.IGNORECASE):
            return name, text[line.end() :]
    return "", ""


def uncaptioned(text: str, locale: Locale) -> str:
    """Return a caption without its label and its number, such as “Figure 2: ”."""
    labels = typography.any_of(locale.drafts.captions)
    return capitalised(re.sub(rf"^(?:{labels})\s*\d+(?:[.-]\d+)?\s*[:：.–—]\s*", "", text, flags=re.IGNORECASE))
