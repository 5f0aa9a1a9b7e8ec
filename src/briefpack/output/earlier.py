"""Recognise a build that has been made before, so that it needn't be made again."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from briefpack.output import inputs, manifest
from briefpack.output.report import Report
from briefpack.output.request import Request
from briefpack.problem import Owner, Problem, raise_any
from briefpack.store import Store


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
