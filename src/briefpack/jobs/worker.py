"""Prepare a worker process for its tasks."""

import functools
import gc
import importlib
import multiprocessing

from briefpack import limits, pool

REPORT = "report this fault in briefpack, and send the brief and the layout"


@functools.cache
def prepare() -> None:
    """Import everything that a worker needs, collect garbage less often, and limit the memory.

    The imported modules are large and permanent, so garbage collection skips them. That saves 5 % of the time that
    layout takes, and collecting less often 12 %.
    """
    # A time limit must not go off in the middle of an import.
    importlib.import_module(pool.PRELOADED)
    if multiprocessing.parent_process() is None:
        return
    gc.freeze()
    gc.set_threshold(60_000, 20, 20)
    limits.bound_memory()
