"""Refuse the files of documents that failed, wherever somebody names one as if it were finished."""

from collections.abc import Callable
from pathlib import Path

from briefpack.output import manifest
from briefpack.output.manifest import Manifest
from briefpack.output.proofs import EARLIER, PROOFS
from briefpack.problem import Owner, Problem

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
