"""Send a build's work to the workers of a Dask cluster, and report its failures as problems."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from briefpack.pool import Progress


@dataclass(frozen=True)
class Shared:
    """The project's folder, which every worker must see, its store, and the `hashes` of the files to read there."""

    root: Path
    store: Path
    hashes: Callable[[], Mapping[str, str]]


def reach(
    address: str | None, wait_seconds: float, shared: Shared, progress: Progress
) -> Callable[[ExitStack], Executor] | None:
    """Return a function that starts a build's workers on a cluster; None if the build runs on this machine."""
    if address is None:
        return None
    # asyncio and the rest take as long to load as the build of a leave-behind.
    from briefpack.pool.cluster.connection import start  # noqa: PLC0415 -- few builds need it

    return partial(start, address, wait_seconds, shared, progress)
