"""Draw charts in worker processes, and explain to authors, in their own terms, why a chart can't be drawn."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from operator import is_
from pathlib import Path

from briefpack import charts, electorates
from briefpack.brief.load import at
from briefpack.brief.model import Brief
from briefpack.build.jobs.task import Task
from briefpack.layout import addresses
from briefpack.layout.look import Look
from briefpack.plan import NATION, ChartRow, Drawing, Plan, drawings
from briefpack.pool import Workers, limits
from briefpack.problem import Owner, Problem, joined
from briefpack.project import Project
from briefpack.store import Store
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

# A chart takes 0.1 s to draw. One that reaches this limit would probably never end.
SECONDS_A_CHART = 20.0


@dataclass(frozen=True)
class Undrawn:
    """The reason why a chart couldn't be drawn, with the line of the chart file, the row or the event at fault.

    `needed_mm` is the height that the chart's rows need.
    """

    message: str
    path: str = ""
    line: int | None = None
    hint: str = "fix the chart file"
    part: Loc = ()
    key: str = ""
    needed_mm: int = 0


@dataclass(frozen=True)
class Draw(Task[tuple[Drawing, str], bytes, Undrawn | None]):
    """A task that draws one chart into the store, and returns the reason if it can't be drawn.

    `common` has the hashes of the inputs that all charts share.
    """

    look: Look
    locale: Locale
    root: Path
    store: Store
    ground: charts.Ground | None
    common: charts.Common
    seconds: float = SECONDS_A_CHART

    def make(self, wanted: tuple[Drawing, str]) -> bytes:
        """Draw a chart."""
        return self.drawn(wanted[0])

    def drawn(self, drawing: Drawing) -> bytes:
        """Return a chart as SVG, without a time limit of its own; any error in the chart's file is raised as it is."""
        return charts.draw(drawing, self.look, self.locale, self.root, self.ground)

    def keep(self, wanted: tuple[Drawing, str], done: bytes) -> Undrawn | None:
        """Store a chart, unless its file has changed meanwhile: it may not match its key."""
        drawing, key = wanted
        if charts.key(drawing, self.common, self.root) != key:
            place = _place(drawing, self.root)
            return Undrawn("the chart file or the house style changed while it was drawn", place, hint="build again")
        self.store.put(key, done)
        return None

    def failed(self, wanted: tuple[Drawing, str], error: BaseException | None) -> Undrawn:
        """Return a chart file's failure in terms that its author can act on."""
        drawing, _ = wanted
        place = _place(drawing, self.root)
        path, line = _chart_line(error, self.root) or (place, None)
        match error:
            case None:
                message = "the chart file crashes the process that draws it"
                return Undrawn(message, place, hint="let draw() return, or raise ValueError")
            case limits.Overdue():
                hint = "look for an endless loop in the chart file, or for something that it waits for"
                return Undrawn("the chart takes too long to draw", place, hint=hint)
            case charts.Undrawable(row=row, fix=fix, key=key, needed_mm=needed_mm):
                return Undrawn(str(error), hint=fix, part=_part(row, drawing), key=key, needed_mm=needed_mm)
            case charts.Lacking(args=(message, hint)):
                return Undrawn(message, path, line, hint)
            case MemoryError():
                message = "the chart needs more memory than it is allowed"
                return Undrawn(message, path, line, "draw fewer marks, or a coarser outline")
        message = f"the chart file fails: {type(error).__name__}: {error}"
        if isinstance(error, SyntaxError):
            message, line = f"the chart file isn't valid Python: {error.msg}", error.lineno or line
        return Undrawn(message.replace(f"{self.root}/", ""), path, line)


def _place(drawing: Drawing, root: Path) -> str:
    return f"charts/{charts.file(root / 'charts', drawing.kind).name}"


def _part(wanted: object, drawing: Drawing) -> Loc:
    """Return the key and place of a row or event; nothing if the drawing doesn't have it."""
    parts = (("rows", drawing.rows), ("events", drawing.options.events))
    places = [(key, place, part) for key, each in parts for place, part in enumerate(each)]
    # A chart may have put other words into a row, such as bare numbers.
    found = (next(((key, place) for key, place, part in places if same(part, wanted)), ()) for same in (is_, _like))
    return next(filter(None, found), ())


def _like(part: object, wanted: object) -> bool:
    """Return whether two rows differ at most in their words."""
    if not (isinstance(part, ChartRow) and isinstance(wanted, ChartRow)):
        return False
    return replace(part, label=wanted.label, written=wanted.written) == wanted


def _chart_line(error: BaseException | None, root: Path) -> tuple[str, int] | None:
    """Return the chart file and the line at which it failed; None if it never ran."""
    place, trace = None, error.__traceback__ if error else None
    while trace:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(root / "charts"):
            place = path.relative_to(root).as_posix(), trace.tb_lineno
        trace = trace.tb_next
    return place


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
    """Return the words in a stored map's description that may also belong to other electorates; none for a chart."""
    return charts.spoken(store.get(key) or b"")


