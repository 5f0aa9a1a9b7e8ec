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
from typing import Any, TypeVar

from briefpack import pool, store
from briefpack.output import inputs
from briefpack.project import Project

IDLE_SECONDS = 60.0
"""How long a build's processes wait for more work, as the build itself may have been killed."""
MOST_NAMED = 5
"""How many of a worker's differing versions a problem names."""
ABSENT = "none"
Item = TypeVar("Item")
Done = TypeVar("Done")


@dataclass(frozen=True)
class Site:
    """A build as each worker must find it: the project's folder, its files, and the software versions.

    `mark` is a folder in the project that exists for this build alone.
    """

    project: Project
    brief: str
    mark: Path
    files: Mapping[str, str]
    makers: Mapping[str, str]


@dataclass(frozen=True)
class Refusal:
    """A reason why a worker can't take part in a build, and the fix."""

    said: str
    hint: str


@dataclass(frozen=True)
class Answer:
    """The result of a task, or the error it raised, or the reasons why the worker at an address didn't start it."""

    result: Any = None
    error: Exception | None = None
    refusals: tuple[Refusal, ...] = ()
    worker: str = ""


@dataclass
class _Post:
    """The processes of one build on this worker, and any reasons why they can't take part.

    Each thread of the worker uses a process of its own, so that a crash loses no other thread's work.
    """

    free: list[Executor]
    refusals: tuple[Refusal, ...]
    ended: ExitStack
    running: int = 0
    used: float = field(default_factory=time.monotonic)


_POSTS: dict[Path, _Post] = {}
_LOCK = threading.RLock()


def do(site: Site, work: Callable[..., Any], arguments: Sequence[Any]) -> Answer:
    """Run a task in one of the build's processes, unless this worker wouldn't make the same documents as the build."""
    from distributed import get_worker  # noqa: PLC0415 -- an optional extra

    with _post(site) as post:
        if post.refusals:
            return Answer(refusals=post.refusals, worker=get_worker().address)
        with _process(post) as executor:
            future = executor.submit(work, *arguments)
            error = future.exception()
            if isinstance(error, BrokenExecutor):
                # Raise it here, and the scheduler tries again with another process.
                raise error
            return Answer(error=error) if isinstance(error, Exception) else Answer(future.result())


def each(work: Callable[[Item], Done], items: Sequence[Item]) -> list[Done]:
    """Return the results of doing the same work on each of several items."""
    return [work(item) for item in items]


async def report(site: Site) -> tuple[Refusal, ...]:
    """Start a build's processes on this worker, and return any reasons why they can't take part."""
    return await asyncio.to_thread(_report, site)


def _report(site: Site) -> tuple[Refusal, ...]:
    with _post(site) as post:
        return post.refusals


async def dismiss(site: Site, *, at_once: bool) -> None:
    """End a build's processes on this worker, at once or when they have finished their tasks."""
    await asyncio.to_thread(_close, site.mark, at_once=at_once)


@contextmanager
def _post(site: Site) -> Iterator[_Post]:
    """Provide a build's processes, and start the first if there are none."""
    with _LOCK:
        post = _POSTS.get(site.mark) or _open(site)
        post.running += 1
    try:
        yield post
    finally:
        with _LOCK:
            post.running -= 1
            post.used = time.monotonic()


def _open(site: Site) -> _Post:
    """Start a build's first process on this worker, and have it compare itself with the build."""
    # Dask doesn't let its workers have processes, which could outlive them. Ours end when the worker does.
    multiprocessing.current_process().daemon = False
    ended = ExitStack()
    executor = pool.start(1, ended)
    post = _POSTS[site.mark] = _Post([executor], executor.submit(refusals, site).result(), ended)
    threading.Thread(target=_end_when_idle, args=(site.mark, post), daemon=True).start()
    return post


@contextmanager
def _process(post: _Post) -> Iterator[Executor]:
    """Provide one of a build's processes for exclusive use, and discard it if it ends."""
    with _LOCK:
        executor = post.free.pop() if post.free else pool.start(1, post.ended)
    try:
        yield executor
    except BrokenExecutor:
        executor.shutdown(wait=False)
        raise
    post.free.append(executor)


def _end_when_idle(mark: Path, post: _Post) -> None:
    while _POSTS.get(mark) is post:
        time.sleep(IDLE_SECONDS / 4)
        with _LOCK:
            idle = not post.running and time.monotonic() - post.used > IDLE_SECONDS
        if idle:
            _close(mark, post)


def _close(mark: Path, post: _Post | None = None, *, at_once: bool = False) -> None:
    """End a build's processes, unless they have been replaced.

    Ending them at once also ends the processes of any other build on this worker, whose tasks then start again.
    """
    with _LOCK:
        found = _POSTS.get(mark)
        if found is None or post not in (None, found):
            return
        del _POSTS[mark]
    if at_once:
        found.ended.__exit__(KeyboardInterrupt, None, None)
    else:
        found.ended.close()


def refusals(site: Site) -> tuple[Refusal, ...]:
    """Return how this process, and the project's folder as it sees it, differ from the build's."""
    return (*_other_makers(site), *(_unshared(site) or _other_files(site)))


def _other_makers(site: Site) -> tuple[Refusal, ...]:
    here, there = store.makers(), site.makers
    other = [name for name in sorted({*here, *there}, key=str.casefold) if here.get(name) != there.get(name)]
    if not other:
        return ()
    named = [_versions(name, here.get(name, ABSENT), there.get(name, ABSENT)) for name in other[:MOST_NAMED]]
    rest = f", and {len(other) - MOST_NAMED} more" if len(other) > MOST_NAMED else ""
    said = f"it has other versions than this machine: {', '.join(named)}{rest}"
    return (Refusal(said, "install the same versions on both, and start the worker again"),)


def _versions(name: str, here: str, there: str) -> str:
    return f"{name} {here} (here {there})"


def _unshared(site: Site) -> tuple[Refusal, ...]:
    """Return why this process can't write where the build can read; nothing if it can."""
    root, hint = site.project.root.as_posix(), "share the project's folder with every worker, under the same path"
    if not site.project.root.is_dir():
        return (Refusal(f"it doesn't see the project's folder, {root}", hint),)
    if not site.mark.is_dir():
        return (Refusal(f"it sees another folder than this machine at {root}", hint),)
    try:
        store.write(site.mark / uuid.uuid4().hex, b"")
    except OSError as error:
        said = f"it can't write to {site.project.store.as_posix()}: {(error.strerror or '').lower()}"
        return (Refusal(said, "let the worker's user write there"),)
    return ()


def _other_files(site: Site) -> tuple[Refusal, ...]:
    here = inputs.folders(site.project, site.brief)
    other = [f"{name}/" for name in site.files if here[name] != site.files[name]]
    said = f"it sees other files than this machine in {', '.join(other)}"
    return (Refusal(said, "wait until the shared disk is up to date there, and build again"),) if other else ()
