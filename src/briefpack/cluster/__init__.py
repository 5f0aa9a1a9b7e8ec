"""Send a build's work to the workers of a Dask cluster, and report its failures as problems."""

import asyncio
import itertools
import logging
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefpack import pool, store
from briefpack.cluster import remote
from briefpack.cluster.remote import Answer, Refusal, Site
from briefpack.output import inputs
from briefpack.output.earlier import Request
from briefpack.pool import Say
from briefpack.problem import Owner, Problem, Problems, raise_any

if TYPE_CHECKING:
    from distributed import Client

RETRIES = 1
"""How often a task is tried again after its process has ended."""
LEAST_SECONDS_TO_CONNECT = 1.0
LEAST_SECONDS_TO_WAIT = 0.001
SECONDS_BETWEEN_LOOKS = 1.0
MOST_NAMED = 3
"""How many workers with the same fault a problem names."""


def begins(request: Request, say: Say) -> Callable[[ExitStack], Executor] | None:
    """Return a function that starts a build's workers on a cluster; None if the build runs on this machine."""
    return None if request.scheduler is None else partial(start, request, request.scheduler, say)


def start(request: Request, address: str, say: Say, ended: ExitStack) -> Executor:
    """Join a cluster. Raises Problems for each worker that wouldn't make the same documents as this machine."""
    client = _connect(address, request.wait_seconds)
    # A client left open keeps looking for a scheduler that has gone.
    ended.callback(client.close)
    site = _site(request, ended)
    hands = _Hands(client, site, address, request.wait_seconds, say)
    ended.push(hands.end)
    try:
        _wait_for_a_worker(client, address, request.wait_seconds, say)
        raise_any(_refused(client.run(remote.report, site, on_error="return")))
    except OSError:
        raise _lost(address) from None
    return hands


def _connect(address: str, wait_seconds: float) -> "Client":
    try:
        from distributed import Client  # noqa: PLC0415 -- an optional extra
        from distributed.versions import VersionMismatchWarning  # noqa: PLC0415 -- as above
    except ImportError:
        hint = "pip install distributed"
        raise Problems([_problem("Dask is not installed", hint)]) from None
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
        hint = f"start one: dask scheduler; and at least one worker: dask worker {address or 'ADDRESS'}"
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


def _site(request: Request, ended: ExitStack) -> Site:
    kept = request.project.store
    mark = tempfile.TemporaryDirectory("-cluster", store.own_work(), kept, ignore_cleanup_errors=True)
    files = inputs.folders(request.project, request.brief)
    return Site(request.project, request.brief, Path(ended.enter_context(mark)), files, store.makers())


def _wait_for_a_worker(client: "Client", address: str, seconds: float, say: Say) -> None:
    from distributed.exceptions import WorkerStartTimeoutError  # noqa: PLC0415 -- an optional extra

    if client.nthreads():
        return
    say(_waiting(address, seconds), 0, 0)
    try:
        # Dask takes 0 seconds to mean forever.
        client.wait_for_workers(1, timeout=seconds or LEAST_SECONDS_TO_WAIT)
    except WorkerStartTimeoutError:
        raise Problems([_no_worker(address, seconds)]) from None


def _waiting(address: str, seconds: float) -> str:
    return f"waiting up to {seconds:g} s for a worker of {address}"


def _no_worker(address: str, seconds: float) -> Problem:
    said = f"the scheduler at {address} has no worker, and none came within {seconds:g} s"
    return _problem(said, f"start one: dask worker {address}; or give it longer: --wait SECONDS")


def _lost(address: str) -> Problems:
    said = f"the scheduler at {address} stopped answering"
    hint = "start it and its workers again, and build again; what was finished is kept"
    return Problems([_problem(said, hint, Owner.DOCUMENT)])


def _problem(said: str, hint: str, owner: Owner = Owner.COMMAND) -> Problem:
    return Problem("--scheduler", None, said, hint, owner)


def _refused(reports: Mapping[str, tuple[Refusal, ...] | Exception]) -> Iterator[Problem]:
    """Yield a problem for each reason why workers can't take part, naming the workers concerned."""
    found: dict[Refusal, list[str]] = {}
    for worker, reported in reports.items():
        for refusal in _broken(reported) if isinstance(reported, Exception) else reported:
            found.setdefault(refusal, []).append(worker)
    for refusal, there in found.items():
        yield _problem(f"{_workers(there)}: {refusal.said}", refusal.hint)


def _broken(error: Exception) -> tuple[Refusal, ...]:
    """Return why a worker can't report; nothing if it has just left the cluster."""
    if isinstance(error, OSError):
        return ()
    said = f"briefpack doesn't run there: {_told(error)}"
    return (Refusal(said, "install the same briefpack there, and start the worker again"),)


def _workers(addresses: list[str]) -> str:
    rest = f" and {len(addresses) - MOST_NAMED} more" if len(addresses) > MOST_NAMED else ""
    return f"worker{'s' * (len(addresses) > 1)} {', '.join(sorted(addresses)[:MOST_NAMED])}{rest}"


def _told(error: BaseException) -> str:
    first, *_ = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {first}"


