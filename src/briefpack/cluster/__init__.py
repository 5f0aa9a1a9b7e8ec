"""Send a build's work to the workers of a Dask cluster, and report its failures as problems."""

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import ExitStack
from functools import partial

from briefpack.output import Request
from briefpack.pool import Progress


def reach(request: Request, progress: Progress) -> Callable[[ExitStack], Executor] | None:
    """Return a function that starts a build's workers on a cluster; None if the build runs on this machine."""
    if request.scheduler is None:
        return None
    # asyncio and the rest take as long to load as the build of a leave-behind.
    from briefpack.cluster.connection import start  # noqa: PLC0415 -- few builds need it

    return partial(start, request, request.scheduler, progress)
