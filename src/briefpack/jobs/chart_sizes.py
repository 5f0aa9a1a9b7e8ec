"""Blame a layout for a chart without room for its rows, if the chart's size lacks the height that each row adds."""

from collections.abc import Iterator

from briefpack.layout.model import ChartSize, Layout
from briefpack.plan import Drawing, Plan
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc

LOCAL = "local"
OTHER = "other"
GROWING = ("row_mm", "series_mm")


def fault(planned: Plan, drawing: Drawing, reason: str) -> Problem | None:
    """Return the problem of the size of a chart that is too low; None if its rows are at fault."""
    name = planned.drawings[drawing]
    size_name = LOCAL if name.startswith(f"{LOCAL}-") else drawing.kind
    for loc, key, hint in _without(planned.layout.layout, size_name, drawing.width_mm):
        message = f'{key} is missing, and the chart "{name}" can\'t be drawn: {reason}'
        return planned.layout.tree.problem(loc, message, hint)
    return None


def _without(layout: Layout, size_name: str, width_mm: float) -> Iterator[tuple[Loc, str, str]]:
    """Yield the place of each size that never grows, the key that it lacks, and what to add.

    A size that grows in no document may be meant so: a chart of lines is as high whatever its rows.
    """
    for kind, spec in layout.documents.items():
        named = size_name if size_name in spec.charts else OTHER
        size, loc = spec.charts[named], ("documents", kind, "charts", named)
        if size.width_mm == width_mm and not _growth(size):
            for other, each in layout.documents.items():
                for key, height_mm in _growth(each.charts[named]).items() if named in each.charts else ():
                    yield loc, key, f"add {key}: {height_mm:g}, as in {other}"
            if size_name == named == LOCAL:
                yield loc, "row_mm", "add row_mm: the height of a row"


def _growth(size: ChartSize) -> dict[str, float]:
    return {key: getattr(size, key) for key in GROWING if getattr(size, key)}
