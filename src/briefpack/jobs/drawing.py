"""Draw charts in worker processes, and report those that can't be drawn."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import is_
from pathlib import Path

from briefpack import charts, electorates, limits
from briefpack.jobs import chart_sizes, locating, worker
from briefpack.layout import addresses
from briefpack.layout.look import Look
from briefpack.plan import ChartRow, Drawing, Plan
from briefpack.pool import Workers
from briefpack.problem import Owner, Problem
from briefpack.project import Project
from briefpack.store import Store, file_key
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc

# A chart takes 0.1 s to draw. One that reaches this limit would probably never end.
SECONDS_A_CHART = 60.0


@dataclass(frozen=True)
class Undrawn:
    """The reason why a chart couldn't be drawn: with the line of the chart file if the fault is there, or the row or event."""

    message: str
    path: str = ""
    line: int | None = None
    hint: str = "fix the chart file"
    part: Loc = ()
    key: str = ""
    too_low: bool = False


@dataclass(frozen=True)
class Draw:
    """A task that draws one chart into the store; `common` has the hashes of the inputs that all charts share."""

    look: Look
    locale: Locale
    root: Path
    store: Store
    ground: charts.Ground | None
    common: charts.Common
    seconds: float = SECONDS_A_CHART

    def __call__(self, wanted: tuple[Drawing, str]) -> Undrawn | None:
        """Draw a chart. Return None, or the reason why it couldn't be drawn."""
        worker.prepare()
        drawing, key = wanted
        place = _place(drawing, self.root)
        code = file_key(self.root / place)
        if code in _OVERDUE:
            return _overdue(place)
        try:
            with limits.within(self.seconds):
                drawn = charts.draw(drawing, self.look, self.locale, self.root, self.ground)
        except limits.Overdue:
            _OVERDUE.add(code)
            return _overdue(place)
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- any failure is the chart file's
            return _fault(error, drawing, self.root)
        if charts.key(drawing, self.common, self.root) != key:
            # The chart may not match its key.
            return Undrawn("the chart file or the house style changed while it was drawn", place, hint="build again")
        # A failure here, such as a full disk, isn't the chart file's fault.
        self.store.put(key, drawn)
        return None

    def crashed(self, wanted: tuple[Drawing, str]) -> Undrawn:
        """Return the failure of a chart file that crashed its worker process."""
        message = "the chart file crashes the process that draws it"
        return Undrawn(message, _place(wanted[0], self.root), hint="let draw() return, or raise ValueError")


# The hashes of chart files that ran out of time once; this process doesn't run them again.
_OVERDUE: set[str] = set()


def _overdue(place: str) -> Undrawn:
    return Undrawn("the chart takes too long to draw", place, hint="look for an endless loop in the chart file")


def _place(drawing: Drawing, root: Path) -> str:
    return f"charts/{charts.file(root / 'charts', drawing.kind).name}"


def _fault(error: BaseException, drawing: Drawing, root: Path) -> Undrawn:
    """Return a chart file's failure in terms that its author can act on."""
    path, line = _chart_line(error, drawing, root)
    match error:
        case charts.Undrawable(row=row, fix=fix, key=key, too_low=too_low):
            return Undrawn(str(error), hint=fix, part=_part(row, drawing), key=key, too_low=too_low)
        case charts.Lacking(args=(message, hint)):
            return Undrawn(message, path, line, hint)
        case SyntaxError():
            return Undrawn(f"the chart file isn't valid Python: {error.msg}", path, error.lineno or line)
        case MemoryError():
            message = "the chart needs more memory than it is allowed"
            return Undrawn(message, path, line, "draw fewer marks, or a coarser outline")
    return Undrawn(f"the chart file fails: {type(error).__name__}: {error}", path, line)


def _part(wanted: object, drawing: Drawing) -> Loc:
    """Return the key and place of a row or event; nothing if it is none of the drawing's."""
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


def _chart_line(error: BaseException, drawing: Drawing, root: Path) -> tuple[str, int | None]:
    """Return a chart file and the line at which it failed; no line if it never ran."""
    trace = error.__traceback__
    place: tuple[str, int | None] = (_place(drawing, root), None)
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


def _loc(name: str) -> Loc:
    """Return the place in the brief of a chart, or of the chart of an electorate's own page."""
    local = LOCAL.fullmatch(name)
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
    if undrawn.too_low and (fault := chart_sizes.fault(planned, drawing, undrawn.message)):
        return fault
    loc = _loc(planned.drawings[drawing])
    places = ((*loc, undrawn.key), (*loc, *undrawn.part))[not undrawn.key :]
    hint, tree = undrawn.hint, planned.brief.tree
    if undrawn.part or undrawn.key:
        loc, hint = next((place for place in places if tree.has(place)), loc), hint or ROW_HINT
    message = f"the chart can't be drawn: {undrawn.message}"
    return tree.problem(loc, message, hint or "change its rows, or choose another kind of chart")


ROW_HINT = "correct the row or its figure, or choose another kind of chart"
