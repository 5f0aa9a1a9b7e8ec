"""Warn of two values of one moment that are exchanged: each series jumps there, and with the other's value neither does."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from statistics import median

from briefpack.brief.charts import Chart
from briefpack.brief.model import Brief, Figure
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Tree

FEWEST = 5
"""The fewest moments of a series that show how it goes."""
JUMP = 3
"""How many usual steps away from the values beside it a value is that jumps."""

Series = Sequence[tuple[int, Figure]]
"""The values of a series in the order of their moments, each with its row."""


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each two such values."""
    for name, chart in brief.charts.items():
        for (one, ones), (two, twos) in combinations(_series(chart, brief.figures).items(), 2):
            moments = [[chart.rows[row].label for row, _ in each] for each in (ones, twos)]
            if moments[0] != moments[1] or len(ones) < FEWEST or len({figure.unit for _, figure in (*ones, *twos)}) > 1:
                continue
            for place in _exchanged([figure.value for _, figure in ones], [figure.value for _, figure in twos]):
                row, figure = ones[place]
                values = f"{one} is {figure.value:,f} and {two} {twos[place][1].value:,f}"
                message = f"in {chart.rows[row].label}, {values}; exchanged, both would be like the values beside them"
                loc = ("charts", name, "rows", row, "figure")
                yield tree.problem(loc, message, "exchange the two, if that is meant", warning=True)


def _series(chart: Chart, figures: Mapping[str, Figure]) -> dict[str, list[tuple[int, Figure]]]:
    """Return the values of each named series of a chart."""
    found: dict[str, list[tuple[int, Figure]]] = {}
    for index, row in enumerate(chart.rows):
        if row.series and (figure := figures.get(row.figure or "")):
            found.setdefault(row.series, []).append((index, figure))
    return found


def _exchanged(ones: Sequence[Decimal], twos: Sequence[Decimal]) -> Iterator[int]:
    """Yield the places, but for the first and the last, where two series jump and would go on with each other's value."""
    for place in range(1, len(ones) - 1):
        one, two = ones[place], twos[place]
        if (
            _is_far(ones, place, one)
            and _is_far(twos, place, two)
            and _goes_on(ones, place, two)
            and _goes_on(twos, place, one)
        ):
            yield place


def _step(values: Sequence[Decimal]) -> Decimal:
    return median(abs(after - before) for before, after in pairwise(values))


def _away(values: Sequence[Decimal], place: int, value: Decimal) -> Decimal:
    """Return how far a value is outside the values on either side of a place."""
    low, high = sorted((values[place - 1], values[place + 1]))
    return max(low - value, value - high, Decimal(0))


def _is_far(values: Sequence[Decimal], place: int, value: Decimal) -> bool:
    return _away(values, place, value) > JUMP * _step(values)


def _goes_on(values: Sequence[Decimal], place: int, value: Decimal) -> bool:
    return _away(values, place, value) <= _step(values)
