"""Warn of a body's name that differs elsewhere in the brief: Office of Child Safety, Office for Child Safety."""

import re
from collections.abc import Iterable, Iterator

from briefpack.brief.review.printed import Text, elsewhere, warning
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Tree

SMALL = r"(?:of|for|and|on|to|in|against|with)"
NAME = re.compile(rf"[A-Z][\w’'-]*(?:\s+(?:{SMALL}\s+(?:the\s+)?)?[A-Z][\w’'-]*)+")
THE = re.compile(r"(?:The\s+)?")
SMALL_WORD = re.compile(rf"\s{SMALL}\s")
FEWEST = 2
"""How many times, at least, the brief must use the other name."""
FEWEST_WORDS = 4
"""How many words a name needs before a wrong small word in it is reported."""
SHORTEST = 6
"""The shortest word, in letters, that may be reported as written in two."""
NOT_READ = {"sources", "images"}

Place = tuple[Text, tuple[int, int]]


def warn(texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each name used once, if another form of it is used more often."""
    read = [text for text in texts if text.loc[0] not in NOT_READ]
    names: dict[str, list[Place]] = {}
    for text in read:
        for found in NAME.finditer(text.words):
            start = found.start() + len(THE.match(found[0])[0])  # type: ignore[index]
            names.setdefault(" ".join(text.words[start : found.end()].split()), []).append((text, (start, found.end())))
    yield from _other_words(names, tree)
    yield from _in_two_words(names, read, tree)


def _other_words(names: dict[str, list[Place]], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each name that differs in a small word from the same name elsewhere."""
    groups: dict[str, list[str]] = {}
    for name in names:
        if len(name.split()) >= FEWEST_WORDS:
            groups.setdefault(SMALL_WORD.sub(" _ ", name), []).append(name)
    for group in groups.values():
        usual = max(group, key=lambda name: len(names[name]))
        for name in group:
            if name != usual and len(names[name]) == 1 and len(names[usual]) >= FEWEST:
                yield _warning(names[name][0], name, usual, names[usual][0], tree)


def _in_two_words(names: dict[str, list[Place]], texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for two words of a name that are one word elsewhere: Cyber Crime, Cybercrime."""
    words: dict[str, list[Place]] = {}
    for text in texts:
        for found in re.finditer(rf"(?<![\w-])[A-Z][a-z]{{{SHORTEST - 1},}}(?![\w-])", text.words):
            words.setdefault(found[0].casefold(), []).append((text, found.span()))
    for places in names.values():
        text, (start, end) = places[0]
        for found in re.finditer(r"(?=(?<![\w-])([A-Z][a-z]{2,})\s([A-Z][a-z]{2,})(?![\w-]))", text.words[start:end]):
            usual = words.get(f"{found[1]}{found[2]}".casefold(), [])
            if len(places) == 1 and len(usual) >= FEWEST:
                at = start + found.start(1)
                shown = usual[0][0].words[slice(*usual[0][1])]
                yield _warning((text, (at, start + found.end(2))), f"{found[1]} {found[2]}", shown, usual[0], tree)


def _warning(place: Place, name: str, usual: str, first: Place, tree: Tree) -> Problem:
    message = f'"{name}" is "{usual}" elsewhere, first on {elsewhere(tree, *first)}'
    return warning(tree, *place, message, f"{usual}, if that is meant")
