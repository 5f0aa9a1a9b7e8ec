"""Recognise a build that has been made before, so that it needn't be made again."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from briefpack.output import manifest
from briefpack.output.inputs import Inputs
from briefpack.output.report import Report
from briefpack.output.request import Request
from briefpack.problem import Owner, Problem, raise_any
from briefpack.store import Store


def find(inputs: Inputs) -> Report | None:
    """Return the report of a complete build with the same inputs, if all its documents are still there.

    There is none if consent to publish one of its images has ended since, if a warning is due, or if the request is for
    proofs.
    Raises Problems if a folder for the finished files is a link.
    """
    request = inputs.request
    raise_any(_check_folder(request))
    if request.proof:
        return None
    remembered = Store(request.project.store).get(inputs.key)
    return _known(request.folder, remembered, request.today) if remembered else None


def remember(inputs: Inputs, report: Report, until: datetime.date | None = None) -> None:
    """Remember the report of a complete build; `until` is the last day on which it stays true."""
    sums, problems = dict(sorted(report.sums.items())), [asdict(problem) for problem in report.problems]
    noticed = [asdict(problem) for problem in report.noticed]
    last = until.isoformat() if until else None
    data = json.dumps({"documents": sums, "problems": problems, "noticed": noticed, "until": last}).encode()
    Store(inputs.request.project.store).put(inputs.key, data)


def _known(folder: Path, remembered: bytes, today: datetime.date) -> Report | None:
    """Return the remembered report if it is still true and all its documents are there; None if it can't be read."""
    try:
        data = json.loads(remembered)
        sums = {str(path): str(sha256) for path, sha256 in data["documents"].items()}
        problems, noticed = (tuple(map(Problem.read, data[key])) for key in ("problems", "noticed"))
        ended = data["until"] is not None and datetime.date.fromisoformat(data["until"]) < today
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    listed = manifest.read(folder)
    if ended or not all(listed.has(folder, path, sha256) for path, sha256 in sums.items()):
        return None
    return Report(folder, (), tuple(sums), (), problems, sums=sums, noticed=noticed)


def _check_folder(request: Request) -> Iterator[Problem]:
    """Yield a problem for each output folder that is a link, since the build would write wherever the link leads."""
    below = len(request.folder.relative_to(request.out).parts)
    for folder in (*reversed(request.folder.parents[: below - 1]), request.folder):
        if folder.is_symlink():
            message = "the folder of the finished files is a link"
            hint = "delete the link, or name its target with --out"
            yield Problem(request.project.shown(folder), None, message, hint, Owner.COMMAND)
