"""Recognise a build that has been made before, so that it needn't be made again."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from briefpack.output import inputs, manifest
from briefpack.problem import Owner, Problem, Problems, raise_any
from briefpack.project import Edition, Project
from briefpack.store import Store


@dataclass(frozen=True)
class Request:
    """A request to build some documents, and the folder to put them in."""

    project: Project
    brief: str
    layout: str
    out: Path
    edition: Edition = "screen"
    asks: tuple[str, ...] = ()
    jobs: int = 1
    scheduler: str | None = None
    wait_seconds: float = 10.0
    national: bool = True
    electorates: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    every: bool = False

    @property
    def folder(self) -> Path:
        """Return the folder of the finished documents."""
        return self.out / self.brief / self.layout / self.edition


@dataclass(frozen=True)
class Report:
    """The result of a build: the paths of the documents it made, kept, failed to make, and deleted as obsolete.

    `sums` are the hashes of the documents it made and kept, by path.
    """

    folder: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]
    failed: tuple[str, ...]
    problems: tuple[Problem, ...]
    gone: tuple[str, ...] = ()
    sums: Mapping[str, str] = field(default_factory=dict)

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


def key(request: Request) -> str:
    """Return the hash of a request and of every file that its build may read, as the files are now."""
    return inputs.build(request.project, request.brief, _asked(request))


def find(request: Request, made_from: str) -> Report | None:
    """Return the report of an earlier build with the same key, if all its documents are still there.

    Raises Problems if a folder for the finished files is a link.
    """
    raise_any(check_folder(request))
    remembered = Store(request.project.store).get(made_from)
    return _known(request.folder, remembered) if remembered else None


def keep(request: Request, made_from: str, report: Report) -> None:
    """Remember a complete build, under the key from before it started."""
    Store(request.project.store).put(made_from, _remembered(report))


def _asked(request: Request) -> str:
    """Return the fields of a request that affect its documents or the paths in its messages."""
    chosen = (request.national, request.electorates, request.states, request.every)
    return repr(
        (request.brief, request.layout, request.edition, request.asks, chosen, request.project.shown(request.out))
    )


def _known(folder: Path, remembered: bytes) -> Report | None:
    """Return the remembered report if all its documents are there; None if not, or if it can't be read."""
    try:
        data = json.loads(remembered)
        sums = {str(path): str(sha256) for path, sha256 in data["documents"].items()}
        problems = tuple(map(Problem.read, data["problems"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    held = manifest.read(folder)
    if not all(held.holds(folder, path, sha256) for path, sha256 in sums.items()):
        return None
    return Report(folder, (), tuple(sums), (), problems, sums=sums)


def check_folder(request: Request) -> Iterator[Problem]:
    """Yield a problem for each output folder that is a link, since the build would write wherever the link leads."""
    for folder in (*reversed(request.folder.parents[:2]), request.folder):
        if folder.is_symlink():
            said, hint = "the folder of the finished files is a link", "delete the link, or name its target with --out"
            yield Problem(request.project.shown(folder), None, said, hint, Owner.COMMAND)


def _remembered(report: Report) -> bytes:
    sums, problems = dict(sorted(report.sums.items())), [asdict(problem) for problem in report.problems]
    return json.dumps({"documents": sums, "problems": problems}).encode()
