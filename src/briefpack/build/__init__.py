"""Turn a brief into finished PDFs: load, plan, charts, pages, images, typeset, bind, check, manifest.

`begin` loads the files and plans the documents. `finish` keeps the documents that are up to date, and takes the others
through the stages in `_make` and `_write`. Every document has one `Outcome`, and each stage returns a new copy of it:
in the end the document is made, kept, or failed with its problems. A failed document that was laid out gets a proof.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial

from briefpack import output, plan, pool, schema, store
from briefpack.build import jobs
from briefpack.build.jobs.line import Bound, Line, Outcome, Setup
from briefpack.charts import style
from briefpack.electorates import Electorate
from briefpack.output import Inputs, Report, Request, Written
from briefpack.plan import LoadedBrief, Plan, Wanted
from briefpack.pool import Kept, Progress, cluster
from briefpack.pool.cluster import Shared
from briefpack.problem import Owner, Problem, Problems, distinct, gather, one_problem, raise_any
from briefpack.project import NATIONAL
from briefpack.store import Store

MOST_AT_ONCE = 1600
"""The most documents made at once, enough for a country of 200 electorates; a larger build is split into parts."""


@dataclass(frozen=True)
class Begun:
    """A build that is ready to start: its plan, and the state of its files from before they were loaded."""

    inputs: Inputs
    planned: Plan


@dataclass(frozen=True)
class View:
    """One document as it prints: its PDF or, if it failed, its proof; no data if its pages couldn't be laid out.

    The `outcome` and its `line` say where each part of a page was written.
    """

    data: bytes
    outcome: Outcome
    line: Line

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return the document's own problems."""
        return tuple(each.problem for each in self.outcome.findings)


