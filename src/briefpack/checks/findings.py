"""Describe a check, and word its findings."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from briefpack.checks.read.finished import Finished
from briefpack.checks.read.page_objects import Run
from briefpack.geometry import Rectangle
from briefpack.layout import editions
from briefpack.layout.editions import Edition, Property


class Found(NamedTuple):
    """One finding of a check: the page, counted from 1, or None for the whole file; the message; the places.

    `boxes` are as the page's content measures them, and the first is the one that the message quotes. `words` are the
    words at fault, first alone and then with the text around them. `cause` is known for some findings.
    """

    page: int | None
    message: str
    boxes: tuple[Rectangle, ...] = ()
    words: tuple[str, ...] = ()
    cause: str = ""


class Boxed(Protocol):
    """A thing on a page with a box around it."""

    @property
    def box(self) -> Rectangle:
        """Return its box."""


Findings = Iterator[Found]
"""The findings of a check."""

LONGEST = 40
"""The most letters of a text that a message quotes."""


OVERPRINTED = "overprinted"
"""The cause of words that others are printed over."""


def of_runs(page: int, runs: Sequence[Run], fault: str, cause: str = "") -> Findings:
    """Yield one finding for all the runs of a page with the same fault, quoting the first."""
    if runs:
        message = f"{quoted(runs[0].text)} {fault}{others(len(runs), 'piece of text', 'pieces of text')}"
        yield Found(page, message, boxes(runs), begun(runs[0].text), cause)


def boxes(things: Iterable[Boxed]) -> tuple[Rectangle, ...]:
    """Return the boxes of runs, images or blocks."""
    return tuple(each.box for each in things)


def quoted(text: str) -> str:
    """Return a text in quotation marks, shortened if it is long."""
    text = " ".join(text.split())
    return f'"{text if len(text) <= LONGEST else text[:LONGEST] + "…"}"'


def begun(text: str) -> tuple[str]:
    """Return the beginning of a text, as much of it as a message quotes."""
    return (" ".join(text.split())[:LONGEST],)


def others(count: int, one: str, more: str = "") -> str:
    """Return how many more there are than the one quoted, as the end of a message."""
    noun = one if count == 2 else more or f"{one}s"
    return f", and {count - 1} more {noun}" if count > 1 else ""


def _nothing(_finished: Finished) -> Findings:
    return iter(())


@dataclass(frozen=True)
class Check:
    """A rule for finished PDFs: a stable id, the reason for it, and the fix for a file that breaks it.

    `of` is the thing that is checked: a piece alone, the whole document, the file (in `preflight` only), or the
    brief (in `briefpack check`, without a PDF). `needs` is the property of the editions that it is for; without one, it
    is for all. `remedy` adds to the hint, if there is more to say.
    """

    id: str
    of: Literal["piece", "document", "file", "brief"]
    reason: str
    hint: str
    look: Callable[[Finished], Findings] = _nothing
    severity: Literal["error", "warning"] = "error"
    needs: Property | None = None
    remedy: str = ""

    @property
    def editions(self) -> tuple[str, ...]:
        """Return the names of the built-in editions that the check is for."""
        return tuple(name for name, edition in editions.BUILT_IN.items() if self.judges(edition))

    def judges(self, edition: Edition) -> bool:
        """Return whether it is for an edition."""
        return self.needs is None or self.needs in edition.properties
