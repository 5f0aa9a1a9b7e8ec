"""Report a placeholder that a page prints at the line that has it, in the brief or in a template, once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from briefpack.layout import addresses
from briefpack.pages import Piece, literals
from briefpack.plan import LoadedBrief
from briefpack.problem import Owner, Problem

CHECK = "placeholder-left"


class Place(NamedTuple):
    """A place that has a placeholder, with the text around it."""

    path: str
    line: int
    column: int | None
    before: str
    after: str


def at_words(problem: Problem, piece: Piece, loaded: LoadedBrief, root: Path) -> Problem:
    """Return a page's problem at the line with the words, if it is a placeholder of the brief or of a template."""
    if problem.check != CHECK or not problem.words:
        return problem
    word, around = problem.words
    before, _, after = around.partition(word)
    places = [*_in_brief(word, loaded), *_in_templates(word, piece, root)]
    if not places:
        return problem
    found = max(places, key=lambda each: _alike(before[::-1], each.before[::-1]) + _alike(after, each.after))
    problem = replace(problem, path=found.path, line=found.line, column=found.column)
    if found.path != loaded.tree.path:
        return problem
    if word.startswith("{"):
        # The brief's own braces are sound, so a template has printed them as they are.
        return replace(problem, hint=f"print this text with plain(), line() or prose() in layouts/{piece.page}")
    return replace(problem, owner=Owner.BRIEF)


def _in_brief(word: str, loaded: LoadedBrief) -> Iterator[Place]:
    """Yield the places of a word in the brief: those that its review warns of, or any if it warns of none."""
    warned = {each.line for each in loaded.warnings if any(word in words for words in each.words)}
    for number, line in enumerate(loaded.tree.text, start=1):
        if number in warned or not warned:
            yield from (
                Place(loaded.tree.path, number, at + 1, line[:at], line[at + len(word) :]) for at in _all(word, line)
            )


def _in_templates(word: str, piece: Piece, root: Path) -> Iterator[Place]:
    """Yield the places of a word in the text that the templates of a piece print."""
    for path, source in addresses.taken_in(root, piece.page).items():
        for number, text in literals.lines(source):
            yield from (Place(path, number, None, text[:at], text[at + len(word) :]) for at in _all(word, text))


def _all(word: str, text: str) -> Iterator[int]:
    """Yield each place of a word in a text."""
    return (found.start() for found in re.finditer(re.escape(word), text))


def _alike(one: str, two: str) -> int:
    """Return how many characters at the start of two texts are the same, spaces aside."""
    pairs = zip("".join(one.split()), "".join(two.split()), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def without_repeats(warnings: Iterable[Problem], problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the warnings without those of placeholders that a page's problem names too."""
    named = {(each.path, each.line, each.column) for each in problems if each.check == CHECK}
    return tuple(each for each in warnings if each.check != CHECK or (each.path, each.line, each.column) not in named)
