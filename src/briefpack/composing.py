"""Compose documents in worker processes, under the same limits of time and memory as all that a layout can make endless.

A worker reads the plan once, from a file of the build's own that it knows by its hash: an executable format is loaded
from nowhere else.
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

from briefpack import limits, pages, workers
from briefpack.calls import Composer
from briefpack.pages import PageOf, Piece, Stamp
from briefpack.plan import Document, Drawing, Plan
from briefpack.problem import Owner, Problem, Problems
from briefpack.store import Store, write

# A document's pages take a hundredth of a second to write; what takes this long has no end.
SECONDS_A_DOCUMENT = 20.0
FILE = "plan"
Made = TypeVar("Made")


@dataclass(frozen=True)
class Desk:
    """Where a worker finds the plan whose documents it composes."""

    path: Path
    sha256: str
    root: Path
    kept: Store


@dataclass(frozen=True)
class Text:
    """What composing makes of a document: its pieces, what fills their slots, and the sources they cite in order."""

    pieces: tuple[Piece, ...]
    stamps: tuple[Stamp, ...]
    cited: tuple[str, ...]


@dataclass(frozen=True)
class Paged:
    """A document that is laid out but for what needs its page numbers: where each id is, and how many pages it has."""

    index: int
    page_of: PageOf
    total: int
    cited: tuple[str, ...]


@dataclass(frozen=True)
class Numbered:
    """What a document has once its pages are known: the pieces that list pages, by place, and what runs on each page."""

    pieces: Mapping[int, Piece]
    running: tuple[Stamp, ...]


def desk(work: Path, planned: Plan, drawn: Mapping[Drawing, str], root: Path, kept: Store) -> Desk:
    """Write a plan where workers find it; `drawn` names each drawing in the store."""
    data = pickle.dumps((planned, dict(drawn)), pickle.HIGHEST_PROTOCOL)
    write(work / FILE, data, lasting=False)
    return Desk(work / FILE, hashlib.sha256(data).hexdigest(), root, kept)


@functools.lru_cache(maxsize=1)
def _composer(desk: Desk) -> Composer:
    """Return the composer of a plan, with all that this process wrote of it so far."""
    data = desk.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != desk.sha256:
        raise ValueError("the plan was changed since the build wrote it")
    planned, drawn = pickle.loads(data)  # noqa: S301 -- the build's own bytes, by the hash that it sent with the work
    return pages.composer(planned, desk.root, drawn, desk.kept)


@dataclass(frozen=True)
class Compose:
    """Compose one document of a plan, by its place in it."""

    desk: Desk
    seconds: float = SECONDS_A_DOCUMENT

    def __call__(self, index: int) -> Text | tuple[Problem, ...]:
        """Return the document's pieces, or what stopped them from being written."""
        return _attempt(self.desk, self.seconds, index, _compose)

    def ended(self, _index: int) -> tuple[Problem, ...]:
        """Say that a document ended the process that composed it."""
        return (_stopped("the pages of a document end the program that writes them"),)


@dataclass(frozen=True)
class Number:
    """Write what needs the page numbers of a document: its contents, folios and running heads."""

    desk: Desk
    seconds: float = SECONDS_A_DOCUMENT

    def __call__(self, paged: Paged) -> Numbered | tuple[Problem, ...]:
        """Return the pieces that list pages and those that run on every page, or what stopped them."""
        return _attempt(self.desk, self.seconds, paged.index, partial(_number, paged))

    def ended(self, _paged: Paged) -> tuple[Problem, ...]:
        """Say that a document ended the process that wrote its page numbers."""
        return (_stopped("the pages of a document end the program that writes them"),)


def _compose(writer: Composer, document: Document) -> Text:
    composed = pages.compose(writer, document)
    return Text(composed.pieces, composed.stamps, composed.sources)


def _number(paged: Paged, writer: Composer, document: Document) -> Numbered:
    listing = pages.number(writer, document, paged.page_of, paged.cited)
    return Numbered(listing, pages.run(writer, document, paged.total))


def _attempt(
    desk: Desk, seconds: float, index: int, step: Callable[[Composer, Document], Made]
) -> Made | tuple[Problem, ...]:
    """Take a step with one document, or return the problems that stop it: no other document waits for it."""
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
        # What a full disk does is said once, of the whole build.
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        message = f"{document.name} can't be written: {type(error).__name__}: {error}"
        return (Problem("layouts", None, message, workers.REPORT, Owner.DOCUMENT),)


def _stopped(message: str) -> Problem:
    hint = "make its pages simpler, and look for a loop or a text without end"
    return Problem("layouts", None, message, hint, Owner.LAYOUT)
