"""Do the heavy work of a build in worker processes, one chart, piece or document at a time."""

import functools
import gc
import hashlib
import importlib
import multiprocessing
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from briefpack import charts, limits, pages, pool, schema, store, typeset
from briefpack.geometry import Frame
from briefpack.layout.look import Look
from briefpack.output.manifest import Entry, Warned
from briefpack.pages import Piece
from briefpack.plan import Document, Drawing, Expected, Part, Read, belongings
from briefpack.problem import Owner, Problem
from briefpack.store import Store, write
from briefpack.typeset import Placed, Spill

# A chart takes 0.1 s to draw, a document's pages 0.01 s to write, and the body of a pack a few seconds to lay out.
# Anything that reaches these limits would probably never end.
SECONDS_A_CHART = 60.0
SECONDS_A_DOCUMENT = 20.0
SECONDS_A_PIECE = 180.0
REPORT = "report it, with the brief and the layout: this is a fault of briefpack"


@dataclass(frozen=True)
class Undrawn:
    """The reason why a chart couldn't be drawn, with the line of the chart file if the fault is there."""

    said: str
    path: str = ""
    line: int | None = None
    hint: str = "mend the chart file"


@dataclass(frozen=True)
class Draw:
    """A callable that draws one chart into the store; `common` has the hashes of the inputs that all charts share."""

    look: Look
    root: Path
    kept: Store
    ground: charts.Ground | None
    common: charts.Common
    seconds: float = SECONDS_A_CHART

    def __call__(self, wanted: tuple[Drawing, str]) -> Undrawn | None:
        """Draw a chart. Return None, or the reason why it couldn't be drawn."""
        settle()
        drawing, key = wanted
        place = f"charts/{charts.file(self.root / 'charts', drawing.kind).name}"
        code = store.file_key(self.root / place)
        if code in _OVERDUE:
            return _overdue(place)
        try:
            with limits.within(self.seconds):
                drawn = charts.draw(drawing, self.look, self.root, self.ground)
        except limits.Overdue:
            _OVERDUE.add(code)
            return _overdue(place)
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- any failure is the chart file's
            return _fault(error, drawing, self.root)
        if charts.key(drawing, self.common, self.root) != key:
            # The chart may not match its key.
            return Undrawn("the chart file, or the house style, was changed while it drew", place, hint="build again")
        # A failure here, such as a full disk, isn't the chart file's fault.
        self.kept.put(key, drawn)
        return None

    def ended(self, wanted: tuple[Drawing, str]) -> Undrawn:
        """Return the failure of a chart file that ended its worker process."""
        place = f"charts/{charts.file(self.root / 'charts', wanted[0].kind).name}"
        return Undrawn(
            "the chart file ends the program that draws it", place, hint="let draw() return, or raise ValueError"
        )


def _fault(error: BaseException, drawing: Drawing, root: Path) -> Undrawn:
    """Return a chart file's failure in terms that its author can act on."""
    path, line = _chart_line(error, drawing, root)
    match error:
        case charts.Undrawable():
            return Undrawn(str(error))
        case charts.Lacking(args=(said, hint)):
            return Undrawn(said, path, line, hint)
        case SyntaxError():
            return Undrawn(f"the chart file is not Python: {error.msg}", path, error.lineno or line)
        case MemoryError():
            message = "the chart takes more memory than it may"
            return Undrawn(message, path, line, "draw less: fewer marks, a coarser outline")
    return Undrawn(f"the chart file fails: {type(error).__name__}: {error}", path, line)


# The hashes of chart files that ran out of time once; this process doesn't run them again.
_OVERDUE: set[str] = set()


def _overdue(place: str) -> Undrawn:
    return Undrawn("the chart takes too long to draw", place, hint="look for a loop without end in the chart file")


def _chart_line(error: BaseException, drawing: Drawing, root: Path) -> tuple[str, int | None]:
    """Return a chart file and the line at which it failed; no line if it never ran."""
    trace = error.__traceback__
    place: tuple[str, int | None] = (f"charts/{charts.file(root / 'charts', drawing.kind).name}", None)
    while trace:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(root / "charts"):
            place = path.relative_to(root).as_posix(), trace.tb_lineno
        trace = trace.tb_next
    return place


