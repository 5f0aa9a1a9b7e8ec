"""Warn of note marks that came with a pasted text: they would print beside the pack's own."""

import re
from collections.abc import Iterable, Iterator

from briefpack.brief.figures import CITATION
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

RAISED = "¹²³⁰⁴-⁹"
# m², km³, x² and 10⁶ aren't notes.
SUPERSCRIPT = re.compile(
    rf"(?<![^\W\d_])(?:[A-Za-z]|[cdkm]m|ft|yd)[²³](?![{RAISED}\w])|[{RAISED}]+(?=[A-Za-z])|\d[²³⁰⁴-⁹]+|[⁺⁻][{RAISED}]+"
    rf"|(?P<note>[{RAISED}]+(?:[,–-][{RAISED}]+)*|(?<=\w)[†‡]|(?<=\w\W)[†‡])"
)
# Copied from a web page or as plain text, a mark becomes a bracket or a bare number: "abuse.[5]", "abuse.5 In".
BRACKETED = re.compile(r"(?<=[\w.,;:!?”’\"'])\[(?:\d{1,3}|[ivx]{1,4}|[a-z])\](?!\()")
BARE = re.compile(r"(?<=[^\W\d_])[.,;][”’\"']?(?P<note>\d{1,2})(?=\s+[A-Z]|\s*$)")
SHORTEST = 4
"""In letters: the shortest word before a bare number that isn't an abbreviation such as fig."""


def warn(texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each mark of a note that isn't a citation."""
    for text in texts:
        for start, end in _notes(text.words, locale):
            mark = text.words[start:end]
            hint = "cite the source as [^source-id], or delete it"
            yield warning(tree, text, (start, end), f'"{mark}" is a note mark typed or pasted as text', hint)


def _notes(words: str, locale: Locale) -> Iterator[tuple[int, int]]:
    notes = (*_raised(words), *_lowered(words, locale))
    # Addresses are found only for the few texts that need it: they are slow to find.
    addresses = [found.span() for found in re.finditer(typography.ADDRESS, words)] if notes else []
    for start, end in notes:
        if not any(first <= start < last for first, last in addresses):
            yield start, end


def _raised(words: str) -> Iterator[tuple[int, int]]:
    for found in SUPERSCRIPT.finditer(words) if not words.isascii() else ():
        if found["note"]:
            yield found.span("note")


def _lowered(words: str, locale: Locale) -> Iterator[tuple[int, int]]:
    if "]" in words:
        # A citation in brackets is the author's own.
        for found in BRACKETED.finditer(CITATION.sub(lambda cited: " " * len(cited[0]), words)):
            yield found.span()
    before_numbers = {word.rstrip(".").lower() for word in (*locale.typed.before_numbers, *locale.typed.parts)}
    for found in BARE.finditer(words):
        word = re.split(r"[\W\d_]", words[: found.start()])[-1].lower()
        if len(word) >= SHORTEST and word not in before_numbers:
            yield found.span("note")
