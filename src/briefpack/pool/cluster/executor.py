"""Run tasks on the workers of a Dask cluster, behind the interface of the standard library's executors."""

import asyncio
import itertools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import suppress
from functools import partial
from typing import Any

from briefpack import pool
from briefpack.pool import Progress
from briefpack.pool.cluster import messages, remote
from briefpack.pool.cluster.remote import Answer, Snapshot
from briefpack.problem import Owner, Problems

RETRIES = 1
"""How often a task is retried after its process crashes."""
SECONDS_BETWEEN_CHECKS = 1.0


class ClusterExecutor(Executor):
    """The workers of a cluster as an executor; every task ends, even if its worker or the scheduler is lost."""

    def __init__(self, client: Any, snapshot: Snapshot, address: str, wait_seconds: float, progress: Progress) -> None:  # noqa: ANN401 -- Dask is untyped
        self._client, self._snapshot, self._progress = client, snapshot, progress
        self._address, self._wait_seconds = address, wait_seconds
        # Each unfinished task, with Dask's future for it.
        self._open: dict[Future[Any], Any] = {}
        self._left = False
        client.loop.add_callback(self._watch)

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:  # noqa: ANN401 -- as in Executor
        """Submit one task."""
        local: Future[Any] = Future()
        self._open[local] = None
        work = partial(work, **options) if options else work
        try:
            remote_future = self._client.submit(
                remote.run, self._snapshot, work, arguments, pure=False, retries=RETRIES
            )
        except Exception as error:  # noqa: BLE001 -- the client is closed, or can't send the work
            self._fail(local, self._explained(error))
        else:
            self._open[local] = remote_future
            local.add_done_callback(partial(self._cancel_remote, remote_future))
            self._client.loop.add_callback(self._forward, remote_future, local)
        return local

    def map(
        self, fn: Callable[..., Any], *iterables: Iterable[Any], timeout: float | None = None, chunksize: int = 1
    ) -> Iterator[Any]:
        """Submit tasks in batches of up to `chunksize`, and return their results in order."""
        items = list(zip(*iterables, strict=False))
        chunksize = max(1, min(chunksize, len(items) // (pool.BATCHES_A_WORKER * self._threads())))
        chunks = [items[first : first + chunksize] for first in range(0, len(items), chunksize)]
        work = partial(remote.run_each, partial(_unpack, fn))
        return itertools.chain.from_iterable(super().map(work, chunks, timeout=timeout))

    def _threads(self) -> int:
        """Return how many tasks the cluster runs at once; 1 if it doesn't answer."""
        with suppress(OSError):
            return sum(self._client.nthreads().values()) or 1
        return 1

    def leave(self, error: type[BaseException] | None, *_: object) -> None:
        """Leave the cluster. After an error, Ctrl-C included, its workers stop at once."""
        self._left = True
        if self._client.status != "running":
            return
        with suppress(OSError):
            self._client.cancel([each for each in self._open.values() if each])
            self._client.run(remote.stop, self._snapshot, at_once=error is not None, on_error="ignore")

    async def _forward(self, remote_future: Any, local: Future[Any]) -> None:  # noqa: ANN401 -- a Dask future
        """Settle a future with the worker's answer."""
        try:
            answer: Answer = await remote_future
        except (asyncio.CancelledError, CancelledError):
            self._fail(local, messages.lost(self._address))
        except Exception as error:  # noqa: BLE001 -- anything can go wrong in Dask
            self._fail(local, error if isinstance(error, BrokenExecutor) else self._explained(error))
        else:
            self._settle(local, answer)

    def _settle(self, local: Future[Any], answer: Answer) -> None:
        if answer.refusals:
            self._fail(local, Problems(messages.refused({answer.worker: answer.refusals})))
        elif answer.error:
            self._fail(local, answer.error)
        elif self._close(local):
            local.set_result(answer.result)

    def _fail(self, local: Future[Any], error: Exception) -> None:
        if self._close(local):
            local.set_exception(error)

    def _close(self, local: Future[Any]) -> bool:
        """Return whether a future was still open, and close it."""
        return self._open.pop(local, self) is not self and local.set_running_or_notify_cancel()

    def _cancel_remote(self, remote_future: Any, local: Future[Any]) -> None:  # noqa: ANN401 -- a Dask future
        """Cancel a task whose result is no longer wanted."""
        if local.cancelled():
            self._open.pop(local, None)
            remote_future.cancel()

    async def _watch(self) -> None:
        """End all tasks if the scheduler is lost, or if no worker is left and none joins in time."""
        seconds_without_workers = 0.0
        while not self._left:
            await asyncio.sleep(SECONDS_BETWEEN_CHECKS)
            if self._client.status != "running":
                self._fail_all(messages.lost(self._address))
            elif not self._open or await self._has_workers():
                seconds_without_workers = 0.0
            else:
                self._wait_without_workers(seconds_without_workers)
                seconds_without_workers += SECONDS_BETWEEN_CHECKS

    async def _has_workers(self) -> bool:
        try:
            return bool(await self._client.nthreads())
        except OSError:
            # The scheduler is lost. The client will notice soon.
            return True

    def _wait_without_workers(self, seconds: float) -> None:
        if not seconds:
            self._progress(messages.waiting(self._address, self._wait_seconds), 0, 0)
        if seconds >= self._wait_seconds:
            self._fail_all(Problems([messages.no_worker(self._address, self._wait_seconds)]))

    def _fail_all(self, error: Exception) -> None:
        for local in tuple(self._open):
            self._fail(local, error)

    def _explained(self, error: Exception) -> Problems:
        """Return an error of Dask's own as a problem."""
        from distributed.scheduler import KilledWorker  # noqa: PLC0415 -- an optional extra

        if isinstance(error, KilledWorker):
            message = f"{error.allowed_failures + 1} workers in a row died doing the same work"
            hint = "check that their machines have enough memory, then build again; finished work is kept"
            return Problems([messages.problem(message, hint, Owner.DOCUMENT)])
        message = f"the cluster can't do the work: {messages.described(error)}"
        hint = "run the scheduler with the same versions of briefpack, Python and Dask as this machine"
        return Problems([messages.problem(message, hint, Owner.DOCUMENT)])


def _unpack(work: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 -- work can return anything
    return work(*arguments)
