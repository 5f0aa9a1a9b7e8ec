"""Warn of a name that is probably a misspelling of another, and of an abbreviation with letters transposed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from briefpack.brief.review.printed import Text, elsewhere, warning
from briefpack.problem import Problem
from briefpack.text import spelling
from briefpack.text.yaml_lines import Tree

WORD = re.compile(r"(?<![\w@./{^-])[^\W\d_][^\W_]*(?:['’][^\W\d_]+)?(?![\w@}-]|\.\w)")
ABBREVIATION = re.compile(r"(?<![\w{^-])[A-Z]{3,8}(?![\w}-])")
EXPLAINED = re.compile(r"(?P<words>(?:[\w’'&,-]+\s+){2,12})\((?P<short>[A-Z]{3,8})\)")
POSSESSIVE = re.compile(r"['’]s?$")
VARIANTS = re.compile(r"(?<=o)u(?=r)|(?<=[bt])(?:re|er)\b|[sz](?=[ei])")
"""How two accepted spellings of a word differ: Labor and Labour, Center and Centre, Organization and Organisation."""
VOWELS = re.compile(r"[aeiouyh]")
SHORTEST, LONG = 5, 6
"""The shortest name, in letters, that may be reported, and the shortest at the beginning of a sentence."""
FEWEST = 3
"""How many times, at least, the brief must use the right name."""
ALIKE = 3
"""How many letters the two names must share at the beginning."""
NOT_READ = {"sources", "organisation", "partners", "contacts", "images", "authorisation", "printer"}
"""The parts whose names may appear nowhere else."""


@dataclass
class Seen:
    """A capitalised word of a brief: where it is, and whether it is ever anywhere but at the beginning of a sentence."""

    places: list[tuple[Text, tuple[int, int]]] = field(default_factory=list)
    is_inside: bool = False
    full: set[str] = field(default_factory=set)


def warn(texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each such name and each such abbreviation."""
    read = [*texts]
    yield from _names(read, tree)
    yield from _abbreviations(read, tree)


def _names(texts: list[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each name used once that is nearly one used often in the same part."""
    seen, known = _seen(texts)
    often = {word: each for word, each in seen.items() if len(each.places) >= FEWEST and each.is_inside}
    for word, each in seen.items():
        if len(each.places) > 1 or word in known or len(word) < SHORTEST:
            continue
        text, span = each.places[0]
        for other, places in often.items():
            here = [place for place in places.places if place[0].loc[:2] == text.loc[:2]]
            if len(here) >= FEWEST and _is_slip(word, other, each.is_inside) and not each.full - places.full:
                message = f'"{word}" is {other} elsewhere, first on {elsewhere(tree, *here[0])}'
                yield warning(tree, text, span, message, f"{other}, if that is meant")
                break


def _seen(texts: list[Text]) -> tuple[dict[str, Seen], set[str]]:
    """Return the names in a brief's texts, and the words to ignore: ordinary words, and names of sources and people."""
    seen: dict[str, Seen] = {}
    known: set[str] = set()
    for text in texts:
        for found in WORD.finditer(text.words):
            word = POSSESSIVE.sub("", found[0])
            if text.loc[0] in NOT_READ or not word[0].isupper():
                known |= {word, word.capitalize()}
            elif not word.isupper():
                each = seen.setdefault(word, Seen())
                each.places.append((text, (found.start(), found.start() + len(word))))
                before = text.words[: found.start()].rstrip(" \n*_“\"‘'(")
                each.is_inside |= bool(before) and before[-1].isalnum() | (before[-1] == ",")
                each.full |= {*_beside(text.words, *found.span())}
    return {word: each for word, each in seen.items() if word not in known or len(each.places) >= FEWEST}, known


def _beside(words: str, start: int, end: int) -> Iterator[str]:
    """Yield the capitalised words before and after a name: with another surname, it is another person's."""
    for found in (re.search(r"([A-Z][^\W\d_]+)\s$", words[:start]), re.match(r"\s([A-Z][^\W\d_]+)", words[end:])):
        if found:
            yield found[1]


def _is_slip(one: str, two: str, is_inside: bool) -> bool:
    """Return whether a name may be a slip for another: one letter, or two vowels, and not only a different ending."""
    short, long = sorted((spelling.fold(one), spelling.fold(two)), key=len)
    if (
        VARIANTS.sub("", short) == VARIANTS.sub("", long)
        or long.startswith(short)
        or short[:ALIKE] != long[:ALIKE]
        or len(short) < SHORTEST
    ):
        return False
    count = spelling.errors(short, long, 2)
    same_sounds = VOWELS.sub("", short) == VOWELS.sub("", long) and short[-1] == long[-1]
    return (count == 1 and (is_inside or len(short) >= LONG) and short[-1] == long[-1]) or (count == 2 and same_sounds)


def _abbreviations(texts: list[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each abbreviation in brackets whose letters are those of the right one in another order."""
    used = Counter(found[0] for text in texts for found in ABBREVIATION.finditer(text.words))
    for text in texts:
        for found in EXPLAINED.finditer(text.words):
            meant = _meant(found, used)
            if meant:
                where = next(each for each in texts if re.search(rf"(?<![\w-]){meant}(?![\w-])", each.words))
                at = where.words.index(meant)
                message = f'"{found["short"]}" has the same letters as {meant}, on {elsewhere(tree, where, (at, at + len(meant)))}'
                yield warning(tree, text, found.span("short"), message, f"{meant}, if that is meant")


def _meant(found: re.Match[str], used: Mapping[str, int]) -> str:
    """Return the initials of the words before a bracket, if the brief uses that abbreviation; empty if not."""
    short = found["short"]
    initials = "".join(word[0] for word in found["words"].split() if word[0].isupper())[-len(short) :]
    is_exchanged = sorted(initials) == sorted(short) and initials != short
    return initials if is_exchanged and used.get(initials) else ""
