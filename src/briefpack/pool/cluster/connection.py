"""Join a Dask cluster, and run batches of tasks on its workers, behind the interface of the library's executors."""

import asyncio
import itertools
import logging
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefpack import pool, store
from briefpack.pool import Progress
from briefpack.pool.cluster import Shared, remote
from briefpack.pool.cluster.remote import Answer, Refusal, Snapshot
from briefpack.problem import Owner, Problem, Problems, raise_any

if TYPE_CHECKING:
    from distributed import Client

LEAST_SECONDS_TO_CONNECT = 1.0
LEAST_SECONDS_TO_WAIT = 0.001


def start(address: str, wait_seconds: float, shared: Shared, progress: Progress, cleanup: ExitStack) -> Executor:
    """Join a cluster. Raises Problems for each worker that wouldn't make the same documents as this machine."""
    client = _connect(address, wait_seconds)
    # A client left open keeps looking for a scheduler that has gone.
    cleanup.callback(client.close)
    snapshot = _snapshot(shared, cleanup)
    executor = ClusterExecutor(client, snapshot, address, wait_seconds, progress)
    cleanup.push(executor.leave)
    try:
        _wait_for_a_worker(client, address, wait_seconds, progress)
        raise_any(_refused(client.run(remote.report, snapshot, on_error="return")))
    except OSError:
        raise _lost(address) from None
    return executor


def _connect(address: str, wait_seconds: float) -> "Client":
    try:
        from distributed import Client  # noqa: PLC0415 -- an optional extra
        from distributed.versions import VersionMismatchWarning  # noqa: PLC0415 -- as above
    except ImportError:
        raise Problems([_problem("Dask isn't installed", "pip install distributed")]) from None
    _silence()
    # We compare versions ourselves, and report differences as problems.
    warnings.simplefilter("ignore", VersionMismatchWarning)

    class Quiet(Client):
        def __del__(self) -> None:
            # A client that never connected can't close in time either, and prints a traceback.
            with suppress(Exception):
                super().__del__()

    try:
        if not address:
            raise ValueError  # noqa: TRY301 -- without an address, Dask starts a cluster of its own
        seconds = max(wait_seconds, LEAST_SECONDS_TO_CONNECT)
        asyncio.run(_reach(address, seconds))
        return Quiet(address, timeout=seconds, set_as_default=False)
    except Exception:  # noqa: BLE001 -- a wrong address fails in many ways, and so does any other kind of server
        hint = f"start a scheduler with dask scheduler, and at least one worker with dask worker {address or 'ADDRESS'}"
        raise Problems([_problem(f"no scheduler answers at {address or 'an empty address'}", hint)]) from None


async def _reach(address: str, seconds: float) -> None:
    """Connect once, with a time limit: Dask's client waits forever for a server that speaks another protocol."""
    from distributed.comm.core import connect  # noqa: PLC0415 -- an optional extra

    async with asyncio.timeout(seconds):
        comm = await connect(address, timeout=seconds)
        await comm.close()


