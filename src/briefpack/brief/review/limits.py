"""Warn of figures that are the limits of another, by their ids, and stand in the wrong order."""

from collections.abc import Iterator

from briefpack.brief.model import Brief, Figure
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Tree

LIMITS = {"low": "high", "lower": "upper", "min": "max", "minimum": "maximum", "lowest": "highest"}
"""The end of an id of a lower limit, and that of its upper limit."""


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each lower limit over its upper limit, and for each figure outside its two limits."""
    for name, low in brief.figures.items():
        base, _, end = name.rpartition("-")
        upper = f"{base}-{LIMITS.get(end, '')}"
        high = brief.figures.get(upper)
        # The greater of two numbers that follow "one in" is the smaller share.
        if not high or high.unit != low.unit or low.unit == "one in":
            continue
        if low.value > high.value:
            message = f"{low.value:,f} is more than {upper}, {high.value:,f}"
            yield tree.problem(("figures", name, "value"), message, "exchange the two, or correct one", warning=True)
        elif (found := brief.figures.get(base)) and found.unit == low.unit:
            yield from _outside(base, (name, low), found, (upper, high), tree)


def _outside(
    base: str, lower: tuple[str, Figure], found: Figure, upper: tuple[str, Figure], tree: Tree
) -> Iterator[Problem]:
    (low_id, low), (high_id, high) = lower, upper
    if not low.value <= found.value <= high.value:
        message = f"{found.value:,f} is outside {low_id} and {high_id}, {low.value:,f} to {high.value:,f}"
        yield tree.problem(("figures", base, "value"), message, "correct one of the three", warning=True)
