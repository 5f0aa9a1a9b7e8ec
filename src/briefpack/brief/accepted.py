"""Tell the warnings that a brief accepts from the others."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefpack.brief.evidence import Accepted
from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Tree

OF_OTHERS = frozenset({"member-details"})
"""The warnings that a brief can accept, and that its review doesn't give."""


@dataclass(frozen=True)
class Sorted:
    """Warnings that need a look, and those that the brief accepts."""

    left: tuple[Problem, ...]
    accepted: tuple[Problem, ...]


def sort(brief: Brief, tree: Tree, warnings: Iterable[Problem]) -> Sorted:
    """Return the warnings of a brief, and one more for each entry under `accept:` that accepts none of them."""
    found = tuple(warnings)
    accepted = tuple(each for each in found if is_accepted(brief, each))
    left = [each for each in found if each not in accepted]
    if idle := [*_idle(brief, tree, found)]:
        left = sorted((*left, *idle), key=lambda each: (each.path, each.line or 0))
    return Sorted(tuple(left), accepted)


def is_accepted(brief: Brief, problem: Problem) -> bool:
    """Return whether a problem is a warning that an entry under `accept:` is about."""
    return any(_accepts(entry, problem) for entry in brief.accept)


def _accepts(entry: Accepted, warning: Problem) -> bool:
    """Return whether an entry is about a warning: it has its id, and its message names the place."""
    return warning.warning and warning.check == entry.id and (not entry.where or _is_in(entry.where, warning.message))


def _is_in(where: str, message: str) -> bool:
    """Return whether a message has some whole words, or a whole key."""
    spaced = r"\s+".join(map(re.escape, where.split()))
    return re.search(rf"(?<![\w-]){spaced}(?![\w-])", message) is not None


def _idle(brief: Brief, tree: Tree, warnings: tuple[Problem, ...]) -> Iterator[Problem]:
    for number, entry in enumerate(brief.accept):
        if not any(_accepts(entry, each) for each in warnings):
            message, hint = f"the brief has no {entry.id} warning to accept", "delete this entry"
            if entry.where and any(each.check == entry.id for each in warnings):
                message = f'no {entry.id} warning mentions "{entry.where}"'
                hint = "copy the key or the words from its message, or delete this entry"
            yield tree.problem(("accept", number), message, hint, warning=True)
