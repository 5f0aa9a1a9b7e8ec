"""Word the findings of the checks."""

from collections.abc import Iterator, Sequence

from briefpack.checks.read.page_objects import Run

Findings = Iterator[tuple[int | None, str]]
"""The findings of a check: the page, counted from 1, or None for the whole file, and the message."""

LONGEST = 40
"""The most letters of a text that a message quotes."""


def of_runs(page: int, runs: Sequence[Run], fault: str) -> Findings:
    """Yield one finding for all the runs of a page with the same fault, quoting the first."""
    if runs:
        yield page, f"{quoted(runs[0].text)} {fault}{others(len(runs), 'piece of text', 'pieces of text')}"


def quoted(text: str) -> str:
    """Return a text in quotation marks, shortened if it is long."""
    text = " ".join(text.split())
    return f'"{text if len(text) <= LONGEST else text[:LONGEST] + "…"}"'


def others(count: int, one: str, more: str = "") -> str:
    """Return how many more there are than the one quoted, as the end of a message."""
    noun = one if count == 2 else more or f"{one}s"
    return f", and {count - 1} more {noun}" if count > 1 else ""
