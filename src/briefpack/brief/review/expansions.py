"""Warn of an abbreviation in brackets after other words than it has elsewhere: Children Command (PICACC)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefpack.brief.review.names import EXPLAINED, NOT_READ, POSSESSIVE, VARIANTS
from briefpack.brief.review.printed import Text, elsewhere, warning
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Tree

FEWEST_WORDS = 3
"""The fewest words of an expansion that another may differ from in one."""

SHORTEST = 4
"""The shortest word, in letters, that may be the one that differs: The isn't."""


@dataclass(frozen=True)
class Expansion:
    """An abbreviation with all words before its bracket, and how many of the last ones spell it; none if they don't."""

    text: Text
    span: tuple[int, int]
    short: str
    words: tuple[str, ...]
    spelt: int

    def last(self, count: int) -> tuple[str, ...]:
        """Return the last words as they are compared: without case, possessives and variants of spelling."""
        return tuple(VARIANTS.sub("", POSSESSIVE.sub("", word).casefold()).rstrip("s") for word in self.words[-count:])

    def shown(self, count: int) -> str:
        """Return the last words as they are typed."""
        return " ".join(self.words[-count:])


def warn(texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each expansion that differs from the usual one."""
    groups: dict[str, list[Expansion]] = {}
    for each in _read(texts):
        groups.setdefault(each.short, []).append(each)
    for found in groups.values():
        spelt = [each for each in found if each.spelt]
        counts = Counter(each.last(each.spelt) for each in spelt)
        # The first wins if two are as frequent: a later one is more likely to be the slip.
        usual = max(spelt, key=lambda each: counts[each.last(each.spelt)], default=None)
        for other in found if usual else ():
            if usual and _differs(other, usual):
                yield _warning(other, usual, tree)


def _read(texts: Iterable[Text]) -> Iterator[Expansion]:
    for text in texts:
        for found in EXPLAINED.finditer(text.words) if text.loc[0] not in NOT_READ else ():
            words = tuple(found["words"].split())
            yield Expansion(text, found.span(), found["short"], words, _spelt(words, found["short"]))


def _spelt(words: tuple[str, ...], short: str) -> int:
    """Return how many of the last words have the initials of an abbreviation, all or those with capitals; zero if none."""
    for count in range(2, len(words) + 1):
        last = words[-count:]
        parts = [part for word in last for part in word.split("-") if part]
        all_of, capital = "".join(part[0] for part in parts).upper(), "".join(p[0] for p in parts if p[0].isupper())
        if last[0][0].isupper() and short in (all_of, capital):
            return count
    return 0


def _differs(other: Expansion, usual: Expansion) -> bool:
    """Return whether an expansion has other words: in one place, or anywhere if its own spell the abbreviation."""
    one, two = other.last(usual.spelt), usual.last(usual.spelt)
    differing = [a for a, b in zip(one, two, strict=False) if a != b]
    if other.spelt:
        return other.last(other.spelt) != two
    is_whole = len(one) == len(two) >= FEWEST_WORDS and other.words[-usual.spelt][0].isupper()
    return is_whole and len(differing) == 1 and len(differing[0]) >= SHORTEST and other.words[-1][0].isupper()


def _warning(other: Expansion, usual: Expansion, tree: Tree) -> Problem:
    count, meant = other.spelt or usual.spelt, usual.shown(usual.spelt)
    message = f'"{other.shown(count)} ({other.short})" is "{meant}" elsewhere, first on {elsewhere(tree, usual.text, usual.span)}'
    start = [found.start() for found in re.finditer(r"\S+", other.text.words[: other.span[1]])][-count - 1]
    return warning(tree, other.text, (start, other.span[1]), message, f"{meant}, if that is meant")
