"""Follow each document from its plan to its file or its problems, and keep the data that all stages share."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, Self

from briefpack import plan
from briefpack.build.jobs import composing, draw
from briefpack.build.jobs.composing import Numbering, PlanFile, Text
from briefpack.build.jobs.draw import Draw
from briefpack.build.jobs.laying_out import LaidOut
from briefpack.output import Entry, Failed, Finding, Inputs, Manifest, Report, Written, read
from briefpack.output import inputs as hashes
from briefpack.pages import Composed, Piece, Stamp
from briefpack.plan import UNSEEN, Document, Drawing, Expected, Plan, Seen
from briefpack.pool import Workers
from briefpack.problem import Problem, distinct
from briefpack.store import Store, own_work


@dataclass(frozen=True)
class Bound:
    """The problems that the checks found in a bound document, and the hash and size of its file."""

    problems: tuple[Problem, ...]
    sha256: str = ""
    size: int = 0


State = Literal["going", "halted", "kept", "stopped"]


@dataclass(frozen=True)
class Outcome:
    """What has become of a document: in the end it is made, kept, or failed with its problems.

    Each stage returns a copy with its own results: composed pages, their numbers, laid-out pieces by key, the bound
    file. A document that fails is laid out to its last page all the same, for its proof, unless it is `halted`: because
    something that its pages need can't be made. It is `kept` if its finished file is right as it is, and `stopped` if
    it fails because the build does, and not for a problem of its own. `inputs` are the hashes that decide whether it is
    up to date.
    """

    document: Document
    findings: tuple[Finding, ...] = ()
    composed: Composed | None = None
    numbering: Numbering | None = None
    laid_out: Mapping[str, LaidOut] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    bound: Bound | None = None
    state: State = "going"

    @property
    def failed(self) -> bool:
        """Return whether one of its problems stops it."""
        return any(not each.problem.warning for each in self.findings)

    @property
    def made(self) -> bool:
        """Return whether a new file was made for it."""
        return self.bound is not None and self.state == "going" and not self.failed

    @property
    def sha256(self) -> str:
        """Return the hash of its finished file; nothing if there is none."""
        return self.bound.sha256 if self.bound else ""

    @property
    def printed(self) -> Document:
        """Return the document, without the pieces that print nothing if it has been composed."""
        return self.composed.document if self.composed else self.document

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return the pieces that its pages consist of, in order, if it has been composed."""
        return self.composed.pieces if self.composed else ()

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        """Return the pieces for the slots of its pages, if it has been composed."""
        return self.composed.stamps if self.composed else ()

    @property
    def running(self) -> tuple[Stamp, ...]:
        """Return the pieces for its running slots, if its pages are numbered."""
        return self.numbering.running if self.numbering else ()

    @property
    def in_slots(self) -> tuple[Piece, ...]:
        """Return the pieces for slots of either kind."""
        return tuple(stamp.piece for stamp in (*self.stamps, *self.running))

    @property
    def seen(self) -> Seen:
        """Return what is known of its pieces: how much of a page they take, and which begin one."""
        keys = {each.name: piece.key for each, piece in zip(self.printed.pieces, self.pieces, strict=True)}
        made = {name: self.laid_out[key] for name, key in keys.items() if key in self.laid_out}
        return Seen(
            halves=frozenset(name for name, laid_out in made.items() if laid_out.half),
            longs=frozenset(name for name, laid_out in made.items() if laid_out.pages > 1),
            heads=frozenset(name for laid_out in made.values() for name in laid_out.heads),
        )

    @property
    def can_share(self) -> bool:
        """Return whether other pieces of it can share pages, or fewer of those that are laid out together do."""
        if self.state == "halted":
            return False
        seen = self.seen
        pairs = pairwise(self.printed.pieces)
        return bool(seen.heads) or any(two.follows(one, seen) and not two.follows(one, UNSEEN) for one, two in pairs)

    def add(self, *problems: Problem, piece: str = "") -> Self:
        """Return the outcome with more problems; `piece` is the piece that they are in, if they are in one."""
        return replace(self, findings=(*self.findings, *(Finding(problem, piece) for problem in problems)))

    def halt(self, *problems: Problem) -> Self:
        """Return the outcome with the problems, if there are any, that keep its pages from being laid out."""
        return replace(self.add(*problems), state="halted") if problems else self


