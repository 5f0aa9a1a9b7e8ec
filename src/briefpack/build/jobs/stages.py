"""Run the stages with a task for each chart, image or document, and the task that binds and checks a document."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefpack import plan
from briefpack.build.jobs import draw, laying_out, locating, prepare, typesetting
from briefpack.build.jobs.composing import Numbering
from briefpack.build.jobs.line import Bound, Line, Outcome, can_show, is_current, keep, with_pages
from briefpack.build.jobs.task import REPORT, Task
from briefpack.output import inputs as hashes
from briefpack.pages import MADE, ImageOnPage, Piece, Stamp
from briefpack.plan import Document, Drawing, Expected, Plan, Read, belongings
from briefpack.problem import Owner, Problem
from briefpack.store import Store, write
from briefpack.typeset import Placed


@dataclass(frozen=True)
class Job:
    """A document that is ready to be bound from the store; `drawn` are the store keys of its charts and maps, by name.

    `reads` is the data read from all its pieces, and `over` the data read from each overlay.
    """

    document: Document
    pieces: tuple[str, ...]
    overlays: tuple[Placed, ...]
    reads: tuple[Read, ...]
    over: tuple[tuple[Read, ...], ...] = ()
    own: belongings.Own = belongings.NATION
    drawn: Mapping[str, str] = field(default_factory=dict)


SECONDS_A_DOCUMENT = 180.0
"""A document takes a fraction of a second to bind and check."""


@dataclass(frozen=True)
class Bind(Task[Job, tuple[Bound, bytes], Bound]):
    """A task that binds and checks one document, and writes it to the work folder under its hash.

    Both are one task because the check reads the file that binding has in memory.
    """

    expected: Expected
    store: Store
    work: Path
    shown: str
    seconds: float = SECONDS_A_DOCUMENT

    def make(self, job: Job) -> tuple[Bound, bytes]:
        """Bind and check a document."""
        from briefpack import bind  # noqa: PLC0415 -- only workers need pikepdf

        pieces = tuple(laying_out.pdf(self.store, key) for key in job.pieces)
        overlays = tuple((placed, laying_out.pdf(self.store, placed.key)) for placed in job.overlays)
        if not all((*pieces, *(data for _, data in overlays))):
            message = "one of its pieces was deleted from the store, or damaged, before it was bound"
            return self._refused(job, message, "build again"), b""
        profile = self.expected.profile.read_bytes() if self.expected.profile else b""
        facts, files = job.document.facts, job.document.files.values()
        data = bind.document(pieces, overlays, facts, self.expected.press, profile, files)
        return Bound(self._check(job, data), hashlib.sha256(data).hexdigest(), len(data)), data

    def _check(self, job: Job, data: bytes) -> tuple[Problem, ...]:
        from briefpack import checks  # noqa: PLC0415 -- only workers need PDFium

        drawn = {name: draw.labels(self.store, key) for name, key in job.drawn.items()}
        spoken = {words for key in job.drawn.values() for words in draw.spoken(self.store, key)}
        own = belongings.with_labels(job.own, job.document.drawings, drawn, spoken)
        expected = replace(self.expected, document=job.document, own=own)
        over = [
            checks.Over(placed.place, reads, None if placed.running else placed.page, placed.skip)
            for placed, reads in zip(job.overlays, job.over, strict=True)
        ]
        return checks.document(data, expected, f"{self.shown}/{job.document.path}", job.reads, over)

    def keep(self, _job: Job, done: tuple[Bound, bytes]) -> Bound:
        """Write a document to the work folder, unless a check refuses it."""
        bound, data = done
        if all(problem.warning for problem in bound.problems):
            write(self.work / bound.sha256, data)
        return bound

    def failed(self, job: Job, error: BaseException | None) -> Bound:
        """Return the failure of a document that can't be bound."""
        if isinstance(error, OSError):
            raise error
        if error is None:
            return self._refused(job, "the process that binds it crashed", "build again")
        return self._refused(job, f"it can't be bound: {type(error).__name__}: {error}", REPORT)

    def _refused(self, job: Job, message: str, hint: str) -> Bound:
        return Bound((Problem(f"{self.shown}/{job.document.path}", None, message, hint, Owner.DOCUMENT),))