class _Hands(Executor):
    """The workers of a cluster as an executor; every task ends, even if its worker or the scheduler is lost."""

    def __init__(self, client: Any, site: Site, address: str, wait_seconds: float, say: Say) -> None:  # noqa: ANN401 -- Dask is untyped
        self._client, self._site, self._say = client, site, say
        self._address, self._wait_seconds = address, wait_seconds
        # Each unfinished task, with Dask's future for it.
        self._open: dict[Future[Any], Any] = {}
        self._ended = False
        client.loop.add_callback(self._watch)

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:  # noqa: ANN401 -- as in Executor
        """Submit one task."""
        here: Future[Any] = Future()
        self._open[here] = None
        work = partial(work, **options) if options else work
        try:
            there = self._client.submit(remote.do, self._site, work, arguments, pure=False, retries=RETRIES)
        except Exception as error:  # noqa: BLE001 -- the client is closed, or can't send the work
            self._fail(here, self._unable(error))
        else:
            self._open[here] = there
            here.add_done_callback(partial(self._withdraw, there))
            self._client.loop.add_callback(self._pass_on, there, here)
        return here

    def map(
        self, fn: Callable[..., Any], *iterables: Iterable[Any], timeout: float | None = None, chunksize: int = 1
    ) -> Iterator[Any]:
        """Submit tasks in batches of up to `chunksize`, and return their results in order."""
        items = list(zip(*iterables, strict=False))
        chunksize = max(1, min(chunksize, len(items) // (pool.SHARES * self._threads())))
        chunks = [items[first : first + chunksize] for first in range(0, len(items), chunksize)]
        work = partial(remote.each, partial(_spread, fn))
        return itertools.chain.from_iterable(super().map(work, chunks, timeout=timeout))

    def _threads(self) -> int:
        """Return how many tasks the cluster runs at once; 1 if it doesn't answer."""
        with suppress(OSError):
            return sum(self._client.nthreads().values()) or 1
        return 1

    def end(self, error: type[BaseException] | None, *_: object) -> None:
        """Leave the cluster. After an error, Ctrl-C included, its workers stop at once."""
        self._ended = True
        if self._client.status != "running":
            return
        with suppress(OSError):
            self._client.cancel([there for there in self._open.values() if there])
            self._client.run(remote.dismiss, self._site, at_once=error is not None, on_error="ignore")

    async def _pass_on(self, there: Any, here: Future[Any]) -> None:  # noqa: ANN401 -- a Dask future
        """Settle a future with the worker's answer."""
        try:
            answer: Answer = await there
        except (asyncio.CancelledError, CancelledError):
            self._fail(here, _lost(self._address))
        except Exception as error:  # noqa: BLE001 -- anything can go wrong in Dask
            self._fail(here, error if isinstance(error, BrokenExecutor) else self._unable(error))
        else:
            self._settle(here, answer)

    def _settle(self, here: Future[Any], answer: Answer) -> None:
        if answer.refusals:
            self._fail(here, Problems(_refused({answer.worker: answer.refusals})))
        elif answer.error:
            self._fail(here, answer.error)
        elif self._take(here):
            here.set_result(answer.result)

    def _fail(self, here: Future[Any], error: Exception) -> None:
        if self._take(here):
            here.set_exception(error)

    def _take(self, here: Future[Any]) -> bool:
        """Return whether a future was still open, and close it."""
        return self._open.pop(here, self) is not self and here.set_running_or_notify_cancel()

    def _withdraw(self, there: Any, here: Future[Any]) -> None:  # noqa: ANN401 -- a Dask future
        """Cancel a task whose result is no longer wanted."""
        if here.cancelled():
            self._open.pop(here, None)
            there.cancel()

    async def _watch(self) -> None:
        """End all tasks if the scheduler is lost, or if no worker is left and none comes in time."""
        alone_seconds = 0.0
        while not self._ended:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            if self._client.status != "running":
                self._end_all(_lost(self._address))
            elif not self._open or await self._has_workers():
                alone_seconds = 0.0
            else:
                self._wait_alone(alone_seconds)
                alone_seconds += SECONDS_BETWEEN_LOOKS

    async def _has_workers(self) -> bool:
        try:
            return bool(await self._client.nthreads())
        except OSError:
            # The scheduler is lost. The client will notice soon.
            return True

    def _wait_alone(self, seconds: float) -> None:
        if not seconds:
            self._say(_waiting(self._address, self._wait_seconds), 0, 0)
        if seconds >= self._wait_seconds:
            self._end_all(Problems([_no_worker(self._address, self._wait_seconds)]))

    def _end_all(self, error: Exception) -> None:
        for here in tuple(self._open):
            self._fail(here, error)

    def _unable(self, error: Exception) -> Problems:
        from distributed.scheduler import KilledWorker  # noqa: PLC0415 -- as above

        if isinstance(error, KilledWorker):
            said = f"{error.allowed_failures + 1} workers were lost, one after another, over the same work"
            hint = "see whether their machines are short of memory, and build again; what was finished is kept"
            return Problems([_problem(said, hint, Owner.DOCUMENT)])
        said = f"the cluster can't do the work: {_told(error)}"
        hint = "start the scheduler, too, with the briefpack, Python and Dask that this machine has"
        return Problems([_problem(said, hint, Owner.DOCUMENT)])


def _spread(work: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 -- work can return anything
    return work(*arguments)
