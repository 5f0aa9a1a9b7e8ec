"""Compose documents in worker processes, which limit the time and memory that a layout's templates can use.

A worker reads the plan once, from a pickle that the build wrote and whose hash came with the work. Loading a pickle can
run code, so no other is ever loaded.
"""

import functools
import hashlib
import pickle
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from briefpack import pages
from briefpack.build.jobs.task import REPORT, Done, Task
from briefpack.pages import LinkedFrom, PageOf, Piece, Stamp
from briefpack.pages.calls import Composer
from briefpack.plan import Document, Drawing, Plan, PlannedPiece
from briefpack.pool import limits
from briefpack.problem import Owner, Problem, Problems
from briefpack.store import Store, write

# A document takes 0.01 s to compose. Anything that reaches this limit would probably never end.
SECONDS_A_DOCUMENT = 20.0
FILE = "plan"


@dataclass(frozen=True)
class PlanFile:
    """The plan's file, and the project folder and store that a worker composes its documents from."""

    path: Path
    sha256: str
    root: Path
    store: Store


@dataclass(frozen=True)
class Numbering:
    """The page numbers that a document's pieces were given, and the `running` slots of its pages.

    These are the number of pages in each piece, the page of each id, and the pages with a link to it. They are
    `likely` if they are those from before an edit, given before any piece is laid out.
    """

    counts: tuple[int, ...]
    page_of: PageOf
    linked_from: LinkedFrom
    running: tuple[Stamp, ...]
    likely: bool = False


@dataclass(frozen=True)
class Text:
    """A composed document: its pieces, the stamps for their slots, and the sources it cites, in order.

    `planned` are the pieces as planned, without pieces that print nothing. `figures` are the figures with an open
    query. A document that is composed again, since its pages were seen, has no `numbering` yet.
    """

    planned: tuple[PlannedPiece, ...]
    pieces: tuple[Piece, ...]
    stamps: tuple[Stamp, ...]
    cited: tuple[str, ...]
    figures: tuple[str, ...]
    numbering: Numbering | None = None


def write_plan(work: Path, planned: Plan, drawn: Mapping[Drawing, str], root: Path, store: Store) -> PlanFile:
    """Write a plan to a file for workers to read; `drawn` gives the store key of each drawing."""
    data = pickle.dumps((planned, dict(drawn)), pickle.HIGHEST_PROTOCOL)
    write(work / FILE, data, lasting=False)
    return PlanFile(work / FILE, hashlib.sha256(data).hexdigest(), root, store)


@functools.lru_cache(maxsize=1)
def _composer(plan_file: PlanFile) -> Composer:
    """Return the composer of a plan, with every page that this process has written so far."""
    data = plan_file.path.read_bytes() if plan_file.path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != plan_file.sha256:
        raise PlanLostError
    planned, drawn = pickle.loads(data)  # noqa: S301 -- the build's own file, checked by its hash
    return pages.composer(planned, plan_file.root, drawn, plan_file.store)


class PlanLostError(Exception):
    """The plan's file was changed or deleted since the build wrote it."""


class Planned(Protocol):
    """Work on a document, by its position in the plan."""

    @property
    def index(self) -> int:
        """Return the position."""


Item = TypeVar("Item", bound=Planned)


@dataclass(frozen=True)
class OnDocument(Task[Item, Done, "Done | tuple[Problem, ...]"]):
    """A task on one document of a plan; if it fails, it returns the document's problems."""

    plan_file: PlanFile
    seconds: float = SECONDS_A_DOCUMENT

    @abstractmethod
    def step(self, writer: Composer, document: Document, item: Item) -> Done:
        """Do the work for a document."""

    def start(self) -> None:
        """Read the plan."""
        _composer(self.plan_file)

    def make(self, item: Item) -> Done:
        """Do the work for a document."""
        writer = _composer(self.plan_file)
        return self.step(writer, writer.plan.documents[item.index], item)

    def keep(self, _item: Item, done: Done) -> "Done | tuple[Problem, ...]":
        """Return a result as it is."""
        return done

    def failed(self, item: Item, error: BaseException | None) -> "Done | tuple[Problem, ...]":
        """Return the problems of a document."""
        try:
            name = _composer(self.plan_file).plan.documents[item.index].name
        except PlanLostError:
            message = "the plan that worker processes read was changed or deleted during the build"
            return (Problem(".store", None, message, "build again", Owner.DOCUMENT),)
        match error:
            case Problems():
                return error.problems
            case None:
                return (_stopped(f"{name} crashes the process that composes it"),)
            case limits.Overdue() | MemoryError():
                return (_stopped(f"{name} needs more time or memory to compose than a document may use"),)
        message = f"{name} can't be composed: {type(error).__name__}: {error}"
        return (Problem("layouts", None, message, REPORT, Owner.DOCUMENT),)


def _stopped(message: str) -> Problem:
    hint = "simplify its pages, and look for an endless loop or endless text"
    return Problem("layouts", None, message, hint, Owner.LAYOUT)
