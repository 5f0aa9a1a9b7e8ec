"""Show the progress of a command on a terminal: one bar, with the time left and the stage."""

import contextlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from briefpack.cli import messages

if TYPE_CHECKING:
    from briefpack.pool import Progress

BUILD = (
    ("charts", 18), ("pages", 4), ("images", 1), ("typeset", 17), ("pages", 1), ("typeset", 33), ("pages", 1),
    ("typeset", 12), ("pages", 1), ("typeset", 7), ("bind", 4),
)  # fmt: skip
"""The steps of a build, with the share of its time that each usually takes.

Pages are composed and set again once their numbers are known, and where their lengths let other parts share a page.
"""
PREFLIGHT = (("preflight", 1),)


@dataclass
class Place:
    """A place among the steps of one or several builds, which only moves forward.

    `begun` are the builds that have begun; `left` are the steps to come of the last of them, `before` the share of all
    that is done before the step in progress, and `size` the share of that step.
    """

    steps: Sequence[tuple[str, int]] = BUILD
    builds: int = 1
    begun: int = 0
    left: Sequence[tuple[str, int]] = ()
    before: int = 0
    size: int = 0
    reached: float = 0.0

    @property
    def total(self) -> int:
        """Return the share of all steps of all builds."""
        return self.builds * _share(self.steps)

    def begin(self) -> None:
        """Go to the next build."""
        self.before, self.size, self.left = self.begun * _share(self.steps), 0, self.steps
        self.begun += 1

    def reach(self, stage: str, done: int, total: int) -> float:
        """Return how much of all steps is done, with `done` of the items of a stage."""
        if done == 0:
            self._start(stage)
        self.reached = max(self.reached, self.before + self.size * done / total)
        return self.reached

    def _start(self, stage: str) -> None:
        """Go to the next step with this stage. If none is left, the stage adds nothing."""
        self.before, self.size = self.before + self.size, 0
        names = [name for name, _ in self.left]
        if stage in names:
            step = names.index(stage)
            self.before += _share(self.left[:step])
            self.size = self.left[step][1]
            self.left = self.left[step + 1 :]


def _share(steps: Sequence[tuple[str, int]]) -> int:
    return sum(size for _, size in steps)


@contextlib.contextmanager
def shown(place: Place, *, quiet: bool = False) -> Iterator["Progress"]:
    """Show progress as a bar on a terminal; elsewhere, print messages alone."""
    if quiet or not sys.stderr.isatty():
        yield (lambda *_: None) if quiet else _print_message
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    # The stage comes last, so that the bar stays where it is when the name changes.
    columns = BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), TextColumn("{task.description}")
    console = Console(stderr=True)
    place.begin()
    with Bar(*columns, console=console, transient=True, speed_estimate_period=WHOLE_SECONDS) as bar:
        task = bar.add_task("Starting", total=place.total, completed=int(place.reached))

        def report(stage: str, done: int, total: int) -> None:
            if total:
                reached = place.reach(stage, done, total)
                bar.update(task, completed=reached, description=_described(stage, total))
            else:
                console.print(stage, highlight=False, markup=False)

        yield report


WHOLE_SECONDS = 86_400.0
"""The time left is worked out from all of the build so far: one long page would mislead it."""


def _print_message(message: str, _done: int, total: int) -> None:
    if not total:
        click.echo(message, err=True)


def _described(stage: str, total: int) -> str:
    """Return a stage in words: “Drawing 12 charts”."""
    verb, *nouns = STAGES[stage]
    return f"{verb} {messages.counted(total, *nouns)}"


STAGES = {
    "charts": ("Drawing", "chart"), "images": ("Preparing", "image"), "pages": ("Composing", "document"),
    "typeset": ("Setting", "run of pages", "runs of pages"), "bind": ("Binding", "document"),
    "proofs": ("Drawing", "proof"), "preflight": ("Checking", "document"),
}  # fmt: skip
"""The verb and the noun of each stage of a build, with a plural that isn't regular."""