def draw_missing(
    planned: Plan, draw: Draw, chart_keys: Mapping[Drawing, str], workers: Workers
) -> Iterator[tuple[Drawing, Problem]]:
    """Draw the charts of a plan that aren't in the store, and yield the problem of each that can't be drawn."""
    wanted = ((drawing, chart_keys[drawing]) for drawing in planned.drawings)
    missing = [(drawing, key) for drawing, key in wanted if draw.store.get(key) is None]
    # A map takes ten times as long as a chart. Drawn last, one would keep a single worker busy while the others wait.
    missing.sort(key=lambda each: not each[0].names_electorates)
    drawn = [*workers.map("charts", draw, missing, draw.crashed)]
    for drawing, undrawn in ((drawing, undrawn) for (drawing, _), undrawn in drawn if undrawn):
        fit = _rows_that_fit(planned, drawing, draw, workers) if undrawn.needed_mm else 0
        room = f"; there is room for {fit} of its {len(drawing.rows)} rows" if fit else ""
        yield drawing, _located(planned, drawing, replace(undrawn, hint=f"{undrawn.hint}{room}"), draw.root)


def _loc_of(name: str, brief: Brief) -> Loc:
    """Return the place in the brief of a chart, or of the chart of an electorate's own page or of the nation's."""
    local = LOCAL.fullmatch(name)
    if name == NATION and brief.local and brief.local.nation:
        return ("charts", brief.local.nation.chart or "")
    return ("local", "charts", int(local[1])) if local else ("charts", name)


LOCAL = re.compile(r"local-(\d+)")


def _located(planned: Plan, drawing: Drawing, undrawn: Undrawn, root: Path) -> Problem:
    """Return the problem of a chart, where its author can fix it: in the chart file, the boundaries or the brief."""
    if undrawn.path:
        path, line, message, hint = undrawn.path, undrawn.line, undrawn.message, undrawn.hint
        return Problem(path, line, message, hint, Owner.LAYOUT)
    if drawing.area and not drawing.rows and planned.brief.group:
        shown = electorates.file_name(planned.brief.group, electorates.BOUNDARIES)
        slug = drawing.area.partition("/")[2]
        text = (root / shown).read_text(encoding="utf-8", errors="replace")
        found = addresses.find({shown: text}, f'"{slug}"') or (shown, 1)
        return Problem(*found, undrawn.message, "export it again, or give the map more room in layout.yaml")
    loc = _loc_of(planned.drawings[drawing], planned.brief.brief)
    places = ((*loc, undrawn.key), (*loc, *undrawn.part))[not undrawn.key :]
    hint, tree = undrawn.hint, planned.brief.tree
    if undrawn.part or undrawn.key:
        is_typed = undrawn.key == "unit" and not tree.is_filled((*loc, "rows", 0))
        figures = _of_each_unit(drawing, (*loc, "rows"), tree) if is_typed else ()
        loc, hint = next((place for place in places if tree.has(place)), loc), hint or ROW_HINT
        hint = f"correct the unit of {joined(figures, 'or')}; or {hint}" if figures else hint
    message = f"the chart can't be drawn: {undrawn.message}"
    return tree.problem(loc, message, hint or "change its rows, or choose another kind of chart")


def _of_each_unit(drawing: Drawing, loc: Loc, tree: Tree) -> list[str]:
    """Return the first figure of each unit in the rows at `loc`, with its unit and its line."""
    figures: dict[str, str] = {}
    for place, row in enumerate(drawing.rows):
        if figure := at(tree.data, (*loc, place, "figure")):
            figures.setdefault(row.unit, figure)
    return [f"{figure} ({unit}, {tree.shown(('figures', figure, 'unit'))})" for unit, figure in figures.items()]


def _rows_that_fit(planned: Plan, drawing: Drawing, draw: Draw, workers: Workers) -> int:
    """Return how many of its first rows a chart has room for, found by drawing it; none if it has series."""
    placed = (each.spec.charts for each in planned.documents if drawing in each.charts.values())
    sizes = next(placed, None) if not any(row.series for row in drawing.rows) else None
    fewer = [drawing.rows[:count] for count in range(len(drawing.rows) - 1, 0, -1)] if sizes else []
    tried = [drawings.sized(drawing.kind, rows, drawings.lines(rows), sizes or {}, drawing.options) for rows in fewer]
    keyed = [(each, charts.key(each, draw.common, draw.root)) for each in tried]
    drawn = workers.map("charts", draw, keyed, draw.crashed)
    return max((len(each.rows) for (each, _), undrawn in drawn if undrawn is None), default=0)


ROW_HINT = "correct the row or its figure, or choose another kind of chart"
