"""Fill a brief's charts, tables and figures from its data files."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from briefpack.brief.data import chart_rows, table_rows, values
from briefpack.brief.data.filling import Filling, group
from briefpack.brief.data.sheets import Sheets
from briefpack.problem import Problems
from briefpack.text.yaml_lines import Data, Loc, Tree

Part = dict[str, Data]


def fill(tree: Tree, folder: Path) -> Tree:
    """Return a brief as its data files in `folder` fill it; their problems are among the tree's."""
    if not isinstance(tree.data, dict) or not any(_parts(tree.data)):
        return tree
    filling = Filling(Sheets(tree, folder), copy.deepcopy(tree.data))
    for loc, figure in [*_named(filling.data, "figures")]:
        values.fill(filling, loc, figure)
    for loc, chart in [*_named(filling.data, "charts")]:
        chart_rows.fill(filling, loc, chart)
    for loc, table in [*_tables(filling.data)]:
        table_rows.fill(filling, loc, table)
    problems = Problems([*tree.problems, *filling.sheets.problems]).problems
    return replace(tree, data=filling.data, origins=filling.origins, problems=problems)


def _parts(data: Data) -> Iterator[Loc]:
    """Yield the location of every part that may name a data file."""
    for found in (_named(data, "figures"), _named(data, "charts"), _tables(data)):
        yield from (loc for loc, _ in found)


def _named(data: Data, key: str) -> Iterator[tuple[Loc, Part]]:
    """Yield each part under a key of the brief that names a data file."""
    for name, part in (group(data, key) if key in data else {}).items():
        if isinstance(part, dict) and "data" in part:
            yield (key, name), part


def _tables(data: Data, loc: Loc = ()) -> Iterator[tuple[Loc, Part]]:
    """Yield each table that names a data file."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        if key == "table" and isinstance(value, dict) and "data" in value:
            yield (*loc, key), value
        yield from _tables(value, (*loc, key))