@dataclass(frozen=True)
class Set:
    """A piece after layout. Its PDF is in the store, under the piece's key."""

    pages: int
    slots: Mapping[str, tuple[int, Frame]]
    fits: Mapping[str, float]
    anchors: Mapping[str, int]
    reads: tuple[Read, ...] = ()
    problems: tuple[Problem, ...] = ()
    spills: tuple[Spill, ...] = ()

    @property
    def sound(self) -> bool:
        """Return whether the piece can be bound."""
        return not self.spills and all(problem.warning for problem in self.problems)


@functools.cache
def settle() -> None:
    """Prepare a worker process: import everything it needs, collect garbage less often, and limit its memory.

    The imported modules are large and permanent, so garbage collection skips them.
    """
    # A time limit must not go off in the middle of an import.
    importlib.import_module(pool.PRELOADED)
    if multiprocessing.parent_process() is None:
        return
    gc.freeze()
    gc.set_threshold(60_000, 20, 20)
    limits.bound_memory()


@dataclass(frozen=True)
class LayOut:
    """A callable that lays out one piece into the store, repairs its tags and checks its pages."""

    root: Path
    kept: Store
    expected: Expected
    seconds: float = SECONDS_A_PIECE

    def __call__(self, piece: Piece) -> Set:
        """Lay out a piece. One that fails isn't stored, so that the next build reports its problems again."""
        settle()
        try:
            with limits.within(self.seconds):
                piece_set, pdf = self._lay_out(piece)
        except limits.Overdue:
            return _unmade(piece, f"takes longer than {self.seconds:g} seconds")
        except MemoryError:
            return _unmade(piece, "takes more memory than a piece may have")
        except Exception as error:  # noqa: BLE001 -- one piece must not stop the others
            return _unmade(piece, f"fails: {type(error).__name__}: {error}")
        if path := pages.changed(piece, self.root):
            # The pages may not match their key.
            said = f"it was changed while {piece.name} was laid out"
            return replace(piece_set, problems=(Problem(path, None, said, "build again", Owner.DOCUMENT),))
        if piece_set.sound:
            self.kept.put(piece.key, schema.to_json(piece_set) + b"\n" + pdf)
        return piece_set

    def _lay_out(self, piece: Piece) -> tuple[Set, bytes]:
        from briefpack import checks  # noqa: PLC0415 -- only workers need pikepdf and PDFium
        from briefpack.bind import inks  # noqa: PLC0415 -- only workers need pikepdf and PDFium
        from briefpack.typeset import tags  # noqa: PLC0415 -- only workers need pikepdf and PDFium

        made = typeset.piece(piece, self.root, self.kept)
        laid = Set(made.pages, made.slots, made.fits, made.anchors)
        if made.problems or made.spills:
            return replace(laid, problems=made.problems, spills=made.spills), b""
        pdf = tags.repair(made.pdf, made.notes)
        if self.expected.press:
            pdf, astray = inks.convert(pdf, self.expected.press.inks)
            if astray:
                return replace(laid, problems=tuple(_astray(piece, *each) for each in astray)), b""
        expected = replace(self.expected, tagged=piece.tagged, part=_part(piece, made))
        problems, reads = checks.piece(pdf, expected, f"layouts/{piece.page}")
        return replace(laid, reads=reads, problems=problems), pdf


def _astray(piece: Piece, page: int, what: str) -> Problem:
    said = f"page {page}: {what} has no ink to print with"
    hint = "var(--…) of a colour in layouts/tokens.yaml, in the style sheet, the page or the drawing"
    return Problem(f"layouts/{piece.page}", None, said, hint, Owner.LAYOUT, page=page)


def _part(piece: Piece, made: typeset.Typeset) -> Part:
    """Return the facts about a piece that its checks need."""
    held = tuple((page, place.top_pt, place.height_pt) for page, place in made.slots.values())
    fitted = any(fit.give_mm or fit.pages.exactly for fit in piece.fits.values())
    return Part(piece.html, piece.smallest_type_pt, fitted, not piece.tagged, held)


def piece_ended(piece: Piece) -> Set:
    """Return the failure of a piece that ended its worker process."""
    return _unmade(piece, "ends the program that lays it out")


