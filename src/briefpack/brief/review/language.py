"""Warn of a brief whose texts aren't in the language that it names: its fixed words would print in another."""

import re
from collections.abc import Iterable, Iterator

from briefpack.brief.review.printed import Text
from briefpack.problem import Problem
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

WORD = re.compile(r"[^\W\d_]+")
ENOUGH_WORDS = 200
"""The fewest words by which a language is told."""
FEWEST_SMALL = 0.12
"""The least share of small words in running text: in English and in French it is over a third."""


def warn(texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning if next to no words of the body are among the small words of the brief's language."""
    small = {*locale.drafts.small_words}
    if not small or not locale.spaced_words or ("language",) not in tree.lines:
        return
    words = [word for text in texts if text.is_prose for word in WORD.findall(text.words.casefold())]
    if len(words) >= ENOUGH_WORDS and sum(word in small for word in words) < FEWEST_SMALL * len(words):
        message = f"the texts don't seem to be in {tree.data['language']}, in which the pages' own words would print"
        yield tree.problem(("language",), message, "name the language that the brief is written in", warning=True)
