"""Warn of a figure that the running text of a leave-behind prints twice: one page has no room to repeat itself."""

from collections.abc import Iterable, Iterator

from briefpack.brief.figures import REFERENCE, split
from briefpack.brief.model import Brief
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree

COUNTED = 2
"""How much of a location names the ask: `asks`, and its place among them."""


def warn(brief: Brief, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each figure in a leave-behind's text that an earlier sentence of it prints."""
    seen: dict[tuple[Loc, str], Loc] = {}
    for text in texts:
        if text.loc[0] != "asks" or "leave_behind" not in text.loc[COUNTED : COUNTED + 1]:
            continue
        for found in REFERENCE.finditer(text.words):
            name = split(found[1])[0]
            first = seen.setdefault((text.loc[:COUNTED], name), text.loc) if name in brief.figures else text.loc
            if first is not text.loc:
                message = f"{name} is in this leave-behind twice, first on line {tree.line(first)}"
                hint = "say it once, or use the room for another fact"
                yield warning(tree, text, found.span(), message, hint)