def _unmade(piece: Piece, said: str) -> Set:
    hint = "make its page simpler, and look for text or a table without end"
    problem = Problem(f"layouts/{piece.page}", None, f"{piece.name} {said}", hint, Owner.LAYOUT)
    return Set(0, {}, {}, {}, problems=(problem,))


def kept_set(kept: Store, key: str) -> Set | None:
    """Return a piece that has already been laid out; None if the store has no intact copy."""
    head, _, pdf = (kept.get(key) or b"").partition(b"\n")
    return schema.from_json(Set, head) if pdf else None


def kept_pdf(kept: Store, key: str) -> bytes:
    """Return the PDF of a piece that has been laid out; no bytes if the store has no intact copy."""
    return (kept.get(key) or b"").partition(b"\n")[2]


@functools.lru_cache(maxsize=64)
def labels_of(kept: Store, key: str) -> tuple[str, ...]:
    """Return the labels of a map in the store, in drawing order."""
    return charts.labels(kept.get(key) or b"")


@dataclass(frozen=True)
class Job:
    """A document that is ready to be bound from the store; `maps` are the store keys of the maps on its pages."""

    document: Document
    pieces: tuple[str, ...]
    overlays: tuple[Placed, ...]
    fits: Mapping[str, float]
    sources: tuple[str, ...]
    inputs: Mapping[str, str]
    pages: int
    reads: tuple[Read, ...]
    warnings: tuple[Warned, ...] = ()
    own: belongings.Own = belongings.NATION
    maps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bind:
    """A callable that binds and checks one document, then writes it to the work folder under its hash."""

    expected: Expected
    kept: Store
    work: Path
    shown: str
    layout: str

    def __call__(self, job: Job) -> tuple[Entry | None, tuple[Problem, ...]]:
        """Bind and check a document. There is no entry if a check fails, so the document isn't published."""
        try:
            return self._bind(job)
        except OSError:
            # A full disk is reported once, for the whole build.
            raise
        except Exception as error:  # noqa: BLE001 -- one document must not stop the others
            message = f"it can't be bound: {type(error).__name__}: {error}"
            return None, (Problem(f"{self.shown}/{job.document.path}", None, message, REPORT, Owner.DOCUMENT),)

    def _bind(self, job: Job) -> tuple[Entry | None, tuple[Problem, ...]]:
        from briefpack import bind, checks  # noqa: PLC0415 -- only workers need pikepdf and PDFium

        shown = f"{self.shown}/{job.document.path}"
        pieces = tuple(kept_pdf(self.kept, key) for key in job.pieces)
        overlays = tuple((placed, kept_pdf(self.kept, placed.key)) for placed in job.overlays)
        if not all((*pieces, *(held for _, held in overlays))):
            said = "what it is bound from was deleted from the store, or damaged, before it was bound"
            return None, (Problem(shown, None, said, "build again", Owner.DOCUMENT),)
        data = bind.document(pieces, overlays, job.document.facts, self.expected.press, self._profile())
        labels = tuple(labels_of(self.kept, key) for key in job.maps)
        expected = replace(self.expected, document=job.document, own=replace(job.own, labels=labels))
        problems = checks.document(data, expected, shown, job.reads)
        if any(not problem.warning for problem in problems):
            return None, problems
        entry = _entry(job, self.layout, data, problems)
        write(self.work / entry.sha256, data)
        return entry, problems

    def ended(self, job: Job) -> tuple[Entry | None, tuple[Problem, ...]]:
        """Return the failure of a document that ended its worker process."""
        message = "the program that binds it ended"
        return None, (Problem(f"{self.shown}/{job.document.path}", None, message, "build again", Owner.DOCUMENT),)

    def _profile(self) -> bytes:
        return self.expected.profile.read_bytes() if self.expected.profile else b""


def _entry(job: Job, layout: str, data: bytes, problems: tuple[Problem, ...]) -> Entry:
    return Entry(
        path=job.document.path, kind=job.document.kind, layout=layout, electorate=job.document.electorate,
        ask=job.document.ask, pages=job.pages, bytes=len(data), sha256=hashlib.sha256(data).hexdigest(),
        inputs=job.inputs, fits=job.fits, sources=job.sources,
        warnings=(*job.warnings, *(Warned(replace(problem, path="")) for problem in problems)),
    )  # fmt: skip