def charts(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Draw the charts that aren't in the store. A document fails if one of its charts can't be drawn.

    All are drawn before a page is composed: the words for a map depend on the places that it has room to name.
    """
    problems = dict(draw.draw_missing(line.planned, line.draw, line.chart_keys, line.workers))
    return [_with_charts(outcome, problems) for outcome in outcomes]


def _with_charts(outcome: Outcome, problems: Mapping[Drawing, Problem]) -> Outcome:
    failed = (each for each in outcome.document.drawings.values() if each in problems)
    return outcome.halt(*(problems[each] for each in failed))


def pages(outcomes: Iterable[Outcome], line: Line, before: Mapping[str, Numbering]) -> list[Outcome]:
    """Compose the pages of every document. A document fails if one of its templates does.

    `before` has the page numbers of documents, by their paths, as they were before an edit.
    """
    task = typesetting.Compose(line.plan_file)
    wanted = [
        typesetting.Unwritten(index, before=before.get(document.path))
        for index, document in enumerate(line.planned.documents)
    ]
    results = line.workers.map("pages", task, wanted, task.crashed)
    # What the checks require and what a reader would query takes a tenth of a second, so do it while workers compose.
    _ = line.expected, line.planned.brief.warnings
    known: dict[str, Piece] = {}
    return [with_pages(outcome, result, known) for outcome, (_, result) in zip(outcomes, results, strict=True)]


def images(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Prepare the images on the pages that aren't in the store. A document fails if one of them can't be prepared."""
    waiting = [*outcomes]
    found = prepare.prepare((image for outcome in waiting for image in _images(outcome)), line.store, line.workers)
    return [_with_images(outcome, found, line.planned) for outcome in waiting]


def _images(outcome: Outcome) -> Iterator[ImageOnPage]:
    """Yield the images on the pages of a document; one that isn't laid out needs none."""
    if outcome.state != "halted":
        yield from (image for piece in (*outcome.pieces, *outcome.in_slots) for image in piece.images)


def _with_images(outcome: Outcome, found: Mapping[str, tuple[Problem, ...]], planned: Plan) -> Outcome:
    problems = (each for image in _images(outcome) for each in found.get(image.key, ()))
    return outcome.halt(*dict.fromkeys(plan.located(each, planned.brief) for each in problems))


def bind(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Bind each document that shows anything new; the others are kept.

    The worker that binds a document also checks it, while it has the file in memory: `check` takes the verdict.
    """
    ready = [_with_inputs(outcome, line) for outcome in outcomes]
    waiting = [each for each in ready if not each.failed and each.state != "kept"]
    own = {each.document.place: each.document for each in waiting}
    known = {place: plan.own(line.planned.brief, each.electorate, each.meetings) for place, each in own.items()}
    wanted = [_job(each, line, known[each.document.place]) for each in waiting]
    task = Bind(line.expected, line.store, line.work, line.inputs.request.project.shown(line.folder))
    bound = {job.document.path: result for job, result in line.workers.map("bind", task, wanted, task.crashed)}
    return [replace(each, bound=bound.get(each.document.path, each.bound)) for each in ready]


def _with_inputs(outcome: Outcome, line: Line) -> Outcome:
    """Return the outcome with the hashes that decide whether it is up to date, and as kept if it is."""
    if outcome.failed:
        return outcome
    document, held = outcome.document, (*parts(outcome), *_as_shown(outcome, line).files.values())
    shown = {"shows": hashes.shows(document.facts, held, line.expected)}
    found = replace(outcome, inputs={**can_show(line, document), **shown})
    return keep(found, line) if is_current(line, document, shown) else found


def check(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Add the problems that the checks found in each bound document. A document fails if a check refuses it.

    So does one that prints a figure which its edition may not print yet.
    """
    checked = [outcome.add(*locating.of_document(outcome, line)) for outcome in outcomes]
    printed = {each.document.path: each.composed.figures for each in checked if each.composed}
    refused = plan.check_queries(line.planned, printed)
    return [_refuse(each, refused.get(each.document.path, ())) for each in checked]


def _refuse(outcome: Outcome, problems: Iterable[Problem]) -> Outcome:
    """Add the problems of its figures to a document; if it fails, its earlier file isn't kept."""
    found = outcome.add(*problems)
    return replace(found, state="going", bound=None) if found.failed and outcome.state == "kept" else found


def _job(outcome: Outcome, line: Line, own: belongings.Own) -> Job:
    """Return the job that binds a document."""
    document, (pieces, overlays) = _as_shown(outcome, line), parts(outcome)
    drawn = {name: line.chart_keys[drawing] for name, drawing in document.drawings.items()}
    keys = (*pieces, *(placed.key for placed in overlays))
    reads = tuple(read for key in keys for read in outcome.laid_out[key].reads)
    over = tuple(outcome.laid_out[placed.key].reads for placed in overlays)
    explained = belongings.beside(own, document.drawings.values())
    return Job(document, pieces, overlays, reads, over, explained, drawn)


def _as_shown(outcome: Outcome, line: Line) -> Document:
    """Return a document without the charts and maps that none of its pages shows, and without their files."""
    document = outcome.printed
    files = {file for piece in (*outcome.pieces, *outcome.in_slots) for file in piece.files}
    drawings = document.drawings.items()
    shown = {name for name, drawing in drawings if f"{MADE}{line.chart_keys[drawing]}.svg" in files}
    charts, own = (
        {name: drawing for name, drawing in each.items() if name in shown} for each in (document.charts, document.own)
    )
    kept = {name: file for name, file in document.files.items() if name in shown}
    return replace(document, charts=charts, own=own, files=kept)


def parts(outcome: Outcome) -> tuple[tuple[str, ...], tuple[Placed, ...]]:
    """Return the keys of a document's pieces in order, and the pieces that are laid over its pages."""
    keys = tuple(each.key for each in outcome.pieces)
    return keys, (*_slots(outcome), *(_running(stamp) for stamp in outcome.running))


def _slots(outcome: Outcome) -> Iterator[Placed]:
    keys, before = {(stamp.over, stamp.slot): stamp.piece.key for stamp in outcome.stamps}, 0
    for index, each in enumerate(outcome.pieces):
        for name, (page, place) in outcome.laid_out[each.key].slots.items():
            if key := keys.get((index, name)):
                yield Placed(name, key, place, before + page)
        before += outcome.laid_out[each.key].pages


def _running(stamp: Stamp) -> Placed:
    spec = stamp.running
    assert spec is not None  # noqa: S101 -- `pages.run` makes only running stamps
    return Placed(stamp.slot, stamp.piece.key, spec.frame, running=True, skip=spec.skip)