@dataclass(frozen=True)
class Shown:
    """The problems that the documents of a check show."""

    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Checked:
    """The plan of the documents that a check laid out, and the problems and warnings that it found."""

    planned: Plan
    problems: tuple[Problem, ...]

    @property
    def places(self) -> tuple[int, int]:
        """Return how many electorates the check covered, and how many have documents."""
        covered = {document.electorate for document in self.planned.documents} - {None}
        every = {path.partition("/")[0] for path in self.planned.paths} - {NATIONAL}
        return len(covered), len(every)


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Show no progress."""


def run(request: Request, progress: Progress = no_progress, stay: Kept | None = None) -> Report:
    """Build the documents of a request, in worker processes that may `stay` for other builds.

    Raises Problems if a file must be fixed before anything can be made.
    """
    # Hash before loading: otherwise an edit made in between would count as built.
    inputs = Inputs.read(request)
    if found := output.find(inputs):
        return found
    # Workers take the longest to start, so start them first.
    pool.ready(request.scheduler)
    [begun] = begin([inputs])
    return finish(begun, progress, stay)


def begin(inputs: Iterable[Inputs]) -> list[Begun]:
    """Plan several builds. Raises the Problems of all of them at once: none starts while another needs a fix."""
    return gather(*(partial(_begin, each) for each in inputs))


def _begin(inputs: Inputs) -> Begun:
    return Begun(inputs, prepare(inputs.request))


def prepare(request: Request, *, sample: bool = False) -> Plan:
    """Load the files that a request names, and plan its documents. Raises Problems if a file must be fixed first.

    If `sample`, the plan is for a check, which reports images whose consent has ended along with everything else.
    """
    project = request.project
    (brief, layout), _ = gather(
        partial(plan.read, project, request.brief, request.layout, request.edition),
        partial(style.check, project.root, Store(project.store)),
    )
    wanted = plan.select(
        brief, national=request.national, electorates=request.electorates, states=request.states, asks=request.asks,
        kinds=request.kinds, every=request.every, kept=Store(project.store),
    )  # fmt: skip
    if sample:
        plan.read_meetings(project, brief, request.today)
        return plan.make(brief, layout, _sampled(wanted, brief, request))
    if request.meetings is not None:
        meetings = plan.read_meetings(project, brief, request.today)
        chosen = plan.select_meetings(meetings, request.meetings, request.day)
        slugs = {each.electorate for each in chosen}
        invited = [each for each in (brief.group.electorates if brief.group else ()) if each.slug in slugs]
        raise_any(plan.check_consent(brief, invited, request.today))
        return plan.make(brief, layout, replace(wanted, national=False, meetings=chosen, every_meeting=meetings))
    raise_any(plan.check_consent(brief, wanted.electorates, request.today))
    planned = plan.make(brief, layout, wanted)
    # A build of other documents leaves those of meetings as they are.
    listed = output.read(request.folder)
    left = (path for path in (*listed.documents, *listed.failed) if path.startswith((plan.MEETINGS, plan.OURS)))
    return replace(planned, paths=planned.paths.union(left))


def _sampled(wanted: Wanted, brief: LoadedBrief, request: Request) -> Wanted:
    """Limit a check to the electorates that stretch the layout the most, unless the request chooses electorates."""
    if brief.group is None or request.electorates or request.states or request.every:
        return wanted
    return replace(wanted, electorates=plan.stretching(brief.group, Store(request.project.store)))


def finish(begun: Begun, progress: Progress, stay: Kept | None = None) -> Report:
    """Make the planned documents that are out of date, in parts small enough for memory, and return the report."""
    planned, request = begun.planned, begun.inputs.request
    with pool.workers(request.jobs, progress, _cluster(request, progress), stay) as workers:
        setup = jobs.setup(planned, begun.inputs, workers)
        # A proof needs the pieces of its document, also of one that is up to date.
        outcomes = [] if request.proof else jobs.up_to_date(setup)
        written: list[Written] = []
        asked: list[str] = []
        for line in _lines(setup, outcomes):
            finished = _make(line)
            written.append(_write(finished, _proofs(finished, line), line))
            if request.proof:
                proved, gone = _write_asked(finished, line)
                asked += proved
                written.append(Written(gone))
            outcomes += finished
    report = jobs.report(request.folder, jobs.in_order(outcomes, planned), written)
    printed = plan.warn_if_printed(planned)
    noticed = jobs.without_repeats(plan.warnings_on(planned, request.today), report.problems)
    report = replace(report, problems=(*printed, *report.problems), noticed=noticed)
    # After an edit during the build, some documents may have the new text and others the old.
    if not report.failed and begun.inputs.unchanged:
        output.remember(begun.inputs, report, _same_until(planned, request.today))
    return replace(report, asked=tuple(sorted(asked)))


def _cluster(request: Request, progress: Progress) -> Callable[[ExitStack], Executor] | None:
    """Return how to reach the cluster that a request names; None if it names none."""
    project = request.project
    shared = Shared(project.root, project.store, partial(output.folders, project, request.brief))
    return cluster.reach(request.scheduler, request.wait_seconds, shared, progress)


def _same_until(planned: Plan, today: datetime.date) -> datetime.date | None:
    """Return the last day on which the report stays true: until a consent ends or a warning is due."""
    days = plan.consent_ends(planned.brief, _places(planned)), planned.brief.warned_until(today)
    return min(filter(None, days), default=None)


def _lines(setup: Setup, kept: Iterable[Outcome]) -> Iterator[Line]:
    """Yield a line for each part of a plan, without the documents that are kept."""
    remaining = plan.without(setup.planned, {each.document.path for each in kept})
    for part in plan.parts(remaining, MOST_AT_ONCE):
        with setup.line(part) as line:
            yield line


def _places(planned: Plan) -> list[Electorate]:
    """Return the electorates that the documents of a plan are for."""
    slugs = {document.electorate for document in planned.documents}
    return [each for each in (planned.brief.group.electorates if planned.brief.group else ()) if each.slug in slugs]


def _make(line: Line, before: Iterable[Outcome] = ()) -> list[Outcome]:
    """Take documents through every stage. If the worker processes fail, so do the documents.

    `before` are documents as they were before an edit. Raises Problems if somebody has deleted the store meanwhile.
    """
    outcomes = jobs.start(line.planned)
    numbered = {each.document.path: each.numbering for each in before if each.numbering}
    try:
        outcomes = jobs.charts(outcomes, line)
        outcomes = jobs.pages(outcomes, line, numbered)
        outcomes = jobs.images(outcomes, line)
        outcomes = jobs.typeset(outcomes, line)
        outcomes = jobs.bind(outcomes, line)
        outcomes = jobs.check(outcomes, line)
    except Problems as error:
        outcomes = jobs.stop(outcomes, error.problems)
    except FileNotFoundError:
        _check_store(line)
        raise
    _check_store(line)
    return outcomes


def _check_store(line: Line) -> None:
    """Check that the store is there, where a build has its work. Raises Problems."""
    if not line.work.is_dir():
        message, hint = "it was deleted during the build", "build again, and leave it alone while a build runs"
        raise one_problem(line.store.root.name, None, message, hint, Owner.DOCUMENT)


def view(
    begun: Begun, paths: Collection[str], progress: Progress, stay: Kept, before: Iterable[Outcome] = ()
) -> list[View]:
    """Make the documents of a plan with these paths, to look at, and write nothing.

    `before` are any of them as they were before an edit, whose page numbers are tried first.
    """
    others = {document.path for document in begun.planned.documents}.difference(paths)
    planned = plan.without(begun.planned, others)
    with pool.workers(begun.inputs.request.jobs, progress, stay=stay) as workers:
        setup = jobs.setup(planned, begun.inputs, workers)
        with setup.line(planned) as line:
            return [View(_data(outcome, line), outcome, line) for outcome in _make(line, before)]


def _data(outcome: Outcome, line: Line) -> bytes:
    """Return the file of a document that has just been made, or that is kept; the proof of one that failed."""
    if outcome.state == "kept":
        return (line.folder / outcome.document.path).read_bytes()
    proof = _proofs([outcome], line).get(outcome.document.path)
    made = proof or outcome.bound
    return (line.work / made.sha256).read_bytes() if made and made.sha256 else b""


def _proofs(outcomes: list[Outcome], line: Line) -> dict[str, Bound]:
    """Return a proof of each document that failed and of which one can be made, by its path."""
    if not any(each.failed for each in outcomes):
        return {}
    from briefpack.build import proofs  # noqa: PLC0415 -- a build without a failure needn't load the room

    return proofs.make(outcomes, line)


def _write(outcomes: list[Outcome], proofs: Mapping[str, Bound], line: Line) -> Written:
    """Move the new documents and proofs into place, list them in the manifest, and return the changes."""
    (made, kept), failed = jobs.entries(outcomes, line), jobs.failures(outcomes, proofs, line)
    if not made and not kept and not failed:
        return Written()
    with line.store.alone():
        return output.write(line.folder, line.work, made, kept, line.planned.paths, failed)


def _write_asked(outcomes: list[Outcome], line: Line) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Make proofs of the sound documents, and move them into place.

    Return the paths of the documents, and the paths of the proofs that were deleted.
    """
    from briefpack.build import proofs  # noqa: PLC0415 -- as above

    made = {path: proof.sha256 for path, proof in proofs.asked(outcomes, line).items()}
    with line.store.alone():
        return tuple(made), output.write_asked(line.folder, line.work, made, line.planned.paths)


