"""Warn of a name that is spelt or written in two ways, and of an abbreviation that a leave-behind doesn't explain."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from briefpack.brief.review.reading import Reading, Text, warning
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree


@dataclass
class Seen:
    """A capitalised word of a brief: its places, and whether it is ever inside a sentence, not at its beginning."""

    places: list[tuple[Text, tuple[int, int]]] = field(default_factory=list)
    is_inside: bool = False
    full: set[str] = field(default_factory=set)


SMALL = r"(?:of|for|and|on|to|in|against|with)"
NAME = re.compile(rf"[A-Z][\w’'-]*(?:\s+(?:{SMALL}\s+(?:the\s+)?)?[A-Z][\w’'-]*)+")

Place = tuple[Text, tuple[int, int]]


EXPLAINED = re.compile(r"[^\W\d_]{2,}\s+\((?P<short>[A-Z][A-Z0-9]{2,})\)")
"""An abbreviation in brackets after what it stands for."""
MARKED = re.compile(r"\{[^{}]*\}|\[\^[^\]]*\]")
FIELD = "leave_behind"


def unexplained(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for the first use in a leave-behind of each abbreviation that only another part explains."""
    brief = reading.brief
    read = [*reading.texts]
    named = f"{brief.organisation.name} {brief.organisation.short_name}"
    known = {found["short"]: text for text in reversed(read) for found in EXPLAINED.finditer(text.words)}
    known = {short: text for short, text in known.items() if short not in named}
    own = (text for text in read if text.loc[0] == "asks" and FIELD in text.loc)
    for _, group in groupby(own, _ask):
        yield from _unexplained([*group], known, reading.tree)


def _ask(text: Text) -> Loc:
    return text.loc[:2]


def _unexplained(texts: list[Text], known: Mapping[str, Text], tree: Tree) -> Iterator[Problem]:
    said = " ".join(text.words for text in texts)
    for short, explained in known.items():
        if re.search(rf"\([^()]*\b{short}\b|\b{short}\s*\(", said):
            continue
        pattern = re.compile(rf"(?<![\w-]){short}(?![\w-])")
        for text in texts:
            # Names and note marks don't print as they are typed, but keep their places.
            words = MARKED.sub(lambda each: " " * len(each[0]), text.words)
            if found := pattern.search(words):
                where = tree.shown(explained.loc)
                message = f'"{short}" is explained on {where}, but not in this leave-behind, which is read alone'
                hint = "write it out here, with the abbreviation in brackets"
                yield warning(tree, text, found.span(), message, hint)
                break
