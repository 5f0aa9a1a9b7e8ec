"""Warn of a text about an ask that some places don't have, if its own places include some that have the ask and some that don't."""

from collections.abc import Iterator

from briefpack.brief.blocks import Block, Places
from briefpack.brief.figures import REFERENCE, split
from briefpack.brief.model import Ask, Brief
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text.yaml_lines import Loc, Tree

Named = tuple[str, frozenset[str]]
"""The key of a list of places, and the places."""


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each block with the cost of such an ask."""
    left_out = [(index, ask, places) for index, ask in enumerate(brief.asks) if (places := _places(ask.leave_out))]
    for loc, block in ((loc, part) for loc, part in walk(brief) if isinstance(part, Block)):
        own = _places(block.only)
        for index, ask, without in left_out if own else ():
            if own and loc[:2] != ("asks", index) and _is_split(own, without) and _names(block, ask):
                yield _warning((*loc, "only"), own, ("asks", index, "except"), without, tree)


def _places(places: Places | None) -> Named | None:
    """Return the places of a list that has electorates alone, or states alone."""
    if places is None or bool(places.states) == bool(places.electorates):
        return None
    return ("states", frozenset(places.states)) if places.states else ("electorates", frozenset(places.electorates))


def _is_split(own: Named, without: Named) -> bool:
    """Return whether a list has some of the places of another, and some that aren't in it."""
    return own[0] == without[0] and bool(own[1] & without[1]) and bool(own[1] - without[1])


def _names(block: Block, ask: Ask) -> bool:
    """Return whether a block has the cost of an ask."""
    return bool(
        {split(found[1])[0] for found in REFERENCE.finditer(block.text or "")} & {ask.amount, ask.annual} - {None}
    )


def _warning(loc: Loc, own: Named, other: Loc, without: Named, tree: Tree) -> Problem:
    odd = sorted(own[1] - without[1])
    have = "have" if len(odd) > 1 else "has"
    message = f"{' and '.join(odd)} {have} the ask that this text is about: on line {tree.line(other)}, except: doesn't name it"
    hint = f"{', '.join(sorted(without[1]))}; or correct except: there"
    return tree.problem(loc, message, hint, words=odd[0], warning=True)
