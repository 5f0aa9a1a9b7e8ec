"""Bind a document from its pieces and check it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefpack.jobs import drawing, laying_out, worker
from briefpack.jobs.line import Line
from briefpack.jobs.outcome import Bound, Outcome
from briefpack.pages import MADE, Stamp
from briefpack.plan import Document, Expected, Read, belongings
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


@dataclass(frozen=True)
class Bind:
    """A task that binds and checks one document, and writes it to the work folder under its hash.

    Both are one task because the check reads the file that binding has in memory.
    """

    expected: Expected
    store: Store
    work: Path
    shown: str

    def __call__(self, job: Job) -> Bound:
        """Bind and check a document. It is not written if a check refuses it."""
        try:
            return self._bind(job)
        except OSError:
            # A full disk is reported once, for the whole build.
            raise
        except Exception as error:  # noqa: BLE001 -- one document must not stop the others
            return self._failed(job, f"it can't be bound: {type(error).__name__}: {error}", worker.REPORT)

    def crashed(self, job: Job) -> Bound:
        """Return the failure of a document that crashed its worker process."""
        return self._failed(job, "the process that binds it crashed", "build again")

    def _bind(self, job: Job) -> Bound:
        from briefpack import bind  # noqa: PLC0415 -- only workers need pikepdf

        pieces = tuple(laying_out.pdf(self.store, key) for key in job.pieces)
        overlays = tuple((placed, laying_out.pdf(self.store, placed.key)) for placed in job.overlays)
        if not all((*pieces, *(data for _, data in overlays))):
            message = "one of its pieces was deleted from the store, or damaged, before it was bound"
            return self._failed(job, message, "build again")
        profile = self.expected.profile.read_bytes() if self.expected.profile else b""
        facts, files = job.document.facts, job.document.files.values()
        data = bind.document(pieces, overlays, facts, self.expected.press, profile, files)
        return self._check(job, data)

    def _check(self, job: Job, data: bytes) -> Bound:
        from briefpack import checks  # noqa: PLC0415 -- only workers need PDFium

        drawn = {name: drawing.labels(self.store, key) for name, key in job.drawn.items()}
        spoken = {words for key in job.drawn.values() for words in drawing.spoken(self.store, key)}
        own = belongings.with_labels(job.own, job.document.drawings, drawn, spoken)
        expected = replace(self.expected, document=job.document, own=own, drawn=drawn)
        over = [
            checks.Over(placed.place, reads, None if placed.running else placed.page, placed.skip)
            for placed, reads in zip(job.overlays, job.over, strict=True)
        ]
        problems = checks.document(data, expected, f"{self.shown}/{job.document.path}", job.reads, over)
        bound = Bound(problems, hashlib.sha256(data).hexdigest(), len(data))
        if all(problem.warning for problem in problems):
            write(self.work / bound.sha256, data)
        return bound

    def _failed(self, job: Job, message: str, hint: str) -> Bound:
        return Bound((Problem(f"{self.shown}/{job.document.path}", None, message, hint, Owner.DOCUMENT),))


def job(outcome: Outcome, line: Line, own: belongings.Own) -> Job:
    """Return the job that binds a document."""
    document, (pieces, overlays) = as_shown(outcome, line), parts(outcome)
    drawn = {name: line.chart_keys[drawing] for name, drawing in document.drawings.items()}
    keys = (*pieces, *(placed.key for placed in overlays))
    reads = tuple(read for key in keys for read in outcome.laid_out[key].reads)
    over = tuple(outcome.laid_out[placed.key].reads for placed in overlays)
    explained = belongings.beside(own, document.drawings.values(), line.planned.brief.locale)
    return Job(document, pieces, overlays, reads, over, explained, drawn)


def as_shown(outcome: Outcome, line: Line) -> Document:
    """Return a document without the charts and maps that none of its pages shows, and without their files."""
    document, stamps = outcome.printed, (*(outcome.composed.stamps if outcome.composed else ()), *outcome.running)
    files = {file for piece in (*outcome.pieces, *(stamp.piece for stamp in stamps)) for file in piece.files}
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
