"""Word the findings of the checks."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from briefpack.checks.read.page_objects import Run
from briefpack.geometry import Rectangle


class Found(NamedTuple):
    """One finding of a check: the page, counted from 1, or None for the whole file; the message; the places.

    `boxes` are as the page's content measures them, first the one that the message quotes. `words` are those at fault,
    and then with the text around them.
    """

    page: int | None
    message: str
    boxes: tuple[Rectangle, ...] = ()
    words: tuple[str, ...] = ()


class Boxed(Protocol):
    """A thing on a page with a box around it."""

    @property
    def box(self) -> Rectangle:
        """Return its box."""


Findings = Iterator[Found]
"""The findings of a check."""

LONGEST = 40
"""The most letters of a text that a message quotes."""


def of_runs(page: int, runs: Sequence[Run], fault: str) -> Findings:
    """Yield one finding for all the runs of a page with the same fault, quoting the first."""
    if runs:
        message = f"{quoted(runs[0].text)} {fault}{others(len(runs), 'piece of text', 'pieces of text')}"
        yield Found(page, message, boxes(runs))


def boxes(things: Iterable[Boxed]) -> tuple[Rectangle, ...]:
    """Return the boxes of runs, images or blocks."""
    return tuple(each.box for each in things)


def quoted(text: str) -> str:
    """Return a text in quotation marks, shortened if it is long."""
    text = " ".join(text.split())
    return f'"{text if len(text) <= LONGEST else text[:LONGEST] + "…"}"'


def others(count: int, one: str, more: str = "") -> str:
    """Return how many more there are than the one quoted, as the end of a message."""
    noun = one if count == 2 else more or f"{one}s"
    return f", and {count - 1} more {noun}" if count > 1 else ""
