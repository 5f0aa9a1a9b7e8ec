"""Warn of placeholders that would print."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text import placeholders
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

LEFT = "placeholder-left"
"""The id, in `briefpack explain`, of the check that refuses a page with one."""


def warn(texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each placeholder in the texts that print."""
    for text in texts:
        for start, end in placeholders.find(text.words, locale):
            words, hint = " ".join(text.words[start:end].split()), "write what it stands for, or delete it"
            found = warning(tree, text, (start, end), f'"{words}" is a placeholder', hint, LEFT)
            yield replace(found, words=(words,))