@dataclass(frozen=True)
class Setup:
    """The data that all parts of a build share: plan, workers, chart keys, and the manifest from before the build.

    `can_show` has the hash of everything that each document could show, by path.
    """

    planned: Plan
    inputs: Inputs
    workers: Workers
    draw: Draw
    chart_keys: Mapping[Drawing, str]
    can_show: Mapping[str, str]
    before: Manifest

    @property
    def root(self) -> Path:
        """Return the project's folder."""
        return self.draw.root

    @property
    def store(self) -> Store:
        """Return the store."""
        return self.draw.store

    @property
    def folder(self) -> Path:
        """Return the folder of the finished documents."""
        return self.inputs.request.folder

    def shown(self, document: Document) -> str:
        """Return the path of a finished document as problems show it."""
        return f"{self.inputs.request.project.shown(self.folder)}/{document.path}"

    @contextmanager
    def line(self, planned: Plan) -> Iterator["Line"]:
        """Provide the line for a part of the plan, with a work folder in the store."""
        self.store.ready()
        with tempfile.TemporaryDirectory(dir=self.store.root, prefix=own_work()) as folder:
            work = Path(folder)
            plan_file = composing.write_plan(work, planned, self.chart_keys, self.root, self.store)
            shared = {each.name: getattr(self, each.name) for each in fields(Setup)}
            yield Line(**{**shared, "planned": planned}, work=work, plan_file=plan_file)


@dataclass(frozen=True)
class Line(Setup):
    """The data of one part of a build: new files go to `work`, and workers read the part's plan from a file."""

    work: Path
    plan_file: PlanFile

    @cached_property
    def expected(self) -> Expected:
        """Return the requirements that every document is checked against."""
        return plan.expected(self.planned)


def setup(planned: Plan, inputs: Inputs, workers: Workers) -> Setup:
    """Return the data that all parts of a build share."""
    task = draw.drawer(planned, inputs.request.project)
    keys = draw.chart_keys(planned, task)
    can_show = hashes.can_show(planned, inputs, keys, hashes.contents(planned, inputs))
    return Setup(planned, inputs, workers, task, keys, can_show, read(inputs.request.folder))


def up_to_date(shared: Setup) -> list[Outcome]:
    """Return the finished documents that can't show anything new, with the warnings from when they were made."""
    documents = [
        document for document in shared.planned.documents if is_current(shared, document, can_show(shared, document))
    ]
    return [keep(Outcome(document, inputs=can_show(shared, document)), shared) for document in documents]


def can_show(shared: Setup, document: Document) -> dict[str, str]:
    """Return the hash of everything that a document could show, as the manifest lists it."""
    return {"can_show": shared.can_show[document.path]}


def is_current(shared: Setup, document: Document, inputs: Mapping[str, str]) -> bool:
    """Return whether the finished file of a document is intact and was made from the same inputs."""
    return shared.before.up_to_date(shared.folder, document.path, inputs)


def keep(outcome: Outcome, shared: Setup) -> Outcome:
    """Return the outcome of a document whose finished file is kept, with the warnings from when it was made."""
    document = outcome.document
    known = shared.before.documents[document.path]
    found = {each.piece for each in outcome.findings}
    before = [each.at(shared.shown(document)) for each in shared.before.warnings(document.path)]
    findings = (*outcome.findings, *(each for each in before if each.piece not in found))
    inputs = {**known["inputs"], **outcome.inputs}
    return replace(
        outcome, findings=findings, inputs=inputs, bound=Bound((), known["sha256"], known["bytes"]), state="kept"
    )


def stop(outcomes: Iterable[Outcome], problems: Iterable[Problem]) -> list[Outcome]:
    """Return the documents of a build that stopped before it had judged them, with the problems that stopped it."""
    found = tuple(problems)
    return [replace(outcome.add(*found), state="stopped") for outcome in outcomes]


def start(planned: Plan) -> list[Outcome]:
    """Return the documents of a plan, at the start of the line."""
    return [Outcome(document) for document in planned.documents]


def with_pages(outcome: Outcome, result: Text | tuple[Problem, ...], known: dict[str, Piece]) -> Outcome:
    """Return a document with its composed pages; `known` has the pieces of all documents."""
    if isinstance(result, tuple):
        return outcome.halt(*result)
    # Each worker sends its own copy of a piece that many documents share. Keep one.
    pieces = tuple(known.setdefault(piece.key, piece) for piece in result.pieces)
    document = replace(outcome.document, pieces=result.planned)
    composed = Composed(document, pieces, result.stamps, result.cited, result.figures)
    return replace(outcome, composed=composed, numbering=result.numbering)


