"""Warn of another's figure in a family of figures: cpc-total = cpc-annual × p2p-years, or an ask with another's period."""

from collections.abc import Iterator, Mapping

from briefpack.brief import relations
from briefpack.brief.figures import REFERENCE, split
from briefpack.brief.model import Ask, Brief, Figure
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree, texts

FEWEST = 3
"""The fewest figures of a relation of which all but one are of a family."""


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each figure of another family where the family has its own."""
    yield from _relations(brief, tree)
    families = {_family(ask.amount) for ask in brief.asks if ask.amount}
    for index, ask in enumerate(brief.asks):
        yield from _ask(("asks", index), ask, families - {_family(ask.amount or "")}, brief.figures, tree)


def _family(name: str) -> str:
    return name.rpartition("-")[0]


def _relations(brief: Brief, tree: Tree) -> Iterator[Problem]:
    held = {frozenset(relations.terms(each.holds)) for each in brief.relations}
    for index, relation in enumerate(brief.relations):
        named = [*dict.fromkeys(relations.terms(relation.holds))]
        for odd in named if len(named) >= FEWEST and not relation.query else ():
            others = {_family(name) for name in named if name != odd}
            own = f"{next(iter(others))}-{odd.rpartition('-')[2]}" if len(others) == 1 else ""
            known = own in brief.figures and own not in named and own != odd
            # Both may be checked: with the years asked for, and with those listed.
            if known and frozenset({*named} - {odd} | {own}) not in held:
                message = f"{odd} is the only figure here that isn't called {_family(own)}-…"
                yield tree.problem(("relations", index, "holds"), message, f"is {own} meant?", words=odd, warning=True)


def _ask(loc: Loc, ask: Ask, others: set[str], figures: Mapping[str, Figure], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each figure of another ask's cost or period that this ask has one of its own for."""
    own = _family(ask.amount or "")
    data = tree.data["asks"][int(loc[1])] if own else {}
    for place, words in texts(data, loc):
        key = place[len(loc)]
        if key == "annual" and _is_borrowed(words, own, others, figures):
            yield tree.problem(
                place,
                f"{words} is another ask's",
                f"is {own}-{words.rpartition('-')[2]} meant?",
                words=words,
                warning=True,
            )
        for found in REFERENCE.finditer(words) if key in {"asked", "period", "leave_behind"} else ():
            name = split(found[1])[0]
            if _is_borrowed(name, own, others, figures):
                hint = f"is {{{own}-{name.rpartition('-')[2]}}} meant?"
                yield warning(tree, Text(place, words), found.span(), f"{name} is another ask's", hint)


def _is_borrowed(name: str, own: str, others: set[str], figures: Mapping[str, Figure]) -> bool:
    return _family(name) in others and f"{own}-{name.rpartition('-')[2]}" in figures
