"""Show the progress of a build: as a bar on a terminal, and as plain lines elsewhere."""

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from briefpack.cli import messages

if TYPE_CHECKING:
    from briefpack.pool import Progress


@contextlib.contextmanager
def shown(*, quiet: bool) -> Iterator["Progress"]:
    """Show progress as a bar on a terminal, and as plain lines elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield (lambda _stage, _done, _total: None) if quiet else _print_line
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[tuple[str, int], Any] = {}

        def report(stage: str, done: int, total: int) -> None:
            if not total:
                bar.console.print(stage, highlight=False, markup=False)
                return
            if (stage, total) not in tasks:
                tasks[stage, total] = bar.add_task(_described(stage, total), total=total)
            bar.update(tasks[stage, total], completed=done)

        yield report


def _print_line(stage: str, done: int, total: int) -> None:
    if done == total:
        click.echo(_described(stage, total) if total else stage, err=True)


def _described(stage: str, total: int) -> str:
    """Return a stage in words: “Drawing 12 charts”."""
    verb, *nouns = STAGES[stage]
    return f"{verb} {messages.counted(total, *nouns)}"


STAGES = {
    "charts": ("Drawing", "chart"), "images": ("Preparing", "image"), "pages": ("Composing", "document"),
    "typeset": ("Setting", "run of pages", "runs of pages"), "bind": ("Binding", "document"),
    "proofs": ("Drawing", "proof"), "preflight": ("Checking", "document"), "unprinted": ("Comparing", "brief with its documents", "briefs with their documents"),
}  # fmt: skip
"""The verb and the noun of each stage of a build, with a plural that isn't regular."""
