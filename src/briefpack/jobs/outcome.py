"""Follow each document along the pipeline, from its plan to the finished file or its problems."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from briefpack.jobs.laying_out import LaidOut
from briefpack.output import Finding, Report, Written
from briefpack.pages import Composed, Piece, Stamp
from briefpack.plan import Document, Plan
from briefpack.problem import Problem, distinct


@dataclass(frozen=True)
class Bound:
    """The problems that the checks found in a bound document, and the hash and size of its file."""

    problems: tuple[Problem, ...]
    sha256: str = ""
    size: int = 0


@dataclass(frozen=True)
class Outcome:
    """The state of a document: in the end it is made, kept, or failed with its problems.

    Each stage returns a copy with its own results: composed pages, laid-out pieces by key, running slots, the bound
    file. Later stages leave a failed document alone. `inputs` are the hashes that decide whether it is up to date;
    `counts`, `page_of` and `linked_from` are the pages of its pieces, of its ids and of the links to each when its pages were numbered; `proof` is the proof
    of a failed document, if it has one. A document is `stopped` if it fails because the build does, and not for a problem of its own.
    """

    document: Document
    findings: tuple[Finding, ...] = ()
    composed: Composed | None = None
    numbered: bool = False
    counts: tuple[int, ...] = ()
    page_of: Mapping[str, int] = field(default_factory=dict)
    linked_from: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    running: tuple[Stamp, ...] = ()
    laid_out: Mapping[str, LaidOut] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    bound: Bound | None = None
    proof: Bound | None = None
    stopped: bool = False
    kept: bool = False

    @property
    def failed(self) -> bool:
        """Return whether one of its problems stops it."""
        return any(not each.problem.warning for each in self.findings)

    @property
    def made(self) -> bool:
        """Return whether a new file was made for it."""
        return self.bound is not None and not self.kept and not self.failed

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

    def add(self, *problems: Problem, piece: str = "") -> Self:
        """Return the outcome with more problems, which may be those of a piece."""
        return replace(self, findings=(*self.findings, *(Finding(problem, piece) for problem in problems)))


def stop(outcomes: Iterable[Outcome], problems: Iterable[Problem]) -> list[Outcome]:
    """Return the documents of a build that stopped before it had judged them, with the problems that stopped it."""
    found = tuple(problems)
    return [replace(outcome.add(*found), stopped=True) for outcome in outcomes]


def start(planned: Plan) -> list[Outcome]:
    """Return the documents of a plan, at the start of the line."""
    return [Outcome(document) for document in planned.documents]


def in_order(outcomes: Iterable[Outcome], planned: Plan) -> list[Outcome]:
    """Return the outcomes in the order of a plan."""
    by_path = {each.document.path: each for each in outcomes}
    return [by_path[document.path] for document in planned.documents]


def report(folder: Path, outcomes: Sequence[Outcome], written: Sequence[Written]) -> Report:
    """Return the report of a build, with its documents by state, and the changes to its folder."""
    made = {each.document.path: each.sha256 for each in outcomes if each.made}
    kept = {each.document.path: each.sha256 for each in outcomes if each.kept}
    return Report(
        folder, tuple(sorted(made)), tuple(sorted(kept)), tuple(each.document.path for each in outcomes if each.failed),
        _problems(outcomes), tuple(sorted(path for each in written for path in each.gone)), {**kept, **made},
        {path: place for each in written for path, place in each.proofs.items()},
        {path: place for each in written for path, place in each.earlier.items()},
        tuple(path for each in written for path in each.left),
    )  # fmt: skip


def _problems(outcomes: Iterable[Outcome]) -> tuple[Problem, ...]:
    """Return the problems of all documents; those of a piece come once, from the first document that contains it."""
    found: list[Problem] = []
    reported: set[str] = set()
    for outcome in outcomes:
        new = [each for each in outcome.findings if each.piece not in reported]
        found += (each.problem for each in new)
        reported |= {each.piece for each in new if each.piece}
    return distinct(found)
