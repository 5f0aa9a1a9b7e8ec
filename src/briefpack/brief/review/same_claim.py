"""Warn of a rank, a share or a number in words that two texts give differently: a quarter of rented homes, and a third of them."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefpack.brief.review import statements
from briefpack.brief.review.printed import Text, elsewhere, warning
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

Place = tuple[Text, tuple[int, int], str]
"""A rank in a text: its place, and its ordinal."""


def warn(texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each rank or share that differs from the first one beside the same words."""
    read = [*texts]
    yield from _shares(read, tree, locale)
    yield from _numbers(read, tree, locale)
    seen: dict[tuple[str, ...], Place] = {}
    for text in read:
        for found in _pattern(locale).finditer(text.words) if text.is_prose else ():
            key = tuple(" ".join(found[name].casefold().split()) for name in ("before", "superlative", "after"))
            ordinal = found["ordinal"].casefold()
            first = seen.setdefault(key, (text, found.span("rank"), ordinal))
            if first[2] != ordinal and first[0].loc != text.loc:
                message = (
                    f'"{found["rank"]}", but {elsewhere(tree, *first[:2])} says {first[0].words[slice(*first[1])]}'
                )
                yield warning(tree, text, found.span("rank"), message, "correct one of the two")


def _shares(texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each share in words that contradicts another of the same whole, in the same statement."""
    seen: dict[tuple[str, ...], Place] = {}
    pattern = _share(locale)
    for text in texts if pattern else ():
        for found in pattern.finditer(text.words) if pattern and text.is_prose else ():
            key = tuple(found["after"].casefold().split())
            share = " ".join(re.split(r"[\s-]+", found["share"].casefold()))
            first = seen.setdefault(key, (text, found.span("share"), share))
            if locale.slips.fractions[first[2]] != locale.slips.fractions[share] and first[0].loc != text.loc:
                place, other = elsewhere(tree, *first[:2]), first[0].words[slice(*first[1])]
                message = f'"{found["share"]}", but {place} says {other.lower()}'
                yield warning(tree, text, found.span("share"), message, "correct one of the two")


def _numbers(texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each number that begins a sentence, if another sentence ends in the same words and has another."""
    small, pattern = {*locale.drafts.small_words}, _begun(locale)
    seen: dict[tuple[str, ...], Place] = {}
    prose = (text for text in texts if text.is_prose) if locale.spaced_words else ()
    for sentence in statements.read(prose):
        found = pattern.match(sentence.text.words, *sentence.span)
        after = sentence.text.words[found.end() : sentence.span[1]] if found else ""
        words = re.sub(r"[.!?]\s*$", "", after).split()
        key = tuple(word.casefold() for word in words[-TOLD:])
        if not found or len(words) > MOST or len(key) < TOLD or not all(WORD.fullmatch(word) for word in words):
            continue
        if sum(word not in small for word in key) >= TELLING:
            first = seen.setdefault(key, (sentence.text, found.span("number"), found["number"].casefold()))
            if first[2] != found["number"].casefold() and first[0].loc != sentence.text.loc:
                shown = f"{found['number']} … {' '.join(words[-TOLD:])}"
                message = f'"{shown}", but {elsewhere(tree, *first[:2])} says {first[2]}'
                yield warning(tree, sentence.text, found.span("number"), message, "correct one of the two")


TOLD, TELLING = 4, 3
"""How many words end two sentences alike, and how many of them are more than small words."""
MOST = 9
"""The most words of a sentence after its number."""
WORD = re.compile(r"[^\W\d_][\w’'-]*")


@lru_cache(maxsize=16)
def _begun(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a sentence that begins with a number in words, or with one word before it."""
    numbers = typography.any_of(locale.listed("number-words")[2:])
    return re.compile(rf"\s*(?:[^\W\d_]+\s+)?(?P<number>{numbers})(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=16)
def _share(locale: Locale) -> re.Pattern[str] | None:
    """Return a pattern for a share in words, and four words after "of": a quarter of rented homes have damp."""
    if not locale.slips.fractions or not locale.slips.share_of:
        return None
    share = typography.any_of(tuple(locale.slips.fractions)).replace(r"\ ", r"[\s-]+")
    of = typography.any_of(locale.slips.share_of)
    return re.compile(rf"(?<![\w-])(?P<share>{share})\s+(?:{of})(?P<after>(?:\s+[^\W\d_][\w’'-]*){{4}})", re.IGNORECASE)


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a rank after a name and its verb, and before a noun: Australia was the third-highest source."""
    ordinals = typography.any_of(locale.listed("ordinal-words"))
    superlatives = typography.any_of(locale.slips.superlatives)
    return re.compile(
        rf"(?P<before>[A-Z][\w’'-]*\s+[a-z]+)\s+(?:[a-z]{{1,3}}\s+)?"
        rf"(?P<rank>(?P<ordinal>{ordinals})[- ](?P<superlative>{superlatives}))\s+(?P<after>[^\W\d_]+)"
    )