def in_order(outcomes: Iterable[Outcome], planned: Plan) -> list[Outcome]:
    """Return the outcomes in the order of a plan."""
    by_path = {each.document.path: each for each in outcomes}
    return [by_path[document.path] for document in planned.documents]


def report(folder: Path, outcomes: Sequence[Outcome], written: Sequence[Written]) -> Report:
    """Return the report of a build, with its documents by state, and the changes to its folder."""
    made = {each.document.path: each.sha256 for each in outcomes if each.made}
    kept = {each.document.path: each.sha256 for each in outcomes if each.state == "kept"}
    return Report(
        folder, tuple(sorted(made)), tuple(sorted(kept)), tuple(each.document.path for each in outcomes if each.failed),
        _distinct_problems(outcomes), tuple(sorted(path for each in written for path in each.gone)), {**kept, **made},
        {path: place for each in written for path, place in each.proofs.items()},
        {path: place for each in written for path, place in each.earlier.items()},
        tuple(path for each in written for path in each.left),
    )  # fmt: skip


def _distinct_problems(outcomes: Iterable[Outcome]) -> tuple[Problem, ...]:
    """Return the problems of all documents; a piece's problems come once, from the first document that contains it."""
    found: list[Problem] = []
    reported: set[str] = set()
    for outcome in outcomes:
        new = [each for each in outcome.findings if each.piece not in reported]
        found += (each.problem for each in new)
        reported |= {each.piece for each in new if each.piece}
    return distinct(found)


def entries(outcomes: Iterable[Outcome], line: Line) -> tuple[list[Entry], dict[str, dict[str, Any]]]:
    """Return the manifest's entry of each new document, and the new values in the entry of each kept one, by path."""
    finished, unchanged = [*outcomes], line.inputs.unchanged
    made = [_entry(each, each.bound, line, unchanged=unchanged) for each in finished if each.made and each.bound]
    matter = {"electoral_matter": line.planned.brief.brief.electoral_matter}
    kept = {
        each.document.path: {"inputs": _inputs(each, unchanged=unchanged), "sha256": each.sha256, **matter}
        for each in finished
        if each.state == "kept"
    }
    return made, kept


def failures(outcomes: Iterable[Outcome], proofs: Mapping[str, Bound], line: Line) -> list[Failed]:
    """Return the failed documents for the manifest, except documents that failed only because the build stopped.

    `proofs` are those of failed documents, by the path of the document.
    """
    failed = (each for each in outcomes if each.failed and each.state != "stopped")
    made = {path: proof.sha256 for path, proof in proofs.items()}
    return [
        Failed(each.document.path, tuple(_problems(each, line)), made.get(each.document.path, "")) for each in failed
    ]


def _problems(outcome: Outcome, line: Line) -> Iterator[Problem]:
    """Yield the problems of a document; a problem of the document as a whole has no path, as in its warnings."""
    own = line.shown(outcome.document)
    for problem in dict.fromkeys(each.problem for each in outcome.findings):
        yield replace(problem, path="") if problem.path == own else problem


def _inputs(outcome: Outcome, *, unchanged: bool) -> Mapping[str, str]:
    """Return the hashes that decide whether a document is up to date.

    After an edit during the build, some pages may have the new text and others the old. Without `can_show`, the next
    build looks at every piece again. Only `shows` is still known.
    """
    return {name: each if unchanged or name == "shows" else "" for name, each in outcome.inputs.items()}


def _entry(outcome: Outcome, bound: Bound, line: Line, *, unchanged: bool) -> Entry:
    document, laid_out = outcome.document, [outcome.laid_out[piece.key] for piece in outcome.pieces]
    return Entry(
        path=document.path, kind=document.kind, layout=line.planned.layout.name, electorate=document.electorate,
        ask=document.ask, pages=sum(each.pages for each in laid_out), bytes=bound.size, sha256=bound.sha256,
        inputs=_inputs(outcome, unchanged=unchanged),
        fits={name: fit for each in laid_out for name, fit in each.fits.items()},
        sources=outcome.composed.sources if outcome.composed else (),
        electoral_matter=line.planned.brief.brief.electoral_matter,
        warnings=tuple(map(_without_path, outcome.findings)),
    )  # fmt: skip


def _without_path(finding: Finding) -> Finding:
    """Return a warning of a document as a whole without its path, which depends on the folder."""
    return finding if finding.piece else replace(finding, problem=replace(finding.problem, path=""))
