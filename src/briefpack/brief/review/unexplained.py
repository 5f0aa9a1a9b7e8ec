"""Warn of an abbreviation that a leave-behind doesn't explain, though the brief does so elsewhere: it is read alone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from briefpack.brief.model import Brief
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree

EXPLAINED = re.compile(r"[^\W\d_]{2,}\s+\((?P<short>[A-Z][A-Z0-9]{2,})\)")
"""An abbreviation in brackets after what it stands for."""
MARKED = re.compile(r"\{[^{}]*\}|\[\^[^\]]*\]")
FIELD = "leave_behind"


def warn(brief: Brief, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for the first use of each such abbreviation in a leave-behind."""
    read = [*texts]
    named = f"{brief.organisation.name} {brief.organisation.short_name}"
    known = {found["short"]: text for text in reversed(read) for found in EXPLAINED.finditer(text.words)}
    known = {short: text for short, text in known.items() if short not in named}
    own = (text for text in read if text.loc[0] == "asks" and FIELD in text.loc)
    for _, group in groupby(own, _ask):
        yield from _unexplained([*group], known, tree)


def _ask(text: Text) -> Loc:
    return text.loc[:2]


def _unexplained(texts: list[Text], known: Mapping[str, Text], tree: Tree) -> Iterator[Problem]:
    said = " ".join(text.words for text in texts)
    for short, elsewhere in known.items():
        if re.search(rf"\([^()]*\b{short}\b|\b{short}\s*\(", said):
            continue
        pattern = re.compile(rf"(?<![\w-]){short}(?![\w-])")
        for text in texts:
            # Names and note marks don't print as they are typed, but keep their places.
            words = MARKED.sub(lambda each: " " * len(each[0]), text.words)
            if found := pattern.search(words):
                where = tree.shown(elsewhere.loc)
                message = f'"{short}" is explained on {where}, but not in this leave-behind, which is read alone'
                hint = "write it out here, with the abbreviation in brackets"
                yield warning(tree, text, found.span(), message, hint)
                break
