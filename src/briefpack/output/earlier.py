"""Recognise the work of earlier builds: the same build, and files of documents that failed."""

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from briefpack.output import manifest
from briefpack.output.inputs import Inputs
from briefpack.output.manifest import Manifest
from briefpack.output.proofs import EARLIER, PROOFS
from briefpack.output.request import Report, Request
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


Shown = Callable[[Path], str]
"""A function that returns a path as problems print it."""


def refusal(path: Path, shown: Shown) -> Problem | None:
    """Return the problem with a file if it is in a folder for proofs, or if its document failed; None for any other."""
    file = path.resolve()
    for folder in file.parents:
        listed = manifest.read(folder)
        if listed.documents or listed.failed:
            return _refusal(listed, folder, file.relative_to(folder).as_posix(), lambda each: shown(each or path))
    return None


def _refusal(listed: Manifest, folder: Path, path: str, shown: Callable[[Path | None], str]) -> Problem | None:
    """Return the problem with a path in an edition's folder."""
    if path in listed.documents:
        return None
    if path.startswith(f"{EARLIER}/"):
        message = "this is an earlier version of a document that has failed since"
        return Problem(shown(None), None, message, FIX, Owner.DOCUMENT)
    if path.startswith(f"{PROOFS}/"):
        return Problem(shown(None), None, "this is a proof, not a finished document", FIX, Owner.DOCUMENT)
    if path not in listed.failed:
        return None
    proof = listed.failed[path].proof
    seen = f"; its proof is {shown(folder / proof.path)}" if proof and proof.there(folder) else ""
    return Problem(shown(None), None, "this document failed when it was last built", f"{FIX}{seen}", Owner.DOCUMENT)


FIX = "fix the problems that briefpack build prints"
