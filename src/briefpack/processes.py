"""Starts the processes in which a build does its heavy work, and hands each stage's things out."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext
from typing import TypeVar

from briefpack.problem import Owner, Problem, Problems

# Each worker gets this many shares of a stage, or more, so that all end at about the same time.
SHARES = 16
MOST_AT_ONCE = 8
NEEDED = "briefpack.trade"
"""What every worker imports."""
Item = TypeVar("Item")
Done = TypeVar("Done")
Say = Callable[[str, int, int], None]
"""Told of progress: the stage's name, how many things of it are done, and how many there are; 0 of 0 is a message alone."""


@dataclass(frozen=True)
class Crew:
    """The worker processes of a build, and who is told of their progress."""

    start: Callable[[], Executor]
    say: Say
    jobs: int = 1

    def map(self, stage: str, work: Callable[[Item], Done], items: Sequence[Item]) -> Iterator[tuple[Item, Done]]:
        """Each item with what came of it; the work begins at once, and no process starts where there is no item.

        Of many items a worker is handed several at once: neighbours have much in common, which it then reads once.
        """
        handful = max(1, min(MOST_AT_ONCE, len(items) // (SHARES * self.jobs)))
        done = self._handed(work, items, handful) if items else iter(())
        return self._told(stage, zip(items, done, strict=True), len(items))

    def _handed(self, work: Callable[[Item], Done], items: Sequence[Item], handful: int) -> Iterator[Done]:
        executor = self.start()
        # A process that Ctrl-C leaves half begun would fail by itself, with a traceback.
        with _uninterrupted():
            return executor.map(work, items, chunksize=handful)

    def do(self, stage: str, work: Callable[[Item], Done], items: Sequence[Item]) -> Iterator[tuple[Item, Done]]:
        """Each item with what came of it, done in this process when it is asked for."""
        return self._told(stage, ((item, work(item)) for item in items), len(items))

    def _told(self, stage: str, pairs: Iterable[tuple[Item, Done]], total: int) -> Iterator[tuple[Item, Done]]:
        try:
            for number, pair in enumerate(pairs, start=1):
                self.say(stage, number, total)
                yield pair
        except BrokenExecutor:
            said = f"a worker process was ended from outside during {stage}: the machine may be short of memory"
            hint = "build again with fewer --jobs; what was finished is kept"
            raise Problems([Problem("briefpack", None, said, hint, Owner.DOCUMENT)]) from None


@contextmanager
def crew(jobs: int, say: Say, begin: Callable[[ExitStack], Executor] | None = None) -> Iterator[Crew]:
    """A crew of `jobs` processes, or of those that `begin` starts, which start when there is first something to do."""
    started: list[Executor] = []

    with ExitStack() as ended:

        def once() -> Executor:
            if not started:
                started.append(begin(ended) if begin else start(jobs, ended))
            return started[0]

        yield Crew(once, say, jobs)


def start(jobs: int, ended: ExitStack) -> Executor:
    """Processes on this machine, which begin nothing more when the build ends, and end at once on Ctrl-C."""
    ready()
    executor = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_end_with_parent)

    def end(error: type[BaseException] | None, *_: object) -> None:
        for process in multiprocessing.active_children() if error is KeyboardInterrupt else ():
            process.terminate()
        executor.shutdown(cancel_futures=True)

    ended.push(end)
    return executor


def _end_with_parent() -> None:
    """End this worker process as soon as the process that started it has ended, by whatever signal.

    Nothing else would: workers wait on a queue whose writing end they hold themselves, and the fork server and the
    resource tracker wait for the workers.
    """
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def ready(scheduler: str | None = None) -> None:
    """Begin to import what worker processes need, beside what the build does until then."""
    context = _context()
    if scheduler is None and context.get_start_method() == "forkserver":
        # Started by the server's own start, it would let Ctrl-C through again.
        resource_tracker.ensure_running()
        with _uninterrupted():
            forkserver.ensure_running()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back for a moment: what is started then never hears it, and ends when this process does."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context() -> BaseContext:
    """How worker processes start: from a server that has imported what they need, once for all of them.

    Not forked from the build itself, whose threads and open files they must not share.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([NEEDED])
    return context
