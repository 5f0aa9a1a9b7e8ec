"""Describe the result of a build, and give its exit code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefpack.problem import Owner, Problem, Problems


@dataclass(frozen=True)
class Report:
    """The result of a build: the paths of the documents it made, kept, failed to make, and deleted as obsolete.

    `noticed` are the warnings of the brief and its electorates, and `problems` are those of the documents. `sums` are
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
