"""Draw one chart in a worker process, and explain a failure in terms that its author can act on."""

from dataclasses import dataclass, replace
from operator import is_
from pathlib import Path

from briefpack import charts, limits
from briefpack.jobs import spare_rows, worker
from briefpack.jobs.spare_rows import TooLow
from briefpack.layout.look import Look
from briefpack.plan import ChartRow, Drawing
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
    too_low: TooLow | None = None


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
                drawn = self.drawn(drawing)
        except limits.Overdue:
            _OVERDUE.add(code)
            return _overdue(place)
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- any failure is the chart file's
            return self._judged(_fault(error, drawing, self.root), error, drawing)
        if charts.key(drawing, self.common, self.root) != key:
            # The chart may not match its key.
            return Undrawn("the chart file or the house style changed while it was drawn", place, hint="build again")
        # A failure here, such as a full disk, isn't the chart file's fault.
        self.store.put(key, drawn)
        return None

    def _judged(self, undrawn: Undrawn, error: BaseException, drawing: Drawing) -> Undrawn:
        """Return the reason why a chart couldn't be drawn; of one that is too low, with what it is too low for."""
        if not (isinstance(error, charts.Undrawable) and error.too_low):
            return undrawn
        try:
            with limits.within(self.seconds):
                return replace(undrawn, too_low=spare_rows.judge(drawing, self.drawn))
        except Exception:  # noqa: BLE001 -- the chart file's, of rows that nobody wrote
            return replace(undrawn, too_low=TooLow.WORDS)

    def drawn(self, drawing: Drawing) -> bytes:
        """Return a chart as SVG, without a limit of its own on the time; it raises what its file raises."""
        return charts.draw(drawing, self.look, self.locale, self.root, self.ground)

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
        case charts.Undrawable(row=row, fix=fix, key=key):
            return Undrawn(str(error), hint=fix, part=_part(row, drawing), key=key)
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
