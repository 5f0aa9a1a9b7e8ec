"""Warn of two figures that come from the same cell of a data file."""

from collections.abc import Iterator

from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Place, Tree


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each figure whose cell an earlier figure has in the same unit."""
    first: dict[tuple[Place, str], str] = {}
    for name, figure in brief.figures.items():
        place = tree.origins.get(("figures", name, "value"))
        # A chart's own figures have no data: of theirs.
        if isinstance(place, Place) and ("figures", name, "data") in tree.lines:
            other = first.setdefault((place, figure.unit), name)
            if other != name:
                message = f"{other} comes from the same cell, {tree.shown(('figures', name, 'value'))}"
                hint = "name another row or column, or use one figure for both"
                yield tree.problem(("figures", name, "data"), message, hint, warning=True)
