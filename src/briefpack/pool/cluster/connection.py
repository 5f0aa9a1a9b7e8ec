"""Connect a build to a Dask cluster."""

import asyncio
import logging
import tempfile
import warnings
from concurrent.futures import Executor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from briefpack import store
from briefpack.pool import Progress
from briefpack.pool.cluster import Shared, messages, remote
from briefpack.pool.cluster.executor import ClusterExecutor
from briefpack.pool.cluster.remote import Snapshot
from briefpack.problem import Problems, raise_any

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
        raise_any(messages.refused(client.run(remote.report, snapshot, on_error="return")))
    except OSError:
        raise messages.lost(address) from None
    return executor


def _connect(address: str, wait_seconds: float) -> "Client":
    try:
        from distributed import Client  # noqa: PLC0415 -- an optional extra
        from distributed.versions import VersionMismatchWarning  # noqa: PLC0415 -- as above
    except ImportError:
        raise Problems([messages.problem("Dask isn't installed", "pip install distributed")]) from None
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
        raise Problems([messages.problem(f"no scheduler answers at {address or 'an empty address'}", hint)]) from None


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
    progress(messages.waiting(address, seconds), 0, 0)
    try:
        # Dask takes 0 seconds to mean forever.
        client.wait_for_workers(1, timeout=seconds or LEAST_SECONDS_TO_WAIT)
    except WorkerStartTimeoutError:
        raise Problems([messages.no_worker(address, seconds)]) from None
