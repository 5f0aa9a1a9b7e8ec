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
from functools import partial
from pathlib import Path
from typing import TypeVar

from briefpack import limits, pages
from briefpack.jobs import workers
from briefpack.pages import PageOf, Piece, Stamp
from briefpack.pages.calls import Composer
from briefpack.plan import Document, Drawing, Plan
from briefpack.problem import Owner, Problem, Problems
from briefpack.store import Store, write

# A document's pages take 0.01 s to write. Anything that reaches this limit would probably never end.
SECONDS_A_DOCUMENT = 20.0
FILE = "plan"
Made = TypeVar("Made")


@dataclass(frozen=True)
class Desk:
    """The plan's file, and the project folder and store that a worker composes its documents from."""

    path: Path
    sha256: str
    root: Path
    kept: Store


@dataclass(frozen=True)
class Text:
    """A composed document: its pieces, the stamps for their slots, and the sources it cites, in order."""

    pieces: tuple[Piece, ...]
    stamps: tuple[Stamp, ...]
    cited: tuple[str, ...]


@dataclass(frozen=True)
class Paged:
    """A document laid out except for its page numbers, with the page of each id and the number of pages."""

    index: int
    page_of: PageOf
    total: int
    cited: tuple[str, ...]


@dataclass(frozen=True)
class Numbered:
    """The parts of a document that need page numbers: pieces that list pages, by position, and running slots."""

    pieces: Mapping[int, Piece]
    running: tuple[Stamp, ...]


def desk(work: Path, planned: Plan, drawn: Mapping[Drawing, str], root: Path, kept: Store) -> Desk:
    """Write a plan to a file for workers to read; `drawn` gives the store key of each drawing."""
    data = pickle.dumps((planned, dict(drawn)), pickle.HIGHEST_PROTOCOL)
    write(work / FILE, data, lasting=False)
    return Desk(work / FILE, hashlib.sha256(data).hexdigest(), root, kept)


@functools.lru_cache(maxsize=1)
def _composer(desk: Desk) -> Composer:
    """Return the composer of a plan, with every page that this process has written so far."""
    data = desk.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != desk.sha256:
        raise ValueError("the plan was changed since the build wrote it")
    planned, drawn = pickle.loads(data)  # noqa: S301 -- the build's own file, checked by its hash
    return pages.composer(planned, desk.root, drawn, desk.kept)


@dataclass(frozen=True)
class Compose:
    """A callable that composes one document, given its position in the plan."""

    desk: Desk
    seconds: float = SECONDS_A_DOCUMENT

    def __call__(self, index: int) -> Text | tuple[Problem, ...]:
        """Return the composed document, or the problems that stopped it."""
        return _attempt(self.desk, self.seconds, index, _compose)

    def ended(self, index: int) -> tuple[Problem, ...]:
        """Return the problem of a document that ended the process composing it."""
        return _attempt(self.desk, self.seconds, index, _ended)


@dataclass(frozen=True)
class Number:
    """A callable that writes the parts of a document that need page numbers: contents, folios and running heads."""

    desk: Desk
    seconds: float = SECONDS_A_DOCUMENT

    def __call__(self, paged: Paged) -> Numbered | tuple[Problem, ...]:
        """Return the pieces that list pages and the running slots, or the problems that stopped them."""
        return _attempt(self.desk, self.seconds, paged.index, partial(_number, paged))

    def ended(self, paged: Paged) -> tuple[Problem, ...]:
        """Return the problem of a document that ended the process numbering it."""
        return _attempt(self.desk, self.seconds, paged.index, _ended)


def _compose(writer: Composer, document: Document) -> Text:
    composed = pages.compose(writer, document)
    return Text(composed.pieces, composed.stamps, composed.sources)


def _number(paged: Paged, writer: Composer, document: Document) -> Numbered:
    listing = pages.number(writer, document, paged.page_of, paged.cited)
    return Numbered(listing, pages.run(writer, document, paged.total))


def _ended(_writer: Composer, document: Document) -> tuple[Problem, ...]:
    return (_stopped(f"{document.name} ends the program that writes its pages"),)


def _attempt(
    desk: Desk, seconds: float, index: int, step: Callable[[Composer, Document], Made]
) -> Made | tuple[Problem, ...]:
    """Run one step on one document. Return its problems if it fails, so that the other documents go on."""
    workers.settle()
    try:
        writer = _composer(desk)
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
        return (_stopped(f"{document.name} takes more time or memory to write than a document may"),)
    except Exception as error:
        # A full disk is reported once, for the whole build.
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        message = f"{document.name} can't be written: {type(error).__name__}: {error}"
        return (Problem("layouts", None, message, workers.REPORT, Owner.DOCUMENT),)


def _stopped(message: str) -> Problem:
    hint = "make its pages simpler, and look for a loop or a text without end"
    return Problem("layouts", None, message, hint, Owner.LAYOUT)
