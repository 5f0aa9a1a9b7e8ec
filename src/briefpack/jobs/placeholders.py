"""Report a placeholder that a page prints at the author's line, once."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

from briefpack.plan import LoadedBrief
from briefpack.problem import Owner, Problem

CHECK = "placeholder-left"
QUOTED = re.compile(r'"([^"]*)"')


def at_author(problem: Problem, loaded: LoadedBrief) -> Problem:
    """Return a page's problem at the author's line, if it is a placeholder that a text of the brief has."""
    if problem.check != CHECK:
        return problem
    word, *around = QUOTED.findall(problem.message)
    before = around[0].partition(word)[0] if around else ""
    texts = [each for each in loaded.warnings if each.check == CHECK and word in QUOTED.findall(each.message)[0]]
    if not texts:
        return problem
    author = max(texts, key=lambda each: _alike(before, _before(each, loaded)))
    return replace(problem, path=author.path, line=author.line, column=author.column, owner=Owner.BRIEF)


def _before(warning: Problem, loaded: LoadedBrief) -> str:
    """Return the words before a placeholder in its line of the brief."""
    return loaded.tree.text[(warning.line or 1) - 1][: (warning.column or 1) - 1]


def _alike(one: str, two: str) -> int:
    """Return how many characters at the end of two texts are the same."""
    pairs = zip(reversed(one), reversed(two), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def without_repeats(warnings: Iterable[Problem], problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the warnings without those of placeholders that a page's problem names too."""
    named = {(each.path, each.line, each.column) for each in problems if each.check == CHECK}
    return tuple(each for each in warnings if each.check != CHECK or (each.path, each.line, each.column) not in named)
