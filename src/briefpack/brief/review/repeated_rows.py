"""Warn of a row that a data file has twice: a chart would have two marks in one place."""

from collections.abc import Iterator

from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Place, Tree


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning at each row of a data file with the label of an earlier one, in the same series and group."""
    told: set[Place] = set()
    for name, chart in brief.charts.items():
        first: dict[tuple[str | None, ...], Loc] = {}
        for index, row in enumerate(chart.rows):
            loc: Loc = ("charts", name, "rows", index)
            place = tree.origins.get(loc)
            earlier = first.setdefault((row.label, row.series, row.group, row.when), loc)
            if isinstance(place, Place) and place not in told and place != tree.origins.get(earlier):
                told.add(place)
                message = f'"{row.label}" is here twice, first on {tree.shown(earlier)}'
                yield tree.problem(loc, message, "delete one of the two rows, or correct its label", warning=True)
