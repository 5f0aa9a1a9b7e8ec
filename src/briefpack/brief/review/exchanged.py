"""Warn of two keys of one part whose texts look exchanged: a name where a sentence belongs, and a sentence in its place."""

import re
from collections.abc import Iterator
from functools import lru_cache

from briefpack.brief.blocks import Quote
from briefpack.brief.figures import CITATION
from briefpack.brief.images import Image
from briefpack.brief.model import (
    Ask,
    Brief,
    CaseStudy,
    Contact,
    Figure,
    Glance,
    LeaveBehind,
    Letter,
    Reason,
    Section,
    Source,
    Term,
    Theme,
)
from briefpack.problem import Problem
from briefpack.schema import Model, walk
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

ENDED = re.compile(r"[.!?…][”’\"')]*$")
WORD = re.compile(r"[^\W_]+")
DIGIT = re.compile(r"\d")
YEAR = re.compile(r"(?:[^\W\d_]+\s+)?(?:19|20)\d\d")
NAMED = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:\s+[A-ZÀ-Þ][\w’'.-]*){1,3}")
LONG, SHORT = 8, 5
"""In words: the fewest of a sentence, and the most of a name or a phrase."""
PAIRS: tuple[tuple[type[Model] | tuple[type[Model], ...], str, str], ...] = (
    (Quote, "who", "words"),
    (Reason, "point", "text"),
    (Term, "term", "meaning"),
    ((Section, Theme, CaseStudy, Glance), "heading", "standfirst"),
    (LeaveBehind, "headline", "standfirst"),
    (Ask, "title", "asked"),
)
"""The keys of a phrase and of a sentence that readers see beside each other."""


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each two keys that look exchanged."""
    for loc, part in walk(brief):
        for phrase, sentence in _pairs(part, locale):
            message = f"{phrase}: and {sentence}: seem to be exchanged"
            here = min((phrase, sentence), key=lambda key: tree.line((*loc, key)))
            yield tree.problem((*loc, here), message, f"write under {phrase}: what is under {sentence}:", warning=True)


def _pairs(part: object, locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield the keys of each phrase and sentence that look exchanged, and of each name and date in the wrong place."""
    for kinds, phrase, sentence in PAIRS if locale.spaced_words else ():
        if isinstance(part, kinds) and _are_exchanged(getattr(part, phrase) or "", getattr(part, sentence) or ""):
            yield phrase, sentence
    if isinstance(part, Contact | Letter) and _is_a_role(part.name, locale) and _is_a_name(part.role or "", locale):
        yield "name", "role"
    if isinstance(part, Source) and _is_a_body(part.title or "", locale) and not _is_a_body(part.publisher, locale):
        yield "publisher", "title"
    if isinstance(part, Image) and ENDED.search(part.credit) and _are_exchanged(part.credit, part.alt):
        yield "credit", "alt"
    for kind, words, date in ((Figure, "means", "as_at"), (Source, "title", "date")):
        if isinstance(part, kind) and _is_no_date(getattr(part, date)) and YEAR.fullmatch(getattr(part, words) or ""):
            yield words, date


def _is_no_date(words: str | None) -> bool:
    return bool(words) and not DIGIT.search(words or "")


def _are_exchanged(phrase: str, sentence: str) -> bool:
    """Return whether the phrase is a sentence, or has a citation, and the sentence is neither and shorter."""
    long, short = _count(phrase), _count(sentence)
    if not short or long <= short:
        return False
    cited = bool(CITATION.search(phrase)) and not CITATION.search(sentence)
    ended = bool(ENDED.search(phrase)) and not ENDED.search(sentence)
    return (long >= LONG and short <= SHORT) or cited or (ended and long > short + 1)


def _count(words: str) -> int:
    return len(WORD.findall(words))


def _is_a_role(words: str, locale: Locale) -> bool:
    return bool(_roles(locale).search(words))


def _is_a_name(words: str, locale: Locale) -> bool:
    return bool(NAMED.fullmatch(words)) and not _is_a_role(words, locale)


def _is_a_body(words: str, locale: Locale) -> bool:
    """Return whether words are the name of an institution alone, such as Example University."""
    bodies = typography.any_of(locale.slips.publishers)
    named = [word for word in WORD.findall(words) if word.lower() not in locale.drafts.small_words]
    capital = all(word[:1].isupper() for word in named) and len(named) <= SHORT
    return capital and bool(re.search(rf"\b(?:{bodies})\b", words))


@lru_cache(maxsize=16)
def _roles(locale: Locale) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{typography.any_of(locale.slips.roles)})\b", re.IGNORECASE)
