"""Starts the processes in which a build does its heavy work, and hands each stage's things out."""

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

# Each worker gets this many shares of a stage, or more, so that all end at about the same time.
SHARES = 16
MOST_AT_ONCE = 8
NEEDED = "briefpack.trade"
"""What every worker imports."""
MOST_BEGUN = 2
"""So many handfuls at most are with a worker or on their way to it."""
MOST_ENDED = 20
"""So many items of a stage may end their process before it is taken for the machine's fault."""
Item = TypeVar("Item")
Done = TypeVar("Done")
Say = Callable[[str, int, int], None]
"""Told of progress: the stage's name, how many things of it are done, and how many there are; 0 of 0 is a message alone."""


@dataclass(frozen=True)
class Crew:
    """The worker processes of a build, and who is told of their progress.

    `start` returns the executor, `renew` puts another in the place of one that is broken.
    """

    start: Callable[[], Executor]
    renew: Callable[[Executor | None], None]
    say: Say
    jobs: int = 1

    def map(
        self, stage: str, work: Callable[[Item], Done], items: Sequence[Item], ended: Callable[[Item], Done]
    ) -> Iterator[tuple[Item, Done]]:
        """Each item with what came of it; the work begins at once, and no process starts where there is no item.

        Of many items a worker is handed several at once: neighbours have much in common, which it then reads once.
        `ended` says what comes of an item that ends the process which works on it; the others go on.
        """
        handful = max(1, min(MOST_AT_ONCE, len(items) // (SHARES * self.jobs)))
        first = self._handed(work, items, handful)
        return self._told(stage, self._whole(work, items, ended, first, handful), len(items))

    def _handed(self, work: Callable[[Item], Done], items: Sequence[Item], handful: int) -> "_Run[Done]":
        if not items:
            return _Run(None, iter(()))
        executor = self.start()
        # A process that Ctrl-C leaves half begun would fail by itself, with a traceback.
        with _uninterrupted():
            return _Run(executor, executor.map(work, items, chunksize=handful))

    def _whole(
        self,
        work: Callable[[Item], Done],
        items: Sequence[Item],
        ended: Callable[[Item], Done],
        run: "_Run[Done]",
        handful: int,
    ) -> Iterator[tuple[Item, Done]]:
        """Each item with what came of it; after a process has ended, the rest in new ones."""
        count = 0
        for _ in range(MOST_ENDED + 1):
            for done in run.until_broken():
                yield items[count], done
                count += 1
            if count == len(items):
                return
            self.renew(run.executor)
            # One of those begun ended its process. Alone in one, it is found.
            for item in items[count : count + MOST_BEGUN * self.jobs * handful]:
                executor = self.start()
                alone = [*_Run(executor, executor.map(work, [item])).until_broken()]
                yield item, alone[0] if alone else ended(item)
                count += 1
                if not alone:
                    self.renew(executor)
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
    """Results on their way, and the executor that they come from."""

    executor: Executor | None
    results: Iterator[Done]

    def until_broken(self) -> Iterator[Done]:
        """Each result in order, up to the moment a process of the executor ends."""
        with suppress(BrokenExecutor):
            yield from self.results


@contextmanager
def crew(jobs: int, say: Say, begin: Callable[[ExitStack], Executor] | None = None) -> Iterator[Crew]:
    """A crew of `jobs` processes, or of those that `begin` starts, which start when there is first something to do."""
    started: list[Executor] = []

    with ExitStack() as ended:

        def once() -> Executor:
            if not started:
                started.append(begin(ended) if begin else start(jobs, ended))
            return started[0]

        def renew(broken: Executor | None) -> None:
            # Two stages can have work with one executor: the second to notice finds another in its place.
            # A cluster's isn't broken: its workers start other processes themselves.
            if broken in started and not begin:
                started.clear()

        yield Crew(once, renew, say, jobs)


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
