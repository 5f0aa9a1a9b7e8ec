"""Check a brief's relations and the total of its asks, and name the figure that is probably wrong."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from briefpack.brief import relations
from briefpack.brief.figures import renamed
from briefpack.brief.model import Ask, Brief, Figure, Relation
from briefpack.problem import Problem, nearest
from briefpack.text.yaml_lines import Loc, Tree

QUERY = "add query: with the id of an open query"
PER_CENT = "multiply the share by 100, as the other side is in per cent"
MOST_OFF = 5
"""By how much a factor of 100 may be off, as a percentage is rounded."""
MOST_NAMED = 6
"""The most figures of a relation that a hint names with their values."""
HUNDRED = re.compile(r"(?<![\w.])100(?![\w.])")
SLIPS = tuple(Fraction(10) ** power for power in (2, -2, 3, -3, 6, -6, 1, -1))
"""The factors by which a value may be wrong: a share for a percentage, thousands for units, a digit lost."""


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
        hint = renamed(unknown, figures, tree) or nearest(unknown, values)
        hint = f"{minus}: a minus has a space on each side" if minus else hint
        message = f'there is no figure called "{unknown}"'
        yield tree.problem(loc, message, hint or "add it to figures:", words=unknown)
    if outcome.unknown:
        return
    if not outcome.true and not relation.query:
        yield tree.problem(loc, _untrue(relation.holds, outcome), _hint(relation.holds, outcome, figures, tree))
    if outcome.true and relation.query:
        message = f'the relation is true, so query "{relation.query}" is no longer needed here'
        yield tree.problem(loc, message, "delete query:", warning=True)


def _untrue(holds: str, outcome: relations.Outcome) -> str:
    compared = "<" in holds or ">" in holds
    return f"{'the comparison is wrong' if compared else 'the sum does not add up'}: {outcome.says}"


def _hint(holds: str, outcome: relations.Outcome, figures: Mapping[str, Figure], tree: Tree) -> str:
    """Return the hint for an untrue relation: the likely correction, or its figures with their values and lines."""
    names = tuple(dict.fromkeys(relations.terms(holds)))
    if len(names) <= MOST_NAMED and (found := _exchanged(holds, names, figures) or _slip(holds, names, figures)):
        return f"{found.format(**_places(names, tree))} If not, {QUERY}"
    if _is_per_cent(outcome) and not HUNDRED.search(holds):
        return PER_CENT
    if not names or len(names) > MOST_NAMED:
        return f"correct a figure, or {QUERY}"
    places = _places(names, tree)
    listed = ", ".join(f"{name} ({figures[name].value:,f}, {places[_key(name)]})" for name in names)
    return f"correct {listed} or the sum; or {QUERY}"


def _key(name: str) -> str:
    """Return the name under which a hint looks up a figure's place: an id may begin with a digit."""
    return f"of_{name}"


def _places(names: tuple[str, ...], tree: Tree) -> dict[str, str]:
    return {_key(name): tree.shown(("figures", name, "value")) for name in names}


def _exchanged(holds: str, names: tuple[str, ...], figures: Mapping[str, Figure]) -> str:
    """Return the hint for two values that make a relation true once they are exchanged, if only two do."""
    values = {name: figure.value for name, figure in figures.items()}
    found = [
        (one, two)
        for one, two in combinations(names, 2)
        if figures[one].unit == figures[two].unit and figures[one].value != figures[two].value
        if _is_true(holds, values | {one: values[two], two: values[one]})
    ]
    if len(found) != 1:
        return ""
    named = (f"{name} ({values[name]:,f}, {{{_key(name)}}})" for name in found[0])
    return f"are {' and '.join(named)} exchanged?"


def _slip(holds: str, names: tuple[str, ...], figures: Mapping[str, Figure]) -> str:
    """Return the hint for the one figure that makes a relation true if its value is multiplied by a power of ten."""
    values = {name: figure.value for name, figure in figures.items()}
    found = {
        name: meant
        for name in names
        for slip in SLIPS
        if _is_true(holds, values | {name: (meant := values[name] * _decimal(slip))})
        if figures[name].unit != "%" or 1 <= abs(meant) <= 100
    }
    shares = {name: meant for name, meant in found.items() if figures[name].unit == "%" and abs(values[name]) < 1}
    found = shares if len(shares) == 1 else found
    if len(found) != 1:
        return ""
    [(name, meant)] = found.items()
    return f"is {meant.normalize():,f} meant for {name} ({values[name]:,f}, {{{_key(name)}}})?"


def _decimal(factor: Fraction) -> Decimal:
    return Decimal(factor.numerator) / Decimal(factor.denominator)


def _is_true(holds: str, values: Mapping[str, Decimal]) -> bool:
    try:
        return relations.check(holds, values).true
    except ValueError:  # A division by zero, for one.
        return False


def _is_per_cent(outcome: relations.Outcome) -> bool:
    """Return whether one side is about a hundred times the other, which is then a share between 0 and 1."""
    small, large = sorted((Fraction(outcome.left), Fraction(outcome.right)))
    return 0 < small <= 1 and abs(large / small - 100) <= MOST_OFF


def _check_sum_of_asks(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Check the total under the asks against their yearly costs, since nobody adds up a printed column."""
    costs = [brief.figures.get(ask.annual) for ask in brief.asks if ask.annual]
    total = brief.figures.get(brief.asks_annual or "")
    if total and None not in costs:
        found = sum((cost.value for cost in costs if cost), Decimal(0))
        if found != total.value:
            message = f"the asks' yearly costs add up to {found:,f}, not {total.value:,f}"
            hint = _meant_cost(brief, tree, found - total.value) or "name another figure, or correct a value"
            yield tree.problem(("asks_annual",), message, hint)


def _meant_cost(brief: Brief, tree: Tree, excess: Decimal) -> str:
    """Return the hint that names the one cost whose replacement makes the total right; empty if there are several."""
    used = {ask.annual for ask in brief.asks} | {brief.asks_annual}
    # Figures that are cells of a data file have ids that nobody wrote.
    used |= {each for each in brief.figures if ("figures", each) in tree.origins}
    found = [
        (index, ask, figure_id)
        for index, ask in enumerate(brief.asks)
        for figure_id, figure in brief.figures.items()
        if ask.annual and figure_id not in used and figure.unit == brief.figures[ask.annual].unit
        if brief.figures[ask.annual].value - figure.value == excess
    ]
    # Two asks may have one cost, of which one is a copy: the other figure is called after the ask that it belongs to.
    named = [each for each in found if _is_called_after(each[2], each[1])]
    if len(named if len(found) > 1 else found) != 1:
        return ""
    index, ask, figure_id = (named if len(found) > 1 else found)[0]
    other = next((n for n, each in enumerate(brief.asks) if n != index and each.annual == ask.annual), None)
    return (
        f"on line {tree.line(('asks', index, 'annual'))}, {figure_id} in place of {ask.annual}"
        + (" and the other way round in amount:" if figure_id == ask.amount else "")
        + (
            f", which is the cost of the ask on line {tree.line(('asks', other, 'annual'))}"
            if other is not None
            else ""
        )
    )


def _is_called_after(figure_id: str, ask: Ask) -> bool:
    """Return whether a figure's id shares a word with the id of an ask, or with the id of the ask's whole cost."""
    return bool({*figure_id.split("-")} & {*ask.id.split("-"), *(ask.amount or "").split("-")} - {"total", "annual"})
