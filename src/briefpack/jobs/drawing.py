"""Draw charts in worker processes, and report those that can't be drawn."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from briefpack import charts, electorates
from briefpack.brief.model import Brief
from briefpack.jobs import chart_sizes, locating
from briefpack.jobs.draw import Draw, Undrawn
from briefpack.layout import addresses
from briefpack.plan import NATION, Drawing, Plan
from briefpack.pool import Workers
from briefpack.problem import Owner, Problem
from briefpack.project import Project
from briefpack.store import Store
from briefpack.text.yaml_lines import Loc


def drawer(planned: Plan, project: Project) -> Draw:
    """Return the task that draws the charts of a plan."""
    look, group = planned.layout.look, planned.brief.group
    ground = charts.ground(group) if group else None
    locale = planned.brief.locale
    common = charts.made_from(look, locale, project.root, ground)
    store = Store(project.store)
    store.ready()
    return Draw(look, locale, project.root, store, ground, common)


def chart_keys(planned: Plan, draw: Draw) -> dict[Drawing, str]:
    """Return the store key of each distinct chart."""
    return {drawing: charts.key(drawing, draw.common, draw.root) for drawing in planned.drawings}


@functools.lru_cache(maxsize=64)
def labels(store: Store, key: str) -> tuple[str, ...]:
    """Return the texts of a chart or map in the store, in drawing order."""
    return charts.labels(store.get(key) or b"")


@functools.lru_cache(maxsize=64)
def spoken(store: Store, key: str) -> tuple[str, ...]:
    """Return what the words that describe a map in the store have of others; nothing for a chart."""
    return charts.spoken(store.get(key) or b"")


def draw_missing(
    planned: Plan, draw: Draw, chart_keys: Mapping[Drawing, str], workers: Workers
) -> Iterator[tuple[Drawing, Problem]]:
    """Draw the charts of a plan that aren't in the store, and return the problem of each that can't be drawn.

    Drawing starts at once; the problems come as it goes on.
    """
    wanted = ((drawing, chart_keys[drawing]) for drawing in planned.drawings)
    missing = [(drawing, key) for drawing, key in wanted if draw.store.get(key) is None]
    return _problems(planned, workers.map("charts", draw, missing, draw.crashed), draw.root)


def _problems(
    planned: Plan, results: Iterable[tuple[tuple[Drawing, str], Undrawn | None]], root: Path
) -> Iterator[tuple[Drawing, Problem]]:
    for (drawing, _), undrawn in results:
        if undrawn:
            yield drawing, _problem(planned, drawing, undrawn, root)


def _loc(name: str, brief: Brief) -> Loc:
    """Return the place in the brief of a chart, or of the chart of an electorate's own page or of the nation's."""
    local = LOCAL.fullmatch(name)
    if name == NATION and brief.local and brief.local.nation:
        return ("charts", brief.local.nation.chart or "")
    return ("local", "charts", int(local[1])) if local else ("charts", name)


LOCAL = re.compile(r"local-(\d+)")


def _problem(planned: Plan, drawing: Drawing, undrawn: Undrawn, root: Path) -> Problem:
    """Return the problem of a chart, where its author can fix it: in the chart file, the boundaries or the brief."""
    if undrawn.path:
        return locating.lined(Problem(undrawn.path, undrawn.line, undrawn.message, undrawn.hint, Owner.LAYOUT), root)
    if drawing.area and not drawing.rows and planned.brief.group:
        shown = electorates.file_name(planned.brief.group, electorates.BOUNDARIES)
        slug = drawing.area.partition("/")[2]
        text = (root / shown).read_text(encoding="utf-8", errors="replace")
        found = addresses.find({shown: text}, f'"{slug}"') or (shown, 1)
        return Problem(*found, undrawn.message, "export it again, or give the map more room in layout.yaml")
    if undrawn.too_low and (fault := chart_sizes.fault(planned, drawing, undrawn.message, undrawn.too_low)):
        return fault
    loc = _loc(planned.drawings[drawing], planned.brief.brief)
    places = ((*loc, undrawn.key), (*loc, *undrawn.part))[not undrawn.key :]
    hint, tree = undrawn.hint, planned.brief.tree
    if undrawn.part or undrawn.key:
        loc, hint = next((place for place in places if tree.has(place)), loc), hint or ROW_HINT
    message = f"the chart can't be drawn: {undrawn.message}"
    return tree.problem(loc, message, hint or "change its rows, or choose another kind of chart")


ROW_HINT = "correct the row or its figure, or choose another kind of chart"