def check(request: Request, progress: Progress = no_progress, *, quick: bool = False) -> Checked:
    """Take documents through every stage, and return their problems instead of writing them.

    Unless the request chooses electorates, these are the documents of the nation and of the electorates that stretch
    the layout the most. A later build finds their pieces in the store; a later check, if nothing is wrong and nothing
    changes, what this one found. If `quick`, the documents are planned, and not made. Raises Problems if a file must be
    fixed first.
    """
    if quick:
        return _checked(prepare(request, sample=True), request, Shown())
    inputs, kept = Inputs.read(request), Store(request.project.store)
    key = store.key("checked", inputs.key, request.today.isoformat())
    known = schema.from_json(Shown, kept.get(key) or b"")
    if not known:
        pool.ready(request.scheduler)
    planned = prepare(request, sample=True)
    shown = known or _lay_out(planned, inputs, progress)
    checked = _checked(planned, request, shown)
    if all(problem.warning for problem in checked.problems) and inputs.unchanged:
        kept.put(key, schema.to_json(shown))
    return checked


def _lay_out(planned: Plan, inputs: Inputs, progress: Progress) -> Shown:
    """Take the documents of a check through every stage, but those that are up to date."""
    with pool.workers(inputs.request.jobs, progress) as workers:
        setup = jobs.setup(planned, inputs, workers)
        outcomes = jobs.up_to_date(setup)
        for line in _lines(setup, outcomes):
            outcomes += _make(line)
    report = jobs.report(setup.folder, jobs.in_order(outcomes, planned), ())
    return Shown(report.problems)


def _checked(planned: Plan, request: Request, shown: Shown) -> Checked:
    return Checked(planned, _found(planned, request, shown.problems))


def _found(planned: Plan, request: Request, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return everything that a check of a plan finds, with the problems of the documents that it laid out."""
    return distinct((*plan.warn_if_printed(planned), *_check_people(planned, request), *problems))


def _check_people(planned: Plan, request: Request) -> Iterator[Problem]:
    """Yield the problems of consents and portraits, also of electorates whose documents aren't laid out."""
    every = planned.brief.group.electorates if planned.brief.group else ()
    yield from plan.check_consent(planned.brief, every, request.today)
    yield from plan.check_portraits(request.project, every)
