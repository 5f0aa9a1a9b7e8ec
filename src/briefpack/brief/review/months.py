"""Warn of the names of months that are misspelt in dates."""

import difflib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefpack.brief.model import Brief
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

DATED = re.compile(
    r"(?<![\w.,/$–-])(?:(?P<day>\d{1,2})\s+)?(?P<word>[^\W\d_]{4,12})(?:\.?,?\s+(?P<year>[12]\d{3})(?!\d|[.,]\d))?"
)
NEAR = 0.85
SHORT = 6
"""In letters: a word like a month of at most these may be a name, unless a day stands before it."""
NAMES = ("title", "publisher", "name")
"""The keys of texts in another's words, perhaps in another language."""


def warn(brief: Brief, texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each date whose month nearly matches a month."""
    for text in texts:
        if text.key not in NAMES and "]{lang=" not in text.words:
            for span, word, month in _misspelt(text.words, locale):
                yield warning(tree, text, span, _message(word), month)
    for name, figure in brief.figures.items():
        for _, word, month in _misspelt(figure.as_at or "", locale):
            yield tree.problem(("figures", name, "as_at"), _message(word), month, words=word, warning=True)


def _message(word: str) -> str:
    return f'there is no month called "{word}"'


def _misspelt(words: str, locale: Locale) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Yield the place of each misspelt month in a text, the word and the month."""
    if not any(letter.isdigit() for letter in words):
        return
    known, months = _known(locale)
    for found in DATED.finditer(words):
        word = found["word"]
        if not (found["day"] or found["year"]) or known.fullmatch(word) or word[0].isupper() != months[0][0].isupper():
            continue
        for near in difflib.get_close_matches(word, months, n=1, cutoff=NEAR):
            if len(near) > SHORT or (found["day"] and found["year"]):
                yield found.span("word"), word, near


@lru_cache(maxsize=16)
def _known(locale: Locale) -> tuple[re.Pattern[str], list[str]]:
    """Return a pattern for any month, in full or as an abbreviation, and the months in full."""
    return re.compile(rf"{typography.month_names(locale)}\.?"), list(locale.listed("months"))
