"""Blame a layout for a chart without room for its rows, if the chart's size is too low or lacks what each row adds."""

import math
import re
from collections.abc import Iterator

from briefpack.jobs.spare_rows import TooLow
from briefpack.layout.model import ChartSize, Layout
from briefpack.plan import Drawing, Plan
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc

LOCAL = "local"
OTHER = "other"
GROWING = ("row_mm", "series_mm")
NEEDED = re.compile(r"need (\d+) mm of height")
LOST_ZERO = 10
MOST_TIMES = 6
"""How many times what a chart needs its size may be, if ten times the size was meant."""


def fault(planned: Plan, drawing: Drawing, reason: str, too_low: TooLow) -> Problem | None:
    """Return the problem of the size of a chart that is too low; None if its rows are at fault."""
    name, layout = planned.drawings[drawing], planned.layout
    for loc, key, hint in _without(layout.layout, _size_name(name, drawing), drawing.width_mm):
        message = f'{key} is missing, and the chart "{name}" can\'t be drawn: {reason}'
        return layout.tree.problem(loc, message, hint)
    needed, found = NEEDED.search(reason), place(planned, drawing)
    if needed is None or found is None or too_low is TooLow.WORDS:
        return None
    return _too_low(planned, drawing, found, int(needed[1]), too_low)


def place(planned: Plan, drawing: Drawing) -> tuple[Loc, ChartSize] | None:
    """Return the size of a chart, after its place in layout.yaml, in the first document that has the chart."""
    name = planned.drawings[drawing]
    for kind in dict.fromkeys(each.kind for each in planned.documents if drawing in each.drawings.values()):
        sizes = planned.layout.layout.documents[kind].charts
        for size_name in (*_apart(drawing), _size_name(name, drawing), drawing.kind, OTHER):
            size = sizes.get(size_name)
            if size and size.width_mm == drawing.width_mm and size.height_mm <= drawing.height_mm:
                return ("documents", kind, "charts", size_name), size
    return None


def _apart(drawing: Drawing) -> Iterator[str]:
    """Yield the names of sizes that only some charts of a kind have: those of an ask, and those in marks."""
    yield f"ask-{drawing.kind}"
    if drawing.options.mark:
        yield f"marked-{drawing.kind}"


def _too_low(
    planned: Plan, drawing: Drawing, found: tuple[Loc, ChartSize], needed_mm: int, too_low: TooLow
) -> Problem | None:
    """Return the problem of a size that is too low for every chart of a kind, or that adds too little for each row."""
    (loc, size), name = found, planned.drawings[drawing]
    if too_low is TooLow.ANY_ROWS:
        least_mm = math.ceil(size.height_mm + needed_mm - drawing.height_mm)
        message = f'{size.height_mm:g} mm is too low for any chart of this size: "{name}" needs {needed_mm} mm'
        return planned.layout.tree.problem((*loc, "height_mm"), message, _more(size.height_mm, least_mm))
    for key, added_mm in _growth(size).items():
        times = max(round((drawing.height_mm - size.height_mm) / added_mm), 1)
        message = f'it is too low: "{name}" needs {needed_mm} mm, and has {drawing.height_mm:g} mm'
        base_mm, row_mm = needed_mm - added_mm * times, (needed_mm - size.height_mm) / times
        hint = f"a height_mm of at least {math.ceil(base_mm)}, or {key}: {math.ceil(row_mm)}"
        return planned.layout.tree.problem(loc, message, hint)
    return None


def _more(size_mm: float, least_mm: int) -> str:
    """Return the hint for a size that is too low: ten times the size, if a zero may be lost, or the least."""
    ten = size_mm * LOST_ZERO
    lost = f"{ten:g}, if a zero was lost; or " if least_mm <= ten <= MOST_TIMES * least_mm else ""
    return f"{lost}at least {least_mm}"


def _size_name(name: str, drawing: Drawing) -> str:
    """Return the name that a layout has for the size of a chart, if it has one."""
    if drawing.options.hexagons:
        return "hexagons"
    return LOCAL if name.startswith(f"{LOCAL}-") and drawing.kind == "bars" else drawing.kind.lstrip("-")


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
