"""Report a placeholder that a page prints at the line that has it, in the brief or in a template, once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from briefpack import schema, tables
from briefpack.layout import addresses, raw_texts
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
    if word.startswith(REFERENCES):
        # The brief's own braces are sound, so a template has printed them as they are.
        return _of_template(problem, piece, root, found)
    return replace(problem, owner=Owner.BRIEF)


REFERENCES = ("{", "**", "[^")
"""How the marks of a brief begin that no finished page has."""


def _of_template(problem: Problem, piece: Piece, root: Path, typed: Place) -> Problem:
    """Return the problem of a text that a template prints as it is typed, at the first line that may do so."""
    pages = addresses.taken_in(root, piece.page).items()
    places = (
        (path, line) for path, text in pages for line in raw_texts.lines(text, schema.markdown_fields(always=False))
    )
    path, line = next(places, (f"{addresses.FOLDER}/{piece.page}", 1))
    message = f"{problem.message}; line {typed.line} of {typed.path} is sound, and a page prints it as it is typed"
    return replace(problem, path=path, line=line, column=None, owner=Owner.LAYOUT, message=message, hint=PRINT)


PRINT = "print the text with line(), heading(), prose() or plain()"


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
    """Return the warnings without those that a problem names too: of a placeholder on a page, and of a row of data."""
    found = [*problems]
    named = {(each.path, each.line, each.column) for each in found if each.check == CHECK}
    rows = [each for each in found if each.line and each.path.endswith(tables.ENDINGS)]
    # What else is said of a row that a chart refuses follows from it.
    refused = {(each.path, each.line) for each in rows if not each.warning}
    left = (each for each in warnings if (each.path, each.line) not in refused)
    return tuple(each for each in left if each.check != CHECK or (each.path, each.line, each.column) not in named)
