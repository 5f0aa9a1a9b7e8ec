"""Warn of a value in a series over time that is a tenth, or ten times, the values beside it: a digit lost or doubled."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from briefpack.brief.model import Brief, Figure
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree

TENFOLD = 10
FEWEST = 4
"""The fewest values of a series of which one may be judged."""
STEADY = Decimal("1.6")
"""How many times one of two neighbours the other is at most, if a value between them is to be judged by them."""
MOMENT = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
Point = tuple[Loc, str, Figure]
"""A value of a series: the location of its figure in the chart, its moment, and the figure."""


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each value that would be like its neighbours with a digit more or less."""
    for points in _series(brief):
        for number, (loc, when, figure) in enumerate(points):
            beside = _beside(points, number)
            factor = _slip(figure.value, [each[2].value for each in beside])
            if factor:
                several = " and ".join(f"{each[2].value:,f} ({each[1]})" for each in beside)
                slip = "a tenth of" if factor > 1 else "ten times"
                message = f"{when}: {figure.value:,f} is about {slip} the values beside it, {several}"
                yield tree.problem(loc, message, f"is {_plain(figure.value * factor)} meant?", warning=True)


def _plain(value: Decimal) -> str:
    return f"{value:,.0f}" if value == value.to_integral() else f"{value:,f}"


def _series(brief: Brief) -> Iterator[list[Point]]:
    """Yield the values of each series of a chart whose rows are moments in time."""
    for name, chart in brief.charts.items():
        found: dict[str, list[Point]] = {}
        for index, row in enumerate(chart.rows):
            figure = brief.figures.get(row.figure or "")
            if figure and MOMENT.search(row.label):
                place: Loc = ("charts", name, "rows", index, "figure")
                found.setdefault(row.series or "", []).append((place, row.label, figure))
        yield from (points for points in found.values() if len(points) >= FEWEST)


def _beside(points: Sequence[Point], number: int) -> Sequence[Point]:
    """Return the values on either side of one; at an end, the two that are next to it."""
    first = min(max(number - 1, 0), len(points) - 3)
    return [each for each in points[first : first + 3] if each is not points[number]]


def _slip(value: Decimal, beside: Sequence[Decimal]) -> Decimal | None:
    """Return ten or a tenth, if a value times that is like its neighbours and the value itself isn't."""
    low, high = min(beside), max(beside)
    if value <= 0 or low <= 0 or high > low * STEADY:
        return None
    for factor in (Decimal(TENFOLD), 1 / Decimal(TENFOLD)):
        if low / STEADY <= value * factor <= high * STEADY:
            return factor
    return None
