"""Warn of percentages that are probably fractions, as a spreadsheet keeps them: 0.31 for 31%."""

from collections.abc import Iterator
from decimal import Decimal

from briefpack.brief.figures import WHOLE
from briefpack.brief.model import Brief, Figure
from briefpack.brief.review.shares import is_a_change
from briefpack.problem import Problem
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

MANY_TIMES = 20
"""How much larger the other shares of a chart are, if one is probably a fraction."""
FEWEST = 3
"""The fewest percentages of a brief beside which another is probably a fraction."""
MOST_TIMES = 4
"""How many times as small as the least of the others a percentage is, and as large as the largest after times a hundred."""


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each percentage under one that the others are many times as large as."""
    shares = {name: figure for name, figure in brief.figures.items() if figure.unit == "%" and figure.value > 0}
    drawn = dict(_of_charts(brief, shares))
    usual = [figure.value for figure in shares.values() if figure.value >= 1]
    for name, figure in shares.items():
        message = drawn.get(name) or _of_the_brief(figure, usual, locale)
        if message:
            hint = f"is {(figure.value * WHOLE).normalize():f} meant? A share is written in per cent, not as a fraction"
            yield tree.problem(("figures", name, "value"), message, hint, warning=True)


def _of_charts(brief: Brief, shares: dict[str, Figure]) -> Iterator[tuple[str, str]]:
    """Yield each share that the other shares of its chart are many times as large as, with the message about it."""
    for chart in brief.charts.values():
        values = {row.figure: shares[row.figure].value for row in chart.rows if row.figure in shares}
        for name, value in values.items():
            others = [each for other, each in values.items() if other != name]
            if name and others and value < 1 and min(others) > MANY_TIMES * value:
                yield name, f"{value:f} % is shown beside {min(others):f} %"


def _of_the_brief(figure: Figure, usual: list[Decimal], locale: Locale) -> str:
    """Return the message about a share that would be like the others of the brief if it were a hundred times as large."""
    value, meant = figure.value, figure.value * WHOLE
    if len(usual) < FEWEST or value >= 1 or is_a_change(figure.means, locale):
        return ""
    alike = meant <= WHOLE and meant <= MOST_TIMES * max(usual)
    if not alike or min(usual) <= MOST_TIMES * value:
        return ""
    return f"{value:f}% is about one in {WHOLE / value:,.0f}; every other share is at least {min(usual):f}%"
