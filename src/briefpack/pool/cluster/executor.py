"""Run batches of tasks on the workers of a Dask cluster, behind the interface of the standard library's executors."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from contextlib import suppress
from functools import partial
from typing import Any

from briefpack import pool
from briefpack.pool import Progress
from briefpack.pool.cluster import messages, remote
from briefpack.pool.cluster.remote import Answer, Snapshot
from briefpack.problem import Owner, Problems

RETRIES = 1
"""How often a batch is retried after its process crashes."""
SECONDS_BETWEEN_CHECKS = 1.0


class ClusterExecutor(Executor):
    """The workers of a cluster as an executor; every batch ends, even if its worker or the scheduler is lost."""

    def __init__(self, client: Any, snapshot: Snapshot, address: str, wait_seconds: float, progress: Progress) -> None:  # noqa: ANN401 -- Dask is untyped
        self._client, self._snapshot, self._progress = client, snapshot, progress
        self._address, self._wait_seconds = address, wait_seconds
        self._open: set[Any] = set()

    def map(
        self, fn: Callable[..., Any], *iterables: Iterable[Any], timeout: float | None = None, chunksize: int = 1
    ) -> Iterator[Any]:
        """Submit tasks in batches of up to `chunksize`, and return their results in order; `timeout` isn't used."""
        del timeout
        items = list(zip(*iterables, strict=False))
        chunksize = max(1, min(chunksize, len(items) // (pool.BATCHES_A_WORKER * self._threads())))
        batches = [items[first : first + chunksize] for first in range(0, len(items), chunksize)]
        work = partial(remote.run, self._snapshot, fn)
        try:
            futures = self._client.map(work, batches, pure=False, retries=RETRIES)
        except Exception as error:  # noqa: BLE001 -- the client is closed, or can't send the work
            raise self._explained(error) from None
        self._open.update(futures)
        return itertools.chain.from_iterable(map(self._results, futures))

    def _threads(self) -> int:
        """Return how many tasks the cluster runs at once; 1 if it doesn't answer."""
        with suppress(OSError):
            return sum(self._client.nthreads().values()) or 1
        return 1

    def leave(self, error: type[BaseException] | None, *_: object) -> None:
        """Leave the cluster. After an error, Ctrl-C included, its workers stop at once."""
        if self._client.status == "running":
            with suppress(OSError):
                self._client.cancel(list(self._open))
                self._client.run(remote.stop, self._snapshot, at_once=error is not None, on_error="ignore")

    def _results(self, future: Any) -> list[Any]:  # noqa: ANN401 -- a Dask future
        """Return the results of a batch. Raises Problems if its worker refuses it, or if the cluster is lost."""
        answer = self._answer(future)
        self._open.discard(future)
        if answer.refusals:
            raise Problems(messages.refused({answer.worker: answer.refusals}))
        if answer.error:
            raise answer.error
        return answer.results

    def _answer(self, future: Any) -> Answer:  # noqa: ANN401 -- a Dask future
        seconds_without_workers = 0.0
        while True:
            try:
                answer: Answer = future.result(timeout=SECONDS_BETWEEN_CHECKS)
            except TimeoutError:
                seconds_without_workers = self._still_waits(seconds_without_workers)
            except CancelledError:
                raise messages.lost(self._address) from None
            except BrokenExecutor:
                raise
            except Exception as error:  # noqa: BLE001 -- anything can go wrong in Dask
                raise self._explained(error) from None
            else:
                return answer

    def _still_waits(self, seconds_without_workers: float) -> float:
        """Return for how long there has been no worker. Raises Problems if it is too long, or the scheduler is lost."""
        if self._client.status != "running":
            raise messages.lost(self._address)
        with suppress(OSError):
            if self._client.nthreads():
                return 0.0
        if not seconds_without_workers:
            self._progress(messages.waiting(self._address, self._wait_seconds), 0, 0)
        if seconds_without_workers >= self._wait_seconds:
            raise Problems([messages.no_worker(self._address, self._wait_seconds)])
        return seconds_without_workers + SECONDS_BETWEEN_CHECKS

    def _explained(self, error: Exception) -> Problems:
        """Return an error of Dask's own as a problem."""
        from distributed.scheduler import KilledWorker  # noqa: PLC0415 -- an optional extra

        if isinstance(error, KilledWorker):
            message = f"{error.allowed_failures + 1} workers in a row died doing the same work"
            hint = "check that their machines have enough memory, then build again; finished work is kept"
        else:
            message = f"the cluster can't do the work: {messages.described(error)}"
            hint = "run the scheduler with the same versions of briefpack, Python and Dask as this machine"
        return Problems([messages.problem(message, hint, Owner.DOCUMENT)])