def _silence() -> None:
    """Keep Dask's log out of the terminal: problems tell the user what matters."""
    for name in logging.root.manager.loggerDict:
        if name.partition(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _snapshot(shared: Shared, cleanup: ExitStack) -> Snapshot:
    marker = tempfile.TemporaryDirectory("-cluster", store.own_work(), shared.store, ignore_cleanup_errors=True)
    return Snapshot(shared, Path(cleanup.enter_context(marker)), shared.hashes(), store.makers())


def _wait_for_a_worker(client: "Client", address: str, seconds: float, progress: Progress) -> None:
    from distributed.exceptions import WorkerStartTimeoutError  # noqa: PLC0415 -- an optional extra

    if client.nthreads():
        return
    progress(_waiting(address, seconds), 0, 0)
    try:
        # Dask takes 0 seconds to mean forever.
        client.wait_for_workers(1, timeout=seconds or LEAST_SECONDS_TO_WAIT)
    except WorkerStartTimeoutError:
        raise Problems([_no_worker(address, seconds)]) from None


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
            raise Problems(_refused({answer.worker: answer.refusals}))
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
                raise _lost(self._address) from None
            except BrokenExecutor:
                raise
            except Exception as error:  # noqa: BLE001 -- anything can go wrong in Dask
                raise self._explained(error) from None
            else:
                return answer

    def _still_waits(self, seconds_without_workers: float) -> float:
        """Return for how long there has been no worker. Raises Problems if it is too long, or the scheduler is lost."""
        if self._client.status != "running":
            raise _lost(self._address)
        with suppress(OSError):
            if self._client.nthreads():
                return 0.0
        if not seconds_without_workers:
            self._progress(_waiting(self._address, self._wait_seconds), 0, 0)
        if seconds_without_workers >= self._wait_seconds:
            raise Problems([_no_worker(self._address, self._wait_seconds)])
        return seconds_without_workers + SECONDS_BETWEEN_CHECKS

    def _explained(self, error: Exception) -> Problems:
        """Return an error of Dask's own as a problem."""
        from distributed.scheduler import KilledWorker  # noqa: PLC0415 -- an optional extra

        if isinstance(error, KilledWorker):
            message = f"{error.allowed_failures + 1} workers in a row died doing the same work"
            hint = "check that their machines have enough memory, then build again; finished work is kept"
        else:
            message = f"the cluster can't do the work: {_described(error)}"
            hint = "run the scheduler with the same versions of briefpack, Python and Dask as this machine"
        return Problems([_problem(message, hint, Owner.DOCUMENT)])


MOST_NAMED = 3
"""How many workers with the same fault a problem names."""


def _waiting(address: str, seconds: float) -> str:
    """Tell the user that the build is waiting for a first worker."""
    return f"waiting up to {seconds:g} s for a worker to join {address}"


def _no_worker(address: str, seconds: float) -> Problem:
    """Describe a scheduler that no worker joined in time."""
    message = f"the scheduler at {address} has no workers, and none joined within {seconds:g} s"
    return _problem(message, f"start one: dask worker {address}; or allow more time: --wait SECONDS")


def _lost(address: str) -> Problems:
    """Describe a scheduler that was lost during the build."""
    message = f"the scheduler at {address} stopped responding"
    hint = "restart it and its workers, then build again; finished work is kept"
    return Problems([_problem(message, hint, Owner.DOCUMENT)])


def _problem(message: str, hint: str, owner: Owner = Owner.COMMAND) -> Problem:
    """Return a problem with the cluster that `--scheduler` names."""
    return Problem("--scheduler", None, message, hint, owner)


def _refused(reports: Mapping[str, tuple[Refusal, ...] | Exception]) -> Iterator[Problem]:
    """Yield a problem for each reason why workers can't take part, naming the workers concerned."""
    found: dict[Refusal, list[str]] = {}
    for worker, reported in reports.items():
        for refusal in _broken(reported) if isinstance(reported, Exception) else reported:
            found.setdefault(refusal, []).append(worker)
    for refusal, addresses in found.items():
        yield _problem(f"{_workers(addresses)}: {refusal.message}", refusal.hint)


def _broken(error: Exception) -> tuple[Refusal, ...]:
    """Return why a worker can't report; nothing if it has just left the cluster."""
    if isinstance(error, OSError):
        return ()
    message = f"briefpack doesn't run there: {_described(error)}"
    return (Refusal(message, "install the same version of briefpack there, then restart the worker"),)


def _workers(addresses: list[str]) -> str:
    rest = f" and {len(addresses) - MOST_NAMED} more" if len(addresses) > MOST_NAMED else ""
    return f"worker{'s' * (len(addresses) > 1)} {', '.join(sorted(addresses)[:MOST_NAMED])}{rest}"


def _described(error: BaseException) -> str:
    """Return the type of an error and the first line of its message."""
    first, *_ = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {first}"
