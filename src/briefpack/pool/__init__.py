"""Start a build's worker processes, and share out the work of each stage among them."""

import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker, util
from multiprocessing.context import BaseContext
from typing import Generic, TypeVar

from briefpack.problem import Owner, one_problem

BATCHES_A_WORKER = 16
"""The fewest batches that each worker gets of a large stage, so that all finish at about the same time."""
LARGEST_BATCH = 8
PRELOADED = "briefpack.build.jobs.preload"
"""The module that imports everything a worker needs."""
BATCHES_IN_PROGRESS = 2
"""The most batches that a worker has in progress or queued."""
ATTEMPTS = 2
"""How often a stage's items are submitted, if the executor breaks meanwhile."""
MOST_CRASHES = 20
"""How many items of a stage may crash their process before the machine gets the blame."""
Item = TypeVar("Item")
Result = TypeVar("Result")
Progress = Callable[[str, int, int], None]
"""A callback: the stage, the number of items done, which is 0 as it starts, and the total; 0 of 0 is a message."""


@dataclass(frozen=True)
class Workers:
    """A build's worker processes and its progress callback.

    `start` returns the executor. `discard` drops a broken one, so that `start` makes another.
    """

    start: Callable[[], Executor]
    discard: Callable[[Executor | None], None]
    progress: Progress
    jobs: int = 1

    def map(
        self, stage: str, work: Callable[[Item], Result], items: Sequence[Item], crashed: Callable[[Item], Result]
    ) -> Iterator[tuple[Item, Result]]:
        """Return each item with its result. Work starts at once; with no items, no process starts.

        When there are many items, a worker gets several neighbours at once: they share data, which it then reads once.
        `crashed` returns the result of an item that crashes its worker process; the other items go on.
        """
        batch_size = max(1, min(LARGEST_BATCH, len(items) // (BATCHES_A_WORKER * self.jobs)))
        if items:
            self.progress(stage, 0, len(items))
        run = self._submit(work, items, batch_size)
        return self._reported(stage, self._results(work, items, crashed, run, batch_size), len(items))

    def _submit(self, work: Callable[[Item], Result], items: Sequence[Item], batch_size: int) -> "_Run[Result]":
        for _ in range(ATTEMPTS if items else 0):
            executor = self.start()
            # A process that Ctrl-C interrupts as it starts fails with a traceback of its own.
            with _uninterrupted(), suppress(BrokenExecutor):
                return _Run(executor, executor.map(work, items, chunksize=batch_size))
            # An earlier stage's item crashed a process before all of this stage was submitted.
            self.discard(executor)
        return _Run(None, iter(()))

    def _results(
        self,
        work: Callable[[Item], Result],
        items: Sequence[Item],
        crashed: Callable[[Item], Result],
        run: "_Run[Result]",
        batch_size: int,
    ) -> Iterator[tuple[Item, Result]]:
        """Yield each item with its result; after a crash, do the rest in new processes."""
        done = 0
        for _ in range(MOST_CRASHES + 1):
            for result in run.until_broken():
                yield items[done], result
                done += 1
            if done == len(items):
                return
            self.discard(run.executor)
            suspects = items[done : done + BATCHES_IN_PROGRESS * self.jobs * batch_size]
            for pair in self._one_by_one(work, suspects, crashed):
                yield pair
                done += 1
            run = self._submit(work, items[done:], batch_size)
        raise BrokenExecutor

    def _one_by_one(
        self, work: Callable[[Item], Result], suspects: Sequence[Item], crashed: Callable[[Item], Result]
    ) -> Iterator[tuple[Item, Result]]:
        """Run each item alone, up to the first that crashes its process."""
        for item in suspects:
            run = self._submit(work, [item], 1)
            results = [*run.until_broken()]
            yield item, results[0] if results else crashed(item)
            if not results:
                self.discard(run.executor)
                return

    def _reported(self, stage: str, pairs: Iterable[tuple[Item, Result]], total: int) -> Iterator[tuple[Item, Result]]:
        """Yield the pairs, and report progress. Raises Problems if processes keep crashing."""
        try:
            for number, pair in enumerate(pairs, start=1):
                self.progress(stage, number, total)
                yield pair
        except BrokenExecutor:
            message = f"{stage}: worker processes keep crashing; the machine may be short of memory"
            hint = "build again with fewer --jobs; finished work is kept"
            raise one_problem("briefpack", None, message, hint, Owner.DOCUMENT) from None


@dataclass(frozen=True)
class _Run(Generic[Result]):
    """Results in progress, and the executor that they come from."""

    executor: Executor | None
    results: Iterator[Result]

    def until_broken(self) -> Iterator[Result]:
        """Yield each result in order, until a process of the executor crashes."""
        with suppress(BrokenExecutor):
            yield from self.results


@dataclass(frozen=True)
class Kept:
    """Worker processes that stay for the builds to come, if any has started; `cleanup` ends them."""

    started: list[Executor]
    cleanup: ExitStack


@contextmanager
def kept() -> Iterator[Kept]:
    """Keep worker processes from one build to the next, so that they import and read once what all of them need."""
    with ExitStack() as cleanup:
        yield Kept([], cleanup)


@contextmanager
def workers(
    jobs: int,
    progress: Progress,
    connect: Callable[[ExitStack], Executor] | None = None,
    stay: Kept | None = None,
) -> Iterator[Workers]:
    """Provide `jobs` worker processes, or the workers that `connect` reaches; they start when there is work to do.

    They end with the build, unless they are on this machine and are to `stay` for others.
    """
    with ExitStack() as ending:
        kept = stay if stay and not connect else Kept([], ending)
        started, cleanup = kept.started, kept.cleanup

        def once() -> Executor:
            if not started:
                started.append(connect(cleanup) if connect else start(jobs, cleanup))
            return started[0]

        def discard(broken: Executor | None) -> None:
            # Two stages can share an executor: the second to find it broken must not drop its replacement.
            # A cluster's executor isn't broken: its workers start new processes themselves.
            if broken in started and not connect:
                started.clear()

        yield Workers(once, discard, progress, jobs)


def start(jobs: int, cleanup: ExitStack) -> Executor:
    """Start processes on this machine, and return their executor.

    When the build ends, queued work is cancelled; on Ctrl-C, the processes end at once.
    """
    ready()
    executor = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_end_with_parent)

    def end(error: type[BaseException] | None, *_: object) -> None:
        for process in multiprocessing.active_children() if error is KeyboardInterrupt else ():
            process.terminate()
        executor.shutdown(cancel_futures=True)

    cleanup.push(end)
    return executor


def _end_with_parent() -> None:
    """End this worker process as soon as its parent has ended, whatever the signal.

    Nothing else would: workers wait on a queue whose writing end they keep open themselves, and the fork server and the
    resource tracker wait for the workers. Nor would anything delete the folder of the fork server's socket.
    """
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            shutil.rmtree(util.get_temp_dir(), ignore_errors=True)
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def ready(scheduler: str | None = None) -> None:
    """Start importing the modules that workers need, in the background."""
    _context()
    if scheduler is None:
        # Start the tracker first: if the server had to start it, that would unblock Ctrl-C.
        resource_tracker.ensure_running()
        with _uninterrupted():
            forkserver.ensure_running()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put off Ctrl-C for a moment: processes started meanwhile never receive it, and end when this one does."""
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
    """Return the context that worker processes start in: forked from a server that has imported their modules already.

    They aren't forked from the build itself, whose threads and open files they must not share.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRELOADED])
    return context
