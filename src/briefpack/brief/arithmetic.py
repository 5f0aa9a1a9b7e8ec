"""Check a brief's relations, and the total of its asks."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from briefpack.brief import relations
from briefpack.brief.evidence import Figure, Relation
from briefpack.brief.figures import NEW, cells
from briefpack.brief.model import Brief
from briefpack.problem import Problem, or_nearest
from briefpack.text.yaml_lines import Loc, Tree

QUERY = "add query: with the id of an open query"
MOST_NAMED = 6
"""The most figures of a relation that a hint names with their values."""


def check(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each relation that isn't true, and for asks whose costs don't add up to their total."""
    for index, relation in enumerate(brief.relations):
        yield from _check_relation(tree, ("relations", index, "holds"), relation, brief.figures)
    yield from _check_sum_of_asks(brief, tree)


def _check_relation(tree: Tree, loc: Loc, relation: Relation, figures: Mapping[str, Figure]) -> Iterator[Problem]:
    values = {name: figure.value for name, figure in figures.items()}
    try:
        outcome = relations.check(relation.holds, values)
    except ValueError as error:
        hint = (
            "divide by a figure that is not zero"
            if "which is zero" in str(error)
            else "total = annual × years, with figure ids"
        )
        yield tree.problem(loc, f"the relation {error}", hint)
        return
    for unknown in outcome.unknown:
        minus = relations.as_minus(unknown, values)
        hint = or_nearest(NEW, unknown, values.keys() - cells(tree))
        if minus:
            hint = f"{minus}: a minus has a space on each side"
        message = f'there is no figure called "{unknown}"'
        yield tree.problem(loc, message, hint, words=unknown)
    if outcome.unknown:
        return
    if not outcome.true and not relation.query:
        compared = "<" in relation.holds or ">" in relation.holds
        message = f"{'the comparison is wrong' if compared else 'the sum does not add up'}: {outcome.says}"
        yield tree.problem(loc, message, _hint(relation.holds, figures, tree))
    if outcome.true and relation.query:
        message = f'the relation is true, so query "{relation.query}" is no longer needed here'
        yield tree.problem(loc, message, "delete query:", warning=True)


def _hint(holds: str, figures: Mapping[str, Figure], tree: Tree) -> str:
    """Return the hint for an untrue relation: its figures, with their values and lines."""
    names = tuple(dict.fromkeys(relations.terms(holds)))
    if not names or len(names) > MOST_NAMED:
        return f"correct a figure, or {QUERY}"
    listed = ", ".join(f"{name} ({figures[name].value:,f}, {tree.shown(('figures', name, 'value'))})" for name in names)
    return f"correct {listed} or the sum; or {QUERY}"


def _check_sum_of_asks(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Check the total under the asks against their yearly costs, since nobody adds up a printed column."""
    costs = [brief.figures.get(ask.annual) for ask in brief.asks if ask.annual]
    total = brief.figures.get(brief.asks_annual or "")
    if total and None not in costs:
        found = sum((cost.value for cost in costs if cost), Decimal(0))
        if found != total.value:
            message = f"the asks' yearly costs add up to {found:,f}, not {total.value:,f}"
            yield tree.problem(("asks_annual",), message, "name another figure, or correct a value")
