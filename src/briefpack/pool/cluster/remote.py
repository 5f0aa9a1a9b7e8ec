"""Do a build's work on a worker of a Dask cluster, in processes started for that build alone.

A Dask worker runs its tasks in threads, but WeasyPrint can use only one thread and time limits need the main one. It
also outlives the build, while fonts, chart files and briefpack itself change. The build's own processes avoid all this.
"""

import asyncio
import multiprocessing
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefpack import pool, store
from briefpack.pool.cluster import Shared

IDLE_SECONDS = 60.0
"""How long a build's processes wait for more work, as the build itself may have been killed."""
MOST_NAMED = 5
"""How many of a worker's differing versions a problem names."""
ABSENT = "none"


@dataclass(frozen=True)
class Snapshot:
    """A build as each worker must see it: the project's folder, its files, and the software versions.

    `marker` is a folder in the project that exists for this build alone.
    """

    shared: Shared
    marker: Path
    files: Mapping[str, str]
    makers: Mapping[str, str]


@dataclass(frozen=True)
class Refusal:
    """A reason why a worker can't take part in a build, and the fix."""

    message: str
    hint: str


@dataclass(frozen=True)
class Answer:
    """The results of a batch, or the error it raised, or the reasons why the worker at an address didn't start it."""

    results: list[Any] = field(default_factory=list)
    error: Exception | None = None
    refusals: tuple[Refusal, ...] = ()
    worker: str = ""


@dataclass
class _Processes:
    """The processes of one build on this worker, and any reasons why they can't take part.

    Each thread of the worker uses a process of its own, so that a crash loses no other thread's work.
    """

    free: list[Executor]
    refusals: tuple[Refusal, ...]
    cleanup: ExitStack
    running: int = 0
    used_at: float = field(default_factory=time.monotonic)


_BY_BUILD: dict[Path, _Processes] = {}
_LOCK = threading.RLock()


def run(snapshot: Snapshot, work: Callable[..., Any], batch: Sequence[tuple[Any, ...]]) -> Answer:
    """Run a batch in one of the build's processes, unless this worker wouldn't make the same documents as the build."""
    from distributed import get_worker  # noqa: PLC0415 -- an optional extra

    with _processes(snapshot) as processes:
        if processes.refusals:
            return Answer(refusals=processes.refusals, worker=get_worker().address)
        with _process(processes) as executor:
            future = executor.submit(_run_each, work, batch)
            error = future.exception()
            if isinstance(error, BrokenExecutor):
                # Raise it here, and the scheduler tries again with another process.
                raise error
            return Answer(error=error) if isinstance(error, Exception) else Answer(future.result())


def _run_each(work: Callable[..., Any], batch: Sequence[tuple[Any, ...]]) -> list[Any]:
    return [work(*arguments) for arguments in batch]


async def report(snapshot: Snapshot) -> tuple[Refusal, ...]:
    """Start a build's processes on this worker, and return any reasons why they can't take part."""
    return await asyncio.to_thread(_report, snapshot)


def _report(snapshot: Snapshot) -> tuple[Refusal, ...]:
    with _processes(snapshot) as processes:
        return processes.refusals


async def stop(snapshot: Snapshot, *, at_once: bool) -> None:
    """End a build's processes on this worker, at once or when they have finished their tasks."""
    await asyncio.to_thread(_close, snapshot.marker, at_once=at_once)


@contextmanager
def _processes(snapshot: Snapshot) -> Iterator[_Processes]:
    """Provide a build's processes, and start the first if there are none."""
    with _LOCK:
        processes = _BY_BUILD.get(snapshot.marker) or _open(snapshot)
        processes.running += 1
    try:
        yield processes
    finally:
        with _LOCK:
            processes.running -= 1
            processes.used_at = time.monotonic()


def _open(snapshot: Snapshot) -> _Processes:
    """Start a build's first process on this worker, and have it compare itself with the build."""
    # Dask doesn't let its workers have processes, which could outlive them. Ours end when the worker does.
    multiprocessing.current_process().daemon = False
    cleanup = ExitStack()
    executor = pool.start(1, cleanup)
    processes = _BY_BUILD[snapshot.marker] = _Processes(
        [executor], executor.submit(refusals, snapshot).result(), cleanup
    )
    threading.Thread(target=_end_when_idle, args=(snapshot.marker, processes), daemon=True).start()
    return processes


@contextmanager
def _process(processes: _Processes) -> Iterator[Executor]:
    """Provide one of a build's processes for exclusive use, and discard it if it ends."""
    with _LOCK:
        executor = processes.free.pop() if processes.free else pool.start(1, processes.cleanup)
    try:
        yield executor
    except BrokenExecutor:
        executor.shutdown(wait=False)
        raise
    processes.free.append(executor)


def _end_when_idle(marker: Path, processes: _Processes) -> None:
    while _BY_BUILD.get(marker) is processes:
        time.sleep(IDLE_SECONDS / 4)
        with _LOCK:
            idle = not processes.running and time.monotonic() - processes.used_at > IDLE_SECONDS
        if idle:
            _close(marker, processes)


def _close(marker: Path, processes: _Processes | None = None, *, at_once: bool = False) -> None:
    """End a build's processes, unless they have been replaced.

    Ending them at once also ends the processes of any other build on this worker, whose tasks then start again.
    """
    with _LOCK:
        found = _BY_BUILD.get(marker)
        if found is None or processes not in (None, found):
            return
        del _BY_BUILD[marker]
    if at_once:
        found.cleanup.__exit__(KeyboardInterrupt, None, None)
    else:
        found.cleanup.close()


def refusals(snapshot: Snapshot) -> tuple[Refusal, ...]:
    """Return how this process, and the project's folder as it sees it, differ from the build's."""
    return (*_other_versions(snapshot), *(_unshared(snapshot) or _other_files(snapshot)))


def _other_versions(snapshot: Snapshot) -> tuple[Refusal, ...]:
    here, there = store.makers(), snapshot.makers
    other = [name for name in sorted({*here, *there}, key=str.casefold) if here.get(name) != there.get(name)]
    if not other:
        return ()
    named = [f"{name} {here.get(name, ABSENT)} (here {there.get(name, ABSENT)})" for name in other[:MOST_NAMED]]
    rest = f", and {len(other) - MOST_NAMED} more" if len(other) > MOST_NAMED else ""
    message = f"its versions differ from this machine's: {', '.join(named)}{rest}"
    return (Refusal(message, "install the same versions on both, then restart the worker"),)


def _unshared(snapshot: Snapshot) -> tuple[Refusal, ...]:
    """Return why this process can't write where the build can read; nothing if it can."""
    root, hint = snapshot.shared.root.as_posix(), "share the project's folder with every worker, at the same path"
    if not snapshot.marker.is_dir():
        return (Refusal(f"it can't see the project's folder, {root}", hint),)
    try:
        store.write(snapshot.marker / uuid.uuid4().hex, b"")
    except OSError as error:
        message = f"it can't write to {snapshot.shared.store.as_posix()}: {(error.strerror or '').lower()}"
        return (Refusal(message, "give the worker's user permission to write there"),)
    return ()


def _other_files(snapshot: Snapshot) -> tuple[Refusal, ...]:
    here = snapshot.shared.hashes()
    other = [f"{name}/" for name in snapshot.files if here[name] != snapshot.files[name]]
    message = f"its files differ from this machine's in {', '.join(other)}"
    return (Refusal(message, "wait until the shared disk is up to date there, and build again"),) if other else ()
