"""Knows a build that was made before from the same: then all that it would make stands already."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from briefpack import inputs, manifest
from briefpack.problem import Owner, Problem, Problems, raise_any
from briefpack.project import Edition, Project
from briefpack.store import Store


@dataclass(frozen=True)
class Request:
    """What is to be built, and where to."""

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
        """The folder of the finished documents."""
        return self.out / self.brief / self.edition


@dataclass(frozen=True)
class Report:
    """What came of a build: the paths of what it made, found there, could not make, and deleted as nothing of the brief's.

    `sums` are the hashes of what it made and found, by path.
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
        """The code of this build alone."""
        return exit_code(self)


def exit_code(*reports: Report) -> int:
    """0 when all was made; 5 when some was; the owner's code when nothing was."""
    stopping = [problem for report in reports for problem in report.problems if not problem.warning]
    if not stopping:
        return 0
    some = any(report.made or report.kept for report in reports)
    return int(Owner.DOCUMENT) if some else Problems(stopping).exit_code


def key(request: Request) -> str:
    """The hash of what is asked, and of all that it may be made from as the files are now."""
    return inputs.build(request.project, request.brief, _asked(request))


def find(request: Request, made_from: str) -> Report | None:
    """The report of a build that made what is asked from what has that key, if all that it made is still there.

    Raises Problems if the finished files can't be where they belong.
    """
    raise_any(check_folder(request))
    remembered = Store(request.project.store).get(made_from)
    return _known(request.folder, remembered) if remembered else None


def keep(request: Request, made_from: str, report: Report) -> None:
    """Remember a build that made all of what is asked, under the key that held when it began."""
    Store(request.project.store).put(made_from, _remembered(report))


def _asked(request: Request) -> str:
    """What of a request shows in what comes of it: the files, and what is said of them where they are."""
    chosen = (request.national, request.electorates, request.states, request.every)
    return repr(
        (request.brief, request.layout, request.edition, request.asks, chosen, request.project.shown(request.out))
    )


def _known(folder: Path, remembered: bytes) -> Report | None:
    """Return the report that was remembered if its documents are all there; None if not, or if it can't be read."""
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
    """Find a link in the place of the folders that a build makes: it would write to wherever the link leads."""
    for folder in (request.folder.parent, request.folder):
        if folder.is_symlink():
            said, hint = "the folder of the finished files is a link", "delete the link, or name its target with --out"
            yield Problem(request.project.shown(folder), None, said, hint, Owner.COMMAND)


def _remembered(report: Report) -> bytes:
    sums, problems = dict(sorted(report.sums.items())), [asdict(problem) for problem in report.problems]
    return json.dumps({"documents": sums, "problems": problems}).encode()
