"""Make the proofs of a build: of the documents that failed, and of sound ones when somebody asks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefpack import store
from briefpack.geometry import PT_PER_MM, Frame
from briefpack.jobs import typesetting
from briefpack.jobs.line import Line
from briefpack.jobs.outcome import Bound, Outcome
from briefpack.plan import Facts
from briefpack.problem import Problem, Problems
from briefpack.proofs import bind, completing, compose, content
from briefpack.proofs.compose import Added, Versions
from briefpack.typeset import Placed


def complete(outcomes: Sequence[Outcome], line: Line) -> list[Outcome]:
    """Lay out the rest of each document that failed: its contents, folios and running heads, with their problems."""
    failed = [each for each in outcomes if each.failed and not each.stopped and _laid_out(each)]
    if not failed:
        return [*outcomes]
    try:
        completed = {each.document.path: each for each in completing.complete(failed, line)}
    except Problems:
        # Worker processes that crash now keep no document from being made.
        return [*outcomes]
    return [completed.get(each.document.path, each) for each in outcomes]


def make(outcomes: Sequence[Outcome], line: Line) -> list[Outcome]:
    """Make a proof of each document that failed after its pages were laid out.

    A document whose proof can't be made is left as it is.
    """
    failed = [each for each in outcomes if each.failed and not each.stopped and _laid_out(each, numbered=True)]
    proofs = _make(failed, {each.document.path: _problems(each) for each in failed}, line)
    return [replace(each, proof=proofs.get(each.document.path)) for each in outcomes]


def asked(outcomes: Sequence[Outcome], line: Line) -> dict[str, Bound]:
    """Make a proof of each sound document, and return them by the path of the document."""
    sound = [each for each in outcomes if not each.failed and _laid_out(each, numbered=True)]
    return _make(sound, {}, line)


def _laid_out(outcome: Outcome, *, numbered: bool = False) -> bool:
    """Return whether every piece of a document is laid out; before it is numbered, without those that list pages."""
    if outcome.composed is None:
        return False
    waiting = set() if numbered else {each.key for each in outcome.composed.listing}
    stamps = (stamp.piece for stamp in (*outcome.stamps, *outcome.running))
    keys = {each.key for each in (*outcome.pieces, *stamps)} - waiting
    return all(key in outcome.laid_out and outcome.laid_out[key].pages for key in keys)


def _problems(outcome: Outcome) -> tuple[Problem, ...]:
    return tuple(each.problem for each in outcome.findings)


def _make(outcomes: Sequence[Outcome], problems: Mapping[str, tuple[Problem, ...]], line: Line) -> dict[str, Bound]:
    """Make a proof of each document; one with `problems` has failed, and any other has its open queries marked."""
    if not outcomes:
        return {}
    try:
        return _bound(outcomes, _composed(outcomes, problems, line), line)
    except Problems:
        # As above.
        return {}


def _bound(outcomes: Sequence[Outcome], added: Mapping[str, Added], line: Line) -> dict[str, Bound]:
    typesetting.from_store_or_workers((piece for each in added.values() for piece in (each.over, each.end)), line)
    wanted = [_bind_job(each, added[each.document.path], line) for each in outcomes if each.document.path in added]
    task = bind.Bind(line.expected, line.store, line.work)
    bound = line.workers.map("proofs", task, wanted, task.crashed)
    return {job.path: found for job, found in bound if found}


def _composed(outcomes: Sequence[Outcome], problems: Mapping[str, tuple[Problem, ...]], line: Line) -> dict[str, Added]:
    """Return what each proof adds to its document, by the document's path."""
    places = {document.path: index for index, document in enumerate(line.planned.documents)}
    paths = [each.document.path for each in outcomes]
    wanted = [
        compose.Job(places[each.document.path], content.of(each), problems.get(each.document.path, ()))
        for each in outcomes
    ]
    task = compose.Compose(line.plan_file, line.store, _versions(line), line.expected.beyond_trim_mm * PT_PER_MM)
    results = line.workers.map("proofs", task, wanted, task.crashed)
    return {path: added for path, (_, added) in zip(paths, results, strict=True) if added}


def _versions(line: Line) -> Versions:
    request = line.inputs.request
    files = line.inputs.folders[f"briefs/{request.brief}"]
    return Versions(request.today, store.library("briefpack"), files[:SHORT])


SHORT = 8
"""The letters of the hash of a brief's files that a proof prints."""


def _bind_job(outcome: Outcome, added: Added, line: Line) -> bind.Job:
    over = Placed("proof", added.over.key, Frame(0.0, 0.0, *added.size), running=True, pages=added.page_count)
    return bind.Job(
        outcome.document.path, _facts(outcome.document.facts, line), content.of(outcome), over, added.end.key
    )


def _facts(facts: Facts, line: Line) -> Facts:
    return replace(facts, title=line.planned.brief.locale.label("proof-titled", title=facts.title))
