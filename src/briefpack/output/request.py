"""Describe a build: which documents of a brief to make, how and where, and its result."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefpack.problem import Owner, Problem, Problems
from briefpack.project import Project


@dataclass(frozen=True)
class Request:
    """A request to build some documents, and the folder to put them in.

    `today` is the day of the build, as consent to publish an image may end. It is read once for the whole command.
    `proof` asks for proofs of the sound documents too. With `meetings`, it is for the documents of these, or of all
    on a `day`, and for no others.
    """

    project: Project
    brief: str
    layout: str
    out: Path
    edition: str = "screen"
    asks: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    jobs: int = 1
    scheduler: str | None = None
    wait_seconds: float = 10.0
    national: bool = True
    electorates: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    every: bool = False
    meetings: tuple[str, ...] | None = None
    day: datetime.date | None = None
    proof: bool = False
    today: datetime.date = field(default_factory=lambda: datetime.datetime.now().astimezone().date())

    @property
    def folder(self) -> Path:
        """Return the folder of the finished documents."""
        return self.out / self.brief / self.layout / self.edition


@dataclass(frozen=True)
class Report:
    """The result of a build: the paths of the documents it made, kept, failed to make, and deleted as obsolete.

    `noticed` are the warnings of the brief and its electorates, and `problems` are the documents' problems. `sums` are
    the hashes of the documents it made and kept, by path; `proofs` and `earlier` give where the proofs of the failed
    ones and their last finished files are. `left` are files in the folder for proofs that it would have deleted, had
    nobody changed them. `asked` are the documents of which it made the proofs that the request was for.
    """

    folder: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]
    failed: tuple[str, ...]
    problems: tuple[Problem, ...]
    gone: tuple[str, ...] = ()
    sums: Mapping[str, str] = field(default_factory=dict)
    proofs: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    noticed: tuple[Problem, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """Return the exit code of this build alone."""
        return exit_code(self)


def exit_code(*reports: Report) -> int:
    """Return 0 if everything was made, 5 if only some documents were, and the owner's code if none were."""
    stopping = [problem for report in reports for problem in report.problems if not problem.warning]
    if not stopping:
        return 0
    some = any(report.made or report.kept for report in reports)
    return int(Owner.DOCUMENT) if some else Problems(stopping).exit_code
