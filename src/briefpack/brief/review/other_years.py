"""Warn of a figure that is a hundredth, or less, of another that means the same of another year: zeros are lost."""

import re
from collections.abc import Iterator

from briefpack.brief.model import Brief, Figure
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Tree

MANY_TIMES = 100
"""How many times another year's value is so much that it can't be growth."""
DIGITS, BETWEEN = re.compile(r"\d+"), re.compile(r"\W+")


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for the smaller of each two figures that mean the same of two years and are far apart."""
    same: dict[tuple[str, str], list[str]] = {}
    for name, figure in brief.figures.items():
        if DIGITS.search(figure.means):
            same.setdefault((figure.unit, _without_year(figure)), []).append(name)
    for names in same.values():
        ranked = sorted(names, key=lambda name: brief.figures[name].value)
        least, most = brief.figures[ranked[0]], brief.figures[ranked[-1]]
        if 0 < least.value * MANY_TIMES <= most.value:
            times = f"{most.value / least.value:,.0f}"
            message = f"{least.value:,f} is {times} times less than {ranked[-1]}, which means the same of another year"
            yield tree.problem(
                ("figures", ranked[0], "value"), message, "check whether zeros are missing", warning=True
            )


def _without_year(figure: Figure) -> str:
    return BETWEEN.sub(" ", DIGITS.sub("", figure.means)).casefold().strip()
