"""Compose documents in worker processes, which limit the time and memory that a layout's templates can use.

A worker reads the plan once, from a pickle that the build wrote and whose hash came with the work. Loading a pickle can
run code, so no other is ever loaded.
"""

import errno
import functools
import hashlib
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from briefpack import limits, pages
from briefpack.jobs import worker
from briefpack.pages import Piece, Stamp
from briefpack.pages.calls import Composer
from briefpack.plan import Document, Drawing, Plan, PlannedPiece
from briefpack.problem import Owner, Problem, Problems
from briefpack.store import Store, write

# A document takes 0.01 s to compose. Anything that reaches this limit would probably never end.
SECONDS_A_DOCUMENT = 20.0
FILE = "plan"
Made = TypeVar("Made")


@dataclass(frozen=True)
class PlanFile:
    """The plan's file, and the project folder and store that a worker composes its documents from."""

    path: Path
    sha256: str
    root: Path
    store: Store


@dataclass(frozen=True)
class Text:
    """A composed document: its pieces, the stamps for their slots, and the sources it cites, in order.

    `planned` are the pieces as planned, without those that print nothing. `figures` are those with an open query.
    """

    planned: tuple[PlannedPiece, ...]
    pieces: tuple[Piece, ...]
    stamps: tuple[Stamp, ...]
    cited: tuple[str, ...]
    figures: tuple[str, ...]


def write_plan(work: Path, planned: Plan, drawn: Mapping[Drawing, str], root: Path, store: Store) -> PlanFile:
    """Write a plan to a file for workers to read; `drawn` gives the store key of each drawing."""
    data = pickle.dumps((planned, dict(drawn)), pickle.HIGHEST_PROTOCOL)
    write(work / FILE, data, lasting=False)
    return PlanFile(work / FILE, hashlib.sha256(data).hexdigest(), root, store)


@functools.lru_cache(maxsize=1)
def _composer(plan_file: PlanFile) -> Composer:
    """Return the composer of a plan, with every page that this process has written so far."""
    data = plan_file.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != plan_file.sha256:
        raise ValueError("the plan was changed since the build wrote it")
    planned, drawn = pickle.loads(data)  # noqa: S301 -- the build's own file, checked by its hash
    return pages.composer(planned, plan_file.root, drawn, plan_file.store)


@dataclass(frozen=True)
class Compose:
    """A task that composes one document, given its position in the plan."""

    plan_file: PlanFile
    seconds: float = SECONDS_A_DOCUMENT

    def __call__(self, index: int) -> Text | tuple[Problem, ...]:
        """Return the composed document, or the problems that stopped it."""
        return attempt(self.plan_file, self.seconds, index, _compose)

    def crashed(self, index: int) -> tuple[Problem, ...]:
        """Return the problem of a document that crashed the process composing it."""
        return attempt(self.plan_file, self.seconds, index, crashed)


def _compose(writer: Composer, document: Document) -> Text:
    composed = pages.compose(writer, document)
    return Text(composed.document.pieces, composed.pieces, composed.stamps, composed.sources, composed.figures)


def crashed(_writer: Composer, document: Document) -> tuple[Problem, ...]:
    """Return the problem of a document that crashed its worker process."""
    return (_stopped(f"{document.name} crashes the process that composes it"),)


def attempt(
    plan_file: PlanFile, seconds: float, index: int, step: Callable[[Composer, Document], Made]
) -> Made | tuple[Problem, ...]:
    """Run one step on one document. Return its problems if it fails, so that the other documents go on."""
    worker.prepare()
    try:
        writer = _composer(plan_file)
    except (OSError, ValueError):
        message = "the plan that worker processes read was changed or deleted during the build"
        return (Problem(".store", None, message, "build again", Owner.DOCUMENT),)
    document = writer.plan.documents[index]
    try:
        with limits.within(seconds):
            return step(writer, document)
    except Problems as error:
        return error.problems
    except (limits.Overdue, MemoryError):
        return (_stopped(f"{document.name} needs more time or memory to compose than a document may use"),)
    except Exception as error:
        # A full disk is reported once, for the whole build.
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        message = f"{document.name} can't be composed: {type(error).__name__}: {error}"
        return (Problem("layouts", None, message, worker.REPORT, Owner.DOCUMENT),)


def _stopped(message: str) -> Problem:
    hint = "simplify its pages, and look for an endless loop or endless text"
    return Problem("layouts", None, message, hint, Owner.LAYOUT)
