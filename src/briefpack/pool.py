"""Start a build's worker processes, and share out the work of each stage among them."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext
from typing import Generic, TypeVar

from briefpack.problem import Owner, Problem, Problems

# Each worker gets at least this many batches of a large stage, so that all finish at about the same time.
SHARES = 16
MOST_AT_ONCE = 8
NEEDED = "briefpack.jobs.preload"
"""The module that imports everything a worker needs."""
MOST_BEGUN = 2
"""The most batches that a worker has in progress or queued."""
TRIES = 2
"""How often a stage's items are handed out, if the executor breaks meanwhile."""
MOST_ENDED = 20
"""How many items of a stage may end their process before the machine gets the blame."""
Item = TypeVar("Item")
Done = TypeVar("Done")
Say = Callable[[str, int, int], None]
"""A progress callback: the stage, the number of items done, and the total; 0 of 0 is a message without progress."""


@dataclass(frozen=True)
class Crew:
    """A build's worker processes and its progress callback.

    `start` returns the executor. `renew` drops a broken one, so that `start` makes another.
    """

    start: Callable[[], Executor]
    renew: Callable[[Executor | None], None]
    say: Say
    jobs: int = 1

    def map(
        self, stage: str, work: Callable[[Item], Done], items: Sequence[Item], ended: Callable[[Item], Done]
    ) -> Iterator[tuple[Item, Done]]:
        """Return each item with its result. Work starts at once; with no items, no process starts.

        When there are many items, a worker gets several neighbours at once: they share data, which it then reads once.
        `ended` returns the result of an item that ends its worker process; the other items go on.
        """
        handful = max(1, min(MOST_AT_ONCE, len(items) // (SHARES * self.jobs)))
        first = self._handed(work, items, handful)
        return self._told(stage, self._whole(work, items, ended, first, handful), len(items))

    def _handed(self, work: Callable[[Item], Done], items: Sequence[Item], handful: int) -> "_Run[Done]":
        for _ in range(TRIES if items else 0):
            executor = self.start()
            # A process that Ctrl-C interrupts as it starts fails with a traceback of its own.
            with _uninterrupted(), suppress(BrokenExecutor):
                return _Run(executor, executor.map(work, items, chunksize=handful))
            # An earlier stage's item ended a process before all of this stage was handed out.
            self.renew(executor)
        return _Run(None, iter(()))

    def _whole(
        self,
        work: Callable[[Item], Done],
        items: Sequence[Item],
        ended: Callable[[Item], Done],
        run: "_Run[Done]",
        handful: int,
    ) -> Iterator[tuple[Item, Done]]:
        """Yield each item with its result; if a process ends, do the rest in new ones."""
        count = 0
        for _ in range(MOST_ENDED + 1):
            for done in run.until_broken():
                yield items[count], done
                count += 1
            if count == len(items):
                return
            self.renew(run.executor)
            # One of the items in progress ended its process. Run each alone to find out which.
            for item in items[count : count + MOST_BEGUN * self.jobs * handful]:
                single = self._handed(work, [item], 1)
                alone = [*single.until_broken()]
                yield item, alone[0] if alone else ended(item)
                count += 1
                if not alone:
                    self.renew(single.executor)
                    break
            run = self._handed(work, items[count:], handful)
        raise BrokenExecutor

    def _told(self, stage: str, pairs: Iterable[tuple[Item, Done]], total: int) -> Iterator[tuple[Item, Done]]:
        try:
            for number, pair in enumerate(pairs, start=1):
                self.say(stage, number, total)
                yield pair
        except BrokenExecutor:
            message = f"worker processes keep ending during {stage}: the machine may be short of memory"
            hint = "build again with fewer --jobs; what was finished is kept"
            raise Problems([Problem("briefpack", None, message, hint, Owner.DOCUMENT)]) from None


@dataclass(frozen=True)
class _Run(Generic[Done]):
    """Results in progress, and the executor that they come from."""

    executor: Executor | None
    results: Iterator[Done]

    def until_broken(self) -> Iterator[Done]:
        """Yield each result in order, until a process of the executor ends."""
        with suppress(BrokenExecutor):
            yield from self.results


@contextmanager
def crew(jobs: int, say: Say, begin: Callable[[ExitStack], Executor] | None = None) -> Iterator[Crew]:
    """Provide a crew of `jobs` processes, or of those that `begin` starts; they start when there is work to do."""
    started: list[Executor] = []

    with ExitStack() as ended:

        def once() -> Executor:
            if not started:
                started.append(begin(ended) if begin else start(jobs, ended))
            return started[0]

        def renew(broken: Executor | None) -> None:
            # Two stages can share an executor: the second to find it broken must not drop its replacement.
            # A cluster's executor isn't broken: its workers start new processes themselves.
            if broken in started and not begin:
                started.clear()

        yield Crew(once, renew, say, jobs)


def start(jobs: int, ended: ExitStack) -> Executor:
    """Start processes on this machine, and return their executor.

    When the build ends, queued work is cancelled; on Ctrl-C, the processes end at once.
    """
    ready()
    executor = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_end_with_parent)

    def end(error: type[BaseException] | None, *_: object) -> None:
        for process in multiprocessing.active_children() if error is KeyboardInterrupt else ():
            process.terminate()
        executor.shutdown(cancel_futures=True)

    ended.push(end)
    return executor


def _end_with_parent() -> None:
    """End this worker process as soon as its parent has ended, whatever the signal.

    Nothing else would: workers wait on a queue whose writing end they keep open themselves, and the fork server and the
    resource tracker wait for the workers.
    """
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def ready(scheduler: str | None = None) -> None:
    """Start importing the modules that workers need, in the background."""
    context = _context()
    if scheduler is None and context.get_start_method() == "forkserver":
        # Start the tracker first: if the server had to start it, that would unblock Ctrl-C.
        resource_tracker.ensure_running()
        with _uninterrupted():
            forkserver.ensure_running()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put off Ctrl-C for a moment: processes started meanwhile never receive it, and end when this one does."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with _deferred():
            yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _deferred() -> Iterator[None]:
    """Put off a Ctrl-C that another thread of this process receives, such as one that numpy's library started."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    received: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: received.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if received:
        raise KeyboardInterrupt


def _context() -> BaseContext:
    """Return how worker processes start: forked from a server that has already imported what they need.

    They aren't forked from the build itself, whose threads and open files they must not share. On Windows they are
    spawned.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([NEEDED])
    return context
