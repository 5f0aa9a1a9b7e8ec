"""Warn of a change in words, such as doubled, that the figure for the growth beside it contradicts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from briefpack.brief.figures import WHOLE, Ledger, split
from briefpack.brief.model import Figure
from briefpack.brief.review import shares_in_words, statements, stems
from briefpack.brief.review.printed import Text, warning
from briefpack.brief.review.shares_in_words import Said
from briefpack.brief.review.statements import Sentence
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

HEADS = {"point": "text", "headline": "standfirst", "heading": "standfirst"}
"""The keys of short texts, and those of the texts below them."""
LEAST, MOST = 0.75, 1.4
"""By which part, and how many times, a change may differ from its word: a growth of 70% is called doubled."""
NEAR = 0.03
"""By which part a change may be on the wrong side of its word: a growth of 99% is more than doubled."""


def warn(ledger: Ledger, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each such word, in the text with the figure or in the short text above it."""
    locale, read = ledger.locale, {text.loc: text for text in texts}
    pattern = _growth(locale)
    for text in read.values() if pattern else ():
        below = read.get((*text.loc[:-1], HEADS.get(text.key, "")))
        for sentence in statements.read([each for each in (text, below) if each]):
            for found in pattern.finditer(sentence.words) if pattern and "{" in sentence.words else ():
                head = sentence if sentence.text is text else Sentence(text, (0, len(text.words)))
                yield from _judged(head, found, sentence.words, ledger.brief.figures, tree, locale)


def _judged(
    head: Sentence, found: re.Match[str], sentence: str, figures: Mapping[str, Figure], tree: Tree, locale: Locale
) -> Iterator[Problem]:
    """Yield a warning for each multiple in some words about the same things that a growth doesn't fit."""
    name = split(found["figure"])[0]
    figure = figures.get(name)
    said = [each for each in shares_in_words.said(head.words, locale) if each.is_multiple]
    if not said or not figure or figure.unit != "%":
        return
    change = float(figure.value) / WHOLE
    factor = 1 - change if found["verb"].casefold() in locale.slips.falls else 1 + change
    for each in said:
        place = head.text.words.find(each.words, head.span[0])
        if factor > 0 and not _fits(each, factor) and _is_about(head.words, each.words, sentence, locale):
            shown = " ".join(found[0].split())
            message = f'"{each.words}", but "{shown}" is {figure.value:f}%'
            yield warning(tree, head.text, (place, place + len(each.words)), message, "correct one of the two")


def _is_about(head: str, multiple: str, sentence: str, locale: Locale) -> bool:
    """Return whether a sentence has a noun of the words around a multiple: that before it or, if none is, that after it."""
    small, (before, _, after) = locale.drafts.small_words, head.partition(multiple)
    subject = stems.of(before.rpartition(". ")[2], small) or stems.of(after.partition(". ")[0], small)
    return bool(subject & stems.of(sentence, small))


def _fits(said: Said, factor: float) -> bool:
    """Return whether a change may be called so: a word on its own allows for more than nearly and more than do."""
    change, word = (factor, said.value) if said.value > 1 else (1 / factor, 1 / said.value)
    low, high = {"above": (1 - NEAR, float("inf")), "below": (LEAST, 1 + NEAR)}.get(said.side, (LEAST, MOST))
    return low <= change / word <= high


@lru_cache(maxsize=16)
def _growth(locale: Locale) -> re.Pattern[str] | None:
    """Return a pattern for a verb and the growth in a figure: grew in number by {growth}."""
    slips = locale.slips
    if not slips.by or not slips.multiples:
        return None
    verbs, by = typography.any_of((*slips.falls, *slips.rises)), typography.any_of(slips.by)
    then = typography.any_of(tuple(slips.from_to.values()))
    return re.compile(
        rf"\b(?P<verb>{verbs})(?:\s+[^\W\d_]+){{0,3}}?\s+(?:{by})\s+\{{(?P<figure>[^{{}}\s]+)\}}(?!\s+(?:{then})\s)",
        re.IGNORECASE,
    )
